"""``trueup install-merge-driver``."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import Literal

import click

from trueup.cli.command import Failure, Session, opens_workspace, spoken
from trueup.history.git import open_repository
from trueup.locale import translator
from trueup.merging.setup import ATTRIBUTES, Setup, install, setup
from trueup.records.kinds import read_kinds
from trueup.records.tree import reason_of
from trueup.render.terminal import shown


@click.command("install-merge-driver")
@click.option("--local", "scope", flag_value="local", default=True, help="For this repository only. The default.")
@click.option("--global", "scope", flag_value="global", help="For all your repositories.")
@click.option("--check", "only_look", is_flag=True, help="Change nothing; the exit code is 1 where something is missing.")
@opens_workspace
def command(session: Session, scope: Literal["local", "global"], only_look: bool) -> None:
    """Have git merge records field by field: write its settings, and lines of .gitattributes.

    The settings are yours alone, as git has it: everybody who merges runs this once. The lines of .gitattributes are for all, so
    commit them.
    """
    git = open_repository(session.root)
    try:
        todo = setup(git, session.root, read_kinds(session.tree)[0], _program(), scope)
        if not only_look:
            install(git, session.root, todo, scope)
    except OSError as error:
        message = translator(spoken())("cannot write {file}: {reason}")
        raise Failure(message.format(file=error.filename or ATTRIBUTES, reason=reason_of(error).say(spoken())), 2) from None
    for line in _told(todo, scope, only_look=only_look):
        click.echo(shown(line), err=True)
    sys.exit(1 if only_look and not todo.is_done else 0)


def _program() -> str:
    """How git finds this program: by its name, or by where it lies if a search would not find it."""
    return "trueup" if shutil.which("trueup") else shlex.quote(os.path.abspath(sys.argv[0]).replace(os.sep, "/"))


def _told(todo: Setup, scope: str, *, only_look: bool) -> list[str]:
    """What was done, or what is missing."""
    _ = translator(spoken())
    if todo.is_done:
        return [_("Git merges records field by field already.")]
    settings, lines = _("written  merge.trueup in git's settings ({scope})"), _("written  {file}; commit it")
    if only_look:
        settings, lines = _("missing  merge.trueup in git's settings ({scope})"), _("missing  lines of {file}")
    told = [settings.format(scope=scope)] if todo.settings else []
    return told + ([lines.format(file=ATTRIBUTES)] if todo.attributes is not None else [])
