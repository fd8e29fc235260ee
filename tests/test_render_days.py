"""Days in running text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from trueup.render.days import written


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 11, 20), "20 November 2026", "2026年11月20日"),
        (date(2027, 1, 1), "1 January 2027", "2027年1月1日"),
        (date(2024, 2, 29), "29 February 2024", "2024年2月29日"),
    ],
)
def test_day__is_written_as_its_readers_write_it(day: date, english: str, chinese: str) -> None:
    assert written(day, "en") == english
    assert written(day, "zh") == chinese


def test_day__is_told_from_every_other() -> None:
    days = [date(2026, 1, 1) + timedelta(number) for number in range(365)]
    assert len({written(day, "en") for day in days}) == len({written(day, "zh") for day in days}) == 365
