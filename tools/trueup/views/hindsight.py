"""What was changed after the fact: goals measured otherwise while their time is running, values of the past, due dates put off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trueup.records.periods import period_of
from trueup.records.record import Record
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace

# In which way a goal or a metric is measured otherwise: a target nearer to the start, another start, another direction, less counted.
Otherwise = Literal["target", "baseline", "direction", "removed"]


@dataclass(frozen=True, slots=True)
class Eased:
    """A goal or a metric that is measured otherwise than when its time began. ``address`` is the metric, or the key result of ``goal``.

    ``before`` and ``after`` are targets, baselines or directions, by ``what``; None where there is none any more.
    """

    address: str
    title: str
    goal: str
    what: Otherwise
    before: float | str | None
    after: float | str | None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A value of a metric's series that stood there already. ``after`` is None where it was taken out."""

    address: str
    title: str
    date: date
    before: float
    after: float | None


@dataclass(frozen=True, slots=True)
class PutOff:
    """A due date of an open plan, of a milestone in one, or the end of an open goal's period, that was moved to a later day.

    ``days`` are working days. ``outlives`` are the goals that the plan serves and whose periods are over before the new day.
    """

    address: str
    title: str
    before: date
    after: date
    days: int
    outlives: tuple[str, ...]


def eased(old: Workspace, new: Workspace, today: date) -> Iterator[Eased]:
    """Key results of goals that have begun, and metrics, that are easier to reach than they were, or can't be compared any more."""
    for goal in _changed(old, new, "goal"):
        earlier = old.record(goal.address)
        if earlier is not None and earlier.kind.group_of(earlier.status) == "open" and _has_begun(earlier, today):
            yield from _eased_results(earlier, goal)
    for metric in _changed(old, new, "metric"):
        if (earlier := old.record(metric.address)) is not None:
            yield from _eased_metric(earlier, metric)


def _has_begun(goal: Record, today: date) -> bool:
    """Whether the time of a goal is running; one whose period cannot be read has begun for all we know."""
    period = period_of(goal.fields.text("period"))
    return period is None or period.start <= today


def _eased_results(old: Record, goal: Record) -> Iterator[Eased]:
    now = {one.text("id"): one for one in goal.items("key_results")}
    for earlier in old.items("key_results"):
        name, title = earlier.text("id"), earlier.text("title") or ""
        address, later = f"{goal.address}#{name}", now.get(name)
        was, start = earlier.number("target"), earlier.number("baseline")
        if later is None:
            yield Eased(address, title, goal.address, "removed", was, None)
            continue
        target, baseline = later.number("target"), later.number("baseline")
        if _is_nearer(was, target, start):
            yield Eased(address, title, goal.address, "target", was, target)
        if start is not None and baseline != start:
            yield Eased(address, title, goal.address, "baseline", start, baseline)


def _eased_metric(old: Record, metric: Record) -> Iterator[Eased]:
    way, was_way = metric.fields.text("direction"), old.fields.text("direction")
    if was_way and way != was_way:
        yield Eased(metric.address, metric.title, "", "direction", was_way, way)
        return
    target, was = metric.fields.number("target"), old.fields.number("target")
    sign = -1 if way == "down" else 1
    if target is not None and was is not None and sign * (was - target) > 0:
        yield Eased(metric.address, metric.title, "", "target", was, target)


def _is_nearer(before: float | None, after: float | None, baseline: float | None) -> bool:
    """Whether a target is less far from the baseline than it was."""
    if before is None or after is None or before == after:
        return False
    return abs(after - baseline) < abs(before - baseline) if baseline is not None else after < before


def _changed(old: Workspace, new: Workspace, kind: str) -> Iterator[Record]:
    """The records of a kind that are not what they were; what has not been read anew is the same object."""
    return (record for record in new.of_kind(kind) if old.record(record.address) is not record)


def rewritten(old: Workspace, new: Workspace) -> Iterator[Rewritten]:
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


def put_off(old: Workspace, new: Workspace) -> tuple[PutOff, ...]:
    """The due dates that were moved to later days, those that were moved farthest first."""
    workdays = Workdays(new.config.calendar)
    found = [
        PutOff(address, title, before, after, workdays.between(before, after), _outlived(record, after, new))
        for kind in ("goal", "plan")
        for record in _changed(old, new, kind)
        if (earlier := old.record(record.address)) is not None and earlier.kind.group_of(earlier.status) == "open"
        for address, title, before, after in _later(earlier, record)
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.address)))


def _later(old: Record, new: Record) -> Iterator[tuple[str, str, date, date]]:
    if (ended := _end(old)) and (ends := _end(new)) and ends > ended:
        yield new.address, new.title, ended, ends
    for item in new.items("milestones"):
        name = item.text("id") or ""
        earlier = old.part(name, ("milestones",))
        if earlier and (was := earlier.date("due")) and (now := item.date("due")) and now > was:
            yield f"{new.address}#{name}", item.text("title") or name, was, now


def _end(record: Record) -> date | None:
    """The day by which a plan is due, or on which the period of a goal ends."""
    if record.kind.name == "goal":
        period = period_of(record.fields.text("period"))
        return period.end if period else None
    return record.fields.date("due")


def _outlived(record: Record, day: date, workspace: Workspace) -> tuple[str, ...]:
    goals = (workspace.record(f"goal/{name}") for name in record.fields.texts("goals"))
    return tuple(goal.address for goal in goals if goal and (end := _end(goal)) and end < day)
