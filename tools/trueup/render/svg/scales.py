"""From days and numbers to places in a picture, and the marks along its sides that people can read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from trueup.locale import translator
from trueup.locale.days import tick
from trueup.render.numbers import SIGNS, number, with_unit
from trueup.render.svg.text import SMALL, width

# What lies further from today than this, in days, is a slip of the pen and would make a dot of everything else.
_PAST, _AHEAD = 3 * 366, 4 * 366

# Between the names of two marks lies at least so much.
_GAP = 14.0

# Beyond this two numbers may be further apart than numbers go.
_LARGEST = 1e300

# What is nearer to nothing than this is what counting in binary leaves over.
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of an axis: its place, and what stands beside it. ``is_line``: the place is where something begins."""

    at: float
    words: str
    is_line: bool = True


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The days from ``first`` to ``last``, both included, between ``left`` and ``right``. What lies outside is put to its edge."""

    first: date
    last: date
    left: float
    right: float

    @property
    def day(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def begin(self, day: date) -> float:
        """Where a day begins."""
        return min(self.right, max(self.left, self.left + (day.toordinal() - self.first.toordinal()) * self.day))

    def end(self, day: date) -> float:
        """Where a day ends."""
        return min(self.right, max(self.left, self.left + (day.toordinal() + 1 - self.first.toordinal()) * self.day))

    def middle(self, day: date) -> float:
        return (self.begin(day) + self.end(day)) / 2

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def marks(self, language: str) -> list[Mark]:
        """Days, weeks, months, quarters or years: the shortest whose names have room. January goes by its year."""
        for unit, step in _STEPS:
            if self.day * _DAYS[unit] * step >= _GAP + max(width(one, SMALL) for one in _longest(unit, language)):
                return self._named(unit, step, language)
        return []

    def _named(self, unit: str, step: int, language: str) -> list[Mark]:
        days = [*_days(self.first, self.last, unit, step)]
        marks = [Mark(self.begin(day), _name(day, unit, step, language)) for day in days]
        if unit in ("month", "year") and (not days or days[0] > self.first):
            # The part of a month that comes before the first mark has a name too, where there is room for it.
            start = _floor(self.first, unit, step)
            name = _name(start, unit, step, language)
            until = marks[0].at if marks else self.right
            if self.left + width(name, SMALL) + _GAP <= until:
                marks.insert(0, Mark(self.left, name, is_line=False))
                days.insert(0, start)
        if marks and unit == "month" and days[0].month != 1:
            # The first says of which year it is, where it has room to.
            whole = _with_year(days[0], step, language)
            until = marks[1].at if len(marks) > 1 else self.right
            if marks[0].at + width(whole, SMALL) + _GAP <= until:
                marks[0] = Mark(marks[0].at, whole, marks[0].is_line)
        return [one for one in marks if one.at + width(one.words, SMALL) <= self.right + _GAP]


# In days, for a guess at what has room.
_DAYS = {"day": 1, "week": 7, "month": 28, "year": 365}
_STEPS = (
    ("day", 1), ("day", 2), ("week", 1), ("week", 2), ("month", 1), ("month", 2), ("month", 3), ("month", 6),
    *(("year", step * 10**power) for power in range(4) for step in (1, 2, 5)),
)  # fmt: skip


def time_scale(days: Iterable[date | None], today: date, left: float, right: float, margin: float = 0.02) -> TimeScale:
    """A scale that holds today and those of ``days`` that do not lie years away from it, with a little room at both ends."""
    now = today.toordinal()
    near = [now, *(day.toordinal() for day in days if day and now - _PAST <= day.toordinal() <= now + _AHEAD)]
    spare = max(1, math.ceil((max(near) - min(near)) * margin))
    most = date.max.toordinal()
    return TimeScale(date.fromordinal(max(1, min(near) - spare)), date.fromordinal(min(most, max(near) + spare)), left, right)


def _days(first: date, last: date, unit: str, step: int) -> Iterator[date]:
    """The days on which a unit begins, a step apart."""
    if unit in ("day", "week"):
        days = 7 * step if unit == "week" else step
        # Ordinal 1 is a Monday, so that weeks, and every second of them, begin at the same place whatever is shown.
        for ordinal in range(first.toordinal() + -(first.toordinal() - 1) % days, last.toordinal() + 1, days):
            yield date.fromordinal(ordinal)
        return
    months = 12 * step if unit == "year" else step
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    for place in range(start + -start % months, last.year * 12 + last.month, months):
        if place // 12 <= date.max.year:
            yield date(place // 12, place % 12 + 1, 1)


def _floor(day: date, unit: str, step: int) -> date:
    """The day on which the month or the year began, or the several of them, that a day lies in."""
    months = 12 * step if unit == "year" else step
    place = (day.year * 12 + day.month - 1) // months * months
    return date(max(1, place // 12), place % 12 + 1, 1)


def _name(day: date, unit: str, step: int, language: str) -> str:
    if unit in ("day", "week"):
        return tick(day, language)
    if unit == "year" or day.month == 1:
        return translator(language)("{year}").format(year=day.year)
    return f"Q{(day.month + 2) // 3}" if step == 3 else month_name(day.month, language)


def _with_year(day: date, step: int, language: str) -> str:
    _ = translator(language)
    if step == 3:
        return f"{day.year} Q{(day.month + 2) // 3}"
    return _("{month} {year}").format(month=month_name(day.month, language), year=day.year)


def _longest(unit: str, language: str) -> Iterable[str]:
    if unit in ("day", "week"):
        return (tick(date(2024, 11, 28), language), tick(date(2024, 5, 28), language))
    return (translator(language)("{year}").format(year=2028), month_name(11, language))


def month_name(month: int, language: str) -> str:
    """A month by its short name: ``Nov``, ``11月``."""
    _ = translator(language)
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return names[month - 1]


@dataclass(frozen=True, slots=True)
class NumberScale:
    """The numbers from ``low`` to ``high`` between ``bottom`` and ``top``; ``steps`` are round numbers among them, rising."""

    low: float
    high: float
    bottom: float
    top: float
    steps: tuple[float, ...]

    def at(self, value: float) -> float:
        """The place of a number; that of the nearest edge for one that lies outside."""
        share = (_tame(value) - self.low) / (self.high - self.low)
        return self.bottom + min(1.0, max(0.0, share)) * (self.top - self.bottom)

    def marks(self, unit: str = "") -> list[Mark]:
        """The round numbers, with the sign of a unit that is as short as ``%``."""
        sign = unit if unit in SIGNS else ""
        return [Mark(self.at(one), with_unit(number(one), sign)) for one in self.steps]


def number_scale(values: Iterable[float | None], bottom: float, top: float, count: int = 4, *, from_zero: bool = False) -> NumberScale:
    """A scale with about ``count`` round numbers that holds all of ``values``; what is no number is left out."""
    known = [_tame(one) for one in values if one is not None and not math.isnan(one)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if from_zero:
        low, high = min(0.0, low), max(0.0, high)
    if high - low <= max(abs(low), abs(high), _SMALLEST) * 1e-9:
        around = abs(high) * 0.1 if abs(high) > _SMALLEST else 1.0
        low, high = low - (0 if from_zero and high >= 0 else around), high + around
    step = _round_step((high - low) / count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    steps = tuple(_times(step, place) for place in range(first, last + 1))
    return NumberScale(steps[0], steps[-1], bottom, top, steps)


def _tame(value: float) -> float:
    return max(-_LARGEST, min(_LARGEST, float(value)))


def _round_step(least: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** max(-300, math.floor(math.log10(max(least, 1e-300))))
    return next((one * power for one in (1, 2, 5) if one * power >= least * (1 - 1e-9)), 10 * power)


def _times(step: float, count: int) -> float:
    """``step * count`` without what counting in binary adds: 0.3 for three times 0.1."""
    places = -math.floor(math.log10(step))
    return round(step * count, places) + 0.0 if places <= 300 else step * count


def spread(wanted: list[tuple[float, float]], left: float, right: float, gap: float = 6.0) -> list[float]:
    """Where names of marks stand that would overlap: each ``(middle, width)`` moved no more than it must, in the order given.

    The middles rise; so do those that are given back. What has no room at all overlaps at the right.
    """
    found: list[float] = []
    edge = left
    for middle, wide in wanted:
        at = max(edge + wide / 2, middle)
        found.append(at)
        edge = at + wide / 2 + gap
    edge = right
    for place in range(len(found) - 1, -1, -1):
        wide = wanted[place][1]
        found[place] = max(left + wide / 2, min(found[place], edge - wide / 2))
        edge = found[place] - wide / 2 - gap
    return found
