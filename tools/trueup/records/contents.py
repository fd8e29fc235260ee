"""What one file holds: its records, and what went wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from trueup.diagnostic import START, Fault
from trueup.locale import msg
from trueup.records.directory import Directory
from trueup.records.explain import Mismatch, as_written
from trueup.records.kind import Kind
from trueup.records.kinds import read_kinds
from trueup.records.record import Record
from trueup.records.references import Reference, references_of
from trueup.records.series import Series, read_series
from trueup.records.source import Route, Source, read_source
from trueup.records.tree import Tree
from trueup.records.validate import Gate


@dataclass(slots=True)
class Contents:
    """What one file holds. ``lost`` are the ids that it takes by entries of which no record could be made.

    A file that is ``unreadable`` as a whole takes the id of that name: what points at it is not dangling.
    """

    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unreadable: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it holds records, and nothing that went wrong."""
        return not self.faults and not self.lost and self.unreadable is None


class Reads(Protocol):
    """Makes records of files: each time anew (Reader), or once of the same bytes (history/memory.py)."""

    def kinds(self, tree: Tree) -> tuple[dict[str, Kind], list[Fault]]:
        """The kinds of a tree by name, and what is wrong with its schemas."""
        ...

    def known(self, files: Mapping[str, Kind], tree: Tree) -> dict[str, Contents]:
        """What some files of a tree hold, of those where that is known without reading them."""
        ...

    def contents(self, kind: Kind, path: str, raw: bytes) -> Contents:
        """What a file holds. Never raises for what it holds."""
        ...

    def references(self, records: Sequence[Record], directory: Directory) -> dict[int, tuple[Reference, ...]]:
        """The references of records, by the records' identities."""
        ...

    def series(self, tree: Tree, paths: Mapping[str, str]) -> list[Series]:
        """The series in some files of a tree, each of the metric with that id."""
        ...


class Reader:
    """Makes records of the bytes of files; knows how each kind judges them."""

    def __init__(self) -> None:
        self._gates: dict[tuple[Kind, bool], Gate] = {}

    def kinds(self, tree: Tree) -> tuple[dict[str, Kind], list[Fault]]:
        return read_kinds(tree)

    def known(self, files: Mapping[str, Kind], tree: Tree) -> dict[str, Contents]:
        return {}

    def references(self, records: Sequence[Record], directory: Directory) -> dict[int, tuple[Reference, ...]]:
        return {id(record): tuple(references_of(record, directory)) for record in records}

    def series(self, tree: Tree, paths: Mapping[str, str]) -> list[Series]:
        tree.expect(list(paths))
        return [read_series(tree, path, metric) for path, metric in paths.items()]

    def contents(self, kind: Kind, path: str, raw: bytes, source: Source | None = None) -> Contents:
        """As ``Reads`` says; ``source`` are the bytes as read already."""
        source = source or read_source(path, raw)
        found = Contents(faults=list(source.faults))
        if kind.layout == "file":
            self._one(found, kind, source, raw)
        else:
            self._several(found, kind, source, raw)
        return found

    def _one(self, found: Contents, kind: Kind, source: Source, raw: bytes) -> None:
        if not isinstance(source.data, dict):
            if source.data is not None or not source.faults:
                found.faults.append(_not_a_mapping(source))
            found.unreadable = unread_id(kind, source.path, raw)
            return
        name = _id_of(kind, source.data, source.path)
        found.records.append(_record(kind, name, (), source.data, source, self._gate(kind, raw), raw))

    def _several(self, found: Contents, kind: Kind, source: Source, raw: bytes) -> None:
        """The records of a file that holds many: a mapping from their ids, or a list."""
        if source.data is None and source.faults:
            return
        wanted = dict if kind.layout == "keys" else list
        if not isinstance(source.data, wanted):
            message = (
                msg("this file must hold a mapping from ids to records") if wanted is dict else msg("this file must hold a list of records")
            )
            found.faults.append(Fault("not-a-mapping", source.path, START, message))
            return
        gate = self._gate(kind, raw)
        entries = source.data.items() if isinstance(source.data, dict) else enumerate(source.data)
        for step, data in entries:
            if not isinstance(data, dict):
                message = msg("a record must be a mapping of fields")
                found.faults.append(Fault("not-a-mapping", source.path, source.position((step,)), message))
                if isinstance(step, str):
                    found.lost.append(step)
                continue
            name = step if isinstance(step, str) else _field_id(data, kind.id_rule.field or "id")
            record = _record(kind, name or str(int(step) + 1), (step,), data, source, gate, raw, lacks_id=name is None)
            found.records.append(record)

    def _gate(self, kind: Kind, raw: bytes) -> Gate:
        """The judge of a kind's records; of nearly every file one look tells that it holds no year 0000."""
        key = (kind, b"0000-" in raw or b"\\" in raw)
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = Gate(kind.schema, kind.looks, has_year_zero=key[1])
        return gate


