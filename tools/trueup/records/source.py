"""Reads one file strictly: YAML or front matter into plain data, the position of every value, and what is wrong.

The only module that knows a YAML parser. It works on the parser's events, so that a hostile document is stopped before
anything is built from it; nothing here resolves tags, anchors or merge keys (YAML 1.2 core schema, chapter 10.3, less
octal and hexadecimal numbers).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

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

from trueup.diagnostic import START, Fault, Position
from trueup.locale import Text, msg

LARGEST_FILE = 1 << 20
LONGEST_LINE = 64 << 10
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

    ``commented`` are the places of empty values that are followed by a comment: ``title: #1 shop``.
    """

    path: str
    data: Any
    places: Places | None
    first_line: int
    body: str
    body_line: int
    faults: tuple[Fault, ...]
    commented: frozenset[Position] = frozenset()

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


_FRONT = re.compile(r"-{3}[ \t]*\r?\n")
_FRONT_END = re.compile(r"\n(?:\.{3}|-{3})[ \t]*(?:\r?\n|\Z)")
_EMPTY_FRONT = re.compile(r"-{3}[ \t]*\r?\n-{3}[ \t]*(?:\r?\n|\Z)")
_OPENS_FRONT = re.compile(r"-{3}[ \t]*(?:\r?\n|\Z)")

# Bytes that are fine in any file: tab, line ends and printable ASCII. What is left after deleting them needs a look.
_PLAIN = bytes([9, 10, 13, *range(32, 127)])
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_UNSAFE_VALUE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)


def read_source(path: str, raw: bytes, *, markdown: bool | None = None) -> Source:
    """Reads the bytes of a record file; Markdown (``.md``) has front matter and a body, anything else is YAML.

    Never raises for what the bytes hold. ``places`` are relative to ``first_line``, which counts from 1 in the file.
    """
    text = read_text(path, raw)
    if isinstance(text, Fault):
        return Source(path, None, None, 1, "", 1, (text,))
    is_markdown = path.endswith(".md") if markdown is None else markdown
    return _markdown_source(path, text) if is_markdown else _yaml_source(path, text)


def read_text(path: str, raw: bytes) -> str | Fault:
    """The text of a file, without a byte order mark, or why it is not text that we read."""
    if len(raw) > LARGEST_FILE:
        return _fault("too-large", path, START, msg("the file is larger than 1 MiB"), _SPLIT_FILE)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _fault("not-utf-8", path, START, msg("the file is UTF-16"), _SAVE_AS_UTF_8)
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    rest = raw.translate(None, _PLAIN)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        return _fault("not-utf-8", path, _place(before, len(before)), msg("the file is not UTF-8"), _SAVE_AS_UTF_8)
    if len(raw) > LONGEST_LINE:
        for number, line in enumerate(raw.split(b"\n"), 1):
            if len(line) > LONGEST_LINE:
                return _fault("too-large", path, Position(number, 1), msg("the line is longer than 64 KiB"), _SPLIT_LINE)
    if rest and (found := _FORBIDDEN.search(text)):
        place = _place(text, found.start())
        return _forbidden_character(path, place, found.group())
    return _conflict(path, text) or text


def line_break_fault(path: str, text: str, first_line: int = 1) -> Fault | None:
    """The first character in fields that some programs take for the end of a line and others don't."""
    # Nearly every file is plain ASCII with \n at the ends of its lines, and seeing that is far quicker than the search.
    found = _BREAKS.search(text) if "\r" in text or not text.isascii() else None
    if found is None:
        return None
    place = _place(text, found.start())
    return _forbidden_character(path, Position(place.line + first_line - 1, place.column), found.group())


def _conflict(path: str, text: str) -> Fault | None:
    """A merge that was never finished, or of which a mark was left: names where both candidates begin.

    "=======" alone underlines a heading in Markdown, and ">>>>>>>" alone is a quotation.
    """
    if "<<<<<<<" not in text and ("=======" not in text or ">>>>>>>" not in text):
        return None
    marks = [(m.group(1)[0], _place(text, m.start()).line, " " in m.group()) for m in islice(_CONFLICT.finditer(text), 1000)]
    ours = next((line for mark, line, _ in marks if mark == "<"), None)
    theirs = next((line for mark, line, _ in marks if mark == ">"), None)
    hint = msg('keep one version and delete the lines that start with "<<<<<<<", "=======" and ">>>>>>>"')
    if ours is not None and theirs is not None:
        message = msg("a merge was not finished: two versions stand here, from line {ours} to line {theirs}", ours=ours, theirs=theirs)
        return _fault("merge-conflict", path, Position(ours, 1), message, hint)
    left = next((line for mark, line, labelled in marks if mark == "<" and labelled), None)
    if left is None:
        middle = next((line for mark, line, _ in marks if mark == "="), None)
        ends = [line for mark, line, labelled in marks if mark == ">" and labelled]
        left = middle if middle is not None and any(end > middle for end in ends) else None
    if left is None:
        return None
    return _fault("merge-conflict", path, Position(left, 1), msg("a merge was not finished: one of its marks stands here"), hint)


