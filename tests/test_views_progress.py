"""views/progress and views/health: formulas that hold for whatever numbers somebody writes down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trueup.records.config import Thresholds
from trueup.records.periods import period_of
from trueup.views.health import HEALTHS, behind_of, health_of, is_better, quadrant_of
from trueup.views.progress import mean_progress, pace_of, progress_of

NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63 - 1)
SHARES = st.floats(-1e12, 1e12)
WEIGHTS = st.floats(min_value=0, exclude_min=True, allow_nan=False, allow_infinity=False) | st.integers(1, 2**63)
PARTS = st.lists(st.tuples(st.none() | SHARES, WEIGHTS), max_size=6)
LIMITS = Thresholds()


@given(NUMBERS, NUMBERS)
def test_progress_of__is_0_at_the_baseline_and_1_at_the_target(baseline: float, target: float) -> None:
    if baseline == target:
        assert progress_of(baseline, target, baseline) is None
    else:
        assert progress_of(baseline, target, baseline) == 0
        assert progress_of(baseline, target, target) == 1


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_progress_of__never_falls_while_the_number_moves_towards_the_target(
    baseline: float, target: float, one: float, other: float
) -> None:
    if baseline == target:
        return
    nearer, farther = (max(one, other), min(one, other)) if target > baseline else (min(one, other), max(one, other))
    before, after = progress_of(baseline, target, farther), progress_of(baseline, target, nearer)
    assert before is not None
    assert after is not None
    assert before <= after


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_of__where_down_is_good_is_the_mirror_image(baseline: float, target: float, current: float) -> None:
    assert progress_of(-baseline, -target, -current) == progress_of(baseline, target, current)


@pytest.mark.parametrize(
    ("baseline", "target", "current", "share"),
    [(31, 40, 35.5, 0.5), (54, 12, 33, 0.5), (0, 100, -50, -0.5), (10, 5, 0, 2), (-1e308, 1e308, 0, 0.5), (0, 5e-324, 1e308, 1e12)],
)
def test_progress_of__is_the_share_of_the_way(baseline: float, target: float, current: float, share: float) -> None:
    assert progress_of(baseline, target, current) == share


@given(st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
def test_progress_of__of_missing_data_is_none(baseline: float | None, target: float | None, current: float | None) -> None:
    if None in (baseline, target, current):
        assert progress_of(baseline, target, current) is None


@given(PARTS)
def test_mean_progress__lies_between_0_and_1_and_is_none_without_data(parts: list[tuple[float | None, float]]) -> None:
    mean = mean_progress(parts)
    assert (mean is None) == all(share is None for share, _ in parts)
    assert mean is None or 0 <= mean <= 1


@given(PARTS, SHARES, SHARES, WEIGHTS)
def test_mean_progress__never_falls_when_one_share_rises(
    parts: list[tuple[float | None, float]], one: float, other: float, weight: float
) -> None:
    low, high = sorted((one, other))
    before, after = mean_progress([*parts, (low, weight)]), mean_progress([*parts, (high, weight)])
    assert before is not None
    assert after is not None
    assert before <= after


@given(st.lists(WEIGHTS, min_size=1, max_size=6))
def test_mean_progress__is_1_exactly_when_all_are_reached(weights: list[float]) -> None:
    assert mean_progress([(1.0, weight) for weight in weights]) == 1
    assert mean_progress([(0.0, weight) for weight in weights]) == 0


def test_mean_progress__weighs_and_lets_none_make_up_for_another() -> None:
    assert mean_progress([(1, 3), (0, 1)]) == 0.75
    assert mean_progress([(4, 1), (0, 1)]) == 0.5
    assert mean_progress([(-3, 1), (1, 1)]) == 0.5
    assert mean_progress([(None, 9), (0.5, 1)]) == 0.5


@pytest.mark.parametrize(
    ("period", "today", "passed"),
    [
        ("2026", "2025-12-31", 0),
        ("2026", "2026-12-31", 1),
        ("2026", "2027-01-01", 1),
        ("2026-H2", "2026-07-01", 1 / 184),
        ("2026-Q4", "2026-11-22", 53 / 92),
        ("2024-02", "2024-02-29", 1),
        ("2024-02", "2024-02-28", 28 / 29),
        ("2026-W53", "2026-12-31", 4 / 7),
        ("2026-W53", "2027-01-03", 1),
        ("9999-Q4", "9999-12-31", 1),
        ("0001-W01", "0001-01-01", 1 / 7),
    ],
)
def test_pace_of__is_the_share_of_the_period_at_the_end_of_the_day(period: str, today: str, passed: float) -> None:
    assert pace_of(period_of(period), date.fromisoformat(today)) == passed


@pytest.mark.parametrize("name", ["2026-Q5", "2025-W53", "2026-13", "0000", "next year", ""])
def test_pace_of__without_a_period_that_can_be_read_is_none(name: str) -> None:
    assert pace_of(period_of(name), date(2026, 11, 22), date(2026, 11, 1)) is None


@pytest.mark.parametrize(
    ("due", "passed"),
    [("2026-10-31", 10 / 31), ("2026-10-10", 1), ("2026-09-30", 1), ("2027-01-31", 10 / 92), ("2026-12-31", 10 / 92)],
)
def test_pace_of__runs_to_the_due_date_where_that_is_earlier(due: str, passed: float) -> None:
    assert pace_of(period_of("2026-Q4"), date(2026, 10, 10), date.fromisoformat(due)) == passed


@given(st.dates(), st.dates(), st.none() | st.dates(), st.integers(0, 3000))
def test_pace_of__never_falls_as_time_goes_by(start: date, today: date, due: date | None, later: int) -> None:
    period = period_of(f"{start.year:04}-{start.month:02}")
    after = today + timedelta(days=min(later, (date.max - today).days))
    before, afterwards = pace_of(period, today, due), pace_of(period, after, due)
    assert before is not None
    assert afterwards is not None
    assert 0 <= before <= afterwards <= 1


@pytest.mark.parametrize(
    ("progress", "pace", "health"),
    [
        (0.6, 0.6, "on-track"),
        (0.51, 0.6, "on-track"),
        (0.5, 0.6, "at-risk"),
        (0.36, 0.6, "at-risk"),
        (0.35, 0.6, "off-track"),
        (0, 1, "off-track"),
        (1, 1, "on-track"),
        (0, 0, "on-track"),
        (None, 0.6, None),
        (0.6, None, None),
    ],
)
def test_health_of__goes_by_percentage_points_behind_pace(progress: float | None, pace: float | None, health: str | None) -> None:
    assert health_of(progress, pace, LIMITS) == health


def test_health_of__keeps_to_the_thresholds_of_the_workspace() -> None:
    strict = Thresholds(at_risk_behind=0, off_track_behind=1)
    assert [health_of(share, 0.5, strict) for share in (0.5, 0.495, 0.48)] == ["on-track", "at-risk", "off-track"]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_health_of__more_progress_is_never_worse(one: float, other: float, pace: float) -> None:
    low, high = sorted((one, other))
    assert not is_better(health_of(low, pace, LIMITS), health_of(high, pace, LIMITS))


def test_is_better__says_nothing_where_one_is_unknown() -> None:
    assert [is_better(one, "at-risk") for one in (*HEALTHS, None, "fine")] == [True, False, False, False, False]
    assert not is_better("on-track", None)


def test_behind_of__is_negative_where_progress_is_ahead() -> None:
    assert (behind_of(0.5, 0.6), behind_of(0.75, 0.5), behind_of(None, 0.5)) == (10, -25, None)


@pytest.mark.parametrize(
    ("user", "business", "quadrant"),
    [(4, 5, "do-first"), (5, 3, "user-need"), (1, 4, "business-goal"), (3, 3, "reconsider"), (None, 5, None), (5, 0, None), (9, 5, None)],
)
def test_quadrant_of__four_and_five_are_high(user: float | None, business: float | None, quadrant: str | None) -> None:
    assert quadrant_of(user, business) == quadrant
