"""Reads the trees of many commits, and each file's bytes once: records that two commits share are the same objects."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

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
        self._known: dict[tuple[Kind, str, str], Contents] = {}
        self._series: dict[tuple[str, str, str | None], Series] = {}
        self._references: dict[int, _Known] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self._kinds: dict[tuple[tuple[str, bytes], ...], tuple[dict[str, Kind], list[Fault]]] = {}

    def kinds(self, tree: Tree) -> tuple[dict[str, Kind], list[Fault]]:
        key = tuple((path, raw) for path in tree.files([SCHEMA_FOLDER]) if isinstance(raw := tree.read(path), bytes))
        if key not in self._kinds:
            self._kinds[key] = self._reader.kinds(tree)
        return self._kinds[key]

    def references(self, records: Sequence[Record], directory: Directory) -> dict[int, tuple[Reference, ...]]:
        """Of a record that the tree before this one holds too, those found there: unless an id has come or gone that it names."""
        ids = {kind: frozenset(directory.ids(kind)) for kind in directory.kinds}
        changed = frozenset().union(*(names ^ self._ids.get(kind, frozenset()) for kind, names in ids.items()))
        before, now = self._references, {}
        for record in records:
            known = before.get(id(record))
            if known is None or not known.holds(changed):
                known = _Known(record, tuple(references_of(record, directory)))
            now[id(record)] = known
        self._references, self._ids = now, ids
        return {key: known.references for key, known in now.items()}

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

    def known(self, kind: Kind, path: str, tree: Tree) -> Contents | None:
        blob = tree.blob(path)
        return None if blob is None else self._known.get((kind, path, blob))

    def contents(self, kind: Kind, path: str, raw: bytes) -> Contents:
        key = (kind, path, blob_of(raw, self._algorithm))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._reader.contents(kind, path, raw)
        return found


class _Known:
    """The references of a record as they were found. It keeps the record, whose identity is the key to it."""

    def __init__(self, record: Record, references: tuple[Reference, ...]) -> None:
        self.record = record
        self.references = references
        self._names = frozenset(one.id for one in references)
        # What goes by other names than ids, or leads nowhere yet, may mean anything that is new.
        self._is_certain = all(one.state in ("found", "none") and one.ref.by == "id" and not one.ref.fold for one in references)

    def holds(self, changed: frozenset[str]) -> bool:
        return not changed or (self._is_certain and self._names.isdisjoint(changed))


def blob_of(raw: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to a file's bytes."""
    return hashlib.new(algorithm, b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
