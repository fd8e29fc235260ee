"""What a schema says of a list: whether its items have ids, and whether their order means anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trueup.records.kind import Kind
from trueup.records.pointer import local_reference

_FURTHEST = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is known of a value. ``id_name`` is the field by which an item of a list is known."""

    root: Mapping[str, Any]
    here: Mapping[str, Any]
    id_name: str = "id"

    def inside(self, name: str) -> Meaning:
        """What is known of a field of a mapping."""
        fields = self._mapping(self.here.get("properties"))
        return self._at(fields[name] if name in fields else self.here.get("additionalProperties"))

    def item(self) -> Meaning:
        return self._at(self.here.get("items"))

    @property
    def is_set(self) -> bool:
        return self.here.get("uniqueItems") is True

    def name_of(self, value: Any) -> str | None:
        """What an item of this list is known by: its id, or its value where that may stand there only once; None if by neither."""
        if isinstance(value, dict):
            name = value.get(self.id_name)
            return f"id {name}" if isinstance(name, str | int) and not isinstance(name, bool) else None
        return f"value {canonical(value)}" if self.is_set and not isinstance(value, list) else None

    @property
    def may_be_empty(self) -> bool:
        """Whether nothing speaks against a list without items."""
        return bool(self.here.get("minItems", 0) == 0)

    def _at(self, schema: Any) -> Meaning:
        for _step in range(_FURTHEST):
            if not (isinstance(schema, dict) and "$ref" in schema):
                break
            beside = {name: value for name, value in schema.items() if name != "$ref"}
            schema = {**self._mapping(local_reference(dict(self.root), schema)), **beside}
        return replace(self, here=self._mapping(schema), id_name="id")

    @staticmethod
    def _mapping(value: Any) -> Mapping[str, Any]:
        return value if isinstance(value, dict) else {}


def meaning_of(kind: Kind | None) -> Meaning:
    """What is known of a file of a kind."""
    if kind is None:
        return Meaning({}, {})
    match kind.layout:
        case "keys":
            return Meaning(kind.schema, {"additionalProperties": kind.schema})
        case "items":
            return Meaning(kind.schema, {"items": kind.schema}, kind.id_rule.field or "id")
    return Meaning(kind.schema, kind.schema)


def canonical(value: Any) -> str:
    """The same text for the same value, and only for that: 1, 1.0 and true are three."""
    return json.dumps(value, sort_keys=True)
