"""Rows that need no headings, and words that several answers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import brief, with_weekday
from trueup.locale.joining import clauses, led, listed, with_note
from trueup.render.shares import percent, points
from trueup.render.tables import Table, one_line, room, write_table
from trueup.views.names import Names
from trueup.views.standing import GoalLine, Standing
from trueup.views.status import PartLine, Status


def aligned(rows: Iterable[tuple[str, ...]], gives_way: int | None = None) -> str:
    """Rows moved in, the columns lined up. ``gives_way`` is the column that is cut where a terminal is too narrow for all.

    Where that is not enough, or no column gives way, a row goes on below.
    """
    filled = tuple(rows)
    width = room()
    if not filled:
        return ""
    if width is not None:
        from trueup.render.rows import wrapped

        lines = wrapped([tuple(map(one_line, row)) for row in filled], gives_way, width)
        if lines is not None:
            return lines
    columns = tuple(map(str, range(len(filled[0]))))
    way = "" if gives_way is None else str(gives_way)
    table = write_table(Table(columns, filled, dict.fromkeys(columns, ""), gives_way=way, one_line=True), "text", indent=2)
    return "".join(table.splitlines(True)[2:])


def prose(text: str) -> str:
    """Sentences, on several lines where a terminal is too narrow for them."""
    width = room()
    if width is None or len(text) * 2 <= width:
        return text
    from trueup.render.rows import folded

    return "\n".join(folded(text, width))


def block(title: str, rows: Sequence[tuple[str, ...]], language: str, most: int, command: str = "", gives_way: int | None = None) -> str:
    """A title and the first of some rows; how many more there are, and the command that shows them."""
    text = f"{prose(title)}\n{aligned(rows[:most], gives_way)}"
    if len(rows) > most:
        count = len(rows) - most
        text += f"  {more_in_words(count, command, language)}\n"
    return text


def more_in_words(count: int, command: str, language: str) -> str:
    """How many more there are, and the command that shows them."""
    more = msgs("… and {count} more", "… and {count} more", count).say(language)
    return led(more, command, language) if command else more


def called(address: str | None, names: Names) -> str:
    """What a record or a part of one is called: the part by its own title; a dash for none."""
    if address is None:
        return "–"
    whole, _, part = address.partition("#")
    record = names.workspace.record(whole)
    if record is None:
        return address.partition("/")[2]
    item = record.part(part) if part else None
    return names.link(record, item).part or names.title(record) if item else names.title(record)


def health(value: str | None, names: Names) -> str:
    """A health by the word of the check-ins' schema."""
    if value is None:
        return translator(names.language)("no data")
    kind = names.workspace.kinds.get("checkin")
    return names.state(None, kind.field("health") if kind else None, value).label


def standing_in_words(one: GoalLine, names: Names) -> str:
    """The health of an open goal, or that its period has not begun."""
    return health(one.health, names) if one.has_begun else translator(names.language)("not begun yet")


def way_in_words(one: GoalLine, language: str) -> tuple[str, ...]:
    """How far a goal has come and, once it has begun, how much of its time is gone."""
    _ = translator(language)
    come = _("{share} done").format(share=percent(one.progress)) if one.progress is not None else _("no data")
    if one.progress is not None and not one.coverage.is_full:
        # Of what nobody has measured the share says nothing.
        measured = _("{measured} of {total} measured").format(measured=one.coverage.measured, total=one.coverage.total)
        come = with_note(come, measured, language)
    if one.pace is None or not one.has_begun:
        return (come,)
    return come, _("{share} of the time gone").format(share=percent(one.pace))


def counted(parts: Iterable[tuple[int, Text]], language: str) -> str:
    """How many there are of each, as "3 overdue, 2 blocked"; of what there is none, nothing."""
    return clauses((text.say(language) for count, text in parts if count), language)


def part_row(one: PartLine, names: Names, *, late: bool) -> tuple[str, ...]:
    """A task or milestone: by how much it is overdue or when it is due, what it is called, of which plan, whose."""
    if late:
        day = msgs("{count} day", "{count} days", one.days_overdue).say(names.language)
    else:
        day = with_weekday(brief(one.due, one.due, names.language), one.due, names.language)
        day = clauses((day, *later_in_words(one, names.language)), names.language)
    return day, one.title, one.plan_title, called(one.owner, names)


def later_in_words(one: PartLine, language: str) -> tuple[str, ...]:
    """For when a task or a milestone is forecast, where that is after its due date."""
    if one.forecast is None or one.forecast <= one.due:
        return ()
    return (translator(language)("forecast {date}").format(date=brief(one.forecast, one.due, language)),)


def people(addresses: Iterable[str], names: Names) -> str:
    """People by their names, one after the other."""
    return listed((called(one, names) for one in addresses), names.language)


def goals_in_words(status: Standing, language: str) -> str:
    """How many goals are open and how they stand."""
    parts = (
        (status.on_track, msgs("{count} on track", "{count} on track", status.on_track)),
        (status.at_risk, msgs("{count} at risk", "{count} at risk", status.at_risk)),
        (status.off_track, msgs("{count} off track", "{count} off track", status.off_track)),
        (status.unknown, msgs("{count} without data", "{count} without data", status.unknown)),
        (status.not_begun, msgs("{count} not begun yet", "{count} not begun yet", status.not_begun)),
    )
    return msgs("{count} open goal: {how}", "{count} open goals: {how}", len(status.goals), how=counted(parts, language)).say(language)


def confidence_in_words(status: Standing, language: str) -> str:
    """What the owners of the open goals say on balance; ``""`` where none says anything."""
    if status.net_confidence is None:
        return ""
    words = msg(
        "Net confidence {points} points: the share whose owners say on track less the share whose owners say off track.",
        points=points(status.net_confidence),
    )
    return words.say(language)


def waiting_in_words(status: Status) -> tuple[tuple[int, Text], ...]:
    """Feedback that waits for something; of the new, for how many it takes too long."""
    new, late, owed = len(status.new), len(status.untriaged), len(status.owed)
    triage = msgs("{count} to be triaged", "{count} to be triaged", new)
    if late:
        triage = msgs(
            "{count} to be triaged, for more than {days} days",
            "{count} to be triaged, {late} of them for more than {days} days",
            new, late=late, days=status.triage_days,
        )  # fmt: skip
    return (
        (new, triage),
        (owed, msgs("{count} never told what became of it", "{count} never told what became of it", owed)),
    )
