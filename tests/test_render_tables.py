"""render/tables and render/terminal: tables that line up, and text that is shown and not obeyed."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown

PEOPLE = Table(("id", "title"), (("li-wei", "李薇（运营）"), ("tom", "Tom Becker"), ("x", None)), {"title": "姓名"})


def test_write_table__lines_columns_up_by_what_a_terminal_shows() -> None:
    lines = write_table(Table(("name", "n"), (("李薇", "1"), ("Tom", "2"))), "text").splitlines()
    starts = {cell_len(line[: line.index(number)]) for line, number in zip(lines[2:], "12", strict=True)}
    assert len(starts) == 1


def test_write_table__uses_headings_for_people_and_names_for_programs() -> None:
    assert "姓名" in write_table(PEOPLE, "text").splitlines()[0]
    assert json.loads(write_table(PEOPLE, "json"))["rows"][0] == {"id": "li-wei", "title": "李薇（运营）"}
    assert write_table(PEOPLE, "csv").splitlines()[0] == "id,title"


def test_write_table__json_carries_the_version_of_its_shape() -> None:
    assert json.loads(write_table(PEOPLE, "json"))["version"] == 1


def test_write_table__csv_cells_cannot_be_formulas() -> None:
    cells = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "plain")
    text = write_table(Table(("a",), tuple((cell,) for cell in cells)), "csv")
    read = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert read == ["'=1+1", "'+1", "'-1+1", "'@SUM(A1)", "'\tx", "plain"]


def test_write_table__csv_leaves_numbers_alone() -> None:
    assert write_table(Table(("a",), ((-1.5,),)), "csv") == "a\n-1.5\n"


def test_shown__writes_out_what_a_terminal_would_obey() -> None:
    assert shown("\x1b[31mred\x07 \x9b2J \u202eabc") == "\\x1b[31mred\\x07 \\x9b2J \\u202eabc"


def test_shown__leaves_text_in_any_language_alone() -> None:
    assert shown("上门时间 – “8 pm” ✓ é") == "上门时间 – “8 pm” ✓ é"


@given(st.text())
def test_shown__never_lets_a_control_character_through(text: str) -> None:
    assert not any((ord(one) < 32 and one not in "\t\n") or 127 <= ord(one) < 160 for one in shown(text))


def test_write_table__csv_headings_cannot_be_formulas() -> None:
    assert write_table(Table(("=1+1",), ()), "csv") == "'=1+1\n"


def test_write_table__json_is_indented_alike_with_and_without_lists() -> None:
    flat = {"a": 'x, "y": \n', "b": None, "c": 1.5}
    nested = {"a": "z", "b": [1, {"c": []}], "c": True}
    for rows in ([], [flat], [flat, nested], [nested, flat]):
        whole = {"version": 1, "columns": ["a", "b", "c"], "rows": rows}
        written = write_table(Table(("a", "b", "c"), tuple(tuple(row.values()) for row in rows)), "json")
        assert written == json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def test_write_table__json_names_every_column_once_and_knows_no_infinity() -> None:
    answer = json.loads(write_table(Table(("a", "a", "a_2"), ((1, 2, float("inf")),)), "json"), parse_constant=lambda word: word)
    assert list(answer["rows"][0].values()) == [1, 2, None]
    assert len({*answer["columns"]}) == 3


def test_write_table__for_programs_holds_long_cells_whole_and_pads_nothing_to_them() -> None:
    text = write_table(Table(("a", "b"), (("x" * 120_000, "1"), *(("y", "2") for _ in range(500)))), "text")
    assert "x" * 120_000 in text
    assert len(text) < 400_000


def test_write_table__huge_numbers_are_short() -> None:
    assert write_table(Table(("a",), ((1e300,),)), "text").splitlines()[2] == "1e+300"
