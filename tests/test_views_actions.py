"""One list of what people have promised: what is open, late and carried over, and how much of it gets done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conftest import TODAY, Written
from trueup.views.actions import Action, Actions, actions, actions_listed, actions_of, closing_rate, team_and_below

Write = Callable[[Mapping[str, str | bytes]], Written]

PEOPLE = {
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "team/teams/depots.yaml": "title: Depots\nfunction: operations\nparent: ops\n",
    "team/people/anna.yaml": "title: Anna\nteam: ops\n",
    "team/people/ben.yaml": "title: Ben\nteam: depots\n",
}


def _meeting(day: str, *items: str, cadence: str = "weekly") -> str:
    return f"title: Weekly\ndate: {day}\ncadence: {cadence}\nactions:\n" + "".join(
        f"  - {{{item}}}\n" for item in items or ("id: none-yet",)
    )


def _found(workspace: Write, files: Mapping[str, str | bytes], today: date = TODAY) -> Actions:
    cadence = {"team/cadences/weekly.yaml": "title: Weekly\nevery: week\nday: monday\n"}
    return actions(workspace({**PEOPLE, **cadence, **files}).load(), today)


def _one(found: Actions, name: str) -> Action:
    (one,) = [one for one in found.actions if one.address.endswith(f"#{name}")]
    return one


def test_actions__of_a_meeting(workspace: Write) -> None:
    text = _meeting("2026-11-02", "id: crates, text: Order crates, owner: ben, due: 2026-11-10")
    found = _found(workspace, {"meetings/first.yaml": text})
    one = _one(found, "crates")
    assert (one.address, one.text, one.kind, one.source, one.source_title) == (
        "meeting/first#crates",
        "Order crates",
        "meeting",
        "meeting/first",
        "Weekly",
    )
    assert (one.owner, one.team, one.raised_on, one.due) == ("person/ben", "team/depots", date(2026, 11, 2), date(2026, 11, 10))
    assert (one.status, one.is_open, one.is_overdue, one.days_overdue) == ("open", True, True, 10)
    assert (found.open, found.overdue, found.unowned) == (1, 1, 0)


def test_actions__due_today_is_not_late(workspace: Write) -> None:
    found = _found(workspace, {"meetings/first.yaml": _meeting("2026-11-02", f"id: a, text: A, owner: ben, due: {TODAY}")})
    assert (_one(found, "a").is_overdue, _one(found, "a").days_overdue) == (False, None)
    late = actions(workspace({}).load(), TODAY + timedelta(days=1))
    assert (_one(late, "a").is_overdue, _one(late, "a").days_overdue) == (True, 1)


def test_actions__carried_over_to_each_later_meeting_of_the_cadence(workspace: Write) -> None:
    files = {
        "team/cadences/other.yaml": "title: Other\nevery: week\nday: monday\n",
        "meetings/m1.yaml": _meeting(
            "2026-11-02",
            "id: open, text: A, owner: ben, due: 2026-11-10",
            "id: done, text: B, owner: ben, due: 2026-11-10, status: done, done_on: 2026-11-16",
            "id: undated, text: C, owner: ben, due: 2026-11-10, status: done",
            "id: dropped, text: D, owner: ben, due: 2026-11-10, status: dropped",
        ),
        "meetings/m2.yaml": _meeting("2026-11-09"),
        "meetings/m3.yaml": _meeting("2026-11-16", "id: new, text: E, owner: ben, due: 2026-11-30"),
        "meetings/m4.yaml": _meeting("2026-11-16", cadence="other"),
        "meetings/later.yaml": _meeting("2026-11-23", "id: tomorrow, text: F, owner: ben, due: 2026-11-30"),
        "meetings/alone.yaml": "title: Once\ndate: 2026-11-03\nactions: [{id: once, text: G, owner: ben, due: 2026-11-30}]\n",
    }
    found = _found(workspace, files)
    # On the day of the meeting on which it was done it is not carried over any more.
    carried = {one.address.partition("#")[2]: one.carried for one in found.actions}
    assert {name: carried[name] for name in ("open", "done", "undated", "dropped", "new", "once")} == {
        "open": 2,
        "done": 1,
        "undated": None,
        "dropped": None,
        "new": 0,
        "once": None,
    }
    # A meeting that is dated after today has not been held.
    assert "tomorrow" not in carried


def test_actions__done_after_today_is_still_open(workspace: Write) -> None:
    item = "id: a, text: A, owner: ben, due: 2026-11-03, status: done, done_on: 2026-11-10"
    files = {"meetings/m1.yaml": _meeting("2026-11-02", item)}
    assert _one(_found(workspace, files, date(2026, 11, 9)), "a").days_overdue == 6
    assert not _one(_found(workspace, files, date(2026, 11, 10)), "a").is_open


PLAN = "title: Slots\nteam: ops\nstatus: {status}\n"


def test_actions__problems_of_a_closed_plan_are_not_open_any_more(workspace: Write) -> None:
    checkin = (
        "subject: plan/slots\ndate: 2026-11-09\nauthor: anna\nhealth: at-risk\nproblems: [{id: rain, problem: It rains, solution: Wait}]\n"
    )
    for status, is_open in (("active", True), ("paused", True), ("done", False), ("dropped", False)):
        found = _found(workspace, {"plans/slots.yaml": PLAN.format(status=status), "checkins/one.yaml": checkin})
        one = _one(found, "rain")
        assert (one.is_open, one.status, one.subject, one.source_title, one.solution) == (is_open, "open", "plan/slots", "Slots", "Wait")
        assert (one.due, one.is_overdue, one.owner, found.unowned) == (None, False, None, int(is_open))


def test_actions__a_problem_told_again_is_one(workspace: Write) -> None:
    head = "subject: plan/slots\nauthor: anna\nhealth: at-risk\n"
    files = {
        "plans/slots.yaml": PLAN.format(status="active"),
        "checkins/a.yaml": head + "date: 2026-11-02\nproblems: [{id: p1, problem: Rain}, {id: p2, problem: Snow}]\n",
        "checkins/b.yaml": head + "date: 2026-11-09\nproblems: [{id: p1, problem: Rain, owner: ben}]\n",
        "checkins/c.yaml": head + "date: 2026-11-16\nproblems: [{id: p1, problem: Wind}]\n",
    }
    found = _found(workspace, files)
    told = [(one.address, one.text, one.raised_on and one.raised_on.day, one.owner, one.carried) for one in found.actions]
    assert told == [
        ("checkin/a#p2", "Snow", 2, None, 2),
        ("checkin/b#p1", "Rain", 2, "person/ben", 2),
        # The same short name for something else.
        ("checkin/c#p1", "Wind", 16, None, 0),
    ]


def test_actions__in_the_order_in_which_they_are_read(workspace: Write) -> None:
    text = _meeting(
        "2026-11-02",
        "id: closed, text: A, owner: ben, due: 2026-11-03, status: done, done_on: 2026-11-04",
        "id: closed-later, text: A, owner: ben, due: 2026-11-03, status: done, done_on: 2026-11-05",
        "id: undated, text: A, owner: ben",
        "id: coming, text: A, owner: ben, due: 2026-12-01",
        "id: late, text: A, owner: anna, due: 2026-11-19",
        "id: later, text: A, owner: ben, due: 2026-11-03",
        "id: last, text: A, owner: ben, due: 2026-12-02",
        "id: other, text: A, owner: anna, due: 2026-11-18",
    )
    found = _found(workspace, {"meetings/m.yaml": text})
    assert [one.address.partition("#")[2] for one in found.actions] == [
        "later",
        "other",
        "late",
        "coming",
        "last",
        "undated",
        "closed-later",
        "closed",
    ]
    assert [(one.owner, one.open, one.overdue, one.oldest_due) for one in found.by_owner] == [
        ("person/anna", 2, 2, date(2026, 11, 18)),
        ("person/ben", 4, 1, date(2026, 11, 3)),
    ]


def test_actions_of__a_person_and_a_team_with_those_below(workspace: Write) -> None:
    text = _meeting(
        "2026-11-02", "id: a, text: A, owner: anna, due: 2026-11-03", "id: b, text: B, owner: ben, due: 2026-12-03", "id: c, text: C"
    )
    written = workspace({**PEOPLE, "meetings/m.yaml": text}).load()
    found = actions(written, TODAY)
    assert [one.text for one in actions_of(found, owner="person/ben").actions] == ["B"]
    assert (actions_of(found, owner="person/ben").open, actions_of(found, owner="person/ben").overdue) == (1, 0)
    assert [one.text for one in actions_of(found, teams=team_and_below(written, "team/ops")).actions] == ["A", "B"]
    assert [one.text for one in actions_of(found, teams=team_and_below(written, "team/depots")).actions] == ["B"]


def test_team_and_below__teams_that_lie_below_each_other(workspace: Write) -> None:
    circle = {
        "team/teams/a.yaml": "title: A\nfunction: other\nparent: b\n",
        "team/teams/b.yaml": "title: B\nfunction: other\nparent: a\n",
    }
    assert team_and_below(workspace(circle).load(), "team/a") == {"team/a", "team/b"}


def test_actions_listed__keeps_the_figures(workspace: Write) -> None:
    text = _meeting(
        "2026-11-02",
        "id: late, text: A, owner: anna, due: 2026-11-03",
        "id: open, text: B, owner: ben, due: 2026-12-03",
        "id: done, text: C, owner: ben, due: 2026-11-03, status: done, done_on: 2026-11-03",
    )
    found = _found(workspace, {"meetings/m.yaml": text})
    listed = {
        "": actions_listed(found),
        "all": actions_listed(found, closed=True),
        "overdue": actions_listed(found, overdue=True),
    }
    assert {name: [one.text for one in view.actions] for name, view in listed.items()} == {
        "": ["A", "B"],
        "all": ["A", "B", "C"],
        "overdue": ["A"],
    }
    assert {(view.open, view.overdue, view.closing.closed) for view in listed.values()} == {(2, 1, 1)}


def test_closing_rate__of_what_was_due_in_a_month(workspace: Write) -> None:
    text = _meeting(
        "2026-10-01",
        "id: before, text: A, owner: ben, due: 2026-10-31",
        "id: first, text: A, owner: ben, due: 2026-11-01, status: done, done_on: 2026-11-01",
        "id: late, text: A, owner: ben, due: 2026-11-05, status: done, done_on: 2026-11-09",
        "id: undated, text: A, owner: ben, due: 2026-11-05, status: done",
        "id: dropped, text: A, owner: ben, due: 2026-11-05, status: dropped",
        "id: last, text: A, owner: ben, due: 2026-11-19",
        "id: after, text: A, owner: ben, due: 2026-11-21",
        "id: never, text: A, owner: ben",
    )
    found = _found(workspace, {"meetings/m.yaml": text})
    closing = closing_rate(found.actions, date(2026, 11, 1), date(2026, 11, 20))
    assert (closing.due, closing.closed, closing.on_time, closing.late, closing.undated, closing.rate) == (4, 3, 1, 1, 1, 0.75)
    assert closing.addresses == ("meeting/m#first", "meeting/m#last", "meeting/m#late", "meeting/m#undated")
    assert closing_rate(found.actions, date(2026, 1, 1), date(2026, 1, 31)).rate is None


def test_closing_rate__what_is_due_today_counts_once_it_is_done(workspace: Write) -> None:
    files = {"meetings/m.yaml": _meeting(
        "2026-10-01",
        "id: open, text: A, owner: ben, due: 2026-11-20",
        "id: done, text: A, owner: ben, due: 2026-11-20, status: done, done_on: 2026-11-20",
    )}  # fmt: skip
    assert _found(workspace, files).closing.addresses == ("meeting/m#done",)
    tomorrow = actions(workspace(files).load(), date(2026, 11, 21))
    assert tomorrow.closing.addresses == ("meeting/m#done", "meeting/m#open")


def test_closing_rate__of_the_view_is_of_twelve_weeks(workspace: Write) -> None:
    text = _meeting("2026-08-01", "id: in, text: A, owner: ben, due: 2026-08-29", "id: out, text: A, owner: ben, due: 2026-08-28")
    assert _found(workspace, {"meetings/m.yaml": text}).closing.addresses == ("meeting/m#in",)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["open", "done", "dropped"]), st.integers(0, 40)), max_size=12))
def test_closing_rate__is_a_share_and_closing_one_more_never_lowers_it(rows: list[tuple[int, str, int]]) -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 15)
    made = [
        _made(index, first + timedelta(days=due), status, first + timedelta(days=done)) for index, (due, status, done) in enumerate(rows)
    ]
    closing = closing_rate(made, first, last)
    assert closing.rate is None or 0 <= closing.rate <= 1
    assert closing.on_time + closing.late + closing.undated == closing.closed <= closing.due == len(closing.addresses)
    for index, one in enumerate(made):
        if one.is_open:
            better = [*made[:index], _made(index, one.due, "done", first), *made[index + 1 :]]
            assert (closing_rate(better, first, last).rate or 0) >= (closing.rate or 0)


def _made(index: int, due: date | None, status: str, done_on: date) -> Action:
    return Action(
        address=f"meeting/m#{index}",
        text="",
        solution=None,
        kind="meeting",
        source="meeting/m",
        source_title="",
        subject=None,
        raised_on=None,
        owner=None,
        team=None,
        due=due,
        status=status,
        done_on=done_on if status == "done" else None,
        metric=None,
        is_open=status == "open",
        is_overdue=status == "open" and due is not None and due < date(2026, 11, 15),
        days_overdue=None,
        carried=None,
    )


def test_actions__of_records_that_are_full_of_mistakes(workspace: Write) -> None:
    files = {
        "meetings/a.yaml": "title: 3\ndate: soon\ncadence: nothing\n"
        "actions: [{}, 3, {id: [x], text: {}, owner: nobody, due: 2026-13-01, status: 7}]\n",
        "meetings/b.yaml": "date: 0001-01-01\nactions: {id: x}\n",
        "meetings/c.yaml": "title: Old\ndate: 0001-01-01\n"
        "actions: [{id: old, text: A, due: 0001-01-01}, {id: new, text: B, due: 9999-12-31}]\n",
        "checkins/a.yaml": "subject: plan/none\ndate: 2026-11-02\nproblems: [{problem: P}, {problem: P}]\n",
    }
    found = _found(workspace, files)
    assert _one(found, "old").days_overdue == (TODAY - date(1, 1, 1)).days
    assert found.open == len(found.actions) == 6
    assert all(one.carried is None and one.owner is None for one in found.actions)
    assert actions(workspace({}).load(), date(1, 1, 1)).closing.first == date(1, 1, 1)
