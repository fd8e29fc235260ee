"""Merges values in brackets, ``{id: a, due: b}`` and ``[one, two]``, by what stands in them, however deep, without rewriting the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from trueup.merging.meaning import Meaning, canonical
from trueup.merging.pieces import lines_of
from trueup.merging.threeway import chosen, order
from trueup.records.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
    events_of,
)
from trueup.records.source import read_source


class NoFlow(Exception):
    """The text is no value in brackets, holds comments, or its changes meet."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field or an item between two commas. ``sign`` is its key with the colon; ``gap`` what stands before it: none before the first."""

    name: str
    gap: str | None
    sign: str
    node: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A value as it is written. One in brackets has parts, and is ``opened`` and ``closed`` with the spaces inside."""

    text: str
    value: Any
    form: Literal["mapping", "list", "scalar"] = "scalar"
    opened: str = ""
    closed: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A field or an item whose value is in brackets: what stands before that, and the value."""

    before: str
    node: Node


def merged_flow(bodies: Sequence[str | None], values: Sequence[Any], meaning: Meaning) -> tuple[str, Any] | None:
    """Three versions of a field or an item whose value is in brackets, with the value; None where they can only be told apart as a whole.

    A version is None where there was nothing, or something empty, before.
    """
    try:
        base, ours, theirs = (None if body is None else _written(body, value) for body, value in zip(bodies, values, strict=True))
        if ours is None or theirs is None:
            return None
        before = _one_of(base.before if base else None, ours.before, theirs.before)
        node = _merged(base.node if base else None, ours.node, theirs.node, meaning)
    except (NoFlow, YAMLError):
        return None
    body = before + node.text
    # What was put together is read once more, as the checks of the whole record do without where something else is to be decided.
    return (body, node.value) if canonical(_value(body)) == canonical(node.value) else None


def _value(body: str) -> Any:
    """What a field or an item says."""
    source = read_source("fields.yaml", (body + "\n").encode(errors="surrogateescape"), markdown=False)
    if source.faults or not source.data:
        raise NoFlow
    return source.data[0] if isinstance(source.data, list) else next(iter(source.data.values()))


def _written(body: str, value: Any) -> Written:
    """A field or an item, ``key: {…}`` or ``- {…}``, cut into its parts. Raises NoFlow."""
    if not isinstance(value, dict | list):
        raise NoFlow
    reader = _Reader(body)
    start, node = reader.read(value)
    if reader.text_from(start) != node.text:
        raise NoFlow
    return Written(body[:start], node)


_OPENED = re.compile(r"[\[{]\s*")
_CLOSED = re.compile(r"\s*(?:,\s*)?[\]}]")
_GAP = re.compile(r"\s*,\s*")
_COLON = re.compile(r"\s*:\s*")


class _Reader:
    """Follows the events of one field or item. What stands between two of them must be what it looks like."""

    def __init__(self, body: str) -> None:
        self._body = body + "\n"
        self._next: Callable[[], Any] = events_of(self._body)
        self._starts = [0]
        for line in lines_of(self._body):
            self._starts.append(self._starts[-1] + len(line))

    def read(self, value: Any) -> tuple[int, Node]:
        """Where the value begins, and the value."""
        event = self._next()
        while not getattr(event, "flow_style", None):
            event = self._next()
            if event is None:
                raise NoFlow
        return self._at(event.start_mark), self._node(event, value)[0]

    def text_from(self, start: int) -> str:
        return self._body[start:-1]

    def _at(self, mark: Any) -> int:
        return int(self._starts[mark.line] + mark.column)

    def _between(self, start: int, end: int, wanted: re.Pattern[str]) -> str:
        found = self._body[start:end]
        if not wanted.fullmatch(found):
            raise NoFlow
        return found

    def _node(self, event: Any, value: Any) -> tuple[Node, int]:
        """A value, and where it ends."""
        start = self._at(event.start_mark)
        if type(event) is ScalarEvent:
            end = self._at(event.end_mark)
            return Node(self._body[start:end], value), end
        if type(event) not in (MappingStartEvent, SequenceStartEvent):
            raise NoFlow
        form: Literal["mapping", "list"] = "mapping" if type(event) is MappingStartEvent else "list"
        parts: list[Part] = []
        opened, last = "", self._at(event.end_mark)
        while type(event := self._next()) not in (MappingEndEvent, SequenceEndEvent):
            first = self._at(event.start_mark)
            gap = None
            if parts:
                gap = self._between(last, first, _GAP)
            else:
                opened = self._between(start, first, _OPENED)
            part, last = self._field(event, gap, value) if form == "mapping" else self._item(event, gap, value[len(parts)])
            parts.append(part)
        end = self._at(event.end_mark)
        opened = opened or self._between(start, start + 1, _OPENED)
        closed = self._between(last, end, _CLOSED)
        return Node(self._body[start:end], value, form, opened, closed, tuple(parts)), end

    def _field(self, key: Any, gap: str | None, fields: Mapping[str, Any]) -> tuple[Part, int]:
        event = self._next()
        if type(key) is not ScalarEvent or key.value not in fields:
            raise NoFlow
        first = self._at(event.start_mark)
        self._between(self._at(key.end_mark), first, _COLON)
        node, end = self._node(event, fields[key.value])
        return Part(key.value, gap, self._body[self._at(key.start_mark) : first], node), end

    def _item(self, event: Any, gap: str | None, value: Any) -> tuple[Part, int]:
        node, end = self._node(event, value)
        return Part("", gap, "", node), end


