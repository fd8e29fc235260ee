"""One record as a reader is shown it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import TODAY, Written
from trueup.checks.runner import check
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.views.derived import Derived
from trueup.views.findings import findings_in
from trueup.views.names import Names
from trueup.views.record import RecordView, record_view
from trueup.views.values import Choice, FieldView, Grid, Group, Link, Many, Number, Plain, Value, Web

Write = Callable[[Mapping[str, str | bytes]], Written]
Show = Callable[[Mapping[str, str | bytes], str], RecordView]

PEOPLE = {
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\nlead: li-wei\n",
    "team/people/li-wei.yaml": "title: Li Wei\nteam: operations\n",
}
GOAL = """\
title: Dinner at nine
period: 2026-Q4
status: active
product_owner: li-wei
operations_owner: nobody-we-know
user_value: 4
key_results:
  - {id: orders, title: Evening orders a week, baseline: 0, target: 900}
links:
  - {title: Prototype, url: "https://example.com/p"}
external: {system: pingcode, id: SHOP-1, url: "https://example.com/SHOP-1"}
surprise: {inner: [1, two]}
"""


@pytest.fixture
def view(workspace: Write) -> Show:
    def shown(files: Mapping[str, str | bytes], address: str) -> RecordView:
        loaded = load(WorkingTree(workspace({**PEOPLE, **files}).root))
        record = loaded.record(address)
        assert record is not None
        return record_view(record, Names(loaded, "en"), findings_in(loaded, check(loaded, TODAY)), Derived(loaded, TODAY))

    return shown


def field(view: RecordView, name: str) -> Value:
    return next(one.value for one in view.fields if one.name == name)


def test_record_view__each_value_is_shown_by_what_its_field_says(view: Show) -> None:
    found = view({"goals/dinner.yaml": GOAL}, "goal/dinner")
    assert (found.title, found.status, found.label) == ("Dinner at nine", Choice("active", "Active", "open"), "Goal")
    assert field(found, "product_owner") == Link("person/li-wei", "Li Wei")
    assert field(found, "operations_owner") == Link("person/nobody-we-know", "nobody-we-know", found=False)
    assert field(found, "user_value") == Number(4)
    assert {one.name for one in found.fields}.isdisjoint({"title", "status"})
    external = field(found, "external")
    assert isinstance(external, Group)
    assert [(one.label, one.value) for one in external.fields][-1] == ("Address there", Web("https://example.com/SHOP-1"))


def test_record_view__a_list_of_items_has_the_columns_that_somebody_filled_in(view: Show) -> None:
    key_results = field(view({"goals/dinner.yaml": GOAL}, "goal/dinner"), "key_results")
    assert isinstance(key_results, Grid)
    assert [(one.name, one.is_number) for one in key_results.columns] == [
        ("id", False), ("title", False), ("baseline", True), ("target", True),
    ]  # fmt: skip
    assert key_results.rows == ((Plain("orders"), Plain("Evening orders a week"), Number(0), Number(900)),)


def test_record_view__a_field_that_no_schema_knows_is_shown_all_the_same(view: Show) -> None:
    surprise = field(view({"goals/dinner.yaml": GOAL}, "goal/dinner"), "surprise")
    assert surprise == Group((FieldView("inner", "inner", Many((Number(1), Plain("two")))),))


def test_record_view__a_status_that_is_no_text_is_not_lost(view: Show) -> None:
    found = view({"goals/dinner.yaml": GOAL.replace("status: active", "status: [active]")}, "goal/dinner")
    assert found.status is None
    assert isinstance(field(found, "status"), Many)


def test_record_view__a_check_in_is_called_by_its_goal_and_its_day(view: Show) -> None:
    files = {
        "goals/dinner.yaml": GOAL,
        "checkins/2026-11-06-dinner.yaml": (
            "subject: goal/dinner\ndate: 2026-11-06\nauthor: li-wei\nhealth: at-risk\nkey_results: {orders: 300}\n"
        ),
    }
    found = view(files, "checkin/2026-11-06-dinner")
    assert found.title == "Dinner at nine · 6 November 2026"
    values = field(found, "key_results")
    assert isinstance(values, Group)
    assert values.fields[0].link == Link("goal/dinner#orders", "", "Evening orders a week")

    goal = view(files, "goal/dinner")
    mention = goal.relations[0].mentions[0]
    assert mention.link.title == "Check-in: 6 November 2026"
    assert mention.status == Choice("at-risk", "At risk", "warn")


def test_record_view__who_refers_to_a_person_comes_by_kind_open_ones_first(view: Show) -> None:
    plan = "title: {title}\nteam: operations\nstatus: {status}\nowner: li-wei\nstart: 2026-10-01\ndue: {due}\n"
    tasks = "tasks: [{id: rota, title: Rider rota, owner: li-wei, status: doing, due: 2026-12-01}]\n"
    found = view(
        {
            "plans/old.yaml": plan.format(title="Old", status="done", due="2026-12-30"),
            "plans/new.yaml": plan.format(title="New", status="active", due="2026-12-18") + tasks,
            "goals/dinner.yaml": GOAL,
        },
        "person/li-wei",
    )
    assert [one.label for one in found.relations] == ["Goals", "Plans", "Teams"]
    plans = next(one.mentions for one in found.relations if one.label == "Plans")
    assert [(one.link.address, one.is_closed, one.fields) for one in plans] == [
        ("plan/new", False, ("owner",)),
        ("plan/new#rota", False, ("tasks.owner",)),
        ("plan/old", True, ("owner",)),
    ]
    assert plans[1].roles == ("Tasks",)


def test_record_view__a_series_has_its_changes_and_its_findings_are_the_metrics(view: Show) -> None:
    files = {
        "metrics/orders.yaml": "title: Evening orders\nowner: li-wei\nunit: orders\ndirection: up\ncadence: weekly\n",
        "metrics/orders.csv": "date,value,note\n2026-11-01,10.5,\n2026-11-08,9,rain\n2026-11-08,nine,\n",
    }
    found = view(files, "metric/orders")
    assert found.series is not None
    assert found.series.places == 1
    assert [(one.date, one.change, one.note) for one in found.series.points] == [("2026-11-01", None, ""), ("2026-11-08", -1.5, "rain")]
    assert "metrics/orders.csv" in {one.path for one in found.findings}
