"""What a change of the records means: what comes later, whom that reaches, what is left alone, and what was changed after the fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Item, Record
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.derived import Derived
from trueup.views.history import is_legal
from trueup.views.promises import Promise, days_late
from trueup.views.schedule import ScheduledPlan


@dataclass(frozen=True, slots=True)
class Delay:
    """An open plan that is forecast for another day than before. ``days``: working days, above 0 where it comes later.

    None in place of a day or of ``days`` is where there is no forecast. ``goals``, ``plans`` and ``parts`` are what the plan reaches
    now that it is late; ``is_late`` says whether it is.
    """

    address: str
    title: str
    owner: str | None
    team: str | None
    due: date | None
    before: date | None
    after: date | None
    days: int | None
    is_late: bool
    goals: tuple[str, ...]
    plans: tuple[str, ...]
    parts: tuple[str, ...]


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
class LoweredTarget:
    """A target that was brought nearer while the time for it was running. ``address`` is the metric, or the key result of a goal."""

    address: str
    title: str
    goal: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A value of a metric's series that stood there already. ``after`` is None where it was taken out."""

    address: str
    title: str
    date: date
    before: float
    after: float | None


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
    paths: tuple[NewPath, ...]
    goals_without_plans: tuple[str, ...]
    overloads: tuple[Overload, ...]
    lowered: tuple[LoweredTarget, ...]
    rewritten: tuple[Rewritten, ...]
    illegal: tuple[IllegalTransition, ...]


def effects(before: Derived, after: Derived) -> Effects:
    """What follows from the difference of two states, both looked at on the day of ``after``."""
    old, new = before.workspace, after.workspace
    was_broken = {(one.address, one.target) for one in before.schedule.promises if one.is_broken}
    is_broken = {(one.address, one.target) for one in after.schedule.promises if one.is_broken}
    broken = [one for one in after.schedule.promises if one.is_broken and (one.address, one.target) not in was_broken]
    mended = (one for one in before.schedule.promises if one.is_broken and (one.address, one.target) not in is_broken)
    return Effects(
        delays=tuple(_delays(before, after)),
        broken=tuple(sorted(broken, key=lambda one: (-one.days_late, one.address))),
        mended=tuple(mended),
        paths=tuple(_new_paths(before, after)),
        goals_without_plans=tuple(_left_alone(old, new)),
        overloads=tuple(_overloads(before, after)),
        lowered=tuple(_lowered(before, after)),
        rewritten=tuple(_rewritten(old, new)),
        illegal=tuple(_illegal(old, new)),
    )


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
    reach = plan.reach
    return Delay(
        address=plan.address,
        title=plan.title,
        owner=plan.owner,
        team=plan.team,
        due=plan.due,
        before=old.forecast,
        after=plan.forecast,
        days=days,
        is_late=plan.is_late,
        goals=reach.goals if reach else (),
        plans=reach.plans if reach else (),
        parts=reach.parts if reach else (),
    )


def _new_paths(before: Derived, after: Derived) -> Iterator[NewPath]:
    for plan in after.schedule.plans:
        old = before.schedule.plan(plan.address)
        if old is None:
            continue
        was, now = ([step.address for step in one.critical_path] for one in (old, plan))
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


def _lowered(before: Derived, after: Derived) -> Iterator[LoweredTarget]:
    """Key results of goals that have begun, and metrics, of which the target is nearer to where they started than it was."""
    begun = {goal.address for goal in after.goals.goals if goal.has_begun and goal.group == "open"}
    for goal in _changed(before.workspace, after.workspace, "goal"):
        old = before.workspace.record(goal.address)
        for result in goal.items("key_results") if goal.address in begun else ():
            earlier = old.part(result.text("id") or "", ("key_results",)) if old else None
            if earlier and _is_nearer(earlier.number("target"), result.number("target"), earlier.number("baseline")):
                yield _lowered_target(f"{goal.address}#{result.text('id')}", result.text("title") or "", goal.address, earlier, result)
    for metric in _changed(before.workspace, after.workspace, "metric"):
        old = before.workspace.record(metric.address)
        target, was = metric.fields.number("target"), old.fields.number("target") if old else None
        sign = -1 if metric.fields.text("direction") == "down" else 1
        if old and target is not None and was is not None and sign * (was - target) > 0:
            yield _lowered_target(metric.address, metric.title, "", old.fields, metric.fields)


def _lowered_target(address: str, title: str, goal: str, before: Item, after: Item) -> LoweredTarget:
    return LoweredTarget(address, title, goal, before.number("target") or 0, after.number("target") or 0)


def _is_nearer(before: float | None, after: float | None, baseline: float | None) -> bool:
    """Whether a target is less far from the baseline than it was."""
    if before is None or after is None or before == after:
        return False
    return abs(after - baseline) < abs(before - baseline) if baseline is not None else after < before


def _changed(old: Workspace, new: Workspace, kind: str) -> Iterator[Record]:
    """The records of a kind that are not what they were; what has not been read anew is the same object."""
    return (record for record in new.of_kind(kind) if old.record(record.address) is not record)


def _rewritten(old: Workspace, new: Workspace) -> Iterator[Rewritten]:
    """Values that stood in a series and are others now. A row more is news, not a change of the past."""
    for name in sorted(old.series.keys() & new.series.keys()):
        was, now = old.series[name].points, new.series[name].points
        if was == now:
            continue
        values = {point.date: point.value for point in now}
        metric = new.record(f"metric/{name}")
        for point in was:
            if values.get(point.date) != point.value:
                yield Rewritten(f"metric/{name}", metric.title if metric else name, point.date, point.value, values.get(point.date))


def _illegal(old: Workspace, new: Workspace) -> Iterator[IllegalTransition]:
    for kind in new.kinds.values():
        for record in _changed(old, new, kind.name) if kind.transitions else ():
            earlier = old.record(record.address)
            before, after = earlier.status if earlier else None, record.status
            if before and after and before != after and is_legal(before, after, kind.transitions) is False:
                yield IllegalTransition(record.address, record.title, before, after, kind.transitions[before])
