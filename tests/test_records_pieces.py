"""Large data in small pieces: nothing that is wrong goes unsaid, and no finding is made up."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueup.records.endless import most_looks
from trueup.records.kinds import BUILT_IN, built_in_schemas, read_kind
from trueup.records.pieces import Cut, cuts, has_many_names, is_small
from trueup.records.validate import USUAL_LOOKS, Gate


def said(schema: Any, data: Any, looks: int = USUAL_LOOKS) -> list[tuple[Any, ...]]:
    return [(one.rule, *one.route) for one in Gate(schema, looks).mismatches(data)]


# --- Cutting ---------------------------------------------------------------------------------------------------------


def test_cut__keeps_short_lists_and_known_names_and_one_page_of_the_rest() -> None:
    data = {"title": "A", "tags": list(range(7)), "x1": 1, "x2": 2, "x3": 3}
    pieces = [Cut(2, page, {"title", "tags"}).piece(data) for page in range(4)]
    assert pieces == [
        {"title": "A", "tags": [0, 1], "x1": 1, "x2": 2},
        {"title": "A", "tags": [2, 3], "x3": 3},
        {"title": "A", "tags": [4, 5], "x1": 1, "x2": 2},
        {"title": "A", "tags": [6], "x3": 3},
    ]


def test_cut__knows_where_things_stand_in_the_whole() -> None:
    data = {"a": [[0, 1, 2], [3, 4, 5], [6, 7, 8]]}
    cut = Cut(2, 1, ())
    assert cut.piece(data) == {"a": [[8]]}
    assert cut.route(data, ("a", 0, 0)) == ("a", 2, 2)
    assert not cut.keeps(data["a"])
    assert cut.keeps([1, 2])
    assert cut.keeps("a long text")


DATA = st.recursive(
    st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.sampled_from("abcdefghi"), inner, max_size=9),
    max_leaves=60,
)


def routes(data: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [route, *(deeper for step, value in inside for deeper in routes(value, (*route, step)))]


def at(data: Any, route: tuple[str | int, ...]) -> Any:
    for step in route:
        data = data[step]
    return data


@given(DATA, st.integers(1, 4), st.integers(0, 3))
def test_cut__a_piece_is_a_part_of_the_whole(data: Any, width: int, page: int) -> None:
    cut = Cut(width, page, {"a"})
    piece = cut.piece(data)
    for route in routes(piece):
        whole, part = at(data, cut.route(data, route)), at(piece, route)
        assert type(part) is type(whole)
        assert part == whole or isinstance(part, dict | list)
        if isinstance(part, dict | list) and cut.keeps(whole):
            assert len(part) == len(whole)


def test_cuts__together_hold_every_item_of_a_long_list() -> None:
    data = {"a": list(range(60_000))}
    seen = [item for cut in cuts(data, 4, ()) for item in cut.piece(data)["a"]]
    assert sorted(seen) == data["a"]


def test_cuts__of_what_cannot_be_made_small_are_none() -> None:
    assert list(cuts({"a": 1}, 1_000_000, ())) == []


def test_is_small__counts_values_and_long_texts() -> None:
    assert is_small([1] * 99, 1, 100)
    assert not is_small([1] * 99, 2, 100)
    assert not is_small("x" * 256 * 100, 1, 100)
    assert not has_many_names({str(number): 1 for number in range(200)})
    assert has_many_names([{str(number): 1 for number in range(201)}])


# --- Judging by pieces -----------------------------------------------------------------------------------------------

PLAN = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string"},
        "tasks": {"type": "array", "uniqueItems": True, "maxItems": 90_000, "minItems": 2, "items": {"$ref": "#/$defs/task"}},
        "ignore": {"type": "object", "propertyNames": {"pattern": "^TU[0-9]+$"}, "additionalProperties": {"type": "string"}},
    },
    "$defs": {
        "task": {
            "type": ["object", "integer"],
            "additionalProperties": False,
            "properties": {"id": {"type": "integer"}},
            "required": ["id"],
        }
    },
}


def tasks(*wrong: int) -> dict[str, Any]:
    return {"title": "A", "tasks": [{"id": number if number not in wrong else "x"} for number in range(30_000)]}


def test_mismatches__of_a_long_list_are_found_wherever_they_are() -> None:
    assert said(PLAN, tasks()) == []
    assert said(PLAN, tasks(3, 17_000, 29_999)) == [("wrong-type", "tasks", number, "id") for number in (3, 17_000, 29_999)]


def test_mismatches__beside_a_long_list_are_found_once() -> None:
    data = {**tasks(20_000), "title": 5, "titel": "A"}
    assert sorted(said(PLAN, data), key=str) == sorted(
        [("wrong-type", "title"), ("unknown-field", "titel"), ("wrong-type", "tasks", 20_000, "id")], key=str
    )
    assert said(PLAN, {**tasks(), "title": 5}) == [("wrong-type", "title")]
    assert said(PLAN, {"tasks": tasks()["tasks"]}) == [("missing-field",)]


def test_mismatches__of_a_long_list_itself_are_told_where_nothing_else_is_wrong() -> None:
    assert said(PLAN, {"title": "A", "tasks": list(range(90_001))}) == [("out-of-range", "tasks")]
    assert said(PLAN, {"title": "A", "tasks": [*range(50_000), 7]}) == [("repeated-value", "tasks", 50_000)]


def test_mismatches__of_a_long_mapping() -> None:
    names = {f"TU{number}": "why" for number in range(15_000)}
    assert said(PLAN, {"title": "A", "ignore": names}) == []
    assert said(PLAN, {"title": "A", "ignore": {**names, "TU7": 5, "x": "why"}}) == [
        ("wrong-type", "ignore", "TU7"),
        ("bad-format", "ignore", "x"),
    ]


def test_mismatches__of_thousands_of_wrong_names_take_little_time_and_space() -> None:
    start = time.process_time()
    found = said(PLAN, {"title": "A", "ignore": {f"x{number}": "why" for number in range(45_000)}})
    assert found == [("bad-format", "ignore", f"x{number}") for number in range(50)]
    assert time.process_time() - start < 1


def test_mismatches__where_pieces_are_still_too_large_the_first_is_told() -> None:
    small = {"title": "A", "tasks": [{"id": 1}, {"id": "x"}, {"id": "y"}]}
    assert said(PLAN, small, looks=10_000) == [("wrong-type", "tasks", 1, "id")]
    (found,) = Gate(PLAN, 900_000).mismatches(small)
    assert str(found.message) == "the record does not fit its schema, and is too large to say where"


@pytest.mark.parametrize("width", [3, 10])
@given(
    st.lists(
        st.one_of(st.integers(0, 9), st.just("x"), st.fixed_dictionaries({"id": st.one_of(st.integers(0, 5), st.none())})), max_size=30
    )
)
def test_mismatches__by_pieces_are_those_of_the_whole(width: int, items: list[Any]) -> None:
    schema = {"items": {"anyOf": [{"type": "integer", "maximum": 7}, {"$ref": "#/$defs/task"}]}, "$defs": PLAN["$defs"]}
    whole = Gate(schema).mismatches(items)
    gate = Gate(schema, 20_000 // width)
    found = gate.mismatches(items)
    assert bool(found) == bool(whole)
    assert all(one in whole for one in found)


# --- How much a schema asks for --------------------------------------------------------------------------------------


def test_most_looks__of_the_built_in_schemas_are_few() -> None:
    for name in BUILT_IN:
        kind, _ = read_kind(f"schemas/{name}.schema.json", built_in_schemas()[name])
        assert kind is not None
        assert kind.looks <= USUAL_LOOKS


@pytest.mark.parametrize(
    ("schema", "looks"),
    [
        ({}, 1),
        ({"type": "string"}, 1),
        ({"properties": {"a": {}, "b": {}}}, 1),
        ({"properties": {"a": {}}, "patternProperties": {"^a": {}}, "additionalProperties": {}}, 3),
        ({"anyOf": [{}, {}]}, 3),
        ({"anyOf": [{"anyOf": [{}, {}]}, {"anyOf": [{}, {}]}]}, 7),
        ({"items": {"oneOf": [{}, {}, {}]}}, 4),
        ({"anyOf": [{"items": {}}, {"items": {}}]}, 3),
        ({"$ref": "#"}, 1),
        ({"properties": {"a": {"$ref": "#"}}}, 2),
    ],
)
def test_most_looks__counts_what_judges_one_value(schema: dict[str, Any], looks: int) -> None:
    def all_of(schema: Any) -> list[dict[str, Any]]:
        inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        own = [schema] if isinstance(schema, dict) else []
        return [*own, *(one for value in inner for one in all_of(value))]

    assert most_looks(schema, all_of(schema)) == looks
