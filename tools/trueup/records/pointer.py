"""Follows the ways that lead into data and schemas: the validator's paths and JSON pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from trueup.records.source import Route


def route_of(error: Any, data: Any) -> Route:
    """Where an error is. The validator gives a name that looks like a number as a number, without its zeros: ``007`` as 7."""
    found: list[str | int] = []
    for step in error.instance_path:
        if isinstance(data, dict) and step not in data:
            step = next(name for name in data if name.removeprefix("+").lstrip("0") == str(step).lstrip("0"))
        found.append(step)
        data = data[step]
    return tuple(found)


def value_at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def schema_at(schema: Any, path: Iterable[str | int]) -> Any:
    """The sub-schema at an error's path; local references on the way are followed."""
    here = schema
    for step in path:
        if step == "$ref":
            here = local_reference(schema, here)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif isinstance(here, dict):
            here = here.get(str(step), {})
        else:
            return {}
    return here if isinstance(here, dict) else {}


def local_reference(schema: Any, here: Any) -> Any:
    """What ``{"$ref": "#/…"}`` points at within ``schema``; an empty schema where it points nowhere."""
    target = here.get("$ref", "") if isinstance(here, dict) else ""
    way = pointer(target) if isinstance(target, str) else None
    if way is None:
        return {}
    found = schema
    for step in way:
        if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            found = found.get(step, {}) if isinstance(found, dict) else {}
    return found


def pointer(target: str) -> tuple[str, ...] | None:
    """The steps of ``#/…`` (RFC 6901, 6); None for a reference of another form."""
    if target != "#" and not target.startswith("#/"):
        return None
    return tuple(unquote(step).replace("~1", "/").replace("~0", "~") for step in target.split("/")[1:])
