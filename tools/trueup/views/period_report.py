"""What a week, a month or a quarter brought: progress, problems, solutions, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import Period, month_of, quarter_of, week_of
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.activities import Activity
from trueup.views.completeness import Completeness
from trueup.views.derived import Derived
from trueup.views.evidence import Gap
from trueup.views.goals import Goal
from trueup.views.happenings import Happenings, Problem, Told, answers_for, happenings
from trueup.views.lessons import Offer, lessons_for
from trueup.views.scorecards import Scorecard
from trueup.views.selection import EVERYTHING, Selection, team_of
from trueup.views.standing import GoalLine, Standing, goal_line, standing
from trueup.views.status import PartLine, Status, concerns, status
from trueup.views.teams import has_part

SPANS = ("week", "month", "quarter")

# A report is written within a week of the period's end: so long what stands today is news in it.
_FRESH_DAYS = 7


@dataclass(frozen=True, slots=True)
class RaisedProblem:
    """A problem that a check-in tells of, with the goal or plan that it is about."""

    problem: Problem
    subject: str
    subject_title: str


@dataclass(frozen=True, slots=True)
class PlanLessons:
    """What a plan that begins should read: the lessons that share a tag with it, those first that share most."""

    plan: str
    title: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A report of a period as of ``as_of``: its last day, or today where it is not over.

    ``completeness`` is what could not be taken into account. ``standing`` is how the open goals stood on that day. ``ended`` are the
    goals with days in the period that are finished or dropped, as they ended.

    Tasks, plans and feedback are written down as they are, not as they were: what follows from that is told as of today, and only
    where the period runs or has ended within 7 days. It is in ``status``, that of today, None for an earlier period, in ``due_next``,
    the tasks and milestones due in the period that follows, and in ``gaps``, where the chain of evidence is broken; both are empty
    for an earlier one. Of such a one ``standing`` has the goals that had begun, with those that were done only after it.

    ``problems`` are those of the last check-ins in the period, the open ones where ``status`` is there; ``next`` is what these
    check-ins say comes next, by subject. ``scorecards`` are those of the period, or of the quarter that it lies in. ``lessons`` are
    those for the plans, open or drafts, that begin in the period. ``gaps`` and ``activities`` are told of a month and a quarter; of
    a week there are none.
    """

    span: str
    period: str
    first: date
    last: date
    as_of: date
    completeness: Completeness
    standing: Standing
    ended: tuple[GoalLine, ...]
    status: Status | None
    happened: Happenings
    problems: tuple[RaisedProblem, ...]
    next: tuple[Told, ...]
    due_next: tuple[PartLine, ...]
    scorecards: tuple[Scorecard, ...]
    lessons: tuple[PlanLessons, ...]
    gaps: tuple[Gap, ...]
    activities: tuple[Activity, ...]

    @property
    def is_over(self) -> bool:
        return self.as_of == self.last


def period_around(span: str, day: date) -> Period:
    """The week, month or quarter in which a day lies."""
    return {"week": week_of, "month": month_of, "quarter": quarter_of}[span](day)


def latest_period(span: str, today: date) -> Period:
    """The period in which yesterday lies: on a Monday the week that is over, on a Friday the one that runs."""
    return period_around(span, today - timedelta(days=1) if today > date.min else today)


def is_past(period: Period, today: date) -> bool:
    """Whether a period ended so long ago that what stands in the records today does not tell how it was."""
    return (today - period.end).days > _FRESH_DAYS


