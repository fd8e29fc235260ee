"""What the YAML parser stops at, in words that name what people wrote."""

from __future__ import annotations

import time

import pytest

from reading import read_markdown, read_yaml, rules


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\na: 1\nb: [1, 2\nc: 3\n---\n", "3:4"),
        ("---\na: 1\nb: [\n---\n", "3:5"),
        ("---\na: 'x\nb: 1\n---\n", "2:4"),
        ("---\na: b: c\n---\n", "2:5"),
        ("---\na: @x\n---\n", "2:4"),
        ("---\na:\n\t- b\n---\n", "3:1"),
        ("---\na: 1\n  b: 2\n---\n", "3:4"),
        ("---\n标题: 值: 二\n---\n", "2:6"),
        ("---\r\na: 1\r\nb: @x\r\n---\r\n", "3:4"),
    ],
)
def test_syntax_fault__syntax_error_is_one_finding_at_its_place(text: str, place: str) -> None:
    source = read_markdown(text)
    assert rules(source) == [f"{place} yaml-syntax"]
    assert source.data is None


def test_syntax_fault__message_never_quotes_the_parser_where_a_mistake_is_common() -> None:
    common = [
        "a: @x",
        "a: b: c",
        "a: 'x",
        "a: [1",
        "a: [",
        "a: {b: 1",
        "a\nb: 1",
        "a: - b",
        'a: "\\q"',
        "a: *",
        "a: !x!y z",
        "\ta: 1",
        "- a\nb: 1",
    ]
    for text in common:
        (fault,) = read_yaml(text).faults
        assert "not YAML" not in str(fault.message), text
        assert fault.hint is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('- "Late" delivery\n', "1:10 something follows a value that has ended with a quote or a bracket (put the whole value in quotes)"),
        ("a:\n  - [ ] Design\n", "2:9 something follows a value that has ended with a quote or a bracket (put the whole value in quotes)"),
        ("t: [#a, #b]\nb: 1\n", '1:5 "#" begins a comment here, and the rest of the line is not read (put the value in quotes)'),
        ("t: [a, #b]\n", '1:8 "#" begins a comment here, and the rest of the line is not read (put the value in quotes)'),
        ("t: “Shop: fast”\n", '1:4 curly quotes are not quotes in YAML (write straight quotes: "…")'),
        ("t: *Late* boxes\n", '1:4 a value must not start with "*" (put the value in quotes)'),
        ("t: [a, b\n", '1:4 a list in "[" is never closed, or a comma is missing (close it with "]")'),
        ("t: [a, b\nc: d\n", '1:4 a list in "[" is never closed, or a comma is missing (close it with "]")'),
        ("t：新\np：x\n", '1:2 the full-width colon "：" does not end the name of a field (write ":" and a space)'),
        ("t:\u3000新\n", "1:3 a full-width or no-break space stands here (write a plain space)"),
        ("t: a\nb:\u00a0x\n", "2:3 a full-width or no-break space stands here (write a plain space)"),
        ("t: a\n\u3000b: x\n", "2:1 a full-width or no-break space stands here (write a plain space)"),
        ("t:\n  -\u3000b: x\n", "2:4 a full-width or no-break space stands here (write a plain space)"),
        ("t:\n  -\u3000b\n", "2:4 a full-width or no-break space stands here (write a plain space)"),
        ("t:\n  - a\n  -\u3000b\n", "3:4 a full-width or no-break space stands here (write a plain space)"),
        ("t:\n  a\n  -\u3000b\n  c\n", "3:4 a full-width or no-break space stands here (write a plain space)"),
        ("t:\n- - a\n  -\u00a0b\n", "3:4 a full-width or no-break space stands here (write a plain space)"),
        ("-\u00a0b\n", "1:2 a full-width or no-break space stands here (write a plain space)"),
    ],
)
def test_syntax_fault__what_people_write_is_named_at_its_place(text: str, found: str) -> None:
    (fault,) = read_yaml(text).faults
    assert f"{fault.position.line}:{fault.position.column} {fault.message} ({fault.hint})" == found
    assert fault.rule == "yaml-syntax"


def test_syntax_fault__a_line_of_brackets_and_comments_is_read_quickly() -> None:
    start = time.process_time()
    for piece in ("[", "[#", "[,#", "[ ", "- ", "：", "\u3000", "“: "):
        read_yaml("a: " + piece * (60_000 // len(piece.encode())))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("t: -\u3000b\n", "-\u3000b"),
        ("t: |\n  -\u3000b\n  -\u3000c\n", "-\u3000b\n-\u3000c\n"),
        ("t: '-\u3000b'\n", "-\u3000b"),
        ("t: a\u3000-\u3000b\n", "a\u3000-\u3000b"),
    ],
)
def test_wide_dash_fault__a_dash_that_begins_no_item_is_text(text: str, value: str) -> None:
    source = read_yaml(text)
    assert source.faults == ()
    assert source.data == {"t": value}
