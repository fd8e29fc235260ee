"""The series of a metric: which lines are points, and what is said of those that are none."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.records.series import Point, Series, parse_series

Write = Callable[[Mapping[str, str | bytes]], Written]


def parse(text: str | bytes) -> Series:
    return parse_series("orders", "metrics/orders.csv", text if isinstance(text, bytes) else text.encode())


def points(series: Series) -> list[tuple[str, float, str, int]]:
    return [(one.date.isoformat(), one.value, one.note, one.line) for one in series.points]


def faults(series: Series) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}: {one.message}" for one in series.faults]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("date,value,note\n2026-11-01,42,\n2026-11-08,-4.5e1,why\n", [("2026-11-01", 42, "", 2), ("2026-11-08", -45, "why", 3)]),
        ("date,value\n2026-11-01,42", [("2026-11-01", 42, "", 2)]),
        ("Date , VALUE\r\n2026-11-01, 42 \r\n", [("2026-11-01", 42, "", 2)]),
        ("\ufeffdate,value\n2026-11-01,42\n", [("2026-11-01", 42, "", 2)]),
        ("\n\ndate,value\n\n2026-11-01,42\n \n", [("2026-11-01", 42, "", 5)]),
        ('date,value,note\n2026-11-01,1,"a, ""b"" 标"\n', [("2026-11-01", 1, 'a, "b" 标', 2)]),
        ('date,value,note\n2026-11-01,1,"a\nb"\n2026-11-02,2\n', [("2026-11-01", 1, "a\nb", 2), ("2026-11-02", 2, "", 4)]),
        ("date,value\n", []),
    ],
)
def test_parse_series__points(text: str, found: list[tuple[str, float, str, int]]) -> None:
    series = parse(text)
    assert faults(series) == []
    assert points(series) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-01,42\n", "1:1 bad-series: the first line must name the columns"),
        ("day,value\n", "1:1 bad-series: the first line must name the columns"),
        ("", "1:1 bad-series: the first line must name the columns"),
        ("\n \n", "1:1 bad-series: the first line must name the columns"),
        ("date;value\n2026-11-01;1\n", '1:5 bad-series: the columns are separated by ";"'),
        ("date\tvalue\n2026-11-01\t1\n", "1:5 bad-series: the columns are separated by tabs"),
        ("date,value\n2026-11-01;1\n2026-11-02;1\n", '2:11 bad-series: the columns are separated by ";"'),
        ("date,value\n2026-02-30,1\n", '2:1 bad-series: there is no day "2026-02-30" in the calendar'),
        ("date,value\n1.11.2026,1\n", '2:1 bad-series: "1.11.2026" is not a date'),
        ("date,value\n2026-11-01,\n", '2:12 bad-series: "" is not a number'),
        ("date,value\n2026-11-01,nan\n", '2:12 bad-series: "nan" is not a number'),
        ("date,value\n2026-11-01,-Infinity\n", '2:12 bad-series: "-Infinity" is not a number'),
        ("date,value\n2026-11-01,1e999\n", '2:12 bad-series: "1e999" is not a number'),
        ("date,value\n2026-11-01,1_000\n", '2:12 bad-series: "1_000" is not a number'),
        ("date,value\n2026-11-01,٤٢\n", '2:12 bad-series: "٤٢" is not a number'),
        ("date,value\n2026-11-01,42 %\n", '2:12 bad-series: "42 %" is not a number'),
        ("date,value\n2026-11-01\n", "2:11 bad-series: the line has 1 column instead of two or three"),
        ("date,value\n2026-11-01,1,a,b\n", "2:16 bad-series: the line has 4 columns instead of two or three"),
        ("date,value\n2026-11-02,1\n2026-11-01,2\n", "3:1 bad-series: the date 2026-11-01 does not come after the line before"),
        ("date,value\n2026-11-01,1\n2026-11-01,2\n", "3:1 bad-series: the date 2026-11-01 does not come after the line before"),
        ('date,value\n2026-11-01,1,"a\n2026-11-02,2\n', "2:1 bad-series: this is not CSV: unexpected end of data"),
        ('date,value\n2026-11-01,1,"a" b\n', "2:1 bad-series: this is not CSV: ',' expected after '\"'"),
        ("date,value\n2026-11-01,1\r2026-11-02,2\n", "2:13 forbidden-character: the character U+000D is not allowed here"),
        ("date,value,note\n2026-11-01,1,a\u2028b\n", "2:15 forbidden-character: the character U+2028 is not allowed here"),
        ("date,value\n2026-11-01,\x00\n", "2:12 forbidden-character: the character U+0000 is not allowed here"),
        (b"date,value,note\n2026-11-01,1,caf\xe9\n", "2:17 not-utf-8: the file is not UTF-8"),
        ("date,value\n<<<<<<< a\n2026-11-01,1\n=======\n2026-11-01,2\n>>>>>>> b\n", "2:1 merge-conflict: a merge was not finished"),
        ("date,value\n2026-11-01," + "1" * 70_000, "2:1 too-large: the line is longer than 64 KiB"),
    ],
)
def test_parse_series__what_is_no_point(text: str | bytes, found: str) -> None:
    series = parse(text)
    assert [line[: len(found)] for line in faults(series)] == [found]


def test_parse_series__a_bad_line_is_left_out_and_the_others_stay() -> None:
    series = parse("date,value\n2026-11-01,1\nsoon,2\n2026-11-03,3\n2026-11-02,4\n2026-11-04,5\n")
    assert [line for *_, line in points(series)] == [2, 4, 6]
    assert [line.split(" ")[0] for line in faults(series)] == ["3:1", "5:1"]


def test_parse_series__as_large_as_a_file_may_be_and_all_of_it_wrong() -> None:
    start = time.process_time()
    assert len(parse(b"x\n" * (1 << 19)).faults) == 21
    assert len(parse(b'"' + b"x\n" * (1 << 18)).faults) == 1
    assert len(parse(b'"\n' * (1 << 19)).faults) <= 21
    assert time.process_time() - start < 2


def test_parse_series__many_bad_lines_are_counted() -> None:
    series = parse("date,value\n" + "soon,1\n" * 25)
    assert len(series.faults) == 21
    assert faults(series)[-1] == "22:1 bad-series: 5 more lines cannot be read"


def test_parse_series__a_wrong_separator_is_told_once() -> None:
    assert len(parse("date;value\n" + "2026-11-01;1\n" * 25).faults) == 1


def test_read_series__beside_its_metric(workspace: Write) -> None:
    metric = "title: Orders\nunit: orders\ndirection: up\n"
    written = workspace(
        {
            "metrics/orders.yaml": metric,
            "metrics/orders.csv": "date,value\n2026-11-01,42\n2026-11-08,x\n",
            "metrics/sub/late.md": f"---\n{metric}---\n",
            "metrics/sub/late.csv": "date,value\n2026-11-01,1\n",
            "metrics/none.yaml": metric,
        }
    )
    loaded = written.load()
    assert {name: one.path for name, one in loaded.series.items()} == {"orders": "metrics/orders.csv", "late": "metrics/sub/late.csv"}
    assert loaded.series["orders"].points == (Point(date(2026, 11, 1), 42, "", 2),)
    assert written.findings() == ['metrics/orders.csv:3:12: TU017 "x" is not a number (write it like "2026-11-20,42.5,why")']
    assert written.findings(["metrics/none.yaml"]) == []


PIECES = st.sampled_from(
    ["date", "value", "note", ",", "\n", "\r\n", "\r", '"', "2026-11-01", "2026-11-02", "1", "-2.5", "x", " ", "标", "\u2028", ";", ""]
)


@given(st.one_of(st.binary(max_size=100), st.lists(PIECES, max_size=30).map("".join).map(str.encode)))
def test_parse_series__never_raises(raw: bytes) -> None:
    series = parse(raw)
    assert all(1 <= one.position.line <= raw.count(b"\n") + 1 for one in series.faults)
    assert all(one.date < other.date for one, other in zip(series.points, series.points[1:], strict=False))


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(-1e12, 1e12), st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))))))
def test_parse_series__reads_what_was_written(rows: list[tuple[int, float, str]]) -> None:
    day, lines, wanted = date(2026, 1, 1), ["date,value,note"], []
    for days, value, note in rows:
        day += timedelta(days=days)
        lines.append(f'{day.isoformat()},{value!r},"{note.replace(chr(34), chr(34) * 2)}"')
        wanted.append((day.isoformat(), value, note, len(lines)))
    series = parse("\n".join(lines))
    assert faults(series) == []
    assert points(series) == wanted


@pytest.mark.parametrize(("line", "text", "meant"), [
    ("2026-11-01,42,5", "42,5", "42.5"),
    ("2026-11-01,-42,05", "-42,05", "-42.05"),
    ("2026-11-01,42,5,rain", "42,5", "42.5"),
    ("2026-11-01,1,000", "1,000", "1000"),
    ("2026-11-01, 1, 000", "1,000", "1000"),
    ("2026-11-01,12,000,rain", "12,000", "12000"),
    ("2026-11-01,1,000,000", "1,000,000", "1000000"),
    ("2026-11-01,1,000.5", "1,000.5", "1000.5"),
    ("2026-11-01,1,000,5", "1,000,5", "1000.5"),
    ("2026-11-01,1.000,5", "1.000,5", "1000.5"),
    ("2026-11-01,1000,5", "1000,5", "1000.5"),
])  # fmt: skip
def test_parse_series__refuses_a_number_that_its_commas_cut(line: str, text: str, meant: str) -> None:
    series = parse_series("orders", "orders.csv", f"date,value,note\n{line}\n2026-11-02,43,dry\n".encode())
    (fault,) = series.faults
    assert str(fault.message) == f'"{text}" is not one number: a comma ends a column'
    assert str(fault.hint) == f'write "{meant}", or put quotes around a note that is only a number'
    assert fault.position.line == 2
    assert [point.value for point in series.points] == [43]


@pytest.mark.parametrize(("line", "note"), [
    ('2026-11-01,42,"5"', "5"), ("2026-11-01,42.5,5", "5"), ("2026-11-01,42,5 more", "5 more"), ("2026-11-01,42,-5", "-5"),
    ("2026-11-01,42,", ""), ("2026-11-01,42,v2", "v2"),
])  # fmt: skip
def test_parse_series__takes_a_note_for_a_note(line: str, note: str) -> None:
    series = parse_series("orders", "orders.csv", f"date,value,note\n{line}\n".encode())
    assert series.faults == ()
    assert [point.note for point in series.points] == [note]


@pytest.mark.parametrize(("value", "meant"), [('"42,5"', "42.5"), ('"1,000"', "1000"), ("42，5", "42.5")])
def test_parse_series__says_how_to_write_a_number_with_a_comma_in_it(value: str, meant: str) -> None:
    (fault,) = parse_series("orders", "orders.csv", f"date,value,note\n2026-11-01,{value}\n".encode()).faults
    assert str(fault.hint) == f'write "{meant}"'
