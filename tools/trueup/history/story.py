"""What the records of the example do not say about their own past, read from ``story.yaml`` and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from trueup.records.source import read_source
from trueup.records.validate import Gate

_STORY = Path(__file__).with_name("story.yaml")
_SCHEMA = Path(__file__).with_name("story.schema.json")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a change did to one file, told backwards.

    ``were``: the values of fields before it, by ``field`` or ``item.field``; None where there was none. ``by``: how many
    weekdays earlier the dates of ``moved`` were, items by their ids and fields of the record by their names. ``texts``: what is
    there since, and what stood there before.
    """

    were: Mapping[str, str | None]
    by: int
    moved: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One commit of the story. ``pull``: how it came to main as a pull request, "merge" or "squash", or nothing."""

    day: date
    author: str
    subject: str
    pull: str
    edits: Mapping[str, Edit]


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of a folder lay before they were moved on a day."""

    day: date
    author: str
    subject: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Story:
    """``born``, ``closed``: when records began and ended; ``since``: when parts got the state they have; ``told``: bodies of which
    only the story says when they were written."""

    born: Mapping[str, date]
    closed: Mapping[str, date]
    since: Mapping[str, date]
    told: frozenset[str]
    changes: tuple[Change, ...]
    folders: tuple[Folder, ...]


def read_story(raw: bytes | None = None) -> Story:
    """The story as written. Raises ValueError where it is not as its schema says."""
    source = read_source(_STORY.name, _STORY.read_bytes() if raw is None else raw)
    if source.faults:
        raise ValueError(source.faults[0].message.say("en"))
    data = source.data
    if wrong := Gate(json.loads(_SCHEMA.read_bytes())).mismatches(data):
        line = source.position(wrong[0].route).line
        raise ValueError(f"{_STORY.name}:{line}: {wrong[0].message.say('en')}")
    return Story(
        _days(data["born"]),
        _days(data["closed"]),
        _days(data["since"]),
        frozenset(data["told"]),
        tuple(_change(one) for one in data["changes"]),
        tuple(Folder(date.fromisoformat(one["day"]), one["author"], one["subject"], one["was"], one["now"]) for one in data["folders"]),
    )


def _days(data: Mapping[str, str]) -> Mapping[str, date]:
    return {name: date.fromisoformat(day) for name, day in data.items()}


def _change(data: Mapping[str, Any]) -> Change:
    edits = {path: _edit(one) for path, one in data["files"].items()}
    return Change(date.fromisoformat(data["day"]), data["author"], data["subject"], data.get("pull", ""), edits)


def _edit(data: Mapping[str, Any]) -> Edit:
    were = {name: None if value is None else str(value) for name, value in data.get("were", {}).items()}
    texts = tuple((one["is"], one["was"]) for one in data.get("texts", ()))
    return Edit(were, data.get("by", 0), tuple(data.get("moved", ())), texts)
