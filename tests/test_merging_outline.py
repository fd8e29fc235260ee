"""The outline of a text holds all of it, and what is no text of fields has none."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triples import Maker, text_of
from trueup.merging.outline import Entry, NoOutline, Outline, outline
from trueup.records.front_matter import Halves, halves_of
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load

ROOT = Path(__file__).parents[1]


def entry(found: Outline, *way: str) -> Entry:
    block = found.block
    for step in way:
        one = next(one for number, one in enumerate(block.entries) if step in (one.name, str(number)))
        block = one.inner or block
    return one


def test_outline__of_every_record_of_the_example() -> None:
    records = load(WorkingTree(ROOT)).records
    for record in records:
        text = (ROOT / record.path).read_text(encoding="utf-8")
        halves = halves_of(record.path, text) if record.path.endswith(".md") else Halves(text, 1, "", 1)
        assert isinstance(halves, Halves)
        assert outline(halves.fields).data == record.data
    assert len(records) > 100


@given(seed=st.integers(0, 1 << 40))
@settings(max_examples=300)
def test_outline__is_the_text(seed: int) -> None:
    text = text_of(Maker(Random(seed)).record(), "mapping", 0)
    assert outline(text).text == text


def test_outline__comments_belong_to_what_follows() -> None:
    found = outline("# File\n\n# a\na: 1  # one\n\n# list\nb:  # of b\n  # first\n  - id: x  # id\n    # y\n    y: 1\n# last\n")
    assert found.head == "# File\n\n" and found.tail == "# last\n"
    assert (entry(found, "a").lead, entry(found, "a").start, entry(found, "a").rest) == ("# a\n", "a: 1", "  # one\n")
    assert (entry(found, "b").lead, entry(found, "b").rest) == ("\n# list\n", "  # of b\n")
    assert entry(found, "b", "0").lead == "  # first\n"
    assert entry(found, "b", "0", "y").lead == "    # y\n"


def test_outline__a_block_of_text_holds_its_empty_lines_and_what_only_looks_like_a_comment() -> None:
    found = outline("a: |+\n  # text\n\n  b: 1\n\nc: >-  # why\n  d\n# e\nf:\n")
    assert entry(found, "a").text == "a: |+\n  # text\n\n  b: 1\n\n"
    assert (entry(found, "c").text, entry(found, "f").lead) == ("c: >-  # why\n  d\n", "# e\n")


@pytest.mark.parametrize("text", [
    "{a: 1}\n", "text\n", "", "# only\n", "a: 1", "? a\n: 1\n", "a: &x 1\n", "a: 1\na: 2\n", "- [\n", "a: 1\r\nb: 2\n", "a: 1\n---\nb: 2\n",
])  # fmt: skip
def test_outline__what_has_none(text: str) -> None:
    with pytest.raises(NoOutline):
        outline(text)
