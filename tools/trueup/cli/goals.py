"""``trueup goals``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import PeriodName, team_named
from trueup.records.periods import Period
from trueup.render.answer import as_json, plain
from trueup.render.goals import goals_as_text
from trueup.views.derived import Derived
from trueup.views.goals import goals_within
from trueup.views.names import Names
from trueup.views.selection import selection


@click.command("goals")
@click.option("--period", metavar="PERIOD", type=PeriodName(), help="Only goals whose period lies within this one, as 2026-Q4 or 2026.")
@click.option("--team", metavar="TEAM", shell_complete=candidates.teams, help="Only goals of this team and of those below it.")
@click.option("--all", "ended", is_flag=True, help="Also goals that are finished or dropped and whose period is over.")
@click.option("--key-results", is_flag=True, help="Also list the key results.")
@click.option("--quadrant", is_flag=True, help="Also show where user needs and business goals pull together, and where they do not.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, period: Period | None, team: str | None, ended: bool, key_results: bool, quadrant: bool, form: str) -> None:
    """Show the tree of goals: how far each has come, how that compares with its period, and what its owners say."""
    workspace = session.workspace()
    language = session.language(workspace)
    chosen = selection(workspace, team_named(workspace, team, language) if team else None)
    everything = Derived(workspace, session.today).goals
    goals = goals_within(everything, session.today, period=period, teams=chosen.teams, ended=ended or period is not None)
    names = Names(workspace, language)
    text = (
        as_json({"today": session.today, **plain(goals)})
        if form == "json"
        else goals_as_text(goals, names, key_results=key_results, quadrant=quadrant)
    )
    click.echo(text, nl=False)
