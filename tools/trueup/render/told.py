"""Entries of a document for what views tell: goals, plans, tasks, actions, decisions, metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from trueup.locale import msg, msgs, translator
from trueup.locale.days import brief, written
from trueup.locale.joining import clauses, led, separated, with_note
from trueup.render.document import Entry
from trueup.render.lateness import due_in_words, lateness, needed_in_words
from trueup.render.lines import called, health, later_in_words, people, way_in_words
from trueup.render.numbers import number, with_unit
from trueup.render.workload import days_of_work
from trueup.views.actions import Action
from trueup.views.decisions import Decision
from trueup.views.happenings import Done, Moved, Told
from trueup.views.names import Names
from trueup.views.obligations import Obligation
from trueup.views.owed import Owed
from trueup.views.standing import GoalLine
from trueup.views.status import PartLine, PlanLine, Status
from trueup.views.values import Choice, tone_of
from trueup.views.workload import PersonLoad


def tone_of_health(value: str | None) -> str:
    """How a health looks; a goal of which nobody knows has none."""
    return tone_of(None, value) if value else "draft"


def more_entries(count: int, language: str) -> tuple[Entry, ...]:
    """How many more there are below a list that is cut short, if any."""
    return (Entry(msgs("… and {count} more", "… and {count} more", count).say(language)),) if count > 0 else ()


def goal_entry(one: GoalLine, names: Names) -> Entry:
    _ = translator(names.language)
    way = way_in_words(one, names.language)
    if one.group in ("done", "dropped"):
        state = status_of(one, names)
        label, tone = (state.label, state.tone) if state else ("", one.group)
        return Entry(one.title, label, (way[0], people(one.owners, names)), one.address, tone)
    said = ""
    if one.said_health and one.said_health != one.health:
        told = _("said: {health}").format(health=health(one.said_health, names))
        said = with_note(told, _("watermelon") if one.is_watermelon else "", names.language)
    if not one.has_begun:
        begins = _("begins {date}").format(date=written(one.start, names.language)) if one.start else ""
        return Entry(one.title, "", (begins, said, people(one.owners, names)), one.address)
    facts = (clauses(way, names.language), said, people(one.owners, names))
    return Entry(one.title, health(one.health, names), facts, one.address, tone_of_health(one.health))


def status_of(one: GoalLine, names: Names) -> Choice | None:
    """The status of a goal by the word of its schema; None where only that of another day is known."""
    record = names.workspace.record(one.address)
    return names.state(record.kind, record.kind.field("status"), one.status) if record and one.status else None


def plan_entry(one: PlanLine, today: date, names: Names) -> Entry:
    when = due_in_words(one, today, names.language)
    facts = (when, called(one.owner, names) if one.owner else "")
    tone = "bad" if one.is_overdue else "warn" if one.is_late else "draft"
    return Entry(one.title, lateness(one, names.language), facts, one.address, tone)


def held_up_entries(found: Status, names: Names) -> Iterator[Entry]:
    """What is overdue, what breaks a promise, what is blocked, in this order: each task once, with all that there is to say of it."""
    promises: dict[str, list[str]] = {}
    for one in found.promises:
        when = needed_in_words(one.needed, one.forecast, found.today, names.language)
        wanted = msg("for {title}", title=called(one.target, names)).say(names.language)
        promises.setdefault(one.address, []).append(with_note(when, wanted, names.language))
    blocked = {one.address: one for one in found.blocked}
    for part in found.overdue:
        told, why = part_entry(part, found.today, names), blocked.pop(part.address, None)
        yield replace(told, facts=(*told.facts, *promises.pop(part.address, ()), *([_blocked_in_words(why, names)] if why else [])))
    for address, facts in promises.items():
        why = blocked.pop(address, None)
        facts += [_blocked_in_words(why, names)] if why else []
        owner = names.owner_of(address)
        facts = [called(owner, names) if owner else "", *facts]
        yield Entry(called(address, names), translator(names.language)("promise breaks"), tuple(facts), address, "bad")
    for one_blocked in blocked.values():
        yield blocked_entry(one_blocked, names)


def _blocked_in_words(one: Obligation, names: Names) -> str:
    return (msg("blocked: {reason}", reason=one.reason) if one.reason else msg("blocked")).say(names.language)


def owed_entry(one: Owed, today: date, names: Names) -> Entry:
    """What one team owes another, from whom to whom, and how many tasks wait for it."""
    _ = translator(names.language)
    when = needed_in_words(one.needed_on, one.forecast, today, names.language)
    lead, tone = brief(one.needed_on, today, names.language), ""
    if one.is_late:
        tone = "bad"
        lead = msgs("{count} working day late", "{count} working days late", one.days_late or 0).say(names.language)
    waiting = msgs("{count} task waits for it", "{count} tasks wait for it", len(one.waiting)).say(names.language)
    pair = f"{called(one.debtor, names)} → {called(one.creditor, names)}"
    return Entry(one.needs_title, lead, (pair, when if one.is_late else "", waiting), one.needs, tone)


def part_entry(one: PartLine, today: date, names: Names) -> Entry:
    if one.days_overdue > 0:
        lead = msgs("{count} day overdue", "{count} days overdue", one.days_overdue).say(names.language)
    else:
        lead = clauses((brief(one.due, today, names.language), *later_in_words(one, names.language)), names.language)
    facts = (one.plan_title, called(one.owner, names) if one.owner else "")
    return Entry(one.title, lead, facts, one.address, "bad" if one.days_overdue > 0 else "")


def blocked_entry(one: Obligation, names: Names) -> Entry:
    facts = (one.reason or "", called(one.owner, names) if one.owner else "")
    return Entry(one.title, translator(names.language)("blocked"), facts, one.address, "warn")


def action_entry(one: Action, today: date, names: Names) -> Entry:
    _ = translator(names.language)
    if one.is_overdue:
        lead = msgs("{count} day overdue", "{count} days overdue", one.days_overdue or 0).say(names.language)
    else:
        lead = _("due {date}").format(date=brief(one.due, today, names.language)) if one.due else _("no due date")
    carried = msgs("carried over {count} time", "carried over {count} times", one.carried).say(names.language) if one.carried else ""
    owner = called(one.owner, names) if one.owner else _("nobody named")
    facts = (f"→ {one.solution}" if one.solution else "", owner, carried)
    return Entry(one.text, lead, facts, one.address, "bad" if one.is_overdue else "")


def load_entry(one: PersonLoad, names: Names) -> Entry:
    """Somebody who has too much to do, and in which weeks."""
    words = translator(names.language)("{week}: {load} days of work in {capacity}")
    weeks = (
        words.format(week=week.week[5:], load=days_of_work(week.load), capacity=days_of_work(week.capacity))
        for week in one.weeks
        if week.is_over
    )
    return Entry(one.title, translator(names.language)("too much to do"), (separated(weeks, names.language),), one.address or "", "warn")


def closed_entry(one: Action, names: Names) -> Entry:
    facts = (called(one.owner, names) if one.owner else "",)
    return Entry(one.text, translator(names.language)("action done"), facts, one.address, "done")


def decision_entry(one: Decision, today: date, names: Names) -> Entry:
    """A decision that is wanted, and why."""
    _ = translator(names.language)
    if one.is_tripped:
        return Entry(one.title, _("tripwire crossed"), (crossed_in_words(one, names),), one.address, "bad")
    if one.is_review_due:
        return Entry(one.title, _("review due"), (brief(one.review_by, today, names.language),), one.address, "warn")
    waited = msgs("for {count} day", "for {count} days", one.proposed_for or 0).say(names.language)
    return Entry(one.title, _("proposed"), (waited,), one.address, "draft")


def crossed_in_words(one: Decision, names: Names) -> str:
    """The metric with its value, and the number that it has passed."""
    wire = one.tripwire
    if wire is None or wire.value is None:
        return ""
    limit = f"> {number(wire.above)}" if wire.above is not None else f"< {number(wire.below or 0)}"
    return led(wire.metric_title, with_note(number(wire.value), limit, names.language), names.language)


def decided_entry(one: Decision, names: Names) -> Entry:
    kind = names.workspace.kinds["decision"]
    facts = (people(one.deciders, names),)
    if not one.status:
        return Entry(one.title, "", facts, one.address)
    state = names.state(kind, kind.field("status"), one.status)
    return Entry(one.title, state.label, facts, one.address, state.tone)


def done_entry(one: Done, names: Names) -> Entry:
    late = ""
    if one.days_late and one.days_late > 0:
        late = msgs("{count} working day late", "{count} working days late", one.days_late).say(names.language)
    facts = (one.plan_title, called(one.owner, names) if one.owner else "", late)
    return Entry(one.title, translator(names.language)("done"), facts, one.address, "done")


def told_entry(one: Told, words: str | None, names: Names) -> Entry:
    """What a check-in says of its subject; a change of health is told."""
    stands = health(one.health, names) if one.health else ""
    if one.before and one.health and one.before != one.health:
        stands = f"{health(one.before, names)} → {stands}"
    facts = (words or "", called(one.author, names) if one.author else "")
    return Entry(one.subject_title, stands, facts, one.subject, tone_of_health(one.health) if one.health else "")


def moved_entry(one: Moved, names: Names) -> Entry:
    _ = translator(names.language)
    now = with_unit(number(one.value), one.unit)
    if one.before is None or one.before == one.value:
        return Entry(one.title, _("unchanged") if one.before == one.value else "", (now,), one.address)
    facts = (f"{number(one.before)} → {now}",)
    if one.is_better is None:
        return Entry(one.title, "", facts, one.address)
    lead, tone = (_("better"), "good") if one.is_better else (_("worse"), "bad")
    return Entry(one.title, lead, facts, one.address, tone)
