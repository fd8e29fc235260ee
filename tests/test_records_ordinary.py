"""The quick reader: what it reads, it reads as the careful one does; what it leaves alone, the careful one judges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trueup.records.careful import DEEPEST, MOST_EVENTS, Careful
from trueup.records.ordinary import Unusual, read_ordinary

# Pieces of which YAML is made, so that many of the texts are YAML at all.
PIECES = st.sampled_from(
    (
        "a: b\n", "a: 1\n", "b:\n", "  c: 1.50\n", "- x\n", "  - y: z\n", "a-b: 2026-11-22\n", "d: |\n  text\n",
        'e: "quoted"\n', "f: 'it''s'\n", "g: [1, 2]\n", "h: {i: j}\n", "k: # note\n", "l: x #1\n", "&a ", "*a", "!tag ",
        "<<: *a\n", "? m\n: n\n", "---\n", "...\n", "%YAML 1.2\n", "null: 1\n", "12: 1\n", "o: 017\n", "p: 12:30\n",
        "q: ~\n", "r: .inf\n", "s: 99999999999999999999\n", "目标: 值\n", "t：u\n", "-　v\n", "w: \\x01\n", 'y: "\\u202e"\n',
        "\t", "  ", "\n", ":", "-", "#", '"', "'", "{", "[", "\x85", "\u2028",
    )
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=40)


def ordinary(text: str) -> Any:
    try:
        return read_ordinary("a.yaml", text)
    except Unusual:
        return Unusual


def careful(text: str) -> tuple[Any, list[Any]]:
    reader = Careful("a.yaml", 1)
    data = reader.build(text)[0]
    return data, [*reader.faults, *reader.commented, *reader.cut]


@given(TEXTS)
@example("a: x\nb: [1, 2.5, true, ~, 2026-11-22]\nc:\n  - d: 'e'\n")
@example("a: &b 1\n")
@example("a: 1\na: 2\n")
@example("a: x #1\n")
@example("a: #1\n")
def test_read_ordinary__what_it_reads_is_what_the_careful_reader_reads_and_finds_nothing_in(text: str) -> None:
    found = ordinary(text)
    if found is not Unusual:
        data, told = careful(text)
        assert told == []
        assert repr(found) == repr(data)  # 1 is not True, and 1.0 is not 1


@pytest.mark.parametrize(
    "text",
    [
        "", "text\n", "- a\n", "a: &b 1\n", "a: *b\n", "a: !x 1\n", "a: !!str 1\n", "a: 1\na: 2\n", "&a b: 1\n", "*a : 1\n",
        "'a': 1\n", "1: a\n", "null: a\n", "<<: {}\n", "[a]: 1\n", "? {a: 1}\n: 1\n", "a:\n", "a: x #1\n", "a: .nan\n",
        "a: 1e999\n", "a: 18446744073709551616\n", 'a: "\\u202e"\n', "%YAML 1.2\n---\na: 1\n", "a: 1\n---\nb: 2\n",
        "a: [\n", "a\x85b: 1\n", "目标: 1\n", "a:\n -　b\n",
    ],
)  # fmt: skip
def test_read_ordinary__leaves_what_is_unusual_to_the_careful_reader(text: str) -> None:
    assert ordinary(text) is Unusual


def test_read_ordinary__leaves_what_is_deep_or_long_to_the_careful_reader() -> None:
    def nested(depth: int) -> str:
        return "a: " + "[" * depth + "]" * depth + "\n"

    assert ordinary(nested(DEEPEST - 1)) is not Unusual
    assert careful(nested(DEEPEST - 1))[1] == []
    assert ordinary(nested(DEEPEST)) is Unusual
    assert careful(nested(DEEPEST))[1] != []
    assert ordinary("a:\n" + "- b\n" * (MOST_EVENTS // 4)) is Unusual


def test_read_ordinary__reads_nearly_every_file_of_the_example() -> None:
    """Or it would not be worth having: the careful reader would read them all."""
    root = Path(__file__).parents[1]
    texts = [
        path.read_text(encoding="utf-8").split("---\n")[1]
        for folder in ("plans", "goals", "retros")
        for path in (root / folder).rglob("*.md")
    ]
    read = [text for text in texts if ordinary(text) is not Unusual]
    assert len(read) > 0.9 * len(texts) > 30
