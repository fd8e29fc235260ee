"""The report of a week, a month or a quarter as a document."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.joining import clauses, listed, with_note
from trueup.render.completeness import incomplete_in_words
from trueup.render.days import brief, written
from trueup.render.document import Document, Entry, Section
from trueup.render.evidence import gap_lead, how_many
from trueup.render.lateness import plans_in_words
from trueup.render.lines import called, counted, goals_in_words, people, waiting_in_words
from trueup.render.numbers import number
from trueup.render.scorecards import counted_from, value_in_words
from trueup.render.shares import percent
from trueup.render.teams import type_of
from trueup.render.told import (
    action_entry,
    blocked_entry,
    closed_entry,
    decided_entry,
    decision_entry,
    done_entry,
    goal_entry,
    load_entry,
    more_entries,
    moved_entry,
    part_entry,
    plan_entry,
    promise_entry,
    told_entry,
)
from trueup.views.activities import Activity
from trueup.views.evidence import Gap
from trueup.views.lessons import Offer
from trueup.views.names import Names
from trueup.views.period_report import PeriodReport, PlanLessons, RaisedProblem
from trueup.views.scorecards import Scorecard, ScoreItem
from trueup.views.status import Status

# So many of the things that come next are told; a quarter has more of them than anybody reads.
_MOST_NEXT = 20

# So many lessons are offered to a plan, as more plans begin in a longer time; "trueup lessons PLAN" has them all.
_MOST_LESSONS = {"week": 3, "month": 2, "quarter": 1}


def report_document(report: PeriodReport, names: Names, subject: str = "") -> Document:
    """Progress, problems, solutions, next; what only today's records tell has today's date where the period is over.

    ``subject``: what the report is of, where it is not of everything.
    """
    _ = translator(names.language)
    kinds = {"week": _("Weekly report"), "month": _("Monthly report"), "quarter": _("Quarterly report")}
    title = " · ".join(filter(None, (names.workspace.config.title, subject, kinds[report.span], report.period)))
    first, last = written(report.first, names.language), written(report.last, names.language)
    span = msg("{first} to {last}", first=first, last=last).say(names.language)
    if not report.is_over:
        span += msg(", as of {day}", day=written(report.as_of, names.language)).say(names.language)
    if report.status is None:
        left_out = msg("{span}. How plans, tasks and feedback stood then is not on record, so it is left out.", span=span)
        span = left_out.say(names.language)
    return Document(title, span, tuple(_sections(report, names)), names.language, incomplete_in_words(report.completeness, names.language))


def _sections(report: PeriodReport, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    today, happened = report.as_of, report.happened
    yield from _goals(report, names)
    for card in report.scorecards:
        yield _scorecard(card, names)
    yield Section(
        _("Progress"),
        (
            *(told_entry(one, one.progress, names) for one in happened.told if one.progress),
            *(done_entry(one, names) for one in happened.done),
            *(closed_entry(one, names) for one in happened.closed),
        ),
        _progress_in_words(report, names),
    )
    yield Section(_("Numbers"), tuple(moved_entry(one, names) for one in happened.moved))
    yield from _problems(report, names)
    solved = [one for one in report.problems if one.problem.solution]
    yield Section(
        _("Solutions"), (*(_solution(one, report, names) for one in solved), *(decided_entry(one, names) for one in happened.decided))
    )
    yield Section(_("Users"), (), _users_in_words(report, names))
    if (status := report.status) is not None:
        wanted = (*status.tripped, *status.reviews_due, *status.proposed)
        yield Section(_dated(_("Decisions wanted"), report, names), tuple(decision_entry(one, status.today, names) for one in wanted))
    yield Section(_dated(_("Not founded on evidence"), report, names), tuple(_gap(one, names) for one in report.gaps))
    yield Section(_("Learned and done together"), tuple(_activity(one, today, names) for one in report.activities))
    yield Section(
        _("Lessons for plans that begin"), tuple(_lesson(one, names) for plan in report.lessons for one in _offered(plan, report.span))
    )
    coming = report.due_next[:_MOST_NEXT]
    yield Section(
        _("Next"),
        (
            *(Entry(one.subject_title, "", (one.next or "",), one.subject) for one in report.next),
            *(part_entry(one, today, names) for one in coming),
            *more_entries(len(report.due_next) - len(coming), names.language),
        ),
    )


def _goals(report: PeriodReport, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    found = report.standing
    words = goals_in_words(found, names.language) if found.goals else _("No goal is open.")
    yield Section(_("Goals"), tuple(goal_entry(one, names) for one in found.goals if one.has_begun), words)
    yield Section(_("Goals that have ended"), tuple(goal_entry(one, names) for one in report.ended))
    yield Section(_("Goals that have not begun yet"), tuple(goal_entry(one, names) for one in found.goals if not one.has_begun))


def _problems(report: PeriodReport, names: Names) -> Iterator[Section]:
    """What check-ins tell of; and how plans and tasks stand today, under its own heading where the period is over."""
    told, status = tuple(_problem(one, names) for one in report.problems), report.status
    stands = _standing_problems(status, {one.problem.address for one in report.problems}, names) if status else ()
    words = plans_in_words(status, names.language) if status and any(one.is_shaky for one in status.plans) else ""
    title = translator(names.language)("Problems")
    if status is None or status.today == report.as_of:
        yield Section(title, (*told, *stands), words)
    else:
        yield Section(title, told)
        yield Section(_dated(title, report, names), stands, words)


def _standing_problems(status: Status, told: Set[str], names: Names) -> tuple[Entry, ...]:
    """What the records of today show; of the overdue actions those that are not among the problems that were told."""
    today = status.today
    return (
        *(plan_entry(one, today, names) for one in status.plans if one.is_shaky),
        *(promise_entry(one, today, names) for one in status.promises),
        *(part_entry(one, today, names) for one in status.overdue),
        *(blocked_entry(one, names) for one in status.blocked),
        *(action_entry(one, today, names) for one in status.actions.actions if one.address not in told),
        *(load_entry(one, names) for one in status.overloaded),
    )


def _dated(title: str, report: PeriodReport, names: Names) -> str:
    """A heading with today's date, where that is not the day of the report."""
    if report.status is None or report.status.today == report.as_of:
        return title
    return msg("{title}, as of {day}", title=title, day=written(report.status.today, names.language)).say(names.language)


