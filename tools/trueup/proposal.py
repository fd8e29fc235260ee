"""What a proposal would change: the review of one state against another, and what a pull request is made onto."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from trueup.beside import begun
from trueup.checks.runner import check
from trueup.diagnostic import Diagnostic
from trueup.history.compare import Compared, compared
from trueup.history.failure import GitFailure
from trueup.history.git import Git
from trueup.locale import msg
from trueup.records.tree import Tree
from trueup.views.changes import changes_of
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.review import Review, review


@dataclass(frozen=True, slots=True)
class Proposal:
    """``old`` knows what records were called before."""

    review: Review
    old: Names


def proposal_of(git: Git, base: str, head: str | None, tree: Tree, today: date) -> Proposal:
    """What ``head``, else what ``tree`` holds, changes of the last commit that it shares with ``base``. Raises GitFailure."""
    states = compared(git, base, head, tree)
    return Proposal(review_of(states, today), Names(states.old, states.new.config.language))


def review_of(states: Compared, today: date) -> Review:
    """What the later of two states changes."""
    old, new = states.old, states.new
    return review(states.before, states.after, changes_of(old, new), Derived(old, today), Derived(new, today), findings_of(states, today))


def findings_of(states: Compared, today: date, *, with_change: bool = False) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is wrong in the earlier and in the later of two states, checked side by side where the machine can. ``with_change`` has the
    later one judged by rules on changes too."""
    earlier = begun(partial(check, states.old, today))
    later = check(states.new, today, before=states.old if with_change else None)
    return earlier(), later


def base_in(environment: Mapping[str, str], git: Git) -> str | None:
    """What a pull request is made onto, as the continuous integration that runs us says: the first of its names that is a commit.

    None where it runs for none. Raises GitFailure where there is one and its base is not in this clone.
    """
    named = [*_bases(environment)]
    for _name, revision in named:
        with suppress(GitFailure):
            return git.commit(revision)
    if not named:
        return None
    message = msg('the commit or branch "{revision}" that it is made onto is not in this clone', revision=named[-1][0])
    raise GitFailure(message, msg("let the job fetch the whole history"))


def _bases(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What it is called, and what git is asked for. GitHub, and Gitea and Forgejo with it, name the branch; GitLab a commit too."""
    if commit := environment.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", ""):
        yield commit, commit
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        if branch := environment.get(name, ""):
            yield branch, f"refs/remotes/origin/{branch}"
            yield branch, f"refs/heads/{branch}"


def is_proposed(environment: Mapping[str, str] = os.environ) -> bool:
    return any(_bases(environment))
