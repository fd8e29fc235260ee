"""Working days, beside an independent calendar and beside counting one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.records.tree import WorkingTree
from trueup.records.workdays import Calendar, Stretch, Workdays, is_known_country, personal_calendar
from trueup.records.workspace import load

Write = Callable[[Mapping[str, str | bytes]], Written]

CHINA = Workdays(Calendar("CN"))
days = st.dates(date(2022, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("year", range(2022, 2027))
def test_is_working__agrees_with_chinesecalendar_on_every_day(year: int) -> None:
    every_day = [date(year, 1, 1) + timedelta(days=count) for count in range(366)]
    assert [day for day in every_day if day.year == year and chinese_calendar.is_workday(day) != CHINA.is_working(day)] == []


def test_is_provisional__where_moved_working_days_are_not_announced() -> None:
    assert not CHINA.is_provisional(2026)
    assert CHINA.is_provisional(2035)
    assert not Workdays(Calendar("DE")).is_provisional(2035), "a country that moves no days has nothing to announce"
    assert not Workdays(Calendar()).is_provisional(2035)


@given(days, days)
def test_count__is_what_counting_one_by_one_gives(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    every_day = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    assert CHINA.count(first, last) == sum(map(CHINA.is_working, every_day))
    if CHINA.is_working(first) and CHINA.is_working(last):
        assert CHINA.between(first, last) == -CHINA.between(last, first)


@given(days, st.integers(-900, 900))
def test_add__goes_as_many_working_days_as_it_says(day: date, count: int) -> None:
    found = CHINA.add(day, count)
    assert CHINA.between(day, found) == count
    assert count == 0 or CHINA.is_working(found)


@given(days)
def test_on_or_after__and_on_or_before_are_the_nearest_working_days(day: date) -> None:
    after, before = CHINA.on_or_after(day), CHINA.on_or_before(day)
    assert CHINA.is_working(after)
    assert CHINA.is_working(before)
    assert before <= day <= after
    assert CHINA.count(before, after) == (1 if before == after else 2)


def test_add__across_years_and_without_end() -> None:
    plain = Workdays(Calendar())
    assert plain.add(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert plain.add(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert plain.add(date(9999, 12, 31), 5) == date(9999, 12, 31), "beyond the calendar there are no working days"
    assert plain.add(date(1, 1, 1), -5) == date(1, 1, 1)
    assert plain.between(date.max, date.max) == plain.between(date.min, date.min) == 0


def test_is_working__days_off_win_over_extra_working_days() -> None:
    off = Stretch(date(2026, 11, 26), date(9999, 1, 1))
    found = Workdays(Calendar(off=(off,), working=frozenset({date(2026, 11, 21), date(2026, 11, 28)})))
    assert found.is_working(date(2026, 11, 21))
    assert not found.is_working(date(2026, 11, 28))
    assert found.on_or_after(date(2026, 12, 1)) == date(2026, 12, 1), "nobody works again"


def test_personal_calendar__has_the_persons_days_off_and_country(workspace: Write) -> None:
    person = (
        "title: Li Wei\nteam: ops\n"
        "calendar: {country: DE-BY, days_off: [2026-11-20, {from: 2026-12-21, to: 2026-12-23}, {from: x, to: 1}]}\n"
    )
    root = workspace(
        {"trueup.yaml": "calendar: {country: CN, days_off: [2026-12-30], working_days: [2026-11-29]}\n", "team/people/li.yaml": person}
    )
    loaded = load(WorkingTree(root.root))
    record = loaded.record("person/li")
    assert record is not None
    company, own = Workdays(loaded.config.calendar), Workdays(personal_calendar(loaded.config.calendar, record))
    assert company.is_working(date(2026, 11, 20))
    assert not own.is_working(date(2026, 11, 20))
    assert not own.is_working(date(2026, 12, 22))
    assert not own.is_working(date(2026, 12, 30)), "the company is closed for everyone"
    assert own.is_working(date(2026, 10, 1)), "the national day of China is none in Bavaria"
    assert not own.is_working(date(2026, 11, 29)), "a day that China moved is not worked elsewhere"
    assert not company.is_working(date(2026, 10, 1))


def test_is_known_country() -> None:
    assert is_known_country("CN")
    assert is_known_country("DE-BY")
    assert not is_known_country("DE-XX")
    assert not is_known_country("XX")
