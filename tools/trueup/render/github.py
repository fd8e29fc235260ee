"""Findings for GitHub Actions: annotations in the log of a step, and the table of its summary."""

from __future__ import annotations

import re
from collections import Counter

from trueup.diagnostic import Diagnostic
from trueup.locale import msgs, translator
from trueup.render.log import logged, unmentioned
from trueup.render.report import Report, summary, worst_first
from trueup.render.text import finding_line

# GitHub shows ten annotations of each level for a step and drops the rest (actions/toolkit, docs/problem-matchers.md).
MOST_ANNOTATIONS = 10

# A summary may hold 1 MiB, and a longer one is dropped whole. Nobody reads as much; this leaves room for other tools.
LONGEST_SUMMARY = 60_000

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
_MARKUP = re.compile(r"[&<>|`*_\[\]\\~!$]")


def github(report: Report) -> str:
    """Workflow commands, the worst findings first; those that GitHub would drop follow as plain lines of the log."""
    lines, rest = [], []
    shown: Counter[str] = Counter()
    for one in worst_first(report):
        shown[one.severity] += 1
        if shown[one.severity] <= MOST_ANNOTATIONS:
            lines.append(_annotation(one, report))
        else:
            rest.append(finding_line(one, report.language))
    return "".join(line + "\n" for line in (*lines, *rest))


def _annotation(one: Diagnostic, report: Report) -> str:
    """``::error file=…,line=…,col=…,title=…::message``, escaped as actions/toolkit does (packages/core/src/command.ts)."""
    place = {"file": report.path(one), "line": str(one.line), "col": str(one.column), "title": f"{one.code} {one.rule}"}
    properties = ",".join(f"{name}={_property(logged(value))}" for name, value in place.items())
    return f"::{_LEVELS[one.severity]} {properties}::{_data(logged(one.say(report.language)))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def github_summary(report: Report) -> str:
    """Every finding as a Markdown table, for the file that ``GITHUB_STEP_SUMMARY`` names; what is too much is counted."""
    _ = translator(report.language)
    text = f"## trueup\n\n{summary(report)}\n"
    findings = worst_first(report)
    if not findings:
        return text
    text += f"\n| {_('Severity')} | {_('Place')} | {_('Finding')} | {_('Rule')} |\n| --- | --- | --- | --- |\n"
    parts = [text]
    # The closing line needs room too.
    left = LONGEST_SUMMARY - len(text) - 100
    for number, one in enumerate(findings):
        row = _row(one, report)
        left -= len(row)
        if left < 0:
            missing = len(findings) - number
            more = msgs("{count} more finding is not shown here.", "{count} more findings are not shown here.", missing)
            parts.append(f"\n{more.say(report.language)}\n")
            break
        parts.append(row)
    return "".join(parts)


def _row(one: Diagnostic, report: Report) -> str:
    _ = translator(report.language)
    severity = {"error": _("error"), "warning": _("warning"), "note": _("note")}[one.severity]
    place = _cell(f"{report.path(one)}:{one.line}:{one.column}")
    return f"| {severity} | <code>{place}</code> | {_cell(one.say(report.language))} | {one.code} |\n"


def _cell(text: str) -> str:
    """``text`` as the text of a table's cell: what Markdown or HTML would read as markup becomes an entity."""
    return _MARKUP.sub(lambda found: f"&#{ord(found.group())};", unmentioned(logged(text)))
