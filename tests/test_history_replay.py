"""The demo: a repository whose commits are the same everywhere, whose past follows the rules, and whose end is the example."""

from __future__ import annotations

import dataclasses
import os
import random
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from repositories import Repository, needs_git
from trueup.checks.catalogue import RULES
from trueup.checks.runner import check
from trueup.cli import demo as demo_command
from trueup.cli.program import run
from trueup.editing.start import start, workspace_files
from trueup.history import demo
from trueup.history.chronicle import Chronicle, chronicle
from trueup.history.failure import GitFailure
from trueup.history.git import open_repository
from trueup.history.lifetimes import friday, monday, shifted, workday
from trueup.history.past import past
from trueup.history.replay import StoryCommit, stream
from trueup.history.rewind import Rewind
from trueup.history.sheet import Sheet, item_value, with_item_value
from trueup.history.story import read_story
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.render.text import finding_line
from trueup.views.slips import slip_ledger

pytestmark = needs_git

STORY = """\
born: {}
closed: {}
since: {}
told: []
folders: []
changes:
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    demo.make_demo(folder)
    return Repository(folder)


@pytest.fixture(scope="module")
def told(made: Repository) -> Chronicle:
    git = open_repository(made.root)
    return chronicle(git, git.commit("HEAD"), WorkingTree(made.root))


def test_demo__ends_with_the_example_byte_for_byte(made: Repository, tmp_path: Path) -> None:
    start(tmp_path / "example", "en", example=True)
    wanted = {path: (tmp_path / "example" / path).read_bytes() for path, _content in workspace_files("en", example=True)}
    found = {path: (made.root / path).read_bytes() for path in made.git("ls-files").splitlines()}
    assert found == wanted
    assert made.git("status", "--porcelain") == ""
    assert made.git("branch", "--show-current") == "main"
    assert made.git("fsck", "--strict") == ""


def test_demo__has_the_same_ids_whoever_makes_it(made: Repository, tmp_path: Path) -> None:
    settings = tmp_path / "home" / ".gitconfig"
    settings.parent.mkdir()
    settings.write_text(
        "[core]\n\tautocrlf = true\n[init]\n\tdefaultBranch = trunk\n[user]\n\tname = Somebody\n[commit]\n\tgpgSign = true\n"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "LC_"))},
        "TZ": "America/St_Johns",
        "LANG": "de_DE.UTF-8",
        "HOME": str(settings.parent),
        "PYTHONHASHSEED": "7",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_DIR": str(tmp_path / "nowhere"),
    }
    call = [sys.executable, "-m", "trueup", "demo", "again"]
    subprocess.run(call, cwd=tmp_path, env=environment, check=True, capture_output=True)
    again = Repository(tmp_path / "again")
    assert again.git("rev-parse", "HEAD") == made.git("rev-parse", "HEAD")
    assert (again.root / "plans/evening-slots.md").read_bytes() == (made.root / "plans/evening-slots.md").read_bytes()


def test_demo__has_dated_commits_of_several_people(made: Repository) -> None:
    lines = made.git("log", "--reverse", "--first-parent", "--format=%at %ct %an %ae").splitlines()
    times = [int(line.split()[0]) for line in lines]
    assert times == sorted(set(times))
    assert all(line.split()[0] == line.split()[1] for line in lines)
    assert len(lines) > 400
    assert len({line.split(" ", 2)[2] for line in lines}) > 15
    assert all(line.endswith("@juniperbasket.example") for line in lines)
    assert datetime.fromtimestamp(times[0], UTC).date() == date(2026, 1, 5)
    assert datetime.fromtimestamp(times[-1], UTC).date() == date(2026, 11, 20)
    assert {datetime.fromtimestamp(time, UTC).weekday() for time in times} == {0, 1, 2, 3, 4}


def test_demo__has_merges_and_squashes_that_name_their_pull_requests_once(made: Repository) -> None:
    merges = made.git("log", "--merges", "--format=%s").splitlines()
    squashed = [line for line in made.git("log", "--no-merges", "--format=%s").splitlines() if re.search(r"\(#[0-9]+\)$", line)]
    assert len(merges) > 8
    assert len(squashed) > 20
    assert all(re.fullmatch(r"Merge pull request #[0-9]+ from [a-z-]+/[a-z0-9-]+", line) for line in merges)
    numbers = sorted(int(number) for line in merges + squashed for number in re.findall(r"#([0-9]+)", line))
    assert numbers == list(range(1, len(numbers) + 1))


def test_demo__has_no_errors_at_the_end_of_a_week(made: Repository) -> None:
    git = open_repository(made.root)
    day = date(2026, 1, 9)
    while day <= date(2026, 11, 20):
        workspace = load(past(git, day.isoformat(), WorkingTree(made.root)).tree)
        errors = [finding_line(one, "en") for one in check(workspace, day, RULES) if one.severity == "error"]
        assert errors == [], day
        day += timedelta(days=7)


def test_demo__has_an_error_that_the_next_day_mends(made: Repository) -> None:
    git = open_repository(made.root)

    def errors(day: date) -> list[str]:
        workspace = load(past(git, day.isoformat(), WorkingTree(made.root)).tree)
        return [one.code for one in check(workspace, day, RULES) if one.severity == "error"]

    assert [errors(date(2026, 5, day)) for day in (5, 6, 7)] == [[], ["TU201"], []]


def test_demo__changes_states_as_the_kinds_allow(told: Chronicle) -> None:
    seen: set[tuple[str, str, str]] = set()
    for step in told.steps():
        if step.before and step.after and step.before.record and step.after.record:
            kind = step.after.record.kind
            field = kind.roles.get("status", "")
            was, is_now = step.before.record.data.get(field), step.after.record.data.get(field)
            if was != is_now and kind.transitions:
                seen.add((kind.name, str(was), str(is_now)))
                assert is_now in kind.transitions[str(was)], (step.after.record.address, was, is_now)
    assert {
        ("plan", "draft", "active"),
        ("goal", "active", "missed"),
        ("feedback", "planned", "shipped"),
        ("decision", "accepted", "superseded"),
    } <= seen


def test_demo__moves_the_launch_on_the_days_that_the_notes_name(made: Repository) -> None:
    found = {}
    for day in ("2026-06-22", "2026-06-23", "2026-07-27", "2026-07-28", "2026-11-20"):
        commit = made.git("rev-list", "-1", f"--before={day}T23:59:59+08:00", "HEAD")
        line = Sheet(made.git("show", f"{commit}:plans/evening-slots.md")).item("launch") or ""
        found[day] = item_value(line, "due")
    assert list(found.values()) == ["2026-07-14", "2026-08-11", "2026-08-11", "2026-09-08", "2026-09-08"]
    moved = made.git("log", "--format=%ad %s", "--date=short", "--grep=^Evening launch moves").splitlines()
    assert [line.partition(" (#")[0] for line in moved] == [
        "2026-07-28 Evening launch moves from 11 August to 8 September",
        "2026-06-23 Evening launch moves from 14 July to 11 August",
    ]


def test_demo__corrects_a_number_changes_a_target_and_moves_a_folder(made: Repository) -> None:
    def before_and_after(subject: str, path: str) -> str:
        commit = made.git("log", "--format=%H", f"--grep={subject}")
        return "\n".join(line for line in made.git("show", "--format=", commit, "--", path).splitlines() if line[:1] in "+-")

    assert "-2026-09-20,43.1,\n+2026-09-20,45.8,212" in before_and_after("Correct the refund hours", "metrics/refund-hours.csv")
    assert "target: 57" in before_and_after("Contacts target", "goals/2026-q1-on-time.md")
    moved = made.git("log", "--format=%H", "--grep=folder for each year")
    names = made.git("show", "--format=", "--name-status", "-M", moved).splitlines()
    assert len(names) > 2
    assert all(re.fullmatch(r"R100\tfeedback/(\S+)\tfeedback/2026/\1", line) for line in names)


READERS = (
    ["schedule"], ["report", "week"], ["check", "--format", "json"], ["goals", "--format", "json"], ["actions"], ["feedback"],
    ["list", "plan", "--format", "csv"], ["scorecards"], ["load"], ["query", "select id, title, status from plan order by 1"],
)  # fmt: skip


def test_as_of__of_twenty_commits_of_the_demo_equals_a_checkout(
    made: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(root: Path, *arguments: str) -> tuple[int, str]:
        code = run([*arguments, "--today", "2026-11-20", "--lang", "en", "--root", str(root)])
        return code, capsys.readouterr().out

    there = Repository(tmp_path / "checkout")
    made.git("worktree", "add", "--quiet", "--detach", str(there.root))
    for place, commit in enumerate(random.Random(20).sample(made.git("rev-list", "main").splitlines(), 20)):
        there.git("checkout", "--quiet", commit)
        for command in (["status"], READERS[place % len(READERS)]):
            then, now = told(made.root, *command, "--as-of", commit), told(there.root, *command)
            assert then == now, (commit, command)
            assert now[0] in (0, 1)
            assert now[1]
    made.git("worktree", "remove", "--force", str(there.root))


def test_slips__of_the_demo_have_reasons(made: Repository, told: Chronicle) -> None:
    ledger = slip_ledger(told.steps("plan", "goal"), load(WorkingTree(made.root)))
    assert len(ledger.slips) > 50
    launch = [slip for slip in ledger.slips if slip.address == "plan/evening-slots#launch"]
    assert [(slip.before.isoformat(), slip.after.isoformat(), slip.days) for slip in launch] == [
        ("2026-08-11", "2026-09-08", 20),
        ("2026-07-14", "2026-08-11", 20),
    ]
    assert [slip.origin.subject.partition(" (#")[0] for slip in launch] == [
        "Evening launch moves from 11 August to 8 September",
        "Evening launch moves from 14 July to 11 August",
    ]


def test_command__makes_the_repository_and_says_what_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new").mkdir()
    done = CliRunner().invoke(demo_command.command, ["new"])
    assert done.exit_code == 0, done.output
    assert re.search(r"[0-9]+ commits made in ", done.output)
    assert "Next: cd new && trueup timeline --today 2026-11-20" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_command__writes_into_nothing_that_holds_something(tmp_path: Path, there: str) -> None:
    target = tmp_path / "new"
    if there == "file":
        target.write_text("mine")
    elif there == "folder":
        target.mkdir()
        (target / "mine").write_text("mine")
    else:
        (tmp_path / "other").mkdir()
        target.symlink_to(tmp_path / "other")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = CliRunner().invoke(demo_command.command, [str(target)])
    assert done.exit_code == 2
    assert "is not an empty folder" in done.output
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_command__that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(commits: list[StoryCommit]) -> bytes:
        return stream(commits)[:-2000]

    monkeypatch.setattr(demo, "stream", broken)
    done = CliRunner().invoke(demo_command.command, [str(tmp_path / "new")])
    assert done.exit_code == 2
    assert "git said:" in done.output
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(GitFailure):
        demo.make_demo(tmp_path / "new")


def test_rewind__takes_work_back_and_keeps_the_rest_of_the_line() -> None:
    plan = """\
