"""Dates that were moved, on the pages of a site: all of them, those of a team, and those of one plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from repositories import Repository, needs_git, repository_at
from test_site_timeline import pages, rows, words

pytestmark = needs_git

FILES = {
    "trueup.yaml": "title: Shop\nrepository: {url: https://gitlab.example/acme/shop, forge: gitlab}\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "goals/dinner.yaml": "title: Dinner at nine\nperiod: 2026-Q4\nstatus: active\n",
}
CHECKIN = "subject: plan/slots\ndate: 2026-11-10\nhealth: at-risk\nproblems:\n  - {id: p, problem: The bridge <i>is</i> closed}\n"


def plan(due: str, task: str, team: str = "product") -> str:
    return (
        f"title: Evening slots\nteam: {team}\nstatus: active\ngoals: [dinner]\ndue: {due}\n"
        f"tasks:\n  - {{id: app, title: Slots in the app, due: {task}}}\n"
    )


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A plan that moves with its task and then its task alone, and another one that comes earlier."""
    found = repository_at(tmp_path / "shop")
    found.commit(
        {**FILES, "plans/slots.yaml": plan("2026-11-27", "2026-11-20"), "plans/rota.yaml": plan("2026-12-18", "2026-12-01", "ops")}
    )
    found.commit({"plans/slots.yaml": plan("2026-12-11", "2026-12-04")}, "Two weeks more (#12)", "2026-11-09", "Li Wei")
    found.commit({"plans/rota.yaml": plan("2026-12-17", "2026-12-01", "ops"), "checkins/a.yaml": CHECKIN}, "A day", "2026-11-12", "Bo")
    found.commit({"plans/slots.yaml": plan("2026-12-11", "2026-12-07")}, "The task alone", "2026-11-13", "Bo")
    return found


def test_slips__sums_by_team_and_how_far_they_go(shop: Repository) -> None:
    page = pages(shop.root)["slips.md"]
    assert rows(page.html, "s-teams") == ["Product +11 working days 2 5.5 10", "Operations −1 working day 1"]
    spread = page.html[page.html.index("tu-spread") :]
    assert words(spread[: spread.index("</table>")]).endswith("Team earlier +1–5 +6–10 +11–20 > +20 Product · 1 1 · · Operations 1 · · · ·")


def test_slips__each_move_is_one_row_with_what_moved_with_it(shop: Repository) -> None:
    page = pages(shop.root)["slips.md"]
    assert rows(page.html, "s-slips") == [
        "Evening slots › Slots in the app +1 working day 13 Nov 4 Dec → 7 Dec Bo The task alone · The bridge <i>is</i> closed",
        "Evening slots −1 working day 12 Nov 18 Dec → 17 Dec Bo A day",
        "Evening slots 1 date within it Slots in the app 20 Nov → 4 Dec +10 working days 9 Nov 27 Nov → 11 Dec Li Wei "
        "Two weeks more (#12) · The bridge <i>is</i> closed",
    ]
    assert 'href="checkin/a.html">The bridge &lt;i&gt;is&lt;/i&gt; closed</a>' in page.html
    commit = shop.git("rev-parse", "HEAD")
    assert f'href="https://gitlab.example/acme/shop/-/commit/{commit}"' in page.html


def test_slips__on_the_page_of_the_plan_are_its_own(shop: Repository) -> None:
    page = pages(shop.root)["plan/slots.md"]
    assert rows(page.html, "s-slips") == [
        "Slots in the app · 4 Dec → 7 Dec +1 working day 13 Nov · Bo · The task alone · The bridge <i>is</i> closed",
        "27 Nov → 11 Dec 1 date within it Slots in the app 20 Nov → 4 Dec +10 working days 9 Nov · Li Wei · "
        "Two weeks more (#12) · The bridge <i>is</i> closed",
    ]
    assert "s-slips" in {one.id for one in page.headings}
    assert "s-slips" not in pages(shop.root)["goal/dinner.md"].html


def test_slips__what_is_no_more_keeps_its_title(shop: Repository) -> None:
    shop.commit({"plans/slots.yaml": None}, "Away with it", "2026-11-16")
    found = rows(pages(shop.root)["slips.md"].html, "s-slips")
    assert found[0].startswith("Evening slots › Slots in the app +1 working day")
    assert "tu-dead" not in pages(shop.root)["slips.md"].html


def test_slips__where_none_was_moved_the_page_says_so(tmp_path: Path) -> None:
    found = repository_at(tmp_path / "shop")
    found.commit({**FILES, "plans/slots.yaml": plan("2026-11-27", "2026-11-20")})
    found.commit({"goals/other.yaml": FILES["goals/dinner.yaml"]}, "Another", "2026-11-09")
    made = pages(found.root)
    assert "No due date has been moved." in words(made["slips.md"].html)
    assert "s-slips" not in made["plan/slots.md"].html


def test_slips__hostile_words_are_text(shop: Repository) -> None:
    evil = "::error::<img src=x onerror=alert(1)>\x07\x1b]0;x\x07 \u202e \"'&"
    shop.commit({"plans/slots.yaml": plan("2027-01-15", "2026-12-07")}, evil, "2026-11-16", "<b>\"'& ::error::")
    made = pages(shop.root)
    for path in ("slips.md", "plan/slots.md"):
        assert "::error::&lt;img src=x onerror=alert(1)&gt;" in made[path].html
        assert "<img" not in made[path].html
        assert "&quot;&#39;&amp;</" in made[path].html or "&quot;&#39;&amp; ·" in made[path].html, "the subject"
        assert "b&quot;&#39;&amp; ::error" in made[path].html, "the author"
