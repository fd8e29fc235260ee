"""views/goals and views/hierarchy: where goals stand, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.records.periods import period_of
from trueup.render.answer import as_json
from trueup.views.goals import Confidence, Coverage, Goal, Goals, goals, goals_within
from trueup.views.hierarchy import hierarchy
from trueup.views.progress import KeyResult

Write = Callable[[Mapping[str, str | bytes]], Written]
See = Callable[..., Goals]

# Half of 2026-Q4 less a day: 45 of 92 days have passed.
TODAY = date(2026, 11, 14)
PASSED = 45 / 92

PEOPLE = {
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/people/li-wei.yaml": "title: Li Wei\nteam: operations\n",
    "metrics/orders.yaml": "title: Orders\nunit: orders\ndirection: up\n",
    "metrics/orders.csv": "date,value,note\n2026-09-30,100,\n2026-11-14,150,\n2026-11-15,190,\n",
}


@pytest.fixture
def see(workspace: Write) -> See:
    def seen(files: Mapping[str, str | bytes], today: date = TODAY) -> Goals:
        return goals(workspace({**PEOPLE, **files}).load(), today)

    return seen


def goal(**fields: object) -> str:
    """A goal's file: an active one of 2026-Q4 unless ``fields`` say something else."""
    return "".join(f"{name}: {value}\n" for name, value in {"title": "G", "period": "2026-Q4", "status": "active", **fields}.items())


def checkin(subject: str, day: str, **fields: object) -> str:
    written = {"subject": f"goal/{subject}", "date": day, "author": "li-wei", "health": "on-track", **fields}
    return "".join(f"{name}: {value}\n" for name, value in written.items())


def the(found: Goals, name: str = "g") -> Goal:
    one = found.goal(f"goal/{name}")
    assert one is not None
    return one


METRIC = "[{id: orders, title: Orders, baseline: 100, target: 200, unit: boxes, metric: orders}]"
COUNTED = "[{id: count, title: Count, baseline: 10, target: 0, unit: boxes}]"


def test_goals__current_is_the_last_value_of_the_metric_on_or_before_today(see: See) -> None:
    found = the(see({"goals/g.yaml": goal(key_results=METRIC)}))
    assert found.key_results == (
        KeyResult(
            address="goal/g#orders",
            title="Orders",
            unit="orders",
            baseline=100,
            target=200,
            current=150,
            source="metric/orders",
            as_of=date(2026, 11, 14),
            progress=0.5,
            weight=1,
            due=None,
            pace=PASSED,
        ),
    )
    assert (found.progress, found.progress_from, found.coverage) == (0.5, "key-results", Coverage(1, 1))
    assert the(see({}, date(2026, 11, 15))).progress == 0.9


def test_goals__without_a_value_of_the_metric_the_latest_checkin_that_tells_one_counts(see: See) -> None:
    files = {
        "goals/g.yaml": goal(key_results=COUNTED),
        "checkins/a.yaml": checkin("g", "2026-11-01", key_results="{count: 8}"),
        "checkins/b.yaml": checkin("g", "2026-11-08", key_results="{count: 7.5}"),
        "checkins/c.yaml": checkin("g", "2026-11-12", key_results="{other: 1}"),
        "checkins/d.yaml": checkin("g", "2026-11-15", key_results="{count: 0}"),
    }
    one = the(see(files)).key_results[0]
    assert (one.current, one.source, one.as_of, one.progress) == (7.5, "checkin/b", date(2026, 11, 8), 0.25)


def test_goals__a_metric_comes_before_a_later_checkin(see: See) -> None:
    files = {"goals/g.yaml": goal(key_results=METRIC), "checkins/a.yaml": checkin("g", "2026-11-14", key_results="{orders: 199}")}
    assert the(see(files)).key_results[0].source == "metric/orders"
    before_its_first_value = the(see({"checkins/a.yaml": checkin("g", "2026-09-01", key_results="{orders: 110}")}, date(2026, 9, 1)))
    assert before_its_first_value.key_results[0].source == "checkin/a"


