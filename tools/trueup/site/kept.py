"""Which reports are kept as pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trueup.records.periods import Period
from trueup.records.workspace import Workspace
from trueup.views.period_report import SPANS, period_around

# So many of each: each takes as long to make as the first page. `trueup report` makes any other.
_KEPT = {"week": 6, "month": 3, "quarter": 2}


@dataclass(frozen=True, slots=True)
class Kept:
    """A period with a report. ``span`` is week, month or quarter."""

    span: str
    period: Period

    @property
    def path(self) -> str:
        return f"reports/{self.period.name.lower()}.md"


def kept(workspace: Workspace, today: date) -> Iterator[Kept]:
    """The periods with a report, of each span the latest first: none from before the first check-in or meeting."""
    days = [day for kind in ("checkin", "meeting") for one in workspace.of_kind(kind) if (day := one.fields.date("date"))]
    first = min((day for day in days if day <= today), default=None)
    if first is None:
        return
    for span in SPANS:
        period = period_around(span, today)
        for _place in range(_KEPT[span]):
            if period.end < first:
                break
            yield Kept(span, period)
            if period.start == date.min:
                break
            period = period_around(span, period.start - timedelta(1))
