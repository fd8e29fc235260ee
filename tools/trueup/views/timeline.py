"""How goals, plans and feedback stood at regular days: what a burn-up, a strip of health and an inflow are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from trueup.diagnostic import Diagnostic
from trueup.history.sampling import Sample
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.derived import Derived
from trueup.views.goals import Goal
from trueup.views.standing import standing

Check = Callable[[Workspace, date], list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class GoalMoment:
    """Where an open goal stood: ``progress`` and ``pace`` are shares, None without data; ``health`` is ``data_health``, what its
    data said, else ``said_health``, what its owners did."""

    address: str
    progress: float | None
    pace: float | None
    health: str | None
    data_health: str | None
    said_health: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class PlanMoment:
    """How much of a plan was done: its tasks and milestones without the dropped ones, and those of them that were done.

    ``due`` is the one written then, ``forecast`` that of the schedule; None for a plan that was not open.
    """

    address: str
    status: str | None
    total: int
    done: int
    due: date | None
    forecast: date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One day. ``on_track`` to ``not_begun`` count the open goals, ``total`` and ``done`` the parts of all plans that are not dropped.

    ``late_plans`` are open plans that were overdue or forecast to be late. ``received`` counts all feedback up to then,
    ``waiting`` that of it which nothing had been decided on or that was planned. ``errors`` and ``warnings`` are None where
    nobody asked for them.
    """

    day: date
    commit: str
    on_track: int
    at_risk: int
    off_track: int
    unknown: int
    not_begun: int
    total: int
    done: int
    late_plans: int
    received: int
    waiting: int
    errors: int | None
    warnings: int | None
    goals: tuple[GoalMoment, ...]
    plans: tuple[PlanMoment, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Moments on rising days. ``is_incomplete``: a shallow clone lacks what came before."""

    every: str
    moments: tuple[Moment, ...]
    is_incomplete: bool

    def followed_by(self, later: Timeline) -> Timeline:
        return replace(self, moments=(*self.moments, *later.moments))


class Moments:
    """Makes moments of samples. What follows from one record alone is worked out once, as most records stay as they are."""

    def __init__(self, check: Check | None = None) -> None:
        self._check = check
        self._counts: dict[int, tuple[Record, int, int]] = {}

    def of(self, sample: Sample) -> Moment:
        """The state of a sample as it was told on its day."""
        workspace, day = sample.workspace, sample.day
        derived = Derived(workspace, day)
        stand = standing(derived.goals.goals, day)
        plans = tuple(self._plan(plan, derived) for plan in workspace.of_kind("plan") if plan.kind.group_of(plan.status) != "dropped")
        findings = self._check(workspace, day) if self._check else None
        feedback = workspace.of_kind("feedback")
        return Moment(
            day=day,
            commit=sample.commit.id,
            on_track=stand.on_track,
            at_risk=stand.at_risk,
            off_track=stand.off_track,
            unknown=stand.unknown,
            not_begun=stand.not_begun,
            total=sum(one.total for one in plans),
            done=sum(one.done for one in plans),
            late_plans=sum(one.is_late for one in derived.schedule.plans),
            received=len(feedback),
            waiting=sum(count for (kind, status), count in Counter(map(_STATE, feedback)).items() if kind.group_of(status) == "open"),
            errors=_count(findings, "error"),
            warnings=_count(findings, "warning"),
            goals=tuple(_goal(goal) for goal in derived.goals.goals if goal.group == "open"),
            plans=plans,
        )

    def _plan(self, plan: Record, derived: Derived) -> PlanMoment:
        scheduled = derived.schedule.plan(plan.address)
        total, done = self._parts(plan)
        forecast = scheduled.forecast if scheduled else None
        return PlanMoment(plan.address, plan.status, total, done, plan.fields.date("due"), forecast)

    def _parts(self, plan: Record) -> tuple[int, int]:
        known = self._counts.get(id(plan))
        if known is None:
            tasks = [task.text("status") or "todo" for task in plan.items("tasks")]
            milestones = [one.date("done_on") is not None for one in plan.items("milestones")]
            total = sum(status != "dropped" for status in tasks) + len(milestones)
            # The record is kept with it: its identity is the key.
            known = self._counts[id(plan)] = plan, total, tasks.count("done") + sum(milestones)
        return known[1], known[2]


def timeline(every: str, samples: Iterable[Sample], check: Check | None = None, *, is_incomplete: bool = False) -> Timeline:
    """The moments of some samples; with ``check`` also how many findings there were."""
    moments = Moments(check)
    return Timeline(every, tuple(moments.of(sample) for sample in samples), is_incomplete)


_STATE = attrgetter("kind", "status")


def _goal(goal: Goal) -> GoalMoment:
    health = goal.data_health or goal.said_health
    return GoalMoment(goal.address, goal.progress, goal.pace, health, goal.data_health, goal.said_health, goal.confidence)


def _count(findings: list[Diagnostic] | None, severity: str) -> int | None:
    return None if findings is None else sum(one.severity == severity for one in findings)
