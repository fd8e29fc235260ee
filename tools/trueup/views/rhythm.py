"""The rhythm of meetings: the dates that a cadence gives, which of them were held, and which were missed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from trueup.records.record import Record
from trueup.records.workdays import WEEKDAYS, Workdays
from trueup.records.workspace import Workspace

# What happened longer ago than this is not asked for when one looks at how things stand.
_LOOK_BACK = 366

# The next meeting of a quarter is at most this far ahead, put off by a holiday and all.
_LOOK_AHEAD = 130

# A date is put off by at most so many days: a company that closes for longer has no rhythm in that time.
_PUT_OFF = 28

# Without a meeting that tells in which week it began, "every two weeks" counts from the week of this Monday.
_FIRST_MONDAY = date(1970, 1, 5)

# A meeting counts for a date that is at most so many days off: a little less than half the way to the next one.
_REACH = {"week": 3, "2 weeks": 6, "month": 14, "quarter": 44}

# The days of a month from which the last is taken, for a day that not every month has.
_LATE = {day: ",".join(map(str, range(28, day + 1))) for day in (29, 30, 31)}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A date that a cadence gives.

    ``state``: ``held`` where there is a meeting for it, ``missed`` where there should be one, ``planned`` where there may
    still be one, ``off`` where it fell on a day that nobody works. ``start`` has the cadence's own zone; None without a time.
    """

    date: date
    start: datetime | None
    state: str
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class Cadence:
    """A cadence and its dates from the first meeting of it on, but of the last 366 days, oldest first; and the next one.

    ``rule`` is an RFC 5545 recurrence rule that knows of no holidays, ``""`` where the record does not say enough for one.
    ``minutes``: how long it takes. ``meetings`` are all that were recorded, newest first.
    """

    address: str
    title: str
    rule: str
    minutes: float | None
    occurrences: tuple[Occurrence, ...]
    next: Occurrence | None
    meetings: tuple[str, ...]

    def in_state(self, state: str) -> tuple[Occurrence, ...]:
        return tuple(one for one in self.occurrences if one.state == state)


def cadences(workspace: Workspace, today: date, workdays: Workdays) -> tuple[Cadence, ...]:
    """Every cadence, in the order of the records. Without a meeting of it there is nothing that was held or missed."""
    meetings = _meetings(workspace, today)
    grace = workspace.config.thresholds.meeting_days
    return tuple(_cadence(one, meetings.get(one.id, []), today, grace, workdays) for one in workspace.of_kind("cadence"))


def _meetings(workspace: Workspace, today: date) -> dict[str, list[tuple[date, str]]]:
    """The meetings of each cadence up to a day with their days, oldest first."""
    found: dict[str, list[tuple[date, str]]] = {}
    for meeting in workspace.of_kind("meeting"):
        cadence, day = meeting.fields.text("cadence"), meeting.fields.date("date")
        if cadence and day and day <= today:
            found.setdefault(cadence, []).append((day, meeting.address))
    for days in found.values():
        days.sort()
    return found


def _cadence(record: Record, meetings: Sequence[tuple[date, str]], today: date, grace: int, workdays: Workdays) -> Cadence:
    begun = meetings[0][0] if meetings else None
    first = max(begun, _shifted(today, -_LOOK_BACK)) if begun else today
    dates = _dates(record, first, _shifted(today, _LOOK_AHEAD), workdays, begun)
    held = _assigned(tuple(dates), meetings, _REACH.get(record.fields.text("every") or "", 0))
    occurrences: list[Occurrence] = []
    for day, takes_place in dates.items() if begun else ():
        if day in held:
            occurrences.append(Occurrence(day, _start(record, day), "held", held[day]))
        elif day <= today:
            expected = "planned" if _shifted(day, grace) >= today else "missed"
            occurrences.append(Occurrence(day, _start(record, day), expected if takes_place else "off"))
    upcoming = next((day for day, takes_place in dates.items() if takes_place and day >= today and day not in held), None)
    return Cadence(
        address=record.address,
        title=record.title,
        rule=rule_of(record),
        minutes=record.fields.number("minutes"),
        occurrences=tuple(occurrences),
        next=Occurrence(upcoming, _start(record, upcoming), "planned") if upcoming else None,
        meetings=tuple(address for _, address in reversed(meetings)),
    )