def period_report(
    workspace: Workspace, span: str, period: Period, today: date, chosen: Selection = EVERYTHING, now: Derived | None = None
) -> PeriodReport:
    """The report of a period that has begun, for what the selection answers for, with nothing in it that came later. ``now`` is
    what follows from the workspace today, where it has been worked out already."""
    if today < period.start:
        raise ValueError(f"{period.name} has not begun on {today}")
    as_of = min(period.end, today)
    now = now or Derived(workspace, today)
    long_ago = is_past(period, today)
    derived = now if as_of == today else Derived(workspace, as_of, is_past=long_ago)
    happened = happenings(derived, period.start, as_of, chosen)
    stands = None if long_ago else status(now, chosen)
    is_long = span != "week"
    following = period_around(span, period.end + timedelta(days=1)) if period.end < date.max else period
    return PeriodReport(
        span=span,
        period=period.name,
        first=period.start,
        last=period.end,
        as_of=as_of,
        completeness=now.completeness,
        standing=standing(_standing(derived, chosen), as_of),
        ended=tuple(goal_line(goal) for goal in now.goals.goals if concerns(goal, chosen) and _has_ended(goal, period, as_of, long_ago)),
        status=stands,
        happened=happened,
        problems=tuple(
            RaisedProblem(problem, told.subject, told.subject_title)
            for told in happened.told
            for problem in told.problems
            if problem.is_open or stands is None
        ),
        next=tuple(told for told in happened.told if told.next),
        due_next=tuple(one for one in stands.due if following.start <= one.due <= following.end) if stands else (),
        scorecards=tuple(
            one for one in derived.scorecards if one.period in (period.name, quarter_of(as_of).name) and _concerns(one, chosen)
        ),
        lessons=tuple(_lessons(derived, period, chosen)),
        gaps=tuple(one for one in now.evidence.gaps if _has_gap(one, workspace, chosen)) if is_long and stands else (),
        activities=tuple(_activities(derived, period, chosen)) if is_long else (),
    )


def _standing(derived: Derived, chosen: Selection) -> Iterator[Goal]:
    """Those that are chosen; of a day that is past, without what had not begun then or may not have been there."""
    for goal in derived.goals.goals:
        if concerns(goal, chosen) and (not derived.is_past or (goal.start is not None and goal.has_begun)):
            yield goal


def _has_ended(goal: Goal, period: Period, as_of: date, long_ago: bool) -> bool:
    """Whether a goal of the period is finished or dropped. Of a period that is past, only what was over then is known to have been."""
    if goal.group not in ("done", "dropped") or goal.start is None or goal.end is None:
        return False
    return goal.start <= period.end and period.start <= goal.end and (not long_ago or goal.end <= as_of)


def _lessons(derived: Derived, period: Period, chosen: Selection) -> Iterator[PlanLessons]:
    """The plans that begin in the period and share a tag with a lesson, in the order in which they begin."""
    begun: list[tuple[date, str, Record]] = []
    for plan in derived.workspace.of_kind("plan"):
        start = plan.fields.date("start")
        is_alive = plan.kind.group_of(plan.status) in ("open", "draft")
        if start and period.start <= start <= period.end and is_alive and chosen.has(*answers_for(plan)):
            begun.append((start, plan.address, plan))
    for _start, address, plan in sorted(begun, key=lambda one: one[:2]):
        if offers := lessons_for(derived.lessons, plan):
            yield PlanLessons(address, plan.title, offers)


def _has_gap(gap: Gap, workspace: Workspace, chosen: Selection) -> bool:
    """A gap is of those who answer for the record; a theme is everybody's."""
    record = workspace.record(gap.address) if gap.address else None
    if record is None:
        return chosen == EVERYTHING
    people, teams = answers_for(record)
    if record.kind.name in ("goal", "plan"):
        return chosen.has(people, teams)
    people = (*people, *(f"person/{name}" for name in record.fields.texts("deciders")))
    return chosen.has(people, (team_of(person, workspace) for person in people))


def _activities(derived: Derived, period: Period, chosen: Selection) -> Iterator[Activity]:
    """Those that lie in the period, if only in part, and have begun; oldest first."""
    for one in reversed(derived.activities.past):
        if one.first and one.first <= period.end and (one.last or one.first) >= period.start and has_part(one, derived, chosen):
            yield one


def _concerns(card: Scorecard, chosen: Selection) -> bool:
    return chosen.teams is None or not chosen.teams.isdisjoint(card.teams)
