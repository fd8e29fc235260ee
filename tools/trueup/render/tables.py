"""Tables for the terminal, and the same rows as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trueup.render.log import harmless_json, json_text, logged
from trueup.render.numbers import ungrouped
from trueup.render.terminal import shown

if TYPE_CHECKING:
    from rich.text import Text as RichText

VERSION = 1

# What stands between two columns, the space of the box included, and how narrow a column may become for the others' sake.
_GAP = 3
_NARROWEST = 16

# Where a program reads along, cells are lined up as far as this, and what is longer stands out.
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``headings``: what a column is called on a terminal, where that is not its name.

    ``gives_way`` is the column that is cut where a terminal is too narrow; where none is named, all are.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    gives_way: str = ""


def write_table(table: Table, form: str) -> str:
    """``form``: text, json or csv. JSON carries the version of its shape; CSV cells cannot be formulas.

    In JSON every column has a name of its own: of two that are called ``a`` the second is ``a_2``. What is no number (``inf``) is null.
    """
    if form == "json":
        return _json(table)
    if form == "csv":
        return _csv(table)
    return _text(table)


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


def _text(table: Table) -> str:
    """Columns lined up by what a terminal shows, where a Chinese character is two wide."""
    width = _width()
    headings = [_one_line(table.headings.get(name, name)) for name in table.columns]
    rows = [[_one_line(cell) for cell in row] for row in table.rows]
    return _whole(headings, rows) if width is None else _cut(table, headings, rows, width)


def _whole(headings: list[str], rows: list[list[str]]) -> str:
    """The table with nothing left out."""
    from rich.cells import cell_len

    lengths = [[cell_len(cell) for cell in row] for row in (headings, *rows)]
    widths = [min(_WIDEST, max(column)) for column in zip(*lengths, strict=True)]
    rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    lines = [
        (" " * _GAP).join(cell + " " * (width - length) for cell, length, width in zip(row, measured, widths, strict=True)).rstrip()
        for row, measured in zip((headings, *rows), lengths, strict=True)
    ]
    return "".join(line + "\n" for line in (lines[0], rule, *lines[1:]))


def _cut(table: Table, headings: list[str], rows: list[list[str]], width: int) -> str:
    """The table within the width of a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    out = io.StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False, color_system=None, legacy_windows=False)
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0), collapse_padding=True)
    # Of a long text no more than can be seen is measured; some characters have no width.
    lines = [[Text(cell[: width * _LONGEST_CHARACTER]) for cell in row] for row in (headings, *rows)]
    room = _room(lines, table.columns.index(table.gives_way), width) if table.gives_way else None
    for name, heading in zip(table.columns, lines[0], strict=True):
        grid.add_column(heading, no_wrap=True, overflow="ellipsis", max_width=room if name == table.gives_way else None)
    for cells in lines[1:]:
        grid.add_row(*cells)
    console.print(grid)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


# An emoji of a family is spelt with as many.
_LONGEST_CHARACTER = 8


def _room(rows: list[list[RichText]], index: int, width: int) -> int:
    """How wide a column can be where the others stay whole: some cells at least, that it can still be read."""
    others = sum(max(row[other].cell_len for row in rows) + _GAP for other in range(len(rows[0])) if other != index)
    return max(_NARROWEST, width - others)


def _width() -> int | None:
    """The width to fit into; None where the output is read by a program, which wants every cell whole."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def _one_line(cell: Any) -> str:
    if cell is None:
        return ""
    text = ungrouped(cell) if isinstance(cell, float) else str(cell)
    return shown(" ".join(text.replace("\r\n", "\n").split("\n")))
