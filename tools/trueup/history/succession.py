"""The workspaces of commits that follow each other: what a commit leaves alone is not looked at again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from trueup.history.chronicle import Chronicle
from trueup.history.memory import Memory
from trueup.history.past import InForce, in_force
from trueup.history.tree import CommitTree
from trueup.records.claims import claims_of
from trueup.records.config import CONFIG_FILE
from trueup.records.kind import Kind
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.records.misplaced import misplaced_files
from trueup.records.record import Record
from trueup.records.series import series_paths
from trueup.records.tree import EntryType, Unreadable
from trueup.records.workspace import Workspace, load


class Succession:
    """Goes along the main line of a chronicle, from the oldest commit to the newest."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._memory = Memory(chronicle.algorithm)
        self._at: _Stop | None = None

    def workspace(self, place: int) -> Workspace:
        """The workspace at a place in the line; never before one that was asked for already."""
        if self._at is None or self._at.place != place:
            self._at = self._first(place) if self._at is None else self._next(self._at, place)
        return self._at.workspace

    def _first(self, place: int) -> _Stop:
        files = CommitTree(self._chronicle.git, self._chronicle.commits[place].id)
        return self._read(place, files)

    def _read(self, place: int, files: CommitTree) -> _Stop:
        tree, _borrowed = in_force(files, self._chronicle.now)
        return _Stop(place, files, tree, load(tree, reader=self._memory))

    def _next(self, last: _Stop, place: int) -> _Stop:
        passed = self._chronicle.commits[last.place + 1 : place + 1]
        changes = [change for commit in passed for change in commit.changes]
        files = last.files.after(passed[-1].id, changes)
        changed = {change.path for change in changes}
        if _concerns_more_than_records(changed) or not all(change.plain for change in changes):
            return self._read(place, files)
        tree = InForce(files, last.tree.now, last.tree.borrowed) if isinstance(last.tree, InForce) else files
        workspace = _after(last.workspace, tree, changed, self._memory)
        return _Stop(place, files, tree, workspace) if workspace else self._read(place, files)


@dataclass(frozen=True, slots=True)
class _Stop:
    place: int
    files: CommitTree
    tree: CommitTree | InForce
    workspace: Workspace


def _concerns_more_than_records(paths: Iterable[str]) -> bool:
    return any(path == CONFIG_FILE or path.startswith(SCHEMA_FOLDER + "/") for path in paths)


def _after(before: Workspace, tree: CommitTree | InForce, changed: Collection[str], memory: Memory) -> Workspace | None:
    """What ``load`` makes of a tree in which some files are not as before. None where that is not plain to see.

    Plain are regular files in the folders of one kind, in which nothing was wrong and nothing is.
    """
    files = _files_after(before, tree, changed)
    troubled = {*before.unreadable, *(fault.path for fault in before.faults)}
    if files is None or not troubled.isdisjoint(changed):
        return None
    listing, paths = files
    new = _records_after(tree, sorted(path for path in changed if path in paths), paths, before.kinds, memory)
    if new is None:
        return None
    touched: dict[str, list[str]] = {}
    for path in sorted(changed):
        if kind := paths.get(path) or before.paths.get(path):
            touched.setdefault(kind, []).append(path)
    by_kind = {**before.by_kind, **{kind: _exchanged(before.by_kind[kind], some, new) for kind, some in touched.items()}}
    gone = {path: before.by_kind[kind][_place(before.by_kind[kind], path)] for kind, some in touched.items() for path in some}
    renamed = {kind: by_kind[kind] for kind, some in touched.items() if any(_ids(gone[path]) != _ids(new.get(path, ())) for path in some)}
    series = memory.series(tree, series_paths(listing, by_kind.get("metric", ())))
    # Which ids a faulty file takes, and which faulty series belongs to a metric, is left to whoever reads all of them.
    wrong_series = any(one.faults and ("metric" in touched or one.path in changed) for one in (*before.series.values(), *series))
    if wrong_series or any(before.paths.get(path) in renamed for path in troubled):
        return None
    directory = before.directory.with_records(renamed) if renamed else before.directory
    return replace(
        before,
        paths=paths,
        listing=listing,
        records=_exchanged(before.records, gone, new),
        by_kind=by_kind,
        series={one.metric: one for one in series},
        directory=directory,
        misplaced=_misplaced_after(before, tree, listing, paths, changed),
        resolved=memory.exchanged(chain.from_iterable(gone.values()), chain.from_iterable(new.values()), directory),
    )


