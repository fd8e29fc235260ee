"""The course of a metric as small as a word."""

from __future__ import annotations

from datetime import date

from trueup.locale import msg
from trueup.render.html import Html, html, joined
from trueup.render.readings import measured
from trueup.render.svg.chart import Chart, Picture, slug_of, svg
from trueup.render.svg.drawing import circle, line, polyline
from trueup.render.svg.plane import runs
from trueup.render.svg.scales import time_scale
from trueup.render.svg.series import Metric
from trueup.render.tables import Table

_WIDTH, _HEIGHT = 104.0, 26.0
_MOST = 60


def sparkline_chart(metric: Metric, language: str) -> Chart:
    """The latest 60 values of a metric in a line of text, with its target where that is near; a dot is the last one."""
    series = metric.series
    points = series.points[-_MOST:]
    rows = tuple((one.date, one.value) for one in points)
    if points:
        began, ended = (measured(one.value, series, series.places) for one in (points[0], points[-1]))
        words = msg("From {start} on {first} to {end} on {last}.", start=began, first=points[0].date, end=ended, last=points[-1].date)
    else:
        words = msg("There are no values yet.")
    description = words.say(language)
    drawn = svg(Picture(_WIDTH, _HEIGHT, _shapes(metric)), slug_of(f"spark-{metric.address}"), "spark", metric.title, description)
    return Chart(html('<span class="tu-chart-spark">{}</span>', drawn), metric.title, description, Table(("date", "value"), rows))


def _shapes(metric: Metric) -> Html:
    values = [(date.fromisoformat(one.date), one.value) for one in metric.series.points[-_MOST:]]
    if not values:
        return line("spark-none", 4, _HEIGHT / 2, _WIDTH - 4, _HEIGHT / 2)
    days = time_scale([day for day, _ in values], values[-1][0], 2, _WIDTH - 6, margin=0)
    known = [value for _, value in values]
    target = metric.series.target
    # Half of the way from the lowest to the highest: further off, it would make a flat line of the rest.
    reach = (max(known) / 2 - min(known) / 2) or abs(known[0]) / 20
    near = target if target is not None and min(known) - reach <= target <= max(known) + reach else None
    shown = [*known, near] if near is not None else known
    low, high = min(shown), max(shown)

    def y(value: float) -> float:
        # Without round numbers at its ends, as an axis has them, the line takes all of the little room.
        share = (value / 2 - low / 2) / (high / 2 - low / 2) if high / 2 > low / 2 else 0.5
        return _HEIGHT - 4 - share * (_HEIGHT - 8)

    parts = [line("target", 0, y(near), _WIDTH, y(near))] if near is not None else []
    for run in runs(values):
        places = [(days.middle(day), y(value)) for day, value in run]
        parts.append(polyline("series", places) if len(run) > 1 else circle("series-alone", *places[0], 1.6))
    parts.append(circle("latest", days.middle(values[-1][0]), y(values[-1][1]), 2.8))
    return joined(parts)
