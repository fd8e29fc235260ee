"""Shares as people read them: as percent, as points between two of them, and as bars."""

from __future__ import annotations

from trueup.locale import msg
from trueup.render.numbers import with_unit

# What the figure is, below tables that have it.
NET_CONFIDENCE = msg(
    "Net: the share of open goals whose owners say on track, less the share whose owners say off track, in percentage points."
)

# The last cell of a bar is drawn in eighths (Unicode 16, U+2588 to U+258F).
_EIGHTHS = " ▏▎▍▌▋▊▉"


def percent(share: float) -> str:
    """A share in whole percent. Only what is reached reads as 100%, and only what is nothing as 0%."""
    whole = round(share * 100)
    if share < 1 <= whole / 100:
        whole = 99
    elif share and not whole:
        whole = 1 if share > 0 else -1
    return with_unit(str(whole).replace("-", "−"), "%")


def points(difference: float) -> str:
    """A difference of two shares in whole percentage points, always with its sign."""
    whole = round(difference * 100)
    return f"{'+' if whole > 0 else '−' if whole < 0 else '±'}{abs(whole)}"


def bar(share: float, cells: int = 10) -> str:
    """A bar of so many cells; what is below 0 or above 1 is drawn as 0 or 1."""
    eighths = int(min(1.0, max(0.0, share)) * cells * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (_EIGHTHS[rest] if rest else "")
    return drawn + "░" * (cells - len(drawn))
