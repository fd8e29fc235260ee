"""Shapes as SVG: every number short and finite, every text escaped, every colour a class."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.svg.text import SIZE, fitted, one_line

Anchor = Literal["start", "middle", "end"]
Place = tuple[float, float]

# Nothing is drawn further out than this.
_FARTHEST = 99_999.0


def units(value: float) -> Html:
    """A length as SVG has it: with one decimal place at most, never ``-0``, and 0 for what is no number."""
    if not -_FARTHEST < value < _FARTHEST:
        value = 0.0 if math.isnan(value) or math.isinf(value) else math.copysign(_FARTHEST, value)
    tenths = round(value * 10)
    return Html(tenths / 10 if tenths % 10 else tenths // 10)


def rect(look: str, x: float, y: float, width: float, height: float, round: float = 0) -> Html:
    """A box; ``look`` are the names of its classes without ``tu-c-``, here and below."""
    corner = html(' rx="{}"', units(round)) if round else EMPTY
    shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>'
    return html(shape, _classes(look), units(x), units(y), units(max(0, width)), units(max(0, height)), corner)


def lines(look: str, ends: Iterable[tuple[float, float, float, float]]) -> Html:
    """Several lines as one shape, each from ``x1, y1`` to ``x2, y2``; nothing for none."""
    way = "".join(f"M{units(x1)} {units(y1)}L{units(x2)} {units(y2)}" for x1, y1, x2, y2 in ends)
    return html('<path class="{}" d="{}"/>', _classes(look), way) if way else EMPTY


def line(look: str, x1: float, y1: float, x2: float, y2: float) -> Html:
    return html('<path class="{}" d="M{} {}L{} {}"/>', _classes(look), units(x1), units(y1), units(x2), units(y2))


def polyline(look: str, places: Sequence[Place], *, closed: bool = False) -> Html:
    """A line through ``places``; nothing for none."""
    if not places:
        return EMPTY
    way = "L".join(f"{units(x)} {units(y)}" for x, y in places)
    return html('<path class="{}" d="M{}{}"/>', _classes(look), way, "Z" if closed else "")


def flow(look: str, places: Sequence[Place]) -> Html:
    """A line through ``places`` that leaves and reaches each of them level."""
    way = f"M{units(places[0][0])} {units(places[0][1])}"
    for (x1, y1), (x2, y2) in pairwise(places):
        middle = units((x1 + x2) / 2)
        way += f"C{middle} {units(y1)} {middle} {units(y2)} {units(x2)} {units(y2)}"
    return html('<path class="{}" d="{}"/>', _classes(look), way)


def bow(look: str, x: float, y1: float, y2: float, depth: float) -> Html:
    """A bow to the left from one place on the line ``x`` to another."""
    out = units(x - depth)
    return html(
        '<path class="{}" d="M{} {}C{} {} {} {} {} {}"/>',
        _classes(look),
        units(x),
        units(y1),
        out,
        units(y1),
        out,
        units(y2),
        units(x),
        units(y2),
    )


def arrow(look: str, x: float, y: float) -> Html:
    """The tip of a line that comes from the left."""
    return polyline(look, [(x, y), (x - 6, y - 3.5), (x - 6, y + 3.5)], closed=True)


def circle(look: str, x: float, y: float, radius: float, hint: str = "") -> Html:
    """A disc; ``hint`` is what whoever points at it reads."""
    shape = '<circle class="{}" cx="{}" cy="{}" r="{}"/>'
    if hint:
        shape = '<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'
    return html(shape, _classes(look), units(x), units(y), units(radius), one_line(hint))


def diamond(look: str, x: float, y: float, radius: float) -> Html:
    return polyline(look, [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], closed=True)


def triangle(look: str, x: float, y: float, radius: float) -> Html:
    """One that stands on its base; with a radius below 0 on its tip."""
    return polyline(look, [(x, y - radius), (x + abs(radius), y + radius * 0.8), (x - abs(radius), y + radius * 0.8)], closed=True)


def tick(look: str, x: float, y: float, radius: float) -> Html:
    """The sign that something is done."""
    return polyline(look, [(x - radius, y), (x - radius * 0.25, y + radius * 0.75), (x + radius, y - radius * 0.75)])


def text(
    look: str, x: float, y: float, words: str, room: float = math.inf, anchor: Anchor = "start", size: float = SIZE, *, hint: bool = True
) -> Html:
    """Words on the line ``y``, cut to ``room``. Unless ``hint`` is off, whoever points at what was cut reads all of it."""
    whole = one_line(words)
    shown = whole if room == math.inf else fitted(whole, room, size)
    if not shown:
        return EMPTY
    at = EMPTY if anchor == "start" else html(' text-anchor="{}"', anchor)
    letters = EMPTY if size == SIZE else html(' font-size="{}"', units(size))
    full = html("<title>{}</title>", whole) if hint and shown != whole else EMPTY
    return html('<text class="{}" x="{}" y="{}"{}{}>{}{}</text>', _classes(look), units(x), units(y), at, letters, full, shown)


def group(look: str, parts: Iterable[Html], hint: str = "") -> Html:
    """Shapes that belong together; ``hint`` is what whoever points at one of them reads."""
    title = html("<title>{}</title>", one_line(hint)) if hint else EMPTY
    return html('<g class="{}">{}{}</g>', _classes(look), title, joined(parts))


def unsaid(parts: Iterable[Html]) -> Html:
    """Shapes that whoever has the chart read aloud is spared, as lines of a grid."""
    return html('<g aria-hidden="true">{}</g>', joined(parts))


def link(url: str | None, words: str, parts: Iterable[Html]) -> Html:
    """Shapes that lead somewhere; ``words`` say where. Without a ``url`` the shapes with that hint.

    ``url`` is made by the program that makes the page, never taken from a record.
    """
    if url is None:
        return group("item", parts, words)
    # The title is the name by which a link is read aloud (SVG-AAM 1.0); an aria-label would have to repeat all words within.
    return html('<a class="{}" href="{}"><title>{}</title>{}</a>', _classes("item link"), url, one_line(words), joined(parts))


@lru_cache(maxsize=256)
def _classes(look: str) -> Html:
    return html("{}", " ".join("tu-c-" + name for name in look.split(" ")))
