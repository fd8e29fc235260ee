"""Merges three versions of a file of records or of a series; what it calls merged can be read and fits its schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any

from trueup.merging.fields import merged_outlines
from trueup.merging.layout import Layout, merged_layout, text_of
from trueup.merging.meaning import canonical, meaning_of
from trueup.merging.outline import NoOutline, Outline, outline
from trueup.merging.pieces import BODY, Conflict, Piece, decided, joined, merged_lines, whole_conflict, with_marks
from trueup.merging.series import merged_table
from trueup.merging.threeway import chosen
from trueup.records.front_matter import Halves, halves_of
from trueup.records.kind import Kind
from trueup.records.series import parse_series
from trueup.records.source import read_source
from trueup.records.validate import Gate

LABELS = ("ours", "theirs")
USUAL_SIZE = 7

# A file as it was, as we have it, and as they have it.
ThreeVersions = tuple[bytes, bytes, bytes]


@dataclass(frozen=True)
class Merged:
    """The outcome of a merge: text on which all agree, and conflicts."""

    pieces: tuple[Piece, ...]
    layout: Layout
    labels: tuple[str, str] = LABELS
    marker_size: int = USUAL_SIZE

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file, with marks around what has to be decided."""
        is_decided = not self.conflicts
        return self.layout.bytes_of(with_marks(self.pieces, self.labels, self.marker_size), is_decided=is_decided)

    def decided(self, choices: Sequence[str]) -> bytes:
        """The bytes of the file with one choice for each conflict, in their order."""
        return self.layout.bytes_of(decided(self.pieces, choices))


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    path: str,
    kind: Kind | None,
    labels: tuple[str, str] = LABELS,
    marker_size: int = USUAL_SIZE,
) -> Merged:
    """Merges two changes of one file. An empty base means that both sides have added it.

    Without a kind the file is no record: a ``.csv`` is a series then, and anything else is merged line by line. ``path`` tells
    how the file is read. Where the outcome could not be read, or would not fit the schema although both sides do, it is a
    conflict of the whole file.
    """
    if one := chosen(base, ours, theirs):
        text, layout = text_of(one[0])
        return Merged((text,), layout, labels, marker_size)
    (was, first), (mine, second), (other, third) = (text_of(raw) for raw in (base, ours, theirs))
    is_mixed = first.is_mixed or second.is_mixed or third.is_mixed
    if is_mixed:
        (was, first), (mine, second), (other, third) = (text_of(raw, keeps_ends=True) for raw in (base, ours, theirs))
    pieces = _pieces(was, mine, other, path, kind, is_mixed=is_mixed)
    found = Merged(tuple(pieces), merged_layout(first, second, third), labels, marker_size)
    if not found.conflicts and not is_sound(found.data, (ours, theirs), path, kind):
        found = replace(found, pieces=tuple(whole_conflict(was, mine, other)))
    return found


def unmerged(base: bytes, ours: bytes, theirs: bytes, labels: tuple[str, str] = LABELS, marker_size: int = USUAL_SIZE) -> Merged:
    """All in which two versions differ as one conflict: what stands in the file until something better is known."""
    (was, _), (mine, first), (other, second) = (text_of(raw) for raw in (base, ours, theirs))
    return Merged(tuple(whole_conflict(was, mine, other)), first if ours else second, labels, marker_size)


def _pieces(base: str, ours: str, theirs: str, path: str, kind: Kind | None, *, is_mixed: bool) -> list[Piece]:
    if kind is None and path.endswith(".csv"):
        return merged_table(base, ours, theirs, is_mixed=is_mixed)
    if kind is not None and not is_mixed:
        try:
            return _merged_record(base, ours, theirs, path, kind)
        except NoOutline:
            pass
    return merged_lines(base, ours, theirs, ())


def _merged_record(base: str, ours: str, theirs: str, path: str, kind: Kind) -> list[Piece]:
    """The fields field by field, the text below them line by line. Raises NoOutline."""
    was, mine, other = _split(base, path) if base else None, _split(ours, path), _split(theirs, path)
    made = merged_outlines(was.fields if was else None, mine.fields, other.fields, meaning_of(kind))
    opened = chosen(was.opened if was else None, mine.opened, other.opened)
    closed = chosen(was.closed if was else None, mine.closed, other.closed)
    if made is None or opened is None or closed is None:
        raise NoOutline
    if not _leaves_record(made.pieces, [one.fields.text for one in (was, mine, other) if one]):
        return whole_conflict(base, ours, theirs)
    body = merged_lines(was.body if was else "", mine.body, other.body, BODY)
    pieces = joined([opened[0] or "", *made.pieces, closed[0] or "", *body])
    if not any(isinstance(piece, Conflict) for piece in pieces):
        text = "".join(piece for piece in pieces if isinstance(piece, str))
        if canonical(_read(text.encode(errors="surrogateescape"), path)) != canonical(made.value):
            raise NoOutline
    return pieces