def test_goals__without_data_nothing_is_zero_and_nothing_is_fine(see: See) -> None:
    found = the(see({"goals/g.yaml": goal(key_results=COUNTED)}))
    assert (found.progress, found.progress_from, found.behind, found.data_health) == (None, None, None, None)
    assert (found.said_health, found.confidence, found.quadrant, found.is_watermelon) == (None, None, None, False)
    assert found.key_results[0].current is None
    assert found.coverage == Coverage(0, 1)


def test_goals__with_data_for_some_key_results_it_can_be_bad_but_not_fine(see: See) -> None:
    results = "[{{id: a, title: A, baseline: 0, target: 10}}, {{id: b, title: B, baseline: 0, target: {target}}}]"
    told = {"checkins/a.yaml": checkin("g", "2026-11-10", key_results="{a: 10}")}
    good = the(see({"goals/g.yaml": goal(key_results=results.format(target=10)), **told}))
    assert (good.progress, good.coverage, good.data_health) == (1, Coverage(1, 2), None)
    same = the(see({"goals/g.yaml": goal(key_results=results.format(target=0)), **told}))
    assert (same.key_results[1].progress, same.data_health) == (None, None)
    bad = the(see({"checkins/a.yaml": checkin("g", "2026-11-10", key_results="{a: 1}")}))
    assert (bad.progress, bad.coverage, bad.data_health) == (0.1, Coverage(1, 2), "off-track")
    full = the(see({"goals/g.yaml": goal(key_results="[{id: a, title: A, baseline: 0, target: 10}]"), **told}))
    assert full.data_health == "on-track"


def test_goals__a_target_that_is_the_baseline_has_no_progress(see: See) -> None:
    found = the(see({"goals/g.yaml": goal(key_results="[{id: orders, title: Keep, baseline: 150, target: 150, metric: orders}]")}))
    assert (found.key_results[0].current, found.key_results[0].progress, found.data_health) == (150, None, None)


def test_goals__progress_is_the_weighted_mean_of_what_has_data(see: See) -> None:
    results = (
        "[{id: orders, title: Orders, baseline: 100, target: 200, metric: orders, weight: 3},"
        " {id: count, title: Count, baseline: 10, target: 0}, {id: none, title: None, baseline: 0, target: 1, weight: 50}]"
    )
    found = the(see({"goals/g.yaml": goal(key_results=results), "checkins/a.yaml": checkin("g", "2026-11-10", key_results="{count: -90}")}))
    assert [one.progress for one in found.key_results] == [0.5, 10, None]
    assert found.progress == (3 * 0.5 + 1) / 4


def test_goals__a_weight_that_is_none_counts_as_1(see: See) -> None:
    results = "[{id: a, title: A, baseline: 0, target: 1, weight: -3}, {id: b, title: B, baseline: 0, target: 1, weight: 0}]"
    files = {"goals/g.yaml": goal(key_results=results), "checkins/a.yaml": checkin("g", "2026-11-10", key_results="{a: 1, b: 0}")}
    assert the(see(files)).progress == 0.5


def test_goals__without_key_results_it_is_the_mean_of_those_below(see: See) -> None:
    files = {
        "goals/g.yaml": goal(period=2026),
        "goals/half.yaml": goal(parent="g", key_results=METRIC),
        "goals/done.yaml": goal(parent="g", status="achieved", key_results=METRIC.replace("target: 200", "target: 150")),
        "goals/silent.yaml": goal(parent="g", key_results=COUNTED),
        "goals/dropped.yaml": goal(parent="g", status="dropped", key_results=METRIC.replace("target: 200", "target: 1000")),
        "goals/draft.yaml": goal(parent="g", status="draft", key_results=METRIC.replace("target: 200", "target: 1000")),
    }
    found = the(see(files))
    assert (found.progress, found.progress_from, found.coverage) == (0.75, "goals", Coverage(2, 3))
    assert found.children == ("goal/done", "goal/draft", "goal/dropped", "goal/half", "goal/silent")


