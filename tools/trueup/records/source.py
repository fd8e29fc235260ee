"""Reads one file strictly: YAML or front matter into plain data, the place of every value, and what is wrong.

A file with nothing unusual about it is read quickly; any other, and one in which somebody asks where a value stands, carefully.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from trueup.diagnostic import Fault, Position
from trueup.records.careful import Careful, Places
from trueup.records.front_matter import Halves, halves_of
from trueup.records.ordinary import Unusual, read_ordinary
from trueup.records.text import pairs_joined, read_text

Route = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """One file as read. ``data`` is None where nothing could be made of it; then ``faults`` says why.

    ``commented`` are the places of empty values that are followed by a comment: ``title: #1 shop``. ``cut`` says what of
    other values a comment has cut off, which is no reason not to read them: ``title: Fix bug #12``. ``raw`` are the bytes of the
    file, for who looks for something in all of them at once; empty where they are no text.
    """

    path: str
    data: Any
    first_line: int
    body: str
    body_line: int
    faults: tuple[Fault, ...]
    commented: frozenset[Position] = frozenset()
    cut: tuple[Fault, ...] = ()
    raw: bytes = field(default=b"", repr=False)
    is_markdown: bool = True

    @cached_property
    def places(self) -> Places | None:
        """Where every value stands. Found out when somebody asks for the first of them: of most files nobody ever does."""
        halves = _halves(self.path, self.raw, self.is_markdown)
        return Careful(self.path, halves.fields_line).build(halves.fields)[1] if isinstance(halves, Halves) else None

    def position(self, route: Route, *, key: bool = False) -> Position:
        """Where the value at ``route`` stands (its key with ``key``); the nearest place above where it is missing."""
        found = Position(self.first_line, 1)
        places = self.places if route else None
        for step in route:
            place = places.get(step) if places else None
            if place is None:
                return found
            line, column = (place[0], place[1]) if key else (place[2], place[3])
            found = Position(line + self.first_line, column + 1)
            places = place[4]
        return found


def read_source(path: str, raw: bytes, *, markdown: bool | None = None) -> Source:
    """Reads the bytes of a record file; Markdown (``.md``) has front matter and a body, anything else is YAML.

    Never raises for what the bytes hold. Places are relative to ``first_line``, which counts from 1 in the file.
    """
    is_markdown = path.endswith(".md") if markdown is None else markdown
    halves = _halves(path, raw, is_markdown)
    if isinstance(halves, Fault):
        return Source(path, None, 1, "", 1, (halves,))
    try:
        data = read_ordinary(path, halves.fields)
        return Source(path, data, halves.fields_line, halves.body, halves.body_line, (), raw=raw, is_markdown=is_markdown)
    except Unusual:
        careful = Careful(path, halves.fields_line)
        data = careful.build(halves.fields)[0]
    faults, commented, cut = tuple(careful.faults), frozenset(careful.commented), tuple(careful.cut)
    return Source(path, data, halves.fields_line, halves.body, halves.body_line, faults, commented, cut, raw, is_markdown)


def _halves(path: str, raw: bytes, is_markdown: bool) -> Halves | Fault:
    """The fields and the body of a file as text, or why there are none."""
    text = read_text(path, raw)
    if isinstance(text, Fault):
        return text
    if is_markdown:
        return halves_of(path, text)
    return Halves(pairs_joined(text) if path.endswith(".json") else text, 1, "", 1)


def written_at(raw: bytes, position: Position) -> str:
    """The number or the word that stands at a place of a file, as its author wrote it: ``1.10``, which is read as 1.1."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    line = lines[position.line - 1].decode(errors="replace")
    found = _WORD.match(line, position.column - 1)
    return found.group() if found else ""


_WORD = re.compile(r"[^\s,\]}]+")
