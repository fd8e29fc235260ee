"""Who has how much to do in which week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import Written
from trueup.views.schedule import schedule
from trueup.views.workload import PersonLoad, Workload, of_team, workload

Write = Callable[[Mapping[str, str | bytes]], Written]
Make = Callable[..., Workload]

MONDAY = date(2026, 11, 23)
LI_WEI = "title: Li Wei\nteam: product\n"
PLAN = "title: Shop\nteam: product\nstatus: active\n"


@pytest.fixture
def made(workspace: Write) -> Make:
    def make(tasks: str, today: date = MONDAY, person: str = LI_WEI, files: Mapping[str, str] | None = None, weeks: int = 3) -> Workload:
        texts = {"team/people/li-wei.yaml": person, "plans/shop.yaml": PLAN + tasks, **(files or {})}
        loaded = workspace(texts).load()
        return workload(loaded, schedule(loaded, today), weeks)

    return make


def li_wei(found: Workload) -> PersonLoad:
    return next(one for one in found.people if one.address == "person/li-wei")


def loads(found: Workload) -> list[float]:
    return [round(week.load, 3) for week in li_wei(found).weeks]


def test_workload__work_lies_evenly_between_its_start_and_its_due_date(made: Make) -> None:
    found = made("tasks: [{id: a, title: A, owner: li-wei, estimate: 2, due: 2026-12-04}, {id: b, title: B, owner: li-wei, estimate: 3}]\n")
    assert loads(found) == [4, 1, 0]
    assert [(one.title, one.days) for one in li_wei(found).weeks[0].tasks] == [("B", 3), ("A", 1)]
    assert [week.week for week in li_wei(found).weeks] == [one.name for one in found.weeks] == ["2026-W48", "2026-W49", "2026-W50"]


def test_workload__late_work_lies_where_the_schedule_puts_it(made: Make) -> None:
    found = made("tasks: [{id: a, title: A, owner: li-wei, estimate: 7, due: 2026-11-10}]\n")
    assert loads(found) == [5, 2, 0]
    assert not li_wei(found).is_over


def test_workload__over_is_more_than_the_room_and_names_the_week(made: Make) -> None:
    tasks = "tasks: [{id: a, title: A, owner: li-wei, estimate: 5}, {id: b, title: B, owner: li-wei, estimate: 0.5}]\n"
    first = li_wei(made(tasks)).weeks[0]
    assert (first.load, first.capacity, first.share, first.is_over) == (6, 5, 1.2, True)
    assert not li_wei(made(tasks, files={"trueup.yaml": "thresholds: {load_percent: 120}\n"})).is_over
    assert li_wei(made(tasks, files={"trueup.yaml": "thresholds: {load_percent: 119}\n"})).is_over


def test_workload__holidays_days_off_and_part_time_leave_less_room(made: Make) -> None:
    person = LI_WEI + "capacity: 4\ncalendar: {days_off: [2026-11-24]}\n"
    calendar = "calendar: {days_off: [{from: 2026-12-01, to: 2026-12-02}], working_days: [2026-12-12]}\n"
    found = li_wei(made("", person=person, files={"trueup.yaml": calendar}))
    assert [round(week.capacity, 3) for week in found.weeks] == [3.2, 2.4, 4.8]
    assert found.capacity == 4
    assert [week.share for week in found.weeks] == [0, 0, 0]


def test_workload__the_first_week_is_what_is_left_of_it(made: Make) -> None:
    tasks = "tasks: [{id: a, title: A, owner: li-wei, estimate: 3}]\n"
    found = made(tasks, today=date(2026, 11, 26))
    assert [(week.load, week.capacity) for week in li_wei(found).weeks] == [(2, 2), (1, 5), (0, 5)]
    sunday = made(tasks, today=date(2026, 11, 22))
    assert [week.name for week in sunday.weeks] == ["2026-W48", "2026-W49", "2026-W50"]
    assert li_wei(sunday).weeks[0].capacity == 5


def test_workload__nobody_away_or_gone_has_room(made: Make) -> None:
    tasks = "tasks: [{id: a, title: A, owner: li-wei, estimate: 2, start: 2026-11-30}]\n"
    left = li_wei(made(tasks, person=LI_WEI + "left_on: 2026-11-24\n"))
    assert [(week.capacity, week.is_over) for week in left.weeks] == [(2, False), (0, True), (0, False)]
    assert left.weeks[1].share is None
    gone = made("", person=LI_WEI + "left_on: 2026-11-20\n")
    assert gone.people == ()


def test_workload__work_without_an_owner_and_of_somebody_unknown_is_told(made: Make) -> None:
    found = made("tasks: [{id: a, title: A}, {id: b, title: B, owner: nobody-known, estimate: 6}]\n")
    assert [(one.address, one.title, one.capacity, one.is_over) for one in found.people] == [
        ("person/li-wei", "Li Wei", 5.0, False), ("person/nobody-known", "nobody-known", 5.0, False), (None, "", None, False),
    ]  # fmt: skip
    assert [(one.days, one.is_guessed) for one in found.people[2].weeks[0].tasks] == [(1, True)]


def test_workload__what_is_done_dropped_or_paused_asks_for_nothing(made: Make) -> None:
    tasks = (
        "tasks: [{id: a, title: A, owner: li-wei, status: done, done_on: 2026-11-24}, {id: b, title: B, owner: li-wei, status: dropped}]\n"
    )
    paused = PLAN.replace("active", "paused") + "tasks: [{id: c, title: C, owner: li-wei, estimate: 9}]\n"
    assert loads(made(tasks, files={"plans/paused.yaml": paused})) == [0, 0, 0]


def test_workload__what_goes_in_a_circle_is_left_out(made: Make) -> None:
    assert loads(made("tasks: [{id: a, title: A, owner: li-wei, depends_on: [a]}]\n")) == [0, 0, 0]


@pytest.mark.parametrize("today", [date.min, date(2026, 12, 31), date(2200, 12, 31), date.max])
def test_workload__any_day_does(made: Make, today: date) -> None:
    tasks = """tasks:
  - {id: a, title: A, owner: li-wei, estimate: 1.0e+300, due: 9999-12-31}
  - {id: b, title: B, owner: li-wei, due: 9999-12-31}
"""
    found = made(tasks, today=today, person=LI_WEI + "capacity: -3\nleft_on: 9999-12-31\n")
    assert li_wei(found).capacity == 0


def test_of_team__only_its_people(made: Make) -> None:
    other = {"team/people/ma-li.yaml": "title: Ma Li\nteam: operations\n"}
    assert [one.title for one in of_team(made("", files=other), "team/operations").people] == ["Ma Li"]
