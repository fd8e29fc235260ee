"""Says in our own sentences why a JSON Schema cannot be used, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trueup.locale import msg
from trueup.records.explain import Mismatch, explained
from trueup.records.nearest import did_you_mean
from trueup.records.pointer import route_of, value_at
from trueup.records.source import Route
from trueup.records.wording import plain

TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")


def unusable(error: Any, schema: Any) -> Mismatch:
    """What the validator has against a schema: an error of its own about ``schema``, read as data."""
    route = route_of(error, schema)
    name = error.kind.name
    if name == "$ref":
        return _outside(error, schema)
    if route and route[-1] == "type" and name == "anyOf":
        return _no_type(route, value_at(schema, route))
    if name == "format" and error.kind.format == "regex":
        message = msg('"{pattern}" is not a pattern that can be used', pattern=plain(error.instance))
        return Mismatch("invalid-schema", route, message, msg('close every bracket; "(?=", "(?!" and "\\1" are not known'))
    return next(explained(error, {}, schema))


def _no_type(route: Route, value: Any) -> Mismatch:
    """The first name of a type that there is no type of."""
    steps: list[tuple[Route, Any]] = [(route, value)]
    if isinstance(value, list):
        steps = [((*route, index), one) for index, one in enumerate(value)]
    for place, one in steps:
        if one not in TYPES:
            hint = did_you_mean(plain(one), TYPES) or msg("allowed: {names}", names=TYPES)
            return Mismatch("invalid-schema", place, msg('there is no type "{name}"', name=plain(one)), hint)
    return Mismatch("invalid-schema", route, msg('"{name}" names no type, or one twice', name="type"), msg("allowed: {names}", names=TYPES))


def _outside(error: Any, schema: Any) -> Mismatch:
    """The reference that leads to another file or host: nothing is read from there."""
    found = [(route, target) for route, target in _references(schema, ()) if not target.startswith("#")]
    route, target = next((one for one in found if one[1] in error.message), (found or [((), "")])[0])
    message = msg('"{target}" leads out of this file, and nothing is read from elsewhere', target=target)
    return Mismatch("invalid-schema", route, message, msg('write the schema under "$defs": "#/$defs/name"'))


def _references(value: Any, route: Route) -> Iterator[tuple[Route, str]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        if step in ("$ref", "$dynamicRef") and isinstance(inner, str):
            yield (*route, step), inner
        else:
            yield from _references(inner, (*route, step))
