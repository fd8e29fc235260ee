"""The series of a metric: ``<id>.csv`` beside its record."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from trueup.diagnostic import START, Fault, Position
from trueup.locale import Text, msg
from trueup.records.record import Record, date_of
from trueup.records.source import line_break_fault, read_text
from trueup.records.tree import EntryType, Tree, Unreadable

HEADER = ["date", "value", "note"]

# More findings than this about one file help nobody.
_MOST_FAULTS = 50


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


def read_series(tree: Tree, listing: Mapping[str, EntryType], records: list[Record]) -> Iterator[Series]:
    """The series of every metric that has one."""
    for record in records:
        if record.kind.name == "metric" and listing.get(path := series_path(record)) == "file":
            raw = tree.read(path)
            if isinstance(raw, Unreadable):
                yield Series(record.id, path, (), (Fault("unreadable-file", path, START, raw.message, raw.hint),))
            else:
                yield parse_series(record.id, path, raw)


def parse_series(metric: str, path: str, raw: bytes) -> Series:
    """Reads ``date,value,note`` (RFC 4180; the note may be left out). A line that can't be read is a fault and left out."""
    text = read_text(path, raw)
    fault = text if isinstance(text, Fault) else line_break_fault(path, text)
    if fault:
        return Series(metric, path, (), (fault,))
    assert isinstance(text, str)
    points: list[Point] = []
    faults: list[Fault] = []

    def refuse(line: int, message: Text, hint: Text) -> None:
        faults.append(Fault("bad-series", path, Position(line, 1), message, hint))

    rows = csv.reader((line + "\n" for line in text.split("\n")), strict=True)
    header, next_line = False, 1
    try:
        for row in rows:
            line, next_line = next_line, rows.line_num + 1
            if len(faults) == _MOST_FAULTS:
                break
            if not row or (len(row) == 1 and not row[0].strip()):
                continue
            if not header:
                header = True
                if [cell.strip().lower() for cell in row] not in (HEADER, HEADER[:2]):
                    refuse(line, msg("the first line must name the columns"), msg('write "date,value,note"'))
                continue
            point = _point(row, line)
            if isinstance(point, Text):
                refuse(line, point, msg('write it like "2026-11-20,42.5,why"'))
            elif points and point.date <= points[-1].date:
                refuse(
                    line,
                    msg("the date {date} does not come after the line before", date=point.date.isoformat()),
                    msg("sort the lines by date, each date once"),
                )
            else:
                points.append(point)
    except csv.Error as error:
        refuse(next_line, msg("this is not CSV: {reason}", reason=str(error)), msg("look for a quote that is not closed"))
    return Series(metric, path, tuple(points), tuple(faults))


def _point(row: list[str], line: int) -> Point | Text:
    if len(row) not in (2, 3):
        return msg("the line has {count} columns instead of two or three", count=len(row))
    day = date_of(row[0].strip())
    if day is None:
        return msg('"{value}" is not a date', value=row[0])
    try:
        value = float(row[1]) if row[1].isascii() and "_" not in row[1] else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        return msg('"{value}" is not a number', value=row[1])
    return Point(day, value, row[2].strip() if len(row) == 3 else "", line)
