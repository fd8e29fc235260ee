"""Makes pages in a copy of this process, from the last one on, while MkDocs asks this one for them from the first one on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from multiprocessing.sharedctypes import RawValue

from trueup.beside import begun
from trueup.site.page import Maker, Page

# Fewer pages than this are made more quickly than handed over.
_WORTH_IT = 200


def made_ahead(makers: Sequence[Maker]) -> list[Maker]:
    """The same pages, which are being made from now on."""
    if len(makers) < _WORTH_IT:
        return list(makers)
    both = _BothEnds(makers)
    return [replace(maker, make=partial(both.page, place)) for place, maker in enumerate(makers)]


class _BothEnds:
    """Each side says in shared memory how far it is. Where they meet both may make the same page, which does no harm: it is the same."""

    def __init__(self, makers: Sequence[Maker]) -> None:
        self._makers = makers
        self._ours = RawValue("q", -1)
        self._theirs = RawValue("q", len(makers))
        self._handed_over: dict[int, Page] | None = None
        self._wanted = begun(self._from_the_last)

    def page(self, place: int) -> Page:
        self._ours.value = max(place, self._ours.value)
        if self._handed_over is None and place >= self._theirs.value:
            self._handed_over = self._wanted()
        made = self._handed_over.pop(place, None) if self._handed_over else None
        return made or self._makers[place].make()

    def _from_the_last(self) -> dict[int, Page]:
        made = {}
        for place in reversed(range(len(self._makers))):
            if place <= self._ours.value:
                break
            self._theirs.value = place
            made[place] = self._makers[place].make()
        return made
