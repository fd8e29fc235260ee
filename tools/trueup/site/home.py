"""The first page: how it stands, what is late and waits, what moved, what is wrong, how much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import msgs
from trueup.locale.days import weekday, written
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.render.completeness import incomplete_in_words
from trueup.render.html import EMPTY, Html, html, joined
from trueup.site.findings import counted, findings_table
from trueup.site.moved import metrics, since_last_week, waiting
from trueup.site.nav import kind_groups
from trueup.site.page import Page
from trueup.site.paths import FEED, FINDINGS, HOME, REVIEW, list_of
from trueup.site.propose import begin
from trueup.site.review import told_in_short
from trueup.site.site import Here, Site, here
from trueup.site.standing import goal_cards, lists, tiles
from trueup.site.values import pill
from trueup.views.findings import worst_first
from trueup.views.status import Status, status
from trueup.views.values import tone_of

_MOST_FINDINGS = 5


def home_page(site: Site) -> Page:
    _ = site.say
    place = here(site, HOME)
    title = site.workspace.config.title
    found = status(site.derived)
    day = html(
        '<p class="tu-bar"><span class="tu-day">{}</span><span>{}</span>{}{}</p>',
        written(site.today, site.language),
        weekday(site.today, site.language),
        _feed(place),
        begin(place, site.workspace.kinds.get("feedback")),
    )
    pairs = html('<div class="tu-pairs">{}</div>', joined((*lists(place, found), waiting(place, found), since_last_week(place))))
    parts = (tiles(place, found), goal_cards(place, found), pairs, metrics(place), _wrong(place), _records(place), _handbook(place))
    above = html("{}{}", _proposed(place), _incomplete(place, found))
    content = html('<div class="tu tu-home"><h1>{}</h1>{}{}{}</div>', title, day, above, joined(parts))
    return Page(HOME, title, content, counted(site), searchable="")


def _proposed(place: Here) -> Html:
    """That this is not how it stands but how somebody would have it, with the way to what that means."""
    site = place.site
    if site.proposal is None:
        return EMPTY
    _ = site.say
    words = _("This is a proposal: what it means")
    return html('<p class="tu-proposal"><a href="{}">{}</a> {}</p>', place.url(REVIEW), words, told_in_short(site, site.proposal))


def _incomplete(place: Here, found: Status) -> Html:
    """That some of what is written is in none of the figures, with the way to what is wrong."""
    words = incomplete_in_words(found.completeness, place.site.language)
    return html('<p class="tu-note tu-incomplete"><a href="{}">{}</a></p>', place.url(FINDINGS), words) if words else EMPTY


def _feed(place: Here) -> Html:
    return html('<a href="{}" type="application/atom+xml">{}</a>', place.file(FEED), place.site.say("Feed"))


def _records(place: Here) -> Html:
    """How many records of each kind there are, and how many in each state; folded, as the navigation leads to all of them."""
    site = place.site
    count = len(site.workspace.records) + len(site.paths.broken)
    words = msgs("{count} record", "{count} records", count).say(site.language)
    folded = html('<details class="tu-more"><summary>{}</summary>{}</details>', words, joined(_counts(place)))
    return html('<section><h2 id="s-records">{}</h2>{}</section>', site.say("Records"), folded)


def _counts(place: Here) -> Iterator[Html]:
    """A card for every kind that has records: how many, and how many in each state."""
    _ = place.site.say
    for title, kinds in kind_groups(place.site):
        cards = [card for kind in kinds if (card := _card(place, kind))]
        if cards:
            yield html('<div class="tu-cards"><h3>{}</h3><ul>{}</ul></div>', title, joined(cards))


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
    worst = findings_table(place, worst_first(site.findings.all)[:_MOST_FINDINGS])
    return html('<section><h2 id="s-wrong">{} <small>{}</small></h2>{}</section>', _("What is wrong"), all_of_them, worst)


def _handbook(place: Here) -> Html:
    site = place.site
    _ = site.say
    if not site.docs.handbook:
        return EMPTY
    links = joined(html('<li><a href="{}">{}</a></li>', place.url(path), title) for path, title in site.docs.handbook)
    return html('<section><h2>{}</h2><ul class="tu-columns">{}</ul></section>', _("Handbook"), links)
