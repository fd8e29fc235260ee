"""Goals that nobody shares, plans that serve none, launches without operations, and owners who have left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from trueup.checks import alignment
from trueup.checks.catalogue import RULES
from trueup.checks.rule import Rule

Write = Callable[[Mapping[str, str | bytes]], Written]

TEAMS = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "team/teams/sales.yaml": "title: Sales\nfunction: sales\n",
}
PEOPLE = {
    **TEAMS,
    "team/people/li-wei.yaml": "title: Li Wei\nteam: product\n",
    "team/people/zhao-min.yaml": "title: Zhao Min\nteam: ops\n",
}
OWNERS = "product_owner: li-wei\noperations_owner: zhao-min\n"


def goal(name: str, rest: str = "", status: str = "active", period: str = "2026-Q4") -> dict[str, str]:
    return {f"goals/{name}.yaml": f"title: Goal\nperiod: {period}\nstatus: {status}\n{rest}"}


def plan(name: str, rest: str = "", status: str = "active", team: str = "product") -> dict[str, str]:
    return {f"plans/{name}.yaml": f"title: Plan\nteam: {team}\nstatus: {status}\n{rest}"}


def found(written: Written, rule: Rule) -> list[str]:
    """Where a rule says something: path, line and column."""
    return [line.partition(": ")[0] for line in written.findings(rules=[rule])]


@pytest.mark.parametrize(("rest", "status", "product", "operations"), [
    ("", "active", True, True),
    ("product_owner: li-wei\n", "active", False, True),
    ("operations_owner: zhao-min\n", "active", True, False),
    (OWNERS, "active", False, False),
    ("", "draft", False, False),
    ("", "missed", False, False),
])  # fmt: skip
def test_goal_without_owner__on_either_side(workspace: Write, rest: str, status: str, product: bool, operations: bool) -> None:
    written = workspace({**PEOPLE, **goal("a", rest, status)})
    assert found(written, alignment.goal_without_product_owner) == ["goals/a.yaml:1:1"] * product
    assert found(written, alignment.goal_without_operations_owner) == ["goals/a.yaml:1:1"] * operations


def test_goal_without_owner__is_silent_where_there_are_no_people(workspace: Write) -> None:
    written = workspace(goal("a"))
    assert found(written, alignment.goal_without_product_owner) == found(written, alignment.goal_without_operations_owner) == []


def test_goal_without_owner__of_a_kind_of_goal_that_has_no_such_field(workspace: Write) -> None:
    own = """{"x-kind": {"name": "goal", "label": {"en": "Goal", "zh": "目标"}, "plural": {"en": "Goals", "zh": "目标"},
      "files": ["goals/**/*.yaml"], "title": "title", "status": "status", "states": {"open": ["active"]}},
      "type": "object", "properties": {"title": {"type": "string"}, "status": {"enum": ["active"]}}}"""
    written = workspace({**PEOPLE, "schemas/goal.schema.json": own, "goals/a.yaml": "title: Goal\nstatus: active\n"})
    assert written.findings(rules=RULES) == []


@pytest.mark.parametrize(("files", "bare"), [
    ({**goal("a"), **plan("p")}, ["a"]),
    ({**goal("a"), **plan("p", "goals: [a]\n")}, []),
    ({**goal("a"), **plan("p", "goals: [a]\n", "draft")}, []),
    ({**goal("a"), **plan("p", "goals: [a]\n", "dropped")}, ["a"]),
    ({**goal("a"), **goal("b", "parent: a\n"), **goal("c", "parent: b\n"), **plan("p", "goals: [c]\n")}, []),
    ({**goal("a"), **goal("b", "parent: a\n", "dropped"), **plan("p", "goals: [b]\n")}, ["a"]),
    ({**goal("a"), **goal("b", "parent: a\n"), **plan("p", "goals: [a]\n")}, ["b"]),
    ({**goal("a", "parent: b\n"), **goal("b", "parent: a\n"), **plan("p", "goals: [a]\n")}, []),
    ({**goal("a", "parent: b\n"), **goal("b", "parent: a\n"), **plan("p", "goals: [nope]\n")}, ["a", "b"]),
    ({**goal("a", "", "draft"), **plan("p")}, []),
    (goal("a"), []),
])  # fmt: skip
def test_goal_without_plan__counts_the_plans_of_the_goals_below(workspace: Write, files: dict[str, str], bare: list[str]) -> None:
    assert found(workspace({**TEAMS, **files}), alignment.goal_without_plan) == [f"goals/{name}.yaml:1:1" for name in bare]


METRIC = {"metrics/hours.yaml": "title: Hours\nunit: hours\ndirection: down\n"}
RESULT = "key_results:\n  - {id: hours, title: Hours, baseline: 41, target: 24, metric: hours}\n"


def checkin(rest: str, day: str = "2026-11-18") -> dict[str, str]:
    return {"checkins/a.yaml": f"subject: goal/a\ndate: {day}\nauthor: li-wei\nhealth: on-track\n{rest}"}


@pytest.mark.parametrize(("files", "silent"), [
    ({**goal("a", RESULT), **METRIC}, True),
    ({**goal("a", RESULT), **METRIC, "metrics/hours.csv": "date,value\n2026-11-16,33\n"}, False),
    ({**goal("a", RESULT), **METRIC, "metrics/hours.csv": "date,value\n2026-11-21,33\n"}, True),
    ({**goal("a", RESULT), **METRIC, **checkin("key_results: {hours: 33}\n")}, False),
    ({**goal("a", RESULT), **METRIC, **checkin("key_results: {hours: 0}\n")}, False),
    ({**goal("a", RESULT), **METRIC, **checkin("key_results: {hours: 33}\n", "2026-11-21")}, True),
    ({**goal("a", RESULT), **METRIC, **checkin("key_results: {hours: many}\n")}, True),
    ({**goal("a", RESULT), **METRIC, **checkin("key_results: {other: 33}\n")}, True),
    ({**goal("a", RESULT, "draft"), **METRIC}, False),
    ({**goal("a", RESULT, period="2026-12"), **METRIC}, False),
    ({**goal("a", RESULT, period="2026-11"), **METRIC}, True),
    ({**goal("a", RESULT, period="someday"), **METRIC}, False),
    (goal("a", RESULT), False),
])  # fmt: skip
def test_key_result_without_data__looks_at_series_and_check_ins(workspace: Write, files: dict[str, str], silent: bool) -> None:
    assert found(workspace({**PEOPLE, **files}), alignment.key_result_without_data) == ["goals/a.yaml:5:5"] * silent


@pytest.mark.parametrize(("files", "faults"), [
    (plan("p"), 1),
    (plan("p", team="ops"), 1),
    (plan("p", team="sales"), 0),
    (plan("p", team="nobody"), 0),
    (plan("p", "goals: []\n"), 1),
    (plan("p", "goals: [a]\n"), 0),
    (plan("p", status="paused"), 0),
    (plan("p", status="draft"), 0),
])  # fmt: skip
def test_plan_without_goal__of_product_and_operations_teams(workspace: Write, files: dict[str, str], faults: int) -> None:
    assert found(workspace({**TEAMS, **goal("a"), **files}), alignment.plan_without_goal) == ["plans/p.yaml:1:1"] * faults
    assert found(workspace({**TEAMS, "goals/a.yaml": "", **files}), alignment.plan_without_goal) == ["plans/p.yaml:1:1"] * faults


def test_plan_without_goal__is_silent_where_there_are_no_goals(workspace: Write) -> None:
    assert found(workspace({**TEAMS, **plan("p")}), alignment.plan_without_goal) == []


LAUNCH = (
    "milestones:\n  - {id: done, title: Beta, due: 2026-11-01, done_on: 2026-11-01}\n  - {id: launch, title: Launch, due: 2026-12-01}\n"
)
PEGGED = "tasks:\n  - {id: t, title: T, pegged_to: plan/p#launch}\n"


@pytest.mark.parametrize(("files", "alone"), [
    (plan("p", LAUNCH), True),
    (plan("p", LAUNCH, "paused"), False),
    (plan("p", LAUNCH, team="sales"), False),
    (plan("p"), False),
    (plan("p", LAUNCH.replace("2026-12-01}", "2026-12-01, done_on: 2026-11-19}")), False),
    ({**plan("p", LAUNCH), **plan("o", "follows: [p]\n", team="ops")}, False),
    ({**plan("p", LAUNCH), **plan("o", "follows: [p]\n", "draft", "ops")}, False),
    ({**plan("p", LAUNCH), **plan("o", "follows: [p]\n", "dropped", "ops")}, True),
    ({**plan("p", LAUNCH), **plan("o", "follows: [p]\n", team="sales")}, True),
    ({**plan("p", LAUNCH), **plan("o", PEGGED, team="ops")}, False),
    ({**plan("p", LAUNCH), **plan("o", PEGGED.replace("pegged_to: plan/p#launch", "depends_on: [plan/p#launch]"), team="ops")}, True),
])  # fmt: skip
def test_launch_without_operations__asks_for_a_plan_that_goes_with_it(workspace: Write, files: dict[str, str], alone: bool) -> None:
    assert found(workspace({**TEAMS, **files}), alignment.launch_without_operations) == ["plans/p.yaml:6:5"] * alone


def test_launch_without_operations__is_silent_without_an_operations_team(workspace: Write) -> None:
    files = {path: text for path, text in TEAMS.items() if "/ops" not in path}
    assert found(workspace({**files, **plan("p", LAUNCH)}), alignment.launch_without_operations) == []


def agreed(*people: str) -> str:
    return "agreed:\n" + "".join(f"  - {{person: {one}, date: 2026-11-02}}\n" for one in people)


@pytest.mark.parametrize(("rest", "period", "lines"), [
    (OWNERS, "2026-Q4", [4, 5]),
    (OWNERS + agreed("li-wei"), "2026-Q4", [5]),
    (OWNERS + agreed("li-wei", "zhao-min"), "2026-Q4", []),
    ("product_owner: li-wei\noperations_owner: li-wei\n", "2026-Q4", [4]),
    ("product_owner: nobody\n", "2026-Q4", []),
    (OWNERS, "2026-W47", []),
    (OWNERS, "2026-W46", []),
    (OWNERS, "2026-W45", [4, 5]),
    (OWNERS, "someday", []),
    ("", "2026-Q4", []),
])  # fmt: skip
def test_goal_not_agreed__by_those_who_own_it(workspace: Write, rest: str, period: str, lines: list[int]) -> None:
    where = [
        int(place.split(":")[1]) for place in found(workspace({**PEOPLE, **goal("a", rest, period=period)}), alignment.goal_not_agreed)
    ]
    assert where == lines


@pytest.mark.parametrize(("days", "faults"), [(18, 2), (19, 0)])
def test_goal_not_agreed__waits_as_long_as_the_settings_say(workspace: Write, days: int, faults: int) -> None:
    written = workspace({**PEOPLE, **goal("a", OWNERS, period="2026-11"), "trueup.yaml": f"thresholds:\n  agreement_days: {days}\n"})
    assert len(found(written, alignment.goal_not_agreed)) == faults


GONE = {"team/people/han-lu.yaml": "title: Han Lu\nteam: ops\nleft_on: 2026-11-19\n"}


@pytest.mark.parametrize(("files", "place"), [
    (goal("a", "operations_owner: han-lu\n"), "goals/a.yaml:4:19"),
    (goal("a", "operations_owner: han-lu\n", "achieved"), None),
    (goal("a", "agreed:\n  - {person: han-lu, date: 2026-10-01}\n"), None),
    (plan("p", "owner: han-lu\n"), "plans/p.yaml:4:8"),
    (plan("p", "owner: han-lu\n", "paused"), "plans/p.yaml:4:8"),
    (plan("p", "owner: han-lu\n", "done"), None),
    (plan("p", "tasks:\n  - {id: t, title: T, owner: han-lu}\n"), "plans/p.yaml:5:30"),
    (plan("p", "tasks:\n  - {id: t, title: T, owner: han-lu, status: done}\n"), None),
    (plan("p", "tasks:\n  - {id: t, title: T, owner: han-lu, done_on: 2026-11-01}\n"), None),
    ({"meetings/m.yaml": "title: M\ndate: 2026-11-02\nactions:\n"
      "  - {id: a, text: A, owner: han-lu, due: 2026-11-27}\n"}, "meetings/m.yaml:4:29"),
    ({"meetings/m.yaml": "title: M\ndate: 2026-11-02\nattendees: [han-lu]\n"}, None),
    ({"checkins/c.yaml": "subject: goal/a\ndate: 2026-11-02\nauthor: han-lu\nhealth: on-track\nproblems:\n"
      "  - {id: a, problem: P, owner: han-lu}\n"}, None),
    ({"metrics/hours.yaml": "title: Hours\nunit: hours\ndirection: down\nowner: han-lu\n"}, "metrics/hours.yaml:4:8"),
    ({"team/teams/ops.yaml": "title: Operations\nfunction: operations\nlead: han-lu\n"}, "team/teams/ops.yaml:3:7"),
    ({"decisions/d.md": "---\ntitle: D\ndate: 2026-11-02\nstatus: accepted\ntype: decision\n---\nSee [[person/han-lu]].\n"}, None),
])  # fmt: skip
def test_owner_has_left__of_what_is_still_open(workspace: Write, files: dict[str, str], place: str | None) -> None:
    assert found(workspace({**PEOPLE, **GONE, **files}), alignment.owner_has_left) == ([place] if place else [])


@pytest.mark.parametrize(("day", "faults"), [("2026-11-19", 1), ("2026-11-20", 0), ("2027-01-01", 0), ("soon", 0)])
def test_owner_has_left__once_the_day_has_passed(workspace: Write, day: str, faults: int) -> None:
    person = {"team/people/han-lu.yaml": f"title: Han Lu\nteam: ops\nleft_on: {day}\n"}
    assert len(found(workspace({**PEOPLE, **person, **plan("p", "owner: han-lu\n")}), alignment.owner_has_left)) == faults


@pytest.mark.parametrize(("baseline", "target", "faults"), [
    ("96", "96", 1), ("96", "96.0", 1), ("0", "-0.0", 1), ("96", "98", 0), ("96", "0", 0), ("true", "true", 0),
    ("9223372036854775807", "9223372036854775807", 1),
])  # fmt: skip
def test_target_equals_baseline__by_value(workspace: Write, baseline: str, target: str, faults: int) -> None:
    rest = f"key_results:\n  - {{id: hours, title: Hours, baseline: {baseline}, target: {target}}}\n"
    assert len(found(workspace(goal("a", rest, "draft")), alignment.target_equals_baseline)) == faults


def test_every_rule__of_fields_of_the_wrong_type(workspace: Write) -> None:
    broken = "product_owner: 5\noperations_owner: [a]\nparent: {}\nagreed: yes\nkey_results: [1, {target: a, baseline: a, metric: [x]}]\n"
    plans = plan("p", "goals: a\nmilestones: 5\nfollows: {}\ntasks: [x]\n")
    written = workspace({
        **PEOPLE, **goal("a", broken), **plans, **checkin("key_results: [1]\n"),
        "team/people/han-lu.yaml": "title: Han Lu\nteam: {}\nleft_on: [2026]\n",
    })  # fmt: skip
    rules = [rule for rule in vars(alignment).values() if isinstance(rule, Rule)]
    assert [line.split()[1] for line in written.findings(rules=rules)] == ["TU403", "TU404"]
