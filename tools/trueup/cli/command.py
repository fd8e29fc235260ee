"""What every command has in common: its options, the workspace it works on, and how it fails."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trueup.cli import NO_WORKSPACE, find_root
from trueup.cli.words import no_workspace, terminal_language
from trueup.history.checkout import has_rules, is_bare, left_out
from trueup.history.failure import GitFailure
from trueup.locale import language_of, msgs, translator
from trueup.locale.joining import with_note
from trueup.records.config import CONFIG_FILE
from trueup.records.dates import date_of, named_day
from trueup.records.tree import Tree, WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.render.terminal import shown

if TYPE_CHECKING:
    from trueup.history.past import Past


def spoken() -> str:
    """The language of what is said before the settings have been read, or without them: ``run`` has decided it once for all."""
    context = click.get_current_context(silent=True)
    return context.obj if context and isinstance(context.obj, str) else language_of(terminal_language())


class Failure(click.ClickException):
    """Something that is not as it must be outside the program; printed as one line, with its own exit code."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: Any = None) -> None:
        click.echo(shown(f"trueup: {self.format_message()}"), file=file or sys.stderr)


class Day(click.ParamType[date]):
    """A date as an option's value."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        found = value if isinstance(value, date) else date_of(value)
        if found is None:
            _ = translator(spoken())
            self.fail(_('"{value}" is not a date; write it as 2026-11-20').format(value=value), param, ctx)
        return found


@dataclass(frozen=True, slots=True)
class Session:
    """Where a command works: the root, the day, and the language of its messages.

    ``asked_today`` is the day of ``--today``, else of ``--as-of``; ``past`` the state that the latter asks for.
    """

    root: Path
    today: date
    asked_language: str | None
    asked_today: date | None = None
    past: Past | None = None

    @property
    def tree(self) -> Tree:
        """The files that are read: those on disk, or of a commit. Fails where git has left some of them out of the disk on purpose."""
        if self.past:
            return self.past.tree
        if has_rules(self.root) and (missing := left_out(self.root)):
            raise _sparse(len(missing))
        return WorkingTree(self.root)

    def workspace(self) -> Workspace:
        """What there is, to be looked at. What of it cannot be is said once, on standard error: without it a view reads better."""
        # Not for a check, which must start quickly.
        from trueup.render.completeness import incomplete_in_words
        from trueup.views.completeness import completeness

        workspace = self.judged()
        if words := incomplete_in_words(completeness(workspace), self.language(workspace)):
            click.echo(shown(f"trueup: {words}"), err=True)
        return workspace

    def judged(self, only: Collection[str] | None = None) -> Workspace:
        """What there is, for a command that says itself what is wrong with it."""
        keep_garbage()
        return load(self.tree, only=only)

    def language(self, workspace: Workspace) -> str:
        return language_of(self.asked_language, workspace.config.language)

    def inside(self, path: str) -> str:
        """A path as the user wrote it, from the root. Fails where it does not exist or lies outside."""
        _ = translator(spoken())
        whole = Path(os.path.abspath(path))
        found = _within(whole, self.root)
        if found is None:
            raise click.UsageError(_('"{path}" is outside the workspace {root}').format(path=path, root=self.root))
        found = "" if found == "." else found
        if not self.has(found):
            raise click.UsageError(_('there is no file "{path}"').format(path=path))
        return found

    def has(self, path: str) -> bool:
        """Whether there is a file, a link or a folder of this path, from the root."""
        if self.past is None:
            return os.path.lexists(self.root / path)
        return not path or path in self.past.tree.entries(path.rpartition("/")[0])


def keep_garbage() -> None:
    """A command lives shortly and frees nothing before it ends: looking for garbage would only cost time."""
    gc.disable()


def _within(whole: Path, root: Path) -> str | None:
    """A path from the root, as it is written; else, where one of the two goes through a link, as both really lie."""
    real = root.resolve()
    for here, above in ((whole, root), (whole.parent.resolve() / whole.name, real), (whole.resolve(), real)):
        if here.is_relative_to(above):
            return here.relative_to(above).as_posix()
    return None


def opens_workspace(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--root``, ``--as-of``, ``--today`` and ``--lang``, and hands it a ``Session`` as its first argument."""

    def opened(root: str | None, today: date | None, lang: str | None, as_of: str | None, **options: Any) -> Any:
        if not gc.isenabled():
            # The modules are loaded (see cli/__init__.py), and from here on there may be garbage: a server of the site lives long.
            gc.freeze()
            gc.enable()
        folder = Path(os.path.abspath(root or find_root(os.getcwd()) or "."))
        language = language_of(lang) if lang else terminal_language()
        try:
            past = _past(folder, as_of) if as_of is not None else None
            if not (past.has_workspace if past else (folder / CONFIG_FILE).is_file()):
                raise _bare() if is_bare(folder) else _no_workspace_at(root)
            if past:
                # The answer itself is as it would have been then: which state it is of is said beside it.
                click.echo(shown(f"trueup: {past.said().say(spoken())}"), err=True)
            day = today or (past.day if past else None)
            return function(Session(folder, day or _this_day(), language, day, past), **options)
        except GitFailure as error:
            hint = error.hint.say(spoken()) if error.hint else ""
            raise Failure(with_note(error.message.say(spoken()), hint, spoken()), 2) from None

    opened.__doc__ = function.__doc__
    opened.__name__ = function.__name__
    opened.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(COMMON_OPTIONS):
        option(opened)
    return opened


