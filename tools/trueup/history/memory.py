"""Reads the trees of many commits, and each file's bytes once: records that two commits share are the same objects."""

from __future__ import annotations

import hashlib

from trueup.diagnostic import Fault
from trueup.records.contents import Contents, Reader
from trueup.records.kind import Kind
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.records.tree import Tree


class Memory:
    """Keeps what it has read, by path and blob. A schema that is not the same makes another kind, and everything of it new."""

    def __init__(self, algorithm: str = "sha1") -> None:
        self._algorithm = algorithm
        self._reader = Reader()
        self._known: dict[tuple[Kind, str, str], Contents] = {}
        self._kinds: dict[tuple[tuple[str, bytes], ...], tuple[dict[str, Kind], list[Fault]]] = {}

    def kinds(self, tree: Tree) -> tuple[dict[str, Kind], list[Fault]]:
        key = tuple((path, raw) for path in tree.files([SCHEMA_FOLDER]) if isinstance(raw := tree.read(path), bytes))
        if key not in self._kinds:
            self._kinds[key] = self._reader.kinds(tree)
        return self._kinds[key]

    def known(self, kind: Kind, path: str, tree: Tree) -> Contents | None:
        blob = tree.blob(path)
        return None if blob is None else self._known.get((kind, path, blob))

    def contents(self, kind: Kind, path: str, raw: bytes) -> Contents:
        key = (kind, path, blob_of(raw, self._algorithm))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._reader.contents(kind, path, raw)
        return found


def blob_of(raw: bytes, algorithm: str = "sha1") -> str:
    """The id that git gives to a file's bytes."""
    return hashlib.new(algorithm, b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
