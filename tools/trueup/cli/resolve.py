"""``trueup resolve``."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Collection
from pathlib import Path

import click

from trueup.cli.command import Failure, Session, opens_workspace, spoken
from trueup.history.git import Git, open_repository
from trueup.locale import translator
from trueup.merging.pieces import Conflict
from trueup.merging.unresolved import Unresolved, changes, sides, unresolved, write_decided
from trueup.records.kinds import read_kinds
from trueup.records.tree import Unreadable, reason_of
from trueup.render.terminal import shown
from trueup.render.unresolved import conflict_as_text, heading

# What somebody decides about one place; None leaves the file as it is.
Answer = str | None
_SIDES = {"o": "ours", "t": "theirs", "b": "base"}


@click.command("resolve")
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path())
@click.option("--ours", "side", flag_value="ours", help="Take our version wherever both sides have changed something.")
@click.option("--theirs", "side", flag_value="theirs", help="Take their version there.")
@opens_workspace
def command(session: Session, paths: tuple[str, ...], side: str | None) -> None:
    """Decide what a merge has left open: field by field, with both versions and who has changed them.

    What only one side has changed is merged in any case. Nothing is added to git: the last line says what to do next. The exit
    code is 1 where something is still open. In a rebase, git calls "ours" what you rebase onto, and "theirs" your own commit.
    """
    git, language = open_repository(session.root), spoken()
    found = _wanted(unresolved(git, read_kinds(session.tree)[0]), [session.inside(path) for path in paths])
    done = [one.path for one in found if _resolve(session, git, one, side, language)]
    for line in _told(session, found, done, language):
        click.echo(shown(line), err=True)
    sys.exit(0 if len(done) == len(found) else 1)


def _wanted(found: list[Unresolved], paths: Collection[str]) -> list[Unresolved]:
    """The files that were asked for; else all that hold records or series."""
    if paths:
        return [one for one in found if any(one.path == path or one.path.startswith(path + "/") or not path for path in paths)]
    return [one for one in found if one.kind or one.path.endswith(".csv")]


def _told(session: Session, found: list[Unresolved], done: list[str], language: str) -> list[str]:
    _ = translator(language)
    if not found:
        return [_("Nothing is left to decide.")]
    next_step = [_("Next: {command}").format(command=_for_shell(session, "add", done))] if done else []
    left = len(found) - len(done)
    return [*next_step, *([_("Still open: {count}").format(count=left)] if left else [])]


def _for_shell(session: Session, command: str, paths: Collection[str]) -> str:
    """What git is to do with files, so that it can be pasted into a shell in the current folder, whatever they are called."""
    here = Path.cwd()
    is_inside = here.is_relative_to(session.root)
    start = "git" if is_inside else f"git -C {shlex.quote(str(session.root))}"
    names = [os.path.relpath(session.root / path, here).replace(os.sep, "/") for path in paths] if is_inside else paths
    # Git would take such a name for a pattern.
    specs = [f":(literal){name}" if name.startswith(":") or set(name) & set("*?[\\") else name for name in names]
    return " ".join([start, command, "--", *map(shlex.quote, specs)])


def _resolve(session: Session, git: Git, one: Unresolved, side: str | None, language: str) -> bool:
    """Decides one file and writes it; says whether that was done."""
    click.echo(heading(one, changes(git, sides(git), one.path), language), nl=False)
    if problem := _obstacle(session, git, one, language):
        click.echo("  " + shown(problem), err=True)
        return False
    answers = _answers(one, side, language)
    if answers is None:
        return False
    content = _content(one, answers)
    if content is not None and not one.takes(content):
        _ = translator(language)
        click.echo("  " + shown(_("With this the file could not be read, or would not fit its schema. It was left as it is.")), err=True)
        return False
    try:
        write_decided(session.root, one, content)
    except OSError as error:
        message = translator(language)("cannot write {file}: {reason}").format(file=one.path, reason=reason_of(error).say(language))
        raise Failure(message, 2) from None
    return True


def _content(one: Unresolved, answers: list[str]) -> bytes | None:
    """The decided file; None where it is to go, as the side wants that was taken."""
    if one.is_deleted_by_one and not "".join(answers):
        return None
    return one.merged.decided(answers)


def _obstacle(session: Session, git: Git, one: Unresolved, language: str) -> str | None:
    """Why a file cannot be decided here."""
    _ = translator(language)
    if one.is_too_large:
        return _("It is too large; decide it in an editor.")
    there = session.tree.read(one.path)
    if isinstance(there, Unreadable):
        return None if there.missing else there.message.say(language)
    if one.is_as_left(there, git):
        return None
    worked = _("Somebody has worked on it since the merge, so it was left as it is.")
    if one.ours is None and one.theirs is None:
        return worked
    how = "--merge" if not one.is_deleted_by_one else "--theirs" if one.ours is None else "--ours"
    command = _for_shell(session, f"checkout {how}", [one.path])
    return worked + " " + _("This brings back what the merge had left: {command}").format(command=command)


def _answers(one: Unresolved, side: str | None, language: str) -> list[str] | None:
    """A choice for each conflict of a file; None where the file is to be left."""
    found: list[str] = []
    conflicts = one.merged.conflicts
    for number, conflict in enumerate(conflicts, 1):
        # What has gone on both sides is no question.
        taken = "ours" if conflict.ours == conflict.theirs else side
        if taken is None:
            click.echo(conflict_as_text(conflict, number, len(conflicts), language), nl=False)
        answer = _ask(conflict, language) if taken is None else getattr(conflict, taken)
        if answer is None:
            return None
        found.append(answer)
    return found


def _ask(conflict: Conflict, language: str) -> Answer:
    """What somebody takes: a version, or what the editor gives; None to leave the file. No answer leaves it too."""
    _ = translator(language)
    asked = _("Take o: ours, t: theirs, b: base, e: edit, s: skip the file")
    read: Callable[..., str] = click.prompt
    try:
        choice = read(asked, type=click.Choice([*_SIDES, "e", "s"]), show_choices=False, prompt_suffix="\n")
    except click.Abort:
        click.echo()
        return None
    if choice in _SIDES:
        return str(getattr(conflict, _SIDES[choice]))
    if choice == "s":
        return None
    edited = click.edit(conflict.ours + conflict.theirs, extension=".yaml")
    return _ask(conflict, language) if edited is None else edited + "\n" * (bool(edited) and not edited.endswith("\n"))
