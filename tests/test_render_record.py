"""A record on a terminal, and as JSON: both from the same view."""

from __future__ import annotations

import json

from trueup.render.numbers import number, ungrouped
from trueup.render.record import record_as_json, record_as_text
from trueup.views.record import PointView, RecordView, SeriesView
from trueup.views.relations import Mention, Relation
from trueup.views.values import Choice, Column, FieldView, Grid, Group, Link, Many, Number, Plain

VIEW = RecordView(
    address="goal/dinner",
    kind="goal",
    label="Goal",
    id="dinner",
    title="Dinner\x1b[31m at nine",
    path="goals/dinner.yaml",
    line=1,
    status=Choice("active", "Active", "open"),
    fields=(
        FieldView("product_owner", "Product owner", Link("person/li-wei", "Li Wei")),
        FieldView("operations_owner", "Operations owner", Link("person/nobody", "nobody", found=False)),
        FieldView("weight", "Weight", Number(50.0)),
        FieldView("tags", "Tags", Many((Plain("evening"), Plain("slots")))),
        FieldView("first", "First", Link("goal/dinner#orders", "", "Evening orders")),
        FieldView(
            "key_results",
            "Key results",
            Grid((Column("id", "Id", False), Column("title", "Title", False)), ((Plain("orders"), Plain("晚间订单")), (Plain("x"), None))),
        ),
        FieldView("values", "Values", Group((FieldView("orders", "orders", Number(3), Link("goal/dinner#orders", "", "Evening orders")),))),
    ),
    body="Why.\n",
    series=SeriesView("orders", 1, (PointView("2026-11-01", 10.5, None, ""), PointView("2026-11-08", 9, -1.5, "rain"))),
    relations=(
        Relation(
            "Plans for this goal",
            (
                Mention(Link("plan/a", "A"), ("Goals",), ("goals",), Choice("active", "Active", "open"), "2026-12-18", "2026-12-18", False),
                Mention(Link("plan/a#rota", "A", "Rota"), ("Owner",), ("tasks.owner",), None, "", "", False),
            ),
            tells_roles=True,
        ),
    ),
    findings=(),
)


def test_record_as_text__from_top_to_bottom() -> None:
    assert (
        record_as_text(VIEW, "en")
        == """\
Dinner\\x1b[31m at nine  [Active]
Goal  goal/dinner  goals/dinner.yaml:1

Product owner     Li Wei (li-wei)
Operations owner  nobody
Weight            50
Tags              evening, slots
First             Evening orders (orders)

Key results
  Id       Title
  ─────────────────
  orders   晚间订单
  x

Values
  Evening orders: 3

Why.

Series
  Date         Value (orders)   Change   Notes
  ────────────────────────────────────────────
  2026-11-08   9                −1.5     rain
  2026-11-01   10.5

Plans for this goal
  plan/a  A  [Active]  2026-12-18  Goals
  plan/a#rota  A › Rota  Owner
"""
    )


def test_record_as_json__holds_what_is_written_and_names_references_by_address() -> None:
    answer = json.loads(record_as_json(VIEW, "zh"))
    assert answer["version"] == 1
    assert answer["status"] == "active"
    assert answer["fields"] == {
        "product_owner": "person/li-wei",
        "operations_owner": "person/nobody",
        "weight": 50,
        "tags": ["evening", "slots"],
        "first": "goal/dinner#orders",
        "key_results": [{"id": "orders", "title": "晚间订单"}, {"id": "x"}],
        "values": {"orders": 3},
    }
    assert answer["series"][1] == {"date": "2026-11-08", "value": 9, "note": "rain"}
    assert answer["referred_to_by"][1] == {"address": "plan/a#rota", "fields": ["tasks.owner"], "status": None}


def test_number__sets_thousands_apart_from_five_digits_on() -> None:
    values = [2026, 9999.96, 9999, 56000, -1234567.5, 1e-7, 1e16]
    assert [number(one) for one in values] == ["2026", "9999.96", "9999", "56,000", "-1,234,567.5", "1e-07", "1e+16"]
    assert number(9999.96, 1) == "10,000.0"
    assert ungrouped(56000.0) == "56000"
