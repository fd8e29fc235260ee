"""When plans will be done, by what became of earlier dates: the same numbers everywhere, and nothing of what came later."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Write, write_files
from repositories import Repository, needs_git, repository_at
from trueup.history.chronicle import chronicle
from trueup.history.git import open_repository
from trueup.history.sampling import samples
from trueup.records.tree import WorkingTree
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace, load
from trueup.views.backtest import backtest, mondays_of, quarter_before
from trueup.views.experience import Experience, Sort, Track, Turn, Week, experience
from trueup.views.forecast import PlanForecast, forecasts
from trueup.views.schedule import schedule

TODAY = date(2026, 11, 20)
PLAN = "---\ntitle: {title}\nteam: {team}\nstatus: {status}\nstart: 2026-11-02\ndue: {due}\ntasks:\n{tasks}---\n"
TASK = "  - {{id: {id}, title: {id}, status: {status}, start: {start}, due: {due}, estimate: 5{more}}}\n"


def plan(title: str = "A", due: str = "2026-12-04", tasks: str = "", team: str = "ops", status: str = "active") -> str:
    return PLAN.format(title=title, due=due, team=team, status=status, tasks=tasks or task("t"))


def task(name: str, status: str = "todo", start: str = "2026-11-02", due: str = "2026-12-04", more: str = "") -> str:
    return TASK.format(id=name, status=status, start=start, due=due, more=more)


def shop(workspace: Write, **plans: str) -> Workspace:
    files = {f"plans/{name}.md": text for name, text in plans.items()}
    return workspace({"trueup.yaml": "title: Shop\n", "team/teams/ops.yaml": "title: Operations\nfunction: operations\n", **files}).load()


def missed(*days: int, team: str = "team/ops", sort: Sort = "milestone") -> Experience:
    """Dates of spring that were missed by so many working days each."""
    week = Workdays(load(WorkingTree(Path("/nowhere"))).config.calendar)
    due, tracks = date(2026, 4, 1), []
    for place, count in enumerate(days):
        done = week.add(due, count)
        tracks.append(Track(f"plan/old#m{place}", sort, team, date(2026, 1, 5), ((date(2026, 1, 5), due),), (), (Turn(done, done),)))
    return Experience(tuple(tracks))


def of(workspace: Workspace, learnt: Experience, today: date = TODAY, seed: int = 0, runs: int = 200) -> dict[str, PlanForecast]:
    found = forecasts(schedule(workspace, today), learnt, Workdays(workspace.config.calendar), seed=seed, runs=runs)
    return {one.address.partition("/")[2]: one for one in found}


def test_forecasts__a_team_that_always_is_a_week_late_will_be(workspace: Write) -> None:
    found = of(shop(workspace, a=plan()), missed(5, 5, 5, 5, 5))["a"]
    assert (found.p50, found.p80, found.p95) == (date(2026, 12, 11),) * 3
    assert (found.days_50, found.chance, found.samples, found.borrowed) == (15, 0.0, 5, False)


def test_forecasts__percentiles_are_those_of_the_earlier_dates(workspace: Write) -> None:
    found = of(shop(workspace, a=plan()), missed(*range(10)), runs=5000)["a"]
    assert found.days_50 in (14, 15)
    assert found.days_80 in (17, 18)
    assert found.days_95 == 19
    assert found.chance == pytest.approx(0.1, abs=0.02)


def test_forecasts__what_would_have_ended_before_today_cannot_happen_any_more(workspace: Write) -> None:
    late = shop(workspace, a=plan(due="2026-11-06", tasks=task("t", due="2026-11-06")))
    found = of(late, missed(-20, -20, -20, -20, -20, 30))["a"]
    assert found.scheduled == date(2026, 11, 26)
    assert (found.days_50, found.chance) == (34, 0), "of six dates the one that was missed by 30 days is left"
    assert of(late, missed(*[-20] * 6))["a"].days_50 == 0, "where none is left, today"


def test_forecasts__of_a_team_without_dates_of_its_own_are_borrowed(workspace: Write) -> None:
    found = of(shop(workspace, a=plan()), missed(3, 3, 3, 3, 3, team="team/product"))["a"]
    assert (found.borrowed, found.samples, found.days_50) == (True, 5, 13)


def test_forecasts__without_anything_to_go_by_are_none(workspace: Write) -> None:
    found = of(shop(workspace, a=plan()), missed(3, 3, 3, 3))["a"]
    assert (found.p50, found.p80, found.p95, found.days_50, found.chance) == (None,) * 5
    assert found.samples == 4


def test_forecasts__nobody_works_on_what_is_paused(workspace: Write) -> None:
    assert list(of(shop(workspace, a=plan(), b=plan("B", status="paused")), missed(1, 1, 1, 1, 1))) == ["a"]


def test_forecasts__are_the_same_for_the_same_seed_and_whatever_else_is_planned(workspace: Write) -> None:
    learnt = missed(*range(-3, 20))
    one = of(shop(workspace, a=plan()), learnt)
    assert one == of(shop(workspace, a=plan()), learnt)
    assert one["a"] == of(shop(workspace, a=plan(), b=plan("B", team="other")), learnt)["a"]
    assert one["a"] != of(shop(workspace, a=plan()), learnt, seed=1)["a"]
    # Written down, so that another machine or another Python would be seen.
    assert (one["a"].days_50, one["a"].days_80, one["a"].days_95) == (18, 25, 28)


def test_forecasts__a_plan_that_waits_for_a_late_one_is_late(workspace: Write) -> None:
    first = plan("First", due="2026-12-04", tasks=task("t", due="2026-12-04"))
    then = plan(
        "Then",
        due="2026-12-11",
        team="calm",
        tasks=task("u", due="2026-12-11", more=", depends_on: [plan/first#t]"),
    )
    learnt = Experience((*missed(*[30] * 6).tracks, *missed(*[0] * 6, team="team/calm").tracks))
    found = of(shop(workspace, first=first, then=then), learnt)
    assert found["first"].days_50 == 40
    assert found["then"].scheduled is not None
    assert found["then"].days_50 is not None
    assert found["then"].days_50 > 40


def history(*weeks: tuple[int, int]) -> Experience:
    """Tasks of operations: so many in each of the weeks up to today, the latest first, and so many of them done in it."""
    tracks = []
    for week, (ready, done) in enumerate(weeks):
        last = TODAY - timedelta(days=7 * week)
        for place in range(ready):
            ended = last if place < done else last + timedelta(days=1)
            since = last - timedelta(days=6)
            tracks.append(Track(f"plan/old#w{week}t{place}", "task", "team/ops", since, (), ((since, since),), (Turn(ended, ended),)))
    return Experience(tuple(tracks))


def test_paces__count_what_could_be_done_and_what_was() -> None:
    learnt = history((4, 2), (3, 3), (2, 0), (1, 1))
    # What was not done in its week was done on the first day of the next one, where there is one.
    assert learnt.paces(TODAY)["team/ops"] == (Week(4, 2), Week(5, 5), Week(2, 0), Week(1, 1))
    assert "team/ops" not in learnt.paces(TODAY - timedelta(days=7)), "three weeks say too little"


def test_forecasts__of_the_pace_alone(workspace: Write) -> None:
    tasks = "".join(task(f"t{place}") for place in range(4))
    found = of(shop(workspace, a=plan(tasks=tasks)), history(*[(4, 2)] * 6))["a"]
    assert (found.samples, found.open_tasks) == (0, 4)
    assert found.tasks_a_week == pytest.approx(11 / 3)
    assert found.days_50 is not None
    assert 10 <= found.days_50 <= 25
    later = "".join(task(f"t{place}", start="2027-02-01", due="2027-02-05") for place in range(4))
    assert (of(shop(workspace, a=plan(tasks=later)), history(*[(4, 2)] * 6))["a"].days_50 or 0) > 50


@settings(max_examples=40, deadline=None)
@given(
    slips=st.lists(st.integers(-30, 120), max_size=12),
    dues=st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), min_size=1, max_size=4),
    today=st.dates(date(2026, 9, 1), date(2027, 3, 1)),
)
def test_forecasts__rise_and_never_lie_before_today(
    tmp_path_factory: pytest.TempPathFactory, slips: list[int], dues: list[date], today: date
) -> None:
    root = tmp_path_factory.mktemp("w")
    files = {f"plans/p{place}.md": plan(due=str(due), tasks=task("t", due=str(due))) for place, due in enumerate(dues)}
    write_files(root, {"trueup.yaml": "title: Shop\n", **files})
    for one in of(load(WorkingTree(root)), missed(*slips), today, runs=50).values():
        days = [day for day in (one.p50, one.p80, one.p95) if day]
        assert days == sorted(days)
        assert all(day >= today for day in days)
        assert (one.p50 is None) == (len(slips) < 5)
        assert one.chance is None or 0 <= one.chance <= 1


@pytest.mark.parametrize("today", [date.min, date.max])
def test_forecasts__at_the_ends_of_the_calendar(workspace: Write, today: date) -> None:
    found = shop(workspace, a=plan())
    forecasts(schedule(found, today), missed(1, 1, 1, 1, 1), Workdays(found.config.calendar), runs=10)
    assert quarter_before(today).end <= today or today == date.min


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A plan that moves twice and is done, one that is dropped, one that is open and overdue, one with a promise of next year."""
    found = repository_at(tmp_path / "repo")
    step = "milestones:\n  - {id: m, title: M, due: 2026-07-10}\n"
    base = {
        "trueup.yaml": "title: Shop\n",
        "plans/a.md": plan("A", due="2026-07-10", tasks=task("t", start="2026-06-01", due="2026-07-10") + step),
        "plans/b.md": plan("B", due="2026-07-17", tasks=task("t", start="2026-06-01", due="2026-07-17")),
        "plans/c.md": plan("C", due="2026-08-07", tasks=task("t", start="2026-06-01", due="2026-08-07")),
        "plans/d.md": plan("D", due="2027-08-06", tasks=task("t", start="2026-06-01", due="2027-08-06")),
    }
    found.commit(base, "Begin", "2026-06-01")
    moved = base["plans/a.md"].replace("2026-07-10", "2026-07-24")
    found.commit({"plans/a.md": moved}, "Two weeks more", "2026-07-03")
    done = (
        moved.replace("status: active", "status: done")
        .replace("status: todo", "status: done")
        .replace("due: 2026-07-24}", "due: 2026-07-24, done_on: 2026-07-31}")
    )
    found.commit({"plans/a.md": done}, "Done", "2026-08-03")
    found.commit({"plans/b.md": base["plans/b.md"].replace("status: active", "status: dropped")}, "Dropped", "2026-08-04")
    return found


