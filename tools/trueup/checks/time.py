"""TU3: dates that contradict each other, and time zones that do not exist. What depends on today is not here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import Text, msg
from trueup.records.nearest import did_you_mean
from trueup.records.record import Item
from trueup.records.references import Reference
from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace


@rule("TU301", "ends-before-start")
def ends_before_start(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A record or a part of it ends before it starts."""
    for kind in workspace.kinds.values():
        start, due = _SPANS.get(kind.name) or (kind.roles.get("start"), kind.roles.get("due"))
        has_calendar = kind.field("calendar") is not None
        for record in workspace.of_kind(kind.name):
            if start and due and due in record.data:
                yield from _backwards(record.fields, start, due)
            for away in calendar.items("days_off") if has_calendar and (calendar := record.fields.inside("calendar")) else ():
                yield from _backwards(away, "from", "to")
            for name in kind.parts:
                for item in record.items(name):
                    if "start" in item.data and "due" in item.data:
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


@rule("TU305", "unknown-time-zone")
def unknown_time_zone(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A regular meeting is in a time zone that does not exist."""
    zones: frozenset[str] | None = None
    for cadence in workspace.asked_for("cadence"):
        name = cadence.fields.text("timezone")
        if name is None or _is_time_zone(name) or any(one.route == ("timezone",) for one in cadence.mismatches):
            continue
        zones = _time_zones() if zones is None else zones
        if zones:
            message = msg('there is no time zone "{name}"', name=name)
            yield cadence.fields.problem("timezone", message, _time_zone_meant(name, zones))


def _is_time_zone(name: str) -> bool:
    # Loaded only where a meeting has a time zone: most runs need none.
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _time_zones() -> frozenset[str]:
    """Every time zone that this computer knows; none on a Windows without the package ``tzdata``, and then nobody can judge a name."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def _time_zone_meant(name: str, zones: frozenset[str]) -> Text:
    """``London`` and ``europe/london`` are ``Europe/London``. Beijing has no zone of its own name, and people look for one."""
    last = name.rpartition("/")[2].casefold()
    wanted = "Asia/Shanghai" if last in _CHINESE else None
    folded = (zone for zone in sorted(zones) if zone.casefold() == name.casefold() or zone.casefold().endswith("/" + last))
    if meant := wanted or next(folded, None):
        return msg('did you mean "{name}"?', name=meant)
    # "UTC+8" is near to "UTC", and eight hours off.
    near = None if "/" not in name or any(one.isdigit() for one in name) else did_you_mean(name, sorted(zones))
    return near or msg('write its IANA name, as "Asia/Shanghai" or "Europe/London"')


_CHINESE = ("beijing", "peking", "china", "shenzhen", "guangzhou", "hangzhou")


@rule("TU306", "offset-without-peg")
def offset_without_peg(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task has an offset and is pegged to nothing that it could be counted from."""
    for plan in workspace.of_kind("plan"):
        for task in plan.items("tasks"):
            if "offset" in task.data and "pegged_to" not in task.data:
                message = msg('"{task}" has an offset and nothing that it is counted from', task=task.text("id") or "")
                yield task.problem("offset", message, msg('write under "pegged_to" what its date hangs on, or delete the offset'))


@rule("TU307", "broken-peg", severity="warning")
def broken_peg(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task that is still open is not due when its peg and its offset say."""
    workdays = Workdays(workspace.config.calendar)
    for reference in _from_tasks(workspace, "pegged_to"):
        task, target = reference.source.item_at(reference.route), _target(reference, workspace)
        if task is None or target is None or task.text("status") in _OVER or "done_on" in task.data:
            continue
        due, peg, offset = task.date("due"), _end(target), task.number("offset")
        if due is None or peg is None or offset is None:
            continue
        right = workdays.add(peg, int(offset))
        # Beyond the years of the calendar nothing is counted.
        if due != right and (right != peg or not offset):
            message = msg(
                '"{task}" is due on {due}, and its peg "{peg}" on {date} with the offset {offset} makes that {right}',
                task=task.text("id") or "", due=due.isoformat(), peg=reference.text, date=peg.isoformat(),
                offset=int(offset), right=right.isoformat(),
            )  # fmt: skip
            yield task.problem("due", message, msg("move the date, or change the offset"))


# A task that is over keeps the date that it had.
_OVER = ("done", "dropped")


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
