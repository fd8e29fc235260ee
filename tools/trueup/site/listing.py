"""The list of a kind's records: a table that reads without a script and sorts and filters with one."""

from __future__ import annotations

from collections.abc import Sequence

from trueup.locale import Label, msgs
from trueup.records.kind import STATE_GROUPS, Field, Kind
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.site.page import Page
from trueup.site.paths import FEED, Broken, api_of, csv_of, list_of, manual_of
from trueup.site.practice.catalogue import COMPLETE, OVERVIEWS
from trueup.site.practice.metric_columns import farthest_first, metric_cells, metric_heads
from trueup.site.practice.plan_state import troubles
from trueup.site.propose import begin
from trueup.site.site import Here, Site, here
from trueup.site.values import cell, is_day, pill, show, slot_of
from trueup.views.fields import Fields, is_number
from trueup.views.relations import when
from trueup.views.values import Choice, Number, Plain


def list_page(site: Site, kind: Kind) -> Page:
    _ = site.say
    place = here(site, list_of(kind.name))
    records = ordered(site, site.workspace.of_kind(kind.name))
    if kind.name == "metric":
        records = farthest_first(site, records)
    broken = [one for one in site.paths.broken.values() if one.kind == kind.name]
    plural = kind.plural.say(site.language)
    manual = html('<a href="{}">{}</a>', place.url(manual_of(kind.name)), _("Fields and example"))
    count = msgs("{count} record", "{count} records", len(records) + len(broken)).say(site.language)
    shown = _table(place, kind, records, broken) if records or broken else html("<p>{}</p>", _("Nothing has been written down yet."))
    overview = [section.html for section in OVERVIEWS[kind.name](place)] if kind.name in OVERVIEWS and records else []
    if overview and kind.name in COMPLETE and not broken:
        shown = EMPTY
    elif overview:
        shown = html('<h2 id="s-all">{}</h2>{}', _("All of them"), shown)
    content = html(
        '<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p><p class="tu-bar"><span>{}</span>{}{}{}</p>{}{}</div>',
        plural, kind.description.say(site.language), count, manual, _files(place, kind) if records else EMPTY, begin(place, kind),
        joined(overview), shown,
    )  # fmt: skip
    return Page(place.path, plural, content, kind.description.say(site.language), searchable="")


# The kinds whose news are in the feed.
_TOLD = ("decision", "checkin", "plan")


def _files(place: Here, kind: Kind) -> Html:
    """The same records for a spreadsheet, for a program, for a feed reader."""
    _ = place.site.say
    sheet = html('<a href="{}" download>CSV</a>', place.file(csv_of(kind.name)))
    data = html('<a href="{}">JSON</a>', place.file(api_of(kind.name)))
    news = html('<a href="{}" type="application/atom+xml">{}</a>', place.file(FEED), _("Feed")) if kind.name in _TOLD else EMPTY
    return joined((sheet, data, news))


def ordered(site: Site, records: Sequence[Record]) -> list[Record]:
    """What happens on a day by that day, the latest first; the rest open ones first, the latest period or date first."""
    found = sorted(records, key=lambda one: site.names.title(one).casefold())
    found.sort(key=when, reverse=True)
    if found and "date" not in found[0].kind.roles:
        order = {"open": 0, "draft": 1, "done": 2, "dropped": 3}
        found.sort(key=lambda one: order[one.kind.group_of(one.status)])
    return found


def _table(place: Here, kind: Kind, records: Sequence[Record], broken: Sequence[Broken]) -> Html:
    _ = place.site.say
    first, fields = _columns(kind)
    head = [
        html('<th class="{}" data-name="{}">{}</th>', "tu-number" if is_number(one) else "", one.name, one.label.say(place.site.language))
        for one in fields
    ]
    if kind.name == "metric":
        beside = _beside_target(fields)
        head[beside:beside] = metric_heads(place)
    rows = [*(_broken_row(place, one, len(head)) for one in broken), *(_row(place, one, fields) for one in records)]
    box = html(' data-tu-list data-filter="{}" data-all="{}"', _("Filter"), _("All"))
    # Of what has a state or a day a phone shows these and the owner.
    look = "tu-list tu-brief-on-phones" if kind.roles.keys() & {"status", "due", "date"} else "tu-list"
    return table([*titles(first.say(place.site.language)), *head], rows, look, box)


