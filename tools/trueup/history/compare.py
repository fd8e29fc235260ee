"""Two states of a workspace, read so that what they share is read once."""

from __future__ import annotations

from dataclasses import dataclass

from trueup.history.failure import GitFailure
from trueup.history.git import Git
from trueup.history.memory import Memory
from trueup.history.past import commit_named, past, tree_in_force
from trueup.locale import msg
from trueup.records.tree import Tree
from trueup.records.workspace import Workspace, load


@dataclass(frozen=True, slots=True)
class Compared:
    """The workspace as it was at the commit ``before`` and as it is at ``after``; None is what is on disk."""

    before: str
    after: str | None
    old: Workspace
    new: Workspace


def compared(git: Git, base: str, head: str | None, now: Tree) -> Compared:
    """What a change was made on, and what it has become: ``base`` is taken back to the last commit that both sides share.

    Without ``head`` it is ``now``, the files on disk. Raises GitFailure.
    """
    memory = Memory("sha256" if len(git.commit("HEAD")) == 64 else "sha1")
    tip = past(git, head, now) if head else None
    last = tip.commit.id if tip else git.commit("HEAD")
    before = shared(git, commit_named(git, base).id, last, base)
    new = load(tip.tree if tip else now, reader=memory)
    old = load(tree_in_force(git, before, now)[0], reader=memory)
    return Compared(before, tip.commit.id if tip else None, old, new)


def shared(git: Git, base: str, head: str, called: str) -> str:
    """The last commit that two lines of work have in common."""
    found = git.ask("merge-base", base, head)
    if found:
        return found.split()[0].decode()
    hint = msg("a shallow clone may lack it: fetch the whole history") if git.is_shallow else msg("name a commit of the same history")
    raise GitFailure(msg('"{revision}" and this state have no commit in common', revision=called), hint)
