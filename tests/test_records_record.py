"""A record read through its fields, whatever stands in them."""

from __future__ import annotations

from conftest import Write, record
from texts import PEOPLE, goal, plan
from trueup.diagnostic import Position
from trueup.records.dates import date_of


def test_load__a_record_is_read_through_its_fields(workspace: Write) -> None:
    lines = ["owner: li-wei", "start: 2026-10-01", "reach: 40", "goals: [a]", "tasks:", "  - {id: call, title: Call}"]
    text = plan("Reach the depots", *lines) + "Why.\n"
    loaded = workspace({**PEOPLE, "plans/sub/reach.md": text, "goals/a.md": goal()}).load()
    one = record(loaded, "plan/reach")
    assert (one.path, one.address, one.title) == ("plans/sub/reach.md", "plan/reach", "Reach the depots")
    assert (one.status, one.body, one.line) == ("active", "Why.\n", 1)
    assert one.fields.date("start") == date_of("2026-10-01")
    assert (one.fields.number("reach"), one.fields.text("reach")) == (40, "40")
    assert (one.fields.texts("goals"), one.fields.text("goals")) == (("a",), None)
    task = one.part("call")
    assert task is not None
    assert task.text("title") == "Call"
    assert one.part("nothing") is None
    assert list(one.parts()) == ["call"]
    assert one.position(("tasks", 0, "title")) == Position(10, 23)
    assert [other.address for other in loaded.of_kind("plan")] == ["plan/reach"]
    assert loaded.of_kind("nothing") == ()
    assert loaded.is_whole


def test_load__fields_of_the_wrong_type_read_as_missing(workspace: Write) -> None:
    text = "title: {a: 1}\nteam: [x]\nstatus: 5\nstart: 2026-02-30\nreach: many\ntasks: {id: a}\nmilestones: [text, 5, {id: 7}]\ngoals: b\n"
    one = record(workspace({"plans/a.yaml": text}).load(), "plan/a")
    assert (one.title, one.status, one.fields.date("start"), one.fields.number("reach"), one.items("tasks"), one.fields.texts("goals")) == (
        "a", "5", None, None, (), (),
    )  # fmt: skip
    assert [item.route for item in one.items("milestones")] == [("milestones", 2)]
    assert one.part("7") is not None
    assert one.fields.inside("title") is not None
    assert one.fields.inside("team") is None
