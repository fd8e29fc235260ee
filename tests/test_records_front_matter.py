"""Where the fields end and the body begins."""

from __future__ import annotations

import pytest

from trueup.records.source import Source, read_source


def faults(source: Source) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}: {one.message}" for one in source.faults]


def rules(source: Source) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}" for one in source.faults]


def read_markdown(text: str | bytes) -> Source:
    return read_source("a.md", text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("text", "data", "body", "body_line"),
    [
        ("---\na: 1\n---\nbody\n", {"a": 1}, "body\n", 4),
        ("---\na: 1\n---", {"a": 1}, "", 3),
        ("---\na: 1\n...\nbody\n", {"a": 1}, "body\n", 4),
        ("--- \t\na: 1\n---  \nbody\n", {"a": 1}, "body\n", 4),
        ("---\na: 1\n---\nbody\n---\nmore\n", {"a": 1}, "body\n---\nmore\n", 4),
        ("---\r\na: 1\r\n---\r\nbody\r\n", {"a": 1}, "body\r\n", 4),
        ("\ufeff---\na: 1\n---\nbody\n", {"a": 1}, "body\n", 4),
        ("---\na: |\n  x\n  ---\n---\nbody\n", {"a": "x\n---\n"}, "body\n", 6),
        ("---\na: 1\n---\n\n\nbody", {"a": 1}, "\n\nbody", 4),
        ("---\na: 1\n---\nOne\n=======\n", {"a": 1}, "One\n=======\n", 4),
        ("---\na: 1\n---\n>>>>>>> quoted\n", {"a": 1}, ">>>>>>> quoted\n", 4),
        ("---\na: 1\n---\n<<<<<<<< eight\n", {"a": 1}, "<<<<<<<< eight\n", 4),
    ],
)
def test_halves_of__front_matter(text: str, data: object, body: str, body_line: int) -> None:
    source = read_markdown(text)
    assert faults(source) == []
    assert (source.data, source.body, source.body_line) == (data, body, body_line)


@pytest.mark.parametrize(
    "text",
    ["", "text\n", "\n---\na: 1\n---\n", "----\na: 1\n----\n", "--- a: 1\n---\n", "---\n---\n", "---\na: 1\n", "---\na: 1\n ---\n", "---"],
)
def test_halves_of__without_front_matter(text: str) -> None:
    source = read_markdown(text)
    assert rules(source) == ["1:1 no-front-matter"]
    assert source.data is None


def test_halves_of__fence_that_is_none_and_later_a_fence() -> None:
    assert rules(read_markdown("---\na: 1\n--- b\nc: 2\n---\n")) == ["3:1 forbidden-yaml"]
