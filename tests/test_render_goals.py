"""The tree of goals on a terminal, and `trueup goals`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conftest import Write
from trueup.cli.goals import command
from trueup.render import tables
from trueup.render.shares import bar, percent, points
from trueup.render.tables import Table, write_table

Run = Callable[..., str]

SHOP = {
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\nparent: company\n",
    "team/teams/product.yaml": "title: 产品部\nfunction: product\nparent: company\n",
    "team/teams/company.yaml": "title: Company\nfunction: other\n",
    "team/people/li-wei.yaml": "title: Li Wei\nteam: operations\n",
    "goals/year.yaml": "title: Dinner is settled\nperiod: 2026\nstatus: active\nteams: [product]\nuser_value: 5\nbusiness_value: 4\n",
    "goals/slots.yaml": (
        "title: Evening slots\nperiod: 2026-Q4\nstatus: active\nteams: [product, operations]\nparent: year\n"
        "user_value: 5\nbusiness_value: 2\n"
        "key_results:\n"
        "  - {id: zones, title: Zones, baseline: 0, target: 4, weight: 2}\n"
        "  - {id: late, title: Late boxes, baseline: 8, target: 2, unit: '%'}\n"
        "  - {id: calls, title: Calls, baseline: 50, target: 20}\n"
    ),
    "goals/refunds.yaml": (
        "title: 退款当天到账\nperiod: 2026-Q4\nstatus: active\nteams: [operations]\nuser_value: 2\nbusiness_value: 5\n"
        "key_results: [{id: hours, title: Hours, baseline: 54, target: 12}]\n"
    ),
    "goals/gifts.yaml": "title: Gift boxes\nperiod: 2027-Q1\nstatus: draft\nuser_value: 1\nbusiness_value: 1\n",
    "goals/pickup.yaml": "title: Pickup\nperiod: 2026-Q2\nstatus: dropped\n",
    "checkins/a.yaml": "subject: goal/slots\ndate: 2026-11-02\nauthor: li-wei\nhealth: on-track\nconfidence: 8\n",
    "checkins/b.yaml": (
        "subject: goal/slots\ndate: 2026-11-09\nauthor: li-wei\nhealth: on-track\nconfidence: 6.5\nkey_results: {zones: 1, late: 8.3}\n"
    ),
    "checkins/c.yaml": "subject: goal/refunds\ndate: 2026-11-09\nauthor: li-wei\nhealth: at-risk\nkey_results: {hours: 31}\n",
}


@pytest.fixture
def run(workspace: Write) -> Run:
    return partial(workspace(SHOP).answer, command, today="2026-11-22")


def test_goals__shows_the_tree_and_how_confident_the_teams_are(run: Run) -> None:
    assert (
        run()
        == """\
Goal                 Period    Progress      Pace   Owners say       Data say
────────────────────────────────────────────────────────────────────────────────────
Dinner is settled    2026      █░░░░░  17%   89%    no check-in      Off track 2/3
  Evening slots      2026-Q4   █░░░░░  17%   58%    On track 8→6.5   Off track ! 2/3
退款当天到账         2026-Q4   ███▎░░  55%   58%    At risk          On track
[Draft] Gift boxes   2027-Q1   no data

7→6  how confident the owners are to get there, from 0 to 10: the time before, and now
!    a watermelon: what the owners say is better than what the data say
2/3  so many key results have data; where some have none, a goal does not count as on track

Net confidence
Open goals   Net    On track   At risk   Off track   No check-in
────────────────────────────────────────────────────────────────
All          +50    1          1         0           1
2026         –      0          0         0           1
2026-Q4      +50    1          1         0           0
Operations   +50    1          1         0           0
产品部       +100   1          0         0           1

Net: the share of open goals whose owners say on track, less the share whose owners say off track, in percentage points.

1 goal that is over is not shown; "--all" shows it.
"""
    )


def test_goals__key_results_and_quadrant_are_shown_where_they_are_asked_for(run: Run) -> None:
    shown = run("--key-results", "--quadrant", "--all")
    assert "[Dropped] Pickup" in shown
    assert "--all" not in shown
    assert (
        shown[shown.index("Key results") : shown.index("Net confidence")]
        == """\
