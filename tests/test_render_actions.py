"""Who has promised what, on a terminal, and `trueup actions`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from click.testing import CliRunner

from conftest import Write
from trueup.cli.actions import command
from trueup.render import tables

Run = Callable[..., str]

SHOP = {
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "team/teams/depots.yaml": "title: 仓库\nfunction: operations\nparent: ops\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/people/anna.yaml": "title: Anna Petrov\nteam: ops\n",
    "team/people/li-wei.yaml": "title: 李薇\nteam: depots\n",
    "team/people/tom.yaml": "title: Tom\nteam: product\n",
    "team/people/tom-2.yaml": "title: Tom\nteam: product\n",
    "team/cadences/weekly.yaml": "title: Weekly\nevery: week\nday: monday\n",
    "meetings/m1.yaml": (
        "title: Weekly\ndate: 2026-11-02\ncadence: weekly\nactions:\n"
        "  - {id: crates, text: Ask for crates, owner: anna, due: 2026-11-09}\n"
        "  - {id: doors, text: 收集门禁规则, owner: li-wei, due: 2026-11-21}\n"
        "  - {id: told, text: Tell the riders, owner: anna, due: 2026-11-05, status: done, done_on: 2026-11-04}\n"
        "  - {id: flyer, text: A flyer, owner: anna, due: 2026-11-05, status: dropped}\n"
    ),
    "meetings/m2.yaml": "title: Weekly\ndate: 2026-11-09\ncadence: weekly\n",
    "retros/r.yaml": "title: Launch\ndate: 2026-11-12\nactions: [{id: page, text: Write the page, owner: tom, due: 2026-12-01}]\n",
    "plans/slots.yaml": "title: Slots\nteam: ops\nstatus: active\n",
    "plans/old.yaml": "title: Old\nteam: ops\nstatus: done\n",
    "checkins/c.yaml": (
        "subject: plan/slots\ndate: 2026-11-16\nauthor: anna\nhealth: at-risk\n"
        "problems: [{id: rain, problem: It rains, solution: Rent a tent}]\n"
    ),
    "checkins/d.yaml": "subject: plan/old\ndate: 2026-11-16\nauthor: anna\nhealth: at-risk\nproblems: [{id: gone, problem: Ice}]\n",
}


@pytest.fixture
def run(workspace: Write) -> Run:
    return partial(workspace(SHOP).answer, command, today="2026-11-22")


def test_actions__what_is_late_first(run: Run) -> None:
    assert (
        run()
        == """\
4 actions are open, 2 of them are overdue, 1 of them has no owner.
Due in the last 12 weeks: 3; done: 1 (33%): 1 in time.

Overdue
Past due   Carried   Owner         To do            Source
──────────────────────────────────────────────────────────────────────
13 days      1×      Anna Petrov   Ask for crates   Meeting 2026-11-02
  1 day      1×      李薇          收集门禁规则     Meeting 2026-11-02

Still to come
Due          Carried   Owner   To do            Source
───────────────────────────────────────────────────────────────────
2026-12-01             Tom     Write the page   Retro 2026-11-12
–                      –       It rains         Check-in 2026-11-16
                               → Rent a tent

By owner
Owner         Open   Overdue   Oldest due
─────────────────────────────────────────
Anna Petrov   1      1         2026-11-09
李薇          1      1         2026-11-21
–             1                –
Tom           1                2026-12-01

"3×": carried over to three later meetings of the same cadence, or check-ins about the same goal or plan
"""
    )


def test_actions__of_a_team_and_the_teams_below_it(run: Run) -> None:
    assert "Write the page" not in run("--team", "Operations")
    assert "收集门禁规则" in run("--team", "Operations")
    assert "Ask for crates" not in run("--team", "仓库")


@pytest.mark.parametrize("name", ["anna", "person/anna", "anna petrov"])
def test_actions__of_one_person_by_id_address_and_name(run: Run, name: str) -> None:
    found = run("--owner", name)
    assert "Ask for crates" in found
    assert "收集门禁规则" not in found
    assert "By owner" not in found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ana", 'there is no person "ana". Did you mean "anna"?'),
        ("nobody-at-all", 'there is no person "nobody-at-all". "trueup list person" shows them.'),
        ("tom x", 'there is no person "tom x". Did you mean "Tom"?'),
        ("TOM", '"TOM" could be any of tom, tom-2.'),
    ],
)
def test_actions__of_somebody_who_cannot_be_told(run: Run, name: str, said: str) -> None:
    assert said in run("--owner", name, code=2)


def test_actions__overdue_and_all(run: Run) -> None:
    assert "Still to come" not in run("--overdue")
    found = run("--all")
    assert (
        found[found.index("Closed") :].partition("\n\n")[0]
        == """\
Closed
Done on      Due          Owner         To do             Source
─────────────────────────────────────────────────────────────────────────────
lapsed       –            –             Ice               Check-in 2026-11-16
dropped      2026-11-05   Anna Petrov   A flyer           Meeting 2026-11-02
2026-11-04   2026-11-05   Anna Petrov   Tell the riders   Meeting 2026-11-02"""
    )


def test_actions__nothing_to_do(workspace: Write) -> None:
    root = str(workspace({}).root)
    done = CliRunner().invoke(command, ["--root", root, "--today", "2026-11-22", "--lang", "en"])
    assert (done.exit_code, done.output) == (0, "No action is open.\n")


def test_actions__as_json_says_the_same(run: Run) -> None:
    found = json.loads(run("--format", "json", "--team", "ops"))
    assert (found["version"], found["today"], found["open"], found["overdue"]) == (1, "2026-11-22", 2, 2)
    assert [one["address"] for one in found["actions"]] == ["meeting/m1#crates", "meeting/m1#doors"]
    assert found["actions"][0]["due"] == "2026-11-09"
    assert (found["actions"][0]["days_overdue"], found["actions"][0]["carried"]) == (13, 1)
    assert found["closing"]["rate"] == 1 / 3
    assert len(json.loads(run("--format", "json", "--all"))["actions"]) == 7


def test_actions__fits_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len

    monkeypatch.setattr(tables, "_width", lambda: 72)
    lines = run().splitlines()
    assert max(map(cell_len, (line for line in lines if "3×" not in line))) <= 72
    assert any("Anna Petrov" in line and "Meeting 2026-11-02" in line for line in lines)
