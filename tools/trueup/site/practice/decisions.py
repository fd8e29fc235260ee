"""Decisions: what must be looked at again, what replaced what, the log month by month, and where the evidence is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from trueup.locale import msgs
from trueup.locale.days import month as written_month
from trueup.locale.joining import clauses
from trueup.records.record import Record
from trueup.render.decisions import decisions_in_words, stand_in_words
from trueup.render.evidence import gap_heading, how_many
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.told import crossed_in_words
from trueup.site.paths import list_of
from trueup.site.practice.entries import entries, note
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.standing import row
from trueup.site.values import pill, state
from trueup.views.decisions import Decision, Tripwire
from trueup.views.evidence import GAPS, Chain, Gap

# The log goes back so many months; before them the list of all decisions goes on.
_MONTHS = 12


def overview(place: Here) -> Iterator[Section]:
    """Above the list of decisions."""
    _ = place.site.say
    found = place.site.derived.decisions
    if not found.decisions:
        return
    again = [*_again(place)]
    said = note(decisions_in_words(found, place.site.names))
    nothing = html("<p>{}</p>", pill(_("No tripwire is crossed, no review is due, nothing is proposed."), "good"))
    yield Section("s-again", _("To be looked at again"), html("{}{}", said, entries(place, again) if again else nothing))
    if found.chains:
        yield Section("s-replaced", _("What replaced what"), _chains(place, found.chains))
    watched = [one for one in found.decisions if one.is_accepted and one.tripwire and not one.is_tripped]
    if watched:
        yield Section("s-wires", _("Tripwires that hold"), entries(place, (_held(place, one) for one in watched)))
    gaps = place.site.derived.evidence.gaps
    if gaps:
        yield Section("s-gaps", _("Where the evidence is missing"), joined(_gaps(place, gaps)))
    yield Section("s-log", _("Log"), joined(_log(place, found.decisions)), is_repeated=True)


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a decision: what it rests on and what came of it, how its tripwire stands, what it replaces."""
    _ = place.site.say
    found = place.site.derived.decided.get(record.address)
    if found is None:
        return
    one, chain = found
    pairs = [*_chain(place, chain), *_since(place, one)]
    items = joined(html("<div><dt>{}</dt><dd>{}</dd></div>", name, value) for name, value in pairs)
    yield Section("s-chain", _("From evidence to outcome"), html('<dl class="tu-texts tu-chain">{}</dl>', items))


def _again(place: Here) -> Iterator[Html]:
    """Crossed tripwires first, then reviews, then proposals."""
    _, names, found = place.site.say, place.site.names, place.site.derived.decisions
    for one in found.tripped:
        since = _("since {date}").format(date=place.site.day(one.tripwire.crossed_since if one.tripwire else None))
        told = html("{}", clauses((crossed_in_words(one, names), since), names.language))
        yield row(place.at(one.address), pill(_("tripwire crossed"), "bad"), told, *_who(place, one))
    for one in found.reviews_due:
        since = _("since {date}").format(date=place.site.day(one.review_by))
        yield row(place.at(one.address), pill(_("review due"), "warn"), html("{}", since), *_who(place, one))
    for one in found.proposed:
        waited = msgs("for {count} day", "for {count} days", one.proposed_for or 0).say(names.language)
        long = html("{}", _("too long")) if one.is_waiting else EMPTY
        yield row(place.at(one.address), pill(_("proposed"), "draft"), html("{}", waited), long, *_who(place, one))


def _who(place: Here, one: Decision) -> Iterator[Html]:
    return map(place.at, one.deciders[:4])


def _held(place: Here, one: Decision) -> Html:
    return row(place.at(one.address), EMPTY, _wire(place, one.tripwire) if one.tripwire else EMPTY)


def _wire(place: Here, wire: Tripwire) -> Html:
    """The metric with its last value and its limit, as a link to the metric."""
    words, way = stand_in_words(wire, place.site.names), place.way_to(wire.metric)
    return html('<a href="{}">{}</a>', way, words) if way else html("{}", words)


