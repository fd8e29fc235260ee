"""``trueup agenda``."""

from __future__ import annotations

from datetime import date

import click

from trueup.cli import candidates
from trueup.cli.command import Day, Session, format_option, opens_workspace
from trueup.cli.selection import record_named
from trueup.render.agenda import agenda_document
from trueup.render.answer import as_json
from trueup.render.document import as_html, as_markdown, as_text
from trueup.views.agenda import agenda
from trueup.views.derived import Derived
from trueup.views.names import Names


@click.command("agenda")
@click.argument("cadence", metavar="CADENCE", shell_complete=candidates.cadences)
@click.option("--on", "day", metavar="DATE", type=Day(), help="The day of the meeting; by default the next one.")
@format_option("text", "markdown", "html", "json")
@opens_workspace
def command(session: Session, cadence: str, day: date | None, form: str) -> None:
    """Write the agenda of a meeting: open actions first, then what changed, what is at risk, and the decisions wanted."""
    workspace = session.workspace()
    language = session.language(workspace)
    record = record_named(workspace, "cadence", cadence, language)
    found = agenda(Derived(workspace, session.today), record, day)
    if form == "json":
        click.echo(as_json(found), nl=False)
        return
    document = agenda_document(found, Names(workspace, language))
    written = {"text": as_text, "markdown": as_markdown, "html": as_html}
    click.echo(written[form](document), nl=False)
