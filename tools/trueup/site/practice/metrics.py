"""Metrics: the course of each beside its target, with the decisions that were made on it."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.records.record import Record
from trueup.render.html import html
from trueup.render.svg.series import Metric, series_chart
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.views.decisions import Decision
from trueup.views.record import series_view


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a metric: its series with its target, and the decisions that rest on it or watch it."""
    _ = place.site.say
    series = series_view(record, place.site.derived)
    if series is None:
        return
    decisions = [one for one in place.site.derived.decisions.decisions if _is_about(one, record.address)]
    metric = Metric(record.address, record.title, record.fields.text("direction"), series, decisions)
    chart = series_chart(metric, place.site.today, place.site.language, place.way_to)
    # The page has these figures as a table already, further down.
    yield Section("s-course", _("Over time"), html('<figure class="tu-figure">{}</figure>', chart.markup))


def _is_about(one: Decision, metric: str) -> bool:
    """Whether a decision cites the metric or would be proved wrong by it."""
    watched = one.tripwire is not None and one.tripwire.metric == metric
    return one.date is not None and (watched or metric in (address.partition("#")[0] for address in one.evidence))
