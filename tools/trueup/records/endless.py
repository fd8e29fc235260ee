"""How often a validator may have to look at one value: keeps a stranger's schema from taking hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trueup.records.careful import DEEPEST
from trueup.records.pointer import local_reference

# Schemas that people write need a few looks at a value, or a few dozen.
MOST_LOOKS = 1_000
# So many references in a row, with nothing between them, are none that people write.
_LONGEST_CHAIN = 100


def most_looks(root: dict[str, Any], sub_schemas: Iterable[dict[str, Any]]) -> int:
    """The most looks at one value, at any depth that can be read; what is more than MOST_LOOKS is not counted to the end.

    Alternatives within alternatives multiply, and so does a schema that comes back to itself by two ways: fifteen
    lines can ask for more looks than there is time. ``sub_schemas`` are all that ``root`` holds.
    """
    sub_schemas = list(sub_schemas)
    counter = _Counter(root)
    most = 1
    for _ in range(DEEPEST):
        found = max(counter.looks(schema, ()) for schema in sub_schemas)
        most = max(most, found)
        if not found or most > MOST_LOOKS:
            break
        counter.descend()
    return most


def heaviest(sub_schemas: Iterable[dict[str, Any]]) -> int:
    """How much more than others the heaviest look weighs: an error holds a copy of all the values that were allowed."""
    return 1 + max(len(schema.get("enum", ())) for schema in sub_schemas) // 64


class _Counter:
    """Counts looks at the values of one depth, from those at the depth before: a schema's own value, its children, theirs."""

    __slots__ = ("_above", "_found", "_root")

    def __init__(self, root: dict[str, Any]) -> None:
        self._root = root
        self._found: dict[int, int] = {}
        self._above: dict[int, int] | None = None

    def descend(self) -> None:
        self._above, self._found = self._found, {}

    def looks(self, schema: dict[str, Any], way: tuple[int, ...]) -> int:
        """The most looks that judging a value by ``schema`` can take at one value of this depth below it."""
        key = id(schema)
        if key in way:
            return 0
        if len(way) > _LONGEST_CHAIN:
            return MOST_LOOKS + 1
        if key not in self._found:
            found = 1 if self._above is None else self._below(schema, self._above)
            for other in _same_value(self._root, schema):
                found += self.looks(other, (*way, key))
            self._found[key] = min(found, MOST_LOOKS + 1)
        return self._found[key]

    def _below(self, schema: dict[str, Any], above: dict[int, int]) -> int:
        return sum(max((above.get(id(other), 0) for other in group), default=0) for group in _inner_values(schema))


def _same_value(root: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas that judge the same value as ``schema`` does."""
    if "$ref" in schema:
        yield from _schemas([local_reference(root, schema)])
    yield from _schemas(schema.get(name) for name in ("not", "if", "then", "else"))
    for name in ("allOf", "anyOf", "oneOf"):
        yield from _schemas(schema.get(name, ()))
    yield from _schemas(schema.get("dependentSchemas", {}).values())


def _inner_values(schema: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The schemas that judge what is within the value, in groups of which only one judges any one value."""
    yield list(_schemas(schema.get("properties", {}).values()))
    yield list(_schemas(schema.get("prefixItems", ())))
    for one in _schemas(schema.get("patternProperties", {}).values()):
        yield [one]
    for name in ("items", "additionalProperties", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties"):
        yield list(_schemas([schema.get(name)]))


def _schemas(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    return (value for value in values if isinstance(value, dict))
