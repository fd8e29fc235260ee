"""Scorecards as they are computed today, each figure with what it was computed from."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.numbers import number
from trueup.render.scorecards import counted_from, score_in_words, value_in_words
from trueup.render.shares import percent
from trueup.site.paths import list_of
from trueup.site.practice.entries import note, opened
from trueup.site.practice.meter import with_share
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.values import cell
from trueup.views.scorecards import Scorecard, ScoreItem


def overview(place: Here) -> Iterator[Section]:
    """Above the list of scorecards: how far each has come, the latest period first."""
    _ = place.site.say
    cards = place.site.derived.scorecards
    if cards:
        heads = titles(_("Scorecard"), _("Period"), _("Score"), _("Weight with data"), _("Teams"))
        yield Section("s-scores", _("Scores"), table(heads, (_row(place, one) for one in cards), "tu-list"))


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a scorecard: item by item, with what it was computed from."""
    _ = place.site.say
    card = next((one for one in place.site.derived.scorecards if one.address == record.address), None)
    if card is None or not card.items:
        return
    heads = titles(_("Item"), _("Weight"), _("Value"), _("Target"), _("Score"), _("Computed from"))
    shown = table(heads, (_item(place, one) for one in card.items), "tu-list")
    yield Section("s-score", _("Computed score"), html("{}{}", note(score_in_words(card, place.site.names)), shown))


def _row(place: Here, card: Scorecard) -> Html:
    _ = place.site.say
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}{}</tr>',
        place.at(card.address),
        cell(html("{}", card.period), _("Period")),
        cell(with_share(card.score, None, None, _("no data")), _("Score")),
        cell(html("{}", percent(card.measured)), _("Weight with data")),
        cell(joined(map(place.at, card.teams), " · "), _("Teams")),
    )  # fmt: skip


def _item(place: Here, one: ScoreItem) -> Html:
    _, names = place.site.say, place.site.names
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}{}{}</tr>',
        one.title,
        cell(html("{}", number(one.weight)), _("Weight")),
        cell(html("{}", value_in_words(one, names)), _("Value")),
        cell(html("{}", number(one.target)) if one.target is not None else EMPTY, _("Target")),
        cell(with_share(one.score, None, None, _("no data")), _("Score")),
        cell(_source(place, one), _("Computed from")),
    )  # fmt: skip


def _source(place: Here, one: ScoreItem) -> Html:
    """The goal or the metric as a link; else how many records were counted, and which."""
    if one.subject.partition("/")[1]:
        return place.at(one.subject)
    words = counted_from(one, place.site.names)
    if not words:
        return EMPTY
    kind = one.addresses[0].partition("/")[0]
    return opened(place, len(one.addresses), one.title, one.addresses, place.url(list_of(kind)), words)
