"""What a proposal means, as a page of its site: what it says, where it leads, and when there is one at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import TODAY
from repositories import Repository, needs_git, repository_at
from test_site_timeline import words
from trueup.checks.runner import check
from trueup.history.failure import GitFailure
from trueup.history.git import open_repository
from trueup.proposal import Proposal, base_in, proposal_of
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.site.nav import navigation
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.site import Docs, Site, site_of

pytestmark = needs_git

TEAM = "title: Product\nfunction: product\n"
GOAL = "title: Dinner at nine\nperiod: 2026-Q4\nstatus: active\nteams: [product]\n"
PLAN = (
    "title: Evening slots\nteam: product\nstatus: active\ngoals: [dinner]\ndue: 2026-12-18\n"
    "tasks:\n  - {{id: app, title: Slots in the app, status: doing, start: 2026-11-16, estimate: {days}}}\n"
)
START = {"team/teams/product.yaml": TEAM, "goals/dinner.yaml": GOAL, "plans/slots.yaml": PLAN.format(days=5), "goals/old.yaml": GOAL}


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A branch on which a plan comes later, a goal is taken away and another one has markup for a title."""
    found = repository_at(tmp_path / "shop")
    found.commit(START, "Begin", "2026-11-02")
    found.git("checkout", "-q", "-b", "later")
    evil = GOAL.replace("Dinner at nine", "'<script>alert(1)</script> & \"so\" ::error::'")
    found.commit({"plans/slots.yaml": PLAN.format(days=15), "goals/old.yaml": None, "goals/evil.yaml": evil}, "Later", "2026-11-16")
    return found


def proposed(shop: Repository, base: str = "main", head: str | None = None) -> Proposal:
    return proposal_of(open_repository(shop.root), base, head, WorkingTree(shop.root), TODAY)


def site(shop: Repository, proposal: Proposal | None) -> Site:
    workspace = load(WorkingTree(shop.root))
    return site_of(workspace, check(workspace, TODAY), TODAY, Docs(), "file", proposal=proposal)


def pages(shop: Repository, proposal: Proposal | None) -> dict[str, Page]:
    return {page.path: page for page in pages_of(site(shop, proposal))}


def test_review__says_what_is_worst_first_with_links(shop: Repository) -> None:
    page = pages(shop, proposed(shop))["review/index.md"]
    titles = [words(one) for one in re.findall(r"<h2[^>]*>(.*?)</h2>", page.html)]
    assert titles[:3] == ["Comes later", "Taken away", "Who should be asked"]
    assert "+10 working days: Evening slots forecast 20 Nov → 4 Dec · in time for 18 Dec" in words(page.html)
    assert 'href="../plan/slots.html">Evening slots</a>' in page.html
    assert 'href="../goal/old' not in page.html, "what is gone has no page"
    assert f"Compared with commit {shop.git('rev-parse', 'main')[:10]}" in words(page.html)
    assert [one.title for one in page.headings] == titles


def test_review__hostile_titles_are_text(shop: Repository) -> None:
    for page in pages(shop, proposed(shop)).values():
        assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages(shop, proposed(shop))["review/index.md"].html


def test_home__leads_to_it_first_and_so_does_the_navigation(shop: Repository) -> None:
    proposal = proposed(shop)
    home = pages(shop, proposal)["index.md"].html
    told = '<p class="tu-proposal"><a href="review/index.html">This is a proposal: what it means</a> 1 plan comes later'
    assert told in home
    assert home.index(told) < home.index("<h2")
    assert navigation(site(shop, proposal), ())[1] == {"Proposal": "review/index.md"}


def test_site__that_proposes_nothing_has_no_such_page(shop: Repository) -> None:
    made = pages(shop, None)
    assert "review/index.md" not in made
    assert "tu-proposal" not in made["index.md"].html


def test_proposal__of_a_commit_is_not_of_what_lies_on_disk(shop: Repository) -> None:
    first = shop.git("rev-parse", "main")
    assert proposed(shop, "main", first).review.records == ()
    assert len(proposed(shop).review.records) == 3


def test_base_in__takes_the_branch_as_the_clone_knows_it(shop: Repository) -> None:
    git = open_repository(shop.root)
    main, later = shop.git("rev-parse", "main"), shop.git("rev-parse", "later")
    assert base_in({}, git) is None
    assert base_in({"GITHUB_BASE_REF": ""}, git) is None
    assert base_in({"GITHUB_BASE_REF": "main"}, git) == main
    shop.git("update-ref", "refs/remotes/origin/main", later)
    assert base_in({"GITHUB_BASE_REF": "main"}, git) == later, "what the remote has comes first"
    assert base_in({"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}, git) == later
    assert base_in({"CI_MERGE_REQUEST_DIFF_BASE_SHA": main, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}, git) == main
    assert base_in({"CI_MERGE_REQUEST_DIFF_BASE_SHA": "0" * 40, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}, git) == later


@pytest.mark.parametrize("name", ["gone", "--output=x", "main^{/::error::}", "2026-11-20", "a\nb"])
def test_base_in__what_the_clone_lacks_is_named(shop: Repository, name: str) -> None:
    with pytest.raises(GitFailure, match="is not in this clone"):
        base_in({"GITHUB_BASE_REF": name}, open_repository(shop.root))


def build(shop: Repository, folder: Path, *options: str) -> int:
    pytest.importorskip("mkdocs")
    from trueup.cli.program import run

    day = ("--today", TODAY.isoformat(), "--lang", "en")
    return run(["site", "build", "--root", str(shop.root), "--site-dir", str(folder), *day, *options])


def test_build__for_a_pull_request_has_the_page(shop: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(shop, tmp_path / "asked", "--review", "main", "--strict") == 0
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert build(shop, tmp_path / "told") == 0
    asked, told = ((tmp_path / name / "review" / "index.html").read_bytes() for name in ("asked", "told"))
    assert asked == told


def test_build__whose_base_is_not_there_says_so_in_one_line(
    shop: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_BASE_REF", "gone\n::error::x")
    assert build(shop, tmp_path / "site") == 0
    assert not (tmp_path / "site" / "review").exists()
    said = capsys.readouterr().err
    assert said.startswith("trueup: the site has no page on what this proposal means: ")
    assert said.count("\n") == 1
    assert "::error" not in said


def test_build__asked_for_what_is_not_there_fails(shop: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(shop, tmp_path / "site", "--review", "gone") == 2
    assert 'there is no commit "gone"' in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_build__as_of_a_commit_reviews_that_commit(shop: Repository, tmp_path: Path) -> None:
    shop.commit({"goals/third.yaml": GOAL.replace("Dinner", "Third")}, "Third", "2026-11-18")
    assert build(shop, tmp_path / "site", "--review", "main", "--as-of", "HEAD~1") == 0
    page = (tmp_path / "site" / "review" / "index.html").read_text(encoding="utf-8")
    assert "Evening slots" in page
    assert "Third at nine" not in page
