"""Numbers as people write them."""

from __future__ import annotations

# From here on a number is written with its exponent.
_HUGE = 1e15
_NOTHING = 1e-12

# From here on thousands are set apart; four digits, as those of a year, are read at a glance.
_LONG = 10_000

# What is written at a figure, with no space between.
SIGNS = ("%", "‰")


def number(value: float, places: int | None = None) -> str:
    """A number with as many decimal places as it has, or with ``places`` of them; its thousands are set apart from five digits on."""
    text = ungrouped(value, places)
    if not _LONG - 1 <= abs(value) < _HUGE:
        return text
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if abs(int(whole)) >= _LONG else text


def ungrouped(value: float, places: int | None = None) -> str:
    """A number without anything between its digits, so that it can be copied into a calculation."""
    if isinstance(value, int) or not abs(value) < _HUGE:
        return str(value)
    if places is not None:
        # What is small is not nothing; what is smaller than this is what counting in binary leaves over.
        if abs(value) > _NOTHING and not float(f"{value:.{places}f}"):
            return f"{value:.2g}"
        return f"{value if abs(value) > _NOTHING else 0.0:.{places}f}"
    return str(int(value)) if value.is_integer() else str(value)


def with_unit(figure: str, unit: str) -> str:
    """A figure and its unit: a sign, as ``%``, stands at the figure, a word apart from it."""
    return f"{figure}{unit}" if unit.startswith(SIGNS) else f"{figure} {unit}".strip()


def change(value: float, places: int) -> str:
    """A difference with its sign, a true minus sign where it is negative."""
    return ("+" if value > 0 else "") + number(value, places).replace("-", "−")
