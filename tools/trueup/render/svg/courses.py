"""Several figures over the same days, as lines beside each other: what came in and what waits, errors and warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.locale import Text, msg, translator
from trueup.locale.days import written
from trueup.render.html import Html, joined
from trueup.render.numbers import number
from trueup.render.svg.chart import NARROW, WIDE, Chart, KeyEntry, Picture, chart
from trueup.render.svg.drawing import circle, group, line, text, unsaid
from trueup.render.svg.plane import Plane, broken_line, plane
from trueup.render.svg.scales import spread
from trueup.render.svg.text import SMALL, width
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table

_MOST = 366

# Each line has a look of its own, that can be told from the others without its colour.
_LOOKS = ("course-1", "course-2", "course-3")


@dataclass(frozen=True, slots=True)
class Course:
    """One line: what it is of, and its values, on the same days as all others of a chart. None: nobody knows."""

    name: str
    values: tuple[float | None, ...]


def courses_chart(
    name: str, title: str, days: Sequence[date], courses: Sequence[Course], today: date, language: str, *, unit: str = ""
) -> Chart:
    """At most three lines over rising days; of more than 366 the latest. ``name`` is the chart's own on a page, ``unit`` as ``%``."""
    shown = days[-_MOST:]
    drawn = [Course(one.name, one.values[-_MOST:]) for one in courses[: len(_LOOKS)]]
    known = [one for one in drawn if any(value is not None for value in one.values)]
    drawing = _Drawing(shown, known, today, language, unit)
    none = translator(language)("There are no values yet.")
    return chart(
        f"courses-{name}",
        title,
        sentences(_told(shown, known, unit, language), language) if known else none,
        (drawing.picture(WIDE, 210), drawing.picture(NARROW, 190)) if known else (),
        _table(shown, drawn, unit, language),
        key=(KeyEntry(line(look, 0, 6, 20, 6), one.name) for look, one in zip(_LOOKS, known, strict=False)),
        note="" if known else none,
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    days: Sequence[date]
    courses: Sequence[Course]
    today: date
    language: str
    unit: str

    def picture(self, wide: float, high: float) -> Picture:
        values = [value for one in self.courses for value in one.values]
        names = [_amount(_last(one)[1], self.unit) for one in self.courses]
        margin = max(width(words, SMALL) for words in names) + 16
        ground = plane(self.days, values, self.today, (wide, high), self.unit, self.language, margin, from_zero=True)
        shapes = [unsaid(ground.grid())]
        for look, one in zip(_LOOKS, self.courses, strict=False):
            points = [(day, value) for day, value in zip(self.days, one.values, strict=True) if value is not None]
            shapes += [*broken_line(look, ground, points), *self._dots(ground, one, points)]
        return Picture(wide, high, joined((*shapes, group("haloed", self._ends(ground, names)))))

    def _dots(self, ground: Plane, course: Course, points: Sequence[tuple[date, float]]) -> Iterator[Html]:
        """What whoever points at a line reads; the dots themselves are not seen."""
        for day, value in points:
            hint = f"{written(day, self.language)} · {course.name} · {_amount(value, self.unit)}"
            yield circle("hit", *ground.place(day, value), 5, hint)

    def _ends(self, ground: Plane, names: Sequence[str]) -> Iterator[Html]:
        """The latest value of each line behind its end, none of them over another."""
        ends = [ground.place(*_dated(self.days, one)) for one in self.courses]
        order = sorted(range(len(ends)), key=lambda place: ends[place][1])
        moved = spread([(ends[place][1], 12.0) for place in order], 0, ground.height, 1)
        heights = dict(zip(order, moved, strict=True))
        for place, (x, y) in enumerate(ends):
            yield circle(f"{_LOOKS[place]}-end", x, y, 3)
            yield text(f"{_LOOKS[place]}-name", x + 8, heights[place] + 4, names[place], size=SMALL)


def _last(course: Course) -> tuple[int, float]:
    """The latest value that is known, and its place."""
    place = max(place for place, value in enumerate(course.values) if value is not None)
    return place, course.values[place] or 0.0


def _dated(days: Sequence[date], course: Course) -> tuple[date, float]:
    place, value = _last(course)
    return days[place], value


def _amount(value: float, unit: str) -> str:
    return f"{number(round(value, 1))}{unit}"


def _told(days: Sequence[date], courses: Sequence[Course], unit: str, language: str) -> Iterator[Text]:
    """For each line where it began and where it ends."""
    for one in courses:
        first = next(place for place, value in enumerate(one.values) if value is not None)
        last, value = _last(one)
        yield msg(
            "{name}: {start} on {first}, {end} on {last}.",
            name=one.name, start=_amount(one.values[first] or 0.0, unit), first=written(days[first], language),
            end=_amount(value, unit), last=written(days[last], language),
        )  # fmt: skip


def _table(days: Sequence[date], courses: Sequence[Course], unit: str, language: str) -> Table:
    headings = {"date": translator(language)("Date"), **{str(place): one.name for place, one in enumerate(courses)}}
    columns = [[None if value is None else _cell(value, unit) for value in one.values] for one in courses]
    return Table(tuple(headings), tuple(zip(days, *columns, strict=True)), headings)


def _cell(value: float, unit: str) -> float | str:
    return _amount(value, unit) if unit else value
