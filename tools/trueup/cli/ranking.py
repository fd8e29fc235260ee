"""``trueup ranking``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.render.answer import as_json
from trueup.render.ranking import ranking_as_text
from trueup.views.names import Names
from trueup.views.ranking import ranking


@click.command("ranking")
@format_option("text", "json")
@opens_workspace
def command(session: Session, form: str) -> None:
    """Rank open plans and drafts by RICE, and say whether the order hangs on how much one of its factors counts."""
    workspace = session.workspace()
    found = ranking(workspace)
    click.echo(as_json(found) if form == "json" else ranking_as_text(found, Names(workspace, session.language(workspace))), nl=False)
