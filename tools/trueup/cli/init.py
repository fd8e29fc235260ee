"""``trueup init``."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import indent

import click

from trueup.cli.command import Failure, spoken
from trueup.cli.words import terminal_language, written_language
from trueup.editing.advice import additions, notes
from trueup.editing.start import start
from trueup.locale import language_of, msgs, translator
from trueup.records.tree import reason_of
from trueup.render.terminal import shown


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="The language of the workspace, its site and its handbook.")
@click.option("--example", is_flag=True, help="With the records of an invented company, to look around in.")
def command(folder: str, lang: str | None, example: bool) -> None:
    """Make a workspace: settings, handbook, site, hooks, continuous integration and editor set-up.

    A file that is already there is left as it is. Only the folder .trueup, which holds schemas and templates, is brought
    up to date.
    """
    root = Path(os.path.abspath(folder))
    there = written_language(str(root))
    speech = language_of(lang, terminal_language(), there, spoken())
    _ = translator(speech)
    told = notes(root)
    try:
        # The files of a workspace are in its own language, whoever brings them up to date.
        language = language_of(lang, there, terminal_language())
        done = start(root, language, example=example)
    except OSError as error:
        reason = reason_of(error).say(speech)
        raise Failure(_("cannot write {file}: {reason}").format(file=error.filename or root, reason=reason), 2) from None
    for path in done.kept:
        lines = additions(root, path, language)
        line = _("kept     {path}; add to it:") if lines else _("kept     {path}")
        click.echo(shown(line.format(path=path)) + "\n" + indent(lines, "    "), err=True, nl=False)
    changed = len(done.written) + len(done.updated)
    message = msgs("{count} file written in {folder}.", "{count} files written in {folder}.", changed, folder=str(root))
    click.echo(shown(message.say(speech)), err=True)
    for note in told:
        click.echo(shown(_("Note: {note}").format(note=note.say(speech))), err=True)
    where = "" if root == Path.cwd() else f"cd {folder} && "
    click.echo(shown(_("Next: {command}").format(command=f"{where}trueup check")), err=True)
