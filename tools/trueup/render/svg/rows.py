"""Rows of bars on an axis of days: where everything of a plan's Gantt and of a timeline of plans stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.workdays import Workdays
from trueup.render.html import EMPTY, Html, joined
from trueup.render.svg.chart import NARROW, WIDE, Picture
from trueup.render.svg.drawing import diamond, group, line, lines, link, polyline, rect, text, tick, triangle, unsaid
from trueup.render.svg.markers import Marker, draw_markers
from trueup.render.svg.scales import TimeScale, time_scale
from trueup.render.svg.text import SMALL, width, wrapped

# A bar, the row that it lies in, the names at the left, the words at the right, and what stands above the rows.
_BAR = 12.0
_HEAD = 42.0
_NAMES, _WORDS = 240.0, 142.0

# Where a day is narrower than this, the days on which nobody works are no longer told apart.
_SHADED = 5.0


@dataclass(frozen=True, slots=True)
class Row:
    """One bar, or with ``look`` "heading" a title above some.

    ``look``: critical, open, done, dropped, paused. ``words`` stand at its end; ``tone`` is bad, strong or quiet, for them.
    ``slack_to``: how far it can move. ``promise``: the day by which another needs it, ``is_broken`` where it comes later.
    ``after``: the row that it waits for, by its place. ``hint`` says all of it.
    """

    title: str
    look: str
    url: str | None = None
    words: str = ""
    tone: str = "quiet"
    start: date | None = None
    finish: date | None = None
    due: date | None = None
    slack_to: date | None = None
    promise: date | None = None
    is_broken: bool = False
    is_point: bool = False
    after: int | None = None
    hint: str = ""


def rows_pictures(
    rows: Sequence[Row], markers: Sequence[Marker], today: date, language: str, workdays: Workdays | None = None
) -> tuple[Picture, Picture]:
    """The same rows for a wide and for a narrow place: there each name stands above its bar."""
    days = [day for row in rows for day in (row.start, row.finish, row.due, row.slack_to, row.promise)]
    days += [one.day for one in markers]
    wide = time_scale(days, today, _NAMES + 12, WIDE - _WORDS)
    narrow = time_scale(days, today, 0, NARROW)
    return (
        _Layout(wide, WIDE, language, rows, markers, workdays, is_narrow=False).picture(),
        _Layout(narrow, NARROW, language, rows, markers, workdays, is_narrow=True).picture(),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    scale: TimeScale
    width: float
    language: str
    rows: Sequence[Row]
    markers: Sequence[Marker]
    workdays: Workdays | None
    is_narrow: bool

    def picture(self) -> Picture:
        tops = self._tops()
        bottom = tops[-1]
        centres = [top + (30 if self.is_narrow else 14) for top in tops]
        rows = [self._row(row, top, centre) for row, top, centre in zip(self.rows, tops, centres, strict=False)]
        below = (*self._shades(bottom), *self._grid(bottom), *self._rules(tops))
        markers = draw_markers(self.markers, self.scale, 18, bottom, self.width)
        above = (*self._waits(centres), *markers, group("haloed", self._days()))
        if self.is_narrow:
            # There the names stand on the axis: nothing may cross them.
            return Picture(self.width, bottom + 6, joined((unsaid((*below, *above)), group("haloed", rows))))
        return Picture(self.width, bottom + 6, joined((unsaid(below), *rows, unsaid(above))))

    def _tops(self) -> list[float]:
        """Where each row begins, and where the last one ends."""
        tops = [_HEAD]
        for row in self.rows:
            tops.append(tops[-1] + (32 if row.look == "heading" else 44 if self.is_narrow else 28))
        return tops

    def _shades(self, bottom: float) -> Iterator[Html]:
        """The days on which nobody works, as stretches."""
        if self.workdays is None or self.scale.day < _SHADED:
            return
        since: date | None = None
        for ordinal in range(self.scale.first.toordinal(), self.scale.last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if not self.workdays.is_working(day):
                since = since or day
            elif since is not None:
                yield self._shade(since, day - timedelta(1), bottom)
                since = None
        if since is not None:
            yield self._shade(since, self.scale.last, bottom)

    def _shade(self, first: date, last: date, bottom: float) -> Html:
        left = self.scale.begin(first)
        return rect("shade", left, _HEAD, self.scale.end(last) - left, bottom - _HEAD)

    def _grid(self, bottom: float) -> Iterator[Html]:
        yield lines("grid", ((mark.at, 22, mark.at, bottom) for mark in self.scale.marks(self.language) if mark.is_line))

    def _days(self) -> Iterator[Html]:
        for mark in self.scale.marks(self.language):
            yield text("axis", mark.at + (4 if mark.is_line else 0), 34, mark.words, size=SMALL)

    def _rules(self, tops: Sequence[float]) -> Iterator[Html]:
        yield lines("rule", ((0, top, self.width, top) for top in tops))

    def _row(self, row: Row, top: float, centre: float) -> Html:
        if row.look == "heading":
            return text("heading", 0, top + 21, row.title, self.width)
        ground = rect("hit", 0, top, self.width, (44 if self.is_narrow else 28))
        return link(row.url, row.hint or row.title, (ground, self._name(row, top), *self._words(row, top), *self._bar(row, centre)))

    def _name(self, row: Row, top: float) -> Html:
        look = "name gone" if row.look == "dropped" else "name"
        if self.is_narrow:
            return text(look, 0, top + 16, row.title, self.width - width(row.words, SMALL) - 12, hint=False)
        if width(row.title) <= _NAMES:
            return text(look, 0, top + 18, row.title, _NAMES, hint=False)
        # The ends of names tell tasks apart that begin alike.
        lines_of = wrapped(row.title, _NAMES, 2, SMALL)
        first = top + 24 - 6 * len(lines_of)
        return joined(text(look, 0, first + 12 * place, one, _NAMES, size=SMALL, hint=False) for place, one in enumerate(lines_of))

    def _words(self, row: Row, top: float) -> Iterator[Html]:
        if not row.words:
            return
        y = top + (16 if self.is_narrow else 18)
        room = width(row.words, SMALL) + 1 if self.is_narrow else _WORDS - 10
        yield text(f"words {row.tone}", self.width, y, row.words, room, "end", SMALL, hint=False)

    def _bar(self, row: Row, centre: float) -> Iterator[Html]:
        if row.start is None or row.finish is None:
            yield from self._due(row, centre)
            return
        left, right = self.scale.begin(row.start), max(self.scale.end(row.finish), self.scale.begin(row.start) + 2)
        if row.slack_to is not None and row.slack_to > row.finish:
            end = self.scale.end(row.slack_to)
            yield line("slack", right, centre, end, centre)
            yield line("slack-end", end, centre - 3, end, centre + 3)
        if row.is_point:
            yield diamond(f"point {row.look}", self.scale.middle(row.finish), centre, 6.5)
        else:
            yield from self._stretch(row, left, right, centre)
        yield from self._due(row, centre)
        if row.promise is not None:
            yield triangle("broken" if row.is_broken else "promise", self.scale.end(row.promise), centre - 9, -4)
        yield from self._beyond(row, centre)

    def _stretch(self, row: Row, left: float, right: float, centre: float) -> Iterator[Html]:
        """A bar; what of an open one comes after its due date is striped."""
        top = centre - _BAR / 2
        late = row.due is not None and row.finish is not None and row.finish > row.due and row.look != "dropped"
        fine = max(left, self.scale.end(row.due)) if late and row.due else right
        if fine > left:
            yield rect(f"bar {row.look}", left, top, fine - left, _BAR, 3)
        if fine < right:
            yield rect("late-ground", fine, top, right - fine, _BAR)
            yield line("late", fine, centre, right, centre)
        if row.look == "done" and right - left >= 16:
            yield tick("tick", left + 8, centre, 3)

    def _due(self, row: Row, centre: float) -> Iterator[Html]:
        reached = row.is_point and row.due == row.finish
        if row.due is not None and row.due in self.scale and row.look not in ("done", "dropped") and not reached:
            at = self.scale.end(row.due)
            yield line("due", at, centre - 9, at, centre + 9)

    def _beyond(self, row: Row, centre: float) -> Iterator[Html]:
        """An arrow at the edge for what goes on beyond it."""
        assert row.start and row.finish
        if row.start < self.scale.first:
            at = self.scale.left + 3
            yield polyline("beyond", [(at + 4, centre - 4), (at, centre), (at + 4, centre + 4)])
        if row.finish > self.scale.last:
            at = self.scale.right - 3
            yield polyline("beyond", [(at - 4, centre - 4), (at, centre), (at - 4, centre + 4)])

    def _waits(self, centres: Sequence[float]) -> Iterator[Html]:
        """From the end of a bar to the start of one that waits for it."""
        for place, row in enumerate(self.rows):
            before = self.rows[row.after] if row.after is not None else None
            if before is None or row.after is None or before.finish is None or row.start is None or row.after >= place:
                continue
            out = self.scale.middle(before.finish) if before.is_point else self.scale.end(before.finish) - 2
            into = self.scale.middle(row.start) - 6.5 if row.is_point else self.scale.begin(row.start)
            start, end = centres[row.after] + 6, centres[place]
            if into > out + 3:
                yield polyline("wait", [(out, start), (out, end), (into, end)])
            else:
                yield polyline("wait", [(out, start), (out, end - 6)])


def sample(look: str) -> Html:
    """A bar as a key shows it."""
    if look == "slack":
        return joined((line("slack", 1, 6, 18, 6), line("slack-end", 18, 3, 18, 9)))
    if look == "late":
        return joined((rect("late-ground", 1, 1, 18, 10), line("late slim", 1, 6, 19, 6)))
    if look in ("due", "today", "deadline"):
        return line(look, 10, 0, 10, 12)
    if look in ("promise", "broken"):
        return triangle(look, 10, 7, -5)
    if look == "point":
        return diamond("point open", 10, 6, 5.5)
    return joined((rect(f"bar {look}", 1, 1.5, 18, 9, 2.5), tick("tick", 10, 6, 2.5) if look == "done" else EMPTY))
