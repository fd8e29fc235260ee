"""How wide text is where nothing can measure it, and where it is cut so that it fits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from unicodedata import category, east_asian_width

from trueup.render.log import visible

# The sizes of letters in a chart, in its own units: those of a CSS pixel where it is shown at its natural width.
SIZE = 12.0
SMALL = 11.0

# Of a longer text nothing beyond this is looked at: no chart has room for it.
_LONGEST = 2000

# Widths in thousandths of the size of the letters, from the metrics of Helvetica (Adobe Core 14). The fonts that readers have
# in its place (Segoe UI, San Francisco, Noto Sans) are up to a twelfth wider.
_WIDTHS = {
    letter: width
    for width, letters in {
        191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
        500: "Jckvsxyz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
        778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
    }.items()
    for letter in letters
}  # fmt: skip
_ROOMIER = 1.08
_OTHER, _WIDE, _EMOJI = 600, 1000, 1300

_JOINER = "\u200d"


def one_line(text: str) -> str:
    """``text`` on one line, hidden characters written out; the start of it where it is longer than anybody reads in a chart."""
    return visible(" ".join(text[: _LONGEST * 2].split())[:_LONGEST])


def width(text: str, size: float = SIZE) -> float:
    """How wide ``text`` is, rather a little more than less."""
    return sum(map(_cell, text)) * size / 1000


def fitted(text: str, room: float, size: float = SIZE) -> str:
    """``text`` on one line, cut to ``room`` with an ellipsis between two characters as people see them; ``""`` where none fits."""
    line = one_line(text)
    if width(line, size) <= room:
        return line
    left = (room - width("…", size)) * 1000 / size
    pieces = [*_seen(line)]
    kept = sum(1 for end in accumulate(sum(map(_cell, piece)) for piece in pieces) if end <= left)
    return "".join(pieces[:kept]).rstrip() + "…" if kept else ""


def wrapped(text: str, room: float, lines: int, size: float = SIZE) -> list[str]:
    """``text`` on so many lines at most, broken between words, and between any two Chinese characters; the last is cut."""
    rest, found = one_line(text), list[str]()
    while rest and len(found) < lines - 1 and width(rest, size) > room:
        end = _break(rest, room * 1000 / size)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, fitted(rest, room, size)] if rest else found


def _break(text: str, room: float) -> int:
    """The last place in ``text`` up to ``room`` (thousandths of the size) where a line may end; past a word that has no room."""
    best = used = 0.0
    for place, letter in enumerate(text):
        if place and (letter == " " or (_may_part(letter) and text[place - 1] != _JOINER)):
            best = place
        used += _cell(letter)
        if used > room and best:
            return int(best)
    return len(text)


def _may_part(letter: str) -> bool:
    """Whether a line may end before it: a Chinese character, but none of the signs that close something."""
    return letter >= "\u3400" and east_asian_width(letter) == "W" and letter not in "、。，．：；！？）】》」』”’…—"


def _cell(letter: str) -> float:
    """The width of one code point in thousandths of the size."""
    if (known := _WIDTHS.get(letter)) is not None:
        return known * _ROOMIER
    if _continues(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return _EMOJI if letter >= "\U0001f000" else _WIDE
    return _OTHER * _ROOMIER * (1.1 if letter.isupper() else 1)


def _seen(text: str) -> Iterator[str]:
    """The characters as people see them (Unicode 16, UAX 29, as far as what is cut in charts goes): marks, joined emoji, flags and
    syllables of Korean letters stay whole."""
    start, flag = 0, False
    for place, letter in enumerate(text):
        if place == start:
            flag = _is_flag(letter)
            continue
        if _continues(letter) or text[place - 1] == _JOINER:
            continue
        if flag and _is_flag(letter):
            flag = False
            continue
        yield text[start:place]
        start, flag = place, _is_flag(letter)
    if start < len(text):
        yield text[start:]


def _continues(letter: str) -> bool:
    """Whether it stands on or in the one before: marks, joiners, colours of skin, vowels and ends of Korean syllables."""
    if letter < "\u0300":
        return False
    return (
        letter == _JOINER
        or letter == "\u200c"
        or "\u1160" <= letter <= "\u11ff"
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or category(letter)[0] == "M"
    )


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
