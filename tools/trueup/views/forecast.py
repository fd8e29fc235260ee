"""When open plans will be done, by what became of earlier promises: the same future is played many times (Monte Carlo).

Two things are known, and each is played by itself. Slips: the plan's due date, or the schedule's forecast where that is later, moves as
far as one of the earlier dates of its team was missed, drawn at random (reference-class forecasting; B. Flyvbjerg, "From Nobel Prize to
project management", 2006). Pace: the team does the open tasks of all its plans, what is due first before the rest; of those it could
work on as large a share each week as in a week drawn from its last 13 (D. Vacanti, "When Will It Be Done?", 2020). Both answers count
alike, the n-th day of one with the n-th of the other (K. C. Lichtendahl and others, "Is It Better to Average Probabilities or
Quantiles?", 2013). A plan whose critical path goes through another one comes at least as much later than scheduled as that one.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from trueup.records.workdays import Workdays
from trueup.views.experience import Experience, Week
from trueup.views.schedule import Schedule, ScheduledPlan

# Fewer earlier dates than this say nothing of a team; then those of all teams are taken.
FEWEST = 5
RUNS = 1000
# What a team does not get done within two years of such weeks has no day.
_MOST_WEEKS = 104
_NEVER = 10**6


@dataclass(frozen=True, slots=True)
class PlanForecast:
    """An open plan. ``p50``, ``p80`` and ``p95``: the day by which it is done in so many of a hundred runs, and ``days_50`` to
    ``days_95`` how many working days that is from today; None where there is nothing to go by, or more than two years.

    ``chance`` is the share of the runs that end on ``due`` or before it. ``samples`` is how many earlier dates it was drawn from,
    which are ``borrowed`` from all teams where its own has too few. ``tasks_a_week`` is the mean of the team's last weeks, None
    where its pace is not known and played no part. ``open_tasks`` are so many tasks as are neither done nor dropped.
    """

    address: str
    title: str
    team: str | None
    owner: str | None
    due: date | None
    scheduled: date | None
    p50: date | None
    p80: date | None
    p95: date | None
    days_50: int | None
    days_80: int | None
    days_95: int | None
    chance: float | None
    samples: int
    borrowed: bool
    tasks_a_week: float | None
    open_tasks: int


def forecasts(
    schedule: Schedule, experience: Experience, workdays: Workdays, *, seed: int = 0, runs: int = RUNS
) -> tuple[PlanForecast, ...]:
    """All open plans that are not paused, by address: as of the day of the schedule, by what had been written up to then.

    The same on every machine for the same seed. Each plan draws numbers of its own, so that one plan more changes no other.
    Linear in the runs, and in the plans and their tasks.
    """
    plans = [plan for plan in schedule.plans if not plan.is_paused]
    slips, paces = experience.slips(schedule.today, workdays), experience.paces(schedule.today)
    lots = {plan.address: _Lot.of(plan, slips, schedule.today, workdays) for plan in plans}
    ends = _played(plans, lots, paces, schedule.today, workdays, seed, runs)
    return tuple(_forecast(plan, lots[plan.address], paces, ends[plan.address], schedule.today, workdays) for plan in plans)


@dataclass(frozen=True, slots=True)
class _Lot:
    """What a plan's days are drawn from, as working days from today on. ``scheduled`` is the schedule's forecast in the same measure."""

    days: tuple[int, ...]
    samples: int
    borrowed: bool
    scheduled: int | None

    @classmethod
    def of(cls, plan: ScheduledPlan, slips: Mapping[str, tuple[int, ...]], today: date, workdays: Workdays) -> _Lot:
        own = slips.get(plan.team or "", ())
        borrowed = len(own) < FEWEST
        drawn = slips[""] if borrowed else own
        scheduled = _distance(plan.forecast, today, workdays) if plan.forecast else None
        ends = [_distance(day, today, workdays) for day in (plan.due, plan.forecast) if day]
        if not ends or len(drawn) < FEWEST:
            return cls((), len(drawn), borrowed, scheduled)
        # It is open today: what would have ended before is no longer among what can happen, unless all of it is.
        days = [max(ends) + slip for slip in drawn]
        return cls(tuple(day for day in days if day >= 0) or (0,), len(drawn), borrowed, scheduled)


def _distance(day: date, today: date, workdays: Workdays) -> int:
    return workdays.between(today, day)


def _played(
    plans: Sequence[ScheduledPlan],
    lots: Mapping[str, _Lot],
    paces: Mapping[str, tuple[Week, ...]],
    today: date,
    workdays: Workdays,
    seed: int,
    runs: int,
) -> dict[str, list[int]]:
    """The days of each plan, rising, so that those of plans that wait for each other are bad together; none with nothing to draw from."""
    ends: dict[str, list[int]] = {}
    queues = {team: _Queue.of(team, plans, today, workdays) for team in paces}
    work = {team: queue.played(paces[team], _numbers(seed, team), runs) for team, queue in queues.items()}
    waits = {plan.address: _waits_for(plan, lots) for plan in plans}
    # A plan on whose critical path another one lies comes after it, as its forecast does; in a circle somebody is first.
    for plan in sorted(plans, key=lambda one: (one.forecast or date.max, one.address)):
        lot, numbers = lots[plan.address], _numbers(seed, plan.address)
        done = work.get(plan.team or "", {}).get(plan.address)
        drawn = [lot.days[int(numbers.random() * len(lot.days))] for _run in range(runs)] if lot.days else []
        if done:
            # Without earlier dates to draw from, the pace alone is something to go by.
            done.sort()
            drawn = [(one + other + 1) // 2 for one, other in zip(sorted(drawn), done, strict=True)] if drawn else done
        drawn.sort()
        for other in waits[plan.address]:
            before, scheduled = lots[other].scheduled, lot.scheduled
            if drawn and ends.get(other) and before is not None and scheduled is not None:
                drawn = [max(day, scheduled + later - before) for day, later in zip(drawn, ends[other], strict=True)]
        ends[plan.address] = drawn
    return ends


def _numbers(seed: int, name: str) -> Random:
    """Numbers that only have to be the same everywhere: what a text seeds, and ``random()`` after it, no version of Python changes."""
    return Random(f"{seed}/{name}")  # noqa: S311


def _waits_for(plan: ScheduledPlan, lots: Mapping[str, _Lot]) -> list[str]:
    """The other plans through which the critical path of a plan goes."""
    found = dict.fromkeys(step.address.partition("#")[0] for step in plan.critical_path)
    return [address for address in found if address != plan.address and address in lots]


@dataclass(frozen=True, slots=True)
class _Queue:
    """The open tasks of a team by the plan of each, what is due first before the rest; ``counts`` are so many of each plan.

    ``begin`` says which of them may begin in which week from today, ``weeks`` how many working days there are to the end of each.
    """

    tasks: tuple[str, ...]
    counts: Mapping[str, int]
    begin: Mapping[int, Sequence[int]]
    weeks: tuple[int, ...]

    @classmethod
    def of(cls, team: str, plans: Iterable[ScheduledPlan], today: date, workdays: Workdays) -> _Queue:
        found = []
        for plan in plans:
            for part in plan.parts if plan.team == team else ():
                if not part.is_milestone and part.status not in ("done", "dropped"):
                    week = max(0, (part.start - today).days // 7) if part.start else 0
                    found.append((part.due or plan.due or date.max, part.address, plan.address, week))
        found.sort()
        begin: dict[int, list[int]] = {}
        for place, (_due, _address, _plan, week) in enumerate(found):
            begin.setdefault(week, []).append(place)
        tasks = tuple(plan for _due, _address, plan, _week in found)
        most = min(_MOST_WEEKS, (date.max - today).days // 7)
        weeks = tuple(workdays.between(today, today + timedelta(days=7 * (week + 1))) for week in range(most))
        return cls(tasks, Counter(tasks), begin, weeks)

    def played(self, pace: Sequence[Week], numbers: Random, runs: int) -> dict[str, list[int]]:
        """Run by run the day on which the last task of each plan is done."""
        ends: dict[str, list[int]] = {plan: [] for plan in self.counts}
        for _run in range(runs):
            done = dict.fromkeys(ends, _NEVER)
            done.update(self._one_run(pace, numbers))
            for plan, day in done.items():
                ends[plan].append(day)
        return ends

    def _one_run(self, pace: Sequence[Week], numbers: Random) -> Iterator[tuple[str, int]]:
        """The plans in the order in which their last tasks are done. Those of a week are spread evenly over its working days."""
        left = dict(self.counts)
        ready: list[int] = []
        before, waiting = 0, len(self.tasks)
        for week, days in enumerate(self.weeks):
            for place in self.begin.get(week, ()):
                insort(ready, place)
            drawn = pace[int(numbers.random() * len(pace))]
            count = int(len(ready) * drawn.done / drawn.ready + numbers.random())
            for index, place in enumerate(ready[:count]):
                plan = self.tasks[place]
                left[plan] -= 1
                if not left[plan]:
                    yield plan, before + math.ceil((days - before) * (index + 1) / count)
            del ready[:count]
            before, waiting = days, waiting - count
            if not waiting:
                return


def _forecast(
    plan: ScheduledPlan, lot: _Lot, paces: Mapping[str, tuple[Week, ...]], ends: Sequence[int], today: date, workdays: Workdays
) -> PlanForecast:
    days = [_percentile(ends, share) for share in (0.5, 0.8, 0.95)]
    dates = [workdays.add(today, count) if count is not None else None for count in days]
    due = _distance(plan.due, today, workdays) if plan.due else None
    pace = paces.get(plan.team or "")
    return PlanForecast(
        address=plan.address,
        title=plan.title,
        team=plan.team,
        owner=plan.owner,
        due=plan.due,
        scheduled=plan.forecast,
        p50=dates[0],
        p80=dates[1],
        p95=dates[2],
        days_50=days[0],
        days_80=days[1],
        days_95=days[2],
        chance=sum(day <= due for day in ends) / len(ends) if ends and due is not None else None,
        samples=lot.samples,
        borrowed=lot.borrowed,
        tasks_a_week=sum(week.done for week in pace) / len(pace) if pace else None,
        open_tasks=sum(part.status not in ("done", "dropped") for part in plan.parts if not part.is_milestone),
    )


def _percentile(ends: Sequence[int], share: float) -> int | None:
    """The smallest day by which that share of the runs has ended; None without runs, and for one beyond two years."""
    if not ends:
        return None
    found = ends[math.ceil(share * len(ends)) - 1]
    return found if found < _NEVER // 2 else None
