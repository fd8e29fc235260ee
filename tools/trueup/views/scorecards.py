"""The scorecards that teams share, computed: each item's value, its score, and from what it was computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trueup.records.periods import Period, period_of
from trueup.records.record import Item, Record
from trueup.records.workspace import Workspace
from trueup.views.execution import FIGURES, Execution
from trueup.views.goals import Goals


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One item of a scorecard.

    ``subject`` is the goal or metric that it is about, or the name of a figure of execution. ``value`` is in ``unit`` (a
    goal's in per cent); ``score`` is a share from 0 to 1, 1 where the target is reached. None where there is no data.
    ``addresses`` are the records that it was computed from.
    """

    address: str
    title: str
    weight: float
    subject: str
    target: float | None
    value: float | None
    unit: str
    score: float | None
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard. ``score`` is the weighted mean of the items that have data, ``measured`` their share of the weight."""

    address: str
    title: str
    period: str
    teams: tuple[str, ...]
    items: tuple[ScoreItem, ...]
    score: float | None
    measured: float


@dataclass(frozen=True, slots=True)
class _Sources:
    workspace: Workspace
    today: date
    goals: Goals
    execution: Execution


def scorecards(workspace: Workspace, today: date, goals: Goals, execution: Execution) -> tuple[Scorecard, ...]:
    """Every scorecard, the latest period first."""
    sources = _Sources(workspace, today, goals, execution)
    found = [_scorecard(record, sources) for record in workspace.of_kind("scorecard")]
    found.sort(key=lambda one: one.address)
    return tuple(sorted(found, key=lambda one: one.period, reverse=True))


def _scorecard(record: Record, sources: _Sources) -> Scorecard:
    teams = tuple(f"team/{name}" for name in record.fields.texts("teams"))
    period = period_of(record.fields.text("period"))
    every = [_item(item, record, _with_parts(teams, sources.workspace), period, sources) for item in record.items("items")]
    scored = [(one.score, one.weight) for one in every if one.score is not None]
    weight, whole = sum(weight for _, weight in scored), sum(one.weight for one in every)
    return Scorecard(
        address=record.address,
        title=record.title,
        period=record.fields.text("period") or "",
        teams=teams,
        items=tuple(every),
        score=sum(score * weight for score, weight in scored) / weight if weight else None,
        measured=weight / whole if whole else 0.0,
    )


def _with_parts(teams: tuple[str, ...], workspace: Workspace) -> frozenset[str]:
    """The teams with the teams that belong to them."""
    found = set(teams)
    children: dict[str, list[str]] = {}
    for team in workspace.of_kind("team"):
        children.setdefault(f"team/{team.fields.text('parent')}", []).append(team.address)
    waiting = list(teams)
    while waiting:
        new = [child for child in children.get(waiting.pop(), ()) if child not in found]
        found.update(new)
        waiting.extend(new)
    return frozenset(found)


def _item(item: Item, record: Record, teams: frozenset[str], period: Period | None, sources: _Sources) -> ScoreItem:
    goal, metric, name = item.text("goal"), item.text("metric"), item.text("execution")
    target = item.number("target")
    weight = item.number("weight")
    if goal:
        subject, found = f"goal/{goal}", _of_goal(f"goal/{goal}", sources)
    elif metric:
        subject, found = f"metric/{metric}", _of_metric(metric, target, period, sources)
    else:
        subject, found = name or "", _of_execution(name or "", target, teams, period, sources)
    value, unit, score, addresses = found
    return ScoreItem(
        address=f"{record.address}#{item.text('id') or item.route[-1]}",
        title=item.text("title") or "",
        weight=max(0.0, weight) if weight is not None else 0.0,
        subject=subject,
        target=target,
        value=value,
        unit=unit,
        score=score,
        addresses=addresses,
    )


_Computed = tuple[float | None, str, float | None, tuple[str, ...]]


def _of_goal(address: str, sources: _Sources) -> _Computed:
    goal = sources.goals.goal(address)
    if goal is None or goal.progress is None:
        return None, "%", None, ()
    return goal.progress * 100, "%", min(1.0, max(0.0, goal.progress)), (address,)


def _of_metric(metric: str, target: float | None, period: Period | None, sources: _Sources) -> _Computed:
    """The last value in the period, up to today, against the target."""
    record, series = sources.workspace.record(f"metric/{metric}"), sources.workspace.series.get(metric)
    unit = (record.fields.text("unit") if record else None) or ""
    points = series.points if series and period else ()
    last = next((one for one in reversed(points) if period and period.start <= one.date <= min(period.end, sources.today)), None)
    if record is None or last is None:
        return None, unit, None, ()
    return last.value, unit, score_of(last.value, target, lower_is_better=record.fields.text("direction") == "down"), (record.address,)


def _of_execution(name: str, target: float | None, teams: frozenset[str], period: Period | None, sources: _Sources) -> _Computed:
    found = sources.execution.figure(name, teams, period) if period else None
    unit, lower = FIGURES.get(name, ("", False))
    if found is None or found.value is None:
        return None, unit, None, ()
    return found.value, unit, score_of(found.value, target, lower_is_better=lower), found.addresses


def score_of(value: float, target: float | None, *, lower_is_better: bool) -> float | None:
    """The share of the target that is reached, from 0 to 1: value by target, or target by value where less is better.

    None without a target, and where the two cannot be compared as shares, one of them being negative.
    """
    if target is None or value < 0 or target < 0:
        return None
    if (value <= target) if lower_is_better else (value >= target):
        return 1.0
    return target / value if lower_is_better else value / target
