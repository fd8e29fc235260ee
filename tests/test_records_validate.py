"""The judge of schemas: what it refuses, in which words and where, and that a second judge says the same."""

# ruff: noqa: E501 -- findings are compared whole, as they are printed

from __future__ import annotations

import json
import time
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueup.records.config import config_schema
from trueup.records.kinds import BUILT_IN, built_in_schemas
from trueup.records.validate import BrokenSchema, Gate, Mismatch, did_you_mean, local_reference, nearest, pattern_test, pointer


def said(schema: Any, data: Any) -> list[str]:
    gate = Gate(schema)
    found = gate.mismatches(data)
    assert gate.accepts(data) == (not found)
    return [line(one) for one in found]


def line(one: Mismatch) -> str:
    place = "/".join(map(str, one.route)) + (" (key)" if one.at_key else "")
    return f"{place}: {one.rule}: {one.message}" + (f" ({one.hint})" if one.hint else "")


# --- Words -----------------------------------------------------------------------------------------------------------

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


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("plan", {"confidence": "0,8"}, 'confidence: wrong-type: "confidence" must be a number, not text (write 0.8)'),
        ("plan", {"effort": "1,5"}, 'effort: wrong-type: "effort" must be a number, not text (write 1.5)'),
        ("plan", {"reach": "1,000"}, 'reach: wrong-type: "reach" must be a number, not text (write 1000)'),
        ("goal", {"user_value": "５"}, 'user_value: wrong-type: "user_value" must be a whole number, not text (write 5)'),
        ("goal", {"key_results": ["Faster"]}, 'key_results/0: wrong-type: each item of "key_results" needs fields, not text (write "- id: …" and below it "title: …")'),
        ("goal", {"links": ["https://a.b"]}, 'links/0: wrong-type: each item of "links" needs fields, not text (write "- title: …" and below it "url: …")'),
        ("checkin", {"problems": "none"}, 'problems: wrong-type: "problems" must be a list, not text (delete the line if there is none)'),
        ("goal", {"key_results": "Faster"}, 'key_results: wrong-type: "key_results" must be a list, not text (write "- id: …" and below it "title: …")'),
        ("goal", {"teams": "product、operations"}, 'teams: wrong-type: "teams" must be a list, not text (write it as a list: "[product, operations]")'),
        ("goal", {"user_needs": "【快，准】"}, 'user_needs: wrong-type: "user_needs" must be a list, not text (write it as a list: "[快, 准]")'),
        ("feedback", {"themes": "late; packaging"}, 'themes: wrong-type: "themes" must be a list, not text (write it as a list: "[late, packaging]")'),
        ("goal", {"teams": "-product -operations"}, 'teams: wrong-type: "teams" must be a list, not text (write it as a list: "[product, operations]")'),
        ("decision", {"date": 20261120}, 'date: wrong-type: "date" must be text, not a whole number (write 2026-11-20)'),
        ("decision", {"date": 20261320}, 'date: wrong-type: "date" must be text, not a whole number (put it in quotes: "20261320")'),
        ("decision", {"date": "2026/11/20"}, 'date: bad-date: "2026/11/20" in "date" is not a date (write 2026-11-20)'),
        ("decision", {"date": "2026年11月3日"}, 'date: bad-date: "2026年11月3日" in "date" is not a date (write 2026-11-03)'),
        ("decision", {"date": "11/12/2026"}, 'date: bad-date: "11/12/2026" in "date" is not a date (write it as year-month-day, like 2026-11-20)'),
        ("decision", {"supersedes": ["x"]}, 'supersedes: wrong-type: "supersedes" must be text, not a list (write x without brackets)'),
        ("feedback", {"importance": 5}, 'importance: value-not-allowed: "5" is not allowed for "importance" (allowed: nice-to-have, useful, important, dealbreaker)'),
        ("plan", {"impact": "medium"}, 'impact: value-not-allowed: "medium" is not allowed for "impact" (allowed: 0.25, 0.5, 1, 2, 3)'),
        ("plan", {"impact": "2"}, 'impact: wrong-type: "impact" must be a number, not text (write 2)'),
        ("decision", {"tripwire": "late"}, 'tripwire: wrong-type: "tripwire" must be a mapping of fields, not text (write its fields on lines below it, such as "metric: …")'),
        ("goal", {"period": "Q4 2026"}, 'period: bad-format: "Q4 2026" does not have the form that "period" needs (write it like one of these: 2026-Q4, 2026-H2, 2026-11, 2026-W47, 2026)'),
        ("goal", {"period": "“2026-Q4”"}, 'period: bad-format: "“2026-Q4”" does not have the form that "period" needs (these are curly quotes; write 2026-Q4 without them)'),
        ("goal", {"parent": "a\u200b"}, 'parent: bad-format: "a\u200b" does not have the form that "parent" needs (delete the character U+200B in it, it cannot be seen)'),
        ("cadence", {"day": "x"}, 'day: value-not-allowed: "x" is not allowed for "day" (allowed: monday, tuesday, wednesday, thursday, friday, saturday, sunday, 1, 2, 3, 4, 5, 6, 7, …)'),
    ],
)  # fmt: skip
def test_mismatches__a_hint_does_not_repeat_the_mistake(kind: str, data: Any, found: str) -> None:
    schema = {**SCHEMAS[kind], "required": []}
    assert said(schema, data) == [found]


