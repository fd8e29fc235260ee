"""Everything that is written down in a tree: records, look-ups, references both ways, and what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trueup.diagnostic import Fault
from trueup.records.claims import claims_of, concerned, double_claims, selected_paths
from trueup.records.config import CONFIG_FILE, Config, read_config
from trueup.records.contents import Reader, Reads
from trueup.records.directory import Directory
from trueup.records.kind import Kind
from trueup.records.loader import Loader
from trueup.records.misplaced import misplaced_files
from trueup.records.record import Record
from trueup.records.references import Reference
from trueup.records.series import Series, series_paths
from trueup.records.tree import EntryType, Tree


@dataclass(frozen=True, eq=False)
class Workspace:
    """What a tree holds. Nothing in it reads a file: all reading is done by ``load``.

    ``paths`` are all files that belong to a kind, with the kind's name. ``by_kind`` are the records of each, in the order of their
    paths, and ``resolved`` the references of each record, by the record's identity. ``selected`` is None for a whole workspace, else
    the paths that were asked for: then ``records`` holds those and what they refer to, and nothing more. ``misplaced`` are
    files beside the record folders that seem to belong into one, with the path that each would have there.
    """

    config: Config
    kinds: Mapping[str, Kind]
    paths: Mapping[str, str]
    listing: Mapping[str, EntryType]
    records: tuple[Record, ...]
    by_kind: Mapping[str, tuple[Record, ...]]
    unreadable: Mapping[str, str]
    faults: tuple[Fault, ...]
    series: Mapping[str, Series]
    directory: Directory
    resolved: Mapping[int, tuple[Reference, ...]]
    selected: frozenset[str] | None = None
    misplaced: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.selected is None

    @cached_property
    def looked_at(self) -> Mapping[str, EntryType]:
        """What of the listing was asked for: all of it, or what was selected."""
        if self.selected is None:
            return self.listing
        return {path: self.listing[path] for path in self.selected if path in self.listing}

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Record]]:
        """The records of those kinds that somebody has asked for, by their ids."""
        return {}

    def record(self, address: str) -> Record | None:
        """The record of an address; of an id that is used twice, the first by path. A part's address gives its record."""
        kind, _slash, name = address.partition("#")[0].partition("/")
        found = self._by_id.get(kind)
        if found is None:
            found = self._by_id[kind] = {record.id: record for record in reversed(self.of_kind(kind))}
        return found.get(name)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        return self.by_kind.get(kind, ())

    def asked_for(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind that findings are wanted of: all of them, or those of selected files."""
        if self.selected is None:
            return self.of_kind(kind)
        return tuple(record for record in self.of_kind(kind) if record.path in self.selected)

    @cached_property
    def misfits(self) -> tuple[Record, ...]:
        """The records that do not fit the schema of their kind."""
        return tuple(record for record in self.records if record.mismatches)

    @cached_property
    def _all_references(self) -> tuple[Reference, ...]:
        return tuple(reference for record in self.records for reference in self.references_from(record))

    def references(self) -> tuple[Reference, ...]:
        """Every reference of every record that was loaded, in the order of the records."""
        return self._all_references

    @cached_property
    def unresolved(self) -> tuple[Reference, ...]:
        """The references that lead to nobody who belongs there."""
        return tuple(reference for reference in self.references() if reference.state != "found")

    def references_from(self, record: Record) -> tuple[Reference, ...]:
        return self.resolved.get(id(record), ())

    @cached_property
    def _pointing(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = {}
        for reference in self.references():
            if reference.state == "found" and not (reference.source.id == reference.id and reference.source.kind.name == reference.kind):
                found.setdefault(reference.record, []).append(reference)
        return found

    def pointing_at(self, address: str) -> tuple[Reference, ...]:
        """The references that other records make to this one or to a part of it."""
        return tuple(self._pointing.get(address.partition("#")[0], ()))

    def ids(self, kind: str) -> Collection[str]:
        """All ids of a kind that are known, those of unreadable files too."""
        return self.directory.ids(kind)

    def kind_with(self, name: str) -> str | None:
        """The first kind that has a record of that id."""
        return self._kind_by_id.get(name)

    @cached_property
    def _kind_by_id(self) -> dict[str, str]:
        return {name: kind for kind in reversed(tuple(self.kinds)) for name in self.ids(kind)}


def load(tree: Tree, *, only: Collection[str] | None = None, reader: Reads | None = None) -> Workspace:
    """Reads a tree. Never raises for what the files hold; every file that can't be read is a fault and a known id.

    With ``only`` (paths of files or folders) just those are read, and what they refer to; the other ids are known from
    the names of their files. ``reader`` is one that other trees have been read with.
    """
    reader = reader or Reader()
    config, faults = read_config(tree)
    kinds, kind_faults = reader.kinds(tree)
    listing = concerned(tree.files(folder for kind in kinds.values() for folder in kind.files.folders), kinds)
    claims = claims_of(listing, kinds, config)
    misplaced = misplaced_files(tree, kinds, {names[0] for names in claims.values()})
    loader = Loader(tree, kinds, {path: names[0] for path, names in claims.items()}, listing, reader)
    if only is None:
        loader.read_all()
        selected = None
    else:
        selected = selected_paths(only, (*listing, *misplaced, CONFIG_FILE), tree, loader.paths)
        loader.read_with_targets(sorted(selected & loader.paths.keys()))
    references = loader.resolve()
    series = {one.metric: one for one in reader.series(tree, series_paths(listing, loader.records))}
    return Workspace(
        config=config,
        kinds=kinds,
        paths=loader.paths,
        listing=listing,
        records=tuple(loader.records),
        by_kind=_by_kind(loader.records, kinds),
        unreadable=loader.unreadable,
        faults=(
            *faults,
            *kind_faults,
            *double_claims(claims),
            *loader.faults,
            *(fault for one in series.values() for fault in one.faults),
        ),
        series=series,
        directory=loader.directory,
        resolved=references,
        selected=selected,
        misplaced=misplaced,
    )


def _by_kind(records: Iterable[Record], kinds: Iterable[str]) -> dict[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = {name: [] for name in kinds}
    for record in records:
        found[record.kind.name].append(record)
    return {name: tuple(records) for name, records in found.items()}
