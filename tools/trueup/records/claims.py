"""Which file belongs to which kind, and which files a run was asked to look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from trueup.diagnostic import START, Fault
from trueup.locale import msg
from trueup.records.config import Config
from trueup.records.kind import Kind
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.records.tree import EntryType, Tree


def concerned(listing: dict[str, EntryType], kinds: Mapping[str, Kind]) -> dict[str, EntryType]:
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


def claims_of(listing: Mapping[str, EntryType], kinds: Mapping[str, Kind], config: Config) -> dict[str, list[str]]:
    """The kinds that each file belongs to; a workspace's own kinds come before the built-in ones."""
    in_order = sorted(kinds.values(), key=lambda kind: kind.built_in)
    anywhere = {kind.name: kind.files.match for kind in in_order if "" in kind.files.folders}
    by_folder: dict[str, dict[str, Callable[[str], bool]]] = {}
    for kind in in_order:
        for folder in kind.files.folders:
            by_folder.setdefault(folder.split("/")[0], {**anywhere})[kind.name] = kind.files.match
    is_excluded = config.exclude.match if config.exclude else None
    claims: dict[str, list[str]] = {}
    for path in listing:
        candidates = by_folder.get(path.partition("/")[0], anywhere)
        names = [name for name, match in candidates.items() if match(path)]
        if names and not (is_excluded and is_excluded(path)):
            claims[path] = names
    return claims


def double_claims(claims: Mapping[str, list[str]]) -> Iterator[Fault]:
    for path, names in claims.items():
        if len(names) > 1:
            message = msg('two kinds claim this file: "{first}" and "{second}"', first=names[0], second=names[1])
            yield Fault("invalid-schema", path, START, message, msg('make "files" of one kind leave it out'))


def selected_paths(only: Collection[str], listing: Iterable[str], tree: Tree, paths: Mapping[str, str]) -> frozenset[str]:
    """The paths that were asked for, folders spelled out; a schema or a setting concerns every file, so it selects itself."""
    wanted = {path.strip("/") for path in only}
    known = {*listing, *tree.files([SCHEMA_FOLDER])}
    folders = wanted - known
    return _with_metrics(wanted.union(path for path in known if _inside(path, folders)) if folders else wanted, paths)


def _with_metrics(selected: Iterable[str], paths: Mapping[str, str]) -> frozenset[str]:
    """With the metric of every series that was asked for: only beside its record does a series mean something."""
    selected = frozenset(selected)
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
