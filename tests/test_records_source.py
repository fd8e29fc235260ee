"""Reading one file: what is taken, what is refused, and at which place."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta

from reading import faults, read_markdown, read_yaml, rules
from trueup.records.careful import MOST_EVENTS
from trueup.records.source import Route, read_source

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


# --- Escapes ---------------------------------------------------------------------------------------------------------


HIDDEN = [
    r"\0",
    r"\a",
    r"\x1b",
    r"\r",
    r"\x85",
    r"\N",
    r"\L",
    r"\P",
    r"\u061c",
    r"\u200e",
    r"\u200f",
    r"\u202e",
    r"\u2066",
    r"\uFEFF",
    r"\uffff",
]


@pytest.mark.parametrize("escape", HIDDEN)
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


def test_read_source__an_item_without_its_dash_is_one_finding() -> None:
    (fault,) = read_yaml("tasks:\n  - id: a\n    title: A\n    id: b\n    title: B\n").faults
    assert (fault.rule, fault.position.line) == ("duplicate-key", 4)
    assert str(fault.hint) == 'start the next item with "- ", or delete one of them'
    (fault,) = read_yaml("tasks: [{id: a, id: b}]\n").faults
    assert str(fault.hint) == "delete one of them"


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
        not isinstance(value, str)
        or not set(value) & set("\ufeff\ufffe\uffff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
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
