"""Where everything stands on a day: what a lead wants to know on Monday."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trueup.records.periods import Period
from trueup.records.workspace import Workspace
from trueup.views.actions import Actions, actions_listed, actions_of
from trueup.views.completeness import Completeness
from trueup.views.decisions import Decision
from trueup.views.derived import Derived
from trueup.views.feedback import Entry
from trueup.views.freshness import CheckinFreshness, SeriesFreshness
from trueup.views.goals import Goal, goals_within
from trueup.views.happenings import answers_for
from trueup.views.named import whole
from trueup.views.obligations import Obligation
from trueup.views.promises import Promise
from trueup.views.schedule import ScheduledPart, ScheduledPlan
from trueup.views.selection import EVERYTHING, Selection, team_of
from trueup.views.standing import Standing, standing
from trueup.views.workload import PersonLoad

# "Soon" is within two weeks, and a missed meeting is news for four.
SOON_DAYS = 14
_MISSED_DAYS = 28


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An open plan in short, as the schedule has it (ScheduledPlan). ``goals`` are those that its delay reaches."""

    address: str
    title: str
    team: str | None
    owner: str | None
    due: date | None
    forecast: date | None
    days_late: int | None
    is_late: bool
    is_overdue: bool
    is_paused: bool
    is_provisional: bool
    open_parts: int
    goals: tuple[str, ...]

    @property
    def is_shaky(self) -> bool:
        """Whether somebody must look at it: it is late, or nobody can say when it will be done."""
        return self.is_late or self.forecast is None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A task or a milestone with its day. ``days_overdue``: calendar days after ``due``, below 0 before it."""

    address: str
    title: str
    plan_title: str
    owner: str | None
    due: date
    forecast: date | None
    days_overdue: int
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

    ``period`` is the one that it was asked of, None for all. ``standing`` is how the open goals stand, ``completeness`` what could
    not be taken into account.

    ``new`` is the feedback that is to be triaged, ``untriaged`` that of it which has been new for more than ``triage_days``.

    ``overdue_plans`` counts the plans whose due date is past, ``late_plans`` those that will be late only by their forecast,
    ``plans_without_forecast`` those, overdue or not, of which nobody can say when they will be done, ``paused_plans`` those that are
    paused, which are neither. ``promises`` are those that break. ``due`` are the tasks and milestones that are open and not overdue,
    ``coming`` the milestones among them within 14 days.
    """

    today: date
    period: str | None
    completeness: Completeness
    standing: Standing
    plans: tuple[PlanLine, ...]
    overdue_plans: int
    late_plans: int
    plans_without_forecast: int
    paused_plans: int
    promises: tuple[Promise, ...]
    due: tuple[PartLine, ...]
    overdue: tuple[PartLine, ...]
    blocked: tuple[Obligation, ...]
    coming: tuple[PartLine, ...]
    actions: Actions
    tripped: tuple[Decision, ...]
    reviews_due: tuple[Decision, ...]
    proposed: tuple[Decision, ...]
    new: tuple[Entry, ...]
    untriaged: tuple[Entry, ...]
    triage_days: int
    owed: tuple[Entry, ...]
    stale_checkins: tuple[CheckinFreshness, ...]
    stale_series: tuple[SeriesFreshness, ...]
    missed: tuple[MissedMeeting, ...]
    overloaded: tuple[PersonLoad, ...]


