"""Pages that are made from both ends: each comes once, in whatever order it is asked for, and as if it had been made here."""

from __future__ import annotations

import os
import random
import time
from functools import partial

import pytest

from trueup.site.ahead import made_ahead
from trueup.site.page import Maker, Page

SIZE = 300


def _page(number: int) -> Page:
    return Page(f"{number:04}.md", f"Page {number}", f"<p>{os.getpid()}</p>", description="页" * number)


def _makers(size: int = SIZE) -> list[Maker]:
    return [Maker(f"{number:04}.md", partial(_page, number), "In the navigation" if number == 7 else "") for number in range(size)]


def _asked(makers: list[Maker], order: list[int]) -> dict[int, Page]:
    return {place: makers[place].make() for place in order}


@pytest.mark.parametrize("order", ["first to last", "last to first", "any"])
def test_made_ahead__gives_each_page(order: str) -> None:
    places = list(range(SIZE))
    if order == "last to first":
        places.reverse()
    elif order == "any":
        random.Random(5).shuffle(places)
    ahead = made_ahead(_makers())
    assert [(one.path, one.short) for one in ahead] == [(one.path, one.short) for one in _makers()]
    for place, page in _asked(ahead, places).items():
        assert (page.path, page.title, page.description) == (f"{place:04}.md", f"Page {place}", "页" * place)


@pytest.mark.skipif(not hasattr(os, "fork") or (os.cpu_count() or 1) < 2, reason="there can be no copy of this process here")
def test_made_ahead__the_last_ones_come_from_a_copy() -> None:
    def make(number: int) -> Page:
        time.sleep(1 if number == 0 else 0)
        return _page(number)

    pages = _asked(made_ahead([Maker(str(number), partial(make, number)) for number in range(SIZE)]), [0, SIZE - 1])
    assert f"<p>{os.getpid()}</p>" == pages[0].html != pages[SIZE - 1].html


def test_made_ahead__few_pages_are_made_here() -> None:
    makers = _makers(20)
    assert made_ahead(makers) == makers


def test_made_ahead__the_copy_comes_to_grief() -> None:
    here = os.getpid()

    def make(number: int) -> Page:
        if os.getpid() != here and number < SIZE - 10:
            os._exit(9)
        return _page(number)

    makers = [Maker(str(number), partial(make, number)) for number in range(SIZE)]
    assert [page.title for page in _asked(made_ahead(makers), list(range(SIZE))).values()] == [f"Page {number}" for number in range(SIZE)]


def test_made_ahead__a_page_that_cannot_be_made_is_an_error_of_whoever_asks_for_it() -> None:
    def make(number: int) -> Page:
        if number == SIZE - 5:
            raise ValueError("no page")
        return _page(number)

    ahead = made_ahead([Maker(str(number), partial(make, number)) for number in range(SIZE)])
    assert ahead[0].make().title == "Page 0"
    with pytest.raises(ValueError, match="no page"):
        ahead[SIZE - 5].make()
