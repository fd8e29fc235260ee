"""What a week, a month or a quarter brought: progress, problems, solutions, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import Period, month_of, quarter_of, week_of
from trueup.records.workspace import Workspace
from trueup.views.derived import Derived
from trueup.views.happenings import Happenings, Problem, Told, happenings
from trueup.views.scorecards import Scorecard
from trueup.views.selection import EVERYTHING, Selection
from trueup.views.status import PartLine, Status, status

SPANS = ("week", "month", "quarter")


@dataclass(frozen=True, slots=True)
class RaisedProblem:
    """A problem that a check-in tells of, with the goal or plan that it is about."""

    problem: Problem
    subject: str
    subject_title: str


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A report of a period as of ``as_of``: its last day, or today where it is not over.

    ``status`` is how everything stood on that day; ``problems`` are the open ones of the last check-ins in the period,
    ``next`` what these check-ins say comes next, by subject. ``due_next``: tasks and milestones due in the period that follows.
    ``scorecards`` are those of the period, or of the quarter that it lies in.
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
    )


def _concerns(card: Scorecard, chosen: Selection) -> bool:
    return chosen.teams is None or not chosen.teams.isdisjoint(card.teams)
