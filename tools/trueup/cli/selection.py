"""What narrows an answer down: a person, a team, a kind or a period that somebody names on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from trueup.cli.command import spoken
from trueup.locale import translator
from trueup.locale.joining import listed, sentences
from trueup.records.kind import Kind
from trueup.records.nearest import nearest
from trueup.records.periods import Period, period_of
from trueup.records.record import Record
from trueup.records.workspace import Workspace


class PeriodName(click.ParamType[Period]):
    """A period as an option's value."""

    name = "PERIOD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        found = value if isinstance(value, Period) else period_of(value)
        if found is None:
            _ = translator(spoken())
            message = _('"{value}" is not a period; write it as 2026, 2026-H2, 2026-Q4, 2026-11 or 2026-W47')
            self.fail(message.format(value=value), param, ctx)
        return found


def team_named(workspace: Workspace, name: str, language: str) -> str:
    """The address of the team that somebody means by its id, its address or its title. Fails with the nearest name."""
    teams = {team.id: team.address for team in workspace.of_kind("team")}
    titles = {team.title.casefold(): team.address for team in reversed(workspace.of_kind("team"))}
    found = teams.get(name.removeprefix("team/")) or titles.get(name.casefold())
    if found is None:
        _ = translator(language)
        meant = nearest(name, teams)
        known = _("The teams are: {names}").format(names=listed(sorted(teams), language)) if teams else ""
        hint = _('Did you mean "{name}"?').format(name=meant) if meant else known
        raise click.UsageError(sentences(filter(None, (_('there is no team "{name}".').format(name=name), hint)), language))
    return found


def person_named(workspace: Workspace, name: str, language: str) -> str:
    """The address of the person that somebody means by an id, an address or a name. Fails with the nearest, or with all of that name."""
    people = {person.id: person.address for person in workspace.of_kind("person")}
    if found := people.get(name.removeprefix("person/")):
        return found
    _ = translator(language)
    same = [person for person in workspace.of_kind("person") if person.title.casefold() == name.casefold()]
    if len(same) == 1:
        return same[0].address
    if same:
        raise click.UsageError(_('"{name}" could be any of {ids}.').format(name=name, ids=listed(sorted(one.id for one in same), language)))
    meant = nearest(name, [*people, *(person.title for person in workspace.of_kind("person"))])
    hint = _('Did you mean "{name}"?').format(name=meant) if meant else _('"trueup list person" shows them.')
    raise click.UsageError(sentences((_('there is no person "{name}".').format(name=name), hint), language))


def record_named(workspace: Workspace, kind: str, name: str, language: str) -> Record:
    """The record of a kind that somebody means by its id, its address or its title. Fails with the nearest name."""
    records = workspace.of_kind(kind)
    found = next((one for one in records if name in (one.id, one.address) or name.casefold() == one.title.casefold()), None)
    if found is None:
        _ = translator(language)
        meant = nearest(name, [one.id for one in records])
        known = _("There are: {names}").format(names=listed((one.id for one in records), language)) if records else ""
        hint = _('Did you mean "{name}"?').format(name=meant) if meant else known
        label = workspace.kinds[kind].label.say(language).lower()
        raise click.UsageError(sentences(filter(None, (_('there is no {kind} "{name}".').format(kind=label, name=name), hint)), language))
    return found


def kind_named(kinds: Mapping[str, Kind], name: str, language: str) -> Kind:
    """A kind by its name or what it is called, one or many, in either language. Fails with the nearest name."""
    words = {
        word.casefold(): kind
        for kind in kinds.values()
        for word in (kind.plural.en, kind.plural.zh, kind.label.en, kind.label.zh, kind.name)
    }
    found = words.get(name.casefold())
    if found is None:
        _ = translator(language)
        meant = nearest(name, words)
        hint = (
            _('Did you mean "{name}"?').format(name=words[meant].name)
            if meant
            else _("The kinds are: {names}").format(names=listed(kinds, language))
        )
        raise click.UsageError(sentences((_('there is no kind "{name}".').format(name=name), hint), language))
    return found
