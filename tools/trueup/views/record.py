"""One record as a reader is shown it: its fields by their labels, its series, who refers to it, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from trueup.diagnostic import Diagnostic
from trueup.records.record import Record
from trueup.records.series import Series
from trueup.views.derived import Derived
from trueup.views.fields import Fields
from trueup.views.findings import Findings
from trueup.views.health import said_in
from trueup.views.names import Names
from trueup.views.progress import KeyResult
from trueup.views.relations import Relation, relations_to
from trueup.views.values import Choice, FieldView, Link


@dataclass(frozen=True, slots=True)
class PointView:
    """A value of a series on a day (``YYYY-MM-DD``), and by how much it differs from the one before; None for the first."""

    date: str
    value: float
    change: float | None
    note: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The values of a metric, oldest first. ``places``: how many decimal places they are written with, at most 3.

    ``latest`` is the last value up to today; ``target`` is None where none is set. ``is_reached`` and ``is_better``: whether the
    latest value is as good as the target, and better than the one before, by the metric's direction; None where that can't be said.
    ``gap``: how far the latest value is from the target, 0 where it is as good; None as for ``is_reached``.
    """

    unit: str
    places: int
    points: tuple[PointView, ...]
    latest: PointView | None = None
    target: float | None = None
    is_reached: bool | None = None
    is_better: bool | None = None
    gap: float | None = None

    @property
    def distance(self) -> float:
        """The gap as a share of the range of all values: so metrics of different units can be compared. 0 where there is no gap."""
        values = [one.value for one in self.points]
        width = max(values) - min(values)
        return (self.gap or 0) / width if width else float(bool(self.gap))


@dataclass(frozen=True, slots=True)
class SaidView:
    """What the latest check-ins say of a goal or a plan: how it stands, on which day (``YYYY-MM-DD``), in which check-in;
    ``confidence`` goes from 0 to 10, None where none was given. ``words`` are what that check-in says of progress, by ``author``."""

    health: Choice
    day: str
    source: Link
    confidence: float | None
    words: str | None = None
    author: Link | None = None


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything that there is to show of a record, in the reader's language. ``line`` counts from 1.

    ``fields`` are those that have a value, without title and status. ``body`` is Markdown. ``key_results`` are those of a goal,
    ``said`` what is said of a goal or a plan. ``subject`` is what a record without a title is about, which its title begins with.
    """

    address: str
    kind: str
    label: str
    id: str
    title: str
    path: str
    line: int
    status: Choice | None
    fields: tuple[FieldView, ...]
    body: str
    series: SeriesView | None
    relations: tuple[Relation, ...]
    findings: tuple[Diagnostic, ...]
    key_results: tuple[KeyResult, ...] = ()
    said: SaidView | None = None
    subject: Link | None = None


def record_view(record: Record, names: Names, findings: Findings, derived: Derived) -> RecordView:
    """What there is to show of ``record``; of a file with several records it has no body, which would be the file's."""
    goal = derived.goals.goal(record.address) if record.kind.name == "goal" else None
    subject = names.subject(record)
    return RecordView(
        address=record.address,
        kind=record.kind.name,
        label=record.kind.label.say(names.language),
        id=record.id,
        title=names.title(record),
        path=record.path,
        line=record.line,
        status=names.status(record),
        fields=tuple(Fields(record, names).views()),
        body="" if record.route else record.body,
        series=series_view(record, derived),
        relations=tuple(relations_to(record, names)),
        findings=findings.of(record),
        key_results=goal.key_results if goal else (),
        said=_said(record, names, derived),
        subject=names.link(subject) if subject else None,
    )


def _said(record: Record, names: Names, derived: Derived) -> SaidView | None:
    said = said_in(derived.checkins.get(record.address, ()))
    kind = names.workspace.kinds.get("checkin")
    if said.health is None or said.day is None or said.source is None or kind is None:
        return None
    health = names.state(kind, kind.field("health"), said.health)
    checkin = names.workspace.record(said.source)
    return SaidView(
        health,
        said.day.isoformat(),
        Link(said.source, said.day.isoformat()),
        said.confidence,
        checkin.fields.text("progress") if checkin else None,
        names.link(author) if said.author and (author := names.workspace.record(said.author)) else None,
    )


def series_view(record: Record, derived: Derived) -> SeriesView | None:
    """The series of a metric; None where it has none."""
    series = derived.workspace.series.get(record.id) if record.kind.name == "metric" else None
    if series is None or not series.points:
        return None
    view = _series_view(series, record.fields.text("unit") or "")
    latest = next((one for one in reversed(view.points) if date.fromisoformat(one.date) <= derived.today), None)
    target = record.fields.number("target")
    if latest is None:
        return replace(view, target=target)
    sign = {"up": 1, "down": -1}.get(record.fields.text("direction") or "")
    return replace(
        view,
        latest=latest,
        target=target,
        is_reached=None if sign is None or target is None else sign * latest.value >= sign * target,
        is_better=None if sign is None or not latest.change else sign * latest.change > 0,
        gap=None if sign is None or target is None else max(0.0, sign * (target - latest.value)),
    )


def _series_view(series: Series, unit: str) -> SeriesView:
    changes = [None, *(after.value - before.value for before, after in pairwise(series.points))]
    points = tuple(
        PointView(point.date.isoformat(), point.value, change, point.note) for point, change in zip(series.points, changes, strict=True)
    )
    return SeriesView(unit, min(3, max(_places(point.value) for point in points)), points)


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else len(repr(value).partition(".")[2])
