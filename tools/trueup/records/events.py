"""The events of a YAML text, from the one parser that trueup uses; nothing else imports it.

Events come before anything is built from them, so that a hostile document is stopped in time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

__all__ = [
    "AliasEvent",
    "DocumentEndEvent",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "events_of",
]


def events_of(text: str) -> Callable[[], Any]:
    """A function that gives the next event of a text each time it is called; it raises ``YAMLError`` where there can be none."""
    read: Callable[[], Any] = CParser(text).get_event
    return read
