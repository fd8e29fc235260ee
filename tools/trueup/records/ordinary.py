"""Reads a YAML text that has nothing unusual about it, as nearly every file has: plain data, in two thirds of the time.

What is not ordinary is not judged here: the careful reader looks at it, which also knows where everything stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trueup.records.careful import DEEPEST, MOST_EVENTS
from trueup.records.comments import lines_that_may_cut
from trueup.records.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    events_of,
)
from trueup.records.scalars import CONSTANTS, NotFinite, TooLarge, number_or_text
from trueup.records.syntax import lines_with_a_wide_dash
from trueup.records.text import line_break_fault


class Unusual(Exception):
    """There may be something wrong, or something to remember beside the data."""


def read_ordinary(path: str, text: str) -> dict[str, Any]:
    """The mapping that a text holds. Raises ``Unusual`` for all that the careful reader might say something about, or read otherwise."""
    # Two characters make at most two events, so a text of this length can't have too many.
    if len(text) > MOST_EVENTS or line_break_fault(path, text):
        raise Unusual
    if ("#" in text or not text.isascii()) and (lines_that_may_cut(text) or lines_with_a_wide_dash(text)):
        raise Unusual
    try:
        return _document(events_of(text))
    except (YAMLError, TooLarge, NotFinite):
        raise Unusual from None


def _document(read: Callable[[], Any]) -> dict[str, Any]:
    read()
    start = read()
    if type(start) is StreamEndEvent or start.version or start.tags:
        raise Unusual
    data = _inside(read(), read, 0)
    read()
    if not isinstance(data, dict) or type(read()) is not StreamEndEvent:
        raise Unusual
    return data


def _inside(event: Any, read: Callable[[], Any], depth: int) -> Any:
    kind = type(event)
    if (kind is MappingStartEvent or kind is SequenceStartEvent) and depth < DEEPEST and event.anchor is None and event.tag is None:
        return _mapping(read, depth + 1) if kind is MappingStartEvent else _list(read, depth + 1)
    raise Unusual


def _mapping(read: Callable[[], Any], depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    while True:
        event = read()
        if type(event) is not ScalarEvent:
            if type(event) is MappingEndEvent:
                return data
            raise Unusual
        key = event.value
        # ``implicit[0]``: neither quoted nor tagged.
        if not event.implicit[0] or event.anchor is not None or key in data or key in CONSTANTS or not _is_name(key):
            raise Unusual
        event = read()
        data[key] = _scalar(event) if type(event) is ScalarEvent else _inside(event, read, depth)


def _list(read: Callable[[], Any], depth: int) -> list[Any]:
    data: list[Any] = []
    while True:
        event = read()
        if type(event) is ScalarEvent:
            data.append(_scalar(event))
        elif type(event) is SequenceEndEvent:
            return data
        else:
            data.append(_inside(event, read, depth))


def _is_name(key: str) -> bool:
    return (key.isascii() and key.isidentifier()) or _NAME.fullmatch(key) is not None


_NAME = re.compile("[A-Za-z_][A-Za-z0-9_-]*")


def _scalar(event: Any) -> Any:
    value = event.value
    if event.anchor is not None:
        raise Unusual
    if event.implicit[0]:
        if value > ":":  # It begins with a letter, and only a few words are not what they seem.
            return CONSTANTS.get(value, value)
        if not value:
            raise Unusual
        return number_or_text(value) if value[0] in "0123456789-+." else value
    if event.tag is not None or (event.style == '"' and not value.isprintable()):
        raise Unusual
    return value
