"""The values of a record's fields as markup, each by what its field says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trueup.records.kind import Field, Kind
from trueup.records.record import Record
from trueup.records.references import Reference
from trueup.records.source import Route
from trueup.site.html import EMPTY, Html, html, joined
from trueup.site.page import plain
from trueup.site.paths import anchor_of
from trueup.site.site import Here, part_title

# States that mean the same in every kind, by their own names; the rest follow the kind's groups of states.
_TONES = {
    "todo": "draft", "doing": "open", "blocked": "bad", "done": "done", "dropped": "dropped", "open": "open", "paused": "paused",
    "partial": "partial", "missed": "missed", "on-track": "good", "at-risk": "warn", "off-track": "bad",
}  # fmt: skip
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-[QHW]\d{1,2})")

# Values within values beyond this depth are data that nobody reads on a page.
_DEEPEST = 6

# The widest text, in letters, that a cell keeps on one line.
_BRIEF = 15

# From here on a number is written with its exponent.
_HUGE = 1e15


class Values:
    """Shows the values of one record on one page."""

    def __init__(self, here: Here, record: Record) -> None:
        self._here = here
        self._record = record
        self._language = here.site.language
        self._references: dict[Route, list[Reference]] = {}
        for reference in here.site.workspace.references_from(record):
            self._references.setdefault(reference.route, []).append(reference)

    def status(self) -> Html:
        """The record's state as a pill; empty where its kind has none."""
        name = self._record.kind.roles.get("status")
        value = self._record.data.get(name) if name else None
        field = self._record.kind.field(name) if name else None
        return self.show(value, (name,), field) if name and isinstance(value, str) else EMPTY

    def field(self, field: Field) -> Html:
        """The value of one of the record's own fields."""
        return self.show(self._record.data.get(field.name), (field.name,), field)

    def show(self, value: Any, route: Route, field: Field | None, depth: int = 0) -> Html:
        """A value that stands at ``route``, on one line as far as it is one."""
        references = self._references.get(route)
        if references and not references[0].ref.in_key:
            return joined(map(self._here.reference, references), ", ")
        if isinstance(value, str):
            return self._text(value, route, field)
        if isinstance(value, bool):
            _ = self._here.site.say
            return html("{}", _("yes") if value else _("no"))
        if isinstance(value, int | float):
            return html("{}", field.choice(value, self._language) if field and field.choices else number(value))
        if depth >= _DEEPEST:
            return html("{}", "…")
        if isinstance(value, list):
            shown = (self.show(one, (*route, index), field, depth + 1) for index, one in enumerate(value))
            return joined(shown, "、" if self._language == "zh" else ", ")
        return self._mapping(value, route, field, depth) if isinstance(value, dict) else EMPTY

    def _text(self, value: str, route: Route, field: Field | None) -> Html:
        if field is None or not field.choices:
            if _WEB.fullmatch(value):
                return html('<a href="{}" rel="noopener noreferrer">{}</a>', value, value.removeprefix("https://").removeprefix("mailto:"))
            return html('<span class="tu-day">{}</span>', value) if _DAY.fullmatch(value) else html("{}", value)
        label = field.choice(value, self._language)
        if field.name in ("status", "health") or field.name == self._record.kind.roles.get("status"):
            return pill(label, tone_of(self._record.kind if len(route) == 1 else None, value))
        return html("{}", label)

    def _mapping(self, value: Mapping[str, Any], route: Route, field: Field | None, depth: int) -> Html:
        if isinstance(url := value.get("url"), str) and _WEB.fullmatch(url):
            words = value.get("title") or value.get("id") or url
            return html('<a href="{}" rel="noopener noreferrer">{}</a>', url, words)
        inside = {one.name: one for one in field.fields} if field else {}
        pairs = (
            html(
                '<span class="tu-pair"><span>{}</span> {}</span>',
                self.name(key, route, inside),
                self.show(one, (*route, key), inside.get(key), depth + 1),
            )
            for key, one in value.items()
            if not is_empty(one)
        )
        return joined(pairs, " ")

    def name(self, key: str, route: Route, inside: Mapping[str, Field]) -> Html:
        """The name of a value in a mapping: the record it refers to, the field's label, or what is written."""
        references = self._references.get((*route, key))
        if references and references[0].ref.in_key:
            return self._here.reference(references[0])
        known = inside.get(key)
        return html("{}", known.label.say(self._language)) if known else self._part_of_subject(key)

    def _part_of_subject(self, key: str) -> Html:
        """A name that is the id of a part of a record that this one is about: a check-in's key results."""
        for found in self._references.values():
            target = self._here.site.workspace.record(found[0].record) if found[0].state == "found" else None
            part = target.part(key) if target else None
            if target and part:
                return html('<a href="{}">{}</a>', self._here.url(self._here.site.paths.of(target), anchor_of(key)), part_title(part))
        return html("{}", key)


def tone_of(kind: Kind | None, value: str) -> str:
    """How a state looks: one of the project's tones, by its name or by the kind's groups of states."""
    if value in _TONES:
        return _TONES[value]
    return kind.group_of(value) if kind is not None else "open"


def pill(label: str, tone: str) -> Html:
    """A state: its name, with a sign and a colour of its own."""
    return html('<span class="tu-pill tu-{}">{}</span>', tone, label)


def number(value: float, places: int | None = None) -> str:
    """A number as people write it: with as many decimal places as it has, or with ``places`` of them."""
    if isinstance(value, int) or not abs(value) < _HUGE:
        return str(value)
    if places is not None:
        return f"{value:.{places}f}"
    return str(int(value)) if value.is_integer() else str(value)


def part_anchor(name: str | None, taken: set[str]) -> Html:
    """The ``id`` attribute for a part of a record, the first time its id comes up on a page."""
    anchor = anchor_of(name) if name else ""
    if not anchor or anchor in taken:
        return EMPTY
    taken.add(anchor)
    return html(' id="{}"', anchor)


def cell(shown: Html, field: Field) -> Html:
    """A cell of a table. Numbers stand below each other, and what is short, as a name, is not broken into two lines."""
    if is_number(field):
        return html('<td class="tu-number">{}</td>', shown)
    return html('<td class="tu-brief">{}</td>', shown) if 0 < _width(plain(shown)) <= _BRIEF else html("<td>{}</td>", shown)


def is_empty(value: Any) -> bool:
    """Whether there is nothing to show."""
    return value is None or value in ("", [], {})


def is_number(field: Field) -> bool:
    """Whether a field holds numbers and nothing else, so that they can stand below each other."""
    return bool(field.types) and set(field.types) <= {"number", "integer"} and not field.choices


def is_long(value: Any, longest: int) -> bool:
    """Whether a text is rather read than looked up: it has several lines, or is wider than ``longest`` letters."""
    return isinstance(value, str) and (len(value) > longest or (not value.isascii() and _width(value) > longest) or "\n" in value.strip())


def _width(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes the place of two."""
    return len(text) + sum(1 for letter in text if letter >= "\u2e80")
