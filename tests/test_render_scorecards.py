"""Scorecards on a terminal, and `trueup scorecards`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from conftest import Written
from trueup.cli.scorecards import command

Write = Callable[[Mapping[str, str | bytes]], Written]
Run = Callable[..., str]

SHOP = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "metrics/late.yaml": "title: Late boxes\nunit: '%'\ndirection: down\n",
    "metrics/late.csv": "date,value,note\n2026-11-01,4,\n",
    "goals/time.yaml": (
        "title: On time\nperiod: 2026-Q4\nstatus: active\nkey_results: [{id: a, title: A, baseline: 9, target: 2, metric: late}]\n"
    ),
    "plans/routes.yaml": """\
title: New routes
team: ops
status: active
tasks:
  - {id: ask, title: Ask the riders, status: done, due: 2026-11-03, done_on: 2026-11-03}
  - {id: map, title: Draw the map, status: done, due: 2026-11-04, done_on: 2026-11-09}
""",
    "team/scorecards/q4.yaml": """\
title: Shared, fourth quarter
period: 2026-Q4
teams: [product, ops]
items:
  - {id: goal, title: Evenings, weight: 40, goal: time}
  - {id: late, title: Late, weight: 30, metric: late, target: 2}
  - {id: tasks, title: Tasks in time, weight: 20, execution: on-time-rate, target: 80}
  - {id: replies, title: Replies, weight: 10, execution: feedback-reply-time, target: 3}
""",
    "team/scorecards/q3.yaml": """\
title: Shared, third quarter
period: 2026-Q3
teams: [product]
items: [{id: goal, title: Evenings, weight: 40, goal: time}]
""",
}


@pytest.fixture
def run(workspace: Write) -> Run:
    written = workspace(SHOP)

    def done(*arguments: str, code: int = 0, root: str = str(written.root), today: str = "2026-11-16") -> str:
        found = CliRunner().invoke(command, [*arguments, "--root", root, "--today", today, "--lang", "en"])
        assert found.exit_code == code, found.output
        return found.output

    return done


def test_scorecards__shows_what_runs_item_by_item_and_the_score_of_the_others(run: Run) -> None:
    assert (
        run()
        == """\
Shared, fourth quarter · 2026-Q4 · Product, Ops
62% of the targets, each value by its target; 10% of the weight has no data

Item            Weight   Value     Target   Score   Computed from
─────────────────────────────────────────────────────────────────
Evenings        40       71.4%              71%     On time
Late            30       4%        2        50%     Late boxes
Tasks in time   20       50%       80       62%     2 tasks
Replies         10       no data   3        –

Earlier
  2026-Q3   71%   Shared, third quarter   q3
"""
    )


def test_scorecards__one_by_name_has_every_record_that_was_counted(run: Run) -> None:
    assert (
        run("q4")
        == """\
Shared, fourth quarter · 2026-Q4 · Product, Ops
62% of the targets, each value by its target; 10% of the weight has no data

Item            Weight   Value     Target   Score   Computed from
─────────────────────────────────────────────────────────────────
Evenings        40       71.4%              71%     On time
Late            30       4%        2        50%     Late boxes
Tasks in time   20       50%       80       62%     2 tasks
Replies         10       no data   3        –

Evenings: On time
  goal/time   On time

Late: Late boxes
  metric/late   Late boxes

Tasks in time: 2 tasks
  plan/routes#ask   Ask the riders
  plan/routes#map   Draw the map
"""
    )


def test_scorecards__where_all_are_over_show_the_latest(run: Run) -> None:
    found = run(today="2027-02-01")
    assert "Shared, fourth quarter · 2026-Q4 · Product, Ops\n" in found
    assert "Earlier\n  2026-Q3" in found


def test_scorecards__of_a_name_that_there_is_not_fail(run: Run) -> None:
    assert 'there is no scorecard "q9"' in run("q9", code=2)


def test_scorecards__of_nothing_say_so(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    (empty / "trueup.yaml").write_text("")
    assert run(root=str(empty)) == "There is no scorecard.\n"


def test_scorecards__as_json_say_from_what_each_figure_was_computed(run: Run) -> None:
    found = json.loads(run("--format", "json"))["scorecards"]
    assert [one["address"] for one in found] == ["scorecard/q4", "scorecard/q3"]
    assert found[0]["items"][2]["addresses"] == ["plan/routes#ask", "plan/routes#map"]
    assert [one["address"] for one in json.loads(run("q3", "--format", "json"))["scorecards"]] == ["scorecard/q3"]


def test_scorecards__a_shell_offers_the_scorecards(run: Run, tmp_path: Path) -> None:
    offered = ShellComplete(command, {}, "trueup", "_TRUEUP_COMPLETE").get_completions(["--root", str(tmp_path)], "q")
    assert [one.value for one in offered] == ["q3", "q4"]
