"""How far a key result has come from its baseline to its target, and how far several of them have come together."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.records.periods import Period
from trueup.records.record import Item, Record
from trueup.records.series import Point
from trueup.records.workspace import Workspace

# Beyond this a share says nothing more, and must not become infinite: target and baseline may be next to the same.
_MOST = 1e12


@dataclass(frozen=True, slots=True)
class KeyResult:
    """One number of a goal on its way from ``baseline`` to ``target``, which may lie below it.

    ``current`` is what the ``source`` (the address of a metric or of a check-in) said on ``as_of``; all three are None where
    there is no data. ``progress`` is a share: 0 at the baseline, 1 at the target, below or above that where it has gone
    the wrong way or beyond; None without data, or where target and baseline are the same. ``weight`` is 1 where none is
    written. ``due`` is only there where one is written. ``pace`` is the share of the time to ``due``, else to the end of the
    goal's period, that has passed.
    """

    address: str
    title: str
    unit: str
    baseline: float | None
    target: float | None
    current: float | None
    source: str | None
    as_of: date | None
    progress: float | None
    weight: float
    due: date | None
    pace: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, what it was read from, and the day it is of."""

    value: float
    source: str
    day: date


def key_results_of(
    goal: Record, workspace: Workspace, told: Mapping[str, Reading], period: Period | None, today: date, until: date
) -> tuple[KeyResult, ...]:
    """The key results of a goal. ``told``: what its check-ins last said of each, by its id; metrics are read up to ``until``."""
    metrics = {
        reference.route[1]: reference.record
        for reference in workspace.references_from(goal)
        if len(reference.route) == 3
        and reference.route[0] == "key_results"
        and reference.route[2] == "metric"
        and reference.state == "found"
    }
    return tuple(_key_result(item, workspace, metrics.get(item.route[1]), told, period, today, until) for item in goal.items("key_results"))


def _key_result(
    item: Item,
    workspace: Workspace,
    metric: str | None,
    told: Mapping[str, Reading],
    period: Period | None,
    today: date,
    until: date,
) -> KeyResult:
    name = item.text("id") or ""
    measured = workspace.record(metric) if metric else None
    reading = (last_reading(metric, workspace, until) if metric else None) or told.get(name)
    baseline, target, due = item.number("baseline"), item.number("target"), item.date("due")
    return KeyResult(
        address=f"{item.record.address}#{name}" if name else item.record.address,
        title=item.text("title") or name,
        unit=(measured.fields.text("unit") if measured else None) or item.text("unit") or "",
        baseline=baseline,
        target=target,
        current=reading.value if reading else None,
        source=reading.source if reading else None,
        as_of=reading.day if reading else None,
        progress=progress_of(baseline, target, reading.value if reading else None),
        weight=_weight(item.number("weight")),
        due=due,
        pace=pace_of(period, today, due),
    )


def _weight(written: float | None) -> float:
    return written if written is not None and written > 0 else 1


def last_reading(metric: str, workspace: Workspace, until: date) -> Reading | None:
    """The last value of a metric's series on or before a day."""
    series = workspace.series.get(metric.partition("/")[2])
    point = _last(series.points, until) if series else None
    return Reading(point.value, metric, point.date) if point else None


def _last(points: Sequence[Point], until: date) -> Point | None:
    index = bisect_right(points, until, key=lambda point: point.date)
    return points[index - 1] if index else None


def progress_of(baseline: float | None, target: float | None, current: float | None) -> float | None:
    """``(current - baseline) / (target - baseline)``; None without data, or where there is no way to go."""
    if baseline is None or target is None or current is None or target == baseline:
        return None
    gone, way = current - baseline, target - baseline
    if not (math.isfinite(gone) and math.isfinite(way)):
        # The numbers are so large that their difference is none any more; that of their halves is.
        gone, way = current / 2 - baseline / 2, target / 2 - baseline / 2
    # Nothing gone of a way down is -0.0, which is written as such.
    return max(-_MOST, min(_MOST, gone / way)) + 0.0


def pace_of(period: Period | None, today: date, due: date | None = None) -> float | None:
    """The share of the time that has passed at the end of ``today``: of the period, or up to a ``due`` that lies before its end."""
    if period is None:
        return None
    if due is None or due >= period.end:
        return period.passed(today)
    if due < period.start:
        return float(today >= due)
    return Period(period.start, due, period.name).passed(today)


def mean_progress(parts: Iterable[tuple[float | None, float]]) -> float | None:
    """The weighted mean of the shares that are known, each taken as 0 to 1: none makes up for another. ``(share, weight)``."""
    known = [(min(1.0, max(0.0, share)), weight) for share, weight in parts if share is not None]
    if not known:
        return None
    # Against the largest, weights of any size can be added up.
    largest = max(weight for _, weight in known)
    scaled = [(share, weight / largest) for share, weight in known]
    return math.fsum(share * weight for share, weight in scaled) / math.fsum(weight for _, weight in scaled)
