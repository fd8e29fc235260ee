"""How good forecasts would have been: those of the last quarter, made again with what was known then, beside what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.history.sampling import Sample
from trueup.records.periods import Period, quarter_of
from trueup.records.workdays import Workdays
from trueup.views.experience import Experience
from trueup.views.forecast import PlanForecast, forecasts
from trueup.views.schedule import schedule


@dataclass(frozen=True, slots=True)
class BackTest:
    """Forecasts of a period, one for each open plan and week. ``held_50``, ``held_80`` and ``held_95`` are the shares of the ``decided``
    ones whose plan was done by that day. A plan that is open when its day has passed has missed it; one whose day is still to come
    is ``open``, and one that was dropped is not counted. ``plans`` is how many plans the decided ones are about."""

    period: str
    decided: int
    plans: int
    open: int
    held_50: float | None
    held_80: float | None
    held_95: float | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What ``trueup forecast`` answers: the open plans, those least likely to be in time first, and how good forecasts were.

    ``runs`` and ``seed`` make the same answer again. ``weeks`` is how far back the pace of teams was looked at. ``is_incomplete``:
    a shallow clone lacks what came before.
    """

    today: date
    runs: int
    seed: int
    weeks: int
    plans: tuple[PlanForecast, ...]
    backtest: BackTest
    is_incomplete: bool


def least_likely_first(plans: Iterable[PlanForecast]) -> tuple[PlanForecast, ...]:
    return tuple(sorted(plans, key=lambda one: (one.chance is None, one.chance, one.due or date.max, one.address)))


def quarter_before(today: date) -> Period:
    """The quarter before that of a day; of the calendar's first quarter, itself."""
    return quarter_of(max(quarter_of(today).start, date.min + timedelta(days=1)) - timedelta(days=1))


def mondays_of(period: Period) -> tuple[date, ...]:
    """The Mondays of a period: on these the week is planned."""
    first = period.start + timedelta(days=-period.start.weekday() % 7)
    return tuple(first + timedelta(days=7 * week) for week in range((period.end - first).days // 7 + 1))


def backtest(samples: Iterable[Sample], experience: Experience, period: Period, today: date, *, seed: int, runs: int) -> BackTest:
    """``samples`` are the workspaces of some days of the period, as they were; ``experience`` knows what became of their plans."""
    ended = {track.address: track.end.done for track in experience.tracks if track.sort == "plan" and not track.end.is_dropped}
    judged: list[tuple[PlanForecast, date | None]] = []
    waiting = 0
    for sample in samples:
        workdays = Workdays(sample.workspace.config.calendar)
        for one in forecasts(schedule(sample.workspace, sample.day), experience, workdays, seed=seed, runs=runs):
            if one.p80 is None or one.address not in ended:
                continue
            done = ended[one.address]
            # What is open although the latest of its days has passed has missed all of them.
            if done is None and (one.p95 is None or one.p95 >= today):
                waiting += 1
            else:
                judged.append((one, done))
    return BackTest(
        period=period.name,
        decided=len(judged),
        plans=len({one.address for one, _done in judged}),
        open=waiting,
        held_50=_share((one.p50, done) for one, done in judged),
        held_80=_share((one.p80, done) for one, done in judged),
        held_95=_share((one.p95, done) for one, done in judged),
    )


def _share(judged: Iterable[tuple[date | None, date | None]]) -> float | None:
    held = [done is not None and (promised is None or done <= promised) for promised, done in judged]
    return sum(held) / len(held) if held else None
