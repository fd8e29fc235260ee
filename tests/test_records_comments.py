"""What a "#" takes away from a value, and how one is told of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from trueup.records.config import CONFIG_FILE
from trueup.records.source import Source, read_source

Write = Callable[[Mapping[str, str | bytes]], Written]

TEAM = "title: Operations\nfunction: operations\n"


def read_yaml(text: str) -> Source:
    return read_source("a.yaml", text.encode())


def test_begins_comment__an_empty_value_before_a_comment() -> None:
    source = read_yaml("a: #1 shop\nb:\nc:  # one\n  - d\ne: [x] # y\nf: '' # z\n")
    assert source.faults == ()
    assert {place.line for place in source.commented} == {1}
    assert read_yaml("a:\nb: c#\n").commented == frozenset()


def test_load__a_value_that_begins_a_comment_is_told_so(workspace: Write) -> None:
    written = workspace({"team/teams/shop.yaml": "title: #1 shop\nfunction: product\n"})
    assert written.findings() == ['team/teams/shop.yaml:1:7: TU103 "title" has no value ("#" begins a comment; put the value in quotes)']


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: Fix bug #12 first\n", "1:16 #12 first"),
        ("a: b #标签\r\nc: d\n", "1:6 #标签"),
        ("a: b\t#c\n", "1:6 #c"),
        ("- Fix #12\n- b\n", "1:7 #12"),
        ("a: x\n  y #z\n", "2:5 #z"),
        ("a: {b: c #d\n  }\n", "1:10 #d"),
        ("a: 40 #people\n", "1:7 #people"),
    ],
)
def test_cut_value_fault__says_what_is_lost_and_where(text: str, found: str) -> None:
    source = read_yaml(text)
    assert source.faults == ()
    (cut,) = source.cut
    assert f"{cut.position.line}:{cut.position.column} {dict(cut.message.values)['text']}" == found


@pytest.mark.parametrize(
    "text",
    [
        "status: open # waiting\n",
        "status: open  #\n",
        'a: "x" #12\n',
        "a: 'x #12'\n",
        "a: [x] #y\n",
        "a: x#12\n",
        "a: b\n  #c\n",
        "# a #1\n#2\na: b\n",
        "a: >\n  x #12\n",
        "a: |\n  x #12\n",
        "a: #12\n",
        "a: b #-- c\n",
        "a: b # see #12\n",
        "a: https://example.com/b#c\n",
    ],
)
def test_cut_value_fault__of_values_that_are_whole_there_is_none(text: str) -> None:
    source = read_yaml(text)
    assert (source.faults, source.cut) == ((), ())


def test_cut_value__is_a_warning_in_records_of_every_form_and_in_the_settings(workspace: Write) -> None:
    schema = '{"x-kind": {"name": "depot", "files": ["depots/*.yaml"], "records": "keys"}, "properties": {"ignore": {}}}'
    written = workspace(
        {
            CONFIG_FILE: "title: Shop #1\n",
            "team/teams/operations.yaml": TEAM + "mission: Be #1 in town\n",
            "team/teams/product.yaml": TEAM + "mission: Be #1 in town\nignore: {TU020: a comment indeed}\n",
            "schemas/depot.schema.json": schema,
            "depots/all.yaml": "north:\n  a: b #c\nsouth:\n  a: d #e\n  ignore: {TU020: a comment indeed}\n",
        }
    )
    hint = '(put the whole value in quotes, or write a space after "#" if it is a comment)'
    assert written.findings() == [
        f'depots/all.yaml:2:8: TU020 warning: "#c" is read as a comment, not as a part of the value {hint}',
        f'team/teams/operations.yaml:3:13: TU020 warning: "#1 in town" is read as a comment, not as a part of the value {hint}',
        f'trueup.yaml:1:13: TU020 warning: "#1" is read as a comment, not as a part of the value {hint}',
    ]


def test_cut_value_fault__of_a_thousand_values_at_most_fifty_and_quickly() -> None:
    start = time.process_time()
    assert len(read_yaml("- a #b\n" * 40_000).cut) == 50
    assert len(read_yaml("a: b " + "#c " * 20_000).cut) == 1
    assert read_yaml("a: b" + " " * 60_000 + "c\nd: |\n" + " #e\n" * 100_000).cut == ()
    assert time.process_time() - start < 2
