"""As it was: the state that a revision or a day means, by the schemas and settings in force then, equal to a checkout."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from repositories import Repository, needs_git, repository_at, who
from trueup.cli.check import command as check
from trueup.cli.list import command as list_
from trueup.cli.show import command as show
from trueup.cli.site import command as site
from trueup.cli.status import command as status
from trueup.history.export import exported
from trueup.history.git import open_repository
from trueup.history.past import past
from trueup.records.tree import WorkingTree

pytestmark = needs_git

GOAL = "---\ntitle: {}\nperiod: 2026-Q4\nstatus: {}\n---\n"
SCHEMA = '{"x-kind": {"name": "note", "files": ["notes/*.md"], "columns": ["title"]}, "properties": {"title": {"type": "string"}}}'


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Three states: without a workspace, with one, with another language and one goal more."""
    found = repository_at(tmp_path / "repo")
    (found.root / "goals").mkdir()
    (found.root / "goals" / "old.md").write_text(GOAL.format("Before it all", "draft"))
    found.git("add", "--all")
    found.git("commit", "--quiet", "-m", "Before", env=who("2026-10-01"))
    found.commit({"trueup.yaml": "title: Then\n", "goals/a.md": GOAL.format("A", "draft")}, "Begins", "2026-11-02")
    found.commit({"trueup.yaml": "title: Now\n", "goals/b.md": GOAL.format("B", "active")}, "Goes on", "2026-11-09")
    return found


def run(repository: Repository, command: click.Command, *arguments: str) -> Result:
    group = [arguments[0]] if isinstance(command, click.Group) else []
    rest = arguments[len(group) :]
    return CliRunner().invoke(command, [*group, *rest, "--root", str(repository.root), "--lang", "en"])


@pytest.mark.parametrize(("revision", "subject"), [
    ("2026-11-01", "Before"), ("2026-11-02", "Begins"), ("2026-11-08", "Begins"), ("2026-11-09", "Goes on"), ("2030-01-01", "Goes on"),
    ("HEAD~1", "Begins"), ("main", "Goes on"), ("refs/tags/2026-11-09", "Begins"),
])  # fmt: skip
def test_past__of_a_day_or_a_revision(repository: Repository, revision: str, subject: str) -> None:
    repository.git("tag", "2026-11-09", "HEAD~1")
    assert past(open_repository(repository.root), revision, None).commit.subject == subject


def test_past__of_a_day_goes_along_first_parents_and_by_the_clock_of_the_committer(repository: Repository) -> None:
    # One minute before midnight in Shanghai, when in London it is the afternoon; and a clock that went wrong.
    repository.commit({"goals/c.md": GOAL.format("C", "draft")}, "Late", "2026-11-10T23:59:00+08:00")
    repository.commit({"goals/d.md": GOAL.format("D", "draft")}, "Wrong clock", "2036-11-10T12:00:00+00:00")
    repository.commit({"goals/e.md": GOAL.format("E", "draft")}, "After", "2026-11-12")
    git = open_repository(repository.root)
    assert [past(git, day, None).commit.subject for day in ("2026-11-10", "2026-11-11", "2026-11-12")] == ["Late", "Late", "After"]


def test_as_of__equals_a_checkout(repository: Repository) -> None:
    for revision in ("HEAD", "HEAD~1"):
        repository.git("checkout", "--quiet", revision)
        for command, arguments in ((status, []), (list_, ["goal"]), (check, ["--format", "json"]), (show, ["goal/a"])):
            there = run(repository, command, *arguments, "--today", "2026-11-20")
            repository.git("checkout", "--quiet", "main")
            then = run(repository, command, *arguments, "--today", "2026-11-20", "--as-of", revision)
            assert (then.stdout, then.exit_code) == (there.stdout, there.exit_code)
            repository.git("checkout", "--quiet", revision)
        repository.git("checkout", "--quiet", "main")


def test_as_of__takes_its_own_day_for_today_unless_told(repository: Repository) -> None:
    assert run(repository, status, "--as-of", "2026-11-04").stdout.splitlines()[0] == "Then · Wednesday 4 November 2026"
    assert run(repository, status, "--as-of", "HEAD~1").stdout.splitlines()[0] == "Then · Monday 2 November 2026"
    assert run(repository, status, "--as-of", "HEAD~1", "--today", "2026-11-20").stdout.splitlines()[0] == "Then · Friday 20 November 2026"


def test_as_of__says_which_state_and_which_settings(repository: Repository) -> None:
    said = run(repository, list_, "goal", "--as-of", "HEAD~1").stderr
    name = repository.git("rev-parse", "HEAD~1")[:10]
    assert said == f'trueup: as of 2026-11-02: commit {name} "Begins", with its own settings and schemas\n'
    said = run(repository, list_, "goal", "--as-of", "2026-10-05").stderr
    assert said.endswith('"Before", with trueup.yaml of today, as it has none that can be read\n')


