"""Scorecards and the figures of execution, computed from records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.records.periods import period_of
from trueup.views.derived import Derived
from trueup.views.execution import Figure
from trueup.views.scorecards import score_of

Write = Callable[[Mapping[str, str | bytes]], Written]
TODAY = date(2026, 11, 20)

FILES = {
    "team/teams/ops.yaml": "title: Ops\nfunction: operations\n",
    "team/teams/night.yaml": "title: Night\nfunction: operations\nparent: ops\n",
    "team/people/li.yaml": "title: Li\nteam: night\n",
    "team/people/bo.yaml": "title: Bo\nteam: ops\n",
    "plans/a.yaml": """\
title: A
team: night
status: active
due: 2026-12-01
tasks:
  - {id: early, title: E, status: done, due: 2026-10-10, done_on: 2026-10-09}
  - {id: late, title: L, status: done, due: 2026-10-10, done_on: 2026-10-11}
  - {id: open, title: O, due: 2026-11-19}
  - {id: today, title: T, due: 2026-11-20}
  - {id: dropped, title: D, status: dropped, due: 2026-10-10}
  - {id: undated, title: U, status: done, due: 2026-10-10}
  - {id: later, title: F, due: 2026-11-21}
  - {id: before, title: B, due: 2026-09-30}
milestones:
  - {id: live, title: Live, due: 2026-11-01, done_on: 2026-11-01}
""",
    "plans/b.yaml": "title: B\nteam: ops\nstatus: done\ndue: 2026-10-20\n"
    "tasks: [{id: x, title: X, status: done, due: 2026-10-22, done_on: 2026-10-21}]\n",
    "plans/draft.yaml": "title: D\nteam: ops\nstatus: draft\ntasks: [{id: x, title: X, due: 2026-10-22}]\n",
    "meetings/m.yaml": """\
title: M
date: 2026-10-05
actions:
  - {id: a, text: A, owner: li, due: 2026-10-12, status: done, done_on: 2026-10-12}
  - {id: b, text: B, owner: bo, due: 2026-10-12, status: open}
  - {id: c, text: C, owner: bo, due: 2026-10-12, status: dropped}
  - {id: d, text: D, owner: li, due: 2026-11-20}
""",
    "feedback/f.yaml": "title: F\nreceived_on: 2026-10-01\nchannel: support\nstatus: shipped\nowner: li\nreplied_on: 2026-10-05\n",
    "feedback/g.yaml": "title: G\nreceived_on: 2026-10-01\nchannel: support\nstatus: shipped\nreplied_on: 2026-10-11\n",
}


@pytest.fixture
def figures(workspace: Write) -> Callable[..., Figure]:
    derived = Derived(workspace(FILES).load(), TODAY)

    def figure(name: str, *teams: str) -> Figure:
        period = period_of("2026-Q4")
        assert period is not None
        found = derived.execution.figure(name, teams, period)
        assert found is not None
        return found

    return figure


def test_figure__tasks_done_by_their_day(figures: Callable[..., Figure]) -> None:
    found = figures("on-time-rate", "team/night")
    assert found.addresses == ("plan/a#early", "plan/a#late", "plan/a#open")
    assert found.met == ("plan/a#early",)
    assert found.value == pytest.approx(100 / 3)


def test_figure__milestones_and_whole_plans_are_forecasts(figures: Callable[..., Figure]) -> None:
    found = figures("forecast-accuracy", "team/ops", "team/night")
    assert found.addresses == ("plan/b", "plan/a#live"), "plan/a is due after today"
    assert found.met == ("plan/a#live",)


def test_figure__actions_count_for_the_team_of_their_owner(figures: Callable[..., Figure]) -> None:
    assert figures("action-closing-rate", "team/night").value == 100
    assert figures("action-closing-rate", "team/ops").value == 0
    assert figures("action-closing-rate", "team/ops", "team/night").value == 50


def test_figure__what_is_due_today_counts_once_it_is_done(workspace: Write) -> None:
    day = "due: 2026-11-20"
    files = {
        **FILES,
        "plans/a.yaml": f"""\
