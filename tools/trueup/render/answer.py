"""Views as JSON: the same values that people are shown, under the names of the view's fields, with the version of the shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from trueup.render.log import json_text


def as_json(view: Any, version: int = 1) -> str:
    """A view, or a mapping of views, as indented JSON. Dates are ``YYYY-MM-DD``; fields that begin with ``_`` are left out."""
    return json_text({"version": version, **plain(view)})


def plain(value: Any) -> Any:
    """Dataclasses as mappings, tuples as lists, dates as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if not one.name.startswith("_")}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(one) for one in items]
    return value.isoformat() if isinstance(value, date) else value
