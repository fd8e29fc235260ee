"""The report of a week, a month or a quarter as a document."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import brief, month, span, written
from trueup.locale.joining import clauses, listed, with_note
from trueup.render.completeness import incomplete_in_words
from trueup.render.document import Document, Entry, Section
from trueup.render.evidence import gap_lead, how_many
from trueup.render.lateness import plans_in_words
from trueup.render.lines import called, confidence_in_words, counted, goals_in_words, people, waiting_in_words
from trueup.render.numbers import number
from trueup.render.scorecards import counted_from, score_in_words, value_in_words
from trueup.render.shares import percent
from trueup.render.teams import type_of
from trueup.render.told import (
    action_entry,
    closed_entry,
    decided_entry,
    decision_entry,
    done_entry,
    goal_entry,
    held_up_entries,
    load_entry,
    more_entries,
    moved_entry,
    part_entry,
    plan_entry,
    told_entry,
)
from trueup.views.activities import Activity
from trueup.views.evidence import Gap
from trueup.views.happenings import Told
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
    title = " · ".join(filter(None, (names.workspace.config.title, subject, kinds[report.span], period_in_words(report, names.language))))
    words = report.period
    if not report.is_over:
        words += msg(", as of {day}", day=written(report.as_of, names.language)).say(names.language)
    if report.status is None:
        left_out = msg("{span}. How plans, tasks and feedback stood then is left out: the records of today do not tell.", span=words)
        words = left_out.say(names.language)
    sections = (Section(_("In short"), tuple(_in_short(report, names))), *_sections(report, names))
    return Document(title, words, sections, names.language, incomplete_in_words(report.completeness, names.language))


def period_in_words(report: PeriodReport, language: str) -> str:
    """A period as people call it: a week by its days, as its number says nothing to most."""
    if report.span == "month":
        return month(report.period, language)
    if report.span == "quarter":
        year, number = report.period.split("-Q")
        return msg("quarter {number} of {year}", number=number, year=year).say(language)
    return span(report.first, report.last, language)


def _in_short(report: PeriodReport, names: Names) -> Iterator[Entry]:
    """A line on each matter that the report tells of at length below."""
    _, language = translator(names.language), names.language
    goals = goals_in_words(report.standing, language) if report.standing.goals else _("No goal is open.")
    lines = [(_("Goals"), goals), (_("Progress"), _progress_in_words(report, names))]
    if (status := report.status) is not None:
        plans = plans_in_words(status, language) if status.plans else ""
        lines += [
            (_("Plans"), _as_of(clauses(filter(None, (plans, _held_up_in_words(status, language))), language), report, language)),
            (_("Actions"), _as_of(_actions_in_words(status, language), report, language)),
            (_("Decisions"), _as_of(_decisions_in_words(status, language), report, language)),
        ]
    lines.append((_("Feedback"), _users_in_words(report, names)))
    return (Entry(title, "", (words,)) for title, words in lines if words)


def _as_of(words: str, report: PeriodReport, language: str) -> str:
    """Words on how it stands today, with today's date where that is not the day of the report."""
    if not words or report.status is None or report.status.today == report.as_of:
        return words
    return translator(language)("as of {day}: {how}").format(day=written(report.status.today, language), how=words)


def _held_up_in_words(status: Status, language: str) -> str:
    promises, overdue, blocked = len(status.promises), len(status.overdue), len(status.blocked)
    parts = (
        (promises, msgs("{count} promise breaks", "{count} promises break", promises)),
        (overdue, msgs("{count} task or milestone is overdue", "{count} tasks and milestones are overdue", overdue)),
        (blocked, msgs("{count} task is blocked", "{count} tasks are blocked", blocked)),
    )
    return counted(parts, language)


def _actions_in_words(status: Status, language: str) -> str:
    actions = status.actions
    words = msgs("{count} open action", "{count} open actions", actions.open).say(language) if actions.open else ""
    if actions.overdue:
        words += msgs("; {count} is overdue", "; {count} are overdue", actions.overdue).say(language)
    return words