title: A
team: ops
status: active
{day}
tasks: [{{id: yes, title: Y, {day}, status: done, done_on: 2026-11-20}}, {{id: no, title: N, {day}}}]
milestones: [{{id: live, title: L, {day}}}]
""",
        "plans/b.yaml": "title: B\nteam: ops\nstatus: active\n",
        "meetings/m.yaml": "title: M\ndate: 2026-10-05\nactions:\n"
        f"  - {{id: a, text: A, owner: bo, {day}, status: done, done_on: 2026-11-20}}\n  - {{id: b, text: B, owner: bo, {day}}}\n",
        "feedback/h.yaml": "title: H\nreceived_on: 2026-11-20\nchannel: call\nstatus: shipped\nowner: bo\nreplied_on: 2026-11-20\n",
    }
    loaded = workspace(files).load()
    period = period_of("2026-Q4")
    assert period is not None
    names = ("on-time-rate", "forecast-accuracy", "action-closing-rate", "feedback-reply-time")
    today, tomorrow = (
        [found.addresses for name in names if (found := Derived(loaded, day).execution.figure(name, ["team/ops"], period))]
        for day in (TODAY, date(2026, 11, 21))
    )
    assert today == [("plan/a#yes",), (), ("meeting/m#a",), ("feedback/g", "feedback/h")]
    assert tomorrow == [
        ("plan/a#no", "plan/a#yes"),
        ("plan/a", "plan/a#live"),
        ("meeting/m#a", "meeting/m#b"),
        ("feedback/g", "feedback/h"),
    ]


def test_figure__replies_of_the_team_and_of_nobody_in_particular(figures: Callable[..., Figure]) -> None:
    assert figures("feedback-reply-time", "team/night").value == 7
    assert figures("feedback-reply-time", "team/ops").value == 10


def test_figure__nothing_due_is_no_data_and_not_zero(figures: Callable[..., Figure]) -> None:
    assert figures("on-time-rate", "team/nobody") == Figure("on-time-rate", None, "%", ())


def test_scorecards__each_item_says_from_what_it_was_computed(workspace: Write) -> None:
    card = """\
title: Card
period: 2026-Q4
teams: [ops]
items:
  - {id: orders, title: Orders, weight: 30, metric: orders, target: 200}
  - {id: late, title: Late, weight: 30, metric: late, target: 4}
  - {id: tasks, title: Tasks, weight: 20, execution: on-time-rate, target: 80}
  - {id: goal, title: Goal, weight: 20, goal: nothing-known}
"""
    files = {
        **FILES,
        "team/scorecards/card.yaml": card,
        "metrics/orders.yaml": "title: O\nunit: orders\ndirection: up\n",
        "metrics/orders.csv": "date,value,note\n2026-09-30,500,\n2026-11-01,150,\n2026-11-21,900,\n",
        "metrics/late.yaml": "title: L\nunit: '%'\ndirection: down\n",
        "metrics/late.csv": "date,value,note\n2026-11-01,8,\n",
    }
    found = Derived(workspace(files).load(), TODAY).scorecards[0]
    orders, late, tasks, goal = found.items
    assert (orders.value, orders.score, orders.addresses) == (150, 0.75, ("metric/orders",))
    assert (late.value, late.score) == (8, 0.5)
    assert tasks.value == 50
    assert tasks.addresses == ("plan/a#early", "plan/a#late", "plan/b#x", "plan/a#open"), "the teams below count too, by day"
    assert (goal.value, goal.score, goal.addresses) == (None, None, ())
    assert found.measured == pytest.approx(0.8)
    assert found.score == pytest.approx((0.75 * 30 + 0.5 * 30 + 50 / 80 * 20) / 80)


numbers = st.floats(0, 1e9, allow_nan=False)


@given(numbers, numbers, st.booleans())
def test_score_of__is_a_share_and_whole_at_the_target(value: float, target: float, lower: bool) -> None:
    score = score_of(value, target, lower_is_better=lower)
    assert score is not None
    assert 0 <= score <= 1
    assert score_of(target, target, lower_is_better=lower) == 1


def test_score_of__what_cannot_be_compared_has_none() -> None:
    assert score_of(5, None, lower_is_better=False) is None
    assert score_of(-5, 3, lower_is_better=False) is None
    assert score_of(3, -5, lower_is_better=True) is None
