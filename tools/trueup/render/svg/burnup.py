"""How much of the work is done, day by day, beside how much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import written
from trueup.render.html import Html, joined
from trueup.render.numbers import number
from trueup.render.svg.chart import NARROW, WIDE, Chart, KeyEntry, Picture, chart
from trueup.render.svg.drawing import Anchor, circle, group, line, polyline, text, unsaid
from trueup.render.svg.markers import draw_markers, today_and_due
from trueup.render.svg.plane import TOP, Plane, plane
from trueup.render.svg.text import SMALL
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.schedule import ScheduledPlan

_MOST = 500


@dataclass(frozen=True, slots=True)
class Burned:
    """At the end of a day so much is done of so much; both in the same unit, as tasks or days."""

    day: date
    done: float
    scope: float


def burned_of(plan: ScheduledPlan, today: date) -> tuple[Burned, ...]:
    """The tasks of a plan by the days on which they were done, up to today.

    How many there were earlier, the records alone do not say: the scope is today's on each day. What was dropped is none of it.
    """
    tasks = [part for part in plan.parts if not part.is_milestone and part.status != "dropped"]
    ends = sorted(part.finish for part in tasks if part.status == "done" and part.finish and part.finish <= today)
    begun = min([day for day in (plan.start, *ends) if day and day <= today], default=None)
    if not tasks or begun is None:
        return ()
    unknown = sum(part.status == "done" and part.finish is None for part in tasks)
    found = {begun: unknown, **{day: count for count, day in enumerate(ends, unknown + 1)}, today: len(ends) + unknown}
    return tuple(Burned(day, done, len(tasks)) for day, done in sorted(found.items()))


def burnup_chart(
    name: str, title: str, points: Sequence[Burned], today: date, language: str, *, due: date | None = None, forecast: date | None = None
) -> Chart:  # fmt: skip
    """Done beside scope over time. ``name`` is an address, or what else is the chart's own on a page.

    ``due``: a thin line leads from the start to there, which is the pace that was needed. ``forecast``: a dashed one leads to it.
    """
    known = sorted(points, key=lambda one: one.day)
    shown = known[-_MOST:]
    left = len(known) - len(shown)
    drawing = _Drawing(shown, today, language, due, forecast)
    empty = translator(language)("Nothing has been begun yet.")
    return chart(
        f"burnup-{name}",
        title,
        sentences(_told(shown, due, forecast, language), language) if shown else empty,
        (drawing.picture(WIDE, 240), drawing.picture(NARROW, 210)) if shown else (),
        _table(shown, language),
        key=_key(language, due, forecast, shown[-1].done < shown[-1].scope) if shown else (),
        note=empty
        if not shown
        else msgs("{count} earlier day is not shown.", "{count} earlier days are not shown.", left).say(language)
        if left
        else "",
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    points: Sequence[Burned]
    today: date
    language: str
    due: date | None
    forecast: date | None

    def picture(self, wide: float, high: float) -> Picture:
        days = [*(one.day for one in self.points), self.due, self.forecast]
        values = [value for one in self.points for value in (one.done, one.scope)]
        ground = plane(days, values, self.today, (wide, high), "", self.language, from_zero=True)
        markers = today_and_due(self.today, self.due, self.language)
        shapes = (
            unsaid(ground.grid()),
            *self._needed(ground),
            self._area(ground),
            polyline("scope", [*self._steps(ground, "scope")]),
            polyline("done-line", [*self._steps(ground, "done")]),
            *self._ahead(ground),
            unsaid(draw_markers(markers, ground.days, TOP - 8, ground.bottom, wide)),
            group("haloed", self._names(ground)),
        )
        return Picture(wide, high, joined(shapes))

    def _steps(self, ground: Plane, name: str) -> Iterator[tuple[float, float]]:
        """A line that stays as it is until the day on which something changes."""
        before: float | None = None
        for one in self.points:
            x, y = ground.place(one.day, one.done if name == "done" else one.scope)
            if before is not None and before != y:
                yield x, before
            yield x, y
            before = y

    def _area(self, ground: Plane) -> Html:
        steps = [*self._steps(ground, "done")]
        return polyline("done-area", [(steps[0][0], ground.bottom), *steps, (steps[-1][0], ground.bottom)], closed=True)

    def _needed(self, ground: Plane) -> Iterator[Html]:
        if self.due is not None and self.due > self.points[0].day:
            yield polyline("needed", [ground.place(self.points[0].day, self.points[0].done), ground.place(self.due, self.points[-1].scope)])

    def _ahead(self, ground: Plane) -> Iterator[Html]:
        last = self.points[-1]
        if self.forecast is not None and self.forecast > last.day and last.done < last.scope:
            end = ground.place(self.forecast, last.scope)
            yield polyline("ahead", [ground.place(last.day, last.done), end])
            yield circle("ahead-end", *end, 3.5)

    def _names(self, ground: Plane) -> Iterator[Html]:
        """The two lines by their names, above their ends where there is room; the two never meet."""
        _ = translator(self.language)
        last = self.points[-1]
        x, room = ground.days.middle(last.day) - 6, ground.days.middle(last.day) - ground.left - 6
        scope, done = ground.numbers.at(last.scope), ground.numbers.at(last.done)
        if room < 50:
            # Where hardly anything has happened yet the names stand after the lines.
            x, room = x + 14, ground.width - x - 14
        anchor: Anchor = "end" if x < ground.days.middle(last.day) else "start"
        above = scope - 6 if scope - 18 > TOP else scope + 14
        beside = done - 6 if done - 20 > above else max(done, above) + 14
        yield text("scope-name", x, above, _("scope {number}").format(number=number(last.scope)), room, anchor, SMALL)
        yield text("done-name", x, beside, _("done {number}").format(number=number(last.done)), room, anchor, SMALL)


def _told(points: Sequence[Burned], due: date | None, forecast: date | None, language: str) -> Iterator[Text]:
    first, last = points[0], points[-1]
    yield msg("On {day} {done} of {scope} are done.", day=written(last.day, language), done=number(last.done), scope=number(last.scope))
    if first.scope != last.scope:
        yield msg("The scope was {scope} on {day}.", scope=number(first.scope), day=written(first.day, language))
    if due:
        yield msg("Due on {date}.", date=written(due, language))
    if forecast and last.done < last.scope:
        yield msg("Forecast for {date}.", date=written(forecast, language))


def _key(language: str, due: date | None, forecast: date | None, is_open: bool) -> Iterator[KeyEntry]:
    _ = translator(language)
    yield KeyEntry(
        joined((polyline("done-area", [(1, 11), (1, 5), (19, 5), (19, 11)], closed=True), line("done-line", 1, 5, 19, 5))), _("done")
    )
    yield KeyEntry(line("scope", 1, 6, 19, 6), _("scope"))
    if due:
        yield KeyEntry(line("needed", 1, 10, 19, 2), _("pace needed for the due date"))
    if forecast and is_open:
        yield KeyEntry(joined((line("ahead", 1, 10, 15, 4), circle("ahead-end", 16, 3, 3))), _("until the forecast"))


def _table(points: Sequence[Burned], language: str) -> Table:
    _ = translator(language)
    headings = {"date": _("Date"), "done": _("Done"), "scope": _("Scope")}
    return Table(tuple(headings), tuple((one.day, one.done, one.scope) for one in points), headings)
