"""``trueup actions``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import person_named, team_named
from trueup.render.actions import actions_as_text
from trueup.render.answer import as_json
from trueup.views.actions import actions_listed, actions_of, team_and_below
from trueup.views.derived import Derived
from trueup.views.names import Names


@click.command("actions")
@click.option("--owner", metavar="PERSON", shell_complete=candidates.people, help="Only what this person has to do.")
@click.option(
    "--team", metavar="TEAM", shell_complete=candidates.teams, help="Only what the people of this team, and of those below it, have to do."
)
@click.option("--overdue", is_flag=True, help="Only what should have been done before today.")
@click.option("--all", "closed", is_flag=True, help="Also what is done or dropped.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, owner: str | None, team: str | None, overdue: bool, closed: bool, form: str) -> None:
    """List who has promised to do what: the actions of meetings and retrospectives, and the problems of check-ins."""
    workspace = session.workspace()
    language = session.language(workspace)
    found = actions_of(
        Derived(workspace, session.today).actions,
        owner=person_named(workspace, owner, language) if owner else None,
        teams=team_and_below(workspace, team_named(workspace, team, language)) if team else None,
    )
    found = actions_listed(found, overdue=overdue, closed=closed)
    click.echo(as_json(found) if form == "json" else actions_as_text(found, Names(workspace, language)), nl=False)
