"""``trueup show``."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from trueup.checks.runner import check
from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.locale import translator
from trueup.locale.joining import listed, sentences
from trueup.records.nearest import nearest
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.render.record import record_as_json, record_as_text
from trueup.views.derived import Derived
from trueup.views.findings import findings_in
from trueup.views.names import Names
from trueup.views.record import record_view


@click.command("show")
@click.argument("address", metavar="ADDRESS", shell_complete=candidates.addresses)
@format_option("text", "json")
@opens_workspace
def command(session: Session, address: str, form: str) -> None:
    """Show one record: its fields, its text, whom it names, who names it, and what is wrong with it.

    ADDRESS is kind/id, as goal/2026-q4-activation; the path of its file, or an id that only one record has, does too.
    """
    workspace = session.judged()
    language = session.language(workspace)
    record = _named(workspace, address, session, language)
    derived = Derived(workspace, session.today)
    view = record_view(record, Names(workspace, language), findings_in(workspace, check(workspace, session.today)), derived)
    click.echo(record_as_json(view, language) if form == "json" else record_as_text(view, language), nl=False)


def _named(workspace: Workspace, text: str, session: Session, language: str) -> Record:
    """The record that somebody means by an address, a path or an id. Fails with what it could have been."""
    _ = translator(language)
    found = workspace.record(text)
    if found is None and os.path.lexists(text):
        path = session.inside(text)
        found = next((record for record in workspace.records if record.path == path), None)
        if path in workspace.unreadable:
            raise click.UsageError(_('"{path}" cannot be read; "trueup check {path}" says why.').format(path=text))
    if found is not None:
        _check_part(found, text.partition("#")[2], language)
        return found
    _check_readable(workspace, text.partition("#")[0], session, _)
    same = [record for record in workspace.records if record.id == text]
    if len(same) == 1:
        return same[0]
    if same:
        addresses = listed((one.address for one in same), language)
        raise click.UsageError(_('"{id}" could be any of {addresses}.').format(id=text, addresses=addresses))
    meant = nearest(text, [record.address for record in workspace.records] if "/" in text else [record.id for record in workspace.records])
    hint = _('Did you mean "{name}"?').format(name=meant) if meant else _('"trueup list" shows what there is.')
    raise click.UsageError(sentences((_('there is no record "{address}".').format(address=text), hint), language))


def _check_readable(workspace: Workspace, name: str, session: Session, _: Callable[[str], str]) -> None:
    """Fails where the file of a record, named by its address or its id, cannot be read, with the name of the file."""
    for path, address in workspace.unreadable.items():
        if address == name or (address.partition("/")[2] == name and all(record.id != name for record in workspace.records)):
            message = _('"{address}" cannot be read: the fault is in {path}; "trueup check {path}" says why.')
            raise click.UsageError(message.format(address=address, path=os.path.relpath(session.root / path)))


def _check_part(record: Record, part: str, language: str) -> None:
    """Fails where an address names a part that the record does not have, with those that it has."""
    if not part or record.part(part) is not None:
        return
    _ = translator(language)
    parts = list(record.parts())
    hint = _("The parts are: {names}").format(names=listed(parts, language)) if parts else _("It has no parts.")
    raise click.UsageError(sentences((_('"{address}" has no part "{part}".').format(address=record.address, part=part), hint), language))
