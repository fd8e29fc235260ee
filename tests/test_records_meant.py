"""What a wrong value was meant to be: the hint says what to write, and never the mistake again."""

# ruff: noqa: E501 -- findings are compared whole, as they are printed

from __future__ import annotations

import json
from typing import Any

import pytest

from test_records_explain import said
from trueup.records.config import config_schema
from trueup.records.kinds import built_in_schemas
from trueup.records.validate import Gate

SCHEMAS: dict[str, Any] = {name: json.loads(text) for name, text in built_in_schemas().items()} | {"trueup": config_schema()}


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("plan", {"confidence": "0,8"}, 'confidence: wrong-type: "confidence" must be a number, not text (write 0.8)'),
        ("plan", {"effort": "1,5"}, 'effort: wrong-type: "effort" must be a number, not text (write 1.5)'),
        ("plan", {"reach": "1,000"}, 'reach: wrong-type: "reach" must be a number, not text (write 1000)'),
        ("goal", {"user_value": "５"}, 'user_value: wrong-type: "user_value" must be a whole number, not text (write 5)'),
        ("goal", {"key_results": ["Faster"]}, 'key_results/0: wrong-type: each item of "key_results" needs fields, not text (write "- id: …" and below it "title: …")'),
        ("goal", {"links": ["https://a.b"]}, 'links/0: wrong-type: each item of "links" needs fields, not text (write "- title: …" and below it "url: …")'),
        ("checkin", {"problems": "none"}, 'problems: wrong-type: "problems" must be a list, not text (delete the line if there is none)'),
        ("goal", {"key_results": "Faster"}, 'key_results: wrong-type: "key_results" must be a list, not text (write "- id: …" and below it "title: …")'),
        ("goal", {"teams": "product、operations"}, 'teams: wrong-type: "teams" must be a list, not text (write it as a list: "[product, operations]")'),
        ("goal", {"user_needs": "【快，准】"}, 'user_needs: wrong-type: "user_needs" must be a list, not text (write it as a list: "[快, 准]")'),
        ("feedback", {"themes": "late; packaging"}, 'themes: wrong-type: "themes" must be a list, not text (write it as a list: "[late, packaging]")'),
        ("goal", {"teams": "-product -operations"}, 'teams: wrong-type: "teams" must be a list, not text (write it as a list: "[product, operations]")'),
        ("decision", {"date": 20261120}, 'date: wrong-type: "date" must be text, not a whole number (write 2026-11-20)'),
        ("decision", {"date": 20261320}, 'date: wrong-type: "date" must be text, not a whole number (put it in quotes: "20261320")'),
        ("decision", {"date": "2026/11/20"}, 'date: bad-date: "2026/11/20" in "date" is not a date (write 2026-11-20)'),
        ("decision", {"date": "2026年11月3日"}, 'date: bad-date: "2026年11月3日" in "date" is not a date (write 2026-11-03)'),
        ("decision", {"date": "11/12/2026"}, 'date: bad-date: "11/12/2026" in "date" is not a date (write it as year-month-day, like 2026-11-20)'),
        ("decision", {"date": "11/20/2026"}, 'date: bad-date: "11/20/2026" in "date" is not a date (write 2026-11-20)'),
        ("decision", {"date": "20/11/2026"}, 'date: bad-date: "20/11/2026" in "date" is not a date (write 2026-11-20)'),
        ("decision", {"date": "3-31-2026"}, 'date: bad-date: "3-31-2026" in "date" is not a date (write 2026-03-31)'),
        ("decision", {"date": "5/5/2026"}, 'date: bad-date: "5/5/2026" in "date" is not a date (write 2026-05-05)'),
        ("decision", {"date": "2/30/2026"}, 'date: bad-date: "2/30/2026" in "date" is not a date (write it as year-month-day, like 2026-11-20)'),
        ("decision", {"date": "13/20/2026"}, 'date: bad-date: "13/20/2026" in "date" is not a date (write it as year-month-day, like 2026-11-20)'),
        ("decision", {"supersedes": ["x"]}, 'supersedes: wrong-type: "supersedes" must be text, not a list (write x without brackets)'),
        ("feedback", {"importance": 5}, 'importance: value-not-allowed: "5" is not allowed for "importance" (allowed: nice-to-have, useful, important, dealbreaker)'),
        ("plan", {"impact": "medium"}, 'impact: value-not-allowed: "medium" is not allowed for "impact" (allowed: 0.25, 0.5, 1, 2, 3)'),
        ("plan", {"impact": "2"}, 'impact: wrong-type: "impact" must be a number, not text (write 2)'),
        ("decision", {"tripwire": "late"}, 'tripwire: wrong-type: "tripwire" must be a mapping of fields, not text (write its fields on lines below it, such as "metric: …")'),
        ("goal", {"period": "Q4 2026"}, 'period: bad-format: "Q4 2026" does not have the form that "period" needs (write it like one of these: 2026-Q4, 2026-H2, 2026-11, 2026-W47, 2026)'),
        ("goal", {"period": "“2026-Q4”"}, 'period: bad-format: "“2026-Q4”" does not have the form that "period" needs (these are curly quotes; write 2026-Q4 without them)'),
        ("goal", {"parent": "a\u200b"}, 'parent: bad-format: "a\u200b" does not have the form that "parent" needs (delete the character U+200B in it, it cannot be seen)'),
        ("cadence", {"day": "x"}, 'day: value-not-allowed: "x" is not allowed for "day" (allowed: monday, tuesday, wednesday, thursday, friday, saturday, sunday, 1, 2, 3, 4, 5, 6, 7, …)'),
    ],
)  # fmt: skip
def test_mismatches__a_hint_does_not_repeat_the_mistake(kind: str, data: Any, found: str) -> None:
    schema = {**SCHEMAS[kind], "required": []}
    assert said(schema, data) == [found]


def test_mismatches__a_label_written_for_its_value_is_understood() -> None:
    labels = {"active": {"en": "In progress", "zh": "进行中"}, "done": {"en": "Done", "zh": "已完成"}}
    gate = Gate({"properties": {"status": {"enum": ["active", "done"], "x-enum-labels": labels}}})
    for written in ("进行中", "in progress"):
        (found,) = gate.mismatches({"status": written})
        assert str(found.hint) == 'did you mean "active"? allowed: active, done'


def test_mismatches__a_list_written_with_commas_of_any_keyboard_is_taken_apart_in_the_hint() -> None:
    gate = Gate({"properties": {"tags": {"type": "array"}}})
    (found,) = gate.mismatches({"tags": "配送，退款、夜间, x"})
    assert str(found.hint) == 'write it as a list: "[配送, 退款, 夜间, x]"'