def test_as_of__before_the_workspace_began_reads_by_the_schemas_of_today(repository: Repository) -> None:
    repository.commit({"schemas/note.schema.json": SCHEMA}, "Schema", "2026-11-10")
    (repository.root / "notes").mkdir()
    listed = run(repository, list_, "--as-of", "2026-10-05", "--format", "csv")
    assert "schemas/note.schema.json、trueup.yaml" not in listed.stderr
    assert "with schemas/note.schema.json, trueup.yaml of today" in listed.stderr
    assert [line.split(",")[:3] for line in listed.stdout.splitlines() if line.startswith(("goal", "note"))] == [
        ["goal", "Goals", "1"],
        ["note", "note", "0"],
    ]


@pytest.mark.parametrize(("path", "broken"), [("trueup.yaml", "title: [\n"), ("schemas/note.schema.json", "{")])
def test_past__borrows_what_could_not_be_read_then(repository: Repository, path: str, broken: str) -> None:
    repository.commit({"schemas/note.schema.json": SCHEMA}, "Schema", "2026-11-10")
    good = (repository.root / path).read_bytes()
    repository.commit({path: broken}, "Broken", "2026-11-11")
    repository.commit({path: good}, "Mended", "2026-11-12")
    found = past(open_repository(repository.root), "HEAD~1", WorkingTree(repository.root))
    assert found.borrowed == (path,)
    assert found.tree.read(path) == good


@pytest.mark.parametrize(("arguments", "message"), [
    (["--as-of", "2020-01-01"], "no commit was made on 2020-01-01 or before (the first one is of 2026-10-01)"),
    (["--as-of", "nowhere"], 'there is no commit "nowhere" ("git log" lists commits; a date is written as 2026-11-20)'),
    (["--as-of", ""], 'there is no commit "" ("git log" lists commits; a date is written as 2026-11-20)'),
])  # fmt: skip
def test_as_of__what_is_not_there_fails_in_one_line(repository: Repository, arguments: list[str], message: str) -> None:
    done = run(repository, status, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"trueup: {message}\n"


def test_as_of__in_a_bare_repository(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    done = run(Repository(tmp_path / "bare.git"), list_, "goal", "--as-of", "main", "--format", "csv")
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["id", "a", "b", "old"]


def test_as_of__of_a_folder_that_is_a_workspace_only_then(repository: Repository) -> None:
    repository.git("rm", "--quiet", "-r", ".")
    repository.root.mkdir(exist_ok=True)
    assert run(repository, list_, "goal", "--as-of", "main", "--format", "csv").stdout.startswith("id,")


def test_check__of_a_path_as_of_a_commit_that_has_it(repository: Repository) -> None:
    repository.commit({"goals/b.md": None}, "Gone", "2026-11-10")
    path = str(repository.root / "goals" / "b.md")
    assert run(repository, check, path, "--as-of", "HEAD~1").exit_code in (0, 1)
    assert "there is no file" in run(repository, check, path, "--as-of", "HEAD").stderr


def test_exported__has_the_files_of_the_state_and_goes_again(repository: Repository) -> None:
    picture = b"\x89PNG" + b"x" * (2 << 20)
    (repository.root / "link").symlink_to("trueup.yaml")
    repository.commit({"docs/picture.png": picture, ".hidden/x": "x"}, "Picture", "2026-11-10")
    with exported(past(open_repository(repository.root), "HEAD", WorkingTree(repository.root))) as folder:
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert found == {"trueup.yaml", "goals/a.md", "goals/b.md", "goals/old.md", "docs/picture.png", ".hidden/x"}
        assert (folder / "docs" / "picture.png").read_bytes() == picture
    assert not folder.exists()


def test_exported__writes_nothing_outside(repository: Repository) -> None:
    """Git makes no such tree, but somebody may push one that was written by hand."""
    blob = repository.git("hash-object", "-w", "trueup.yaml")
    inner = repository.git("mktree", given=f"100644 blob {blob}\tout.md\n".encode())
    tree = repository.git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", given=b"40000 ..\0" + bytes.fromhex(inner))
    commit = repository.git("commit-tree", tree, "-m", "Hostile", env=who("2026-11-10"))
    with exported(past(open_repository(repository.root), commit, WorkingTree(repository.root))) as folder:
        assert not (folder.parent / "out.md").exists()
        assert sorted(path.name for path in folder.iterdir()) == ["trueup.yaml"]


def test_site__as_of_a_commit_is_that_of_a_checkout(repository: Repository, tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    repository.commit({"docs/index.md": "# Handbook\n"}, "Docs", "2026-11-10")
    repository.commit({"goals/b.md": GOAL.format("Changed", "active"), "docs/index.md": "# Another\n"}, "Later", "2026-11-11")
    build = ["build", "--today", "2026-11-20"]
    then = run(repository, site, *build, "--site-dir", str(tmp_path / "then"), "--as-of", "HEAD~1")
    assert then.exit_code == 0, then.output
    repository.git("checkout", "--quiet", "HEAD~1")
    assert run(repository, site, *build, "--site-dir", str(tmp_path / "there")).exit_code == 0
    pages = {path.relative_to(tmp_path / "there"): path.read_bytes() for path in (tmp_path / "there").rglob("*") if path.is_file()}
    assert pages == {path.relative_to(tmp_path / "then"): path.read_bytes() for path in (tmp_path / "then").rglob("*") if path.is_file()}
    assert "build its site instead" in run(repository, site, "serve", "--as-of", "main").stderr
