"""The records of a kind as a table: for people with labels, for programs as they are written."""

from __future__ import annotations

import json
from typing import Any

from trueup.locale.joining import listed
from trueup.records.kind import Field, Kind
from trueup.render.tables import Table
from trueup.views.tables import Rows


def labelled(answer: Rows, kind: Kind, language: str, form: str) -> Table:
    """On a terminal, fields and values go by their labels; for programs they stay as they are written."""
    fields = [kind.field(name) for name in answer.columns]
    if form == "json":
        whole = tuple(tuple(_decoded(cell, field) for cell, field in zip(row, fields, strict=True)) for row in answer.rows)
        return Table(answer.columns, whole)
    if form != "text":
        return Table(answer.columns, answer.rows)
    headings = {field.name: field.label.say(language) for field in fields if field}
    rows = tuple(tuple(_shown(cell, field, language) for cell, field in zip(row, fields, strict=True)) for row in answer.rows)
    return Table(answer.columns, rows, headings)


def _shown(cell: Any, field: Field | None, language: str) -> Any:
    """A cell as a person reads it: a value by its label, a list of names with commas, a list of parts by their number."""
    if field is None or not isinstance(cell, str):
        return cell
    if field.choices:
        return field.choice(cell, language)
    value = _decoded(cell, field)
    if not isinstance(value, list | dict):
        return cell
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return listed(map(str, value), language)
    return len(value)


def _decoded(cell: Any, field: Field | None) -> Any:
    """A list or a mapping, which the database holds as JSON, as it was."""
    if field is None or not isinstance(cell, str) or not cell.startswith(("[", "{")) or not {"array", "object"} & {*field.types}:
        return cell
    try:
        return json.loads(cell)
    except ValueError:
        # Text in the place of a list, as somebody has written it.
        return cell
