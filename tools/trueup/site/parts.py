"""Lists of things within a record as tables: the tasks of a plan, the key results of a goal, the actions of a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from trueup.render.html import EMPTY, Html, html, joined, table
from trueup.site.site import Here
from trueup.site.values import cell, is_long, part_anchor, show, slot_of
from trueup.views.names import NAMING
from trueup.views.values import Column, FieldView, Grid, Link, Many, Number, Plain, Value

# A text that is wider than this, in letters, is told below the name of its item, where a column would be too narrow.
_COLUMN = 30


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns go where, by their place in a row: the name first, sentences below it, the rest beside it."""

    id: int | None
    name: int | None
    told: tuple[int, ...]
    beside: tuple[int, ...]

    @property
    def has_first(self) -> bool:
        return self.name is not None or bool(self.told) or self.id is not None


def parts_table(place: Here, field: FieldView, grid: Grid, taken: set[str]) -> Html:
    """A row for each item; ``taken`` are the ids on the page so far."""
    layout = _layout(grid)
    first = field.label if layout.name is None else grid.columns[layout.name].label
    head = [html("<th>{}</th>", first)] if layout.has_first else []
    for index in layout.beside:
        column = grid.columns[index]
        head.append(html('<th class="{}">{}</th>', "tu-number" if column.is_number else "", column.label))
    shown = (_row(place, row, grid.columns, layout, taken) for row in grid.rows)
    return table(head, shown, "tu-parts" if layout.has_first else "tu-parts tu-narrow")


def _layout(grid: Grid) -> _Layout:
    places = {column.name: index for index, column in enumerate(grid.columns)}
    own = places.pop("id", None)
    name = next((places.pop(one) for one in NAMING if one in places), None)
    told = tuple(index for index in places.values() if _is_told([row[index] for row in grid.rows]))
    return _Layout(own, name, told, tuple(index for index in places.values() if index not in told))


def _is_told(cells: list[Value | None]) -> bool:
    """Whether a column holds sentences; names of records are links, however long they are."""
    return not any(isinstance(one, Link | Many) for one in cells) and any(is_long(one, _COLUMN) for one in cells)


def _row(place: Here, row: tuple[Value | None, ...], columns: tuple[Column, ...], layout: _Layout, taken: set[str]) -> Html:
    own = row[layout.id] if layout.id is not None else None
    part = own.text if isinstance(own, Plain) else ""
    cells = [_first_cell(place, row, columns, layout, part)] if layout.has_first else []
    for index in layout.beside:
        value = row[index]
        column, shown = columns[index], EMPTY if value is None else show(place, value)
        cells.append(cell(shown, column.label, is_number=column.is_number or isinstance(value, Number), slot=slot_of(column.name, {})))
    return html("<tr{}>{}</tr>", part_anchor(part, taken), joined(cells))


def _first_cell(place: Here, row: tuple[Value | None, ...], columns: tuple[Column, ...], layout: _Layout, part: str) -> Html:
    """What an item is, and below whatever of it takes a sentence; its id is for who points at it."""
    name = row[layout.name] if layout.name is not None else None
    title = EMPTY if name is None else show(place, name)
    title = title or html("{}", part)
    own = html(' title="{}"', part) if part else EMPTY
    notes = (
        html('<p class="tu-note"><span>{}</span> {}</p>', columns[index].label, show(place, value))
        for index in layout.told
        if (value := row[index]) is not None
    )
    return html('<td class="tu-what"{}>{}{}</td>', own, title, joined(notes))
