"""What is wrong with each record, and what of it a change has brought."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trueup.diagnostic import SEVERITIES, Diagnostic
from trueup.records.record import Record
from trueup.records.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of a check, those of each file, and of those the ones about a single record in it; what is wrong with a
    series counts for its metric's file too."""

    all: tuple[Diagnostic, ...]
    by_path: Mapping[str, tuple[Diagnostic, ...]]
    by_record: Mapping[tuple[str, str], tuple[Diagnostic, ...]]

    def of(self, record: Record) -> tuple[Diagnostic, ...]:
        """What is wrong with a record: of a file with several records, only what is its own."""
        return self.by_record.get((record.path, record.address), ()) if record.route else self.by_path.get(record.path, ())


def findings_in(workspace: Workspace, diagnostics: Iterable[Diagnostic]) -> Findings:
    found = tuple(diagnostics)
    by_path: dict[str, list[Diagnostic]] = {}
    for one in found:
        by_path.setdefault(one.path, []).append(one)
    for series in workspace.series.values():
        record = workspace.record(f"metric/{series.metric}")
        if record is not None and series.path in by_path:
            by_path.setdefault(record.path, []).extend(by_path[series.path])
    by_record: dict[tuple[str, str], list[Diagnostic]] = {}
    for path, ones in by_path.items():
        for one in ones:
            by_record.setdefault((path, one.address), []).append(one)
    return Findings(
        found,
        {path: tuple(ones) for path, ones in by_path.items()},
        {place: tuple(ones) for place, ones in by_record.items()},
    )


def by_disposition(gone: Iterable[Diagnostic], new: Workspace) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Of findings that are gone those that were mended, and those that nobody looks for: their record is gone, or their rule is off."""
    mended: list[Diagnostic] = []
    unseen: list[Diagnostic] = []
    for one in gone:
        rules = new.config.severities
        is_off = (rules.get(one.code) or rules.get(one.rule)) == "off"
        is_away = bool(one.address) and new.record(one.address) is None
        (unseen if is_off or is_away else mended).append(one)
    return mended, unseen


def worst_first(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.place))


def told_apart(
    old: Iterable[Diagnostic], new: Iterable[Diagnostic], moved: Mapping[str, str]
) -> tuple[list[Diagnostic], list[Diagnostic], int]:
    """The findings that only the new state has, those that only the old one has, and how many both have.

    A finding is the same where rule, file and words are, on whatever line it stands and whatever figures it tells; ``moved`` says
    where a file of the old state lies now.
    """
    before, after = list(old), list(new)
    known = Counter(_identity(one, moved) for one in before)
    brought = []
    for one in after:
        key = _identity(one, {})
        if known[key]:
            known[key] -= 1
        else:
            brought.append(one)
    fixed = []
    for one in before:
        key = _identity(one, moved)
        if known[key]:
            known[key] -= 1
            fixed.append(one)
    return brought, fixed, len(after) - len(brought)


def _identity(one: Diagnostic, moved: Mapping[str, str]) -> tuple[str, str, str, str]:
    return one.code, moved.get(one.path, one.path), one.address, _FIGURES.sub("0", str(one.message))


_FIGURES = re.compile(r"\b\d+(?:[.,-]W?\d+)*\b")
