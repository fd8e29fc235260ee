"""``trueup query``."""

from __future__ import annotations

import click

from trueup.checks.runner import check
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.locale import msg, translator
from trueup.render.tables import Table, write_table
from trueup.views.tables import BadQuestion, Rows, ask, with_lists


def only_the_first(answer: Rows, language: str) -> str:
    """What is said where an answer has more rows than are given."""
    text = msg("trueup: only the first {count} rows are given; a narrower question gives the others", count=len(answer.rows))
    return text.say(language)


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
    if answer.is_cut:
        click.echo(only_the_first(answer, session.language(workspace)), err=True)
    if form == "json":
        answer = with_lists(answer, workspace)
    click.echo(write_table(Table(answer.columns, answer.rows), form), nl=False)
