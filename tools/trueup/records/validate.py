"""Judges plain data against a JSON Schema, and says in our own sentences what is wrong.

One judge does both: jsonschema-rs accepts or refuses, and its structured errors are what the sentences are made of, so
the two can never disagree. It runs without a network or file access, matches patterns in linear time, and always checks
formats (docs/decisions.md, "One judge of schemas").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import jsonschema_rs

from trueup.locale import msg
from trueup.records.dates import is_date
from trueup.records.explain import Mismatch, explained
from trueup.records.nearest import DID_YOU_MEAN
from trueup.records.periods import is_period
from trueup.records.pieces import cuts, has_many_names, is_small
from trueup.records.pointer import route_of, value_at
from trueup.records.unusable import unusable

# How often a schema that people write may look at one value; kinds of a workspace are counted.
USUAL_LOOKS = 4
_MOST_LOOKS_FOR_ONE = 1_000_000
_MAKE_SMALLER = msg("make it smaller, and check it again")

# Errors about a mapping that are true of a part of it too.
_ABOUT_NAMES = {"required", "additionalProperties", "propertyNames", "type"}

# More findings than this about one record help nobody.
MOST_MISMATCHES = 50


class BrokenSchema(ValueError):
    """A schema that cannot be used; ``reason`` says why and where in it."""

    def __init__(self, reason: Mismatch) -> None:
        super().__init__(str(reason.message))
        self.reason = reason


class Gate:
    """One schema, ready to judge."""

    __slots__ = ("_looks", "_schema", "_validator", "accepts")

    def __init__(self, schema: Any, looks: int = USUAL_LOOKS, *, has_year_zero: bool = True) -> None:
        """``looks`` is how often the schema may look at one value of what it judges (see endless.py).

        Where no date can be of the year 0000 (see dates.py), the validator's own notion of a date does, which is far quicker.
        """
        try:
            self._validator = jsonschema_rs.Draft202012Validator(
                schema,
                validate_formats=True,
                formats={"period": is_period, **({"date": is_date} if has_year_zero else {})},
                offline=True,
                pattern_options=jsonschema_rs.RegexOptions(),
            )
        except jsonschema_rs.ValidationError as error:
            raise BrokenSchema(unusable(error, schema)) from None
        except (jsonschema_rs.ReferencingError, ValueError) as error:
            message = msg("this is not a JSON Schema that can be used: {reason}", reason=str(error).split("\n")[0])
            raise BrokenSchema(Mismatch("invalid-schema", (), message)) from None
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
            yield from explained(error, self._schema, data)

    def _by_pieces(self, data: Any) -> Iterator[Mismatch]:
        for cut in cuts(data, self._looks, _field_names(self._schema)):
            piece = cut.piece(data)
            for error in () if self.accepts(piece) else self._validator.iter_errors(piece):
                whole = value_at(data, cut.route(data, route_of(error, piece)))
                if cut.keeps(whole) or error.kind.name in _ABOUT_NAMES:
                    for one in explained(error, self._schema, piece):
                        yield replace(one, route=cut.route(data, one.route))

    def _first(self, data: Any) -> Mismatch:
        """What is wrong first, where not all can be told."""
        if is_small(data, self._looks, _MOST_LOOKS_FOR_ONE):
            try:
                self._validator.validate(data)
            except jsonschema_rs.ValidationError as error:
                return next(explained(error, self._schema, data))
        return Mismatch("schema-mismatch", (), msg("the record does not fit its schema, and is too large to say where"), _MAKE_SMALLER)


# What a value of the wrong type is called besides; its type is what there is to mend.
_ABOUT_A_VALUE = {"value-not-allowed", "bad-format", "bad-date", "out-of-range", "schema-mismatch"}


def _once_each(found: list[Mismatch]) -> list[Mismatch]:
    """Without what only says again, of the same value or of a misspelt field, what another of them says."""
    mistyped = {one.route for one in found if one.rule == "wrong-type"}
    # Of a period that there is not, as 2026-W54, the form is wrong too: what the calendar says of it is the better help.
    misdated = {one.route for one in found if one.rule == "bad-date"}
    misspelt = {
        (*one.route[:-1], dict(one.hint.values)["name"])
        for one in found
        if one.rule == "unknown-field" and one.hint and one.hint.template == DID_YOU_MEAN
    }

    def is_news(one: Mismatch) -> bool:
        if one.rule == "missing-field":
            return (*one.route, dict(one.message.values)["name"]) not in misspelt
        if one.rule == "bad-format" and one.route in misdated:
            return False
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
