"""What a plain scalar means: YAML 1.2's core schema (chapter 10.3), less octal and hexadecimal numbers and what is not finite."""

from __future__ import annotations

import re

CONSTANTS = {
    "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NOT_FINITE = {sign + name for sign in ("", "+", "-") for name in (".inf", ".nan")}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


class TooLarge(Exception):
    """An integer that does not fit in 64 bits."""


class NotFinite(Exception):
    """Infinity, no number at all, or more than a float holds."""


def number_or_text(value: str) -> int | float | str:
    """A plain scalar that begins like a number: the number that it is, or the text: ``12:30``, ``017``, a day. Raises as named."""
    if len(value) == 10 and value[4] == "-" == value[7]:  # A day, the most frequent of what begins with a digit and is no number.
        return value
    if _INTEGER.fullmatch(value):
        if len(value) <= 20 and -(1 << 63) <= (number := int(value)) < 1 << 63:
            return number
        raise TooLarge
    if _FLOAT.fullmatch(value):
        found = float(value)
        if found - found == 0:
            return found
        raise NotFinite
    if value.lower() in _NOT_FINITE:
        raise NotFinite
    return value
