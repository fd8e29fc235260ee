"""Check-ins: how each goal and plan stood from one to the next, where owners and data differ, what nobody has told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import msg, msgs
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lines import health
from trueup.render.numbers import number
from trueup.render.svg.chart import figure
from trueup.render.svg.health import health_chart
from trueup.site.practice.goals import TONES, data_health, said_health, signs
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.values import cell
from trueup.views.freshness import CheckinFreshness
from trueup.views.goals import Goal
from trueup.views.health import Checkin

# So many of the latest check-ins of each are shown.
_MOST = 8


def overview(place: Here) -> Iterator[Section]:
    """Above the list of check-ins: active goals and plans, each with its latest ones; the stalest and the watermelons by themselves."""
    _ = place.site.say
    derived = place.site.derived
    fresh = {one.address: one for one in derived.checkin_freshness}
    melons = [one for one in derived.goals.goals if one.is_watermelon]
    if melons:
        words = msg("What their owners say is better than what their numbers say.").say(place.site.language)
        rows = [_melon(place, one) for one in melons]
        heads = titles(_("Goal"), _("Owners say"), _("Data say"))
        key = signs(place, has_melon=True, sure=melons)
        yield Section("s-watermelons", _("Watermelons"), html('<p class="tu-note">{}</p>{}{}', words, table(heads, rows, "tu-list"), key))
    if fresh:
        rows = [_row(place, one, derived.checkins.get(one.address, ())) for one in fresh.values()]
        heads = titles(_("Goal or plan"), _("Latest check-ins"), _("Confidence"), _("Days since"))
        yield Section("s-health", _("Health over time"), table(heads, rows, "tu-list"))


def of_plan(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a plan: how it stood, as far as anybody has said."""
    _ = place.site.say
    checkins = place.site.derived.checkins.get(record.address, ())
    if checkins:
        shown = health_chart(record.address, _("Health over time"), checkins, (), place.site.derived.today, place.site.names, place.way_to)
        yield Section("s-health", _("Health over time"), figure(shown, place.site.language, EMPTY))


def _melon(place: Here, goal: Goal) -> Html:
    _ = place.site.say
    said = html('{} <span class="tu-day">{}</span>', said_health(place, goal), place.site.day(goal.said_on))
    shown = (cell(said, _("Owners say")), cell(data_health(place, goal), _("Data say")))
    return html('<tr><td class="tu-what">{}</td>{}</tr>', place.at(goal.address), joined(shown))


def _row(place: Here, one: CheckinFreshness, checkins: Sequence[Checkin]) -> Html:
    _ = place.site.say
    told = [one for one in checkins if one.health]
    marks = (
        joined((_mark(place, one) for one in told[-_MOST:]), " ") if told else html('<span class="tu-quiet">{}</span>', _("no check-in"))
    )
    sure = [number(one.confidence) for one in checkins if one.confidence is not None][-3:]
    age = EMPTY if one.age is None else html("{}", one.age)
    if one.is_stale:
        limit = place.site.workspace.config.thresholds.checkin_days
        words = msgs("more than {count} day", "more than {count} days", limit).say(place.site.language)
        age = html('<span class="tu-toned tu-bad">{}</span> <span class="tu-quiet">{}</span>', one.age, words)
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}</tr>',
        place.at(one.address),
        cell(html('<span class="tu-strip">{}</span>', marks), _("Latest check-ins")),
        cell(html("{}", " → ".join(sure)), _("Confidence")) if sure else html("<td></td>"),
        cell(age, _("Days since"), sort=str(one.age or 0)),
    )  # fmt: skip


def _mark(place: Here, one: Checkin) -> Html:
    """One check-in as the sign of its health; its day and its word for who points at it or has it read."""
    words = f"{place.site.day(one.day)} {health(one.health, place.site.names)}"
    tone, way = TONES.get(one.health or "", "unknown"), place.way_to(one.address)
    sign = html('<span class="tu-pill tu-sign tu-{}"><span class="tu-hidden">{}</span></span>', tone, words)
    return html('<a href="{}" title="{}">{}</a>', way, words, sign) if way else sign
