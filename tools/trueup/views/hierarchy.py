"""The order of things that lie below one another, whatever the parents say: also where they go round in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """One of them in its place. ``depth`` counts those above it."""

    name: str
    parent: str | None
    depth: int
    children: tuple[str, ...]


def hierarchy(names: Sequence[str], parents: Mapping[str, str | None]) -> tuple[Placed, ...]:
    """Each once, followed by those below it; siblings stay in the order of ``names``.

    A parent that is not among the names is none. Where parents form a circle, it is cut above the first of its members.
    """
    known = set(names)
    above: dict[str, str | None] = {name: parent if (parent := parents.get(name)) in known else None for name in names}
    for name in _circles(names, above):
        above[name] = None
    below: dict[str | None, list[str]] = {}
    for name in names:
        below.setdefault(above[name], []).append(name)
    placed: list[Placed] = []
    waiting = [(name, 0) for name in reversed(below.get(None, []))]
    while waiting:
        name, depth = waiting.pop()
        children = tuple(below.get(name, ()))
        placed.append(Placed(name, above[name], depth, children))
        waiting += ((child, depth + 1) for child in reversed(children))
    return tuple(placed)


def _circles(names: Sequence[str], above: Mapping[str, str | None]) -> list[str]:
    """The first member of each circle, in the order of ``names``."""
    order = {name: index for index, name in enumerate(names)}
    walked: dict[str, str] = {}
    first: list[str] = []
    for start in names:
        here: str | None = start
        while here is not None and here not in walked:
            walked[here] = start
            here = above[here]
        if here is not None and walked[here] == start:
            # This walk has come back to where it has been itself.
            circle = [here]
            while (after := above[circle[-1]]) is not None and after != here:
                circle.append(after)
            first.append(min(circle, key=order.__getitem__))
    return first
