"""Feedback: how far each piece has come, who waits for an answer, and what is said about what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import TODAY, Written
from trueup.views.feedback import Entry, Feedback, feedback, feedback_about

Write = Callable[[Mapping[str, str | bytes]], Written]


def _said(more: str = "", received: str = "2026-11-01", status: str = "new") -> str:
    return f"---\ntitle: Late\nreceived_on: {received}\nchannel: support\nstatus: {status}\n{more}\n---\nSaid.\n"


def _found(workspace: Write, files: Mapping[str, str | bytes], today: date = TODAY) -> Feedback:
    return feedback(workspace(files).load(), today)


def _entry(found: Feedback, name: str) -> Entry:
    (one,) = [one for one in found.entries if one.address == f"feedback/{name}"]
    return one


def test_feedback__funnel_without_what_was_declined(workspace: Write) -> None:
    rows = {
        "new": ("new", ""),
        "triaged": ("triaged", ""),
        "planned": ("planned", "replied_on: 2026-11-02"),
        "shipped": ("shipped", ""),
        "told": ("shipped", "replied_on: 2026-11-03"),
        "declined": ("declined", ""),
        "declined-told": ("declined", "replied_on: 2026-11-03"),
    }
    found = _found(workspace, {f"feedback/{name}.md": _said(more, status=status) for name, (status, more) in rows.items()})
    assert [(one.stage, one.now, one.reached, one.share) for one in found.funnel] == [
        ("new", 1, 5, 1.0),
        ("triaged", 1, 4, 0.8),
        ("planned", 1, 3, 0.6),
        ("shipped", 1, 2, 0.4),
        ("replied", 1, 1, 0.2),
    ]
    assert (found.declined, found.declined_told) == (2, 1)


def test_feedback__without_any(workspace: Write) -> None:
    found = _found(workspace, {})
    assert [one.share for one in found.funnel] == [None] * 5
    assert (found.triage_age, found.reply_time, found.entries, found.themes) == (None, None, (), ())


@pytest.mark.parametrize(("received", "untriaged"), [("2026-11-13", False), ("2026-11-12", True)])
def test_feedback__is_untriaged_after_more_than_triage_days(workspace: Write, received: str, untriaged: bool) -> None:
    found = _found(workspace, {"feedback/a.md": _said(received=received)})
    assert (_entry(found, "a").is_untriaged, found.untriaged) == (untriaged, int(untriaged))
    assert found.triage_age == (TODAY - date.fromisoformat(received)).days


PLAN = "title: P\nteam: ops\nstatus: {status}\ndue: 2026-11-01\n{more}\n"


@pytest.mark.parametrize(
    ("plans", "more", "settled"),
    [
        # The last of its plans, by what was last done in it, else by when it was due.
        (
            {"p": ("done", "tasks: [{id: a, title: A, done_on: 2026-10-20}, {id: b, title: B, done_on: 2026-10-10}]")},
            "",
            ("2026-10-20", "plan"),
        ),
        ({"p": ("done", ""), "q": ("done", "milestones: [{id: m, title: M, done_on: 2026-11-05}]")}, "", ("2026-11-05", "plan")),
        ({"p": ("done", "")}, "", ("2026-11-01", "plan")),
        # Not from a plan that is still going on.
        ({"p": ("active", "tasks: [{id: a, title: A, done_on: 2026-10-20}]")}, "decision: d", ("2026-10-15", "decision")),
        ({}, "decision: d", ("2026-10-15", "decision")),
        ({}, "", ("2026-10-01", "received_on")),
        # Neither from what lies ahead, nor from what came before it was said.
        ({}, "decision: later", ("2026-10-01", "received_on")),
        ({"late": ("done", "")}, "", ("2026-10-01", "received_on")),
        ({}, "decision: before", ("2026-10-01", "decision")),
        # Shipped before it was asked for: it is owed from the day on which it was received.
        ({"p": ("done", "tasks: [{id: a, title: A, done_on: 2026-09-01}]")}, "", ("2026-10-01", "plan")),
    ],
)
def test_feedback__day_of_shipping(workspace: Write, plans: dict[str, tuple[str, str]], more: str, settled: tuple[str, str]) -> None:
    files = {f"plans/{name}.yaml": PLAN.format(status=status, more=inside) for name, (status, inside) in plans.items()}
    for name, day in (("d", "2026-10-15"), ("later", "2026-12-15"), ("before", "2026-09-15")):
        files[f"decisions/{name}.md"] = f"---\ntitle: D\ndate: {day}\nstatus: accepted\ntype: decision\n---\nWhy.\n"
    if "late" in plans:
        files["plans/late.yaml"] = "title: P\nteam: ops\nstatus: done\ndue: 2026-12-01\n"
    files["feedback/a.md"] = _said(f"plans: [{', '.join(plans)}]\n{more}", "2026-10-01", "shipped")
    one = _entry(_found(workspace, files), "a")
    assert (one.settled_on and one.settled_on.isoformat(), one.settled_from) == settled
    assert one.owed_days == (TODAY - date.fromisoformat(settled[0])).days


@pytest.mark.parametrize(("received", "owed"), [("2026-11-06", False), ("2026-11-05", True)])
@pytest.mark.parametrize("status", ["shipped", "declined"])
def test_feedback__is_owed_after_more_than_reply_days(workspace: Write, received: str, owed: bool, status: str) -> None:
    found = _found(workspace, {"feedback/a.md": _said(received=received, status=status)})
    assert _entry(found, "a").is_owed is owed
    assert [one.address for one in found.owed] == ["feedback/a"] * owed


def test_feedback__answer_that_is_dated_after_today_has_not_been_given(workspace: Write) -> None:
    files = {"feedback/a.md": _said("replied_on: 2026-11-18", "2026-10-01", "shipped"), "feedback/later.md": _said(received="2026-11-18")}
    before, after = _found(workspace, files, date(2026, 11, 17)), _found(workspace, files, date(2026, 11, 18))
    assert (_entry(before, "a").is_owed, before.replied, before.reply_time, len(before.entries)) == (True, 0, None, 1)
    assert (_entry(after, "a").is_owed, after.replied, after.reply_time, len(after.entries)) == (False, 1, 48.0, 2)


def test_feedback__reply_time_is_a_median_of_days(workspace: Write) -> None:
    days = ("2026-11-01", "2026-11-03", "2026-11-08", "2026-11-20")
    found = _found(workspace, {f"feedback/f{day}.md": _said(f"replied_on: {day}", status="planned") for day in days})
    assert (found.reply_time, found.replied) == (4.5, 4)


def test_feedback__a_duplicate_stands_where_the_other_one_stands(workspace: Write) -> None:
    files = {
        "feedback/first.md": _said("plans: [p]", "2026-10-01", "shipped"),
        "plans/p.yaml": PLAN.format(status="done", more=""),
        "feedback/second.md": _said("duplicate_of: first", "2026-10-05", "triaged"),
        "feedback/third.md": _said("duplicate_of: second", "2026-11-03", "new"),
        "feedback/fresh.md": _said("", "2026-11-03", "new"),
        "feedback/again.md": _said("duplicate_of: fresh", "2026-11-03", "new"),
        "feedback/round.md": _said("duplicate_of: about", "2026-11-03", "new"),
        "feedback/about.md": _said("duplicate_of: round", "2026-11-03", "planned"),
        "feedback/into-round.md": _said("duplicate_of: about", "2026-11-03", "new"),
        "feedback/lost.md": _said("duplicate_of: nothing", "2026-11-03", "new"),
    }
    found = _found(workspace, files)
    stages = {one.address.removeprefix("feedback/"): one.stage for one in found.entries}
    assert stages == {
        "first": "shipped",
        "second": "shipped",
        "third": "shipped",
        "fresh": "new",
        "again": "triaged",
        "round": "new",
        "about": "planned",
        "into-round": "new",
        "lost": "new",
    }
    # The plan of the first is done on 1 November; the third came after that.
    assert [(one.address, one.owed_days) for one in found.owed] == [("feedback/first", 19), ("feedback/second", 19), ("feedback/third", 17)]


def test_feedback__themes_by_sentiment_importance_and_month(workspace: Write) -> None:
    files = {
        "feedback/a.md": _said("themes: [cold, late, late]\nsentiment: negative\nimportance: dealbreaker", "2026-11-02"),
        "feedback/b.md": _said("themes: [late]\nsentiment: negative\nimportance: useful\nplans: [p]", "2026-09-30", "planned"),
        "feedback/c.md": _said("themes: [late]\nsentiment: angry", "2025-11-30", "declined"),
        "feedback/d.md": _said("", "2025-12-01"),
        "plans/p.yaml": PLAN.format(status="active", more=""),
    }
    found = _found(workspace, files)
    assert [(one.theme, one.count, one.open, one.linked) for one in found.themes] == [
        ("late", 3, 1, True),
        ("cold", 1, 1, False),
        (None, 1, 1, False),
    ]
    late = found.themes[0]
    assert {one.value: one.count for one in late.by_sentiment} == {"negative": 2, "neutral": 0, "positive": 0, None: 1}
    assert [one.value for one in late.by_importance] == ["nice-to-have", "useful", "important", "dealbreaker", None]
    assert [(one.sentiment, one.importance, one.count) for one in late.cells] == [
        ("negative", "useful", 1),
        ("negative", "dealbreaker", 1),
        (None, None, 1),
    ]
    assert (found.months[0], found.months[-1], len(found.months)) == ("2025-12", "2026-11", 12)
    # What is older than these months is counted, and belongs to none of them.
    assert late.by_month == (0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1)
    assert late.latest == date(2026, 11, 2)
    assert sum(one.count for one in found.cells) == 4


def test_feedback_about__one_theme(workspace: Write) -> None:
    files = {
        "trueup.yaml": "thresholds: {triage_days: 3}\n",
        "feedback/a.md": _said("themes: [late]\nsentiment: negative", "2026-11-16"),
        "feedback/b.md": _said("themes: [cold]", "2026-11-02"),
    }
    found = feedback_about(_found(workspace, files), "late")
    assert (found.theme, [one.address for one in found.entries], found.untriaged, found.triage_days) == ("late", ["feedback/a"], 1, 3)
    assert [one.value for one in found.by_sentiment] == ["negative", "neutral", "positive", None]


def test_feedback__months_of_the_first_year_there_is(workspace: Write) -> None:
    assert _found(workspace, {"feedback/a.md": _said(received="0001-01-01")}, date(1, 2, 1)).months == ("0001-01", "0001-02")


def test_feedback__full_of_mistakes(workspace: Write) -> None:
    files = {
        "feedback/a.md": "---\ntitle: [x]\nreceived_on: yesterday\nstatus: 7\nthemes: late\nplans: [p, 3, plan/none]\nreplied_on: 9\n---\n",
        "feedback/b.md": _said(
            "themes: [3, late]\nduplicate_of: b\nplans: p\ndecision: [d]\nreplied_on: 2026-10-01", "9999-12-31", "shipped"
        ),
        "feedback/c.md": _said("replied_on: 2026-10-01", "2026-11-01", "shipped"),
    }
    found = _found(workspace, files)
    assert [(one.address, one.stage, one.age, one.settled_on) for one in found.entries] == [
        ("feedback/c", "shipped", 19, date(2026, 11, 1)),
        ("feedback/a", None, None, None),
    ]
    # Answered before it was received: at once, at the earliest.
    assert found.reply_time == 0
    assert _found(workspace, files, date(9999, 12, 31)).entries[0].age == 0


def test_feedback__duplicates_of_duplicates_over_a_long_way(workspace: Write) -> None:
    files = {f"feedback/f{index:04}.md": _said(f"duplicate_of: f{index + 1:04}", "2026-11-03", "new") for index in range(1500)}
    files["feedback/f1500.md"] = _said("", "2026-11-01", "shipped")
    assert {one.stage for one in _found(workspace, files).entries} == {"shipped"}