def test_mismatches__five_faults_are_five_findings() -> None:
    data = {"titel": "a", "status": "doign", "due": "2026-13-01", "estimate": "x", "tasks": [{"title": "b", "tags": "c"}]}
    assert {line(one).split(": ")[0] for one in Gate(TASK).mismatches(data)} == {"status", "due", "estimate", "tasks/0/tags", "titel (key)"}


def test_mismatches__at_most_fifty_and_quickly() -> None:
    start = time.process_time()
    assert len(Gate(TASK).mismatches({f"titel{number}": 1 for number in range(45_000)})) == 50
    assert len(Gate(TASK).mismatches({"title": "a", "tags": [1] * 45_000})) == 50
    assert time.process_time() - start < 2


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


@pytest.mark.parametrize("name", ["21", "007", "+7", "0", "00", "-1", "18446744073709551616", "0" * 5000 + "1", "1.5", "٧"])
def test_mismatches__of_a_name_that_looks_like_a_number(name: str) -> None:
    schema = {"additionalProperties": {"items": {"type": "string"}, "additionalProperties": {"type": "string"}}}
    assert [one.route for one in Gate(schema).mismatches({"x": [], name: ["a", 5]})] == [(name, 1)]
    assert [one.route for one in Gate(schema).mismatches({"x": {name: 5}})] == [("x", name)]


def test_mismatches__a_text_that_looks_like_a_template_is_only_text() -> None:
    assert said({"enum": ["{0}", "{name.__class__}"]}, "{value}") == [
        ': value-not-allowed: "{value}" is not allowed for "record" (allowed: {0}, {name.__class__})'
    ]


# --- Strictness ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2026-99-99", "2026-02-30", "2026-1-1", "2026-11-20T00:00", "20261120", "２０２６-11-20", "2026-11-20\n", ""]
)
def test_gate__a_date_is_always_checked(text: str) -> None:
    assert not Gate({"format": "date"}).accepts(text)


@pytest.mark.parametrize("text", ["abc\n", "abc\r\n", "\nabc", "abc\n\n", "ABC", ""])
def test_gate__a_line_end_never_matches_the_end_of_a_pattern(text: str) -> None:
    gate = Gate({"pattern": "^[a-z]+$"})
    assert gate.accepts("abc")
    assert not gate.accepts(text)
    assert len(gate.mismatches(text)) == 1


def test_gate__a_pattern_that_makes_others_backtrack() -> None:
    start = time.process_time()
    assert not Gate({"pattern": "^(a+)+$"}).accepts("a" * 60_000 + "b")
    assert not pattern_test("(x+x+)+y")("x" * 60_000)
    assert time.process_time() - start < 1


