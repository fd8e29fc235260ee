"""The findings of a check as lines that people and editors read."""

from __future__ import annotations

from trueup.diagnostic import Diagnostic
from trueup.render.log import logged
from trueup.render.report import Report


def text(report: Report) -> str:
    """One line a finding; empty where there is none."""
    return "".join(finding_line(one, report.language) + "\n" for one in report.diagnostics)


def finding_line(one: Diagnostic, language: str) -> str:
    """``path:line:column: TU201 message (hint)``; what is less than an error says so: ``TU302 warning: message``."""
    mark = "" if one.severity == "error" else f" {one.severity}:"
    return logged(f"{one.path}:{one.line}:{one.column}: {one.code}{mark} {one.say(language)}")
