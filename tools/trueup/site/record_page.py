"""The page of one record: what it says, who refers to it, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trueup.diagnostic import Diagnostic
from trueup.locale import msgs
from trueup.locale.joining import with_note
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lines import health
from trueup.render.markdown import Heading, render_markdown
from trueup.render.numbers import change, number
from trueup.render.readings import confidence, headline, with_readings
from trueup.site.findings import finding_lines
from trueup.site.forge import edit_url
from trueup.site.mentions import mention_list
from trueup.site.page import Page, described, plain
from trueup.site.parts import parts_table
from trueup.site.paths import list_anchor, list_of
from trueup.site.practice.catalogue import AFTERWARDS, DETAILS, RETOLD
from trueup.site.practice.goals import TONES
from trueup.site.practice.metric_columns import tone_of
from trueup.site.practice.plan_state import dates_state
from trueup.site.propose import begin_checkin
from trueup.site.site import BodyLinks, Here, Site, here
from trueup.site.values import day_in, is_long, pill, show, state
from trueup.views.ranking import FACTORS
from trueup.views.record import PointView, RecordView, SeriesView, record_view
from trueup.views.relations import OWNERS
from trueup.views.values import Choice, FieldView, Grid, Link, Many, Plain, Value

_REFERENCES = "s-references"

# In a result of a search the names of fields would stand between their values without any order.
_LABEL = re.compile(r"<dt>.*?</dt>", re.DOTALL)

# A series shows as many of its latest points as this; the rest is folded.
_LATEST = 12


def record_page(site: Site, record: Record) -> Page:
    place = here(site, site.paths.of(record))
    view = record_view(record, site.names, site.findings, site.derived)
    body = render_markdown(view.body, BodyLinks(place, view.path)) if view.body.strip() else None
    details = [section for show_detail in DETAILS.get(view.kind, ()) for section in show_detail(place, record)]
    retold = RETOLD.get(view.kind, frozenset()) if details else frozenset()
    own = [*_lists(place, view, retold), *_series(site, view), *_ranked(place, view)]
    beside = [(section.heading, section.content) for show_more in AFTERWARDS.get(view.kind, ()) for section in show_more(place, record)]
    sections = [*own, *beside, *_references(place, view)]
    top = head(
        place,
        view.kind,
        _title(place, view),
        joined((state(view.status), _standing(place, view))),
        view.path,
        begin_checkin(place, record),
    )
    told = [field for field in view.fields if not (field.name in retold and _is_sound(field.value))]
    facts = _facts(place, [field for field in told if not _is_elsewhere(place, view, field)])
    found = Html(_LABEL.sub("", facts))
    text = html('<div class="tu-body">{}</div>', Html(body.html)) if body else EMPTY
    shown = [html('<h2 id="{}">{}</h2>{}', heading.id, heading.title, part) for heading, part in sections]
    opening = text.index("<h") if body and body.headings else len(text)
    drawn = joined(section.html for section in details)
    # Whose it is and when comes first; then, of a team or a person, what they are there for, of anything else how it stands.
    is_owner = view.kind in OWNERS
    middle = (facts, text, drawn) if is_owner else (facts, drawn, text)
    drawn_headings, written = tuple(one.heading for one in details), body.headings if body else ()
    opened = (*written, *drawn_headings) if is_owner else (*drawn_headings, *written)
    content = joined((top, _latest_words(place, view), finding_lines(place, view.findings), _headline(place, view), *middle, *shown))
    return Page(
        path=place.path,
        title=view.title,
        html=html('<div class="tu tu-record">{}</div>', content),
        description=described(f"{view.label}: {view.title}"),
        headings=(*opened, *(heading for heading, _ in sections)),
        kind=view.label,
        searchable=joined((Html(text[:opening]), found, Html(text[opening:]), *shown[: len(own)])),
    )


def _title(place: Here, view: RecordView) -> Html:
    """What a record is called; the part of it that names another is a link there."""
    if view.subject is None:
        return html("{}", view.title)
    rest = view.title.removeprefix(view.subject.title)
    return html('<a href="{}">{}</a>{}', place.target(view.subject), view.subject.title, rest)


def _standing(place: Here, view: RecordView) -> Html:
    """How it stands beside its status: what is said of a goal or a plan, and what a check-in says."""
    goal = place.site.derived.goals.goal(view.address) if view.kind == "goal" else None
    data = goal.data_health if goal else None
    if view.said is None:
        return joined((state(_told(view)), _by_the_data(place, data), _by_the_dates(place, view)))
    # Where the check-in is quoted below, its day stands there.
    link = html('<a href="{}" class="tu-day">{}</a>', place.target(view.said.source), day_in(place.site, str(view.said.day)))
    day = EMPTY if view.said.words else link
    sure = html("<span>{}</span>", words) if (words := confidence(view.said, place.site.language)) else EMPTY
    if data is None or data == view.said.health.value:
        dates = _by_the_dates(place, view)
        owner = html("<span>{}</span>", place.site.say("its owner:")) if dates else EMPTY
        return joined((dates, owner, state(view.said.health), sure, day))
    # What the numbers say is not what the owners say: both, and whose each is.
    owners = html("<span>{}</span>", place.site.say("its owners:"))
    return joined((_by_the_data(place, data), owners, state(view.said.health), sure, day))


def _by_the_data(place: Here, data: str | None) -> Html:
    if data is None:
        return EMPTY
    return html("<span>{}</span>{}", place.site.say("its numbers:"), pill(health(data, place.site.names), TONES.get(data, "draft")))


def _by_the_dates(place: Here, view: RecordView) -> Html:
    """How an open plan stands by its dates, which need not be what its owner says."""
    plan = place.site.derived.schedule.plan(view.address) if view.kind == "plan" else None
    return html("<span>{}</span>{}", place.site.say("its dates:"), dates_state(place, plan)) if plan else EMPTY


def _latest_words(place: Here, view: RecordView) -> Html:
    """What the latest check-in says, in its author's words, before anything that is worked out."""
    said = view.said
    if said is None or not said.words:
        return EMPTY
    day = html('<a href="{}" class="tu-day">{}</a>', place.target(said.source), day_in(place.site, said.day))
    author = html('<a href="{}">{}</a>', place.target(said.author), said.author.title) if said.author else EMPTY
    by = joined((one for one in (author, day) if one), " · ")
    return html('<p class="tu-latest">{} <span class="tu-quiet">{}</span></p>', said.words, by)


