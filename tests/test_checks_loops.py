"""Loops that nobody closed: feedback, decisions and studies that wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from conftest import TODAY, Written
from trueup.checks import loops
from trueup.views.decisions import decisions
from trueup.views.feedback import feedback

Write = Callable[[Mapping[str, str | bytes]], Written]


def said(status: str, received_on: str, *more: str) -> str:
    fields = "".join(f"{one}\n" for one in more)
    return f"---\ntitle: Cold milk\nreceived_on: {received_on}\nchannel: support\nstatus: {status}\n{fields}---\nThe milk was warm.\n"


def decided(status: str, day: str, *more: str, kind: str = "decision") -> str:
    fields = "".join(f"{one}\n" for one in more)
    return f"---\ntitle: Fewer slots\ndate: {day}\nstatus: {status}\ntype: {kind}\n{fields}---\nFour slots.\n"


@pytest.mark.parametrize(("text", "found"), [
    (said("new", "2026-11-12"), ['feedback/a.md:5:9: TU501 warning: this has been "new" for 8 days, and nobody has looked at it '
                                 '(say how important it is, and write "status: triaged")']),
    (said("new", "2026-11-13"), []),
    (said("new", "2026-12-24"), []),
    (said("triaged", "2026-01-02"), []),
    (said("new", "2026-01-02", "duplicate_of: b"), []),
    (said("[new]", "2026-01-02"), []),
    (said("new", "once"), []),
])  # fmt: skip
def test_feedback_not_triaged__from_the_day_after_the_limit(workspace: Write, text: str, found: list[str]) -> None:
    written = workspace({"feedback/a.md": text, "feedback/b.md": said("triaged", "2026-01-02")})
    assert written.findings(rules=[loops.feedback_not_triaged]) == found


PLAN = "title: Cool bags\nteam: operations\nstatus: done\ndue: {due}\n"


@pytest.mark.parametrize(("text", "message"), [
    (said("shipped", "2026-09-01", "plans: [bags]"), 'this is "shipped" since 2026-11-05, and the customer has not been told'),
    (said("shipped", "2026-09-01", "plans: [late]"), None),
    (said("shipped", "2026-09-01", "plans: [bags]", "replied_on: 2026-11-06"), None),
    (said("shipped", "2026-09-01", "plans: [bags]", "replied_on: 2026-12-01"), 'this is "shipped" since 2026-11-05'),
    (said("shipped", "2026-09-01"), 'this is "shipped", and the customer has not been told'),
    (said("shipped", "2026-11-06"), None),
    (said("declined", "2026-09-01", "decision: no"), 'this is "declined" since 2026-10-02, and the customer has not been told'),
    (said("triaged", "2026-09-01", "duplicate_of: first"), '"feedback/first", which this repeats, is "shipped" since 2026-11-05'),
    (said("planned", "2026-01-01", "plans: [bags]"), None),
])  # fmt: skip
def test_reply_owed__counts_from_the_day_on_which_it_was_settled(workspace: Write, text: str, message: str | None) -> None:
    written = workspace({
        "feedback/a.md": text,
        "feedback/first.md": said("shipped", "2026-09-01", "plans: [bags]", "replied_on: 2026-11-06"),
        "plans/bags.yaml": PLAN.format(due="2026-11-05"),
        "plans/late.yaml": PLAN.format(due="2026-11-06"),
        "decisions/no.md": decided("accepted", "2026-10-02"),
    })  # fmt: skip
    found = written.findings(rules=[loops.reply_owed])
    assert len(found) == (message is not None)
    assert all(line.startswith(f"feedback/a.md:5:9: TU502 warning: {message}") for line in found)
    assert written.findings(only=["feedback/a.md"], rules=[loops.reply_owed]) == []


def test_rules__say_of_feedback_what_the_view_says(workspace: Write) -> None:
    files: dict[str, str | bytes] = {"plans/bags.yaml": PLAN.format(due="2026-11-01")}
    for number, status in enumerate(("new", "triaged", "planned", "shipped", "declined") * 4):
        repeats = [f"duplicate_of: f{number - 3}"] if number % 7 == 4 else []
        told = ["replied_on: 2026-11-10"] if number % 3 == 0 else []
        files[f"feedback/f{number}.md"] = said(status, f"2026-{9 + number % 3:02}-{1 + number:02}", *repeats, *told, "plans: [bags]")
    written = workspace(files)
    view = feedback(written.load(), TODAY)
    for rule, expected in ((loops.feedback_not_triaged, [one for one in view.new if one.is_untriaged]), (loops.reply_owed, view.owed)):
        found = sorted(line.partition(".md")[0] for line in written.findings(rules=[rule]))
        assert expected
        assert found == sorted(one.address for one in expected)


@pytest.mark.parametrize(("status", "kind", "evidence", "count"), [
    ("accepted", "adjustment", "", 1),
    ("accepted", "adjustment", "evidence: []", 1),
    ("accepted", "adjustment", "evidence: [metric/rate]", 0),
    ("accepted", "decision", "", 0),
    ("proposed", "adjustment", "", 0),
])  # fmt: skip
def test_decision_without_evidence__is_about_accepted_adjustments(
    workspace: Write, status: str, kind: str, evidence: str, count: int
) -> None:
    written = workspace({"decisions/a.md": decided(status, "2026-11-02", evidence, kind=kind)})
    found = written.findings(rules=[loops.decision_without_evidence])
    assert len(found) == count
    assert all(line.startswith("decisions/a.md:5:7: TU503 warning: ") for line in found)


@pytest.mark.parametrize(("wire", "values", "message"), [
    ("{metric: rate, below: 90}", "2026-11-01,95,\n2026-11-08,89.5,\n2026-11-15,80,\n",
     'decisions/a.md:6:33: TU504 warning: "metric/rate" was 80 on 2026-11-15, and has been below 90 since 2026-11-08 '),
    ("{metric: rate, above: 5, below: -1}", "2026-11-15,7,\n",
     'decisions/a.md:6:33: TU504 warning: "metric/rate" was 7 on 2026-11-15, and has been above 5 since 2026-11-15 '),
    ("{metric: rate, below: 90}", "2026-11-08,80,\n2026-11-15,90,\n", None),
    ("{metric: rate, below: 90}", "2026-10-08,80,\n", None),
    ("{metric: rate, below: 90}", "2026-11-25,80,\n", None),
    ("{metric: rate, below: 90}", "", None),
    ("{metric: nothing, below: 90}", "2026-11-15,80,\n", None),
    ("[rate, 90]", "2026-11-15,80,\n", None),
])  # fmt: skip
def test_tripwire_crossed__by_the_latest_value_since_the_decision(workspace: Write, wire: str, values: str, message: str | None) -> None:
    written = workspace({
        "decisions/a.md": decided("accepted", "2026-10-20", f"tripwire: {wire}"),
        "metrics/rate.yaml": "title: Rate\nunit: '%'\ndirection: up\n",
        "metrics/rate.csv": f"date,value,note\n{values}",
    })  # fmt: skip
    found = written.findings(rules=[loops.tripwire_crossed])
    assert len(found) == (message is not None)
    assert all(line.startswith(str(message)) for line in found)


def test_rules__say_of_decisions_what_the_view_says(workspace: Write) -> None:
    files: dict[str, str | bytes] = {
        "metrics/rate.yaml": "title: Rate\nunit: '%'\ndirection: up\n",
        "metrics/rate.csv": "date,value,note\n2026-09-06,95,\n2026-11-08,85,\n",
    }
    for number, status in enumerate(("proposed", "accepted", "rejected", "superseded") * 6):
        day = date(2026, 10, 1 + number).isoformat()
        files[f"decisions/d{number}.md"] = decided(
            status, day, f"review_by: 2026-11-{10 + number % 15}", f"tripwire: {{metric: rate, below: {84 + number % 3}}}"
        )
    written = workspace(files)
    view = decisions(written.load(), TODAY)
    for rule, expected in (
        (loops.review_overdue, [one for one in view.reviews_due if one.review_overdue]),
        (loops.proposal_waiting, [one for one in view.proposed if one.is_waiting]),
        (loops.tripwire_crossed, view.tripped),
    ):
        found = sorted(line.partition(".md")[0].replace("decisions", "decision") for line in written.findings(rules=[rule]))
        assert expected
        assert found == sorted(one.address for one in expected)


def test_review_overdue__from_the_day_after(workspace: Write) -> None:
    written = workspace({
        "decisions/a.md": decided("accepted", "2026-10-20", "review_by: 2026-11-19"),
        "decisions/b.md": decided("accepted", "2026-10-20", "review_by: 2026-11-20"),
        "decisions/c.md": decided("superseded", "2026-10-20", "review_by: 2026-11-01"),
    })  # fmt: skip
    (line,) = written.findings(rules=[loops.review_overdue])
    assert line.startswith("decisions/a.md:6:12: TU505 warning: this was to be reviewed by 2026-11-19, 1 day ago (")


@pytest.mark.parametrize(("text", "count"), [
    ("status: done\nended: 2026-11-05\n", 1),
    ("status: done\nended: 2026-11-05\nfindings: []\n", 1),
    ("status: done\nended: 2026-11-06\n", 0),
    ("status: done\nended: 2026-11-05\nfindings: [{id: a, text: Two hours}]\n", 0),
    ("status: running\nended: 2026-11-05\n", 0),
    ("status: done\n", 0),
])  # fmt: skip
def test_study_without_findings__after_the_days_it_may_take(workspace: Write, text: str, count: int) -> None:
    written = workspace({"studies/a.yaml": f"title: Evenings\nmethod: survey\nquestion: Why?\n{text}"})
    found = written.findings(rules=[loops.study_without_findings])
    assert found == ['studies/a.yaml:5:8: TU507 warning: this ended on 2026-11-05, and "findings" is empty '
                     "(write down what was found, if only that it was nothing new)"] * count  # fmt: skip
