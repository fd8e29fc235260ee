"""A workspace as it was: which commit is meant, and with which schemas and settings its records are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from trueup.history.commits import Commit, log
from trueup.history.failure import GitFailure
from trueup.history.git import Git
from trueup.history.tree import CommitTree
from trueup.locale import Text, msg
from trueup.records.config import CONFIG_FILE
from trueup.records.dates import date_of
from trueup.records.kinds import CONFIG_SCHEMA, SCHEMA_ENDING, SCHEMA_FOLDER, read_kind
from trueup.records.source import read_source
from trueup.records.tree import EntryType, Tree, Unreadable


@dataclass(frozen=True, slots=True)
class Past:
    """A state of a workspace. ``day`` is the one that was asked for, else that of the commit; ``tree`` holds the files, and ``paths``
    are those of all regular ones.

    ``borrowed`` are the files of settings and schemas that are today's, as the commit has none that can be read.
    """

    commit: Commit
    day: date
    tree: Tree
    git: Git
    borrowed: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def has_workspace(self) -> bool:
        return not isinstance(self.tree.read(CONFIG_FILE), Unreadable)

    def said(self) -> Text:
        """Of which state an answer is, and by which schemas and settings it was read."""
        values = {"day": self.day.isoformat(), "commit": self.commit.short, "subject": self.commit.subject}
        if not self.borrowed:
            return msg('as of {day}: commit {commit} "{subject}", with its own settings and schemas', **values)
        return msg(
            'as of {day}: commit {commit} "{subject}", with {files} of today, as it has none that can be read',
            **values,
            files=self.borrowed,
        )


@dataclass(frozen=True)
class InForce:
    """A commit's tree in which some files are those of another."""

    then: CommitTree
    now: Tree
    borrowed: frozenset[str] = field(default_factory=frozenset)

    def files(self, folders: Iterable[str]) -> dict[str, EntryType]:
        asked = list(folders)
        found = self.then.files(asked)
        more: dict[str, EntryType] = {
            path: "file" for path in self.borrowed for folder in asked if folder == "" or path.startswith(folder + "/")
        }
        return dict(sorted({**found, **more}.items())) if more else found

    def entries(self, folder: str) -> dict[str, EntryType]:
        return self.then.entries(folder)

    def read(self, path: str) -> bytes | Unreadable:
        return self.now.read(path) if path in self.borrowed else self.then.read(path)

    def expect(self, paths: Sequence[str]) -> None:
        self.then.expect([path for path in paths if path not in self.borrowed])

    def blob(self, path: str) -> str | None:
        return None if path in self.borrowed else self.then.blob(path)


def past(git: Git, revision: str, now: Tree | None) -> Past:
    """The state that a revision or a date means; ``now`` lends what cannot be read of it. Raises GitFailure where there is none."""
    day, commit = date_of(revision), commit_named(git, revision)
    tree, borrowed = tree_in_force(git, commit.id, now)
    then = tree.then if isinstance(tree, InForce) else tree
    regular = (path for path, entry in then.listed.items() if entry.type == "file")
    return Past(commit, day or commit.day, tree, git, borrowed, tuple(sorted({*regular, *borrowed})))


def commit_named(git: Git, revision: str) -> Commit:
    """The commit that a revision or a date means. Raises GitFailure where there is none.

    A date means the last commit of the main line (first parents from HEAD) that was made on that day or before it, by the
    clock of whoever made it. Whoever has a tag of that name writes ``refs/tags/2026-11-20``.
    """
    day = date_of(revision)
    return _commit_on(git, day) if day else log(git, git.commit(revision), changes=False, most=1)[-1]


def tree_in_force(git: Git, commit: str, now: Tree | None) -> tuple[CommitTree | InForce, tuple[str, ...]]:
    """A commit's files, with those settings and schemas of ``now`` that it needs; which they are."""
    return in_force(CommitTree(git, commit), now)


def in_force(then: CommitTree, now: Tree | None) -> tuple[CommitTree | InForce, tuple[str, ...]]:
    """As ``tree_in_force`` does, of a tree."""
    borrowed = frozenset(_not_readable(then, now)) if now else frozenset()
    return InForce(then, now, borrowed) if now and borrowed else then, tuple(sorted(borrowed))


def _commit_on(git: Git, day: date) -> Commit:
    commits = log(git, git.commit("HEAD"), changes=False)
    found = next((one for one in reversed(commits) if one.day <= day), None)
    if found is not None:
        return found
    if git.is_shallow:
        hint = msg('this clone is shallow and lacks older commits; "git fetch --unshallow" gets them')
    else:
        hint = msg("the first one is of {day}", day=min(one.day for one in commits).isoformat())
    raise GitFailure(msg("no commit was made on {day} or before", day=day.isoformat()), hint)


def _not_readable(then: CommitTree, now: Tree) -> Iterable[str]:
    """Settings and schemas that today can lend: those that cannot be read then, and before the workspace began all of them."""
    has_begun = CONFIG_FILE in then.listed
    if not (has_begun and _is_settings(then.read(CONFIG_FILE))) and not isinstance(now.read(CONFIG_FILE), Unreadable):
        yield CONFIG_FILE
    theirs = then.files([SCHEMA_FOLDER])
    for path in now.files([SCHEMA_FOLDER]):
        if not path.endswith(SCHEMA_ENDING) or path.endswith("/" + CONFIG_SCHEMA):
            continue
        if not (_is_schema(then, path) if path in theirs else has_begun):
            yield path


def _is_settings(raw: bytes | Unreadable) -> bool:
    if isinstance(raw, Unreadable):
        return False
    return not raw.strip() or isinstance(read_source(CONFIG_FILE, raw, markdown=False).data, dict)


def _is_schema(tree: CommitTree, path: str) -> bool:
    raw = tree.read(path)
    return not isinstance(raw, Unreadable) and read_kind(path, raw)[0] is not None
