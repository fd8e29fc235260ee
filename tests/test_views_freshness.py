"""How fresh check-ins and series are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import Written
from trueup.views.freshness import SeriesFreshness, checkin_freshness, series_freshness

Write = Callable[[Mapping[str, str | bytes]], Written]
TODAY = date(2026, 11, 20)


def test_checkin_freshness__counts_from_the_latest_check_in_or_from_the_beginning(workspace: Write) -> None:
    written = workspace(
        {
            "goals/fresh.yaml": "title: Fresh\nperiod: 2026-Q4\nstatus: active\n",
            "goals/silent.yaml": "title: Silent\nperiod: 2026-Q4\nstatus: active\nproduct_owner: li\n",
            "goals/over.yaml": "title: Over\nperiod: 2026-Q3\nstatus: achieved\n",
            "plans/young.yaml": "title: Young\nteam: ops\nstatus: active\nstart: 2026-11-10\n",
            "plans/paused.yaml": "title: Paused\nteam: ops\nstatus: paused\nstart: 2026-01-10\n",
            "plans/unknown.yaml": "title: Unknown\nteam: ops\nstatus: active\n",
            "checkins/a.yaml": "subject: goal/fresh\ndate: 2026-11-06\nauthor: li\nhealth: on-track\n",
            "checkins/b.yaml": "subject: goal/fresh\ndate: 2026-10-06\nauthor: li\nhealth: on-track\n",
            "checkins/c.yaml": "subject: goal/fresh\ndate: 2026-11-21\nauthor: li\nhealth: on-track\n",
        }
    )
    assert [(one.address, one.age, one.is_stale, one.checkin, one.owner) for one in checkin_freshness(written.load(), TODAY)] == [
        ("goal/silent", 50, True, None, "person/li"),
        ("goal/fresh", 14, False, "checkin/a", None),
        ("plan/young", 10, False, None, None),
        ("plan/unknown", None, False, None, None),
    ]


def test_checkin_freshness__the_limit_is_a_setting(workspace: Write) -> None:
    written = workspace(
        {"trueup.yaml": "thresholds: {checkin_days: 9}\n", "plans/young.yaml": "title: Y\nteam: o\nstatus: active\nstart: 2026-11-10\n"}
    )
    assert [one.is_stale for one in checkin_freshness(written.load(), TODAY)] == [True]


@pytest.fixture
def metric(workspace: Write) -> Callable[..., SeriesFreshness]:
    def made(cadence: str, *days: str) -> SeriesFreshness:
        series = "date,value,note\n" + "".join(f"{day},{index},\n" for index, day in enumerate(days, 1))
        text = f"title: Orders\nunit: orders\ndirection: up\n{cadence}"
        files = {"metrics/orders.yaml": text, **({"metrics/orders.csv": series} if days else {})}
        return series_freshness(workspace(files).load(), TODAY)[0]

    return made


@pytest.mark.parametrize(
    ("cadence", "last", "expected", "is_stale"),
    [
        ("daily", "2026-11-12", "2026-11-13", False),
        ("daily", "2026-11-11", "2026-11-12", True),
        ("weekly", "2026-11-06", "2026-11-13", False),
        ("weekly", "2026-11-05", "2026-11-12", True),
        ("monthly", "2026-10-31", "2026-12-01", False),
        ("quarterly", "2026-06-30", "2026-09-30", True),
    ],
)
def test_series_freshness__by_cadence_and_grace(
    metric: Callable[..., SeriesFreshness], cadence: str, last: str, expected: str, is_stale: bool
) -> None:
    found = metric(f"cadence: {cadence}\n", last)
    assert (str(found.expected), found.is_stale, found.value) == (expected, is_stale, 1)


def test_series_freshness__what_comes_after_today_does_not_count(metric: Callable[..., SeriesFreshness]) -> None:
    found = metric("cadence: weekly\n", "2026-11-16", "2026-11-23")
    assert (found.on, found.value, found.age) == (date(2026, 11, 16), 1, 4)


def test_series_freshness__without_values_or_without_a_cadence(metric: Callable[..., SeriesFreshness]) -> None:
    silent = metric("cadence: weekly\n")
    assert (silent.on, silent.age, silent.value, silent.is_stale) == (None, None, None, True)
    free = metric("", "2020-01-01")
    assert (free.expected, free.is_stale) == (None, False)
