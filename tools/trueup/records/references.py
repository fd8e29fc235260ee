"""Which records a record names, in its fields and in its body, and whom each name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from trueup.diagnostic import Position, Problem
from trueup.locale import Text
from trueup.records.directory import Directory
from trueup.records.kind import EACH, Ref
from trueup.records.record import Record
from trueup.records.source import Route

# found: a record of that name; unknown: none; wrong-kind: one, of a kind that does not belong there; malformed: not an
# address at all; none: a text that says there is nobody.
State = Literal["found", "unknown", "wrong-kind", "malformed", "none"]


# A named tuple where a frozen dataclass would do: there are five in a record, and it is made in a third of the time.
class Reference(NamedTuple):
    """One record naming another. ``kind`` and ``id`` are the target's, as far as the text says; ``part`` is ``""`` for the whole."""

    source: Record
    ref: Ref
    route: Route
    text: str
    state: State
    kind: str
    id: str
    part: str = ""
    in_body: Position | None = None

    @property
    def target(self) -> str:
        """The address it names, a part's included."""
        return f"{self.kind}/{self.id}#{self.part}" if self.part else f"{self.kind}/{self.id}"

    @property
    def record(self) -> str:
        """The address of the record it names."""
        return f"{self.kind}/{self.id}"

    def problem(self, message: Text, hint: Text | None = None) -> Problem:
        if self.in_body:
            return Problem(self.source.path, self.in_body, message, hint, self.source.address)
        return self.source.problem(message, hint, self.route, at_key=self.ref.in_key)


BODY_LINK = Ref(steps=(), kinds=(), addressed=True)


def references_of(record: Record, directory: Directory) -> list[Reference]:
    """Every reference of a record, resolved, in the order of its fields and then of its body."""
    wrong = {mismatch.route for mismatch in record.mismatches}
    data = record.data
    found: list[Reference] = []
    for ref in record.kind.references:
        # Most fields that could name somebody are not there.
        if ref.steps[0] not in data and ref.steps[0] != EACH:
            continue
        for place, value in _values(data, ref.steps):
            for route, text in ((place, value),) if isinstance(value, str) and not ref.in_key else _leaves(value, ref.in_key, place):
                if route in wrong:
                    continue
                if ref.split or ref.none or ref.only:
                    found += _named(record, ref, route, text, directory)
                else:
                    found.append(_resolved(record, ref, route, text, directory, None))
    if "[" in (body := record.body) and "[[" in body and not record.route:  # One character is found more quickly than two.
        found += (_resolved(record, BODY_LINK, (), text, directory, position) for text, position in body_links(record))
    return found


def _values(data: Any, steps: tuple[str, ...]) -> list[tuple[Route, Any]]:
    """The values that ``steps`` lead to, with their routes; where there is nothing on the way, there is nothing to name."""
    found: list[tuple[Route, Any]]
    if steps[0] == EACH:
        found = [((key,), value) for key, value in _inside(data)]
    else:
        found = [((steps[0],), data[steps[0]])] if steps[0] in data else []
    for step in steps[1:]:
        if step == EACH:
            found = [((*route, key), value) for route, here in found for key, value in _inside(here)]
        else:
            found = [((*route, step), here[step]) for route, here in found if isinstance(here, dict) and step in here]
    return found


def _inside(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, list):
        return enumerate(value)
    return value.items() if isinstance(value, dict) else ()


def _leaves(value: Any, in_key: bool, route: Route) -> Iterator[tuple[Route, str]]:
    """The texts within a value: itself, those of its list, nested ones too; of a mapping its keys or its values."""
    if isinstance(value, str):
        if not in_key:
            yield route, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, in_key, (*route, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if in_key:
                yield (*route, key), key
            else:
                yield from _leaves(item, False, (*route, key))
    elif isinstance(value, int) and not isinstance(value, bool) and not in_key:
        yield route, str(value)


def _named(record: Record, ref: Ref, route: Route, value: str, directory: Directory) -> list[Reference]:
    """What the text in one place names: one record, or several where the field has a sign that splits it."""
    texts = [text for one in value.split(ref.split) if (text := one.strip())] if ref.split else [value]
    return [
        Reference(record, ref, route, text, "none", "", "") if text in ref.none else _resolved(record, ref, route, text, directory, None)
        for text in texts
        if text in ref.none or ref.only is None or ref.only(text)
    ]


def _resolved(record: Record, ref: Ref, route: Route, text: str, directory: Directory, place: Position | None) -> Reference:
    if ref.parts and "/" not in text:
        return Reference(record, ref, route, text, "found", record.kind.name, record.id, text, place)
    if ref.addressed or ref.parts:
        return _from_address(record, ref, route, text, directory, place)
    kind = ref.kinds[0]
    found = directory.find(kind, ref.by, ref, text, record)
    if found is not None:
        return Reference(record, ref, route, text, "found", kind, found, "", place)
    return Reference(record, ref, route, text, "unknown", kind, ref.formatted(text), "", place)


def _from_address(record: Record, ref: Ref, route: Route, text: str, directory: Directory, place: Position | None) -> Reference:
    """Takes ``kind/id`` or ``kind/id#part`` apart; a text of several possible kinds may also be a bare name among them."""
    address, _, part = text.partition("#")
    kind, slash, name = address.partition("/")
    if slash and kind in directory.kinds:
        found = directory.find(kind, "id", ref, name, record)
        state: State = "unknown" if found is None else "found"
        if ref.kinds and kind not in ref.kinds:
            state = "wrong-kind"
        return Reference(record, ref, route, text, state, kind, name if found is None else found, part, place)
    for possible in ref.kinds:
        if (found := directory.find(possible, ref.by, ref, text, record)) is not None:
            return Reference(record, ref, route, text, "found", possible, found, "", place)
    return Reference(record, ref, route, text, "malformed", kind if slash else "", name if slash else address, part, place)


# ``[[kind/id]]`` and ``[[kind/id|words]]``; in a table the bar has a backslash before it. The site reads links by it too.
LINK = re.compile(r"\[\[([a-z][a-z0-9_]*/[^\]|\[\n]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
_BRACKETS = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]*)?\]\]")
_MAY_HOLD_CODE = re.compile(r"`|~~~|^(?: {4}| {0,3}\t)", re.MULTILINE)
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*[^ \t\r]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\r?$)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t\r]*(.*)")
_ESCAPE = re.compile(r"(?<!\\)\\\Z")
_NEW_BLOCK = re.compile(r"\n(?=[ \t]*(?:\r?\n|[-*+>#]|[0-9]+[.)]))")


