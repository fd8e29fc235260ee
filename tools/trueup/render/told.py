"""Entries of a document for what views tell: goals, plans, tasks, actions, decisions, metrics."""

from __future__ import annotations

from datetime import date

from trueup.locale import msgs, translator
from trueup.render.document import Entry
from trueup.render.lines import called, health, people, short
from trueup.render.numbers import number
from trueup.render.shares import percent
from trueup.views.actions import Action
from trueup.views.decisions import Decision
from trueup.views.happenings import Done, Moved, Told
from trueup.views.names import Names
from trueup.views.obligations import Obligation
from trueup.views.owed import Owed
from trueup.views.promises import Promise
from trueup.views.status import GoalLine, PartLine, PlanLine


def goal_entry(one: GoalLine, names: Names) -> Entry:
    _ = translator(names.language)
    come = percent(one.progress, names.language) if one.progress is not None else _("no data")
    passed = _("of {share} of the time").format(share=percent(one.pace, names.language)) if one.pace is not None else ""
    said, watermelon = "", _("watermelon")
    if one.said_health and one.said_health != one.health:
        said = _("said: {health}").format(health=health(one.said_health, names)) + (f" ({watermelon})" if one.is_watermelon else "")
    return Entry(one.title, health(one.health, names), (f"{come} {passed}".strip(), said, people(one.owners, names)))


def plan_entry(one: PlanLine, today: date, names: Names) -> Entry:
    _ = translator(names.language)
    late = msgs("{count} working day late", "{count} working days late", one.days_late or 0).say(names.language)
    when = _("due {due}, forecast {forecast}").format(due=short(one.due, today), forecast=short(one.forecast, today))
    return Entry(one.title, late, (when, called(one.owner, names) if one.owner else ""))


def promise_entry(one: Promise, today: date, names: Names) -> Entry:
    _ = translator(names.language)
    when = _("needed {needed}, forecast {forecast}").format(needed=short(one.needed, today), forecast=short(one.forecast, today))
    return Entry(called(one.address, names), _("promise breaks"), (when, called(one.target, names)))


def owed_entry(one: Owed, today: date, names: Names) -> Entry:
    """What one team owes another, from whom to whom, and how many tasks wait for it."""
    _ = translator(names.language)
    when = _("needed {needed}, forecast {forecast}").format(needed=short(one.needed_on, today), forecast=short(one.forecast, today))
    lead = short(one.needed_on, today)
    if one.is_late:
        lead = msgs("{count} working day late", "{count} working days late", one.days_late or 0).say(names.language)
    waiting = msgs("{count} task waits for it", "{count} tasks wait for it", len(one.waiting)).say(names.language)
    pair = f"{called(one.debtor, names)} → {called(one.creditor, names)}"
    return Entry(one.needs_title, lead, (pair, when if one.is_late else "", waiting))


def part_entry(one: PartLine, today: date, names: Names) -> Entry:
    if one.days_late > 0:
        lead = msgs("{count} day overdue", "{count} days overdue", one.days_late).say(names.language)
    else:
        lead = short(one.due, today)
    return Entry(one.title, lead, (one.plan_title, called(one.owner, names) if one.owner else ""))


def blocked_entry(one: Obligation, names: Names) -> Entry:
    return Entry(one.title, translator(names.language)("blocked"), (one.reason or "", called(one.owner, names) if one.owner else ""))


def action_entry(one: Action, today: date, names: Names) -> Entry:
    _ = translator(names.language)
    if one.is_overdue:
        lead = msgs("{count} day overdue", "{count} days overdue", one.days_overdue or 0).say(names.language)
    else:
        lead = _("due {date}").format(date=short(one.due, today)) if one.due else _("no due date")
    carried = msgs("carried over {count} time", "carried over {count} times", one.carried).say(names.language) if one.carried else ""
    return Entry(one.text, lead, (called(one.owner, names) if one.owner else _("nobody named"), carried))


def closed_entry(one: Action, names: Names) -> Entry:
    return Entry(one.text, "", (called(one.owner, names) if one.owner else "",))


def decision_entry(one: Decision, today: date, names: Names) -> Entry:
    """A decision that is wanted, and why."""
    _ = translator(names.language)
    wire = one.tripwire
    if one.is_tripped and wire is not None and wire.value is not None:
        limit = f"> {number(wire.above)}" if wire.above is not None else f"< {number(wire.below or 0)}"
        return Entry(one.title, _("tripwire crossed"), (f"{wire.metric_title}: {number(wire.value)} ({limit})",))
    if one.is_review_due:
        return Entry(one.title, _("review due"), (short(one.review_by, today),))
    waited = msgs("for {count} day", "for {count} days", one.proposed_for or 0).say(names.language)
    return Entry(one.title, _("proposed"), (waited,))


def decided_entry(one: Decision, names: Names) -> Entry:
    record = names.workspace.record(one.address)
    status = names.status(record) if record else None
    return Entry(one.title, status.label if status else "", (people(one.deciders, names),))


def done_entry(one: Done, names: Names) -> Entry:
    late = ""
    if one.days_late and one.days_late > 0:
        late = msgs("{count} working day late", "{count} working days late", one.days_late).say(names.language)
    return Entry(one.title, "", (one.plan_title, called(one.owner, names) if one.owner else "", late))


def told_entry(one: Told, words: str | None, names: Names) -> Entry:
    """What a check-in says of its subject; a change of health is told."""
    stands = health(one.health, names) if one.health else ""
    if one.before and one.health and one.before != one.health:
        stands = f"{health(one.before, names)} → {stands}"
    return Entry(one.subject_title, stands, (words or "", called(one.author, names) if one.author else ""))


def moved_entry(one: Moved, names: Names) -> Entry:
    _ = translator(names.language)
    now = f"{number(one.value)} {one.unit}".strip()
    if one.before is None or one.before == one.value:
        return Entry(one.title, _("unchanged") if one.before == one.value else "", (now,))
    lead = "" if one.is_better is None else _("better") if one.is_better else _("worse")
    return Entry(one.title, lead, (f"{number(one.before)} → {now}",))
