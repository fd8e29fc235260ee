"""What somebody has promised to do: the actions of meetings and retrospectives and the problems of check-ins, as one list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Item, Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace
from trueup.views.named import happened, named_in, whole

# The closing rate is told of the actions that were due within this many days up to today: twelve weeks.
CLOSING_DAYS = 84

# The lists that hold them, and the field that says what is to be done.
_LISTS = {"meeting": ("actions", "text"), "retro": ("actions", "text"), "checkin": ("problems", "problem")}

# What makes a row of them: an action that is not done is carried over to the next in it.
_ROWS = {"meeting": "cadence", "retro": "", "checkin": "subject"}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done.

    ``kind`` is where it was written down: meeting, retro or checkin; ``source`` is that record, ``subject`` the goal or plan
    that a check-in is about, ``raised_on`` the day of the meeting, the retrospective or the first check-in that has the
    problem. ``owner`` and ``team``, the owner's, are addresses, None where nobody is named or there is no such person.
    ``status`` is open, done or dropped, as written.

    ``is_open``: it is still to be done. ``is_overdue``: open and due before today, ``days_overdue`` calendar days ago.
    ``carried`` is how many later meetings of the same cadence, or later check-ins about the same subject, it has been carried
    over to; None where there is no such row or it is not known when it was closed.
    """

    address: str
    text: str
    solution: str | None
    kind: str
    source: str
    source_title: str
    subject: str | None
    raised_on: date | None
    owner: str | None
    team: str | None
    due: date | None
    status: str
    done_on: date | None
    metric: str | None
    is_open: bool
    is_overdue: bool
    days_overdue: int | None
    carried: int | None


