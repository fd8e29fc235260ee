"""What the list of metrics shows of each beside its fields: its course, its latest value, and the change."""

from __future__ import annotations

from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined
from trueup.render.numbers import change
from trueup.render.readings import measured
from trueup.render.svg.series import Metric
from trueup.render.svg.sparkline import sparkline_chart
from trueup.site.site import Here
from trueup.site.values import cell, day_in, pill
from trueup.views.record import PointView, SeriesView, series_view


def metric_heads(place: Here) -> tuple[Html, ...]:
    """The heads of the columns."""
    _ = place.site.say
    numbers = (html('<th class="tu-number" data-name="{}">{}</th>', *one) for one in (("latest", _("Latest")), ("change", _("Change"))))
    return html('<th data-name="course">{}</th>', _("Over time")), *numbers


def metric_cells(place: Here, record: Record) -> tuple[Html, ...]:
    """The cells of a metric, as many as there are heads."""
    series = series_view(record, place.site.derived)
    stale = pill(place.site.say("No value lately"), "warn") if record.address in place.site.derived.stale_metrics else EMPTY
    if series is None or series.latest is None:
        return html("<td></td>"), cell(stale, place.site.say("Latest")), html("<td></td>")
    metric = Metric(record.address, record.title, record.fields.text("direction"), series)
    course = html('<td data-sort="{}">{}</td>', series.latest.date, sparkline_chart(metric, place.site.language).markup)
    return course, _latest(place, series, series.latest, stale), _change(place, series, series.latest)


def _latest(place: Here, series: SeriesView, latest: PointView, stale: Html) -> Html:
    """What a metric was last, whether that is as good as its target, and whether there should be a newer value."""
    words = measured(latest.value, series, series.places)
    value = html("{}", words) if series.is_reached is None else pill(words, "good" if series.is_reached else "bad")
    shown = html('{} <span class="tu-day">{}</span>', value, day_in(place.site, latest.date))
    return cell(joined((shown, stale), " ") if stale else shown, place.site.say("Latest"), is_number=True, sort=str(latest.value))


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
