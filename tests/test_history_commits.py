"""The log in one pass: what each commit changed, who made it, when, and which pull request brought it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repositories import Repository, needs_git, repository_at, who
from trueup.history.commits import Commit, log, longest_run, pull_request_of, subject_of
from trueup.history.git import open_repository

pytestmark = needs_git


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return repository_at(tmp_path / "repo")


def commits(repository: Repository, folder: str = "", until: str = "HEAD") -> tuple[Commit, ...]:
    git = open_repository(repository.root / folder)
    return log(git, git.commit(until))


def changed(commit: Commit) -> dict[str, str]:
    """The paths of a commit, each with what happened to it."""
    return {one.path: ("A" if one.before is None else "D" if one.after is None else "M") for one in commit.changes}


def test_log__has_each_change_of_each_commit_the_oldest_first(repository: Repository) -> None:
    repository.commit({"a.md": "1", "b.md": "1"}, "First", "2026-11-02", "Anna")
    repository.commit({"a.md": "2", "b.md": None, "c d é.md": "1"}, "Second", "2026-11-03", "李伟")
    repository.git("mv", "a.md", "e.md")
    repository.commit({}, "Third", "2026-11-04")
    found = commits(repository)
    assert [(one.subject, one.author, one.day.isoformat()) for one in found] == [
        ("First", "Anna", "2026-11-02"),
        ("Second", "李伟", "2026-11-03"),
        ("Third", "Anna", "2026-11-04"),
    ]
    assert [changed(one) for one in found] == [
        {"a.md": "A", "b.md": "A", "trueup.yaml": "A"},
        {"a.md": "M", "b.md": "D", "c d é.md": "A"},
        {"a.md": "D", "e.md": "A"},
    ]


def test_log__of_a_workspace_below_the_root_has_its_own_paths_and_commits(repository: Repository) -> None:
    repository.commit({"work/plans/a.md": "1", "other/b.md": "1"}, "First")
    repository.commit({"other/b.md": "2"}, "Elsewhere")
    repository.commit({"work/plans/a.md": "2"}, "Third")
    assert [(one.subject, changed(one)) for one in commits(repository, "work")] == [
        ("First", {"plans/a.md": "A"}),
        ("Third", {"plans/a.md": "M"}),
    ]


@pytest.mark.parametrize(("days", "expected"), [
    (["2026-11-02", "2026-11-02", "2026-11-04"], ["2026-11-02", "2026-11-02", "2026-11-04"]),
    (["2026-11-02", "2026-11-03", "1970-01-02"], ["2026-11-02", "2026-11-03", "2026-11-03"]),
    (["2026-11-02", "1970-01-02", "2026-11-04"], ["2026-11-02", "2026-11-04", "2026-11-04"]),
    (["1970-01-02", "2026-11-03", "2026-11-04"], ["2026-11-03", "2026-11-03", "2026-11-04"]),
    (["2106-01-02", "2026-11-03", "2026-11-04"], ["2026-11-03", "2026-11-03", "2026-11-04"]),
    (["2026-11-02", "2106-01-02", "2026-11-04"], ["2026-11-02", "2026-11-04", "2026-11-04"]),
    (["2026-11-05", "2026-11-02", "2026-11-03", "2026-11-06"], ["2026-11-02", "2026-11-02", "2026-11-03", "2026-11-06"]),
])  # fmt: skip
def test_log__puts_commits_of_a_wrong_clock_where_they_stand_in_the_line(
    repository: Repository, days: list[str], expected: list[str]
) -> None:
    for number, day in enumerate(days):
        seconds = datetime.fromisoformat(day + "T12:00:00+00:00").timestamp()
        repository.commit({"a.md": str(number)}, str(number), f"@{seconds:.0f} +0000")
    found = commits(repository)
    assert [one.day.isoformat() for one in found] == expected
    assert [one.time.date().isoformat() for one in found] == days, "what the commit says stays what it says"


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 20)), max_size=40))
def test_longest_run__is_in_order_and_no_other_is_longer(days: list[date]) -> None:
    places = longest_run(days)
    run = [days[place] for place in places]
    assert places == sorted(set(places))
    assert run == sorted(run)
    longest = [0] * len(days)
    for place, day in enumerate(days):
        longest[place] = 1 + max((longest[one] for one in range(place) if days[one] <= day), default=0)
    assert len(run) == max(longest, default=0)


def test_log__counts_a_merge_as_one_commit_against_its_first_parent(repository: Repository) -> None:
    repository.commit({"a.md": "1"}, "First")
    for name in ("one", "two"):
        repository.git("checkout", "--quiet", "-b", name, "main")
        repository.commit({f"{name}.md": "1"}, name)
        repository.commit({f"{name}.md": "2"}, f"{name} again")
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #7 from x/y", "one", "two", env=who("2026-11-05"))
    found = commits(repository)
    assert [one.subject for one in found] == ["First", "Merge pull request #7 from x/y"]
    assert len(found[-1].parents) == 3
    assert changed(found[-1]) == {"one.md": "A", "two.md": "A"}
    assert found[-1].pull_request == "#7"


def test_log__takes_links_and_submodules_for_no_files(repository: Repository) -> None:
    repository.commit({"a.md": "1"}, "First")
    (repository.root / "a.md").unlink()
    (repository.root / "a.md").symlink_to("elsewhere")
    repository.commit({}, "Link")
    assert changed(commits(repository)[-1]) == {"a.md": "D"}


@pytest.mark.parametrize(("raw", "day"), [
    ("0 +0000", "1970-01-01"), ("1 -0100", "1969-12-31"), ("4294967296 +0800", "2106-02-07"), ("4102444800 +1400", "2100-01-01"),
    ("99999999999999 +0000", "9999-12-30"),
])  # fmt: skip
def test_log__of_a_strange_time_has_a_day(repository: Repository, raw: str, day: str) -> None:
    repository.commit({"a.md": "1"}, "First")
    tree = repository.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor A <a@example.com> {raw}\ncommitter A <a@example.com> {raw}\n\nStrange\n"
    name = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text.encode())
    assert commits(repository, until=name)[-1].day.isoformat() == day


def test_log__of_a_hostile_author_is_one_line(repository: Repository) -> None:
    repository.commit({"a.md": "1"}, "First")
    tree = repository.git("rev-parse", "HEAD^{tree}")
    mail = "<a@example.com> 1790000000 +0000"
    text = f"tree {tree}\nauthor A\n::error::x {mail}\ncommitter B\r\x01\n{mail}\n\n::error::subject\n\nbody\n:100644 not a change\n"
    name = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text.encode())
    (found,) = commits(repository, until=name)
    assert "\n" not in found.author + found.subject + found.email
    assert {change.path for change in found.changes} == {"a.md", "trueup.yaml"}


def test_log__of_a_shallow_clone_knows_where_it_ends(repository: Repository, tmp_path: Path) -> None:
    for number in range(4):
        repository.commit({"a.md": str(number)}, f"Commit {number}", f"2026-11-0{number + 1}")
    repository.git("clone", "--quiet", "--depth=2", repository.root.as_uri(), str(tmp_path / "shallow"))
    found = commits(Repository(tmp_path / "shallow"))
    assert [(one.subject, one.is_boundary) for one in found] == [("Commit 2", True), ("Commit 3", False)]


def test_log__has_the_zone_of_the_committer(repository: Repository) -> None:
    repository.commit({"a.md": "1"}, "Late", "1790000000 +0800")
    (found,) = commits(repository)
    assert found.time == datetime.fromtimestamp(1790000000, UTC)
    assert found.time.isoformat().endswith("+08:00")


@pytest.mark.parametrize(("message", "number"), [
    ("Merge pull request #12 from team/branch\n\nTitle", "#12"),
    ("Evening slots (#345)", "#345"),
    ("Merge branch 'x' into 'main'\n\nTitle\n\nSee merge request group/project!67", "!67"),
    ("Title (!8)", "!8"),
    ("Merge pull request 'Title' (#9) from a/b into main", "#9"),
    ("!55 标题\nMerge pull request !55 from x", "!55"),
    ("Fix #12 and #13", None),
    ("Title\n\nsee (#14)", None),
    ("Wow!9", None),
    ("", None),
])  # fmt: skip
def test_pull_request_of__the_forms_that_forges_write(message: str, number: str | None) -> None:
    assert pull_request_of(message) == number


@pytest.mark.parametrize(("message", "subject"), [
    ("Evenings move (#12)\n\nBecause.", "Evenings move (#12)"),
    ("Merge pull request #58 from anna/evenings\n\nThe evening shift follows\n\nMore.", "The evening shift follows (#58)"),
    ("Merge branch 'a' into 'main'\n\nThe evening shift follows\n\nSee merge request shop/plans!12", "The evening shift follows (!12)"),
    ("Merge branch 'evenings'", "Merge branch 'evenings'"),
    ("Merge branch 'evenings'\n\n# Conflicts:\n#\tplans/a.md\n", "Merge branch 'evenings'"),
    ("Merge the two depots\n\nThey are one.", "Merge the two depots"),
    ("", ""),
])  # fmt: skip
def test_subject_of__a_merge_says_what_was_merged(message: str, subject: str) -> None:
    assert subject_of(message) == subject
