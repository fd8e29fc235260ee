"""Where everything stands on a day: what a lead wants to know on Monday."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import Period
from trueup.records.workspace import Workspace
from trueup.views.actions import Actions, actions_listed, actions_of
from trueup.views.decisions import Decision
from trueup.views.derived import Derived
from trueup.views.feedback import Entry
from trueup.views.freshness import CheckinFreshness, SeriesFreshness
from trueup.views.goals import Goal, goals_among, goals_within
from trueup.views.happenings import answers_for
from trueup.views.named import whole
from trueup.views.obligations import Obligation
from trueup.views.promises import Promise
from trueup.views.schedule import ScheduledPart, ScheduledPlan
from trueup.views.selection import EVERYTHING, Selection, team_of
from trueup.views.workload import PersonLoad

# "Soon" is within two weeks, and a missed meeting is news for four.
SOON_DAYS = 14
_MISSED_DAYS = 28

# What nobody knows anything of is no better than what is at risk.
_ORDER = ("off-track", None, "at-risk", "on-track")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """An open goal in short. ``health`` is what its data say, or where they say nothing its owners; None where nobody does."""

    address: str
    title: str
    health: str | None
    said_health: str | None
    is_watermelon: bool
    progress: float | None
    pace: float | None
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An open plan in short. ``days_late``: working days from due date to forecast. ``goals`` are those that its delay reaches."""

    address: str
    title: str
    team: str | None
    owner: str | None
    due: date | None
    forecast: date | None
    days_late: int | None
    is_late: bool
    is_paused: bool
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A task or a milestone with its day. ``days_late``: calendar days after ``due``, below 0 before it."""

    address: str
    title: str
    plan_title: str
    owner: str | None
    due: date
    forecast: date | None
    days_late: int
    is_milestone: bool


@dataclass(frozen=True, slots=True)
class MissedMeeting:
    """A cadence of which meetings were missed in the last four weeks, with their days."""

    address: str
    title: str
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Where everything stands on ``today``, or what a team or a person answers for; each list has what is worst first.

    ``on_track``, ``at_risk``, ``off_track`` and ``unknown`` count the open goals by ``GoalLine.health``; ``net_confidence`` goes
    from -1 to 1, None where nobody has said anything. ``promises`` are those that break. ``due`` are
    the tasks and milestones that are open and not overdue, ``coming`` the milestones among them within 14 days.
    """

    today: date
    goals: tuple[GoalLine, ...]
    on_track: int
    at_risk: int
    off_track: int
    unknown: int
    net_confidence: float | None
    plans: tuple[PlanLine, ...]
    promises: tuple[Promise, ...]
    due: tuple[PartLine, ...]
    overdue: tuple[PartLine, ...]
    blocked: tuple[Obligation, ...]
    coming: tuple[PartLine, ...]
    actions: Actions
    tripped: tuple[Decision, ...]
    reviews_due: tuple[Decision, ...]
    proposed: tuple[Decision, ...]
    untriaged: tuple[Entry, ...]
    owed: tuple[Entry, ...]
    stale_checkins: tuple[CheckinFreshness, ...]
    stale_series: tuple[SeriesFreshness, ...]
    missed: tuple[MissedMeeting, ...]
    overloaded: tuple[PersonLoad, ...]


