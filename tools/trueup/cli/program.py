"""The click program: commands loaded when they are called, help in the reader's language, failures as exit codes."""

from __future__ import annotations

import copy
import errno
import gettext
import importlib
import inspect
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from trueup import __version__, locale
from trueup.cli import COMMANDS
from trueup.cli.words import terminal_language, write_utf_8, written_language
from trueup.locale import language_of, translator

BUG = 70


class Program(click.Group):
    """``trueup``: knows the names of its commands, and imports one when it is needed."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[name]).command
        return localised(command, _language(sys.argv[1:]))

    def resolve_command(self, context: click.Context, args: list[str]) -> Any:
        """As click's own, with the nearest name for a misspelt one."""
        try:
            return super().resolve_command(context, args)
        except click.UsageError as error:
            from trueup.records.nearest import nearest

            meant = nearest(args[0], COMMANDS)
            if meant and not args[0].startswith("-"):
                _ = translator(_language(sys.argv[1:]))
                raise click.UsageError(error.message + " " + _('Did you mean "{name}"?').format(name=meant), context) from None
            raise


def run(arguments: list[str]) -> int:
    """Runs the program and gives its exit code; nothing that goes wrong ends in a bare traceback."""
    write_utf_8()
    language = _language(arguments)
    _teach_click(language)
    _ = translator(language)
    program = Program(
        "trueup",
        help=_("Keeps the way a product team and an operations team work together as checked text in git."),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    program = click.version_option(__version__, prog_name="trueup", message="%(prog)s %(version)s")(program)
    try:
        code = program.main(arguments, "trueup", standalone_mode=False, obj=language)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        # Names of files and of records are in many messages, and whose names they are nobody knows.
        error.message = _shown(error.message)  # type: ignore[misc]
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print(_("trueup: stopped"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; that is no fault.
        _leave_output()
        return 0
    except OSError as error:
        if error.errno not in _OUTPUT_FAILS or error.filename is not None:
            print(_report(error, _), file=sys.stderr)
            return BUG
        from trueup.records.tree import reason_of

        print(_("trueup: the answer cannot be written: {reason}").format(reason=reason_of(error).say(language)), file=sys.stderr)
        _leave_output()
        return 2
    except Exception as error:
        print(_report(error, _), file=sys.stderr)
        return BUG


# A full disk, one that is broken, and a limit on the size of files.
_OUTPUT_FAILS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG)


def _leave_output() -> None:
    """What could not be written goes nowhere: Python would try again at exit, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(error: Exception, _: Callable[[str], str]) -> str:
    """A bug in three lines: what happened, where, and what to do."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    first = _("trueup: this is a bug in trueup: {error}").format(error=f"{type(error).__name__}: {error}"[:300])
    second = _("  at {place}, trueup {version}, Python {python}").format(
        place=f"{Path(where.filename).name}:{where.lineno}", version=__version__, python=sys.version.split()[0]
    )
    third = _("  Please report it with these lines and the command. TRUEUP_TRACEBACK=1 shows the whole way there.")
    if os.environ.get("TRUEUP_TRACEBACK"):
        return _shown("".join(traceback.format_exception(error)) + first)
    return _shown("\n".join((first, second, third)))


def _shown(text: str) -> str:
    from trueup.render.terminal import shown

    return shown(text)


def _language(arguments: list[str]) -> str:
    """The language of help and messages: ``--lang``, the environment, the workspace's own, English."""
    asked = None
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    return language_of(asked, terminal_language() or _workspace_language(arguments))


def _workspace_language(arguments: list[str]) -> str | None:
    """What the ``trueup.yaml`` of the workspace that is asked for says."""
    from trueup.cli import find_root

    asked = next((arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word == "--root"), None)
    asked = asked or next((word.partition("=")[2] for word in arguments if word.startswith("--root=")), None)
    # Where nothing can be found in the folder that is asked for, those who are told so are in another.
    return (written_language(asked) if asked else None) or written_language(find_root(os.getcwd()) or ".")


def _teach_click(language: str) -> None:
    """Click asks gettext for its own words when it prints them; this is where it finds them."""
    if language == "zh":
        gettext.bindtextdomain("messages", str(Path(locale.__file__).parent))
        os.environ["LANGUAGE"] = "zh_CN"
    else:
        os.environ["LANGUAGE"] = "en"


def localised(command: click.Command, language: str) -> click.Command:
    """A copy of a command with its help in ``language``; in English the command itself."""
    if language == "en":
        return command
    _ = translator(language)
    twin = copy.copy(command)
    twin.help = _(inspect.cleandoc(command.help)) if command.help else command.help
    twin.short_help = _(command.short_help) if command.short_help else command.short_help
    twin.params = [_localised_parameter(one, _) for one in command.params]
    if isinstance(twin, click.Group):
        twin.commands = {name: localised(one, language) for name, one in twin.commands.items()}
    return twin


def _localised_parameter(parameter: click.Parameter, _: Callable[[str], str]) -> click.Parameter:
    twin = copy.copy(parameter)
    text = getattr(twin, "help", None)
    if text:
        twin.help = _(text)
    return twin
