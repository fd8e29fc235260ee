"""What teams owe each other and do together on a terminal, and `trueup teams`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from conftest import Write
from trueup.cli.teams import command

Run = Callable[..., str]

SHOP = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "team/teams/depot.yaml": "title: Depot\nfunction: operations\nparent: ops\n",
    "team/people/li.yaml": "title: Li Wei\nteam: product\n",
    "team/people/bo.yaml": "title: Bo\nteam: ops\n",
    "team/people/ma.yaml": "title: Ma Li\nteam: depot\n",
    "plans/slots.yaml": """\
title: Slots
team: product
owner: li
status: active
tasks:
  - {id: app, title: Slots in the app, owner: li, status: todo, estimate: 5, due: 2026-11-18}
  - {id: text, title: Text for the depots, owner: li, status: todo, estimate: 1, due: 2026-11-27}
""",
    "plans/crew.yaml": """\
title: Crew
team: depot
owner: ma
status: active
tasks:
  - {id: rota, title: Evening rota, owner: ma, status: todo, due: 2026-11-20, pegged_to: plan/slots#app, offset: 2}
  - {id: brief, title: Brief the riders, owner: bo, status: todo, due: 2026-11-30, depends_on: [plan/slots#text, plan/slots#app]}
  - {id: vans, title: Vans, owner: ma, status: blocked, blocked_by: No budget}
""",
    "team/activities/swap.yaml": (
        "title: A night in the depot\ntype: role-swap\ndate: 2026-10-01\nparticipants: [li]\nteams: [product]\nskills: [picking]\n"
    ),
    "team/activities/old.yaml": "title: Long ago\ntype: training\ndate: 2026-01-01\nparticipants: [bo]\nteams: [ops]\n",
    "team/activities/party.yaml": "title: Party\ntype: team-building\ndate: 2026-12-05\nteams: [product, ops]\n",
}


@pytest.fixture
def run(workspace: Write) -> Run:
    return partial(workspace(SHOP).answer, command)


def test_teams__shows_what_will_be_late_for_whom_and_who_took_part_in_nothing(run: Run) -> None:
    assert (
        run()
        == """\
Team      Owes to   What                  Due      Forecast   Late             Waits for it
───────────────────────────────────────────────────────────────────────────────────────────
Product   Depot     Slots in the app      18 Nov   20 Nov     2 working days   2 tasks
Product   Depot     Text for the depots   27 Nov   16 Nov                      1 task

1 task is blocked
  Vans   No budget   Ma Li

Learned and done together in the last six months
Team      Training   Role swaps   Team building   Skills
─────────────────────────────────────────────────────────
Depot                                             nothing
Ops                                               nothing
Product              1                            picking

Coming
  5 Dec   Team building   Party   Product, Ops

2 people had part in nothing lately
  Depot: Ma Li
  Ops: Bo
"""
    )


def test_teams__one_with_those_below_it_task_by_task_and_person_by_person(run: Run) -> None:
    assert (
        run("ops")
        == """\
Team      Owes to   What                  Due      Forecast   Late             Waits for it
───────────────────────────────────────────────────────────────────────────────────────────
Product   Depot     Slots in the app      18 Nov   20 Nov     2 working days   2 tasks
                      Brief the riders    30 Nov                               Bo
                      Evening rota        20 Nov                               Ma Li
Product   Depot     Text for the depots   27 Nov   16 Nov                      1 task
                      Brief the riders    30 Nov                               Bo

1 task is blocked
  Vans   No budget   Ma Li

Learned and done together in the last six months
Person   Training   Role swaps   Team building   Skills
────────────────────────────────────────────────────────
Bo                                               nothing
Ma Li                                            nothing

Coming
  5 Dec   Team building   Party   Product, Ops
"""
    )


def test_teams__of_a_name_that_there_is_not_fail(run: Run) -> None:
    assert 'there is no team "opz"' in run("opz", code=2)


def test_teams__as_json_has_the_forecast_of_the_schedule(run: Run) -> None:
    found = json.loads(run("--format", "json"))
    app, text = found["owed"]
    assert (app["needs"], app["needed_on"], app["forecast"], app["days_late"], app["is_late"]) == (
        "plan/slots#app", "2026-11-18", "2026-11-20", 2, True,
    )  # fmt: skip
    assert [one["address"] for one in app["waiting"]] == ["plan/crew#brief", "plan/crew#rota"]
    assert (text["is_late"], text["days_late"]) == (False, -9)
    assert found["without"] == ["person/bo", "person/ma"]
    depot = json.loads(run("depot", "--format", "json"))
    assert ([one["address"] for one in depot["people"]], depot["without"]) == (["person/ma"], ["person/ma"])


def test_teams__a_host_has_part_in_an_activity_and_so_has_the_team(workspace: Write) -> None:
    hosted = "title: Cold chain\ntype: training\ndate: 2026-11-03\nhost: bo\nparticipants: [ma, bo]\n"
    alone = "title: Depot tour\ntype: team-building\ndate: 2026-11-04\nhost: li\n"
    files = {path: content for path, content in SHOP.items() if not path.startswith("team/activities/")}
    root = workspace({**files, "team/activities/cold.yaml": hosted, "team/activities/tour.yaml": alone}).root
    told = CliRunner().invoke(command, ["--root", str(root), "--today", "2026-11-16", "--format", "json"])
    found = json.loads(told.output)
    assert {one["address"]: (one["training"], one["team_building"]) for one in found["people"]} == {
        "person/bo": (1, 0), "person/li": (0, 1), "person/ma": (1, 0),
    }  # fmt: skip
    assert {one["address"]: (one["training"], one["team_building"]) for one in found["teams"]} == {
        "team/depot": (1, 0), "team/ops": (1, 0), "team/product": (0, 1),
    }  # fmt: skip
    assert found["without"] == []


def test_teams__without_plans_wait_for_nobody(workspace: Write) -> None:
    empty = CliRunner().invoke(command, ["--root", str(workspace({}).root), "--lang", "en"])
    assert empty.output == "No team waits for another.\n"


def test_teams__a_shell_offers_the_teams(run: Run, tmp_path: Path) -> None:
    offered = ShellComplete(command, {}, "trueup", "_TRUEUP_COMPLETE").get_completions(["--root", str(tmp_path)], "d")
    assert [one.value for one in offered] == ["depot"]
