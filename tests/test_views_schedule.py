"""The schedule of the open plans: what counts as what, and that TaskJuggler comes to the same ends."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from conftest import Written
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.render.answer import as_json
from trueup.views.schedule import Reason, Schedule, ScheduledPart, ScheduledPlan, schedule

Write = Callable[[Mapping[str, str | bytes]], Written]
Make = Callable[..., Schedule]

MONDAY = date(2026, 11, 23)
HEAD = "title: {title}\nteam: product\nstatus: active\n"


@pytest.fixture
def made(workspace: Write) -> Make:
    """The schedule of plans written as ``{id: text}``, or of one as ``shop=…``."""

    def make(today: date = MONDAY, files: Mapping[str, str] | None = None, **plans: str) -> Schedule:
        texts = {f"plans/{name}.yaml": HEAD.format(title=name.title()) + text for name, text in plans.items()}
        return schedule(workspace({**texts, **(files or {})}).load(), today)

    return make


def part(found: Schedule, address: str) -> ScheduledPart:
    one = found.part(f"plan/{address}")
    assert one is not None
    return one


def plan(found: Schedule, name: str) -> ScheduledPlan:
    one = found.plan(f"plan/{name}")
    assert one is not None
    return one


def span(found: Schedule, address: str) -> tuple[str, str] | None:
    one = part(found, address)
    return (one.start.isoformat()[5:], one.finish.isoformat()[5:]) if one.start and one.finish else None


# --- durations and starts ---------------------------------------------------------------------------------------------------


def test_schedule__estimate_then_dates_then_a_day(made: Make) -> None:
    found = made(
        shop="""tasks:
  - {id: estimate, title: A, estimate: 2.5, start: 2026-11-02, due: 2026-11-03}
  - {id: dates, title: B, start: 2026-11-27, due: 2026-11-30}
  - {id: nothing, title: C, due: 2026-11-30}
  - {id: weekend, title: D, start: 2026-11-28, due: 2026-11-29}
"""
    )
    told = {one.address.partition("#")[2]: (one.duration, one.duration_from) for one in plan(found, "shop").parts}
    assert told == {"estimate": (3, "estimate"), "dates": (2, "dates"), "nothing": (1, "default"), "weekend": (1, "dates")}
    assert span(found, "shop#estimate") == ("11-23", "11-25")
    assert span(found, "shop#dates") == ("11-27", "11-30")
    assert part(found, "shop#dates").reason == Reason("start", None)
    assert part(found, "shop#nothing").reason == Reason("today", None)


def test_schedule__on_a_sunday_work_begins_on_monday(made: Make) -> None:
    found = made(date(2026, 11, 22), shop="tasks: [{id: a, title: A, start: 2026-11-23, estimate: 1}]\n")
    assert span(found, "shop#a") == ("11-23", "11-23")
    assert part(found, "shop#a").reason == Reason("today", None)


@pytest.mark.parametrize(
    ("written", "remaining"),
    [
        ("start: 2026-11-18, estimate: 5", 2),
        ("start: 2026-11-18, due: 2026-11-24", 2),
        ("start: 2026-11-02, estimate: 5", 1),
        ("start: 2026-12-01, estimate: 5", 5),
        ("estimate: 5", 5),
        # Six days in three weeks of which one has passed: a third is done.
        ("start: 2026-11-16, due: 2026-12-04, estimate: 6", 4),
        ("start: 0001-01-01, due: 9999-12-31, estimate: 5", 1),
    ],
)
def test_schedule__of_what_is_being_done_the_rest_is_left(made: Make, written: str, remaining: int) -> None:
    found = part(made(shop=f"tasks: [{{id: a, title: A, status: doing, {written}}}]\n"), "shop#a")
    assert found.remaining == remaining
    assert found.finish == MONDAY + timedelta(remaining - 1 if remaining < 6 else remaining + 1)


def test_schedule__what_is_done_is_fixed_and_what_is_dropped_holds_nobody_up(made: Make) -> None:
    found = made(
        shop="""tasks:
  - {id: done, title: A, status: done, start: 2026-11-16, due: 2026-11-27, done_on: 2026-11-24}
  - {id: undated, title: B, status: done}
  - {id: dropped, title: C, status: dropped, estimate: 50}
  - {id: next, title: D, depends_on: [done, undated, dropped]}
