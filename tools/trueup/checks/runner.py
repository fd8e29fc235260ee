"""Runs the rules and turns what they find into sorted diagnostics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from trueup.checks.catalogue import CODES, RULES
from trueup.checks.rule import Context, Rule
from trueup.checks.schema import NEVER_SILENT
from trueup.diagnostic import SEVERITIES, Diagnostic, Problem, Severity
from trueup.locale import msg, msgs
from trueup.records.config import CONFIG_FILE
from trueup.records.record import Record
from trueup.records.workspace import Workspace


def check(
    workspace: Workspace,
    today: date,
    rules: Iterable[Rule] = RULES,
    before: Workspace | None = None,
    renamed: Mapping[str, str] | None = None,
) -> list[Diagnostic]:
    """Every finding, sorted by place. Of a workspace that was loaded in part, only what concerns the selected files.

    ``before`` is the workspace as it was before a change: with it, rules on changes speak too.
    ``renamed`` are the new ids of records by their old addresses: a finding about an old one names the new.

    What a draft does wrong is a warning where it would be an error. A finding that its record silences is left out, and
    a silence that silences nothing is a finding.
    """
    rules = tuple(rules)
    fixed = frozenset(name for rule in rules if rule.fixed for name in (rule.code, rule.name))
    context = Context(today, CODES, fixed, before, renamed=renamed or {})
    owners = _Owners(workspace)
    silences = _Silences(workspace, owners)
    found = [diagnostic for rule in rules for diagnostic in _run(rule, workspace, context, owners, silences)]
    last = replace(context, unused_silences=tuple(silences.unused(rules)))
    stale = next((rule for rule in rules if rule.name == "stale-silence"), None)
    if stale is not None and last.unused_silences:
        found.extend(_run(stale, workspace, last, owners, silences))
    return sorted({(one.place, one.severity): one for one in found}.values(), key=lambda one: one.place)


# Of one rule in one file: nobody reads more, and a file of 90,000 wrong names would take seconds to put into words.
MOST_FINDINGS = 100


def _run(rule: Rule, workspace: Workspace, context: Context, owners: _Owners, silences: _Silences) -> Iterator[Diagnostic]:
    severity = _severity(rule, workspace)
    if severity == "off" or (rule.whole and not workspace.is_whole):
        return
    left: dict[str, _Left] = {}
    shown: Counter[str] = Counter()
    for problem in rule.check(workspace, context):
        if _concerns(problem, workspace) and not silences.silence(problem, rule):
            milder = severity == "error" and owners.is_draft(problem)
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
    if rule.fixed:
        return rule.severity
    wanted = workspace.config.severities
    return wanted.get(rule.code) or wanted.get(rule.name) or rule.severity


class _Owners:
    """Which record a finding is about. Two records may have the same id, and what one says of itself is not the other's."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._drafts: dict[int, bool] = {}

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], list[Record]]:
        found: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in self._workspace.records:
            found[record.path, record.address].append(record)
        return dict(found)

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(record.address for record in self._workspace.records)

    def of(self, problem: Problem) -> Record | None:
        """The one record of that address in the file; of a finding in another file, the one there is. None where it could be two."""
        here = self._by_place.get((problem.path, problem.address))
        if here is not None:
            return here[0] if len(here) == 1 else None
        return self._workspace.record(problem.address) if self._uses[problem.address] == 1 else None

    def is_draft(self, problem: Problem) -> bool:
        record = self.of(problem) if problem.address else None
        if record is None:
            return False
        known = self._drafts.get(id(record))
        if known is None:
            known = self._drafts[id(record)] = record.is_draft
        return known


def _concerns(problem: Problem, workspace: Workspace) -> bool:
    """Whether a finding is about the selected files; what is wrong with settings and schemas concerns everyone."""
    selected = workspace.selected
    return selected is None or problem.path in selected or problem.path == CONFIG_FILE or problem.path.startswith("schemas/")


class _Silences:
    """The findings that records silence, and which of them were there."""

    def __init__(self, workspace: Workspace, owners: _Owners) -> None:
        self._records: dict[int, tuple[Record, frozenset[str]]] = {}
        for record in workspace.records:
            ignore = record.data.get("ignore")
            if isinstance(ignore, dict) and (codes := frozenset(code for code, reason in ignore.items() if _is_reason(reason))):
                self._records[id(record)] = record, codes
        self._workspace = workspace
        self._owners = owners
        self._used: set[tuple[int, str]] = set()

    def silence(self, problem: Problem, rule: Rule) -> bool:
        if not self._records or rule.code in NEVER_SILENT:
            return False
        owner = id(self._owners.of(problem))
        _, codes = self._records.get(owner, (None, ()))
        if rule.code not in codes:
            return False
        self._used.add((owner, rule.code))
        return True

    def unused(self, rules: tuple[Rule, ...]) -> Iterator[tuple[Record, str]]:
        """Silences of rules that ran and did not speak, and of rules that there are none of."""
        ran = {rule.code for rule in rules if (self._workspace.is_whole or not rule.whole) and _severity(rule, self._workspace) != "off"}
        for owner, (record, codes) in self._records.items():
            for code in sorted(codes):
                if (owner, code) not in self._used and (code in ran or code not in CODES):
                    yield record, code


def _is_reason(value: object) -> bool:
    """Whether a silence says why, as the schemas ask; without a reason it would silence what is wrong with itself."""
    return isinstance(value, str) and len(value.strip()) >= 3
