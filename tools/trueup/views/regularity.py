"""How regularly people meet, say how things stand, and measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trueup.views.derived import Derived
from trueup.views.freshness import CheckinFreshness, SeriesFreshness
from trueup.views.rhythm import Cadence, Occurrence

# A quarter of a year shows whether a rhythm is kept.
KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Kept:
    """A cadence in short. ``held`` and ``missed`` count its dates of the last 90 days; None where no meeting of it was ever recorded.

    ``last_held`` is the day of the latest meeting, ``last_meeting`` its address. ``next`` is None where the record says too little.
    """

    address: str
    title: str
    next: Occurrence | None
    held: int | None
    missed: int | None
    missed_on: tuple[date, ...]
    last_held: date | None
    last_meeting: str | None


@dataclass(frozen=True, slots=True)
class Regularity:
    """``cadences`` with what is missed most often first; ``checkins`` and ``metrics`` are the stale ones.

    ``fresh_checkins`` and ``fresh_metrics`` count the others that are asked for.
    """

    today: date
    cadences: tuple[Kept, ...]
    checkins: tuple[CheckinFreshness, ...]
    fresh_checkins: int
    metrics: tuple[SeriesFreshness, ...]
    fresh_metrics: int


def regularity(derived: Derived) -> Regularity:
    """How the rhythm is kept on the day of ``derived``."""
    kept = [_kept(one, derived) for one in derived.cadences]
    checkins = [one for one in derived.checkin_freshness if one.is_stale]
    metrics = [one for one in derived.series_freshness if one.is_stale]
    return Regularity(
        today=derived.today,
        cadences=tuple(sorted(kept, key=lambda one: (-(one.missed or 0), one.address))),
        checkins=tuple(checkins),
        fresh_checkins=len(derived.checkin_freshness) - len(checkins),
        metrics=tuple(metrics),
        fresh_metrics=len(derived.series_freshness) - len(metrics),
    )


def _kept(one: Cadence, derived: Derived) -> Kept:
    since = max(derived.today, date.min + timedelta(days=KEPT_DAYS)) - timedelta(days=KEPT_DAYS)
    held, missed = ([day.date for day in one.in_state(state) if day.date > since] for state in ("held", "missed"))
    latest = derived.workspace.record(one.meetings[0]) if one.meetings else None
    return Kept(
        address=one.address,
        title=one.title,
        next=one.next,
        held=len(held) if one.meetings else None,
        missed=len(missed) if one.meetings else None,
        missed_on=tuple(missed),
        last_held=latest.fields.date("date") if latest else None,
        last_meeting=latest.address if latest else None,
    )
