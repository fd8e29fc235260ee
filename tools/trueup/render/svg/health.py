"""How a goal or a plan stood over time: what its owners said, and what the numbers say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import written
from trueup.render.html import EMPTY, Html, joined
from trueup.render.lines import health
from trueup.render.numbers import number
from trueup.render.svg.chart import NARROW, WIDE, Chart, KeyEntry, Picture, chart
from trueup.render.svg.drawing import circle, lines, link, rect, text, triangle, unsaid
from trueup.render.svg.markers import draw_markers, today_and_due
from trueup.render.svg.scales import TimeScale, time_scale
from trueup.render.svg.text import SMALL, width
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.health import HEALTHS, Checkin
from trueup.views.names import Names

_MOST = 60

_HEAD, _LANE = 26.0, 34.0

# A single day drawn as wide as a quarter would look like one.
_LEAST_DAYS = 27


@dataclass(frozen=True, slots=True)
class Stood:
    """The health that the numbers gave on a day; None where they gave none."""

    day: date
    health: str | None


def health_chart(
    subject: str,
    title: str,
    checkins: Sequence[Checkin],
    data: Sequence[Stood],
    today: date,
    names: Names,
    url: Callable[[str], str | None],
) -> Chart:
    """The check-ins of a subject (an address), oldest first, above what the data say; of more than 60 the latest.

    ``data`` may have just the health of today. Each lasts until the next; ``url`` gives the pages of check-ins.
    """
    language = names.language
    _ = translator(language)
    said = sorted((one for one in checkins if one.health), key=lambda one: (one.day, one.address))
    told = said[-_MOST:]
    stood = [one for one in sorted(data, key=lambda one: one.day) if not told or one.day >= told[0].day][-_MOST:]
    left = len(said) - len(told)
    drawing = _Drawing(told, stood, today, names, url)
    none = _("Nobody has checked in yet.")
    return chart(
        f"health-{subject}",
        title,
        sentences(_told(told, stood, names), language) if told else none,
        (drawing.picture(WIDE), drawing.picture(NARROW)) if told or stood else (),
        _table(told, stood, names),
        key=_key(told, stood, names),
        note=msgs("{count} earlier check-in is not shown.", "{count} earlier check-ins are not shown.", left).say(language)
        if left
        else ("" if told else none),
        has_links=any(url(one.address) for one in told),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    said: Sequence[Checkin]
    stood: Sequence[Stood]
    today: date
    names: Names
    url: Callable[[str], str | None]

    def picture(self, wide: float) -> Picture:
        _ = translator(self.names.language)
        # Of a plan there are no numbers: an empty lane would look like one whose data are missing.
        lanes = (_("Owners say"), _("Data say")) if self.stood else (_("Owners say"),)
        left = max(width(one, SMALL) for one in lanes) + 16
        since = date.fromordinal(max(1, self.today.toordinal() - _LEAST_DAYS))
        days = time_scale([since, *(one.day for one in self.said), *(one.day for one in self.stood)], self.today, left, wide - 14)
        bottom = _HEAD + len(lanes) * _LANE
        names = (text("lane", 0, _HEAD + _LANE * (place + 0.5) + 4, name, size=SMALL) for place, name in enumerate(lanes))
        shapes = (
            *names,
            unsaid(
                (*self._grid(days, bottom), *draw_markers(today_and_due(self.today, None, self.names.language), days, 18, bottom, wide))
            ),
            *self._said(days),
            *self._stood(days),
        )
        return Picture(wide, bottom + 22, joined(shapes))

    def _grid(self, days: TimeScale, bottom: float) -> Iterator[Html]:
        marks = days.marks(self.names.language)
        yield lines("grid", ((mark.at, _HEAD, mark.at, bottom + 4) for mark in marks if mark.is_line))
        for mark in marks:
            yield text("axis", mark.at + (4 if mark.is_line else 0), bottom + 17, mark.words, size=SMALL)

    def _said(self, days: TimeScale) -> Iterator[Html]:
        y = _HEAD + _LANE / 2
        ends = [*(one.day for one in self.said[1:]), max(self.today, self.said[-1].day)] if self.said else []
        for one, end in zip(self.said, ends, strict=True):
            begin = days.middle(one.day)
            sure = "" if one.confidence is None else number(one.confidence)
            yield rect(f"strip {one.health}", begin, y - 3, days.middle(end) - begin, 6)
            hint = " · ".join(
                filter(None, (written(one.day, self.names.language), health(one.health, self.names), _sure(one, self.names.language)))
            )
            label = text("sure", begin, y - 9, sure, anchor="middle", size=10, hint=False) if days.day * 7 >= 12 else EMPTY
            yield link(self.url(one.address), hint, (circle("hit round", begin, y, 11), sign(one.health or "", begin, y), label))

    def _stood(self, days: TimeScale) -> Iterator[Html]:
        y = _HEAD + _LANE * 1.5
        ends = [*(one.day for one in self.stood[1:]), max(self.today, self.stood[-1].day)] if self.stood else []
        before: str | None = ""
        for one, end in zip(self.stood, ends, strict=True):
            begin = days.middle(one.day)
            if one.health is not None:
                yield rect(f"strip {one.health}", begin, y - 3, days.middle(end) - begin, 6)
            if one.health != before:
                yield sign(one.health or "none", begin, y)
            before = one.health


def sign(health: str, x: float, y: float) -> Html:
    """A health by its shape: a disc, a triangle, a square; a ring for none."""
    if health == "at-risk":
        return triangle("sign at-risk", x, y - 0.5, 6.5)
    if health == "off-track":
        return rect("sign off-track", x - 5.5, y - 5.5, 11, 11, 1.5)
    return circle("sign on-track" if health == "on-track" else "sign none", x, y, 5.5)


def _sure(one: Checkin, language: str) -> str:
    if one.confidence is None:
        return ""
    return translator(language)("confidence {number} of 10").format(number=number(one.confidence))


def _told(said: Sequence[Checkin], stood: Sequence[Stood], names: Names) -> Iterator[Text]:
    last = said[-1]
    yield msgs("{count} check-in since {day}.", "{count} check-ins since {day}.", len(said), day=written(said[0].day, names.language))
    yield msg("Owners say: {health}.", health=health(last.health, names))
    if stood:
        yield msg("Data say: {health}.", health=health(stood[-1].health, names))


def _key(said: Sequence[Checkin], stood: Sequence[Stood], names: Names) -> Iterator[KeyEntry]:
    there = {one.health for one in said} | {one.health for one in stood}
    for one in (*HEALTHS, None):
        if one in there:
            yield KeyEntry(sign(one or "none", 10, 6), health(one, names))
    if any(one.confidence is not None for one in said):
        yield KeyEntry(text("sure", 10, 10, "7", anchor="middle", size=10), translator(names.language)("confidence, from 0 to 10"))


def _table(said: Sequence[Checkin], stood: Sequence[Stood], names: Names) -> Table:
    """A row for each day on which something was said or known."""
    _ = translator(names.language)
    headings = {"date": _("Date"), "said": _("Owners say"), "confidence": _("Confidence"), "data": _("Data say")}
    known = {one.day: health(one.health, names) for one in stood}
    rows: list[tuple[date, str | None, float | None, str | None]] = [
        (one.day, health(one.health, names), one.confidence, known.get(one.day)) for one in said
    ]
    days = {one.day for one in said}
    rows += [(day, None, None, words) for day, words in known.items() if day not in days]
    return Table(tuple(headings), tuple(sorted(rows, key=lambda row: row[0])), headings)
