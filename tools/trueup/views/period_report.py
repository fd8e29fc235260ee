"""What a week, a month or a quarter brought: progress, problems, solutions, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import Period, month_of, quarter_of, week_of
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.activities import Activity
from trueup.views.derived import Derived
from trueup.views.evidence import Gap
from trueup.views.happenings import Happenings, Problem, Told, answers_for, happenings
from trueup.views.lessons import Offer, lessons_for
from trueup.views.scorecards import Scorecard
from trueup.views.selection import EVERYTHING, Selection, team_of
from trueup.views.status import PartLine, Status, status
from trueup.views.teams import has_part

SPANS = ("week", "month", "quarter")


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

    ``status`` is how everything stood on that day; ``problems`` are the open ones of the last check-ins in the period,
    ``next`` what these check-ins say comes next, by subject. ``due_next``: tasks and milestones due in the period that follows.
    ``scorecards`` are those of the period, or of the quarter that it lies in. ``lessons`` are those for the plans, open or
    drafts, that begin in the period. ``gaps``, where the chain of evidence is broken, and ``activities`` are told of a month and a
    quarter; of a week there are none.
    """

    span: str
    period: str
    first: date
    last: date
    as_of: date
    status: Status
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


def period_report(workspace: Workspace, span: str, period: Period, today: date, chosen: Selection = EVERYTHING) -> PeriodReport:
    """The report of a period for what the selection answers for, with nothing in it that came later."""
    as_of = max(period.start, min(period.end, today))
    derived = Derived(workspace, as_of)
    happened = happenings(derived, period.start, as_of, chosen)
    stands = status(derived, chosen)
    is_long = span != "week"
    following = period_around(span, period.end + timedelta(days=1)) if period.end < date.max else period
    return PeriodReport(
        span=span,
        period=period.name,
        first=period.start,
        last=period.end,
        as_of=as_of,
        status=stands,
        happened=happened,
        problems=tuple(
            RaisedProblem(problem, told.subject, told.subject_title)
            for told in happened.told
            for problem in told.problems
            if problem.is_open
        ),
        next=tuple(told for told in happened.told if told.next),
        due_next=tuple(one for one in stands.due if following.start <= one.due <= following.end),
        scorecards=tuple(
            one for one in derived.scorecards if one.period in (period.name, quarter_of(as_of).name) and _concerns(one, chosen)
        ),
        lessons=tuple(_lessons(derived, period, chosen)),
        gaps=tuple(one for one in derived.evidence.gaps if _has_gap(one, workspace, chosen)) if is_long else (),
        activities=tuple(_activities(derived, period, chosen)) if is_long else (),
    )


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
