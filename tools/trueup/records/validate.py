"""Judges plain data against a JSON Schema, and says in our own sentences what is wrong.

One judge does both: jsonschema-rs accepts or refuses, and its structured errors are what the sentences are made of, so
the two can never disagree. It runs without a network or file access, matches patterns in linear time, and always checks
formats (docs/decisions.md, "One judge of schemas").
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from trueup.locale import Text, msg
from trueup.records.pieces import cuts, has_many_names, is_small
from trueup.records.source import Route

# How often a schema that people write may look at one value; kinds of a workspace are counted.
USUAL_LOOKS = 4
_MOST_LOOKS_FOR_ONE = 1_000_000
_MAKE_SMALLER = msg("make it smaller, and check it again")

# Errors about a mapping that are true of a part of it too.
_ABOUT_NAMES = {"required", "additionalProperties", "propertyNames", "type"}

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

    __slots__ = ("_looks", "_schema", "_validator", "accepts")

    def __init__(self, schema: Any, looks: int = USUAL_LOOKS) -> None:
        """``looks`` is how often the schema may look at one value of what it judges (see endless.py)."""
        try:
            self._validator = jsonschema_rs.Draft202012Validator(
                schema, validate_formats=True, offline=True, pattern_options=jsonschema_rs.RegexOptions()
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            message = str(getattr(error, "message", error)).split("\n")[0]
            raise BrokenSchema(message, tuple(getattr(error, "instance_path", ()))) from None
        self._schema = schema
        self._looks = looks
        self.accepts: Callable[[Any], bool] = self._validator.is_valid

    def mismatches(self, data: Any) -> list[Mismatch]:
        """Everything in ``data`` that the schema refuses; empty exactly where ``accepts`` says yes."""
        if self.accepts(data):
            return []
        small = is_small(data, self._looks) and not has_many_names(data)
        found: list[Mismatch] = []
        for one in self._all(data) if small else self._by_pieces(data):
            if one not in found:
                found.append(one)
            if len(found) == MOST_MISMATCHES:
                break
        return _once_each(found) or [self._first(data)]

    def _all(self, data: Any) -> Iterator[Mismatch]:
        for error in self._validator.iter_errors(data):
            yield from _explained(error, self._schema, data)

    def _by_pieces(self, data: Any) -> Iterator[Mismatch]:
        for cut in cuts(data, self._looks, _field_names(self._schema)):
            piece = cut.piece(data)
            for error in () if self.accepts(piece) else self._validator.iter_errors(piece):
                whole = _value_at(data, cut.route(data, _route(error, piece)))
                if cut.keeps(whole) or error.kind.name in _ABOUT_NAMES:
                    for one in _explained(error, self._schema, piece):
                        yield replace(one, route=cut.route(data, one.route))

    def _first(self, data: Any) -> Mismatch:
        """What is wrong first, where not all can be told."""
        if is_small(data, self._looks, _MOST_LOOKS_FOR_ONE):
            try:
                self._validator.validate(data)
            except jsonschema_rs.ValidationError as error:
                return next(_explained(error, self._schema, data))
        return Mismatch("schema-mismatch", (), msg("the record does not fit its schema, and is too large to say where"), _MAKE_SMALLER)


# What a value of the wrong type is called besides; its type is what there is to mend.
_ABOUT_A_VALUE = {"value-not-allowed", "bad-format", "bad-date", "out-of-range", "schema-mismatch"}


def _once_each(found: list[Mismatch]) -> list[Mismatch]:
    """Without what only says again, of the same value or of a misspelt field, what another of them says."""
    mistyped = {one.route for one in found if one.rule == "wrong-type"}
    misspelt = {
        (*one.route[:-1], dict(one.hint.values)["name"])
        for one in found
        if one.rule == "unknown-field" and one.hint and one.hint.template == _DID_YOU_MEAN
    }

    def is_news(one: Mismatch) -> bool:
        if one.rule == "missing-field":
            return (*one.route, dict(one.message.values)["name"]) not in misspelt
        return one.at_key or one.rule not in _ABOUT_A_VALUE or one.route not in mistyped

    return [one for one in found if is_news(one)]


def _field_names(schema: Any) -> frozenset[str]:
    """Every name of a field that stands anywhere in a schema."""
    if isinstance(schema, list):
        return frozenset().union(*map(_field_names, schema))
    if not isinstance(schema, dict):
        return frozenset()
    required = schema.get("required")
    names = {*(schema.get("properties") or ()), *(required if isinstance(required, list) else ())}
    return frozenset(name for name in names if isinstance(name, str)).union(*map(_field_names, schema.values()))


def pattern_test(pattern: str) -> Callable[[str], bool]:
    """Tells whether a text holds ``pattern``, in time linear in the text: for patterns that strangers may write.

    Raises BrokenSchema where the pattern is none.
    """
    test: Callable[[str], bool] = Gate({"type": "string", "pattern": pattern}).accepts
    return test


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant; upper and lower case, ``-`` and ``_`` don't count as differences."""
    folded = {_folded_name(other): other for other in names}
    match = difflib.get_close_matches(_folded_name(name), folded, n=1, cutoff=0.6)
    return folded[match[0]] if match else None


