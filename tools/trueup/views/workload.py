"""Who has how much to do in which week, against the days that they have for it.

- The work of an open task is what the schedule says is left of it, in days of one person; where it has no estimate, its days.
- It is spread evenly over the owner's working days from its forecast start to its due date, or to its forecast end where
  that is later: a task of two days that is due in two weeks takes a fifth of them.
- A week has as much room as the person's capacity (5 days where none is written), less in the share of the usual working days
  that are holidays, days off, or past. After the day on which somebody left there is no room.
- A week is over where the load is more than ``load_percent`` of the room.
- Paused plans ask for nothing while they are paused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trueup.records.periods import Period, week_of
from trueup.records.record import Record
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.network import People
from trueup.views.schedule import Schedule, ScheduledPart

USUAL_CAPACITY = 5.0

# A sum of many small shares is not over for what is lost in adding them.
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class TaskLoad:
    """What one task takes of a week, in days. ``is_guessed``: it has no estimate, so its days from start to due count in full."""

    address: str
    title: str
    days: float
    is_guessed: bool


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A person's week, by its ISO name. ``load`` and ``capacity`` are in days; ``share`` is load by capacity, None without any.

    ``tasks`` are those that take some of it, the largest first.
    """

    week: str
    load: float
    capacity: float
    share: float | None
    is_over: bool
    tasks: tuple[TaskLoad, ...]


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person; ``address`` is None for work without an owner, which has no capacity and is never over.

    ``capacity`` is in days of a usual week.
    """

    address: str | None
    title: str
    team: str | None
    capacity: float | None
    is_over: bool
    weeks: tuple[WeekLoad, ...]


@dataclass(frozen=True, slots=True)
class Workload:
    """Everybody who has work in the weeks ahead or belongs to a team, by name; the first week is today's, from today on.

    In a week that has no working days left, the next one is the first. ``load_percent``: from when on a week is over.
    """

    today: date
    weeks: tuple[Period, ...]
    load_percent: int
    people: tuple[PersonLoad, ...]


def workload(workspace: Workspace, schedule: Schedule, weeks: int = 6) -> Workload:
    """The load of the next ``weeks`` weeks. Linear in the tasks, the people and the weeks."""
    return _Loads(workspace, schedule, weeks).workload()


def of_team(found: Workload, team: str) -> Workload:
    """The people of one team, by its address."""
    return replace(found, people=tuple(one for one in found.people if one.team == team))


class _Loads:
    def __init__(self, workspace: Workspace, schedule: Schedule, weeks: int) -> None:
        self.workspace, self.schedule = workspace, schedule
        self.company = Workdays(workspace.config.calendar)
        self.people = People(workspace, self.company)
        self.first = self.company.on_or_after(schedule.today)
        self.weeks = tuple(_weeks(self.first, weeks))
        self.percent = workspace.config.thresholds.load_percent

    def workload(self) -> Workload:
        work: dict[str | None, dict[str, list[TaskLoad]]] = {}
        for plan in self.schedule.plans:
            for part in plan.parts if not plan.is_paused else ():
                if part.remaining and part.start and part.finish:
                    for week, task in self._spread(part):
                        work.setdefault(part.owner, {}).setdefault(week, []).append(task)
        records = {record.address: record for record in reversed(self.workspace.of_kind("person"))}
        left = {address for address, one in records.items() if (day := one.fields.date("left_on")) and day < self.schedule.today}
        owners = (records.keys() - left) | work.keys()
        people = [self._person(owner, records.get(owner) if owner else None, work.get(owner, {})) for owner in owners]
        people.sort(key=lambda one: (one.address is None, one.title, one.address or ""))
        return Workload(self.schedule.today, self.weeks, self.percent, tuple(people))

    def _spread(self, part: ScheduledPart) -> Iterator[tuple[str, TaskLoad]]:
        """What a task takes of each of the weeks."""
        assert part.start and part.finish
        workdays = self._workdays(part.owner)
        begin = max(part.start, self.schedule.today)
        end = max(part.finish, min(part.due or part.finish, part.finish + timedelta(366)))
        days = workdays.count(begin, end)
        for week in self.weeks if days else ():
            inside = workdays.count(max(begin, week.start), min(end, week.end))
            if inside:
                yield week.name, TaskLoad(part.address, part.title, part.remaining * inside / days, part.duration_from != "estimate")

    def _workdays(self, owner: str | None) -> Workdays:
        return self.people.workdays(owner.removeprefix("person/") if owner else None)

    def _person(self, address: str | None, record: Record | None, work: dict[str, list[TaskLoad]]) -> PersonLoad:
        capacity = None
        if address is not None:
            written = record.fields.number("capacity") if record else None
            capacity = min(7.0, max(0.0, float(written))) if written is not None else USUAL_CAPACITY
        weeks = tuple(self._week(address, record, capacity, week, work.get(week.name, [])) for week in self.weeks)
        team = record.fields.text("team") if record else None
        return PersonLoad(
            address=address,
            title=record.title if record else (address or "").removeprefix("person/"),
            team=f"team/{team}" if team else None,
            capacity=capacity,
            is_over=any(week.is_over for week in weeks),
            weeks=weeks,
        )

    def _week(self, address: str | None, record: Record | None, capacity: float | None, week: Period, tasks: list[TaskLoad]) -> WeekLoad:
        room = 0.0
        if capacity is not None:
            last = min(week.end, (record.fields.date("left_on") if record else None) or week.end)
            usual = 7 - len(self.company.calendar.weekend)
            room = capacity * self._workdays(address).count(max(week.start, self.first), last) / max(1, usual)
        load = sum(task.days for task in tasks)
        over = capacity is not None and load > room * self.percent / 100 + _TINY
        ordered = tuple(sorted(tasks, key=lambda one: (-one.days, one.address)))
        return WeekLoad(week.name, load, room, load / room if room else None, over, ordered)


def _weeks(day: date, count: int) -> Iterator[Period]:
    """The week of a day and those after it, until the year in which dates end."""
    for _ in range(count if day.year < date.max.year else 0):
        week = week_of(day)
        yield week
        if week.end.year == date.max.year:
            return
        day = week.end + timedelta(1)
