"""The values of a metric over time, beside its target, with the decisions that were taken about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import written
from trueup.render.html import Html, joined
from trueup.render.numbers import number
from trueup.render.readings import measured
from trueup.render.svg.chart import NARROW, WIDE, Chart, Event, KeyEntry, Picture, chart
from trueup.render.svg.drawing import circle, group, line, rect, text, unsaid
from trueup.render.svg.plane import TOP, Plane, broken_line, plane, runs
from trueup.render.svg.scales import spread
from trueup.render.svg.text import SMALL, width
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.decisions import Decision
from trueup.views.record import PointView, SeriesView

# The latest values that are drawn, and how many of them may have a dot each.
_MOST = 366
_DOTTED = 60
_MOST_DECISIONS = 20

# What lies further from the data than this, as a part of their range, would make a flat line of them; it is named instead.
_FAR = 3.0


@dataclass(frozen=True, slots=True)
class Metric:
    """What a series is of. ``direction`` is the better one, up or down, None where none is written. ``decisions`` are those to mark."""

    address: str
    title: str
    direction: str | None
    series: SeriesView
    decisions: Sequence[Decision] = ()


def series_chart(metric: Metric, today: date, language: str, url: Callable[[str], str | None]) -> Chart:
    """The series of a metric. The side of the target that is wanted is shaded; where values are missing, the line is broken.

    Decisions are numbered marks on the axis of days, with a list below; ``url`` gives their pages. Of more than 366 values the
    latest are shown.
    """
    series = metric.series
    points = series.points[-_MOST:]
    values = [(date.fromisoformat(one.date), one.value) for one in points]
    decided = _decided(metric, values)
    left = len(series.points) - len(points)
    drawing = _Drawing(metric, points, values, decided, today, language)
    return chart(
        f"series-{metric.address}",
        metric.title,
        sentences(_told(metric, values, decided, language), language),
        (drawing.picture(WIDE, 250, is_narrow=False), drawing.picture(NARROW, 210, is_narrow=True)) if values else (),
        _table(points, series, language),
        key=_key(metric, values, language),
        events=[Event(one.title, url(one.address), written(one.date, language)) for one in decided if one.date],
        note=_note(left, values, language),
    )


def _decided(metric: Metric, values: Sequence[tuple[date, float]]) -> list[Decision]:
    """The decisions that lie within the days of the series, the latest 20, in their order."""
    if not values:
        return []
    within = [one for one in metric.decisions if one.date and values[0][0] <= one.date]
    return sorted(within, key=lambda one: (one.date or date.min, one.address))[-_MOST_DECISIONS:]


def _note(left: int, values: Sequence[object], language: str) -> str:
    if not values:
        return translator(language)("There are no values yet.")
    return msgs("{count} earlier value is not shown.", "{count} earlier values are not shown.", left).say(language) if left else ""


@dataclass(frozen=True, slots=True)
class _Drawing:
    metric: Metric
    points: Sequence[PointView]
    values: Sequence[tuple[date, float]]
    decided: Sequence[Decision]
    today: date
    language: str

    def picture(self, wide: float, high: float, *, is_narrow: bool) -> Picture:
        series = self.metric.series
        latest = (
            measured(series.points[-1].value, series, series.places) if not is_narrow else number(series.points[-1].value, series.places)
        )
        days = [*(day for day, _ in self.values), *(one.date for one in self.decided)]
        ground = plane(
            days, [*(value for _, value in self.values), *self._around_target()], self._edge(), (wide, high), series.unit, self.language,
            margin=min(120.0, width(latest) * 1.08 + 14),
        )  # fmt: skip
        shapes = (
            unsaid((*self._band(ground), *ground.grid(), *self._marks(ground))),
            *broken_line("series", ground, self.values),
            *self._dots(ground),
            *self._target(ground),
            *self._latest(ground, latest),
        )
        return Picture(wide, high, joined(shapes))

    def _edge(self) -> date:
        """Where the axis ends at least: today, unless the series ended long ago; a series that lies ahead ends by itself."""
        last = self.values[-1][0]
        return self.today if 0 <= (self.today - last).days <= 366 else last

    def _near_target(self) -> float | None:
        """The target, where it is not so far off that the series would be a flat line beside it."""
        target, values = self.metric.series.target, [value for _, value in self.values]
        if target is None:
            return None
        spread_out = max(values) / 2 - min(values) / 2
        middle = max(values) / 2 + min(values) / 2
        is_near = abs(target / 2 - middle / 2) <= _FAR * spread_out + abs(middle) / 4 or spread_out == 0
        return target if is_near else None

    def _around_target(self) -> Iterator[float | None]:
        """The target and a little of the side that is wanted, so that there is something of it to be seen."""
        target, values = self._near_target(), [value for _, value in self.values]
        if target is not None:
            room = (max(*values, target) / 2 - min(*values, target) / 2) / 6
            yield target
            yield target + {"up": room, "down": -room if target - room >= 0 or target < 0 else -target}.get(self.metric.direction or "", 0)

    def _band(self, ground: Plane) -> Iterator[Html]:
        target = self._near_target()
        if target is None or self.metric.direction not in ("up", "down"):
            return
        at = ground.numbers.at(target)
        top, bottom = (TOP, at) if self.metric.direction == "up" else (at, ground.bottom)
        yield rect("band", ground.left, top, ground.right - ground.left, bottom - top)

    def _target(self, ground: Plane) -> Iterator[Html]:
        target = self.metric.series.target
        if target is None:
            return
        words = translator(self.language)("target {target}").format(target=measured(target, self.metric.series))
        if self._near_target() is None:
            # Too far to be drawn: an arrow says in which direction.
            is_above = target > self.values[-1][1]
            y, sign = (TOP + 11, "↑") if is_above else (ground.bottom - 6, "↓")
            yield group("haloed", (text("target-name", ground.left + 6, y, f"{sign} {words}", size=SMALL),))
            return
        at = ground.numbers.at(target)
        yield line("target", ground.left, at, ground.right, at)
        # Within the shaded side, unless that is too narrow for letters.
        below = at - TOP < 14 or (self.metric.direction == "down" and ground.bottom - at >= 16)
        yield group("haloed", (text("target-name", ground.left + 6, at + 13 if below else at - 5, words, size=SMALL),))

    def _dots(self, ground: Plane) -> Iterator[Html]:
        """A dot for each value that somebody can point at, a ring for one with a note."""
        is_dense = len(self.values) > _DOTTED
        shown = [place for place, one in enumerate(self.points) if one.note or not is_dense]
        for place in shown:
            point, (x, y) = self.points[place], ground.place(*self.values[place])
            hint = " · ".join(filter(None, (point.date, measured(point.value, self.metric.series, self.metric.series.places), point.note)))
            yield circle("noted", x, y, 3.2, hint) if point.note else circle("dot", x, y, 2, hint)

    def _latest(self, ground: Plane, words: str) -> Iterator[Html]:
        x, y = ground.place(*self.values[-1])
        yield circle("latest", x, y, 4)
        yield text("latest-name", x + 9, min(max(y + 4, TOP + 6), ground.bottom - 2), words)

    def _marks(self, ground: Plane) -> Iterator[Html]:
        """The decisions, each by its number above its day."""
        places = [ground.days.middle(one.date) for one in self.decided if one.date]
        moved = spread([(at, 16.0) for at in places], ground.left, ground.width, 3)
        for count, (at, above) in enumerate(zip(places, moved, strict=True), 1):
            yield line("decided", at, TOP - 4, at, ground.bottom)
            yield circle("flag", above, TOP - 13, 8)
            yield text("flag-name", above, TOP - 9.2, str(count), anchor="middle", size=10)


def _told(metric: Metric, values: Sequence[tuple[date, float]], decided: Sequence[Decision], language: str) -> Iterator[Text]:
    series = metric.series
    if not values:
        yield msg("There are no values yet.")
        return
    (first, began), (last, latest) = values[0], values[-1]
    start, end = (measured(value, series, series.places) for value in (began, latest))
    yield msgs(
        "{count} value from {first} to {last}, from {start} to {end}.", "{count} values from {first} to {last}, from {start} to {end}.",
        len(values), first=written(first, language), last=written(last, language), start=start, end=end,
    )  # fmt: skip
    if series.target is not None:
        target = measured(series.target, series)
        if series.is_reached is None:
            yield msg("Target: {target}.", target=target)
        else:
            yield (
                msg("Target: {target}, reached.", target=target)
                if series.is_reached
                else msg("Target: {target}, not reached.", target=target)
            )
    if decided:
        yield msgs("{count} decision is marked.", "{count} decisions are marked.", len(decided))


def _key(metric: Metric, values: Sequence[tuple[date, float]], language: str) -> Iterator[KeyEntry]:
    _ = translator(language)
    if not values:
        return
    series = metric.series
    if series.target is not None and metric.direction in ("up", "down"):
        wanted = _("wanted: target or above") if metric.direction == "up" else _("wanted: target or below")
        edge = 11.0 if metric.direction == "up" else 1.0
        yield KeyEntry(joined((rect("band", 1, 1, 18, 10), line("target", 1, edge, 19, edge))), wanted)
    if any(one.note for one in series.points[-_MOST:]):
        yield KeyEntry(circle("noted", 10, 6, 3.2), _("value with a note"))
    if len(runs(values)) > 1:
        yield KeyEntry(joined((line("series", 0, 6, 6, 6), line("series", 14, 6, 20, 6))), _("values are missing"))


def _table(points: Sequence[PointView], series: SeriesView, language: str) -> Table:
    _ = translator(language)
    unit = f" ({series.unit})" if series.unit else ""
    headings = {"date": _("Date"), "value": _("Value") + unit, "note": _("Notes")}
    rows = tuple((date.fromisoformat(one.date), one.value, one.note or None) for one in points)
    return Table(tuple(headings), rows, headings, gives_way="note")
