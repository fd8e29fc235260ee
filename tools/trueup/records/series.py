"""The series of a metric: ``<id>.csv`` beside its record."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from trueup.diagnostic import START, Fault, Position
from trueup.locale import Text, msg, msgs
from trueup.records.dates import date_of
from trueup.records.record import Record
from trueup.records.text import line_break_fault, read_text
from trueup.records.tree import EntryType, Tree, Unreadable

HEADER = ["date", "value", "note"]

# More findings than this about one file help nobody; how many more there are is said.
_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a metric on a day; ``line`` is where it stands in the file, from 1."""

    date: date
    value: float
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one metric, dates rising. ``metric`` is the metric's id."""

    metric: str
    path: str
    points: tuple[Point, ...]
    faults: tuple[Fault, ...] = ()


def series_path(record: Record) -> str:
    return record.path.rpartition(".")[0] + ".csv"


def series_paths(listing: Mapping[str, EntryType], records: Iterable[Record]) -> dict[str, str]:
    """The files of all series, each with the id of its metric."""
    metrics = (record for record in records if record.kind.name == "metric")
    return {path: record.id for record in metrics if listing.get(path := series_path(record)) == "file"}


def read_series(tree: Tree, path: str, metric: str) -> Series:
    """The series in a file."""
    raw = tree.read(path)
    if isinstance(raw, Unreadable):
        return Series(metric, path, (), (Fault("unreadable-file", path, START, raw.message, raw.hint),))
    return parse_series(metric, path, raw)


def parse_series(metric: str, path: str, raw: bytes) -> Series:
    """Reads ``date,value,note`` (RFC 4180; the note may be left out). A line that can't be read is a fault and left out."""
    text = read_text(path, raw)
    fault = text if isinstance(text, Fault) else line_break_fault(path, text)
    if fault:
        return Series(metric, path, (), (fault,))
    assert isinstance(text, str)
    lines = text.split("\n")
    refused = _Refused(path, lines)
    if sign := _wrong_separator(lines):
        number, column, name = sign
        refused.say(number, column, msg("the columns are separated by {sign}", sign=name), msg("separate them by commas"))
        return Series(metric, path, (), tuple(refused.faults))
    points: list[Point] = []
    rows = csv.reader((line + "\n" for line in lines), strict=True)
    header, next_line = False, 1
    try:
        for row in rows:
            line, next_line = next_line, rows.line_num + 1
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if not header:
                header = True
                if [cell.strip().lower() for cell in row] not in (HEADER, HEADER[:2]):
                    refused.say(line, 1, *_NO_HEADER)
                continue
            point = _cut_by_commas(row, lines[line - 1]) or _point(row, line)
            if isinstance(point, _Bad):
                refused.say(line, _column(lines[line - 1], row, point.cell), point.message, point.hint)
            elif points and point.date <= points[-1].date:
                refused.say(
                    line,
                    _column(lines[line - 1], row, 0),
                    msg("the date {date} does not come after the line before", date=point.date.isoformat()),
                    msg("sort the lines by date, each date once"),
                )
            else:
                points.append(point)
    except csv.Error as error:
        refused.say(next_line, 1, msg("this is not CSV: {reason}", reason=str(error)), msg("look for a quote that is not closed"))
        header = True
    if not header:
        refused.say(1, 1, *_NO_HEADER)
    return Series(metric, path, tuple(points), refused.all())


_NO_HEADER = (msg("the first line must name the columns"), msg('write "date,value,note"'))


class _Refused:
    """What is wrong with one file: the first of it, and how many more lines there are."""

    __slots__ = ("_lines", "_more", "_path", "_where", "faults")

    def __init__(self, path: str, lines: list[str]) -> None:
        self.faults: list[Fault] = []
        self._path, self._lines = path, lines
        self._more, self._where = 0, START

    def say(self, line: int, column: int, message: Text, hint: Text) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(Fault("bad-series", self._path, Position(line, column), message, hint))
            return
        self._more += 1
        if self._more == 1:
            self._where = Position(line, column)

    def all(self) -> tuple[Fault, ...]:
        if not self._more:
            return tuple(self.faults)
        message = msgs("{count} more line cannot be read", "{count} more lines cannot be read", self._more)
        return (*self.faults, Fault("bad-series", self._path, self._where, message, msg("mend those above, and check again")))


