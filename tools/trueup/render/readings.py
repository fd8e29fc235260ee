"""Where a number stands, in the words that a page and a terminal share."""

from __future__ import annotations

from collections.abc import Sequence

from trueup.locale import msg, translator
from trueup.render.numbers import change, number, with_unit
from trueup.render.shares import percent
from trueup.views.progress import KeyResult
from trueup.views.record import SaidView, SeriesView
from trueup.views.values import Column, Grid, Number, Plain, Value


def with_readings(grid: Grid, key_results: Sequence[KeyResult], language: str) -> Grid:
    """The key results of a goal as they are written, and beside each target where it stands now, how far that is, and since when."""
    if len(grid.rows) != len(key_results) or all(one.current is None for one in key_results):
        return grid
    _ = translator(language)
    columns = (Column("current", _("Now"), True), Column("progress", _("Progress"), True), Column("as_of", _("As of"), False))
    names = [column.name for column in grid.columns]
    place = names.index("target") + 1 if "target" in names else len(names)
    rows = tuple((*row[:place], *_reading(one, language), *row[place:]) for row, one in zip(grid.rows, key_results, strict=True))
    return Grid((*grid.columns[:place], *columns, *grid.columns[place:]), rows)


def _reading(one: KeyResult, language: str) -> tuple[Value | None, ...]:
    return (
        None if one.current is None else Number(one.current),
        None if one.progress is None else Plain(_come(one.progress, language)),
        None if one.as_of is None else Plain(one.as_of.isoformat()),
    )


def _come(progress: float, language: str) -> str:
    """How far a key result has come; one that has gone the other way has come no part of the way."""
    return percent(progress) if progress >= 0 else translator(language)("worse than at the start")


def headline(series: SeriesView, language: str) -> tuple[str, ...]:
    """The latest value, the target, the day and the change, as far as there are any: ``91.4%``, ``target 95%``, …"""
    latest = series.latest
    if latest is None:
        return ()
    _ = translator(language)
    target = _("target {target}").format(target=measured(series.target, series)) if series.target is not None else ""
    moved = change(latest.change, series.places) if latest.change else ""
    return measured(latest.value, series, series.places), target, latest.date, moved


def measured(value: float, series: SeriesView, places: int | None = None) -> str:
    """A value with the unit of its series."""
    return with_unit(number(value, places), series.unit)


def to_go(series: SeriesView, language: str) -> str:
    """How far it is to the target: ``3.6 points to go``, ``reached``; ``""`` where nobody can say."""
    if series.gap is None or series.target is None:
        return ""
    if not series.gap:
        return translator(language)("reached")
    amount = number(round(series.gap, 3))
    if series.unit == "%":
        return msg("{number} points to go", number=amount).say(language)
    return msg("{amount} to go", amount=with_unit(amount, series.unit)).say(language)


def confidence(said: SaidView, language: str) -> str:
    """How sure those are who said it; ``""`` where they did not say."""
    if said.confidence is None:
        return ""
    return translator(language)("confidence {number} of 10").format(number=number(said.confidence))
