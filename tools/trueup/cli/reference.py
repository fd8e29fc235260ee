"""The commands as values, for the manual: made from click, so that the manual cannot say anything else."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import click

from trueup.cli import COMMANDS
from trueup.cli.program import localised
from trueup.views.commands import CommandHelp, OptionHelp


def commands(language: str) -> tuple[CommandHelp, ...]:
    """Every command in the order of ``trueup --help``, the commands of a group after it."""
    return tuple(
        one
        for name, module in COMMANDS.items()
        for one in _described(localised(importlib.import_module(module).command, language), f"trueup {name}", None)
    )


def _described(command: click.Command, path: str, above: click.Context | None) -> Iterator[CommandHelp]:
    context = click.Context(command, info_name=path, parent=above)
    paragraphs = tuple(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    options = tuple(_option(one) for one in command.params if isinstance(one, click.Option) and not one.hidden)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    yield CommandHelp(path.removeprefix("trueup "), usage, paragraphs, options)
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _described(inner, f"{path} {name}", None)


def _option(option: click.Option) -> OptionHelp:
    choices = tuple(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else ()
    metavar = "" if option.is_flag else " " + (option.metavar or ("|".join(choices) if choices else option.type.name.upper()))
    default = "" if option.is_flag or not isinstance(option.default, str) else option.default
    return OptionHelp(", ".join((*option.opts, *option.secondary_opts)) + metavar, option.help or "", default, choices)