def status(derived: Derived, chosen: Selection = EVERYTHING, period: Period | None = None) -> Status:
    """The status of what ``chosen`` answers for. With a period: of the goals in it and the plans that serve these goals, and nothing
    else, as nothing else belongs to a period."""
    workspace, today = derived.workspace, derived.today
    among = goals_within(derived.goals, today, period=period).goals if period else derived.goals.goals
    goals = [goal for goal in among if goal.group == "open" and concerns(goal, chosen)]
    plans = [plan for plan in derived.schedule.plans if _serves(plan, goals, chosen, period, workspace)]
    plan_lines = sorted(map(_plan_line, plans), key=_worst_plan)
    part_lines = open_parts(plans, today)
    addresses = {plan.address for plan in plans}
    new = tuple(one for one in derived.feedback.new if chosen.has_owner(one.owner, workspace))
    found = Status(
        today=today,
        period=period.name if period else None,
        completeness=derived.completeness,
        standing=standing(goals, today),
        plans=tuple(plan_lines),
        overdue_plans=sum(one.is_overdue for one in plan_lines),
        late_plans=sum(one.is_late and not one.is_overdue for one in plan_lines),
        plans_without_forecast=sum(one.forecast is None for one in plan_lines),
        paused_plans=sum(one.is_paused for one in plan_lines),
        promises=tuple(
            one for one in derived.schedule.promises if one.is_broken and not addresses.isdisjoint((whole(one.address), whole(one.target)))
        ),
        due=tuple(one for one in part_lines if one.days_overdue <= 0),
        overdue=tuple(one for one in part_lines if one.days_overdue > 0),
        blocked=tuple(_blocked(derived, addresses)),
        coming=tuple(one for one in part_lines if one.is_milestone and -SOON_DAYS <= one.days_overdue <= 0),
        actions=actions_listed(actions_of(derived.actions, owner=chosen.person, teams=chosen.teams), overdue=True),
        tripped=_decided(derived.decisions.tripped, chosen, workspace),
        reviews_due=_decided(derived.decisions.reviews_due, chosen, workspace),
        proposed=_decided(derived.decisions.proposed, chosen, workspace),
        new=new,
        untriaged=tuple(one for one in new if one.is_untriaged),
        triage_days=derived.feedback.triage_days,
        owed=tuple(one for one in derived.feedback.owed if chosen.has_owner(one.owner, workspace)),
        stale_checkins=tuple(one for one in derived.checkin_freshness if one.is_stale and _answers(one.address, chosen, workspace)),
        stale_series=tuple(one for one in derived.series_freshness if one.is_stale and chosen.has_owner(one.owner, workspace)),
        missed=tuple(_missed(derived)) if chosen == EVERYTHING else (),
        overloaded=tuple(one for one in derived.workload.people if one.is_over and chosen.has((one.address,), (one.team,))),
    )
    return _of_period(found, {goal.address for goal in goals} | addresses) if period else found


def _of_period(found: Status, among: set[str]) -> Status:
    return replace(
        found,
        actions=actions_of(found.actions, teams=frozenset()),
        tripped=(),
        reviews_due=(),
        proposed=(),
        new=(),
        untriaged=(),
        owed=(),
        stale_checkins=tuple(one for one in found.stale_checkins if one.address in among),
        stale_series=(),
        missed=(),
        overloaded=(),
    )


def open_parts(plans: Iterable[ScheduledPlan], today: date) -> list[PartLine]:
    """The tasks and milestones that are neither done nor dropped and have a due date, the longest overdue first; of a paused plan none:
    nobody works on it."""
    going_on = (plan for plan in plans if not plan.is_paused)
    parts = ((part, plan) for plan in going_on for part in plan.parts if part.due and part.status not in ("done", "dropped"))
    return sorted((_part_line(part, plan, today) for part, plan in parts), key=lambda one: (-one.days_overdue, one.address))


def concerns(goal: Goal, chosen: Selection) -> bool:
    """Whether the selection answers for a goal."""
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
        is_overdue=plan.is_overdue,
        is_paused=plan.is_paused,
        is_provisional=plan.is_provisional,
        open_parts=plan.open_parts,
        goals=plan.reach.goals if plan.reach else (),
    )


def _worst_plan(one: PlanLine) -> tuple[bool, int, bool, str]:
    return not one.is_late, -(one.days_late or 0) if one.is_late else 0, one.forecast is not None, one.address


def _part_line(part: ScheduledPart, plan: ScheduledPlan, today: date) -> PartLine:
    assert part.due is not None
    return PartLine(
        address=part.address,
        title=part.title,
        plan_title=plan.title,
        owner=part.owner or plan.owner,
        due=part.due,
        forecast=part.finish,
        days_overdue=(today - part.due).days,
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
