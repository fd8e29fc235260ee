"""The report of a week, a month or a quarter as a document."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msg, msgs, translator
from trueup.render.document import Document, Entry, Section
from trueup.render.lines import called, counted, goals_in_words, short, waiting_in_words
from trueup.render.numbers import number
from trueup.render.shares import percent
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
from trueup.views.names import Names
from trueup.views.period_report import PeriodReport, RaisedProblem
from trueup.views.scorecards import Scorecard, ScoreItem

# So many of the things that come next are told; a quarter has more of them than anybody reads.
_MOST_NEXT = 20


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
    unit = _("days") if one.unit == "days" else one.unit
    target = msg("target {target}", target=number(one.target)).say(names.language) if one.target is not None else ""
    value = f"{number(round(one.value, 1))} {unit}".strip()
    return Entry(one.title, percent(one.score, names.language), (value, target, _counted_from(one, names)))


def _counted_from(one: ScoreItem, names: Names) -> str:
    """From how many records a figure of execution was computed; the others are one record's own."""
    if one.subject.partition("/")[1]:
        return ""
    return msgs("from {count} record", "from {count} records", len(one.addresses)).say(names.language)
