"""The language of the person at the terminal, known before anything else is loaded."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

_LOCALE_VARIABLES = ("TRUEUP_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def terminal_language() -> str | None:
    """``en`` or ``zh`` as the environment asks for; None where it asks for nothing (``C``, ``POSIX``, another language)."""
    for name in _LOCALE_VARIABLES:
        value = os.environ.get(name, "")
        if value.startswith(("zh", "en")):
            return value[:2]
        if value and name != "TRUEUP_LANG":
            return None
    return None


def written_language(folder: str) -> str | None:
    """What a ``trueup.yaml`` says, read roughly: nothing may depend on a file that may be broken."""
    from pathlib import Path

    from trueup.records.tree import Unreadable, WorkingTree

    raw = WorkingTree(Path(folder)).read("trueup.yaml")
    if isinstance(raw, Unreadable):
        return None
    line = next((line for line in raw.decode(errors="replace").splitlines() if line.startswith("language:")), "")
    return line.partition(":")[2].split("#")[0].strip().strip("\"'") or None


def write_utf_8() -> None:
    """Makes our output UTF-8 where a program reads it, whatever the system writes else; a character that cannot be written is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def no_workspace(language: str | None = None) -> str:
    """What is said where there is no workspace; in English no catalogue is looked for."""
    _: Callable[[str], str] = str
    if (language or terminal_language()) == "zh":
        from trueup.locale import translator

        _ = translator("zh")
    if os.path.isfile("trueup.yml"):
        return _('trueup: there is no workspace here: the settings must be called "trueup.yaml", not "trueup.yml".')
    return _('trueup: there is no workspace here: no "trueup.yaml" in this folder or above it. "trueup init" makes one.')
