"""The order of plans by RICE on a terminal, and `trueup ranking`."""

from __future__ import annotations

import json

from conftest import Write
from trueup.cli.ranking import command

PLANS = {
    "plans/menu.yaml": "title: Menu\nteam: a\nstatus: active\nreach: 26000\nimpact: 1\nconfidence: 0.5\neffort: 7\n",
    "plans/night.yaml": "title: Night\nteam: a\nstatus: draft\nreach: 18000\nimpact: 2\nconfidence: 0.8\neffort: 18\n",
    "plans/desk.yaml": "title: Desk\nteam: a\nstatus: active\nreach: 100\n",
    "plans/old.yaml": "title: Old\nteam: a\nstatus: done\nreach: 90000\nimpact: 3\nconfidence: 1\neffort: 1\n",
}


def test_ranking__shows_the_factors_what_overtakes_what_and_what_is_missing(workspace: Write) -> None:
    assert (
        workspace(PLANS).answer(command)
        == """\
#   Plan    RICE   Reach    Impact   Confidence   Effort
────────────────────────────────────────────────────────
1   Menu    1857   26,000   1        50%          7
2   Night   1600   18,000   2        80%          18

The order hangs on the weights:
  Impact at 125%: “Night” overtakes “Menu”
  Effort at 75%: “Night” overtakes “Menu”

Without a score, as something is missing
  Desk: Impact, Confidence, Effort
"""
    )


def test_ranking__of_no_plan_says_so(workspace: Write) -> None:
    assert workspace({}).answer(command) == "There is no plan to rank.\n"


def test_ranking__an_order_that_holds_and_a_score_below_one(workspace: Write) -> None:
    plan = {"plans/slots.yaml": "title: Slots\nteam: a\nstatus: active\nreach: 3\nimpact: 0.25\nconfidence: 0.5\neffort: 8\n"}
    told = workspace(plan).answer(command)
    assert "1   Slots   0.047" in told
    assert "The order holds with each of the four weights at 75% and at 125%." in told


def test_ranking__as_json_has_the_factors_and_the_swaps(workspace: Write) -> None:
    found = json.loads(workspace(PLANS).answer(command, "--format", "json"))
    assert [(one["address"], one["rank"]) for one in found["plans"]] == [("plan/menu", 1), ("plan/night", 2), ("plan/desk", None)]
    assert [one["factor"] for one in found["sensitivity"] if not one["holds"]] == ["impact", "effort"]
