"""Cuts large data into small pieces, so that what is wrong in a megabyte can be explained in little time and space."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from trueup.records.source import Route

# The validator may make an error at every look at every value, and each holds a copy of the value.
_MOST_LOOKS = 20_000
# An error about a name holds the whole mapping, so a mapping of thousands of wrong names would take gigabytes.
_MOST_NAMES = 200
# As many letters of a text as weigh one value.
_LETTERS = 256
_WIDTHS = (5_000, 1_000, 200, 50, 10, 1)
_MOST_PIECES = 100


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of data: of a list longer than ``width`` one page, of a long mapping one page and the fields in ``names``."""

    width: int
    page: int
    names: Collection[str]

    def piece(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.piece(one) for one in self._page(value, self.width)]
        if isinstance(value, dict):
            kept = {*self._page([name for name in value if name not in self.names], self._width_of(value))}
            return {name: self.piece(one) for name, one in value.items() if name in self.names or name in kept}
        return value

    def route(self, whole: Any, route: Route) -> Route:
        """Where something of the piece stands in the whole."""
        found: list[str | int] = []
        for step in route:
            if isinstance(whole, list) and isinstance(step, int):
                step += self._start(len(whole), self.width)
            found.append(step)
            whole = whole[step]
        return tuple(found)

    def keeps(self, value: Any) -> bool:
        """Whether a list or a mapping of the whole is in the piece with all its items."""
        return not isinstance(value, dict | list) or len(value) <= self._width_of(value)

    def _width_of(self, value: dict[str, Any] | list[Any]) -> int:
        return self.width if isinstance(value, list) else min(self.width, _MOST_NAMES)

    def _page(self, items: list[Any], width: int) -> list[Any]:
        start = self._start(len(items), width)
        return items[start : start + width]

    def _start(self, size: int, width: int) -> int:
        return self.page % -(-size // width) * width if size > width else 0


def cuts(data: Any, looks: int, names: Collection[str]) -> Iterator[Cut]:
    """Cuts whose pieces are small and together hold most of ``data``; none where no piece would be small."""
    for width in _WIDTHS:
        if is_small(Cut(width, 0, names).piece(data), looks):
            pages = max(-(-size // min(width, _MOST_NAMES if is_mapping else width)) for is_mapping, size in _sizes(data))
            yield from (Cut(width, page, names) for page in range(min(pages, _MOST_PIECES)))
            return


def is_small(data: Any, looks: int, most: int = _MOST_LOOKS) -> bool:
    """Whether ``data`` can be judged in at most ``most`` looks, where a schema looks at one value at most ``looks`` times."""
    left = most // looks
    for value in _values(data):
        left -= 1 + (len(value) // _LETTERS if isinstance(value, str) else 0)
        if left < 0:
            return False
    return True


def has_many_names(data: Any) -> bool:
    """Whether a mapping in ``data`` has so many names that a finding about each would not do."""
    return any(is_mapping and size > _MOST_NAMES for is_mapping, size in _sizes(data))


def _sizes(data: Any) -> Iterator[tuple[bool, int]]:
    yield False, 1
    yield from ((isinstance(value, dict), len(value)) for value in _values(data) if isinstance(value, dict | list))


def _values(data: Any) -> Iterator[Any]:
    waiting = [data]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
