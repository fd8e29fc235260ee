"""How something stands: by what its check-ins say, by its numbers, and how the two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trueup.records.config import Thresholds
from trueup.records.workspace import Workspace
from trueup.views.progress import Reading

# From the best to the worst.
HEALTHS = ("on-track", "at-risk", "off-track")

# User value and business value go from 1 to 5; the middle does not count as high.
_HIGH = 4
_QUADRANTS = {(True, True): "do-first", (True, False): "user-need", (False, True): "business-goal", (False, False): "reconsider"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the check-ins of a goal or a plan say up to a day, each from the latest that says it; None where none does.

    ``source`` is the check-in with ``health``, ``day`` and ``author`` are its own. ``confidence`` goes from 0 to 10, ``before``
    is the one said the time before. ``values``: what was last said of each key result, by its id.
    """

    health: str | None = None
    day: date | None = None
    author: str | None = None
    source: str | None = None
    confidence: float | None = None
    before: float | None = None
    values: Mapping[str, Reading] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checkin:
    """One check-in, as far as it can be read: ``subject`` and ``author`` are addresses."""

    address: str
    subject: str
    day: date
    author: str | None
    health: str | None
    confidence: float | None
    values: tuple[tuple[str, float], ...]


def checkins_of(workspace: Workspace, today: date) -> dict[str, tuple[Checkin, ...]]:
    """The check-ins up to a day by what they are about, oldest first; of one day by their ids."""
    found: dict[str, list[Checkin]] = {}
    for record in workspace.of_kind("checkin"):
        day = record.fields.date("date")
        if day is None or day > today:
            continue
        named = {one.route: one.record for one in workspace.references_from(record) if one.state == "found"}
        subject = named.get(("subject",))
        if subject is None:
            continue
        health, confidence, values = record.fields.text("health"), record.fields.number("confidence"), record.fields.inside("key_results")
        found.setdefault(subject, []).append(
            Checkin(
                address=record.address,
                subject=subject,
                day=day,
                author=named.get(("author",)),
                health=health if health in HEALTHS else None,
                confidence=confidence if confidence is not None and 0 <= confidence <= 10 else None,
                values=tuple((name, value) for name in values.data if (value := values.number(name)) is not None) if values else (),
            )
        )
    return {subject: tuple(sorted(them, key=lambda one: (one.day, one.address))) for subject, them in sorted(found.items())}


def said_in(checkins: Sequence[Checkin]) -> Said:
    """What check-ins of one subject, oldest first, say together."""
    telling = next((one for one in reversed(checkins) if one.health), None)
    confidences = [one.confidence for one in checkins if one.confidence is not None]
    return Said(
        health=telling.health if telling else None,
        day=telling.day if telling else None,
        author=telling.author if telling else None,
        source=telling.address if telling else None,
        confidence=confidences[-1] if confidences else None,
        before=confidences[-2] if len(confidences) > 1 else None,
        values={name: Reading(value, one.address, one.day) for one in checkins for name, value in one.values},
    )


def health_of(progress: float | None, pace: float | None, thresholds: Thresholds) -> str | None:
    """Health by the numbers: how many percentage points progress lies behind pace, against the workspace's thresholds."""
    behind = behind_of(progress, pace)
    if progress is None or behind is None:
        return None
    if progress >= 1 or behind <= 0:
        return "on-track"
    if behind >= thresholds.off_track_behind:
        return "off-track"
    return "at-risk" if behind >= thresholds.at_risk_behind else "on-track"


def behind_of(progress: float | None, pace: float | None) -> float | None:
    """By how many percentage points progress lies behind pace; negative where it is ahead."""
    if progress is None or pace is None:
        return None
    # Without what the computer's fractions add: 0.6 against 0.5 is 10 points, not 9.999999999999998.
    return round((pace - progress) * 100, 9)


def is_better(one: str | None, other: str | None) -> bool:
    """Whether the first health is better than the second; not where one of them is unknown."""
    return one in HEALTHS and other in HEALTHS and HEALTHS.index(one) < HEALTHS.index(other)


def quadrant_of(user_value: float | None, business_value: float | None) -> str | None:
    """Where a goal stands between what users need and what the business wants; None where one of the two is not judged."""
    if user_value is None or business_value is None or not (1 <= user_value <= 5 and 1 <= business_value <= 5):
        return None
    return _QUADRANTS[user_value >= _HIGH, business_value >= _HIGH]
