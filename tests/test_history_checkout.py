"""Repositories with fewer files on disk than in git: clear words instead of records that seem to be deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from repositories import Repository, needs_git, repository_at
from trueup.cli.changes import command as changes
from trueup.cli.check import command as check
from trueup.cli.history import command as history
from trueup.cli.review import command as review
from trueup.cli.status import command as status
from trueup.history.checkout import has_rules, is_bare, left_out

pytestmark = needs_git

FILES = {
    "goals/a.md": "---\ntitle: A\nperiod: 2026-Q4\nstatus: draft\n---\n",
    "plans/p.md": "---\ntitle: P\nstatus: draft\ngoals: [a]\n---\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = repository_at(tmp_path / "repo")
    found.commit(FILES, "Everything")
    found.commit({"plans/p.md": FILES["plans/p.md"].replace("draft", "active")}, "It begins")
    return found


def run(root: Path, command: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--root", str(root), "--lang", "en", "--today", "2026-11-20"])


def test_sparse__what_is_left_out_is_not_taken_for_deleted(repository: Repository) -> None:
    assert not has_rules(repository.root)
    repository.git("sparse-checkout", "set", "plans")
    assert has_rules(repository.root)
    assert left_out(repository.root) == ("goals/a.md",)
    for command, arguments in ((check, []), (status, []), (changes, ["HEAD~1"]), (review, ["HEAD~1"]), (history, ["plan/p"])):
        done = run(repository.root, command, *arguments)
        assert done.exit_code == 3
        assert 'this checkout is sparse: 1 file is in git and not on disk ("git sparse-checkout disable"' in done.stderr
    assert run(repository.root, check, "--as-of", "HEAD").exit_code == 0
    repository.git("sparse-checkout", "disable")
    assert left_out(repository.root) == ()
    assert run(repository.root, check).exit_code == 0


def test_sparse__in_a_worktree_is_that_of_the_worktree(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "--quiet", str(tmp_path / "other"))
    other = Repository(tmp_path / "other")
    other.git("sparse-checkout", "set", "plans")
    assert left_out(other.root) == ("goals/a.md",)
    assert run(repository.root, check).exit_code == 0
    assert run(other.root, check).exit_code == 3


def test_sparse__that_leaves_out_no_record_is_nobodys_business(repository: Repository) -> None:
    repository.commit({"code/x.py": "x"}, "Code")
    repository.git("sparse-checkout", "set", "goals", "plans")
    assert run(repository.root, check).exit_code == 0


def test_bare__says_what_to_add(repository: Repository, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    repository.git("clone", "--quiet", "--bare", str(repository.root), str(bare))
    assert is_bare(bare)
    assert not is_bare(repository.root)
    for command, arguments in ((history, ["plan/p"]), (review, ["HEAD~1", "HEAD"]), (changes, ["HEAD~1", "HEAD"]), (status, [])):
        done = run(bare, command, *arguments)
        assert (done.exit_code, "say which state is meant, as in --as-of HEAD" in done.stderr) == (3, True)
        assert run(bare, command, *arguments, "--as-of", "HEAD").exit_code == 0, command.name
    shutil.rmtree(bare / "refs")
    assert "it holds no" in run(bare, status).stderr
