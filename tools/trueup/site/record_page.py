"""The page of one record: what it says, who refers to it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.locale import translations
from trueup.records.kind import Field
from trueup.records.record import Record
from trueup.records.series import Point, Series
from trueup.render.markdown import Heading, render_markdown
from trueup.site.findings import finding_lines
from trueup.site.forge import edit_url
from trueup.site.html import EMPTY, Html, html, joined
from trueup.site.incoming import group_list, incoming
from trueup.site.page import Page, described
from trueup.site.parts import parts_table, plain_field
from trueup.site.paths import list_of
from trueup.site.site import BodyLinks, Here, Site, here
from trueup.site.values import Values, is_long, number

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
    content = joined(
        (
            head(place, record.kind.name, record.id, title, values.status(), record.path),
            finding_lines(place, site.findings_of(record)),
            _facts(site, values, record),
            html('<div class="tu-body">{}</div>', Html(body.html)) if body else EMPTY,
            *(html('<h2 id="{}">{}</h2>{}', heading.id, heading.title, shown) for heading, shown in sections),
        )
    )
    return Page(
        path=place.path,
        title=title,
        html=html('<div class="tu tu-record">{}</div>', content),
        description=described(f"{record.kind.label.say(site.language)}: {title}"),
        headings=(*(body.headings if body else ()), *(heading for heading, _ in sections)),
        source=record.path,
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
        if _is_list_of_sentences(value):
            items = joined(html("<li>{}</li>", values.show(one, (field.name, index), field)) for index, one in enumerate(value))
            long.append(html("<div>{}<dd><ul>{}</ul></dd></div>", name, items))
        else:
            (long if is_long(value) else short).append(html("<div>{}<dd>{}</dd></div>", name, values.field(field)))
    return joined(
        (
            html('<dl class="tu-facts">{}</dl>', joined(short)) if short else EMPTY,
            html('<dl class="tu-texts">{}</dl>', joined(long)) if long else EMPTY,
        )
    )


def _shown_fields(record: Record) -> Iterator[Field]:
    """The fields that have a value: the schema's in its order, then those that the schema does not know."""
    hidden = {*_NOT_SHOWN, record.kind.roles.get("title"), record.kind.roles.get("status")}
    known = {field.name for field in record.kind.fields}
    for field in (*record.kind.fields, *(plain_field(name) for name in record.data if name not in known)):
        if field.name not in hidden and record.data.get(field.name) not in (None, "", [], {}):
            yield field


def _is_table(value: Any) -> bool:
    """Whether a list holds things with several values each, but not just links."""
    return isinstance(value, list) and any(isinstance(one, dict) and not ("url" in one and len(one) <= 2) for one in value)


def _is_list_of_sentences(value: Any) -> bool:
    return isinstance(value, list) and any(is_long(one) or (isinstance(one, str) and " " in one.strip() and len(one) > 40) for one in value)


def _lists(site: Site, values: Values, record: Record) -> Iterator[tuple[Heading, Html]]:
    taken: set[str] = set()
    for index, field in enumerate(_shown_fields(record)):
        value = record.data[field.name]
        if _is_table(value):
            yield Heading(2, f"l-{index}", field.label.say(site.language)), parts_table(values, field, value, site.language, taken)


def _series(site: Site, record: Record) -> Iterator[tuple[Heading, Html]]:
    series = site.workspace.series.get(record.id) if record.kind.name == "metric" else None
    if series is not None and series.points:
        _ = site.say
        yield Heading(2, "s-series", _("Series")), _series_table(site, series, record.fields.text("unit") or "")


def _series_table(site: Site, series: Series, unit: str) -> Html:
    _ = site.say
    noted = any(point.note for point in series.points)
    changes = [None, *(after.value - before.value for before, after in zip(series.points, series.points[1:], strict=False))]
    rows = [_point_row(point, change, noted=noted) for point, change in zip(series.points, changes, strict=True)][::-1]
    value = f"{_('Value')} ({unit})" if unit else _("Value")
    titles = [_("Date"), value, _("Change"), *([_("Note")] if noted else [])]
    classes = ("", ' class="tu-number"', ' class="tu-number"', "")
    cells = joined(html("<th{}>{}</th>", Html(kind), title) for kind, title in zip(classes, titles, strict=False))
    table = '<div class="tu-scroll"><table class="tu-table tu-series"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    latest = html(table, cells, joined(rows[:_LATEST]))
    if len(rows) <= _LATEST:
        return latest
    count = len(rows) - _LATEST
    more = translations(site.language).ngettext("{count} earlier value", "{count} earlier values", count).format(count=count)
    return html('{}<details class="tu-more"><summary>{}</summary>{}</details>', latest, more, html(table, cells, joined(rows[_LATEST:])))


def _point_row(point: Point, change: float | None, *, noted: bool) -> Html:
    note = html("<td>{}</td>", point.note) if noted else EMPTY
    moved = "" if change is None else ("−" if change < 0 else "+" if change > 0 else "") + number(abs(round(change, 6)))
    return html(
        '<tr><td class="tu-day">{}</td><td class="tu-number">{}</td><td class="tu-number tu-quiet">{}</td>{}</tr>',
        point.date.isoformat(), number(point.value), moved, note,
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
            group_list(place, group, roles=owner),
        )
        for group in groups
    )
    yield Heading(2, "s-references", _("Answers for and takes part in") if owner else _("Referred to by")), joined(shown)


def broken_page(site: Site, path: str, findings: tuple[Diagnostic, ...]) -> Page:
    """The page of a file that no record could be made of: what is wrong with it, and where."""
    _ = site.say
    broken = site.paths.broken[path]
    place = here(site, broken.page)
    words = _("This file could not be read as a record. Other records that refer to it still do; nothing else of it is known.")
    content = html(
        '<div class="tu tu-record">{}<p>{}</p>{}</div>',
        head(place, broken.kind, broken.id, broken.id, html('<span class="tu-pill tu-bad">{}</span>', _("Unreadable")), path), words,
        finding_lines(place, findings),
    )  # fmt: skip
    return Page(broken.page, broken.id, content, described(f"{_('Unreadable')}: {path}"), source=path)
