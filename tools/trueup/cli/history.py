"""``trueup history``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.past import chronicle_of, language_in, record_named
from trueup.cli.selection import kind_named
from trueup.history.chronicle import Chronicle
from trueup.locale import translator
from trueup.records.nearest import nearest
from trueup.records.workdays import Workdays
from trueup.render.answer import as_json
from trueup.render.history import history_as_text, transitions_as_text, transitions_table
from trueup.render.tables import write_table
from trueup.views.history import record_history, transitions_of


@click.command("history")
@click.argument("address", required=False, metavar="[ADDRESS]", shell_complete=candidates.addresses)
@click.option("--kind", "kind_name", metavar="KIND", shell_complete=candidates.kinds, help="All records of a kind instead of one.")
@click.option(
    "--field", metavar="NAME", help='Only changes of this field, as "due" or "tasks.pilot.due"; with --kind, its status by default.'
)
@format_option("text", "json", "csv")
@opens_workspace
def command(session: Session, address: str | None, kind_name: str | None, field: str | None, form: str) -> None:
    """Show each change of a record, the newest first: the day, the author, the commit with its pull request, field by field.

    With --kind, show which value of a field followed which, and how often, in all records of a kind; CSV has each change as a row.
    A record keeps its history when its file moves, and when it is deleted.
    """
    found = chronicle_of(session)
    _ = translator(language_in(session, found))
    if (address is None) == (kind_name is None):
        raise click.UsageError(_("name a record, or a kind with --kind."))
    if kind_name is not None:
        _write_transitions(session, found, kind_name, field, form)
        return
    if form == "csv":
        raise click.UsageError(_("CSV is for --kind; a record's history is text or JSON."))
    _write_history(session, found, address or "", field, form)


def _write_transitions(session: Session, found: Chronicle, kind_name: str, field: str | None, form: str) -> None:
    language = language_in(session, found)
    kind = kind_named(found.kinds, kind_name, language)
    name = field or kind.roles.get("status")
    known = [one.name for one in kind.fields]
    if name is None or name not in known:
        _ = translator(language)
        meant = nearest(name or "status", known)
        hint = _('Did you mean "{name}"?').format(name=meant) if meant else ""
        raise click.UsageError(
            " ".join(filter(None, (_('a {kind} has no field "{field}".').format(kind=kind.name, field=name or "status"), hint)))
        )
    answer = transitions_of(kind, name, found.steps(kind.name, authors=True), is_incomplete=found.is_incomplete)
    if form == "csv":
        click.echo(write_table(transitions_table(answer), "csv"), nl=False)
    else:
        click.echo(as_json(answer) if form == "json" else transitions_as_text(answer, kind, language), nl=False)


def _write_history(session: Session, found: Chronicle, address: str, field: str | None, form: str) -> None:
    language = language_in(session, found)
    kind, name = record_named(found, address, session)
    answer = record_history(f"{kind.name}/{name}", found.steps(kind.name, authors=True), field, is_incomplete=found.is_incomplete)
    if not answer.events:
        _ = translator(language)
        words = _('no commit has changed "{field}" of "{address}".') if field else _('no commit holds "{address}".')
        raise click.UsageError(words.format(field=field, address=answer.address))
    text = as_json(answer) if form == "json" else history_as_text(answer, kind, Workdays(found.config.calendar), language)
    click.echo(text, nl=False)
