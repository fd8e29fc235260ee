"""Rows without headings, on terminals of different widths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trueup.render.document import Document, Entry, Section, as_text
from trueup.render.lines import aligned, prose
from trueup.render.rows import folded

ROWS = [
    ("Off track", "Grow without growing waste and overtime in all of the four zones", "20%", "of 88% of the time", "Sofia Marin"),
    ("有风险", "晚上八点以后的订单要和早上的订单一样准时送到每一户人家", "100%", "时间已过 51%", "林雨桐"),
]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_aligned__fits_the_terminal_and_cuts_no_figure(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: width)
    text = aligned(ROWS, 1)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "  Off track   Grow without" in text
    assert "20%" in text
    assert "100%" in text
    assert "Sofia Marin" in text


def test_aligned__is_whole_where_a_program_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: None)
    assert "…" not in aligned(ROWS, 1)


FACTS = ("said: On track !", "59% of the time gone", "Sofia Marin", "20%")
LONG = [("Off track", "Grow without growing waste and overtime in all of the four zones", *FACTS), ("有风险", "晚上八点以后的订单", *FACTS)]


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("gives_way", [0, 1, None])
def test_aligned__what_does_not_fit_goes_on_below_and_is_not_cut(
    monkeypatch: pytest.MonkeyPatch, width: int, gives_way: int | None
) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: width)
    text = aligned(LONG, gives_way)
    assert max(map(cell_len, text.splitlines())) <= width
    assert all(text.count(fact) == len(LONG) for fact in FACTS)
    assert "Grow without gr" in text
    if gives_way is None:
        assert "…" not in text
        assert " ".join(text.split()).count("four zones") == 1


def test_aligned__a_row_that_goes_on_has_its_facts_together_and_moved_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 80)
    assert (
        aligned(LONG, 1)
        == """\
  Off track   Grow without growing waste and overtime in all of the four zones
      said: On track !   59% of the time gone   Sofia Marin   20%
  有风险      晚上八点以后的订单
      said: On track !   59% of the time gone   Sofia Marin   20%
"""
    )


def test_aligned__a_fact_that_is_wider_than_a_line_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 40)
    told = aligned([("At risk", "Evenings", "Nine of fourteen riders signed, task due on the 17th · Grace Holm")], 1)
    assert told == "  At risk   Evenings\n      Nine of fourteen riders signed,\n      task due on the 17th · Grace Holm\n"
    chinese = "劳务公司十一月底前只能给六人三仓共缺八人在等第二家报价"
    folded = aligned([("受阻", "排班", chinese)], 1)
    assert max(map(cell_len, folded.splitlines())) <= 40
    assert "".join(line.strip() for line in folded.splitlines()[1:]) == chinese


def test_aligned__where_no_column_gives_way_the_widest_is_folded_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 64)
    rows = [
        ("Feedback", "4 to be triaged, 2 of them for more than 7 days, 2 never told", "trueup feedback"),
        ("负荷", "唐宁", "trueup load"),
    ]
    assert (
        aligned(rows)
        == """\
  Feedback   4 to be triaged, 2 of them for      trueup feedback
             more than 7 days, 2 never told
  负荷       唐宁                                trueup load
"""
    )


def test_folded__chinese_breaks_anywhere_but_before_what_closes() -> None:
    assert list(folded("1 个目标或计划，最久的是“一周菜单（产品计划）”", 14)) == [
        "1 个目标或计",
        "划，最久的是",
        "“一周菜单（产",
        "品计划）”",
    ]


@given(st.text(st.sampled_from("ab 夜间，”👩"), max_size=40), st.integers(2, 12))
def test_folded__loses_nothing_and_is_never_too_wide(text: str, room: int) -> None:
    lines = list(folded(text, room))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cell_len, lines)) <= room


def test_as_text__the_facts_of_a_document_are_whole_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 60)
    entry = Entry("A shelf for food that is good today", "3 working days late", ("due 12-11, forecast 12-16", "Wu Kai"))
    told = as_text(Document("Agenda", "", (Section("At risk", (entry,)),), "en"))
    rows = "  3 working days late   A shelf for food that is good today\n      due 12-11, forecast 12-16 · Wu Kai\n"
    assert told == f"Agenda\n\nAt risk\n{rows}"
    monkeypatch.setattr("trueup.render.tables._width", lambda: 80)
    told = as_text(Document("Agenda", "", (Section("At risk", (Entry(entry.text, "late", entry.facts),)),), "en"))
    assert told.endswith("  late   A shelf for food that is good tod…   due 12-11, forecast 12-16 · Wu Kai\n")


def test_prose__is_folded_on_a_narrow_terminal_and_whole_for_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "9 open goals: 2 on track, 1 at risk, 6 off track; net confidence ±0 points"
    monkeypatch.setattr("trueup.render.lines.room", lambda: 50)
    assert prose(text) == "9 open goals: 2 on track, 1 at risk, 6 off track;\nnet confidence ±0 points"
    assert max(map(cell_len, prose("目标进展" * 20).split("\n"))) <= 50
    monkeypatch.setattr("trueup.render.lines.room", lambda: None)
    assert prose(text) == text
