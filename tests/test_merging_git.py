"""Merges in real repositories, with git calling the driver."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import write_files
from repositories import ENVIRONMENT, Repository, needs_git, repository_at, who
from trueup.cli.check import command as check_command
from trueup.cli.install_merge_driver import command as install_command
from trueup.cli.resolve import command as resolve_command
from trueup.merging.setup import driver_command

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


def driven(repo: Repository, script: str) -> str:
    """What stands in a plan of which both sides have changed the status, where this is what the driver does."""
    program = Path(os.environ["PATH"].split(os.pathsep)[0]) / "trueup"
    program.write_text("#!/bin/sh\n" + script)
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("draft", "paused").replace("Why", "What for"))
    run(repo, "merge", "--no-edit", "theirs", code=1)
    assert repo.git("ls-files", "-u").count("plans/evening.md") == 3
    assert sorted(path.name for path in repo.root.iterdir()) == [".git", ".gitattributes", "plans", "trueup.yaml"]
    return (repo.root / "plans/evening.md").read_text()


@pytest.mark.parametrize("script", [
    "exit 1\n", "exit 2\n", "exit 200\n", "kill -9 $$\n", "kill $$\n",
    shlex.quote(sys.executable) + " -c 'import no_such_module'\n",
])  # fmt: skip
def test_merge__a_driver_that_does_not_start_leaves_marks(repo: Repository, script: str) -> None:
    """Git's own merge stands in the file by then, with both versions; nothing more is left beside it."""
    marks = "<<<<<<< ours\nstatus: active  # as agreed\n=======\nstatus: paused  # as agreed\n>>>>>>> theirs\n"
    assert driven(repo, script) == PLAN.replace("status: draft  # as agreed\n", marks).replace("Why", "What for")


def test_resolve__what_a_driver_has_left_that_did_not_start(repo: Repository) -> None:
    driven(repo, "exit 1\n")
    resolve(repo, "--theirs")
    assert (repo.root / "plans/evening.md").read_text() == PLAN.replace("draft", "paused").replace("Why", "What for")


@pytest.mark.parametrize("name", ["a b", 'it\'s "q"', "-x", "a\nb", "$(touch pwned)", "x;touch pwned;", "100%O%%", "晚间"])
def test_merge__names_that_a_shell_would_obey(repo: Repository, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"plans/{name}.md"
    repo.commit({path: PLAN}, "Plan")
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("draft", "paused").replace("2026-11-20", "2026-12-04"), path)
    run(repo, "merge", "--no-edit", "theirs", code=1)
    text = (repo.root / path).read_text()
    assert "<<<<<<< " in text and text.index(">>>>>>> ") < text.index("due: 2026-12-04")
    monkeypatch.chdir(repo.root / "plans")
    next_step = resolve(repo, "--ours").partition("Next: ")[2]
    assert (repo.root / path).read_text() == PLAN.replace("draft", "active").replace("2026-11-20", "2026-12-04")
    subprocess.run(next_step, shell=True, check=True, env=ENVIRONMENT)
    assert repo.git("ls-files", "-u") == "" and not list(repo.root.rglob("*pwned"))


def test_merge__a_file_at_the_top_whose_name_looks_like_an_option(repo: Repository) -> None:
    repo.commit({".gitattributes": "*.yaml merge=trueup\n", "--ours.yaml": "a: 1\nb: 1\n"}, "File")
    branches(repo, "a: 2\nb: 1\n", "a: 3\nb: 1\n", "--ours.yaml")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    assert (repo.root / "--ours.yaml").read_text() == "<<<<<<< ours\na: 2\n=======\na: 3\n>>>>>>> theirs\nb: 1\n"


def test_install__program_with_a_name_that_a_shell_or_git_would_change(repo: Repository, tmp_path: Path) -> None:
    program = tmp_path / "100%O it's" / "trueup"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m trueup "$@"\n')
    program.chmod(0o755)
    run(repo, "config", "merge.trueup.driver", driver_command(shlex.quote(str(program))))
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("2026-11-20", "2026-12-04"))
    run(repo, "merge", "--no-edit", "theirs")
    assert (repo.root / "plans/evening.md").read_text() == PLAN.replace("draft", "active").replace("2026-11-20", "2026-12-04")


def test_install__replaces_what_was_written_before(repo: Repository) -> None:
    there = run(repo, "config", "merge.trueup.driver")
    run(repo, "config", "merge.trueup.driver", "trueup merge-driver %O %A %B %L %P %X %Y")
    assert (
        install(repo, "--check", code=1)
        == install(repo).replace("written", "missing")
        == "missing  merge.trueup in git's settings (local)\n"
    )
    assert run(repo, "config", "merge.trueup.driver") == there


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
    assert 'trueup merge-driver --ours \\"$was\\" -- %O %A %B %L %P' in settings.read_text()


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


def test_resolve__asks_for_each_place(stuck: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stuck.root)
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


