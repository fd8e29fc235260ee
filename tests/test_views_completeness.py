"""What cannot be read is in no view, so every answer says that it may be incomplete."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner, Result

from conftest import Write, Written
from trueup.cli.actions import command as actions
from trueup.cli.agenda import command as agenda
from trueup.cli.check import command as check
from trueup.cli.feedback import command as feedback
from trueup.cli.goals import command as goals
from trueup.cli.list import command as list_
from trueup.cli.load import command as load
from trueup.cli.report import command as report
from trueup.cli.rhythm import command as rhythm
from trueup.cli.schedule import command as schedule
from trueup.cli.scorecards import command as scorecards
from trueup.cli.status import command as status
from trueup.views.completeness import completeness

GOAL = "---\ntitle: {}\nperiod: 2026-Q4\nstatus: active\nteams: [ops]\n---\n"
FILES = {
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "team/cadences/weekly.yaml": "title: Weekly\nevery: week\nday: monday\nteams: [ops]\n",
    "goals/good.md": GOAL.format("Good"),
    "metrics/m.yaml": "title: M\nunit: '%'\ndirection: up\n",
}
BROKEN = {
    "a goal": ("goals/bad.md", "---\ntitle: [\n---\n", (1, 0)),
    "a plan with a day that there is not": ("plans/p.yaml", "title: P\nteam: ops\nstatus: active\ndue: 2026-11-31\n", (0, 1)),
    "a series with a wrong row": ("metrics/m.csv", "date,value,note\n2026-11-02,many,\n", (1, 0)),
    "settings": ("trueup.yaml", "title: [\n", (1, 0)),
    "a schema": ("schemas/x.schema.json", "{", (1, 0)),
}
SAID = {
    (1, 0): 'This may be incomplete: 1 file could not be read. "trueup check" says what is wrong.',
    (0, 1): 'This may be incomplete: 1 record has values that do not fit. "trueup check" says what is wrong.',
}
VIEWS: tuple[tuple[click.Command, list[str]], ...] = (
    (status, []), (goals, []), (schedule, []), (actions, []), (load, []), (feedback, []), (rhythm, []), (scorecards, []),
    (report, ["week"]), (agenda, ["weekly"]), (list_, ["goal"]),
)  # fmt: skip


def run(written: Written, command: click.Command, *arguments: str) -> Result:
    done = CliRunner().invoke(command, [*arguments, "--root", str(written.root), "--lang", "en", "--today", "2026-11-20"])
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize("name", BROKEN)
def test_completeness__of_what_cannot_be_read_and_what_does_not_fit(workspace: Write, name: str) -> None:
    path, text, (unreadable, faulty) = BROKEN[name]
    found = completeness(workspace({**FILES, path: text}).load())
    assert (found.unreadable, found.faulty, found.is_complete) == (unreadable, faulty, False)


@pytest.mark.parametrize("name", BROKEN)
def test_views__say_once_beside_the_answer_that_it_may_be_incomplete(workspace: Write, name: str) -> None:
    path, text, counts = BROKEN[name]
    written = workspace({**FILES, path: text})
    for command, arguments in VIEWS:
        assert run(written, command, *arguments).stderr == f"trueup: {SAID[counts]}\n", command.name


def test_views__of_all_that_there_is_say_nothing(workspace: Write) -> None:
    written = workspace(FILES)
    for command, arguments in VIEWS:
        assert run(written, command, *arguments).stderr == ""


def test_check__says_what_is_wrong_and_not_that_something_is(workspace: Write) -> None:
    done = CliRunner().invoke(check, ["--root", str(workspace({**FILES, "goals/bad.md": "x"}).root), "--lang", "en"])
    assert "incomplete" not in done.output


@pytest.mark.parametrize(("command", "arguments", "line"), [(status, [], 2), (report, ["week"], 4), (agenda, ["weekly"], 2)])
def test_documents__say_it_themselves_as_they_are_sent_on(
    workspace: Write, command: click.Command, arguments: list[str], line: int
) -> None:
    done = run(workspace({**FILES, "goals/bad.md": "x"}), command, *arguments)
    assert any(SAID[1, 0] in one for one in done.stdout.splitlines()[: line + 1])


@pytest.mark.parametrize(("command", "arguments"), [(status, []), (report, ["week"])])
def test_json__counts_it(workspace: Write, command: click.Command, arguments: list[str]) -> None:
    done = run(workspace({**FILES, "goals/bad.md": "x"}), command, *arguments, "--format", "json")
    assert json.loads(done.stdout)["completeness"] == {"unreadable": 1, "faulty": 0}
