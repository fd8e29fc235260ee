"""Periods as they are written: a year, a half, a quarter, a month, a week."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_FORM = re.compile(r"([0-9]{4})(?:-(?:H([12])|Q([1-4])|W([0-9]{2})|([0-9]{2})))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``start`` to ``end``, both days included; ``name`` is how it is written."""

    start: date
    end: date
    name: str

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def passed(self, today: date) -> float:
        """The share of the period that has passed at the end of ``today``, from 0 to 1."""
        return min(1.0, max(0.0, ((today - self.start).days + 1) / self.days))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def period_of(text: object) -> Period | None:
    """``2026``, ``2026-H2``, ``2026-Q4``, ``2026-11`` or ``2026-W47`` (ISO 8601 week); None for anything else."""
    return _read_period(text) if isinstance(text, str) else None


# Hundreds of goals lie in the same few periods.
@lru_cache(maxsize=1024)
def _read_period(text: str) -> Period | None:
    found = _FORM.fullmatch(text)
    if found is None or found[1] == "0000":
        return None
    year = int(found[1])
    if found[4]:
        return _week(year, int(found[4]), found[0])
    months = 12
    first = 1
    if found[2]:
        months, first = 6, int(found[2]) * 6 - 5
    elif found[3]:
        months, first = 3, int(found[3]) * 3 - 2
    elif found[5]:
        months, first = 1, int(found[5])
        if not 1 <= first <= 12:
            return None
    last = first + months - 1
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), found[0])


def is_period(text: str) -> bool:
    """Whether a text is a period: what a schema's ``format: period`` accepts."""
    return period_of(text) is not None


def is_like_a_period(text: str) -> bool:
    """Whether a text has the form of a period, though there may be no such week or year."""
    return _FORM.fullmatch(text) is not None


def weeks_in(year: int) -> int:
    """How many weeks a year has (ISO 8601): 28 December always lies in the last of them."""
    return date(year, 12, 28).isocalendar().week


def _week(year: int, week: int, name: str) -> Period | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
        return Period(monday, monday + timedelta(days=6), name)
    except (ValueError, OverflowError):
        return None


def week_of(day: date) -> Period:
    """The ISO week that a day lies in."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(monday, min(monday, date.max - timedelta(days=6)) + timedelta(days=6), f"{year:04}-W{week:02}")


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), f"{day.year:04}-{day.month:02}")


def quarter_of(day: date) -> Period:
    found = period_of(f"{day.year:04}-Q{(day.month + 2) // 3}")
    assert found is not None
    return found
