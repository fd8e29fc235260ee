"""What answers say in words: figures that are told once, sentences that one need not read twice, and joining by language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import Written
from trueup.locale.joining import clauses, led, listed, sentences, separated, with_note
from trueup.records.workspace import Workspace
from trueup.render.document import Document, Entry, Section, as_html, as_markdown
from trueup.render.feedback import feedback_as_text, feedback_in_words
from trueup.render.period_report import report_document
from trueup.render.schedule import schedule_as_text
from trueup.render.status import status_as_text
from trueup.views.derived import Derived
from trueup.views.feedback import feedback
from trueup.views.names import Names
from trueup.views.period_report import period_around, period_report
from trueup.views.selection import EVERYTHING
from trueup.views.status import status

Write = Callable[[Mapping[str, str | bytes]], Written]
TODAY = date(2026, 11, 22)

GOAL = """\
title: Evenings
period: 2026-Q4
status: active
key_results: [{id: orders, title: Orders, baseline: 0, target: 100, metric: orders}]
"""
PLAN = """\
title: Slots
team: product
status: active
goals: [evenings]
tasks:
{tasks}
"""


def said(received: str, more: str = "status: new") -> str:
    return f"title: F\nreceived_on: {received}\nchannel: support\n{more}\n"


def plan(*tasks: str) -> str:
    return PLAN.format(tasks="\n".join(f"  - {{{task}}}" for task in tasks))


def status_of(loaded: Workspace, language: str = "en") -> str:
    return status_as_text(status(Derived(loaded, TODAY)), Names(loaded, language))


def progress_of(loaded: Workspace) -> str:
    found = period_report(loaded, "week", period_around("week", TODAY), TODAY, EVERYTHING)
    return in_short(report_document(found, Names(loaded, "en")), "Progress")


def in_short(document: Document, title: str) -> str:
    """What the first section of a report says of a matter."""
    return next(one.facts[0] for one in document.sections[0].entries if one.text == title)


@pytest.mark.parametrize(("received", "words"), [
    (["2026-11-20", "2026-11-19"], "2 to be triaged "),
    (["2026-11-20", "2026-11-01", "2026-11-02"], "3 to be triaged, 2 of them for more than 7 days "),
    (["2026-11-01"], "1 to be triaged, for more than 7 days "),
])  # fmt: skip
def test_status__says_how_many_are_new_and_how_many_for_too_long(workspace: Write, received: list[str], words: str) -> None:
    loaded = workspace({f"feedback/f{place}.yaml": said(day) for place, day in enumerate(received)}).load()
    line = next(one for one in status_of(loaded).splitlines() if "trueup feedback" in one)
    assert line.startswith(f"  Feedback   {words}")
    assert len(feedback(loaded, TODAY).new) == len(received), "the command counts the same"


def test_status__says_how_far_a_goal_has_come_and_how_much_time_is_gone(workspace: Write) -> None:
    metric = {"metrics/orders.yaml": "title: Orders\nunit: o\ndirection: up\n", "metrics/orders.csv": "date,value,note\n2026-11-01,20,\n"}
    loaded = workspace({"goals/evenings.yaml": GOAL, **metric}).load()
    assert "Evenings   20% done   58% of the time gone" in status_of(loaded)
    assert "完成 20%   时间已过 58%" in status_of(loaded, "zh")
    assert "no data   58% of the time gone" in status_of(workspace({"metrics/orders.csv": "date,value,note\n"}).load())


def test_feedback__says_nothing_of_what_waits_too_long_where_nothing_does(workspace: Write) -> None:
    loaded = workspace({f"feedback/f{day}.yaml": said(f"2026-11-{day}") for day in (18, 19)}).load()
    assert feedback_in_words(feedback(loaded, TODAY), "en")[1] == "2 are to be triaged, half of them for 3.5 days or longer."


def test_feedback__answers_are_those_of_the_funnel_of_the_declined_and_of_those_on_the_way(workspace: Write) -> None:
    answers = [("shipped", 2), ("declined", 1), ("planned", 3)]
    files = {
        f"feedback/{state}{place}.yaml": said("2026-11-01", f"status: {state}\nreplied_on: 2026-11-05")
        for state, count in answers
        for place in range(count)
    }
    files["feedback/undated.yaml"] = said("soon", "status: shipped\nreplied_on: 2026-11-05")
    loaded = workspace({**files, "feedback/open.yaml": said("2026-11-01", "status: shipped")}).load()
    found = feedback(loaded, TODAY)
    assert found.replied == found.funnel[-1].now + found.declined_told + found.replied_before == 7
    text = feedback_as_text(found, Names(loaded, "en"))
    assert "7 answered: 3 shipped, 1 declined, 3 still on the way; half of them within 4 days.\n" in text
    assert "Shipped and answered   3 " in text


def test_schedule__lists_every_task_that_status_counts_as_overdue(workspace: Write) -> None:
    tasks = [f"id: t{place}, title: Task {place}, due: 2026-11-{place + 15}" for place in range(7)]
    paused = "title: Cold\nteam: product\nstatus: paused\nmilestones: [{id: m, title: Room, due: 2026-10-01}]\n"
    tasks += ["id: today, title: Today, due: 2026-11-22", "id: done, title: Done, due: 2026-11-02, status: done, done_on: 2026-11-03"]
    loaded = workspace({"plans/slots.yaml": plan(*tasks), "plans/cold.yaml": paused}).load()
    told = status_of(loaded)
    assert "7 tasks and milestones are overdue" in told
    assert "… and 2 more: trueup schedule\n" in told
    assert "1 paused" in told, "nobody works on a paused plan, so nothing in it is overdue"
    derived = Derived(loaded, TODAY)
    section = schedule_as_text(derived.schedule, Names(loaded, "en"), derived.workdays).partition("Overdue tasks and milestones\n")[2]
    assert [line.split("   ")[1].strip() for line in section.partition("\n\n")[0].splitlines()] == [f"Task {place}" for place in range(7)]


@pytest.mark.parametrize(("late", "words"), [
    ([True], "1 task done (late)"),
    ([False], "1 task done"),
    ([True, True], "2 tasks done (all of them late)"),
    ([True, False], "2 tasks done (1 of them late)"),
])  # fmt: skip
def test_report__says_what_was_late_of_what_was_done(workspace: Write, late: list[bool], words: str) -> None:
    tasks = [
        f"id: t{place}, title: T, due: 2026-11-{16 if one else 18}, status: done, done_on: 2026-11-18" for place, one in enumerate(late)
    ]
    assert progress_of(workspace({"plans/slots.yaml": plan(*tasks)}).load()) == words


@pytest.mark.parametrize(("language", "expected"), [
    ("en", ["a, b", "a, b", "a; b", "a (b)", "a: b", "a b"]),
    ("zh", ["a、b", "a，b", "a；b", "a（b）", "a：b", "ab"]),
])  # fmt: skip
def test_joining__has_the_signs_of_the_language(language: str, expected: list[str]) -> None:
    both = ("a", "b")
    assert [
        listed(both, language),
        clauses(both, language),
        separated(both, language),
        with_note("a", "b", language),
        led("a", "b", language),
        sentences(both, language),
    ] == expected
    assert with_note("a", "", language) == "a"


def test_document__has_the_colon_of_its_language() -> None:
    sections = (Section("S", (Entry("x", "late"),)),)
    assert "- late: **x**\n" in as_markdown(Document("T", "", sections, "en"))
    assert "- late：**x**\n" in as_markdown(Document("T", "", sections, "zh"))
    assert "late：</span><b>x</b>" in as_html(Document("T", "", sections, "zh"))
    assert "late: </span><b>x</b>" in as_html(Document("T", "", sections, "en"))


def test_report__tells_all_of_a_sentence_made_of_many_clauses(workspace: Write) -> None:
    """What is composed here is no value of a stranger, of which only the beginning is shown."""
    old = "---\ntitle: T{n}\nreceived_on: 2026-10-{n:02}\nstatus: {status}\nchannel: support\n---\nT\n"
    files = {f"feedback/f{n}.md": old.format(n=n, status="new" if n % 2 else "shipped") for n in range(10, 20)}
    loaded = workspace({"trueup.yaml": "title: Shop\n", **files}).load()
    day = date(2026, 11, 5)
    document = report_document(period_report(loaded, "month", period_around("month", date(2026, 10, 31)), day), Names(loaded, "en"))
    told = in_short(document, "Feedback")
    assert len(told) > 100
    assert told.endswith("of them for more than 7 days, 5 never told what became of it")


def test_status__a_milestone_that_comes_later_than_it_is_due_says_so(workspace: Write) -> None:
    plan = (
        "title: Slots\nstatus: active\ntasks: [{id: a, title: A, estimate: 9, due: 2026-11-24}]\n"
        "milestones: [{id: n, title: Fine, due: 2026-11-23}, {id: m, title: Open, due: 2026-11-25}]\n"
    )
    loaded = workspace({"trueup.yaml": "title: Shop\n", "plans/slots.yaml": plan}).load()
    text = status_as_text(status(Derived(loaded, date(2026, 11, 23))), Names(loaded, "en"))
    assert "Wednesday 25 Nov, forecast 3 Dec   Open" in text
    assert "Monday 23 Nov                      Fine" in text
