"""What is different between two states of a workspace: commits, or what is on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trueup.history.commits import FileChange
from trueup.history.memory import blob_of
from trueup.history.tree import CommitTree
from trueup.history.versions import Version, Versions, paired
from trueup.records.tree import Tree

# Which blob stands at each path; of what is on disk, the one that git would make of it.
State = Mapping[str, str]


def state_of_commit(tree: CommitTree, versions: Versions) -> State:
    """The record files of a commit."""
    return {path: one.blob for path, one in tree.listed.items() if one.type == "file" and versions.kind_of(path)}


def state_of_tree(tree: Tree, folders: frozenset[str], versions: Versions, algorithm: str = "sha1") -> State:
    """The record files of any other tree. Their contents need not be asked of git any more."""
    found = {}
    for path, entry in tree.files(folders).items():
        if entry == "file" and versions.kind_of(path) and isinstance(raw := tree.read(path), bytes):
            found[path] = blob_of(raw, algorithm)
            versions.hold(found[path], raw)
    return found


def changed_files(before: State, after: State) -> list[FileChange]:
    """The files that are not the same, by path."""
    paths = sorted({path for path, blob in before.items() ^ after.items()})
    return [FileChange(path, before.get(path), after.get(path)) for path in paths]


def changed_records(before: State, after: State, versions: Versions) -> Iterator[tuple[Version | None, Version | None]]:
    """Each record that is new, gone, moved or changed, as it was and as it is, by address."""
    changes = changed_files(before, after)
    versions.fetch(changes)
    old = [version for change in changes for version in versions.read(change.path, change.before)]
    new = [version for change in changes for version in versions.read(change.path, change.after)]
    found = [pair for pair in paired(old, new) if is_change(*pair)]
    yield from sorted(found, key=_order)


def is_change(old: Version | None, new: Version | None) -> bool:
    """Whether something that a person wrote about a record, or where, is not the same."""
    return old is None or new is None or not old.is_same(new)


def _order(pair: tuple[Version | None, Version | None]) -> tuple[str, str]:
    version = pair[1] or pair[0]
    assert version is not None
    return version.address, version.path
