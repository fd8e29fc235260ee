"""The slip ledger: every change of a due date that was made, by how much, by whom, and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from trueup.history.difference import FieldChange, differences
from trueup.history.versions import Step, connected
from trueup.records.dates import date_of
from trueup.records.record import Record
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.happenings import answers_for
from trueup.views.history import Origin, origin_of
from trueup.views.promises import days_late

# A check-in explains a slip that it is dated this close to: calendar days, before or after.
_NEAR_DAYS = 7


@dataclass(frozen=True, slots=True)
class Slip:
    """A due date that was moved. ``address`` is the record, or the task, milestone or key result of it, and ``record`` the whole.

    ``days`` are working days, above 0 for later. The reason is the subject of the commit (``origin``), and the check-in about the
    record that is nearest to it, if there is one within 7 days: its address and what it says of problems. ``is_promise``: the record
    was open before the move; what a draft says is promised to nobody, and what is done no longer.
    """

    address: str
    title: str
    record: str
    record_title: str
    team: str | None
    before: date
    after: date
    days: int
    origin: Origin
    checkin: str | None
    problem: str | None
    is_promise: bool


@dataclass(frozen=True, slots=True)
class SlipSum:
    """The slips of one plan or goal, or of one team: how many went later and how many earlier, and working days: all together, the
    middle one of those that went later, and the longest. What one commit moves in one record counts once, by its farthest move."""

    address: str
    later: int
    earlier: int
    days: int
    median_later: float
    longest: int


@dataclass(frozen=True, slots=True)
class SlipLedger:
    """All slips, the newest first, and their sums by record and by team, those that slipped most first."""

    slips: tuple[Slip, ...]
    records: tuple[SlipSum, ...]
    teams: tuple[SlipSum, ...]
    is_incomplete: bool


# Up to a week later, up to two, up to four: working days. What is beyond has a place of its own.
SPANS = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class SlipSpread:
    """How far a team's dates go when they are moved. ``earlier`` counts moves to an earlier day, ``later`` those of each of ``SPANS``
    and, last, those beyond. What one commit moves in one record counts once, as in a sum."""

    address: str
    earlier: int
    later: tuple[int, ...]


def slip_spreads(slips: Iterable[Slip]) -> tuple[SlipSpread, ...]:
    """The moves of every team that has some, by address."""
    found: dict[str, list[int]] = {}
    for one in _moves(slips):
        if one.team:
            found.setdefault(one.team, []).append(one.days)
    return tuple(_spread(team, days) for team, days in sorted(found.items()))


def _spread(team: str, days: list[int]) -> SlipSpread:
    later = [0] * (len(SPANS) + 1)
    for one in days:
        if one > 0:
            later[bisect_left(SPANS, one)] += 1
    return SlipSpread(team, sum(one < 0 for one in days), tuple(later))


def slip_ledger(steps: Iterable[Step], workspace: Workspace, *, is_incomplete: bool = False) -> SlipLedger:
    """The ledger of some steps; ``workspace`` tells of the check-ins and the working days."""
    workdays = Workdays(workspace.config.calendar)
    checkins = _checkins(workspace)
    dues: dict[str, date] = {}
    slips = tuple(reversed([slip for step in connected(steps) for slip in _slips(step, dues, workdays, checkins)]))
    return SlipLedger(
        slips=slips,
        records=tuple(_sums(moves := _moves(slips), [slip.record for slip in moves])),
        teams=tuple(_sums(moves, [slip.team or "" for slip in moves])),
        is_incomplete=is_incomplete,
    )


def _slips(step: Step, dues: dict[str, date], workdays: Workdays, checkins: dict[str, list[Record]]) -> Iterator[Slip]:
    """The slips of one step. ``dues`` are the last due dates that there were, by address: one that was taken out for a while moves
    from there."""
    before, after = step.known, step.after.record if step.after else None
    if before is None or after is None:
        return
    for change in differences(before, after):
        if change.field != (after.kind.roles.get("due", "due") if not change.list else "due"):
            continue
        address = f"{step.address}#{change.part}" if change.part else step.address
        old, new = date_of(change.before), date_of(change.after)
        if old:
            dues[address] = old
        last = old or dues.get(address)
        if last and new and last != new:
            yield _slip(step, after, change, (last, new), workdays, checkins)


def _slip(
    step: Step, record: Record, change: FieldChange, days: tuple[date, date], workdays: Workdays, checkins: dict[str, list[Record]]
) -> Slip:
    part = record.part(change.part) if change.part else None
    checkin = _nearest(checkins.get(step.address, []), step.commit.day)
    _people, teams = answers_for(record)
    problem = next((item.text("problem") for item in checkin.items("problems")), None) if checkin else None
    return Slip(
        address=f"{step.address}#{change.part}" if change.part else step.address,
        title=(part.text("title") if part else None) or change.part or record.title,
        record=step.address,
        record_title=record.title,
        team=teams[0] if teams else None,
        before=days[0],
        after=days[1],
        days=days_late(workdays, *days),
        origin=origin_of(step),
        checkin=checkin.address if checkin else None,
        problem=problem,
        is_promise=step.known is not None and step.known.kind.group_of(step.known.status) == "open",
    )


def _checkins(workspace: Workspace) -> dict[str, list[Record]]:
    """The check-ins about each record, by its address."""
    found: dict[str, list[Record]] = {}
    for record in workspace.of_kind("checkin"):
        for reference in workspace.references_from(record):
            if reference.state == "found" and not reference.in_body:
                found.setdefault(reference.record, []).append(record)
    return found


def _nearest(checkins: Iterable[Record], day: date) -> Record | None:
    dated = ((abs((told - day)), record.address, record) for record in checkins if (told := record.fields.date("date")))
    return next((record for far, _address, record in sorted(dated, key=lambda one: one[:2]) if far <= timedelta(days=_NEAR_DAYS)), None)


def moved_together(slips: Iterable[Slip]) -> list[tuple[Slip, ...]]:
    """The slips of each commit and record, in the order given: first the record's own, else the one that goes farthest."""
    found: dict[tuple[str, str], list[Slip]] = {}
    for one in slips:
        found.setdefault((one.origin.commit, one.record), []).append(one)
    return [tuple(sorted(some, key=lambda one: (one.address != one.record, -abs(one.days), one.address))) for some in found.values()]


def _moves(slips: Iterable[Slip]) -> list[Slip]:
    """Of each commit and record the slip of a promise that goes farthest: a plan moves with its tasks, and that is one move."""
    farthest: dict[tuple[str, str], Slip] = {}
    for slip in slips:
        if not slip.is_promise:
            continue
        key = (slip.origin.commit, slip.record)
        if key not in farthest or abs(slip.days) > abs(farthest[key].days):
            farthest[key] = slip
    return list(farthest.values())


def _sums(slips: Iterable[Slip], keys: list[str]) -> list[SlipSum]:
    by_key: dict[str, list[int]] = {}
    for slip, key in zip(slips, keys, strict=True):
        if key:
            by_key.setdefault(key, []).append(slip.days)
    return sorted((_sum(key, days) for key, days in by_key.items()), key=lambda one: (-one.days, one.address))


def _sum(address: str, days: list[int]) -> SlipSum:
    later = [one for one in days if one > 0]
    return SlipSum(address, len(later), sum(one < 0 for one in days), sum(days), median(later) if later else 0.0, max(days))
