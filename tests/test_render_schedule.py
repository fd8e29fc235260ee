"""The schedule and the load on a terminal: `trueup schedule` and `trueup load`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conftest import Written
from trueup.cli.load import command as load_command
from trueup.cli.schedule import command as schedule_command
from trueup.records.workdays import Calendar, Workdays
from trueup.render.gantt import CELLS, DUE, MILESTONE, SLACK, axis

Write = Callable[[Mapping[str, str | bytes]], Written]
Run = Callable[..., str]

MONDAY = date(2026, 11, 23)
USUAL = Workdays(Calendar())

SHOP = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    "team/people/li-wei.yaml": "title: 李薇\nteam: product\n",
    "team/people/marcus-webb.yaml": "title: Marcus Webb\nteam: operations\ncapacity: 4\n",
    "team/people/sun-na.yaml": "title: Sun Na\nteam: operations\n",
    "goals/evenings.yaml": "title: Evenings\nperiod: 2026-Q4\nstatus: active\n",
    "goals/speed.yaml": "title: Speed\nperiod: 2026-Q4\nstatus: active\n",
    "plans/slots.yaml": """title: Evening slots
team: product
status: active
owner: li-wei
goals: [evenings, speed]
due: 2026-11-30
tasks:
  - {id: rules, title: Zone rules, owner: li-wei, status: done, done_on: 2026-11-19}
  - {id: build, title: 选择时段, owner: li-wei, status: doing, start: 2026-11-20, due: 2026-11-25, estimate: 6}
  - {id: load-test, title: Load test, estimate: 3, due: 2026-12-01, depends_on: [build]}
  - {id: pages, title: Zone pages, owner: sun-na, estimate: 1.5}
milestones:
  - {id: launch, title: Launch, due: 2026-12-01}
""",
    "plans/riders.yaml": """title: Evening riders
