"""Findings as JUnit XML, in the form that Jenkins' xUnit plugin publishes as junit-10.xsd."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from trueup.diagnostic import Diagnostic
from trueup.render.log import logged
from trueup.render.report import Report, summary


def junit(report: Report) -> str:
    """A suite for each file with findings, a case for each finding. An error fails its case; what is less passes, with
    its words as the case's output. A check without findings is one passed case: a report without any is an error to
    Jenkins. No times: the same findings give the same bytes.
    """
    import xml.etree.ElementTree as ET

    root = ET.Element(
        "testsuites", name="trueup", tests=str(max(1, len(report.diagnostics))), failures=str(report.count("error")), errors="0"
    )
    for path, group in groupby(report.diagnostics, key=lambda one: one.path):
        found = tuple(group)
        suite = ET.SubElement(root, "testsuite", _counts(logged(path), found))
        for one, name in zip(found, _names(found), strict=True):
            case = ET.SubElement(suite, "testcase", classname=logged(path), name=name)
            words = logged(one.say(report.language))
            if one.severity == "error":
                ET.SubElement(case, "failure", type=one.code, message=words).text = f"{logged(path)}:{one.line}:{one.column}"
            else:
                ET.SubElement(case, "system-out").text = f"{one.severity}: {words}"
    if not report.diagnostics:
        suite = ET.SubElement(root, "testsuite", name="trueup", tests="1", failures="0", errors="0")
        case = ET.SubElement(suite, "testcase", classname="trueup", name="check")
        ET.SubElement(case, "system-out").text = summary(report)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _counts(name: str, found: tuple[Diagnostic, ...]) -> dict[str, str]:
    failures = sum(1 for one in found if one.severity == "error")
    return {"name": name, "tests": str(len(found)), "failures": str(failures), "errors": "0"}


def _names(found: tuple[Diagnostic, ...]) -> list[str]:
    """``TU201 unknown-reference 14:12``, each once: GitLab shows only the first of two cases with the same name."""
    seen: Counter[str] = Counter()
    names = []
    for one in found:
        name = f"{one.code} {one.rule} {one.line}:{one.column}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
