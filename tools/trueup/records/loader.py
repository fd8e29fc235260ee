"""Reads files into records, each once, and keeps what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby

from trueup.diagnostic import START, Fault
from trueup.records.contents import Contents, Reads, unread_id
from trueup.records.directory import Directory
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.records.references import Reference, references_of
from trueup.records.tree import EntryType, Tree, Unreadable


class Loader:
    """Reads files into records, each once, and keeps what went wrong."""

    def __init__(
        self,
        tree: Tree,
        kinds: Mapping[str, Kind],
        paths: Mapping[str, str],
        listing: Mapping[str, EntryType],
        reader: Reads,
    ) -> None:
        self.paths = paths
        self.records: list[Record] = []
        self.unreadable: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.directory = Directory(kinds)
        self._tree = tree
        self._kinds = kinds
        self._listing = listing
        self._read: set[str] = set()
        self._reader = reader
        self._to_be_asked_for: dict[str, list[str]] = {}

    def read_all(self) -> None:
        known = self._reader.known({path: self._kinds[name] for path, name in self.paths.items()}, self._tree)
        self._tree.expect([path for path in self.paths if path not in known] if known else list(self.paths))
        for name, group in groupby(self.paths, self.paths.__getitem__):
            paths = list(group)
            contents = [known.get(path) or self._contents(path) for path in paths]
            if all(one.is_sound for one in contents):
                self._take_records(name, list(chain.from_iterable(one.records for one in contents)))
            else:
                for path, one in zip(paths, contents, strict=True):
                    self._take(name, path, one)

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
                if path not in self._read:
                    self._read.add(path)
                    self._take(self.paths[path], path, self._contents(path))
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
        return self._reader.references(self.records, self.directory)

    def _contents(self, path: str) -> Contents:
        kind = self._kinds[self.paths[path]]
        if self._listing[path] != "file":
            # A link, a folder or a device: the rule "not-a-file" says so from the listing.
            return Contents(unreadable=unread_id(kind, path, None))
        raw = self._tree.read(path)
        if isinstance(raw, Unreadable):
            return Contents(faults=[Fault("unreadable-file", path, START, raw.message, raw.hint)], unreadable=unread_id(kind, path, None))
        return self._reader.contents(kind, path, raw)

    def _take(self, kind: str, path: str, found: Contents) -> None:
        self.faults += found.faults
        self._take_records(kind, found.records)
        for name in found.lost:
            self.directory.add(kind, name, path)
        if found.unreadable is not None:
            self.directory.add(kind, found.unreadable, path)
            self.unreadable[path] = f"{kind}/{found.unreadable}"

    def _take_records(self, kind: str, records: list[Record]) -> None:
        self.records += records
        self.directory.add_records(kind, records)
