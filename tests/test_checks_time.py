"""Dates that contradict each other."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from trueup.records.config import CONFIG_FILE

Write = Callable[[Mapping[str, str | bytes]], Written]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (
            "team/people/anna.yaml",
            "title: Anna\nteam: ops\ncalendar:\n  days_off: [2026-01-02, {from: 2026-05-05, to: 2026-05-01}]\n",
            '"to" is 2026-05-01, before "from" on 2026-05-05',
        ),
        (
            "feedback/a.md",
            "---\ntitle: Late\nreceived_on: 2026-05-05\nchannel: support\nstatus: replied\nreplied_on: 2026-05-04\n---\nLate.\n",
            '"replied_on" is 2026-05-04, before "received_on" on 2026-05-05',
        ),
        (
            "decisions/a.md",
            "---\ntitle: Later\ndate: 2026-05-05\nstatus: accepted\ntype: adjustment\nreview_by: 2026-05-04\n---\nLater.\n",
            '"review_by" is 2026-05-04, before "date" on 2026-05-05',
        ),
    ],
)
def test_ends_before_start__of_dates_that_are_called_otherwise(workspace: Write, path: str, text: str, found: str) -> None:
    written = workspace({"team/teams/ops.yaml": "title: Operations\nfunction: operations\n", path: text})
    (line,) = [one for one in written.findings() if " TU301 " in one]
    assert line.endswith(f" TU301 {found} (exchange the two dates, or correct one)")


CADENCE = "title: Sync\nevery: {every}\nday: {day}\n"


@pytest.mark.parametrize(("every", "day", "faults"), [
    ("week", "31", 1), ("2 weeks", "1", 1), ("week", "monday", 0), ("month", "31", 0), ("quarter", "15", 0), ("month", "friday", 0),
    ("week", "32", 1), ("week", "Montag", 1),
])  # fmt: skip
def test_cadence__of_weeks_falls_on_a_day_of_the_week(workspace: Write, every: str, day: str, faults: int) -> None:
    found = workspace({"team/cadences/sync.yaml": CADENCE.format(every=every, day=day)}).findings()
    assert len(found) == faults
    assert all(f'team/cadences/sync.yaml:3:6: TU104 "{day}" is not allowed for "day"' in line for line in found)


@pytest.mark.parametrize(("zone", "hint"), [
    ("Asia/Shanghia", 'did you mean "Asia/Shanghai"?'),
    ("Beijing", 'did you mean "Asia/Shanghai"?'),
    ("london", 'did you mean "Europe/London"?'),
    ("UTC+8", 'write its IANA name, as "Asia/Shanghai" or "Europe/London"'),
    ("Asia", 'write its IANA name, as "Asia/Shanghai" or "Europe/London"'),
])  # fmt: skip
def test_unknown_time_zone__says_which_was_probably_meant(workspace: Write, zone: str, hint: str) -> None:
    cadence = CADENCE.format(every="week", day="monday") + f"timezone: {zone}\n"
    assert workspace({"team/cadences/sync.yaml": cadence}).findings() == [
        f'team/cadences/sync.yaml:4:11: TU305 there is no time zone "{zone}" ({hint})'
    ]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/Argentina/Buenos_Aires"])
def test_unknown_time_zone__is_silent_about_those_there_are(workspace: Write, zone: str) -> None:
    cadence = CADENCE.format(every="week", day="monday") + f"timezone: {zone}\n"
    assert workspace({"team/cadences/sync.yaml": cadence}).findings() == []


def test_unknown_time_zone__is_silent_where_the_computer_knows_none(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError

    monkeypatch.setattr(zoneinfo, "ZoneInfo", nothing)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    cadence = CADENCE.format(every="week", day="monday") + "timezone: Asia/Shanghai\n"
    assert workspace({"team/cadences/sync.yaml": cadence}).findings() == []


def pegged(launch: str, task: str) -> dict[str, str | bytes]:
    """A launch on a day, and a task of another plan that hangs on it."""
    return {
        "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
        "plans/shop.yaml": f"title: Shop\nteam: ops\nstatus: active\nmilestones:\n  - {{id: launch, title: Launch, {launch}}}\n",
        "plans/ads.yaml": f"title: Ads\nteam: ops\nstatus: active\ntasks:\n  - {{id: copy, title: Copy, {task}}}\n",
    }


@pytest.mark.parametrize(("launch", "task"), [
    ("due: 2026-12-01", "due: 2026-11-24, pegged_to: plan/shop#launch, offset: -5"),
    ("due: 2026-12-01", "due: 2026-12-01, pegged_to: plan/shop#launch, offset: 0"),
    ("due: 2026-12-06", "due: 2026-12-04, pegged_to: plan/shop#launch, offset: -1"),
    ("due: 2026-12-05", "due: 2026-12-07, pegged_to: plan/shop#launch, offset: 1"),
    ("due: 2026-12-06", "due: 2026-12-06, pegged_to: plan/shop#launch, offset: 0"),
    ("due: 2026-12-01, done_on: 2026-12-02", "due: 2026-12-03, pegged_to: plan/shop#launch, offset: 1"),
    ("due: 2026-12-01", "due: 2026-11-23, status: done, pegged_to: plan/shop#launch, offset: -5"),
    ("due: 2026-12-01", "due: 2026-11-23, status: dropped, pegged_to: plan/shop#launch, offset: -5"),
    ("due: 2026-12-01", "due: 2026-11-23, pegged_to: plan/shop#launch"),
    ("due: 2026-12-01", "pegged_to: plan/shop#launch, offset: -5"),
    ("due: 0001-01-03", "due: 2026-11-23, pegged_to: plan/shop#launch, offset: -5"),
])  # fmt: skip
def test_broken_peg__is_silent_where_the_days_agree_or_nothing_is_promised(workspace: Write, launch: str, task: str) -> None:
    assert workspace(pegged(launch, task)).findings() == []


@pytest.mark.parametrize(("launch", "due", "offset", "right"), [
    ("2026-12-01", "2026-11-23", -5, "2026-11-24"),
    ("2026-12-01", "2026-11-26", -5, "2026-11-24"),
    ("2026-12-08", "2026-11-24", -5, "2026-12-01"),
    ("2026-12-01", "2026-12-16", 10, "2026-12-15"),
    ("2026-12-06", "2026-12-07", -7, "2026-11-26"),
])  # fmt: skip
def test_broken_peg__names_the_day_that_keeps_the_promise(workspace: Write, launch: str, due: str, offset: int, right: str) -> None:
    task = f"due: {due}, pegged_to: plan/shop#launch, offset: {offset}"
    assert workspace(pegged(f"due: {launch}", task)).findings() == [
        f'plans/ads.yaml:5:34: TU307 warning: "copy" is due on {due}, and its peg "plan/shop#launch" on {launch} with the offset {offset}'
        f" makes that {right} (move the date, or change the offset)"
    ]


def test_broken_peg__counts_by_the_calendar_of_the_workspace(workspace: Write) -> None:
    """The eighth of October follows seven free days in China, and the tenth is a Saturday that is worked."""
    task = "due: 2026-10-09, pegged_to: plan/shop#launch, offset: {}"
    config = {CONFIG_FILE: "calendar: {country: CN}\n"}
    assert workspace({**pegged("due: 2026-09-30", task.format(2)), **config}).findings() == []
    assert workspace({**pegged("due: 2026-10-12", task.format(-2)), **config}).findings() == []
    (line,) = workspace({**pegged("due: 2026-10-12", task.format(-1)), **config}).findings()
    assert "with the offset -1 makes that 2026-10-10 (" in line


def test_offset_without_peg__is_a_finding(workspace: Write) -> None:
    assert workspace(pegged("due: 2026-12-01", "due: 2026-11-24, offset: -5")).findings() == [
        'plans/ads.yaml:5:54: TU306 "copy" has an offset and nothing that it is counted from'
        ' (write under "pegged_to" what its date hangs on, or delete the offset)'
    ]


def test_ends_before_start__a_day_is_a_span_too(workspace: Write) -> None:
    text = "---\ntitle: Fair\nteam: ops\nstatus: active\nstart: 2026-05-05\ndue: {due}\n---\nFair.\n"

    def codes(due: str) -> list[str]:
        files = {"team/teams/ops.yaml": "title: Operations\nfunction: operations\n", "plans/fair.md": text.format(due=due)}
        return [one.split(" ")[1] for one in workspace(files).findings() if " TU301 " in one]

    assert codes("2026-05-05") == []
    assert codes("2026-05-04") == ["TU301"]


def test_dependency_order__a_task_may_begin_on_the_day_when_the_other_ends(workspace: Write) -> None:
    def codes(start: str) -> list[str]:
        tasks = f"  - {{id: a, title: A, due: 2026-05-05}}\n  - {{id: b, title: B, start: {start}, depends_on: [a]}}\n"
        files = {"plans/fair.md": f"---\ntitle: Fair\nteam: ops\nstatus: active\ntasks:\n{tasks}---\nFair.\n"}
        return [one.split(" ")[1] for one in workspace(files).findings() if " TU303 " in one]

    assert codes("2026-05-05") == []
    assert codes("2026-05-04") == ["TU303"]