def test_gate__a_list_of_thousands_of_different_objects() -> None:
    start = time.process_time()
    gate, items = Gate({"uniqueItems": True}), [{"id": number, "tags": [number]} for number in range(3000)]
    assert gate.accepts(items)
    assert [one.route for one in gate.mismatches([*items, {"tags": [7], "id": 7}])] == [()]
    assert [one.route for one in gate.mismatches([*items, items[7]])] == [(3000,)]
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "schema",
    [
        5,
        {"type": "strin"},
        {"pattern": "("},
        {"pattern": "(?=a)b"},
        {"pattern": "(a{1000}){1000}"},
        {"required": "title"},
        {"$ref": "#/$defs/nowhere"},
        {"$ref": "http://127.0.0.1:1/schema"},
        {"$ref": "https://example.com/schema"},
        {"$ref": "file:///etc/passwd"},
        {"$ref": "other.json"},
        {"$ref": "json-schema:///x"},
        {"$dynamicRef": "http://127.0.0.1:1/x#y"},
    ],
)
def test_gate__schema_that_cannot_be_used(schema: Any) -> None:
    with pytest.raises(BrokenSchema) as caught:
        Gate(schema)
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    assert "root:" not in str(caught.value)


def test_gate__a_schema_of_another_dialect_is_read_as_ours_and_nothing_is_fetched() -> None:
    assert not Gate({"$schema": "http://127.0.0.1:1/meta", "type": "string"}).accepts(1)


def test_gate__says_where_a_schema_is_broken() -> None:
    with pytest.raises(BrokenSchema) as caught:
        Gate({"properties": {"a": {"type": "strin"}}})
    assert caught.value.route == ("properties", "a", "type")


# --- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "names", "found"),
    [
        ("titel", ["status", "title"], "title"),
        ("Due_Date", ["due-date", "done"], "due-date"),
        ("li-wie", ["li-wei", "li-na", "wang-li"], "li-wei"),
        ("quantum", ["title", "status"], None),
        ("", ["title"], None),
        ("a" * 1_000_000, ["title"], None),
        ("x", [], None),
    ],
)
def test_nearest(name: str, names: list[str], found: str | None) -> None:
    assert nearest(name, names) == found
    assert str(did_you_mean(name, names)) == (f'did you mean "{found}"?' if found else "None")


@pytest.mark.parametrize(
    ("target", "steps"),
    [
        ("#", ()),
        ("#/$defs/a", ("$defs", "a")),
        ("#/a~1b/c~0d/e%20f", ("a/b", "c~d", "e f")),
        ("#name", None),
        ("other.json#/a", None),
        ("", None),
    ],
)
def test_pointer(target: str, steps: tuple[str, ...] | None) -> None:
    assert pointer(target) == steps


def test_local_reference__follows_mappings_and_lists() -> None:
    schema = {"$defs": {"a": {"type": "string"}}, "anyOf": [{"const": 1}]}
    assert local_reference(schema, {"$ref": "#/$defs/a"}) == {"type": "string"}
    assert local_reference(schema, {"$ref": "#/anyOf/0"}) == {"const": 1}
    for nowhere in ("#/anyOf/7", "#/anyOf/x", "#/$defs/b/c", "#name", "http://example.com/"):
        assert local_reference(schema, {"$ref": nowhere}) == {}
    assert local_reference(schema, {"$ref": 5}) == {}


# --- A second opinion ------------------------------------------------------------------------------------------------

SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in built_in_schemas().items()} | {"trueup": config_schema()}

# Three differences are known, and no value here shows them: for us a line end does not match `$`, a pattern runs in
# linear time, and there is a year 0000 (RFC 3339). Without them the library `jsonschema`, which shares no code with
# ours, must say the same.
JUNK = st.sampled_from(
    [
        None, True, False, 0, 1, -1, 3, 5, 6, 11, 2026, 0.5, -0.5, 1e300, 5.0, 2**63 - 1, "", " ", "x", "A b", "li-wei", "x" * 81, "y" * 201,
        "2026-11-20", "2026-02-30", "2026-13-01", "9999-12-31", "2026-1-1", "09:30", "25:00", "2026-Q4", "2026-W53", "goal/a", "plan/a#b",
        "goal/", "no", "week", "https://example.com/a", "http://", "javascript:x", "ftp://a", "a@b.c", "对齐", "TU412", "monday", "Europe/Berlin",
        [], {}, [1], ["a", "a"], ["a", "b"], [[]], [{}], {"id": "a"}, {"id": 1}, {"": None}, [None], ["goal/a", "goal/a"], {"TU412": "why not"},
    ]
)  # fmt: skip


