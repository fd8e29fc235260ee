"""Ways into data and schemas."""

from __future__ import annotations

import pytest

from trueup.records.pointer import local_reference, pointer
from trueup.records.validate import Gate


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


@pytest.mark.parametrize("name", ["21", "007", "+7", "0", "00", "-1", "18446744073709551616", "0" * 5000 + "1", "1.5", "٧"])
def test_mismatches__of_a_name_that_looks_like_a_number(name: str) -> None:
    schema = {"additionalProperties": {"items": {"type": "string"}, "additionalProperties": {"type": "string"}}}
    assert [one.route for one in Gate(schema).mismatches({"x": [], name: ["a", 5]})] == [(name, 1)]
    assert [one.route for one in Gate(schema).mismatches({"x": {name: 5}})] == [("x", name)]
