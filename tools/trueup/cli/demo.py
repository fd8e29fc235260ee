"""``trueup demo``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from trueup.cli.command import Failure, spoken
from trueup.history.failure import GitFailure
from trueup.locale import msgs, translator
from trueup.locale.joining import with_note
from trueup.records.tree import reason_of
from trueup.render.terminal import shown


@click.command("demo")
@click.argument("folder", metavar="DIR")
def command(folder: str) -> None:
    """Make a git repository of an invented company with a past, to look around in.

    It replays three quarters of the example in dated commits by several authors: dates that slipped, goals agreed late, feedback
    triaged and answered, series that grew week by week. DIR must be empty or not exist. The commits are the same on every machine.
    """
    from trueup.history.demo import make_demo

    root = Path(os.path.abspath(folder))
    speech = spoken()
    _ = translator(speech)
    try:
        if os.path.lexists(root) and (root.is_symlink() or not root.is_dir() or any(root.iterdir())):
            hint = _("Name a folder that does not exist yet.")
            raise Failure(with_note(_('"{folder}" is not an empty folder').format(folder=folder), hint, speech), 2)
        made = make_demo(root)
    except GitFailure as error:
        raise Failure(with_note(error.message.say(speech), error.hint.say(speech) if error.hint else "", speech), 2) from None
    except OSError as error:
        reason = reason_of(error).say(speech)
        raise Failure(_("cannot write {file}: {reason}").format(file=error.filename or root, reason=reason), 2) from None
    message = msgs("{count} commit made in {folder}.", "{count} commits made in {folder}.", made.commits, folder=str(root))
    click.echo(shown(message.say(speech)), err=True)
    next_step = _("Next: {command}").format(command=f"cd {folder} && trueup timeline --today {made.last_day}")
    click.echo(shown(next_step), err=True)
