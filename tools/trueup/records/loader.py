"""Reads files into records, each once, and keeps what went wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

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

    def read_all(self, paths: Collection[str]) -> None:
        self._tree.expect([path for path in paths if self._reader.known(self._kinds[self.paths[path]], path, self._tree) is None])
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
        return self._reader.references(self.records, self.directory)

    def _read_file(self, path: str) -> None:
        if path in self._read:
            return
        self._read.add(path)
        kind = self._kinds[self.paths[path]]
        if self._listing[path] != "file":
            # A link, a folder or a device: the rule "not-a-file" says so from the listing.
            self._unread(kind, path, unread_id(kind, path, None))
            return
        known = self._reader.known(kind, path, self._tree)
        if known is not None:
            self._take(kind, path, known)
            return
        raw = self._tree.read(path)
        if isinstance(raw, Unreadable):
            self.faults.append(Fault("unreadable-file", path, START, raw.message, raw.hint))
            self._unread(kind, path, unread_id(kind, path, None))
            return
        self._take(kind, path, self._reader.contents(kind, path, raw))

    def _take(self, kind: Kind, path: str, found: Contents) -> None:
        self.faults.extend(found.faults)
        self.records.extend(found.records)
        for record in found.records:
            self.directory.add_record(record)
        for name in found.lost:
            self.directory.add(kind.name, name, path)
        if found.unreadable is not None:
            self._unread(kind, path, found.unreadable)

    def _unread(self, kind: Kind, path: str, name: str) -> None:
        self.directory.add(kind.name, name, path)
        self.unreadable[path] = f"{kind.name}/{name}"
