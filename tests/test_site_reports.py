"""Reports as pages: those of the past as they were told then, where git knows, and the same as the command has them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import write_files
from repositories import Repository, needs_git, repository_at
from trueup.checks.runner import check
from trueup.cli.report import command
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.site.page import Page
from trueup.site.pages import makers_of, pages_of
from trueup.site.past import PastReader
from trueup.site.site import Docs, Site, site_of

pytestmark = needs_git

TODAY = date(2026, 11, 20)
PLAN = "title: {title}\nteam: product\nstatus: active\nowner: li\nstart: 2026-10-05\ndue: {due}\n"
START = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/people/li.yaml": "title: Li\nteam: product\n",
    "plans/slots.yaml": PLAN.format(title="Slots & <b>", due="2026-10-23"),
    "checkins/first.yaml": "subject: plan/slots\ndate: 2026-10-12\nauthor: li\nhealth: at-risk\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A plan is overdue; three weeks later it is called otherwise and has another date."""
    found = repository_at(tmp_path / "shop")
    found.commit(START, "Begin", "2026-10-20")
    found.commit({"plans/slots.yaml": PLAN.format(title="Evening slots", due="2026-12-18")}, "A new date", "2026-11-12")
    return found


def site(root: Path, reader: PastReader | None = None) -> Site:
    workspace = load(WorkingTree(root))
    past = (reader or PastReader()).read(root, workspace, TODAY)
    return site_of(workspace, check(workspace, TODAY), TODAY, Docs(), "file", past=past)


def pages(root: Path) -> dict[str, Page]:
    return {page.path: page for page in pages_of(site(root))}


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def reported(root: Path, *arguments: str) -> str:
    done = CliRunner().invoke(command, ["week", "--root", str(root), "--format", "html", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_report__of_a_week_that_is_past_is_told_as_it_was_told_then(shop: Repository) -> None:
    found = pages(shop.root)
    then = found["reports/2026-w43.md"].html
    assert "1 working day late" not in words(then)
    assert "overdue since 23 Oct" in words(then)
    assert "Slots &amp; &lt;b&gt;" in then
    assert 'href="../plan/slots.html"' in then
    assert "As it was told then: from the commit " in words(then)
    assert "of 20 October 2026." in words(then)
    now = words(found["reports/2026-w47.md"].html)
    assert "overdue since" not in now
    assert "As it was told then" not in now


def test_report__of_the_past_says_what_the_command_says_of_that_state(shop: Repository) -> None:
    page = pages(shop.root)["reports/2026-w43.md"].html
    told = reported(shop.root, "--as-of", "2026-10-25", "--on", "2026-10-25")
    lines = [words(line) for line in re.findall(r"<li>(.*?)</li>", told, re.DOTALL)]
    assert lines
    assert [words(line) for line in re.findall(r"<li>(.*?)</li>", page, re.DOTALL)] == [line.replace(": ", " ", 1) for line in lines]


def test_report__of_a_week_without_commits_leaves_out_what_nobody_knows(shop: Repository) -> None:
    write_files(shop.root, {"checkins/old.yaml": "subject: plan/slots\ndate: 2026-10-14\nauthor: li\nhealth: at-risk\n"})
    before = words(pages(shop.root)["reports/2026-w42.md"].html)
    assert "the records of today do not tell" in before
    assert "As it was told then" not in before


def test_report__of_a_full_week_folds_what_is_more_than_anybody_reads_at_once(tmp_path: Path) -> None:
    tasks = "".join(f"  - {{id: t{at}, title: Task {at}, status: done, done_on: 2026-11-18}}\n" for at in range(20))
    root = write_files(tmp_path, {**START, "plans/slots.yaml": f"{START['plans/slots.yaml']}tasks:\n{tasks}"}).root
    done = pages(root)["reports/2026-w47.md"].html.partition("Progress</h2>")[2].partition("</section>")[0]
    shown, _more, rest = done.partition("<details")
    assert (shown.count("<li>"), rest.count("<li>")) == (14, 6)
    assert "6 more" in words(rest)


def test_report__without_git_leaves_it_out(tmp_path: Path) -> None:
    found = pages(write_files(tmp_path, START).root)
    assert "the records of today do not tell" in words(found["reports/2026-w43.md"].html)


def test_report__of_the_past_is_made_late_and_by_one_process(shop: Repository) -> None:
    makers = {one.path: one for one in makers_of(site(shop.root))}
    assert (makers["reports/2026-w43.md"].late, makers["reports/2026-w43.md"].ours) == (True, True)
    assert (makers["reports/2026-w47.md"].late, makers["reports/2026-w47.md"].ours) == (False, False)


def test_reports__that_a_copy_has_read_are_those_that_are_read_here(shop: Repository) -> None:
    ahead = PastReader()
    ahead.begin(shop.root, TODAY)
    one, other = site(shop.root, ahead).past, site(shop.root).past
    assert one is not None
    assert other is not None
    assert one.reports == other.reports
    assert set(one.reports) == {f"reports/{name}.md" for name in ("2026-w43", "2026-w44", "2026-w45", "2026-10")}


def test_reports__of_a_repository_that_lacks_objects_leave_it_out(shop: Repository) -> None:
    for blob in shop.git("rev-list", "--objects", "HEAD~1").split():
        file = shop.root / ".git" / "objects" / blob[:2] / blob[2:]
        if len(blob) == 40 and file.exists() and shop.git("cat-file", "-t", blob) == "blob":
            file.unlink()
    assert "the records of today do not tell" in words(pages(shop.root)["reports/2026-w43.md"].html)


def test_command__of_a_past_week_says_how_it_is_told_as_it_was(shop: Repository, tmp_path: Path) -> None:
    options = ["week", "--on", "2026-10-25", "--today", "2026-11-20"]
    done = CliRunner().invoke(command, [*options, "--root", str(shop.root)])
    assert done.stderr == "trueup: with --as-of 2026-10-25 it is told as it stood then\n"
    outside = write_files(tmp_path / "outside", START).root
    assert CliRunner().invoke(command, [*options, "--root", str(outside)]).stderr == ""
