"""Status, agenda and report: what they tell, and that they tell the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from conftest import Written
from trueup.records.workspace import Workspace
from trueup.render.agenda import agenda_document
from trueup.render.answer import as_json
from trueup.render.document import as_text
from trueup.render.period_report import report_document
from trueup.render.status import status_as_text
from trueup.views.agenda import agenda
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.period_report import latest_period, period_around, period_report
from trueup.views.selection import selection
from trueup.views.status import status

Write = Callable[[Mapping[str, str | bytes]], Written]

# A Monday.
TODAY = date(2026, 11, 16)

SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "team/people/li.yaml": "title: Li Wei\nteam: product\n",
    "team/people/bo.yaml": "title: Bo\nteam: ops\n",
    "team/cadences/weekly.yaml": """\
title: Weekly
every: week
day: tuesday
time: "10:00"
timezone: Asia/Shanghai
teams: [product, ops]
attendees: [li, bo]
agenda: [Numbers]
purpose: Keep in step
""",
    "goals/late.yaml": """\
title: Late goal
period: 2026-Q4
status: active
product_owner: li
operations_owner: bo
teams: [product]
key_results: [{id: orders, title: Orders, baseline: 0, target: 100, metric: orders}]
""",
    "goals/fine.yaml": """\
title: Fine goal
period: 2026-Q4
status: active
product_owner: li
teams: [ops]
key_results: [{id: share, title: Share, baseline: 0, target: 100}]
""",
    "metrics/orders.yaml": "title: Orders\nunit: orders\ndirection: up\ncadence: weekly\nowner: li\n",
    "metrics/orders.csv": "date,value,note\n2026-11-01,12,\n2026-11-10,10,\n2026-11-17,90,\n",
    "checkins/a.yaml": """\
subject: goal/late
date: 2026-11-12
author: li
health: on-track
confidence: 7
progress: Going well
next: More of it
problems: [{id: staff, problem: Too few riders, solution: Hire, owner: bo, due: 2026-11-20}]
""",
    "checkins/b.yaml": "subject: goal/fine\ndate: 2026-11-05\nauthor: li\nhealth: on-track\nkey_results: {share: 80}\n",
    "plans/slots.yaml": """\
title: Slots
team: product
owner: li
status: active
goals: [late]
start: 2026-11-01
due: 2026-11-18
tasks:
  - {id: build, title: Build, owner: li, status: doing, due: 2026-11-13, estimate: 4}
  - {id: old, title: Old, owner: li, status: done, due: 2026-11-10, done_on: 2026-11-11}
  - {id: hire, title: Hire, owner: bo, status: blocked, blocked_by: No budget, due: 2026-11-25}
milestones:
  - {id: live, title: Live, due: 2026-11-24}
""",
    "meetings/m1.yaml": """\
title: M1
date: 2026-11-03
cadence: weekly
actions:
  - {id: a, text: Ask the depots, owner: bo, due: 2026-11-06, status: open}
  - {id: b, text: Write it up, owner: li, due: 2026-11-06, status: done, done_on: 2026-11-09}
""",
    "meetings/m2.yaml": "title: M2\ndate: 2026-11-10\ncadence: weekly\n",
    "retros/r.yaml": "title: R\ndate: 2026-10-01\nactions: [{id: z, text: Second person, owner: li, due: 2026-10-15, status: open}]\n",
    "decisions/d.yaml": """\
title: Two hours
date: 2026-11-01
status: accepted
type: decision
deciders: [li]
tripwire: {metric: orders, below: 11}
""",
    "decisions/e.yaml": "title: New decision\ndate: 2026-11-11\nstatus: proposed\ntype: decision\ndeciders: [bo]\n",
    "feedback/f.yaml": "title: Nobody came\nreceived_on: 2026-11-02\nchannel: support\nstatus: new\nowner: bo\n",
}

# What the two teams owe each other, and what they have learned.
TOGETHER = SHOP | {
    "plans/crew.yaml": """\