def _told(view: RecordView) -> Choice | None:
    """The health in a record that has no title; its page shows it in its head."""
    found = next((field.value for field in view.fields if field.name == "health"), None) if view.subject else None
    return found if isinstance(found, Choice) else None


def head(place: Here, kind: str, title: str | Html, status: Html, path: str, more: Html = EMPTY) -> Html:
    """The top of a record's page: where it belongs, what it is called, how it stands, where it is edited, what can be added."""
    _ = place.site.say
    url = edit_url(place.site.workspace.config.repository, path)
    edit = html('<a class="tu-edit" href="{}" rel="noopener noreferrer">{}</a>', url, _("Edit")) if url else EMPTY
    return html(
        '<p class="tu-crumbs"><a href="{}">{}</a></p><h1>{}</h1><p class="tu-bar">{}<code class="tu-path">{}</code>{}{}</p>',
        place.url(list_of(kind)), place.site.workspace.kinds[kind].plural.say(place.site.language), title, status, path, edit, more,
    )  # fmt: skip


def _facts(place: Here, fields: Sequence[FieldView]) -> Html:
    """Values of a record, each beside its field's name: short ones in columns, sentences in rows."""
    short: list[Html] = []
    long: list[Html] = []
    for field in fields:
        name = html("<dt>{}</dt>", field.label)
        items = _items(place, field.value)
        if len(items) > 1 and any(is_long(Plain(plain(one)), 34) for one in items):
            long.append(html("<div>{}<dd><ul>{}</ul></dd></div>", name, joined(html("<li>{}</li>", one) for one in items)))
        else:
            (long if is_long(field.value, 60) else short).append(html("<div>{}<dd>{}</dd></div>", name, show(place, field.value)))
    return joined(
        (
            html('<dl class="tu-facts">{}</dl>', joined(short)) if short else EMPTY,
            html('<dl class="tu-texts">{}</dl>', joined(long)) if long else EMPTY,
        )
    )


def _is_sound(value: Value) -> bool:
    """Whether all that a value names is there; what is not stands only where the field is shown as it is written."""
    return all(one.found for one in (value.values if isinstance(value, Many) else (value,)) if isinstance(one, Link))


def _is_elsewhere(place: Here, view: RecordView, field: FieldView) -> bool:
    """Whether a field stands in the head, in a table of its own, or among the numbers that a plan is ranked by."""
    return _is_table(field.value) or _is_in_head(place, view, field) or _is_factor(view, field)


def _is_factor(view: RecordView, field: FieldView) -> bool:
    return view.kind == "plan" and field.name in FACTORS


def _ranked(place: Here, view: RecordView) -> Iterator[tuple[Heading, Html]]:
    """What a plan is ranked by: who weighs plans looks for it, nobody else."""
    found = [field for field in view.fields if _is_factor(view, field)]
    if found:
        yield Heading(2, "s-ranking", place.site.say("What it is ranked by")), _facts(place, found)


def _is_in_head(place: Here, view: RecordView, field: FieldView) -> bool:
    """Whether the head of a page without a title of its own says it: what the record is about, its day, its health."""
    if view.subject is None:
        return False
    told = isinstance(field.value, Link) and field.value.address == view.subject.address
    return told or field.name in ("health", place.site.workspace.kinds[view.kind].roles.get("date"))