def test_goals__one_below_that_cannot_be_measured_counts_as_one_without_data(see: See) -> None:
    files = {
        "goals/g.yaml": goal(period=2026),
        "goals/done.yaml": goal(parent="g", key_results=METRIC.replace("target: 200", "target: 150")),
        "goals/words.yaml": goal(parent="g", title="Only words"),
    }
    found = the(see(files))
    assert (found.progress, found.coverage, found.data_health) == (1, Coverage(1, 2), None)
    assert not Coverage(0, 0).is_full


def test_goals__rolls_up_through_levels_and_own_key_results_come_first(see: See) -> None:
    files = {
        "goals/top.yaml": goal(period=2026),
        "goals/middle.yaml": goal(period="2026-H2", parent="top"),
        "goals/leaf.yaml": goal(parent="middle", key_results=METRIC),
        "goals/own.yaml": goal(key_results=METRIC.replace("target: 200", "target: 300")),
        "goals/below.yaml": goal(parent="own", key_results=METRIC),
    }
    found = see(files)
    assert [the(found, name).progress for name in ("top", "middle", "leaf", "own")] == [0.5, 0.5, 0.5, 0.25]
    assert the(found, "own").progress_from == "key-results"
    assert [(one.address, one.depth, one.parent) for one in found.goals] == [
        ("goal/top", 0, None),
        ("goal/middle", 1, "goal/top"),
        ("goal/leaf", 2, "goal/middle"),
        ("goal/own", 0, None),
        ("goal/below", 1, "goal/own"),
    ]


def test_goals__one_that_is_finished_keeps_the_numbers_its_period_ended_with(see: See) -> None:
    finished = goal(period="2026-Q3", status="missed", key_results=METRIC)
    closing = checkin("g", "2026-10-05", key_results="{count: 5}")
    found = the(see({"goals/g.yaml": finished}))
    assert (found.progress, found.data_health, found.pace) == (0, None, 1)
    assert the(see({"goals/g.yaml": finished.replace("missed", "active")})).progress == 0.5
    told = the(see({"goals/g.yaml": goal(period="2026-Q3", status="partial", key_results=COUNTED), "checkins/a.yaml": closing}))
    assert told.progress == 0.5


def test_goals__a_watermelon_is_said_to_be_better_than_its_data(see: See) -> None:
    green = {"goals/g.yaml": goal(key_results=COUNTED), "checkins/a.yaml": checkin("g", "2026-11-10", key_results="{count: 10}")}
    found = the(see(green))
    assert (found.said_health, found.data_health, found.is_watermelon) == ("on-track", "off-track", True)
    assert (found.said_on, found.said_by, found.said_in) == (date(2026, 11, 10), "person/li-wei", "checkin/a")
    honest = the(see({"checkins/a.yaml": checkin("g", "2026-11-10", health="off-track", key_results="{count: 10}")}))
    assert not honest.is_watermelon
    gloomy = the(see({"checkins/a.yaml": checkin("g", "2026-11-10", health="off-track", key_results="{count: 0}")}))
    assert (gloomy.data_health, gloomy.is_watermelon) == ("on-track", False)
    blind = the(see({"checkins/a.yaml": checkin("g", "2026-11-10")}))
    assert (blind.data_health, blind.is_watermelon) == (None, False)


@pytest.mark.parametrize("status", ["draft", "achieved", "partial", "missed", "dropped"])
def test_goals__only_an_open_goal_has_a_data_health(see: See, status: str) -> None:
    found = the(see({"goals/g.yaml": goal(status=status, key_results=METRIC)}))
    assert (found.progress, found.data_health) == (0.5, None)


def test_goals__confidence_is_that_of_the_latest_checkin_and_of_the_one_before(see: See) -> None:
    files = {
        "goals/g.yaml": goal(),
        "checkins/b.yaml": checkin("g", "2026-11-03", confidence=8, health="on-track"),
        "checkins/a.yaml": checkin("g", "2026-11-10", confidence=5, health="at-risk"),
        "checkins/c.yaml": checkin("g", "2026-11-10", confidence=4, health="off-track"),
        "checkins/d.yaml": checkin("g", "2026-11-15", confidence=1),
        "checkins/later/0.yaml": checkin("g", "2026-11-10", confidence=9),
    }
    found = the(see(files))
    assert (found.confidence, found.confidence_before, found.said_in) == (4, 5, "checkin/c")


