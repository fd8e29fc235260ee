"""Knows which records there are, under every name that a reference may use for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping

from trueup.records.kind import Kind, Ref
from trueup.records.record import Record


class Directory:
    """Knows which ids there are, under every name that a reference may use for them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self._ids: dict[str, dict[str, str]] = {name: {} for name in kinds}
        self._records: dict[str, list[Record]] = {name: [] for name in kinds}
        self._indexes: dict[tuple[str, str, tuple[str, ...]], dict[str, str]] = {}

    def add(self, kind: str, name: str, path: str) -> None:
        self._indexes.clear()
        self._ids[kind].setdefault(name, path)

    def add_records(self, kind: str, records: Iterable[Record]) -> None:
        if self._indexes:
            # In a partial load the first files are asked for their targets before those are read.
            self._indexes.clear()
        ids = self._ids[kind]
        for record in records:
            ids.setdefault(record.id, record.path)
        self._records[kind] += records

    def with_records(self, records: Mapping[str, Iterable[Record]]) -> Directory:
        """The same directory, in which some kinds have other records and no more ids than theirs."""
        found = Directory(self.kinds)
        found._ids.update({kind: ids for kind, ids in self._ids.items() if kind not in records})
        found._records.update({kind: known for kind, known in self._records.items() if kind not in records})
        for kind, ones in records.items():
            found.add_records(kind, ones)
        return found

    def changed_since(self, before: Directory) -> frozenset[str]:
        """The ids that have come or gone."""
        known = before._ids
        return frozenset(
            name for kind, ids in self._ids.items() if ids is not known.get(kind) for name in ids.keys() ^ known.get(kind, {}).keys()
        )

    def ids(self, kind: str) -> KeysView[str]:
        return self._ids.get(kind, {}).keys()

    def path(self, kind: str, name: str) -> str | None:
        return self._ids.get(kind, {}).get(name)

    def find(self, kind: str, by: str, ref: Ref, text: str, source: Record) -> str | None:
        text = ref.formatted(text) if ref.format else text
        if by == "id":
            # What is spelt exactly goes before what only looks alike once prefixes are folded.
            if text in self._ids.get(kind, ()):
                return text
            if not ref.fold:
                return None
        index = self._index(kind, by, ref)
        if by == "path":
            found = index.get(ref.folded(_joined("", text)))
            return found or index.get(ref.folded(_joined(source.path, text)))
        return index.get(ref.folded(text))

    def _index(self, kind: str, by: str, ref: Ref) -> dict[str, str]:
        key = (kind, by, ref.fold)
        if key not in self._indexes:
            index: dict[str, str] = {}
            for name, record_id in self._names(kind, by):
                index.setdefault(ref.folded(name), record_id)
            self._indexes[key] = index
        return self._indexes[key]

    def _names(self, kind: str, by: str) -> Iterator[tuple[str, str]]:
        ids = self._ids.get(kind, {})
        if by == "id":
            yield from ((name, name) for name in ids)
        elif by == "path":
            for name, path in ids.items():
                yield path, name
                yield path.rpartition("/")[0], name
        else:
            for record in self._records.get(kind, ()):
                if value := record.fields.text(by):
                    yield value, record.id


def _joined(path: str, text: str) -> str:
    """A path as written in a file, from the root: ``../x/y.md`` seen from ``a/b.md`` is ``x/y.md``."""
    parts = path.split("/")[:-1]
    for part in text.strip("/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
