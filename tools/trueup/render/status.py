"""The status for the terminal: one screen, what is worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import msgs, translator
from trueup.locale.days import brief, with_weekday, written
from trueup.locale.joining import listed, with_note
from trueup.render.completeness import incomplete_in_words
from trueup.render.lateness import due_in_words, lateness, needed_in_words, plans_in_words
from trueup.render.lines import (
    aligned,
    block,
    called,
    confidence_in_words,
    counted,
    goals_in_words,
    health,
    part_row,
    prose,
    standing_in_words,
    waiting_in_words,
    way_in_words,
)
from trueup.render.terminal import shown
from trueup.render.told import crossed_in_words
from trueup.views.names import Names
from trueup.views.promises import Promise
from trueup.views.standing import GoalLine
from trueup.views.status import PlanLine, Status

# So many of each are told; the rest is counted.
_MOST = 5


def status_as_text(status: Status, names: Names, subject: str = "") -> str:
    """``subject``: what the status is of, where it is not of everything."""
    title = " · ".join(filter(None, (names.workspace.config.title, subject)))
    head = f"{shown(title)} · {with_weekday(written(status.today, names.language), status.today, names.language)}\n"
    incomplete = incomplete_in_words(status.completeness, names.language)
    return "\n".join((head, *([incomplete + "\n"] if incomplete else []), *_blocks(status, names)))


def _blocks(status: Status, names: Names) -> Iterator[str]:
    language = names.language
    _ = translator(language)
    yield _goals(status, names)
    if status.plans:
        yield _plans(status, names)
    if status.promises:
        title = msgs("{count} promise breaks", "{count} promises break", len(status.promises)).say(language)
        yield block(title, [_promise(one, status, names) for one in status.promises], language, _MOST, "trueup schedule", 0)
    if status.overdue:
        title = msgs("{count} task or milestone is overdue", "{count} tasks and milestones are overdue", len(status.overdue)).say(language)
        yield block(title, [part_row(one, names, late=True) for one in status.overdue], language, _MOST, "trueup schedule", 1)
    if status.blocked:
        title = msgs("{count} task is blocked", "{count} tasks are blocked", len(status.blocked)).say(language)
        yield block(title, [(one.title, one.reason or "–", called(one.owner, names)) for one in status.blocked], language, _MOST, "", 1)
    if status.actions.open:
        yield _actions(status, names)
    decide = _decide(status, names)
    if decide:
        yield block(_("To decide"), decide, language, _MOST, "", 1)
    if status.coming:
        yield block(
            _("Milestones in the next two weeks"), [part_row(one, names, late=False) for one in status.coming], language, _MOST, "", 1
        )
    yield from _weak(status, names)


def _goals(status: Status, names: Names) -> str:
    language = names.language
    _ = translator(language)
    if not status.standing.goals:
        return _("No goal is open.") + "\n"
    rows = [_goal(one, names) for one in status.standing.goals if one.is_shaky]
    told = block(goals_in_words(status.standing, language), rows, language, _MOST, "trueup goals", 1)
    confidence = confidence_in_words(status.standing, language)
    return f"{told}{prose(confidence)}\n" if confidence else told


def _goal(one: GoalLine, names: Names) -> tuple[str, ...]:
    _ = translator(names.language)
    said = ""
    if one.said_health and one.said_health != one.health:
        said = _("said: {health}").format(health=health(one.said_health, names)) + (" !" if one.is_watermelon else "")
    come, gone = (*way_in_words(one, names.language), "")[:2]
    return standing_in_words(one, names), one.title, come, gone, said, called(one.owners[0], names) if one.owners else ""


def _plans(status: Status, names: Names) -> str:
    language = names.language
    shaky = [one for one in status.plans if one.is_shaky]
    return block(plans_in_words(status, language), [_plan(one, status, names) for one in shaky], language, _MOST, "trueup schedule", 1)


def _plan(one: PlanLine, status: Status, names: Names) -> tuple[str, ...]:
    return lateness(one, names.language), one.title, due_in_words(one, status.today, names.language), called(one.owner, names)


def _promise(one: Promise, status: Status, names: Names) -> tuple[str, ...]:
    _ = translator(names.language)
    return called(one.address, names), needed_in_words(one.needed, one.forecast, status.today, names.language)


def _actions(status: Status, names: Names) -> str:
    language = names.language
    words = msgs("{count} open action", "{count} open actions", status.actions.open).say(language)
    if status.actions.overdue:
        words += msgs("; {count} is overdue", "; {count} are overdue", status.actions.overdue).say(language)
    rows = [
        (msgs("{count} day", "{count} days", one.days_overdue or 0).say(language), one.text, called(one.owner, names))
        for one in status.actions.actions
    ]
    return block(words, rows, language, _MOST, "trueup actions --overdue", 1)


def _decide(status: Status, names: Names) -> list[tuple[str, ...]]:
    """What waits for a decision: crossed tripwires first, then reviews, then proposals."""
    _ = translator(names.language)
    rows: list[tuple[str, ...]] = [(_("tripwire crossed"), one.title, crossed_in_words(one, names)) for one in status.tripped]
    rows += [(_("review due"), one.title, brief(one.review_by, status.today, names.language)) for one in status.reviews_due]
    waited = [msgs("for {count} day", "for {count} days", one.proposed_for or 0).say(names.language) for one in status.proposed]
    return rows + [(_("proposed"), one.title, since) for one, since in zip(status.proposed, waited, strict=True)]


def _first(names: Sequence[str], language: str) -> str:
    """The first three, and how many more there are."""
    more = len(names) - 3
    return listed(names[:3], language) + (f" +{more}" if more > 0 else "")


def _weak(status: Status, names: Names) -> Iterator[str]:
    """What makes the picture itself less sure, a line each."""
    language = names.language
    users = counted(waiting_in_words(status), language)
    _ = translator(language)
    rows: list[tuple[str, ...]] = []
    if users:
        rows.append((_("Feedback"), users, "trueup feedback"))
    if status.overloaded:
        rows.append((_("Too much to do"), _first([one.title for one in status.overloaded], language), "trueup load"))
    if status.stale_checkins:
        count = len(status.stale_checkins)
        oldest = status.stale_checkins[0].title
        told = msgs("{count} goal or plan: {first}", "{count} goals and plans: {first} …", count, first=oldest).say(language)
        rows.append((_("No check-in lately"), told, ""))
    if status.stale_series:
        rows.append((_("No value lately"), _first([one.title for one in status.stale_series], language), ""))
    if status.missed:
        missed = [with_note(one.title, brief(one.dates[-1], status.today, language), language) for one in status.missed]
        rows.append((_("No record of"), _first(missed, language), "trueup rhythm"))
    if rows:
        yield f"{_('Also')}\n{aligned(rows)}"
    if status.period:
        yield _("Only goals and plans belong to a period; without --period, actions, decisions and feedback are shown too.") + "\n"
