"""How teams work together, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msgs, translator
from trueup.locale.days import brief
from trueup.locale.joining import led, listed
from trueup.render.lines import aligned, block, called, people
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.activities import Activity, Share
from trueup.views.names import Names
from trueup.views.owed import Owed
from trueup.views.teams import Teams

# So many of each are told; the rest is counted.
_MOST = 10


def teams_as_text(found: Teams, names: Names, *, closely: bool = False) -> str:
    """What is owed, what is blocked, and what was done together. ``closely``: with every task that waits, and every person."""
    return "\n".join(_blocks(found, names, closely=closely))


def _blocks(found: Teams, names: Names, *, closely: bool) -> Iterator[str]:
    language = names.language
    _ = translator(language)
    if found.owed:
        yield _owed(found, names, closely=closely)
    else:
        yield _("No team waits for another.") + "\n"
    if found.blocked:
        title = msgs("{count} task is blocked", "{count} tasks are blocked", len(found.blocked)).say(language)
        yield block(title, [(one.title, one.reason or "–", called(one.owner, names)) for one in found.blocked], language, _MOST, "", 1)
    shares = found.people if closely else found.teams
    if shares:
        yield _("Learned and done together in the last six months") + "\n" + _shares(shares, names, of_people=closely)
    if found.activities and closely:
        yield _("Activities") + "\n" + aligned([_activity(one, found, names) for one in found.activities], 2)
    if found.coming:
        yield _("Coming") + "\n" + aligned([_activity(one, found, names) for one in found.coming], 2)
    if found.without and not closely:
        words = msgs("{count} person had part in nothing lately", "{count} people had part in nothing lately", len(found.without))
        yield "".join((words.say(language), "\n", *(f"  {line}\n" for line in _by_team(found, names))))


def _owed(found: Teams, names: Names, *, closely: bool) -> str:
    """What one team owes another; closely, with the tasks that wait for it."""
    _ = translator(names.language)
    headings = {
        "debtor": _("Team"),
        "creditor": _("Owes to"),
        "what": _("What"),
        "due": _("Due"),
        "forecast": _("Forecast"),
        "late": _("Late"),
        "waiting": _("Waits for it"),
    }
    rows: list[tuple[str, ...]] = []
    for one in found.owed:
        waiting = msgs("{count} task", "{count} tasks", len(one.waiting)).say(names.language)
        when = brief(one.needed_on, found.today, names.language), brief(one.forecast, found.today, names.language)
        rows.append((called(one.debtor, names), called(one.creditor, names), one.needs_title, *when, late_in_words(one, names), waiting))
        if closely:
            rows += [
                ("", "", f"  {task.title}", brief(task.due, found.today, names.language), "", "", called(task.owner, names))
                for task in one.waiting
            ]
    return write_table(Table(tuple(headings), tuple(rows), headings, gives_way="what"), "text")


def late_in_words(one: Owed, names: Names) -> str:
    """How late it is forecast to come; nothing where it comes in time."""
    if not one.is_late:
        return ""
    return msgs("{count} working day", "{count} working days", one.days_late or 0).say(names.language)


def _shares(shares: tuple[Share, ...], names: Names, *, of_people: bool) -> str:
    _ = translator(names.language)
    headings = {
        "who": _("Person") if of_people else _("Team"),
        "training": _("Training"),
        "role_swaps": _("Role swaps"),
        "team_building": _("Team building"),
        "skills": _("Skills"),
    }
    rows = tuple(
        (called(one.address, names), *_counts(one), listed(one.skills, names.language) if one.total else _("nothing")) for one in shares
    )
    return write_table(Table(tuple(headings), rows, headings, gives_way="skills"), "text")


def _counts(one: Share) -> tuple[str, ...]:
    return tuple(str(count) if count else "" for count in (one.training, one.role_swaps, one.team_building))


def _activity(one: Activity, found: Teams, names: Names) -> tuple[str, ...]:
    return brief(one.first, found.today, names.language), type_of(one, names), one.title, people(one.teams, names)


def type_of(one: Activity, names: Names) -> str:
    """What sort of activity it is, by the word of the schema."""
    kind = names.workspace.kinds.get("activity")
    among = kind.field("type") if kind else None
    return names.state(None, among, one.type).label if one.type else ""


def _by_team(found: Teams, names: Names) -> Iterator[str]:
    """Who had part in nothing, team by team."""
    teams: dict[str, list[str]] = {}
    for person in found.without:
        record = names.workspace.record(person)
        team = record.fields.text("team") if record else None
        teams.setdefault(f"team/{team}" if team else "", []).append(person)
    for team, them in sorted(teams.items()):
        yield shown(led(called(team or None, names), people(them, names), names.language))
