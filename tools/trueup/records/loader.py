"""Reads files into records, each once, and keeps what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from trueup.diagnostic import START, Fault
from trueup.locale import msg
from trueup.records.directory import Directory
from trueup.records.explain import Mismatch, as_written
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.records.references import Reference, references_of
from trueup.records.source import Route, Source, read_source
from trueup.records.tree import EntryType, Tree, Unreadable
from trueup.records.validate import Gate


class Loader:
    """Reads files into records, each once, and keeps what went wrong."""

    def __init__(self, tree: Tree, kinds: Mapping[str, Kind], paths: Mapping[str, str], listing: Mapping[str, EntryType]) -> None:
        self.paths = paths
        self.records: list[Record] = []
        self.unreadable: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.directory = Directory(kinds)
        self._tree = tree
        self._kinds = kinds
        self._listing = listing
        self._read: set[str] = set()
        self._gates: dict[tuple[str, bool], Gate] = {}
        self._to_be_asked_for: dict[str, list[str]] = {}

    def read_all(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._read_file(path)

    def read_with_targets(self, selected: Iterable[str]) -> None:
        """Reads the selected files and the records they name; names of the same kind are followed on, so that a circle is seen whole."""
        for path, name in self.paths.items():
            kind = self._kinds[name]
            if kind.layout == "file" and kind.id_rule.form != "field":
                self.directory.add(name, kind.id_rule.from_path(path), path)
            self._to_be_asked_for.setdefault(name, []).append(path)
        waiting = list(selected)
        direct = set(waiting)
        while waiting:
            before = len(self.records)
            for path in waiting:
                self._read_file(path)
            waiting = []
            for record in self.records[before:]:
                waiting.extend(self._wanted_by(record, follow_all=record.path in direct))
            waiting = sorted(set(waiting) - self._read)
        self.records.sort(key=lambda record: record.path)

    def _wanted_by(self, record: Record, *, follow_all: bool) -> Iterator[str]:
        for ref in record.kind.references:
            for name in ref.kinds:
                kind = self._kinds.get(name)
                if kind and (kind.id_rule.form == "field" or kind.layout != "file" or ref.by not in ("id", "path")):
                    # All of them, and once: thousands of records may ask for the same thousands of files.
                    yield from self._to_be_asked_for.pop(name, ())
        for reference in references_of(record, self.directory):
            if follow_all or reference.kind == record.kind.name:
                path = self.directory.path(reference.kind, reference.id)
                if path is not None and path in self.paths:
                    yield path

    def resolve(self) -> dict[int, tuple[Reference, ...]]:
        """The references of every record that was read, by the record's identity."""
        return {id(record): tuple(references_of(record, self.directory)) for record in self.records}

    def _read_file(self, path: str) -> None:
        if path in self._read:
            return
        self._read.add(path)
        kind = self._kinds[self.paths[path]]
        if self._listing[path] != "file":
            # A link, a folder or a device: the rule "not-a-file" says so from the listing.
            self._unread(kind, path, None)
            return
        raw = self._tree.read(path)
        if isinstance(raw, Unreadable):
            self.faults.append(Fault("unreadable-file", path, START, raw.message, raw.hint))
            self._unread(kind, path, None)
            return
        source = read_source(path, raw)
        self.faults.extend(source.faults)
        if kind.layout == "file":
            self._one(kind, source, raw)
        else:
            self._several(kind, source, raw)

    def _one(self, kind: Kind, source: Source, raw: bytes) -> None:
        if not isinstance(source.data, dict):
            if source.data is not None or not source.faults:
                self._not_a_mapping(source)
            self._unread(kind, source.path, raw)
            return
        self._add(kind, _id_of(kind, source.data, source.path), (), source.data, source, self._gate(kind, raw), raw)

    def _several(self, kind: Kind, source: Source, raw: bytes) -> None:
        """The records of a file that holds many: a mapping from their ids, or a list."""
        if source.data is None and source.faults:
            return
        wanted = dict if kind.layout == "keys" else list
        if not isinstance(source.data, wanted):
            message = (
                msg("this file must hold a mapping from ids to records") if wanted is dict else msg("this file must hold a list of records")
            )
            self.faults.append(Fault("not-a-mapping", source.path, START, message))
            return
        gate = self._gate(kind, raw)
        entries = source.data.items() if isinstance(source.data, dict) else enumerate(source.data)
        for step, data in entries:
            if not isinstance(data, dict):
                message = msg("a record must be a mapping of fields")
                self.faults.append(Fault("not-a-mapping", source.path, source.position((step,)), message))
                if isinstance(step, str):
                    self.directory.add(kind.name, step, source.path)
                continue
            name = step if isinstance(step, str) else _field_id(data, kind.id_rule.field or "id")
            self._add(kind, name or str(int(step) + 1), (step,), data, source, gate, raw, lacks_id=name is None)

    def _add(
        self,
        kind: Kind,
        name: str,
        route: Route,
        data: Mapping[str, Any],
        source: Source,
        gate: Gate,
        raw: bytes,
        *,
        lacks_id: bool = False,
    ) -> None:
        found = () if gate.accepts(data) else _mismatches(gate.mismatches(data), route, source, raw)
        if lacks_id:
            found = _with_lost_id(found, data, kind.id_rule.field or "id")
        record = Record(kind, name, route, data, source, found)
        self.records.append(record)
        self.directory.add_record(record)

    def _gate(self, kind: Kind, raw: bytes) -> Gate:
        """The judge of a kind's records; of nearly every file one look tells that it holds no year 0000."""
        key = (kind.name, b"0000-" in raw or b"\\" in raw)
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = Gate(kind.schema, kind.looks, has_year_zero=key[1])
        return gate

    def _not_a_mapping(self, source: Source) -> None:
        message, hint = msg('the fields must be a mapping, lines of the form "name: value"'), msg('write at least "title: …"')
        if source.data is None:
            message = msg("the file is empty")
        elif isinstance(source.data, list):
            message, hint = msg("a list stands where the fields of one record should be"), msg("give every record a file of its own")
        self.faults.append(Fault("not-a-mapping", source.path, source.position(()), message, hint))

    def _unread(self, kind: Kind, path: str, raw: bytes | None) -> None:
        """A file that can't be read still takes its id: what points at it is not dangling."""
        name = kind.id_rule.from_path(path)
        if kind.id_rule.form == "field" and raw is not None:
            name = _written_id(raw, kind.id_rule.field) or name
        self.directory.add(kind.name, name, path)
        self.unreadable[path] = f"{kind.name}/{name}"


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
