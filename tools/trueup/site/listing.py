"""The list of a kind's records: a table that reads without a script and sorts and filters with one."""

from __future__ import annotations

from collections.abc import Sequence

from trueup.locale import msgs
from trueup.records.kind import STATE_GROUPS, Field, Kind
from trueup.records.record import Record
from trueup.site.html import EMPTY, Html, html, joined, table, titles
from trueup.site.page import Page
from trueup.site.paths import Broken, list_of, manual_of
from trueup.site.site import Here, Site, here
from trueup.site.values import cell, pill, show
from trueup.views.fields import Fields, is_number
from trueup.views.relations import when
from trueup.views.values import Choice


def list_page(site: Site, kind: Kind) -> Page:
    _ = site.say
    place = here(site, list_of(kind.name))
    records = ordered(site, site.workspace.of_kind(kind.name))
    broken = [one for one in site.paths.broken.values() if one.kind == kind.name]
    plural = kind.plural.say(site.language)
    manual = html('<a href="{}">{}</a>', place.url(manual_of(kind.name)), _("Fields and example"))
    count = msgs("{count} record", "{count} records", len(records) + len(broken)).say(site.language)
    table = _table(place, kind, records, broken) if records or broken else html("<p>{}</p>", _("Nothing has been written down yet."))
    content = html(
        '<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p><p class="tu-bar"><span>{}</span>{}</p>{}</div>',
        plural, kind.description.say(site.language), count, manual, table,
    )  # fmt: skip
    return Page(place.path, plural, content, kind.description.say(site.language), short=plural, searchable="")


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
    fields = [field for name in kind.columns if (field := kind.field(name)) and name != kind.roles.get("title")]
    title = kind.field(kind.roles.get("title", "")) if "title" in kind.roles else None
    first = title.label if title else kind.label
    head = titles(*(label.say(place.site.language) for label in (first, *(field.label for field in fields))))
    rows = [*(_broken_row(place, one, len(fields)) for one in broken), *(_row(place, one, fields) for one in records)]
    return table(head, rows, "tu-list", html(' data-tu-list data-filter="{}" data-all="{}"', _("Filter"), _("All")))


def _row(place: Here, record: Record, fields: Sequence[Field]) -> Html:
    values = Fields(record, place.site.names)
    cells = joined(_cell(place, values, record, field) for field in fields)
    found = place.site.findings.of(record)
    mark = EMPTY
    if found:
        _ = place.site.say
        worst = "bad" if any(one.severity == "error" for one in found) else "warn"
        mark = html(
            ' <span class="tu-mark tu-{}" role="img" aria-label="{}" title="{}">!</span>', worst, _("Has findings"), _("Has findings")
        )
    state = html(' data-state="{}"', record.status) if record.status else EMPTY
    return html('<tr{}><td class="tu-what">{}{}</td>{}</tr>', state, place.to(record), mark, cells)


def _cell(place: Here, values: Fields, record: Record, field: Field) -> Html:
    value = values.view(field)
    if value is None:
        return html("<td></td>")
    shown = show(place, value)
    if isinstance(value, Choice) and isinstance(value.value, str):
        return html('<td data-sort="{}">{}</td>', _rank(record.kind, field, value.value), shown)
    return cell(shown, is_number=is_number(field))


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
