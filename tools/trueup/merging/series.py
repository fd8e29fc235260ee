"""Merges three versions of a metric's series by the dates of its lines."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from trueup.merging.outline import NoOutline
from trueup.merging.pieces import Conflict, Piece, joined, lines_of, merged_lines, whole_conflict
from trueup.merging.threeway import chosen
from trueup.records.dates import date_of
from trueup.records.series import HEADER


@dataclass(frozen=True, slots=True)
class _Rows:
    """The line that names the columns, with what stands above it, and the lines of the series by their dates."""

    head: str
    by_date: dict[str, str]


def merged_table(base: str, ours: str, theirs: str, *, is_mixed: bool) -> list[Piece]:
    """Three versions of a ``.csv``. Where they name different columns, nobody can say which of them a value of the other belongs to."""
    columns = [_columns(text) for text in ([base] if base else []) + [ours, theirs]]
    if any(one != columns[0] for one in columns):
        return whole_conflict(base, ours, theirs)
    if columns[0] in (HEADER, HEADER[:2]) and not is_mixed:
        try:
            return _merged_series(base, ours, theirs)
        except NoOutline:
            pass
    return merged_lines(base, ours, theirs, ())


def _columns(text: str) -> list[str]:
    """What the columns are called, as the series of a metric is read."""
    above = (line for line in lines_of(text.replace("\r", "\n")) if line.strip())
    try:
        return [cell.strip().lower() for cell in next(csv.reader(above), [])]
    except csv.Error:
        return [text]


def _merged_series(base: str, ours: str, theirs: str) -> list[Piece]:
    """The lines of both sides, dates rising. A date of which both say something else is a conflict. Raises NoOutline."""
    was, mine, other = _rows(base), _rows(ours), _rows(theirs)
    head = chosen(was.head, mine.head, other.head)
    if head is None:
        raise NoOutline
    found: list[Piece] = [head[0]]
    for day in sorted({**was.by_date, **mine.by_date, **other.by_date}):
        three = was.by_date.get(day, ""), mine.by_date.get(day, ""), other.by_date.get(day, "")
        line = chosen(*three)
        found.append(line[0] if line else Conflict((day,), *three))
    return joined(found)


def _rows(text: str) -> _Rows:
    """A series line by line; lines that are empty belong to the one below them. Raises NoOutline."""
    if not text:
        return _Rows("", {})
    lines = lines_of(text)
    reader = csv.reader(lines, strict=True)
    head, found, last, above = "", {}, "", 0
    try:
        for row in reader:
            if not row:
                continue
            written, above = "".join(lines[above : reader.line_num]), reader.line_num
            if not head:
                head = written
                continue
            day = row[0].strip()
            if date_of(day) is None or day <= last:
                raise NoOutline
            found[day], last = written, day
    except csv.Error:
        raise NoOutline from None
    if above < len(lines):
        raise NoOutline
    return _Rows(head, found)
