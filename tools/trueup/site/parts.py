"""Lists of things within a record as tables: the tasks of a plan, the key results of a goal, the actions of a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trueup.locale import Label
from trueup.records.kind import Field
from trueup.site.html import EMPTY, Html, html, joined
from trueup.site.values import Values, is_long, is_number, part_anchor

# The fields that say what an item is; the first that a kind's items have is their name.
_NAMES = ("title", "text", "problem", "name")


def parts_table(values: Values, field: Field, items: Sequence[Any], language: str, taken: set[str]) -> Html:
    """A row for each item: what it is, in words, then its short values; a column that is empty throughout is left out."""
    rows = [(index, item) for index, item in enumerate(items) if isinstance(item, dict)]
    fields = _fields(field, [item for _, item in rows])
    name = next((fields[one] for one in _NAMES if one in fields), None)
    told = [one for one in fields.values() if one is not name and one.name != "id" and any(is_long(item.get(one.name)) for _, item in rows)]
    columns = [one for one in fields.values() if one is not name and one.name != "id" and one not in told]
    first = [name.label.say(language) if name else field.label.say(language)] if name or told or "id" in fields else []
    head = joined(html("<th>{}</th>", title) for title in first)
    head = joined((head, *(html("<th{}>{}</th>", Html(' class="tu-number"') if is_number(one) else EMPTY, one.label.say(language)) for one in columns)))
    body = joined(
        _row(values, (field.name, index), item, name if first else None, told, columns, bool(first), language, taken)
        for index, item in rows
    )
    narrow = EMPTY if first else Html(" tu-narrow")
    return html('<div class="tu-scroll"><table class="tu-table{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', narrow, head, body)


def _fields(field: Field, items: Sequence[Mapping[str, Any]]) -> dict[str, Field]:
    """The fields that any item has a value for: the schema's in its order, then what the schema does not know."""
    used = {name: None for item in items for name, value in item.items() if value not in (None, "", [], {})}
    known = {one.name: one for one in field.fields if one.name in used}
    return known | {name: plain_field(name) for name in used if name not in known}


def plain_field(name: str) -> Field:
    """A field that a schema says nothing of."""
    return Field(name, Label(name, name), Label("", ""))


def _row(
    values: Values, route: tuple[str, int], item: Mapping[str, Any], name: Field | None,
    told: Sequence[Field], columns: Sequence[Field], has_first: bool, language: str, taken: set[str],
) -> Html:  # fmt: skip
    part = item.get("id") if isinstance(item.get("id"), str) else None
    cells = [_first_cell(values, route, item, name, told, part, language)] if has_first else []
    for field in columns:
        shown = values.show(item.get(field.name), (*route, field.name), field)
        cells.append(html('<td class="tu-number">{}</td>', shown) if is_number(field) else html("<td>{}</td>", shown))
    return html("<tr{}>{}</tr>", part_anchor(part, taken), joined(cells))


def _first_cell(
    values: Values,
    route: tuple[str, int],
    item: Mapping[str, Any],
    name: Field | None,
    told: Sequence[Field],
    part: str | None,
    language: str,
) -> Html:
    """What an item is, its id, and below whatever of it takes a sentence."""
    title = values.show(item.get(name.name), (*route, name.name), name) if name else EMPTY
    code = html(' <code class="tu-id">{}</code>', part) if part else EMPTY
    notes = joined(
        html('<p class="tu-note"><span>{}</span> {}</p>', one.label.say(language), values.show(item[one.name], (*route, one.name), one))
        for one in told
        if item.get(one.name) not in (None, "", [], {})
    )
    return html('<td class="tu-what">{}{}{}</td>', title, code, notes)
