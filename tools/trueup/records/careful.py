"""Reads a YAML text with an eye on everything: plain data, the place of every value, and what is wrong with it and where.

Nothing here resolves tags, anchors or merge keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trueup.diagnostic import Fault, Position
from trueup.locale import Text, msg
from trueup.records.comments import begins_comment, cut_value_fault, lines_that_may_cut
from trueup.records.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    events_of,
)
from trueup.records.scalars import CONSTANTS, NotFinite, TooLarge, number_or_text
from trueup.records.syntax import MAY_HIDE_A_WIDE_SPACE, lines_with_a_wide_dash, syntax_fault, wide_dash_fault, wide_fault, wide_key_fault
from trueup.records.text import SPLIT_FILE, UNSAFE_VALUE, forbidden_character, line_break_fault

MOST_EVENTS = 100_000
DEEPEST = 50

# More findings than this about one file help nobody.
_MOST_FAULTS = 50

# Where the values of a mapping or a list stand: for a key of a mapping (line and column of the key, of the value, the
# places inside the value), for an item of a list (…, the item's, the places inside). Lines count from 0 in the YAML text.
Places = dict[str | int, tuple[int, int, int, int, Any]]


class _Stop(Exception):
    """Reading ends here; the fault that says why has been noted."""


class Careful:
    """Makes plain data and places out of one document's events, and notes every fault on the way."""

    __slots__ = ("_events", "_line", "_lines", "_next", "_path", "_text", "commented", "cut", "faults")

    def __init__(self, path: str, first_line: int) -> None:
        self._path = path
        self._line = first_line
        self._events = 0
        self._next: Callable[[], Any]
        self._text = ""
        self._lines: list[str] = []
        self.faults: list[Fault] = []
        self.commented: set[Position] = set()
        self.cut: list[Fault] = []

    def build(self, text: str) -> tuple[Any, Places | None]:
        self._text = text
        if fault := line_break_fault(self._path, text, self._line):
            self.faults.append(fault)
            return None, None
        try:
            found = self._document(text)
            if found[1] and ("#" in text or not text.isascii()):
                self._look_again(lines_that_may_cut(text) | lines_with_a_wide_dash(text))
            return found
        except _Stop:
            return None, None
        except YAMLError as error:
            self.faults.append(syntax_fault(self._path, self._line, error, text))
            return None, None

    def _document(self, text: str) -> tuple[Any, Places | None]:
        self._next = events_of(text)
        self._next()
        start: Any = self._next()
        if type(start) is StreamEndEvent:
            return None, None
        if start.version or start.tags:
            self._forbid(start.start_mark, msg("a YAML directive is not allowed"), msg('delete the line that starts with "%"'))
        event = self._next()
        data, places = self._node(event, 0)
        end = self._next()
        assert type(end) is DocumentEndEvent
        if type(after := self._next()) is not StreamEndEvent:
            message = msg("a second document starts here")
            self._forbid(after.start_mark, message, msg("keep one record in a file"))
        if isinstance(data, str) and not event.style and (fault := wide_fault(self._path, self._line, self._text.split("\n"))):
            self._note(fault)
            return None, None
        return data, places

    def _node(self, event: Any, depth: int, *, in_list: bool = False) -> tuple[Any, Places | None]:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event), None
        if event.anchor is not None or kind is AliasEvent:
            self._forbid_anchor(event, kind)
            if kind is AliasEvent:
                return None, None
        if event.tag is not None:
            self._forbid_tag(event)
        if depth >= DEEPEST:
            message = msg("values are nested more than {deepest} deep", deepest=DEEPEST)
            self._forbid(event.start_mark, message, msg("make the record flatter"))
            raise _Stop
        if kind is MappingStartEvent:
            return self._mapping(depth + 1, may_lack_dash=in_list and not event.flow_style)
        assert kind is SequenceStartEvent
        return self._list(depth + 1)

    def _mapping(self, depth: int, *, may_lack_dash: bool) -> tuple[dict[str, Any], Places]:
        data: dict[str, Any] = {}
        places: Places = {}
        read = self._next
        repeats = False
        while True:
            event = read()
            if type(event) is MappingEndEvent:
                return data, places
            mark = event.start_mark
            # Nearly every key is a word that can be nothing else; the others are looked at closely.
            text = event.value if type(event) is ScalarEvent else ""
            plain = text.isidentifier() and text not in CONSTANTS and not event.style and event.anchor is None and event.tag is None
            key = text if plain else self._key(event)
            event = read()
            at = event.start_mark
            value, inner = (self._scalar(event), None) if type(event) is ScalarEvent else self._node(event, depth)
            self._events += 2
            if self._events > MOST_EVENTS:
                self._too_many(at)
            if key is None:
                continue
            if key in data:
                # Where the first field of an item comes again, the rest of the fields will do so too: one mistake, told once.
                if not repeats:
                    self._duplicate(mark, key, places[key][0], may_lack_dash=may_lack_dash)
                repeats = repeats or (may_lack_dash and key == next(iter(data)))
                continue
            data[key] = value
            places[key] = (mark.line, mark.column, at.line, at.column, inner)

    def _list(self, depth: int) -> tuple[list[Any], Places]:
        data: list[Any] = []
        places: Places = {}
        read = self._next
        while True:
            event = read()
            if type(event) is SequenceEndEvent:
                return data, places
            at = event.start_mark
            value, inner = (self._scalar(event), None) if type(event) is ScalarEvent else self._node(event, depth, in_list=True)
            self._events += 1
            if self._events > MOST_EVENTS:
                self._too_many(at)
            places[len(data)] = (at.line, at.column, at.line, at.column, inner)
            data.append(value)

    def _key(self, event: Any) -> str | None:
        """A key as text; None, with a fault, where it is something else."""
        if type(event) is AliasEvent:
            self._forbid_anchor(event, AliasEvent)
            return None
        if type(event) is not ScalarEvent:
            self._forbid(event.start_mark, msg("a key must be text, not a list or a mapping"), msg("write the key as one word"))
            raise _Stop
        value = self._scalar(event)
        if not event.style and event.value == "<<":
            self._forbid(event.start_mark, msg('the merge key "<<" is not allowed'), msg("write the fields out"))
            return None
        if isinstance(value, str):
            if value[:1] in MAY_HIDE_A_WIDE_SPACE and not event.style:
                self._note_wide_space(value, event.start_mark)
            return value
        if event.style:  # It held a character that is not allowed, and that has been said.
            return None
        message = msg('a key must be text, and "{key}" is not', key=event.value)
        self._forbid(event.start_mark, message, msg('put it in quotes: "{key}"', key=event.value) if event.value else msg("write the key"))
        return None

    def _note_wide_space(self, key: str, mark: Any) -> None:
        if fault := wide_key_fault(self._path, self._position(mark), key):
            self._note(fault)
            raise _Stop

    def _scalar(self, event: Any) -> Any:
        """The value of a plain or quoted scalar, by YAML 1.2's core schema as far as we accept it."""
        if event.anchor is not None:
            self._forbid_anchor(event, ScalarEvent)
        if event.tag is not None:
            self._forbid_tag(event)
        value = event.value
        if event.style:
            if event.style == '"' and not value.isprintable() and (found := re.search(UNSAFE_VALUE, value)):
                self._note(forbidden_character(self._path, self._position(event.start_mark), found.group()))
                return None
            return value
        if not value:
            self._see_comment(event.start_mark)
            return None
        first = value[0]
        if first in "0123456789-+.":
            return self._number(value, event)
        if value in CONSTANTS:
            return CONSTANTS[value]
        return value

    def _see_comment(self, mark: Any) -> None:
        """Remembers an empty value that somebody meant to begin with "#"."""
        if "#" in self._text:
            line = self._line_at(mark.line)
            if begins_comment(line, mark.column):
                self.commented.add(self._position(mark))

    def _look_again(self, suspect: frozenset[int]) -> None:
        """Notes what these lines hold that the plain values on them do not show; a second reading costs the other files nothing."""
        read = events_of(self._text) if suspect else None
        while read and type(event := read()) is not StreamEndEvent:
            if type(event) is ScalarEvent and event.value and not event.style:
                self._look_at(event.start_mark, event.end_mark, suspect)

    def _look_at(self, first: Any, last: Any, suspect: frozenset[int]) -> None:
        for number in sorted(suspect.intersection(range(first.line, last.line + 1))):
            if fault := wide_dash_fault(self._path, number + self._line, self._line_at(number)):
                self._note(fault)
                raise _Stop
        if last.line in suspect and len(self.cut) < _MOST_FAULTS:
            fault = cut_value_fault(self._path, self._position(last), self._line_at(last.line))
            self.cut.extend([fault] if fault else [])

    def _line_at(self, number: int) -> str:
        self._lines = self._lines or self._text.split("\n")
        return self._lines[number] if number < len(self._lines) else ""

    def _number(self, value: str, event: Any) -> int | float | str | None:
        try:
            return number_or_text(value)
        except TooLarge:
            message, hint = msg("{value} does not fit in 64 bits", value=value), msg("put it in quotes if it is a name or a code")
        except NotFinite:
            message, hint = msg("{value} is not a finite number", value=value), msg("write a number")
        self._refuse("number-out-of-range", event.start_mark, message, hint)
        return None

    def _position(self, mark: Any) -> Position:
        return Position(mark.line + self._line, mark.column + 1)

    def _refuse(self, rule: str, mark: Any, message: Text, hint: Text | None) -> None:
        self._note(Fault(rule, self._path, self._position(mark), message, hint))

    def _note(self, fault: Fault) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault)

    def _forbid(self, mark: Any, message: Text, hint: Text) -> None:
        self._refuse("forbidden-yaml", mark, message, hint)

    def _forbid_anchor(self, event: Any, kind: type) -> None:
        sign = "*" if kind is AliasEvent else "&"
        message = msg('the text "{sign}{name}" is a YAML anchor or alias, which is not allowed', sign=sign, name=event.anchor)
        self._forbid(event.start_mark, message, msg("write the value out, or put it in quotes if it is text"))

    def _forbid_tag(self, event: Any) -> None:
        message = msg('the YAML tag "{tag}" is not allowed', tag=event.tag)
        self._forbid(event.start_mark, message, msg("delete the tag, or put the value in quotes if it is text"))

    def _duplicate(self, mark: Any, key: str, first: int, *, may_lack_dash: bool) -> None:
        line = first + self._line
        message = msg('the field "{key}" is written twice; the first is on line {line}', key=key, line=line)
        hint = msg('start the next item with "- ", or delete one of them') if may_lack_dash else msg("delete one of them")
        self._refuse("duplicate-key", mark, message, hint)

    def _too_many(self, mark: Any) -> None:
        message = msg("the file holds more than {most} values", most=MOST_EVENTS)
        self._refuse("too-large", mark, message, SPLIT_FILE)
        raise _Stop
