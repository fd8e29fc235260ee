"""Work that is late, work whose days do not fit its status, days that have not come yet, and weeks that are too full."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import TODAY, Written
from trueup.checks import deadlines
from trueup.checks.catalogue import RULES
from trueup.records.config import CONFIG_FILE
from trueup.records.workdays import Calendar, Workdays

Write = Callable[[Mapping[str, str | bytes]], Written]

TEAM = {"team/teams/ops.yaml": "title: Operations\nfunction: operations\n"}
PLAN = "title: Evening slots\nteam: ops\nstatus: {status}\n{rest}"


def plan(rest: str, status: str = "active") -> dict[str, str]:
    return {**TEAM, "plans/evening.yaml": PLAN.format(status=status, rest=rest)}


def found(written: Written, rule: str) -> list[str]:
    """What one rule says, without the path."""
    return [line.partition(": ")[2] for line in written.findings(rules=[getattr(deadlines, rule)])]


@pytest.mark.parametrize(("task", "late"), [
    ("due: 2026-11-19", True),
    ("due: 2026-11-20", False),
    ("due: 2026-11-19, status: blocked", True),
    ("due: 2026-11-19, status: done", False),
    ("due: 2026-11-19, status: dropped", False),
    ("due: 2026-11-19, done_on: 2026-11-19", False),
    ("due: 0001-01-01", True),
    ("due: soon", False),
    ("start: 2026-11-02", False),
])  # fmt: skip
def test_overdue__of_a_task(workspace: Write, task: str, late: bool) -> None:
    lines = found(workspace(plan(f"tasks:\n  - {{id: rota, title: Rota, {task}}}\n")), "overdue")
    assert bool(lines) is late
    assert all(line.startswith('TU308 warning: "rota" was due on ') for line in lines)


@pytest.mark.parametrize(("status", "late"), [("active", 3), ("paused", 0), ("draft", 0), ("done", 0), ("dropped", 0)])
def test_overdue__looks_at_active_plans_with_their_tasks_and_milestones(workspace: Write, status: str, late: int) -> None:
    rest = "due: 2026-11-18\ntasks:\n  - {id: a, title: A, due: 2026-11-18}\nmilestones:\n  - {id: b, title: B, due: 2026-11-18}\n"
    lines = found(workspace(plan(rest, status)), "overdue")
    assert [line.split('"')[1] for line in lines] == ["evening", "a", "b"][:late]


ACTION = "actions:\n  - {id: one, text: One, owner: anna, due: 2026-11-27, FIELDS}\n"
ITEMS = {
    "plans/evening.yaml": PLAN.format(status="active", rest="tasks:\n  - {id: one, title: One, FIELDS}\n"),
    "meetings/sync.yaml": "title: Sync\ndate: 2026-11-02\n" + ACTION,
    "retros/autumn.yaml": "title: Autumn\ndate: 2026-11-02\n" + ACTION,
}


@pytest.mark.parametrize("path", ITEMS)
@pytest.mark.parametrize(("fields", "rule"), [
    ("status: done", "done_without_date"),
    ("status: done, done_on: 2026-11-20", None),
    ("status: dropped", None),
    ("done_on: 2026-11-20", None),
    ("status: dropped, done_on: 2026-11-20", "date_without_done"),
    ("status: done, done_on: 2026-11-21", "done_in_the_future"),
    ("status: dropped, done_on: 2026-11-21", "done_in_the_future"),
])  # fmt: skip
def test_done__status_and_day_of_tasks_and_actions(workspace: Write, path: str, fields: str, rule: str | None) -> None:
    written = workspace({**TEAM, path: ITEMS[path].replace("FIELDS", fields)})
    rules = ("done_without_date", "date_without_done", "done_in_the_future")
    assert [name for name in rules if found(written, name)] == ([rule] if rule else [])


def test_done_without_date__is_a_note_at_the_status(workspace: Write) -> None:
    written = workspace(plan("tasks:\n  - {id: rota, title: Rota, status: done}\n"))
    assert written.findings(rules=[deadlines.done_without_date]) == [
        'plans/evening.yaml:5:37: TU309 note: "rota" is done, and nothing says on which day (add "done_on" with the day)'
    ]


def test_done_in_the_future__of_a_milestone(workspace: Write) -> None:
    written = workspace(plan("milestones:\n  - {id: launch, title: Launch, due: 2026-11-30, done_on: 2026-11-30}\n"))
    (line,) = found(written, "done_in_the_future")
    assert line.startswith('TU311 warning: "launch" is said to be done on 2026-11-30, which has not come yet')


FEEDBACK = "---\ntitle: Late\nreceived_on: {received}\nchannel: support\nstatus: shipped\nreplied_on: {replied}\n---\nLate.\n"
FUTURE = "2026-11-21"


@pytest.mark.parametrize(("path", "text", "fields"), [
    ("feedback/a.md", FEEDBACK.format(received=FUTURE, replied="2026-11-22"), ["received_on", "replied_on"]),
    ("feedback/a.md", FEEDBACK.format(received="2026-11-01", replied="2026-11-20"), []),
    ("checkins/a.yaml", f"subject: goal/x\ndate: {FUTURE}\nauthor: anna\nhealth: on-track\n", ["date"]),
    ("meetings/a.md", f"---\ntitle: Sync\ndate: {FUTURE}\n---\nAgenda.\n", []),
    ("meetings/a.md", f"---\ntitle: Sync\ndate: {FUTURE}\nattendees: [anna]\n---\n", ["date"]),
    ("meetings/a.md", f"---\ntitle: Sync\ndate: {FUTURE}\nattendees: []\n---\n", []),
    ("retros/a.md", f"---\ntitle: Autumn\ndate: {FUTURE}\nparticipants: [anna]\n---\n", []),
    ("retros/a.md", f"---\ntitle: Autumn\ndate: {FUTURE}\nwent_well: [Riders]\n---\n", ["date"]),
    ("team/activities/a.yaml", f"title: Training\ntype: training\ndate: {FUTURE}\n", []),
    ("team/activities/a.yaml", f"title: Training\ntype: training\ndate: {FUTURE}\noutcome: Good\n", ["date"]),
    ("studies/a.yaml", f"title: Why\nmethod: survey\nquestion: Why?\nstatus: running\nended: {FUTURE}\n", []),
    ("feedback/a.md", FEEDBACK.format(received="tomorrow", replied="9999"), []),
])  # fmt: skip
def test_date_in_the_future__of_what_has_happened(workspace: Write, path: str, text: str, fields: list[str]) -> None:
    lines = found(workspace({path: text}), "date_in_the_future")
    assert [line.split('"')[1] for line in lines] == fields


PERSON = "title: Anna\nteam: ops\n{rest}"


def loaded(rest: str, days: int) -> dict[str, str]:
    task = f"{{id: rota, title: Rota, owner: anna, start: 2026-11-23, due: 2026-11-27, estimate: {days}}}"
    return {**plan(f"tasks:\n  - {task}\n"), "team/people/anna.yaml": PERSON.format(rest=rest)}


def test_over_allocated__names_the_worst_week_and_the_largest_task(workspace: Write) -> None:
    assert workspace(loaded("capacity: 2\n", 4)).findings(rules=[deadlines.over_allocated]) == [
        'team/people/anna.yaml:1:1: TU313 warning: "anna" has too much to do in 1 of 6 weeks, most in 2026-W48: 4.0 days of work in 2.0; '
        'the largest task is "plan/evening#rota" (move work to other people or to later weeks)'
    ]


def test_over_allocated__the_worst_of_several_weeks(workspace: Write) -> None:
    weeks = (("2026-11-23", "2026-11-27", 3), ("2026-11-30", "2026-12-04", 5), ("2026-12-07", "2026-12-11", 4))
    tasks = "".join(
        f"  - {{id: {name}{start}, title: Task, owner: anna, start: {start}, due: {due}, estimate: {days}}}\n"
        for start, due, days in weeks
        for name in ("a", "b")
    )
    (line,) = found(workspace({**plan(f"tasks:\n{tasks}"), "team/people/anna.yaml": PERSON.format(rest="")}), "over_allocated")
    assert " in 3 of 6 weeks, most in 2026-W49: 10.0 days of work in 5.0; " in line


@pytest.mark.parametrize(("rest", "days"), [("capacity: 4\n", 4), ("", 5), ("capacity: 1\nleft_on: 2026-11-01\n", 4)])
def test_over_allocated__is_silent_where_the_work_fits_or_the_person_has_left(workspace: Write, rest: str, days: int) -> None:
    assert found(workspace(loaded(rest, days)), "over_allocated") == []


def test_over_allocated__is_judged_with_every_record_at_hand(workspace: Write) -> None:
    assert workspace(loaded("capacity: 1\n", 4)).findings(only=["team/people/anna.yaml"], rules=RULES) == []


@pytest.mark.parametrize(("code", "hint"), [
    ("EN", 'did you mean "GB"?'),
    ("DE-XX", 'write "DE" alone, or a region that has public holidays of its own'),
    ("XX", 'write its ISO 3166 code, as "CN" or "DE-BY", or leave it out and list "days_off"'),
])  # fmt: skip
def test_unknown_country__in_the_settings_and_of_a_person(workspace: Write, code: str, hint: str) -> None:
    calendar = f"calendar:\n  country: {code}\n"
    written = workspace({CONFIG_FILE: calendar, **TEAM, "team/people/anna.yaml": PERSON.format(rest=calendar)})
    assert written.findings(rules=RULES) == [
        f'team/people/anna.yaml:4:12: TU314 no public holidays are known for "{code}" ({hint})',
        f'trueup.yaml:2:12: TU314 no public holidays are known for "{code}" ({hint})',
    ]


@pytest.mark.parametrize("code", ["CN", "GB", "DE-BY"])
def test_unknown_country__is_silent_about_those_there_are(workspace: Write, code: str) -> None:
    assert workspace({CONFIG_FILE: f"calendar:\n  country: {code}\n"}).findings(rules=RULES) == []


def test_unknown_country__a_code_that_is_none_is_told_once(workspace: Write) -> None:
    written = workspace({**TEAM, "team/people/anna.yaml": PERSON.format(rest="calendar:\n  country: china\n")})
    assert [line.split()[1] for line in written.findings(rules=RULES)] == ["TU106"]


def test_workdays__of_an_unknown_country_are_those_without_holidays() -> None:
    assert Workdays(Calendar(country="EN")).is_working(TODAY)


def test_every_rule__of_items_that_are_none_at_all(workspace: Write) -> None:
    broken = "due: [1]\ntasks: [1, null, {status: [done], done_on: {}, due: 5}]\nmilestones: {a: b}\n"
    written = workspace({**plan(broken), "meetings/a.md": "---\ntitle: Sync\ndate: 5\nactions: done\n---\n"})
    for rule in ("overdue", "done_without_date", "date_without_done", "done_in_the_future", "date_in_the_future", "over_allocated"):
        assert found(written, rule) == []
