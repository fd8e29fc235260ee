"""What teams owe each other, and who had part in which activity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from conftest import Written
from trueup.views.activities import activities
from trueup.views.obligations import obligations

Write = Callable[[Mapping[str, str | bytes]], Written]


def test_obligations__dates_that_others_hang_on_waiting_and_blocked_tasks(workspace: Write) -> None:
    written = workspace(
        {
            "plans/product.yaml": """\
title: Product
team: product
status: active
tasks:
  - {id: build, title: Build, status: doing, due: 2026-11-25}
  - {id: done, title: Done, status: done, due: 2026-11-01, done_on: 2026-11-01}
milestones:
  - {id: live, title: Live, due: 2026-12-01}
""",
            "plans/ops.yaml": """\
title: Ops
team: ops
status: active
tasks:
  - {id: rota, title: Rota, owner: li, due: 2026-11-24, pegged_to: plan/product#live, offset: -5}
  - {id: train, title: Train, depends_on: [plan/product#build, plan/product#done, rota, plan/nobody#x]}
  - {id: hire, title: Hire, status: blocked, blocked_by: No budget}
  - {id: over, title: Over, status: done, pegged_to: plan/product#live}
""",
            "plans/closed.yaml": "title: C\nteam: ops\nstatus: done\ntasks: [{id: a, title: A, pegged_to: plan/product#live}]\n",
        }
    )
    found = {(one.debtor, one.creditor): one.obligations for one in obligations(written.load())}
    assert set(found) == {(None, "team/ops"), ("team/product", "team/ops")}
    assert [(one.kind, one.address, one.reason) for one in found[None, "team/ops"]] == [("blocked", "plan/ops#hire", "No budget")]
    assert [(one.kind, one.address, one.needs, one.needed_on, one.owner) for one in found["team/product", "team/ops"]] == [
        ("wait", "plan/ops#train", "plan/product#build", date(2026, 11, 25), None),
        ("peg", "plan/ops#rota", "plan/product#live", date(2026, 12, 1), "person/li"),
    ]


def test_activities__of_people_and_their_teams_in_the_last_half_year(workspace: Write) -> None:
    activity = "title: {0}\ntype: {1}\ndate: {2}\nparticipants: [{3}]\nskills: [{0}]\n"
    written = workspace(
        {
            "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
            "team/people/li.yaml": "title: Li\nteam: ops\n",
            "team/people/bo.yaml": "title: Bo\nteam: ops\n",
            "team/people/gone.yaml": "title: Gone\nteam: ops\nleft_on: 2026-10-01\n",
            "team/activities/sql.yaml": activity.format("sql", "training", "2026-10-10", "li"),
            "team/activities/old.yaml": activity.format("old", "training", "2026-01-10", "bo"),
            "team/activities/swap.yaml": activity.format("swap", "role-swap", "2026-12-10", "bo"),
        }
    )
    found = activities(written.load(), date(2026, 11, 20))
    assert [one.address for one in found.past] == ["activity/sql", "activity/old"]
    assert [one.address for one in found.coming] == ["activity/swap"]
    assert found.without == ("person/bo",)
    assert [(one.address, one.training, one.skills) for one in found.teams] == [("team/ops", 1, ("sql",))]
