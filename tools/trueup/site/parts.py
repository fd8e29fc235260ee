"""Lists of things within a record as tables: the tasks of a plan, the key results of a goal, the actions of a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trueup.locale import Label
from trueup.records.kind import Field
from trueup.site.html import EMPTY, Html, html, joined, table
from trueup.site.values import Values, cell, is_empty, is_long, is_number, part_anchor

# The fields that say what an item is; the first that a kind's items have is their name.
_NAMES = ("title", "text", "problem", "name")

# A text that is wider than this, in letters, is told below the name of its item, where a column would be too narrow.
_COLUMN = 30


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which fields of the items go where: their name first, sentences below it, the rest in columns."""

    name: Field | None
    told: tuple[Field, ...]
    columns: tuple[Field, ...]
    has_ids: bool

    @property
    def has_first(self) -> bool:
        return self.name is not None or bool(self.told) or self.has_ids


def parts_table(values: Values, field: Field, items: Sequence[Any], language: str, taken: set[str]) -> Html:
    """A row for each item. A column that would be empty throughout is left out; ``taken`` are the ids on the page so far."""
    rows = [(index, item) for index, item in enumerate(items) if isinstance(item, dict)]
    layout = _layout(field, [item for _, item in rows])
    head = [html("<th>{}</th>", (layout.name or field).label.say(language))] if layout.has_first else []
    head += [html('<th class="{}">{}</th>', "tu-number" if is_number(one) else "", one.label.say(language)) for one in layout.columns]
    shown = (_row(values, (field.name, index), item, layout, language, taken) for index, item in rows)
    return table(head, shown, "" if layout.has_first else "tu-narrow")


def _layout(field: Field, items: Sequence[Mapping[str, Any]]) -> _Layout:
    used = dict.fromkeys(name for item in items for name, value in item.items() if not is_empty(value))
    known = {one.name: one for one in field.fields if one.name in used}
    fields = known | {name: plain_field(name) for name in used if name not in known}
    has_ids = fields.pop("id", None) is not None
    name = next((fields.pop(one) for one in _NAMES if one in fields), None)
    told = [one for one in fields.values() if not one.reference and any(is_long(item.get(one.name), _COLUMN) for item in items)]
    return _Layout(name, tuple(told), tuple(one for one in fields.values() if one not in told), has_ids)


def plain_field(name: str) -> Field:
    """A field that a schema says nothing of."""
    return Field(name, Label(name, name), Label("", ""))


def _row(values: Values, route: tuple[str, int], item: Mapping[str, Any], layout: _Layout, language: str, taken: set[str]) -> Html:
    part = item.get("id") if isinstance(item.get("id"), str) else None
    cells = [_first_cell(values, route, item, layout, part, language)] if layout.has_first else []
    for field in layout.columns:
        shown = values.show(item.get(field.name), (*route, field.name), field)
        cells.append(cell(shown, field))
    return html("<tr{}>{}</tr>", part_anchor(part, taken), joined(cells))


def _first_cell(values: Values, route: tuple[str, int], item: Mapping[str, Any], layout: _Layout, part: str | None, language: str) -> Html:
    """What an item is, its id, and below whatever of it takes a sentence."""
    name = layout.name
    title = values.show(item.get(name.name), (*route, name.name), name) if name else EMPTY
    code = html(' <code class="tu-id">{}</code>', part) if part else EMPTY
    notes = (
        html('<p class="tu-note"><span>{}</span> {}</p>', one.label.say(language), values.show(item[one.name], (*route, one.name), one))
        for one in layout.told
        if not is_empty(item.get(one.name))
    )
    return html('<td class="tu-what">{}{}{}</td>', title, code, joined(notes))