def values(schema: Any, root: Any, clean: bool, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that a schema accepts: its examples, its choices, what its parts accept; unless ``clean``, junk now and then."""
    if "$ref" in schema:
        schema = {**local_reference(root, schema), **schema}
    good = [st.sampled_from(schema[name]) for name in ("enum", "examples") if schema.get(name)]
    if schema.get("properties"):
        good.append(objects(schema, root, clean, depth))
    if isinstance(schema.get("items"), dict) and depth < 6:
        good.append(st.lists(values(schema["items"], root, clean, depth + 1), max_size=3))
    if schema.get("type") == "boolean":
        good.append(st.booleans())
    if schema.get("type") in ("integer", "number"):
        good.append(st.integers(-2, 12))
    return st.one_of(*good, *good, *good, JUNK) if not clean else st.one_of(*good) if good else st.just("x")


def objects(schema: Any, root: Any, clean: bool, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    inner = {name: values(one, root, clean, depth + 1) for name, one in schema["properties"].items()}
    required = {name: one for name, one in inner.items() if name in schema.get("required", ())}
    most = st.fixed_dictionaries(required, optional={name: one for name, one in inner.items() if name not in required})
    if clean:
        return most
    extra = st.dictionaries(st.sampled_from(["titel", "", "on", "x"]), JUNK, max_size=1)
    return st.one_of(
        most,
        most,
        most,
        st.tuples(most, extra).map(lambda both: {**both[0], **both[1]}),
        st.tuples(most, st.sampled_from(sorted(inner))).map(without),
    )


def without(both: tuple[dict[str, Any], str]) -> dict[str, Any]:
    return {name: value for name, value in both[0].items() if name != both[1]}


@pytest.mark.parametrize("name", [*BUILT_IN, "trueup"])
def test_gate__agrees_with_another_judge(name: str) -> None:
    schema = SCHEMAS[name]
    ours = Gate(schema)
    theirs = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)

    @settings(max_examples=150)
    @given(st.one_of(values(schema, schema, True), values(schema, schema, False)))
    def agree(data: Any) -> None:
        found = {one.route for one in ours.mismatches(data)}
        errors = {tuple(error.absolute_path) for error in theirs.iter_errors(data)}
        assert ours.accepts(data) == (not found) == (not errors)
        # Ours may say it more closely: at the unknown field, at the item that is repeated.
        assert errors <= {route[:length] for route in found for length in range(len(route) + 1)}

    agree()


@pytest.mark.parametrize("name", [*BUILT_IN, "trueup"])
def test_gate__takes_the_examples_of_the_schemas(name: str) -> None:
    def each(schema: Any) -> Any:
        if isinstance(schema, dict):
            for example in schema.get("examples", ()) if isinstance(schema.get("examples"), list) else ():
                yield schema, example
            for value in schema.values():
                yield from each(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from each(value)

    whole = SCHEMAS[name]
    for schema, example in each(whole):
        assert said({**schema, "$defs": whole.get("$defs", {})}, example) == []


def test_mismatches__a_label_written_for_its_value_is_understood() -> None:
    labels = {"active": {"en": "In progress", "zh": "进行中"}, "done": {"en": "Done", "zh": "已完成"}}
    gate = Gate({"properties": {"status": {"enum": ["active", "done"], "x-enum-labels": labels}}})
    for written in ("进行中", "in progress"):
        (found,) = gate.mismatches({"status": written})
        assert str(found.hint) == 'did you mean "active"? allowed: active, done'


def test_mismatches__a_list_written_with_commas_of_any_keyboard_is_taken_apart_in_the_hint() -> None:
    gate = Gate({"properties": {"tags": {"type": "array"}}})
    (found,) = gate.mismatches({"tags": "配送，退款、夜间, x"})
    assert str(found.hint) == 'write it as a list: "[配送, 退款, 夜间, x]"'