"""
    )
    assert span(found, "shop#done") == ("11-16", "11-24")
    assert span(found, "shop#undated") is None
    assert part(found, "shop#dropped").finish is None
    assert span(found, "shop#next") == ("11-25", "11-25")
    assert part(found, "shop#next").reason == Reason("after", "plan/shop#done")
    assert [one.status for one in plan(found, "shop").parts] == ["done", "done", "dropped", "todo"]


@pytest.mark.parametrize(
    ("status", "finish"),
    [("draft", "12-02"), ("done", "12-02"), ("dropped", "11-23"), ("active", "11-24"), ("paused", "11-24")],
)
def test_schedule__a_task_of_a_plan_that_is_not_open_counts_with_its_dates(made: Make, status: str, finish: str) -> None:
    other = HEAD.format(title="Other").replace("active", status) + "tasks: [{id: b, title: B, due: 2026-12-01, estimate: 1}]\n"
    found = made(shop="tasks: [{id: a, title: A, depends_on: [plan/other#b]}]\n", files={"plans/other.yaml": other})
    assert span(found, "shop#a") == (finish, finish)


def test_schedule__a_paused_plan_goes_on_today_and_says_so(made: Make) -> None:
    paused = HEAD.format(title="Other").replace("active", "paused") + "tasks: [{id: b, title: B, estimate: 3}]\n"
    found = made(files={"plans/other.yaml": paused})
    assert (plan(found, "other").is_paused, span(found, "other#b")) == (True, ("11-23", "11-25"))


# --- milestones and pegs ----------------------------------------------------------------------------------------------------

LAUNCH = """tasks:
  - {{id: build, title: Build, estimate: {estimate}, due: 2026-11-27}}
milestones:
  - {{id: launch, title: Launch, due: 2026-11-30}}
  - {{id: party, title: Party, due: 2026-12-04}}
