"""Periods as they are written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueup.records.periods import month_of, period_of, quarter_of, week_of


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
    ],
)
def test_period_of__reads_each_form(text: str, start: str, end: str) -> None:
    found = period_of(text)
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat(), found.name) == (start, end, text)


@pytest.mark.parametrize(
    "text", ["2025-W53", "2026-W54", "2026-W00", "2026-13", "2026-00", "0000", "2026-Q5", "2026-H3", "26", "", "2026-Q4 ", 2026, None]
)
def test_period_of__anything_else_is_none(text: object) -> None:
    assert period_of(text) is None


def test_passed__counts_the_day_itself_and_stays_between_0_and_1() -> None:
    november = period_of("2026-11")
    assert november is not None
    assert november.passed(date(2026, 10, 31)) == 0
    assert november.passed(date(2026, 11, 1)) == pytest.approx(1 / 30)
    assert november.passed(date(2026, 11, 30)) == 1
    assert november.passed(date(2027, 1, 1)) == 1


@given(st.dates(date(1970, 1, 10), date(2199, 12, 20)))
def test_week_month_and_quarter__hold_the_day_and_read_back(day: date) -> None:
    for period in (week_of(day), month_of(day), quarter_of(day)):
        assert day in period
        assert period_of(period.name) == period
        assert day + timedelta(days=period.days) not in period
