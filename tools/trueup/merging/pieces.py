"""What a merge is made of: text on which all agree, and places where somebody has to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trueup.merging.threeway import chosen, shared_ends, stretches

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Whole lines that both sides have changed, each in its own way; nothing where a side has none.

    ``way`` leads to them: names of fields and ids of items; ``()`` is the file as a whole, ``("",)`` the text below the fields.
    """

    way: Way
    base: str
    ours: str
    theirs: str


Piece = str | Conflict
BODY: Way = ("",)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same with texts that follow each other made one."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece != "":
            found.append(piece)
    return found


def merged_lines(base: str, ours: str, theirs: str, way: Way) -> list[Piece]:
    """Three versions of a text, line by line; lines end with a line feed."""
    if one := chosen(base, ours, theirs):
        return [one[0]]
    whole = lines_of(base), lines_of(ours), lines_of(theirs)
    found: list[Piece] = []
    for part in stretches(*whole):
        mine = whole[0][part.base], whole[1][part.ours], whole[2][part.theirs]
        picked = chosen(*mine)
        found += ["".join(picked[0])] if picked else _narrowed(*mine, way)
    return joined(found)


def whole_conflict(base: str, ours: str, theirs: str) -> list[Piece]:
    """The versions of a whole file as one conflict, without the lines at its ends on which they agree."""
    return joined(_narrowed(lines_of(base), lines_of(ours), lines_of(theirs), ()))


def lines_of(text: str) -> list[str]:
    """The lines with the line feeds that end them; nothing else ends a line here."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + [lines[-1]] * (lines[-1] != "")


def _narrowed(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], way: Way) -> list[Piece]:
    """A conflict without the lines at its ends that all three have; where nothing was there, without those that both have added alike.

    What stands outside stays, whichever version is taken, so it must be a part of each.
    """
    first, last = shared_ends(*([base] if base else []), ours, theirs)
    was, one, other = ("".join(side[first : len(side) - last]) for side in (base or [""] * (first + last), ours, theirs))
    return ["".join(ours[:first]), Conflict(way, was, one, other), "".join(ours[len(ours) - last :])]


def with_marks(pieces: Iterable[Piece], labels: tuple[str, str], size: int) -> str:
    """The text with git's marks around what is not decided."""

    def marked(one: Conflict) -> str:
        return f"{'<' * size} {labels[0]}\n{_ended(one.ours)}{'=' * size}\n{_ended(one.theirs)}{'>' * size} {labels[1]}\n"

    return "".join(piece if isinstance(piece, str) else marked(piece) for piece in pieces)


def decided(pieces: Iterable[Piece], choices: Iterable[str]) -> str:
    """The text with one choice for each conflict, in their order."""
    left = iter(choices)
    return "".join(piece if isinstance(piece, str) else next(left) for piece in pieces)


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"
