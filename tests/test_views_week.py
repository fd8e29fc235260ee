"""What is to be done this week, by whoever has to do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from conftest import Written
from growth import bend
from trueup.views.derived import Derived
from trueup.views.selection import EVERYTHING, Selection, selection
from trueup.views.week import Week, week

Write = Callable[[Mapping[str, str | bytes]], Written]

# A Friday: the week goes from Monday the 16th to Sunday the 22nd.
TODAY = date(2026, 11, 20)

SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "team/teams/depot.yaml": "title: Depot\nfunction: operations\nparent: ops\n",
    "team/people/li.yaml": "title: Li\nteam: product\n",
    "team/people/bo.yaml": "title: Bo\nteam: ops\n",
    "team/people/an.yaml": "title: An\nteam: depot\n",
    "plans/build.yaml": """\
title: Build
team: product
owner: li
status: active
due: 2026-12-18
tasks:
  - {id: late, title: Late, owner: bo, due: 2026-11-10}
  - {id: sunday, title: Sunday, due: 2026-11-22}
  - {id: monday, title: Monday, due: 2026-11-23}
  - {id: done, title: Done, status: done, done_on: 2026-11-18, due: 2026-11-18}
milestones:
  - {id: ready, title: Ready, due: 2026-11-21}
""",
    "plans/run.yaml": """\
title: Run
team: ops
status: active
tasks:
  - {id: open, title: Open, due: 2026-11-21, depends_on: [plan/build#sunday]}
  - {id: nobody, title: Nobody's, due: 2026-11-19}
""",
    "plans/rest.yaml": "title: Rest\nteam: ops\nowner: bo\nstatus: paused\ntasks: [{id: t, title: T, due: 2026-11-18}]\n",
    "meetings/m.yaml": """\
title: M
date: 2026-11-12
actions:
  - {id: a, text: Call, owner: an, due: 2026-11-17}
  - {id: b, text: Write, owner: an, due: 2026-11-30}
  - {id: c, text: Think, owner: bo}
  - {id: d, text: Was done, owner: an, due: 2026-11-17, status: done, done_on: 2026-11-13}
""",
}


def found(workspace: Write, chosen: Selection = EVERYTHING) -> Week:
    return week(Derived(workspace(SHOP).load(), TODAY), chosen)


def of_team(workspace: Write, name: str) -> Week:
    return found(workspace, selection(workspace(SHOP).load(), team=f"team/{name}"))


def test_week__goes_from_monday_to_sunday(workspace: Write) -> None:
    one = found(workspace)
    assert (one.first, one.last) == (date(2026, 11, 16), date(2026, 11, 22))


def test_week__holds_what_is_overdue_or_due_until_sunday(workspace: Write) -> None:
    assert [part.address for part in found(workspace).parts] == [
        "plan/build#late", "plan/run#nobody", "plan/build#ready", "plan/run#open", "plan/build#sunday",
    ]  # fmt: skip


def test_week__a_task_is_its_owners_in_whosever_plan_and_else_the_plans(workspace: Write) -> None:
    assert [part.address for part in of_team(workspace, "ops").parts] == ["plan/build#late", "plan/run#nobody", "plan/run#open"]
    assert [part.address for part in of_team(workspace, "product").parts] == ["plan/build#ready", "plan/build#sunday"]
    person = found(workspace, Selection(person="person/bo"))
    assert [part.address for part in person.parts] == ["plan/build#late"]


def test_week__actions_of_teams_below_count_and_the_later_ones_are_apart(workspace: Write) -> None:
    one = of_team(workspace, "ops")
    assert [(action.address, action.is_overdue) for action in one.actions.actions] == [("meeting/m#a", True)]
    assert (one.actions.open, one.actions.overdue) == (1, 1)
    assert [action.address for action in one.later.actions] == ["meeting/m#b", "meeting/m#c"]


def test_week__what_another_team_waits_for_falls_to_who_owes_it(workspace: Write) -> None:
    assert [(one.needs, one.creditor) for one in of_team(workspace, "product").owed] == [("plan/build#sunday", "team/ops")]
    assert of_team(workspace, "ops").owed == ()


def test_week__tells_apart_what_is_under_way_and_due_later(workspace: Write) -> None:
    tasks = (
        "  - {id: doing, title: Doing, status: doing, owner: bo, due: 2026-12-04}\n"
        "  - {id: stuck, title: Stuck, status: blocked, owner: bo, due: 2026-12-02}\n"
        "  - {id: begins, title: Begins, owner: bo, start: 2026-11-20, due: 2026-11-27}\n"
        "  - {id: later, title: Later, owner: bo, start: 2026-11-30, due: 2026-12-04}\n"
    )
    plan = f"title: Next\nteam: product\nowner: li\nstatus: active\ndue: 2026-12-18\ntasks:\n{tasks}"
    loaded = workspace({**SHOP, "plans/next.yaml": plan}).load()
    found = week(Derived(loaded, TODAY), selection(loaded, person="person/bo"))
    assert [one.title for one in found.under_way] == ["Begins", "Stuck", "Doing"]
    assert not {one.title for one in found.parts} & {"Begins", "Stuck", "Doing", "Later"}


def test_week__is_free_without_anything_to_do(workspace: Write) -> None:
    assert not of_team(workspace, "depot").is_free
    assert found(workspace, Selection(person="person/nobody")).is_free


def test_week__of_one_person_takes_no_longer_among_many(workspace: Write) -> None:
    def asked(count: int) -> Callable[[], object]:
        task = "title: P\nteam: product\nstatus: active\ntasks:\n  - {{id: a, title: A, owner: p{0}, due: 2026-11-20}}\n"
        files = {"team/teams/product.yaml": "title: Product\nfunction: product\n"}
        for number in range(count):
            files[f"team/people/p{number}.yaml"] = f"title: P{number}\nteam: product\n"
            files[f"plans/p{number}.yaml"] = task.format(number)
            files[f"meetings/m{number}.md"] = (
                f"---\ntitle: M\ndate: 2026-11-18\nactions:\n  - {{id: a, text: A, owner: p{number}, due: 2026-11-20}}\n---\n"
            )
        derived = Derived(workspace(files).load(), TODAY)
        found = [week(derived, Selection(person=f"person/p{number}")) for number in range(count)]
        assert all(len(one.parts) == len(one.actions.actions) == 1 for one in found)
        return lambda: [week(derived, Selection(person=f"person/p{number}")) for number in range(count)]

    assert bend(asked, 30) < 10
