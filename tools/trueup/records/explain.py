"""Puts the validator's errors into our own sentences: what is wrong, what is allowed, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from trueup.diagnostic import Position
from trueup.locale import Text, msg
from trueup.records.meant import PUT_IN_QUOTES, date_meant, item_hint, label_meant, number_meant, type_hint
from trueup.records.nearest import did_you_mean, nearest
from trueup.records.periods import is_like_a_period, weeks_in
from trueup.records.pointer import route_of, schema_at, value_at
from trueup.records.source import Route, written_at
from trueup.records.wording import example_of, few, name_of, plain


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which data does not fit its schema. ``at_key``: the fault is the field's name, not its value."""

    rule: str
    route: Route
    message: Text
    hint: Text | None = None
    at_key: bool = False


def as_written(one: Mismatch, raw: bytes, position: Position) -> Mismatch:
    """With a hint that quotes what stands in the file, where it would quote what has been read: 1.10, and not 1.1."""
    if one.hint is None or one.hint.template != PUT_IN_QUOTES.template:
        return one
    return replace(one, hint=replace(one.hint, values=(("value", written_at(raw, position)),)))


def explained(error: Any, schema: Any, data: Any) -> Iterator[Mismatch]:
    kind, route = error.kind, route_of(error, data)
    around = schema_at(schema, error.schema_path[:-1])
    explain = _EXPLAIN.get(kind.name)
    if explain is None:
        yield Mismatch("schema-mismatch", route, msg("the value does not fit the schema: {reason}", reason=error.message))
        return
    yield from explain(kind, route, value_at(data, route), around)


