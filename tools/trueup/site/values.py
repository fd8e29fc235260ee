"""Values of fields as markup."""

from __future__ import annotations

import re

from trueup.render.numbers import number
from trueup.site.html import EMPTY, Html, html, joined
from trueup.site.page import plain
from trueup.site.paths import anchor_of
from trueup.site.site import Here
from trueup.views.values import Choice, FieldView, Grid, Group, Link, Many, Number, Plain, Value, Web

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-[QHW]\d{1,2})")

# Values within values beyond this depth are data that nobody reads on a page.
_DEEPEST = 6

# The widest text, in letters, that a cell keeps on one line.
_BRIEF = 15


def show(here: Here, value: Value, depth: int = 0) -> Html:
    """A value, on one line as far as it is one."""
    match value:
        case Link():
            return here.link(value)
        case Plain(text):
            return html('<span class="tu-day">{}</span>', text) if _DAY.fullmatch(text) else html("{}", text)
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
            return joined((show(here, one, depth + 1) for one in values), "、" if here.site.language == "zh" else ", ")
        case Group(fields):
            return _group(here, fields, depth)
        case Grid(columns, rows):
            items = (
                tuple(FieldView(column.name, column.label, cell) for column, cell in zip(columns, row, strict=True) if cell is not None)
                for row in rows
            )
            return joined((_group(here, item, depth) for item in items), "、" if here.site.language == "zh" else ", ")


def _group(here: Here, fields: tuple[FieldView, ...], depth: int) -> Html:
    """A mapping: a page elsewhere as a link under its title, anything else as names and values."""
    named = {field.name: field.value for field in fields}
    url = named.get("url")
    if isinstance(url, Web):
        title = next((name for name in ("title", "id") if isinstance(named.get(name), Plain | Number | Web)), "url")
        link = _web(url.url, plain(show(here, named[title])) if title != "url" else url.url)
        rest = tuple(field for field in fields if field.name not in ("url", title))
        return html("{} {}", link, _pairs(here, rest, depth)) if rest else link
    return _pairs(here, fields, depth)


def _pairs(here: Here, fields: tuple[FieldView, ...], depth: int) -> Html:
    pairs = (
        html(
            '<span class="tu-pair"><span>{}</span> {}</span>',
            here.link(field.link) if field.link else field.label,
            show(here, field.value, depth + 1),
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


def cell(shown: Html, *, is_number: bool) -> Html:
    """A cell of a table. Numbers stand below each other, and what is short, as a name, is not broken into two lines."""
    if is_number:
        return html('<td class="tu-number">{}</td>', shown)
    return html('<td class="tu-brief">{}</td>', shown) if 0 < _width(plain(shown)) <= _BRIEF else html("<td>{}</td>", shown)


def is_long(value: Value | None, longest: int) -> bool:
    """Whether a text is rather read than looked up: it has several lines, or is wider than ``longest`` letters."""
    if not isinstance(value, Plain):
        return False
    text = value.text
    return len(text) > longest or (not text.isascii() and _width(text) > longest) or "\n" in text.strip()


def _width(text: str) -> int:
    """How wide a text is, in letters; a Chinese character takes the place of two."""
    return len(text) + sum(1 for letter in text if letter >= "\u2e80")
