"""Working days: weekends, the public holidays of a country, days that were moved, and days off."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from trueup.records.dates import date_of
from trueup.records.record import Record

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Plans lie within these years; a typing mistake must not make the calendar of eight millennia.
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who works when. ``country`` is an ISO 3166 code, with a region as ``DE-BY``, or ``""`` for no public holidays.

    ``weekend`` counts Monday as 0. ``working`` are days that are worked although they would be free, ``off`` the other way
    round; of a day in both, ``off`` wins.
    """

    country: str = ""
    weekend: frozenset[int] = frozenset({5, 6})
    off: tuple[Stretch, ...] = ()
    working: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Year:
    """The working days of a year as ordinals (``date.toordinal``), rising; ``is_provisional``: its holidays are not announced yet."""

    days: tuple[int, ...]
    is_provisional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Workdays:
    """Counts in working days. A year is worked out when it is first asked for; years before 1970 and after 2200 have none."""

    calendar: Calendar
    _years: dict[int, Year] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        days = self._year(day.year).days
        place = bisect_left(days, day.toordinal())
        return place < len(days) and days[place] == day.toordinal()

    def is_provisional(self, year: int) -> bool:
        """Whether the year's public holidays are worked out by rule, as its moved working days have not been announced."""
        return self._year(year).is_provisional

    def count(self, first: date, last: date) -> int:
        """How many working days there are from ``first`` to ``last``, both included; 0 where ``last`` comes first."""
        if last < first:
            return 0
        total = sum(len(self._year(year).days) for year in range(first.year, last.year)) if first.year < last.year else 0
        return (
            total - bisect_left(self._year(first.year).days, first.toordinal()) + bisect_right(self._year(last.year).days, last.toordinal())
        )

    def between(self, first: date, last: date) -> int:
        """How many working days ``last`` comes after ``first``: 1 for the next one, -1 for the one before; what ``add`` went."""
        if last == first:
            return 0
        if last > first:
            return self.count(first + timedelta(days=1), last)
        return -self.count(last, first - timedelta(days=1))

    def on_or_after(self, day: date) -> date:
        """The first working day from ``day`` on; ``day`` itself where no more are known."""
        for year in range(max(day.year, _FIRST_YEAR), min(day.year + 3, _LAST_YEAR + 1)):
            days = self._year(year).days
            place = bisect_left(days, day.toordinal())
            if place < len(days):
                return date.fromordinal(days[place])
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to ``day``; ``day`` itself where none is known."""
        for year in range(min(day.year, _LAST_YEAR), max(day.year - 3, _FIRST_YEAR - 1), -1):
            days = self._year(year).days
            place = bisect_right(days, day.toordinal())
            if place:
                return date.fromordinal(days[place - 1])
        return day

    def add(self, day: date, count: int) -> date:
        """The day ``count`` working days after ``day``, or before it where negative; for 0 the day itself, worked or not."""
        year, left = day.year, abs(count)
        while left and _FIRST_YEAR <= year <= _LAST_YEAR:
            days = self._year(year).days
            if count > 0:
                place = bisect_right(days, day.toordinal()) + left - 1
                if place < len(days):
                    return date.fromordinal(days[place])
                left -= max(0, len(days) - bisect_right(days, day.toordinal()))
                year += 1
                continue
            place = bisect_left(days, day.toordinal()) - left
            if place >= 0:
                return date.fromordinal(days[place])
            left -= bisect_left(days, day.toordinal())
            year -= 1
        return day

    def _year(self, year: int) -> Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = _year_of(self.calendar, year)
        return found


def _year_of(calendar: Calendar, year: int) -> Year:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return Year((), True)
    start, end = date(year, 1, 1), date(year, 12, 31)
    free, moved, provisional = _holidays(calendar.country, year) if calendar.country else (frozenset[date](), frozenset[date](), False)
    off = {
        day
        for one in calendar.off
        if one.first <= end and one.last >= start
        for day in range(max(one.first, start).toordinal(), min(one.last, end).toordinal() + 1)
    }
    days = []
    for ordinal in range(start.toordinal(), end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        normally = day in moved or (day.weekday() not in calendar.weekend and day not in free)
        if ordinal not in off and (normally or day in calendar.working):
            days.append(ordinal)
    return Year(tuple(days), provisional)


def _holidays(country: str, year: int) -> tuple[frozenset[date], frozenset[date], bool]:
    """The public holidays of a year, the days at weekends that are worked instead, and whether the latter are yet to be announced.

    Where a government moves working days every year (China), a later year that has none has not been announced.
    """
    around = [_announced(country, one) for one in range(year - 1, year + 2)]
    free = frozenset(day for one, _ in around for day in one if day.year == year)
    moved = frozenset(day for _, one in around for day in one if day.year == year)
    provisional = not moved and year > _MOVED_IN[-1] and all(_announced(country, one)[1] for one in _MOVED_IN)
    return free, moved, provisional


# A country that moved working days in each of these years does so every year.
_MOVED_IN = (2024, 2025)


@cache
def _announced(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """What the ``holidays`` library says of a country and a year: public holidays, and days at weekends that are worked.

    Nothing of a country that it does not know, as of none: the rule "unknown-country" says so.
    """
    import holidays

    if not is_known_country(country):
        return frozenset(), frozenset()
    name, _, region = country.partition("-")
    found: Any = holidays.country_holidays(name, subdiv=region or None, years=year, expand=False)
    return frozenset(found), frozenset(getattr(found, "weekend_workdays", ()))


def is_known_country(code: str) -> bool:
    """Whether there are public holidays to be had for an ISO 3166 code, ``CN`` or ``DE-BY``."""
    import holidays

    name, _, region = code.partition("-")
    regions = holidays.list_supported_countries(include_aliases=True).get(name)
    return regions is not None and (not region or region in regions)


def company_calendar(data: Mapping[str, Any]) -> Calendar:
    """The calendar of a workspace, from ``calendar`` in trueup.yaml; what cannot be used is left out."""
    weekend = data.get("weekend")
    names = weekend if isinstance(weekend, list) else WEEKDAYS[5:]
    return Calendar(
        country=data["country"] if isinstance(data.get("country"), str) else "",
        weekend=frozenset(WEEKDAYS.index(name) for name in names if name in WEEKDAYS),
        off=tuple(_stretches(data.get("days_off"))),
        working=frozenset(day for one in data.get("working_days") or () if (day := date_of(one))),
    )


def personal_calendar(company: Calendar, person: Record) -> Calendar:
    """The calendar of a person: the workspace's with the person's own days off, and the holidays of the person's own country."""
    own = person.fields.inside("calendar")
    if own is None:
        return company
    country = own.text("country") or company.country
    moved = company.working if country == company.country else frozenset[date]()
    return replace(company, country=country, working=moved, off=(*company.off, *_stretches(own.data.get("days_off"))))


def _stretches(value: Any) -> Iterable[Stretch]:
    """Days off as they are written: a date, or a mapping with the first and the last."""
    for one in value if isinstance(value, list) else ():
        first, last = (one.get("from"), one.get("to")) if isinstance(one, dict) else (one, one)
        begins, ends = date_of(first), date_of(last)
        if begins and ends and begins <= ends:
            yield Stretch(begins, ends)