def _missing(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    field = around.get("properties", {}).get(kind.property, {})
    example = example_of(field)
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
            hint = msg("the fields here are {names}", names=few(known))
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


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    names: dict[type, str] = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _wrong_type(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    wanted: list[str] = list(kind.types)
    name = name_of(route)
    if value is None:
        yield _empty(route)
        return
    expected = tuple(_TYPE_NAMES[one] for one in wanted)
    found = _TYPE_NAMES[_type_of(value)]
    if wanted == ["object"] and route and isinstance(route[-1], int):
        message = msg('each item of "{name}" needs fields, not {found}', name=name, found=found)
        yield Mismatch("wrong-type", route, message, item_hint(around))
        return
    if "enum" in around and not isinstance(value, dict | list | bool) and number_meant(value) not in [str(one) for one in around["enum"]]:
        yield _outside(route, value, list(around["enum"]), around)
        return
    message = msg('"{name}" must be {expected}, not {found}', name=name, expected=expected, found=found)
    yield Mismatch("wrong-type", route, message, type_hint(wanted, value, around))


def _empty(route: Route) -> Mismatch:
    return Mismatch("wrong-type", route, msg('"{name}" has no value', name=name_of(route)), msg("write one, or delete the line"))


def _not_allowed(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    if value is None:
        yield _empty(route)
        return
    options = list(kind.options) if kind.name == "enum" else [kind.expected_value]
    yield _outside(route, value, options, around)


def _outside(route: Route, value: Any, options: list[Any], around: Any) -> Mismatch:
    """A value that is none of those allowed."""
    shown = few([plain(option) for option in options])
    message = msg('"{value}" is not allowed for "{name}"', value=plain(value), name=name_of(route))
    meant = label_meant(value, around) or nearest(str(value), [option for option in options if isinstance(option, str)])
    hint = msg('did you mean "{name}"? allowed: {names}', name=meant, names=shown) if meant else msg("allowed: {names}", names=shown)
    return Mismatch("value-not-allowed", route, message, hint)


def _bad_format(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    if kind.format in ("date", "date-time", "time"):
        message = msg('"{value}" in "{name}" is not a date', value=plain(value), name=name_of(route))
        hint = msg("write it as year-month-day, like 2026-11-20")
        if kind.format != "date":
            hint = msg("write it as RFC 3339 says, like 2026-11-20T09:30:00Z")
        elif _FULL_DATE.fullmatch(str(value)):
            message = msg('there is no day "{value}" in the calendar', value=plain(value))
            hint = msg("correct the year") if str(value).startswith("0000") else msg("correct the day or the month")
        elif day := date_meant(str(value)):
            hint = msg("write {date}", date=day)
        yield Mismatch("bad-date", route, message, hint)
        return
    if kind.format == "period" and is_like_a_period(str(value)):
        yield _no_such_period(route, str(value))
        return
    yield _misshapen(route, value, around)


def _no_such_period(route: Route, value: str) -> Mismatch:
    hint = msg("correct the year") if value.startswith("0000") else msg("correct the month")
    if "W" in value and not value.startswith("0000"):
        hint = msg("the last week of {year} is {week}", year=value[:4], week=f"{value[:4]}-W{weeks_in(int(value[:4]))}")
    return Mismatch("bad-date", route, msg('there is no period "{value}" in the calendar', value=value), hint)


_FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _bad_pattern(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    yield _misshapen(route, value, around)


def _misshapen(route: Route, value: Any, around: Any) -> Mismatch:
    message = msg('"{value}" does not have the form that "{name}" needs', value=plain(value), name=name_of(route))
    pattern = str(around.get("pattern", ""))
    example = example_of(around)
    examples = [str(one) for one in around.get("examples") or () if isinstance(one, str | int)]
    text = str(value)
    if unseen := _UNSEEN.search(text):
        hint = msg("delete the character {code} in it, it cannot be seen", code=f"U+{ord(unseen.group()):04X}")
    elif (bare := text.strip(_CURLY)) != text and bare:
        hint = msg("these are curly quotes; write {value} without them", value=bare)
    elif pattern == _ID_PATTERN:
        hint = msg('use lower-case letters, digits and single hyphens, as "{example}"', example=example or "spring-launch")
    elif len(examples) > 1:
        hint = msg("write it like one of these: {names}", names=few(examples))
    elif example:
        hint = msg('write it like "{example}"', example=example)
    else:
        hint = msg("it must match {pattern}", pattern=pattern or str(around.get("format", "")))
    return Mismatch("bad-format", route, message, hint)


_CURLY = "“”‘’「」『』"
_UNSEEN = re.compile("[\u00a0\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\u3000]")
_ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"


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
    message = msg(_LIMITS[kind.name].template, name=name_of(route), limit=kind.limit)
    yield Mismatch("out-of-range", route, message, msg("it is {size}", size=size))


def _not_multiple(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    message = msg('"{name}" must be a multiple of {limit}', name=name_of(route), limit=around.get("multipleOf"))
    yield Mismatch("out-of-range", route, message, msg("it is {size}", size=value))


def _repeated(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    seen: set[str] = set()
    for index, item in enumerate(value):
        text = repr(item)
        if text in seen:
            message = msg('"{value}" stands twice in "{name}"', value=plain(item), name=name_of(route))
            yield Mismatch("repeated-value", (*route, index), message, msg("delete one of them"))
            return
        seen.add(text)
    yield Mismatch("repeated-value", route, msg('"{name}" holds the same value twice', name=name_of(route)), msg("delete one of them"))


def _bad_key(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    key = str(kind.error.instance)
    message = msg('"{key}" cannot be a name in "{name}"', key=key, name=name_of(route))
    names = around.get("propertyNames", around) if isinstance(around, dict) else {}
    yield Mismatch("bad-format", (*route, key), message, _key_hint(kind.error.kind, names), at_key=True)


def _key_hint(kind: Any, names: Any) -> Text | None:
    """What a name must be like that broke ``kind``, one of the rules in ``names``."""
    if kind.name == "maxLength":
        return msg("a name here may have at most {limit} characters", limit=kind.limit)
    if kind.name == "minLength":
        return msg("a name here needs at least {limit} characters", limit=kind.limit)
    if kind.name == "enum":
        return msg("allowed: {names}", names=few([plain(option) for option in kind.options]))
    if example := example_of(names):
        return msg('write it like "{example}"', example=example)
    return msg("it must match {pattern}", pattern=str(names["pattern"])) if "pattern" in names else None


def _ruled_out(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    message = msg('"{name}" has a value that its schema rules out', name=name_of(route))
    if kind.name == "falseSchema":
        message = msg('"{name}" cannot be given here', name=name_of(route))
    yield Mismatch("schema-mismatch", route, message, msg("delete it, or look at the schema"))


def _wrong_items(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    message = msg('the list "{name}" does not hold the items that its schema asks for', name=name_of(route))
    if kind.name != "contains":
        message = msg('the list "{name}" has items that its schema does not know', name=name_of(route))
    yield Mismatch("schema-mismatch", route, message, msg("look at the schema"))


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
    example = example_of(around)
    message = msg('the value of "{name}" fits none of the forms it may have', name=name_of(route))
    if kind.name == "oneOfMultipleValid" or "Multiple" in type(kind).__name__:
        message = msg('the value of "{name}" fits more than one of the forms it may have', name=name_of(route))
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
    "not": _ruled_out,
    "falseSchema": _ruled_out,
    "contains": _wrong_items,
    "additionalItems": _wrong_items,
    "unevaluatedItems": _wrong_items,
    "unevaluatedProperties": _unknown,
    **dict.fromkeys(_LIMITS, _out_of_range),
}
