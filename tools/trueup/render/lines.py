"""Rows that need no headings, and words that several answers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.render.shares import points
from trueup.render.tables import Table, write_table
from trueup.views.names import Names
from trueup.views.status import Status


def aligned(rows: Iterable[tuple[str, ...]], gives_way: int | None = None) -> str:
    """Rows moved in, the columns lined up; ``gives_way`` is the column that is cut where a terminal is too narrow."""
    filled = tuple(rows)
    columns = tuple(map(str, range(len(filled[0])))) if filled else ()
    way = "" if gives_way is None else str(gives_way)
    table = write_table(Table(columns, filled, dict.fromkeys(columns, ""), gives_way=way), "text", indent=2) if filled else ""
    return "".join(table.splitlines(True)[2:])


def block(title: str, rows: Sequence[tuple[str, ...]], language: str, most: int, command: str = "", gives_way: int | None = None) -> str:
    """A title and the first of some rows; how many more there are, and the command that shows them."""
    text = f"{title}\n{aligned(rows[:most], gives_way)}"
    if len(rows) > most:
        count = len(rows) - most
        more = msgs("… and {count} more", "… and {count} more", count).say(language)
        text += f"  {more}{f': {command}' if command else ''}\n"
    return text


def short(day: date | None, today: date) -> str:
    """A day without its year where it is this one."""
    if day is None:
        return "–"
    return day.isoformat()[5:] if day.year == today.year else day.isoformat()


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


def weekday(day: date, language: str) -> str:
    _ = translator(language)
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def counted(parts: Iterable[tuple[int, Text]], language: str) -> str:
    """How many there are of each, as "3 overdue, 2 blocked"; of what there is none, nothing."""
    return listed((text.say(language) for count, text in parts if count), language)


def listed(words: Iterable[str], language: str) -> str:
    """Words one after the other, as a sentence of the language lists them."""
    return ("，" if language == "zh" else ", ").join(words)


def people(addresses: Iterable[str], names: Names) -> str:
    """People by their names, one after the other."""
    return ("、" if names.language == "zh" else ", ").join(called(one, names) for one in addresses)


def goals_in_words(status: Status, language: str) -> str:
    """How many goals are open and how they stand."""
    parts = (
        (status.on_track, msgs("{count} on track", "{count} on track", status.on_track)),
        (status.at_risk, msgs("{count} at risk", "{count} at risk", status.at_risk)),
        (status.off_track, msgs("{count} off track", "{count} off track", status.off_track)),
        (status.unknown, msgs("{count} without data", "{count} without data", status.unknown)),
    )
    words = msgs("{count} open goal: {how}", "{count} open goals: {how}", len(status.goals), how=counted(parts, language)).say(language)
    if status.net_confidence is not None:
        words += msg("; net confidence of their owners {points}", points=points(status.net_confidence)).say(language)
    return words


def waiting_in_words(status: Status) -> tuple[tuple[int, Text], ...]:
    """Feedback that waits for something."""
    untriaged, owed = len(status.untriaged), len(status.owed)
    return (
        (untriaged, msgs("{count} waiting for triage", "{count} waiting for triage", untriaged)),
        (owed, msgs("{count} never told what became of it", "{count} never told what became of it", owed)),
    )