def _chains(place: Here, chains: Iterable[tuple[str, ...]]) -> Html:
    arrow = html(' <span class="tu-quiet" aria-hidden="true">→</span> ')
    items = joined(html("<li>{}</li>", joined(map(place.at, chain), arrow)) for chain in chains)
    return html('<ul class="tu-report">{}</ul>', items)


def _gaps(place: Here, gaps: Iterable[Gap]) -> Iterator[Html]:
    """Each sort of gap with what it is about."""
    found = list(gaps)
    for gap in GAPS:
        inside = [one for one in found if one.gap == gap]
        if inside:
            title = gap_heading(gap, place.site.language)
            yield html("<h3>{} <small>{}</small></h3>{}", title, len(inside), entries(place, (_gap(place, one) for one in inside), 5))


def _gap(place: Here, one: Gap) -> Html:
    if one.address is not None:
        return row(place.at(one.address), EMPTY)
    theme = html('<a href="{}">{}</a>', place.url(list_of("feedback"), "s-themes"), one.title)
    return row(theme, html("{}", how_many("feedback", one.count or 0, place.site.language)))


def _log(place: Here, decisions: Iterable[Decision]) -> Iterator[Html]:
    """What was decided in which month, the latest first."""
    dated = (one for one in decisions if one.date is not None)
    for index, (month, them) in enumerate(groupby(dated, key=lambda one: (one.date or date.min).isoformat()[:7])):
        if index == _MONTHS:
            break
        title = written_month(month, place.site.language)
        yield html("<h3>{}</h3>{}", title, entries(place, (_logged(place, one) for one in them)))


def _logged(place: Here, one: Decision) -> Html:
    record = place.site.workspace.record(one.address)
    status = place.site.names.status(record) if record else None
    replaced = joined((html("{} {}", place.site.say("replaced by"), place.at(later)) for later in one.superseded_by), " · ")
    day = html('<span class="tu-day">{}</span>', place.site.day(one.date))
    return row(place.at(one.address), state(status), day, replaced, *_who(place, one))


def _chain(place: Here, chain: Chain) -> Iterator[tuple[str, Html]]:
    """What was seen, what the decision changes, and by what it is measured; or that there is no such thing."""
    _ = place.site.say
    yield _("seen in"), _links(place, chain.evidence, _("nothing that is named"))
    yield _("changes"), _links(place, (*chain.plans, *chain.goals), _("no plan and no goal"))
    cited = {address.partition("#")[0] for address in chain.evidence}
    before, _mark, after = _("{metric} (where it was seen)").partition("{metric}")
    measured = (html("{}{}{}", before, place.at(one), after) if one in cited else place.at(one) for one in chain.metrics)
    yield _("measured by"), joined(measured, " · ") or html('<span class="tu-quiet">{}</span>', _("no metric"))


def _links(place: Here, addresses: Iterable[str], none: str) -> Html:
    return joined(map(place.at, addresses), " · ") or html('<span class="tu-quiet">{}</span>', none)


def _since(place: Here, one: Decision) -> Iterator[tuple[str, Html]]:
    """What has become of it: its tripwire, its review, what it replaces and what has replaced it."""
    _ = place.site.say
    if one.tripwire is not None:
        crossed = html(" {}", pill(_("tripwire crossed"), "bad")) if one.is_tripped else EMPTY
        yield _("holds while"), html("{}{}", _wire(place, one.tripwire), crossed)
    if one.review_by is not None:
        due = html(" {}", pill(_("review due"), "warn")) if one.is_review_due else EMPTY
        yield _("to be reviewed"), html('<span class="tu-day">{}</span>{}', place.site.day(one.review_by), due)
    if one.supersedes is not None:
        yield _("replaces"), place.at(one.supersedes)
    if one.superseded_by:
        yield _("replaced by"), joined(map(place.at, one.superseded_by), " · ")
