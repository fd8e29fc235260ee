"""What tasks promise that hang on a date elsewhere by so many working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.records.workdays import Workdays
from trueup.views.critical_path import Placed
from trueup.views.network import Network, Peg


@dataclass(frozen=True, slots=True)
class Promise:
    """An open task that is pegged, with an offset, to a part of another plan or its own.

    ``promised`` is the day that the target's due date and the offset make, ``needed`` the one that its forecast makes. ``is_moved``:
    the target is forecast for another day than its due date. ``is_broken``: the task is forecast for later than ``needed``, by
    ``days_late`` working days, which is below 0 where it is in time.
    """

    address: str
    target: str
    offset: int
    target_due: date
    target_forecast: date
    promised: date
    needed: date
    forecast: date
    is_moved: bool
    is_broken: bool
    days_late: int


def promises(net: Network, placed: Sequence[Placed | None], workdays: Workdays) -> tuple[Promise, ...]:
    """The pegs as promises, by address; without those whose target has no due date, or that have no forecast."""
    found = (_promise(peg, net, placed, workdays) for peg in net.pegs)
    return tuple(sorted((one for one in found if one), key=lambda one: (one.address, one.target)))


def broken_by_plan(found: Iterable[Promise]) -> Mapping[str, tuple[int, int]]:
    """By the address of a plan: how many promises it breaks to others, and how many others break to it."""
    counts: dict[str, tuple[int, int]] = {}
    for one in found:
        giver, taker = one.address.partition("#")[0], one.target.partition("#")[0]
        if one.is_broken:
            given, taken = counts.get(giver, (0, 0))
            counts[giver] = given + 1, taken
            if taker != giver:
                given, taken = counts.get(taker, (0, 0))
                counts[taker] = given, taken + 1
    return counts


def days_late(workdays: Workdays, due: date, finish: date) -> int:
    """How many working days ``finish`` comes after ``due``; below 0 where it comes before: so many are left then."""
    return workdays.between(due, finish) if finish > due else -workdays.between(finish, due)


def _promise(peg: Peg, net: Network, placed: Sequence[Placed | None], workdays: Workdays) -> Promise | None:
    at, target, due = placed[peg.place], placed[peg.target], net.dues[peg.target]
    if at is None or target is None or due is None:
        return None
    needed = workdays.add(target.finish, peg.offset)
    return Promise(
        address=net.addresses[peg.place],
        target=net.addresses[peg.target],
        offset=peg.offset,
        target_due=due,
        target_forecast=target.finish,
        promised=workdays.add(due, peg.offset),
        needed=needed,
        forecast=at.finish,
        is_moved=target.finish != due,
        is_broken=at.finish > needed,
        days_late=days_late(workdays, needed, at.finish),
    )