def _yaml_source(path: str, text: str) -> Source:
    builder = _Builder(path, 1)
    data, places = builder.build(text)
    return Source(path, data, places, 1, "", 1, tuple(builder.faults), frozenset(builder.commented))


def _markdown_source(path: str, text: str) -> Source:
    front = _FRONT.match(text)
    end = _FRONT_END.search(text, front.end()) if front else None
    if front is None or end is None or _EMPTY_FRONT.match(text):
        if _OPENS_FRONT.match(text):
            message = msg("the front matter is empty") if _EMPTY_FRONT.match(text) else msg("the front matter is never closed")
            hint = msg('write the fields between two lines of "---"')
        else:
            message = msg("the file has no front matter")
            hint = msg('start the file with a line "---", the fields, and another line "---"')
        return Source(path, None, None, 1, "", 1, (_fault("no-front-matter", path, START, message, hint),))
    builder = _Builder(path, 2)
    data, places = builder.build(text[front.end() : end.start() + 1])
    body = text[end.end() :]
    body_line = text.count("\n", 0, end.end()) + 1
    return Source(path, data, places, 2, body, body_line, tuple(builder.faults), frozenset(builder.commented))


class _Mark(NamedTuple):
    """A place in the YAML text, both counted from 0."""

    line: int
    column: int


class _Stop(Exception):
    """Reading ends here; the fault that says why has been noted."""


class _Builder:
    """Makes plain data and places out of one document's events."""

    __slots__ = ("_events", "_line", "_lines", "_next", "_path", "_text", "commented", "faults")

    def __init__(self, path: str, first_line: int) -> None:
        self._path = path
        self._line = first_line
        self._events = 0
        self._next: Callable[[], Any]
        self._text = ""
        self._lines: list[str] = []
        self.faults: list[Fault] = []
        self.commented: set[Position] = set()

    def build(self, text: str) -> tuple[Any, Places | None]:
        self._text = text
        if fault := line_break_fault(self._path, text, self._line):
            self.faults.append(fault)
            return None, None
        try:
            return self._document(text)
        except _Stop:
            return None, None
        except YAMLError as error:
            self.faults.append(_syntax_fault(self._path, self._line, error, text))
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
        if isinstance(data, str) and not event.style and (fault := _wide_fault(self._path, self._line, self._text.split("\n"))):
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
            key = self._key(event)
            event = read()
            at = event.start_mark
            if type(event) is ScalarEvent:
                value, inner = self._scalar(event), None
            else:
                value, inner = self._node(event, depth)
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
            value, inner = self._node(event, depth, in_list=True)
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
            if value[:1] in _MAY_HIDE_A_WIDE_SPACE and not event.style and (wide := _WIDE_SPACE_FIRST.match(value)):
                at: Any = event.start_mark
                self._refuse("yaml-syntax", _Mark(at.line, at.column + wide.end() - 1), *_WIDE_SPACE)
                raise _Stop
            return value
        if event.style:  # It held a character that is not allowed, and that has been said.
            return None
        message = msg('a key must be text, and "{key}" is not', key=event.value)
        self._forbid(event.start_mark, message, msg('put it in quotes: "{key}"', key=event.value) if event.value else msg("write the key"))
        return None

    def _scalar(self, event: Any) -> Any:
        """The value of a plain or quoted scalar, by YAML 1.2's core schema as far as we accept it."""
        if event.anchor is not None:
            self._forbid_anchor(event, ScalarEvent)
        if event.tag is not None:
            self._forbid_tag(event)
        value = event.value
        if event.style:
            if event.style == '"' and not value.isprintable() and (found := _UNSAFE_VALUE.search(value)):
                self._note(_forbidden_character(self._path, self._position(event.start_mark), found.group()))
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
            self._lines = self._lines or self._text.split("\n")
            if mark.line < len(self._lines) and _COMMENT.match(self._lines[mark.line], mark.column):
                self.commented.add(self._position(mark))

    def _number(self, value: str, event: Any) -> Any:
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
        self._note(_fault(rule, self._path, self._position(mark), message, hint))

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
        self._refuse("too-large", mark, message, _SPLIT_FILE)
        raise _Stop


