"""The lower half of the first page: what moved in the last week, where the numbers go, what waits, and how fresh all of it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from trueup.locale import msg, msgs
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.lines import health
from trueup.render.numbers import number
from trueup.render.readings import measured
from trueup.render.svg.series import Metric
from trueup.render.svg.sparkline import sparkline_chart
from trueup.site.paths import list_of
from trueup.site.practice.goals import TONES
from trueup.site.site import Here
from trueup.site.standing import listing, owner, row
from trueup.site.values import pill
from trueup.views.freshness import CheckinFreshness, SeriesFreshness
from trueup.views.happenings import Moved, Told, happenings
from trueup.views.record import series_view
from trueup.views.status import Status
from trueup.views.workload import PersonLoad

_DAYS = 7
_MOST_METRICS = 12
_MOST_NAMED = 4


def _week_before(today: date) -> date:
    """The first of the seven days that end with this one; there is no day before the first of the year 1."""
    return today - timedelta(min(_DAYS - 1, (today - date.min).days))


def since_last_week(place: Here) -> Html:
    """Health that was told, work that was done, what was decided, in seven days; the worse news first."""
    derived = place.site.derived
    found = happenings(derived, _week_before(derived.today), derived.today)
    told = sorted(found.told, key=lambda one: (not one.is_worse, one.before == one.health, one.on, one.address))
    _ = place.site.say
    rows = [_told(place, one) for one in told]
    for done in reversed(found.done):
        state = pill(_("reached") if done.is_milestone else _("done"), "done")
        rows.append(row(place.at(done.address), state, html("{}", done.plan_title), _day(place, done.on), owner(place, done.owner)))
    rows += (
        row(place.at(one.address), _state(place, one.address), _day(place, one.date), *map(place.at, one.deciders[:2]))
        for one in reversed(found.decided)
    )
    said = html("{}", _("Feedback"))
    rows += (row(place.at(one.address), said, _day(place, one.received_on), html("{}", one.customer or "")) for one in found.received)
    if found.replied:
        words = msgs("{count} answer to feedback", "{count} answers to feedback", len(found.replied)).say(place.site.language)
        rows.append(row(html('<a href="{}">{}</a>', place.url(list_of("feedback")), words), EMPTY))
    return listing(place, "s-moved", _("In the last seven days"), rows)


def _state(place: Here, address: str) -> Html:
    """The state of a decision: one that is dated in these days may as yet be a proposal."""
    record = place.site.workspace.record(address)
    state = place.site.names.status(record) if record else None
    return pill(state.label, state.tone) if state else EMPTY


def _told(place: Here, one: Told) -> Html:
    """What a check-in says of its subject; a change of health is told."""
    names = place.site.names
    stands = pill(health(one.health, names), TONES.get(one.health or "", "draft")) if one.health else EMPTY
    if one.before and one.health and one.before != one.health:
        stands = html('<span class="tu-turn">{} → {}</span>', pill(health(one.before, names), TONES.get(one.before, "draft")), stands)
    way = place.way_to(one.address)
    day = html('<a class="tu-day" href="{}">{}</a>', way, place.site.day(one.on)) if way else _day(place, one.on)
    return row(place.at(one.subject), stands, day, owner(place, one.author))


def metrics(place: Here) -> Html:
    """The metrics as lines of text with their course; those that went the wrong way in the last week come first."""
    _ = place.site.say
    derived = place.site.derived
    moved = {one.address: one for one in happenings(derived, _week_before(derived.today), derived.today).moved}
    order = {address: index for index, address in enumerate(moved)}
    records = sorted(place.site.workspace.of_kind("metric"), key=lambda one: (order.get(one.address, len(order)), one.title, one.id))
    items = [item for record in records if (item := _metric(place, record.address, moved.get(record.address)))]
    if not items:
        return EMPTY
    left = len(items) - _MOST_METRICS
    words = msgs("{count} more metric", "{count} more metrics", left).say(place.site.language) if left > 0 else ""
    more = html('<p class="tu-note"><a href="{}">{}</a></p>', place.url(list_of("metric")), words) if words else EMPTY
    shown = joined(items[:_MOST_METRICS])
    return html('<section><h2 id="s-metrics">{}</h2><ul class="tu-metrics">{}</ul>{}</section>', _("Metrics"), shown, more)


def _metric(place: Here, address: str, moved: Moved | None) -> Html:
    record = place.site.workspace.record(address)
    series = series_view(record, place.site.derived) if record else None
    if record is None or series is None or series.latest is None:
        return EMPTY
    chart = sparkline_chart(Metric(address, record.title, record.fields.text("direction"), series), place.site.language)
    value = measured(series.latest.value, series, series.places)
    change = EMPTY
    if moved is not None and moved.before is not None and moved.before != moved.value:
        tone = "" if moved.is_better is None else " tu-toned tu-good" if moved.is_better else " tu-toned tu-bad"
        sign = "▲" if moved.value > moved.before else "▼"
        words = "" if moved.is_better is None else place.site.say("better") if moved.is_better else place.site.say("worse")
        amount = number(round(abs(moved.value - moved.before), series.places))
        change = html('<span class="tu-change{}">{} {} {}</span>', tone, sign, amount, words)
    return html('<li>{}<span class="tu-spark">{}</span><b>{}</b>{}</li>', place.to(record), chart.markup, value, change)


def waiting(place: Here, found: Status) -> Html:
    """Feedback that waits, people with too much to do, and what makes the picture less sure, a line each."""
    _ = place.site.say
    rows = [*_waiting(place, found)]
    if found.stale_checkins:
        rows.append(_several(place, found.stale_checkins, _("no check-in lately"), place.url(list_of("checkin"), "s-health")))
    if found.stale_series:
        rows.append(_several(place, found.stale_series, _("no value lately"), place.url(list_of("metric"))))
    for one in found.missed[:_MOST_NAMED]:
        words = _("no record of {date}").format(date=place.site.day(one.dates[-1]))
        rows.append(row(place.at(one.address), pill(words, "warn")))
    return listing(place, "s-waiting", _("Waiting and stale"), rows)


def _waiting(place: Here, found: Status) -> Iterator[Html]:
    _, language = place.site.say, place.site.language
    new, late, owed = len(found.new), len(found.untriaged), len(found.owed)
    for count, words, anchor in (
        (new, msgs("{count} piece of feedback to be triaged", "{count} pieces of feedback to be triaged", new), "s-triage"),
        (
            owed,
            msgs("{count} customer was never told what came of it", "{count} customers were never told what came of it", owed),
            "s-owed",
        ),
    ):
        if count:
            is_long = late and anchor == "s-triage"
            told = msg("{late} for more than {days} days", late=late, days=found.triage_days).say(language) if is_long else ""
            what = html('<a href="{}">{}</a>', place.url(list_of("feedback"), anchor), words.say(language))
            yield row(what, pill(told, "warn") if told else EMPTY)
    if found.overloaded:
        yield _several(place, [one for one in found.overloaded if one.address], _("too much to do"), place.url("load.md"))


def _several(place: Here, found: Sequence[CheckinFreshness | SeriesFreshness | PersonLoad], words: str, url: str) -> Html:
    """The first few to whom the same applies, and how many more there are, as a link to all of them."""
    named = [place.at(one.address) for one in found[:_MOST_NAMED] if one.address]
    if len(found) > _MOST_NAMED:
        count = len(found) - _MOST_NAMED
        more = msgs("{count} more", "{count} more", count).say(place.site.language)
        named.append(html('<a href="{}">{}</a>', url, more))
    return row(joined(named, " · "), pill(words, "warn"))


def _day(place: Here, day: date | None) -> Html:
    return html('<span class="tu-day">{}</span>', place.site.day(day)) if day else EMPTY
