"""Bars on an axis of working days, for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trueup.locale.days import tick
from trueup.records.periods import week_of
from trueup.records.workdays import Workdays

CRITICAL, OTHER, SLACK, DUE, MILESTONE = "█", "▒", "·", "|", "◆"

# So many cells an axis has at most; a cell is as many working days as it takes.
CELLS = 26

# Bars of fewer cells tell too little to be drawn.
FEWEST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The working days from ``first`` to ``last``, ``scale`` of them in each of ``cells``."""

    workdays: Workdays
    first: date
    last: date
    scale: int
    cells: int

    def cell(self, day: date) -> int:
        """The cell of a day; that of the next working day where it is none, and the nearest for one that lies outside."""
        before = self.workdays.count(self.first, min(max(day, self.first), self.last) - timedelta(1)) if day > self.first else 0
        return min(self.cells - 1, before // self.scale)

    def heading(self, language: str) -> str:
        """The first days of weeks, as ``23 Nov``, each above its cell, as many as there is room for."""
        text, day = "", self.first
        while day <= self.last and day.year < date.max.year:
            at = self.cell(day)
            if not text or at > len(text) + 1:
                text = text.ljust(at) + tick(day, language)
            day = self.workdays.on_or_after(week_of(day).end + timedelta(1))
        return text

    def bar(self, start: date, finish: date, *, late: date | None = None, due: date | None = None, mark: str = CRITICAL) -> str:
        """A bar from ``start`` to ``finish``, how far it can move, and where it is due if that is not its end."""
        drawn = [" "] * self.cells
        end = self.cell(finish)
        for at in range(end + 1, self.cell(late) + 1 if late else 0):
            drawn[at] = SLACK
        for at in range(end if mark == MILESTONE else self.cell(start), end + 1):
            drawn[at] = mark
        if due is not None and self.first <= due <= self.last and (at := self.cell(due)) != end:
            drawn[at] = DUE
        return "".join(drawn).rstrip()


def axis(workdays: Workdays, first: date, last: date, most: int = CELLS) -> Axis:
    """An axis from a day to a later one, of ``most`` cells at most; for one that is not later it has a single cell."""
    days = max(1, workdays.count(first, last))
    scale = -(-days // most)
    return Axis(workdays, first, max(first, last), scale, -(-days // scale))
