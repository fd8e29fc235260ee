"""When the work of all open plans will be done, if it goes as written: forecasts, slack, critical paths, promises.

How the network is made of what is written (the method itself is in critical_path.py):

- The plans that are open, all at once. A paused plan is scheduled as if it went on today, and says that it is paused; as nobody
  works on it, neither it nor anything in it is overdue or late. What waits for it elsewhere is.
- A task that is done ended on ``done_on``, else on its due date, else on its start; nothing moves it. One that is dropped, or
  that belongs to a plan that is dropped, holds nobody up. A task of a plan that is closed or a draft counts with its own dates.
- Any other task starts on the first working day from today on, or on its ``start`` where that is later, and after all that it
  depends on, in whichever plan. It takes its estimate, a part of a day as a whole one; without an estimate the working days
  from its start to its due date; without those one day. All days are those on which its owner works.
- Of a task that is being done, the working days since its start are taken off the estimate, in proportion where its dates leave
  it more time than the estimate; at least one day is left. What is left waits for what the task depends on.
- A task pegged with an offset of 0 or more follows its target: it ends no sooner than that many working days after the forecast of
  the target. One with an offset below 0 prepares its target and moves nothing: when it comes too late, a promise is broken.
- A milestone is reached on its date, not before today, and not before the tasks of its own plan have ended that are due by then,
  nor before an earlier milestone of the plan.
- A slack is counted to the due date of the plan, or to the forecast where that is later, and to the milestones.
- Resources do not limit anything: that somebody has too much to do, the load says (workload.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.critical_path import chain, latest, places
from trueup.views.network import AHEAD, DurationFrom, Part, People, network
from trueup.views.promises import Promise, days_late, promises
from trueup.views.reach import Reach, Reaches
from trueup.views.unscheduled import Unscheduled, is_empty, unscheduled

# after: the part at ``address`` ends then; follows: it hangs on the part at ``address``; start, due: its own date; today: it is
# open and can't be done earlier; done: it is.
Why = Literal["after", "follows", "start", "due", "today", "done"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a task or a milestone is not earlier. ``address`` is what it waits for, None where it waits for nothing."""

    why: Why
    address: str | None


@dataclass(frozen=True, slots=True)
class ScheduledPart:
    """A task or a milestone of an open plan.

    ``start`` and ``finish`` are the first and the last day, as they were for what is done (or what is begun), as they are
    forecast for the rest; None where there is no forecast. ``duration`` is in working days of the owner, 0 for a milestone, and
    ``remaining`` what is left of it; ``duration_from`` says where it is from: estimate, dates, or default (nothing is written),
    None for a milestone.
    ``late_start`` and ``late_finish`` are the last days that move no due date and no forecast; ``slack`` is how many working
    days lie between ``finish`` and ``late_finish``. ``days_late``: by how many working days ``finish`` is after ``due``, below 0
    before it. ``is_critical``: it is on the critical path of its own plan.
    """

    address: str
    title: str
    owner: str | None
    status: str
    is_milestone: bool
    start: date | None
    finish: date | None
    due: date | None
    late_start: date | None
    late_finish: date | None
    slack: int | None
    duration: int
    remaining: int
    duration_from: DurationFrom | None
    days_late: int | None
    is_critical: bool
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class PathStep:
    """One part on a critical path, in the plan itself or in another, and why it is not earlier."""

    address: str
    title: str
    start: date
    finish: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class ScheduledPlan:
    """An open plan. ``forecast`` is the day on which the last of its parts ends, not before today: the plan is still open.

    It is None where the plan has no part that counts, or one without a forecast. ``open_parts`` are so many tasks and milestones that
    are neither done nor dropped. ``is_overdue``: ``due`` is past and the plan is not paused, which is late with any forecast and
    without one. ``days_late``: by how many working days the forecast, or without one today where it is overdue, is after ``due``,
    below 0 before it.
    ``is_provisional``: the holidays of the forecast's year are not announced yet. ``reach`` is None for a plan that is not late.
    """

    address: str
    title: str
    team: str | None
    owner: str | None
    status: str
    is_paused: bool
    start: date | None
    due: date | None
    forecast: date | None
    days_late: int | None
    is_late: bool
    is_overdue: bool
    is_provisional: bool
    open_parts: int
    parts: tuple[ScheduledPart, ...]
    critical_path: tuple[PathStep, ...]
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """All open plans, by address, on ``today``. ``without_forecast`` is how many of them have none, ``unscheduled`` says why.

    ``provisional_years`` are those of the forecasts whose holidays are not announced.
    """

    today: date
    plans: tuple[ScheduledPlan, ...]
    without_forecast: int
    promises: tuple[Promise, ...]
    unscheduled: tuple[Unscheduled, ...]
    provisional_years: tuple[int, ...]
    _plans: Mapping[str, ScheduledPlan] = field(default_factory=dict, repr=False)
    _parts: Mapping[str, ScheduledPart] = field(default_factory=dict, repr=False)

    def plan(self, address: str) -> ScheduledPlan | None:
        """The plan of an address, or of a part's; None for one that is not open."""
        return self._plans.get(address.partition("#")[0])

    def only(self, address: str) -> Schedule:
        """What concerns one plan: the plan, promises from it and to it, and its parts without a forecast."""
        own = f"{address}#"
        plans = tuple(plan for plan in self.plans if plan.address == address)
        return replace(
            self,
            plans=plans,
            without_forecast=_without_forecast(plans),
            promises=tuple(one for one in self.promises if one.address.startswith(own) or one.target.startswith(own)),
            unscheduled=tuple(one for one in self.unscheduled if one.address == address or one.address.startswith(own)),
        )

    def part(self, address: str) -> ScheduledPart | None:
        """A task or a milestone by its address; of an id that is used twice, the first."""
        return self._parts.get(address)