title: Launch # ours
status: done
start: 2026-02-02
tasks:
  - {id: build, title: Build, status: done, start: 2026-02-02, due: 2026-02-06, estimate: 1, done_on: 2026-02-10}
  - {id: tell, title: Tell, status: blocked, start: 2026-02-03, blocked_by: Waits}
"""
    rewind = Rewind({"plans/launch.yaml": plan}, read_story((STORY.rstrip() + " []\n").encode()))
    assert rewind.at("plans/launch.yaml", date(2026, 1, 25)) is None
    assert (
        rewind.at("plans/launch.yaml", date(2026, 2, 5))
        == """\
title: Launch # ours
status: active
start: 2026-02-02
tasks:
  - {id: build, title: Build, status: doing, start: 2026-02-02, due: 2026-02-06, estimate: 1}
  - {id: tell, title: Tell, status: todo, start: 2026-02-03}
"""
    )
    assert rewind.at("plans/launch.yaml", date(2026, 11, 20)) == plan
    assert [day for day, _text in rewind.versions("plans/launch.yaml")] == [
        date(2026, 1, 26), date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("texts: [{is: Lunch, was: Dinner}]", "must find this once: 'Lunch'"),
        ("were: {build.due: 2026-01-01}", "speaks of build.due, which is not there"),
    ],
)
def test_rewind__refuses_a_story_that_does_not_fit_the_records(change: str, words: str) -> None:
    story = STORY + f"  - {{day: 2026-03-02, author: li-wei, subject: Change, files: {{plans/a.yaml: {{{change}}}}}}}\n"
    rewind = Rewind({"plans/a.yaml": "title: A\nstatus: active\nstart: 2026-02-02\n"}, read_story(story.encode()))
    with pytest.raises(ValueError, match=words):
        rewind.at("plans/a.yaml", date(2026, 3, 1))


def test_rewind__refuses_a_story_of_other_records() -> None:
    story = (
        STORY.replace("born: {}", "born: {plan/b: 2026-02-02}")
        + "  - {day: 2026-03-02, author: li-wei, subject: A, files: {plans/c.yaml: {}}}\n"
    )
    with pytest.raises(ValueError, match=r"speaks of plan/b, plans/c\.yaml, which the example does not have"):
        Rewind({"plans/a.yaml": "title: A\nstatus: draft\n"}, read_story(story.encode()))


def test_story__is_held_against_its_schema() -> None:
    with pytest.raises(ValueError, match=r"story\.yaml"):
        read_story((STORY + "  - {day: 2026-02-30, author: li-wei, subject: A, files: {a: {}}}\n").encode())


def test_stream__writes_down_each_commit_as_git_reads_it() -> None:
    commits = demo.demo_commits()
    one = dataclasses.replace(commits[1], files={"a.md": b"A\n", "b.md": None}, parents=(0,))
    assert stream([commits[0], one]).endswith(
        b"commit refs/heads/main\nmark :2\n"
        b"author Grace Holm <grace.holm@juniperbasket.example> 1767575340 +0800\n"
        b"committer Grace Holm <grace.holm@juniperbasket.example> 1767575340 +0800\n"
        b"data 11\nWho we are\n\nfrom :1\nM 100644 inline a.md\ndata 2\nA\n\nD b.md\ndone\n"
    )


def test_days__are_those_of_an_office() -> None:
    saturday = date(2026, 2, 7)
    assert workday(saturday) == monday(saturday) == date(2026, 2, 9)
    assert friday(saturday) == date(2026, 2, 13)
    assert shifted(date(2026, 2, 9), -1) == date(2026, 2, 6)
    assert shifted(date(2026, 8, 11), -20) == date(2026, 7, 14)


def test_sheet__changes_one_item_of_a_list() -> None:
    line = '  - {id: a, title: "A, and B", due: 2026-01-02, depends_on: [b, c]}'
    assert item_value(line, "title") == '"A, and B"'
    assert with_item_value(line, "due", None) == '  - {id: a, title: "A, and B", depends_on: [b, c]}'
    assert with_item_value(line, "depends_on", "[b]") == '  - {id: a, title: "A, and B", due: 2026-01-02, depends_on: [b]}'
    sheet = Sheet(f"---\ntitle: A\nitems:\n{line}\ntags: [x]\n---\nBody\n")
    sheet.change_lines(lambda section, one: None if section == "items" and one.startswith(" ") else one)
    assert sheet.text() == "---\ntitle: A\ntags: [x]\n---\nBody\n"
