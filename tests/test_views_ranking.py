"""The order of plans by RICE, and whether it hangs on a weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Written
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.views.ranking import Ranking, Swap, ranking

Write = Callable[[Mapping[str, str | bytes]], Written]
Make = Callable[..., Ranking]


def text(reach: object, impact: object, confidence: object, effort: object, status: str = "active") -> str:
    return f"title: T\nteam: product\nstatus: {status}\nreach: {reach}\nimpact: {impact}\nconfidence: {confidence}\neffort: {effort}\n"


@pytest.fixture
def made(workspace: Write) -> Make:
    return lambda **plans: ranking(workspace({f"plans/{name}.yaml": plan for name, plan in plans.items()}).load())


def test_ranking__the_highest_score_first_and_equal_ones_share_a_rank(made: Make) -> None:
    found = made(a=text(100, 1, 0.5, 2), b=text(400, 2, 0.5, 4), c=text(50, 1, 0.5, 1), d=text(10, 1, 1, 1, "draft"))
    assert [(one.address, one.score, one.rank) for one in found.plans] == [
        ("plan/b", 100, 1), ("plan/a", 25, 2), ("plan/c", 25, 2), ("plan/d", 10, 4),
    ]  # fmt: skip


def test_ranking__what_lacks_a_factor_has_no_score_and_no_rank(made: Make) -> None:
    found = made(a=text(100, 1, 0.5, 2), b="title: T\nteam: product\nstatus: active\nreach: 4\neffort: 0\n", c=text(1, 1, 1, 1, "done"))
    assert [(one.address, one.score, one.rank, one.missing) for one in found.plans] == [
        ("plan/a", 25, 1, ()), ("plan/b", None, None, ("impact", "confidence", "effort")),
    ]  # fmt: skip


def test_ranking__a_reach_of_nothing_is_a_score_of_nothing(made: Make) -> None:
    found = made(a=text(0, 1, 0.5, 2), b=text(0, 3, 1, 1), c=text(1, 1, 1, 1))
    assert [(one.address, one.score, one.rank) for one in found.plans] == [("plan/c", 1, 1), ("plan/a", 0, 2), ("plan/b", 0, 2)]
    assert found.holds


def test_ranking__a_score_too_large_for_a_number_is_none(made: Make) -> None:
    found = made(a=text("1.0e+300", 3, 1, "1.0e-300"), b=text(1, 1, 1, 1))
    assert [(one.address, one.score, one.rank) for one in found.plans] == [("plan/b", 1, 1), ("plan/a", None, None)]


def test_ranking__close_scores_made_of_unlike_factors_swap(made: Make) -> None:
    # 110 beside 100: many users and much work, beside few users and little of it.
    found = made(wide=text(11000, 1, 1, 100), deep=text(1000, 1, 1, 10), far=text(1, 1, 1, 1))
    assert not found.holds
    swapped = {(one.factor, one.weight): one.swaps for one in found.sensitivity if one.swaps}
    assert swapped == {
        ("reach", 0.75): (Swap("plan/wide", "plan/deep"),),
        ("effort", 1.25): (Swap("plan/wide", "plan/deep"),),
    }
    assert len(found.sensitivity) == 8


def test_ranking__to_draw_level_is_not_to_overtake(made: Make) -> None:
    # 16 to the power of 0.75 is 8: at that weight both have the same score.
    assert made(a=text(16, 1, 1, 8), b=text(1, 1, 1, 1)).holds


def test_ranking__of_equal_plans_each_can_be_overtaken(made: Make) -> None:
    found = made(a=text(11000, 1, 1, 100), b=text(110, 1, 1, 1), c=text(1000, 1, 1, 10))
    assert Swap("plan/a", "plan/c") in next(one for one in found.sensitivity if (one.factor, one.weight) == ("reach", 0.75)).swaps


def test_ranking__scores_far_apart_hold(made: Make) -> None:
    assert made(a=text(9000, 2, 0.8, 2), b=text(500, 1, 0.8, 2)).holds
    assert made().holds


factor = st.integers(1, 1000)


@given(st.lists(st.tuples(factor, st.sampled_from([0.25, 0.5, 1, 2, 3]), st.sampled_from([0.5, 0.8, 1]), factor), min_size=1, max_size=8))
def test_ranking__holds_exactly_where_no_weight_changes_the_order(plans: list[tuple[int, float, float, int]]) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "plans").mkdir()
        for at, plan in enumerate(plans):
            Path(folder, "plans", f"p{at}.yaml").write_text(text(*plan), encoding="utf-8")
        found = ranking(load(WorkingTree(Path(folder))))
    scores = {f"plan/p{at}": plan for at, plan in enumerate(plans)}
    order = [scores[one.address] for one in found.plans]
    for one in found.sensitivity:
        weights = [one.weight if name == one.factor else 1.0 for name in ("reach", "impact", "confidence", "effort")]
        weighed = [r ** weights[0] * i ** weights[1] * c ** weights[2] / e ** weights[3] for r, i, c, e in order]
        plain = [r * i * c / e for r, i, c, e in order]
        turned = any(
            plain[first] > plain[second] * (1 + 1e-6) and weighed[first] < weighed[second] * (1 - 1e-6)
            for first in range(len(order))
            for second in range(first + 1, len(order))
        )
        assert turned != one.holds
