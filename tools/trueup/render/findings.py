"""The findings of a check as text, and in the formats that CI servers and review tools read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.render.log import json_text, logged, unicode_path, unmarked
from trueup.render.report import Report, fingerprints, summary
from trueup.render.text import text

__all__ = ["FORMATS", "Report", "summary"]

VERSION = 1

_GITLAB_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
_RDF_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def findings_json(report: Report) -> str:
    """Our own shape, for scripts; ``version`` is raised when a field changes its meaning or goes away."""
    return json_text(
        {
            "version": VERSION,
            "summary": {
                "errors": report.count("error"),
                "warnings": report.count("warning"),
                "notes": report.count("note"),
                "records": report.records,
                "files": report.files,
            },
            "diagnostics": [finding(one, report.language) for one in report.diagnostics],
        }
    )


def finding(one: Diagnostic, language: str) -> dict[str, Any]:
    """A finding as JSON has it."""
    return {
        "path": unicode_path(one.path),
        "line": one.line,
        "column": one.column,
        "code": one.code,
        "rule": one.rule,
        "severity": one.severity,
        "message": logged(one.message.say(language)),
        "hint": None if one.hint is None else logged(one.hint.say(language)),
        "address": unicode_path(one.address) or None,
    }


def gitlab(report: Report) -> str:
    """GitLab's Code Quality report, for ``artifacts:reports:codequality`` (docs.gitlab.com, "Code Quality report format")."""
    return json_text(
        [
            {
                "description": logged(one.say(report.language)),
                "check_name": one.rule,
                "fingerprint": fingerprint,
                "severity": _GITLAB_SEVERITIES[one.severity],
                "location": {"path": unicode_path(report.path(one)), "lines": {"begin": one.line}},
            }
            for one, fingerprint in zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
        ]
    )


def rdjson(report: Report) -> str:
    """reviewdog's ``DiagnosticResult`` (proto/rdf/reviewdog.proto), which it posts as comments on a pull request.

    Only the line is given: a column would have to be counted in bytes of UTF-8, and ours are characters.
    """
    return json_text({"source": {"name": "trueup"}, "diagnostics": [_rdf_diagnostic(one, report) for one in report.diagnostics]})


def _rdf_diagnostic(one: Diagnostic, report: Report) -> dict[str, Any]:
    return {
        "message": unmarked(logged(one.say(report.language))),
        "location": {"path": unicode_path(report.path(one)), "range": {"start": {"line": one.line}}},
        "severity": _RDF_SEVERITIES[one.severity],
        "code": {"value": one.code},
    }


def _module(name: str) -> Callable[[Report], str]:
    """A format with a module of its own, which holds a function of the same name and is loaded when the format is asked for."""

    def written(report: Report) -> str:
        found: Callable[[Report], str] = getattr(import_module(f"trueup.render.{name}"), name)
        return found(report)

    return written


# Each gives the whole text that is written, its last line end included; nothing at all for no findings as text.
FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text,
    "json": findings_json,
    "github": _module("github"),
    "gitlab": gitlab,
    "sarif": _module("sarif"),
    "junit": _module("junit"),
    "rdjson": rdjson,
}
