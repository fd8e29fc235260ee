"""Decisions: tripwires, reviews, proposals that wait, and what has replaced what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TODAY, Written
from trueup.records.series import Point, Series
from trueup.views.decisions import Decision, decisions

Write = Callable[[Mapping[str, str | bytes]], Written]

METRIC = {"metrics/late.yaml": "title: Late boxes\nunit: '%'\ndirection: down\n"}
SERIES = "date,value\n2026-10-01,9\n2026-10-08,2\n2026-10-15,6.1\n2026-10-22,5\n2026-10-29,7\n2026-11-05,8\n2026-11-27,1\n"


def _decision(more: str, day: str = "2026-10-08", status: str = "accepted") -> str:
    return f"---\ntitle: D\ndate: {day}\nstatus: {status}\ntype: decision\n{more}\n---\nWhy.\n"


def _one(workspace: Write, more: str, today: date = TODAY, **written: str) -> Decision:
    files = {**METRIC, "metrics/late.csv": SERIES, "decisions/d.md": _decision(more, **written)}
    (one,) = decisions(workspace(files).load(), today).decisions
    return one


def test_decisions__tripwire_is_crossed_by_the_last_value(workspace: Write) -> None:
    one = _one(workspace, "tripwire: {metric: late, above: 6}")
    assert one.tripwire is not None
    assert (one.is_tripped, one.tripwire.is_crossed, one.tripwire.value, one.tripwire.value_on) == (True, True, 8, date(2026, 11, 5))
    assert (one.tripwire.first_crossed_on, one.tripwire.crossed_since) == (date(2026, 10, 15), date(2026, 10, 29))
    assert (one.tripwire.metric, one.tripwire.metric_title, one.tripwire.unit) == ("metric/late", "Late boxes", "%")


def test_decisions__tripwire_that_was_crossed_and_holds_again(workspace: Write) -> None:
    one = _one(workspace, "tripwire: {metric: late, above: 6}", today=date(2026, 10, 22))
    assert one.tripwire is not None
    assert (one.is_tripped, one.tripwire.is_crossed, one.tripwire.crossed_since) == (False, False, None)
    assert one.tripwire.first_crossed_on == date(2026, 10, 15)


@pytest.mark.parametrize(("limit", "crossed"), [("above: 8", False), ("above: 7.9", True), ("below: 8", False), ("below: 8.1", True)])
def test_decisions__tripwire_is_crossed_only_beyond_the_number(workspace: Write, limit: str, crossed: bool) -> None:
    assert _one(workspace, f"tripwire: {{metric: late, {limit}}}").is_tripped is crossed


def test_decisions__tripwire_does_not_count_what_was_measured_before_the_decision(workspace: Write) -> None:
    one = _one(workspace, "tripwire: {metric: late, above: 6}", day="2026-11-10")
    assert one.tripwire is not None
    assert (one.tripwire.is_crossed, one.tripwire.value, one.is_tripped) == (None, None, False)


@pytest.mark.parametrize("status", ["proposed", "rejected", "superseded"])
def test_decisions__only_what_holds_can_be_tripped_or_due_for_review(workspace: Write, status: str) -> None:
    one = _one(workspace, "tripwire: {metric: late, above: 6}\nreview_by: 2026-11-01", status=status)
    assert one.tripwire is not None
    assert (one.tripwire.is_crossed, one.is_tripped, one.is_review_due, one.review_overdue) == (True, False, False, None)


@pytest.mark.parametrize("wire", ["{metric: none, above: 6}", "{metric: late}", "{metric: late, above: high}", "{above: 3}", "6"])
def test_decisions__tripwire_that_cannot_be_read_is_none(workspace: Write, wire: str) -> None:
    assert _one(workspace, f"tripwire: {wire}").tripwire is None


@pytest.mark.parametrize(("day", "due", "late"), [("2026-11-19", True, 1), ("2026-11-20", True, 0), ("2026-11-21", False, None)])
def test_decisions__review_is_due_on_its_day(workspace: Write, day: str, due: bool, late: int | None) -> None:
    one = _one(workspace, f"review_by: {day}")
    assert (one.is_review_due, one.review_overdue) == (due, late)


def test_decisions__proposal_waits_longer_than_the_threshold(workspace: Write) -> None:
    written = workspace({"trueup.yaml": "thresholds: {proposal_days: 10}\n", "decisions/d.md": _decision("", "2026-11-10", "proposed")})
    (ten,) = decisions(written.load(), TODAY).proposed
    assert (ten.proposed_for, ten.is_waiting) == (10, False)
    (eleven,) = decisions(written.load(), TODAY + timedelta(days=1)).proposed
    assert (eleven.proposed_for, eleven.is_waiting) == (11, True)


def test_decisions__chains_from_the_first_to_the_one_that_holds(workspace: Write) -> None:
    files = {
        "decisions/a.md": _decision("", "2026-01-01", "superseded"),
        "decisions/b.md": _decision("supersedes: a", "2026-02-01", "superseded"),
        "decisions/c.md": _decision("supersedes: b", "2026-03-01"),
        "decisions/d.md": _decision("supersedes: b", "2026-04-01"),
        "decisions/e.md": _decision("", "2026-05-01"),
        # In a circle, and with a way into it.
        "decisions/x.md": _decision("supersedes: y", "2026-05-01"),
        "decisions/y.md": _decision("supersedes: x", "2026-05-01"),
        "decisions/z.md": _decision("supersedes: x", "2026-05-01"),
        "decisions/later.md": _decision("supersedes: e", "2027-01-01"),
    }
    found = decisions(workspace(files).load(), TODAY)
    assert found.chains == (
        ("decision/a", "decision/b", "decision/c"),
        # What both have before them is told once.
        ("decision/b", "decision/d"),
        ("decision/y", "decision/x", "decision/z"),
    )
    by_address = {one.address: one for one in found.decisions}
    assert by_address["decision/b"].superseded_by == ("decision/c", "decision/d")
    # What is dated after today has not been decided.
    assert by_address["decision/e"].superseded_by == ()


def test_decisions__latest_first_and_the_oldest_task_first(workspace: Write) -> None:
    files = {
        **METRIC,
        "metrics/late.csv": SERIES,
        "decisions/old.md": _decision("review_by: 2026-11-01\ntripwire: {metric: late, above: 7}", "2026-09-01"),
        "decisions/new.md": _decision("review_by: 2026-10-30\ntripwire: {metric: late, above: 5}", "2026-10-20"),
    }
    found = decisions(workspace(files).load(), TODAY)
    assert [one.address for one in found.decisions] == ["decision/new", "decision/old"]
    assert [one.address for one in found.reviews_due] == ["decision/new", "decision/old"]
    assert [one.address for one in found.tripped] == ["decision/new", "decision/old"]


def test_decisions__what_is_not_above_and_not_below_is_the_number_itself(workspace: Write) -> None:
    wires = {"above": "tripwire: {metric: late, above: 5}", "below": "tripwire: {metric: late, below: 5}"}
    files = {f"decisions/{side}.md": _decision(wire, "2026-11-01") for side, wire in wires.items()}
    loaded = workspace({**METRIC, "metrics/late.csv": SERIES, **files}).load()

    @given(st.lists(st.sampled_from([4, 4.9999, 5, 5.0001, 6]), min_size=1, max_size=8))
    def holds(values: list[float]) -> None:
        points = tuple(Point(date(2026, 11, day), value, "", day) for day, value in enumerate(values, 1))
        found = decisions(replace(loaded, series={"late": Series("late", "metrics/late.csv", points)}), TODAY).decisions
        wires = {one.address.removeprefix("decision/"): one.tripwire for one in found}
        assert {side: wire and wire.is_crossed for side, wire in wires.items()} == {"above": values[-1] > 5, "below": values[-1] < 5}
        for wire in wires.values():
            assert wire is not None
            # It has been crossed since the first of those that follow each other without a break up to the last value.
            assert (wire.crossed_since is not None) == wire.is_crossed
            assert wire.crossed_since is None or (wire.first_crossed_on or TODAY) <= wire.crossed_since

    holds()