def body_links(record: Record) -> Iterator[tuple[str, Position]]:
    """The addresses in ``[[kind/id]]`` and ``[[kind/id|words]]`` of a body; what stands in code is none."""
    return ((text.strip(), position) for text, position in _found(LINK, record))


def almost_links(record: Record) -> Iterator[tuple[str, Position]]:
    """What stands between two pairs of brackets in a body and has not the form of a link: ``[[Goal/x]]``, ``[[x]]``."""
    return ((text, position) for text, position in _found(_BRACKETS, record) if not LINK.fullmatch(f"[[{text}]]"))


def _found(pattern: re.Pattern[str], record: Record) -> Iterator[tuple[str, Position]]:
    body = _without_code(record.body) if _may_hold_code(record.body) else record.body
    line, seen = record.source.body_line, 0
    for link in pattern.finditer(body):
        if _is_escaped(body, link.start()):
            continue
        line += body.count("\n", seen, link.start())
        seen = link.start()
        yield link.group(1), Position(line, seen - body.rfind("\n", 0, seen))


def _may_hold_code(body: str) -> bool:
    # Whether a text holds another is seen far more quickly than where its lines begin.
    return ("`" in body or "~~~" in body or "    " in body or "\t" in body) and _MAY_HOLD_CODE.search(body) is not None


def _is_escaped(body: str, at: int) -> bool:
    """Whether a backslash before it takes a character its meaning; two of them are one that is written out."""
    before = at
    while before and body[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def headings(body: str) -> Iterator[str]:
    """The headings of a body, of every level and in both forms (CommonMark 0.31, 4.2 and 4.3); what stands in code is none."""
    paragraph: list[str] = []
    for line in (_without_blocks(body) if _may_hold_code(body) else body).split("\n"):
        text = line.strip(" \t\r")
        if _HEADING.match(line):
            paragraph.clear()
            yield heading_words(text)
        elif paragraph and _UNDERLINE.fullmatch(line):
            yield " ".join(paragraph)
            paragraph.clear()
        elif not text or _BREAK.match(line):
            paragraph.clear()
        else:
            paragraph.append(text)


def heading_words(text: str) -> str:
    """A heading without its signs: ``## Why ##`` is ``Why``."""
    text = text.strip(" \t\r")
    opening = text.lstrip("#")
    if opening[:1] in ("", " ", "\t"):
        text = opening.lstrip(" \t")
    closing = text.rstrip("#")
    return closing.rstrip(" \t") if closing[-1:] in ("", " ", "\t") else text


_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t\r]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t\r]*")
# What ends a paragraph, beside an empty line: an item of a list, a quotation, a line across the page.
_BREAK = re.compile(r"[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\r?$)|>|\*{3,}[ \t\r]*$|_{3,}[ \t\r]*$)")


def _without_code(body: str) -> str:
    """A body with its code blanked out and the rest in its place (CommonMark 0.31, 4.5 and 6.1), in linear time."""
    return "\n".join(map(_without_spans, _NEW_BLOCK.split(_without_blocks(body))))


def _without_blocks(body: str) -> str:
    kept: list[str] = []
    fence, after_blank, in_list = "", True, False
    for line in body.split("\n"):
        found = _FENCE.match(line)
        if not fence and not found:
            # What is indented after an empty line is code, but not where it goes on with the item of a list.
            code = after_blank and not in_list and _INDENTED.match(line)
            kept.append(" " * len(line) if code else line)
            if not line.strip():
                after_blank = True
            elif not code:
                in_list = bool(_ITEM.match(line)) or (in_list and (not after_blank or line[0] in " \t"))
                after_blank = False
            continue
        kept.append(" " * len(line))
        if found and not fence:
            fence = found.group(1)
        elif found and found.group(1).startswith(fence) and not found.group(2):
            fence = ""
    return "\n".join(kept)


def _without_spans(block: str) -> str:
    """A block of text without what stands between two runs of as many backticks; a backslash takes the first of a run out."""
    runs = [found.span() for found in re.finditer("`+", block)]
    ends: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        ends.setdefault(end - start, []).append(end)
    kept: list[str] = []
    done = 0
    for start, end in runs:
        if start < done:
            continue
        size = end - start - bool(_ESCAPE.search(block, max(start - 2, 0), start))
        closing = ends.get(size, [])
        while closing and closing[-1] <= end:
            closing.pop()
        if closing:
            kept += block[done : end - size], re.sub(r"[^\n]", " ", block[end - size : closing[-1]])
            done = closing[-1]
    return "".join(kept) + block[done:]
