"""Everything that is written down in a tree: records, look-ups, references both ways, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from trueup.diagnostic import START, Fault
from trueup.locale import msg
from trueup.records.config import CONFIG_FILE, Config, read_config
from trueup.records.kind import Kind, Ref
from trueup.records.kinds import SCHEMA_FOLDER, read_kinds
from trueup.records.misplaced import misplaced_files
from trueup.records.record import Record
from trueup.records.references import Reference, references_of
from trueup.records.series import Series, read_series
from trueup.records.source import Route, Source, read_source
from trueup.records.tree import EntryType, Tree, Unreadable
from trueup.records.validate import Gate, Mismatch


@dataclass(frozen=True, eq=False)
class Workspace:
    """What a tree holds. Nothing in it reads a file: all reading is done by ``load``.

    ``paths`` are all files that belong to a kind, with the kind's name. ``selected`` is None for a whole workspace, else
    the paths that were asked for: then ``records`` holds those and what they refer to, and nothing more. ``misplaced`` are
    files beside the record folders that seem to belong into one, with the path that each would have there.
    """

    config: Config
    kinds: Mapping[str, Kind]
    paths: Mapping[str, str]
    listing: Mapping[str, EntryType]
    records: tuple[Record, ...]
    unreadable: Mapping[str, str]
    faults: tuple[Fault, ...]
    series: Mapping[str, Series]
    directory: _Directory
    selected: frozenset[str] | None = None
    misplaced: Mapping[str, str] = field(default_factory=dict)
    _references: dict[int, tuple[Reference, ...]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.selected is None

    @cached_property
    def _by_address(self) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for record in self.records:
            found.setdefault(record.address, record)
        return found

    def record(self, address: str) -> Record | None:
        """The record of an address; of an id that is used twice, the first by path. A part's address gives its record."""
        return self._by_address.get(address.partition("#")[0])

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Record, ...]]:
        found: dict[str, list[Record]] = {name: [] for name in self.kinds}
        for record in self.records:
            found[record.kind.name].append(record)
        return {name: tuple(records) for name, records in found.items()}

    @cached_property
    def _all_references(self) -> tuple[Reference, ...]:
        return tuple(reference for record in self.records for reference in self.references_from(record))

    def references(self) -> tuple[Reference, ...]:
        """Every reference of every record that was loaded, in the order of the records."""
        return self._all_references

    def references_from(self, record: Record) -> tuple[Reference, ...]:
        return self._references.get(id(record), ())

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


def load(tree: Tree, *, only: Collection[str] | None = None) -> Workspace:
    """Reads a tree. Never raises for what the files hold; every file that can't be read is a fault and a known id.

    With ``only`` (paths of files or folders) just those are read, and what they refer to; the other ids are known from
    the names of their files.
    """
    config, faults = read_config(tree)
    kinds, kind_faults = read_kinds(tree)
    listing = _concerned(tree.files(folder for kind in kinds.values() for folder in kind.files.folders), kinds)
    claims = _claims(listing, kinds, config)
    misplaced = misplaced_files(tree, kinds, {names[0] for names in claims.values()})
    loader = _Loader(tree, kinds, {path: names[0] for path, names in claims.items()}, listing)
    if only is None:
        loader.read_all(loader.paths)
        selected = None
    else:
        selected = _with_metrics(_selected(only, (*listing, *misplaced, CONFIG_FILE), tree), loader.paths)
        loader.read_with_targets(sorted(selected & loader.paths.keys()))
    references = loader.resolve()
    series = {one.metric: one for one in read_series(tree, listing, loader.records)}
    return Workspace(
        config=config,
        kinds=kinds,
        paths=loader.paths,
        listing=listing,
        records=tuple(loader.records),
        unreadable=loader.unreadable,
        faults=(
            *faults,
            *kind_faults,
            *_double_claims(claims),
            *loader.faults,
            *(fault for one in series.values() for fault in one.faults),
        ),
        series=series,
        directory=loader.directory,
        selected=selected,
        misplaced=misplaced,
        _references=references,
    )


def _concerned(listing: dict[str, EntryType], kinds: Mapping[str, Kind]) -> dict[str, EntryType]:
    """Without what a pattern such as ``*/README.md`` only passes by: a link or a name elsewhere in a repository is its own business."""
    anywhere = [kind.files for kind in kinds.values() if "" in kind.files.folders]
    if not anywhere:
        return listing
    folders = tuple(folder + "/" for kind in kinds.values() for folder in kind.files.folders if folder)

    def concerns(path: str, entry: EntryType) -> bool:
        if path.startswith(folders) or any(files.match(path) for files in anywhere):
            return True
        return entry != "file" and (
            any(folder.startswith(path + "/") for folder in folders) or any(files.may_lie_below(path) for files in anywhere)
        )

    return {path: entry for path, entry in listing.items() if concerns(path, entry)}


def _claims(listing: Mapping[str, EntryType], kinds: Mapping[str, Kind], config: Config) -> dict[str, list[str]]:
    """The kinds that each file belongs to; a workspace's own kinds come before the built-in ones."""
    by_folder: dict[str, list[Kind]] = {}
    anywhere: list[Kind] = []
    for kind in sorted(kinds.values(), key=lambda kind: kind.built_in):
        if "" in kind.files.folders:
            anywhere.append(kind)
        for folder in {folder.split("/")[0] for folder in kind.files.folders} - {""}:
            by_folder.setdefault(folder, []).append(kind)
    claims: dict[str, list[str]] = {}
    for path in listing:
        candidates = by_folder.get(path.split("/", 1)[0], anywhere)
        if anywhere and candidates is not anywhere:
            candidates = [*dict.fromkeys([*anywhere, *candidates])]
        names = [kind.name for kind in candidates if kind.files.match(path)]
        if names and not (config.exclude and config.exclude.match(path)):
            claims[path] = names
    return claims


