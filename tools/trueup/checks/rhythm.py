"""TU6: a rhythm that has been lost: check-ins, meetings and values that did not come, promises that nobody kept or took on.

What a team does not keep at all is not missing: where there are no check-ins, none is late. What a rule needs of the views is
loaded where it has something to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import Text, msg, msgs
from trueup.records.record import Item, Record
from trueup.records.series import series_path
from trueup.records.workspace import Workspace

if TYPE_CHECKING:
    from trueup.views.health import Checkin


def _checkins(workspace: Workspace, context: Context) -> Mapping[str, tuple[Checkin, ...]]:
    """The check-ins up to today by their subjects, worked out for the first rule that asks for them."""
    if "checkins" not in context.shared:
        from trueup.views.health import checkins_of

        context.shared["checkins"] = checkins_of(workspace, context.today)
    found: Mapping[str, tuple[Checkin, ...]] = context.shared["checkins"]
    return found


@rule("TU601", "stale-check-in", severity="warning", whole=True)
def stale_check_in(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Nobody has said for too long how an active goal or plan stands."""
    if not workspace.ids("checkin"):
        return
    from trueup.views.freshness import checkin_freshness

    for one in checkin_freshness(workspace, context.today, _checkins(workspace, context)):
        record = workspace.record(one.address)
        if record is not None and one.is_stale and one.age is not None:
            message = (
                msg('"{checkin}" of {day} is the latest check-in of it, {count} days ago',
                    checkin=one.checkin, day=one.on.isoformat(), count=one.age)
                if one.checkin and one.on
                else msg("this began {count} days ago, and nobody has written a check-in of it", count=one.age)
            )  # fmt: skip
            yield record.fields.problem("status", message, msg('write one with "subject: {address}"', address=one.address))


@rule("TU602", "watermelon", severity="warning", whole=True)
def watermelon(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A goal is green outside and red inside: its check-in says that it stands better than its numbers do."""
    if not workspace.ids("checkin") or not any(goal.data.get("status") == "active" for goal in workspace.of_kind("goal")):
        return
    from trueup.views.goals import goals

    for one in goals(workspace, context.today, _checkins(workspace, context)).goals:
        record = workspace.record(one.address)
        if record is None or not one.is_watermelon or one.progress is None or one.pace is None:
            continue
        message = msg(
            '"{checkin}" says "{said}", and the numbers say "{data}": {progress}% of the way in {pace}% of the time',
            checkin=one.said_in, said=one.said_health, data=one.data_health,
            progress=round(one.progress * 100), pace=round(one.pace * 100),
        )  # fmt: skip
        yield record.fields.problem("status", message, msg("say in the next check-in how it stands, or correct the numbers"))


@rule("TU603", "meeting-missed", severity="warning", whole=True)
def meeting_missed(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A regular meeting should have been held since the last one, and there is no record of it."""
    if not workspace.of_kind("cadence") or not workspace.of_kind("meeting"):
        return
    from trueup.records.workdays import Workdays
    from trueup.views.rhythm import cadences

    for one in cadences(workspace, context.today, Workdays(workspace.config.calendar)):
        record = workspace.record(one.address)
        held = max((past.date for past in one.in_state("held")), default=None)
        missed = [past.date for past in one.in_state("missed") if held is None or past.date > held]
        if record is None or not missed:
            continue
        day = missed[-1].isoformat()
        message = msgs(
            "there is no record of the meeting of {day}", "there is no record of the last {count} meetings, the latest of {day}",
            len(missed), day=day,
        )  # fmt: skip
        hint = msg("write down what came of it, or meet less often and say so here")
        yield record.fields.problem("every", message, hint)


@rule("TU604", "action-overdue", severity="warning")
def action_overdue(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An action of a meeting or a retrospective was due and is not done."""
    for kind in ("meeting", "retro"):
        for record in workspace.of_kind(kind):
            late = [item for item in record.items("actions") if _is_late(item, context)]
            held = record.fields.date("date") if late else None
            if held is not None and held > context.today:
                continue
            for item in late:
                due = item.text("due") or ""
                message = msg('"{part}" was due on {due} and is not done', part=item.text("id") or "", due=due)
                yield item.problem("due", message, msg("close it, or agree on a new date"))


def _is_late(item: Item, context: Context) -> bool:
    due = item.date("due")
    return due is not None and due < context.today and _is_open(item, context)


def _is_open(item: Item, context: Context) -> bool:
    """As the list of actions has it: what will only have been done after today is still to be done."""
    if item.data.get("status") not in ("done", "dropped"):
        return True
    done_on = item.date("done_on") if "done_on" in item.data else None
    return done_on is not None and done_on > context.today


@rule("TU605", "problem-without-owner", severity="warning", whole=True)
def problem_without_owner(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The latest check-in of a goal or a plan names a problem that nobody has taken on."""
    unowned: dict[str, list[Item]] = {}
    for record in workspace.of_kind("checkin"):
        if found := [one for one in record.items("problems") if not one.data.get("owner") and _is_open(one, context)]:
            unowned[record.address] = found
    if not unowned:
        return
    for subject, checkins in _checkins(workspace, context).items():
        if not _is_over(workspace.record(subject)):
            for item in unowned.get(checkins[-1].address, ()):
                message = msg('nobody owns the problem "{part}"', part=item.text("id") or item.text("problem") or "")
                yield item.problem("problem", message, msg('name an "owner", who sees to it'))


def _is_over(subject: Record | None) -> bool:
    """Whether nobody works on it any more; a paused plan goes on one day."""
    return subject is None or subject.kind.group_of(subject.status) in ("done", "dropped")


@rule("TU606", "stale-series", severity="warning", whole=True)
def stale_series(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A metric has had no new value for longer than its cadence allows."""
    if not workspace.series:
        return
    from trueup.views.freshness import series_freshness

    for one in series_freshness(workspace, context.today):
        record = workspace.record(one.address)
        if record is None or not one.is_stale:
            continue
        message: Text
        if one.on is None:
            message = msg('this is counted "{cadence}", and there is no value yet', cadence=record.fields.text("cadence") or "")
        else:
            message = msg(
                'the last value is of {day}; counted "{cadence}", the next was due on {expected}',
                day=one.on.isoformat(), cadence=record.fields.text("cadence") or "",
                expected=one.expected.isoformat() if one.expected else "",
            )  # fmt: skip
        yield record.fields.problem("cadence", message, msg("add the value to {path}", path=series_path(record)))
