"""A rhythm that has been lost: check-ins, meetings, actions and values that did not come."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from trueup.checks import rhythm

Write = Callable[[Mapping[str, str | bytes]], Written]


def plan(status: str, start: str) -> str:
    return f"title: Evening slots\nteam: operations\nstatus: {status}\nstart: {start}\n"


def checkin(day: str, more: str = "", subject: str = "plan/slots", health: str = "on-track") -> str:
    return f"subject: {subject}\ndate: {day}\nauthor: lin-yue\nhealth: {health}\n{more}"


@pytest.mark.parametrize(("status", "start", "days", "message"), [
    ("active", "2026-10-01", ["2026-11-05", "2026-10-20"], '"checkin/slots-0" of 2026-11-05 is the latest check-in of it, 15 days ago'),
    ("active", "2026-10-01", ["2026-11-06"], None),
    ("active", "2026-11-05", [], "this began 15 days ago, and nobody has written a check-in of it"),
    ("active", "2026-11-06", [], None),
    ("active", "2027-01-01", [], None),
    ("paused", "2026-10-01", [], None),
    ("done", "2026-10-01", [], None),
])  # fmt: skip
def test_stale_check_in__by_the_latest_or_since_it_began(
    workspace: Write, status: str, start: str, days: list[str], message: str | None
) -> None:
    checkins = {f"checkins/slots-{number}.yaml": checkin(day) for number, day in enumerate(days)}
    other = {"checkins/other.yaml": checkin("2026-11-19", subject="plan/other")}
    found = workspace({"plans/slots.yaml": plan(status, start), **other, **checkins}).findings(rules=[rhythm.stale_check_in])
    assert found == [f'plans/slots.yaml:3:9: TU601 warning: {message} (write one with "subject: plan/slots")' for _ in [1] if message]


def test_stale_check_in__is_silent_where_nobody_writes_any(workspace: Write) -> None:
    assert workspace({"plans/slots.yaml": plan("active", "2026-01-05")}).findings(rules=[rhythm.stale_check_in]) == []


@pytest.mark.parametrize(("status", "health", "value", "said"), [
    ("active", "on-track", 81.5, '"checkin/a" says "on-track", and the numbers say "off-track": 10% of the way in 55% of the time'),
    ("active", "at-risk", 81.5, '"checkin/a" says "at-risk", and the numbers say "off-track"'),
    ("active", "off-track", 81.5, None),
    ("active", "on-track", 89, None),
    ("active", "off-track", 89, None),
    ("achieved", "on-track", 81.5, None),
])  # fmt: skip
def test_watermelon__where_the_check_in_is_better_than_the_numbers(
    workspace: Write, status: str, health: str, value: float, said: str | None
) -> None:
    key_result = "key_results:\n  - {id: rate, title: Rate, baseline: 80, target: 95}\n"
    written = workspace({
        "goals/rate.yaml": f"title: Rate\nperiod: 2026-Q4\nstatus: {status}\n{key_result}",
        "checkins/a.yaml": checkin("2026-11-16", f"key_results: {{rate: {value}}}\n", "goal/rate", health),
    })  # fmt: skip
    found = written.findings(rules=[rhythm.watermelon])
    assert len(found) == (said is not None)
    assert all(line.startswith(f"goals/rate.yaml:3:9: TU602 warning: {said}") for line in found)


@pytest.mark.parametrize(("held", "message"), [
    (["2026-11-03", "2026-11-10"], None),
    (["2026-11-03"], "there is no record of the meeting of 2026-11-10"),
    (["2026-10-27"], "there is no record of the last 2 meetings, the latest of 2026-11-10"),
    (["2026-10-06", "2026-11-11"], None),
    ([], None),
])  # fmt: skip
def test_meeting_missed__since_the_one_that_was_held_last(workspace: Write, held: list[str], message: str | None) -> None:
    meetings = {f"meetings/{day}.yaml": f"title: Sync\ndate: {day}\ncadence: sync\n" for day in held}
    other = {"meetings/other.yaml": "title: Other\ndate: 2026-11-02\n"}
    written = workspace({"team/cadences/sync.yaml": "title: Sync\nevery: week\nday: tuesday\n", **other, **meetings})
    found = written.findings(rules=[rhythm.meeting_missed])
    assert len(found) == (message is not None)
    assert all(line.startswith(f"team/cadences/sync.yaml:2:8: TU603 warning: {message} (") for line in found)


@pytest.mark.parametrize("folder", ["meetings", "retros"])
@pytest.mark.parametrize(("action", "day", "count"), [
    ("due: 2026-11-19", "2026-11-02", 1),
    ("due: 2026-11-19, status: open", "2026-11-02", 1),
    ("due: 2026-11-19, status: done, done_on: 2026-11-25", "2026-11-02", 1),
    ("due: 2026-11-20, status: open", "2026-11-02", 0),
    ("due: 2026-11-19, status: done", "2026-11-02", 0),
    ("due: 2026-11-19, status: dropped", "2026-11-02", 0),
    ("due: 2026-11-19, status: open", "2026-11-30", 0),
    ("due: soon, status: open", "2026-11-02", 0),
])  # fmt: skip
def test_action_overdue__from_the_day_after(workspace: Write, folder: str, action: str, day: str, count: int) -> None:
    text = f"title: Sync\ndate: {day}\nactions:\n  - {{id: rota, text: Rota, owner: lin-yue, {action}}}\n"
    found = workspace({f"{folder}/a.yaml": text}).findings(rules=[rhythm.action_overdue])
    assert found == [f'{folder}/a.yaml:4:49: TU604 warning: "rota" was due on 2026-11-19 and is not done '
                     "(close it, or agree on a new date)"] * count  # fmt: skip


@pytest.mark.parametrize(("status", "problem", "count"), [
    ("active", "", 1),
    ("paused", ", status: open", 1),
    ("active", ", owner: lin-yue", 0),
    ("active", ", status: done", 0),
    ("done", "", 0),
])  # fmt: skip
def test_problem_without_owner__in_the_latest_check_in(workspace: Write, status: str, problem: str, count: int) -> None:
    before = checkin("2026-11-02", "problems: [{id: rain, problem: Too wet}]\n")
    latest = checkin("2026-11-16", f"problems:\n  - {{id: riders, problem: Too few{problem}}}\n")
    later = checkin("2026-12-01")
    written = workspace({
        "plans/slots.yaml": plan(status, "2026-10-05"),
        "checkins/a.yaml": before, "checkins/b.yaml": latest, "checkins/c.yaml": later,
    })  # fmt: skip
    found = written.findings(rules=[rhythm.problem_without_owner])
    assert found == ['checkins/b.yaml:6:27: TU605 warning: nobody owns the problem "riders" (name an "owner", who sees to it)'] * count


@pytest.mark.parametrize(("cadence", "values", "message"), [
    ("weekly", "2026-11-05,1,\n", None),
    ("weekly", "2026-11-06,1,\n", None),
    ("weekly", "2026-10-30,1,\n2026-11-25,1,\n", 'the last value is of 2026-10-30; counted "weekly", the next was due on 2026-11-06'),
    ("monthly", "2026-10-30,1,\n", None),
    ("daily", "", 'this is counted "daily", and there is no value yet'),
])  # fmt: skip
def test_stale_series__later_than_its_cadence_allows(workspace: Write, cadence: str, values: str, message: str | None) -> None:
    written = workspace({
        "trueup.yaml": "thresholds:\n  series_days: 8\n",
        "metrics/rate.yaml": f"title: Rate\nunit: '%'\ndirection: up\ncadence: {cadence}\n",
        "metrics/rate.csv": f"date,value,note\n{values}",
    })  # fmt: skip
    found = written.findings(rules=[rhythm.stale_series])
    assert found == [f"metrics/rate.yaml:4:10: TU606 warning: {message} (add the value to metrics/rate.csv)" for _ in [1] if message]
