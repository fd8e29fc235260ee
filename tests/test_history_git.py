"""The one door to git: what it asks, what it refuses, and that no setting of a repository runs anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from repositories import Repository, needs_git, repository_at
from trueup.beside import begun
from trueup.history.failure import GitFailure
from trueup.history.git import Git, open_repository

pytestmark = needs_git

GOAL = "---\ntitle: A\nperiod: 2026-Q4\nstatus: draft\n---\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = repository_at(tmp_path / "repo")
    found.commit({"goals/a.md": GOAL}, "First", "2026-11-02")
    return found


def failure(git: Git, revision: str) -> str:
    with pytest.raises(GitFailure) as caught:
        git.commit(revision)
    return str(caught.value.message)


def test_open_repository__where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(GitFailure, match="is in no git repository, so it has no past"):
        open_repository(tmp_path)


def test_open_repository__of_a_folder_in_it_knows_where_it_lies(repository: Repository) -> None:
    found = open_repository(repository.root / "goals")
    assert (found.prefix, found.is_bare, found.git_dir) == ("goals/", False, repository.root.resolve() / ".git")


def test_open_repository__that_is_bare(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    found = open_repository(tmp_path / "bare.git")
    assert found.is_bare
    assert found.commit("main") == repository.git("rev-parse", "HEAD")


def test_open_repository__of_a_worktree_and_of_a_submodule(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    assert open_repository(tmp_path / "tree").commit("HEAD") == repository.git("rev-parse", "HEAD")
    outer = repository_at(tmp_path / "outer")
    outer.commit({}, "Outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository.root), "inner")
    assert open_repository(outer.root / "inner").commit("HEAD") == repository.git("rev-parse", "HEAD")


@pytest.mark.parametrize("name", ["HEAD", "main", "HEAD^0", "v1", "moved"])
def test_commit__of_a_name_is_its_full_id(repository: Repository, name: str) -> None:
    repository.git("tag", "--annotate", "--message=x", "v1", env={"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com"})
    repository.git("branch", "moved")
    assert open_repository(repository.root).commit(name) == repository.git("rev-parse", "HEAD")


def hostile(repository: Repository) -> list[str]:
    blob = repository.git("hash-object", "goals/a.md")
    repository.git("tag", "blob", blob)
    return [
        "--output=x",
        "-cfoo=bar",
        "HEAD^{tree}",
        "blob",
        "HEAD~5",
        "HEAD..HEAD~1",
        "HEAD\0x",
        "",
        "^HEAD",
        ":/First",
        "a" * 300,
        "@{upstream}",
    ]


def test_commit__of_what_is_no_commit_fails_in_words_and_writes_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.root)
    git = open_repository(repository.root)
    before = sorted(path.name for path in repository.root.iterdir())
    for revision in hostile(repository):
        assert failure(git, revision).startswith("there is no commit"), revision
    assert sorted(path.name for path in repository.root.iterdir()) == before


def test_commit__where_there_is_none_yet(tmp_path: Path) -> None:
    assert failure(open_repository(repository_at(tmp_path).root), "HEAD") == "the repository has no commit yet"


def test_commit__in_a_shallow_clone_says_what_is_missing(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"goals/b.md": GOAL}, "Second", "2026-11-03")
    repository.git("clone", "--quiet", "--depth=1", repository.root.as_uri(), str(tmp_path / "shallow"))
    git = open_repository(tmp_path / "shallow")
    assert git.is_shallow
    with pytest.raises(GitFailure) as caught:
        git.commit("HEAD~1")
    assert "shallow" in str(caught.value.hint)


def test_blobs__come_in_the_order_asked_for_however_many(repository: Repository) -> None:
    files = {f"docs/{number}.txt": f"{number}\n" * (number % 7) for number in range(1200)}
    repository.commit(files, "Many")
    git = open_repository(repository.root)
    listed = repository.git("ls-tree", "-r", "HEAD", "docs").splitlines()
    names = {line.split("\t")[1]: line.split()[2] for line in listed}
    order = [*sorted(names), *sorted(names, reverse=True)]
    found = list(git.blobs(names[path] for path in order))
    assert found == [(names[path], files[path].encode()) for path in order]
    git.close()


def test_blobs__that_are_huge_are_cut_and_the_next_one_is_whole(repository: Repository) -> None:
    repository.commit({"huge.txt": b"x" * (3 << 20), "small.txt": "s"}, "Huge")
    git = open_repository(repository.root)
    huge, small = (repository.git("rev-parse", f"HEAD:{path}") for path in ("huge.txt", "small.txt"))
    assert [len(content) for _id, content in git.blobs([huge, small, huge])] == [(1 << 20) + 1, 1, (1 << 20) + 1]
    git.close()


@pytest.mark.parametrize("name", ["0" * 40, "HEAD:goals"])
def test_blobs__that_are_not_there_or_no_files_fail_in_words(repository: Repository, name: str) -> None:
    git = open_repository(repository.root)
    with pytest.raises(GitFailure, match="cannot be read"):
        list(git.blobs([repository.git("rev-parse", name)]))
    git.close()


RUNS = """\
[core]
	fsmonitor = touch {place}/fsmonitor
	hooksPath = {hooks}
	pager = touch {place}/pager
	sshCommand = touch {place}/ssh
	attributesFile = {place}/attributes
