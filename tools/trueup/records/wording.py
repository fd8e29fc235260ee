"""How names and values are put into a message: short, and as their author would write them."""

from __future__ import annotations

from typing import Any

from trueup.records.source import Route


def few(names: list[str]) -> tuple[str, ...]:
    """The first of many names, with a sign that there are more."""
    return (*names[:14], "…") if len(names) > 14 else tuple(names)


def name_of(route: Route) -> str:
    return next((step for step in reversed(route) if isinstance(step, str)), "record")


def plain(value: Any) -> str:
    """A value as its author would write it, short enough for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return "null" if value is None else str(value)[:200]


def example_of(schema: Any) -> str | None:
    """The first example of a schema as it would be written in YAML; None where there is none or it is not one word."""
    if not isinstance(schema, dict):
        return None
    examples = schema.get("examples") or schema.get("enum") or []
    first = examples[0] if examples else None
    if isinstance(first, list) and all(isinstance(item, str | int | float) for item in first):
        return "[" + ", ".join(map(str, first[:3])) + "]"
    return str(first) if isinstance(first, str | int | float) else None
