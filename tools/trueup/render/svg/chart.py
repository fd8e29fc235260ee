"""A chart as a page shows it: its pictures for wide and narrow places, what they are called, and their figures as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trueup.locale import translator
from trueup.locale.days import written
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.numbers import number
from trueup.render.svg.drawing import units
from trueup.render.svg.text import SIZE, one_line
from trueup.render.tables import Table

# A chart is laid out twice, and the style sheet shows the one that its place has room for: text that is scaled down to a third
# can't be read, and only the one who lays it out knows what to leave out. These are the natural widths, in CSS pixels.
WIDE = 860.0
NARROW = 360.0

_UNNAMED = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes on a ground of ``width`` by ``height``."""

    width: float
    height: float
    shapes: Html


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of a chart's key: a shape as the chart has it, in a box of 20 by 12, and what it means."""

    shape: Html
    words: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the list below a chart: what a number in it stands for. ``lead`` comes before the words, as a day."""

    words: str
    url: str | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """``markup`` is finished; ``title`` and ``description`` are plain text, as are the cells of ``table``, which has the same figures."""

    markup: Html
    title: str
    description: str
    table: Table


def chart(
    name: str, title: str, description: str, pictures: Sequence[Picture], table: Table, *, key: Iterable[KeyEntry] = (),
    events: Iterable[Event] = (), note: str = "", has_links: bool = False,
) -> Chart:  # fmt: skip
    """Puts a chart together. ``name`` is its own on a page, as "gantt-plan/slots": ids are made of it.

    ``pictures``: one for every width, or a wide and a narrow one, or none where there is nothing to show. ``events`` are what
    numbers in it stand for, from 1. ``note`` is what the chart does not show.
    """
    title, description = one_line(title), one_line(description)
    slug = slug_of(name)
    looks = ("wide", "narrow") if len(pictures) > 1 else ("only",) * len(pictures)
    shown = [svg(one, f"{slug}-{look}", look, title, description, has_links) for one, look in zip(pictures, looks, strict=True)]
    kind = slug.partition("-")[0]
    words = html('<p class="tu-c-note">{}</p>', one_line(note)) if note else EMPTY
    inside = joined((*shown, _key(key), _listed(events), words))
    markup = html('<div class="tu-chart tu-chart-{}">{}</div>', kind, inside)
    return Chart(markup, title, description, table)


def slug_of(name: str) -> str:
    """``name`` as a part of an id."""
    return _UNNAMED.sub("-", name).strip("-") or "chart"


def svg(picture: Picture, slug: str, look: str, title: str, description: str, has_links: bool = False) -> Html:
    """A picture with its name. ``slug`` is its own on a page."""
    # What is an image has no parts to a screen reader, and so no links: a chart with links is a group.
    role = "group" if has_links else "img"
    return html(
        '<svg class="tu-c-{}" viewBox="0 0 {} {}" width="{}" height="{}" font-size="{}" role="{}" aria-labelledby="tu-c-{}-t"'
        ' aria-describedby="tu-c-{}-d"><title id="tu-c-{}-t">{}</title><desc id="tu-c-{}-d">{}</desc>{}</svg>',
        look, units(picture.width), units(picture.height), units(picture.width), units(picture.height), units(SIZE), role,
        slug, slug, slug, title, slug, description, picture.shapes,
    )  # fmt: skip


def _key(samples: Iterable[KeyEntry]) -> Html:
    items = joined(html("<li>{}{}</li>", drawn(one.shape), one_line(one.words)) for one in samples)
    return html('<ul class="tu-c-key">{}</ul>', items) if items else EMPTY


def _listed(events: Iterable[Event]) -> Html:
    items = joined(
        html(
            "<li>{}{}</li>",
            html('<span class="tu-day">{}</span> ', one_line(one.lead)) if one.lead else EMPTY,
            html('<a href="{}">{}</a>', one.url, one_line(one.words)) if one.url else one_line(one.words),
        )
        for one in events
    )
    return html('<ol class="tu-c-list">{}</ol>', items) if items else EMPTY


def drawn(shape: Html, width: float = 20, height: float = 12) -> Html:
    """A shape that stands among words and says nothing that they do not say."""
    ground = '<svg class="tu-c-sample" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>'
    return html(ground, units(width), units(height), units(width), units(height), shape)


def figure(chart: Chart, language: str, caption: Html | None = None) -> Html:
    """A chart with its title above it and, folded below it, its figures as a table; ``caption`` stands in place of the title."""
    above = html("<figcaption>{}</figcaption>", chart.title if caption is None else caption) if caption != "" else EMPTY
    if not chart.table.rows:
        return html('<figure class="tu-figure">{}{}</figure>', above, chart.markup)
    words = translator(language)("As a table")
    below = html('<details class="tu-more"><summary>{}</summary>{}</details>', words, table_of(chart.table, language))
    return html('<figure class="tu-figure">{}{}{}</figure>', above, chart.markup, below)


def table_of(figures: Table, language: str) -> Html:
    """The figures of a chart as a table of a page; numbers stand below each other."""
    rows = (html("<tr>{}</tr>", joined(_cell(one, language) for one in row)) for row in figures.rows)
    return table(titles(*(one_line(figures.headings.get(name, name)) for name in figures.columns)), rows)


def _cell(value: Any, language: str) -> Html:
    if value is None:
        return html("<td></td>")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return html('<td class="tu-number">{}</td>', number(value))
    if isinstance(value, date):
        return html('<td class="tu-day">{}</td>', written(value, language))
    return html("<td>{}</td>", one_line(str(value)))
