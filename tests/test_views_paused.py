"""What is said beside a figure: that a plan is paused, that only a part is measured, that a day is provisional, of which period it is."""

from __future__ import annotations

from datetime import date

from conftest import Write
from trueup.cli.status import command as status_command
from trueup.records.periods import quarter_of
from trueup.records.workspace import Workspace
from trueup.views.derived import Derived
from trueup.views.execution import FIGURES
from trueup.views.status import status

TODAY = date(2026, 11, 20)
TEAMS = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    "team/people/li.yaml": "title: Li\nteam: product\n",
}
GOAL = "title: {}\nperiod: {}\nstatus: active\nteams: [product]\n"
PLAN = """\
title: Cold room
team: operations
status: {status}
goals: [evenings]
due: 2026-11-02
tasks:
  - {{id: rent, title: Rent it, status: todo, due: 2026-10-30, pegged_to: plan/slots#launch, offset: 0}}
milestones:
  - {{id: cold, title: Cold, due: 2026-11-02}}
"""
SLOTS = """\
title: Slots
team: product
status: active
goals: [evenings]
due: 2026-12-18
milestones: [{id: launch, title: Launch, due: 2026-12-04}]
"""


def shop(workspace: Write, plan: str, more: dict[str, str] | None = None) -> Workspace:
    goal = {"goals/evenings.yaml": GOAL.format("Evenings", "2026-Q4")}
    return workspace({**TEAMS, **goal, "plans/slots.yaml": SLOTS, "plans/cold.yaml": PLAN.format(status=plan), **(more or {})}).load()


def test_paused_plan__is_neither_overdue_nor_late_and_neither_is_anything_in_it(workspace: Write) -> None:
    for plan, count in (("active", 1), ("paused", 0)):
        derived = Derived(shop(workspace, plan), TODAY)
        found = status(derived)
        assert (found.overdue_plans, found.paused_plans) == (count, 1 - count)
        assert len(found.overdue) == 2 * count
        scheduled = derived.schedule.plan("plan/cold")
        assert scheduled is not None
        assert (scheduled.is_overdue, scheduled.is_late) == (bool(count), bool(count))


def test_paused_plan__waits_for_nobody(workspace: Write) -> None:
    for plan, count in (("active", 1), ("paused", 0)):
        derived = Derived(shop(workspace, plan), TODAY)
        assert sum(one.address == "plan/cold#rent" for between in derived.obligations for one in between.obligations) == count


def test_paused_plan__counts_for_no_figure_but_with_what_was_done(workspace: Write) -> None:
    def counted(loaded: Workspace) -> set[str]:
        figures = (Derived(loaded, TODAY).execution.figure(name, ["team/operations"], quarter_of(TODAY)) for name in FIGURES)
        return {address for figure in figures if figure for address in figure.addresses}

    assert counted(shop(workspace, "active")) == {"plan/cold", "plan/cold#rent", "plan/cold#cold"}
    assert counted(shop(workspace, "paused")) == set()
    done = PLAN.format(status="paused").replace("status: todo, due", "status: done, done_on: 2026-10-29, due")
    assert counted(workspace({**TEAMS, "plans/slots.yaml": SLOTS, "plans/cold.yaml": done}).load()) == {"plan/cold#rent"}


def test_status__of_a_period_leaves_out_what_belongs_to_none(workspace: Write) -> None:
    meeting = "---\ntitle: Weekly\ndate: 2026-11-02\nactions: [{id: a, text: Call, owner: li, due: 2026-11-05}]\n---\n"
    feedback = "---\ntitle: Late\nreceived_on: 2026-11-02\nchannel: support\nstatus: new\n---\nLate.\n"
    derived = Derived(shop(workspace, "active", {"meetings/m.md": meeting, "feedback/f.md": feedback}), TODAY)
    all_of_it, quarter = status(derived), status(derived, period=quarter_of(TODAY))
    assert (all_of_it.actions.open, len(all_of_it.new), all_of_it.period) == (1, 1, None)
    assert (quarter.actions.open, quarter.new, quarter.period) == (0, (), "2026-Q4")
    assert len(quarter.standing.goals) == 1
    assert "Only goals and plans belong to a period" in workspace({}).answer(status_command, "--period", "2026-Q4")


def test_status__says_how_much_of_a_goal_is_measured(workspace: Write) -> None:
    results = "key_results:\n  - {id: a, title: A, baseline: 0, target: 10, metric: m}\n  - {id: b, title: B, baseline: 0, target: 10}\n"
    files = {**TEAMS, "metrics/m.yaml": "title: M\nunit: x\ndirection: up\n", "metrics/m.csv": "date,value\n2026-11-16,1\n"}
    written = workspace({**files, "goals/g.yaml": GOAL.format("Half", "2026-Q4") + results})
    assert "10% done (1 of 2 measured)" in written.answer(status_command, today="2026-11-20")


def test_status__says_that_a_forecast_is_provisional(workspace: Write) -> None:
    settings = "calendar: {country: CN}\n"
    task = "tasks: [{id: t, title: T, status: todo, start: 2028-02-01, estimate: 60}]\n"
    plan = f"title: Far\nteam: product\nstatus: active\ndue: 2028-03-01\n{task}"
    assert "(provisional)" in workspace({**TEAMS, "trueup.yaml": settings, "plans/far.yaml": plan}).answer(
        status_command, today="2026-11-20"
    )
