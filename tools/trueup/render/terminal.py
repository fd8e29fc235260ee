"""Text of records on a terminal: shown, not obeyed."""

from __future__ import annotations

from trueup.render.log import visible


def shown(text: str) -> str:
    """``text`` with every hidden or obeyed character written out, as ``\\x1b``; lines stay lines, tabs become spaces."""
    return "\n".join(map(visible, text.expandtabs(4).split("\n")))
