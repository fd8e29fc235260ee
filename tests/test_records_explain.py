"""What is wrong with data, in our words: of every kind of error a sentence, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trueup.records.explain import Mismatch
from trueup.records.kinds import built_in_schemas
from trueup.records.validate import Gate


def said(schema: Any, data: Any) -> list[str]:
    gate = Gate(schema)
    found = gate.mismatches(data)
    assert gate.accepts(data) == (not found)
    return [line(one) for one in found]


def line(one: Mismatch) -> str:
    place = "/".join(map(str, one.route)) + (" (key)" if one.at_key else "")
    return f"{place}: {one.rule}: {one.message}" + (f" ({one.hint})" if one.hint else "")


TASK = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": 20, "examples": ["Ring the depots"]},
        "status": {"type": "string", "enum": ["todo", "doing", "blocked", "done"]},
        "due": {"type": "string", "format": "date"},
        "estimate": {"type": "number", "exclusiveMinimum": 0},
        "important": {"type": "boolean"},
        "owner": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "examples": ["li-wei"]},
        "tags": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
        "ignore": {"type": "object", "propertyNames": {"pattern": "^TU[0-9]{3}$", "examples": ["TU412"]}},
        "tasks": {"type": "array", "items": {"$ref": "#"}},
    },
}


@pytest.mark.parametrize(
    ("data", "found", "words"),
    [
        ({"title": "a"}, [], ""),
        ({}, [": missing-field"], 'the field "title" is missing'),
        ({"titel": "a"}, ["titel (key): unknown-field"], 'did you mean "title"?'),
        ({"title": "a", "zzz": 1}, ["zzz (key): unknown-field"], "the fields here are title, status"),
        ({"title": None}, ["title: wrong-type"], '"title" has no value'),
        ({"title": 2026}, ["title: wrong-type"], 'put it in quotes: "2026"'),
        ({"title": True}, ["title: wrong-type"], 'put it in quotes: "true"'),
        ({"title": ["a"]}, ["title: wrong-type"], "must be text, not a list"),
        ({"title": ""}, ["title: out-of-range"], "it is 0"),
        ({"title": "x" * 21}, ["title: out-of-range"], "at most 20 characters"),
        ({"title": "a", "status": "Doing"}, ["status: value-not-allowed"], 'did you mean "doing"?'),
        ({"title": "a", "status": "?"}, ["status: value-not-allowed"], "allowed: todo, doing, blocked, done"),
        ({"title": "a", "status": None}, ["status: wrong-type"], '"status" has no value'),
        ({"title": "a", "due": "2026-02-30"}, ["due: bad-date"], "2026-02-30"),
        ({"title": "a", "due": "20.11.2026"}, ["due: bad-date"], "2026-11-20"),
        ({"title": "a", "estimate": "3 days"}, ["estimate: wrong-type"], "must be a number, not text"),
        ({"title": "a", "estimate": "1_000"}, ["estimate: wrong-type"], "write 1000"),
        ({"title": "a", "estimate": "017"}, ["estimate: wrong-type"], "write 17"),
        ({"title": "a", "estimate": 0}, ["estimate: out-of-range"], "must be more than 0"),
        ({"title": "a", "important": "no"}, ["important: wrong-type"], "write false"),
        ({"title": "a", "important": "On"}, ["important: wrong-type"], "write true"),
        ({"title": "a", "owner": "Li Wei"}, ["owner: bad-format"], "lower-case letters, digits and single hyphens"),
        ({"title": "a", "tags": "depot"}, ["tags: wrong-type"], "[depot]"),
        ({"title": "a", "tags": ["x", "y", "x"]}, ["tags/2: repeated-value"], '"x" stands twice in "tags"'),
        ({"title": "a", "ignore": {"TU4": "why"}}, ["ignore/TU4 (key): bad-format"], 'write it like "TU412"'),
        ({"title": "a", "tasks": [{"title": "b"}, {"title": 1}]}, ["tasks/1/title: wrong-type"], '"title" must be text'),
        ([], [": wrong-type"], "must be a mapping of fields, not a list"),
    ],
)
def test_mismatches__in_our_words(data: Any, found: list[str], words: str) -> None:
    lines = said(TASK, data)
    assert [line.split(": ")[0] + ": " + line.split(": ")[1] for line in lines] == found
    assert words in "".join(lines)


@pytest.mark.parametrize(
    ("schema", "data"),
    [
        (False, 1),
        ({"not": {"const": 1}}, 1),
        ({"if": {"const": 1}, "then": {"const": 2}}, 1),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}),
        ({"unevaluatedProperties": False, "properties": {"a": {}}}, {"a": 1, "b": 2}),
        ({"unevaluatedItems": False}, [1]),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, []),
        ({"oneOf": [{"type": "integer"}, {"const": 1}]}, 1),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1, "b": 1}),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {}),
        ({"contains": {"const": 1}}, [2]),
        ({"contains": {"const": 1}, "minContains": 2}, [1]),
        ({"contains": {"const": 1}, "maxContains": 1}, [1, 1]),
        ({"items": False}, [1]),
        ({"prefixItems": [{"type": "string"}]}, [1]),
        ({"properties": {"a": False}}, {"a": 1}),
        ({"properties": {"a": True}, "required": ["b"]}, {}),
        ({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": False}, {"b": 1}),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}),
        ({"propertyNames": False}, {"ab": 1}),
        ({"minProperties": 1}, {}),
        ({"maxProperties": 0}, {"a": 1}),
        ({"multipleOf": 0.5}, 0.7),
        ({"format": "email"}, "nobody"),
        ({"format": "date-time"}, "2026-11-20T10:00"),
        ({"format": "uri"}, "no uri"),
        ({"enum": [True, None, 1, {"a": []}]}, False),
        ({"const": {"a": 1}}, {"a": 2}),
        ({"enum": ["a"]}, None),
        ({"type": ["string", "null"], "enum": ["a"]}, None),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}, 1),
        ({"$dynamicRef": "#a", "$defs": {"b": {"$dynamicAnchor": "a", "type": "string"}}}, 1),
        ({"allOf": [{"allOf": [{"required": ["x"]}]}]}, {}),
        ({"uniqueItems": True}, [{"a": [1]}, {"a": [1]}]),
        ({"uniqueItems": True}, [1, 1.0]),
    ],
)
def test_mismatches__nothing_is_refused_without_a_word(schema: Any, data: Any) -> None:
    for text in said(schema, data):
        assert "None" not in text.split(":")[0]
    (first, *_) = Gate(schema).mismatches(data)
    assert first.message.say("zh")


def test_mismatches__five_faults_are_five_findings() -> None:
    data = {"titel": "a", "status": "doign", "due": "2026-13-01", "estimate": "x", "tasks": [{"title": "b", "tags": "c"}]}
    assert {line(one).split(": ")[0] for one in Gate(TASK).mismatches(data)} == {"status", "due", "estimate", "tasks/0/tags", "titel (key)"}


@pytest.mark.parametrize(
    "data",
    [
        {"x" * 1_000_000: "y"},
        {"title": "x" * 1_000_000, "status": "y" * 1_000_000, "due": "2" * 1_000_000, "owner": "Ü" * 1_000_000},
        {"title": ["x" * 1_000_000], "estimate": "9" * 1_000_000, "tags": "z" * 1_000_000, "important": "no" * 500_000},
        {"title": "a", "tags": ["x" * 1_000_000] * 2, "ignore": {"k" * 1_000_000: "z"}},
        {"a" * 60_000 + str(number): 1 for number in range(16)},
    ],
)
def test_mismatches__of_huge_values_are_short(data: Any) -> None:
    for one in Gate(TASK).mismatches(data):
        for language in ("en", "zh"):
            assert len(one.message.say(language)) <= 500
            assert one.hint is None or len(one.hint.say(language)) <= 500


def test_mismatches__a_text_that_looks_like_a_template_is_only_text() -> None:
    assert said({"enum": ["{0}", "{name.__class__}"]}, "{value}") == [
        ': value-not-allowed: "{value}" is not allowed for "record" (allowed: {0}, {name.__class__})'
    ]


@pytest.mark.parametrize(
    ("schema", "data", "found"),
    [
        ({"not": {"required": ["a"]}}, {"a": 1}, ': schema-mismatch: "record" has a value that its schema rules out'),
        ({"properties": {"a": False}}, {"a": 1}, 'a: schema-mismatch: "a" cannot be given here'),
        ({"properties": {"a": {"contains": {"const": 1}}}}, {"a": [2]}, 'a: schema-mismatch: the list "a" does not hold the items'),
        ({"properties": {"a": {"unevaluatedItems": False}}}, {"a": [2]}, 'a: schema-mismatch: the list "a" has items that its schema'),
        ({"properties": {"a": {}}, "unevaluatedProperties": False}, {"b": 1}, 'b (key): unknown-field: there is no field "b" here'),
    ],
)
def test_mismatches__are_in_our_own_words(schema: Any, data: Any, found: str) -> None:
    (one,) = said(schema, data)
    assert one.startswith(found)


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ({"maxLength": 4}, "(a name here may have at most 4 characters)"),
        ({"maxLength": 4, "pattern": "^[a-z]+$", "examples": ["abc"]}, "(a name here may have at most 4 characters)"),
        ({"minLength": 8}, "(a name here needs at least 8 characters)"),
        ({"enum": ["a", "b"]}, "(allowed: a, b)"),
        ({"pattern": "^TU"}, "(it must match ^TU)"),
        ({"pattern": "^TU", "examples": ["TU1"]}, '(write it like "TU1")'),
        ({"const": "a"}, 'cannot be a name in "record"'),
    ],
)
def test_mismatches__a_name_that_is_not_allowed_is_told_why(names: Any, hint: str) -> None:
    (one,) = said({"propertyNames": names}, {"lengthy": 1})
    assert one.endswith(hint)


def test_mismatches__a_list_for_a_mapping_is_told_what_to_write() -> None:
    (one,) = said(TASK, {"title": "a", "ignore": ["TU412"]})
    assert one.endswith('(write lines of the form "TU412: …" below it, without dashes)')


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2026-W53", ""),
        ("2025-W52", ""),
        ("2025-W53", 'period: bad-date: there is no period "2025-W53" in the calendar (the last week of 2025 is 2025-W52)'),
        ("0000", 'period: bad-date: there is no period "0000" in the calendar (correct the year)'),
        ("0000-W01", 'period: bad-date: there is no period "0000-W01" in the calendar (correct the year)'),
        ("2026-W54", 'period: bad-date: there is no period "2026-W54" in the calendar (the last week of 2026 is 2026-W53)'),
    ],
)
@pytest.mark.parametrize("kind", ["goal", "scorecard"])
def test_mismatches__a_period_that_the_calendar_has_not(kind: str, period: str, found: str) -> None:
    schema = {**json.loads(built_in_schemas()[kind]), "required": []}
    assert said(schema, {"period": period}) == ([found] if found else [])


def test_mismatches__what_is_no_period_at_all_is_told_once() -> None:
    (one,) = said({**json.loads(built_in_schemas()["goal"]), "required": []}, {"period": "Q4"})
    assert one.startswith('period: bad-format: "Q4" does not have the form')
    assert said({"format": "period"}, "2026-13") == [': bad-date: there is no period "2026-13" in the calendar (correct the month)']
