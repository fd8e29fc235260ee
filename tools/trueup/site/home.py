"""The first page: how much there is and how it stands, what is wrong, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from trueup.records.dates import date_of
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.site.findings import counted, findings_table
from trueup.site.html import EMPTY, Html, html, joined, table
from trueup.site.nav import kind_groups
from trueup.site.page import Page
from trueup.site.paths import FINDINGS, HOME, list_of
from trueup.site.site import Here, Site, here
from trueup.site.values import pill, state
from trueup.views.findings import worst_first
from trueup.views.values import tone_of

_MOST_FINDINGS = 10
_MOST_NEWS = 12


def home_page(site: Site) -> Page:
    _ = site.say
    place = here(site, HOME)
    title = site.workspace.config.title
    content = html(
        '<div class="tu tu-home"><h1>{}</h1>{}{}{}{}</div>',
        title, joined(_counts(place)), _wrong(place), _news(place), _handbook(place),
    )  # fmt: skip
    return Page(HOME, title, content, counted(site), short=_("Home"), searchable="")


def _counts(place: Here) -> Iterator[Html]:
    """A card for every kind that has records: how many, and how many in each state."""
    _ = place.site.say
    for title, kinds in kind_groups(place.site):
        cards = [card for kind in kinds if (card := _card(place, kind))]
        if cards:
            yield html('<section class="tu-cards"><h2>{}</h2><ul>{}</ul></section>', title, joined(cards))


def _card(place: Here, kind: Kind) -> Html:
    records = place.site.workspace.of_kind(kind.name)
    broken = sum(1 for one in place.site.paths.broken.values() if one.kind == kind.name)
    if not records and not broken:
        return EMPTY
    states = [*_states(place, kind, records)]
    if broken:
        _ = place.site.say
        states.append(pill(f"{broken} {_('Unreadable')}", "bad"))
    return html(
        '<li><a href="{}"><b>{}</b><span>{}</span></a>{}</li>',
        place.url(list_of(kind.name)), len(records) + broken, kind.plural.say(place.site.language),
        html("<p>{}</p>", joined(states, " ")) if states else EMPTY,
    )  # fmt: skip


def _states(place: Here, kind: Kind, records: Sequence[Record]) -> Iterator[Html]:
    field = kind.field(kind.roles.get("status", ""))
    if field is None:
        return
    for value, label in field.choices:
        count = sum(1 for record in records if record.status == value)
        if count:
            yield pill(f"{count} {label.say(place.site.language)}", tone_of(kind, value))


def _wrong(place: Here) -> Html:
    """The worst findings, and a way to all of them."""
    site = place.site
    _ = site.say
    if not site.findings.all:
        return html("<section><h2>{}</h2><p>{}</p></section>", _("What is wrong"), pill(_("Nothing is wrong."), "good"))
    all_of_them = html('<a href="{}">{}</a>', place.url(FINDINGS), counted(site))
    worst = findings_table(place, worst_first(site.findings.all)[:_MOST_FINDINGS], sortable=False)
    return html("<section><h2>{} <small>{}</small></h2>{}</section>", _("What is wrong"), all_of_them, worst)


def _news(place: Here) -> Html:
    """The latest records that are about a day which has come."""
    site = place.site
    _ = site.say
    dated = [(day, record) for record in site.workspace.records if (day := date_of(record.role("date"))) and day <= site.today]
    if not dated:
        return EMPTY
    dated.sort(key=lambda one: (one[0], one[1].address), reverse=True)
    rows = [_news_row(place, day, record) for day, record in dated[:_MOST_NEWS]]
    return html("<section><h2>{}</h2>{}</section>", _("Latest"), table((), rows, "tu-news"))


def _news_row(place: Here, day: date, record: Record) -> Html:
    site = place.site
    subject = site.names.subject(record)
    link = place.to(record, subject.title if subject else "")
    when = html('<td class="tu-day">{}</td><td class="tu-quiet">{}</td>', day.isoformat(), record.kind.label.say(site.language))
    return html('<tr>{}<td class="tu-what">{}</td><td>{}</td></tr>', when, link, state(site.names.standing(record)))


def _handbook(place: Here) -> Html:
    site = place.site
    _ = site.say
    if not site.docs.handbook:
        return EMPTY
    links = joined(html('<li><a href="{}">{}</a></li>', place.url(path), title) for path, title in site.docs.handbook)
    return html('<section><h2>{}</h2><ul class="tu-columns">{}</ul></section>', _("Handbook"), links)
