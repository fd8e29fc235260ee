"""One record as a reader is shown it: its fields by their labels, its series, who refers to it, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from trueup.diagnostic import Diagnostic
from trueup.records.record import Record
from trueup.records.series import Series
from trueup.views.fields import Fields
from trueup.views.findings import Findings
from trueup.views.names import Names
from trueup.views.relations import Relation, relations_to
from trueup.views.values import Choice, FieldView


@dataclass(frozen=True, slots=True)
class PointView:
    """A value of a series on a day (``YYYY-MM-DD``), and by how much it differs from the one before; None for the first."""

    date: str
    value: float
    change: float | None
    note: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The values of a metric, oldest first. ``places``: how many decimal places they are written with, at most 3."""

    unit: str
    places: int
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything that there is to show of a record, in the reader's language. ``line`` counts from 1.

    ``fields`` are those that have a value, without title and status. ``body`` is Markdown.
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


def record_view(record: Record, names: Names, findings: Findings) -> RecordView:
    """What there is to show of ``record``; of a file with several records it has no body, which would be the file's."""
    series = names.workspace.series.get(record.id) if record.kind.name == "metric" else None
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
        series=_series_view(series, record.fields.text("unit") or "") if series and series.points else None,
        relations=tuple(relations_to(record, names)),
        findings=findings.of(record),
    )


def _series_view(series: Series, unit: str) -> SeriesView:
    changes = [None, *(after.value - before.value for before, after in pairwise(series.points))]
    points = tuple(
        PointView(point.date.isoformat(), point.value, change, point.note) for point, change in zip(series.points, changes, strict=True)
    )
    return SeriesView(unit, min(3, max(_places(point.value) for point in points)), points)


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else len(repr(value).partition(".")[2])
