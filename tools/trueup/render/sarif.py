"""Findings as SARIF 2.1.0 (OASIS), which code scanning services and editors read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from trueup.diagnostic import Diagnostic
from trueup.locale import msg, translator
from trueup.render.log import json_text, logged, unicode_path, unmarked
from trueup.render.report import Report, fingerprints

if TYPE_CHECKING:
    from trueup.checks.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LANGUAGES = {"en": "en", "zh": "zh-CN"}
# GitHub's own property, by which it sorts alerts; SARIF has no word for it on a rule.
_PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}


def sarif(report: Report) -> str:
    """One run: the rules, and a result for each finding. Columns count characters, as ours do."""
    index = {rule.code: number for number, rule in enumerate(report.rules)}
    results = [
        _result(one, report, index, fingerprint)
        for one, fingerprint in zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
    ]
    driver = {"name": "trueup", "version": report.version, "rules": [_rule(rule, report) for rule in report.rules]}
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[report.language],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, report: Report) -> dict[str, Any]:
    _ = translator(report.language)
    summary = _message(_(rule.summary))
    more = msg('"trueup explain {code}" says why, with examples.', code=rule.code).say(report.language)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": summary,
        "fullDescription": summary,
        "help": _message(f"{_(rule.summary)} {more}"),
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"problem.severity": _PROBLEM_SEVERITIES[rule.severity]},
    }


def _result(one: Diagnostic, report: Report, index: dict[str, int], fingerprint: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(report.path(one)), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": one.line, "startColumn": one.column},
        }
    }
    if one.address:
        location["logicalLocations"] = [{"fullyQualifiedName": unicode_path(one.address)}]
    return {
        "ruleId": one.code,
        **({"ruleIndex": index[one.code]} if one.code in index else {}),
        "level": one.severity,
        "message": _message(one.say(report.language)),
        "locations": [location],
        # GitHub computes its primaryLocationLineHash itself and complains about any other.
        "partialFingerprints": {"finding/v1": fingerprint},
    }


def _message(text: str) -> dict[str, str]:
    """A plain text message: no links (SARIF 3.11.6), and braces doubled, which else are placeholders (3.11.5)."""
    return {"text": unmarked(logged(text)).replace("{", "{{").replace("}", "}}")}


def _uri(path: str) -> str:
    """A relative reference of RFC 3986: the path's UTF-8, percent-encoded, slashes kept."""
    return quote(unicode_path(path), safe="/")