def test_goals__net_confidence_is_the_share_on_track_less_the_share_off_track(see: See) -> None:
    files = {
        "goals/a.yaml": goal(teams="[product, operations]"),
        "goals/b.yaml": goal(teams="[product]"),
        "goals/c.yaml": goal(period="2026-11", teams="[product]"),
        "goals/d.yaml": goal(teams="[operations]"),
        "goals/over.yaml": goal(status="missed", teams="[product]"),
        "checkins/a.yaml": checkin("a", "2026-11-01"),
        "checkins/b.yaml": checkin("b", "2026-11-01", health="off-track"),
        "checkins/c.yaml": checkin("c", "2026-11-01", health="off-track"),
        "checkins/over.yaml": checkin("over", "2026-11-01", health="off-track"),
    }
    found = see(files)
    assert found.confidence == Confidence("", 4, 1, 0, 2, -1 / 3)
    assert found.by_team == (Confidence("team/operations", 2, 1, 0, 0, 1), Confidence("team/product", 3, 1, 0, 2, -1 / 3))
    assert found.by_period == (Confidence("2026-Q4", 3, 1, 0, 1, 0), Confidence("2026-11", 1, 0, 0, 1, -1))


def test_goals__net_confidence_is_none_where_nobody_has_said_anything(see: See) -> None:
    assert see({"goals/g.yaml": goal()}).confidence == Confidence("", 1, 0, 0, 0, None)


def test_goals__stand_by_period_and_title_and_without_a_period_last(see: See) -> None:
    files = {
        "goals/unread.yaml": goal(period="some day", title="A"),
        "goals/week.yaml": goal(period="2026-W01"),
        "goals/quarter.yaml": goal(period="2026-Q1"),
        "goals/year.yaml": goal(period=2026),
        "goals/b.yaml": goal(period="2026-01", title="B"),
        "goals/a.yaml": goal(period="2026-01", title="A"),
    }
    assert [one.address[5:] for one in see(files).goals] == ["week", "year", "quarter", "a", "b", "unread"]


def test_goals__faulty_records_read_as_missing_and_never_raise(see: See) -> None:
    results = (
        "[{id: orders, baseline: low, target: 1e308, metric: nothing, weight: -3, due: soon}, 7,"
        " {id: [x], title: 5, baseline: -1e308, target: 1e308, metric: orders, weight: 1e308, due: 0001-01-01}, {metric: orders}]"
    )
    files = {
        "goals/g.yaml": goal(period="2026-W54", key_results=results, product_owner="nobody", parent="none", teams="[no, product]"),
        "goals/list.yaml": goal(period="9999", status="finished", key_results="{a: 1}", user_value="many", parent="list"),
        "goals/era.yaml": goal(period="0001", teams="product", agreed=3),
        "checkins/a.yaml": checkin("g", "2026-11-31", key_results="{orders: 3}"),
        "checkins/b.yaml": checkin("g", "2026-11-01", health="fine", confidence=11, key_results="[orders]"),
        "checkins/c.yaml": checkin("none", "2026-11-01"),
        "checkins/d.yaml": "subject: [goal/g]\ndate: 5\n",
    }
    found = see(files)
    one = the(found)
    assert (one.product_owner, one.parent, one.teams, one.pace, one.data_health) == (None, None, ("team/product",), None, None)
    assert (one.said_health, one.confidence) == (None, None)
    assert [part.progress for part in one.key_results] == [None, 0.5, None]
    assert (the(found, "list").parent, the(found, "era").pace) == (None, 1)
    assert '"version": 1' in as_json(found)


def test_goals__an_id_that_is_used_twice_is_there_once(see: See) -> None:
    found = see({"goals/a/g.yaml": goal(title="First"), "goals/b/g.yaml": goal(title="Second")})
    assert [one.title for one in found.goals] == ["First"]


