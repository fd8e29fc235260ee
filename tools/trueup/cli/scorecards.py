"""``trueup scorecards``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import record_named
from trueup.render.answer import as_json
from trueup.render.scorecards import scorecard_as_text, scorecards_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names


@click.command("scorecards")
@click.argument("scorecard", required=False, metavar="[SCORECARD]", shell_complete=candidates.scorecards)
@format_option("text", "json")
@opens_workspace
def command(session: Session, scorecard: str | None, form: str) -> None:
    """Show the scorecards that teams share: the value, target and score of each item, and from what it was computed.

    SCORECARD shows one of them with every record that was counted.
    """
    workspace = session.workspace()
    language = session.language(workspace)
    names, found = Names(workspace, language), Derived(workspace, session.today).scorecards
    if scorecard is not None:
        address = record_named(workspace, "scorecard", scorecard, language).address
        found = tuple(one for one in found if one.address == address)
    if form == "json":
        text = as_json({"scorecards": found})
    elif scorecard is not None:
        text = scorecard_as_text(found[0], names)
    else:
        text = scorecards_as_text(found, session.today, names)
    click.echo(text, nl=False)
