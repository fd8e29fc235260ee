"""A commit's files are what a checkout would have, behind the interface of the files on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from repositories import Repository, needs_git, repository_at
from trueup.history.failure import GitFailure
from trueup.history.git import open_repository
from trueup.history.memory import Memory
from trueup.history.tree import CommitTree
from trueup.records.tree import Unreadable, WorkingTree
from trueup.records.workspace import load

pytestmark = needs_git

GOAL = "---\ntitle: A\nperiod: 2026-Q4\nstatus: draft\n---\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = repository_at(tmp_path / "repo")
    (found.root / "goals").mkdir()
    (found.root / "goals" / "link.md").symlink_to("a.md")
    (found.root / "metrics").symlink_to("goals")
    files = {
        "goals/a.md": GOAL, "goals/q4/b.md": GOAL.replace("\n", "\r\n"), "goals/x.yaml/c.md": GOAL, "goals/.hidden/d.md": GOAL,
        "goals/文.md": GOAL, "plans/p.md": "no front matter", "docs/x.png": b"\x89PNG", ".github/x.yaml": "a: 1", "README.md": "x",
    }  # fmt: skip
    found.commit(files, "First")
    return found


def tree_of(repository: Repository, folder: str = "", revision: str = "HEAD") -> CommitTree:
    git = open_repository(repository.root / folder)
    return CommitTree(git, git.commit(revision))


@pytest.mark.parametrize("folders", [[""], ["goals"], ["goals", "plans", "nothing"], ["metrics"], ["goals/q4"], [".github"], ["metrics/x"]])
def test_tree__lists_and_reads_what_a_checkout_has(repository: Repository, folders: list[str]) -> None:
    then, now = tree_of(repository), WorkingTree(repository.root)
    listed = now.files(folders)
    assert then.files(folders) == listed
    assert list(then.files(folders)) == list(listed)
    for folder in folders:
        assert then.entries(folder) == now.entries(folder)
    for path, entry in listed.items():
        if entry == "file":
            assert then.read(path) == now.read(path)
        else:
            assert isinstance(then.read(path), Unreadable)


def test_tree__of_a_folder_has_paths_from_there(repository: Repository) -> None:
    assert tree_of(repository, "goals").files(["q4"]) == {"q4/b.md": "file"}


def test_tree__of_a_folder_that_was_not_there_is_empty(repository: Repository) -> None:
    (repository.root / "later").mkdir()
    assert tree_of(repository, "later").files([""]) == {}


def test_read__of_what_is_missing_in_a_partial_clone_says_so_and_fetches_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = ["clone", "--quiet", "--no-checkout", "--filter=blob:none", repository.root.as_uri(), str(tmp_path / "partial")]
    repository.git("-c", "protocol.file.allow=always", *clone)
    partial = Repository(tmp_path / "partial")
    with pytest.raises(GitFailure, match="this is a partial clone"):
        tree_of(partial).read("goals/a.md")


def test_load__with_a_memory_shares_the_records_that_commits_share(repository: Repository) -> None:
    repository.commit({"goals/a.md": GOAL.replace("title: A", "title: B")}, "Second")
    memory = Memory()
    before, after = (load(tree_of(repository, revision=revision), reader=memory) for revision in ("HEAD~1", "HEAD"))
    same = {record.path for record in before.records for other in after.records if record is other}
    assert same == {record.path for record in after.records} - {"goals/a.md"}
    assert [one.title for one in (before.record("goal/a"), after.record("goal/a")) if one] == ["A", "B"]


def test_load__with_a_memory_is_what_it_is_without(repository: Repository) -> None:
    memory = Memory()
    for _again in range(2):
        found = load(tree_of(repository), reader=memory)
        fresh = load(WorkingTree(repository.root))
        assert [(one.address, one.path, one.data) for one in found.records] == [(one.address, one.path, one.data) for one in fresh.records]
        assert (found.faults, found.unreadable, found.paths) == (fresh.faults, fresh.unreadable, fresh.paths)


def test_load__with_another_schema_reads_its_kind_anew(repository: Repository) -> None:
    schema = '{"x-kind": {"name": "note", "files": ["notes/*.md"]}, "properties": {"title": {"maxLength": %d}}}'
    repository.commit({"schemas/note.schema.json": schema % 9, "notes/n.md": "---\ntitle: Longer\n---\n"}, "Schema")
    repository.commit({"schemas/note.schema.json": schema % 3}, "Stricter")
    memory = Memory()
    before, after = (load(tree_of(repository, revision=revision), reader=memory) for revision in ("HEAD~1", "HEAD"))
    assert [bool(one.mismatches) for one in (before.record("note/n"), after.record("note/n")) if one] == [False, True]
