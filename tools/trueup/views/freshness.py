"""How fresh what people rely on is: the latest check-in of each goal and plan, the latest value of each metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import period_of
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.health import Checkin, checkins_of

# The longest time between two values of a metric, in days.
_BETWEEN = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92}


@dataclass(frozen=True, slots=True)
class CheckinFreshness:
    """How long an active goal or plan has gone without a check-in.

    ``age``: calendar days since the latest check-in, or since it began where there is none; None where neither is known.
    ``owner`` is a person's address.
    """

    address: str
    title: str
    owner: str | None
    checkin: str | None
    on: date | None
    age: int | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class SeriesFreshness:
    """How long a metric has gone without a value. ``expected``: the day on which the next one is due; None without a cadence.

    ``age``: calendar days since the latest value, None where there is none. ``is_stale``: it is later than its grace allows;
    a metric with a cadence that has no value at all is stale.
    """

    address: str
    title: str
    owner: str | None
    on: date | None
    value: float | None
    age: int | None
    expected: date | None
    is_stale: bool


def checkin_freshness(
    workspace: Workspace, today: date, checkins: Mapping[str, tuple[Checkin, ...]] | None = None
) -> tuple[CheckinFreshness, ...]:
    """Every active goal and plan, the stalest first; a paused plan owes no check-in. ``checkins`` as ``goals`` takes them."""
    checkins = checkins_of(workspace, today) if checkins is None else checkins
    limit = workspace.config.thresholds.checkin_days
    found = [
        _checkin(record, (checkins.get(record.address) or (None,))[-1], today, limit)
        for kind in ("goal", "plan")
        for record in workspace.of_kind(kind)
        if record.status == "active"
    ]
    return tuple(sorted(found, key=lambda one: (-(one.age if one.age is not None else -1), one.address)))


def _checkin(record: Record, checkin: Checkin | None, today: date, limit: int) -> CheckinFreshness:
    since = checkin.day if checkin else _began(record)
    age = (today - since).days if since and since <= today else None
    return CheckinFreshness(
        address=record.address,
        title=record.title,
        owner=_owner(record),
        checkin=checkin.address if checkin else None,
        on=checkin.day if checkin else None,
        age=age,
        is_stale=age is not None and age > limit,
    )


def _owner(record: Record) -> str | None:
    owner = record.role("owner")
    return f"person/{owner}" if owner else None


def _began(record: Record) -> date | None:
    period = period_of(record.fields.text("period"))
    return record.fields.date("start") or (period.start if period else None)


def series_freshness(workspace: Workspace, today: date) -> tuple[SeriesFreshness, ...]:
    """Every metric, in the order of the records. Values after ``today`` do not count."""
    grace = timedelta(days=workspace.config.thresholds.series_days)
    return tuple(_series(record, workspace, today, grace) for record in workspace.of_kind("metric"))


def _series(record: Record, workspace: Workspace, today: date, grace: timedelta) -> SeriesFreshness:
    series = workspace.series.get(record.id)
    last = next((point for point in reversed(series.points) if point.date <= today), None) if series else None
    between = _BETWEEN.get(record.fields.text("cadence") or "")
    expected = last.date + timedelta(days=between) if last and between and last.date.year < date.max.year else None
    return SeriesFreshness(
        address=record.address,
        title=record.title,
        owner=_owner(record),
        on=last.date if last else None,
        value=last.value if last else None,
        age=(today - last.date).days if last else None,
        expected=expected,
        is_stale=bool(between) and (expected is None or today - expected > grace),
    )
