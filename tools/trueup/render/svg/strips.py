"""How several things stood over the same time: a strip for each, in which every state has a colour and a shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from trueup.locale import Text, msgs, translator
from trueup.locale.days import written
from trueup.render.html import Html, joined
from trueup.render.lines import health
from trueup.render.svg.chart import NARROW, WIDE, Chart, KeyEntry, Picture, chart
from trueup.render.svg.drawing import lines, link, rect, text, unsaid
from trueup.render.svg.health import Stood, sign
from trueup.render.svg.scales import TimeScale, time_scale
from trueup.render.svg.text import SMALL, wrapped
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.health import HEALTHS
from trueup.views.names import Names

_MOST = 40
_FOOT = 22.0
_NAME = 280.0


@dataclass(frozen=True, slots=True)
class Strip:
    """What became of one thing: its health on rising days, each until the next one of the chart. None: there were no data."""

    address: str
    title: str
    stood: tuple[Stood, ...]


def strips_chart(
    name: str, title: str, strips: Sequence[Strip], days: Sequence[date], today: date, names: Names, url: Callable[[str], str | None]
) -> Chart:
    """A strip each, in their order, of more than 40 the first; ``days`` are all on which somebody looked, ``url`` gives their pages."""
    shown = [one for one in strips if one.stood][:_MOST]
    left = sum(bool(one.stood) for one in strips) - len(shown)
    drawing = _Drawing(shown, days, today, names, url)
    none = translator(names.language)("No goal was open.")
    return chart(
        f"strips-{name}",
        title,
        sentences(_told(shown, names), names.language) if shown else none,
        (drawing.picture(WIDE), drawing.picture(NARROW)) if shown else (),
        _table(shown, days, names),
        key=_key(shown, names),
        note=msgs("{count} more goal is not shown.", "{count} more goals are not shown.", left).say(names.language) if left else "",
        has_links=any(url(one.address) for one in shown),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A state that did not change, from the first day to the day that comes after its last."""

    health: str | None
    first: date
    end: date


def _runs(strip: Strip, days: Sequence[date]) -> list[_Run]:
    """The states of a strip one after the other; where the thing was not there on a day between, one ends and another begins."""
    places = {day: place for place, day in enumerate(days)}
    found: list[_Run] = []
    for stood in strip.stood:
        after = days[min(places[stood.day] + 1, len(days) - 1)]
        if found and found[-1].health == stood.health and found[-1].end == stood.day:
            found[-1] = _Run(stood.health, found[-1].first, after)
        else:
            found.append(_Run(stood.health, stood.day, after))
    return found


@dataclass(frozen=True, slots=True)
class _Drawing:
    strips: Sequence[Strip]
    days: Sequence[date]
    today: date
    names: Names
    url: Callable[[str], str | None]

    def picture(self, wide: float) -> Picture:
        # On a narrow page the name stands above its strip, where it has the whole line.
        is_narrow = wide == NARROW
        lane, left = (44.0, 8.0) if is_narrow else (30.0, _NAME)
        scale = time_scale(self.days, self.today, left, wide - 12)
        bottom = len(self.strips) * lane + 4
        rows = (part for place, one in enumerate(self.strips) for part in self._row(one, scale, place * lane, lane, is_narrow))
        return Picture(wide, bottom + _FOOT, joined((unsaid(self._grid(scale, bottom)), *rows)))

    def _grid(self, scale: TimeScale, bottom: float) -> Iterator[Html]:
        marks = scale.marks(self.names.language)
        yield lines("grid", ((mark.at, 0, mark.at, bottom + 4) for mark in marks if mark.is_line))
        for mark in marks:
            yield text("axis", mark.at + (4 if mark.is_line else 0), bottom + 17, mark.words, size=SMALL)

    def _row(self, strip: Strip, scale: TimeScale, top: float, lane: float, is_narrow: bool) -> Iterator[Html]:
        middle = top + (lane - 14 if is_narrow else lane / 2)
        room = scale.right - 8 if is_narrow else _NAME - 14
        # The ends of names tell goals apart that begin alike.
        parts = wrapped(strip.title, room, 1 if is_narrow else 2, SMALL)
        first = top + 16 if is_narrow else middle + 10 - 6 * len(parts)
        name = joined(text("name", 0, first + 12 * place, one, room, size=SMALL, hint=False) for place, one in enumerate(parts))
        way = self.url(strip.address)
        yield link(way, self._hint(strip), (rect("hit", 0, top + 2, scale.left + room if is_narrow else _NAME - 8, lane - 4), name))
        for run in _runs(strip, self.days):
            begin, end = scale.middle(run.first), scale.middle(run.end)
            if run.health is not None:
                yield rect(f"strip {run.health}", begin, middle - 4, end - begin, 8)
            yield sign(run.health or "none", begin, middle)

    def _hint(self, strip: Strip) -> str:
        last = strip.stood[-1]
        return f"{strip.title} · {written(last.day, self.names.language)} · {health(last.health, self.names)}"


def _told(strips: Sequence[Strip], names: Names) -> Iterator[Text]:
    yield msgs("How {count} goal stood.", "How {count} goals stood.", len(strips))
    latest = max(one.stood[-1].day for one in strips)
    now = sorted((one.stood[-1].health for one in strips if one.stood[-1].day == latest), key=_rank)
    for state, found in groupby(now):
        yield msgs("At the end {count} is: {health}.", "At the end {count} are: {health}.", len(list(found)), health=health(state, names))


def _rank(state: str | None) -> int:
    return [*HEALTHS, None].index(state) if state in HEALTHS or state is None else len(HEALTHS)


def _key(strips: Sequence[Strip], names: Names) -> Iterator[KeyEntry]:
    there = {stood.health for one in strips for stood in one.stood}
    yield from (KeyEntry(sign(one or "none", 10, 6), health(one, names)) for one in (*HEALTHS, None) if one in there)


def _table(strips: Sequence[Strip], days: Sequence[date], names: Names) -> Table:
    """A row for each state that a goal was in, with the first day on which it was seen in it and the last."""
    _ = translator(names.language)
    headings = {"goal": _("Goal"), "health": _("Health"), "from": _("From"), "until": _("Until")}
    rows = tuple((one.title, health(run.health, names), run.first, run.end) for one in strips for run in _runs(one, days))
    return Table(tuple(headings), rows, headings, gives_way="goal")
