"""The rhythm of meetings: when each comes next, how often it was held and missed of late."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale.days import with_weekday
from trueup.locale.joining import listed, with_note
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.rhythm import has_zones, kept_in_words, next_in_words
from trueup.site.practice import actions
from trueup.site.practice.entries import note
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.values import cell, pill
from trueup.views.regularity import Kept, Regularity, regularity
from trueup.views.rhythm import Occurrence

# A cadence shows so many of its latest dates.
_DATES = 16


def overview(place: Here) -> Iterator[Section]:
    """Above the lists of meetings and of cadences."""
    _ = place.site.say
    if not place.site.derived.cadences:
        return
    found = regularity(place.site.derived)
    heads = titles(_("Meeting"), _("Next meeting"), _("Held"), _("Missed"), _("Last held"))
    shown = table(heads, (_row(place, one, found) for one in found.cadences), "tu-list")
    way = html('<p class="tu-note"><a href="{}">{}</a></p>', place.url(actions.PATH, "s-open"), _("Open actions by owner"))
    has_actions = bool(place.site.workspace.of_kind("meeting"))
    words = note(kept_in_words(place.site.language))
    yield Section("s-rhythm", _("Rhythm"), html("{}{}{}", shown, words, way if has_actions else EMPTY))


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a cadence: its dates of late, held, missed and put off."""
    _ = place.site.say
    cadence = next((one for one in place.site.derived.cadences if one.address == record.address), None)
    if cadence is None or not (cadence.occurrences or cadence.next):
        return
    latest = (*([cadence.next] if cadence.next else []), *reversed(cadence.occurrences[-_DATES:]))
    rows = joined(html("<li>{}</li>", _date(place, one)) for one in dict.fromkeys(latest))
    yield Section("s-dates", _("Dates"), html('<ul class="tu-dates">{}</ul>', rows))


def _row(place: Here, one: Kept, found: Regularity) -> Html:
    _, names = place.site.say, place.site.names
    missed = pill(str(one.missed), "bad") if one.missed else html("{}", "–" if one.missed is None else "0")
    latest = listed((place.site.day(day) for day in one.missed_on[-3:]), place.site.language)
    days = html('<span class="tu-quiet">{}</span>', with_note("", latest, place.site.language))
    way = place.way_to(one.last_meeting) if one.last_meeting else None
    last = html('<a class="tu-day" href="{}">{}</a>', way, place.site.day(one.last_held)) if way else html("{}", _("no meeting recorded"))
    upcoming = place.site.day(one.next.date if one.next else None)
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}{}</tr>',
        place.at(one.address),
        cell(html("{}", next_in_words(one, upcoming, names, zoned=has_zones(found))), _("Next meeting")),
        cell(html("{}", "–" if one.held is None else one.held), _("Held")),
        cell(html("{}{}", missed, days if one.missed else EMPTY), _("Missed")),
        cell(last, _("Last held")),
    )  # fmt: skip


def _date(place: Here, one: Occurrence) -> Html:
    """A date with what became of it; a meeting that was held is a link."""
    _ = place.site.say
    states = {"held": _("held"), "missed": _("missed"), "planned": _("planned"), "off": _("off")}
    tones = {"held": "done", "missed": "missed", "planned": "open", "off": "dropped"}
    day = html('<span class="tu-day">{}</span>', with_weekday(place.site.day(one.date), one.date, place.site.language))
    way = place.way_to(one.meeting) if one.meeting else None
    return html("{} {}", html('<a href="{}">{}</a>', way, day) if way else day, pill(states[one.state], tones[one.state]))
