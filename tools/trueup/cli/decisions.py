"""``trueup decisions``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.render.answer import as_json
from trueup.render.decisions import decisions_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names


@click.command("decisions")
@format_option("text", "json")
@opens_workspace
def command(session: Session, form: str) -> None:
    """Show which decisions must be looked at again: tripwires crossed, reviews due, proposals; and which replaced which."""
    workspace = session.workspace()
    found = Derived(workspace, session.today).decisions
    names = Names(workspace, session.language(workspace))
    click.echo(as_json(found) if form == "json" else decisions_as_text(found, session.today, names), nl=False)
