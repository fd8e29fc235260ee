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


def no_workspace() -> str:
    """What is said where there is no workspace."""
    message = 'trueup: there is no workspace here: no "trueup.yaml" in this folder or above it. "trueup init" makes one.'
    if terminal_language() == "zh":
        from trueup.locale import translator

        _ = translator("zh")
        return _('trueup: there is no workspace here: no "trueup.yaml" in this folder or above it. "trueup init" makes one.')
    return message
