"""The chain from what was seen to what was decided, done and measured, and where it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.decisions import Decision, Decisions
from trueup.views.feedback import Feedback
from trueup.views.named import named_by, named_in, whole


@dataclass(frozen=True, slots=True)
class Chain:
    """One decision, from its evidence to the metrics that show whether it was right; all are addresses.

    ``evidence`` is what it cites; ``plans`` and ``goals`` are those that it affects, and the goals that these plans serve.
    ``metrics`` are what the key results of these goals read. ``closes``: a metric that it cites is among them, so what was seen
    to be wrong is what is measured.
    """

    decision: str
    title: str
    date: date | None
    status: str | None
    evidence: tuple[str, ...]
    plans: tuple[str, ...]
    goals: tuple[str, ...]
    metrics: tuple[str, ...]
    closes: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a chain is broken.

    ``gap`` is one of GAPS. ``address`` is the record, None for a theme; ``title`` is its title or the theme. ``count`` is of how
    many pieces of feedback a theme is made, None for a record.
    """

    gap: str
    address: str | None
    title: str
    count: int | None


# decision-without-evidence: accepted and cites nothing. plan-without-reason: open, serves no goal and no decision affects it.
# goal-without-metric: open, and no key result reads a metric. theme-without-answer: said more than once, and no plan or decision
# takes it up. study-without-decision: done, and no decision cites it.
GAPS = ("decision-without-evidence", "plan-without-reason", "goal-without-metric", "theme-without-answer", "study-without-decision")


@dataclass(frozen=True, slots=True)
class Evidence:
    """``chains`` for every decision, latest first; ``gaps`` in the order of GAPS, themes by count, records by their address."""

    chains: tuple[Chain, ...]
    gaps: tuple[Gap, ...]


# Feedback on a theme that nobody else shares needs no plan of its own.
_COMMON = 2


def evidence(workspace: Workspace, decisions: Decisions, feedback: Feedback) -> Evidence:
    """The chain of every decision up to the day of the two views, and the gaps in work that is going on."""
    goals = {record.address: _measured(workspace, record) for record in workspace.of_kind("goal")}
    serves = {
        record.address: tuple(whole(one) for one in named_by(named_in(workspace, record), "goals")) for record in workspace.of_kind("plan")
    }
    chains = tuple(_chain(one, serves, goals) for one in decisions.decisions)
    return Evidence(chains, tuple(_gaps(workspace, decisions, feedback, serves, goals)))


Metrics = dict[str, tuple[str, ...]]


def _measured(workspace: Workspace, goal: Record) -> tuple[str, ...]:
    """The metrics that the key results of a goal read."""
    named = named_in(workspace, goal)
    return tuple(dict.fromkeys(whole(to) for route, to in named.items() if route[:1] == ("key_results",) and route[-1] == "metric"))


def _chain(one: Decision, serves: Metrics, goals: Metrics) -> Chain:
    affected = tuple(dict.fromkeys(map(whole, one.affects)))
    plans = tuple(address for address in affected if address in serves)
    named = (address for address in affected if address in goals)
    reached = tuple(dict.fromkeys((*named, *(goal for plan in plans for goal in serves[plan]))))
    metrics = tuple(dict.fromkeys(metric for goal in reached for metric in goals.get(goal, ())))
    cited = {whole(address) for address in one.evidence}
    return Chain(one.address, one.title, one.date, one.status, one.evidence, plans, reached, metrics, not cited.isdisjoint(metrics))


def _gaps(workspace: Workspace, decisions: Decisions, feedback: Feedback, serves: Metrics, goals: Metrics) -> Iterator[Gap]:
    standing = [one for one in decisions.decisions if one.status in ("accepted", "proposed", "superseded")]
    affected = {whole(address) for one in standing for address in one.affects}
    cited = {whole(address) for one in decisions.decisions for address in one.evidence}
    unfounded = sorted((one.address, one.title) for one in standing if one.is_accepted and not one.evidence)
    yield from _of("decision-without-evidence", unfounded)
    plans = _in(workspace, "plan", "open")
    yield from _of("plan-without-reason", (one for one in plans if not serves[one[0]] and one[0] not in affected))
    yield from _of("goal-without-metric", (one for one in _in(workspace, "goal", "open") if not goals[one[0]]))
    yield from _themes(feedback, cited)
    yield from _of("study-without-decision", (one for one in _in(workspace, "study", "done") if one[0] not in cited))


def _in(workspace: Workspace, kind: str, group: str) -> list[tuple[str, str]]:
    """The addresses and titles of the records of a kind whose status belongs to a group. A paused plan is open: it goes on."""
    return sorted({one.address: one.title for one in workspace.of_kind(kind) if one.kind.group_of(one.status) == group}.items())


def _of(gap: str, found: Iterable[tuple[str, str]]) -> Iterator[Gap]:
    return (Gap(gap, address, title, None) for address, title in found)


def _themes(feedback: Feedback, cited: Set[str]) -> Iterator[Gap]:
    """Themes of which something still waits for a plan, and nothing has been taken up by a plan or a decision."""
    for one in feedback.themes:
        if one.theme and one.count >= _COMMON and one.open and not one.linked and cited.isdisjoint(one.addresses):
            yield Gap("theme-without-answer", None, one.theme, one.count)
