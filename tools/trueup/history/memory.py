"""Reads the trees of many commits, and each file's bytes once: records that two commits share are the same objects."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from trueup.diagnostic import Fault
from trueup.records.contents import Contents, Reader
from trueup.records.directory import Directory
from trueup.records.kind import Kind
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.records.record import Record
from trueup.records.references import Reference, references_of
from trueup.records.series import Series, read_series
from trueup.records.tree import Tree


class Memory:
    """Keeps what it has read, by path and blob. A schema that is not the same makes another kind, and everything of it new."""

    def __init__(self, algorithm: str = "sha1") -> None:
        self._algorithm = algorithm
        self._reader = Reader()
        self._known: dict[tuple[str, str | None], tuple[Kind, Contents]] = {}
        self._series: dict[tuple[str, str, str | None], Series] = {}
        self._references: dict[int, _Known] = {}
        self._directory = Directory({})
        self._kinds: dict[tuple[tuple[str, bytes], ...], tuple[dict[str, Kind], list[Fault]]] = {}

    def kinds(self, tree: Tree) -> tuple[dict[str, Kind], list[Fault]]:
        key = tuple((path, raw) for path in tree.files([SCHEMA_FOLDER]) if isinstance(raw := tree.read(path), bytes))
        if key not in self._kinds:
            self._kinds[key] = self._reader.kinds(tree)
        return self._kinds[key]

    def references(self, records: Sequence[Record], directory: Directory) -> dict[int, tuple[Reference, ...]]:
        """Of a record that the tree before this one holds too, those found there: unless an id has come or gone that it names."""
        changed = directory.changed_since(self._directory)
        holds = {key: known for key, known in self._references.items() if known.holds(changed)} if changed else self._references
        self._references = {id(record): holds.get(id(record)) or _Known(record, directory) for record in records}
        self._directory = directory
        return {key: known.references for key, known in self._references.items()}

    def exchanged(self, gone: Iterable[Record], come: Iterable[Record], directory: Directory) -> dict[int, tuple[Reference, ...]]:
        """The references of the records that were asked about last, without some of them and with others."""
        changed = directory.changed_since(self._directory)
        for record in gone:
            self._references.pop(id(record), None)
        doubtful = [known.record for known in self._references.values() if not known.holds(changed)] if changed else []
        self._references.update((id(record), _Known(record, directory)) for record in (*doubtful, *come))
        self._directory = directory
        return {key: known.references for key, known in self._references.items()}

    def series(self, tree: Tree, paths: Mapping[str, str]) -> list[Series]:
        blobs = {path: tree.blob(path) for path in paths}
        tree.expect([path for path, metric in paths.items() if (path, metric, blobs[path]) not in self._series])
        return [self._one_series(tree, path, metric, blobs[path]) for path, metric in paths.items()]

    def _one_series(self, tree: Tree, path: str, metric: str, blob: str | None) -> Series:
        key = (path, metric, blob)
        found = self._series.get(key)
        if found is None:
            found = read_series(tree, path, metric)
            if blob is not None:
                self._series[key] = found
        return found

    def known(self, files: Mapping[str, Kind], tree: Tree) -> dict[str, Contents]:
        known, blob = self._known, tree.blob
        return {path: one[1] for path, kind in files.items() if (one := known.get((path, blob(path)))) and one[0] is kind}

    def contents(self, kind: Kind, path: str, raw: bytes) -> Contents:
        key = path, blob_of(raw, self._algorithm)
        known = self._known.get(key)
        if known is None or known[0] is not kind:
            known = self._known[key] = kind, self._reader.contents(kind, path, raw)
        return known[1]


class _Known:
    """The references of a record as they were found. It keeps the record, whose identity is the key to it."""

    __slots__ = ("_names", "record", "references")

    def __init__(self, record: Record, directory: Directory) -> None:
        self.record = record
        self.references = tuple(references_of(record, directory))
        # Of most records nobody asks before the program ends.
        self._names: frozenset[str] | None = None

    def holds(self, changed: frozenset[str]) -> bool:
        """Whether the references are what they were although some ids have come or gone."""
        # What goes by other names than ids, or leads nowhere yet, may mean anything that is new.
        if not all(one.state in ("found", "none") and one.ref.by == "id" and not one.ref.fold for one in self.references):
            return False
        if self._names is None:
            self._names = frozenset(one.id for one in self.references)
        return self._names.isdisjoint(changed)


def blob_of(raw: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to a file's bytes."""
    make = hashlib.sha256 if algorithm == "sha256" else hashlib.sha1
    return make(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
