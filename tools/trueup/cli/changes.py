"""``trueup changes``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.past import chronicle_of, language_in
from trueup.records.workdays import Workdays
from trueup.render.answer import as_json
from trueup.render.history import changes_as_text
from trueup.views.changes import changes_between


@click.command("changes")
@click.argument("before", metavar="FROM")
@click.argument("after", metavar="[TO]", required=False)
@format_option("text", "json")
@opens_workspace
def command(session: Session, before: str, after: str | None, form: str) -> None:
    """Show what is different between two states: records added, taken away, moved, and changed field by field.

    FROM and TO are commits, branches, tags, or dates: the state at the end of that day. Without TO, it is what is on disk now.
    """
    found = chronicle_of(session)
    first = found.commit_named(before)
    second = found.commit_named(after) if after else session.past.commit.id if session.past else None
    answer = changes_between(first, second, found.differences(first, second))
    language = language_in(session, found)
    text = as_json(answer) if form == "json" else changes_as_text(answer, found.kinds, Workdays(found.config.calendar), language)
    click.echo(text, nl=False)
