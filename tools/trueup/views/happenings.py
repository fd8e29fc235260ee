"""What happened between two days, as far as the records say on which day it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Record
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.actions import Action
from trueup.views.decisions import Decision
from trueup.views.derived import Derived
from trueup.views.feedback import Entry
from trueup.views.health import HEALTHS, Checkin, checkins_of
from trueup.views.names import part_title
from trueup.views.selection import EVERYTHING, Selection, team_of


@dataclass(frozen=True, slots=True)
class Done:
    """A task that was done or a milestone that was reached. ``days_late``: working days after its due date, below 0 before it."""

    address: str
    title: str
    plan: str
    plan_title: str
    owner: str | None
    on: date
    due: date | None
    days_late: int | None
    is_milestone: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a check-in and what is done about it."""

    address: str
    text: str
    solution: str | None
    owner: str | None
    due: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a check-in says of a goal or plan. ``before`` is the health that the check-in before it told, None for the first."""

    address: str
    subject: str
    subject_title: str
    on: date
    author: str | None
    health: str | None
    before: str | None
    confidence: float | None
    progress: str | None
    problems: tuple[Problem, ...]
    next: str | None

    @property
    def is_worse(self) -> bool:
        """Whether the health is worse than it was told before."""
        return self.health in HEALTHS and self.before in HEALTHS and HEALTHS.index(self.health) > HEALTHS.index(self.before)


@dataclass(frozen=True, slots=True)
class Moved:
    """A metric with a value in these days. ``before`` is the last value earlier than them, None where there is none.

    ``is_better``: the change goes in the metric's direction; None where nothing changed or no direction is known.
    """

    address: str
    title: str
    unit: str
    before: float | None
    value: float
    on: date
    is_better: bool | None


@dataclass(frozen=True, slots=True)
class Happenings:
    """From ``first`` to ``last``, both included; each list in the order of days, ``moved`` with what is worse first.

    ``told`` has the last check-in of each subject.
    """

    first: date
    last: date
    done: tuple[Done, ...]
    told: tuple[Told, ...]
    decided: tuple[Decision, ...]
    closed: tuple[Action, ...]
    received: tuple[Entry, ...]
    replied: tuple[Entry, ...]
    moved: tuple[Moved, ...]
    meetings: tuple[str, ...]


def happenings(derived: Derived, first: date, last: date, chosen: Selection = EVERYTHING) -> Happenings:
    """What happened in these days to what the selection answers for. Metrics and meetings are by their owners and cadences' teams."""
    workspace = derived.workspace

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    decided = (
        one
        for one in derived.decisions.decisions
        if within(one.date) and chosen.has(one.deciders, (team_of(person, workspace) for person in one.deciders))
    )
    closed = (
        one for one in derived.actions.actions if one.status == "done" and within(one.done_on) and chosen.has((one.owner,), (one.team,))
    )
    heard = [one for one in derived.feedback.entries if within(one.received_on) or within(one.replied_on)]
    entries = [one for one in heard if chosen.has_owner(one.owner, workspace)]
    return Happenings(
        first=first,
        last=last,
        done=tuple(sorted(_done(workspace, derived.workdays, first, last, chosen), key=lambda one: (one.on, one.address))),
        told=tuple(sorted(_told(workspace, first, last, chosen), key=lambda one: (one.on, one.address))),
        decided=tuple(sorted(decided, key=lambda one: (one.date or date.min, one.address))),
        closed=tuple(sorted(closed, key=lambda one: (one.done_on or date.min, one.address))),
        received=tuple(sorted((one for one in entries if within(one.received_on)), key=lambda one: (one.received_on, one.address))),
        replied=tuple(sorted((one for one in entries if within(one.replied_on)), key=lambda one: (one.replied_on, one.address))),
        moved=tuple(
            sorted(_moved(workspace, first, last, chosen), key=lambda one: (one.is_better is not False, one.is_better is None, one.address))
        ),
        meetings=tuple(one.address for one in workspace.of_kind("meeting") if within(one.fields.date("date")) and chosen.teams is None),
    )


def _done(workspace: Workspace, workdays: Workdays, first: date, last: date, chosen: Selection) -> Iterator[Done]:
    for plan in workspace.of_kind("plan"):
        for name in ("tasks", "milestones"):
            for item in plan.items(name):
                on = item.date("done_on")
                if on is None or not first <= on <= last or item.text("status") == "dropped":
                    continue
                owner = _person(item.text("owner") or plan.fields.text("owner"))
                if not chosen.has((owner,), (f"team/{plan.fields.text('team')}",)):
                    continue
                due = item.date("due")
                yield Done(
                    address=f"{plan.address}#{item.text('id') or item.route[-1]}",
                    title=part_title(item),
                    plan=plan.address,
                    plan_title=plan.title,
                    owner=owner,
                    on=on,
                    due=due,
                    days_late=workdays.between(due, on) if due else None,
                    is_milestone=name == "milestones",
                )


def _person(name: str | None) -> str | None:
    return f"person/{name}" if name else None


def _told(workspace: Workspace, first: date, last: date, chosen: Selection) -> Iterator[Told]:
    """The last check-in of each subject in these days."""
    for subject, checkins in checkins_of(workspace, last).items():
        latest, about = checkins[-1], workspace.record(subject)
        record = workspace.record(latest.address)
        if latest.day < first or about is None or record is None or not chosen.has(*answers_for(about)):
            continue
        yield _as_told(latest, checkins[-2] if len(checkins) > 1 else None, about, record)


def answers_for(record: Record) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    """The people and the teams that answer for a goal or a plan, by address."""
    fields = record.fields
    people = tuple(_person(fields.text(name)) for name in ("product_owner", "operations_owner", "owner"))
    teams = fields.texts("teams") if record.kind.name == "goal" else filter(None, (fields.text("team"),))
    return people, tuple(f"team/{name}" for name in teams)


def _as_told(checkin: Checkin, before: Checkin | None, about: Record, record: Record) -> Told:
    problems = tuple(
        Problem(
            address=f"{record.address}#{item.text('id') or item.route[-1]}",
            text=part_title(item),
            solution=item.text("solution"),
            owner=_person(item.text("owner")),
            due=item.date("due"),
            is_open=item.text("status") not in ("done", "dropped"),
        )
        for item in record.items("problems")
    )
    return Told(
        address=checkin.address,
        subject=checkin.subject,
        subject_title=about.title,
        on=checkin.day,
        author=checkin.author,
        health=checkin.health,
        before=before.health if before else None,
        confidence=checkin.confidence,
        progress=record.fields.text("progress"),
        problems=problems,
        next=record.fields.text("next"),
    )


def _moved(workspace: Workspace, first: date, last: date, chosen: Selection) -> Iterator[Moved]:
    for series in workspace.series.values():
        record = workspace.record(f"metric/{series.metric}")
        latest = next((point for point in reversed(series.points) if first <= point.date <= last), None)
        if record is None or latest is None or not chosen.has_owner(_person(record.role("owner")), workspace):
            continue
        before = next((point.value for point in reversed(series.points) if point.date < first), None)
        direction = record.fields.text("direction")
        known = before is not None and latest.value != before and direction in ("up", "down")
        yield Moved(
            address=record.address,
            title=record.title,
            unit=record.fields.text("unit") or "",
            before=before,
            value=latest.value,
            on=latest.date,
            is_better=(latest.value > (before or 0)) == (direction == "up") if known else None,
        )
