"""Text of records on a terminal, or in the log of a CI server: shown, not obeyed."""

from __future__ import annotations

from trueup.render.log import logged


def shown(text: str) -> str:
    """``text`` with every hidden or obeyed character written out, as ``\\x1b``, and no command to a CI server in it.

    Lines stay lines, however they end; tabs become spaces.
    """
    return "\n".join(map(logged, text.replace("\r\n", "\n").expandtabs(4).split("\n")))
