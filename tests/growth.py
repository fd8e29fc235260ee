"""How work grows with its input, without a clock: counted in lines of Python that are run, the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def lines_run(work: Callable[[], object]) -> int:
    """A loop counts each time around; what C does counts nothing."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def bend(work: Callable[[int], Callable[[], object]], count: int) -> float:
    """How many lines more an item takes among ``3 * count`` than among ``2 * count``.

    Where work grows as its input does, that is next to none; where each item is compared with each other, at least ``count``.
    """
    work(2)()  # what is loaded by the first call only
    few, more, most = (lines_run(work(times * count)) for times in (1, 2, 3))
    return (most - 2 * more + few) / count
