"""What a change of the records means: what comes later, whom that reaches, what is left alone, and what was changed after the fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.derived import Derived
from trueup.views.hindsight import Eased, PutOff, Rewritten, eased, put_off, rewritten
from trueup.views.history import is_legal
from trueup.views.promises import Promise, days_late
from trueup.views.schedule import ScheduledPlan

_CLOSED = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class Delay:
    """An open plan that is forecast for another day than before. ``days``: working days, above 0 where it comes later.

    None in place of a day or of ``days`` is where there is no forecast. ``days_late``: by how many working days the new forecast is
    after ``due``, below 0 before it. ``goals``, ``plans`` and ``parts`` are what the plan reaches now that it is late; ``is_late``
    says whether it is. ``taken_away`` are the titles of the parts that were still to be done and are not in the plan any more.
    """

    address: str
    title: str
    owner: str | None
    team: str | None
    due: date | None
    before: date | None
    after: date | None
    days: int | None
    days_late: int | None
    is_late: bool
    taken_away: tuple[str, ...]
    goals: tuple[str, ...]
    plans: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateMilestone:
    """A milestone that is forecast for later than it is due, and was not, or not so late. ``days_late`` are working days."""

    address: str
    title: str
    due: date
    forecast: date
    days_late: int


@dataclass(frozen=True, slots=True)
class NewPath:
    """A plan with another critical path: the parts that are on it now and were not, and the other way round."""

    address: str
    title: str
    added: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overload:
    """A person with more to do than there is room for, in weeks (ISO) in which there was enough before."""

    address: str
    title: str
    weeks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IllegalTransition:
    """A record, or a part of one, that took a state which may not follow its last one; ``allowed`` are those that may."""

    address: str
    title: str
    before: str
    after: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """All that follows from a change. Each list has what is worst first; plans that come earlier are the last of ``delays``."""

    delays: tuple[Delay, ...]
    broken: tuple[Promise, ...]
    mended: tuple[Promise, ...]
    milestones: tuple[LateMilestone, ...]
    paths: tuple[NewPath, ...]
    goals_without_plans: tuple[str, ...]
    overloads: tuple[Overload, ...]
    put_off: tuple[PutOff, ...]
    eased: tuple[Eased, ...]
    rewritten: tuple[Rewritten, ...]
    illegal: tuple[IllegalTransition, ...]


def effects(before: Derived, after: Derived) -> Effects:
    """What follows from the difference of two states, both looked at on the day of ``after``."""
    old, new = before.workspace, after.workspace
    was_broken = {(one.address, one.target) for one in before.schedule.promises if one.is_broken}
    broken = [one for one in after.schedule.promises if one.is_broken and (one.address, one.target) not in was_broken]
    return Effects(
        delays=tuple(_delays(before, after)),
        broken=tuple(sorted(broken, key=lambda one: (-one.days_late, one.address))),
        mended=tuple(_mended(before, after)),
        milestones=tuple(_late_milestones(before, after)),
        paths=tuple(_new_paths(before, after)),
        goals_without_plans=tuple(_left_alone(old, new)),
        overloads=tuple(_overloads(before, after)),
        put_off=put_off(old, new),
        eased=tuple(eased(old, new, after.today)),
        rewritten=tuple(rewritten(old, new)),
        illegal=tuple(_illegal(old, new)),
    )


def _mended(before: Derived, after: Derived) -> Iterator[Promise]:
    """Promises that were broken and hold because the work comes sooner; not those that hold as what they are for comes later."""
    was = {(one.address, one.target): one for one in before.schedule.promises if one.is_broken}
    for one in after.schedule.promises:
        old = was.get((one.address, one.target))
        if old is not None and not one.is_broken and one.forecast < old.forecast:
            yield one


def _late_milestones(before: Derived, after: Derived) -> list[LateMilestone]:
    was = {part.address: part.days_late or 0 for plan in before.schedule.plans for part in plan.parts if part.is_milestone}
    found = [
        LateMilestone(part.address, part.title, part.due, part.finish, part.days_late)
        for plan in after.schedule.plans
        for part in plan.parts
        if part.is_milestone and part.status not in _CLOSED and part.due and part.finish and part.days_late
        if part.days_late > max(0, was.get(part.address, 0))
    ]
    return sorted(found, key=lambda one: (-one.days_late, one.address))


def _delays(before: Derived, after: Derived) -> Iterable[Delay]:
    workdays = Workdays(after.workspace.config.calendar)
    found = []
    for plan in after.schedule.plans:
        old = before.schedule.plan(plan.address)
        if old is not None and old.forecast != plan.forecast:
            found.append(_delay(old, plan, workdays))
    return sorted(found, key=lambda one: (one.days is not None, -(one.days or 0), one.address))


def _delay(old: ScheduledPlan, plan: ScheduledPlan, workdays: Workdays) -> Delay:
    days = days_late(workdays, old.forecast, plan.forecast) if old.forecast and plan.forecast else None
    reach, kept = plan.reach, {one.address for one in plan.parts}
    return Delay(
        address=plan.address,
        title=plan.title,
        owner=plan.owner,
        team=plan.team,
        due=plan.due,
        before=old.forecast,
        after=plan.forecast,
        days=days,
        days_late=plan.days_late,
        is_late=plan.is_late,
        taken_away=tuple(one.title for one in old.parts if one.status not in _CLOSED and one.address not in kept),
        goals=reach.goals if reach else (),
        plans=reach.plans if reach else (),
        parts=reach.parts if reach else (),
    )


def _new_paths(before: Derived, after: Derived) -> Iterator[NewPath]:
    for plan in after.schedule.plans:
        old = before.schedule.plan(plan.address)
        if old is None:
            continue
        # A plan without tasks of its own is a step on its path itself, which says nothing.
        was, now = ([step.address for step in one.critical_path if step.address != plan.address] for one in (old, plan))
        added, gone = tuple(one for one in now if one not in was), tuple(one for one in was if one not in now)
        if added and was:
            yield NewPath(plan.address, plan.title, added, gone)


def _left_alone(old: Workspace, new: Workspace) -> Iterator[str]:
    """Open goals that an open plan served and that none serves any more."""
    served = _served(new)
    for address in sorted(_served(old) - served):
        goal = new.record(address)
        if goal is not None and goal.kind.group_of(goal.status) == "open":
            yield address


def _served(workspace: Workspace) -> set[str]:
    return {
        reference.record
        for plan in workspace.of_kind("plan")
        if plan.kind.group_of(plan.status) in ("draft", "open")
        for reference in workspace.references_from(plan)
        if reference.state == "found" and reference.route[:1] == ("goals",)
    }


def _overloads(before: Derived, after: Derived) -> Iterator[Overload]:
    was = {(one.address, week.week) for one in before.workload.people for week in one.weeks if week.is_over}
    for person in after.workload.people:
        weeks = tuple(week.week for week in person.weeks if week.is_over and (person.address, week.week) not in was)
        if weeks and person.address:
            yield Overload(person.address, person.title, weeks)


def _illegal(old: Workspace, new: Workspace) -> Iterator[IllegalTransition]:
    for kind in new.kinds.values():
        for record in new.of_kind(kind.name) if kind.transitions else ():
            earlier = old.record(record.address)
            before, after = earlier.status if earlier else None, record.status
            if before and after and before != after and is_legal(before, after, kind.transitions) is False:
                yield IllegalTransition(record.address, record.title, before, after, kind.transitions[before])
