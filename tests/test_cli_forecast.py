"""``forecast`` as people call it: of the demo, in both languages, and where there is nothing to go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from repositories import Repository, needs_git, repository_at
from trueup.cli.forecast import command
from trueup.history import demo

pytestmark = needs_git


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    demo.make_demo(folder)
    return Repository(folder)


def run(repository: Repository, *arguments: str, lang: str = "en") -> Result:
    done = CliRunner().invoke(command, [*arguments, "--root", str(repository.root), "--today", "2026-11-20", "--lang", lang])
    assert "Traceback" not in done.stderr
    return done


def test_forecast__of_the_demo_names_the_plan_in_greatest_danger_first(made: Repository) -> None:
    lines = run(made).stdout.splitlines()
    assert lines[2].startswith("Run two-hour evening windows")
    assert "20 Nov   0%" in lines[2]
    assert "week by week with what was known then" in lines[-1]
    chances = [one["chance"] for one in json.loads(run(made, "--format", "json").stdout)["plans"]]
    assert chances == sorted(chances)
    assert len(chances) == 9


def test_forecast__says_in_chinese_what_it_is_made_of(made: Repository) -> None:
    text = run(made, lang="zh").stdout
    assert "按时概率" in text
    assert "P50、P80、P95：" in text
    assert "回测：2026-Q3" in text


def test_forecast__of_one_plan_or_one_team(made: Repository) -> None:
    one = json.loads(run(made, "plan/evening-slots-expansion", "--format", "json").stdout)
    assert [plan["address"] for plan in one["plans"]] == ["plan/evening-slots-expansion"]
    assert {plan["team"] for plan in json.loads(run(made, "--team", "operations", "--format", "json").stdout)["plans"]} == {
        "team/operations"
    }
    assert run(made, "--team", "nobody").exit_code == 2
    assert run(made, "--runs", "1").exit_code == 2


def test_forecast__is_made_again_by_its_seed_and_as_of_a_day(made: Repository) -> None:
    assert run(made, "--seed", "7").stdout == run(made, "--seed", "7").stdout != run(made, "--seed", "8").stdout
    then = run(made, "--as-of", "2026-08-31", "--format", "json")
    assert json.loads(then.stdout)["backtest"]["period"] == "2026-Q3"
    assert json.loads(then.stdout)["plans"][0]["address"].startswith("plan/")


def test_forecast__without_a_past_says_that_there_is_nothing_to_go_by(tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "repo")
    repository.commit({"trueup.yaml": "title: Shop\n"})
    assert run(repository).stdout == "No plan is open.\n"
    repository.commit({"plans/a.md": "---\ntitle: A\nteam: ops\nstatus: active\ndue: 2026-12-04\n---\n"})
    text = run(repository).stdout
    assert "–         –     –     –" in text
    assert "No dates of plans or milestones that are done are known yet" in text
    assert text.endswith("No forecast of 2026-Q3 can be judged yet.\n")


def test_forecast__outside_a_repository(tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text("title: Shop\n")
    done = run(Repository(tmp_path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "is in no git repository, so it has no past" in done.stderr