_CONSTANTS = {
    "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NOT_FINITE = {sign + name for sign in ("", "+", "-") for name in (".inf", ".nan")}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

_COMMENT = re.compile(r"[ \t]+#[ \t]*\S")

_SPLIT_FILE = msg("split it into several records, or keep the bulk elsewhere and link to it")
_SPLIT_LINE = msg("break it into several lines")
_SAVE_AS_UTF_8 = msg("save it again as UTF-8")


def _fault(rule: str, path: str, position: Position, message: Text, hint: Text | None) -> Fault:
    return Fault(rule, path, position, message, hint)


def _forbidden_character(path: str, position: Position, character: str) -> Fault:
    code = f"U+{ord(character):04X}"
    message = msg("the character {code} is not allowed here", code=code)
    hint = msg("save the file with line ends of the kind LF or CRLF") if character == "\r" else msg("delete it, it cannot be seen")
    return Fault("forbidden-character", path, position, message, hint)


def _place(text: str, offset: int) -> Position:
    before = text.rfind("\n", 0, offset)
    return Position(text.count("\n", 0, offset) + 1, offset - before)


_AFTER_THE_END = (msg("something follows a value that has ended with a quote or a bracket"), msg("put the whole value in quotes"))

# What people most often mean when the parser stops, and what to do about it: a part of libyaml's message, ours, the hint.
_MISTAKES: tuple[tuple[str, Text, Text], ...] = (
    ("cannot start any token", msg('a value must not start with "{found}"'), msg("put the value in quotes")),
    ("mapping values are not allowed", msg('there is a ": " inside a value'), msg("put the value in quotes")),
    ("unexpected end of stream", msg("a quote is opened and never closed"), msg("close it")),
    ("expected ',' or ']'", msg('a list in "[" is never closed, or a comma is missing'), msg('close it with "]"')),
    ("expected ',' or '}'", msg('a mapping in "{{" is never closed, or a comma is missing'), msg('close it with "}}"')),
    ("could not find expected ':'", msg('there is no ":" after the name of a field'), msg('write it as "name: value"')),
    ("expected '-' indicator", msg("this line is not indented like the list it belongs to"), msg("line it up with the items above")),
    ("expected <document start>", msg("this line is not indented like the lines above it"), msg("line it up with the fields above")),
    ("expected key", *_AFTER_THE_END),
    ("expected comment or line break", msg('a value must not start with ">" or "|"'), msg("put the value in quotes")),
    ("mapping keys are not allowed", msg('a value must not start with "{found}"'), msg("put the value in quotes")),
    ("expected node content", msg('a value must not start with "{found}"'), msg("put the value in quotes")),
    ("unknown escape character", msg("a backslash in double quotes starts an escape that does not exist"), msg("use single quotes")),
    ("block sequence entries are not allowed", msg('a list item with "-" cannot start here'), msg("start the list on a line of its own")),
    ("found undefined tag handle", msg('a value must not start with "!"'), msg("put the value in quotes")),
    ("expected alphabetic or numeric", msg('a value must not start with "*" or "&"'), msg("put the value in quotes")),
    ("invalid Unicode character", msg("a backslash escape in double quotes names no character"), msg("write the character itself")),
    ("found unknown directive", msg("a YAML directive is not allowed"), msg('delete the line that starts with "%"')),
)


def _syntax_fault(path: str, first_line: int, error: Any, text: str) -> Fault:
    """The parser's complaint in the words of somebody who has never heard of tokens."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    opened = getattr(error, "context_mark", None)
    lines = text.split("\n")
    line, column = _where(problem, mark, opened, lines)
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        near = range(min(line, len(lines) - 1), max(-1, line - 2), -1)
        if fault := _wide_fault(path, first_line, lines, near):
            return fault
    content = lines[line] if line < len(lines) else ""
    if "mapping values are not allowed" in problem and (curly := _CURLY_VALUE.search(content[:column])):
        return Fault("yaml-syntax", path, Position(line + first_line, curly.end()), *_CURLY)
    if opened and ("expected ',' or" in problem or "expected node content" in problem):
        number = min(opened.line, line)
        commented = _COMMENT_IN_LIST.match(lines[number], max(0, lines[number].find("[")))
        if commented and "]" in lines[number][commented.end() :]:
            return Fault("yaml-syntax", path, Position(number + first_line, commented.end()), *_COMMENT_BEGINS)
    message, hint = _explained(problem, content, column)
    return Fault("yaml-syntax", path, Position(line + first_line, column + 1), message, hint)


def _where(problem: str, mark: Any, opened: Any, lines: list[str]) -> tuple[int, int]:
    """The line and column, from 0, at which a person would look for the mistake."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    last = max((number for number, rest in enumerate(lines) if rest.strip()), default=0)
    if opened and (line > last or "unexpected end of stream" in problem or "alphabetic or numeric" in problem):
        line, column = opened.line, opened.column
    elif opened and line > opened.line and "expected ',' or" in problem:
        # A list that was begun on one line with its first items, and not ended there: what follows is not to blame.
        first = lines[opened.line][opened.column :]
        if first[1:].strip() and not first.rstrip().endswith(",") and not set("]}") & set(first):
            line, column = opened.line, opened.column
    if line > last:
        line, column = last, len(lines[last].rstrip())
    return line, column


_CURLY_VALUE = re.compile(r"(?:^[ ]*|[:-][ ]+)[“”‘’「『]")
_CURLY = (msg("curly quotes are not quotes in YAML"), msg('write straight quotes: "…"'))
_COMMENT_IN_LIST = re.compile(r"\[(?:[^\]\"']*?[,\s])??#")
_COMMENT_BEGINS = (msg('"#" begins a comment here, and the rest of the line is not read'), msg("put the value in quotes"))

_WIDE_COLON_LINE = re.compile(r"[ ]*(?:- +)?[A-Za-z_][\w-]*[ ]*：", re.ASCII)
_WIDE_COLON = (msg('the full-width colon "：" does not end the name of a field'), msg('write ":" and a space'))


_MAY_HIDE_A_WIDE_SPACE = "-\u00a0\u3000"
_WIDE_SPACE_FIRST = re.compile("-?[ ]*[\u00a0\u3000]")
_WIDE_SPACE_LINE = re.compile("[ ]*(?:- +)?(?:(?:[\\w-]+[ ]*:|-)[ ]*)?[\u00a0\u3000]")
_WIDE_SPACE = (msg("a full-width or no-break space stands here"), msg("write a plain space"))


def _wide_fault(path: str, first_line: int, lines: list[str], near: Iterable[int] | None = None) -> Fault | None:
    """What the keyboard of a Chinese writer, or a word processor, put in the place of a colon or a space."""
    for number in range(len(lines)) if near is None else near:
        if _WIDE_COLON_LINE.match(lines[number]):
            return Fault("yaml-syntax", path, Position(number + first_line, lines[number].index("：") + 1), *_WIDE_COLON)
        if found := _WIDE_SPACE_LINE.match(lines[number]):
            return Fault("yaml-syntax", path, Position(number + first_line, found.end()), *_WIDE_SPACE)
    return None


def _explained(problem: str, content: str, column: int) -> tuple[Text, Text]:
    """What is wrong with the line ``content`` at ``column``, and what to do about it."""
    found = content[column : column + 1]
    before = content[:column]
    if found == "\t" or "\t" in content[: len(content) - len(content.lstrip())]:
        return msg("a tab stands where YAML wants spaces"), msg("indent with spaces")
    if "mapping values are not allowed" in problem and ":" not in before:
        if before[:1].strip():
            return msg('the line above has no ":" and space after the name of its field'), msg('write it as "name: value"')
        return msg("this line is indented deeper than the field above it"), msg("line it up with the fields above")
    if "expected key" in problem and not before.strip():
        if found == "-":
            return msg('a list item with "-" cannot start here'), msg("line it up with the items above, or with the fields")
        return msg("this line is not indented like the lines above it"), msg("line it up with the fields above")
    if "expected '-' indicator" in problem and before.strip():
        return _AFTER_THE_END
    if "alphabetic or numeric" in problem and found:
        return msg('a value must not start with "{found}"', found=found), msg("put the value in quotes")
    if "expected node content" in problem and not found.strip():
        return msg('a list in "[" or a mapping in "{{" is never closed'), msg("close it")
    for part, message, hint in _MISTAKES:
        if part in problem:
            return (msg(message.template, found=found) if "{found}" in message.template else message), hint
    return msg("this is not YAML: {problem}", problem=problem), msg("look at this line and the one above it")