def _progress_in_words(report: PeriodReport, names: Names) -> str:
    happened = report.happened
    milestones = sum(1 for one in happened.done if one.is_milestone)
    tasks, actions, meetings = len(happened.done) - milestones, len(happened.closed), len(happened.meetings)
    late = sum(1 for one in happened.done if (one.days_late or 0) > 0)
    planned = (
        (milestones, msgs("{count} milestone reached", "{count} milestones reached", milestones)),
        (tasks, msgs("{count} task done", "{count} tasks done", tasks)),
    )
    others = (
        (actions, msgs("{count} action done", "{count} actions done", actions)),
        (meetings, msgs("{count} meeting", "{count} meetings", meetings)),
    )
    lateness = _late_in_words(late, len(happened.done)).say(names.language) if late else ""
    done = with_note(counted(planned, names.language), lateness, names.language)
    return clauses(filter(None, (done, counted(others, names.language))), names.language)


def _late_in_words(late: int, count: int) -> Text:
    if late < count:
        return msgs("{count} of them late", "{count} of them late", late)
    return msg("late") if count == 1 else msg("all of them late")


def _users_in_words(report: PeriodReport, names: Names) -> str:
    received, replied = len(report.happened.received), len(report.happened.replied)
    parts = (
        (received, msgs("{count} received", "{count} received", received)),
        (replied, msgs("{count} answered", "{count} answered", replied)),
    )
    status = report.status
    waiting = counted(waiting_in_words(status), names.language) if status else ""
    if status is not None and waiting and status.today != report.as_of:
        waiting = translator(names.language)("as of {day}: {how}").format(day=written(status.today, names.language), how=waiting)
    words = clauses(filter(None, (counted(parts, names.language), waiting)), names.language)
    return translator(names.language)("Feedback: {how}").format(how=words) if words else ""


def _problem(one: RaisedProblem, names: Names) -> Entry:
    owner = called(one.problem.owner, names) if one.problem.owner else translator(names.language)("nobody named")
    return Entry(one.problem.text, "", (one.subject_title, owner), one.problem.address)


def _solution(one: RaisedProblem, report: PeriodReport, names: Names) -> Entry:
    problem = one.problem
    due = translator(names.language)("due {date}").format(date=brief(problem.due, report.as_of, names.language)) if problem.due else ""
    facts = (problem.text, called(problem.owner, names) if problem.owner else "", due)
    return Entry(problem.solution or "", "", facts, problem.address)


def _scorecard(card: Scorecard, names: Names) -> Section:
    _ = translator(names.language)
    words = ""
    if card.score is not None:
        words = msg("{share} of the targets", share=percent(card.score)).say(names.language)
    return Section(card.title, tuple(_item(one, names) for one in card.items), words)


def _item(one: ScoreItem, names: Names) -> Entry:
    _ = translator(names.language)
    if one.score is None or one.value is None:
        return Entry(one.title, _("no data"))
    target = msg("target {target}", target=number(one.target)).say(names.language) if one.target is not None else ""
    # A goal or a metric is told by the title of the item already.
    counted = "" if "/" in one.subject else counted_from(one, names)
    return Entry(one.title, percent(one.score), (value_in_words(one, names), target, counted))


def _gap(one: Gap, names: Names) -> Entry:
    _ = translator(names.language)
    kind = (one.address or "").partition("/")[0]
    what = names.workspace.kinds[kind].label.say(names.language) if kind else _("Theme")
    facts = (what, how_many("feedback", one.count, names.language) if one.count else "")
    return Entry(one.title, gap_lead(one.gap, names.language), facts, one.address or "")


def _activity(one: Activity, today: date, names: Names) -> Entry:
    teams = people(one.teams, names) or people(one.participants, names)
    return Entry(one.title, type_of(one, names), (brief(one.first, today, names.language), teams, one.outcome or ""), one.address)


def _offered(plan: PlanLessons, span: str) -> Iterator[tuple[PlanLessons, Offer]]:
    return ((plan, one) for one in plan.offers[: _MOST_LESSONS[span]])


def _lesson(one: tuple[PlanLessons, Offer], names: Names) -> Entry:
    plan, offer = one
    return Entry(offer.lesson.text, plan.title, (listed(offer.shared, names.language), offer.lesson.retro_title))
