"""The commands of trueup as a manual tells of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionHelp:
    """One option or argument: how it is written, what it does, and what it is if it is left out."""

    names: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command. ``name`` is all of its words, as ``site build``; ``paragraphs`` is its help."""

    name: str
    usage: str
    paragraphs: tuple[str, ...]
    options: tuple[OptionHelp, ...]
