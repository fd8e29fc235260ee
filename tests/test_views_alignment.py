"""Who has a plan for what, and where nobody has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import Written
from trueup.views.alignment import Alignment, Cell, alignment
from trueup.views.derived import Derived

Write = Callable[[Mapping[str, str | bytes]], Written]

FILES = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/ops.yaml": "title: B ops\nfunction: operations\n",
    "team/teams/product.yaml": "title: A product\nfunction: product\n",
    "team/people/li.yaml": "title: Li\nteam: product\n",
    "team/people/wu.yaml": "title: Wu\nteam: ops\n",
    "goals/year.yaml": "title: Year\nperiod: 2026\nstatus: active\nproduct_owner: li\noperations_owner: wu\nteams: [product]\n",
    "goals/quarter.yaml": "title: Quarter\nperiod: 2026-Q4\nstatus: active\nparent: year\nproduct_owner: li\nteams: [product, ops]\n",
    "goals/old.yaml": "title: Old\nperiod: 2025\nstatus: achieved\nteams: [ops]\n",
    "plans/a.yaml": "title: A\nteam: product\nstatus: active\ngoals: [quarter]\n",
    "plans/b.yaml": "title: B\nowner: li\nstatus: draft\ngoals: [quarter, quarter]\n",
    "plans/c.yaml": "title: C\nteam: product\nstatus: done\ngoals: [quarter]\n",
    "plans/d.yaml": "title: D\nteam: ops\nstatus: dropped\ngoals: [quarter]\n",
    "plans/e.yaml": "title: E\nteam: ops\nstatus: active\n",
}


@pytest.fixture
def found(workspace: Write) -> Alignment:
    return alignment(Derived(workspace(FILES).load(), date(2026, 11, 20)))


def cell(found: Alignment, goal: str, team: str) -> Cell:
    row = next(one for one in found.rows if one.goal == goal)
    return row.cells[found.teams.index(team)]


def test_alignment__has_the_open_goals_in_their_tree_and_the_teams_by_title(found: Alignment) -> None:
    assert found.teams == ("team/product", "team/ops")
    assert [(one.goal, one.depth) for one in found.rows] == [("goal/year", 0), ("goal/quarter", 1)]


def test_alignment__counts_each_plan_once_for_its_team_or_its_owners(found: Alignment) -> None:
    one = cell(found, "goal/quarter", "team/product")
    assert (one.plans, one.done, one.is_named, one.is_owner) == (("plan/a", "plan/b"), 1, True, True)


def test_alignment__a_plan_for_a_goal_below_counts_above(found: Alignment) -> None:
    one = cell(found, "goal/year", "team/product")
    assert (one.plans, one.below, one.is_gap) == ((), 3, False)


def test_alignment__a_team_that_is_counted_on_and_plans_nothing_is_a_gap(found: Alignment) -> None:
    assert cell(found, "goal/quarter", "team/ops").is_gap, "what was dropped is no plan"
    assert cell(found, "goal/year", "team/ops").is_gap, "its owner for operations is in it"
    assert not any(row.is_gap for row in found.rows)


def test_alignment__names_open_plans_that_serve_no_goal(found: Alignment) -> None:
    assert found.aimless == ("plan/e",)


def test_alignment__goals_in_a_circle_and_unknown_teams_do_no_harm(workspace: Write) -> None:
    files = {
        **FILES,
        "goals/year.yaml": "title: Year\nperiod: 2026\nstatus: active\nparent: quarter\nteams: [nobody]\n",
        "plans/a.yaml": "title: A\nteam: nobody\nstatus: active\ngoals: [quarter, nothing]\n",
    }
    found = alignment(Derived(workspace(files).load(), date(2026, 11, 20)))
    assert {one.goal for one in found.rows} == {"goal/year", "goal/quarter"}
    assert cell(found, "goal/quarter", "team/product").plans == ("plan/b",)
