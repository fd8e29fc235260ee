"""The agenda of a meeting as a document."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msg, msgs, translator
from trueup.render.document import Document, Entry, Section
from trueup.render.lines import people, weekday
from trueup.render.told import (
    action_entry,
    blocked_entry,
    closed_entry,
    decided_entry,
    decision_entry,
    done_entry,
    goal_entry,
    moved_entry,
    owed_entry,
    part_entry,
    plan_entry,
    promise_entry,
    told_entry,
)
from trueup.views.agenda import Agenda
from trueup.views.names import Names


def agenda_document(agenda: Agenda, names: Names) -> Document:
    """Open actions first, then what changed, what is at risk, and the decisions that are wanted."""
    _ = translator(names.language)
    when = f"{agenda.on.isoformat()} {weekday(agenda.on, names.language)}"
    if agenda.start:
        when += agenda.start.strftime(" %H:%M")
    lasts = msgs("{count} minute", "{count} minutes", round(agenda.minutes)).say(names.language) if agenda.minutes else ""
    words = " · ".join(filter(None, (agenda.purpose or "", lasts, people(agenda.attendees, names))))
    return Document(f"{agenda.title} · {when}", words, tuple(_sections(agenda, names)), names.language)


def _sections(agenda: Agenda, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    today, status = agenda.status.today, agenda.status
    yield Section(_("Open actions"), tuple(action_entry(one, today, names) for one in agenda.actions))
    yield Section(_("Overdue elsewhere"), tuple(action_entry(one, today, names) for one in agenda.others))
    changed = _("What changed")
    if agenda.since:
        changed = msg("What changed since {date}", date=agenda.since.isoformat()).say(names.language)
    yield Section(changed, tuple(_changed(agenda, names)))
    yield Section(
        _("At risk"),
        (
            *(goal_entry(one, names) for one in status.goals if one.is_shaky),
            *(plan_entry(one, today, names) for one in status.plans if one.is_shaky),
            *(promise_entry(one, today, names) for one in status.promises),
            *(part_entry(one, today, names) for one in status.overdue),
            *(blocked_entry(one, names) for one in status.blocked),
        ),
    )
    yield Section(_("Between teams"), tuple(owed_entry(one, today, names) for one in agenda.between))
    yield Section(_("Decisions wanted"), tuple(decision_entry(one, today, names) for one in agenda.wanted))
    yield Section(_("Milestones in the next two weeks"), tuple(part_entry(one, today, names) for one in status.coming))
    yield Section(_("Always on the agenda"), tuple(Entry(one) for one in agenda.points))


def _changed(agenda: Agenda, names: Names) -> Iterator[Entry]:
    _ = translator(names.language)
    happened = agenda.happened
    yield from (_led(_("done"), done_entry(one, names)) for one in happened.done)
    yield from (_led(_("action done"), closed_entry(one, names)) for one in happened.closed)
    yield from (decided_entry(one, names) for one in happened.decided)
    yield from (told_entry(one, one.progress, names) for one in happened.told)
    yield from (moved_entry(one, names) for one in happened.moved if one.value != one.before)
    yield from (Entry(one.title, _("feedback"), (one.customer or "",), address=one.address) for one in happened.received)


def _led(lead: str, entry: Entry) -> Entry:
    return Entry(entry.text, lead, entry.facts, entry.address)
