"""``trueup list``."""

from __future__ import annotations

import click

from trueup.checks.runner import check
from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.query import only_the_first
from trueup.cli.selection import kind_named
from trueup.locale import translator
from trueup.locale.joining import listed, sentences
from trueup.records.kind import Kind
from trueup.records.nearest import nearest
from trueup.records.workspace import Workspace
from trueup.render.listing import labelled
from trueup.render.tables import Table, write_table
from trueup.views.tables import BadQuestion, ask, columns_of, default_columns, quoted


@click.command("list")
@click.argument("name", required=False, metavar="[KIND]", shell_complete=candidates.kinds)
@click.option("--where", metavar="SQL", help="Only records for which this SQL condition holds, as \"status = 'active'\".")
@click.option("--columns", metavar="NAMES", shell_complete=candidates.columns, help="The columns to show, with commas between them.")
@click.option("--sort", metavar="NAMES", help='The columns to sort by, with commas between them; "-due" for the latest first.')
@format_option("text", "json", "csv")
@opens_workspace
def command(session: Session, name: str | None, where: str | None, columns: str | None, sort: str | None, form: str) -> None:
    """List the records of a kind. Without a kind, list the kinds."""
    workspace = session.workspace()
    language = session.language(workspace)
    if name is None:
        if where or columns or sort:
            _ = translator(language)
            raise click.UsageError(_('name a kind for "--where", "--columns" and "--sort"; "trueup list" alone lists the kinds.'))
        click.echo(write_table(_kinds(workspace, language), form), nl=False)
        return
    kind = kind_named(workspace.kinds, name, language)
    wanted = _names(columns, kind, language) or default_columns(kind)
    order = ", ".join(
        f"{quoted(one.lstrip('-'))} {'DESC' if one.startswith('-') else 'ASC'}" for one in _names(sort, kind, language) or ("id",)
    )
    sql = (
        f"SELECT {', '.join(map(quoted, wanted))} FROM {quoted(kind.name)}"  # noqa: S608
        + (f" WHERE ({where}\n)" if where else "")
        + f" ORDER BY {order}"
    )
    # The findings are only worked out for somebody who asks for them.
    found = check(workspace, session.today) if where and "finding" in where.lower() else []
    try:
        answer = ask(workspace, found, sql)
    except BadQuestion as error:
        _ = translator(language)
        raise click.UsageError(_("the condition cannot be used: {reason}").format(reason=error.say(language))) from None
    if answer.is_cut:
        click.echo(only_the_first(answer, language), err=True)
    click.echo(write_table(labelled(answer, kind, language, form), form), nl=False)


def _kinds(workspace: Workspace, language: str) -> Table:
    _ = translator(language)
    broken = list(workspace.unreadable.values())
    rows = tuple(
        (
            kind.name,
            kind.plural.say(language),
            len(workspace.of_kind(kind.name)),
            sum(one.startswith(kind.name + "/") for one in broken),
            " ".join(kind.files.globs),
        )
        for kind in workspace.kinds.values()
    )
    return Table(("kind", "plural", "records", "unreadable", "files"), rows)


def _names(text: str | None, kind: Kind, language: str) -> tuple[str, ...]:
    """Column names with commas between them. Fails with the nearest name for one that the kind does not have."""
    if not text:
        return ()
    known = columns_of(kind)
    names = tuple(one.strip() for one in text.split(",") if one.strip())
    for name in names:
        if name.lstrip("-") not in known:
            _ = translator(language)
            meant = nearest(name.lstrip("-"), known)
            all_of_them = _("The columns are: {names}").format(names=listed(known, language))
            hint = _('Did you mean "{name}"?').format(name=meant) if meant else all_of_them
            raise click.UsageError(sentences((_('there is no column "{name}" here.').format(name=name), hint), language))
    return names
