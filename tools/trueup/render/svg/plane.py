"""A ground of days and numbers: its grid, the names along its sides, and lines that are broken where data are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from trueup.render.html import Html
from trueup.render.svg.drawing import Place, circle, lines, polyline, text
from trueup.render.svg.scales import NumberScale, TimeScale, number_scale, time_scale
from trueup.render.svg.text import SMALL, width

TOP, _FOOT = 26.0, 24.0

# A gap in data is where the next comes later than so many times the usual distance.
_GAP = 2.5


@dataclass(frozen=True, slots=True)
class Plane:
    """The ground of one picture. ``right`` is where the plane ends; what is right of it has room for the names of lines."""

    days: TimeScale
    numbers: NumberScale
    width: float
    height: float
    unit: str
    language: str

    @property
    def left(self) -> float:
        return self.days.left

    @property
    def right(self) -> float:
        return self.days.right

    @property
    def bottom(self) -> float:
        return self.numbers.bottom

    def place(self, day: date, value: float) -> Place:
        return self.days.middle(day), self.numbers.at(value)

    def grid(self) -> Iterator[Html]:
        values, days = self.numbers.marks(self.unit), self.days.marks(self.language)
        yield lines("grid", ((self.left, mark.at, self.right, mark.at) for mark in values))
        yield lines("grid", ((mark.at, self.bottom, mark.at, self.bottom + 6) for mark in days if mark.is_line))
        for mark in values:
            yield text("axis", self.left - 8, mark.at + 4, mark.words, anchor="end", size=SMALL)
        for mark in days:
            yield text("axis", mark.at + (4 if mark.is_line else 0), self.bottom + 17, mark.words, size=SMALL)


def plane(
    days: Iterable[date | None], values: Iterable[float | None], today: date, size: tuple[float, float], unit: str, language: str,
    margin: float = 12, *, from_zero: bool = False,
) -> Plane:  # fmt: skip
    """A plane for these days and values in a picture of ``size``; ``margin`` is left free at its right."""
    wide, high = size
    numbers = number_scale(values, high - _FOOT, TOP, from_zero=from_zero)
    names = max((width(mark.words, SMALL) for mark in numbers.marks(unit)), default=0)
    return Plane(time_scale(days, today, names + 9, wide - margin, margin=0.01), numbers, wide, high, unit, language)


def runs(points: Sequence[tuple[date, float]]) -> list[list[tuple[date, float]]]:
    """The points in pieces without a gap. Usual is the median of the distances between them."""
    if not points:
        return []
    apart = [(after[0] - before[0]).days for before, after in pairwise(points)]
    usual = sorted(apart)[(len(apart) - 1) // 2] if apart else 0
    found = [[points[0]]]
    for point, days in zip(points[1:], apart, strict=True):
        if days > usual * _GAP:
            found.append([])
        found[-1].append(point)
    return found


def broken_line(look: str, plane: Plane, points: Sequence[tuple[date, float]]) -> Iterator[Html]:
    """A line that does not go on where data are missing; a value that stands alone is a dot."""
    for run in runs(points):
        if len(run) == 1:
            yield circle(f"{look}-alone", *plane.place(*run[0]), 2.5)
        else:
            yield polyline(look, [plane.place(*point) for point in run])
