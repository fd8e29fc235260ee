"""TU3: what a change did that its kind does not allow. Only asked where the state before the change is known."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import msg
from trueup.records.workspace import Workspace


@rule("TU315", "illegal-transition")
def illegal_transition(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A record took a state that may not follow the one it had."""
    if context.before is None:
        return
    for kind in workspace.kinds.values():
        name = kind.roles.get("status", "")
        for record in workspace.of_kind(kind.name) if kind.transitions else ():
            earlier = context.before.record(record.address)
            if earlier is None or earlier is record or earlier.status == record.status:
                continue
            before, after = earlier.status, record.status
            allowed = kind.transitions.get(before or "")
            if allowed is not None and after is not None and after not in allowed:
                message = msg('"{before}" may not become "{after}"', before=before, after=after)
                hint = msg("after it comes one of: {states}", states=allowed) if allowed else msg("nothing comes after it")
                yield record.fields.problem(name, message, hint)
