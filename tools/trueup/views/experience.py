"""What the past teaches of promises: every date that was written for a plan, a milestone or a task, and the day it was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from trueup.history.versions import Step, connected
from trueup.records.record import Item, Record
from trueup.records.workdays import Workdays
from trueup.views.promises import days_late

Sort = Literal["plan", "milestone", "task"]

# So many weeks back a team's pace is looked at, and from so many on it says something.
WEEKS = 13
_FEWEST_WEEKS = 4
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Turn:
    """What was written on the day ``told``: that a promise was ``done``, on which day, or dropped, or is open again."""

    told: date
    done: date | None = None
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """One promise through the commits. ``since`` is the day on which it was first written down, ``dues`` each date that was written
    for it with the day it was written on, ``starts`` those for its beginning, ``turns`` what was written of its end, the latest last."""

    address: str
    sort: Sort
    team: str | None
    since: date
    dues: tuple[tuple[date, date], ...]
    starts: tuple[tuple[date, date], ...]
    turns: tuple[Turn, ...]

    def on(self, day: date) -> Turn:
        """What was known of its end on a day."""
        return next((turn for turn in reversed(self.turns) if turn.told <= day), Turn(self.since))

    @property
    def end(self) -> Turn:
        """What is known of its end by now."""
        return self.turns[-1] if self.turns else Turn(self.since)


@dataclass(frozen=True, slots=True)
class Week:
    """How many tasks a team could have worked on in a week, and how many of these it did."""

    ready: int
    done: int


@dataclass(frozen=True, slots=True)
class Experience:
    """All promises, by address. What is asked of it as of a day holds nothing that was written later."""

    tracks: tuple[Track, ...]

    def slips(self, day: date, workdays: Workdays) -> Mapping[str, tuple[int, ...]]:
        """By team how many working days after each date that had been written for a plan or a milestone it was done, below 0 before it;
        rising. Under ``""`` those of all. A date that was only written when it was done was no promise."""
        found: dict[str, list[int]] = {"": []}
        for track in self.tracks:
            turn = track.on(day)
            if track.sort == "task" or turn.done is None:
                continue
            slips = [days_late(workdays, due, turn.done) for written, due in track.dues if written < min(turn.done, turn.told)]
            for team in {"", track.team or ""}:
                found.setdefault(team, []).extend(slips)
        return {team: tuple(sorted(slips)) for team, slips in sorted(found.items())}

    def paces(self, day: date) -> Mapping[str, tuple[Week, ...]]:
        """By team how many tasks it had before it, and how many of them it did, in each of the last 13 weeks up to a day, the latest
        first. Weeks without any tasks tell nothing of its pace; a team with fewer than four others, or that did none, is left out."""
        tasks: dict[str, list[Track]] = {}
        for track in self.tracks:
            if track.sort == "task" and track.team and track.since <= day and not track.on(day).is_dropped:
                tasks.setdefault(track.team, []).append(track)
        weeks = [(day - (week + 1) * _WEEK, day - week * _WEEK) for week in range(min(WEEKS, (day - date.min).days // 7))]
        found = {team: [_week(own, before, last, day) for before, last in weeks] for team, own in sorted(tasks.items())}
        worked = {team: tuple(week for week in own if week.ready) for team, own in found.items()}
        return {team: own for team, own in worked.items() if len(own) >= _FEWEST_WEEKS and any(week.done for week in own)}


def _week(tasks: Iterable[Track], before: date, last: date, day: date) -> Week:
    """A week that begins after ``before``, as far as it is known on ``day``."""
    ready = done = 0
    for task in tasks:
        ended = task.on(day).done
        starts = [start for written, start in task.starts if written <= day]
        if task.since > last or (starts and starts[-1] > last and ended is None) or (ended is not None and ended <= before):
            continue
        ready += 1
        done += ended is not None and ended <= last
    return Week(ready, done)


@dataclass(slots=True)
class _Course:
    """What is known of one promise so far."""

    sort: Sort
    since: date
    team: str | None = None
    dues: list[tuple[date, date]] = field(default_factory=list)
    starts: list[tuple[date, date]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def tell(self, turn: Turn) -> None:
        """Notes how it ended, or that it is open again, where that is news."""
        last = self.turns[-1] if self.turns else Turn(self.since)
        if (turn.done, turn.is_dropped) != (last.done, last.is_dropped):
            self.turns.append(turn)


def experience(steps: Iterable[Step]) -> Experience:
    """What the steps of plans, the oldest first, tell of them. From the day on which it was dropped or taken away a promise teaches
    nothing; what was known before that day, was known."""
    courses: dict[str, _Course] = {}
    for step in connected(steps):
        if step.after is not None and step.after.record is None:
            # A file that cannot be read says nothing, neither that something was done nor that it was not.
            continue
        gone = {address for address, _sort, _item in _promises(step.known)}
        plan = step.after.record if step.after else None
        for address, sort, item in _promises(plan):
            gone.discard(address)
            if plan is not None:
                _note(courses.setdefault(address, _Course(sort, step.commit.day)), plan, item, step.commit.day)
        for address in gone & courses.keys():
            courses[address].tell(Turn(step.commit.day, is_dropped=True))
    return Experience(
        tuple(
            Track(address, one.sort, one.team, one.since, tuple(one.dues), tuple(one.starts), tuple(one.turns))
            for address, one in sorted(courses.items())
        )
    )


def _promises(plan: Record | None) -> Iterator[tuple[str, Sort, Item]]:
    """The plan itself and its parts that have an id."""
    if plan is None or plan.kind.name != "plan":
        return
    yield plan.address, "plan", plan.fields
    sorts: tuple[tuple[str, Sort], ...] = (("tasks", "task"), ("milestones", "milestone"))
    for name, sort in sorts:
        for item in plan.items(name):
            if part := item.text("id"):
                yield f"{plan.address}#{part}", sort, item


def _note(course: _Course, plan: Record, item: Item, day: date) -> None:
    team = plan.fields.text("team")
    course.team = f"team/{team}" if team else None
    for known, written in ((course.dues, item.date("due")), (course.starts, item.date("start"))):
        if written and (not known or known[-1][1] != written):
            known.append((day, written))
    is_dropped = "dropped" in (item.text("status"), plan.kind.group_of(plan.status))
    course.tell(Turn(day, None if is_dropped else _ended(course, plan, item, day), is_dropped))


def _ended(course: _Course, plan: Record, item: Item, day: date) -> date | None:
    """The day something was done: the one that is written, else the one on which it was first written that it is; None if it is not."""
    known = course.turns[-1].done if course.turns else None
    if course.sort == "plan":
        days = [one for name in ("tasks", "milestones") for part in plan.items(name) if (one := part.date("done_on"))]
        return max(days, default=known or day) if plan.kind.group_of(plan.status) == "done" else None
    return item.date("done_on") or ((known or day) if item.text("status") == "done" else None)
