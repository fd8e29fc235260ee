"""The dates that a cadence gives, which were held, which were missed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.records.record import Record
from trueup.records.tree import WorkingTree
from trueup.records.workdays import Calendar, Stretch, Workdays
from trueup.records.workspace import Workspace, load
from trueup.views.rhythm import Cadence, cadences, dates_of, rule_of

Write = Callable[[Mapping[str, str | bytes]], Written]
TODAY = date(2026, 11, 22)

# Everybody works every day.
ALWAYS = Workdays(Calendar(weekend=frozenset()))


@pytest.fixture
def cadence(workspace: Write) -> Callable[..., Record]:
    def made(text: str) -> Record:
        loaded = load(WorkingTree(workspace({"team/cadences/x.yaml": f"title: X\n{text}\n"}).root))
        return loaded.of_kind("cadence")[0]

    return made


def rhythm(loaded: Workspace, today: date = TODAY) -> Cadence:
    return cadences(loaded, today, Workdays(loaded.config.calendar))[0]


@pytest.fixture
def held(workspace: Write) -> Callable[..., Cadence]:
    def made(cadence: str, *days: str, settings: str = "") -> Cadence:
        meetings = {f"meetings/{day}.yaml": f"title: M\ndate: {day}\ncadence: x\n" for day in days}
        written = workspace({"trueup.yaml": settings, "team/cadences/x.yaml": f"title: X\n{cadence}\n", **meetings})
        return rhythm(load(WorkingTree(written.root)))

    return made


@pytest.mark.parametrize(
    ("text", "rule", "dates"),
    [
        ("every: week\nday: tuesday", "FREQ=WEEKLY;BYDAY=TU", ["01-06", "01-13", "01-20", "01-27"]),
        ("every: month\nday: monday", "FREQ=MONTHLY;BYDAY=1MO", ["01-05", "02-02", "03-02", "04-06"]),
        ("every: month\nday: 12", "FREQ=MONTHLY;BYMONTHDAY=12", ["01-12", "02-12", "03-12", "04-12"]),
        ("every: month\nday: 31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", ["01-31", "02-28", "03-31", "04-30"]),
        ("every: month\nday: 29", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", ["01-29", "02-28", "03-29", "04-29"]),
        ("every: quarter\nday: 8", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=8", ["01-08", "04-08", "07-08", "10-08"]),
        ("every: quarter\nday: friday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1FR", ["01-02", "04-03", "07-03", "10-02"]),
    ],
)
def test_dates_of__as_the_schema_promises(cadence: Callable[[str], Record], text: str, rule: str, dates: list[str]) -> None:
    record = cadence(text)
    assert rule_of(record) == rule
    assert [one.strftime("%m-%d") for one in dates_of(record, date(2026, 1, 1), date(2026, 12, 31), ALWAYS)][:4] == dates


def test_dates_of__the_last_day_of_february_in_a_leap_year(cadence: Callable[[str], Record]) -> None:
    record = cadence("every: month\nday: 30")
    assert dates_of(record, date(2028, 2, 1), date(2028, 2, 29), ALWAYS) == [date(2028, 2, 29)]


@pytest.mark.parametrize("text", ["every: week\nday: 31", "every: fortnight\nday: monday", "every: month", "every: [month]\nday: true"])
def test_dates_of__what_makes_no_sense_gives_no_dates(cadence: Callable[[str], Record], text: str) -> None:
    record = cadence(text)
    assert rule_of(record) == ""
    assert dates_of(record, date(2026, 1, 1), date(2026, 12, 31), ALWAYS) == []


def test_dates_of__two_weeks_are_counted_from_the_first_meeting(cadence: Callable[[str], Record]) -> None:
    record = cadence("every: 2 weeks\nday: thursday")
    even = dates_of(record, date(2026, 11, 1), date(2026, 11, 30), ALWAYS, date(2026, 9, 3))
    odd = dates_of(record, date(2026, 11, 1), date(2026, 11, 30), ALWAYS, date(2026, 9, 8))
    assert [one.day for one in even] == [12, 26]
    assert [one.day for one in odd] == [5, 19]


def test_dates_of__two_weeks_never_slip(cadence: Callable[[str], Record]) -> None:
    record = cadence("every: 2 weeks\nday: thursday")
    days = st.dates(date(1970, 1, 1), date(2200, 10, 1))

    @given(days, days)
    def never_slip(first: date, begun: date) -> None:
        found = dates_of(record, first, first + timedelta(days=55), ALWAYS, begun)
        monday = begun - timedelta(days=begun.weekday())
        assert all((one - timedelta(days=one.weekday()) - monday).days % 14 == 0 for one in found)
        assert len(found) == 4

    never_slip()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        # In China 1 to 7 October 2026 are free, 20 September (a Sunday) and 10 October (a Saturday) are worked for it.
        ("every: week\nday: monday", ["09-14", "09-21", "09-28", "10-12"]),
        ("every: 2 weeks\nday: tuesday", ["09-15", "09-29", "10-13", "10-27"]),
        ("every: week\nday: saturday", ["09-19", "09-26", "10-10", "10-17"]),
        ("every: month\nday: 3", ["10-08", "11-03", "12-03"]),
        ("every: month\nday: 20", ["09-20", "10-20", "11-20", "12-21"]),
        ("every: month\nday: 31", ["09-30", "11-02", "11-30", "12-31"]),
        ("every: month\nday: friday", ["10-09", "11-06", "12-04"]),
        ("every: quarter\nday: thursday", ["10-08"]),
        ("every: quarter\nday: 1", ["10-08"]),
    ],
)
def test_dates_of__no_meeting_on_a_holiday(cadence: Callable[[str], Record], text: str, dates: list[str]) -> None:
    found = dates_of(cadence(text), date(2026, 9, 14), date(2026, 12, 31), Workdays(Calendar("CN")))
    assert [one.strftime("%m-%d") for one in found][:4] == dates


@pytest.mark.parametrize(("day", "dates"), [("15", ["05-15", "08-03", "08-17"]), ("monday", ["05-04", "08-03"])])
def test_dates_of__a_company_that_is_closed_for_long(cadence: Callable[[str], Record], day: str, dates: list[str]) -> None:
    closed = Workdays(Calendar(off=(Stretch(date(2026, 6, 1), date(2026, 7, 31)),)))
    found = dates_of(cadence(f"every: month\nday: {day}"), date(2026, 5, 1), date(2026, 8, 31), closed)
    assert [one.strftime("%m-%d") for one in found] == dates


def test_dates_of__every_day_of_every_cadence_is_worked(cadence: Callable[[str], Record]) -> None:
    workdays = Workdays(Calendar("CN"))
    records = [cadence(f"every: {every}\nday: {day}") for every in ("month", "quarter") for day in (1, 8, 29, 31, "monday", "friday")]

    @given(st.dates(date(2022, 1, 1), date(2026, 12, 1)), st.sampled_from(records), st.integers(0, 400))
    def worked(first: date, record: Record, length: int) -> None:
        last = first + timedelta(days=length)
        found = dates_of(record, first, last, workdays)
        assert found == sorted(set(found))
        assert all(first <= one <= last and workdays.is_working(one) for one in found)
        around = dates_of(record, first - timedelta(days=50), last + timedelta(days=50), workdays)
        assert found == [one for one in around if first <= one <= last], "a date does not depend on what is asked for"

    worked()


@pytest.mark.parametrize(
    ("text", "last", "following"),
    [
        ("every: week\nday: tuesday", "2026-11-17", date(2026, 12, 1)),
        ("every: month\nday: 24", "2026-10-24", date(2026, 11, 30)),
    ],
)
def test_cadences__the_next_meeting_is_not_on_a_holiday(held: Callable[..., Cadence], text: str, last: str, following: date) -> None:
    found = held(text, last, settings="calendar: {days_off: [{from: 2026-11-23, to: 2026-11-27}]}\n")
    assert found.next is not None
    assert found.next.date == following


def test_cadences__a_meeting_that_was_put_off_by_a_holiday_is_missed_from_then_on(held: Callable[..., Cadence]) -> None:
    closed = "calendar: {days_off: [{from: 2026-11-12, to: 2026-11-19}]}\n"
    found = held("every: month\nday: 12", "2026-10-12", settings=closed)
    assert [(one.date.isoformat(), one.state) for one in found.occurrences] == [("2026-10-12", "held"), ("2026-11-20", "planned")]


def test_cadences__a_meeting_moved_out_of_a_holiday_was_held(held: Callable[..., Cadence]) -> None:
    closed = "calendar: {days_off: [2026-11-17]}\n"
    found = held("every: week\nday: tuesday", "2026-11-10", "2026-11-18", settings=closed)
    assert [(one.date.day, one.state, one.meeting) for one in found.occurrences] == [
        (10, "held", "meeting/2026-11-10"),
        (17, "held", "meeting/2026-11-18"),
    ]


def test_cadences__what_is_held_missed_planned_and_off(held: Callable[..., Cadence]) -> None:
    found = held(
        "every: week\nday: tuesday", "2026-10-20", "2026-10-28", "2026-11-10",
        settings="calendar: {days_off: [2026-11-03]}\n",
    )  # fmt: skip
    assert [(one.date.isoformat(), one.state, one.meeting) for one in found.occurrences] == [
        ("2026-10-20", "held", "meeting/2026-10-20"),
        ("2026-10-27", "held", "meeting/2026-10-28"),
        ("2026-11-03", "off", None),
        ("2026-11-10", "held", "meeting/2026-11-10"),
        ("2026-11-17", "missed", None),
    ]
    assert found.next is not None
    assert found.next.date == date(2026, 11, 24)


def test_cadences__a_record_may_be_a_few_days_late(held: Callable[..., Cadence]) -> None:
    found = held("every: week\nday: friday", "2026-11-13")
    assert [one.state for one in found.occurrences] == ["held", "planned"], "the 20th was two days ago"


def test_cadences__two_meetings_in_a_week_count_once(held: Callable[..., Cadence]) -> None:
    found = held("every: week\nday: tuesday", "2026-11-09", "2026-11-10", "2026-11-17")
    assert [(one.date.day, one.meeting) for one in found.in_state("held")] == [(10, "meeting/2026-11-10"), (17, "meeting/2026-11-17")]
    assert len(found.meetings) == 3


def test_cadences__that_never_met_have_missed_nothing(held: Callable[..., Cadence]) -> None:
    found = held("every: week\nday: tuesday")
    assert found.occurrences == ()
    assert found.next is not None


def test_cadences__keep_their_clock_across_daylight_saving(held: Callable[..., Cadence]) -> None:
    found = held('every: week\nday: tuesday\ntime: "09:30"\ntimezone: Europe/London', "2026-10-20", "2026-10-27")
    before, after = (one.start for one in found.occurrences[:2])
    assert before is not None
    assert after is not None
    assert (before.astimezone(UTC).hour, after.astimezone(UTC).hour) == (8, 9)
    assert (before.hour, after.hour) == (9, 9)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "Asia"])
def test_cadences__a_zone_that_there_is_not_gives_no_time(held: Callable[..., Cadence], zone: str) -> None:
    found = held(f'every: week\nday: tuesday\ntime: "09:30"\ntimezone: "{zone}"', "2026-10-20")
    assert found.occurrences[0].start is None or found.occurrences[0].start.tzinfo is None


def test_cadences__are_the_same_wherever_the_machine_stands(held: Callable[..., Cadence], monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'every: month\nday: 31\ntime: "23:30"\ntimezone: Asia/Shanghai'
    found = []
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append(held(text, "2026-08-31"))
    monkeypatch.delenv("TZ")
    time.tzset()
    assert found[0] == found[1] == found[2]
    assert os.environ.get("TZ") is None


@pytest.mark.parametrize("today", [date.min, date.max, date(2026, 12, 31)])
def test_cadences__at_the_ends_of_the_calendar(workspace: Write, today: date) -> None:
    files = {
        "team/cadences/x.yaml": "title: X\nevery: 2 weeks\nday: friday\n",
        "meetings/a.yaml": "title: A\ndate: 0001-01-01\ncadence: x\n",
    }
    assert rhythm(load(WorkingTree(workspace(files).root)), today).meetings == ("meeting/a",)
