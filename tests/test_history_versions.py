"""A record through the commits: it stays itself when its file moves, and each blob is read once."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from repositories import Repository, needs_git, repository_at
from trueup.history import versions
from trueup.history.chronicle import Chronicle, chronicle
from trueup.history.difference import differences
from trueup.history.git import open_repository
from trueup.history.versions import Step
from trueup.records.tree import WorkingTree

pytestmark = needs_git

GOAL = "---\ntitle: {}\nperiod: 2026-Q4\nstatus: draft\n---\n{}"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return repository_at(tmp_path / "repo")


def history(repository: Repository) -> Chronicle:
    git = open_repository(repository.root)
    return chronicle(git, git.commit("HEAD"), WorkingTree(repository.root))


def told(step: Step) -> tuple[str, str, str | None, str | None]:
    return step.commit.subject, step.address, step.before and step.before.path, step.after and step.after.path


def test_steps__of_a_record_that_is_added_changed_moved_and_deleted(repository: Repository) -> None:
    repository.commit({"goals/a.md": GOAL.format("A", "")}, "Add")
    repository.commit({"goals/a.md": GOAL.format("B", "")}, "Change")
    repository.commit({"goals/a.md": None, "goals/q4/a.md": GOAL.format("C", "")}, "Move and change")
    repository.commit({"goals/q4/a.md": GOAL.format("C", "\n")}, "Only an empty line")
    repository.commit({"goals/q4/a.md": None}, "Delete")
    assert [told(step) for step in history(repository).steps()] == [
        ("Add", "goal/a", None, "goals/a.md"),
        ("Change", "goal/a", "goals/a.md", "goals/a.md"),
        ("Move and change", "goal/a", "goals/a.md", "goals/q4/a.md"),
        ("Only an empty line", "goal/a", "goals/q4/a.md", "goals/q4/a.md"),
        ("Delete", "goal/a", "goals/q4/a.md", None),
    ]


def test_steps__of_two_files_with_one_id_do_not_change_places(repository: Repository) -> None:
    repository.commit({"goals/a.md": GOAL.format("One", ""), "goals/x/a.md": GOAL.format("Two", "")}, "Both")
    repository.commit({"goals/x/a.md": None, "goals/y/a.md": GOAL.format("Two", "")}, "The second moves")
    assert told(list(history(repository).steps())[-1]) == ("The second moves", "goal/a", "goals/x/a.md", "goals/y/a.md")


def test_steps__of_a_file_that_cannot_be_read_keep_the_record(repository: Repository) -> None:
    repository.commit({"goals/a.md": GOAL.format("A", "")}, "Add")
    repository.commit({"goals/a.md": "---\ntitle: [\n---\n"}, "Break")
    repository.commit({"goals/a.md": GOAL.format("B", "")}, "Mend")
    found = list(history(repository).steps())
    assert [(step.commit.subject, bool(step.after and step.after.record)) for step in found] == [
        ("Add", True),
        ("Break", False),
        ("Mend", True),
    ]


def test_steps__read_each_blob_once_whatever_commits_and_paths_hold_it(repository: Repository) -> None:
    one, other = GOAL.format("A", ""), GOAL.format("B", "")
    for number in range(6):
        repository.commit({"goals/a.md": one if number % 2 else other}, f"Back and forth {number}")
    repository.commit({"goals/a.md": None, "goals/q4/a.md": one}, "Move")
    with patch.object(versions, "read_source", wraps=versions.read_source) as reads:
        assert len(list(history(repository).steps())) == 7
    assert reads.call_count == 2


def test_steps__of_a_kind_whose_id_is_a_field_follow_the_field(repository: Repository) -> None:
    schema = '{"x-kind": {"name": "task", "files": ["tasks/**/*.md"], "id": "id"}, "properties": {"id": {"type": "string"}}}'
    repository.commit({"schemas/task.schema.json": schema, "tasks/one name.md": "---\nid: T-1\n---\n"}, "Add")
    repository.commit({"tasks/one name.md": None, "tasks/done/another.md": "---\nid: T-1\ndone: true\n---\n"}, "Move")
    assert [told(step) for step in history(repository).steps("task")] == [
        ("Add", "task/T-1", None, "tasks/one name.md"),
        ("Move", "task/T-1", "tasks/one name.md", "tasks/done/another.md"),
    ]


PLAN = """---
title: Plan
team: ops
status: active
tags: [a, b]
need: {{statement: x}}
tasks:
  - {{id: one, title: One, due: 2026-11-20}}
{rest}---
{body}
"""


def changed(repository: Repository, before: str, after: str) -> list[tuple[str, object, object]]:
    repository.commit({"plans/p.md": before}, "Before")
    repository.commit({"plans/p.md": after}, "After")
    step = list(history(repository).steps("plan"))[-1]
    assert step.before and step.before.record and step.after and step.after.record
    return [(one.name, one.before, one.after) for one in differences(step.before.record, step.after.record)]


BEFORE = PLAN.format(rest="", body="Text.")


@pytest.mark.parametrize(("after", "found"), [
    (BEFORE.replace("active", "paused"), [("status", "active", "paused")]),
    (BEFORE.replace("tags: [a, b]\n", ""), [("tags", ["a", "b"], None)]),
    (BEFORE.replace("tags: [a, b]", "tags: [b, a]"), [("tags", ["a", "b"], ["b", "a"])]),
    (BEFORE.replace("statement: x", "statement: y"), [("need.statement", "x", "y")]),
    (BEFORE.replace("2026-11-20", "2026-12-03"), [("tasks.one.due", "2026-11-20", "2026-12-03")]),
    (PLAN.format(rest="  - {id: two, title: Two}\n", body="Text."), [("tasks.two", None, {"id": "two", "title": "Two"})]),
    (PLAN.format(rest="owner: anna\n", body="More."), [("owner", None, "anna"), ("body", "Text.\n", "More.\n")]),
    (BEFORE.replace("title: Plan", "# A comment\ntitle:   Plan"), []),
])  # fmt: skip
def test_differences__field_by_field(repository: Repository, after: str, found: list[tuple[str, object, object]]) -> None:
    repository.commit({"plans/p.md": BEFORE}, "Before")
    if found:
        assert changed(repository, BEFORE, after) == found
    else:
        repository.commit({"plans/p.md": after}, "Only as it is written")
        assert len(list(history(repository).steps("plan"))) == 1
