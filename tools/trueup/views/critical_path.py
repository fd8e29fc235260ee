"""The critical-path method on working days: when each piece of work can be done, when it must be, and what decides it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from trueup.records.workdays import Workdays

# Nobody means a piece of work of twenty years, and to count further would only take time.
LONGEST = 5000

# after: the work that it waits for ends then; follows: it ends no sooner than what it is pegged to; earliest: the day that it
# was given; fixed: it is done.
Binding = Literal["after", "follows", "earliest", "fixed"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Activity:
    """A piece of work. ``duration`` is in working days of ``workdays``; one of 0 takes no time and falls on any day.

    It starts no sooner than ``earliest``, and on a working day after all that stand in ``after`` (places in the list of
    activities) have ended. With ``follows`` (place, lag) it ends no sooner than ``lag`` working days after the end of the other.
    One with ``fixed`` has ended on that day, and nothing moves it. ``limit`` is the day by which it is to end.
    """

    workdays: Workdays
    duration: int
    earliest: date
    fixed: date | None = None
    after: tuple[int, ...] = ()
    follows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """The first and the last day of an activity at its earliest, what decides that, and the place of the activity that does."""

    start: date
    finish: date
    binding: Binding
    by: int | None = None


def places(activities: Sequence[Activity], workdays: Workdays, horizon: date) -> list[Placed | None]:
    """Each activity as early as it can be. None for one in a circle, beyond ``horizon``, or that waits for such a one.

    ``workdays`` count the lags. Takes time and memory in proportion to the activities and their links.
    """
    found: list[Placed | None] = [None] * len(activities)
    for place in order(activities):
        one = activities[place]
        if all(found[other] is not None for other in waits_for(one)):
            found[place] = _placed(one, found, workdays, horizon)
    return found


def order(activities: Sequence[Activity]) -> list[int]:
    """Every activity after those that it waits for; without those in a circle and those behind one."""
    waiting = [len(waits_for(one)) for one in activities]
    behind = _behind(activities)
    ready = deque(place for place, count in enumerate(waiting) if not count)
    found = []
    while ready:
        place = ready.popleft()
        found.append(place)
        for other in behind[place]:
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return found


def latest(
    activities: Sequence[Activity], placed: Sequence[Placed | None], limits: Sequence[date | None], workdays: Workdays
) -> list[date | None]:
    """The last day on which each activity can end so that no activity ends after its limit; never before its own earliest end.

    An activity without a limit, and without one behind it that has one, has None; so have those that are fixed or not placed.
    """
    found: list[date | None] = [None] * len(activities)
    bounds: list[date | None] = list(limits)
    for place in reversed(order(activities)):
        one, at, bound = activities[place], placed[place], bounds[place]
        if at is None or one.fixed or bound is None:
            continue
        finish = max(at.finish, one.workdays.on_or_before(bound) if one.duration else bound)
        found[place] = finish
        start = one.workdays.add(finish, 1 - one.duration) if one.duration else finish
        for other in one.after:
            bounds[other] = _sooner(bounds[other], start - _DAY)
        for other, lag in one.follows:
            bounds[other] = _sooner(bounds[other], _lagging(workdays, finish, lag))
    return found


def chain(placed: Sequence[Placed | None], last: int) -> Iterator[int]:
    """The activities that decide when ``last`` ends, ``last`` first: each waits for the one after it in the chain."""
    place: int | None = last
    while place is not None:
        yield place
        at = placed[place]
        place = at.by if at else None


def circles(links: Sequence[Sequence[int]]) -> list[int]:
    """For each node a number that it shares with those that it goes round in a circle with (Tarjan 1972, without recursion)."""
    number = [-1] * len(links)
    lowest = [0] * len(links)
    group = [-1] * len(links)
    path: list[int] = []
    count = 0
    for root in range(len(links)):
        work = [(root, 0)] if number[root] < 0 else []
        while work:
            node, step = work.pop()
            if not step:
                number[node] = lowest[node] = count
                count += 1
                path.append(node)
            if step < len(links[node]):
                work.append((node, step + 1))
                if number[links[node][step]] < 0:
                    work.append((links[node][step], 0))
                continue
            inside = [other for other in links[node] if group[other] < 0]
            lowest[node] = min([number[node], *(lowest[other] for other in inside)])
            if lowest[node] == number[node]:
                while group[node] < 0:
                    group[path.pop()] = node
    return group


def waits_for(one: Activity) -> tuple[int, ...]:
    """The places of all that an activity waits for; what is done waits for nothing."""
    return () if one.fixed else (*one.after, *(place for place, _ in one.follows))


def _behind(activities: Sequence[Activity]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in activities]
    for place, one in enumerate(activities):
        for other in waits_for(one):
            found[other].append(place)
    return found


def _placed(one: Activity, found: Sequence[Placed | None], workdays: Workdays, horizon: date) -> Placed | None:
    """Where an activity falls, all before it being placed. What is said to decide is the latest, of two the first by place."""
    if one.fixed:
        return Placed(one.fixed, one.fixed, "fixed")
    binding: Binding = "earliest"
    start, by = _first(one, one.earliest), None
    for other, at in ((other, found[other]) for other in one.after):
        if at is not None and at.finish >= one.earliest and (day := _first(one, _next(at.finish))) >= start and (by is None or day > start):
            start, by, binding = day, other, "after"
    finish = _end(one, start, horizon)
    if finish is None:
        return None
    for other, lag in one.follows:
        at = found[other]
        if at is not None and (day := _first(one, workdays.add(at.finish, lag))) > finish:
            finish, by, binding = day, other, "follows"
            start = one.workdays.add(finish, 1 - one.duration) if one.duration else finish
    return Placed(start, finish, binding, by) if finish <= horizon else None


def _lagging(workdays: Workdays, finish: date, lag: int) -> date:
    """The last day from which ``lag`` working days lead no further than to ``finish``: the one before the first of them."""
    return workdays.add(workdays.on_or_before(finish), 1 - lag) - _DAY if lag else finish


def _next(day: date) -> date:
    return day if day == date.max else day + _DAY


def _first(one: Activity, day: date) -> date:
    return one.workdays.on_or_after(day) if one.duration else day


def _end(one: Activity, start: date, horizon: date) -> date | None:
    """The last day of an activity that starts on ``start``; None where that lies beyond the horizon or the calendar."""
    if not one.duration:
        return start
    if start > horizon or one.duration > LONGEST or not one.workdays.is_working(start):
        return None
    return one.workdays.add(start, one.duration - 1)


def _sooner(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)