def _folded_name(name: str) -> str:
    # The end of a long name is not compared: comparing takes time that grows with the square of the length, or worse.
    return name[:_LONGEST_COMPARED].casefold().replace("_", "-")


_LONGEST_COMPARED = 60


_DID_YOU_MEAN = 'did you mean "{name}"?'


def did_you_mean(name: str, names: Iterable[str]) -> Text | None:
    found = nearest(name, names)
    return msg(_DID_YOU_MEAN, name=found) if found else None


def _explained(error: Any, schema: Any, data: Any) -> Iterator[Mismatch]:
    kind, route = error.kind, _route(error, data)
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
            hint = msg("the fields here are {names}", names=_few(known))
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
    if wanted == ["object"] and route and isinstance(route[-1], int):
        message = msg('each item of "{name}" needs fields, not {found}', name=name, found=found)
        yield Mismatch("wrong-type", route, message, _item_hint(around))
        return
    if "enum" in around and not isinstance(value, dict | list | bool) and _number_meant(value) not in [str(one) for one in around["enum"]]:
        yield _outside(route, value, list(around["enum"]), around)
        return
    message = msg('"{name}" must be {expected}, not {found}', name=name, expected=expected, found=found)
    yield Mismatch("wrong-type", route, message, _type_hint(wanted, value, around))


def _empty(route: Route) -> Mismatch:
    return Mismatch("wrong-type", route, msg('"{name}" has no value', name=_name(route)), msg("write one, or delete the line"))


def _type_hint(wanted: list[str], value: Any, around: Any) -> Text | None:
    if isinstance(value, str):
        return _type_hint_for_text(wanted, value, around)
    if "string" in wanted and isinstance(value, int | float):
        if around.get("format") == "date" and (day := _date_meant(str(value))):
            return msg("write {date}", date=day)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return msg('put it in quotes: "{value}"', value=shown)
    if isinstance(value, list) and not {"array", "object"} & set(wanted):
        if len(value) == 1 and not isinstance(value[0], dict | list) and value[0] is not None:
            return msg("write {value} without brackets", value=_plain(value[0]))
        if value:
            return msg("write one value, without brackets")
    example = _example(around)
    return msg("for example {example}", example=example) if example else None


def _type_hint_for_text(wanted: list[str], value: str, around: Any) -> Text | None:
    if "boolean" in wanted and value.lower() in _LOOKS_BOOLEAN:
        right = "true" if value.lower() in {"yes", "on", "y"} else "false"
        return msg("write {right}; only true and false are read as yes and no", right=right)
    if {"integer", "number"} & set(wanted):
        number = _number_meant(value)
        if number and "." in number and "number" not in wanted:
            return msg("write a whole number")
        return msg("write {digits}", digits=number) if number else msg("write digits only, without a unit or quotes")
    if "array" in wanted:
        if value.strip().casefold() in _NOTHING:
            return msg("delete the line if there is none")
        items = around.get("items")
        if isinstance(items, dict) and (hint := _item_hint(items)):
            return hint
        return msg('write it as a list: "[{value}]"', value=", ".join(_items_meant(value)))
    if wanted == ["object"] and (first := next(iter(around.get("required") or around.get("properties") or ()), None)):
        return msg('write its fields on lines below it, such as "{first}: …"', first=first)
    example = _example(around)
    return msg("for example {example}", example=example) if example else None


_NOTHING = {"none", "nothing", "n/a", "na", "no", "nil", "-", "--", "无", "没有", "暂无"}


def _item_hint(around: Any) -> Text | None:
    """How an item with fields is begun, from the fields that it needs."""
    required = around.get("required")
    names = [*(required if isinstance(required, list) else ()), *(around.get("properties") or ())]
    first, second = [*dict.fromkeys(names), None, None][:2]
    if first is None:
        return None
    if second is None:
        return msg('write "- {first}: …"', first=first)
    return msg('write "- {first}: …" and below it "{second}: …"', first=first, second=second)