def _past(folder: Path, revision: str) -> Past:
    """The state that ``--as-of`` asks for."""
    from trueup.history.git import open_repository
    from trueup.history.past import past

    return past(open_repository(folder), revision, WorkingTree(folder))


def _this_day() -> date:
    """Today, or the day that a reproducible build is for."""
    try:
        return named_day(os.environ) or date.today()
    except ValueError:
        _ = translator(spoken())
        value = os.environ["SOURCE_DATE_EPOCH"]
        raise Failure(_('SOURCE_DATE_EPOCH is "{value}", which is no time in seconds since 1970').format(value=value), 2) from None


def _bare() -> Failure:
    words = translator(spoken())("this repository is bare, it has commits and no files: say which state is meant, as in --as-of HEAD")
    return Failure(words, NO_WORKSPACE)


def _sparse(count: int) -> Failure:
    message = msgs(
        'this checkout is sparse: {count} file is in git and not on disk ("git sparse-checkout disable" brings it back)',
        'this checkout is sparse: {count} files are in git and not on disk ("git sparse-checkout disable" brings them back)',
        count,
    )
    return Failure(message.say(spoken()), NO_WORKSPACE)


def _no_workspace_at(root: str | None) -> Failure:
    if root is None:
        return Failure(no_workspace(spoken()).removeprefix("trueup: "), NO_WORKSPACE)
    _ = translator(spoken())
    return Failure(_('there is no workspace in "{folder}": it holds no "trueup.yaml"').format(folder=root), NO_WORKSPACE)


COMMON_OPTIONS = (
    click.option(
        "--root", metavar="DIR", type=click.Path(), help="The workspace; by default the nearest folder upwards with a trueup.yaml."
    ),
    click.option("--as-of", metavar="REV|DATE", help="As it was at this commit, branch or tag, or at the end of this day."),
    click.option("--today", metavar="DATE", type=Day(), help="Take this day for today, as 2026-11-20."),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="The language of messages."),
)


def format_option(*names: str) -> Callable[[Any], Any]:
    """``--format`` with the formats that fit a command; the first is the default."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="How the answer is written."
    )


def document_option(*names: str) -> Callable[[Any], Any]:
    """``--format`` for what goes into files and mails; the first is the default there, and plain text where a person looks at it."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=lambda: "text" if sys.stdout.isatty() else names[0],
        help="How the answer is written; by default as Markdown, on a terminal as text.",
    )  # fmt: skip
