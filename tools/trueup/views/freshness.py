"""How fresh what people rely on is: the latest check-in of each goal and plan, the latest value of each metric."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import period_of
from trueup.records.record import Record
from trueup.records.workspace import Workspace

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


def latest_checkins(workspace: Workspace, today: date) -> dict[str, Record]:
    """The last check-in on or before ``today`` of each goal and plan, by its address; of two on a day the later by id."""
    found: dict[str, Record] = {}
    days: dict[str, tuple[date, str]] = {}
    for record in workspace.of_kind("checkin"):
        subject, day = record.fields.text("subject"), record.fields.date("date")
        if subject and day and day <= today and (subject not in days or days[subject] < (day, record.id)):
            found[subject], days[subject] = record, (day, record.id)
    return found


def checkin_freshness(workspace: Workspace, today: date) -> tuple[CheckinFreshness, ...]:
    """Every active goal and plan, the stalest first."""
    latest = latest_checkins(workspace, today)
    limit = workspace.config.thresholds.checkin_days
    found = [
        _checkin(record, latest.get(record.address), today, limit)
        for kind in ("goal", "plan")
        for record in workspace.of_kind(kind)
        if record.status == "active"
    ]
    return tuple(sorted(found, key=lambda one: (-(one.age if one.age is not None else -1), one.address)))


def _checkin(record: Record, checkin: Record | None, today: date, limit: int) -> CheckinFreshness:
    on = checkin.fields.date("date") if checkin else None
    since = on or _began(record)
    age = (today - since).days if since and since <= today else None
    owner = record.role("owner")
    return CheckinFreshness(
        address=record.address,
        title=record.title,
        owner=f"person/{owner}" if owner else None,
        checkin=checkin.address if checkin else None,
        on=on,
        age=age,
        is_stale=age is not None and age > limit,
    )


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
    owner = record.role("owner")
    return SeriesFreshness(
        address=record.address,
        title=record.title,
        owner=f"person/{owner}" if owner else None,
        on=last.date if last else None,
        value=last.value if last else None,
        age=(today - last.date).days if last else None,
        expected=expected,
        is_stale=bool(between) and (expected is None or today - expected > grace),
    )
