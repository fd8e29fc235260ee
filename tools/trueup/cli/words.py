"""The language of the person at the terminal, known before anything else is loaded."""

from __future__ import annotations

import os

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
    try:
        with open(os.path.join(folder, "trueup.yaml"), encoding="utf-8", errors="replace") as file:
            text = file.read(65536)
    except OSError:
        return None
    line = next((line for line in text.splitlines() if line.startswith("language:")), "")
    return line.partition(":")[2].split("#")[0].strip().strip("\"'") or None


def no_workspace() -> str:
    """What is said where there is no workspace."""
    if os.path.isfile("trueup.yml"):
        from trueup.locale import language_of, translator

        _ = translator(language_of(terminal_language()))
        return _('trueup: there is no workspace here: the settings must be called "trueup.yaml", not "trueup.yml".')
    message = 'trueup: there is no workspace here: no "trueup.yaml" in this folder or above it. "trueup init" makes one.'
    if terminal_language() == "zh":
        from trueup.locale import translator

        _ = translator("zh")
        return _('trueup: there is no workspace here: no "trueup.yaml" in this folder or above it. "trueup init" makes one.')
    return message
