"""What teams owe each other, thing by thing, and when it is forecast to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trueup.views.derived import Derived
from trueup.views.obligations import Between, Obligation


@dataclass(frozen=True, slots=True)
class Owed:
    """A task or a milestone of one team that tasks of another hang on; teams and ``needs`` are addresses.

    ``needed_on`` is the day for which it is planned, ``forecast`` the one that the schedule gives, None where it has none.
    ``days_late``: working days from the first to the second, below 0 before it. ``waiting`` are the tasks that hang on it.
    """

    debtor: str
    creditor: str
    needs: str
    needs_title: str
    needed_on: date | None
    forecast: date | None
    days_late: int | None
    is_late: bool
    waiting: tuple[Obligation, ...]


def owed(derived: Derived) -> tuple[Owed, ...]:
    """All that is owed between teams, by the pair of teams; what is needed first comes first, what has no day last."""
    return tuple(one for pair in derived.obligations if pair.debtor for one in _of_pair(pair.debtor, pair, derived))


def _of_pair(debtor: str, pair: Between, derived: Derived) -> Iterator[Owed]:
    things: dict[str, list[Obligation]] = {}
    for one in pair.obligations:
        if one.needs is not None:
            things.setdefault(one.needs, []).append(one)
    for needs, waiting in things.items():
        planned = derived.schedule.part(needs)
        late = planned.days_late if planned else None
        yield Owed(
            debtor=debtor,
            creditor=pair.creditor,
            needs=needs,
            needs_title=waiting[0].needs_title or "",
            needed_on=waiting[0].needed_on,
            forecast=planned.finish if planned else None,
            days_late=late,
            is_late=late is not None and late > 0,
            waiting=tuple(waiting),
        )
