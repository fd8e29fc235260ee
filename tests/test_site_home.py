"""The first page: what a reader sees in ten seconds, and that each figure leads to what it counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from urllib.parse import parse_qs

import pytest

from conftest import Written
from trueup.checks.runner import check
from trueup.site.home import home_page
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.site import Docs, Site, site_of

Write = Callable[[Mapping[str, str | bytes]], Written]

# A Friday.
TODAY = date(2026, 11, 20)

SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/people/li.yaml": "title: Li\nteam: product\n",
    "goals/behind.yaml": """\
title: Behind
period: 2026-Q4
status: active
product_owner: li
teams: [product]
key_results: [{id: k, title: K, baseline: 0, target: 10}]
""",
    "checkins/before.yaml": "subject: goal/behind\ndate: 2026-11-09\nauthor: li\nhealth: at-risk\n",
    "checkins/now.yaml": "subject: goal/behind\ndate: 2026-11-17\nauthor: li\nhealth: on-track\nkey_results: {k: 1}\n",
    "plans/slow.yaml": """\
title: Slow
team: product
owner: li
status: active
goals: [behind]
due: 2026-11-24
tasks:
  - {id: long, title: Long task, estimate: 9, due: 2026-11-18}
  - {id: done, title: Done task, status: done, done_on: 2026-11-16}
  - {id: stuck, title: Stuck task, status: blocked, blocked_by: No key to the depot}
milestones: [{id: open, title: Doors open, due: 2026-11-27}]
""",
    "feedback/late.md": "---\ntitle: Late box\nreceived_on: 2026-11-19\nchannel: support\nstatus: new\n---\nLate.\n",
    "decisions/ask.md": "---\ntitle: Ask twice\ndate: 2026-11-17\nstatus: proposed\ndeciders: [li]\n---\nWhy.\n",
    "metrics/orders.yaml": "title: Orders\nunit: orders\ndirection: up\nowner: li\ncadence: weekly\n",
    "metrics/orders.csv": "date,value\n2026-11-01,120\n2026-11-08,130\n2026-11-15,90\n",
}


@pytest.fixture
def shop(workspace: Write) -> Site:
    loaded = workspace(SHOP).load()
    return site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file")


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def section(page: Page, anchor: str) -> str:
    """What stands under a heading, up to the next section."""
    return words(page.html[page.html.index(f'id="{anchor}"') :].partition("</section>")[0].partition(">")[2])


def test_home__says_in_figures_how_it_stands(shop: Site) -> None:
    figures = re.findall(r'<li><a href="([^"]*)"><b[^>]*>(\d+)</b> <span>([^<]*)</span></a></li>', home_page(shop).html)
    assert figures == [
        ("goal/index.html?tree.state=off-track#s-tree", "1", "goal off track"),
        ("#s-late", "1", "plan will be late"),
        ("#s-overdue", "1", "task or milestone overdue"),
        ("#s-overdue", "1", "task blocked"),
        ("#s-waiting", "1", "feedback to be triaged"),
    ]


def test_home__every_figure_leads_to_what_it_counts(shop: Site) -> None:
    pages = {page.path.removesuffix(".md") + ".html": page.html for page in pages_of(shop)}
    tiles = re.findall(r'<a href="([^"]*)"><b class="tu-toned', pages["index.html"])
    for path, _, anchor in (url.partition("#") for url in tiles):
        path, _, said = path.partition("?")
        assert f'id="{anchor}"' in pages[path or "index.html"]
        for states in parse_qs(said).values():
            assert f'data-state="{states[0]}"' in pages[path]


def test_home__shows_a_watermelon_on_the_card_of_its_goal(shop: Site) -> None:
    found = section(home_page(shop), "s-goals")
    assert found == (
        "Goals Off track Behind 10% done, 55% of the time gone K: 1, target 10 said: On track watermelon Li "
        "watermelon its owners say better than its numbers "
        "By the numbers a goal is at risk from 10 points behind the time gone on, off track from 25 on."
    )


def test_home__lists_what_is_late_overdue_blocked_wanted_and_coming(shop: Site) -> None:
    page = home_page(shop)
    assert section(page, "s-late") == "Plans that are late 1 Slow 6 working days late due 24 Nov, forecast 2 Dec · Li"
    assert section(page, "s-overdue") == "Overdue or blocked 2 Long task 2 days overdue Slow · Li Stuck task blocked No key to the depot"
    assert section(page, "s-decide") == "To decide 1 Ask twice proposed for 3 days"
    assert section(page, "s-next") == "Milestones in the next two weeks 1 ◆ Doors open 27 Nov forecast 2 Dec Slow · Li"


def test_home__tells_what_moved_in_the_last_seven_days(shop: Site) -> None:
    page = home_page(shop)
    assert section(page, "s-moved") == (
        "In the last seven days 4 Behind At risk → On track 17 Nov · Li Done task done Slow · 16 Nov · Li Ask twice Proposed 17 Nov · Li "
        "Late box Feedback 19 Nov"
    )
    assert section(page, "s-metrics").endswith("90 orders ▼ 40 worse")


def test_home__of_an_empty_workspace_says_that_nothing_is_wrong(workspace: Write) -> None:
    loaded = workspace({"trueup.yaml": "title: Empty\n"}).load()
    page = home_page(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))
    assert "Nothing is wrong." in words(page.html)
    assert "s-late" not in page.html
    assert "tu-tiles" not in page.html


def test_home__folds_what_is_more_than_a_few(workspace: Write) -> None:
    tasks = "".join(f"  - {{id: t{n}, title: Task {n}, due: 2026-11-10}}\n" for n in range(8))
    loaded = workspace({**SHOP, "plans/slow.yaml": f"title: Slow\nstatus: active\ntasks:\n{tasks}"}).load()
    page = home_page(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))
    assert "<summary>3 more</summary>" in page.html


def test_home__counts_records_by_kind_and_state(shop: Site) -> None:
    assert "1 Plans 1 Active" in section(home_page(shop), "s-records")


def test_home__in_chinese_has_no_english_words_of_its_own(workspace: Write) -> None:
    loaded = workspace({**SHOP, "trueup.yaml": "title: Shop\nlanguage: zh\n"}).load()
    page = home_page(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))
    headings = re.findall(r"<h2[^>]*>([^<]*)", page.html)
    assert headings and not any(re.search("[A-Za-z]", one) for one in headings)
