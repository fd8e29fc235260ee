"""From bytes to text: what is taken, what is refused, and at which place."""

from __future__ import annotations

import json

import pytest

from reading import faults, read_markdown, read_yaml, rules
from trueup.records.source import read_source


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"a: caf\xe9\n", "1:7 not-utf-8: the file is not UTF-8"),
        (b"a: 1\n\xe6\xa0: 2\n", "2:1 not-utf-8: the file is not UTF-8"),
        ("标题: 值".encode() + b"\xff", "1:6 not-utf-8: the file is not UTF-8"),
        (b"a: \xed\xa0\x80\n", "1:4 not-utf-8: the file is not UTF-8"),
        ("a: 1\n".encode("utf-16"), "1:1 not-utf-8: the file is UTF-16"),
        ("a: 1\n".encode("utf-16-be"), "1:1 forbidden-character: the character U+0000 is not allowed here"),
        (b"a: 1\nb: x\x00y\n", "2:5 forbidden-character: the character U+0000 is not allowed here"),
        (b"a: \x07\n", "1:4 forbidden-character: the character U+0007 is not allowed here"),
        (b"a: \x1b[31m\n", "1:4 forbidden-character: the character U+001B is not allowed here"),
        ("a: x\ufeffy\n".encode(), "1:5 forbidden-character: the character U+FEFF is not allowed here"),
        ("\ufeff\ufeffa: 1\n".encode(), "1:1 forbidden-character: the character U+FEFF is not allowed here"),
        ("a: 1\n".encode("utf-32"), "1:1 not-utf-8: the file is UTF-32"),
        ("a: x\u202ey\n".encode(), "1:5 forbidden-character: the character U+202E is not allowed here"),
        ("a: x\u061cy\n".encode(), "1:5 forbidden-character: the character U+061C is not allowed here"),
        ("a: x\u200ey\n".encode(), "1:5 forbidden-character: the character U+200E is not allowed here"),
        ("---\na: x\n---\ny\u200f\n".encode(), "4:2 forbidden-character: the character U+200F is not allowed here"),
        ("标: \u2066y\n".encode(), "1:4 forbidden-character: the character U+2066 is not allowed here"),
        ("a: x\u0085y\n".encode(), "1:5 forbidden-character: the character U+0085 is not allowed here"),
        ("a: 1\nb: x\u2028y\n".encode(), "2:5 forbidden-character: the character U+2028 is not allowed here"),
        (b"a: 1\rb: 2\n", "1:5 forbidden-character: the character U+000D is not allowed here"),
    ],
)
def test_read_text__bytes_that_are_no_text(raw: bytes, found: str) -> None:
    source = read_yaml(raw)
    assert faults(source) == [found]
    assert source.data is None


def test_read_text__plain_characters_beyond_ascii_are_read() -> None:
    text = "标题: 对齐 👩‍🚀 é\nzero: a\u200bb\ntabs: a\tb\n"
    source = read_yaml(text)
    assert faults(source) == []
    assert source.data == {"标题": "对齐 👩‍🚀 é", "zero": "a\u200bb", "tabs": "a\tb"}


def test_read_text__as_large_as_a_file_and_a_line_may_be() -> None:
    line = b"a" * ((64 << 10) - 5)
    assert read_yaml(b"k: '" + line + b"'\n").faults == ()
    assert rules(read_yaml(b"j: 1\nk: '" + line + b"x'\n")) == ["2:1 too-large"]
    assert read_yaml(b"#\n" * (1 << 19)).faults == ()
    assert rules(read_yaml(b"#\n" * (1 << 19) + b"#")) == ["1:1 too-large"]


@pytest.mark.parametrize(
    ("text", "line", "other"),
    [
        ("---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n---\n", 2, 6),
        ("<<<<<<< HEAD\n---\na: 1\n---\n=======\n---\na: 2\n---\n>>>>>>> theirs\n", 1, 9),
        ("---\na: 1\n---\nbody\n<<<<<<< HEAD\nx\n||||||| base\ny\n=======\nz\n>>>>>>> theirs\n", 5, 11),
        ("---\r\n<<<<<<< HEAD\r\na: 1\r\n=======\r\na: 2\r\n>>>>>>> b\r\n---\r\n", 2, 6),
    ],
)
def test_read_text__merge_that_was_not_finished(text: str, line: int, other: int) -> None:
    source = read_markdown(text)
    assert faults(source) == [
        f"{line}:1 merge-conflict: a merge was not finished: two versions stand here, from line {line} to line {other}"
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\na: 1\n---\nx\n=======\ny\n>>>>>>> theirs\n", "5:1"),
        ("---\na: 1\n---\n<<<<<<< HEAD\nx\n", "4:1"),
        ("---\na: 1\n=======\nb: 1\n>>>>>>> theirs\n---\n", "3:1"),
    ],
)
def test_read_text__a_mark_that_a_merge_left(text: str, place: str) -> None:
    assert faults(read_markdown(text)) == [f"{place} merge-conflict: a merge was not finished: one of its marks stands here"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (r"\ud83d\ude00", "😀"),
        (r"a\uD83D\uDE00\ud83d\ude01b", "a😀😁b"),
        (r"\\\ud83d\ude00", "\\😀"),
        (r"\\ud83d\\ude00", r"\ud83d\ude00"),
        (r"\"\/\u00e9\n\t", '"/é\n\t'),
    ],
)
def test_pairs_joined__an_escape_that_json_writes_in_two_halves(written: str, value: str) -> None:
    source = read_source("a.json", f'{{"a": "{written}", "{written}": 1}}'.encode())
    assert faults(source) == []
    assert source.data == {"a": value, value: 1} == json.loads(f'{{"a": "{written}", "{written}": 1}}')


@pytest.mark.parametrize("written", [r"\ud83d", r"\ude00\ud83d", r"\ud83dx\ude00", r"\\\\\ud83d", r"\ud83d\u0041"])
def test_pairs_joined__half_an_escape_is_refused_as_before(written: str) -> None:
    assert [one.rule for one in read_source("a.json", f'{{"a": "{written}"}}'.encode()).faults] == ["yaml-syntax"]


def test_pairs_joined__only_in_json() -> None:
    assert rules(read_yaml(r'a: "\ud83d\ude00"')) == ["1:7 yaml-syntax"]