@dataclass(frozen=True, slots=True)
class Closing:
    """Of the actions due from ``first`` to ``last``, both included, how many are done; dropped ones do not count.

    ``rate`` is a share from 0 to 1, None where none was due. ``on_time`` are those done by their day; an action that is done
    without a date does not count among them. ``addresses`` are those that were counted.
    """

    first: date
    last: date
    due: int
    closed: int
    on_time: int
    rate: float | None
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What one person still has to do; ``owner`` is None for what nobody has been named for."""

    owner: str | None
    open: int
    overdue: int
    oldest_due: date | None


@dataclass(frozen=True, slots=True)
class Actions:
    """All actions: open ones first by the day they are due, those without one after them, then the closed ones, latest first.

    ``open``, ``overdue`` and ``unowned`` (open and without an owner) are counts. ``by_owner``: whoever has most overdue first.
    """

    today: date
    actions: tuple[Action, ...]
    open: int
    overdue: int
    unowned: int
    by_owner: tuple[Load, ...]
    closing: Closing


def actions(workspace: Workspace, today: date) -> Actions:
    """All actions of records up to ``today``: what is dated later has not happened yet, and what was done later is still open."""
    return summed(_Reader(workspace, today).actions(), today)


def summed(found: Iterable[Action], today: date) -> Actions:
    """The view of some of the actions, as those of one team: all figures are of these alone."""
    ordered = tuple(sorted(found, key=_order))
    mine = [one for one in ordered if one.is_open]
    return Actions(
        today=today,
        actions=ordered,
        open=len(mine),
        overdue=sum(one.is_overdue for one in mine),
        unowned=sum(one.owner is None for one in mine),
        by_owner=_by_owner(mine),
        closing=closing_rate(ordered, _days_before(today, CLOSING_DAYS - 1), today),
    )


def closing_rate(found: Iterable[Action], first: date, last: date) -> Closing:
    """How many of the actions due within a stretch of days, both ends included, are done. ``last`` is no later than today."""
    due = [one for one in found if one.due is not None and first <= one.due <= last and one.status != "dropped"]
    due = [one for one in due if one.is_open or one.status == "done"]
    closed = [one for one in due if not one.is_open]
    on_time = sum(one.done_on is not None and one.due is not None and one.done_on <= one.due for one in closed)
    rate = len(closed) / len(due) if due else None
    return Closing(first, last, len(due), len(closed), on_time, rate, tuple(sorted(one.address for one in due)))


def _order(one: Action) -> tuple[bool, bool, int, str]:
    if one.is_open:
        return False, one.due is None, one.due.toordinal() if one.due else 0, one.address
    day = one.done_on or one.due or one.raised_on
    return True, False, -day.toordinal() if day else 0, one.address


def _by_owner(mine: Iterable[Action]) -> tuple[Load, ...]:
    owned: dict[str | None, list[Action]] = {}
    for one in mine:
        owned.setdefault(one.owner, []).append(one)
    loads = [
        Load(owner, len(them), sum(one.is_overdue for one in them), min((one.due for one in them if one.due), default=None))
        for owner, them in owned.items()
    ]
    return tuple(sorted(loads, key=lambda one: (-one.overdue, -one.open, one.owner or "")))


@dataclass(frozen=True, slots=True)
class _Source:
    """A record that holds actions. ``row`` is what it is one of many of: the cadence of a meeting, the subject of a check-in."""

    record: Record
    day: date | None
    named: Mapping[Route, str]
    row: str | None


class _Reader:
    """Reads the actions of a workspace; a row of records is looked through once, however many actions it holds."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace, self._today = workspace, today
        self._sources = [self._source(record, day) for kind in _LISTS for record, day in happened(workspace, kind, today)]
        self._days: dict[str, list[date]] = {}
        for one in self._sources:
            if one.row and one.day:
                self._days.setdefault(one.row, []).append(one.day)
        for days in self._days.values():
            days.sort()

    def _source(self, record: Record, day: date | None) -> _Source:
        named = named_in(self._workspace, record)
        row = named.get((_ROWS[record.kind.name],))
        return _Source(record, day, named, whole(row) if row else None)

    def actions(self) -> Iterator[Action]:
        """All actions, each problem of a subject once: where several check-ins have it under the same id, as the latest has it."""
        problems: dict[tuple[str, str], tuple[Item, _Source, date | None]] = {}
        for one in sorted(self._sources, key=lambda one: (one.day or date.min, one.record.address)):
            for item in one.record.items(_LISTS[one.record.kind.name][0]):
                name = item.text("id")
                if one.record.kind.name == "checkin" and one.row and name:
                    first = problems.get((one.row, name))
                    problems[one.row, name] = (item, one, first[2] if first else one.day)
                else:
                    yield self._action(item, one, one.day)
        for item, one, raised_on in problems.values():
            yield self._action(item, one, raised_on)

    def _action(self, item: Item, source: _Source, raised_on: date | None) -> Action:
        record = source.record
        name, owner = item.text("id"), source.named.get((*item.route, "owner"))
        due, done_on = item.date("due"), item.date("done_on")
        is_open = self._is_open(item, done_on, source)
        is_overdue = is_open and due is not None and due < self._today
        return Action(
            address=f"{record.address}#{name}" if name else record.address,
            text=item.text(_LISTS[record.kind.name][1]) or name or "",
            solution=item.text("solution"),
            kind=record.kind.name,
            source=record.address,
            source_title=self._title(source),
            subject=source.row if record.kind.name == "checkin" else None,
            raised_on=raised_on,
            owner=owner,
            team=team_of(self._workspace, owner),
            due=due,
            status=item.text("status") or "open",
            done_on=done_on,
            metric=source.named.get((*item.route, "metric")),
            is_open=is_open,
            is_overdue=is_overdue,
            days_overdue=(self._today - due).days if due and is_overdue else None,
            carried=self._carried(source.row, raised_on, self._today if is_open else done_on, still=is_open),
        )

    def _is_open(self, item: Item, done_on: date | None, source: _Source) -> bool:
        """Nobody works any more on a problem of a goal or a plan that is done or dropped; on one of a paused plan, yes."""
        if (item.text("status") or "open") not in ("done", "dropped"):
            subject = self._workspace.record(source.row) if source.row and source.record.kind.name == "checkin" else None
            return subject is None or subject.kind.group_of(subject.status) not in ("done", "dropped")
        return done_on is not None and done_on > self._today

    def _carried(self, row: str | None, raised_on: date | None, until: date | None, *, still: bool) -> int | None:
        """On the day of a meeting on which it was done, it was not carried over any more."""
        if row is None or raised_on is None or until is None:
            return None
        days = self._days.get(row, [])
        return max(0, (bisect_right if still else bisect_left)(days, until) - bisect_right(days, raised_on))

    def _title(self, source: _Source) -> str:
        """What the record is called; a check-in by what it is about."""
        about = self._workspace.record(source.row) if source.row and source.record.kind.name == "checkin" else None
        return about.title if about else source.record.title


def team_of(workspace: Workspace, person: str | None) -> str | None:
    """The address of the team that a person belongs to."""
    found = workspace.record(person) if person else None
    return named_in(workspace, found).get(("team",)) if found else None


def _days_before(day: date, count: int) -> date:
    """The day ``count`` calendar days earlier, at the earliest the first that there is."""
    return date.fromordinal(max(1, day.toordinal() - count))
