"""The agenda of a meeting as a document."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msg, msgs, translator
from trueup.locale.days import brief, with_weekday, written
from trueup.locale.joining import sentences, with_note
from trueup.render.completeness import incomplete_in_words
from trueup.render.document import Document, Entry, Section
from trueup.render.lines import people
from trueup.render.told import (
    action_entry,
    closed_entry,
    decided_entry,
    decision_entry,
    done_entry,
    goal_entry,
    held_up_entries,
    more_entries,
    moved_entry,
    owed_entry,
    part_entry,
    plan_entry,
    told_entry,
)
from trueup.views.agenda import Agenda
from trueup.views.names import Names

# So many of each sort of thing that has changed are told; the rest is counted. "--format json" has them all.
_MOST = 6


def agenda_document(agenda: Agenda, names: Names) -> Document:
    """Open actions first, then what changed, what is at risk, and the decisions that are wanted."""
    lasts = msgs("{count} minute", "{count} minutes", round(agenda.minutes)).say(names.language) if agenda.minutes else ""
    words = " · ".join(filter(None, (agenda.purpose or "", lasts, people(agenda.attendees, names))))
    title = f"{agenda.title} · {_when(agenda, names)}"
    return Document(title, words, tuple(_sections(agenda, names)), names.language, _note(agenda, names))


def _when(agenda: Agenda, names: Names) -> str:
    """The day, and the time on the clock of the cadence's own zone."""
    day = with_weekday(written(agenda.on, names.language), agenda.on, names.language)
    if agenda.start is None:
        return day
    zone = str(agenda.start.tzinfo) if agenda.start.tzinfo else ""
    return with_note(f"{day} {agenda.start:%H:%M}", zone, names.language)


def _note(agenda: Agenda, names: Names) -> str:
    """What there is to know of all that follows: that it may be incomplete, and of which day it is."""
    incomplete = incomplete_in_words(agenda.status.completeness, names.language)
    return sentences(filter(None, (incomplete, _as_of(agenda, names))), names.language)


def _as_of(agenda: Agenda, names: Names) -> str:
    """Of which day everything is that follows, where that is not the day of the meeting."""
    today = agenda.status.today
    if agenda.on > today:
        return msg("Everything below is as it stands on {today}.", today=written(today, names.language)).say(names.language)
    if agenda.on < today:
        words = msg(
            "What changed is told up to the day of the meeting; everything else below is as it stands on {today}.",
            today=written(today, names.language),
        )
        return words.say(names.language)
    return ""


def _sections(agenda: Agenda, names: Names) -> Iterator[Section]:
    _ = translator(names.language)
    today, status = agenda.status.today, agenda.status
    yield Section(_("Open actions"), tuple(action_entry(one, today, names) for one in agenda.actions))
    yield Section(_("Overdue elsewhere"), tuple(action_entry(one, today, names) for one in agenda.others))
    changed = _("What changed")
    if agenda.since:
        changed = msg("What changed since {date}", date=brief(agenda.since, today, names.language)).say(names.language)
    yield Section(changed, tuple(_changed(agenda, names)))
    yield Section(
        _("What is at risk"),
        (
            *(goal_entry(one, names) for one in status.standing.goals if one.is_shaky),
            *(plan_entry(one, today, names) for one in status.plans if one.is_shaky),
            *held_up_entries(status, names),
        ),
    )
    between = msg("Between teams, needed by {date}", date=brief(agenda.until, today, names.language)).say(names.language)
    yield Section(between, tuple(owed_entry(one, today, names) for one in agenda.between))
    yield Section(_("Decisions wanted"), tuple(decision_entry(one, today, names) for one in agenda.wanted))
    yield Section(_("Milestones in the next two weeks"), tuple(part_entry(one, today, names) for one in status.coming))
    yield Section(_("Always on the agenda"), tuple(Entry(one) for one in agenda.points))


def _changed(agenda: Agenda, names: Names) -> Iterator[Entry]:
    """The first of each sort, and how many more there are of all."""
    _ = translator(names.language)
    happened = agenda.happened
    sorts = (
        [done_entry(one, names) for one in happened.done],
        [closed_entry(one, names) for one in happened.closed],
        [decided_entry(one, names) for one in happened.decided],
        [told_entry(one, one.progress, names) for one in happened.told],
        [moved_entry(one, names) for one in happened.moved if one.value != one.before],
        [Entry(one.title, _("feedback"), (one.customer or "",), address=one.address) for one in happened.received],
    )
    for entries in sorts:
        yield from entries[:_MOST]
    yield from more_entries(sum(max(0, len(entries) - _MOST) for entries in sorts), names.language)