def _one_of(base: str | None, ours: str, theirs: str) -> str:
    """Of spaces and the like the version that was changed; where both have, the same one whichever is ours."""
    found = chosen(base, ours, theirs)
    return found[0] if found and found[0] is not None else min(ours, theirs)


def _merged(base: Node | None, ours: Node, theirs: Node, meaning: Meaning) -> Node:
    """Three versions of a value: that of who has changed it, else part by part. Raises NoFlow."""
    if one := _unmet(base, ours, theirs):
        return one
    forms = {node.form for node in (base, ours, theirs) if node}
    if len(forms) > 1 or "scalar" in forms:
        raise NoFlow
    tables = [_table(node, meaning) if node else {} for node in (base, ours, theirs)]
    found: dict[str, Node] = {}
    for key in {**tables[0], **tables[1], **tables[2]}:
        was, mine, other = (table[key].node if key in table else None for table in tables)
        node = _kept(was, mine, other, meaning.inside(key) if ours.form == "mapping" else meaning.item())
        if node is not None:
            found[key] = node
    base_keys, our_keys, their_keys = (list(table) for table in tables)
    keys = order(base_keys, our_keys, their_keys, found)
    if keys is None and ours.form == "mapping":
        first, second = sorted((our_keys, their_keys))
        keys = order(first, first, second, found)
    if keys is None:
        raise NoFlow
    return _assembled(base, ours, theirs, tables, {key: found[key] for key in keys})


def _unmet(base: Node | None, ours: Node, theirs: Node) -> Node | None:
    """The version of a value that stands where not both have changed it; how it is written counts for less than what it says."""
    if (base and theirs.text == base.text) or ours.text == theirs.text:
        return ours
    if base and ours.text == base.text:
        return theirs
    was, mine, other = (canonical(node.value) if node else None for node in (base, ours, theirs))
    if mine == other:
        return min(ours, theirs, key=lambda node: (len(node.text), node.text))
    if was not in (mine, other):
        return None
    return theirs if mine == was else ours


def _kept(base: Node | None, ours: Node | None, theirs: Node | None, meaning: Meaning) -> Node | None:
    """Three versions of a part; None where it is deleted. Raises NoFlow."""
    if ours and theirs:
        return _merged(base, ours, theirs, meaning)
    there = ours or theirs
    if base is None:
        return there
    if there is None or canonical(there.value) == canonical(base.value):
        return None
    raise NoFlow


def _table(node: Node, meaning: Meaning) -> dict[str, Part]:
    """The parts by what they are known by. Raises NoFlow where nothing tells them apart but their place."""
    names = [part.name if node.form == "mapping" else meaning.name_of(part.node.value) for part in node.parts]
    found = {name: part for name, part in zip(names, node.parts, strict=True) if name is not None}
    if len(found) < len(node.parts):
        raise NoFlow
    return found


def _assembled(base: Node | None, ours: Node, theirs: Node, tables: Sequence[Mapping[str, Part]], nodes: Mapping[str, Node]) -> Node:
    """A value of these parts, with the spaces around them as they were."""
    usual = min([part.gap for node in (ours, theirs) for part in node.parts if part.gap] or [", "], key=lambda gap: (len(gap), gap))
    text = ""
    for key, node in nodes.items():
        was, mine, other = (table.get(key) for table in tables)
        signs = [part.sign for part in (mine, other) if part]
        gaps = [part.gap for part in (mine, other) if part and part.gap]
        gap = _one_of(was.gap if was else None, gaps[0], gaps[-1]) if gaps else usual
        text += (gap if text else "") + _one_of(was.sign if was else None, signs[0], signs[-1]) + node.text
    value: Any = [node.value for node in nodes.values()]
    if ours.form == "mapping":
        value = {key: node.value for key, node in nodes.items()}
    if not nodes:
        return Node(ours.opened[0] + ours.closed[-1], value, ours.form, ours.opened[0], ours.closed[-1])
    opened = _one_of(base.opened if base else None, ours.opened, theirs.opened)
    closed = _one_of(base.closed if base else None, ours.closed, theirs.closed)
    return Node(opened + text + closed, value, ours.form, opened, closed)
