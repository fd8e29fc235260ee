"""The chain from evidence over decisions and plans to metrics, and its gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conftest import TODAY, Written
from trueup.views.derived import Derived
from trueup.views.evidence import Evidence

Write = Callable[[Mapping[str, str | bytes]], Written]


def _found(workspace: Write, files: Mapping[str, str | bytes]) -> Evidence:
    return Derived(workspace(files).load(), TODAY).evidence


def _decision(more: str, status: str = "accepted") -> str:
    return f"---\ntitle: D\ndate: 2026-11-01\nstatus: {status}\ntype: decision\n{more}\n---\nWhy.\n"


def _goal(metric: str = "", status: str = "active") -> str:
    read = f", metric: {metric}" if metric else ""
    return (
        f"---\ntitle: G\nperiod: 2026-Q4\nstatus: {status}\nkey_results: [{{id: k, title: K, baseline: 1, target: 2{read}}}]\n---\nWhy.\n"
    )


METRICS = {
    "metrics/late.yaml": "title: Late\nunit: '%'\ndirection: down\n",
    "metrics/waste.yaml": "title: Waste\nunit: '%'\ndirection: down\n",
}


def test_evidence__from_what_is_cited_to_what_is_measured(workspace: Write) -> None:
    files = {
        **METRICS,
        "goals/direct.md": _goal("waste"),
        "goals/through.md": _goal("late"),
        "plans/p.yaml": "title: P\nteam: ops\nstatus: active\ngoals: [through, nothing]\ntasks: [{id: t, title: T}, {id: u, title: U}]\n",
        "decisions/d.md": _decision("evidence: [metric/late, feedback/none]\naffects: ['plan/p#t', 'plan/p#u', goal/direct]"),
    }
    (chain,) = _found(workspace, files).chains
    assert (chain.evidence, chain.plans) == (("metric/late",), ("plan/p",))
    assert (chain.goals, chain.metrics) == (("goal/direct", "goal/through"), ("metric/waste", "metric/late"))
    assert chain.closes


def test_evidence__does_not_close_where_something_else_is_measured(workspace: Write) -> None:
    files = {**METRICS, "goals/g.md": _goal("waste"), "decisions/d.md": _decision("evidence: [metric/late]\naffects: [goal/g]")}
    (chain,) = _found(workspace, files).chains
    assert (chain.metrics, chain.closes) == (("metric/waste",), False)


def test_evidence__gaps_of_each_sort(workspace: Write) -> None:
    said = "---\ntitle: F\nreceived_on: 2026-11-01\nchannel: support\nstatus: {status}\nthemes: [{theme}]\n{more}\n---\nSaid.\n"
    study = "title: S\nmethod: survey\nquestion: Why?\nstatus: {status}\nfindings: [{{id: f, text: F}}]\n"
    plan = "title: P\nteam: ops\nstatus: {status}\n{more}\n"
    themes = {
        "loud": [("new", ""), ("triaged", "")],
        "once": [("new", "")],
        "taken": [("new", ""), ("planned", "plans: [served]")],
        "decided": [("triaged", "decision: cites"), ("triaged", "")],
        "cited": [("triaged", ""), ("triaged", "")],
        "over": [("declined", ""), ("declined", "")],
    }
    files: dict[str, str | bytes] = {
        **METRICS,
        "goals/measured.md": _goal("late"),
        "goals/unmeasured.md": _goal(),
        "goals/past.md": _goal(status="missed"),
        "plans/served.yaml": plan.format(status="active", more="goals: [measured]"),
        "plans/decided.yaml": plan.format(status="active", more=""),
        "plans/bare.yaml": plan.format(status="paused", more="goals: [none]"),
        "plans/over.yaml": plan.format(status="done", more=""),
        "plans/refused.yaml": plan.format(status="active", more=""),
        "studies/read.yaml": study.format(status="done"),
        "studies/unread.yaml": study.format(status="done"),
        "studies/running.yaml": study.format(status="running"),
        "decisions/cites.md": _decision("evidence: ['study/read#f', feedback/cited-0]\naffects: [plan/decided]"),
        "decisions/bare.md": _decision(""),
        "decisions/proposed.md": _decision("", "proposed"),
        "decisions/refused.md": _decision("affects: [plan/refused]", "rejected"),
    }
    for theme, entries in themes.items():
        for index, (status, more) in enumerate(entries):
            files[f"feedback/{theme}-{index}.md"] = said.format(status=status, theme=theme, more=more)
    assert [(one.gap, one.address, one.title, one.count) for one in _found(workspace, files).gaps] == [
        ("decision-without-evidence", "decision/bare", "D", None),
        # A decision that was refused is no reason to do something.
        ("plan-without-reason", "plan/bare", "P", None),
        ("plan-without-reason", "plan/refused", "P", None),
        ("goal-without-metric", "goal/unmeasured", "G", None),
        ("theme-without-answer", None, "loud", 2),
        ("study-without-decision", "study/unread", "S", None),
    ]
