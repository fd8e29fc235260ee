"""Tables for the terminal, and the same rows as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trueup.render.terminal import shown

if TYPE_CHECKING:
    from rich.text import Text as RichText

VERSION = 1

# What stands between two columns, the space of the box included, and how narrow a column may become for the others' sake.
_GAP = 3
_NARROWEST = 16


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
    """``form``: text, json or csv. JSON carries the version of its shape; CSV cells cannot be formulas."""
    if form == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        return json.dumps({"version": VERSION, "columns": table.columns, "rows": rows}, ensure_ascii=False, indent=2, default=str) + "\n"
    if form == "csv":
        return _csv(table)
    return _text(table)


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _text(table: Table) -> str:
    """Columns lined up by what a terminal shows, where a Chinese character is two wide; cut to the width of a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    out = io.StringIO()
    width = _width()
    console = Console(file=out, width=width or 100_000, markup=False, highlight=False, emoji=False, color_system=None, legacy_windows=False)
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0), collapse_padding=True)
    headings = [Text(table.headings.get(name, name)) for name in table.columns]
    rows = [[Text(_one_line(cell)) for cell in row] for row in table.rows]
    room = _room([headings, *rows], table.columns.index(table.gives_way), width) if width and table.gives_way else None
    for name, heading in zip(table.columns, headings, strict=True):
        grid.add_column(heading, no_wrap=True, overflow="ellipsis", max_width=room if name == table.gives_way else None)
    for cells in rows:
        grid.add_row(*cells)
    console.print(grid)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


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
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return shown(" ".join(str(cell).split("\n")))
