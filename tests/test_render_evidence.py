"""Chains of evidence and decisions on a terminal: `trueup evidence` and `trueup decisions`."""

from __future__ import annotations

import json

import click
import pytest

from conftest import Write
from trueup.cli import decisions, evidence

SHOP = {
    "team/people/li.yaml": "title: Li Wei\nteam: product\n",
    "team/people/bo.yaml": "title: Bo\nteam: ops\n",
    "metrics/late.yaml": "title: Late boxes\nunit: '%'\ndirection: down\n",
    "metrics/late.csv": "date,value,note\n2026-11-01,4,\n2026-11-08,7,\n2026-11-15,8,\n",
    "metrics/calls.yaml": "title: Calls\nunit: calls\ndirection: down\n",
    "metrics/calls.csv": "date,value,note\n2026-11-08,40,\n",
    "goals/time.yaml": (
        "title: On time, always\nperiod: 2026-Q4\nstatus: active\n"
        "key_results: [{id: a, title: A, baseline: 9, target: 2, metric: late}, {id: b, title: B, baseline: 1, target: 2, metric: calls}]\n"
    ),
    "goals/vague.yaml": "title: Be loved\nperiod: 2026-Q4\nstatus: active\n",
    "plans/routes.yaml": "title: New routes\nteam: ops\nstatus: active\ngoals: [time]\n",
    "plans/pet.yaml": "title: Pet project\nteam: ops\nstatus: active\n",
    "studies/towers.yaml": (
        "title: Towers\nmethod: interviews\nquestion: Why?\nstatus: done\nfindings: [{id: gates, text: 'Gates are shut, always'}]\n"
    ),
    "studies/unread.yaml": "title: Unread study\nmethod: survey\nquestion: What?\nstatus: done\n",
    "feedback/f1.yaml": "title: Late\nreceived_on: 2026-10-01\nchannel: support\nstatus: triaged\n",
    "feedback/f2.yaml": "title: Late again\nreceived_on: 2026-10-02\nchannel: support\nstatus: triaged\n",
    "feedback/g1.yaml": "title: Gift\nreceived_on: 2026-10-01\nchannel: support\nstatus: triaged\nthemes: [gifts]\n",
    "feedback/g2.yaml": "title: Gifts\nreceived_on: 2026-10-02\nchannel: support\nstatus: new\nthemes: [gifts]\n",
    "decisions/first.yaml": "title: One window\ndate: 2026-09-01\nstatus: superseded\ntype: decision\ndeciders: [li]\n",
    "decisions/second.yaml": """\
title: Two windows
date: 2026-10-20
status: accepted
type: adjustment
deciders: [li, bo]
supersedes: first
evidence: [metric/late, 'study/towers#gates', feedback/f1, feedback/f2]
affects: [plan/routes]
tripwire: {metric: late, above: 6}
review_by: 2026-11-10
""",
    "decisions/third.yaml": """\
title: Call first
date: 2026-10-25
status: accepted
type: decision
deciders: [bo]
tripwire: {metric: calls, above: 50}
review_by: 2026-11-16
""",
    "decisions/fourth.yaml": "title: Cap the routes\ndate: 2026-10-26\nstatus: proposed\ntype: decision\ndeciders: [bo]\n",
}


def test_evidence__shows_what_was_seen_changed_and_measured_then_the_gaps(workspace: Write) -> None:
    assert (
        workspace(SHOP).answer(evidence.command)
        == """\
2026-10-26 Cap the routes [Proposed]
  seen in       nothing that is named
  changes       no plan and no goal
  measured by   no metric

2026-10-25 Call first [Accepted]
  seen in       nothing that is named
  changes       no plan and no goal
  measured by   no metric

2026-10-20 Two windows [Accepted]
  seen in       Late boxes · Towers · 2 pieces of feedback
  changes       New routes · On time, always
  measured by   Late boxes (where it was seen) · Calls

2026-09-01 One window [Superseded]
  seen in       nothing that is named
  changes       no plan and no goal
  measured by   no metric

Decided, but on no evidence that is named
  Call first   decision/third

Worked on, but for no goal and after no decision
  Pet project   plan/pet

Pursued, but measured by no metric
  Be loved   goal/vague

Said by several users, but taken up by no plan and no decision
  gifts   2 pieces of feedback

Researched, but used by no decision
  Unread study   study/unread
"""
    )


def test_evidence__tells_of_the_latest_decisions_unless_all_are_asked_for(workspace: Write) -> None:
    text = "title: Day {day}\ndate: 2026-10-{day:02}\nstatus: rejected\ntype: decision\n"
    many = {f"decisions/d{day}.yaml": text.format(day=day) for day in range(1, 12)}
    written = workspace(many)
    short = written.answer(evidence.command)
    assert short.count("seen in") == 8
    assert "… and 3 more: trueup evidence --all" in short
    assert "Day 11" in short
    assert "Day 3" not in short
    whole = written.answer(evidence.command, "--all")
    assert whole.count("seen in") == 11
    assert "more" not in whole


def test_decisions__shows_what_must_be_looked_at_again_and_what_was_replaced(workspace: Write) -> None:
    assert (
        workspace(SHOP).answer(decisions.command)
        == """\
4 decisions: 1 proposed, 2 accepted, 1 superseded

Tripwires crossed
  Two windows   Late boxes 8%, agreed ≤ 6, since 8 Nov   Li Wei, Bo

Reviews due
  Two windows   10 Nov, 6 days overdue   Li Wei, Bo
  Call first    16 Nov, today            Bo

Proposed
  Cap the routes   for 21 days   Bo

Tripwires that hold
  Call first   Calls 40 calls, agreed ≤ 50

Replaced
  One window → Two windows
"""
    )


@pytest.mark.parametrize("command", [evidence.command, decisions.command])
def test_evidence_and_decisions__of_nothing_say_so(command: click.Command, workspace: Write) -> None:
    assert workspace({}).answer(command) == "There is no decision.\n"


def test_evidence_and_decisions__as_json(workspace: Write) -> None:
    written = workspace(SHOP)
    found = json.loads(written.answer(evidence.command, "--format", "json"))
    assert [one["decision"] for one in found["chains"] if one["closes"]] == ["decision/second"]
    assert {one["gap"]: one["address"] for one in found["gaps"]}["plan-without-reason"] == "plan/pet"
    found = json.loads(written.answer(decisions.command, "--format", "json"))
    assert [one["address"] for one in found["tripped"]] == ["decision/second"]
    assert found["chains"] == [["decision/first", "decision/second"]]