def rule_of(record: Record) -> str:
    """The recurrence of a cadence as RFC 5545 (3.3.10) writes it; ``""`` where the record does not say enough.

    A day that a month does not have means its last one, where the RFC would leave the month out.
    """
    every, day = record.fields.text("every"), record.data.get("day")
    if day in WEEKDAYS:
        short = str(day)[:2].upper()
        by = {"week": f"FREQ=WEEKLY;BYDAY={short}", "2 weeks": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={short}"}
        by |= {"month": f"FREQ=MONTHLY;BYDAY=1{short}", "quarter": f"FREQ=MONTHLY;INTERVAL=3;BYDAY=1{short}"}
        return by.get(every or "", "")
    if isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 31:
        on = f"BYMONTHDAY={_LATE[day]};BYSETPOS=-1" if day in _LATE else f"BYMONTHDAY={day}"
        return {"month": f"FREQ=MONTHLY;{on}", "quarter": f"FREQ=MONTHLY;INTERVAL=3;{on}"}.get(every or "", "")
    return ""


def dates_of(record: Record, first: date, last: date, workdays: Workdays, begun: date | None = None) -> list[date]:
    """The dates on which a cadence takes place from ``first`` to ``last``, both included.

    ``begun`` is a day of the week that counts as the first of every two.
    """
    return [day for day, takes_place in _dates(record, first, last, workdays, begun).items() if takes_place]


def _dates(record: Record, first: date, last: date, workdays: Workdays, begun: date | None) -> dict[date, bool]:
    """The dates of a cadence, rising, and whether it takes place on them.

    A weekly meeting is left out where nobody works; one of a month or quarter is put off: a day of the month to the next
    day that is worked, "the first Monday" to the first Monday that is.
    """
    worked = _worked(record.data.get("day"), workdays)
    if "WEEKLY" in rule_of(record):
        return {day: worked.is_working(day) for day in _by_rule(record, first, last, begun)}
    put_off = (_put_off(record, day, worked) for day in _by_rule(record, _shifted(first, -_PUT_OFF), last, begun))
    return {day: worked.is_working(day) for day in sorted({day for day in put_off if first <= day <= last})}


def _worked(day: object, workdays: Workdays) -> Workdays:
    """Who meets on Saturdays works on them, weekend or not, but not on a holiday."""
    calendar = workdays.calendar
    if day in WEEKDAYS and (number := WEEKDAYS.index(str(day))) in calendar.weekend:
        return Workdays(replace(calendar, weekend=calendar.weekend - {number}))
    return workdays


def _put_off(record: Record, day: date, worked: Workdays) -> date:
    """The day itself where it is worked, or where none is near that is."""
    if record.data.get("day") not in WEEKDAYS:
        found = worked.on_or_after(day)
        return found if (found - day).days <= _PUT_OFF else day
    same = (_shifted(day, days) for days in range(0, _PUT_OFF, 7))
    return next((one for one in same if worked.is_working(one)), day)


def _by_rule(record: Record, first: date, last: date, begun: date | None) -> list[date]:
    """The dates that the rule of a cadence gives, holidays or not."""
    rule = rule_of(record)
    if not rule or last < first:
        return []
    if "WEEKLY" in rule:
        origin = begun or _FIRST_MONDAY
        start = origin - timedelta(days=min(origin.weekday(), (origin - date.min).days))
        # Not every week since then, but as many as leave the count of two weeks as it is.
        start += timedelta(days=(first - start).days // 14 * 14)
    else:
        start = date(first.year, 1, 1)
    begins, ends = datetime.combine(start, time()), datetime.combine(last, time())
    found = rrulestr(rule, dtstart=begins).between(datetime.combine(first, time()), ends, inc=True)
    return [one.date() for one in found]


def _assigned(dates: Sequence[date], meetings: Sequence[tuple[date, str]], reach: int) -> dict[date, str]:
    """The meeting that was held for each date: the nearest one, each for one date."""
    near = sorted((abs((day - held).days), day, address) for held, address in meetings for day in _within(dates, held, reach))
    found: dict[date, str] = {}
    taken: set[str] = set()
    for _, day, address in near:
        if day not in found and address not in taken:
            found[day] = address
            taken.add(address)
    return found


def _within(dates: Sequence[date], day: date, reach: int) -> Sequence[date]:
    return dates[bisect_left(dates, _shifted(day, -reach)) : bisect_right(dates, _shifted(day, reach))]


def _start(record: Record, day: date) -> datetime | None:
    """The moment at which it begins on ``day``: the same time on the clock of its zone, in summer and in winter."""
    text, name = record.fields.text("time"), record.fields.text("timezone")
    try:
        begins = datetime.combine(day, time.fromisoformat(text or ""))
        return begins.replace(tzinfo=ZoneInfo(name)) if name else begins
    except (KeyError, ValueError, OSError):
        return None


def _shifted(day: date, days: int) -> date:
    """``day`` so many days later, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
