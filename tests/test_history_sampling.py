"""The days on which history is sampled."""

from __future__ import annotations

from datetime import date

import pytest

from trueup.history.sampling import Every, sample_days


def test_sample_days__are_the_ends_of_weeks_and_the_last_day() -> None:
    found = sample_days(date(2026, 11, 4), date(2026, 11, 18), "week")
    assert found == (date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 18))


@pytest.mark.parametrize(("every", "expected"), [
    ("day", (date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1))),
    ("month", (date(2026, 11, 30), date(2026, 12, 1))),
    ("quarter", (date(2026, 12, 1),)),
])  # fmt: skip
def test_sample_days__are_the_ends_of_any_period(every: Every, expected: tuple[date, ...]) -> None:
    assert sample_days(date(2026, 11, 28), date(2026, 12, 1), every) == expected


@pytest.mark.parametrize("every", ["day", "week", "month", "quarter"])
def test_sample_days__end_where_the_calendar_ends(every: Every) -> None:
    """The last week that a calendar holds goes on beyond it."""
    assert sample_days(date(9999, 12, 27), date.max, every)[-1] == date.max
    assert sample_days(date.min, date.min, every) == (date.min,)