# Of a path that goes through other plans, so many of their parts are told.
_FOREIGN_STEPS = 20


def schedule(workspace: Workspace, today: date) -> Schedule:
    """The schedule of all open plans; see the module for what counts as what. Linear in the parts and what they wait for."""
    return _Scheduler(workspace, today).schedule()


class _Scheduler:
    def __init__(self, workspace: Workspace, today: date) -> None:
        self.workspace, self.today = workspace, today
        self.company = Workdays(workspace.config.calendar)
        self.horizon = date(min(9999, today.year + AHEAD), 12, 31)
        self.network = net = network(workspace, People(workspace, self.company), today)
        self.placed = places(net.activities, self.company, self.horizon)
        self.forecasts = [self._forecast(span) for span in net.spans]
        self.late = latest(net.activities, self.placed, self._limits(), self.company)

    def schedule(self) -> Schedule:
        plans = [self._plan(at) for at in range(len(self.network.plans))]
        late = {plan.address: _late_parts(plan) for plan in plans if plan.is_late}
        reaches = Reaches(
            self.network,
            self.workspace,
            {plan.address: [step.address for step in plan.critical_path] for plan in plans if plan.is_late},
            late,
        )
        plans = [replace(plan, reach=reaches.of(plan.address)) if plan.is_late else plan for plan in plans]
        parts = [part for plan in plans for part in plan.parts]
        years = {part.finish.year for part in parts if part.finish and part.status != "done"}
        return Schedule(
            today=self.today,
            plans=tuple(plans),
            without_forecast=_without_forecast(plans),
            promises=promises(self.network, self.placed, self.company),
            unscheduled=unscheduled(self.network, self.placed),
            provisional_years=tuple(sorted(year for year in years if self.company.is_provisional(year))),
            _plans={plan.address: plan for plan in reversed(plans)},
            _parts={part.address: part for part in reversed(parts)},
        )

    def _finish(self, place: int) -> date | None:
        """The day on which a part ends or ended; None for one that was dropped, and for one without a forecast."""
        at = self.placed[place]
        return at.finish if at and self.network.parts[place].holds else None

    def _forecast(self, span: range) -> date | None:
        """The day on which the last part of a plan ends, today where all are done; None where there is none, or no forecast of one."""
        open_parts = (place for place in span if self.network.parts[place].state == "open")
        if is_empty(self.network, span) or any(self._finish(place) is None for place in open_parts):
            return None
        return max([self.today, *(finish for place in span if (finish := self._finish(place)))])

    def _limits(self) -> list[date | None]:
        limits: list[date | None] = [None] * len(self.network.activities)
        for plan, span in zip(self.network.plans, self.network.spans, strict=True):
            ends = [finish for place in span if (finish := self._finish(place))]
            due = plan.fields.date("due")
            limit = max([*ends, *([min(due, self.horizon)] if due else [])], default=None)
            for place in span:
                part, own = self.network.parts[place], self._finish(place)
                limits[place] = own and (max(own, part.item.date("due") or own) if part.is_milestone else limit)
        return limits

    def _plan(self, at: int) -> ScheduledPlan:
        plan, span, forecast = self.network.plans[at], self.network.spans[at], self.forecasts[at]
        path = tuple(self._path(span))
        critical = {step.address for step in path}
        parts = tuple(self._part(place, critical) for place in span)
        due = plan.fields.date("due")
        is_paused = plan.status == "paused"
        is_overdue = due is not None and due < self.today and not is_paused
        starts = [part.start for part in parts if part.start]
        return ScheduledPlan(
            address=plan.address,
            title=plan.title,
            team=_named("team", plan.fields.text("team")),
            owner=_named("person", plan.role("owner")),
            status=plan.status or "",
            is_paused=is_paused,
            start=plan.fields.date("start") or min(starts, default=None),
            due=due,
            forecast=forecast,
            days_late=self._days_late(due, forecast or (self.today if is_overdue else None)),
            is_late=is_overdue or bool(due and forecast and forecast > due and not is_paused),
            is_overdue=is_overdue,
            is_provisional=bool(forecast and forecast >= self.today and self.company.is_provisional(forecast.year)),
            open_parts=sum(part.status not in ("done", "dropped") for part in parts),
            parts=parts,
            critical_path=path,
            reach=None,
        )

    def _part(self, place: int, critical: set[str]) -> ScheduledPart:
        part, late = self.network.parts[place], self.late[place]
        item, workdays, finish = part.item, part.activity.workdays, self._finish(place)
        at = self.placed[place] if part.state == "open" else None
        start = part.begun if at and part.begun and part.begun <= self.today else at.start if at else None
        due = item.date("due")
        return ScheduledPart(
            address=part.address,
            title=item.text("title") or item.text("id") or "",
            owner=_named("person", item.text("owner")),
            status=part.state if part.state != "open" or part.is_milestone else item.text("status") or "todo",
            is_milestone=part.is_milestone,
            start=start or (_begin(part, finish) if part.state == "done" else None),
            finish=finish,
            due=due,
            late_start=late and (workdays.add(late, 1 - part.remaining) if part.remaining else late),
            late_finish=late,
            slack=None if late is None or finish is None else max(0, workdays.between(finish, late)),
            duration=part.duration,
            remaining=part.remaining,
            duration_from=part.duration_from,
            days_late=self._days_late(due, finish),
            is_critical=part.address in critical and part.state == "open",
            reason=self._reason(place),
        )

    def _days_late(self, due: date | None, finish: date | None) -> int | None:
        """How many working days after its due date something ends; a due date beyond what is looked at counts as its edge."""
        if due is None or finish is None:
            return None
        past = date(max(1, self.today.year - AHEAD), 1, 1)
        return days_late(self.company, min(max(due, past), self.horizon), min(max(finish, past), self.horizon))

    def _reason(self, place: int) -> Reason | None:
        """Why a part is not earlier; None for one that was dropped or has no forecast."""
        at, inside = self.placed[place], place < len(self.network.parts)
        part = self.network.parts[place] if inside else None
        if at is None or (part and part.state == "dropped"):
            return None
        if at.binding == "fixed" or part is None or part.state == "done":
            return Reason("done", None)
        if at.by is not None:
            waits = at.binding == "after" or part.is_milestone
            return Reason("after" if waits else "follows", self.network.addresses[at.by])
        if part.activity.earliest <= self.company.on_or_after(self.today):
            return Reason("today", None)
        return Reason("due" if part.is_milestone else "start", None)

    def _path(self, span: range) -> Iterator[PathStep]:
        """The parts that decide when the last open part of a plan ends, the first of them first."""
        ends = [(finish, -place) for place in span if self.network.parts[place].state == "open" and (finish := self._finish(place))]
        if not ends:
            return
        found: list[PathStep] = []
        foreign = 0
        for place in chain(self.placed, -max(ends)[1]):
            foreign += place not in span
            if foreign > _FOREIGN_STEPS:
                break
            if (step := self._step(place)) is not None:
                found.append(step)
        yield from reversed(found)

    def _step(self, place: int) -> PathStep | None:
        at, reason = self.placed[place], self._reason(place)
        if at is None or reason is None:
            return None
        address = self.network.addresses[place]
        title = self.network.parts[place].item.text("title") if place < len(self.network.parts) else None
        return PathStep(address, title or address.partition("#")[2], at.start, at.finish, reason)


def _without_forecast(plans: Iterable[ScheduledPlan]) -> int:
    return sum(plan.forecast is None for plan in plans)


def _late_parts(plan: ScheduledPlan) -> list[str]:
    """The parts that others have to wait for longer: those after their due date, and those that make the plan late."""
    return [part.address for part in plan.parts if part.is_critical or (part.status != "done" and (part.days_late or 0) > 0)]


def _begin(part: Part, finish: date | None) -> date | None:
    """When a closed part began: on its start, on the day of its end where that is sooner or nothing else is known."""
    start = part.item.date("start")
    return start if start and (finish is None or start <= finish) else finish


def _named(kind: str, name: str | None) -> str | None:
    return f"{kind}/{name}" if name else None
