"""The load for the terminal: people by weeks, and what makes a week too full."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msgs, translator
from trueup.locale.days import tick
from trueup.records.periods import Period
from trueup.render.lines import prose
from trueup.render.numbers import number
from trueup.render.tables import Table, narrowed, room, write_table
from trueup.render.terminal import shown
from trueup.views.names import Names
from trueup.views.workload import PersonLoad, WeekLoad, Workload


def workload_as_text(workload: Workload, names: Names) -> str:
    """Those who have something to do in these weeks, with every week that is over and the tasks that fill it."""
    _ = translator(names.language)
    busy = [one for one in workload.people if any(week.load for week in one.weeks)]
    idle = len(workload.people) - len(busy)
    if not workload.people:
        return _("There is nobody whose load could be shown.") + "\n"
    blocks = [_table(workload, busy, names)] if busy else []
    over = [line for one in busy for line in _over(one, workload, names)]
    if over:
        blocks.append(f"{_('Too much')}\n{''.join(over)}")
    if idle:
        told = msgs("{count} person has no planned work in these weeks.", "{count} people have no planned work in these weeks.", idle)
        blocks.append(told.say(names.language) + "\n")
    return "\n".join(blocks)


def _table(workload: Workload, people: list[PersonLoad], names: Names) -> str:
    _ = translator(names.language)
    rows = tuple((_person(one, names), *(_cell(week, one) for week in one.weeks)) for one in people)
    legend = _("days of work / days that there are for it; ! is more than {percent}% of them").format(percent=workload.load_percent)
    rule = _(
        "What is left of a task is spread evenly over its working days, from forecast start to due date, "
        "or to forecast end where that is later."
    )

    def under(*weeks: str) -> Table:
        columns = ("person", *(week.name for week in workload.weeks))
        return Table(columns, rows, dict(zip(columns, (_("Person"), *weeks), strict=True)), gives_way="person")

    # A terminal that is too narrow for both has the Monday of a week without its number.
    table, width = under(*(_heading(week, names.language) for week in workload.weeks)), room()
    if width is not None and narrowed(table) > width:
        table = under(*(tick(week.start, names.language) for week in workload.weeks))
    return f"{write_table(table, 'text')}\n{prose(legend)}\n{prose(rule)}\n"


def _heading(week: Period, language: str) -> str:
    """The week's number and its Monday, as ``W48 23 Nov``."""
    return f"{week.name[5:]} {tick(week.start, language)}"


def _person(one: PersonLoad, names: Names) -> str:
    return one.title if one.address else translator(names.language)("(nobody)")


def _cell(week: WeekLoad, one: PersonLoad) -> str:
    if not week.load:
        return "·" if week.capacity or not one.address else "–"
    room = f"/{days_of_work(week.capacity)}" if one.address else ""
    return f"{days_of_work(week.load)}{room}{' !' if week.is_over else ''}"


def days_of_work(days: float) -> str:
    """Days to a tenth; what is not nothing does not read as nothing."""
    whole = round(days, 1)
    return number(float(whole if whole or not days else 0.1))


def _over(one: PersonLoad, workload: Workload, names: Names) -> Iterator[str]:
    """The weeks of a person that are over, each with its tasks."""
    _ = translator(names.language)
    for week, span in zip(one.weeks, workload.weeks, strict=True):
        if week.is_over:
            words = _("{person}, {week}: {load} days of work in {capacity}")
            load, room = days_of_work(week.load), days_of_work(week.capacity)
            name, when = shown(_person(one, names)), _heading(span, names.language)
            yield "  " + words.format(person=name, week=when, load=load, capacity=room) + "\n"
            for task in week.tasks:
                guessed = _(" (no estimate: its days count in full)") if task.is_guessed else ""
                yield f"    {days_of_work(task.days):>4}  {_task(task.address, task.title, names)}{guessed}\n"


def _task(address: str, title: str, names: Names) -> str:
    plan = names.workspace.record(address)
    return shown(f"{names.title(plan)} › {title}" if plan else title)
