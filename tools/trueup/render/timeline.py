"""Timelines for the terminal: a row a day."""

from __future__ import annotations

from trueup.locale import translator
from trueup.render.lines import health
from trueup.render.shares import percent
from trueup.render.tables import Table
from trueup.views.names import Names
from trueup.views.timeline import GoalMoment, Moment, PlanMoment, Timeline

_BAR = 20


def timeline_table(found: Timeline, language: str) -> Table:
    """All of it: how goals stood, how much was done of what was planned, what was late, what came in."""
    _ = translator(language)
    has_findings = any(one.errors is not None for one in found.moments)
    columns: tuple[str, ...] = ("day", "on_track", "at_risk", "off_track", "unknown", "done", "total", "late_plans", "received", "waiting")
    headings: tuple[str, ...] = (
        _("Day"), _("On track"), _("At risk"), _("Off track"), _("No data"), _("Done"), _("Planned parts"), _("Late plans"),
        _("Feedback"), _("Not settled"),
    )  # fmt: skip
    if has_findings:
        columns, headings = (*columns, "errors", "warnings"), (*headings, _("Errors"), _("Warnings"))
    rows = tuple(tuple(one.day.isoformat() if name == "day" else getattr(one, name) for name in columns) for one in found.moments)
    return Table(columns, rows, dict(zip(columns, headings, strict=True)), gap=2)


def goal_over_time(found: Timeline, address: str, names: Names) -> Table:
    """One goal's progress, pace and health."""
    _ = translator(names.language)
    columns: tuple[str, ...] = ("day", "progress", "pace", "health", "said_health", "confidence")
    headings = (_("Day"), _("Progress"), _("Pace"), _("Health"), _("Said"), _("Confidence"))
    rows = tuple(_goal_row(moment, one, names) for moment in found.moments for one in moment.goals if one.address == address)
    return Table(columns, rows, dict(zip(columns, headings, strict=True)))


def _goal_row(moment: Moment, one: GoalMoment, names: Names) -> tuple[object, ...]:
    shares = (percent(share) if share is not None else "–" for share in (one.progress, one.pace))
    confidence = "–" if one.confidence is None else f"{one.confidence:g}/10"
    return moment.day.isoformat(), *shares, health(one.health, names), health(one.said_health, names), confidence


def plan_over_time(found: Timeline, address: str, language: str) -> Table:
    """One plan's burn-up: what was to be done and what was done of it, with the due date and the forecast of each day."""
    _ = translator(language)
    columns: tuple[str, ...] = ("day", "done", "total", "bar", "due", "forecast")
    headings = (_("Day"), _("Done"), _("Planned parts"), "", _("Due"), _("Forecast"))
    moments = [(moment, one) for moment in found.moments for one in moment.plans if one.address == address]
    most = max((one.total for _moment, one in moments), default=0)
    rows = tuple(
        (moment.day.isoformat(), one.done, one.total, _bar(one, most), _day(one.due), _day(one.forecast)) for moment, one in moments
    )
    return Table(columns, rows, dict(zip(columns, headings, strict=True)))


def _bar(one: PlanMoment, most: int) -> str:
    """What is done as a full bar, what is left as a light one, both against the most that there ever was."""
    scale = _BAR / max(most, 1)
    done = round(one.done * scale)
    return "█" * done + "░" * (round(one.total * scale) - done)


def _day(day: object) -> str:
    return "–" if day is None else str(day)