def learnt_from(repository: Repository) -> tuple[Experience, Workspace]:
    git = open_repository(repository.root)
    found = chronicle(git, git.commit("HEAD"), WorkingTree(repository.root))
    return experience(found.steps("plan")), load(WorkingTree(repository.root))


@needs_git
def test_experience__of_commits(repository: Repository) -> None:
    learnt, workspace = learnt_from(repository)
    tracks = {one.address: one for one in learnt.tracks if not one.end.is_dropped}
    assert sorted(tracks) == ["plan/a", "plan/a#m", "plan/a#t", "plan/c", "plan/c#t", "plan/d", "plan/d#t"]
    assert tracks["plan/a"].dues == ((date(2026, 6, 1), date(2026, 7, 10)), (date(2026, 7, 3), date(2026, 7, 24)))
    assert tracks["plan/a"].end == Turn(date(2026, 8, 3), date(2026, 7, 31))
    assert (tracks["plan/a#m"].end.done, tracks["plan/a#t"].end.done) == (date(2026, 7, 31), date(2026, 8, 3))
    workdays = Workdays(workspace.config.calendar)
    assert learnt.slips(TODAY, workdays) == {"": (5, 5, 15, 15), "team/ops": (5, 5, 15, 15)}
    assert learnt.slips(date(2026, 8, 2), workdays) == {"": ()}, "on that day nobody had written that it was done"


