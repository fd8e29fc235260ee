"""What somebody has promised to do: the actions of meetings and retrospectives and the problems of check-ins, as one list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
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
    """Of the actions due from ``first`` to ``last``, both included, how many are done.

    Dropped ones do not count, and what is due today counts once it is done.
    ``rate`` is a share from 0 to 1, None where none was due. ``on_time`` are those done by their day, ``late`` those done after it,
    ``undated`` those of which nobody wrote when they were done. ``addresses`` are those that were counted.
    """

    first: date
    last: date
    due: int
    closed: int
    on_time: int
    late: int
    undated: int
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
    """How many of the actions due within a stretch of days, both ends included, are done; until its day is over, none is late."""
    kept = (one for one in found if one.is_overdue or (one.status == "done" and not one.is_open))
    due = [one for one in kept if one.due is not None and first <= one.due <= last]
    closed = [one for one in due if not one.is_open]
    on_time = sum(one.done_on is not None and one.due is not None and one.done_on <= one.due for one in closed)
    rate = len(closed) / len(due) if due else None
    undated = sum(one.done_on is None for one in closed)
    late = len(closed) - on_time - undated
    return Closing(first, last, len(due), len(closed), on_time, late, undated, rate, tuple(sorted(one.address for one in due)))


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
    """A record that holds actions. ``row`` is what it is one of many of: the cadence of a meeting, the subject of a check-in.

    ``lapsed``: nobody works any more on its problems, as the goal or plan is done or dropped; a paused plan still is.
    """

    record: Record
    title: str
    day: date | None
    named: Mapping[Route, str]
    row: str | None
    subject: str | None
    lapsed: bool


class _Reader:
    """Reads the actions of a workspace; a row of records is looked through once, however many actions it holds."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace, self._today = workspace, today
        self._sources = [self._source(record, day) for kind in _LISTS for record, day in happened(workspace, kind, today)]
        self._teams: dict[str, str | None] = {}
        self._days: dict[str, list[date]] = {}
        for one in self._sources:
            if one.row and one.day:
                self._days.setdefault(one.row, []).append(one.day)
        for days in self._days.values():
            days.sort()

    def _source(self, record: Record, day: date | None) -> _Source:
        """A check-in has no title of its own and goes by what it is about."""
        named = named_in(self._workspace, record)
        row = named.get((_ROWS[record.kind.name],))
        row = whole(row) if row else None
        subject = row if record.kind.name == "checkin" else None
        about = self._workspace.record(subject) if subject else None
        lapsed = about is not None and about.kind.group_of(about.status) in ("done", "dropped")
        return _Source(record, about.title if about else record.title, day, named, row, subject, lapsed)

    def actions(self) -> Iterator[Action]:
        """All actions. A problem that several check-ins of a subject name by the same id and words is one: as the latest has it."""
        problems: dict[tuple[str, str | None, str | None], tuple[Item, _Source, date | None]] = {}
        for one in sorted(self._sources, key=lambda one: (one.day or date.min, one.record.address)):
            for item in one.record.items(_LISTS[one.record.kind.name][0]):
                if one.subject is None:
                    yield self._action(item, one, one.day)
                    continue
                key = (one.subject, item.text("id"), item.text("problem"))
                first = problems.get(key)
                problems[key] = (item, one, first[2] if first else one.day)
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
            source_title=source.title,
            subject=source.subject,
            raised_on=raised_on,
            owner=owner,
            team=self._team(owner),
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
        """What is not said to be done or dropped is open; so is what will only have been done after today."""
        if item.text("status") in ("done", "dropped"):
            return done_on is not None and done_on > self._today
        return not source.lapsed

    def _team(self, owner: str | None) -> str | None:
        if owner is not None and owner not in self._teams:
            self._teams[owner] = team_of(self._workspace, owner)
        return self._teams[owner] if owner else None

    def _carried(self, row: str | None, raised_on: date | None, until: date | None, *, still: bool) -> int | None:
        """On the day of a meeting on which it was done, it was not carried over any more."""
        if row is None or raised_on is None or until is None:
            return None
        days = self._days.get(row, [])
        return max(0, (bisect_right if still else bisect_left)(days, until) - bisect_right(days, raised_on))


def team_of(workspace: Workspace, person: str | None) -> str | None:
    """The address of the team that a person belongs to."""
    found = workspace.record(person) if person else None
    return named_in(workspace, found).get(("team",)) if found else None


def _days_before(day: date, count: int) -> date:
    """The day ``count`` calendar days earlier, at the earliest the first that there is."""
    return date.fromordinal(max(1, day.toordinal() - count))


def team_and_below(workspace: Workspace, team: str) -> frozenset[str]:
    """The addresses of a team and of all teams that belong to it, over any number of steps."""
    below: dict[str, list[str]] = {}
    for record in workspace.of_kind("team"):
        if parent := named_in(workspace, record).get(("parent",)):
            below.setdefault(parent, []).append(record.address)
    found, waiting = {team}, [team]
    while waiting:
        new = [one for one in below.get(waiting.pop(), ()) if one not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def actions_of(found: Actions, *, owner: str | None = None, teams: Set[str] | None = None) -> Actions:
    """The view of one person's actions, or of those of some teams' people: all figures are of these alone."""
    chosen = (one for one in found.actions if owner in (None, one.owner) and (teams is None or one.team in teams))
    return summed(chosen, found.today)


def actions_listed(found: Actions, *, overdue: bool = False, closed: bool = False) -> Actions:
    """The same figures with fewer actions in the list: the open ones, or with ``closed`` all, or just those that are overdue."""
    return replace(found, actions=tuple(one for one in found.actions if one.is_overdue or (not overdue and (closed or one.is_open))))
