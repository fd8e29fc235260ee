"""Values of fields as markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from trueup.locale.joining import between
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.numbers import number
from trueup.site.page import plain
from trueup.site.paths import anchor_of
from trueup.site.site import Here, Site
from trueup.views.values import Choice, FieldView, Grid, Group, Link, Many, Number, Plain, Value, Web

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-[QHW]\d{1,2})")

# Values within values beyond this depth are data that nobody reads on a page.
_DEEPEST = 6

# The places that a field has on a narrow page, by its role or its name.
_SLOTS = {"status": "status", "health": "status", "owner": "owner", "due": "due", "date": "due", "start": "aside", "cadence": "aside"}

# The widest text, in letters, that a cell keeps on one line.
_BRIEF = 15


def show(place: Here, value: Value, depth: int = 0) -> Html:
    """A value, on one line as far as it is one."""
    match value:
        case Link():
            return place.link(value)
        case Plain(text):
            return html('<span class="tu-day">{}</span>', day_in(place.site, text)) if _DAY.fullmatch(text) else html("{}", text)
        case Choice(_, label, tone):
            return pill(label, tone) if tone else html("{}", label)
        case Number(amount):
            return html("{}", number(amount))
        case Web(url):
            return _web(url, url.removeprefix("https://").removeprefix("mailto:"))
    if depth >= _DEEPEST:
        return html("{}", "…")
    match value:
        case Many(values):
            return joined((show(place, one, depth + 1) for one in values), between(place.site.language))
        case Group(fields):
            return _group(place, fields, depth)
        case Grid(columns, rows):
            items = (
                tuple(FieldView(column.name, column.label, cell) for column, cell in zip(columns, row, strict=True) if cell is not None)
                for row in rows
            )
            return joined((_group(place, item, depth) for item in items), between(place.site.language))


def day_in(site: Site, text: str) -> str:
    """A day that is written as in a record, as the reader's language has it in columns; any other text as it is."""
    try:
        return site.day(date.fromisoformat(text)) if is_day(text) else text
    except ValueError:
        return text


def is_day(text: str) -> bool:
    return len(text) == 10 and _DAY.fullmatch(text) is not None


def _group(place: Here, fields: tuple[FieldView, ...], depth: int) -> Html:
    """A mapping: a page elsewhere as a link under its title, anything else as names and values."""
    named = {field.name: field.value for field in fields}
    url = named.get("url")
    if isinstance(url, Web):
        title = next((name for name in ("title", "id") if isinstance(named.get(name), Plain | Number | Web)), "url")
        link = _web(url.url, plain(show(place, named[title])) if title != "url" else url.url)
        rest = tuple(field for field in fields if field.name not in ("url", title))
        return html("{} {}", link, _pairs(place, rest, depth)) if rest else link
    return _pairs(place, fields, depth)


def _pairs(place: Here, fields: tuple[FieldView, ...], depth: int) -> Html:
    pairs = (
        html(
            '<span class="tu-pair"><span>{}</span> {}</span>',
            place.link(field.link) if field.link else field.label,
            show(place, field.value, depth + 1),
        )
        for field in fields
    )
    return joined(pairs, " ")


def _web(url: str, words: str) -> Html:
    return html('<a href="{}" rel="noopener noreferrer">{}</a>', url, words)


def pill(label: str, tone: str) -> Html:
    """A state: its name, with a sign and a colour of its own."""
    return html('<span class="tu-pill tu-{}">{}</span>', tone, label)


def state(choice: Choice | None) -> Html:
    """A state as a pill; empty for none."""
    return pill(choice.label, choice.tone) if choice else EMPTY


def part_anchor(name: str, taken: set[str]) -> Html:
    """The ``id`` attribute for a part of a record, the first time its id comes up on a page."""
    anchor = anchor_of(name) if name else ""
    if not anchor or anchor in taken:
        return EMPTY
    taken.add(anchor)
    return html(' id="{}"', anchor)


def cell(shown: Html, label: str, *, is_number: bool = False, slot: str = "", sort: str = "") -> Html:
    """A cell of a table. Numbers stand below each other, and what is short, as a name, is not broken into two lines.

    ``label`` is the head of its column, which a narrow page shows beside the value; ``slot`` gives the cell its place there
    (see slot_of); ``sort`` is what the table is sorted by, where that is not what is shown.
    """
    if not shown:
        return html("<td></td>")
    looks = ["tu-number"] if is_number else ["tu-brief"] if _width(plain(shown)) <= _BRIEF else []
    look = " ".join([*looks, f"tu-at-{slot}"] if slot else looks)
    sorting = html(' data-sort="{}"', sort) if sort else EMPTY
    return html('<td{}{} data-label="{}">{}</td>', html(' class="{}"', look) if look else EMPTY, sorting, label, shown)


def slot_of(name: str, roles: Mapping[str, str]) -> str:
    """Where a field stands on a narrow page: status, owner and due come first, in this order; start and cadence are left out of
    lists; ``""`` for any other. ``roles`` are those of the kind, empty for a field of an item."""
    role = next((role for role in _SLOTS if roles.get(role) == name), name)
    return _SLOTS.get(role, "")


def is_long(value: Value | None, longest: int) -> bool:
    """Whether a text is rather read than looked up: it has several lines, or is wider than ``longest`` letters."""
    if not isinstance(value, Plain):
        return False
    text = value.text
    return len(text) > longest or (not text.isascii() and _width(text) > longest) or "\n" in text.strip()


def _width(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes the place of two."""
    return len(text) + sum(1 for letter in text if letter >= "\u2e80")