def _leaves_record(pieces: Sequence[Piece], versions: Sequence[str]) -> bool:
    """Whether fields are left if somebody decides for one side everywhere, and all comments that each version has.

    One side may have moved a comment to where somebody then takes the other, and both together may have deleted all fields.
    """
    kept = set.intersection(*map(_comments, versions))
    conflicts = [piece for piece in pieces if isinstance(piece, Conflict)]
    outcomes = [decided(pieces, [getattr(one, side) for one in conflicts]) for side in LABELS]
    return all(kept <= _comments(text) and any(_is_field(line) for line in text.split("\n")) for text in outcomes)


def _is_field(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _comments(text: str) -> set[str]:
    """The comments that have lines of their own."""
    return {line.strip() for line in text.split("\n") if line.strip().startswith("#")}


@dataclass(frozen=True, slots=True)
class _Split:
    """A record's file: the line that opens the fields, the fields, the line that closes them, the text below."""

    opened: str
    fields: Outline
    closed: str
    body: str


def _split(text: str, path: str) -> _Split:
    if not path.endswith(".md"):
        return _Split("", outline(text), "", "")
    halves = halves_of(path, text)
    if not isinstance(halves, Halves):
        raise NoOutline
    opened = text[: text.index("\n") + 1]
    closed = text[len(opened) + len(halves.fields) : len(text) - len(halves.body)]
    return _Split(opened, outline(halves.fields), closed, halves.body)


def is_sound(raw: bytes, sides: Sequence[bytes], path: str, kind: Kind | None) -> bool:
    """Whether the bytes of a record can be read, fit the schema if those of both sides do, and hold no id twice if theirs do not.

    No id twice in any list, and none of the parts of a record: a task and a milestone of one plan may not have the same.
    """
    if kind is None:
        return not path.endswith(".csv") or not _faults(raw) or any(_faults(one) for one in sides)
    data = _read(raw, path)
    if data is None:
        return False
    others = [_read(one, path) for one in sides]
    judges: tuple[Callable[[Any], bool], ...] = (
        partial(_fits, kind, _gate(kind)),
        partial(_has_single_ids, kind),
        partial(_has_single_parts, kind),
    )
    return all(judge(data) or not all(one is not None and judge(one) for one in others) for judge in judges)


@lru_cache(maxsize=64)
def _gate(kind: Kind) -> Gate:
    return Gate(kind.schema, kind.looks)


def _faults(raw: bytes) -> bool:
    return bool(parse_series("", "", raw).faults)


def _read(raw: bytes, path: str) -> Any:
    """The data of a record's file; None where something is wrong with it."""
    source = read_source(path, raw)
    return None if source.faults else source.data


def _records(kind: Kind, data: Any) -> list[Any]:
    """The records in a file of a kind; None for what is none."""
    if kind.layout == "keys":
        return list(data.values()) if isinstance(data, dict) else [None]
    if kind.layout == "items":
        return data if isinstance(data, list) else [None]
    return [data]


def _fits(kind: Kind, gate: Gate, data: Any) -> bool:
    return all(isinstance(one, dict) and gate.accepts(one) for one in _records(kind, data))


def _has_single_ids(kind: Kind, data: Any) -> bool:
    return all(len(set(ids)) == len(ids) for ids in _ids(data, meaning_of(kind).id_name))


def _has_single_parts(kind: Kind, data: Any) -> bool:
    """Whether the lists of a record's parts hold no id twice, taken together, as rule TU112 has it."""
    for record in _records(kind, data):
        lists = [record.get(name) for name in kind.parts] if isinstance(record, dict) else []
        parts = [_part_id(item) for one in lists if isinstance(one, list) for item in one]
        known = [part for part in parts if part is not None]
        if len(set(known)) < len(known):
            return False
    return True


def _part_id(item: Any) -> str | None:
    """A part's id as text, so that 1 and "1" are the same."""
    name = item.get("id") if isinstance(item, dict) else None
    return str(name) if isinstance(name, str | int | float) and not isinstance(name, bool) else None


def _ids(data: Any, name: str) -> Iterator[list[str]]:
    """The ids in each list; ``name`` is the field of the outermost."""
    if isinstance(data, list):
        yield [canonical(one[name]) for one in data if isinstance(one, dict) and name in one]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in values:
        yield from _ids(value, "id")
