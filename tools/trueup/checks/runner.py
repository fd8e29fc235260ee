"""Runs the rules and turns what they find into sorted diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from trueup.checks.catalogue import CODES, RULES
from trueup.checks.rule import Context, Rule
from trueup.diagnostic import SEVERITIES, Diagnostic, Problem, Severity
from trueup.locale import msg, msgs
from trueup.records.config import CONFIG_FILE
from trueup.records.record import Record
from trueup.records.workspace import Workspace


def check(workspace: Workspace, today: date, rules: Iterable[Rule] = RULES) -> list[Diagnostic]:
    """Every finding, sorted by place. Of a workspace that was loaded in part, only what concerns the selected files.

    What a draft does wrong is a warning where it would be an error. A finding that its record silences is left out, and
    a silence that silences nothing is a finding.
    """
    rules = tuple(rules)
    context = Context(today, CODES)
    silences = _Silences(workspace)
    found = [diagnostic for rule in rules for diagnostic in _run(rule, workspace, context, silences)]
    last = replace(context, unused_silences=tuple(silences.unused(rules)))
    stale = next((rule for rule in rules if rule.name == "stale-silence"), None)
    if stale is not None and last.unused_silences:
        found.extend(_run(stale, workspace, last, silences))
    return sorted({(one.place, one.severity): one for one in found}.values(), key=lambda one: one.place)


# Of one rule in one file: nobody reads more, and a file of 90,000 wrong names would take seconds to put into words.
MOST_FINDINGS = 100


def _run(rule: Rule, workspace: Workspace, context: Context, silences: _Silences) -> Iterator[Diagnostic]:
    severity = _severity(rule, workspace)
    if severity == "off" or (rule.whole and not workspace.is_whole):
        return
    drafts = _Drafts(workspace)
    left: dict[str, _Left] = {}
    shown: Counter[str] = Counter()
    for problem in rule.check(workspace, context):
        if _concerns(problem, workspace) and not silences.silence(problem, rule):
            milder = severity == "error" and problem.address in drafts
            found = _finding(problem, rule, "warning" if milder else severity)  # type: ignore[arg-type]
            if shown[problem.path] < MOST_FINDINGS:
                shown[problem.path] += 1
                yield found
            else:
                left.setdefault(problem.path, _Left()).add(found)
    yield from (one.told() for one in left.values())


def _finding(problem: Problem, rule: Rule, severity: Severity) -> Diagnostic:
    place = problem.position
    return Diagnostic(
        problem.path, place.line, place.column, rule.code, rule.name, severity, problem.message, problem.hint, problem.address
    )


class _Left:
    """The findings of one rule in one file that are not told one by one."""

    def __init__(self) -> None:
        self._worst: Diagnostic | None = None
        self._count = 0

    def add(self, found: Diagnostic) -> None:
        self._count += 1
        if self._worst is None or SEVERITIES.index(found.severity) < SEVERITIES.index(self._worst.severity):
            self._worst = found

    def told(self) -> Diagnostic:
        """How many they are, in the place of the first of the worst: what is left out must not make a run pass."""
        assert self._worst is not None
        return replace(
            self._worst,
            message=msgs(
                "and {count} more finding of this rule in this file", "and {count} more findings of this rule in this file", self._count
            ),
            hint=msg("correct the ones shown, and check again"),
        )


def _severity(rule: Rule, workspace: Workspace) -> Severity | str:
    wanted = workspace.config.severities
    return wanted.get(rule.code) or wanted.get(rule.name) or rule.severity


class _Drafts:
    """Which records are drafts, each looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, bool] = {"": False}

    def __contains__(self, address: str) -> bool:
        known = self._known.get(address)
        if known is None:
            record = self._workspace.record(address)
            known = self._known[address] = record is not None and record.is_draft
        return known


def _concerns(problem: Problem, workspace: Workspace) -> bool:
    """Whether a finding is about the selected files; what is wrong with settings and schemas concerns everyone."""
    selected = workspace.selected
    return selected is None or problem.path in selected or problem.path == CONFIG_FILE or problem.path.startswith("schemas/")


class _Silences:
    """The findings that records silence, and which of them were there."""

    def __init__(self, workspace: Workspace) -> None:
        self._records: dict[str, tuple[Record, frozenset[str]]] = {}
        for record in workspace.records:
            ignore = record.data.get("ignore")
            if isinstance(ignore, dict) and (codes := frozenset(code for code, reason in ignore.items() if _is_reason(reason))):
                self._records[record.address] = record, codes
        self._workspace = workspace
        self._used: set[tuple[str, str]] = set()

    def silence(self, problem: Problem, rule: Rule) -> bool:
        _, codes = self._records.get(problem.address, (None, ()))
        if rule.code not in codes or rule.name == "stale-silence":
            return False
        self._used.add((problem.address, rule.code))
        return True

    def unused(self, rules: tuple[Rule, ...]) -> Iterator[tuple[Record, str]]:
        """Silences of rules that ran and did not speak, and of rules that there are none of."""
        ran = {rule.code for rule in rules if (self._workspace.is_whole or not rule.whole) and _severity(rule, self._workspace) != "off"}
        for record, codes in self._records.values():
            for code in sorted(codes):
                if (record.address, code) not in self._used and (code in ran or code not in CODES):
                    yield record, code


def _is_reason(value: object) -> bool:
    """Whether a silence says why, as the schemas ask; without a reason it would silence what is wrong with itself."""
    return isinstance(value, str) and len(value.strip()) >= 3
