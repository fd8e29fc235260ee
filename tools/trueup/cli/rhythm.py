"""``trueup rhythm``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.render.answer import as_json
from trueup.render.rhythm import rhythm_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.regularity import regularity


@click.command("rhythm")
@format_option("text", "json")
@opens_workspace
def command(session: Session, form: str) -> None:
    """Show which meetings come next, which were held and missed, and where check-ins and metrics have gone stale."""
    workspace = session.workspace()
    found = regularity(Derived(workspace, session.today))
    names = Names(workspace, session.language(workspace))
    click.echo(as_json(found) if form == "json" else rhythm_as_text(found, names), nl=False)
