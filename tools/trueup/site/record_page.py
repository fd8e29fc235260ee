"""The page of one record: what it says, who refers to it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.locale import msgs
from trueup.records.kind import Field
from trueup.records.record import Record
from trueup.records.series import Point, Series
from trueup.render.markdown import Heading, render_markdown
from trueup.site.findings import finding_lines
from trueup.site.forge import edit_url
from trueup.site.html import EMPTY, Html, html, joined, table, titles
from trueup.site.incoming import group_list, incoming
from trueup.site.page import Page, described, plain
from trueup.site.parts import parts_table, plain_field
from trueup.site.paths import list_anchor, list_of
from trueup.site.site import BodyLinks, Here, Site, here
from trueup.site.values import Values, is_empty, is_long, number, pill

_REFERENCES = "s-references"

# Values that the page shows elsewhere, or that are for the program and not for a reader.
_NOT_SHOWN = ("ignore",)

# A series shows as many of its latest points as this; the rest is folded.
_LATEST = 12


def record_page(site: Site, record: Record) -> Page:
    place = here(site, site.paths.of(record))
    links = BodyLinks(place, record.path)
    values = Values(place, record)
    body = render_markdown(record.body, links) if record.body.strip() and not record.route else None
    sections = [*_lists(site, values, record), *_series(site, record), *_references(place, record)]
    title = site.title(record)
    top = head(place, record.kind.name, record.id, title, values.status(), record.path)
    facts = _facts(site, values, record)
    text = html('<div class="tu-body">{}</div>', Html(body.html)) if body else EMPTY
    shown = [html('<h2 id="{}">{}</h2>{}', heading.id, heading.title, part) for heading, part in sections]
    own = [part for (heading, _), part in zip(sections, shown, strict=True) if heading.id != _REFERENCES]
    opening = text.index("<h") if body and body.headings else len(text)
    content = joined((top, finding_lines(place, site.findings_of(record)), facts, text, *shown))
    return Page(
        path=place.path,
        title=title,
        html=html('<div class="tu tu-record">{}</div>', content),
        description=described(f"{record.kind.label.say(site.language)}: {title}"),
        headings=(*(body.headings if body else ()), *(heading for heading, _ in sections)),
        source=record.path,
        searchable=joined((Html(text[:opening]), facts, Html(text[opening:]), *own)),
    )


def head(place: Here, kind: str, name: str, title: str, status: Html, path: str) -> Html:
    """The top of a record's page: where it belongs, what it is called, how it stands, where it is edited."""
    _ = place.site.say
    url = edit_url(place.site.workspace.config.repository, path)
    edit = html('<a class="tu-edit" href="{}" rel="noopener noreferrer">{}</a>', url, _("Edit")) if url else EMPTY
    return html(
        '<p class="tu-crumbs"><a href="{}">{}</a><code>{}</code></p><h1>{}</h1><p class="tu-bar">{}<code class="tu-path">{}</code>{}</p>',
        place.url(list_of(kind)), place.site.workspace.kinds[kind].plural.say(place.site.language), name, title, status, path, edit,
    )  # fmt: skip


def _facts(site: Site, values: Values, record: Record) -> Html:
    """The record's values, each beside its field's name: short ones in columns, sentences in rows."""
    short: list[Html] = []
    long: list[Html] = []
    for field in _shown_fields(record):
        value = record.data[field.name]
        if _is_table(value):
            continue
        name = html("<dt>{}</dt>", field.label.say(site.language))
        items = [values.show(one, (field.name, index), field) for index, one in enumerate(value)] if isinstance(value, list) else []
        if len(items) > 1 and any(is_long(plain(one), 34) for one in items):
            long.append(html("<div>{}<dd><ul>{}</ul></dd></div>", name, joined(html("<li>{}</li>", one) for one in items)))
        else:
            (long if is_long(value, 60) else short).append(html("<div>{}<dd>{}</dd></div>", name, values.field(field)))
    return joined(
        (
            html('<dl class="tu-facts">{}</dl>', joined(short)) if short else EMPTY,
            html('<dl class="tu-texts">{}</dl>', joined(long)) if long else EMPTY,
        )
    )


