"""TU3: what was due and is not done, what is done and does not say when, days that have not come yet, and weeks that are too full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import Text, msg
from trueup.records.config import CONFIG_FILE
from trueup.records.record import Item, Record
from trueup.records.workdays import is_known_country
from trueup.records.workspace import Workspace


@rule("TU308", "overdue", severity="warning")
def overdue(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An active plan, or a task or a milestone of one, was due and is not done."""
    # Nobody works on a paused plan, so nothing in it can be late until it goes on.
    for plan in workspace.of_kind("plan"):
        if plan.kind.group_of(plan.status) != "open" or plan.status == "paused":
            continue
        late = [item for name in ("tasks", "milestones") for item in plan.items(name) if _is_late(item, context.today)]
        if _is_late(plan.fields, context.today):
            late.append(plan.fields)
        for item in late:
            due = item.date("due")
            message = msg('"{part}" was due on {due} and is not done', part=_name(item), due=due.isoformat() if due else "")
            yield item.problem("due", message, msg("close it, or agree on a new date"))


def _is_late(item: Item, today: date) -> bool:
    if item.text("status") in _OVER or "done_on" in item.data:
        return False
    due = item.date("due")
    return due is not None and due < today


_OVER = ("done", "dropped")


def _name(item: Item) -> str:
    """What a finding calls an item: its id, and a record by its own."""
    return (item.text("id") or str(item.route[-1])) if item.route else item.record.id


# What can be done, and says on which day it was.
_DATED_LISTS = {"plan": ("tasks", "milestones"), "meeting": ("actions",), "retro": ("actions",)}


def _dated_items(workspace: Workspace) -> Iterator[Item]:
    for kind, lists in _DATED_LISTS.items():
        for record in workspace.of_kind(kind):
            for name in lists:
                yield from record.items(name)


@rule("TU309", "done-without-date", severity="note")
def done_without_date(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task or an action is done and does not say since when."""
    for item in _dated_items(workspace):
        if item.data.get("status") == "done" and "done_on" not in item.data:
            message = msg('"{part}" is done, and nothing says on which day', part=_name(item))
            yield item.problem("status", message, msg('add "done_on" with the day'))


@rule("TU310", "date-without-done", severity="warning")
def date_without_done(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task or an action has a day on which it was done, and its status says that it is not."""
    for item in _dated_items(workspace):
        if "done_on" not in item.data or item.data.get("status") == "done":
            continue
        # A day to come is no day on which it was done: that is what "done-in-the-future" says.
        status, day = item.text("status"), item.date("done_on")
        if status is not None and day is not None and day <= context.today:
            message = msg('"{part}" was done on {day}, and its status is "{status}"', part=_name(item), day=day.isoformat(), status=status)
            yield item.problem("done_on", message, msg('write "status: done", or take the day out'))


@rule("TU311", "done-in-the-future", severity="warning")
def done_in_the_future(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A task, a milestone or an action is said to have been done on a day that has not come yet."""
    today = context.today.isoformat()
    for item in _dated_items(workspace):
        # Days that are written alike follow each other as their texts do: few of them need to be read.
        written = item.data.get("done_on")
        if isinstance(written, str) and written > today and (day := item.date("done_on")):
            message = msg('"{part}" is said to be done on {day}, which has not come yet', part=_name(item), day=day.isoformat())
            yield item.problem("done_on", message, msg('write the day when it is done; the day that is planned is "due"'))


@rule("TU312", "date-in-the-future", severity="warning")
def date_in_the_future(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A record tells what happened on a day that has not come yet."""
    today = context.today.isoformat()
    for kind, field, signs in _HAPPENED:
        for record in workspace.of_kind(kind):
            written = record.data.get(field)
            if isinstance(written, str) and written > today and (day := record.fields.date(field)) and (not signs or _tells(record, signs)):
                message = msg('"{field}" is {day}, which has not come yet', field=field, day=day.isoformat())
                yield record.fields.problem(field, message, msg("correct the date"))


# Dates of what has happened, and the fields of which one must be filled in for that: a meeting, a retrospective or an activity may be
# prepared, and is about the future until somebody writes down what came of it.
_HAPPENED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("feedback", "received_on", ()),
    ("feedback", "replied_on", ()),
    ("checkin", "date", ()),
    ("meeting", "date", ("attendees", "absent", "decisions", "actions")),
    ("retro", "date", ("went_well", "went_badly", "lessons", "actions")),
    ("activity", "date", ("outcome",)),
    ("study", "ended", ("findings",)),
)


def _tells(record: Record, signs: tuple[str, ...]) -> bool:
    return any(record.data.get(field) for field in signs)


@rule("TU313", "over-allocated", severity="warning", whole=True)
def over_allocated(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Somebody has more to do in one of the next weeks than there are days for it."""
    if not workspace.of_kind("plan"):
        return
    # Loaded here, as only a check of everything needs the schedule.
    from trueup.views.schedule import schedule
    from trueup.views.workload import workload

    found = workload(workspace, schedule(workspace, context.today))
    for one in found.people:
        person = workspace.record(one.address) if one.address and one.is_over else None
        gone = person.fields.date("left_on") if person else None
        if person is None or (gone and gone < context.today):
            # What belongs to somebody who has left is what "owner-has-left" is about.
            continue
        over = [week for week in one.weeks if week.is_over]
        worst = max(over, key=lambda week: week.load - week.capacity)
        message = msg(
            '"{person}" has too much to do in {count} of {total} weeks, most in {week}: {load} days of work in {room}; '
            'the largest task is "{task}"',
            person=person.id, count=len(over), total=len(found.weeks), week=worst.week,
            load=f"{worst.load:.1f}", room=f"{worst.capacity:.1f}", task=worst.tasks[0].address,
        )  # fmt: skip
        yield person.problem(message, msg("move work to other people or to later weeks"))


@rule("TU314", "unknown-country")
def unknown_country(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A calendar names a country or a region whose public holidays are not known."""
    config = workspace.config
    if config.calendar.country and not is_known_country(config.calendar.country):
        message, hint = _nowhere(config.calendar.country)
        yield Problem(CONFIG_FILE, config.country_place, message, hint)
    for person in workspace.of_kind("person"):
        calendar = person.fields.inside("calendar")
        code = calendar.text("country") if calendar else None
        if calendar and code and not is_known_country(code) and all(one.route[:2] != _COUNTRY for one in person.mismatches):
            message, hint = _nowhere(code)
            yield calendar.problem("country", message, hint)


_COUNTRY = ("calendar", "country")


def _nowhere(code: str) -> tuple[Text, Text]:
    """What is wrong with a code. ISO 3166-2 has more regions than have holidays of their own."""
    country, _, region = code.partition("-")
    message = msg('no public holidays are known for "{code}"', code=code)
    if region and is_known_country(country):
        return message, msg('write "{country}" alone, or a region that has public holidays of its own', country=country)
    if meant := _MEANT.get(country):
        return message, msg('did you mean "{name}"?', name=meant)
    return message, msg('write its ISO 3166 code, as "CN" or "DE-BY", or leave it out and list "days_off"')


# Codes that people write for a country after its language or its name.
_MEANT = {"EN": "GB", "ZH": "CN", "JA": "JP", "KO": "KR", "CS": "CZ", "DA": "DK", "EL": "GR"}
