"""Lessons on a terminal, and `trueup lessons`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from conftest import Write
from trueup.cli.lessons import command

Run = Callable[..., str]

SHOP = {
    "retros/launch.yaml": """\
title: Launch
date: 2026-09-22
tags: [launch]
lessons:
  - {id: hire, text: Hire before you announce., tags: [staffing]}
  - {id: test, text: Test early., tags: []}
actions:
  - {id: a, text: Advertise, owner: li, due: 2026-10-01, status: done, done_on: 2026-10-01}
  - {id: b, text: Load test, owner: li, due: 2026-10-05, status: open}
""",
    "retros/spring.yaml": """\
title: Spring
date: 2026-04-08
lessons:
  - {id: depot, text: Ask the depots., tags: [Launch, depot]}
  - {id: peak, text: Nothing before a peak., tags: [launch]}
  - {id: mood, text: Eat together.}
""",
    "plans/zone.yaml": "title: A new zone\nteam: ops\nstatus: draft\ntags: [launch, depot]\n",
    "plans/gifts.yaml": "title: Gifts\nteam: ops\nstatus: draft\ntags: [gifts]\n",
    "plans/bare.yaml": "title: Bare\nteam: ops\nstatus: draft\n",
}


@pytest.fixture
def run(workspace: Write) -> Run:
    return partial(workspace(SHOP).answer, command)


def test_lessons__shows_them_by_tag_and_what_became_of_the_actions(run: Run) -> None:
    assert (
        run()
        == """\
5 lessons from 2 retrospectives; 50% of what was to change is done

launch
  2026-09-22   Hire before you announce.
  2026-09-22   Test early.
  2026-04-08   Ask the depots.
  … and 1 more: trueup lessons --tag launch

depot
  2026-04-08   Ask the depots.

staffing
  2026-09-22   Hire before you announce.

Without a tag, so no plan is offered them
  Eat together.
      2026-04-08 · Spring

What was to change
Date         Retrospective   Actions   Done   Open   Overdue   Dropped
──────────────────────────────────────────────────────────────────────
2026-09-22   Launch          2         1      1      1
"""
    )


def test_lessons__of_a_tag_has_them_all_and_each_whole(run: Run) -> None:
    assert (
        run("--tag", "LAUNCH")
        == """\
4 lessons from 2 retrospectives; 50% of what was to change is done

launch
  Hire before you announce.
      staffing, launch · 2026-09-22 · Launch
  Test early.
      launch · 2026-09-22 · Launch
  Ask the depots.
      Launch, depot · 2026-04-08 · Spring
  Nothing before a peak.
      launch · 2026-04-08 · Spring

What was to change
Date         Retrospective   Actions   Done   Open   Overdue   Dropped
──────────────────────────────────────────────────────────────────────
2026-09-22   Launch          2         1      1      1
"""
    )


@pytest.mark.parametrize("name", ["zone", "plan/zone", "A new zone"])
def test_lessons__for_a_plan_are_those_that_share_its_tags(run: Run, name: str) -> None:
    assert (
        run(name)
        == """\
“A new zone”, tags: launch, depot

4 lessons to begin with
  Ask the depots.
      Launch, depot · 2026-04-08 · Spring
  Hire before you announce.
      launch · 2026-09-22 · Launch
  Test early.
      launch · 2026-09-22 · Launch
  Nothing before a peak.
      launch · 2026-04-08 · Spring
"""
    )


def test_lessons__for_a_plan_say_why_there_are_none(run: Run) -> None:
    assert run("gifts") == "“Gifts”, tags: gifts\n\nNo lesson shares a tag with it.\n"
    assert run("bare") == "“Bare” has no tags, so no lesson can be matched with it. Write tags into it.\n"
    assert run("--tag", "nobody") == "There is no lesson.\n"


def test_lessons__of_a_plan_that_there_is_not_names_the_nearest(run: Run) -> None:
    assert 'Did you mean "zone"?' in run("zon", code=2)


def test_lessons__as_json_for_a_plan_tell_what_is_shared(run: Run) -> None:
    found = json.loads(run("zone", "--format", "json"))
    assert found["plan"] == "plan/zone"
    assert (found["offers"][0]["lesson"]["address"], found["offers"][0]["shared"]) == ("retro/spring#depot", ["Launch", "depot"])
    assert [one["retro"] for one in json.loads(run("--format", "json"))["retros"]] == ["retro/launch", "retro/spring"]


def test_lessons__a_shell_offers_the_plans(run: Run, tmp_path: Path) -> None:
    offered = ShellComplete(command, {}, "trueup", "_TRUEUP_COMPLETE").get_completions(["--root", str(tmp_path)], "z")
    assert [one.value for one in offered] == ["zone"]
