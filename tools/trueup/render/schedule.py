"""The schedule for the terminal: all plans, or one with its tasks as bars, and what decides its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from trueup.locale import msg, msgs, translator
from trueup.locale.days import brief, tick, written
from trueup.locale.joining import clauses, led, listed
from trueup.records.workdays import Workdays
from trueup.render.gantt import CELLS, CRITICAL, DUE, FEWEST, MILESTONE, OTHER, SLACK, Axis, axis
from trueup.render.lateness import due_in_words, lateness, needed_in_words
from trueup.render.lines import aligned, part_row
from trueup.render.tables import Table, narrowed, room, write_table
from trueup.render.terminal import shown
from trueup.views.names import Names
from trueup.views.promises import Promise
from trueup.views.reach import Reach
from trueup.views.schedule import PathStep, Reason, Schedule, ScheduledPart, ScheduledPlan
from trueup.views.status import open_parts


def schedule_as_text(schedule: Schedule, names: Names, workdays: Workdays) -> str:
    """All plans, the latest first; why those are late that are; what is overdue in them; broken promises; what has no forecast."""
    _ = translator(names.language)
    if not schedule.plans:
        return _("No plan is open.") + "\n"
    late = [plan for plan in _ordered(schedule.plans) if plan.is_late]
    explained = (f"{_late_title(plan, schedule.today, names)}\n{_explained(plan, schedule, names)}" for plan in late)
    return "\n".join([_overview(schedule, names, workdays), *explained, *_overdue(schedule, names), *_remarks(schedule, names, None)])


def _overdue(schedule: Schedule, names: Names) -> Iterator[str]:
    """Every task and milestone that is overdue, the longest first."""
    rows = [part_row(one, names, late=True) for one in open_parts(schedule.plans, schedule.today) if one.days_overdue > 0]
    if rows:
        yield f"{translator(names.language)('Overdue tasks and milestones')}\n{aligned(rows, 1)}"


def plan_as_text(plan: ScheduledPlan, schedule: Schedule, names: Names, workdays: Workdays) -> str:
    """The open tasks of a plan as bars, and what decides when it ends. ``schedule`` is the whole one."""
    _ = translator(names.language)
    due = _("due {date}").format(date=written(plan.due, names.language)) if plan.due else _("no due date")
    if plan.forecast is None:
        ends = _("no forecast") if plan.open_parts else _("nothing planned in it")
    elif plan.open_parts:
        ends = _("forecast {date}").format(date=written(plan.forecast, names.language))
    else:
        done = max((part.finish for part in plan.parts if part.finish), default=None)
        ends = _("all done on {date}").format(date=written(done, names.language)) if done else _("all done but not closed")
    status = _status(plan, names)
    head = f"{shown(plan.title)}{f'  [{shown(status)}]' if status else ''}\n{due}  {ends}{_distance(plan, names.language)}\n"
    blocks = [head, *_gantt(plan, schedule, names, workdays)]
    if plan.critical_path and plan.forecast:
        title = _("Why not before {date}").format(date=written(plan.critical_path[-1].finish, names.language))
        blocks.append(f"{title}\n{_explained(plan, schedule, names)}")
    return "\n".join([*blocks, *_remarks(schedule, names, plan)])


def _ordered(plans: Iterable[ScheduledPlan]) -> list[ScheduledPlan]:
    """The latest first, then those with the least slack; those without a forecast or a due date at the end."""
    return sorted(plans, key=lambda one: (one.days_late is None, not one.is_late, -(one.days_late or 0), one.address))


def _overview(schedule: Schedule, names: Names, workdays: Workdays) -> str:
    _ = translator(names.language)
    first = workdays.on_or_after(schedule.today)
    ends = [day for plan in schedule.plans for day in (plan.forecast, plan.due) if day and day.year <= first.year + 1]
    legend = _("{bar} until the forecast   {due} due   late and slack in working days").format(bar=CRITICAL, due=DUE)

    def drawn(most: int, gap: int) -> Table:
        along = axis(workdays, first, max([first, *ends]), most)
        headings = {"plan": _("Plan"), **_headings(along, names.language)}
        rows = tuple(_plan_row(plan, along, names) for plan in _ordered(schedule.plans))
        return Table(tuple(headings), rows, headings, "plan", gap, one_line=True)

    return _charted(drawn, legend)


def _headings(along: Axis, language: str) -> dict[str, str]:
    _ = translator(language)
    return {
        "owner": _("Owner"),
        "due": _("Due"),
        "forecast": _("Forecast"),
        "late": _("Late"),
        "slack": _("Slack"),
        "chart": along.heading(language),
    }


# What stands between two columns, and what may where a terminal is narrow.
_GAPS = 3, 2


def _charted(drawn: Callable[[int, int], Table], legend: str) -> str:
    """A table with as wide a chart, its last column, as there is room for, and its legend; without, where that tells too little.

    ``drawn`` makes the table whose chart is so many cells wide at most, and whose columns are so far from each other.
    """
    width = room()
    table = drawn(CELLS, _GAPS[0])
    if width is None or narrowed(table) <= width:
        return write_table(table, "text") + f"\n{legend}\n"
    from trueup.render.rows import folded

    smaller = (drawn(most, gap) for gap in _GAPS for most in range(CELLS, FEWEST - 1, -1))
    fitting = next((one for one in smaller if narrowed(one) <= width), None)
    if fitting is None:
        table = drawn(FEWEST, _GAPS[1])
        fitting = replace(table, columns=table.columns[:-1], rows=tuple(row[:-1] for row in table.rows))
        # Of the legend, what is left to explain: its last part is about figures.
        legend = legend.split("   ")[-1]
    return write_table(fitting, "text") + "\n" + "".join(f"{line.strip()}\n" for line in folded(legend, width))


def _plan_row(plan: ScheduledPlan, along: Axis, names: Names) -> tuple[str, ...]:
    state = _status(plan, names) if plan.is_paused else ""
    return (
        f"[{state}] {plan.title}" if state else plan.title,
        _person(plan.owner, names),
        _day(plan.due, along, names.language),
        _day(plan.forecast, along, names.language) or "–",
        _count(plan.days_late) if plan.is_late else "",
        # A paused plan that is past its day has none left, and is not late either.
        _count(-plan.days_late) if plan.days_late is not None and plan.days_late <= 0 and not plan.is_late else "",
        along.bar(along.first, plan.forecast, due=plan.due, mark=OTHER if plan.is_paused else CRITICAL)
        if plan.forecast and plan.forecast >= along.first
        else "",
    )


def _gantt(plan: ScheduledPlan, schedule: Schedule, names: Names, workdays: Workdays) -> Iterator[str]:
    _ = translator(names.language)
    open_parts = [part for part in plan.parts if part.status not in ("done", "dropped")]
    closed = len(plan.parts) - len(open_parts)
    if open_parts:
        first = workdays.on_or_after(schedule.today)
        ends = [day for part in open_parts for day in (part.finish, part.late_finish) if day]

        def drawn(most: int, gap: int) -> Table:
            along = axis(workdays, first, max([first, *ends]), most)
            headings = {"task": _("Task"), **_headings(along, names.language)}
            rows = tuple(_part_row(part, along, names) for part in sorted(open_parts, key=_by_start))
            return Table(tuple(headings), rows, headings, "task", gap, one_line=True)

        yield _charted(drawn, _legend(names.language))
    if closed:
        yield msgs("{count} more is done or dropped.", "{count} more are done or dropped.", closed).say(names.language) + "\n"


def _by_start(part: ScheduledPart) -> tuple[bool, date, date, str]:
    return part.finish is None, part.start or date.min, part.finish or date.min, part.address


def _legend(language: str) -> str:
    words = translator(language)(
        "{critical} critical path   {other} other work   {slack} slack   {due} due   {milestone} milestone   days are working days"
    )
    return words.format(critical=CRITICAL, other=OTHER, slack=SLACK, due=DUE, milestone=MILESTONE)


def _part_row(part: ScheduledPart, along: Axis, names: Names) -> tuple[str, ...]:
    mark = MILESTONE if part.is_milestone else CRITICAL if part.is_critical else OTHER
    chart = along.bar(part.start, part.finish, late=part.late_finish, due=part.due, mark=mark) if part.start and part.finish else ""
    return (
        part.title,
        _person(part.owner, names),
        _day(part.due, along, names.language),
        _day(part.finish, along, names.language),
        _count(part.days_late) if part.due and part.finish and part.finish > part.due else "",
        "" if part.slack is None else _count(part.slack),
        chart,
    )


def _late_title(plan: ScheduledPlan, today: date, names: Names) -> str:
    if plan.forecast is None or not plan.open_parts:
        words = clauses((lateness(plan, names.language), due_in_words(plan, today, names.language)), names.language)
        return led(shown(plan.title), words, names.language)
    late = msgs(
        "{plan}: {count} working day late, {forecast} instead of {due}",
        "{plan}: {count} working days late, {forecast} instead of {due}",
        plan.days_late or 0,
        plan=shown(plan.title),
        forecast=brief(plan.forecast, today, names.language),
        due=brief(plan.due, today, names.language),
    )
    return late.say(names.language)


def _distance(plan: ScheduledPlan, language: str) -> str:
    if plan.days_late is None:
        return ""
    if plan.is_late:
        return f"  {lateness(plan, language)}"
    if plan.days_late:
        told = msgs("{count} working day to spare", "{count} working days to spare", -plan.days_late)
    else:
        told = msg("nothing to spare")
    return f"  {told.say(language)}"


def _explained(plan: ScheduledPlan, schedule: Schedule, names: Names) -> str:
    """The critical path, each step with the reason why it is not sooner, and what a delay reaches."""
    numbers = {step.address: number for number, step in enumerate(plan.critical_path, 1)}
    rows = [
        (
            f"{number}.",
            span_in_words(step, schedule.today, names.language),
            _called(step.address, plan.address, names),
            why_in_words(step.reason, numbers, names),
        )
        for number, step in enumerate(plan.critical_path, 1)
    ]
    return aligned(rows, 2) + "".join(_reached(plan.reach, names) if plan.reach else ())


def span_in_words(step: PathStep, today: date, language: str) -> str:
    """From when to when, without the year where it is this one."""
    first, last = brief(step.start, today, language), brief(step.finish, today, language)
    return first if first == last else f"{first} – {last}"


def why_in_words(reason: Reason, numbers: Mapping[str, int], names: Names) -> str:
    """The reason of a step; another step by its number."""
    _ = translator(names.language)
    number = numbers.get(reason.address or "")
    task = number or f"“{_called(reason.address, '', names)}”" if reason.address else ""
    words = {
        "after": _("after {task}"),
        "follows": _("pegged to {task}"),
        "start": _("starts on the date written"),
        "due": _("on the date written"),
        "today": _("open, not before today"),
        "done": _("done"),
    }
    return words[reason.why].format(task=task)


def _reached(reach: Reach, names: Names) -> Iterator[str]:
    """One line for each sort of thing that is reached."""
    _ = translator(names.language)
    sorts = (
        (_("Goals that it holds up: {names}"), reach.goals),
        (_("Plans behind it: {names}"), reach.plans),
        (_("Tasks elsewhere that wait for it: {names}"), reach.parts),
    )
    for words, addresses in sorts:
        called = [_called(one, "", names) for one in addresses]
        if len(called) > 1:
            yield "  " + words.format(names="").rstrip() + "\n"
            yield from (f"    {one}\n" for one in called)
        elif called:
            yield "  " + words.format(names=called[0]) + "\n"


def _remarks(schedule: Schedule, names: Names, plan: ScheduledPlan | None) -> Iterator[str]:
    """Broken promises, parts without a forecast, years whose holidays are not announced: of a plan, or of all."""
    _ = translator(names.language)
    own = f"{plan.address}#" if plan else ""
    broken = [one for one in schedule.promises if one.is_broken and (one.address.startswith(own) or one.target.startswith(own))]
    if broken:
        yield f"{_('Promises that break')}\n{_promises(broken, schedule.today, names)}"
    missing = [one for one in schedule.unscheduled if one.address.startswith(own) or (plan and one.address == plan.address)]
    if missing:
        reasons = {
            "circle": _("it waits for itself, round in a circle"),
            "behind": _("it waits for something without a forecast"),
            "far": _("it lies too far ahead"),
            "undated": _("it has no date"),
            "empty": _("nothing is planned in it"),
        }
        told = (led(_called(one.address, "", names), reasons[one.why], names.language) for one in missing)
        lines = "".join(f"  {one}\n" for one in told)
        yield f"{_('Without a forecast')}\n{lines}"
    years = [year for year in schedule.provisional_years if plan is None or (plan.forecast and plan.forecast.year >= year)]
    if years:
        words = _("Provisional: the holidays of {years} are not announced yet, so the dates may move.")
        yield words.format(years=listed(map(str, years), names.language)) + "\n"


def _promises(broken: Iterable[Promise], today: date, names: Names) -> str:
    """The tasks that come too late, by what they are pegged to; those first that come latest."""
    targets: dict[str, list[Promise]] = {}
    for one in sorted(broken, key=lambda one: (-one.days_late, one.address)):
        targets.setdefault(one.target, []).append(one)
    return "".join(_target(found, today, names) + aligned((_promise(one, today, names) for one in found), 2) for found in targets.values())


def _target(found: list[Promise], today: date, names: Names) -> str:
    _ = translator(names.language)
    first = found[0]
    words = _("{target}, due {due}, forecast {forecast}:") if first.is_moved else _("{target}, {due}:")
    due, forecast = brief(first.target_due, today, names.language), brief(first.target_forecast, today, names.language)
    return "  " + words.format(target=_called(first.target, "", names), due=due, forecast=forecast) + "\n"


def _promise(one: Promise, today: date, names: Names) -> tuple[str, ...]:
    _ = translator(names.language)
    plan = names.workspace.record(one.address)
    part = plan.part(one.address.partition("#")[2]) if plan else None
    owner = _person(f"person/{part.text('owner')}" if part and part.text("owner") else None, names)
    late = msgs("{count} working day late", "{count} working days late", one.days_late).say(names.language)
    title = _called(one.address, plan.address if plan else "", names)
    days = needed_in_words(one.needed, one.forecast, today, names.language)
    return f"  {days}", late, title, owner


def _called(address: str, plan: str, names: Names) -> str:
    """What a record or a part is called; a part of ``plan`` without the plan's name."""
    whole, _, name = address.partition("#")
    record = names.workspace.record(whole)
    if record is None:
        return shown(address)
    part = record.part(name) if name else None
    link = names.link(record, part)
    return shown(link.part if whole == plan and link.part else link.words)


def _status(plan: ScheduledPlan, names: Names) -> str:
    record = names.workspace.record(plan.address)
    status = names.status(record) if record else None
    return status.label if status else ""


def _person(address: str | None, names: Names) -> str:
    record = names.workspace.record(address) if address else None
    return names.title(record) if record else (address or "").partition("/")[2]


def _day(day: date | None, along: Axis, language: str) -> str:
    """A day as the axis has it, with its year where that is not the one in which the axis begins."""
    return "" if day is None else tick(day, language) if day.year == along.first.year else brief(day, along.first, language)


def _count(days: int | None) -> str:
    return "" if days is None else str(days)
