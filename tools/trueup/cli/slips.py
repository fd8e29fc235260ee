"""``trueup slips``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.past import chronicle_of, record_named
from trueup.render.answer import as_json
from trueup.render.slips import slips_as_text
from trueup.views.names import Names
from trueup.views.slips import slip_ledger


@click.command("slips")
@click.argument("address", required=False, metavar="[ADDRESS]", shell_complete=candidates.addresses)
@format_option("text", "json")
@opens_workspace
def command(session: Session, address: str | None, form: str) -> None:
    """Show every due date that was moved: by how many working days, by whom, and why; and who moves most.

    ADDRESS is a plan or a goal; without it, all of them. The reason is the subject of the commit, and what the nearest check-in says.
    """
    found = chronicle_of(session)
    steps = found.steps("plan", "goal", authors=True)
    if address:
        kind, name = record_named(found, address, session)
        steps = (step for step in steps if step.address == f"{kind.name}/{name}")
    workspace = session.workspace()
    ledger = slip_ledger(steps, workspace, is_incomplete=found.is_incomplete)
    click.echo(as_json(ledger) if form == "json" else slips_as_text(ledger, Names(workspace, session.language(workspace))), nl=False)
