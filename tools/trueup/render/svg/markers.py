"""Days that count for a whole chart, as today: a line through all of it, and a name above that covers no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.locale import translator
from trueup.locale.days import tick
from trueup.render.html import Html
from trueup.render.svg.drawing import group, line, text
from trueup.render.svg.scales import TimeScale, spread
from trueup.render.svg.text import SMALL, width


@dataclass(frozen=True, slots=True)
class Marker:
    """``look`` is today or deadline."""

    day: date
    words: str
    look: str


def today_and_due(today: date, due: date | None, language: str) -> list[Marker]:
    """The two days that a plan is seen by."""
    _ = translator(language)
    found = [Marker(today, _("Today"), "today")]
    if due is not None:
        found.append(Marker(due, _("Due {date}").format(date=tick(due, language)), "deadline"))
    return found


def draw_markers(markers: Sequence[Marker], days: TimeScale, top: float, bottom: float, room: float) -> Iterator[Html]:
    """The markers from ``top`` to ``bottom``, as far as the scale holds their days; their names stand above, between 0 and ``room``."""
    shown = [(days.middle(one.day) if one.look == "today" else days.end(one.day), one) for one in markers if one.day in days]
    shown.sort(key=lambda one: (one[0], one[1].look))
    middles = spread([(at, width(one.words, SMALL)) for at, one in shown], 0, room, 10)
    for (at, marker), middle in zip(shown, middles, strict=True):
        name = text(f"marker {marker.look}-name", middle, top - 5, marker.words, anchor="middle", size=SMALL)
        yield group("marker-line", (line(marker.look, at, top, at, bottom), name))