def _columns(kind: Kind) -> tuple[Label, list[Field]]:
    """What the first column is called, and the fields in the others. What has no title goes by what it is about."""
    columns = [field for name in kind.columns if (field := kind.field(name))]
    first = kind.field(kind.roles.get("title", "")) or next((field for field in columns[:1] if field.reference), None)
    # How a metric is measured says less than what was measured last, for which there must be room.
    left_out = ("cadence", "unit", "direction") if kind.name == "metric" else ()
    fields = [one for one in columns if one is not first and one.name not in left_out]
    return (first.label if first else kind.label), fields


def _beside_target(fields: Sequence[Field]) -> int:
    return next((index + 1 for index, one in enumerate(fields) if one.name == "target"), len(fields))


def _row(place: Here, record: Record, fields: Sequence[Field]) -> Html:
    names = place.site.names
    values = Fields(record, names)
    cells = [_cell(place, values, record, field) for field in fields]
    if record.kind.name == "metric":
        beside = _beside_target(fields)
        cells[beside:beside] = metric_cells(place, record)
    subject, standing = names.subject(record), names.standing(record)
    state = html(' data-state="{}"', standing.value) if standing else EMPTY
    link = place.to(record, subject.title if subject else "")
    return html('<tr{}><td class="tu-what">{}{}</td>{}</tr>', state, link, _mark(place, record), joined(cells))


def _mark(place: Here, record: Record) -> Html:
    """A sign beside the name of a record that has findings."""
    _ = place.site.say
    found = place.site.findings.of(record)
    if not found:
        return EMPTY
    worst = "bad" if any(one.severity == "error" for one in found) else "warn"
    words = _("Has findings")
    return html(' <span class="tu-mark tu-{}" role="img" aria-label="{}" title="{}">!</span>', worst, words, words)


def _cell(place: Here, values: Fields, record: Record, field: Field) -> Html:
    value = values.view(field)
    if value is None:
        return html("<td></td>")
    state = isinstance(value, Choice) and isinstance(value.value, str)
    sort = str(_rank(record.kind, field, str(value.value))) if isinstance(value, Choice) and state else ""
    sort = str(value.value) if isinstance(value, Number) else value.text if isinstance(value, Plain) and is_day(value.text) else sort
    label, shown = field.label.say(place.site.language), show(place, value)
    if record.kind.name == "plan" and field.name == record.kind.roles.get("status"):
        shown = joined(filter(None, (shown, _verdict(place, record))), " ")
    return cell(shown, label, is_number=is_number(field), slot=slot_of(field.name, record.kind.roles), sort=sort)


def _verdict(place: Here, record: Record) -> Html:
    """What is not well with an open plan, in the words of the board; of a paused one its status says enough."""
    plan = place.site.derived.schedule.plan(record.address)
    return troubles(place, plan) if plan is not None and not plan.is_paused else EMPTY


def _rank(kind: Kind, field: Field, value: str) -> int:
    """Where a value stands in the order of its field: by its group of states, then as the schema lists it."""
    names = [name for name, _ in field.choices]
    place = names.index(value) if value in names else len(names)
    group = STATE_GROUPS.index(kind.group_of(value)) if field.name == kind.roles.get("status") else 0
    return group * 100 + place


def _broken_row(place: Here, one: Broken, columns: int) -> Html:
    _ = place.site.say
    link = html('<td class="tu-what"><a href="{}">{}</a></td>', place.url(one.page), one.id)
    state = html("{} <code>{}</code>", pill(_("Unreadable"), "bad"), one.path)
    return html('<tr>{}<td colspan="{}">{}</td></tr>', link, max(1, columns), state)
