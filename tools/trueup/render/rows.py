"""How rows without headings are laid out where a terminal is too narrow for them: what one of them tells is not cut, but wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len, chop_cells, set_cell_size

_GAP = "   "

# By how many cells the lines of a row are moved in, and those below its first.
_INDENT = 2
_BELOW = 6

# How narrow the column that gives way may become before a row wraps, and how much of it there has to be room for on a line on
# which other columns go before it.
_NARROWEST = 16
_READABLE = 32

# An emoji of a family is spelt with as many.
_LONGEST_CHARACTER = 8

_CLOSING = frozenset("，。、；：！？）》】」』”’…%")
_OPENING = frozenset("（《【「『“‘")


def wrapped(rows: Sequence[tuple[str, ...]], gives_way: int | None, room: int) -> str | None:
    """The rows on as many lines as they take; None where they fit on one, ``gives_way`` cut as far as it can still be read."""
    natural = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    least = [min(_NARROWEST, one) if place == gives_way else one for place, one in enumerate(natural)]
    if _INDENT + _wide(least) <= room:
        return None
    widest = natural.index(max(natural))
    left = room - _INDENT - _wide(natural) + natural[widest]
    if gives_way is None and left >= _READABLE:
        natural[widest] = left
        return "".join(line + "\n" for row in rows for line in _in_place(row, widest, natural))
    lines = _lines(natural, gives_way, room)
    return "".join(line + "\n" for row in rows for line in _row(row, lines, natural, gives_way, room))


def folded(text: str, room: int) -> Iterator[str]:
    """A text on lines no wider than ``room``, broken between words, or between characters where a word is wider than a line."""
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= room:
            line = joined
            continue
        if cell_len(word) > room:
            *whole, line = _chopped(joined, max(2, room))
            yield from whole
        else:
            yield line
            line = word
    yield line


def _chopped(text: str, room: int) -> Iterator[str]:
    """Pieces of a text; none but the first begins with what closes, as a Chinese comma, and none ends with what opens."""
    most = room * _LONGEST_CHARACTER
    while len(text) > most or cell_len(text) > room:
        at = len(chop_cells(text[:most], room)[0])
        while at > 1 and (text[at] in _CLOSING or text[at - 1] in _OPENING):
            at -= 1
        yield text[:at].rstrip()
        text = text[at:].lstrip()
    yield text


def _wide(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _in_place(row: tuple[str, ...], widest: int, widths: Sequence[int]) -> Iterator[str]:
    """A row whose widest cell is folded, the other cells beside its first line."""
    for number, piece in enumerate(folded(row[widest], widths[widest])):
        cells = (piece if place == widest else "" if number else cell for place, cell in enumerate(row))
        yield " " * _INDENT + _GAP.join(map(_cell, cells, widths)).rstrip()


def _lines(natural: Sequence[int], gives_way: int | None, room: int) -> list[tuple[int, ...]]:
    """The columns of each line. What comes after the column that gives way stays together as far as it can."""
    needed = [min(_READABLE, one) if place == gives_way else one for place, one in enumerate(natural)]
    starts = [0]
    for place in range(1, len(natural)):
        indent = _INDENT if starts[-1] == 0 else _BELOW
        at_once = place == (-1 if gives_way is None else gives_way + 1)
        end = len(natural) if at_once else place + 1
        if indent + _wide(needed[starts[-1] : end]) > room:
            starts.append(place)
    return [tuple(range(start, end)) for start, end in pairwise((*starts, len(natural)))]


def _row(row: tuple[str, ...], lines: Sequence[tuple[int, ...]], natural: Sequence[int], gives_way: int | None, room: int) -> Iterator[str]:
    for number, places in enumerate(lines):
        indent = _BELOW if number else _INDENT
        if len(places) == 1 and places[0] != gives_way:
            yield from (" " * indent + one for one in folded(row[places[0]], room - indent) if one)
            continue
        others = _wide([natural[place] for place in places]) - (natural[gives_way] if gives_way in places else 0)
        left = max(_NARROWEST, room - indent - others)
        cells = (_cell(row[place], min(natural[place], left) if place == gives_way else natural[place]) for place in places)
        line = _GAP.join(cells).rstrip()
        if line:
            yield " " * indent + line


def _cell(text: str, width: int) -> str:
    return set_cell_size(text, width - 1) + "…" if cell_len(text) > width else set_cell_size(text, width)
