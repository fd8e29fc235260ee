"""Tables for the terminal, and the same rows as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trueup.render.terminal import shown

VERSION = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``headings``: what a column is called on a terminal, where that is not its name."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    headings: Mapping[str, str] = field(default_factory=dict)


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
    grid = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), collapse_padding=True)
    for name in table.columns:
        grid.add_column(Text(table.headings.get(name, name)), no_wrap=True, overflow="ellipsis")
    for row in table.rows:
        grid.add_row(*(Text(_one_line(cell)) for cell in row))
    console.print(grid)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


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
