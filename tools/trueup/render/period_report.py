"""The report of a week, a month or a quarter as a document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trueup.locale import msg, msgs, translator
from trueup.render.document import Document, Entry, Section
from trueup.render.evidence import gap_lead, how_many
from trueup.render.lines import called, counted, goals_in_words, listed, people, short, waiting_in_words
from trueup.render.numbers import number
from trueup.render.scorecards import counted_from, value_in_words
from trueup.render.shares import percent
from trueup.render.teams import type_of
from trueup.render.told import (
    blocked_entry,
    closed_entry,
    decided_entry,
    decision_entry,
    done_entry,
    goal_entry,
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

# So many of the things that come next are told; a quarter has more of them than anybody reads.
_MOST_NEXT = 20

# So many lessons are offered to a plan, as more plans begin in a longer time; "trueup lessons PLAN" has them all.
_MOST_LESSONS = {"week": 3, "month": 2, "quarter": 1}


def report_document(report: PeriodReport, names: Names, subject: str = "") -> Document:
    """Progress, problems, solutions, next. ``subject``: what the report is of, where it is not of everything."""
    _ = translator(names.language)
    kinds = {"week": _("Weekly report"), "month": _("Monthly report"), "quarter": _("Quarterly report")}
    title = " · ".join(filter(None, (names.workspace.config.title, subject, kinds[report.span], report.period)))
    span = msg("{first} to {last}", first=report.first.isoformat(), last=report.last.isoformat()).say(names.language)
    if not report.is_over:
        span += msg(", as of {day}", day=report.as_of.isoformat()).say(names.language)
    return Document(title, span, tuple(_sections(report, names)))


def _sections(report: PeriodReport, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    today, status, happened = report.as_of, report.status, report.happened
    yield Section(
        _("Goals"),
        tuple(goal_entry(one, names) for one in status.goals),
        goals_in_words(status, names.language) if status.goals else _("No goal is open."),
    )
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
    yield Section(
        _("Problems"),
        (
            *(_problem(one, names) for one in report.problems),
            *(plan_entry(one, today, names) for one in status.plans if one.is_late),
            *(promise_entry(one, today, names) for one in status.promises),
            *(part_entry(one, today, names) for one in status.overdue),
            *(blocked_entry(one, names) for one in status.blocked),
        ),
    )
    solved = [one for one in report.problems if one.problem.solution]
    yield Section(
        _("Solutions"), (*(_solution(one, report, names) for one in solved), *(decided_entry(one, names) for one in happened.decided))
    )
    yield Section(_("Users"), (), _users_in_words(report, names))
    yield Section(
        _("Decisions wanted"), tuple(decision_entry(one, today, names) for one in (*status.tripped, *status.reviews_due, *status.proposed))
    )
    yield Section(_("Not founded on evidence"), tuple(_gap(one, names) for one in report.gaps))
    yield Section(_("Learned and done together"), tuple(_activity(one, today, names) for one in report.activities))
    yield Section(
        _("Lessons for plans that begin"), tuple(_lesson(one, names) for plan in report.lessons for one in _offered(plan, report.span))
    )
    coming = report.due_next[:_MOST_NEXT]
    rest = len(report.due_next) - len(coming)
    more = msgs("… and {count} more", "… and {count} more", rest).say(names.language) if rest else ""
    yield Section(
        _("Next"),
        (
            *(Entry(one.subject_title, "", (one.next or "",)) for one in report.next),
            *(part_entry(one, today, names) for one in coming),
            *([Entry(more)] if more else []),
        ),
    )


def _progress_in_words(report: PeriodReport, names: Names) -> str:
    happened = report.happened
    milestones = sum(1 for one in happened.done if one.is_milestone)
    tasks, actions, meetings = len(happened.done) - milestones, len(happened.closed), len(happened.meetings)
    late = sum(1 for one in happened.done if (one.days_late or 0) > 0)
    parts = (
        (milestones, msgs("{count} milestone reached", "{count} milestones reached", milestones)),
        (tasks, msgs("{count} task done", "{count} tasks done", tasks)),
        (late, msgs("{count} of them late", "{count} of them late", late)),
        (actions, msgs("{count} action done", "{count} actions done", actions)),
        (meetings, msgs("{count} meeting", "{count} meetings", meetings)),
    )
    return counted(parts, names.language)


def _users_in_words(report: PeriodReport, names: Names) -> str:
    received, replied = len(report.happened.received), len(report.happened.replied)
    parts = (
        (received, msgs("{count} received", "{count} received", received)),
        (replied, msgs("{count} answered", "{count} answered", replied)),
        *waiting_in_words(report.status),
    )
    words = counted(parts, names.language)
    return msg("Feedback: {how}", how=words).say(names.language) if words else ""


def _problem(one: RaisedProblem, names: Names) -> Entry:
    owner = called(one.problem.owner, names) if one.problem.owner else translator(names.language)("nobody named")
    return Entry(one.problem.text, "", (one.subject_title, owner))


def _solution(one: RaisedProblem, report: PeriodReport, names: Names) -> Entry:
    due = translator(names.language)("due {date}").format(date=short(one.problem.due, report.as_of)) if one.problem.due else ""
    return Entry(one.problem.solution or "", "", (one.problem.text, called(one.problem.owner, names) if one.problem.owner else "", due))


def _scorecard(card: Scorecard, names: Names) -> Section:
    _ = translator(names.language)
    words = ""
    if card.score is not None:
        words = msg("{share} of the targets", share=percent(card.score, names.language)).say(names.language)
    return Section(card.title, tuple(_item(one, names) for one in card.items), words)


def _item(one: ScoreItem, names: Names) -> Entry:
    _ = translator(names.language)
    if one.score is None or one.value is None:
        return Entry(one.title, _("no data"))
    target = msg("target {target}", target=number(one.target)).say(names.language) if one.target is not None else ""
    # A goal or a metric is told by the title of the item already.
    counted = "" if "/" in one.subject else counted_from(one, names)
    return Entry(one.title, percent(one.score, names.language), (value_in_words(one, names), target, counted))


def _gap(one: Gap, names: Names) -> Entry:
    _ = translator(names.language)
    kind = (one.address or "").partition("/")[0]
    what = names.workspace.kinds[kind].label.say(names.language) if kind else _("Theme")
    return Entry(one.title, gap_lead(one.gap, names.language), (what, how_many("feedback", one.count, names.language) if one.count else ""))


def _activity(one: Activity, today: date, names: Names) -> Entry:
    teams = people(one.teams, names) or people(one.participants, names)
    return Entry(one.title, type_of(one, names), (short(one.first, today), teams, one.outcome or ""))


def _offered(plan: PlanLessons, span: str) -> Iterator[tuple[PlanLessons, Offer]]:
    return ((plan, one) for one in plan.offers[: _MOST_LESSONS[span]])


def _lesson(one: tuple[PlanLessons, Offer], names: Names) -> Entry:
    plan, offer = one
    return Entry(offer.lesson.text, plan.title, (listed(offer.shared, names.language), offer.lesson.retro_title))
