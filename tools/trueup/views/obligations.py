"""What teams owe each other: dates that others have pegged work to, tasks that others wait for, and what is blocked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Item, Record
from trueup.records.workspace import Workspace
from trueup.views.named import named_in, whole
from trueup.views.names import part_title


@dataclass(frozen=True, slots=True)
class Obligation:
    """An open task that hangs on something.

    ``kind``: ``peg`` where its date hangs on another's date, ``wait`` where it cannot begin before another is done,
    ``blocked`` where it says so itself. ``needs`` is what it hangs on, with its day ``needed_on``; None for a blocked task,
    which has ``reason``, the words of whoever waits. ``owner`` is who waits, a person's address; ``due`` is the task's own.
    """

    kind: str
    address: str
    title: str
    owner: str | None
    due: date | None
    needs: str | None
    needs_title: str | None
    needed_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Between:
    """What one team owes another, both by address, the earliest first. ``debtor`` is None for what is blocked by nobody in particular."""

    debtor: str | None
    creditor: str
    obligations: tuple[Obligation, ...]


def obligations(workspace: Workspace) -> tuple[Between, ...]:
    """What is open between teams: pairs of teams by address; what one team owes itself is its own affair, but for what is blocked."""
    found: dict[tuple[str, str], list[Obligation]] = {}
    for plan in workspace.of_kind("plan"):
        # A paused plan waits for nobody until it goes on.
        if plan.kind.group_of(plan.status) != "open" or plan.status == "paused":
            continue
        creditor = _team(plan)
        named = named_in(workspace, plan)
        for task in plan.items("tasks"):
            if task.text("status") in ("done", "dropped"):
                continue
            for debtor, one in _of_task(task, plan, named, workspace):
                if debtor != creditor:
                    found.setdefault((debtor or "", creditor), []).append(one)
    return tuple(
        Between(
            debtor or None,
            creditor,
            tuple(sorted(ones, key=lambda one: (one.needed_on or one.due or date.max, one.address, one.needs or ""))),
        )
        for (debtor, creditor), ones in sorted(found.items())
    )


def _team(plan: Record) -> str:
    return f"team/{plan.fields.text('team')}"


def _of_task(
    task: Item, plan: Record, named: dict[tuple[str | int, ...], str], workspace: Workspace
) -> Iterator[tuple[str | None, Obligation]]:
    """What one task hangs on, each with the team that owes it; what has been done is owed no more."""
    if task.text("status") == "blocked":
        yield None, _obligation("blocked", task, plan, None, None, task.text("blocked_by"))
    pegs = [named[route] for route in ((*task.route, "pegged_to"),) if route in named]
    waits = [target for route, target in named.items() if route[:3] == (*task.route, "depends_on")]
    for kind, targets in (("peg", pegs), ("wait", waits)):
        for address in targets:
            other, part = workspace.record(whole(address)), None
            if other is not None and "#" in address:
                part = other.part(address.partition("#")[2])
            if other is None or part is None or other.kind.name != "plan" or _is_settled(other, part):
                continue
            yield _team(other), _obligation(kind, task, plan, address, part, None)


def _is_settled(plan: Record, part: Item) -> bool:
    return (
        bool(part.date("done_on")) or part.text("status") in ("done", "dropped") or plan.kind.group_of(plan.status) in ("done", "dropped")
    )


def _obligation(kind: str, task: Item, plan: Record, needs: str | None, part: Item | None, reason: str | None) -> Obligation:
    owner = task.text("owner")
    return Obligation(
        kind=kind,
        address=f"{plan.address}#{task.text('id') or task.route[-1]}",
        title=part_title(task),
        owner=f"person/{owner}" if owner else None,
        due=task.date("due"),
        needs=needs,
        needs_title=part_title(part) if part else None,
        needed_on=part.date("due") if part else None,
        reason=reason,
    )
