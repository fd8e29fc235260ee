"""The judge of schemas: what it refuses and in which time, and that a second judge says the same."""

# ruff: noqa: E501 -- values to draw from stand side by side

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
from trueup.records.pointer import local_reference
from trueup.records.validate import BrokenSchema, Gate, pattern_test


def test_mismatches__at_most_fifty_and_quickly() -> None:
    known = {"title": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}}
    gate = Gate({"type": "object", "required": ["title"], "additionalProperties": False, "properties": known})
    start = time.process_time()
    assert len(gate.mismatches({f"titel{number}": 1 for number in range(45_000)})) == 50
    assert len(gate.mismatches({"title": "a", "tags": [1] * 45_000})) == 50
    assert time.process_time() - start < 2


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
    assert caught.value.reason.route == ("properties", "a", "type")


# --- A second opinion ------------------------------------------------------------------------------------------------

SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in built_in_schemas().items()} | {"trueup": config_schema()}

# Two differences are known, and no value here shows them: for us a line end does not match `$`, and a pattern runs in
# linear time. Without them the library `jsonschema`, which shares no code with ours, must say the same.
JUNK = st.sampled_from(
    [
        None, True, False, 0, 1, -1, 3, 5, 6, 11, 2026, 0.5, -0.5, 1e300, 5.0, 2**63 - 1, "", " ", "x", "A b", "li-wei", "x" * 81, "y" * 201,
        "2026-11-20", "2026-02-30", "2026-13-01", "9999-12-31", "0000-01-01", "2026-1-1", "09:30", "25:00", "2026-Q4", "2026-W53", "goal/a", "plan/a#b",
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
        assert Gate({**schema, "$defs": whole.get("$defs", {})}).mismatches(example) == []
