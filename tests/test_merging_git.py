"""Merges in real repositories, with git calling the driver."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import write_files
from repositories import ENVIRONMENT, Repository, needs_git, repository_at, who
from trueup.cli.check import command as check_command
from trueup.cli.install_merge_driver import command as install_command
from trueup.cli.resolve import command as resolve_command

pytestmark = needs_git

PLAN = """\
---
title: Evening delivery
team: product
status: draft  # as agreed
due: 2026-11-20
goals: [activation]
tasks:
  - id: design
    title: Design
    due: 2026-11-06
  - id: build
    title: Build
    due: 2026-11-13
---
Why.
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository whose driver is installed, and a plan in its first commit."""
    found = repository_at(tmp_path / "work")
    program = tmp_path / "bin" / "trueup"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m trueup "$@"\n')
    program.chmod(0o755)
    monkeypatch.setitem(ENVIRONMENT, "PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    (found.root / "trueup.yaml").write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    install(found)
    found.commit({"plans/evening.md": PLAN}, "Plan")
    return found


def install(repo: Repository, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(install_command, [*arguments, "--root", str(repo.root), "--lang", "en"])
    assert done.exit_code == code, done.output
    return done.output


def branches(repo: Repository, ours: str, theirs: str, path: str = "plans/evening.md") -> None:
    """Two branches that have changed one file; the first is checked out."""
    repo.git("checkout", "--quiet", "-b", "theirs")
    repo.commit({path: theirs}, "Theirs", author="Bo")
    repo.git("checkout", "--quiet", "main")
    repo.commit({path: ours}, "Ours", author="Anna")


def run(repo: Repository, *arguments: str, code: int = 0) -> str:
    return repo.git(*arguments, env=who("2026-11-03"), code=code)


def test_merge__fields_of_both_sides(repo: Repository) -> None:
    branches(repo, PLAN.replace("draft", "active").replace("2026-11-06", "2026-11-09"), PLAN.replace("title: Design", "title: Drawings"))
    run(repo, "merge", "--no-edit", "theirs")
    expected = PLAN.replace("draft", "active").replace("2026-11-06", "2026-11-09").replace("title: Design", "title: Drawings")
    assert (repo.root / "plans/evening.md").read_text() == expected


def test_merge__conflict_is_marked_at_the_field(repo: Repository) -> None:
    branches(
        repo,
        PLAN.replace("draft", "active").replace("Why", "What for"),
        PLAN.replace("draft", "paused").replace("2026-11-20", "2026-12-04"),
    )
    run(repo, "merge", "--no-edit", "theirs", code=1)
    text = (repo.root / "plans/evening.md").read_text()
    assert text.splitlines()[3:10] == [
        "<<<<<<< ours",
        "status: active  # as agreed",
        "=======",
        "status: paused  # as agreed",
        ">>>>>>> theirs",
        "due: 2026-12-04",
        "goals: [activation]",
    ]
    assert text.endswith("---\nWhat for.\n")
    assert repo.git("ls-files", "-u").count("plans/evening.md") == 3


def test_rebase__each_commit_is_merged_by_fields(repo: Repository) -> None:
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("[activation]", "[activation, loyalty]"))
    repo.git("checkout", "--quiet", "theirs")
    second = PLAN.replace("[activation]", "[activation, loyalty]").replace("2026-11-13", "2026-11-16")
    repo.commit({"plans/evening.md": second}, "Second")
    run(repo, "rebase", "--quiet", "main")
    assert (repo.root / "plans/evening.md").read_text() == second.replace("draft", "active")


def test_cherry_pick__takes_only_what_the_commit_changed(repo: Repository) -> None:
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("Evening", "Night"))
    repo.git("checkout", "--quiet", "theirs")
    picked = repo.commit({"plans/evening.md": PLAN.replace("Evening", "Night").replace("title: Build", "title: Make")}, "Picked")
    repo.git("checkout", "--quiet", "main")
    run(repo, "cherry-pick", picked)
    text = (repo.root / "plans/evening.md").read_text()
    assert text == PLAN.replace("draft", "active").replace("title: Build", "title: Make")


def test_merge__criss_cross(repo: Repository) -> None:
    """Two branches that have merged each other have two bases; git merges those first, with the driver."""
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("2026-11-20", "2026-12-04"))
    ours, theirs = repo.git("rev-parse", "main"), repo.git("rev-parse", "theirs")
    run(repo, "merge", "--no-edit", theirs)
    repo.git("checkout", "--quiet", "theirs")
    run(repo, "merge", "--no-edit", ours)
    both = PLAN.replace("draft", "active").replace("2026-11-20", "2026-12-04")
    repo.commit({"plans/evening.md": both.replace("title: Design", "title: Drawings")}, "Theirs")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"plans/evening.md": both.replace("2026-11-06", "2026-11-09")}, "Ours")
    assert len(repo.git("merge-base", "--all", "main", "theirs").split()) == 2
    run(repo, "merge", "--no-edit", "theirs")
    expected = both.replace("title: Design", "title: Drawings").replace("2026-11-06", "2026-11-09")
    assert (repo.root / "plans/evening.md").read_text() == expected


def test_merge__criss_cross_whose_bases_conflict(repo: Repository) -> None:
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("draft", "paused"))
    ours, theirs = repo.git("rev-parse", "main"), repo.git("rev-parse", "theirs")
    run(repo, "merge", "--no-edit", theirs, code=1)
    repo.commit({"plans/evening.md": PLAN.replace("draft", "active")}, "Merge with ours")
    repo.git("checkout", "--quiet", "theirs")
    run(repo, "merge", "--no-edit", ours, code=1)
    repo.commit({"plans/evening.md": PLAN.replace("draft", "paused")}, "Merge with theirs")
    repo.git("checkout", "--quiet", "main")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    assert "<<<<<<<" in (repo.root / "plans/evening.md").read_text()


def test_merge__octopus_of_one_file_is_left_to_the_person(repo: Repository) -> None:
    for name, old, new in (("one", "draft", "active"), ("two", "draft", "paused")):
        repo.git("checkout", "--quiet", "-b", name, "main")
        repo.commit({"plans/evening.md": PLAN.replace(old, new)}, name)
    repo.git("checkout", "--quiet", "main")
    before = repo.git("rev-parse", "HEAD")
    run(repo, "merge", "--no-edit", "one", "two", code=1)
    assert repo.git("rev-parse", "HEAD") == before


def test_merge__a_file_renamed_on_one_side(repo: Repository) -> None:
    repo.git("checkout", "--quiet", "-b", "theirs")
    repo.commit({"plans/evening.md": None, "plans/2026/evening.md": PLAN.replace("Evening", "Late")}, "Moved")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"plans/evening.md": PLAN.replace("draft", "active")}, "Ours")
    run(repo, "merge", "--no-edit", "theirs")
    assert not (repo.root / "plans/evening.md").exists()
    assert (repo.root / "plans/2026/evening.md").read_text() == PLAN.replace("Evening", "Late").replace("draft", "active")


def test_merge__series_by_date(repo: Repository) -> None:
    series = "date,value,note\n2026-11-01,1,\n2026-11-08,2,\n"
    repo.commit({"metrics/orders.csv": series}, "Series")
    branches(repo, series + "2026-11-22,4,\n", series.replace("2026-11-08,2", "2026-11-08,3") + "2026-11-15,5,\n", "metrics/orders.csv")
    run(repo, "merge", "--no-edit", "theirs")
    text = (repo.root / "metrics/orders.csv").read_text()
    assert text == "date,value,note\n2026-11-01,1,\n2026-11-08,3,\n2026-11-15,5,\n2026-11-22,4,\n"


def test_merge__without_the_program(repo: Repository) -> None:
    """Who has not installed trueup merges as before."""
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("draft", "paused").replace("Why", "What for"))
    run(repo, "config", "merge.trueup.driver", run(repo, "config", "merge.trueup.driver").replace("trueup ", "trueup-of-nobody "))
    run(repo, "merge", "--no-edit", "theirs", code=1)
    text = (repo.root / "plans/evening.md").read_text()
    assert "status: active" in text and "status: paused" in text and "<<<<<<<" in text and "What for" in text


def test_install__keeps_what_stands_in_the_file(repo: Repository) -> None:
    file = repo.root / ".gitattributes"
    own = file.read_text()
    assert "plans/**/*.md merge=trueup\n" in own and "metrics/**/*.csv merge=trueup\n" in own
    file.write_text("*.png binary\n" + own.replace("plans/**/*.md merge=trueup\n", "") + "*.txt text")
    assert install(repo, "--check", code=1) == "missing  lines of .gitattributes\n"
    assert install(repo) == "written  .gitattributes; commit it\n"
    assert file.read_text() == "*.png binary\n" + own + "*.txt text"
    assert install(repo, "--check") == "Git merges records field by field already.\n"


def test_install__for_all_repositories(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "gitconfig"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert install(repo, "--global") == "written  merge.trueup in git's settings (global)\n"
    assert "trueup merge-driver %O %A %B %L %P" in settings.read_text()


def resolve(repo: Repository, *arguments: str, given: str = "", code: int = 0) -> str:
    done = CliRunner().invoke(resolve_command, [*arguments, "--root", str(repo.root), "--lang", "en"], input=given)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def stuck(repo: Repository) -> Repository:
    """A merge that waits for two decisions."""
    ours = PLAN.replace("draft", "active").replace("title: Build", "title: Make").replace("[activation]", "[activation, loyalty]")
    branches(repo, ours, PLAN.replace("draft", "paused").replace("title: Build", "title: Assemble").replace("Why", "What for"))
    run(repo, "merge", "--no-edit", "theirs", code=1)
    return repo


def test_resolve__asks_for_each_place(stuck: Repository) -> None:
    said = resolve(stuck, given="o\nt\n")
    expected = PLAN.replace("draft", "active").replace("title: Build", "title: Assemble")
    expected = expected.replace("[activation]", "[activation, loyalty]").replace("Why", "What for")
    assert (stuck.root / "plans/evening.md").read_text() == expected
    assert "plans/evening.md: to decide: 2\n  ours: Anna; 2026-11-02; Ours\n  theirs: Bo; 2026-11-02; Theirs\n" in said
    assert "\n1/2  status\n  base:\n      status: draft  # as agreed\n  ours:\n      status: active  # as agreed\n" in said
    assert "\n2/2  tasks > build > title\n" in said
    assert said.endswith("Next: git add -- plans/evening.md\n")


@pytest.mark.parametrize(("side", "status"), [("--ours", "active"), ("--theirs", "paused")])
def test_resolve__takes_one_side_without_asking(stuck: Repository, side: str, status: str) -> None:
    resolve(stuck, side)
    text = (stuck.root / "plans/evening.md").read_text()
    assert f"status: {status}" in text and "loyalty" in text and "What for" in text and "<<<" not in text


@pytest.mark.parametrize("given", ["", "o\ns\n"])
def test_resolve__leaves_what_nobody_decides(stuck: Repository, given: str) -> None:
    before = (stuck.root / "plans/evening.md").read_bytes()
    assert resolve(stuck, given=given, code=1).endswith("Still open: 1\n")
    assert (stuck.root / "plans/evening.md").read_bytes() == before


def test_resolve__leaves_what_somebody_has_worked_on(stuck: Repository) -> None:
    file = stuck.root / "plans/evening.md"
    file.write_text(file.read_text().replace("Evening", "Late"))
    said = resolve(stuck, "--ours", code=1)
    assert 'worked on it since the merge, so it was left as it is. "git checkout --merge plans/evening.md" brings' in said
    assert "Late" in file.read_text()


def test_resolve__writes_nothing_that_breaks_the_record(stuck: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.edit", lambda _text, **_options: "status: [broken\n")
    before = (stuck.root / "plans/evening.md").read_bytes()
    assert "could not be read" in resolve(stuck, given="e\no\n", code=1)
    assert (stuck.root / "plans/evening.md").read_bytes() == before


def test_resolve__takes_what_was_edited(stuck: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.edit", lambda _text, **_options: "status: done")
    resolve(stuck, given="e\no\n")
    assert "\nstatus: done\ndue:" in (stuck.root / "plans/evening.md").read_text()


@pytest.mark.parametrize(("side", "is_there"), [("--ours", True), ("--theirs", False)])
def test_resolve__a_file_that_one_side_has_deleted(repo: Repository, side: str, is_there: bool) -> None:
    repo.git("checkout", "--quiet", "-b", "theirs")
    repo.commit({"plans/evening.md": None, "plans/other.md": PLAN.replace("Evening", "Other")[:40]}, "Gone")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"plans/evening.md": PLAN.replace("draft", "active")}, "Ours")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    assert "plans/evening.md: one side has deleted it" in resolve(repo, side)
    file = repo.root / "plans/evening.md"
    assert file.exists() == is_there
    assert not is_there or file.read_text() == PLAN.replace("draft", "active")


def test_resolve__nothing_left(repo: Repository) -> None:
    assert resolve(repo) == "Nothing is left to decide.\n"


def test_resolve__a_workspace_in_a_folder_of_the_repository_while_rebasing(repo: Repository) -> None:
    """Two commits stop the rebase one after the other; a submodule or a link that git waits for is no record."""
    shop = repo.root / "shop"
    shop.mkdir()
    repo.git("mv", "trueup.yaml", ".gitattributes", "plans", "shop/")
    repo.commit({}, "Moved")
    (repo.root / "trueup.yaml").unlink(missing_ok=True)
    repo.git("checkout", "--quiet", "-b", "feature")
    files = {"shop/plans/evening.md": PLAN.replace("draft", "paused")}
    write_files(repo.root, files)
    repo.git("commit", "--quiet", "--all", "--message", "Pause", env=who("2026-11-04", "Bo"))
    repo.git("checkout", "--quiet", "main")
    write_files(repo.root, {"shop/plans/evening.md": PLAN.replace("draft", "active")})
    repo.git("commit", "--quiet", "--all", "--message", "Start", env=who("2026-11-05", "Anna"))
    repo.git("checkout", "--quiet", "feature")
    run(repo, "rebase", "--quiet", "main", code=1)
    said = resolve(Repository(shop), "--theirs")
    assert "  ours: Anna; 2026-11-05; Start\n  theirs: Bo; 2026-11-04; Pause\n" in said
    assert (shop / "plans/evening.md").read_text() == PLAN.replace("draft", "paused")


def test_check__names_the_new_id_of_what_one_side_has_renamed(repo: Repository) -> None:
    goal = "title: Orders\nperiod: 2026-Q4\nstatus: draft\n"
    repo.commit({"goals/activation.yaml": goal}, "Goal")
    repo.git("checkout", "--quiet", "-b", "theirs")
    other = PLAN.replace("Evening", "Other") + "See [[goal/activation]].\n"
    repo.commit({"plans/other.md": other}, "Another plan of the goal", author="Bo")
    repo.git("checkout", "--quiet", "main")
    files = {"goals/activation.yaml": None, "goals/orders.yaml": goal, "plans/evening.md": PLAN.replace("[activation]", "[orders]")}
    repo.commit(files, "The goal has a better name")
    run(repo, "merge", "--no-commit", "theirs")
    finding = 'plans/other.md:6:9: TU201 warning: no goal has the id "activation" (the merge has renamed it: write "orders")'
    assert finding in repo.written.answer(check_command)
    assert repo.written.answer(check_command).count('(the merge has renamed it: write "orders")') == 2, "in the text below, too"
    repo.git("commit", "--quiet", "--no-edit", env=who("2026-11-06"))
    assert finding in repo.written.answer(check_command)
    repo.commit({}, "Later")
    assert "renamed" not in repo.written.answer(check_command)
