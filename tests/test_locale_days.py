"""Days in running text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from trueup.locale.days import brief, iso, month, with_weekday, written


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


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 11, 3), "3 Nov", "11月3日"),
        (date(2025, 5, 31), "31 May 2025", "2025年5月31日"),
        (date(2027, 9, 1), "1 Sep 2027", "2027年9月1日"),
        (None, "–", "–"),
    ],
)
def test_brief__has_the_year_only_where_it_is_another(day: date | None, english: str, chinese: str) -> None:
    today = date(2026, 11, 20)
    assert brief(day, today, "en") == english
    assert brief(day, today, "zh") == chinese


def test_with_weekday__stands_where_the_language_has_it() -> None:
    day = date(2026, 11, 20)
    assert with_weekday(written(day, "en"), day, "en") == "Friday 20 November 2026"
    assert with_weekday(written(day, "zh"), day, "zh") == "2026年11月20日 周五"


def test_iso__is_for_tables() -> None:
    assert (iso(date(2026, 1, 2)), iso(None)) == ("2026-01-02", "–")


def test_month__as_people_write_it() -> None:
    assert [month("2026-01", language) for language in ("en", "zh")] == ["Jan 2026", "2026年1月"]
