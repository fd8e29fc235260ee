"""What is wrong with each record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trueup.diagnostic import SEVERITIES, Diagnostic
from trueup.records.record import Record
from trueup.records.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of a check, and those of each file; what is wrong with a series counts for its metric's file too."""

    all: tuple[Diagnostic, ...]
    by_path: Mapping[str, tuple[Diagnostic, ...]]

    def of(self, record: Record) -> tuple[Diagnostic, ...]:
        """What is wrong with a record: of a file with several records, only what is its own."""
        found = self.by_path.get(record.path, ())
        return tuple(one for one in found if one.address == record.address) if record.route else found


def findings_in(workspace: Workspace, diagnostics: Iterable[Diagnostic]) -> Findings:
    found = tuple(diagnostics)
    by_path: dict[str, list[Diagnostic]] = {}
    for one in found:
        by_path.setdefault(one.path, []).append(one)
    for series in workspace.series.values():
        record = workspace.record(f"metric/{series.metric}")
        if record is not None and series.path in by_path:
            by_path.setdefault(record.path, []).extend(by_path[series.path])
    return Findings(found, {path: tuple(ones) for path, ones in by_path.items()})


def worst_first(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.place))