@needs_git
def test_experience__of_what_was_opened_again_and_of_what_cannot_be_read(repository: Repository) -> None:
    text = (repository.root / "plans/a.md").read_text()
    repository.commit({"plans/a.md": "---\ntitle: [\n---\n", "plans/c.md": None}, "Broken, and taken away", "2026-08-10")
    left = [one for one in learnt_from(repository)[0].tracks if not one.end.is_dropped]
    assert {one.address for one in left} == {"plan/a", "plan/a#m", "plan/a#t", "plan/d", "plan/d#t"}
    assert {one.end.done for one in left if one.address == "plan/a"} == {date(2026, 7, 31)}
    again = text.replace("status: done\nstart", "status: active\nstart").replace(", done_on: 2026-07-31", "")
    repository.commit({"plans/a.md": again}, "Not done after all", "2026-08-11")
    learnt, workspace = learnt_from(repository)
    assert {one.end.done for one in learnt.tracks if one.address in ("plan/a", "plan/a#m")} == {None}
    known = learnt.slips(date(2026, 8, 10), Workdays(workspace.config.calendar))
    assert known[""] == (5, 5, 15, 15), "until then everybody took it for done"


@needs_git
def test_experience__what_is_dropped_later_was_there_before(repository: Repository) -> None:
    before = learnt_from(repository)[0].paces(date(2026, 7, 31))
    dropped = (repository.root / "plans/c.md").read_text().replace("status: active", "status: dropped")
    repository.commit({"plans/c.md": dropped}, "Dropped", "2026-08-12")
    assert learnt_from(repository)[0].paces(date(2026, 7, 31)) == before


