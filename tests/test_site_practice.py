"""Goals, check-ins, alignment and reports as pages: what a reader finds there beside the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape

import pytest

from conftest import Written
from test_site_home import SHOP
from trueup.checks.runner import check
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.site import Docs, site_of

Write = Callable[[Mapping[str, str | bytes]], Written]

TODAY = date(2026, 11, 20)

TREE = {
    **SHOP,
    "goals/year.yaml": "title: Year\nperiod: 2026\nstatus: active\nproduct_owner: li\nteams: [product]\nuser_value: 5\nbusiness_value: 4\n",
    "goals/behind.yaml": SHOP["goals/behind.yaml"] + "parent: year\n",
    "goals/next.yaml": "title: Next\nperiod: 2027-Q1\nstatus: active\nproduct_owner: li\n",
    "goals/over.yaml": "title: Over\nperiod: 2026-Q1\nstatus: achieved\nproduct_owner: li\n",
    "plans/idle.yaml": "title: Idle\nteam: product\nstatus: active\n",
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "goals/shared.yaml": "title: Shared\nperiod: 2026-Q4\nstatus: active\nproduct_owner: li\nteams: [ops]\n",
}


@pytest.fixture
def pages(workspace: Write) -> dict[str, Page]:
    loaded = workspace(TREE).load()
    return {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def rows(markup: str) -> list[str]:
    return [words(row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", markup)]


def part(page: Page, start: str, end: str) -> str:
    """The markup from one anchor to the next, ``""`` for the end of the page."""
    found = page.html[page.html.index(f'id="{start}"') :]
    return found[: found.index(f'id="{end}"')] if end else found


def test_goals__stand_in_their_tree_with_what_owners_and_data_say(pages: dict[str, Page]) -> None:
    tree = part(pages["goal/index.md"], "s-tree", "s-needs")
    assert rows(tree) == [
        "Goal Period Progress Data say Owners say Owner",
        "Year 2026 10% Off track no check-in Li",
        "Behind 2026-Q4 10% Off track On track watermelon Li",
        "Shared 2026-Q4 no data no data no check-in Li",
        "Next 2027-Q1 no data not begun yet no check-in Li",
    ]
    assert re.findall(r'<tr data-state="([^"]*)"><td class="tu-what tu-depth-(\d)"', tree) == [
        ("off-track", "0"), ("off-track", "1"), ("unknown", "0"), ("not-begun", "0"),
    ]  # fmt: skip


def test_goals__those_that_are_over_stand_in_the_list_only(pages: dict[str, Page]) -> None:
    page = pages["goal/index.md"]
    assert "Over" not in words(part(page, "s-tree", "s-all"))
    assert "Over" in words(part(page, "s-all", ""))


def test_goals__the_page_of_a_goal_explains_a_watermelon(pages: dict[str, Page]) -> None:
    page = pages["goal/behind.md"]
    told = words(part(page, "s-standing", "s-health"))
    assert "10% 55% of the time gone Data say Off track Owners say On track watermelon" in told
    assert "watermelon its owners say better than its numbers" in told
    assert {one.id for one in page.headings} >= {"s-standing", "s-health"}


def test_goals__without_key_results_say_what_their_progress_is_the_mean_of(pages: dict[str, Page]) -> None:
    assert "Its progress is the mean of the 1 goal below it." in words(pages["goal/year.md"].html)


def test_checkins__show_watermelons_and_the_latest_signs_of_each(pages: dict[str, Page]) -> None:
    page = pages["checkin/index.md"]
    assert rows(part(page, "s-watermelons", "s-health"))[1] == "Behind On track watermelon 17 Nov Off track"
    signs = re.findall(r'title="([^"]*)"><span class="tu-pill tu-sign tu-(\w+)">', part(page, "s-health", "s-all"))
    assert signs == [("9 Nov At risk", "warn"), ("17 Nov On track", "good")]


def test_alignment__shows_gaps_and_plans_without_a_goal(pages: dict[str, Page]) -> None:
    page = pages["alignment.md"]
    assert rows(page.html) == [
        "Goal Ops Product", "Year (1)", "Behind 1 Slow", "Shared no plan gap gap", "Next no plan gap",
    ]  # fmt: skip
    assert words(part(page, "s-aimless", "")).endswith("Idle")


PROMISED = {
    **TREE,
    "plans/launch.yaml": "title: Launch\nteam: product\nowner: li\nstatus: active\ndue: 2026-12-18\n"
    "milestones: [{id: live, title: Live, due: 2026-11-30}]\n",
    "plans/rota.yaml": "title: Rota\nteam: ops\nowner: li\nstatus: active\ndue: 2026-12-18\n"
    "tasks: [{id: riders, title: Riders, estimate: 15, pegged_to: plan/launch#live, offset: -5}]\n",
    "checkins/rota.yaml": "subject: plan/rota\ndate: 2026-11-18\nauthor: li\nhealth: at-risk\n",
}


@pytest.fixture
def promised(workspace: Write) -> dict[str, Page]:
    loaded = workspace(PROMISED).load()
    return {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}


def test_plans__stand_in_the_same_words_wherever_they_are_named(promised: dict[str, Page]) -> None:
    verdict = "breaks 1 promise owner: At risk"
    assert f"Rota {verdict}" in words(promised["person/li.md"].html)
    assert f"Rota {verdict}" in words(promised["team/ops.md"].html)
    assert f"Rota {verdict}" in words(part(promised["plan/index.md"], "s-board", "s-all"))
    assert "Launch counts on 1 promise that breaks" in words(promised["team/product.md"].html)
    assert "its dates: breaks 1 promise its owner: At risk" in words(promised["plan/rota.md"].html)


def test_promises__that_break_say_whose_they_are_and_who_counts_on_them(workspace: Write) -> None:
    people = {"team/people/anna.yaml": "title: Anna\nteam: product\n"}
    launch = PROMISED["plans/launch.yaml"].replace("owner: li", "owner: anna")
    loaded = workspace({**PROMISED, **people, "plans/launch.yaml": launch}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    home = words(found["index.md"].html)
    assert "Riders 13 working days late Li · needed 23 Nov, forecast 10 Dec · for Live ( Anna )" in home
    assert "Live 30 Nov Launch · Anna · counts on 1 promise that breaks" in home, "the milestone's own date looks well"
    assert "Riders Li" in words(part(found["plan/index.md"], "s-promises", "s-board"))
    assert "1 promise breaks" in part(found["plan/launch.md"], "s-schedule", "s-promises"), "in the chart"
    told = words(found["reports/2026-w47.md"].html)
    assert "promise breaks Riders · Li · needed 23 Nov, forecast 10 Dec (for Live)" in told


def test_list__of_plans_says_in_words_what_is_not_well_with_each(promised: dict[str, Page]) -> None:
    rows = re.findall(r"<tr data-state.*?</tr>", part(promised["plan/index.md"], "s-all", ""))
    told = {words(row).split()[0]: words(row) for row in rows}
    assert "Active breaks 1 promise owner: At risk" in told["Rota"]
    assert "Active counts on 1 promise that breaks" in told["Launch"]
    assert "in time" not in " ".join(told.values())


def test_reports__a_task_that_is_overdue_blocked_and_promised_is_one_line(workspace: Write) -> None:
    late = PROMISED["plans/rota.yaml"].replace(
        "estimate: 15,", "estimate: 15, due: 2026-11-16, status: blocked, blocked_reason: No riders,"
    )
    loaded = workspace({**PROMISED, "plans/rota.yaml": late}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    told = words(found["reports/2026-w47.md"].html)
    assert told.count("Riders") == 1
    assert "4 days overdue Riders · Rota · Li · needed 23 Nov, forecast 10 Dec (for Live) · blocked" in told


def test_reports__are_kept_from_the_first_check_in_on(pages: dict[str, Page]) -> None:
    found = [path for path in pages if path.startswith("reports/")]
    assert found == [
        "reports/2026-11.md", "reports/2026-q4.md", "reports/2026-w46.md", "reports/2026-w47.md", "reports/index.md",
    ]  # fmt: skip
    links = re.findall(r'<li><a href="([^"]*)"', pages["reports/index.md"].html)
    assert links == ["../reports/2026-w47.html", "../reports/2026-w46.html", "../reports/2026-11.html", "../reports/2026-q4.html"]


def test_reports__say_what_the_command_says_with_links(pages: dict[str, Page], workspace: Write) -> None:
    page = pages["reports/2026-w47.md"]
    assert page.title == "Weekly report · 16 to 22 November 2026"
    assert 'href="../goal/behind.html">Behind</a>' in page.html
    assert "3 open goals" not in words(page.html)
    assert "4 open goals: 2 off track, 1 without data, 1 not begun yet" in words(page.html)
    assert 'rel="prev">← 9 Nov – 15 Nov</a>' in page.html
    assert 'rel="next"' not in page.html


def test_practice_pages__are_left_out_where_there_is_nothing_to_show(workspace: Write) -> None:
    loaded = workspace({"trueup.yaml": "title: Empty\n"}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    assert "alignment.md" not in found
    assert not any(path.startswith("reports/") for path in found)
    assert "s-tree" not in found["goal/index.md"].html


def test_plans__stand_on_a_time_axis_and_by_their_states(pages: dict[str, Page]) -> None:
    page = pages["plan/index.md"]
    assert '<svg class="tu-c-wide"' in part(page, "s-timeline", "s-board")
    assert "Active 2 Slow 6 working days late due 24 Nov, forecast 2 Dec · Li Idle no forecast" in words(part(page, "s-board", "s-all"))


def test_plans__those_that_are_over_are_cut_on_the_board(workspace: Write) -> None:
    done = {f"plans/p{n}.yaml": f"title: P{n}\nstatus: done\ndue: 2026-0{n}-01\n" for n in range(1, 8)}
    loaded = workspace({**SHOP, **done}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    board = words(part(found["plan/index.md"], "s-board", "s-all"))
    assert "Done 7 P7 1 Jul P6 1 Jun P5 1 May P4 1 Apr P3 1 Mar 2 more" in board


def test_plans__the_page_of_a_plan_says_why_it_ends_when_it_ends_and_what_that_holds_up(pages: dict[str, Page]) -> None:
    page = pages["plan/slow.md"]
    assert "6 working days late due 24 Nov, forecast 2 Dec" in words(part(page, "s-schedule", "s-path"))
    path = part(page, "s-path", "")
    assert "Why not before 2 December 2026" in words(path)
    assert "1 Long task 20 Nov – 2 Dec open, not before today" in words(path)
    assert "Goals that it holds up: Behind" in words(path)


def test_plans__a_closed_plan_has_no_schedule(workspace: Write) -> None:
    loaded = workspace({**SHOP, "plans/slow.yaml": "title: Slow\nstatus: done\ntasks: [{id: a, title: A}]\n"}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    assert "s-schedule" not in found["plan/slow.md"].html


def test_load__names_who_has_too_much_and_what_takes_most_of_it(workspace: Write) -> None:
    tasks = "[{id: a, title: Huge, owner: li, estimate: 3}, {id: b, title: Large, owner: li, estimate: 2}]"
    much = f"title: Much\nstatus: active\nowner: li\ntasks: {tasks}\n"
    loaded = workspace({**SHOP, "plans/much.yaml": much}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    crowded = found["load.md"].html
    crowded = crowded[crowded.index('id="s-over"') :]
    assert "much to do Li Week Days Capacity Load Largest 2026-W47 2 1 200% Huge (1) · Large (1)" in words(crowded)
    assert 'href="plan/much.html#p-a">Huge</a>' in crowded


def test_metrics__their_course_marks_the_decisions_made_on_them(workspace: Write) -> None:
    decision = "---\ntitle: Fewer slots\ndate: 2026-11-09\nstatus: accepted\nevidence: [metric/orders]\n---\nWhy.\n"
    loaded = workspace({**SHOP, "decisions/fewer.md": decision}).load()
    found = {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file"))}
    course = found["metric/orders.md"].html
    assert 'href="../decision/fewer.html">Fewer slots</a>' in course[course.index('id="s-course"') :]
    assert "Ask twice" not in words(course)
