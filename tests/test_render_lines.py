"""Rows without headings, on terminals of different widths."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from trueup.render.lines import aligned

ROWS = [
    ("Off track", "Grow without growing waste and overtime in all of the four zones", "20 %", "of 88 % of the time", "Sofia Marin"),
    ("有风险", "晚上八点以后的订单要和早上的订单一样准时送到每一户人家", "100 %", "时间已过 51 %", "林雨桐"),
]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_aligned__fits_the_terminal_and_cuts_no_figure(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: width)
    text = aligned(ROWS, 1)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "  Off track   Grow without" in text
    assert "20 %" in text
    assert "100 %" in text
    assert "Sofia Marin" in text


def test_aligned__is_whole_where_a_program_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: None)
    assert "…" not in aligned(ROWS, 1)
