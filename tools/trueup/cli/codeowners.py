"""``trueup codeowners``."""

from __future__ import annotations

from pathlib import Path

import click

from trueup.cli.command import Failure, Session, opens_workspace, spoken
from trueup.history.failure import GitFailure
from trueup.history.git import open_repository
from trueup.locale import msgs, translator
from trueup.records.tree import reason_of
from trueup.render.codeowners import FORGES, account, codeowners
from trueup.render.lines import people
from trueup.render.terminal import shown
from trueup.views.names import Names
from trueup.views.owners import owners


@click.command("codeowners")
@click.option("--for", "forge", type=click.Choice(FORGES), default="github", show_default=True, help="Who is to read the file.")
@click.option("--check", "path", metavar="FILE", type=click.Path(), help="Only compare FILE with what would be written; 1 if it differs.")
@opens_workspace
def command(session: Session, forge: str, path: str | None) -> None:
    """Write a CODEOWNERS file: for each record the people who answer for it, whom the forge asks for their agreement.

    It goes to standard output: `trueup codeowners > .github/CODEOWNERS`. Accounts are those under "handles" of the people; for a
    team its lead is asked, and nobody who has left.
    """
    workspace = session.workspace()
    language = session.language(workspace)
    files = owners(workspace, session.today)
    asked = sorted({person for file in files for person in file.people})
    accounts = {person: known for person in asked if (known := account(workspace, person, forge))}
    _say_missing([person for person in asked if person not in accounts], Names(workspace, language))
    text = codeowners(files, accounts, _prefix(session.root), language)
    if path is None:
        click.echo(text, nl=False)
    elif _content(Path(path)) != text.encode():
        _ = translator(language)
        said = _('"{path}" is not as the records have it; "trueup codeowners --for {forge} > {path}" writes it')
        click.echo(shown(f"trueup: {said.format(path=path, forge=forge)}"), err=True)
        raise SystemExit(1)


def _say_missing(missing: list[str], names: Names) -> None:
    """Who answers for something and cannot be asked."""
    if missing:
        message = msgs(
            '{count} person has no account there and is not asked: {names} (write it under "handles" of the person)',
            '{count} people have no account there and are not asked: {names} (write it under "handles" of the person)',
            len(missing),
            names=people(missing, names),
        )
        click.echo(shown(f"trueup: {message.say(names.language)}"), err=True)


def _prefix(root: Path) -> str:
    """The workspace's folder from the root of its repository, with a slash behind it; "" where it is the root, or has none."""
    try:
        return open_repository(root).prefix
    except GitFailure:
        return ""


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        message = translator(spoken())("cannot read {file}: {reason}").format(file=path, reason=reason_of(error).say(spoken()))
        raise Failure(message, 2) from None