def _double_claims(claims: Mapping[str, list[str]]) -> Iterator[Fault]:
    for path, names in claims.items():
        if len(names) > 1:
            message = msg('two kinds claim this file: "{first}" and "{second}"', first=names[0], second=names[1])
            yield Fault("invalid-schema", path, START, message, msg('make "files" of one kind leave it out'))


def _selected(only: Collection[str], listing: Iterable[str], tree: Tree) -> frozenset[str]:
    """The paths that were asked for, folders spelled out; a schema or a setting concerns every file, so it selects itself."""
    wanted = {path.strip("/") for path in only}
    known = {*listing, *tree.files([SCHEMA_FOLDER])}
    folders = wanted - known
    return frozenset(wanted.union(path for path in known if _inside(path, folders)) if folders else wanted)


def _with_metrics(selected: frozenset[str], paths: Mapping[str, str]) -> frozenset[str]:
    """With the metric of every series that was asked for: only beside its record does a series mean something."""
    stems = (path.removesuffix(".csv") for path in selected if path.endswith(".csv"))
    return selected.union(path for stem in stems for path in (f"{stem}.md", f"{stem}.yaml") if paths.get(path) == "metric")


def _inside(path: str, folders: set[str]) -> bool:
    if "" in folders or "." in folders:
        return True
    cut = path.rfind("/")
    while cut > 0:
        if path[:cut] in folders:
            return True
        cut = path.rfind("/", 0, cut)
    return False


class _Directory:
    """Knows which ids there are, under every name that a reference may use for them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self._ids: dict[str, dict[str, str]] = {name: {} for name in kinds}
        self._records: dict[str, list[Record]] = {name: [] for name in kinds}
        self._indexes: dict[tuple[str, str, tuple[str, ...]], dict[str, str]] = {}

    def add(self, kind: str, name: str, path: str) -> None:
        self._indexes.clear()
        self._ids[kind].setdefault(name, path)

    def add_record(self, record: Record) -> None:
        # In a partial load the first files are asked for their targets before those are read.
        self._indexes.clear()
        self._ids[record.kind.name].setdefault(record.id, record.path)
        self._records[record.kind.name].append(record)

    def ids(self, kind: str) -> Collection[str]:
        return self._ids.get(kind, {}).keys()

    def path(self, kind: str, name: str) -> str | None:
        return self._ids.get(kind, {}).get(name)

    def find(self, kind: str, by: str, ref: Ref, text: str, source: Record) -> str | None:
        text = ref.formatted(text)
        if by == "id" and (text in self._ids.get(kind, ()) or not ref.fold):
            # What is spelt exactly goes before what only looks alike once prefixes are folded.
            return text if text in self._ids.get(kind, ()) else None
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


class _Loader:
    """Reads files into records, each once, and keeps what went wrong."""

    def __init__(self, tree: Tree, kinds: Mapping[str, Kind], paths: Mapping[str, str], listing: Mapping[str, EntryType]) -> None:
        self.paths = paths
        self.records: list[Record] = []
        self.unreadable: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.directory = _Directory(kinds)
        self._tree = tree
        self._kinds = kinds
        self._listing = listing
        self._read: set[str] = set()
        self._gates: dict[str, Gate] = {}

    def read_all(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._read_file(path)

    def read_with_targets(self, selected: Iterable[str]) -> None:
        """Reads the selected files and the records they name; names of the same kind are followed on, so that a circle is seen whole."""
        for path, name in self.paths.items():
            kind = self._kinds[name]
            if kind.layout == "file" and kind.id_rule.form != "field":
                self.directory.add(name, kind.id_rule.from_path(path), path)
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
                    yield from (path for path, owner in self.paths.items() if owner == name)
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
            self._several(kind, source)

    def _one(self, kind: Kind, source: Source, raw: bytes) -> None:
        if not isinstance(source.data, dict):
            if source.data is not None or not source.faults:
                self._not_a_mapping(source)
            self._unread(kind, source.path, raw)
            return
        self._add(kind, _id_of(kind, source.data, source.path), (), source.data, source)

    def _several(self, kind: Kind, source: Source) -> None:
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
        entries = source.data.items() if isinstance(source.data, dict) else enumerate(source.data)
        for step, data in entries:
            if not isinstance(data, dict):
                message = msg("a record must be a mapping of fields")
                self.faults.append(Fault("not-a-mapping", source.path, source.position((step,)), message))
                if isinstance(step, str):
                    self.directory.add(kind.name, step, source.path)
                continue
            name = step if isinstance(step, str) else _field_id(data, kind.id_rule.field or "id") or str(step + 1)
            self._add(kind, name, (step,), data, source)

    def _add(self, kind: Kind, name: str, route: tuple[str | int, ...], data: Mapping[str, Any], source: Source) -> None:
        record = Record(kind, name, route, data, source, self._mismatches(kind, data, route, source))
        self.records.append(record)
        self.directory.add_record(record)

    def _mismatches(self, kind: Kind, data: Mapping[str, Any], route: tuple[str | int, ...], source: Source) -> tuple[Mismatch, ...]:
        gate = self._gates.get(kind.name)
        if gate is None:
            gate = self._gates[kind.name] = Gate(kind.schema, kind.looks)
        if gate.accepts(data):
            return ()
        found = gate.mismatches(data)
        if source.faults:
            # A value that could not be read has been reported where it stands; that it is missing is no news.
            told = {fault.position for fault in source.faults}
            found = [one for one in found if source.position((*route, *one.route)) not in told]
        if source.commented:
            found = [replace(one, hint=_QUOTE_COMMENT) if _is_commented(one, route, source) else one for one in found]
        return tuple(found)

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
