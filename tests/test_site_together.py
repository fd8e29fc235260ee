"""Feedback, decisions, actions, lessons, scorecards, meetings, activities, teams and people as pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import Written
from test_site_practice import part, rows, words
from test_views_responsibility import SHOP as DESK
from test_views_week import SHOP as WEEK
from trueup.checks.runner import check
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.site import Docs, site_of
from trueup.views.derived import Derived
from trueup.views.feedback import Feedback

Write = Callable[[Mapping[str, str | bytes]], Written]

TODAY = date(2026, 11, 20)

SAID = "channel: support\nsentiment: negative\nimportance: important\n"

TOGETHER = {
    **{path: text for path, text in WEEK.items() if path != "team/teams/product.yaml"},
    **DESK,
    "team/teams/product.md": "---\ntitle: Product\nfunction: product\n---\n## Freeze\n\nFreeze weeks.\n",
    "feedback/new.md": f"---\ntitle: New one\nreceived_on: 2026-11-01\nstatus: new\nthemes: [doors]\n{SAID}---\nNew.\n",
    "feedback/told.md": f"---\ntitle: Told\nreceived_on: 2026-10-02\nstatus: declined\nreplied_on: 2026-10-05\n{SAID}---\nTold.\n",
    "feedback/never.md": f"---\ntitle: Never told\nreceived_on: 2026-09-02\nstatus: shipped\ncustomer: Mrs Wu\nowner: li\n{SAID}"
    "themes: [doors]\n---\nNever.\n",
    "decisions/first.md": "---\ntitle: Try boxes\ndate: 2026-03-10\nstatus: superseded\ndeciders: [li]\n---\nTry.\n",
    "decisions/drop.md": "---\ntitle: Drop boxes\ndate: 2026-06-16\nstatus: accepted\ndeciders: [li]\nevidence: [metric/m]\n"
    "affects: [plan/build]\nsupersedes: first\nreview_by: 2026-11-01\n"
    "tripwire: {metric: m, above: 3}\n---\nNobody wants boxes.\n",
    "metrics/m.csv": "date,value\n2026-07-01,2\n2026-11-01,5\n",
    "retros/r.yaml": "title: Look back\ndate: 2026-11-10\ntags: [boxes]\n"
    "lessons: [{id: l, text: Ask first, tags: [launch]}]\n"
    "actions: [{id: x, text: Do it, owner: li, due: 2026-11-12, status: done, done_on: 2026-11-11},"
    " {id: y, text: Do that, owner: li, due: 2026-11-13}]\n",
    "plans/again.yaml": "title: Again\nteam: product\nstatus: active\ntags: [launch]\n",
    "plans/over.yaml": "title: Over\nteam: product\nstatus: done\ntags: [launch]\n",
    "team/cadences/weekly.yaml": "title: Weekly\nevery: week\nday: thursday\ntime: '10:00'\n",
    "meetings/held.yaml": "title: Held\ndate: 2026-11-05\ncadence: weekly\n",
    "meetings/later.yaml": "title: Later\ndate: 2026-11-19\ncadence: weekly\n",
    "team/scorecards/s.yaml": "title: Card\nperiod: 2026-Q4\nteams: [product]\n"
    "items: [{id: m, title: Days, weight: 60, metric: m, target: 4},"
    " {id: a, title: Actions, weight: 40, execution: action-closing-rate, target: 100}]\n",
    "team/activities/t.yaml": "title: Course\ntype: training\ndate: 2026-11-02\nparticipants: [li]\nskills: [doors]\n",
    "team/activities/swap.yaml": "title: Swap\ntype: role-swap\ndate: 2026-12-02\nparticipants: [li]\n",
}


def made(workspace: Write, files: Mapping[str, str | bytes]) -> dict[str, Page]:
    loaded = workspace(files).load()
    return {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}


@pytest.fixture
def pages(workspace: Write) -> dict[str, Page]:
    return made(workspace, TOGETHER)


@pytest.fixture
def said(workspace: Write) -> Feedback:
    return Derived(workspace(TOGETHER).load(), TODAY).feedback


def test_feedback__the_funnel_opens_what_stands_at_each_step(pages: dict[str, Page], said: Feedback) -> None:
    funnel = part(pages["feedback/index.md"], "s-funnel", "s-owed")
    shown = [words(one) for one in re.findall(r'<td class="tu-what">(.*?)</td>', funnel)]
    assert shown == ["New", "Triaged", "Planned", "Shipped", "Shipped and answered", "Declined"]
    new = next(row for row in re.findall(r"<tr>.*?</tr>", funnel) if ">New<" in row)
    assert 'aria-label="New: 1">1</summary><ul><li><a href="../feedback/new.html">New one</a></li>' in new
    reached = [int(count) for count in re.findall(r'data-label="Came this far">(\d+)<', funnel)]
    assert reached == [one.reached for one in said.funnel]


def test_feedback__says_who_was_never_told_and_since_when(pages: dict[str, Page], said: Feedback) -> None:
    told = part(pages["feedback/index.md"], "s-owed", "s-triage")
    assert [one.address for one in said.owed] == ["feedback/never"]
    assert f"Never told for {said.owed[0].owed_days} days Shipped · Mrs Wu · Li" in words(told)
    assert 'href="../feedback/told.html"' not in told


def test_feedback__themes_and_months_are_those_of_the_view(pages: dict[str, Page], said: Feedback) -> None:
    page = pages["feedback/index.md"]
    assert "New one for 19 days Important · Support" in words(part(page, "s-triage", "s-themes"))
    assert rows(part(page, "s-themes", "s-feel"))[1].startswith("doors 2 New one Never told 1 2")
    assert rows(part(page, "s-feel", "s-months"))[1].endswith("3")
    assert rows(part(page, "s-months", "s-all"))[1:] == ["Sep 2026 1", "Oct 2026 1", "Nov 2026 1"]
    assert sum(said.by_month) == 3


def test_decisions__say_what_must_be_looked_at_again_and_what_replaced_what(pages: dict[str, Page]) -> None:
    page = pages["decision/index.md"]
    again = words(part(page, "s-again", "s-replaced"))
    assert "Drop boxes tripwire crossed M: 5 (> 3), since 1 Nov · Li" in again
    assert "Drop boxes review due since 1 Nov · Li" in again
    assert "Try boxes → Drop boxes" in words(part(page, "s-replaced", "s-log"))
    assert "Try boxes Superseded 10 Mar · replaced by Drop boxes · Li" in words(part(page, "s-log", "s-all"))


def test_decisions__nothing_to_be_looked_at_again_is_said(workspace: Write) -> None:
    calm = {**WEEK, "decisions/d.md": "---\ntitle: Calm\ndate: 2026-11-02\nstatus: accepted\ndeciders: [li]\n---\nWhy.\n"}
    page = made(workspace, calm)["decision/index.md"]
    assert "No tripwire is crossed, no review is due, nothing is proposed." in words(page.html)
    assert "Decided, but on no evidence that is named 1 Calm" in words(part(page, "s-gaps", "s-log"))


def test_decisions__a_page_tells_the_chain_from_evidence_to_outcome(pages: dict[str, Page]) -> None:
    told = words(part(pages["decision/drop.md"], "s-chain", ""))
    assert "seen in M changes Build measured by no metric holds while M 5 days, agreed ≤ 3 tripwire crossed" in told
    assert "to be reviewed 1 Nov review due replaces Try boxes" in told
    assert "replaced by Drop boxes" in words(part(pages["decision/first.md"], "s-chain", ""))


def test_actions__each_team_sees_its_week(pages: dict[str, Page]) -> None:
    week = part(pages["actions.md"], "s-week", "s-open")
    assert re.findall(r'<h3 id="([^"]*)">', week) == ["p-week-depot", "p-week-ops", "p-week-product"]
    ops = words(week[week.index('id="p-week-ops"') : week.index('id="p-week-product"')])
    assert "16 to 22 November 2026, 3 things to do, 2 of them overdue" in ops
    assert "Late 10 days overdue Bo · Build Nobody's 1 day overdue Run Open 21 Nov Run" in ops
    product = words(week[week.index('id="p-week-product"') :])
    assert "Others wait for it Sunday 22 Nov Product → Ops · 1 task waits for it" in product


def test_actions__all_that_are_open_stand_by_owner(pages: dict[str, Page]) -> None:
    page = pages["actions.md"]
    assert re.findall(r'<h3 id="(p-owner-[^"]*)">', page.html) == ["p-owner-an", "p-owner-li", "p-owner-bo"]
    told = words(part(page, "p-owner-an", "p-owner-li"))
    assert "An 2 open, 1 overdue Call 3 days overdue M Write 30 Nov M" in told
    assert "Was done" not in words(page.html)
    assert 'href="meeting/m.html#p-a"' in page.html


def test_actions__a_team_and_a_person_have_theirs_on_their_page(pages: dict[str, Page]) -> None:
    team, person = pages["team/ops.md"], pages["person/an.md"]
    assert "Call 3 days overdue An · M" in words(part(team, "s-week", "s-actions"))
    assert "1 thing to do, 1 of them overdue Actions Call 3 days overdue M" in words(part(person, "s-week", "s-actions"))
    assert "1 more action is open, for later. Write 30 Nov M" in words(part(person, "s-actions", "s-references"))


def test_people__a_team_says_first_what_it_is_for_and_then_how_it_stands(pages: dict[str, Page]) -> None:
    page = pages["team/product.md"].html
    assert page.index("tu-facts") < page.index("Freeze weeks") < page.index('id="s-week"') < page.index('id="s-standing"')
    assert [one.id for one in pages["team/product.md"].headings][:3] == ["h-freeze", "s-week", "s-standing"]
    assert "Build in time due 18 Dec, forecast " in words(part(pages["team/product.md"], "s-standing", ""))


def test_people__whom_to_ask_is_answered_and_found(pages: dict[str, Page]) -> None:
    asked = [one for one in rows(part(pages["team/index.md"], "s-ask", "s-all")) if "refund" in one]
    assert asked == ["Desk Own refunds. Zoe #refunds 1 P"]
    assert "Zoe Refund lead G · P · M" in rows(part(pages["person/index.md"], "s-ask", "s-all"))
    for path in ("team/desk.md", "person/zoe.md"):
        assert any("refund" in text.lower() for _anchor, _title, text in pages[path].sections()), path


def test_lessons__stand_by_tag_and_on_the_open_plans_with_a_tag(pages: dict[str, Page]) -> None:
    page = pages["lessons.md"]
    assert [one.title for one in page.headings] == ["boxes", "launch"]
    assert 'href="#tag-1">boxes</a>' in page.html
    assert "Ask first Look back · 10 Nov · boxes" in words(part(page, "tag-2", ""))
    assert "1 lesson to begin with Ask first" in words(pages["plan/again.md"].html)
    assert "Ask first" not in words(pages["plan/over.md"].html)


def test_lessons__a_retro_says_whether_its_actions_were_followed(pages: dict[str, Page]) -> None:
    assert rows(part(pages["retro/index.md"], "s-follow", "s-all"))[1] == "Look back 10 Nov 2 Do it Do that 50% 1 1"


def test_scorecards__each_figure_says_what_it_was_computed_from(pages: dict[str, Page]) -> None:
    assert rows(part(pages["scorecard/index.md"], "s-scores", ""))[1].startswith("Card 2026-Q4")
    days, actions = rows(part(pages["scorecard/s.md"], "s-score", ""))[1:3]
    assert days == "Days 60 5 days 4 80% M"
    assert actions == "Actions 40 50% 100 50% 2 actions Do it Do that"


def test_meetings__show_what_is_next_held_and_missed(pages: dict[str, Page]) -> None:
    for path in ("meeting/index.md", "cadence/index.md"):
        assert rows(part(pages[path], "s-rhythm", "s-all"))[1] == "Weekly Thursday 26 Nov 10:00 2 1 (12 Nov) 19 Nov"
    dates = part(pages["cadence/weekly.md"], "s-dates", "")
    assert [words(one) for one in re.findall(r"<li>(.*?)</li>", dates)[:4]] == [
        "Thursday 26 Nov planned", "Thursday 19 Nov held", "Thursday 12 Nov missed", "Thursday 5 Nov held",
    ]  # fmt: skip


def test_activities__say_who_had_part_and_who_had_none(pages: dict[str, Page]) -> None:
    page = pages["activity/index.md"]
    assert "Swap 2 Dec Role swap" in words(part(page, "s-coming", "s-teams"))
    assert "Product 1 doors" in rows(part(page, "s-teams", "s-people"))
    assert rows(part(page, "s-people", "s-without"))[1:] == ["Li 1 doors"]
    assert re.findall(r"<li>(.*?)</li>", part(page, "s-without", "s-all")) == [
        f'<a href="../person/{name}.html">{name.capitalize()}</a>' for name in ("abe", "an", "bo", "zoe")
    ]


EVIL = "<script>hit()</script>\"'>{}"


def test_practice_pages__show_text_of_records_as_text(workspace: Write) -> None:
    def evil(text: str) -> str:
        for title in ("Never told", "Drop boxes", "Look back", "Ask first", "Do that", "doors", "boxes", "Mrs Wu", "Own refunds.", "Call"):
            text = text.replace(title, f"'{EVIL.replace(chr(39), chr(39) * 2)}'")
        return text

    pages = made(workspace, {path: evil(text) if isinstance(text, str) else text for path, text in TOGETHER.items()})
    wanted = ("feedback/index.md", "decision/index.md", "decision/drop.md", "actions.md", "lessons.md", "retro/index.md", "team/index.md")
    for path in wanted:
        assert "&lt;script&gt;hit()" in pages[path].html, path
    assert not [path for path, page in pages.items() if "<script" in page.html]
