"""``trueup evidence``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.render.answer import as_json
from trueup.render.evidence import evidence_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names


@click.command("evidence")
@click.option("--all", "every", is_flag=True, help="Every decision, not only the latest.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, every: bool, form: str) -> None:
    """Show what each decision was based on, what it changed and what measures it, and where that chain is broken."""
    workspace = session.workspace()
    found = Derived(workspace, session.today).evidence
    names = Names(workspace, session.language(workspace))
    click.echo(as_json(found) if form == "json" else evidence_as_text(found, names, every=every), nl=False)
