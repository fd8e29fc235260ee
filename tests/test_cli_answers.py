"""What commands say of how much they give, and how their work grows with what they are asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from conftest import Write, Written, write_files
from growth import bend
from trueup.cli.check import command as check
from trueup.cli.list import command as list_
from trueup.cli.query import command as query

GOAL = "---\ntitle: A\nperiod: 2026-Q4\nstatus: draft\n---\n"
CUT = "trueup: only the first 2 rows are given; a narrower question gives the others\n"


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize(
    ("command", "arguments"), [(query, ["SELECT id FROM goal"]), (list_, ["goal", "--columns", "id"])], ids=["query", "list"]
)
@pytest.mark.parametrize(("goals", "is_cut"), [("abc", True), ("ab", False)])
def test_answer__that_is_cut_says_so_beside_the_rows(
    workspace: Write, monkeypatch: pytest.MonkeyPatch, command: click.Command, arguments: list[str], form: str, goals: str, is_cut: bool
) -> None:
    monkeypatch.setattr("trueup.views.tables._MOST_ROWS", 2)
    root = workspace({f"goals/{name}.md": GOAL for name in goals}).root
    done = CliRunner().invoke(command, [*arguments, "--format", form, "--root", str(root), "--lang", "en"])
    assert done.exit_code == 0
    assert done.stderr == (CUT if is_cut else "")
    assert "only the first" not in done.stdout


def plans(folder: Path, count: int) -> tuple[Written, list[str]]:
    """A workspace of so many plans, each of a goal of its own, and the paths of the plans."""
    goals = {f"goals/g{number}.md": GOAL for number in range(count)}
    plans = {f"plans/p{number}.yaml": f"title: P\nteam: ops\nstatus: draft\ngoals: [g{number}]\n" for number in range(count)}
    team = {"team/teams/ops.yaml": "title: Operations\nfunction: operations\n"}
    return write_files(folder / str(count), {**team, **goals, **plans}), [str(folder / str(count) / path) for path in plans]


@pytest.mark.parametrize("whole", [False, True], ids=["the paths of files", "the paths and their folder"])
def test_check__of_many_paths_takes_time_as_there_are_paths(tmp_path: Path, whole: bool) -> None:
    def asked(count: int) -> Callable[[], str]:
        written, paths = plans(tmp_path, count)
        return partial(written.answer, check, *paths, *([str(written.root / "plans")] if whole else []))

    assert bend(asked, 100) < 10