def _items(place: Here, value: Value) -> list[Html]:
    """The items of a list, each as markup of its own."""
    if isinstance(value, Many):
        return [show(place, one) for one in value.values]
    if isinstance(value, Grid):
        return [show(place, Grid(value.columns, (row,))) for row in value.rows]
    return []


def _is_table(value: Value) -> bool:
    """Whether a list holds things with several values each, but not just links."""
    return isinstance(value, Grid) and not {column.name for column in value.columns} <= {"title", "url"}


def _lists(place: Here, view: RecordView, retold: frozenset[str]) -> Iterator[tuple[Heading, Html]]:
    """A table for each list of things with values of their own; folded where the page has told it already."""
    taken: set[str] = set()
    for index, field in enumerate(view.fields):
        if isinstance(field.value, Grid) and _is_table(field.value):
            grid = with_readings(field.value, view.key_results, place.site.language) if field.name == "key_results" else field.value
            shown = parts_table(place, field, grid, taken)
            if field.name in retold:
                shown = html('<details class="tu-more"><summary>{}</summary>{}</details>', place.site.say("As it is written"), shown)
            yield Heading(2, list_anchor(field.name, index), field.label), shown


def _series(site: Site, view: RecordView) -> Iterator[tuple[Heading, Html]]:
    if view.series is not None:
        _ = site.say
        yield Heading(2, "s-series", _("Series")), _series_table(site, view.series)


def _headline(place: Here, view: RecordView) -> Html:
    """Where a metric is: its latest value, its target, the day and the change."""
    words = headline(view.series, place.site.language) if view.series else ()
    if view.series is None or not words:
        return EMPTY
    value, target, day, moved = words
    tone = tone_of(view.series)
    parts = [
        html("<b{}>{}</b>", html(' class="tu-toned tu-{}"', tone) if tone else EMPTY, value),
        html("<span>{}</span>", target) if target else EMPTY,
    ]
    parts += [
        html('<span class="tu-day">{}</span>', day_in(place.site, day)),
        html("<span{}>{}</span>", _toned(view.series.is_better), moved) if moved else EMPTY,
    ]
    if view.address in place.site.derived.tripped_metrics:
        parts.append(pill(place.site.say("tripwire crossed"), "bad"))
    return html('<p class="tu-headline">{}</p>', joined(filter(None, parts), '<span aria-hidden="true"> · </span>'))


def _toned(is_good: bool | None) -> Html:
    return EMPTY if is_good is None else html(' class="tu-{}"', "toned tu-good" if is_good else "toned tu-bad")


def _series_table(site: Site, series: SeriesView) -> Html:
    _ = site.say
    rows = [_point_row(site, point, series.places) for point in reversed(series.points)]
    value = with_note(_("Value"), series.unit, site.language)
    number_cell = '<th class="tu-number">{}</th>'
    head = [*titles(_("Date")), html(number_cell, value), html(number_cell, _("Change")), *titles(_("Notes"))]
    latest = table(head, rows[:_LATEST], "tu-series")
    if len(rows) <= _LATEST:
        return latest
    count = len(rows) - _LATEST
    more = msgs("{count} earlier value", "{count} earlier values", count).say(site.language)
    return html('{}<details class="tu-more"><summary>{}</summary>{}</details>', latest, more, table(head, rows[_LATEST:], "tu-series"))


def _point_row(site: Site, point: PointView, places: int) -> Html:
    moved = "" if point.change is None else change(point.change, places)
    return html(
        '<tr><td class="tu-day">{}</td><td class="tu-number">{}</td><td class="tu-number tu-quiet">{}</td><td>{}</td></tr>',
        day_in(site, point.date), number(point.value, places), moved, point.note,
    )  # fmt: skip


def _references(place: Here, view: RecordView) -> Iterator[tuple[Heading, Html]]:
    """Who refers to the record; on the page of a person or a team a heading for each kind, else one for all."""
    _ = place.site.say
    if not view.relations:
        return
    shown = (
        html(
            '<section class="tu-group"><h3>{} <small>{}</small></h3>{}</section>',
            relation.label,
            len(relation.mentions),
            mention_list(place, relation),
        )
        for relation in view.relations
    )
    title = _("Answers for and takes part in") if view.kind in OWNERS else _("Referred to by")
    yield Heading(2, _REFERENCES, title), joined(shown)


def broken_page(site: Site, path: str, findings: tuple[Diagnostic, ...]) -> Page:
    """The page of a file that no record could be made of: what is wrong with it, and where."""
    _ = site.say
    broken = site.paths.broken[path]
    place = here(site, broken.page)
    words = _("This file could not be read as a record. Other records that refer to it still do; nothing else of it is known.")
    content = html(
        '<div class="tu tu-record">{}<p>{}</p>{}</div>',
        head(place, broken.kind, broken.id, pill(_("Unreadable"), "bad"), path), words,
        finding_lines(place, findings),
    )  # fmt: skip
    return Page(broken.page, broken.id, content, described(f"{_('Unreadable')}: {path}"))
