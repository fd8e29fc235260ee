"""Reading one file: what is taken, what is refused, and at which place."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from conftest import Written
from trueup.records.source import MOST_EVENTS, Route, Source, read_source

Write = Callable[[Mapping[str, str | bytes]], Written]


def faults(source: Source) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}: {one.message}" for one in source.faults]


def rules(source: Source) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}" for one in source.faults]


def read_yaml(text: str | bytes) -> Source:
    return read_source("a.yaml", text if isinstance(text, bytes) else text.encode())


def read_markdown(text: str | bytes) -> Source:
    return read_source("a.md", text if isinstance(text, bytes) else text.encode())


# --- Scalars ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("12:30", "12:30"),
        ("017", "017"),
        ("08", "08"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("tRue", "tRue"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("nUll", "nUll"),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1.e-3", 0.001),
        (".", "."),
        ("+", "+"),
        ("-.", "-."),
        (".e5", ".e5"),
        ("-e5", "-e5"),
        ("+.e3", "+.e3"),
        ("1e", "1e"),
        ("1.2.3", "1.2.3"),
        ("01.5", "01.5"),
        ("2026-11-20", "2026-11-20"),
        ("2026-02-30", "2026-02-30"),
        ("T10:00+99:00", "T10:00+99:00"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("'~'", "~"),
    ],
)
def test_read_source__scalar(written: str, value: object) -> None:
    source = read_yaml(f"a: {written}\n")
    assert faults(source) == []
    assert source.data == {"a": value}
    assert type(source.data["a"]) is type(value)


@pytest.mark.parametrize(
    "written", ["9223372036854775808", "-9223372036854775809", "9" * 5000, "1e400", ".inf", "-.Inf", "+.INF", ".nan", ".NaN"]
)
def test_read_source__number_that_does_not_fit(written: str) -> None:
    source = read_yaml(f"b: 1\na: {written}\n")
    assert rules(source) == ["2:4 number-out-of-range"]
    assert source.data == {"b": 1, "a": None}


def test_read_source__the_same_number_in_quotes_is_text() -> None:
    assert read_yaml("a: '9223372036854775808'\nb: \".inf\"\n").data == {"a": "9223372036854775808", "b": ".inf"}


# --- What YAML can do and a record may not ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\nb: *x\n", ["1:4 forbidden-yaml", "2:4 forbidden-yaml"]),
        ("&a {x: *a}\n", ["1:1 forbidden-yaml", "1:8 forbidden-yaml"]),
        ("&k a: 1\n", ["1:1 forbidden-yaml"]),
        ("*k : 1\n", ["1:1 forbidden-yaml"]),
        ("<<: {a: 1}\n", ["1:1 forbidden-yaml"]),
        ("a: !!python/object/apply:os.system [id]\n", ["1:4 forbidden-yaml"]),
        ("a: !foo b\n", ["1:4 forbidden-yaml"]),
        ("a: !\n", ["1:4 forbidden-yaml"]),
        ("!!map\na: 1\n", ["1:1 forbidden-yaml"]),
        ("%TAG ! tag:example.com,2000:\n---\na: 1\n", ["1:1 forbidden-yaml"]),
        ("%YAML 1.1\n---\na: 1\n", ["1:1 forbidden-yaml"]),
        ("~: 1\nnull: 2\n", ["1:1 forbidden-yaml", "2:1 forbidden-yaml"]),
        ("1: x\n", ["1:1 forbidden-yaml"]),
        ("true: x\n", ["1:1 forbidden-yaml"]),
        ("? [a]\n: b\n", ["1:3 forbidden-yaml"]),
        ("? {a: 1}\n: b\n", ["1:3 forbidden-yaml"]),
        ("a: 1\n---\nb: 2\n", ["2:1 forbidden-yaml"]),
        ("a: 1\n---\n", ["2:1 forbidden-yaml"]),
    ],
)
def test_read_source__yaml_that_a_record_does_without(text: str, found: list[str]) -> None:
    assert rules(read_yaml(text)) == found


def test_read_source__quoted_merge_key_and_signs_are_text() -> None:
    source = read_yaml("'<<': a\nb: '*x'\nc: \"&y\"\nd: '!z'\n")
    assert faults(source) == []
    assert source.data == {"<<": "a", "b": "*x", "c": "&y", "d": "!z"}


def test_read_source__duplicate_key_names_both_lines_and_the_first_counts() -> None:
    source = read_markdown("---\na: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n---\n")
    assert faults(source) == [
        '4:1 duplicate-key: the field "a" is written twice; the first is on line 2',
        '5:11 duplicate-key: the field "d" is written twice; the first is on line 5',
    ]
    assert source.data == {"a": 1, "b": 2, "c": {"d": 1}}


def test_read_source__depth_of_fifty_is_read_and_one_more_is_not() -> None:
    assert read_yaml("[" * 50 + "]" * 50).faults == ()
    assert rules(read_yaml("[" * 51 + "]" * 51)) == ["1:51 forbidden-yaml"]
    assert rules(read_yaml("- " * 51 + "a")) == ["1:101 forbidden-yaml"]


def test_read_source__as_many_values_as_a_record_may_have() -> None:
    assert read_yaml("- 1\n" * MOST_EVENTS).faults == ()
    assert rules(read_yaml("- 1\n" * (MOST_EVENTS + 1))) == [f"{MOST_EVENTS + 1}:3 too-large"]


def test_read_source__at_most_fifty_faults_of_one_file() -> None:
    assert len(read_yaml("a: 1\n" * 1000).faults) == 50


# --- Bytes -----------------------------------------------------------------------------------------------------------


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
        ("a: x\u202ey\n".encode(), "1:5 forbidden-character: the character U+202E is not allowed here"),
        ("标: \u2066y\n".encode(), "1:4 forbidden-character: the character U+2066 is not allowed here"),
        ("a: x\u0085y\n".encode(), "1:5 forbidden-character: the character U+0085 is not allowed here"),
        ("a: 1\nb: x\u2028y\n".encode(), "2:5 forbidden-character: the character U+2028 is not allowed here"),
        (b"a: 1\rb: 2\n", "1:5 forbidden-character: the character U+000D is not allowed here"),
    ],
)
def test_read_source__bytes_that_are_no_text(raw: bytes, found: str) -> None:
    source = read_yaml(raw)
    assert faults(source) == [found]
    assert source.data is None


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\x1b", r"\r", r"\x85", r"\N", r"\L", r"\P", r"\u202e", r"\u2066", r"\uFEFF", r"\uffff"])
def test_read_source__an_escape_that_hides_the_same_characters(escape: str) -> None:
    source = read_yaml(f'a: 1\nb: "x{escape}y"\n')
    assert rules(source) == ["2:4 forbidden-character"]
    assert source.data == {"a": 1, "b": None}


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\U00110000", r"\U0000d83d"])
def test_read_source__an_escape_of_no_character(escape: str) -> None:
    source = read_yaml(f'a: 1\nb: "x{escape}y"\n')
    assert [one.rule for one in source.faults] == ["yaml-syntax"]
    assert source.faults[0].position.line == 2


def test_read_source__an_escape_in_a_key_is_told_once() -> None:
    assert rules(read_yaml('"a\\u202e": 1\n')) == ["1:1 forbidden-character"]


def test_read_source__plain_characters_beyond_ascii_are_read() -> None:
    text = "标题: 对齐 👩‍🚀 é\nzero: a\u200bb\ntabs: a\tb\n"
    source = read_yaml(text)
    assert faults(source) == []
    assert source.data == {"标题": "对齐 👩‍🚀 é", "zero": "a\u200bb", "tabs": "a\tb"}


def test_read_source__as_large_as_a_file_and_a_line_may_be() -> None:
    line = b"a" * ((64 << 10) - 5)
    assert read_yaml(b"k: '" + line + b"'\n").faults == ()
    assert rules(read_yaml(b"j: 1\nk: '" + line + b"x'\n")) == ["2:1 too-large"]
    assert read_yaml(b"#\n" * (1 << 19)).faults == ()
    assert rules(read_yaml(b"#\n" * (1 << 19) + b"#")) == ["1:1 too-large"]


# --- Front matter and body -------------------------------------------------------------------------------------------


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
def test_read_source__front_matter(text: str, data: object, body: str, body_line: int) -> None:
    source = read_markdown(text)
    assert faults(source) == []
    assert (source.data, source.body, source.body_line) == (data, body, body_line)


@pytest.mark.parametrize(
    "text",
    ["", "text\n", "\n---\na: 1\n---\n", "----\na: 1\n----\n", "--- a: 1\n---\n", "---\n---\n", "---\na: 1\n", "---\na: 1\n ---\n", "---"],
)
def test_read_source__without_front_matter(text: str) -> None:
    source = read_markdown(text)
    assert rules(source) == ["1:1 no-front-matter"]
    assert source.data is None


def test_read_source__fence_that_is_none_and_later_a_fence() -> None:
    assert rules(read_markdown("---\na: 1\n--- b\nc: 2\n---\n")) == ["3:1 forbidden-yaml"]


@pytest.mark.parametrize(
    ("text", "line", "other"),
    [
        ("---\n<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n---\n", 2, 6),
        ("<<<<<<< HEAD\n---\na: 1\n---\n=======\n---\na: 2\n---\n>>>>>>> theirs\n", 1, 9),
        ("---\na: 1\n---\nbody\n<<<<<<< HEAD\nx\n||||||| base\ny\n=======\nz\n>>>>>>> theirs\n", 5, 11),
        ("---\r\n<<<<<<< HEAD\r\na: 1\r\n=======\r\na: 2\r\n>>>>>>> b\r\n---\r\n", 2, 6),
    ],
)
def test_read_source__merge_that_was_not_finished(text: str, line: int, other: int) -> None:
    source = read_markdown(text)
    assert faults(source) == [
        f"{line}:1 merge-conflict: a merge was not finished: two versions stand here, from line {line} to line {other}"
    ]


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
def test_read_source__syntax_error_is_one_finding_at_its_place(text: str, place: str) -> None:
    source = read_markdown(text)
    assert rules(source) == [f"{place} yaml-syntax"]
    assert source.data is None


def test_read_source__message_never_quotes_the_parser_where_a_mistake_is_common() -> None:
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
    ],
)
def test_read_source__what_people_write_is_named_at_its_place(text: str, found: str) -> None:
    (fault,) = read_yaml(text).faults
    assert f"{fault.position.line}:{fault.position.column} {fault.message} ({fault.hint})" == found
    assert fault.rule == "yaml-syntax"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\na: 1\n---\nx\n=======\ny\n>>>>>>> theirs\n", "5:1"),
        ("---\na: 1\n---\n<<<<<<< HEAD\nx\n", "4:1"),
        ("---\na: 1\n=======\nb: 1\n>>>>>>> theirs\n---\n", "3:1"),
    ],
)
def test_read_source__a_mark_that_a_merge_left(text: str, place: str) -> None:
    assert faults(read_markdown(text)) == [f"{place} merge-conflict: a merge was not finished: one of its marks stands here"]


def test_read_source__an_item_without_its_dash_is_one_finding() -> None:
    (fault,) = read_yaml("tasks:\n  - id: a\n    title: A\n    id: b\n    title: B\n").faults
    assert (fault.rule, fault.position.line) == ("duplicate-key", 4)
    assert str(fault.hint) == 'start the next item with "- ", or delete one of them'
    (fault,) = read_yaml("tasks: [{id: a, id: b}]\n").faults
    assert str(fault.hint) == "delete one of them"


def test_read_source__an_empty_value_before_a_comment() -> None:
    source = read_yaml("a: #1 shop\nb:\nc:  # one\n  - d\ne: [x] # y\nf: '' # z\n")
    assert source.faults == ()
    assert {place.line for place in source.commented} == {1}
    assert read_yaml("a:\nb: c#\n").commented == frozenset()


def test_load__a_value_that_begins_a_comment_is_told_so(workspace: Write) -> None:
    written = workspace({"team/teams/shop.yaml": "title: #1 shop\nfunction: product\n"})
    assert written.findings() == ['team/teams/shop.yaml:1:7: TU103 "title" has no value ("#" begins a comment; put the value in quotes)']


def test_read_source__a_line_of_brackets_and_comments_is_read_quickly() -> None:
    start = time.process_time()
    for piece in ("[", "[#", "[,#", "[ ", "- ", "：", "\u3000", "“: "):
        read_yaml("a: " + piece * (60_000 // len(piece.encode())))
    assert time.process_time() - start < 2


# --- Positions -------------------------------------------------------------------------------------------------------


def test_position__of_values_keys_items_and_what_is_missing() -> None:
    source = read_markdown("---\ntitle: A\ntasks:\n  - id: one\n    owner: x\n  - {id: two, tags: [a, b]}\n---\n")

    def at(*route: str | int, key: bool = False) -> tuple[int, int]:
        place = source.position(route, key=key)
        return place.line, place.column

    assert at() == (2, 1)
    assert at("title") == (2, 8)
    assert at("title", key=True) == (2, 1)
    assert at("tasks", 0) == (4, 5)
    assert at("tasks", 0, key=True) == (4, 5)
    assert at("tasks", 0, "owner") == (5, 12)
    assert at("tasks", 0, "owner", key=True) == (5, 5)
    assert at("tasks", 1, "tags", 1) == (6, 25)
    assert at("tasks", 1, "due") == (6, 5)
    assert at("tasks", 7, "due") == (4, 3)
    assert at("nothing") == (2, 1)
    assert at("title", "deeper") == (2, 8)


def test_position__counts_characters_not_bytes() -> None:
    source = read_yaml("标题: {语言: 中文, 👩‍🚀: x}\n")
    assert source.position(("标题", "语言")).column == 10
    assert source.position(("标题", "👩‍🚀"), key=True).column == 14


# --- Properties ------------------------------------------------------------------------------------------------------

# Pieces that a parser of YAML or of front matter has an opinion on.
PIECES = st.sampled_from(
    [
        "---\n", "...\n", ": ", "- ", "? ", "[", "]", "{", "}", ",", "#", " #", "&a", "*a", "!", "!!str", "%YAML 1.1\n", "<<",
        "'", "\"", "\\", "\n", "\r\n", "\r", "\t", " ", "  ", "\n  ", "\n    ", ">", ">-\n", "@", "`", "=", "~", "null", "true",
        "no", "0", "1", "-", "+", ".", "e", "_", "a", "b", "a: ", "a: 1\n", "- a\n", "标", "👩\u200d🚀", "\u2028", "\x85",
        "\ufeff", "\u202e", "\x00", "\x07", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", ".inf", "1e999", "99999999999999999999",
        "\\u202e", "\\x00",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)
FRONT_MATTER = st.tuples(TEXTS, TEXTS).map(lambda parts: f"---\n{parts[0]}\n---\n{parts[1]}")


@settings(max_examples=500)
@given(st.one_of(st.binary(max_size=200), st.one_of(TEXTS, FRONT_MATTER, st.text(max_size=100)).map(str.encode)), st.booleans())
def test_read_source__never_raises_and_never_keeps_silent(raw: bytes, markdown: bool) -> None:
    source = read_source("a.md" if markdown else "a.yaml", raw)
    lines = raw.count(b"\n") + 1
    for fault in source.faults:
        assert 1 <= fault.position.line <= lines
        assert fault.position.column >= 1
        assert len(str(fault.message)) <= 500
        assert fault.message.say("zh")
    if source.data is None and not markdown and not source.faults:
        assert yaml.load(raw.decode("utf-8-sig"), yaml.BaseLoader) in (None, "", "~", "null", "Null", "NULL")


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20),
    st.sampled_from(["no", "1", "1.5", "~", "null", "2026-11-20", "a: b", "- a", "#", "x\ny", " x ", "", "'", '"', "017", "é", "对齐"]),
).filter(
    lambda value: (
        not isinstance(value, str) or not set(value) & set("\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    )
)
KEYS = st.one_of(st.sampled_from(["title", "due", "a b", "标题", "no", "1", "", "~", "<<"]), st.text("abc: #-'\"", max_size=6))
DATA = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20)
MAPPINGS = st.dictionaries(KEYS, DATA, min_size=1, max_size=5)


def quoted(data: object, indent: int = 0) -> str:
    """Data as YAML in block form, every text in quotes."""
    margin = "\n" + "  " * indent
    if isinstance(data, dict) and data:
        return "".join(f"{margin}{quoted(key)}: {quoted(value, indent + 1)}" for key, value in data.items())
    if isinstance(data, list) and data:
        return "".join(f"{margin}- {quoted(value, indent + 1)}" for value in data)
    if isinstance(data, str):
        return "'" + data.replace("'", "''") + "'" if data.isprintable() else json.dumps(data, ensure_ascii=False)
    return json.dumps(data)


@given(MAPPINGS)
def test_read_source__reads_what_was_written(data: dict[str, Any]) -> None:
    text = quoted(data)
    source = read_yaml(text)
    assert faults(source) == []
    assert source.data == data
    assert_same_types(source.data, data)
    assert read_yaml(json.dumps(data, ensure_ascii=False)).data == data


def assert_same_types(found: object, wanted: object) -> None:
    assert type(found) is type(wanted)
    if isinstance(found, dict) and isinstance(wanted, dict):
        assert list(found) == list(wanted)
        for key, value in found.items():
            assert_same_types(value, wanted[key])
    elif isinstance(found, list) and isinstance(wanted, list):
        for one, other in zip(found, wanted, strict=True):
            assert_same_types(one, other)


@given(MAPPINGS)
def test_read_source__line_ends_and_byte_order_mark_do_not_change_data(data: dict[str, Any]) -> None:
    text = f"---{quoted(data)}\n---\nbody\n"
    plain = read_markdown(text)
    other = read_markdown("\ufeff" + text.replace("\n", "\r\n"))
    assert plain.faults == other.faults == ()
    assert plain.data == other.data == data
    assert plain.places == other.places
    assert (plain.first_line, plain.body_line) == (other.first_line, other.body_line)


def routes(data: object, route: Route = ()) -> list[tuple[Route, object]]:
    found: list[tuple[Route, object]] = []
    if isinstance(data, dict):
        for key, value in data.items():
            found += [((*route, key), value), *routes(value, (*route, key))]
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += [((*route, index), value), *routes(value, (*route, index))]
    return found


@given(MAPPINGS)
def test_position__is_where_the_value_is_written(data: dict[str, Any]) -> None:
    source = read_markdown(f"---{quoted(data)}\n---\n")
    lines = f"---{quoted(data)}\n---\n".split("\n")
    for route, value in routes(data):
        place = source.position(route)
        rest = lines[place.line - 1][place.column - 1 :]
        if not isinstance(value, dict | list) or not value:
            assert rest == quoted(value).split("\n")[0]
        elif isinstance(value, list):
            assert rest.startswith("-")
        else:
            assert rest.startswith(quoted(next(iter(value))))
        if isinstance(route[-1], str):
            key = source.position(route, key=True)
            assert lines[key.line - 1][key.column - 1 :].startswith(quoted(route[-1]) + ":")


@settings(max_examples=500)
@given(TEXTS)
def test_read_source__has_the_structure_that_pyyaml_reads(text: str) -> None:
    source = read_yaml(text)
    if source.faults:
        return
    expected = yaml.load(text.removeprefix("\ufeff"), yaml.BaseLoader)
    assert as_texts(source.data, expected) == expected


def as_texts(found: object, written: object) -> object:
    """What we read, with every value that is no text written as PyYAML found it: only structure and texts are compared."""
    if isinstance(found, dict) and isinstance(written, dict) and list(found) == list(written):
        return {key: as_texts(value, written[key]) for key, value in found.items()}
    if isinstance(found, list) and isinstance(written, list) and len(found) == len(written):
        return [as_texts(one, other) for one, other in zip(found, written, strict=True)]
    if isinstance(found, str) or isinstance(written, dict | list):
        return found
    return written


# MkDocs takes a line or two off the body and reads dates and YAML 1.1's booleans; in quotes both read the same.
@given(MAPPINGS.filter(lambda data: "<<" not in repr(data)), st.sampled_from(["body\n", "a\n---\nb\n", "---\n", ""]))
def test_read_source__reads_front_matter_as_mkdocs_does(data: dict[str, Any], body: str) -> None:
    text = f"---{quoted(data)}\n---\n{body}"
    source = read_markdown(text)
    theirs_body, theirs = meta.get_data(text)
    assert floats_apart(source.data) == floats_apart(theirs)
    assert source.body.strip("\n") == theirs_body.strip("\n")


def floats_apart(data: object) -> object:
    """YAML 1.1 wants a dot and a signed exponent in a float: `1e5` is text to it. Only that may differ."""
    if isinstance(data, dict):
        return {key: floats_apart(value) for key, value in data.items()}
    if isinstance(data, list):
        return [floats_apart(value) for value in data]
    return repr(data) if isinstance(data, float) and "e" in repr(data) else data
