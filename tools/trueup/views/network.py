"""How the open plans become a network of activities: durations, links and calendars from what is written (see schedule.py)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from typing import Literal

from trueup.records.record import Item, Record
from trueup.records.workdays import Calendar, Workdays, personal_calendar
from trueup.records.workspace import Workspace
from trueup.views.critical_path import LONGEST, Activity, circles

DurationFrom = Literal["estimate", "dates", "default"]

# How far ahead is looked, in years: a typing mistake must not make the calendar of two centuries.
AHEAD = 30

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A task or a milestone of an open plan as it is written. ``duration`` and ``remaining`` are in working days of the owner.

    ``holds``: others can wait for it, which is not so where it is dropped, or done on a day that nobody wrote down.
    """

    plan: Record
    item: Item
    address: str
    is_milestone: bool
    state: Literal["open", "done", "dropped"]
    duration: int
    remaining: int
    duration_from: DurationFrom | None
    activity: Activity
    holds: bool

    @property
    def begun(self) -> date | None:
        """The day on which a task was begun that is being done; None for any other."""
        return self.item.date("start") if self.item.text("status") == "doing" else None


@dataclass(frozen=True, slots=True)
class Peg:
    """A task hangs on another part by an offset in working days; both by their places."""

    place: int
    target: int
    offset: int


@dataclass(frozen=True, slots=True)
class Network:
    """The parts of the open plans, one plan after the other.

    ``activities`` has one for each part, at the same place, and after these those of parts of other plans that an open one
    waits for; ``addresses`` and ``dues`` (the due dates as written) are those of all. ``spans`` says for each plan where its
    parts begin and end.
    """

    plans: tuple[Record, ...]
    spans: tuple[range, ...]
    parts: tuple[Part, ...]
    activities: tuple[Activity, ...]
    addresses: tuple[str, ...]
    dues: tuple[date | None, ...]
    pegs: tuple[Peg, ...]


@dataclass(frozen=True, eq=False)
class People:
    """Who works on which days. Those with the same days off share a calendar."""

    workspace: Workspace
    company: Workdays
    _by_owner: dict[str | None, Workdays] = field(default_factory=dict)
    _by_calendar: dict[Calendar, Workdays] = field(default_factory=dict)

    def workdays(self, owner: str | None) -> Workdays:
        """The working days of a person by id; the workspace's for nobody, and for somebody who is not known."""
        found = self._by_owner.get(owner)
        if found is None:
            person = self.workspace.record(f"person/{owner}") if owner else None
            calendar = personal_calendar(self.company.calendar, person) if person else self.company.calendar
            same = self.company if calendar == self.company.calendar else Workdays(calendar)
            found = self._by_owner[owner] = self._by_calendar.setdefault(calendar, same)
        return found


def network(workspace: Workspace, people: People, today: date) -> Network:
    """The network of all open plans; references that lead nowhere are left out, as are those of a task that is closed."""
    plans = sorted((plan for plan in workspace.of_kind("plan") if plan.kind.group_of(plan.status) == "open"), key=lambda one: one.id)
    return _Builder(workspace, people, today, tuple(plans)).network()


