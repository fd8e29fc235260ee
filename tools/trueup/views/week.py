"""What is to be done this week: what is due until Sunday or overdue, and what other teams wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trueup.records.periods import week_of
from trueup.views.actions import Actions, summed
from trueup.views.derived import Derived
from trueup.views.owed import Owed, owed
from trueup.views.schedule import ScheduledPart, ScheduledPlan
from trueup.views.selection import EVERYTHING, Selection, team_of
from trueup.views.status import PartLine, open_parts


@dataclass(frozen=True, slots=True)
class Week:
    """The week of a day, from ``first`` to ``last``, for who was chosen; each list has what is longest overdue first.

    ``parts`` are the tasks and milestones that they have to do themselves, in whosever plan: open, and due until ``last``. Paused
    plans ask for nothing. ``under_way`` are the open tasks due later that are begun, blocked, or to be begun until ``last``, as the
    schedule has it, those due first at the top. ``actions`` are the open ones due until ``last``, ``later`` those after it or
    without a day. ``owed`` is what other teams need from them until ``last``.
    """

    first: date
    last: date
    parts: tuple[PartLine, ...]
    under_way: tuple[PartLine, ...]
    actions: Actions
    later: Actions
    owed: tuple[Owed, ...]

    @property
    def is_free(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.parts or self.under_way or self.actions.actions or self.owed)


def week(derived: Derived, chosen: Selection = EVERYTHING) -> Week:
    """What those who were chosen have to do in the week of the day of ``derived``."""
    period = week_of(derived.today)
    # Of one person only what is theirs is looked through: a site asks for everybody.
    plans = derived.schedule.plans if chosen.person is None else derived.plans_by_doer.get(chosen.person, ())
    owned = derived.actions.actions if chosen.person is None else derived.actions_by_owner.get(chosen.person, ())
    mine = {part.address for plan in plans if not plan.is_paused for part in _parts_of(plan, chosen, derived)}
    open_ones = [one for one in open_parts(plans, derived.today) if one.address in mine]
    later = sorted((one for one in open_ones if one.due > period.end), key=lambda one: (one.due, one.address))
    still = [one for one in owned if one.is_open and (chosen.teams is None or one.team in chosen.teams)]
    return Week(
        first=period.start,
        last=period.end,
        parts=tuple(one for one in open_ones if one.due <= period.end),
        under_way=tuple(one for one in later if not one.is_milestone and _has_begun(derived.schedule.part(one.address), period.end)),
        actions=summed((one for one in still if one.due is not None and one.due <= period.end), derived.today),
        later=summed((one for one in still if one.due is None or one.due > period.end), derived.today),
        owed=tuple(_owed(derived, chosen, period.end)),
    )


def _has_begun(part: ScheduledPart | None, last: date) -> bool:
    """Whether somebody works on a task until a day, or cannot."""
    if part is None:
        return False
    return part.status in ("doing", "blocked") or (part.start is not None and part.start <= last)


def _parts_of(plan: ScheduledPlan, chosen: Selection, derived: Derived) -> Iterator[ScheduledPart]:
    """The parts that those who were chosen do: what nobody is named for falls to the owner of the plan, or to its team."""
    for part in plan.parts:
        who = part.owner or plan.owner
        if chosen.has((who,), (team_of(who, derived.workspace) if who else plan.team,)):
            yield part


def _owed(derived: Derived, chosen: Selection, last: date) -> Iterator[Owed]:
    found = (one for one in owed(derived) if one.needed_on is not None and one.needed_on <= last)
    for one in sorted(found, key=lambda one: (one.needed_on or last, one.needs, one.creditor)):
        part = derived.schedule.part(one.needs)
        if chosen.has((part.owner if part else None,), (one.debtor,)):
            yield one