def _record(
    kind: Kind, name: str, route: Route, data: Mapping[str, Any], source: Source, gate: Gate, raw: bytes, *, lacks_id: bool = False
) -> Record:
    found = () if gate.accepts(data) else _mismatches(gate.mismatches(data), route, source, raw)
    if lacks_id:
        found = _with_lost_id(found, data, kind.id_rule.field or "id")
    return Record(kind, name, route, data, source, found)


def unread_id(kind: Kind, path: str, raw: bytes | None) -> str:
    """The id that a file takes which cannot be read."""
    name = kind.id_rule.from_path(path)
    if kind.id_rule.form == "field" and raw is not None:
        name = _written_id(raw, kind.id_rule.field) or name
    return name


def _not_a_mapping(source: Source) -> Fault:
    message, hint = msg('the fields must be a mapping, lines of the form "name: value"'), msg('write at least "title: …"')
    if source.data is None:
        message = msg("the file is empty")
    elif isinstance(source.data, list):
        message, hint = msg("a list stands where the fields of one record should be"), msg("give every record a file of its own")
    return Fault("not-a-mapping", source.path, source.position(()), message, hint)


def _mismatches(found: list[Mismatch], route: Route, source: Source, raw: bytes) -> tuple[Mismatch, ...]:
    """What the schema refuses, with what the file shows besides."""
    if source.faults:
        # A value that could not be read has been reported where it stands; that it is missing is no news.
        told = {fault.position for fault in source.faults}
        found = [one for one in found if source.position((*route, *one.route)) not in told]
    if source.commented:
        found = [replace(one, hint=_QUOTE_COMMENT) if _is_commented(one, route, source) else one for one in found]
    return tuple(as_written(one, raw, source.position((*route, *one.route))) for one in found)


def _with_lost_id(found: tuple[Mismatch, ...], data: Mapping[str, Any], name: str) -> tuple[Mismatch, ...]:
    """What is wrong with an item of a list of records that has no id: its place alone names it, and changes with the list."""
    lost = Mismatch("missing-field", (), msg('the field "{name}" is missing', name=name), msg("it is the id of the record"))
    if name in data:
        message = msg('"{name}" is the id of the record, and must be text or a whole number', name=name)
        lost = Mismatch("wrong-type", (name,), message, msg("write the name by which others refer to it"))
    is_told = any(one.route[:1] == (name,) or (one.rule, one.message) == (lost.rule, lost.message) for one in found)
    return found if is_told else (*found, lost)


_QUOTE_COMMENT = msg('"#" begins a comment; put the value in quotes')


def _is_commented(one: Mismatch, route: Route, source: Source) -> bool:
    return one.rule == "wrong-type" and source.position((*route, *one.route)) in source.commented


def _id_of(kind: Kind, data: Mapping[str, Any], path: str) -> str:
    if kind.id_rule.form == "field":
        return _field_id(data, kind.id_rule.field) or kind.id_rule.from_path(path)
    return kind.id_rule.from_path(path)


def _field_id(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None


def _written_id(raw: bytes, name: str) -> str | None:
    """The id that a broken file seems to have, from the line that would hold it."""
    found = re.search(rb"^" + re.escape(name.encode()) + rb":([^\r\n#]+)", raw, re.MULTILINE)
    return (found.group(1).strip(b" \t\"'").decode(errors="replace") or None) if found else None
