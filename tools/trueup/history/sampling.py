"""The states of a workspace at regular days, each read from the last commit before the day ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from trueup.history.chronicle import Chronicle
from trueup.history.commits import Commit
from trueup.history.succession import Succession
from trueup.records.periods import month_of, quarter_of, week_of
from trueup.records.workspace import Workspace

Every = Literal["day", "week", "month", "quarter"]


@dataclass(frozen=True, slots=True)
class Sample:
    """The workspace at the end of a day. Two days without a commit between them share it."""

    day: date
    commit: Commit
    workspace: Workspace


def sample_days(first: date, last: date, every: Every) -> tuple[date, ...]:
    """The last days of the periods from ``first`` on, and ``last`` itself, on which the latest period is not over; only that where
    ``first`` comes after it."""
    found, day = [], first
    while day < last:
        end = min(_end_of_period(day, every), last)
        found.append(end)
        if end == last:
            break
        day = end + timedelta(days=1)
    return tuple(dict.fromkeys((*found, last)))


def _end_of_period(day: date, every: Every) -> date:
    if every == "day":
        return day
    try:
        return {"week": week_of, "month": month_of, "quarter": quarter_of}[every](day).end
    except OverflowError:
        # The last period that a calendar holds has no end in it.
        return date.max


def samples(chronicle: Chronicle, days: Iterable[date]) -> Iterator[Sample]:
    """The states on rising days; none for a day before the first commit. What the states share is read once."""
    line = Succession(chronicle)
    for day, place in _places(chronicle.commits, days):
        yield Sample(day, chronicle.commits[place], line.workspace(place))


def _places(commits: tuple[Commit, ...], days: Iterable[date]) -> Iterator[tuple[date, int]]:
    """Where in the line, whose days are in order, the last commit is that was made on each day or before it."""
    made = [one.day for one in commits]
    for day in days:
        if place := bisect_right(made, day):
            yield day, place - 1
