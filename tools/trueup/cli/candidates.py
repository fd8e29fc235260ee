"""What a shell offers at the Tab key: kinds, addresses, ids, columns and rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from trueup.checks.catalogue import RULES
from trueup.cli import find_root
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.views.tables import columns_of

Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def kinds(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    workspace = _workspace(context)
    return _beginning(begun, workspace.kinds if workspace else ())


def addresses(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    workspace = _workspace(context)
    if workspace is None:
        return []
    return _beginning(begun, sorted(f"{kind}/{name}" for kind in workspace.kinds for name in workspace.ids(kind)))


def _ids_of(kind: str) -> Offer:
    def ids(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        workspace = _workspace(context)
        return _beginning(begun, sorted(workspace.ids(kind))) if workspace else []

    return ids


teams = _ids_of("team")
people = _ids_of("person")
cadences = _ids_of("cadence")
plans = _ids_of("plan")
scorecards = _ids_of("scorecard")


def columns(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The columns of the kind that is listed; those before the last comma stay."""
    workspace = _workspace(context)
    # While the value of an option is missing, click leaves the words before it unread.
    words: list[str] = [context.params.get("name") or "", *context.args]
    kind = next((workspace.kinds[word] for word in words if word in workspace.kinds), None) if workspace else None
    chosen, comma, _last = begun.rpartition(",")
    return _beginning(begun, (chosen + comma + name for name in columns_of(kind))) if kind else []


def rules(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    return _beginning(begun, [*(rule.code for rule in RULES), *(rule.name for rule in RULES)])


def _workspace(context: click.Context) -> Workspace | None:
    """Only the names of its files are read: the shell waits for the answer."""
    root = context.params.get("root") or find_root(os.getcwd())
    return load(WorkingTree(Path(root)), only=()) if root and os.path.isdir(root) else None


def _beginning(begun: str, names: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.casefold().startswith(begun.casefold())]
