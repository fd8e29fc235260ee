"""The report of a period: what a lead expects among its problems, and what it looks like where."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from conftest import TODAY, Write
from trueup.cli.report import command
from trueup.render.told import goal_entry
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.standing import goal_line

SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "team/people/bo.yaml": "title: Bo\nteam: ops\n",
    "plans/slots.yaml": "title: Slots\nteam: ops\nowner: bo\nstatus: active\nstart: 2026-11-09\ndue: 2026-11-20\n"
    "tasks: [{id: build, title: 1. Build - now, owner: bo, status: doing, due: 2026-11-17, estimate: 9},\n"
    "  {id: more, title: More, owner: bo, due: 2026-11-20, estimate: 3}]\n",
    "checkins/a.yaml": "subject: plan/slots\ndate: 2026-11-12\nauthor: bo\nhealth: at-risk\n"
    "problems: [{id: staff, problem: Too few riders, solution: Hire, owner: bo, due: 2026-11-13}]\n",
    "meetings/m.yaml": "title: M\ndate: 2026-11-03\nactions:\n"
    "  - {id: ask, text: Ask the depots, owner: bo, due: 2026-11-06}\n  - {id: soon, text: Not yet, owner: bo, due: 2026-11-30}\n",
}


def problems(text: str) -> str:
    """Those that check-ins tell of, and how plans, tasks and actions stand."""
    titles = ("Problems and solutions", "Late, overdue or blocked")
    return "".join(text.partition(f"## {title}\n\n")[2].partition("\n## ")[0] for title in titles)


def test_report__problems_have_overdue_actions_and_who_has_too_much_to_do(workspace: Write) -> None:
    told = problems(workspace(SHOP).answer(command, "week", today="2026-11-18"))
    assert "- 12 days overdue: **Ask the depots** · Bo\n" in told
    assert re.search(r"^- too much to do: \*\*Bo\*\* · W47: \d[\d.]* days of work in 3$", told, re.MULTILINE), told
    assert "Not yet" not in told


def test_report__a_problem_of_a_check_in_is_told_once(workspace: Write) -> None:
    shop = workspace(SHOP)
    this_week = problems(shop.answer(command, "week", "--on", "2026-11-15", today="2026-11-15"))
    assert this_week.count("Too few riders") == 1
    assert "Too few riders** → Hire · Slots · Bo · due 13 Nov" in this_week
    next_week = problems(shop.answer(command, "week", today="2026-11-18"))
    assert "- 5 days overdue: **Too few riders** → Hire · Bo\n" in next_week


def test_report__a_goal_that_was_missed_does_not_look_like_one_that_was_reached(workspace: Write) -> None:
    goal = "title: {title}\nperiod: 2026-Q3\nstatus: {title}\nproduct_owner: bo\n"
    goals = {f"goals/{status}.yaml": goal.format(title=status) for status in ("achieved", "partial", "missed", "dropped")}
    loaded = workspace({**SHOP, **goals}).load()
    lines = [goal_line(one) for one in Derived(loaded, TODAY).goals.goals]
    assert {one.status: goal_entry(one, Names(loaded, "en")).tone for one in lines} == {
        "achieved": "done", "partial": "partial", "missed": "missed", "dropped": "dropped",
    }  # fmt: skip


def test_report__where_a_program_reads_it_is_markdown(workspace: Write) -> None:
    text = workspace(SHOP).answer(command, "week", today="2026-11-18")
    assert text.startswith("# Shop · Weekly report · 16 to 22 November 2026\n\n2026-W47, as of 18 November 2026\n")
    assert "**1\\. Build - now**" in text


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_report__on_a_terminal_is_plain_text_unless_markdown_is_asked_for(workspace: Write) -> None:
    root = str(workspace(SHOP).root)
    plain, asked = on_a_terminal("report", "week", "--root", root), on_a_terminal("report", "week", "--root", root, "--format", "markdown")
    assert plain.startswith("Shop · Weekly report · 16 to 22 November 2026\n2026-W47, as of 18 November 2026")
    assert "1. Build - now" in plain
    assert not re.search(r"\*\*|^#|\\", plain, re.MULTILINE)
    assert asked.startswith("# Shop · Weekly report")


def on_a_terminal(*arguments: str) -> str:
    """What a command shows on a terminal of 80 columns."""
    import pty

    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "trueup", *arguments, "--today", "2026-11-18", "--lang", "en"]
    process = subprocess.Popen(call, stdout=theirs, stderr=theirs, env={**os.environ, "COLUMNS": "80"})
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        # Linux tells the end of a terminal as an error.
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0, shown
    return shown.decode().replace("\r\n", "\n")
