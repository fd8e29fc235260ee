"""The states of a workspace at regular days, each read from the last commit before the day ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from trueup.history.chronicle import Chronicle
from trueup.history.commits import Commit
from trueup.history.memory import Memory
from trueup.history.past import tree_in_force
from trueup.records.periods import month_of, quarter_of, week_of
from trueup.records.workspace import Workspace, load

Every = Literal["day", "week", "month", "quarter"]


@dataclass(frozen=True, slots=True)
class Sample:
    """The workspace at the end of a day. Two days without a commit between them share it."""

    day: date
    commit: Commit
    workspace: Workspace


def sample_days(first: date, last: date, every: Every) -> tuple[date, ...]:
    """The last days of the periods from ``first`` on, and ``last`` itself, on which the latest period is not over."""
    found, day = [], first
    while day < last:
        end = _end_of_period(day, every)
        found.append(min(end, last))
        day = end + timedelta(days=1)
    return tuple(dict.fromkeys((*found, last)))


def _end_of_period(day: date, every: Every) -> date:
    if every == "day":
        return day
    return {"week": week_of, "month": month_of, "quarter": quarter_of}[every](day).end


def samples(chronicle: Chronicle, days: Iterable[date]) -> Iterator[Sample]:
    """The states on rising days; none for a day before the first commit. What the states share is read once."""
    memory = Memory(chronicle.algorithm)
    kept: tuple[str, Workspace] | None = None
    for day, commit in commits_on(chronicle.commits, days):
        if kept is None or kept[0] != commit.id:
            tree, _borrowed = tree_in_force(chronicle.git, commit.id, chronicle.now)
            kept = commit.id, load(tree, reader=memory)
        yield Sample(day, commit, kept[1])


def commits_on(commits: tuple[Commit, ...], days: Iterable[date]) -> Iterator[tuple[date, Commit]]:
    """The last commit of the line that was made on each day or before it; clocks may go wrong, so the line decides and not the time."""
    for day in days:
        found = next((commit for commit in reversed(commits) if commit.day <= day), None)
        if found is not None:
            yield day, found
