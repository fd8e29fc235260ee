"""Metrics: the course of each beside its target, with the decisions that were made on it."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.records.record import Record
from trueup.render.html import html
from trueup.render.svg.series import Metric, series_chart
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.views.record import series_view


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a metric: its series with its target, and the decisions that rest on it or watch it."""
    _ = place.site.say
    series = series_view(record, place.site.derived)
    if series is None:
        return
    decisions = place.site.derived.decided_on.get(record.address, ())
    metric = Metric(record.address, record.title, record.fields.text("direction"), series, decisions)
    chart = series_chart(metric, place.site.today, place.site.language, place.way_to)
    # The page has these figures as a table already, further down.
    yield Section("s-course", _("Over time"), html('<figure class="tu-figure">{}</figure>', chart.markup))
