"""How goals stand in short, the worst first: what status, report, agenda and the first page tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trueup.views.goals import Coverage, Goal, goals_among

# What nobody knows anything of is no better than what is at risk.
_ORDER = ("off-track", None, "at-risk", "on-track")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal in short. ``health`` is what its data say, or where they say nothing its owners; None where nobody does.

    ``has_begun``: its period has; before that it has no health, whatever its owners say. ``group`` is draft, open, done or
    dropped, ``status`` the one written; None where only the status of today is known, and not that of the day.
    """

    address: str
    title: str
    status: str | None
    group: str
    start: date | None
    has_begun: bool
    health: str | None
    said_health: str | None
    is_watermelon: bool
    progress: float | None
    coverage: Coverage
    pace: float | None
    owners: tuple[str, ...]

    @property
    def is_shaky(self) -> bool:
        """Whether somebody must look at it: it is not on track, nobody knows, or its owners doubt it before it has begun."""
        return self.health != "on-track" if self.has_begun else self.said_health in ("at-risk", "off-track")


@dataclass(frozen=True, slots=True)
class Standing:
    """How some open goals stand on ``today``, what is worst first and what has not begun last.

    ``on_track``, ``at_risk``, ``off_track`` and ``unknown`` count them by ``GoalLine.health``, ``not_begun`` those whose period has
    not begun: together all of them. ``net_confidence`` goes from -1 to 1, None where nobody has said anything.
    """

    today: date
    goals: tuple[GoalLine, ...]
    on_track: int
    at_risk: int
    off_track: int
    unknown: int
    not_begun: int
    net_confidence: float | None


def standing(chosen: Iterable[Goal], today: date) -> Standing:
    """How the open ones of some goals stand."""
    among = goals_among(goal for goal in chosen if goal.group == "open")
    lines = sorted(map(goal_line, among.goals), key=_worst)
    healths = [one.health for one in lines if one.has_begun]
    return Standing(
        today=today,
        goals=tuple(lines),
        on_track=healths.count("on-track"),
        at_risk=healths.count("at-risk"),
        off_track=healths.count("off-track"),
        unknown=healths.count(None),
        not_begun=among.not_begun,
        net_confidence=among.confidence.net,
    )


def goal_line(goal: Goal) -> GoalLine:
    return GoalLine(
        address=goal.address,
        title=goal.title,
        status=goal.status,
        group=goal.group,
        start=goal.start,
        has_begun=goal.has_begun,
        health=goal.data_health or goal.said_health if goal.has_begun else None,
        said_health=goal.said_health,
        is_watermelon=goal.is_watermelon,
        progress=goal.progress,
        coverage=goal.coverage,
        pace=goal.pace,
        owners=tuple(owner for owner in (goal.product_owner, goal.operations_owner) if owner),
    )


def _worst(one: GoalLine) -> tuple[bool, int, bool, float, str]:
    behind = (one.pace or 0.0) - (one.progress if one.progress is not None else one.pace or 0.0)
    return not one.has_begun, _ORDER.index(one.health), not one.is_watermelon, -behind, one.address
