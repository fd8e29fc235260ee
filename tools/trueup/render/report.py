"""What a check found, as every format gets it, and what they all say about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trueup.diagnostic import SEVERITIES, Diagnostic, Severity
from trueup.locale import msg, msgs

if TYPE_CHECKING:
    from trueup.checks.rule import Rule


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a check, sorted by place, over ``records`` records; ``files`` is how many files have findings.

    ``version`` is trueup's. ``prefix`` is where the workspace lies in its repository, as ``handbook/``: formats that a
    forge reads need paths from the repository's root.
    """

    diagnostics: tuple[Diagnostic, ...]
    records: int
    files: int
    language: str
    version: str
    rules: tuple[Rule, ...] = ()
    prefix: str = ""

    def path(self, diagnostic: Diagnostic) -> str:
        """The file of a finding, from the root of the repository."""
        return self.prefix + diagnostic.path

    def count(self, severity: Severity) -> int:
        return sum(1 for one in self.diagnostics if one.severity == severity)


def summary(report: Report) -> str:
    """The closing line: ``3 errors, 1 warning in 212 records``."""
    errors, warnings, notes = (report.count(severity) for severity in SEVERITIES)
    words = (
        msgs("{count} error", "{count} errors", errors),
        msgs("{count} warning", "{count} warnings", warnings),
        msgs("{count} note", "{count} notes", notes),
    )
    found = tuple(word for word, count in zip(words, (errors, warnings, notes), strict=True) if count)
    records = msgs("{count} record", "{count} records", report.records)
    if not found:
        return msg("no findings in {records}", records=records).say(report.language)
    return msg("{findings} in {records}", findings=found, records=records).say(report.language)


def worst_first(report: Report) -> list[Diagnostic]:
    """Errors, then warnings, then notes; each by place."""
    return sorted(report.diagnostics, key=lambda one: SEVERITIES.index(one.severity))


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """What a finding is recognised by in the next run: the same when lines above it come or go, and in either language.

    Two findings of one report never share one: those alike in file, rule and words are told apart by their order.
    """
    import hashlib
    import json

    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for one in diagnostics:
        same = (one.path, one.code, str(one.message))
        seen[same] += 1
        found.append(hashlib.sha256(json.dumps([*same, seen[same]]).encode("ascii")).hexdigest()[:40])
    return found
