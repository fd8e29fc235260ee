"""Tables for the terminal, and the same rows as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trueup.render.log import harmless_json, json_text, logged
from trueup.render.numbers import ungrouped
from trueup.render.terminal import shown

VERSION = 1

# What stands between two columns, unless a table says so; how narrow a column may become for the others' sake, and where even that
# is not enough; what is no wider than this is never cut.
_GAP = 3
_NARROWEST = 16
_LEAST = 8
_SHORT = 12

# Where a program reads along, cells are lined up as far as this, and what is longer stands out.
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``headings``: what a column is called on a terminal, where that is not its name.

    ``gives_way`` is the column that is folded where a terminal is too narrow, or cut in a table whose rows stay on one line, as those
    of a chart: ``one_line``. Where none is named, all are cut. ``gap`` is what stands between two columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    gives_way: str = ""
    gap: int = _GAP
    one_line: bool = False


def write_table(table: Table, form: str, indent: int = 0) -> str:
    """``form``: text, json or csv; ``indent`` is by how many cells text is moved in.

    JSON carries the version of its shape, and in it every column has a name of its own: of two that are called ``a`` the second is
    ``a_2``; what is no number (``inf``) is null. CSV cells cannot be formulas.
    """
    if form == "json":
        return _json(table)
    if form == "csv":
        return _csv(table)
    return _text(table, indent)


# Python's encoder is written in C where it need not indent; with the indentation as its separator, a flat row comes out the same.
_FLAT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",\n      ", ": "))
_SIMPLE = frozenset((str, int, type(None)))


def _json(table: Table) -> str:
    columns = _distinct(table.columns)
    frame = json_text({"version": VERSION, "columns": columns, "rows": []})
    if not table.rows:
        return frame
    rows = ",\n".join(_json_row(columns, row) for row in table.rows)
    return frame.removesuffix("[]\n}\n") + "[\n" + harmless_json(rows) + "\n  ]\n}\n"


def _json_row(columns: list[str], row: tuple[Any, ...]) -> str:
    if _SIMPLE.issuperset(map(type, row)):
        return "    {\n      " + _FLAT.encode(dict(zip(columns, row, strict=True)))[1:-1] + "\n    }"
    cells = dict(zip(columns, map(_plain, row), strict=True))
    return "    " + json.dumps(cells, ensure_ascii=False, indent=2, allow_nan=False).replace("\n", "\n    ")


def _distinct(columns: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for name in columns:
        distinct, count = name, 1
        while distinct in kept or (count > 1 and distinct in columns):
            count += 1
            distinct = f"{name}_{count}"
        kept.append(distinct)
    return kept


def _plain(cell: Any) -> Any:
    """A cell as JSON has it, which knows no infinite numbers and no bytes."""
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell if cell is None or isinstance(cell, str | int | float | list | dict) else str(cell)


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(_harmless, table.columns))
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.

    Whatever reads the log in which the text may stand is given no command either; lines and tabs stay what they are.
    """
    if not isinstance(cell, str):
        return cell
    lines = cell.replace("\r\n", "\n").split("\n")
    text = "\n".join("\t".join(map(logged, line.split("\t"))) for line in lines)
    return "'" + text if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _text(table: Table, indent: int) -> str:
    """Columns lined up by what a terminal shows, where a Chinese character is two wide; nothing is left out but what has no room."""
    from rich.cells import cell_len

    headings = [one_line(table.headings.get(name, name)) for name in table.columns]
    rows = [headings, *([one_line(cell) for cell in row] for row in table.rows)]
    lengths = [[cell_len(cell) for cell in row] for row in rows]
    natural = [min(_WIDEST, max(column)) for column in zip(*lengths, strict=True)]
    width = _width()
    if width is not None and table.gives_way and not table.one_line and sum(natural) + table.gap * (len(natural) - 1) > width - indent:
        return _folded(rows, table, width - indent, indent)
    widths = natural if width is None else _fitted(natural, table, width - indent)
    cut = width is not None
    lines = [
        (" " * table.gap).join(_cell(*one, cut=cut) for one in zip(row, measured, widths, strict=True)).rstrip()
        for row, measured in zip(rows, lengths, strict=True)
    ]
    rule = "─" * (sum(widths) + table.gap * (len(widths) - 1))
    return "".join(" " * indent * bool(line) + line + "\n" for line in (lines[0], rule, *lines[1:]))


def _folded(rows: list[list[str]], table: Table, room: int, indent: int) -> str:
    from rich.cells import cell_len

    from trueup.render.rows import under_headings

    heads, *laid = under_headings(rows, table.columns.index(table.gives_way), room, table.gap)
    body = [line for lines in laid for line in lines]
    rule = "─" * max(map(cell_len, (*heads, *body)))
    return "".join(" " * indent * bool(line) + line + "\n" for line in (*heads, rule, *body))


def _cell(text: str, length: int, width: int, *, cut: bool) -> str:
    from rich.cells import set_cell_size

    if cut and length > width:
        # Of a long text no more than can be seen is measured; some characters have no width.
        return set_cell_size(text[: width * _LONGEST_CHARACTER], width - 1) + "…"
    return text + " " * (width - length)


# An emoji of a family is spelt with as many.
_LONGEST_CHARACTER = 8


def _fitted(natural: list[int], table: Table, room: int) -> list[int]:
    """The widths at which the columns fit. What is short, as a figure, a day or a state, is never cut: one may read ``2…`` as two.

    The column that gives way is narrowed first, then the widest, as far as they can still be read.
    """
    widths = list(natural)
    way = table.columns.index(table.gives_way) if table.gives_way else None
    for least in (_NARROWEST, _LEAST):
        over = sum(widths) + table.gap * (len(widths) - 1) - room
        if way is not None and over > 0 and widths[way] > max(least, _SHORT):
            taken = min(over, widths[way] - max(least, _SHORT))
            widths[way] -= taken
            over -= taken
        while over > 0:
            widest = max((place for place, one in enumerate(natural) if one > _SHORT), key=lambda place: widths[place], default=None)
            if widest is None or widths[widest] <= least:
                break
            widths[widest] -= 1
            over -= 1
    return widths


def narrowed(table: Table) -> int:
    """How wide the rows are at least, with the column that gives way as narrow as it can be read."""
    from rich.cells import cell_len

    rows = [[table.headings.get(name, name) for name in table.columns], *table.rows]
    widths = [max(cell_len(one_line(row[place])) for row in rows) for place in range(len(table.columns))]
    if table.gives_way:
        place = table.columns.index(table.gives_way)
        widths[place] = min(widths[place], _NARROWEST)
    return sum(widths) + table.gap * (len(widths) - 1)


def room() -> int | None:
    """The width that there is for a line; None where a program reads it, which wants every one whole."""
    return _width()


def _width() -> int | None:
    """The width to fit into; None where the output is read by a program, which wants every cell whole."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def one_line(cell: Any) -> str:
    """A cell as a terminal shows it."""
    if cell is None:
        return ""
    text = ungrouped(cell) if isinstance(cell, float) else str(cell)
    return shown(" ".join(text.replace("\r\n", "\n").split("\n")))