def test_goals__parents_that_go_round_are_cut_above_the_first(see: See) -> None:
    files = {
        "goals/a.yaml": goal(parent="c"),
        "goals/b.yaml": goal(parent="a"),
        "goals/c.yaml": goal(parent="b", key_results=METRIC),
        "goals/d.yaml": goal(parent="b"),
    }
    found = see(files)
    assert [(one.address[5:], one.depth) for one in found.goals] == [("a", 0), ("b", 1), ("c", 2), ("d", 2)]
    assert (the(found, "a").parent, the(found, "a").progress) == (None, 0.5)


@given(st.dictionaries(st.integers(0, 12), st.none() | st.integers(0, 14), max_size=13))
def test_hierarchy__has_each_once_below_its_parent_whatever_the_parents_are(above: dict[int, int | None]) -> None:
    names = [str(one) for one in sorted(above)]
    parents = {str(one): None if parent is None else str(parent) for one, parent in above.items()}
    placed = hierarchy(names, parents)
    assert sorted(one.name for one in placed) == sorted(names)
    seen: dict[str, int] = {}
    for one in placed:
        assert one.parent is None or one.parent == parents[one.name]
        assert one.depth == (0 if one.parent is None else seen[one.parent] + 1)
        seen[one.name] = one.depth
    cut = [one.name for one in placed if one.parent is None and parents[one.name] in parents]
    for name in cut:
        # Only what goes round is cut, and each round once.
        here, members = parents[name], {name}
        while here is not None and here != name:
            members.add(here)
            here = parents[here]
        assert here == name
        assert len(members & set(cut)) == 1


def test_hierarchy__cuts_a_circle_above_its_first_also_where_it_is_come_upon_elsewhere() -> None:
    placed = hierarchy(["a", "b", "c"], {"a": "c", "b": "c", "c": "b"})
    assert [(one.name, one.parent) for one in placed] == [("b", None), ("c", "b"), ("a", "c")]


def test_hierarchy__takes_linear_time_for_a_chain() -> None:
    names = [f"{index:05}" for index in range(20_000)]
    begun = perf_counter()
    placed = hierarchy(names, dict(zip(names[1:], names, strict=False)))
    assert placed[-1].depth == 19_999
    assert perf_counter() - begun < 2


FOREST = {
    "goals/year.yaml": goal(period=2026, teams="[product]"),
    "goals/q3.yaml": goal(period="2026-Q3", status="missed", parent="year", teams="[product]"),
    "goals/q4.yaml": goal(parent="q3", teams="[operations]"),
    "goals/november.yaml": goal(period="2026-11", status="achieved", parent="q4", teams="[product]"),
}


def test_goals_within__leaves_out_what_is_over_and_says_how_many(see: See) -> None:
    found = goals_within(see(FOREST), TODAY, ended=False)
    assert [(one.address[5:], one.depth) for one in found.goals] == [("year", 0), ("q4", 1), ("november", 2)]
    assert found.ended == 1
    on_its_last_day = goals_within(see(FOREST, date(2026, 9, 30)), date(2026, 9, 30), ended=False)
    assert on_its_last_day.ended == 0
    assert goals_within(see(FOREST), TODAY).goals == see(FOREST).goals


def test_goals_within__a_period_holds_the_periods_that_lie_in_it(see: See) -> None:
    found = goals_within(see(FOREST), TODAY, period=period_of("2026-Q4"))
    assert [(one.address[5:], one.depth) for one in found.goals] == [("q4", 0), ("november", 1)]
    assert found.by_team == (Confidence("team/operations", 1, 0, 0, 0, None),)


def test_goals_within__a_team_has_the_goals_it_takes_part_in(see: See) -> None:
    found = goals_within(see(FOREST), TODAY, teams={"team/product"})
    assert [(one.address[5:], one.depth) for one in found.goals] == [("year", 0), ("q3", 1), ("november", 2)]
    assert found.confidence.open == 1