Key results
Key result                From   Now   To   Unit   Progress   Pace   As of
───────────────────────────────────────────────────────────────────────────────
Evening slots (2026-Q4)
  Zones                   0      1     4           25%        58%    2026-11-09
  Late boxes              8      8.3   2    %      −5%        58%    2026-11-09
  Calls                   50     –     20          no data    58%
退款当天到账 (2026-Q4)
  Hours                   54     31    12          55%        58%    2026-11-09

User needs and business goals
Matters for           Goal                 User value   Business value
──────────────────────────────────────────────────────────────────────
Both: do first        Dinner is settled    5            4
User need             Evening slots        5            2
Business goal         退款当天到账         2            5
Neither: reconsider   [Draft] Gift boxes   1            1

"""
    )


def test_goals__can_be_narrowed_down_to_a_period_and_a_team(run: Run) -> None:
    assert [line.split("  ")[0] for line in run("--period", "2026-Q4", "--team", "产品部").splitlines()[2:3]] == ["Evening slots"]
    assert len(json.loads(run("--format", "json", "--team", "company"))["goals"]) == 3
    assert run("--period", "2025") == "There is no such goal.\n"


def test_goals__with_a_name_that_there_is_not_says_the_nearest(run: Run) -> None:
    assert 'there is no team "opertions". Did you mean "operations"?' in run("--team", "opertions", code=2)
    assert 'there is no team "x". The teams are: company, operations, product' in run("--team", "x", code=2)
    assert '"2026-Q5" is not a period; write it as 2026, 2026-H2' in run("--period", "2026-Q5", code=2)


def test_goals__as_json_has_the_figures_as_they_are(run: Run) -> None:
    found = json.loads(run("--format", "json", "--team", "team/operations"))
    assert (found["version"], [one["address"] for one in found["goals"]]) == (1, ["goal/slots", "goal/refunds"])
    slots = found["goals"][0]
    assert (slots["progress"], slots["pace"], slots["coverage"]) == (0.5 / 3, 53 / 92, {"measured": 2, "total": 3})
    assert (slots["said_on"], slots["confidence"], slots["is_watermelon"]) == ("2026-11-09", 6.5, True)
    assert slots["key_results"][2]["progress"] is None
    assert found["by_team"][0] == {"group": "team/operations", "open": 2, "on_track": 1, "at_risk": 1, "off_track": 0, "net": 0.5}


def test_goals__a_tree_of_any_depth_stays_on_the_screen(workspace: Write) -> None:
    chain = {f"goals/g{n}.yaml": f"title: Goal {n}\nperiod: 2026\nstatus: active\nparent: g{n - 1}\n" for n in range(40)}
    shown = CliRunner().invoke(command, ["--root", str(workspace(chain).root)]).output
    assert "\n                Goal 39  " in shown


def test_goals__text_of_a_record_is_shown_and_not_obeyed(workspace: Write) -> None:
    root = workspace({"goals/g.yaml": 'title: "red \\x1b[31m"\nperiod: 2026\nstatus: active\n'}).root
    assert "\x1b" not in CliRunner().invoke(command, ["--root", str(root)]).output


def test_write_table__on_a_narrow_terminal_folds_the_column_that_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_width", lambda: 50)
    table = Table(("title", "state", "due"), (("退款当天到账并且" * 4, "On track", "2026-11-22"),), gives_way="title")
    lines = write_table(table, "text").splitlines()
    assert max(map(cell_len, lines)) <= 50
    assert lines[2].endswith("On track   2026-11-22")
    assert "".join(line.split()[0] for line in lines[2:]) == "退款当天到账并且" * 4


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.004, "1%"), (-0.004, "−1%"), (0.5, "50%"), (0.996, "99%"), (1, "100%"), (1.3, "130%"), (-0.2, "−20%")],
)
def test_percent__only_what_is_reached_reads_as_100(share: float, text: str) -> None:
    assert percent(share) == text


def test_points__always_have_their_sign() -> None:
    assert [points(share) for share in (0.5, -1 / 3, 0.001)] == ["+50", "−33", "±0"]


@given(st.floats(-2, 3), st.integers(1, 20))
def test_bar__is_always_as_wide_as_it_should_be(share: float, cells: int) -> None:
    assert cell_len(bar(share, cells)) == cells
    assert ("█" * cells == bar(share, cells)) == (share >= 1)
