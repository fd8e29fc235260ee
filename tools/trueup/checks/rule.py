"""What a rule is: a function from a workspace to problems, under one name and one code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trueup.checks.meant import KnownNames
from trueup.diagnostic import Problem, Severity
from trueup.locale import Text, msg
from trueup.records.explain import Mismatch
from trueup.records.record import Record
from trueup.records.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides the workspace. ``codes``: every rule's code, with its name.
    ``fixed``: the codes and names of the rules whose severity cannot be changed.
    ``before``: the workspace as it was before the change that is looked at; None where no change is.
    ``renamed``: the new ids, by their old addresses, of records that a merge has renamed.
    ``unused_silences``: records, and the codes that they silence in vain; known only once every other rule has run.
    """

    today: date
    codes: dict[str, str]
    fixed: frozenset[str] = frozenset()
    before: Workspace | None = None
    unused_silences: tuple[tuple[Record, str], ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    # What several rules need and one of them has worked out, by its name; a run has its own.
    shared: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


Check = Callable[[Workspace, Context], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """``name`` states the fault and ``code`` is never reused. ``whole``: it can only be judged with every record at hand.

    ``fixed``: no setting changes its severity, because without it something would be left unread and nobody would know.
    """

    code: str
    name: str
    summary: str
    check: Check
    severity: Severity = "error"
    whole: bool = False
    fixed: bool = False


def rule(code: str, name: str, *, severity: Severity = "error", whole: bool = False, fixed: bool = False) -> Callable[[Check], Rule]:
    """Makes a rule of a function; the first line of its docstring is the summary."""

    def made(check: Check) -> Rule:
        return Rule(code, name, (check.__doc__ or "").strip().split("\n")[0], check, severity, whole, fixed)

    return made


def reading_rule(code: str, name: str, summary: str, *, fixed: bool = True) -> Rule:
    """A rule whose faults are found while files are read, before there is a record to look at."""

    def check(workspace: Workspace, context: Context) -> Iterator[Problem]:
        return (Problem(fault.path, fault.position, fault.message, fault.hint) for fault in workspace.faults if fault.rule == name)

    return Rule(code, name, summary, check, fixed=fixed)


def schema_rule(code: str, name: str, summary: str) -> Rule:
    """A rule whose faults are what a record's schema refuses."""

    def check(workspace: Workspace, context: Context) -> Iterator[Problem]:
        names = KnownNames(workspace)
        for record in workspace.misfits:
            for one in record.mismatches:
                if one.rule == name:
                    hint = _known_name(record, one, names, context) if name == "bad-format" else None
                    yield record.problem(one.message, hint or one.hint, one.route, at_key=one.at_key)

    return Rule(code, name, summary, check)


def _known_name(record: Record, one: Mismatch, names: KnownNames, context: Context) -> Text | None:
    """A name that there is, which is better than an example of how names look."""
    if one.route[:1] == ("ignore",) and one.at_key:
        code = next((code for code, name in context.codes.items() if name == one.route[1]), None)
        return msg('write "{code}"', code=code) if code else None
    return names.hint(record, one.route)