def test_resolve__leaves_what_somebody_has_worked_on(stuck: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stuck.root / "plans")
    file = stuck.root / "plans/evening.md"
    file.write_text(file.read_text().replace("Evening", "Late"))
    said = resolve(stuck, "--ours", code=1)
    command = "git checkout --merge -- evening.md"
    assert f"worked on it since the merge, so it was left as it is. This brings back what the merge had left: {command}\n" in said
    assert "Late" in file.read_text()
    subprocess.run(command, shell=True, check=True, env=ENVIRONMENT)
    assert "<<<<<<<" in file.read_text() and "Late" not in file.read_text()


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


@pytest.fixture(params=["ours", "theirs"])
def half_gone(repo: Repository, request: pytest.FixtureRequest) -> Repository:
    """A merge of a plan that one side has deleted and the other has changed."""
    repo.git("checkout", "--quiet", "-b", "theirs")
    files: list[dict[str, str | bytes | None]] = [{"plans/evening.md": None}, {"plans/evening.md": PLAN.replace("draft", "active")}]
    keeps = request.param == "theirs"
    repo.commit(files[keeps], "Theirs")
    repo.git("checkout", "--quiet", "main")
    repo.commit(files[not keeps], "Ours")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    return repo


@pytest.mark.parametrize("side", ["--ours", "--theirs"])
def test_resolve__leaves_a_file_that_one_side_has_deleted_and_somebody_has_worked_on(
    half_gone: Repository, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(half_gone.root)
    file = half_gone.root / "plans/evening.md"
    left = file.read_bytes()
    file.write_bytes(left + b"Only here.\n")
    said = resolve(half_gone, side, code=1)
    assert "Somebody has worked on it since the merge" in said and file.read_bytes() == left + b"Only here.\n"
    command = said.partition("had left: ")[2].partition("\n")[0]
    subprocess.run(command, shell=True, check=True, env=ENVIRONMENT)
    assert file.read_bytes() == left
    resolve(half_gone, side)


def test_resolve__a_file_that_one_side_has_deleted_with_other_ends_of_lines(half_gone: Repository) -> None:
    """As git writes it where core.autocrlf is set."""
    file = half_gone.root / "plans/evening.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    resolve(half_gone, "--ours")


@pytest.mark.parametrize(("side", "kept", "gone"), [("--ours", "night", "late"), ("--theirs", "late", "night")])
def test_resolve__a_file_that_both_have_renamed(repo: Repository, side: str, kept: str, gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root)
    repo.git("checkout", "--quiet", "-b", "theirs")
    repo.commit({"plans/evening.md": None, "plans/late.md": PLAN}, "Late")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"plans/evening.md": None, "plans/night.md": PLAN}, "Night")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    said = resolve(repo, side)
    assert "plans/evening.md: both sides have renamed it, each to another name\n" in said and "deleted" not in said
    assert "plans/night.md: only our side has a file of this name\n" in said
    assert "plans/late.md: only their side has a file of this name\n" in said
    subprocess.run(said.partition("Next: ")[2], shell=True, check=True, env=ENVIRONMENT)
    assert repo.git("ls-files", "-u") == "" and repo.git("ls-files", "plans") == f"plans/{kept}.md"


def test_resolve__asks_nothing_of_a_file_that_both_have_renamed(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root)
    repo.git("checkout", "--quiet", "-b", "theirs")
    repo.commit({"plans/evening.md": None, "plans/late.md": PLAN}, "Late")
    repo.git("checkout", "--quiet", "main")
    repo.commit({"plans/evening.md": None, "plans/night.md": PLAN}, "Night")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    assert resolve(repo, given="o\no\n").count("Take o: ours") == 2
    (repo.root / "plans/evening.md").write_text("Mine.\n")
    assert "worked on it since the merge" in resolve(repo, "--ours", "plans/evening.md", code=1)
    assert (repo.root / "plans/evening.md").read_text() == "Mine.\n"


def test_resolve__says_what_to_do_next_from_outside(stuck: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    subprocess.run(resolve(stuck, "--ours").partition("Next: ")[2], shell=True, check=True, env=ENVIRONMENT)
    assert stuck.git("ls-files", "-u") == ""


def test_resolve__says_what_to_do_next_with_a_name_that_git_takes_for_a_pattern(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.root / "plans")
    repo.commit({"plans/:a*.md": PLAN}, "Plan")
    branches(repo, PLAN.replace("draft", "active"), PLAN.replace("draft", "paused"), "plans/:a*.md")
    run(repo, "merge", "--no-edit", "theirs", code=1)
    said = resolve(repo, "--ours")
    assert said.endswith("Next: git add -- ':(literal):a*.md'\n")
    subprocess.run(said.partition("Next: ")[2], shell=True, check=True, env=ENVIRONMENT)
    assert repo.git("ls-files", "-u") == ""


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
