"""What the list of metrics shows of each beside its fields: its course, its latest value, how far it has to go, and the change."""

from __future__ import annotations

from collections.abc import Iterable

from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.numbers import change
from trueup.render.readings import measured, to_go
from trueup.render.svg.series import Metric
from trueup.render.svg.sparkline import sparkline_chart
from trueup.site.site import Here, Site
from trueup.site.values import cell, day_in, pill
from trueup.views.record import PointView, SeriesView, series_view


def farthest_first(site: Site, records: Iterable[Record]) -> list[Record]:
    """The metrics that are farthest from their targets first, those that have reached theirs after them, and then the rest."""

    def order(record: Record) -> tuple[bool, float]:
        series = series_view(record, site.derived)
        gap = series.gap if series else None
        return gap is None, -series.distance if series and gap is not None else 0.0

    return sorted(records, key=order)


def metric_heads(place: Here) -> tuple[Html, ...]:
    """The heads of the columns."""
    _ = place.site.say
    heads = (("latest", _("Latest")), ("gap", _("To target")), ("change", _("Change")))
    return html('<th data-name="course">{}</th>', _("Over time")), *(
        html('<th class="tu-number" data-name="{}">{}</th>', *one) for one in heads
    )


def metric_cells(place: Here, record: Record) -> tuple[Html, ...]:
    """The cells of a metric, as many as there are heads."""
    series = series_view(record, place.site.derived)
    stale = pill(place.site.say("No value lately"), "warn") if record.address in place.site.derived.stale_metrics else EMPTY
    if series is None or series.latest is None:
        return html("<td></td>"), cell(stale, place.site.say("Latest")), html("<td></td>"), html("<td></td>")
    metric = Metric(record.address, record.title, record.fields.text("direction"), series)
    course = html('<td data-sort="{}">{}</td>', series.latest.date, sparkline_chart(metric, place.site.language).markup)
    return course, _latest(place, record.address, series, series.latest, stale), _gap(place, series), _change(place, series, series.latest)


def tone_of(series: SeriesView) -> str:
    """How the latest value looks: as good as its target, on its way there, or going the wrong way; ``""`` where nobody can say."""
    if series.is_reached is None:
        return ""
    return "good" if series.is_reached else "warn" if series.is_better is False else "open"


def _latest(place: Here, address: str, series: SeriesView, latest: PointView, stale: Html) -> Html:
    """What a metric was last, whether that is as good as its target, and whether there should be a newer value."""
    words = measured(latest.value, series, series.places)
    value = html("{}", words) if (tone := tone_of(series)) == "" else pill(words, tone)
    shown = html('{} <span class="tu-day">{}</span>', value, day_in(place.site, latest.date))
    if address in place.site.derived.tripped_metrics:
        shown = html("{} {}", shown, pill(place.site.say("tripwire crossed"), "bad"))
    return cell(joined((shown, stale), " ") if stale else shown, place.site.say("Latest"), is_number=True, sort=str(latest.value))


def _gap(place: Here, series: SeriesView) -> Html:
    """How far it is to the target, in the metric's unit; sorted by the share of its own range, as units cannot be compared."""
    words = to_go(series, place.site.language)
    return cell(html("{}", words), place.site.say("To target"), is_number=True, sort=str(series.distance)) if words else html("<td></td>")


def _change(place: Here, series: SeriesView, latest: PointView) -> Html:
    """The change since the value before, and whether that is for the better."""
    _ = place.site.say
    if not latest.change:
        return html("<td></td>")
    tone = "" if series.is_better is None else "tu-toned tu-good" if series.is_better else "tu-toned tu-bad"
    words = change(latest.change, series.places)
    if series.is_better is not None:
        words = f"{words} {_('better') if series.is_better else _('worse')}"
    shown = html('<span class="{}">{}</span>', tone, words) if tone else html("{}", words)
    return cell(shown, _("Change"), is_number=True, sort=str(latest.change))
