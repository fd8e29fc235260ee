"""What a "#" makes of a value that was meant to hold it: YAML begins a comment there, and says nothing."""

from __future__ import annotations

import re

from trueup.diagnostic import Fault, Position
from trueup.locale import msg

_AFTER_NOTHING = re.compile(r"[ \t]+#[ \t]*\S")
# People write "#12" and "#urgent" in a value, and "# waiting for legal" after one.
_AFTER_A_VALUE = re.compile(r"[ \t]+(#[^\W_].*)")
_MAY_CUT = re.compile(r"[ \t]#[^\W_]")


def begins_comment(line: str, column: int) -> bool:
    """Whether a comment with words in it follows ``column``, where a value would stand."""
    return _AFTER_NOTHING.match(line, column) is not None


def lines_that_may_cut(text: str) -> frozenset[int]:
    """The lines, from 0, on which a comment may have cut a value off; of nearly every text none, and quickly so."""
    if " #" not in text and "\t#" not in text:
        return frozenset()
    return frozenset(number for number, line in enumerate(text.split("\n")) if _MAY_CUT.search(line))


def cut_value_fault(path: str, position: Position, line: str) -> Fault | None:
    """What ``line`` loses of the plain value that ends before ``position``; None where only a comment follows it, or nothing."""
    found = _AFTER_A_VALUE.match(line, position.column - 1)
    if found is None:
        return None
    message = msg('"{text}" is read as a comment, not as a part of the value', text=found.group(1).rstrip())
    hint = msg('put the whole value in quotes, or write a space after "#" if it is a comment')
    return Fault("cut-value", path, Position(position.line, found.start(1) + 1), message, hint)