team: operations
status: active
owner: marcus-webb
follows: [slots]
due: 2026-12-18
tasks:
  - {id: sign, title: Sign 14 riders, owner: marcus-webb, estimate: 4, pegged_to: plan/slots#launch, offset: -4}
  - {id: brief, title: Brief support, owner: marcus-webb, estimate: 2}
  - {id: review, title: Review, owner: sun-na, estimate: 2, pegged_to: plan/slots#launch, offset: 5}
""",
    "plans/cold.yaml": "title: Cold room\nteam: operations\nstatus: paused\ntasks: [{id: build, title: Build, estimate: 5}]\n",
    "plans/over.yaml": "title: Over\nteam: operations\nstatus: done\n",
}


@pytest.fixture
def run(workspace: Write) -> Run:
    """What ``schedule`` or ``load`` prints on the shop."""

    def ran(*arguments: str, files: Mapping[str, str] | None = None, fails: int = 0, today: str = "2026-11-23") -> str:
        root = workspace({**SHOP, **(files or {})}).root
        command = load_command if arguments[0] == "load" else schedule_command
        done = CliRunner().invoke(command, [*arguments[1:], "--root", str(root), "--today", today], env={"LANG": "en_GB.UTF-8"})
        assert done.exit_code == fails, done.output
        return done.output

    return ran


def test_schedule__all_plans_and_why_those_are_late_that_are(run: Run) -> None:
    assert (
        run("schedule")
        == """\
Plan                 Owner         Due      Forecast   Late   Slack   23 Nov    7 Dec
──────────────────────────────────────────────────────────────────────────────────────────
Evening slots        李薇          30 Nov   2 Dec      2              █████|██
Evening riders       Marcus Webb   18 Dec   9 Dec             7       █████████████      |
[Paused] Cold room                          27 Nov                    ▒▒▒▒▒

█ until the forecast   | due   late and slack in working days

Evening slots: 2 working days late, 2 Dec instead of 30 Nov
  1.   23 Nov – 27 Nov   选择时段    open, not before today
  2.   30 Nov – 2 Dec    Load test   after 1
  Goals that it holds up:
    Evenings
    Speed
  Plans behind it: Evening riders
  Tasks elsewhere that wait for it:
    Evening riders › Review
    Evening riders › Sign 14 riders
"""
    )


def test_schedule__one_plan_with_its_tasks_as_bars(run: Run) -> None:
    assert (
        run("schedule", "riders")
        == """\
Evening riders  [Active]
due 18 December 2026  forecast 9 December 2026  7 working days to spare

Task             Owner         Due   Forecast   Late   Slack   23 Nov    7 Dec
───────────────────────────────────────────────────────────────────────────────────
Brief support    Marcus Webb         24 Nov            18      ▒▒··················
Sign 14 riders   Marcus Webb         26 Nov            16      ▒▒▒▒················
Review           Sun Na              9 Dec             7                  ██·······

█ critical path   ▒ other work   · slack   | due   ◆ milestone   days are working days

Why not before 9 December 2026
  1.   23 Nov – 27 Nov   Evening slots › 选择时段    open, not before today
  2.   30 Nov – 2 Dec    Evening slots › Load test   after 1
  3.   2 Dec             Evening slots › Launch      after 2
  4.   8 Dec – 9 Dec     Review                      pegged to 3
"""
    )


def test_schedule__broken_promises_by_what_they_are_pegged_to(run: Run) -> None:
    late = SHOP["plans/riders.yaml"].replace("estimate: 4", "estimate: 7")
    told = run("schedule", "slots", files={"plans/riders.yaml": late})
    assert told.endswith("""\

Promises that break
  Evening slots › Launch, due 1 Dec, forecast 2 Dec:
    needed 26 Nov, forecast 1 Dec   3 working days late   Sign 14 riders   Marcus Webb
""")


def test_schedule__what_has_no_forecast_and_years_to_be_announced_are_said(run: Run) -> None:
    tasks = "tasks: [{id: a, title: A, depends_on: [b]}, {id: b, title: B, depends_on: [a]}, {id: c, title: C, depends_on: [a]}]\n"
    ring = "title: Ring\nteam: product\nstatus: active\ndue: 2026-12-31\n" + tasks
    far = "title: Far\nteam: product\nstatus: active\ntasks: [{id: a, title: A, start: 2031-01-06}, {id: b, title: B, start: 2099-01-05}]\n"
    told = run("schedule", files={"plans/ring.yaml": ring, "plans/far.yaml": far, "trueup.yaml": "calendar: {country: CN}\n"})
    assert (
        """
Without a forecast
  Far › B: it lies too far ahead
  Ring › A: it waits for itself, round in a circle
  Ring › B: it waits for itself, round in a circle
  Ring › C: it waits for something without a forecast

Provisional: the holidays of 2031 are not announced yet, so the dates may move.
"""
        in told
    )
    assert "no forecast" in run("schedule", "ring", files={"plans/ring.yaml": ring})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "no due date  nothing planned in it"),
        ("due: 2026-11-19\n", "due 19 November 2026  nothing planned in it  2 working days late"),
        (
            "due: 2026-11-19\ntasks: [{id: a, title: A, status: done, done_on: 2026-11-18}]\n",
            "due 19 November 2026  all done on 18 November 2026  2 working days late",
        ),
        (
            "due: 2026-11-20\ntasks: [{id: a, title: A, status: done}]\n",
            "due 20 November 2026  all done but not closed  1 working day late",
        ),
        ("due: 2026-11-24\ntasks: [{id: a, title: A, estimate: 2}]\n", "due 24 November 2026  forecast 24 November 2026  nothing to spare"),
        ("tasks: [{id: a, title: A, status: done, done_on: 2026-11-20}]\n", "no due date  all done on 20 November 2026"),
    ],
)
def test_schedule__what_is_missing_is_said(run: Run, text: str, line: str) -> None:
    told = run("schedule", "plan/one", files={"plans/one.yaml": "title: One\nteam: product\nstatus: active\n" + text})
    assert told.splitlines()[1] == line


def test_schedule__what_is_overdue_says_since_when_and_why(run: Run) -> None:
    head = "title: {}\nteam: product\nstatus: active\ndue: 2026-11-19\n"
    told = run(
        "schedule",
        files={
            "plans/bare.yaml": head.format("Bare"),
            "plans/ring.yaml": head.format("Ring") + "tasks: [{id: a, title: A, depends_on: [a]}]\n",
            "plans/over.yaml": head.format("Over") + "tasks: [{id: a, title: A, status: done, done_on: 2026-11-18}]\n",
        },
    )
    assert "Bare: 2 working days late, overdue since 19 Nov, nothing planned in it\n" in told
    assert "Ring: 2 working days late, overdue since 19 Nov, no forecast\n" in told
    assert "Over: 2 working days late, overdue since 19 Nov, all done but not closed\n" in told
    assert "  Bare: nothing is planned in it\n" in told


def test_schedule__without_an_open_plan(run: Run) -> None:
    dropped = {name: text.replace("active", "dropped").replace("paused", "dropped") for name, text in SHOP.items() if "plans" in name}
    assert run("schedule", files=dropped) == "No plan is open.\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("slot", 'there is no plan "slot". Did you mean "slots"?'),
        ("xyz", 'there is no plan "xyz". "trueup schedule" shows the plans that are open.'),
        ("over", '"plan/over" is not open, so nothing of it is scheduled.'),
    ],
)
def test_schedule__a_plan_that_is_not_there(run: Run, name: str, message: str) -> None:
    assert message in run("schedule", name, fails=2)


def test_schedule__as_json_of_all_and_of_one(run: Run) -> None:
    whole = json.loads(run("schedule", "--format", "json"))
    assert (whole["version"], [one["address"] for one in whole["plans"]]) == (1, ["plan/cold", "plan/riders", "plan/slots"])
    one = json.loads(run("schedule", "slots", "--format", "json"))
    assert one["plans"] == [whole["plans"][2]]
    assert [promise["address"] for promise in one["promises"]] == ["plan/riders#review", "plan/riders#sign"]
    launch = one["plans"][0]["parts"][-1]
    assert launch["reason"] == {"why": "after", "address": "plan/slots#load-test"}
    assert (launch["start"], launch["duration_from"], launch["owner"]) == ("2026-12-02", None, None)


def test_schedule__text_of_records_is_shown_and_not_obeyed(run: Run) -> None:
    evil = 'title: "a\\u001b[31m"\nteam: product\nstatus: active\ndue: 2026-11-02\ntasks: [{id: a, title: "b\\u001b]0;x"}]\n'
    for arguments in (("schedule",), ("schedule", "evil"), ("load",)):
        assert "\x1b" not in run(*arguments, files={"plans/evil.yaml": evil})


def test_schedule__chinese_titles_stand_in_line(run: Run) -> None:
    rows = run("schedule", "slots").splitlines()[3:8]
    heading, bars = rows[0], {line.split("  ")[0]: line for line in rows[2:]}
    assert cell_len(bars["选择时段"][: bars["选择时段"].index("█")]) == cell_len(heading[: heading.index("23 Nov")])
    assert cell_len(bars["Zone pages"][: bars["Zone pages"].index("▒")]) == cell_len(heading[: heading.index("23 Nov")])


LONG_TITLE = "Evening slots in all of the four zones of the town and beyond"
LONG_PLANS = {
    "plans/slots.yaml": SHOP["plans/slots.yaml"]
    .replace("title: Evening slots\n", f"title: {LONG_TITLE}\n")
    .replace("Load test", LONG_TITLE),
    "plans/riders.yaml": SHOP["plans/riders.yaml"].replace("estimate: 4", "estimate: 7").replace("Sign 14 riders", LONG_TITLE),
}


@pytest.mark.parametrize("arguments", [("schedule",), ("schedule", "slots")])
@pytest.mark.parametrize(("width", "has_room"), [(60, False), (76, True), (80, True), (90, True)])
def test_schedule__bars_are_drawn_to_the_room_that_there_is(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], width: int, has_room: bool
) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: width)
    lines = run(*arguments, files=LONG_PLANS).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(("Plan ", "Task ")))
    rows = lines[start : lines.index("", start)]
    assert max(map(cell_len, rows)) <= width
    assert not any(row.endswith("…") for row in rows)
    assert "2 Dec" in "".join(rows)
    assert any(f" {LONG_TITLE[:15]}" in f" {row}" for row in rows)
    assert ("█" in "".join(rows)) is has_room
    assert ("23 Nov" in rows[0]) is has_room
    assert any(line.startswith("█ ") for line in lines) is has_room


def test_schedule__the_plans_on_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 80)
    assert (
        run("schedule", files=LONG_PLANS).split("\n\n")[0]
        == """\
Plan                 Owner         Due      Forecast   Late   Slack   23 Nov
────────────────────────────────────────────────────────────────────────────────
Evening slots in …   李薇          30 Nov   2 Dec      2              ██|█
Evening riders       Marcus Webb   18 Dec   9 Dec             7       ███████  |
[Paused] Cold room                          27 Nov                    ▒▒▒"""
    )


def test_schedule__without_room_for_bars_the_legend_tells_of_the_figures_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 60)
    assert run("schedule", files=LONG_PLANS).split("\n\n")[1] == "late and slack in working days"


def test_schedule__promises_and_reasons_are_whole_on_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 80)
    told = run("schedule", "slots", files=LONG_PLANS)
    assert f"    needed 26 Nov, forecast 1 Dec   3 working days late\n      {LONG_TITLE[:59]}…   Marcus Webb\n" in told
    assert "open, not before today\n" in told


LOAD = """\
Person        W48 23 Nov   W49 30 Nov
─────────────────────────────────────
Marcus Webb   6/4 !        ·
Sun Na        2/5          ·
李薇          5/5          ·
(nobody)      ·            3

days of work / days that there are for it; ! is more than 100% of them
What is left of a task is spread evenly over its working days, from forecast start to due date, or to forecast end where that is later.

Too much
  Marcus Webb, W48 23 Nov: 6 days of work in 4
       4  Evening riders › Sign 14 riders
       2  Evening riders › Brief support
"""


def test_load__people_by_weeks_and_what_makes_them_too_full(run: Run) -> None:
    assert run("load", "--weeks", "2") == LOAD


def test_load__where_it_is_narrow_a_week_goes_by_its_monday(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.render.tables._width", lambda: 36)
    told = run("load", "--weeks", "2")
    assert told.splitlines()[0] == "Person        23 Nov   30 Nov"
    assert "Marcus Webb   6/4 !    ·\n" in told
    assert "Marcus Webb, W48 23 Nov: " in told


def test_load__of_a_team_and_who_has_nothing_to_do(run: Run) -> None:
    told = run("load", "--weeks", "1", "--team", "operations", files={"team/people/gu-wen.yaml": "title: Gu Wen\nteam: operations\n"})
    assert [line.split("  ")[0] for line in told.splitlines()[2:4]] == ["Marcus Webb", "Sun Na"]
    assert told.endswith("\n1 person has no planned work in these weeks.\n")


def test_load__work_without_an_estimate_is_marked(run: Run) -> None:
    guess = "title: Guess\nteam: product\nstatus: active\ntasks: [{id: a, title: A, owner: sun-na, start: 2026-11-23, due: 2026-11-27}]\n"
    assert "5  Guess › A (no estimate: its days count in full)" in run("load", files={"plans/guess.yaml": guess})


def test_load__as_json(run: Run) -> None:
    found = json.loads(run("load", "--weeks", "1", "--format", "json"))
    (week,) = next(one for one in found["people"] if one["address"] == "person/marcus-webb")["weeks"]
    assert (week["load"], week["capacity"], week["share"], week["is_over"]) == (6.0, 4.0, 1.5, True)
    assert found["weeks"] == [{"start": "2026-11-23", "end": "2026-11-29", "name": "2026-W48"}]


def test_load__with_nobody_there(workspace: Write) -> None:
    done = CliRunner().invoke(load_command, ["--root", str(workspace({}).root), "--today", "2026-11-23"], env={"LANG": "en_GB.UTF-8"})
    assert (done.exit_code, done.output) == (0, "There is nobody whose load could be shown.\n")


# --- the axis ----------------------------------------------------------------------------------------------------------------


def test_axis__a_cell_is_as_many_days_as_fit() -> None:
    assert (axis(USUAL, MONDAY, date(2026, 12, 28)).scale, axis(USUAL, MONDAY, date(2026, 12, 28)).cells) == (1, 26)
    assert (axis(USUAL, MONDAY, date(2026, 12, 29)).scale, axis(USUAL, MONDAY, date(2026, 12, 29)).cells) == (2, 14)
    assert axis(USUAL, MONDAY, date(2026, 11, 1)).cells == 1


def test_axis__bars_slack_and_due() -> None:
    along = axis(USUAL, MONDAY, date(2026, 12, 4))
    assert along.heading("en") == "23 Nov"
    assert along.bar(MONDAY, date(2026, 11, 25), late=date(2026, 11, 30), due=date(2026, 11, 27), mark="#") == f"###{SLACK}{DUE}{SLACK}"
    assert along.bar(date(2026, 11, 28), date(2026, 11, 30), due=date(2026, 11, 24), mark="#") == f" {DUE}   #"
    assert along.bar(date(2026, 11, 2), date(2026, 12, 4), due=date(2027, 1, 1), mark="#") == "#" * 10
    assert along.bar(MONDAY, date(2026, 11, 26), mark=MILESTONE) == f"   {MILESTONE}"


days = st.integers(0, 3000).map(lambda days: date.fromordinal(MONDAY.toordinal() + days))


@given(days, days, days, days)
def test_axis__nothing_is_drawn_outside(last: date, start: date, finish: date, due: date) -> None:
    along = axis(USUAL, MONDAY, last)
    drawn = along.bar(min(start, finish), max(start, finish), late=last, due=due, mark="#")
    assert "#" in drawn
    assert len(drawn) <= along.cells <= CELLS
    assert along.heading("en").startswith("23 Nov")
