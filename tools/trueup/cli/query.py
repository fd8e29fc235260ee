"""``trueup query``."""

from __future__ import annotations

import click

from trueup.checks.runner import check
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.locale import translator
from trueup.render.tables import Table, write_table
from trueup.views.tables import BadQuestion, ask, with_lists


@click.command("query")
@click.argument("sql")
@format_option("text", "json", "csv")
@opens_workspace
def command(session: Session, sql: str, form: str) -> None:
    """Ask the records anything, in SQL (SQLite). Nothing can be changed by it.

    There is a table for every kind, with a column for every field (lists and mappings as JSON); goal_key_results,
    plan_tasks and the like for parts; reference, finding and point. "trueup query 'SELECT name, sql FROM sqlite_schema'"
    shows them all.
    """
    workspace = session.workspace()
    found = check(workspace, session.today) if "finding" in sql.lower() else []
    try:
        answer = ask(workspace, found, sql)
    except BadQuestion as error:
        language = session.language(workspace)
        _ = translator(language)
        raise click.UsageError(_("the question cannot be answered: {reason}").format(reason=error.say(language))) from None
    if form == "json":
        answer = with_lists(answer, workspace)
    click.echo(write_table(Table(answer.columns, answer.rows), form), nl=False)
