"""Cuts the text of a record's fields into its entries without losing a byte: put together again, they are the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from trueup.merging.pieces import lines_of
from trueup.records.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent, events_of
from trueup.records.source import read_source


class NoOutline(Exception):
    """The text is not made of lines with fields, or nobody can say what it means."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field, or an item of a list, with the comments and empty lines above it.

    ``start`` is what stands before a nested value, else the field up to the end of its value, without indentation;
    ``rest`` what stands behind it on its last line. ``name`` is the field's; items have none.
    """

    name: str
    lead: str
    start: str
    rest: str
    value: Any = field(compare=False)
    inner: Block | None = None

    @property
    def text(self) -> str:
        """Without its lead, and without the indentation of its first line."""
        return self.start + self.rest + (self.inner.text if self.inner else "")

    @property
    def body(self) -> str:
        """The text without what stands behind a value of one piece."""
        return self.text if self.inner else self.start


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping or a list with its entries on lines of their own. One that ``is_inline`` begins behind the dash of an item."""

    form: Literal["mapping", "list"]
    indent: int
    is_inline: bool
    entries: tuple[Entry, ...]

    @property
    def text(self) -> str:
        return "".join(self.texts())

    def texts(self) -> Iterator[str]:
        for number, entry in enumerate(self.entries):
            yield entry.lead + self.before(number) + entry.text

    def before(self, number: int) -> str:
        """What stands on a line before the entry with this number."""
        return "" if self.is_inline and number == 0 else " " * self.indent


@dataclass(frozen=True, slots=True)
class Outline:
    """All of a text: what stands above the entries and does not belong to the first of them, the entries, and what comes after them."""

    head: str
    block: Block
    tail: str
    data: Any = field(compare=False)

    @property
    def text(self) -> str:
        return self.head + self.block.text + self.tail


def outline(text: str) -> Outline:
    """The outline of a YAML text whose lines end with a line feed. Raises NoOutline."""
    source = read_source("fields.yaml", text.encode(errors="surrogateescape"), markdown=False)
    if source.faults or not isinstance(source.data, dict | list) or "\r" in text:
        raise NoOutline
    found = _Cutter(text).cut(source.data)
    if found.text != text:
        raise NoOutline
    return found


_BEHIND_KEY = re.compile(r"[ \t]*:")
_BLANK = re.compile(r"[ \t]*(?:#.*)?\n?")


class _Cutter:
    """Follows the events of a text, line by line. ``_line`` is the first line that has not been given to an entry."""

    def __init__(self, text: str) -> None:
        self._lines = lines_of(text)
        if not text.endswith("\n"):
            raise NoOutline
        self._next = events_of(text)
        self._line = 0

    def cut(self, data: Any) -> Outline:
        self._next()
        document = self._next()
        event = self._next()
        if event.flow_style:
            raise NoOutline
        head = self._head(event.start_mark.line, is_fenced=document.explicit)
        block = self._block(event, data, is_inline=False)
        return Outline(head, block, "".join(self._lines[self._line :]), data)

    def _head(self, first: int, *, is_fenced: bool) -> str:
        """What stands above the first entry, up to the last line that is empty: a comment right above it is its own."""
        if is_fenced and not any(line.startswith("---") for line in self._lines[:first]):
            raise NoOutline
        above = [number for number in range(first) if not self._lines[number].strip() or self._lines[number].startswith("---")]
        self._line = above[-1] + 1 if above else 0
        return "".join(self._lines[: self._line])

    def _block(self, event: Any, data: Any, *, is_inline: bool) -> Block:
        column = event.start_mark.column
        is_mapping = type(event) is MappingStartEvent
        entries = list(self._fields(data, column, is_inline) if is_mapping else self._items(data, column, is_inline))
        return Block("mapping" if is_mapping else "list", column, is_inline, tuple(entries))

    def _fields(self, data: dict[str, Any], column: int, is_inline: bool) -> Iterator[Entry]:
        is_first = is_inline
        while type(key := self._next()) is not MappingEndEvent:
            lead, first = self._lead(column, is_first)
            end = key.end_mark
            if (key.start_mark.line, key.start_mark.column, end.line) != (first, column, first):
                raise NoOutline
            colon = _BEHIND_KEY.match(self._lines[first], end.column)
            if colon is None:
                raise NoOutline
            yield self._entry(key.value, lead, first, column, colon.end(), data[key.value])
            is_first = False

    def _items(self, data: list[Any], column: int, is_inline: bool) -> Iterator[Entry]:
        for number, value in enumerate(data):
            lead, first = self._lead(column, is_inline and number == 0)
            if self._lines[first][column : column + 1] != "-":
                raise NoOutline
            yield self._entry("", lead, first, column, column + 1, value)
        if type(self._next()) is not SequenceEndEvent:
            raise NoOutline

    def _lead(self, column: int, is_inline: bool) -> tuple[str, int]:
        """The comments and empty lines above an entry, and the line on which it begins."""
        if is_inline:
            return "", self._line
        first = self._line
        while first < len(self._lines) and _BLANK.fullmatch(self._lines[first]):
            first += 1
        if first == len(self._lines) or self._lines[first][:column].strip(" "):
            raise NoOutline
        return "".join(self._lines[self._line : first]), first

    def _entry(self, name: str, lead: str, first: int, column: int, sign_end: int, value: Any) -> Entry:
        """The entry that begins at a line and a column; its key and colon, or its dash, end at ``sign_end``."""
        event = self._next()
        line = self._lines[first]
        if type(event) is ScalarEvent or event.flow_style:
            end = self._end_of(event)
            start, rest = self._up_to(first, column, end, sign_end, is_block=getattr(event, "style", None) in ("|", ">"))
            return Entry(name, lead, start, rest, value)
        if event.start_mark.line == first and type(event) in (MappingStartEvent, SequenceStartEvent):
            if line[sign_end : event.start_mark.column].strip(" ") or name:
                raise NoOutline
            self._line = first
            return Entry(name, lead, line[column : event.start_mark.column], "", value, self._block(event, value, is_inline=True))
        if not _BLANK.fullmatch(line, sign_end):
            raise NoOutline
        self._line = first + 1
        return Entry(name, lead, line[column:sign_end], line[sign_end:], value, self._block(event, value, is_inline=False))

    def _end_of(self, event: Any) -> Any:
        """Where a value of one piece ends."""
        depth = 0 if type(event) is ScalarEvent else 1
        while depth:
            event = self._next()
            depth += {MappingStartEvent: 1, SequenceStartEvent: 1, MappingEndEvent: -1, SequenceEndEvent: -1}.get(type(event), 0)
        return event.end_mark

    def _up_to(self, first: int, column: int, end: Any, sign_end: int, *, is_block: bool) -> tuple[str, str]:
        """The text from a place up to the end of a value, and what stands behind it on the same line."""
        if is_block:
            if end.column:
                raise NoOutline
            self._line = max(end.line, first + 1)
            return "".join(self._lines[first : self._line])[column:], ""
        last, cut = (end.line, end.column) if (end.line, end.column) > (first, sign_end) else (first, sign_end)
        if not _BLANK.fullmatch(self._lines[last], cut):
            raise NoOutline
        self._line = last + 1
        whole = "".join(self._lines[first : last + 1])[column:]
        rest = self._lines[last][cut:]
        return whole[: len(whole) - len(rest)], rest
