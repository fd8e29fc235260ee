"""``trueup status``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import PeriodName, person_named, team_named
from trueup.records.periods import Period
from trueup.render.answer import as_json
from trueup.render.lines import called
from trueup.render.status import status_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.selection import selection
from trueup.views.status import status


@click.command("status")
@click.option("--team", metavar="TEAM", shell_complete=candidates.teams, help="Only what this team, and those below it, answer for.")
@click.option("--owner", metavar="PERSON", shell_complete=candidates.people, help="Only what this person answers for.")
@click.option("--period", metavar="PERIOD", type=PeriodName(), help="Only goals whose period lies within this one, and their plans.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, team: str | None, owner: str | None, period: Period | None, form: str) -> None:
    """Show where everything stands: what is off track, late, overdue and blocked, what must be decided, and what comes next."""
    workspace = session.workspace()
    language = session.language(workspace)
    names = Names(workspace, language)
    team = team_named(workspace, team, language) if team else None
    person = person_named(workspace, owner, language) if owner else None
    found = status(Derived(workspace, session.today), selection(workspace, team, person), period)
    subject = " · ".join([*(called(one, names) for one in (team, person) if one), *([period.name] if period else [])])
    click.echo(as_json(found) if form == "json" else status_as_text(found, names, subject), nl=False)
