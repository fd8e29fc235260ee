"""What the value of a field can be to a reader, whatever it is shown on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trueup.records.kind import Kind

# What is a web address as a whole, and may be a link.
WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")

# States that mean the same in every kind, by their own names; the rest follow the kind's groups of states.
_TONES = {
    "todo": "draft", "doing": "open", "blocked": "bad", "done": "done", "dropped": "dropped", "open": "open", "paused": "paused",
    "partial": "partial", "missed": "missed", "on-track": "good", "at-risk": "warn", "off-track": "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that is shown as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number, which stands below others of its column."""

    value: float


@dataclass(frozen=True, slots=True)
class Web:
    """The address of a page elsewhere: http, https or mailto."""

    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's values, by its label. ``tone`` is how a state looks, ``""`` for a value that is no state; it is "unknown"
    for one that the field does not allow."""

    value: str | float
    label: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A record, or a part of one: its address and what it is called. ``found`` is False where there is none.

    ``title`` is ``""`` for a part of the very record that names it; ``part`` is ``""`` for a whole record.
    """

    address: str
    title: str
    part: str = ""
    found: bool = True

    @property
    def words(self) -> str:
        return f"{self.title} › {self.part}" if self.title and self.part else self.title or self.part


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping: fields within a field."""

    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the items of a list. ``is_number``: it holds numbers and nothing else."""

    name: str
    label: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A list of mappings under common columns; a column that nobody filled in is left out. A cell without a value is None."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | None, ...], ...]


Value = Plain | Number | Web | Choice | Link | Many | Group | Grid


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field that has a value. ``name`` is as written, ``label`` the reader's; ``link`` is what the name itself refers to."""

    name: str
    label: str
    value: Value
    link: Link | None = None


def tone_of(kind: Kind | None, value: str) -> str:
    """How a state looks: one of the project's tones, by its name or by the kind's groups of states."""
    if value in _TONES:
        return _TONES[value]
    return kind.group_of(value) if kind is not None else "open"
