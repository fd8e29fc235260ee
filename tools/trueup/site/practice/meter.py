"""Bars as small as a word: how far something has come, with a mark where the time has come to; how many there were each month.

The words beside them say the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.shares import percent
from trueup.render.svg.drawing import line, rect, units

_WIDTH, _HEIGHT = 96.0, 10.0
_TALL = 16.0
_TONES = {"on-track": "good", "at-risk": "warn", "off-track": "bad"}


def meter(progress: float | None, pace: float | None, health: str | None) -> Html:
    """The bar alone, for who sees it; what is below 0 or above 1 is drawn as 0 or 1. ``pace`` None: no mark."""
    if progress is None:
        return EMPTY
    share = min(1.0, max(0.0, progress))
    shapes = [rect("meter-ground", 0, 2, _WIDTH, 6), rect(f"meter-{_TONES.get(health or '', 'plain')}", 0, 2, _WIDTH * share, 6)]
    if pace is not None:
        at = min(_WIDTH - 1, max(1.0, _WIDTH * pace))
        shapes.append(line("meter-pace", at, 0, at, _HEIGHT))
    ground = '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
    return html('<span class="tu-meter">{}</span>', html(ground, units(_WIDTH), units(_HEIGHT), joined(shapes)))


def columns(counts: Sequence[int]) -> Html:
    """A column for each number, the highest as high as a line; nothing is a stroke on the ground. Read aloud, the numbers."""
    top, wide = max(1, *counts), _WIDTH / max(1, len(counts))
    shapes = (
        rect("meter-plain", wide * place, _TALL - high, wide - 2, high)
        if (high := (_TALL - 1) * count / top)
        else rect("meter-ground", wide * place, _TALL - 1, wide - 2, 1)
        for place, count in enumerate(counts)
    )
    ground = '<span class="tu-months"><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg></span>'
    return html(ground, units(_WIDTH), units(_TALL), ", ".join(map(str, counts)), joined(shapes))


def with_share(progress: float | None, pace: float | None, health: str | None, none: str) -> Html:
    """The bar and the share in words; ``none`` where there is no data."""
    if progress is None:
        return html('<span class="tu-quiet">{}</span>', none)
    return html('{} <span class="tu-share">{}</span>', meter(progress, pace, health), percent(progress))