class _Builder:
    def __init__(self, workspace: Workspace, people: People, today: date, plans: tuple[Record, ...]) -> None:
        self.workspace, self.people, self.today, self.plans = workspace, people, today, plans
        self.parts: list[Part] = []
        self.spans: list[range] = []
        for plan in plans:
            begin = len(self.parts)
            self.parts += [_task(plan, item, people, today) for item in plan.items("tasks")]
            self.parts += [_milestone(plan, item, people.company, today) for item in plan.items("milestones")]
            self.spans.append(range(begin, len(self.parts)))
        self.places = {part.address: place for place, part in reversed(list(enumerate(self.parts)))}
        self.activities = [part.activity for part in self.parts]
        self.addresses = [part.address for part in self.parts]
        self.dues = [part.item.date("due") for part in self.parts]
        self.after: list[list[int]] = [[] for _ in self.parts]
        self.follows: list[list[tuple[int, int]]] = [[] for _ in self.parts]

    def network(self) -> Network:
        pegs = [peg for plan, span in zip(self.plans, self.spans, strict=True) for peg in self._linked(plan, span)]
        for place, other in self._without_circles([link for span in self.spans for link in self._reached(span)]):
            self.follows[place].append((other, 0))
        for place, part in enumerate(self.parts):
            if not part.activity.fixed:
                links = tuple(self.after[place]), tuple(self.follows[place])
                self.activities[place] = replace(part.activity, after=links[0], follows=links[1])
        return Network(
            plans=self.plans,
            spans=tuple(self.spans),
            parts=tuple(self.parts),
            activities=tuple(self.activities),
            addresses=tuple(self.addresses),
            dues=tuple(self.dues),
            pegs=tuple(pegs),
        )

    def _linked(self, plan: Record, span: range) -> Iterator[Peg]:
        """Notes what the open tasks of a plan wait for, and gives their pegs."""
        for reference in self.workspace.references_from(plan):
            route = reference.route
            if route[:1] != ("tasks",) or reference.state != "found" or not reference.part:
                continue
            place = span.start + _tasks_before(plan, int(route[1]))
            if self.parts[place].state != "open":
                continue
            if route[2] == "depends_on" and (target := self._place(reference.target)) is not None:
                self.after[place].append(target)
            offset = self.parts[place].item.number("offset")
            if route[2] == "pegged_to" and offset is not None and (target := self._place(reference.target)) is not None:
                # What the schema does not allow is not counted either: nobody pegs by more than four years.
                lag = max(-1000, min(1000, round(offset)))
                if lag >= 0:
                    self.follows[place].append((target, lag))
                yield Peg(place, target, lag)

    def _place(self, address: str) -> int | None:
        """Where the activity of an address is, one of a plan that is not open being added; None where it holds nobody up."""
        place = self.places.get(address)
        if place is None:
            plan = self.workspace.record(address)
            item = plan.part(address.partition("#")[2], ("tasks", "milestones")) if plan else None
            ends = self._end_outside(plan, item) if plan and item else None
            if item is None or ends is None:
                return None
            place = self.places[address] = len(self.activities)
            self.activities.append(Activity(self.people.company, 0, ends, ends))
            self.addresses.append(address)
            self.dues.append(item.date("due"))
        return place if place >= len(self.parts) or self.parts[place].holds else None

    def _end_outside(self, plan: Record, item: Item) -> date | None:
        """The day on which a part ends that belongs to a plan which is a draft or closed; None where it holds nobody up."""
        group, state = plan.kind.group_of(plan.status), _state(item)
        ends = _ended(item)
        if "dropped" in (group, state) or ends is None or ends.year > self.today.year + AHEAD:
            return None
        return ends if "done" in (group, state) else max(ends, self.today)

    def _reached(self, span: range) -> Iterator[tuple[int, int]]:
        """The tasks that the milestones of a plan wait for. Each waits for the one before it too, so that the links stay few."""
        dated = [(due, place) for place in span if (due := self.parts[place].item.date("due")) and self.parts[place].state == "open"]
        tasks = sorted(one for one in dated if not self.parts[one[1]].is_milestone)
        begin, before = 0, None
        for due, place in sorted(one for one in dated if self.parts[one[1]].is_milestone):
            end = bisect_left(tasks, (due + _DAY if due < date.max else due, -1))
            yield from ((place, task) for _, task in tasks[begin:end])
            if before is not None:
                yield place, before
            begin, before = max(begin, end), place

    def _without_circles(self, implied: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Nobody wrote that a milestone waits for a task; where that would make a circle, it does not."""
        links = [[*after, *(other for other, _ in follows)] for after, follows in zip(self.after, self.follows, strict=True)]
        links += [[] for _ in range(len(self.activities) - len(links))]
        for place, other in implied:
            links[place].append(other)
        group = circles(links)
        return ((place, other) for place, other in implied if group[place] != group[other])


def _tasks_before(plan: Record, index: int) -> int:
    """The place of a task among those that can be read: an item that is no mapping is none."""
    tasks = plan.items("tasks")
    if index < len(tasks) and tasks[index].route[1] == index:
        return index
    return next(place for place, one in enumerate(tasks) if one.route[1] == index)


def _address(plan: Record, item: Item) -> str:
    name = item.text("id")
    return f"{plan.address}#{name}" if name else plan.address


def _state(item: Item) -> Literal["open", "done", "dropped"]:
    status = item.text("status")
    if status == "dropped":
        return "dropped"
    return "done" if status == "done" or item.date("done_on") else "open"


def _ended(item: Item) -> date | None:
    return item.date("done_on") or item.date("due") or item.date("start")


def _task(plan: Record, item: Item, people: People, today: date) -> Part:
    workdays, state, start = people.workdays(item.text("owner")), _state(item), item.date("start")
    duration, source = _duration(item, workdays)
    remaining = duration if state == "open" else 0
    ends = _ended(item) if state == "done" else None
    if ends and ends.year > today.year + AHEAD:
        ends = None
    earliest = max(today, start) if start else today
    if state == "open" and item.text("status") == "doing":
        earliest = today
        if start and start < today:
            remaining = _remaining(duration, start, item.date("due"), today, workdays)
    activity = Activity(workdays, remaining, earliest, ends)
    return Part(plan, item, _address(plan, item), False, state, duration, remaining, source, activity, state == "open" or ends is not None)


def _milestone(plan: Record, item: Item, company: Workdays, today: date) -> Part:
    state, due = _state(item), item.date("due")
    # A promise for a Sunday holds on the Sunday; one that is overdue is not kept before somebody works again.
    earliest = due if due and due >= today else company.on_or_after(today)
    done_on = item.date("done_on")
    activity = Activity(company, 0, earliest, done_on if done_on and done_on.year <= today.year + AHEAD else None)
    holds = activity.fixed is not None or (state == "open" and due is not None)
    return Part(plan, item, _address(plan, item), True, state, 0, 0, None, activity, holds)


def _duration(item: Item, workdays: Workdays) -> tuple[int, DurationFrom]:
    estimate = item.number("estimate")
    if estimate is not None and estimate > 0:
        return ceil(min(estimate, LONGEST + 1)), "estimate"
    start, due = item.date("start"), item.date("due")
    if start and due and start <= due:
        far = (due - start).days > AHEAD * 366
        return LONGEST + 1 if far else max(1, workdays.count(start, due)), "dates"
    return 1, "default"


def _remaining(duration: int, start: date, due: date | None, today: date, workdays: Workdays) -> int:
    """What is left of a task that was begun on ``start``, if it was worked on evenly: over as long as its dates allow for."""
    if (today - start).days > AHEAD * 366:
        return 1
    planned = workdays.count(start, min(due, date(today.year + 1, 12, 31))) if due and due > start and today.year < 9999 else duration
    return max(1, duration - workdays.count(start, today - _DAY) * duration // max(planned, duration))