# Longer than this nobody writes a number or a date.
_LONGEST_MEANT = 40
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_DIGITS = re.compile(r"([-+]?)0*([0-9]+(?:\.[0-9]+)?)")


def _number_meant(value: Any) -> str | None:
    """The number that a text was meant to be: ``1,000`` and ``1_000`` are 1000, ``0,8`` is 0.8, ``５`` is 5."""
    if not isinstance(value, str) or len(value) > _LONGEST_MEANT:
        return None
    text = unicodedata.normalize("NFKC", value).replace("_", "").strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    found = _DIGITS.fullmatch(text)
    return found.group(1).replace("+", "") + found.group(2) if found else None


_BRACKETS = "[]【】［］()（）「」"
_QUOTES = "\"'“”‘’「」『』"


def _items_meant(value: str) -> list[str]:
    """The items of a list that was written as one text, with other signs than YAML's."""
    text = value[:1000].strip().strip(_BRACKETS)
    parts = re.split(r"(?:^|\s)-", text) if text.startswith("-") else re.split("[,，、;；]", text)
    return [item for one in parts if (item := one.strip().strip(_QUOTES))]


_DATES = (
    re.compile(r"(?P<y>[0-9]{4})(?:[-/.]|\s*年\s*)(?P<m>[0-9]{1,2})(?:[-/.]|\s*月\s*)(?P<d>[0-9]{1,2})\s*日?(?:[T ][0-9:.]+Z?)?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"),
)


def _date_meant(value: str) -> str | None:
    """The day that a text was meant to be, as we write it; None where it could be another."""
    text = unicodedata.normalize("NFKC", value[:_LONGEST_MEANT]).strip().strip(_QUOTES)
    for form in _DATES:
        if found := form.fullmatch(text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return None
    return None


def _not_allowed(kind: Any, route: Route, value: Any, around: Any) -> Iterator[Mismatch]:
    if value is None:
        yield _empty(route)
        return
    options = list(kind.options) if kind.name == "enum" else [kind.expected_value]
    yield _outside(route, value, options, around)


def _outside(route: Route, value: Any, options: list[Any], around: Any) -> Mismatch:
    """A value that is none of those allowed."""
    shown = _few([_plain(option) for option in options])
    message = msg('"{value}" is not allowed for "{name}"', value=_plain(value), name=_name(route))
    meant = _called(value, around) or nearest(str(value), [option for option in options if isinstance(option, str)])
    hint = msg('did you mean "{name}"? allowed: {names}', name=meant, names=shown) if meant else msg("allowed: {names}", names=shown)
    return Mismatch("value-not-allowed", route, message, hint)


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
        elif day := _date_meant(str(value)):
            hint = msg("write {date}", date=day)
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
    examples = [str(one) for one in around.get("examples") or () if isinstance(one, str | int)]
    text = str(value)
    if unseen := _UNSEEN.search(text):
        hint = msg("delete the character {code} in it, it cannot be seen", code=f"U+{ord(unseen.group()):04X}")
    elif (bare := text.strip(_CURLY)) != text and bare:
        hint = msg("these are curly quotes; write {value} without them", value=bare)
    elif pattern == ID_PATTERN:
        hint = msg('use lower-case letters, digits and single hyphens, as "{example}"', example=example or "spring-launch")
    elif len(examples) > 1:
        hint = msg("write it like one of these: {names}", names=_few(examples))
    elif example:
        hint = msg('write it like "{example}"', example=example)
    else:
        hint = msg("it must match {pattern}", pattern=pattern or str(around.get("format", "")))
    return Mismatch("bad-format", route, message, hint)


_CURLY = "“”‘’「」『』"
_UNSEEN = re.compile("[\u00a0\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\u3000]")

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


def _few(names: list[str]) -> tuple[str, ...]:
    """The first of many names, with a sign that there are more."""
    return (*names[:14], "…") if len(names) > 14 else tuple(names)


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


def _route(error: Any, data: Any) -> Route:
    """Where an error is. The validator gives a name that looks like a number as a number, without its zeros: ``007`` as 7."""
    found: list[str | int] = []
    for step in error.instance_path:
        if isinstance(data, dict) and step not in data:
            step = next(name for name in data if name.removeprefix("+").lstrip("0") == str(step).lstrip("0"))
        found.append(step)
        data = data[step]
    return tuple(found)


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
