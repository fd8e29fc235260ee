"""TU3: dates that contradict each other. What depends on today is not here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import msg
from trueup.records.record import Item
from trueup.records.references import Reference
from trueup.records.workspace import Workspace


@rule("TU301", "ends-before-start")
def ends_before_start(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A record or a part of it ends before it starts."""
    for record in workspace.records:
        roles = record.kind.roles
        start, due = _SPANS.get(record.kind.name) or (roles.get("start"), roles.get("due"))
        if start and due:
            yield from _backwards(record.fields, start, due)
        for away in calendar.items("days_off") if (calendar := record.fields.inside("calendar")) else ():
            yield from _backwards(away, "from", "to")
        for name in record.kind.parts:
            for item in record.items(name):
                yield from _backwards(item, "start", "due")


# Kinds that last from one day to another without the second being a promise, which is what the role "due" says.
_SPANS = {
    "study": ("started", "ended"),
    "activity": ("date", "until"),
    "feedback": ("received_on", "replied_on"),
    "decision": ("date", "review_by"),
}


def _backwards(item: Item, start: str, due: str) -> Iterator[Problem]:
    begins, ends = item.date(start), item.date(due)
    if begins and ends and ends < begins:
        message = msg(
            '"{due}" is {ends}, before "{start}" on {begins}', due=due, ends=ends.isoformat(), start=start, begins=begins.isoformat()
        )
        yield item.problem(due, message, msg("exchange the two dates, or correct one"))


@rule("TU302", "task-outside-plan", severity="warning")
def task_outside_plan(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task or a milestone lies outside the dates of its plan."""
    for plan in workspace.of_kind("plan"):
        begins, ends = plan.fields.date("start"), plan.fields.date("due")
        for name in ("tasks", "milestones"):
            for item in plan.items(name):
                start, due = item.date("start"), item.date("due")
                if begins and start and start < begins:
                    message = msg(
                        '"{part}" starts on {date}, before its plan starts on {limit}',
                        part=item.text("id") or "", date=start.isoformat(), limit=begins.isoformat(),
                    )  # fmt: skip
                    yield item.problem("start", message, msg("move it, or start the plan earlier"))
                if ends and due and due > ends:
                    message = msg(
                        '"{part}" is due on {date}, after its plan ends on {limit}',
                        part=item.text("id") or "", date=due.isoformat(), limit=ends.isoformat(),
                    )  # fmt: skip
                    yield item.problem("due", message, msg("move it, or end the plan later"))


@rule("TU303", "dependency-order")
def dependency_order(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task starts before a task that it depends on is finished."""
    for reference in _from_tasks(workspace, "depends_on"):
        task, before = reference.source.item_at(reference.route), _target(reference, workspace)
        if task is None or before is None:
            continue
        ends, begins = _end(before), task.date("start") or task.date("due")
        if ends and begins and ends > begins:
            message = msg(
                '"{task}" is to begin on {begins}, and "{before}", which it depends on, ends on {ends}',
                task=task.text("id") or "", begins=begins.isoformat(), before=reference.text, ends=ends.isoformat(),
            )  # fmt: skip
            yield reference.problem(message, msg("let it begin later, or take the dependency out"))


@rule("TU304", "peg-without-date", severity="warning")
def peg_without_date(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task is pegged to a part of a plan that has no date."""
    for reference in _from_tasks(workspace, "pegged_to"):
        target = _target(reference, workspace)
        if target is not None and not _end(target):
            message = msg('"{text}" has no date to be pegged to', text=reference.text)
            yield reference.problem(message, msg('give it a "due"'))


def _from_tasks(workspace: Workspace, field: str) -> Iterator[Reference]:
    for plan in workspace.of_kind("plan"):
        for reference in workspace.references_from(plan):
            if reference.state == "found" and reference.route[:1] == ("tasks",) and field in reference.route:
                yield reference


def _target(reference: Reference, workspace: Workspace) -> Item | None:
    plan = reference.source if reference.record == reference.source.address else workspace.record(reference.record)
    return plan.part(reference.part, reference.ref.parts) if plan and reference.part else None


def _end(item: Item) -> date | None:
    return item.date("done_on") or item.date("due")
