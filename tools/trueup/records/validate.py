"""Judges plain data against a JSON Schema, and says in our own sentences what is wrong.

One judge does both: jsonschema-rs accepts or refuses, and its structured errors are what the sentences are made of, so
the two can never disagree. It runs without a network or file access, matches patterns in linear time, and always checks
formats (docs/decisions.md, "One judge of schemas").
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from trueup.locale import Text, msg
from trueup.records.source import Route

# More findings than this about one record help nobody.
MOST_MISMATCHES = 50


class BrokenSchema(ValueError):
    """A schema that cannot be used; the message is the validator's, on one line, and ``route`` leads to what it is about."""

    def __init__(self, message: str, route: Route = ()) -> None:
        super().__init__(message)
        self.route = route


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which data does not fit its schema. ``at_key``: the fault is the field's name, not its value."""

    rule: str
    route: Route
    message: Text
    hint: Text | None = None
    at_key: bool = False


class Gate:
    """One schema, ready to judge."""

    __slots__ = ("_schema", "_validator", "accepts")

    def __init__(self, schema: Any) -> None:
        try:
            self._validator = jsonschema_rs.Draft202012Validator(
                schema, validate_formats=True, offline=True, pattern_options=jsonschema_rs.RegexOptions()
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            message = str(getattr(error, "message", error)).split("\n")[0]
            raise BrokenSchema(message, tuple(getattr(error, "instance_path", ()))) from None
        self._schema = schema
        self.accepts: Callable[[Any], bool] = self._validator.is_valid

    def mismatches(self, data: Any) -> list[Mismatch]:
        """Everything in ``data`` that the schema refuses; empty exactly where ``accepts`` says yes."""
        found: list[Mismatch] = []
        for error in self._validator.iter_errors(data):
            new = (one for one in _explained(error, self._schema, data) if one not in found)
            found.extend(islice(new, MOST_MISMATCHES - len(found)))
            if len(found) == MOST_MISMATCHES:
                break
        return found


def pattern_test(pattern: str) -> Callable[[str], bool]:
    """Tells whether a text holds ``pattern``, in time linear in the text: for patterns that strangers may write.

    Raises BrokenSchema where the pattern is none.
    """
    test: Callable[[str], bool] = Gate({"type": "string", "pattern": pattern}).accepts
    return test


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant; upper and lower case, ``-`` and ``_`` don't count as differences."""
    folded = {other.casefold().replace("_", "-"): other for other in names}
    match = difflib.get_close_matches(name.casefold().replace("_", "-")[:100], folded, n=1, cutoff=0.6)
    return folded[match[0]] if match else None


def did_you_mean(name: str, names: Iterable[str]) -> Text | None:
    found = nearest(name, names)
    return msg('did you mean "{name}"?', name=found) if found else None


def _explained(error: Any, schema: Any, data: Any) -> Iterator[Mismatch]:
    kind, route = error.kind, tuple(error.instance_path)
    around = _schema_at(schema, error.schema_path[:-1])
    explain = _EXPLAIN.get(kind.name)
    if explain is None:
        yield Mismatch("schema-mismatch", route, msg("the value does not fit the schema: {reason}", reason=error.message))
        return
    yield from explain(kind, route, _value_at(data, route), around)


def _missing(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    field = around.get("properties", {}).get(kind.property, {})
    example = _example(field)
    hint = msg('add a line such as "{name}: {example}"', name=kind.property, example=example) if example else None
    if isinstance(value, dict):
        unknown = [name for name in islice(value, 200) if name not in around.get("properties", {})]
        if meant := nearest(kind.property, unknown):
            hint = msg('is "{name}" meant to be it?', name=meant)
    yield Mismatch("missing-field", route, msg('the field "{name}" is missing', name=kind.property), hint)


def _unknown(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    known = list(around.get("properties", {}))
    free = [name for name in known if not (isinstance(value, dict) and name in value)]
    for name in kind.unexpected:
        hint = did_you_mean(name, free) or did_you_mean(name, known)
        if hint is None and known:
            hint = msg("the fields here are {names}", names=tuple(known[:14]))
        yield Mismatch("unknown-field", (*route, name), msg('there is no field "{name}" here', name=name), hint, at_key=True)


_TYPE_NAMES = {
    "string": msg("text"),
    "integer": msg("a whole number"),
    "number": msg("a number"),
    "boolean": msg("true or false"),
    "array": msg("a list"),
    "object": msg("a mapping of fields"),
    "null": msg("empty"),
}
_LOOKS_BOOLEAN = {"no", "off", "n", "yes", "on", "y"}


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    names: dict[type, str] = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _wrong_type(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    wanted: list[str] = list(kind.types)
    name = _name(route)
    if value is None:
        yield _empty(route)
        return
    expected = tuple(_TYPE_NAMES[one] for one in wanted)
    found = _TYPE_NAMES[_type_of(value)]
    message = msg('"{name}" must be {expected}, not {found}', name=name, expected=expected, found=found)
    yield Mismatch("wrong-type", route, message, _type_hint(wanted, value, around))


def _empty(route: Route) -> Mismatch:
    return Mismatch("wrong-type", route, msg('"{name}" has no value', name=_name(route)), msg("write one, or delete the line"))


def _type_hint(wanted: list[str], value: Any, around: Any) -> Text | None:
    if isinstance(value, str):
        if "boolean" in wanted and value.lower() in _LOOKS_BOOLEAN:
            right = "true" if value.lower() in {"yes", "on", "y"} else "false"
            return msg("write {right}; only true and false are read as yes and no", right=right)
        if {"integer", "number"} & set(wanted):
            digits = value.replace("_", "").replace(",", "").lstrip("0")
            return msg("write {digits}", digits=digits) if digits.isdecimal() else msg("write digits only, without a unit or quotes")
        if "array" in wanted:
            items = [one.strip() for one in re.split("[,，、;；]", value) if one.strip()]
            return msg('write it as a list: "[{value}]"', value=", ".join(items))
    if "string" in wanted and isinstance(value, int | float):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return msg('put it in quotes: "{value}"', value=shown)
    example = _example(around)
    return msg("for example {example}", example=example) if example else None


def _not_allowed(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    if value is None:
        yield _empty(route)
        return
    options = list(kind.options) if kind.name == "enum" else [kind.expected_value]
    shown = tuple(_plain(option) for option in options[:14])
    message = msg('"{value}" is not allowed for "{name}"', value=_plain(value), name=_name(route))
    meant = _called(value, around) or nearest(str(value), [option for option in options if isinstance(option, str)])
    hint = msg('did you mean "{name}"? allowed: {names}', name=meant, names=shown) if meant else msg("allowed: {names}", names=shown)
    yield Mismatch("value-not-allowed", route, message, hint)


def _called(value: Any, around: Any) -> str | None:
    """The value whose label somebody wrote instead, as they see it on the site: ``进行中`` for ``active``."""
    labels = around.get("x-enum-labels", {})
    if not isinstance(value, str) or not isinstance(labels, dict):
        return None
    return next((name for name, label in labels.items() if isinstance(label, dict) and value.casefold() in _folded(label)), None)


def _folded(label: dict[str, Any]) -> set[str]:
    return {word.casefold() for word in label.values() if isinstance(word, str)}


def _bad_format(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    if kind.format in ("date", "date-time", "time"):
        message = msg('"{value}" in "{name}" is not a date', value=_plain(value), name=_name(route))
        hint = msg("write it as year-month-day, like 2026-11-20")
        if kind.format != "date":
            hint = msg("write it as RFC 3339 says, like 2026-11-20T09:30:00Z")
        elif _FULL_DATE.fullmatch(str(value)):
            message = msg('there is no day "{value}" in the calendar', value=_plain(value))
            hint = msg("correct the day or the month")
        yield Mismatch("bad-date", route, message, hint)
        return
    yield _misshapen(route, value, around)


_FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _bad_pattern(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    yield _misshapen(route, value, around)


def _misshapen(route: Route, value: Any, around: Any) -> Mismatch:
    message = msg('"{value}" does not have the form that "{name}" needs', value=_plain(value), name=_name(route))
    pattern = str(around.get("pattern", ""))
    example = _example(around)
    if pattern == ID_PATTERN:
        hint = msg('use lower-case letters, digits and single hyphens, as "{example}"', example=example or "spring-launch")
    elif example:
        hint = msg('write it like "{example}"', example=example)
    else:
        hint = msg("it must match {pattern}", pattern=pattern or str(around.get("format", "")))
    return Mismatch("bad-format", route, message, hint)


ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"

_LIMITS = {
    "minimum": msg('"{name}" must be at least {limit}'),
    "maximum": msg('"{name}" must be at most {limit}'),
    "exclusiveMinimum": msg('"{name}" must be more than {limit}'),
    "exclusiveMaximum": msg('"{name}" must be less than {limit}'),
    "minLength": msg('"{name}" needs at least {limit} characters'),
    "maxLength": msg('"{name}" may have at most {limit} characters'),
    "minItems": msg('"{name}" needs at least {limit} items'),
    "maxItems": msg('"{name}" may have at most {limit} items'),
    "minProperties": msg('"{name}" needs at least {limit} fields'),
    "maxProperties": msg('"{name}" may have at most {limit} fields'),
}


def _out_of_range(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    size = value if isinstance(value, int | float) else len(value)
    message = msg(_LIMITS[kind.name].template, name=_name(route), limit=kind.limit)
    yield Mismatch("out-of-range", route, message, msg("it is {size}", size=size))


def _not_multiple(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    message = msg('"{name}" must be a multiple of {limit}', name=_name(route), limit=around.get("multipleOf"))
    yield Mismatch("out-of-range", route, message, msg("it is {size}", size=value))


def _repeated(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    seen: set[str] = set()
    for index, item in enumerate(value):
        text = repr(item)
        if text in seen:
            message = msg('"{value}" stands twice in "{name}"', value=_plain(item), name=_name(route))
            yield Mismatch("repeated-value", (*route, index), message, msg("delete one of them"))
            return
        seen.add(text)
    yield Mismatch("repeated-value", route, msg('"{name}" holds the same value twice', name=_name(route)), msg("delete one of them"))


def _bad_key(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    key = str(kind.error.instance)
    message = msg('"{key}" cannot be a name in "{name}"', key=key, name=_name(route))
    names = around.get("propertyNames", around) if isinstance(around, dict) else {}
    example = _example(names)
    hint = (
        msg('write it like "{example}"', example=example)
        if example
        else msg("it must match {pattern}", pattern=str(names.get("pattern", "")))
    )
    yield Mismatch("bad-format", (*route, key), message, hint, at_key=True)


def _no_alternative(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    options = around.get("oneOf") or around.get("anyOf") or []
    names = tuple(name for option in options if isinstance(option, dict) for name in option.get("required", []))
    if names and all(set(option) <= {"required"} for option in options):
        given = tuple(name for name in names if isinstance(value, dict) and name in value)
        if given:
            message, hint = msg("only one of these may be given: {names}", names=given), msg("keep one and delete the others")
        else:
            message, hint = msg("one of these must be given: {names}", names=names), msg("add one of them")
        yield Mismatch("schema-mismatch", route, message, hint)
        return
    example = _example(around)
    message = msg('the value of "{name}" fits none of the forms it may have', name=_name(route))
    if kind.name == "oneOfMultipleValid" or "Multiple" in type(kind).__name__:
        message = msg('the value of "{name}" fits more than one of the forms it may have', name=_name(route))
    yield Mismatch("schema-mismatch", route, message, msg("for example {example}", example=example) if example else None)


_EXPLAIN: dict[str, Callable[[Any, Route, Any, Any], Iterator[Mismatch]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _not_allowed,
    "const": _not_allowed,
    "format": _bad_format,
    "pattern": _bad_pattern,
    "multipleOf": _not_multiple,
    "uniqueItems": _repeated,
    "propertyNames": _bad_key,
    "oneOf": _no_alternative,
    "anyOf": _no_alternative,
    **dict.fromkeys(_LIMITS, _out_of_range),
}


def _name(route: Route) -> str:
    return next((step for step in reversed(route) if isinstance(step, str)), "record")


def _plain(value: Any) -> str:
    """A value as its author would write it, short enough for a message."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return "null" if value is None else str(value)[:200]


def _example(schema: Any) -> str | None:
    """The first example of a schema as it would be written in YAML; None where there is none or it is not one word."""
    if not isinstance(schema, dict):
        return None
    examples = schema.get("examples") or schema.get("enum") or []
    first = examples[0] if examples else None
    if isinstance(first, list) and all(isinstance(item, str | int | float) for item in first):
        return "[" + ", ".join(map(str, first[:3])) + "]"
    return str(first) if isinstance(first, str | int | float) else None


def _value_at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def _schema_at(schema: Any, path: Iterable[str | int]) -> Any:
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