[diff]
	external = touch {place}/external
[diff "x"]
	textconv = touch {place}/textconv
	command = touch {place}/command
[filter "x"]
	smudge = touch {place}/smudge
	clean = touch {place}/clean
	process = touch {place}/process
[alias]
	log = !touch {place}/alias
	cat-file = !touch {place}/alias
[gpg]
	program = touch {place}/gpg
[log]
	showSignature = true
[uploadpack]
	packObjectsHook = touch {place}/pack
"""


def test_git__runs_nothing_that_the_repository_names(repository: Repository, tmp_path: Path) -> None:
    from trueup.history.chronicle import chronicle
    from trueup.records.tree import WorkingTree

    place, hooks = tmp_path / "ran", tmp_path / "hooks"
    place.mkdir()
    hooks.mkdir()
    for name in ("post-checkout", "reference-transaction", "fsmonitor-watchman", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {place}/{name}\n")
        (hooks / name).chmod(0o755)
    repository.commit({".gitattributes": "*.md diff=x filter=x\n", "goals/b.md": GOAL}, "Attributes")
    with (repository.root / ".git" / "config").open("a") as file:
        file.write(RUNS.format(place=place, hooks=hooks))
    git = open_repository(repository.root)
    found = chronicle(git, git.commit("HEAD"), WorkingTree(repository.root))
    assert len(list(found.steps())) == 2
    assert list(found.differences(found.commit_named("HEAD~1"), None))
    git.close()
    assert sorted(path.name for path in place.iterdir()) == []


def test_git__started_in_a_hook_looks_at_the_workspace_and_not_at_what_the_hook_was_told(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository_at(tmp_path / "other")
    other.commit({}, "Other")
    for name, value in {"GIT_DIR": str(other.root / ".git"), "GIT_WORK_TREE": str(other.root), "GIT_INDEX_FILE": "/nowhere"}.items():
        monkeypatch.setenv(name, value)
    assert open_repository(repository.root).commit("HEAD") == repository.git("rev-parse", "HEAD")


def test_git__that_is_not_installed_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFailure, match="git is not installed"):
        open_repository(repository.root)


def test_blobs__asked_by_copies_of_this_process_too_are_each_their_own(repository: Repository) -> None:
    commit = repository.commit({f"goals/{number}.md": f"{GOAL}{number}\n" * 50 for number in range(300)})
    git = open_repository(repository.root)
    listed = git.run("ls-tree", "-r", commit).decode().split("\n")[:-1]
    ids = [line.split()[2] for line in listed]
    # Git has been started here before the copies are made.
    first = list(git.blobs(ids[:1]))
    copies = [begun(lambda: [content for _id, content in git.blobs(ids)]) for _copy in range(3)]
    here = [content for _id, content in git.blobs(ids)]
    assert here[0] == first[0][1]
    assert all(copy() == here for copy in copies)
    git.close()
