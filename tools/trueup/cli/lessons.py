"""``trueup lessons``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.selection import record_named
from trueup.render.answer import as_json
from trueup.render.lessons import lessons_as_text, offers_as_text
from trueup.views.derived import Derived
from trueup.views.lessons import lessons_for, lessons_tagged
from trueup.views.names import Names


@click.command("lessons")
@click.argument("plan", required=False, metavar="[PLAN]", shell_complete=candidates.plans)
@click.option("--tag", metavar="TAG", help="Only lessons with this tag, and all of them.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, plan: str | None, tag: str | None, form: str) -> None:
    """Show what retrospectives taught, and whether what was to change has changed.

    PLAN shows the lessons that a plan should begin with: those that share a tag with it.
    """
    workspace = session.workspace()
    language = session.language(workspace)
    names, found = Names(workspace, language), Derived(workspace, session.today).lessons
    found = lessons_tagged(found, tag) if tag is not None else found
    if plan is not None:
        record = record_named(workspace, "plan", plan, language)
        offers = lessons_for(found, record)
        text = as_json({"plan": record.address, "offers": offers}) if form == "json" else offers_as_text(record, offers, names)
    else:
        text = as_json(found) if form == "json" else lessons_as_text(found, names, whole=tag is not None)
    click.echo(text, nl=False)
