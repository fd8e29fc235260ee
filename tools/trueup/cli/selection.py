"""What narrows an answer down: a team or a period that somebody names on the command line."""

from __future__ import annotations

from typing import Any

import click

from trueup.cli.words import terminal_language
from trueup.locale import language_of, translator
from trueup.records.nearest import nearest
from trueup.records.periods import Period, period_of
from trueup.records.workspace import Workspace


class PeriodName(click.ParamType[Period]):
    """A period as an option's value."""

    name = "PERIOD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        found = value if isinstance(value, Period) else period_of(value)
        if found is None:
            _ = translator(language_of(terminal_language()))
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
        known = _("The teams are: {names}").format(names=", ".join(sorted(teams))) if teams else ""
        hint = _('Did you mean "{name}"?').format(name=meant) if meant else known
        raise click.UsageError((_('there is no team "{name}".').format(name=name) + " " + hint).rstrip())
    return found