@needs_git
def test_experience__a_day_that_is_corrected_counts_as_it_is_written_last(repository: Repository) -> None:
    text = (repository.root / "plans/a.md").read_text()
    repository.commit({"plans/a.md": text.replace("done_on: 2026-07-31", "done_on: 2026-07-28")}, "Three days sooner", "2026-08-05")
    learnt, workspace = learnt_from(repository)
    (milestone,) = (one for one in learnt.tracks if one.address == "plan/a#m")
    assert [turn.done for turn in milestone.turns] == [date(2026, 7, 31), date(2026, 7, 28)]
    workdays = Workdays(workspace.config.calendar)
    assert learnt.slips(date(2026, 8, 4), workdays)[""] == (5, 5, 15, 15)
    assert learnt.slips(TODAY, workdays)[""] == (2, 2, 12, 12)


@needs_git
def test_experience__of_a_plan_that_moves_in_two_commits_goes_on(repository: Repository) -> None:
    text = (repository.root / "plans/a.md").read_text()
    repository.commit({"plans/old/a.md": text}, "Copied", "2026-08-05")
    repository.commit({"plans/a.md": None}, "Taken out of its first file", "2026-08-06")
    learnt, workspace = learnt_from(repository)
    assert learnt.slips(TODAY, Workdays(workspace.config.calendar))[""] == (5, 5, 15, 15)


@needs_git
def test_backtest__judges_what_was_known_then_by_what_became_of_it(repository: Repository) -> None:
    learnt, _workspace = learnt_from(repository)
    # Five promises of spring that were all kept a week late: known from the beginning.
    learnt = Experience((*learnt.tracks, *missed(5, 5, 5, 5, 5).tracks))
    git = open_repository(repository.root)
    found = chronicle(git, git.commit("HEAD"), WorkingTree(repository.root))
    period = quarter_before(TODAY)
    assert (period.name, mondays_of(period)[0], len(mondays_of(period))) == ("2026-Q3", date(2026, 7, 6), 13)
    judged = backtest(samples(found, mondays_of(period)), learnt, period, TODAY, seed=0, runs=20)
    # A was open on four of the Mondays and was done a week after its second date. C is open and should have been done by what was
    # said on the same four; once A's weeks are known its last day lies ahead, as D's always does. B was dropped.
    assert (judged.period, judged.plans, judged.decided, judged.open) == ("2026-Q3", 2, 8, 22)
    assert (judged.held_50, judged.held_80, judged.held_95) == (0.5, 0.5, 0.5)


@needs_git
def test_backtest__without_forecasts_says_nothing(repository: Repository) -> None:
    git = open_repository(repository.root)
    found = chronicle(git, git.commit("HEAD"), WorkingTree(repository.root))
    judged = backtest(samples(found, mondays_of(quarter_before(TODAY))), Experience(()), quarter_before(TODAY), TODAY, seed=0, runs=20)
    assert (judged.decided, judged.held_50, judged.held_80, judged.held_95) == (0, None, None, None)