def _wrong_separator(lines: list[str]) -> tuple[int, int, Text] | None:
    """Where a line first has something else than commas between a date and a value: its line, its column, what it is called."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            if found := _SEPARATOR.match(line):
                name = msg("tabs") if found.group(1) == "\t" else msg('"{sign}"', sign=found.group(1))
                return number, found.start(1) + 1, name
            if not line.strip().lower().startswith("date"):
                return None
    return None


_SEPARATOR = re.compile(r"[ ]*(?:date|[0-9]{4}-[0-9]{2}-[0-9]{2})[ ]*([;\t|，；])", re.IGNORECASE)


def _column(line: str, row: list[str], cell: int) -> int:
    """Where the cell with this index begins in its line, from 1; past the end of the line where there is none."""
    if cell >= len(row):
        return len(line.rstrip()) + 1
    if '"' in line:
        return line.find(",") + 2 if cell == 1 else 1
    return sum(len(one) + 1 for one in row[:cell]) + len(row[cell]) - len(row[cell].lstrip()) + 1


@dataclass(frozen=True, slots=True)
class _Bad:
    """Why a line is no point: the index of the cell, what is wrong with it, what to do."""

    cell: int
    message: Text
    hint: Text


_LIKE = msg('write it like "2026-11-20,42.5,why"')
_FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _cut_by_commas(row: list[str], written: str) -> _Bad | None:
    """What is wrong with a line whose number its own commas have cut: 42.5 written ``42,5``, or 1000 written ``1,000``.

    As a value and a note it would put a wrong point into a chart. A note that is really just a number stands in quotes.
    """
    if len(row) < 3 or '"' in written:
        return None
    pieces = [row[1].strip(), *takewhile(_PIECE.fullmatch, map(str.strip, row[2:]))]
    meant = _joined(pieces) if len(row) - len(pieces) < 3 else None
    if meant is None:
        return None
    message = msg('"{text}" is not one number: a comma ends a column', text=",".join(pieces))
    return _Bad(1, message, msg('write "{meant}", or put quotes around a note that is only a number', meant=meant))


_PIECE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _joined(pieces: list[str]) -> str | None:
    """The one number that was cut at its commas into ``pieces``; None for what is no such number."""
    first, *others = pieces
    if not others or not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]{3})*", first):
        return None
    *inner, last = others
    if "." in first:
        # 1.000,5: here the points are what separates thousands.
        return first.replace(".", "") + "." + last if not inner and last.isdecimal() else None
    is_grouped = len(first.lstrip("+-")) < 4 and all(len(one) == 3 for one in inner)
    if is_grouped and re.fullmatch(r"[0-9]{3}(?:\.[0-9]+)?", last):
        return first + "".join(inner) + last
    if last.isdecimal() and (is_grouped or not inner):
        return first + "".join(inner) + "." + last
    return None


def _point(row: list[str], line: int) -> Point | _Bad:
    if len(row) not in (2, 3):
        message = msgs(
            "the line has {count} column instead of two or three", "the line has {count} columns instead of two or three", len(row)
        )
        return _Bad(3 if len(row) > 3 else len(row), message, _LIKE)
    written = row[0].strip()
    day = date_of(written)
    if day is None and _FULL_DATE.fullmatch(written):
        return _Bad(0, msg('there is no day "{value}" in the calendar', value=written), msg("correct the day or the month"))
    if day is None:
        return _Bad(0, msg('"{value}" is not a date', value=row[0]), _LIKE)
    try:
        value = float(row[1]) if row[1].isascii() and "_" not in row[1] else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        meant = _joined(row[1].strip().replace("，", ",").split(","))
        return _Bad(1, msg('"{value}" is not a number', value=row[1]), msg('write "{meant}"', meant=meant) if meant else _LIKE)
    return Point(day, value, row[2].strip() if len(row) == 3 else "", line)
