"""``trueup teams``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import team_named
from trueup.render.answer import as_json
from trueup.render.teams import teams_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.selection import selection
from trueup.views.teams import teams


@click.command("teams")
@click.argument("team", required=False, metavar="[TEAM]", shell_complete=candidates.teams)
@format_option("text", "json")
@opens_workspace
def command(session: Session, team: str | None, form: str) -> None:
    """Show what teams owe each other and when it will come, what is blocked, and what they learn and do together.

    TEAM shows one team and those below it, task by task and person by person.
    """
    workspace = session.workspace()
    language = session.language(workspace)
    chosen = selection(workspace, team_named(workspace, team, language) if team else None)
    found = teams(Derived(workspace, session.today), chosen)
    text = as_json(found) if form == "json" else teams_as_text(found, Names(workspace, language), closely=team is not None)
    click.echo(text, nl=False)
