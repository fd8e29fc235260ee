"""What must not pass for fine: goals that have not begun, plans that nobody can forecast; and that all answers count them alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import Written
from trueup.checks.runner import check
from trueup.cli.goals import command as goals_command
from trueup.cli.report import command as report_command
from trueup.cli.schedule import command as schedule_command
from trueup.cli.status import command as status_command
from trueup.records.workspace import Workspace
from trueup.site.home import home_page
from trueup.site.site import Docs, site_of
from trueup.views.derived import Derived
from trueup.views.goals import goals
from trueup.views.period_report import period_around, period_report
from trueup.views.status import status

Write = Callable[[Mapping[str, str | bytes]], Written]

# A Sunday: since the Friday on which some plans were due no working day has passed.
TODAY = date(2026, 11, 22)

RESULT = "key_results: [{id: k, title: K, baseline: 0, target: 10}]\n"
RING = "tasks: [{id: a, title: A, depends_on: [b]}, {id: b, title: B, depends_on: [a]}]\n"
DONE = "tasks: [{id: a, title: A, status: done, done_on: 2026-11-12}]\n"


def goal(title: str, period: str, status: str = "active") -> str:
    return f"title: {title}\nperiod: {period}\nstatus: {status}\nproduct_owner: li\nteams: [product]\n{RESULT}"


def plan(title: str, rest: str) -> str:
    return f"title: {title}\nteam: product\nowner: li\nstatus: active\ngoals: [now]\n{rest}"


def checkin(subject: str, day: str, health: str, value: float) -> str:
    return f"subject: goal/{subject}\ndate: {day}\nauthor: li\nhealth: {health}\nkey_results: {{k: {value}}}\n"


SHOP = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/people/li.yaml": "title: Li\nteam: product\n",
    "goals/now.yaml": goal("Now", "2026-Q4"),
    "goals/dark.yaml": goal("Dark", "2026-Q4"),
    "goals/next.yaml": goal("Next quarter", "2027-Q1"),
    "goals/ahead.yaml": goal("Ahead of its time", "2027-Q1"),
    "goals/doubt.yaml": goal("Doubted", "2027-01"),
    "checkins/a.yaml": checkin("now", "2026-11-10", "on-track", 6),
    "checkins/b.yaml": checkin("ahead", "2026-11-10", "on-track", 9),
    "checkins/c.yaml": checkin("doubt", "2026-11-10", "off-track", 0),
    "plans/bare.yaml": plan("Bare", "due: 2026-11-10\n"),
    "plans/ring.yaml": plan("Ring", "due: 2026-11-10\n" + RING),
    "plans/open-ring.yaml": plan("Ring to come", "due: 2026-12-18\n" + RING),
    "plans/over.yaml": plan("Over", "due: 2026-11-20\n" + DONE),
    "plans/late.yaml": plan("Late", "due: 2026-11-24\ntasks: [{id: a, title: A, estimate: 5}]\n"),
    "plans/fine.yaml": plan("Fine", "due: 2026-12-18\ntasks: [{id: a, title: A, estimate: 5}]\n"),
}
GOALS = "5 open goals: 1 on track, 1 without data, 3 not begun yet\n"
CONFIDENCE = "Net confidence +33 points: the share whose owners say on track less the share whose owners say off track.\n"
PLANS = "6 open plans; 3 overdue, 1 will be late, 3 without a forecast"


@pytest.fixture
def written(workspace: Write) -> Written:
    return workspace(SHOP)


@pytest.fixture
def shop(written: Written) -> Workspace:
    return written.load()


def test_goals__before_its_period_a_goal_has_no_health(shop: Workspace) -> None:
    found = goals(shop, TODAY)
    ahead = found.goal("goal/ahead")
    assert ahead is not None
    assert (ahead.has_begun, ahead.data_health, ahead.behind, ahead.is_watermelon) == (False, None, None, False)
    assert (ahead.progress, ahead.said_health) == (0.9, "on-track"), "what is known is told all the same"
    assert found.not_begun == 3
    begun = goals(shop, date(2027, 1, 1))
    assert (begun.not_begun, begun.goal("goal/ahead").data_health) == (0, "on-track")  # type: ignore[union-attr]


def test_goals__of_which_the_period_cannot_be_read_has_begun_for_all_we_know(workspace: Write) -> None:
    found = goals(workspace({**SHOP, "goals/next.yaml": goal("Some day", "soon")}).load(), TODAY)
    assert [one.has_begun for one in found.goals if one.address == "goal/next"] == [True]
    assert found.not_begun == 2


def test_status__a_goal_that_has_not_begun_is_counted_by_itself(shop: Workspace) -> None:
    found = status(Derived(shop, TODAY)).standing
    assert (found.on_track, found.at_risk, found.off_track, found.unknown, found.not_begun) == (1, 0, 0, 1, 3)
    assert found.on_track + found.at_risk + found.off_track + found.unknown + found.not_begun == len(found.goals)
    assert [(one.address, one.health, one.is_shaky) for one in found.goals] == [
        ("goal/dark", None, True),
        ("goal/now", "on-track", False),
        ("goal/doubt", None, True),
        ("goal/next", None, False),
        ("goal/ahead", None, False),
    ], "before it begins a goal is only looked at where its owners doubt it"


def test_status__counts_overdue_and_late_plans_and_those_without_a_forecast(shop: Workspace) -> None:
    found = status(Derived(shop, TODAY))
    assert (found.overdue_plans, found.late_plans, found.plans_without_forecast) == (3, 1, 3)
    assert [(one.address, one.days_late, one.forecast) for one in found.plans] == [
        ("plan/bare", 8, None),
        ("plan/ring", 8, None),
        ("plan/late", 3, date(2026, 11, 27)),
        ("plan/over", 0, TODAY),
        ("plan/open-ring", None, None),
        ("plan/fine", -15, date(2026, 11, 27)),
    ]
    assert [one.address for one in found.plans if not one.is_shaky] == ["plan/fine"]


def home(shop: Workspace) -> str:
    page = home_page(site_of(shop, check(shop, TODAY), TODAY, Docs(), "file"))
    return unescape(re.sub(r"<[^>]+>", " ", page.html))


def test_status_report_goals_schedule_json_and_home__tell_the_same(written: Written, shop: Workspace) -> None:
    def run(command: Any, *arguments: str) -> str:
        options = ["--root", str(written.root), "--today", TODAY.isoformat(), "--lang", "en"]
        found = CliRunner().invoke(command, [*arguments, *options], env={"COLUMNS": "200"})
        assert found.exit_code == 0, found.output
        return found.output

    def data(command: Any, *arguments: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(run(command, *arguments, "--format", "json"))
        return answer

    texts = (run(status_command), run(report_command, "quarter", "--format", "text"), home(shop))
    for text in texts[:2]:
        for words in (GOALS, CONFIDENCE, PLANS):
            assert words in text
    # What the others say in a sentence the first page says in figures that lead to what they count.
    for figure in (r"1\s+goal on track", r"1\s+goal without data", r"3\s+plans overdue", r"1\s+plan will be late"):
        assert re.search(figure, texts[2]), (figure, texts[2])
    for text in texts:
        for line in (
            r"8 working days late +Bare +overdue since 10 Nov, nothing planned in it",
            r"8 working days late +Ring +overdue since 10 Nov, no forecast",
            r"3 working days late +Late +due 24 Nov, forecast 27 Nov",
            r"late +Over +overdue since 20 Nov, all done but not closed",
            r"no forecast +Ring to come +due 18 Dec",
        ):
            cells = line.split(" +")
            swapped = r"\s+".join([cells[1], cells[0], cells[2]])
            assert re.search(line, text) or re.search(swapped, text), (line, text)
    assert "3 open goals have not begun yet." in run(goals_command)

    by_status, by_schedule, by_goals, by_report = (
        data(status_command), data(schedule_command), data(goals_command), data(report_command, "quarter"),
    )  # fmt: skip
    assert by_report["status"] == {key: value for key, value in by_status.items() if key != "version"}
    assert by_report["standing"] == by_status["standing"]
    assert by_status["standing"]["not_begun"] == by_goals["not_begun"] == 3
    assert by_status["plans_without_forecast"] == by_schedule["without_forecast"] == 3
    assert by_status["standing"]["net_confidence"] == by_goals["confidence"]["net"]
    scheduled = {one["address"]: one for one in by_schedule["plans"]}
    for line in by_status["plans"]:
        for name in ("forecast", "days_late", "is_late", "is_overdue", "open_parts"):
            assert line[name] == scheduled[line["address"]][name]
    health = {one["address"]: one["data_health"] for one in by_goals["goals"]}
    assert {one["address"]: one["health"] for one in by_status["standing"]["goals"]} == health


# --- reports ------------------------------------------------------------------------------------------------------------------

QUARTERS = SHOP | {
    "goals/spring.yaml": goal("Spring", "2026-Q2", "missed"),
    "goals/summer.yaml": goal("Summer", "2026-Q3", "achieved"),
    "goals/left.yaml": goal("Left open", "2026-Q3"),
    "goals/year.yaml": goal("Year", "2026"),
    "goals/given-up.yaml": goal("Given up", "2026-Q4", "dropped"),
    "goals/early.yaml": goal("Done early", "2026-Q4", "achieved"),
    "goals/sketch.yaml": goal("Sketch", "2026-Q4", "draft"),
    "checkins/d.yaml": checkin("summer", "2026-08-10", "at-risk", 3),
    "checkins/e.yaml": checkin("summer", "2026-10-02", "on-track", 9),
    "plans/stuck.yaml": plan("Stuck", "tasks: [{id: a, title: A, status: blocked, blocked_by: No budget, due: 2026-07-10}]\n"),
    "decisions/old.yaml": "title: Old way\ndate: 2026-08-03\nstatus: superseded\ntype: decision\ndeciders: [li]\n",
    "decisions/new.yaml": ("title: New way\ndate: 2026-11-03\nstatus: accepted\ntype: decision\ndeciders: [li]\nsupersedes: old\n"),
    "decisions/open.yaml": "title: Open question\ndate: 2026-08-04\nstatus: proposed\ntype: decision\ndeciders: [li]\n",
}


@pytest.fixture
def quarters(workspace: Write) -> Workspace:
    return workspace(QUARTERS).load()


def test_period_report__of_the_quarter_that_runs_has_its_goals_open_ended_and_to_come(quarters: Workspace) -> None:
    found = period_report(quarters, "quarter", period_around("quarter", TODAY), TODAY)
    assert {one.address for one in found.standing.goals if one.has_begun} == {"goal/now", "goal/dark", "goal/year", "goal/left"}
    assert {one.address for one in found.standing.goals if not one.has_begun} == {"goal/next", "goal/ahead", "goal/doubt"}
    assert {(one.address, one.status) for one in found.ended} == {("goal/given-up", "dropped"), ("goal/early", "achieved")}
    assert found.status == status(Derived(quarters, TODAY))


def test_period_report__of_a_past_quarter_has_the_goals_of_then_as_they_ended(quarters: Workspace) -> None:
    found = period_report(quarters, "quarter", period_around("quarter", date(2026, 8, 1)), TODAY)
    assert found.as_of == found.standing.today == date(2026, 9, 30)
    assert [one.address for one in found.standing.goals] == ["goal/left", "goal/year"]
    assert [(one.address, one.status, one.progress) for one in found.ended] == [("goal/summer", "achieved", 0.9)]
    spring = period_report(quarters, "month", period_around("month", date(2026, 6, 1)), TODAY)
    assert [(one.address, one.status) for one in spring.ended] == [("goal/spring", "missed")]


def test_period_report__of_a_month_within_its_period_a_goal_was_still_open(quarters: Workspace) -> None:
    found = period_report(quarters, "month", period_around("month", date(2026, 8, 1)), TODAY)
    summer = next(one for one in found.standing.goals if one.address == "goal/summer")
    assert (summer.group, summer.status, summer.progress, summer.health) == ("open", None, 0.3, "off-track")
    assert found.ended == ()
    october = period_report(quarters, "month", period_around("month", date(2026, 10, 1)), TODAY)
    assert "goal/given-up" not in {one.address for one in (*october.standing.goals, *october.ended)}, "dropped then or later: not known"


def test_period_report__of_a_past_period_has_nothing_of_how_tasks_stand_today(quarters: Workspace) -> None:
    found = period_report(quarters, "quarter", period_around("quarter", date(2026, 8, 1)), TODAY)
    assert (found.status, found.due_next, found.gaps) == (None, (), ())
    assert [(one.address, one.status) for one in found.happened.decided] == [
        ("decision/old", "accepted"),
        ("decision/open", "proposed"),
    ], "it was superseded only in November"


def told(written: Written, *arguments: str, code: int = 0, today: date = TODAY) -> str:
    options = ["--root", str(written.root), "--today", today.isoformat(), "--lang", "en", "--format", "text"]
    found = CliRunner().invoke(report_command, [*arguments, *options], env={"COLUMNS": "200"})
    assert found.exit_code == code, found.output
    return found.output


def test_report__of_a_past_period_says_once_what_is_left_out(workspace: Write) -> None:
    written = workspace(QUARTERS)
    text = told(written, "quarter", "--on", "2026-08-01")
    assert text.count("How plans, tasks and feedback stood then is left out: the records of today do not tell.") == 1
    assert "No budget" not in text
    assert "working days late" not in text
    assert "Decisions wanted" not in text
    assert "Goals that have ended\n  Achieved   Summer   90% done · Li\n" in text
    assert "not begun" not in text
    running = told(written, "quarter")
    assert "the records of today do not tell" not in running
    assert "No budget" in running
    assert running.count("begins 1 January 2027") == 3, "each stands under its own heading alone"
    assert "Goals that have not begun yet\n  Doubted             begins 1 January 2027 · said: Off track · Li\n" in running


def test_report__on_a_monday_puts_how_it_stands_under_todays_date(workspace: Write) -> None:
    written = workspace(QUARTERS)
    text = told(written, "week", today=date(2026, 11, 23))
    assert "Weekly report · 16 to 22 November 2026\n2026-W47\n" in text
    assert f"as of 23 November 2026: {PLANS.replace('6 open', '7 open')}" in text
    assert "Late, overdue or blocked, as of 23 November 2026\n" in text
    assert "Decisions wanted, as of 23 November 2026\n  proposed   Open question   for 111 days\n" in text
    later = told(written, "week", "--on", "2026-11-20", today=date(2026, 11, 30))
    assert "the records of today do not tell" in later
    assert "working days late" not in later
    assert "the records of today do not tell" not in told(written, "week", "--on", "2026-11-20", today=date(2026, 11, 29))


@pytest.mark.parametrize(("span", "day", "name"), [("week", "2026-11-23", "2026-W48"), ("quarter", "2027-03-01", "2027-Q1")])
def test_report__of_a_period_that_is_to_come_is_refused(written: Written, span: str, day: str, name: str) -> None:
    text = told(written, span, "--on", day, code=2)
    assert f"{name} begins on " in text
    assert "and today is 2026-11-22: there is nothing to report yet" in text


def test_period_report__of_a_period_that_is_to_come_is_no_report(shop: Workspace) -> None:
    with pytest.raises(ValueError, match="2026-12 has not begun on 2026-11-22"):
        period_report(shop, "month", period_around("month", date(2026, 12, 24)), TODAY)