def status(derived: Derived, chosen: Selection = EVERYTHING, period: Period | None = None) -> Status:
    """The status of what ``chosen`` answers for. With a period: of the goals in it, and of the plans that serve these goals."""
    workspace, today = derived.workspace, derived.today
    goals = [goal for goal in goals_within(derived.goals, today, period=period).goals if goal.group == "open" and _is_chosen(goal, chosen)]
    plans = [plan for plan in derived.schedule.plans if _serves(plan, goals, chosen, period, workspace)]
    lines = sorted(map(_goal_line, goals), key=_worst_goal)
    by_health = [one.health for one in lines]
    parts = [(part, plan) for plan in plans for part in plan.parts if part.due and part.status not in ("done", "dropped")]
    part_lines = sorted((_part_line(part, plan, today) for part, plan in parts), key=lambda one: (-one.days_late, one.address))
    addresses = {plan.address for plan in plans}
    return Status(
        today=today,
        goals=tuple(lines),
        on_track=by_health.count("on-track"),
        at_risk=by_health.count("at-risk"),
        off_track=by_health.count("off-track"),
        unknown=by_health.count(None),
        net_confidence=goals_among(goals, 0).confidence.net,
        plans=tuple(sorted(map(_plan_line, plans), key=lambda one: (not one.is_late, -(one.days_late or 0), one.address))),
        promises=tuple(
            one for one in derived.schedule.promises if one.is_broken and not addresses.isdisjoint((whole(one.address), whole(one.target)))
        ),
        due=tuple(one for one in part_lines if one.days_late <= 0),
        overdue=tuple(one for one in part_lines if one.days_late > 0),
        blocked=tuple(_blocked(derived, addresses)),
        coming=tuple(one for one in part_lines if one.is_milestone and -SOON_DAYS <= one.days_late <= 0),
        actions=actions_listed(actions_of(derived.actions, owner=chosen.person, teams=chosen.teams), overdue=True),
        tripped=_decided(derived.decisions.tripped, chosen, workspace),
        reviews_due=_decided(derived.decisions.reviews_due, chosen, workspace),
        proposed=_decided(derived.decisions.proposed, chosen, workspace),
        untriaged=tuple(one for one in derived.feedback.new if one.is_untriaged and chosen.has_owner(one.owner, workspace)),
        owed=tuple(one for one in derived.feedback.owed if chosen.has_owner(one.owner, workspace)),
        stale_checkins=tuple(one for one in derived.checkin_freshness if one.is_stale and _answers(one.address, chosen, workspace)),
        stale_series=tuple(one for one in derived.series_freshness if one.is_stale and chosen.has_owner(one.owner, workspace)),
        missed=tuple(_missed(derived)) if chosen == EVERYTHING else (),
        overloaded=tuple(one for one in derived.workload.people if one.is_over and chosen.has((one.address,), (one.team,))),
    )


def _is_chosen(goal: Goal, chosen: Selection) -> bool:
    return chosen.has((goal.product_owner, goal.operations_owner), goal.teams)


def _answers(address: str, chosen: Selection, workspace: Workspace) -> bool:
    record = workspace.record(address)
    return record is not None and chosen.has(*answers_for(record))


def _serves(plan: ScheduledPlan, goals: list[Goal], chosen: Selection, period: Period | None, workspace: Workspace) -> bool:
    people = (plan.owner, *(part.owner for part in plan.parts)) if chosen.person else ()
    if not chosen.has(people, (plan.team,)):
        return False
    record = workspace.record(plan.address)
    served = {f"goal/{name}" for name in record.fields.texts("goals")} if record else set()
    return period is None or any(goal.address in served for goal in goals)


def _goal_line(goal: Goal) -> GoalLine:
    return GoalLine(
        address=goal.address,
        title=goal.title,
        health=goal.data_health or goal.said_health,
        said_health=goal.said_health,
        is_watermelon=goal.is_watermelon,
        progress=goal.progress,
        pace=goal.pace,
        owners=tuple(owner for owner in (goal.product_owner, goal.operations_owner) if owner),
    )


def _worst_goal(one: GoalLine) -> tuple[int, bool, float, str]:
    behind = (one.pace or 0.0) - (one.progress if one.progress is not None else one.pace or 0.0)
    return _ORDER.index(one.health), not one.is_watermelon, -behind, one.address


def _plan_line(plan: ScheduledPlan) -> PlanLine:
    return PlanLine(
        address=plan.address,
        title=plan.title,
        team=plan.team,
        owner=plan.owner,
        due=plan.due,
        forecast=plan.forecast,
        days_late=plan.days_late,
        is_late=plan.is_late,
        is_paused=plan.is_paused,
        goals=plan.reach.goals if plan.reach else (),
    )


def _part_line(part: ScheduledPart, plan: ScheduledPlan, today: date) -> PartLine:
    assert part.due is not None
    return PartLine(
        address=part.address,
        title=part.title,
        plan_title=plan.title,
        owner=part.owner or plan.owner,
        due=part.due,
        forecast=part.finish,
        days_late=(today - part.due).days,
        is_milestone=part.is_milestone,
    )


def _blocked(derived: Derived, plans: set[str]) -> Iterator[Obligation]:
    for between in derived.obligations:
        yield from (one for one in between.obligations if one.kind == "blocked" and whole(one.address) in plans)


def _decided(found: tuple[Decision, ...], chosen: Selection, workspace: Workspace) -> tuple[Decision, ...]:
    return tuple(one for one in found if chosen.has(one.deciders, (team_of(person, workspace) for person in one.deciders)))


def _missed(derived: Derived) -> Iterator[MissedMeeting]:
    since = derived.today - timedelta(days=min(_MISSED_DAYS, derived.today.toordinal() - 1))
    for cadence in derived.cadences:
        dates = tuple(one.date for one in cadence.in_state("missed") if one.date >= since)
        if dates:
            yield MissedMeeting(cadence.address, cadence.title, dates)
