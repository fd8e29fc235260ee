"""How rows are laid out where a terminal is too narrow for them: what one of them tells is not cut, but goes on below."""

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

# Under headings, a cell is folded in its place down to this width; what is narrower takes lines of its own. Then columns may also
# stand closer together.
_FOLDED = 24
_CLOSE = 2

# An emoji of a family is spelt with as many.
_LONGEST_CHARACTER = 8

_CLOSING = frozenset("，。、；：！？）》】」』”’…%")
_OPENING = frozenset("（《【「『“‘")


def wrapped(rows: Sequence[tuple[str, ...]], gives_way: int | None, room: int) -> str | None:
    """The rows on as many lines as they take; None where they fit on one, ``gives_way`` cut as far as it can still be read."""
    natural = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    least = [min(_FOLDED, one) if place == gives_way else one for place, one in enumerate(natural)]
    if _INDENT + _wide(least) <= room:
        return None
    widest = natural.index(max(natural))
    left = room - _INDENT - _wide(natural) + natural[widest]
    if gives_way is None and left >= _READABLE:
        natural[widest] = left
        return "".join(line + "\n" for row in rows for line in _in_place(row, widest, natural))
    lines = _lines(natural, gives_way, room)
    return "".join(line + "\n" for row in rows for line in _row(row, lines, natural, gives_way, room))


def under_headings(rows: Sequence[Sequence[str]], gives_way: int, room: int, gap: int) -> Iterator[list[str]]:
    """The lines of each row of a table that is too wide, its headings first: the column that gives way is folded in its place, or
    has lines of its own where that would be too narrow. No other column is cut."""
    natural = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for space in (gap, _CLOSE):
        left = room - sum(natural) - space * (len(natural) - 1) + natural[gives_way]
        if left >= min(_FOLDED, natural[gives_way]):
            natural[gives_way] = min(natural[gives_way], left)
            yield from (list(_beside(row, gives_way, natural, space)) for row in rows)
            return
    others = [place for place in range(len(natural)) if place != gives_way]
    is_first = gives_way == 0
    tried = ((gap, _BELOW), (_CLOSE, _BELOW), (_CLOSE, _INDENT)) if is_first else ((gap, 0), (_CLOSE, 0))
    fitting = (one for one in tried if one[1] + _spread(others, natural, one[0]) <= room)
    space, indent = next(fitting, (_CLOSE, _BELOW if is_first else 0))
    lines = _filled(others, natural, room - _BELOW if indent + _spread(others, natural, space) > room else room, space)
    lead = 0 if is_first else _BELOW
    for row in rows:
        title = [" " * lead + line for line in _kept(row[gives_way], room - lead) if line]
        rest = [
            (" " * (_BELOW if number else indent) + line).rstrip()
            for number, places in enumerate(lines)
            for line in _side_by_side(row, places, natural, room - _BELOW, space)
        ]
        yield [*title, *rest] if is_first else [*rest, *title]


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


def _beside(row: Sequence[str], way: int, widths: Sequence[int], gap: int) -> Iterator[str]:
    """A row with one cell folded, the others beside its first line."""
    for number, piece in enumerate(_kept(row[way], widths[way])):
        cells = (piece if place == way else "" if number else cell for place, cell in enumerate(row))
        yield (" " * gap).join(map(_cell, cells, widths)).rstrip()


def _kept(text: str, room: int) -> Iterator[str]:
    """A text folded, each line moved in as far as its first is."""
    bare = text.lstrip(" ")
    lead = len(text) - len(bare)
    return (" " * lead + line for line in folded(bare, max(1, room - lead)))


def _spread(places: Sequence[int], widths: Sequence[int], gap: int) -> int:
    return sum(widths[place] for place in places) + gap * (len(places) - 1)


def _filled(places: Sequence[int], widths: Sequence[int], room: int, gap: int) -> list[list[int]]:
    """The columns on as few lines as hold them, in their order."""
    lines: list[list[int]] = [[]]
    for place in places:
        if lines[-1] and _spread([*lines[-1], place], widths, gap) > room:
            lines.append([])
        lines[-1].append(place)
    return lines


def _side_by_side(row: Sequence[str], places: Sequence[int], widths: Sequence[int], room: int, gap: int) -> Iterator[str]:
    """Some cells of a row on a line, none where they are empty; one that is wider than a line is folded."""
    if len(places) == 1:
        yield from (line for line in folded(row[places[0]], room) if line)
    elif any(row[place] for place in places):
        yield (" " * gap).join(_cell(row[place], widths[place]) for place in places)
