"""What a meeting should talk about: what is still to be done, what happened since the last one, what must be decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trueup.records.record import Record
from trueup.views.actions import Action, team_and_below
from trueup.views.decisions import Decision
from trueup.views.derived import Derived
from trueup.views.happenings import Happenings, happenings
from trueup.views.named import named_by, named_in
from trueup.views.owed import Owed, owed
from trueup.views.rhythm import Cadence
from trueup.views.selection import Selection
from trueup.views.status import SOON_DAYS, Status, status

# How far back a meeting looks that has no meeting before it.
_FIRST_LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a cadence's meeting on a day. ``since`` is the day of the meeting before it, None for the first.

    ``actions`` are the open ones of earlier meetings of the cadence, ``others`` the overdue ones that its attendees owe
    elsewhere. ``happened`` goes from the day after ``since`` to the day of the meeting or today, whichever is sooner.
    ``between`` is what the cadence's teams owe each other, as far as it is needed by ``until``, 14 days after the meeting.
    ``status`` is that of the cadence's teams, ``points`` are always on the agenda. People are addresses.
    """

    cadence: str
    title: str
    on: date
    start: datetime | None
    minutes: float | None
    since: date | None
    purpose: str | None
    attendees: tuple[str, ...]
    points: tuple[str, ...]
    actions: tuple[Action, ...]
    others: tuple[Action, ...]
    happened: Happenings
    between: tuple[Owed, ...]
    until: date
    status: Status

    @property
    def wanted(self) -> tuple[Decision, ...]:
        """The decisions that are wanted: tripwires crossed, reviews due, proposals."""
        return (*self.status.tripped, *self.status.reviews_due, *self.status.proposed)


def agenda(derived: Derived, record: Record, on: date | None = None) -> Agenda:
    """The agenda of ``record``, a cadence, for the meeting on a day; by default the next one from today on."""
    workspace = derived.workspace
    cadence = next(one for one in derived.cadences if one.address == record.address)
    day = on or (cadence.next.date if cadence.next else derived.today)
    named = named_in(workspace, record)
    teams = named_by(named, "teams")
    attendees = named_by(named, "attendees")
    before = _meeting_before(derived, cadence, day)
    since = before.fields.date("date") if before else None
    chosen = Selection(frozenset().union(*(team_and_below(workspace, team) for team in teams)) if teams else None)
    first = since + timedelta(days=1) if since and since < date.max else max(date.min + _FIRST_LOOK_BACK, derived.today) - _FIRST_LOOK_BACK
    until = date.fromordinal(min(day.toordinal() + SOON_DAYS, date.max.toordinal()))
    earlier = set(cadence.meetings)
    still_open = [one for one in derived.actions.actions if one.is_open]
    return Agenda(
        cadence=record.address,
        title=record.title,
        on=day,
        start=_start(cadence, day),
        minutes=cadence.minutes,
        since=since,
        purpose=record.fields.text("purpose"),
        attendees=attendees,
        points=record.fields.texts("agenda"),
        actions=tuple(one for one in still_open if one.source in earlier),
        others=tuple(one for one in still_open if one.source not in earlier and one.is_overdue and one.owner in attendees),
        happened=happenings(derived, first, min(day, derived.today), chosen),
        between=tuple(sorted(_between(derived, chosen, until), key=lambda one: (one.needed_on or date.max, one.needs))),
        until=until,
        status=status(derived, chosen),
    )


def _between(derived: Derived, chosen: Selection, until: date) -> Iterator[Owed]:
    """What the teams that meet owe each other soon: only what both of them can speak about."""
    for one in owed(derived):
        of_both = chosen.has((), (one.debtor,)) and chosen.has((), (one.creditor,))
        if of_both and one.needed_on is not None and one.needed_on <= until:
            yield one


def _meeting_before(derived: Derived, cadence: Cadence, day: date) -> Record | None:
    """The latest meeting of the cadence before a day."""
    records = (derived.workspace.record(address) for address in cadence.meetings)
    return next((one for one in records if one and (held := one.fields.date("date")) and held < day), None)


def _start(cadence: Cadence, day: date) -> datetime | None:
    found = (one for one in (*cadence.occurrences, *([cadence.next] if cadence.next else [])) if one.date == day)
    return next((one.start for one in found if one.start), None)
