"""render/tables and render/terminal: tables that line up, and text that is shown and not obeyed."""

from __future__ import annotations

import csv
import io
import json

import pytest
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


HEADINGS = ("Due", "Carried", "Owner", "To do", "Source")
DUE = ("2026-11-24", "15×", "Marcus Webb", "Nine evening contracts unsigned; the bonus of a competitor is higher", "Check-in 2026-11-16")
LEFT = ("", "", "", "→ Cap orders until riders are there", "")


@pytest.fixture
def to_do() -> Table:
    return Table(HEADINGS, (DUE, LEFT), gives_way="To do")


def fitted(table: Table, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("trueup.render.tables._width", lambda: width)
    return write_table(table, "text")


def test_write_table__where_it_is_narrow_a_title_is_folded_in_its_place(to_do: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        fitted(to_do, 86, monkeypatch)
        == """\
Due          Carried   Owner         To do                         Source
──────────────────────────────────────────────────────────────────────────────────────
2026-11-24   15×       Marcus Webb   Nine evening contracts        Check-in 2026-11-16
                                     unsigned; the bonus of a
                                     competitor is higher
                                     → Cap orders until riders
                                     are there
"""
    )


def test_write_table__where_it_is_narrower_a_title_has_lines_of_its_own(to_do: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        fitted(to_do, 64, monkeypatch)
        == """\
Due          Carried   Owner         Source
      To do
────────────────────────────────────────────────────────────────
2026-11-24   15×       Marcus Webb   Check-in 2026-11-16
      Nine evening contracts unsigned; the bonus of a competitor
      is higher
      → Cap orders until riders are there
"""
    )


def test_write_table__a_tree_keeps_its_levels_and_has_its_figures_below(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        ("退款当天到账", "2026", "███▎░░  55%", "On track"),
        ("  An evening promise as good as any", "2026-Q4", "░░░░░░   0%", "Off track !"),
    )
    told = fitted(Table(("Goal", "Period", "Progress", "Data say"), rows, gives_way="Goal"), 48, monkeypatch)
    assert (
        told
        == """\
Goal
      Period    Progress      Data say
─────────────────────────────────────────
退款当天到账
      2026      ███▎░░  55%   On track
  An evening promise as good as any
      2026-Q4   ░░░░░░   0%   Off track !
"""
    )


def test_write_table__figures_below_a_title_stand_closer_before_they_take_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("Theme", "Total", "Waiting", "Dealbreaker"), (("evening-slots", 17, 4, 5),), gives_way="Theme")
    laid = {width: fitted(table, width, monkeypatch).partition("─\n")[2].splitlines() for width in (35, 34, 30, 26)}
    assert laid == {
        35: ["evening-slots", "      17      4         5"],
        34: ["evening-slots", "      17     4        5"],
        30: ["evening-slots", "  17     4        5"],
        26: ["evening-slots", "      17     4", "      5"],
    }


@given(st.integers(24, 140), st.integers(0, 4))
def test_write_table__on_no_terminal_cuts_what_it_tells(width: int, way: int) -> None:
    rows = [
        ("2026-11-24", "████▊░  79%", "Sofia Marin", "Evening slots in all of the four zones", "−390%"),
        ("–", "no data", "李薇", "晚上八点以后的订单", ""),
    ]
    with pytest.MonkeyPatch.context() as patch:
        told = fitted(Table(HEADINGS, tuple(rows), gives_way=HEADINGS[way]), width, patch)
    assert max(map(cell_len, told.splitlines())) <= width
    assert "…" not in told
    for place in {*range(5)} - {way, 3}:
        assert all(row[place] in told for row in rows)
    cells = "".join(cell for row in (HEADINGS, *rows) for cell in row)
    assert sorted("".join(told.replace("─", "").split())) == sorted("".join(cells.split()))


def test_write_table__a_row_of_a_chart_stays_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("Task", "Chart"), (("Evening slots in all of the four zones", "██████████"),), gives_way="Task", one_line=True)
    assert fitted(table, 32, monkeypatch).splitlines()[2] == "Evening slots in a…   ██████████"
