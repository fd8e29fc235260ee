"""``trueup load``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import team_named
from trueup.render.answer import as_json
from trueup.render.workload import workload_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.workload import of_team, workload


@click.command("load")
@click.option("--weeks", type=click.IntRange(1, 53), default=6, show_default=True, metavar="N", help="How many weeks to look ahead.")
@click.option("--team", metavar="TEAM", shell_complete=candidates.teams, help="Only people of this team.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, weeks: int, team: str | None, form: str) -> None:
    """Show who has how much to do in which week, against the days that they have for it."""
    workspace = session.workspace()
    language = session.language(workspace)
    found = workload(workspace, Derived(workspace, session.today).schedule, weeks)
    if team:
        found = of_team(found, team_named(workspace, team, language))
    click.echo(as_json(found) if form == "json" else workload_as_text(found, Names(workspace, language)), nl=False)
