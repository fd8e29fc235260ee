"""Reads one file strictly: YAML or front matter into plain data, the position of every value, and what is wrong.

The only module that knows a YAML parser. It works on the parser's events, so that a hostile document is stopped before
anything is built from it; nothing here resolves tags, anchors or merge keys (YAML 1.2 core schema, chapter 10.3, less
octal and hexadecimal numbers).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from trueup.diagnostic import Fault, Position
from trueup.locale import Text, msg
from trueup.records.comments import begins_comment, cut_value_fault, lines_that_may_cut
from trueup.records.front_matter import Halves, halves_of
from trueup.records.syntax import MAY_HIDE_A_WIDE_SPACE, lines_with_a_wide_dash, syntax_fault, wide_dash_fault, wide_fault, wide_key_fault
from trueup.records.text import SPLIT_FILE, UNSAFE_VALUE, forbidden_character, line_break_fault, pairs_joined, read_text

MOST_EVENTS = 100_000
DEEPEST = 50

# More findings than this about one file help nobody.
_MOST_FAULTS = 50

Route = tuple[str | int, ...]

# Where the values of a mapping or a list stand: for a key of a mapping (line and column of the key, of the value, the
# places inside the value), for an item of a list (…, the item's, the places inside). Lines count from 0 in the YAML text.
Places = dict[str | int, tuple[int, int, int, int, Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read. ``data`` is None where nothing could be made of it; then ``faults`` says why.

    ``commented`` are the places of empty values that are followed by a comment: ``title: #1 shop``. ``cut`` says what of
    other values a comment has cut off, which is no reason not to read them: ``title: Fix bug #12``. ``raw`` are the bytes of the
    file, for who looks for something in all of them at once.
    """

    path: str
    data: Any
    places: Places | None
    first_line: int
    body: str
    body_line: int
    faults: tuple[Fault, ...]
    commented: frozenset[Position] = frozenset()
    cut: tuple[Fault, ...] = ()
    raw: bytes = field(default=b"", repr=False)

    def position(self, route: Route, *, key: bool = False) -> Position:
        """Where the value at ``route`` stands (its key with ``key``); the nearest place above where it is missing."""
        places, found = self.places, Position(self.first_line, 1)
        for step in route:
            place = places.get(step) if places else None
            if place is None:
                return found
            line, column = (place[0], place[1]) if key else (place[2], place[3])
            found = Position(line + self.first_line, column + 1)
            places = place[4]
        return found


def read_source(path: str, raw: bytes, *, markdown: bool | None = None) -> Source:
    """Reads the bytes of a record file; Markdown (``.md``) has front matter and a body, anything else is YAML.

    Never raises for what the bytes hold. ``places`` are relative to ``first_line``, which counts from 1 in the file.
    """
    text = read_text(path, raw)
    if isinstance(text, Fault):
        return Source(path, None, None, 1, "", 1, (text,))
    is_markdown = path.endswith(".md") if markdown is None else markdown
    halves = halves_of(path, text) if is_markdown else Halves(text, 1, "", 1)
    if isinstance(halves, Fault):
        return Source(path, None, None, 1, "", 1, (halves,))
    builder = _Builder(path, halves.fields_line)
    data, places = builder.build(pairs_joined(halves.fields) if path.endswith(".json") else halves.fields)
    faults, commented, cut = tuple(builder.faults), frozenset(builder.commented), tuple(builder.cut)
    return Source(path, data, places, halves.fields_line, halves.body, halves.body_line, faults, commented, cut, raw)


def written_at(raw: bytes, position: Position) -> str:
    """The number or the word that stands at a place of a file, as its author wrote it: ``1.10``, which is read as 1.1."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    line = lines[position.line - 1].decode(errors="replace")
    found = _WORD.match(line, position.column - 1)
    return found.group() if found else ""


_WORD = re.compile(r"[^\s,\]}]+")


class _Stop(Exception):
    """Reading ends here; the fault that says why has been noted."""


class _Builder:
    """Makes plain data and places out of one document's events."""

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
        parser: Any = CParser(text)
        self._next = parser.get_event
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
            plain = text.isidentifier() and text not in _CONSTANTS and not event.style and event.anchor is None and event.tag is None
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
            if event.style == '"' and not value.isprintable() and (found := UNSAFE_VALUE.search(value)):
                self._note(forbidden_character(self._path, self._position(event.start_mark), found.group()))
                return None
            return value
        if not value:
            self._see_comment(event.start_mark)
            return None
        first = value[0]
        if first in "0123456789-+.":
            return self._number(value, event)
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        return value

    def _see_comment(self, mark: Any) -> None:
        """Remembers an empty value that somebody meant to begin with "#"."""
        if "#" in self._text:
            line = self._line_at(mark.line)
            if begins_comment(line, mark.column):
                self.commented.add(self._position(mark))

    def _look_again(self, suspect: frozenset[int]) -> None:
        """Notes what these lines hold that the plain values on them do not show; a second reading costs the other files nothing."""
        parser: Any = CParser(self._text) if suspect else None
        while parser and type(event := parser.get_event()) is not StreamEndEvent:
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

    def _number(self, value: str, event: Any) -> Any:
        if len(value) == 10 and value[4] == "-" == value[7]:  # A day, the most frequent of what begins with a digit and is no number.
            return value
        if _INTEGER.fullmatch(value):
            if len(value) <= 20 and -(1 << 63) <= (number := int(value)) < 1 << 63:
                return number
            message = msg("{value} does not fit in 64 bits", value=value)
            self._refuse("number-out-of-range", event.start_mark, message, msg("put it in quotes if it is a name or a code"))
            return None
        if _FLOAT.fullmatch(value):
            number_ = float(value)
            if number_ - number_ == 0:
                return number_
        elif value.lower() not in _NOT_FINITE:
            return value
        self._refuse("number-out-of-range", event.start_mark, msg("{value} is not a finite number", value=value), msg("write a number"))
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


_CONSTANTS = {
    "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NOT_FINITE = {sign + name for sign in ("", "+", "-") for name in (".inf", ".nan")}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