def _decisions_in_words(status: Status, language: str) -> str:
    tripped, due, proposed = len(status.tripped), len(status.reviews_due), len(status.proposed)
    parts = (
        (tripped, msgs("{count} tripwire crossed", "{count} tripwires crossed", tripped)),
        (due, msgs("{count} review due", "{count} reviews due", due)),
        (proposed, msgs("{count} proposed", "{count} proposed", proposed)),
    )
    return counted(parts, language)


def _sections(report: PeriodReport, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    today, happened = report.as_of, report.happened
    yield from _goals(report, names)
    yield Section(
        _("Progress"),
        (
            *(told_entry(one, one.progress, names) for one in happened.told if one.progress),
            *(done_entry(one, names) for one in happened.done),
            *(closed_entry(one, names) for one in happened.closed),
        ),
    )
    yield Section(_("Numbers"), tuple(moved_entry(one, names) for one in happened.moved))
    for card in report.scorecards:
        yield _scorecard(card, names)
    yield from _problems(report, names)
    status = report.status
    wanted = (*status.tripped, *status.reviews_due, *status.proposed) if status else ()
    waiting = {one.address for one in wanted}
    yield Section(_("Decided"), tuple(decided_entry(one, names) for one in happened.decided if one.address not in waiting))
    if status is not None:
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
            *(_said_next(one, today, names) for one in report.next),
            *(part_entry(one, today, names) for one in coming),
            *more_entries(len(report.due_next) - len(coming), names.language),
        ),
    )


def _said_next(one: Told, today: date, names: Names) -> Entry:
    """What a check-in says comes next; "tomorrow" in it is one of its own day."""
    author = called(one.author, names) if one.author else ""
    return Entry(one.subject_title, "", (one.next or "", author, brief(one.on, today, names.language)), one.subject)


def _goals(report: PeriodReport, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    found = report.standing
    yield Section(
        _("Goals"), tuple(goal_entry(one, names) for one in found.goals if one.has_begun), confidence_in_words(found, names.language)
    )
    yield Section(_("Goals that have ended"), tuple(goal_entry(one, names) for one in report.ended))
    yield Section(_("Goals that have not begun yet"), tuple(goal_entry(one, names) for one in found.goals if not one.has_begun))


def _problems(report: PeriodReport, names: Names) -> Iterator[Section]:
    """What check-ins tell of, with what is done about it; then how plans, tasks and actions stand today."""
    _, status = translator(names.language), report.status
    yield Section(_("Problems and solutions"), tuple(_problem(one, report, names) for one in report.problems))
    if status is not None:
        stands = _standing_problems(status, {one.problem.address for one in report.problems}, names)
        yield Section(_dated(_("Late, overdue or blocked"), report, names), stands)


def _standing_problems(status: Status, told: Set[str], names: Names) -> tuple[Entry, ...]:
    """What the records of today show; of the overdue actions those that are not among the problems that were told."""
    today = status.today
    return (
        *(plan_entry(one, today, names) for one in status.plans if one.is_shaky),
        *held_up_entries(status, names),
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
    waiting = _as_of(counted(waiting_in_words(report.status), names.language), report, names.language) if report.status else ""
    return clauses(filter(None, (counted(parts, names.language), waiting)), names.language)


def _problem(one: RaisedProblem, report: PeriodReport, names: Names) -> Entry:
    """A problem, what is done about it, of what it is, whose, and until when."""
    _, problem = translator(names.language), one.problem
    owner = called(problem.owner, names) if problem.owner else _("nobody named")
    due = _("due {date}").format(date=brief(problem.due, report.as_of, names.language)) if problem.due else ""
    facts = (f"→ {problem.solution}" if problem.solution else "", one.subject_title, owner, due)
    return Entry(problem.text, "", facts, problem.address)


def _scorecard(card: Scorecard, names: Names) -> Section:
    _ = translator(names.language)
    words = score_in_words(card, names) if card.score is not None else ""
    return Section(card.title, tuple(_item(one, names) for one in card.items), words)


def _item(one: ScoreItem, names: Names) -> Entry:
    _ = translator(names.language)
    if one.score is None or one.value is None:
        return Entry(one.title, _("no data"), (), "", "draft")
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
