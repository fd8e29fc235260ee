"""Who answers for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from conftest import Written
from trueup.views.responsibility import Responsible, responsibilities

Write = Callable[[Mapping[str, str | bytes]], Written]

SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/desk.yaml": 'title: Desk\nfunction: support\nparent: care\nlead: zoe\nmission: Own refunds.\nchannel: "#refunds"\n',
    "team/teams/care.yaml": "title: Care\nfunction: support\n",
    "team/people/zoe.yaml": "title: Zoe\nteam: desk\nrole: Refund lead\nskills: [refunds]\n",
    "team/people/abe.yaml": "title: Abe\nteam: care\n",
    "team/people/gone.yaml": "title: Gone\nteam: care\nleft_on: 2026-11-01\n",
    "goals/g.yaml": "title: G\nperiod: 2026-Q4\nstatus: active\nproduct_owner: abe\noperations_owner: zoe\nteams: [care]\n",
    "goals/old.yaml": "title: Old\nperiod: 2026-Q1\nstatus: achieved\nproduct_owner: zoe\nteams: [care]\n",
    "plans/p.yaml": "title: P\nteam: desk\nowner: zoe\nstatus: active\n",
    "metrics/m.yaml": "title: M\nunit: days\ndirection: down\nowner: zoe\ncadence: weekly\n",
}


def found(workspace: Write, kind: str) -> tuple[Responsible, ...]:
    return responsibilities(workspace(SHOP).load(), kind, date(2026, 11, 20))


def test_responsibilities__of_people_are_open_goals_plans_and_metrics(workspace: Write) -> None:
    assert [(one.title, one.what, one.skills, one.answers_for) for one in found(workspace, "person")] == [
        ("Abe", None, (), ("goal/g",)),
        ("Zoe", "Refund lead", ("refunds",), ("goal/g", "plan/p", "metric/m")),
    ]


def test_responsibilities__of_teams_have_a_mission_and_whom_to_ask(workspace: Write) -> None:
    care, desk = found(workspace, "team")
    assert (desk.what, desk.contact, desk.channel, desk.team, desk.answers_for) == (
        "Own refunds.", "person/zoe", "#refunds", "team/care", ("plan/p",),
    )  # fmt: skip
    assert (care.what, care.contact, care.answers_for) == (None, None, ("goal/g",))