def _shown_fields(record: Record) -> Iterator[Field]:
    """The fields that have a value: the schema's in its order, then those that the schema does not know."""
    hidden = {*_NOT_SHOWN, *(record.kind.roles.get(role) for role in ("title", "status") if record.role(role))}
    known = {field.name for field in record.kind.fields}
    for field in (*record.kind.fields, *(plain_field(name) for name in record.data if name not in known)):
        if field.name not in hidden and not is_empty(record.data.get(field.name)):
            yield field


def _is_table(value: Any) -> bool:
    """Whether a list holds things with several values each, but not just links."""
    return isinstance(value, list) and all(isinstance(one, dict) and not ("url" in one and len(one) <= 2) for one in value)


def _lists(site: Site, values: Values, record: Record) -> Iterator[tuple[Heading, Html]]:
    taken: set[str] = set()
    for index, field in enumerate(_shown_fields(record)):
        value = record.data[field.name]
        if _is_table(value):
            yield (
                Heading(2, list_anchor(field.name, index), field.label.say(site.language)),
                parts_table(values, field, value, site.language, taken),
            )


def _series(site: Site, record: Record) -> Iterator[tuple[Heading, Html]]:
    series = site.workspace.series.get(record.id) if record.kind.name == "metric" else None
    if series is not None and series.points:
        _ = site.say
        yield Heading(2, "s-series", _("Series")), _series_table(site, series, record.fields.text("unit") or "")


def _series_table(site: Site, series: Series, unit: str) -> Html:
    _ = site.say
    places = min(3, max(len(number(point.value).partition(".")[2]) for point in series.points))
    changes = [None, *(after.value - before.value for before, after in pairwise(series.points))]
    rows = [_point_row(point, change, places) for point, change in zip(series.points, changes, strict=True)][::-1]
    value = f"{_('Value')} ({unit})" if unit else _("Value")
    number_cell = '<th class="tu-number">{}</th>'
    head = [*titles(_("Date")), html(number_cell, value), html(number_cell, _("Change")), *titles(_("Notes"))]
    latest = table(head, rows[:_LATEST], "tu-series")
    if len(rows) <= _LATEST:
        return latest
    count = len(rows) - _LATEST
    more = msgs("{count} earlier value", "{count} earlier values", count).say(site.language)
    return html('{}<details class="tu-more"><summary>{}</summary>{}</details>', latest, more, table(head, rows[_LATEST:], "tu-series"))


def _point_row(point: Point, change: float | None, places: int) -> Html:
    moved = "" if change is None else ("+" if change > 0 else "") + number(change, places).replace("-", "−")
    return html(
        '<tr><td class="tu-day">{}</td><td class="tu-number">{}</td><td class="tu-number tu-quiet">{}</td><td>{}</td></tr>',
        point.date.isoformat(), number(point.value, places), moved, point.note,
    )  # fmt: skip


def _references(place: Here, record: Record) -> Iterator[tuple[Heading, Html]]:
    """Who refers to the record; on the page of a person or a team a heading for each kind, else one for all."""
    _ = place.site.say
    groups = list(incoming(place.site, record))
    if not groups:
        return
    owner = record.kind.name in ("person", "team")
    shown = (
        html(
            '<section class="tu-group"><h3>{} <small>{}</small></h3>{}</section>',
            group.title,
            len(group.mentions),
            group_list(place, group, record),
        )
        for group in groups
    )
    yield Heading(2, _REFERENCES, _("Answers for and takes part in") if owner else _("Referred to by")), joined(shown)


def broken_page(site: Site, path: str, findings: tuple[Diagnostic, ...]) -> Page:
    """The page of a file that no record could be made of: what is wrong with it, and where."""
    _ = site.say
    broken = site.paths.broken[path]
    place = here(site, broken.page)
    words = _("This file could not be read as a record. Other records that refer to it still do; nothing else of it is known.")
    content = html(
        '<div class="tu tu-record">{}<p>{}</p>{}</div>',
        head(place, broken.kind, broken.id, broken.id, pill(_("Unreadable"), "bad"), path), words,
        finding_lines(place, findings),
    )  # fmt: skip
    return Page(broken.page, broken.id, content, described(f"{_('Unreadable')}: {path}"), source=path)
