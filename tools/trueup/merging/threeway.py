"""Brings two changes of one sequence together, the same way whichever of the two is ours."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of three versions, as places in them: from, and up to but without. One that ``is_same`` nobody has changed."""

    base: slice
    ours: slice
    theirs: slice
    is_same: bool


def stretches(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K]) -> Iterator[Stretch]:
    """The parts that all three versions have in common, and what lies between them (Khanna, Kunal and Pierce, 2007)."""
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    at = [0, 0, 0]
    same = 0
    for place in [*sorted(in_ours.keys() & in_theirs.keys()), None]:
        here = [len(base), len(ours), len(theirs)] if place is None else [place, in_ours[place], in_theirs[place]]
        if [start + same for start in at] == here and place is not None:
            same += 1
            continue
        if same:
            yield _stretch(at, [start + same for start in at], is_same=True)
            at = [start + same for start in at]
        if at != here:
            yield _stretch(at, here, is_same=False)
        at, same = here, 1


def _stretch(start: list[int], end: list[int], *, is_same: bool) -> Stretch:
    base, ours, theirs = (slice(*two) for two in zip(start, end, strict=True))
    return Stretch(base, ours, theirs, is_same)


def _places(base: Sequence[K], side: Sequence[K]) -> dict[int, int]:
    """Where one version still has what the base has."""
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def chosen(base: T, ours: T, theirs: T) -> tuple[T] | None:
    """What only one side has changed, or both alike; None where they differ."""
    if ours == theirs or theirs == base:
        return (ours,)
    return (theirs,) if ours == base else None


def order(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K], kept: Iterable[K]) -> list[K] | None:
    """The order of the keys that are kept: that of the base, unless a side has another; what is new stands after what it followed.

    None where both sides have put what was there into different orders.
    """
    wanted = set(kept)
    shared = wanted.intersection(base).intersection(ours).intersection(theirs)
    spine = chosen(*([key for key in one if key in shared] for one in (base, ours, theirs)))
    if spine is None:
        return None
    place: dict[K | None, int] = {None: -1, **{key: number for number, key in enumerate(spine[0])}}
    found: dict[int, list[list[K]]] = {}
    anchors = [_anchors(one, wanted, shared, place) for one in (ours, theirs)]
    for mine, other in (anchors, anchors[::-1]):
        runs: dict[int, list[K]] = {}
        for key, after in mine.items():
            # What both have added in two places stands in the first of them.
            if after <= other.get(key, after):
                runs.setdefault(after, []).append(key)
        for after, run in runs.items():
            found.setdefault(after, []).append(run)
    return [
        key
        for number in range(-1, len(spine[0]))
        for key in [*spine[0][number : number + 1] * (number >= 0), *_together(found.get(number, []))]
    ]


def _anchors(keys: Sequence[K], wanted: set[K], shared: set[K], place: dict[K | None, int]) -> dict[K, int]:
    """What one version has besides what all share, and after which of that it stands."""
    found: dict[K, int] = {}
    after = -1
    for key in keys:
        if key in shared:
            after = place[key]
        elif key in wanted:
            found[key] = after
    return found


def _together(runs: list[list[K]]) -> list[K]:
    """What both sides have added in one place, in an order that does not depend on which is ours."""
    return list(dict.fromkeys(key for run in sorted(runs, key=lambda run: [repr(key) for key in run]) for key in run))


def shared_ends(*versions: Sequence[T]) -> tuple[int, int]:
    """How many items all have in common at their beginnings, and how many at their ends."""
    one, *others = versions
    most = min(map(len, versions))
    first = next((at for at in range(most) if any(one[at] != other[at] for other in others)), most)
    last = next((at for at in range(most - first) if any(one[-1 - at] != other[-1 - at] for other in others)), most - first)
    return first, last
