"""The whole history of a workspace up to one commit, read by the kinds and settings of one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from trueup.history.commits import Commit, behind, log
from trueup.history.git import Git
from trueup.history.past import commit_named
from trueup.history.states import State, changed_records, state_of_commit, state_of_tree
from trueup.history.tree import CommitTree
from trueup.history.versions import Step, Version, Versions, steps
from trueup.records.config import Config, read_config
from trueup.records.kind import Kind
from trueup.records.kinds import read_kinds
from trueup.records.tree import Tree


@dataclass(frozen=True)
class Chronicle:
    """What happened up to the commit ``head``. ``now`` is the tree whose schemas and settings everything is read by."""

    git: Git
    head: str
    now: Tree
    kinds: Mapping[str, Kind]
    config: Config

    @cached_property
    def versions(self) -> Versions:
        return Versions(self.git, self.kinds, self.config)

    @cached_property
    def commits(self) -> tuple[Commit, ...]:
        """The main line, the oldest first."""
        return log(self.git, self.head)

    @property
    def is_incomplete(self) -> bool:
        return self.git.is_shallow

    @property
    def algorithm(self) -> str:
        """By which the repository names its objects."""
        return "sha256" if len(self.head) == 64 else "sha1"

    def steps(self, *kinds: str, authors: bool = False) -> Iterator[Step]:
        """What every commit did to the records of some kinds, or of all. For who asks for ``authors``, what a merge brings has the
        commit that it was taken from; that takes another look at the log."""
        return steps(self.versions, self.commits, frozenset(kinds) or None, behind(self.git, self.commits) if authors else None)

    def commit_named(self, revision: str) -> str:
        """The full id of what a revision or a date means. Raises GitFailure."""
        return commit_named(self.git, revision).id

    def differences(self, before: str, after: str | None) -> Iterator[tuple[Version | None, Version | None]]:
        """The records that are not the same in two commits, by their full ids; without ``after`` in one and in ``now``."""
        return changed_records(self._state(before), self._state(after), self.versions)

    def _state(self, commit: str | None) -> State:
        if commit is not None:
            return state_of_commit(CommitTree(self.git, commit), self.versions)
        folders = frozenset(folder for kind in self.kinds.values() for folder in kind.files.folders)
        return state_of_tree(self.now, folders, self.versions, self.algorithm)


def chronicle(git: Git, head: str, now: Tree) -> Chronicle:
    """The history that leads to a commit."""
    return Chronicle(git, head, now, read_kinds(now)[0], read_config(now)[0])