"""


def test_schedule__a_milestone_holds_until_the_tasks_due_by_then_are_late(made: Make) -> None:
    found = made(shop=LAUNCH.format(estimate=5))
    assert (span(found, "shop#launch"), part(found, "shop#launch").reason) == (("11-30", "11-30"), Reason("due", None))
    found = made(shop=LAUNCH.format(estimate=12))
    assert (span(found, "shop#launch"), part(found, "shop#launch").days_late) == (("12-08", "12-08"), 6)
    assert part(found, "shop#launch").reason == Reason("after", "plan/shop#build")
    assert span(found, "shop#party") == ("12-08", "12-08")


def test_schedule__an_overdue_milestone_is_not_reached_on_a_day_off(made: Make) -> None:
    late = "milestones: [{id: a, title: A, due: 2026-11-20}, {id: c, title: C, due: 2026-11-02, done_on: 2026-11-04}]\n"
    found = made(date(2026, 11, 22), late=late, punctual="milestones: [{id: b, title: B, due: 2026-11-22}]\n")
    told = [span(found, name) for name in ("late#a", "punctual#b", "late#c")]
    assert told == [("11-23", "11-23"), ("11-22", "11-22"), ("11-04", "11-04")]
    assert part(found, "late#c").reason == Reason("done", None)


PEGGED = """tasks:
  - {id: prepare, title: Prepare, estimate: 4, pegged_to: plan/shop#launch, offset: -3}
  - {id: review, title: Review, estimate: 2, pegged_to: plan/shop#launch, offset: 5}
"""


def test_schedule__a_peg_with_an_offset_from_0_on_follows_and_one_below_promises(made: Make) -> None:
    found = made(shop=LAUNCH.format(estimate=5), depot=PEGGED)
    assert span(found, "depot#prepare") == ("11-23", "11-26")
    assert span(found, "depot#review") == ("12-04", "12-07")
    assert part(found, "depot#review").reason == Reason("follows", "plan/shop#launch")
    prepare, review = found.promises
    assert (prepare.promised, prepare.needed, prepare.is_moved, prepare.is_broken, prepare.days_late) == (
        date(2026, 11, 25), date(2026, 11, 25), False, True, 1,
    )  # fmt: skip
    assert (review.address, review.is_broken, review.days_late) == ("plan/depot#review", False, 0)


def test_schedule__when_the_launch_moves_what_is_promised_moves_with_it(made: Make) -> None:
    found = made(shop=LAUNCH.format(estimate=8), depot=PEGGED)
    prepare, review = found.promises
    assert (prepare.target_due, prepare.target_forecast, prepare.is_moved) == (date(2026, 11, 30), date(2026, 12, 2), True)
    assert (prepare.promised, prepare.needed, prepare.is_broken, prepare.days_late) == (date(2026, 11, 25), date(2026, 11, 27), False, -1)
    assert review.forecast == review.needed == date(2026, 12, 9)


def test_schedule__a_task_pegged_to_its_own_milestone_makes_no_circle(made: Make) -> None:
    text = """tasks:
  - {id: push, title: Push, estimate: 1, due: 2026-11-30, pegged_to: plan/shop#launch, offset: 0}
  - {id: before, title: Before, estimate: 9, due: 2026-11-30}
milestones: [{id: launch, title: Launch, due: 2026-11-30}]
"""
    found = made(shop=text)
    assert found.unscheduled == ()
    assert span(found, "shop#launch") == span(found, "shop#push") == ("12-03", "12-03")


# --- lateness, slack, the critical path -------------------------------------------------------------------------------------

CHAIN = """due: 2026-11-27
goals: [growth]
tasks:
  - {id: short, title: Short, estimate: 1}
  - {id: long, title: Long, estimate: 4, due: 2026-11-24}
  - {id: last, title: Last, estimate: 2, depends_on: [short, long]}
"""
GOAL = "title: Growth\nperiod: 2026-Q4\nstatus: active\n"


def test_schedule__the_critical_path_says_why_the_plan_ends_no_sooner(made: Make) -> None:
    found = plan(made(shop=CHAIN), "shop")
    assert (found.forecast, found.days_late, found.is_late) == (date(2026, 11, 30), 1, True)
    assert [(one.address, one.reason) for one in found.critical_path] == [
        ("plan/shop#long", Reason("today", None)),
        ("plan/shop#last", Reason("after", "plan/shop#long")),
    ]
    assert [(one.slack, one.is_critical) for one in found.parts] == [(3, False), (0, True), (0, True)]
    assert [one.days_late for one in found.parts] == [None, 2, None]


def test_schedule__slack_is_counted_to_the_due_date_where_that_is_later(made: Make) -> None:
    found = plan(made(shop=CHAIN.replace("2026-11-27", "2026-12-05")), "shop")
    assert (found.days_late, found.is_late, found.reach) == (-4, False, None)
    assert [one.slack for one in found.parts] == [7, 4, 4]
    assert (found.parts[2].late_start, found.parts[2].late_finish) == (date(2026, 12, 3), date(2026, 12, 4))


def test_schedule__without_a_due_date_a_plan_is_not_late_and_without_work_it_has_no_forecast(made: Make) -> None:
    found = made(
        shop="tasks: [{id: a, title: A}]\n",
        empty="due: 2026-01-01\n",
        over="due: 2026-11-20\ntasks: [{id: a, title: A, status: done, done_on: 2026-11-19}]\n",
    )
    assert (plan(found, "shop").forecast, plan(found, "shop").days_late) == (MONDAY, None)
    assert (plan(found, "empty").forecast, plan(found, "empty").days_late, plan(found, "empty").is_late) == (None, 232, True)
    assert (plan(found, "over").forecast, plan(found, "over").days_late, plan(found, "over").critical_path) == (MONDAY, 1, ())


OVERDUE = "due: 2026-11-20\n"
CIRCLE = "tasks: [{id: a, title: A, depends_on: [b]}, {id: b, title: B, depends_on: [a]}]\n"


@pytest.mark.parametrize(
    ("text", "forecast", "days_late", "open_parts"),
    [
        ("", None, 1, 0),
        ("tasks: [{id: a, title: A, status: dropped}]\n", None, 1, 0),
        (CIRCLE, None, 1, 2),
        ("milestones: [{id: a, title: A}]\n", None, 1, 1),
        ("tasks: [{id: a, title: A, status: done, done_on: 2026-11-12}]\n", MONDAY, 1, 0),
        ("tasks: [{id: a, title: A, status: done}]\n", MONDAY, 1, 0),
        ("tasks: [{id: a, title: A, estimate: 2}]\n", date(2026, 11, 24), 2, 1),
    ],
)
def test_schedule__an_open_plan_past_its_due_date_is_late_whatever_is_in_it(
    made: Make, text: str, forecast: date | None, days_late: int, open_parts: int
) -> None:
    found = plan(made(shop=OVERDUE + text), "shop")
    assert (found.is_overdue, found.is_late, found.forecast, found.days_late) == (True, True, forecast, days_late)
    assert found.open_parts == open_parts
    assert found.reach is not None
    due_today = plan(made(date(2026, 11, 20), shop=OVERDUE + text), "shop")
    assert (due_today.is_overdue, due_today.is_late) == (False, open_parts == 1 and forecast is not None), "it may still be done today"


def test_schedule__says_of_how_many_plans_nobody_can_tell_the_end_and_why(made: Make) -> None:
    found = made(fine="tasks: [{id: a, title: A}]\n", ring=CIRCLE, bare=OVERDUE, mark="milestones: [{id: a, title: A}]\n")
    assert found.without_forecast == 3
    assert [(one.address, one.why) for one in found.unscheduled] == [
        ("plan/bare", "empty"), ("plan/mark#a", "undated"), ("plan/ring#a", "circle"), ("plan/ring#b", "circle"),
    ]  # fmt: skip
    only = found.only("plan/bare")
    assert (only.without_forecast, [one.why for one in only.unscheduled]) == (1, ["empty"])


@pytest.mark.parametrize("today", [date(2026, 11, 20), date(2026, 11, 22), MONDAY, date(2030, 2, 28)])
def test_schedule__no_open_plan_ends_before_today(made: Make, today: date) -> None:
    done = "tasks: [{id: a, title: A, status: done, done_on: 2026-11-12}, {id: b, title: B, status: dropped}]\n"
    found = made(today, shop=OVERDUE + done, later=done, none=CIRCLE)
    assert [one.forecast for one in found.plans] == [today, None, today]
    assert plan(found, "later").is_late is False


def test_schedule__a_delay_reaches_goals_followers_and_tasks_elsewhere(made: Make) -> None:
    found = made(
        shop=CHAIN,
        depot="due: 2026-12-31\nfollows: [shop]\ngoals: [speed]\ntasks: [{id: train, title: Train, depends_on: [plan/shop#last]}]\n",
        press="due: 2026-11-30\ntasks: [{id: tell, title: Tell, pegged_to: plan/shop#last, offset: 1}]\n",
        apart="due: 2026-11-20\ntasks: [{id: other, title: Other, depends_on: [plan/shop#short]}]\n",
        files={"goals/growth.yaml": GOAL, "goals/speed.yaml": GOAL},
    )
    reach = plan(found, "shop").reach
    assert reach is not None
    assert reach.goals == ("goal/growth", "goal/speed")
    assert reach.plans == ("plan/depot", "plan/press")
    assert reach.parts == ("plan/depot#train", "plan/press#tell")
    path = [one.address for one in plan(found, "press").critical_path]
    assert path == ["plan/shop#long", "plan/shop#last", "plan/press#tell"]


def test_schedule__of_a_path_through_many_plans_the_last_steps_are_told(made: Make) -> None:
    plans = {f"p{place:02}": f"tasks: [{{id: a, title: A, depends_on: [plan/p{place + 1:02}#a]}}]\n" for place in range(40)}
    found = plan(made(**plans), "p00")
    assert [one.address for one in found.critical_path] == [f"plan/p{place:02}#a" for place in range(20, -1, -1)]


# --- calendars ---------------------------------------------------------------------------------------------------------------


def test_schedule__a_year_whose_holidays_are_not_announced_is_provisional(made: Make) -> None:
    later = "due: 2031-12-31\ntasks: [{id: a, title: A, start: 2031-05-05}]\n"
    found = made(shop=later, soon="tasks: [{id: a, title: A}]\n", files={"trueup.yaml": "calendar: {country: CN}\n"})
    assert found.provisional_years == (2031,)
    assert (plan(found, "shop").is_provisional, plan(found, "soon").is_provisional) == (True, False)
    assert made(shop=later, files={"trueup.yaml": ""}).provisional_years == ()


# --- faulty plans ------------------------------------------------------------------------------------------------------------


def test_schedule__a_circle_and_what_waits_for_it_have_no_forecast(made: Make) -> None:
    found = made(
        shop="""due: 2026-12-31
tasks:
  - {id: a, title: A, depends_on: [b]}
  - {id: b, title: B, depends_on: [plan/depot#c]}
  - {id: free, title: Free}
""",
        depot="""tasks:
  - {id: c, title: C, depends_on: [plan/shop#a]}
  - {id: d, title: D, depends_on: [c]}
  - {id: e, title: E, depends_on: [e]}
""",
        far="tasks: [{id: f, title: F, start: 2090-01-01}, {id: g, title: G, estimate: 99999999}]\n",
    )
    assert [(one.address, one.why) for one in found.unscheduled] == [
        ("plan/depot#c", "circle"), ("plan/depot#d", "behind"), ("plan/depot#e", "circle"),
        ("plan/far#f", "far"), ("plan/far#g", "far"), ("plan/shop#a", "circle"), ("plan/shop#b", "circle"),
    ]  # fmt: skip
    assert (plan(found, "shop").forecast, plan(found, "shop").days_late) == (None, None)
    assert span(found, "shop#free") == ("11-23", "11-23")


FAULTY = """title: [no text]
team: 7
status: {a: 1}
owner: 3
start: 0001-01-01
due: 9999-12-31
goals: [nowhere, 5, {a: b}]
follows: shop
tasks:
  - text
  - {id: a, title: 5, owner: nobody, status: sideways, start: 9999-12-31, due: 0001-01-01, estimate: -4, depends_on: [a, b, nothing, 7]}
  - {id: a, title: Again, estimate: 1.0e+300, depends_on: [plan/shop#c, plan/none#x], pegged_to: plan/shop#m, offset: 9223372036854775807}
  - {id: b, status: doing, start: 0001-01-01, due: 9999-12-31, pegged_to: plan/shop#m, offset: -5.5}
  - {id: c, status: done, done_on: 9999-12-31}
  - {title: No id, depends_on: [c], status: doing, start: 1800-01-01}
  - {id: d, done_on: 0001-01-01, pegged_to: plan/shop#d, offset: 0}
milestones:
  - {id: m, due: 9999-12-31}
  - {id: n, due: 0001-01-01}
  - {id: o, due: never}
  - {id: c, due: 2026-11-30, done_on: 9999-12-31}
"""


@pytest.mark.parametrize("today", [date.min, date(1969, 12, 31), MONDAY, date(2200, 12, 31), date.max])
def test_schedule__nothing_that_is_written_raises(workspace: Write, today: date) -> None:
    files = {
        "trueup.yaml": "calendar: {country: CN}\n",
        "plans/shop.yaml": FAULTY,
        "plans/depot.yaml": FAULTY.replace("plan/shop", "plan/depot"),
    }
    found = schedule(workspace(files).load(), today)
    assert len(found.plans) == 2
    assert as_json(found) == as_json(schedule(workspace(files).load(), today))


def test_only__what_concerns_one_plan(made: Make) -> None:
    found = made(shop=LAUNCH.format(estimate=5), depot=PEGGED, far="tasks: [{id: f, title: F, start: 2090-01-01}]\n")
    assert [one.address for one in found.only("plan/far").plans] == ["plan/far"]
    assert (found.only("plan/far").promises, [one.address for one in found.only("plan/far").unscheduled]) == ((), ["plan/far#f"])
    assert found.only("plan/shop").promises == found.promises != ()


# --- beside TaskJuggler ------------------------------------------------------------------------------------------------------

SCHEDULES = Path(__file__).parent / "schedules"
CASES = sorted(path.stem for path in SCHEDULES.glob("*.tjp"))


def ends_by_taskjuggler(text: str) -> dict[str, date]:
    """The last day of each task; a moment at midnight is the end of the day before."""
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    found = {row["Id"].replace("_", "-"): (datetime.strptime(row["End"], "%Y-%m-%d %H:%M") - timedelta(minutes=1)).date() for row in rows}
    return {"plan/" + name.replace(".", "#"): end for name, end in found.items() if "." in name}


def test_schedules__there_are_ten() -> None:
    assert len(CASES) == 10


@pytest.mark.parametrize("name", CASES)
def test_schedule__agrees_with_taskjuggler(name: str) -> None:
    text = (SCHEDULES / f"{name}.tjp").read_text(encoding="utf-8")
    today = date.fromisoformat(re.findall(r"^  now (\S+)$", text, re.MULTILINE)[0])
    expected = ends_by_taskjuggler((SCHEDULES / f"{name}.csv").read_text(encoding="utf-8"))
    found = schedule(load(WorkingTree(SCHEDULES / name)), today)
    parts = {one.address: one.finish for plan in found.plans for one in plan.parts if one.finish}
    assert parts.keys() <= expected.keys()
    assert parts == {address: expected[address] for address in parts}
    assert len(parts) >= 3


@pytest.mark.skipif(shutil.which("tj3") is None, reason="TaskJuggler is not installed")
@pytest.mark.parametrize("name", CASES)
def test_schedules__taskjuggler_still_says_so(name: str, tmp_path: Path) -> None:
    subprocess.run(["tj3", "--silent", "-o", str(tmp_path), str(SCHEDULES / f"{name}.tjp")], check=True, timeout=60)
    fresh = ends_by_taskjuggler((tmp_path / "result.csv").read_text(encoding="utf-8"))
    assert fresh == ends_by_taskjuggler((SCHEDULES / f"{name}.csv").read_text(encoding="utf-8"))