title: Crew
team: ops
owner: bo
status: active
start: 2026-11-09
tags: [launch]
tasks:
  - {id: rota, title: Rota, owner: bo, status: todo, due: 2026-11-27, pegged_to: plan/slots#live, offset: 2}
  - {id: brief, title: Brief, owner: bo, status: todo, due: 2026-11-20, depends_on: [plan/slots#build]}
  - {id: party, title: Party, owner: bo, status: todo, due: 2026-12-20, depends_on: [plan/slots#later]}
""",
    "plans/done.yaml": "title: Done\nteam: ops\nstatus: done\nstart: 2026-11-09\ntags: [launch]\n",
    "plans/slots.yaml": SHOP["plans/slots.yaml"].replace(
        "milestones:\n", "  - {id: later, title: Later, owner: li, status: todo, due: 2026-12-18, estimate: 1}\nmilestones:\n"
    ),
    "retros/r.yaml": SHOP["retros/r.yaml"] + "lessons: [{id: ask, text: Ask the depots first, tags: [launch]}]\n",
    "team/activities/swap.yaml": "title: A night\ntype: role-swap\ndate: 2026-11-10\nparticipants: [li]\nteams: [product]\n",
    "team/activities/old.yaml": "title: Old\ntype: training\ndate: 2026-10-01\nuntil: 2026-11-02\nparticipants: [bo]\n",
}


@pytest.fixture
def together(workspace: Write) -> Workspace:
    return workspace(TOGETHER).load()


@pytest.fixture
def shop(workspace: Write) -> Workspace:
    return workspace(SHOP).load()


def test_status__what_is_worst_comes_first(shop: Workspace) -> None:
    found = status(Derived(shop, TODAY))
    assert [(one.address, one.health, one.is_watermelon) for one in found.standing.goals] == [
        ("goal/late", "off-track", True),
        ("goal/fine", "on-track", False),
    ]
    assert (found.standing.on_track, found.standing.off_track, found.standing.net_confidence) == (1, 1, 1)
    assert [(one.address, one.days_overdue) for one in found.overdue] == [("plan/slots#build", 3)]
    assert [one.address for one in found.coming] == ["plan/slots#live"]
    assert [one.address for one in found.due] == ["plan/slots#live", "plan/slots#hire"]
    assert [one.reason for one in found.blocked] == ["No budget"]
    assert [one.address for one in found.plans if one.is_late] == ["plan/slots"]
    assert [one.address for one in found.tripped] == ["decision/d"]
    assert [one.address for one in found.proposed] == ["decision/e"]
    assert [one.address for one in found.untriaged] == ["feedback/f"]
    assert (found.actions.open, found.actions.overdue) == (3, 2)


def test_status__of_a_team_or_a_person_is_what_they_answer_for(shop: Workspace) -> None:
    derived = Derived(shop, TODAY)
    ops = status(derived, selection(shop, team="team/ops"))
    assert [one.address for one in ops.standing.goals] == ["goal/fine"]
    assert ops.plans == ()
    assert [one.address for one in ops.proposed] == ["decision/e"]
    assert ops.tripped == ()
    bo = status(derived, selection(shop, person="person/bo"))
    assert [one.address for one in bo.standing.goals] == ["goal/late"]
    assert [one.address for one in bo.plans] == ["plan/slots"], "Bo has a task in it"
    assert bo.actions.overdue == 1
    assert [one.address for one in bo.untriaged] == ["feedback/f"]


def test_status__of_a_period_has_the_goals_in_it_and_their_plans(shop: Workspace) -> None:
    derived = Derived(shop, TODAY)
    assert len(status(derived, period=period_around("quarter", TODAY)).standing.goals) == 2
    empty = status(derived, period=period_around("week", TODAY))
    assert (empty.standing.goals, empty.plans) == ((), ())


def test_agenda__open_actions_first_then_what_changed(shop: Workspace) -> None:
    record = shop.record("cadence/weekly")
    assert record is not None
    found = agenda(Derived(shop, TODAY), record)
    assert (found.on, found.since) == (date(2026, 11, 17), date(2026, 11, 10))
    assert found.start is not None
    assert found.start.isoformat() == "2026-11-17T10:00:00+08:00"
    assert [one.address for one in found.actions] == ["meeting/m1#a"]
    assert [one.address for one in found.others] == ["retro/r#z"]
    assert [one.address for one in found.happened.done] == ["plan/slots#old"]
    assert [one.address for one in found.happened.told] == ["checkin/a"]
    assert found.happened.closed == (), "it was closed before the meeting of the 10th"
    assert [one.address for one in found.wanted] == ["decision/d", "decision/e"]


def test_agenda__says_what_the_teams_owe_each_other_in_the_next_two_weeks(together: Workspace) -> None:
    record = together.record("cadence/weekly")
    assert record is not None
    found = agenda(Derived(together, TODAY), record)
    assert [(one.needs, one.is_late, [task.address for task in one.waiting]) for one in found.between] == [
        ("plan/slots#build", True, ["plan/crew#brief"]),
        ("plan/slots#live", False, ["plan/crew#rota"]),
    ], "what is needed on 18 December is not said yet"
    late = Derived(together, TODAY).schedule.part("plan/slots#build")
    assert late is not None
    assert found.between[0].forecast == late.finish
    text = as_text(agenda_document(found, Names(together, "en")))
    assert "Between teams, needed by 1 Dec\n" in text
    assert "working days late   Build   Product → Ops · needed 13 Nov, forecast" in text
    assert "Live    Product → Ops · 1 task waits for it\n" in text


def test_agenda__of_one_team_has_nothing_between_teams(workspace: Write) -> None:
    weekly = TOGETHER["team/cadences/weekly.yaml"].replace("teams: [product, ops]", "teams: [ops]")
    loaded = workspace({**TOGETHER, "team/cadences/weekly.yaml": weekly}).load()
    record = loaded.record("cadence/weekly")
    assert record is not None
    assert agenda(Derived(loaded, TODAY), record).between == ()


def test_agenda__of_an_earlier_day_looks_back_from_there(shop: Workspace) -> None:
    record = shop.record("cadence/weekly")
    assert record is not None
    found = agenda(Derived(shop, TODAY), record, date(2026, 11, 10))
    assert (found.since, found.happened.last) == (date(2026, 11, 3), date(2026, 11, 10))
    assert [one.address for one in found.happened.closed] == ["meeting/m1#b"]


def test_latest_period__is_the_one_in_which_yesterday_lies() -> None:
    assert latest_period("week", date(2026, 11, 16)).name == "2026-W46"
    assert latest_period("week", date(2026, 11, 17)).name == "2026-W47"
    assert latest_period("month", date(2026, 11, 1)).name == "2026-10"
    assert latest_period("quarter", date(2026, 11, 1)).name == "2026-Q4"
    assert latest_period("week", date(2027, 1, 4)).name == "2026-W53"
    assert latest_period("month", date.min).name == "0001-01"


def test_period_report__tells_what_happened_in_it_and_nothing_later(shop: Workspace) -> None:
    found = period_report(shop, "week", period_around("week", date(2026, 11, 12)), TODAY)
    assert (found.period, found.as_of, found.is_over) == ("2026-W46", date(2026, 11, 15), True)
    assert [one.address for one in found.happened.done] == ["plan/slots#old"]
    assert found.happened.done[0].days_late == 1
    assert [(one.address, one.before, one.value, one.is_better) for one in found.happened.moved] == [("metric/orders", 12, 10, False)]
    assert [(one.problem.text, one.problem.solution) for one in found.problems] == [("Too few riders", "Hire")]
    assert [one.next for one in found.next] == ["More of it"]
    assert [one.address for one in found.due_next] == []
    running = period_report(shop, "month", period_around("month", TODAY), TODAY)
    assert (running.as_of, running.is_over) == (TODAY, False)


def test_period_report__offers_lessons_to_the_plans_that_begin_in_it(together: Workspace) -> None:
    week = period_report(together, "week", period_around("week", date(2026, 11, 12)), TODAY)
    offered = [(one.plan, [offer.lesson.address for offer in one.offers]) for one in week.lessons]
    assert offered == [("plan/crew", ["retro/r#ask"])], "a plan that is done needs no lesson to begin with"
    assert "Crew   Ask the depots first   launch · R\n" in as_text(report_document(week, Names(together, "en")))
    before = period_report(together, "week", period_around("week", date(2026, 11, 5)), TODAY)
    assert before.lessons == ()


def test_period_report__of_a_month_or_a_quarter_tells_of_gaps_and_activities(together: Workspace) -> None:
    week = period_report(together, "week", period_around("week", date(2026, 11, 12)), TODAY)
    assert (week.gaps, week.activities) == ((), ())
    month = period_report(together, "month", period_around("month", TODAY), TODAY)
    assert [(one.gap, one.address) for one in month.gaps] == [
        ("decision-without-evidence", "decision/d"),
        ("plan-without-reason", "plan/crew"),
        ("goal-without-metric", "goal/fine"),
    ]
    assert [one.address for one in month.activities] == ["activity/old", "activity/swap"], "one that goes on into it belongs to it"
    december = period_report(together, "month", period_around("month", date(2026, 12, 1)), date(2026, 12, 1))
    assert december.activities == ()
    quarter = period_report(together, "quarter", period_around("quarter", TODAY), TODAY)
    assert [one.address for one in quarter.activities] == ["activity/old", "activity/swap"]
    text = as_text(report_document(month, Names(together, "en")))
    assert "Not founded on evidence\n  no evidence   Two hours   Decision\n" in text
    assert "Learned and done together\n  Training    Old       1 Oct · Bo\n  Role swap   A night   10 Nov · Product\n" in text


def test_period_report__of_a_team_has_its_own_gaps_and_activities(together: Workspace) -> None:
    found = period_report(together, "month", period_around("month", TODAY), TODAY, selection(together, team="team/product"))
    assert [one.address for one in found.gaps] == ["decision/d"]
    assert [one.address for one in found.activities] == ["activity/swap"]
    ops = period_report(together, "month", period_around("month", TODAY), TODAY, selection(together, team="team/ops"))
    assert [one.address for one in ops.gaps] == ["plan/crew", "goal/fine"]
    assert [one.address for one in ops.activities] == ["activity/old"]


def test_period_report__at_the_ends_of_the_calendar(shop: Workspace) -> None:
    for day in (date.min, date.max, date(2028, 2, 29)):
        for span in ("week", "month", "quarter"):
            assert period_report(shop, span, period_around(span, day), day).span == span
            assert period_report(shop, span, period_around(span, day), max(day, TODAY)).span == span


def test_status_report_and_json__show_the_same_figures(shop: Workspace) -> None:
    names = Names(shop, "en")
    derived = Derived(shop, TODAY)
    stands = status(derived)
    report = period_report(shop, "month", period_around("month", TODAY), TODAY)
    assert report.status == stands

    data: dict[str, Any] = json.loads(as_json(stands))
    assert json.loads(as_json(report))["status"] == {key: value for key, value in data.items() if key != "version"}
    goal = derived.goals.goal("goal/late")
    assert goal is not None
    assert data["standing"]["goals"][0]["progress"] == goal.progress == 0.1

    for words in ("2 open goals: 1 on track, 1 off track", "Net confidence +100 points"):
        assert words in status_as_text(stands, names)
        assert words in as_text(report_document(report, names))
    assert "10%" in status_as_text(stands, names)
    assert "10%" in as_text(report_document(report, names))


def test_status__of_an_empty_workspace(workspace: Write) -> None:
    loaded = workspace({}).load()
    found = status(Derived(loaded, TODAY))
    assert (found.standing.goals, found.standing.net_confidence, found.actions.open) == ((), None, 0)
    assert "No goal is open." in status_as_text(found, Names(loaded, "en"))
