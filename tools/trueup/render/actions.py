"""Who has promised what, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import msgs, translator
from trueup.locale.days import iso
from trueup.locale.joining import clauses
from trueup.render.lines import counted
from trueup.render.shares import percent
from trueup.render.tables import Table, write_table
from trueup.views.actions import Action, Actions, Load
from trueup.views.names import Names


def actions_as_text(found: Actions, names: Names) -> str:
    """In a few words how many there are; what is overdue; what comes; who has how much; what is closed, where it is listed."""
    _ = translator(names.language)
    mine = [one for one in found.actions if one.is_open]
    overdue = [one for one in mine if one.is_overdue]
    coming = [one for one in mine if not one.is_overdue]
    closed = [one for one in found.actions if not one.is_open]
    blocks = ["".join(f"{line}\n" for line in actions_in_words(found, names.language))]
    if overdue:
        blocks.append(f"{_('Overdue')}\n{_overdue(overdue, names)}")
    if coming:
        blocks.append(f"{_('Still to come')}\n{_coming(coming, names)}")
    if len(found.by_owner) > 1:
        blocks.append(f"{_('By owner')}\n{_owners(found.by_owner, names)}")
    if closed:
        blocks.append(f"{_('Closed')}\n{_closed(closed, names)}")
    if any(one.carried for one in mine):
        blocks.append(_('"3×": carried over to three later meetings of the same cadence, or check-ins about the same goal or plan') + "\n")
    return "\n".join(blocks)


def actions_in_words(found: Actions, language: str) -> tuple[str, ...]:
    """How many are open, overdue and without an owner, and how many were done of late; a sentence each."""
    said = [msgs("{count} action is open", "{count} actions are open", found.open).say(language)]
    if found.overdue:
        said.append(msgs("{count} of them is overdue", "{count} of them are overdue", found.overdue).say(language))
    if found.unowned:
        said.append(msgs("{count} of them has no owner", "{count} of them have no owner", found.unowned).say(language))
    if not found.open:
        said = [translator(language)("No action is open")]
    lines = [translator(language)("{words}.").format(words=clauses(said, language))]
    closing = found.closing
    if closing.rate is not None:
        parts = (
            (closing.on_time, msgs("{count} in time", "{count} in time", closing.on_time)),
            (closing.late, msgs("{count} late", "{count} late", closing.late)),
            (closing.undated, msgs("{count} without a date", "{count} without a date", closing.undated)),
        )
        words = translator(language)("Due in the last 12 weeks: {due}; done: {closed} ({rate}): {how}.")
        if not closing.closed:
            words = translator(language)("Due in the last 12 weeks: {due}; none is done.")
        rate, how = percent(closing.rate), counted(parts, language)
        lines.append(words.format(due=closing.due, closed=closing.closed, rate=rate, how=how))
    return tuple(lines)


def _overdue(actions: Sequence[Action], names: Names) -> str:
    """How late it is says when it was due, so that there is more room for what is to be done."""
    _ = translator(names.language)
    headings = {"late": _("Past due"), **_headings(names)}
    late = [msgs("{count} day", "{count} days", one.days_overdue or 0).say(names.language) for one in actions]
    width = max(map(len, late))
    rows = tuple(row for days, one in zip(late, actions, strict=True) for row in _rows(days.rjust(width), one, names))
    return write_table(Table(tuple(headings), rows, headings, gives_way="text"), "text")


def _coming(actions: Sequence[Action], names: Names) -> str:
    headings = {"due": translator(names.language)("Due"), **_headings(names)}
    rows = tuple(row for one in actions for row in _rows(iso(one.due), one, names))
    return write_table(Table(tuple(headings), rows, headings, gives_way="text"), "text")


def _headings(names: Names) -> dict[str, str]:
    _ = translator(names.language)
    return {"carried": _("Carried"), "owner": _("Owner"), "text": _("To do"), "source": _("Source")}


def _rows(when: str, one: Action, names: Names) -> Iterator[tuple[str, ...]]:
    """What is to be done and, below a problem, its solution."""
    carried = f"{one.carried}×".rjust(4) if one.carried else ""
    yield when, carried, person(one.owner, names), one.text, source_in_words(one, names)
    if one.solution:
        yield "", "", "", f"→ {one.solution}", ""


def _closed(actions: Sequence[Action], names: Names) -> str:
    _ = translator(names.language)
    headings = {"done_on": _("Done on"), "due": _("Due"), "owner": _("Owner"), "text": _("To do"), "source": _("Source")}
    rows: list[tuple[str, ...]] = []
    for one in actions:
        rows.append((_ended(one, names), iso(one.due), person(one.owner, names), one.text, source_in_words(one, names)))
        rows += [("", "", "", f"→ {one.solution}", "")] if one.solution else []
    return write_table(Table(tuple(headings), tuple(rows), headings, gives_way="text"), "text")


def _ended(one: Action, names: Names) -> str:
    """The day on which it was done; what else has become of it."""
    _ = translator(names.language)
    if one.status == "done":
        return one.done_on.isoformat() if one.done_on else _("done")
    return _("dropped") if one.status == "dropped" else _("lapsed")


def _owners(loads: Sequence[Load], names: Names) -> str:
    _ = translator(names.language)
    headings = {"owner": _("Owner"), "open": _("Open"), "overdue": _("Overdue"), "oldest": _("Oldest due")}
    rows = tuple((person(one.owner, names), one.open, one.overdue or "", iso(one.oldest_due)) for one in loads)
    return write_table(Table(tuple(headings), rows, headings), "text")


def person(address: str | None, names: Names) -> str:
    """A person by name; one that can't be read by the id, and a dash for nobody."""
    record = names.workspace.record(address) if address else None
    return record.title if record else (address or "").partition("/")[2] or "–"


def source_in_words(one: Action, names: Names) -> str:
    """Where it was written down, shortly: the kind and the day."""
    _ = translator(names.language)
    kind = {"meeting": _("Meeting"), "retro": _("Retro"), "checkin": _("Check-in")}[one.kind]
    return f"{kind} {one.raised_on.isoformat()}" if one.raised_on else kind
