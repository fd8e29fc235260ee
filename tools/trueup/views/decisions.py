"""What was decided, what would prove it wrong, and what waits for somebody to look at it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace
from trueup.views.named import happened, named_by, named_in


@dataclass(frozen=True, slots=True)
class Tripwire:
    """What would prove a decision wrong: the value of ``metric`` (an address) rises above or falls below a number.

    ``value`` is the last one that was measured from the day of the decision up to today, on ``value_on``; None where there
    is none. ``is_crossed``: that value is beyond the number, without a break since ``crossed_since``; None where there is no
    value. ``first_crossed_on`` is the first time, also where the value has come back since.
    """

    metric: str
    metric_title: str
    unit: str | None
    above: float | None
    below: float | None
    value: float | None
    value_on: date | None
    is_crossed: bool | None
    crossed_since: date | None
    first_crossed_on: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Ages and ``review_overdue`` are calendar days. ``status`` is as written, or as it was before a later decision.

    ``is_accepted``: it holds today; a tripwire and a review day count only then. ``is_tripped``: accepted, and its tripwire
    is crossed. ``is_review_due``: accepted, and review_by is today or before; ``review_overdue`` days ago. ``proposed_for`` are
    the days since it was proposed, None for any other; ``is_waiting``: longer than proposal_days.
    ``supersedes`` is the decision that it replaces, ``superseded_by`` those that replace it.
    """

    address: str
    title: str
    status: str | None
    type: str | None
    deciders: tuple[str, ...]
    evidence: tuple[str, ...]
    affects: tuple[str, ...]
    is_accepted: bool
    tripwire: Tripwire | None
    is_tripped: bool
    review_by: date | None
    date: date | None
    is_review_due: bool
    review_overdue: int | None
    proposed_for: int | None
    is_waiting: bool
    supersedes: str | None
    superseded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions up to a day, latest first.

    ``tripped``: the longest crossed first. ``reviews_due`` and ``proposed``: the oldest first. ``chains``: decisions that replace
    one another, from the first to the one that holds.
    """

    decisions: tuple[Decision, ...]
    tripped: tuple[Decision, ...]
    reviews_due: tuple[Decision, ...]
    proposed: tuple[Decision, ...]
    chains: tuple[tuple[str, ...], ...]


def decisions(workspace: Workspace, today: date) -> Decisions:
    """All decisions up to ``today``; one that is dated later has not been taken."""
    records = [record for record, _ in happened(workspace, "decision", today)]
    replaced_ever = {to for record in workspace.of_kind("decision") if (to := named_in(workspace, record).get(("supersedes",)))}
    named = {record.address: named_in(workspace, record) for record in records}
    replaced_by: dict[str, list[str]] = {}
    for record in records:
        if (earlier := named[record.address].get(("supersedes",))) is not None:
            replaced_by.setdefault(earlier, []).append(record.address)
    found = [
        _decision(workspace, record, _status(record, replaced_by, replaced_ever), named[record.address], replaced_by, today)
        for record in records
    ]
    found.sort(key=lambda one: one.address)
    found.sort(key=lambda one: one.date or date.min, reverse=True)
    return Decisions(
        decisions=tuple(found),
        tripped=tuple(sorted((one for one in found if one.is_tripped), key=_crossed_since)),
        reviews_due=tuple(sorted((one for one in found if one.is_review_due), key=lambda one: (one.review_by or date.min, one.address))),
        proposed=tuple(sorted((one for one in found if one.status == "proposed"), key=lambda one: (one.date or date.min, one.address))),
        chains=tuple(_chains({one.address: one for one in found})),
    )


def decided_on(found: Decisions) -> Mapping[str, tuple[Decision, ...]]:
    """The decisions with a day that rest on a record or would be proved wrong by it, by its address."""
    by_address: dict[str, list[Decision]] = {}
    for one in found.decisions:
        watched = (one.tripwire.metric,) if one.tripwire else ()
        for address in dict.fromkeys((*watched, *(address.partition("#")[0] for address in one.evidence))):
            if one.date is not None:
                by_address.setdefault(address, []).append(one)
    return {address: tuple(decisions) for address, decisions in by_address.items()}


def _crossed_since(one: Decision) -> tuple[date, str]:
    return (one.tripwire.crossed_since if one.tripwire else None) or date.max, one.address


def _status(record: Record, replaced_by: Mapping[str, list[str]], replaced_ever: Set[str]) -> str | None:
    """As written; but what is superseded only by a decision of a later day held until then."""
    is_replaced_later = record.address in replaced_ever and record.address not in replaced_by
    return "accepted" if record.status == "superseded" and is_replaced_later else record.status


def _decision(
    workspace: Workspace,
    record: Record,
    status: str | None,
    named: Mapping[Route, str],
    replaced_by: Mapping[str, list[str]],
    today: date,
) -> Decision:
    fields = record.fields
    day, review_by = fields.date("date"), fields.date("review_by")
    is_accepted = status == "accepted"
    is_proposed = status == "proposed"
    proposed_for = (today - day).days if day and is_proposed else None
    tripwire = tripwire_of(workspace, record, today)
    is_review_due = is_accepted and review_by is not None and review_by <= today
    return Decision(
        address=record.address,
        title=record.title,
        status=status,
        type=fields.text("type"),
        deciders=named_by(named, "deciders"),
        evidence=named_by(named, "evidence"),
        affects=named_by(named, "affects"),
        is_accepted=is_accepted,
        tripwire=tripwire,
        is_tripped=is_accepted and tripwire is not None and tripwire.is_crossed is True,
        review_by=review_by,
        date=day,
        is_review_due=is_review_due,
        review_overdue=(today - review_by).days if review_by and is_review_due else None,
        proposed_for=proposed_for,
        is_waiting=proposed_for is not None and proposed_for > workspace.config.thresholds.proposal_days,
        supersedes=named.get(("supersedes",)),
        superseded_by=tuple(sorted(replaced_by.get(record.address, ()))),
    )


def tripwire_of(workspace: Workspace, record: Record, today: date) -> Tripwire | None:
    """The tripwire of a decision and how it stands; None where it has none, or no number or no such metric."""
    wire = record.fields.inside("tripwire")
    named = next((one for one in workspace.references_from(record) if one.route == ("tripwire", "metric") and one.state == "found"), None)
    if wire is None or named is None:
        return None
    above, below = wire.number("above"), wire.number("below")
    if above is None and below is None:
        return None
    since = record.fields.date("date") or date.min
    series = workspace.series.get(named.id)
    points = [one for one in (series.points if series else ()) if since <= one.date <= today]
    crossed = [(above is not None and one.value > above) or (below is not None and one.value < below) for one in points]
    run = next((place for place in range(len(points) - 1, -1, -1) if not crossed[place]), -1) + 1
    metric = workspace.record(named.record)
    return Tripwire(
        metric=named.record,
        metric_title=metric.title if metric else named.id,
        unit=metric.fields.text("unit") if metric else None,
        above=above,
        below=below,
        value=points[-1].value if points else None,
        value_on=points[-1].date if points else None,
        is_crossed=crossed[-1] if points else None,
        crossed_since=points[run].date if run < len(points) else None,
        first_crossed_on=next((point.date for point, beyond in zip(points, crossed, strict=True) if beyond), None),
    )


def _chains(known: Mapping[str, Decision]) -> Iterator[tuple[str, ...]]:
    """From each decision that replaces another and is itself not replaced, back to the first; what leads in a circle ends.

    Where two replace the same one, the later chain begins there: no part of the way is told twice.
    """
    told: set[str] = set()
    for one in sorted(known.values(), key=lambda one: one.address):
        if one.supersedes is None or one.superseded_by:
            continue
        chain = {one.address: None}
        here: Decision | None = one
        while here and here.supersedes and here.supersedes not in chain:
            chain[here.supersedes] = None
            here = None if here.supersedes in told else known.get(here.supersedes)
        told.update(chain)
        yield tuple(reversed(chain))
