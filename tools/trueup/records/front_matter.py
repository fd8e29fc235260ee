"""Where a Markdown file's fields end and its body begins: the same fence rule as MkDocs has."""

from __future__ import annotations

import re
from typing import NamedTuple

from trueup.diagnostic import START, Fault
from trueup.locale import msg

_FRONT = re.compile(r"-{3}[ \t]*\r?\n")
_FRONT_END = re.compile(r"\n(?:\.{3}|-{3})[ \t]*(?:\r?\n|\Z)")
_EMPTY_FRONT = re.compile(r"-{3}[ \t]*\r?\n-{3}[ \t]*(?:\r?\n|\Z)")
_OPENS_FRONT = re.compile(r"-{3}[ \t]*(?:\r?\n|\Z)")


class Halves(NamedTuple):
    """The two halves of a file, and the lines on which they begin, from 1."""

    fields: str
    fields_line: int
    body: str
    body_line: int


def halves_of(path: str, text: str) -> Halves | Fault:
    """A Markdown file's fields and body, or why it has no fields."""
    front = _FRONT.match(text)
    end = _FRONT_END.search(text, front.end()) if front else None
    if front is None or end is None or _EMPTY_FRONT.match(text):
        return _no_front_matter(path, text)
    return Halves(text[front.end() : end.start() + 1], 2, text[end.end() :], text.count("\n", 0, end.end()) + 1)


def _no_front_matter(path: str, text: str) -> Fault:
    if _OPENS_FRONT.match(text):
        message = msg("the front matter is empty") if _EMPTY_FRONT.match(text) else msg("the front matter is never closed")
        return Fault("no-front-matter", path, START, message, msg('write the fields between two lines of "---"'))
    hint = msg('start the file with a line "---", the fields, and another line "---"')
    return Fault("no-front-matter", path, START, msg("the file has no front matter"), hint)