def _misplaced_after(
    before: Workspace, tree: CommitTree | InForce, listing: Mapping[str, EntryType], paths: Mapping[str, str], changed: Collection[str]
) -> Mapping[str, str]:
    used = set(paths.values())
    if used == set(before.paths.values()) and all(path in listing or path in before.listing for path in changed):
        return before.misplaced
    return misplaced_files(tree, before.kinds, used)


Files = tuple[Mapping[str, EntryType], Mapping[str, str]]


def _files_after(before: Workspace, tree: CommitTree | InForce, changed: Collection[str]) -> Files | None:
    """The listing and which file belongs to which kind; None where kinds quarrel about one, or look for files everywhere."""
    folders = {folder for kind in before.kinds.values() for folder in kind.files.folders}
    gone = {path for path in changed if path in before.listing and tree.blob(path) is None}
    come: dict[str, EntryType] = {
        path: "file" for path in changed if path not in before.listing and tree.blob(path) is not None and _is_below(path, folders)
    }
    if not gone and not come:
        return before.listing, before.paths
    claims = claims_of(come, before.kinds, before.config)
    if "" in folders or any(len(names) > 1 for names in claims.values()):
        return None
    paths = {**before.paths, **{path: names[0] for path, names in claims.items()}}
    return _sorted_without({**before.listing, **come}, gone), _sorted_without(paths, gone)


def _is_below(path: str, folders: Collection[str]) -> bool:
    """Whether a file is one of those below a folder; what begins with a dot is not looked at."""
    return any(
        (not folder or path.startswith(folder + "/")) and "/." not in "/" + path[len(folder) :].removeprefix("/") for folder in folders
    )


Entry = TypeVar("Entry")


def _sorted_without(found: Mapping[str, Entry], gone: Collection[str]) -> dict[str, Entry]:
    return {path: found[path] for path in sorted(found) if path not in gone}


def _records_after(
    tree: CommitTree | InForce, wanted: Sequence[str], paths: Mapping[str, str], kinds: Mapping[str, Kind], memory: Memory
) -> dict[str, list[Record]] | None:
    """The records of each file; None where something is wrong with one."""
    known = memory.known({path: kinds[paths[path]] for path in wanted}, tree)
    tree.expect([path for path in wanted if path not in known])
    found = {}
    for path in wanted:
        contents = known.get(path)
        if contents is None:
            raw = tree.read(path)
            if isinstance(raw, Unreadable):
                return None
            contents = memory.contents(kinds[paths[path]], path, raw)
        if not contents.is_sound:
            return None
        found[path] = contents.records
    return found


def _exchanged(records: Sequence[Record], changed: Iterable[str], new: Mapping[str, Sequence[Record]]) -> tuple[Record, ...]:
    """Records in the order of their paths, those of some files by others."""
    found = list(records)
    for path in changed:
        found[_place(found, path)] = new.get(path, ())
    return tuple(found)


def _place(records: Sequence[Record], path: str) -> slice:
    """Where the records of a file stand among others, or would."""
    start = bisect_left(records, path, key=_PATH)
    return slice(start, bisect_right(records, path, lo=start, key=_PATH))


_PATH = attrgetter("source.path")


def _ids(records: Iterable[Record]) -> list[str]:
    return [record.id for record in records]
