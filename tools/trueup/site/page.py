"""One page of the site, before any generator has seen it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trueup.render.html import Html, escaped
from trueup.render.markdown import Heading

_TAG = re.compile(r"<[^>]*>")
_SECTION = re.compile(r'<h[2-6] id="([^"]*)">(.*?)</h[2-6]>', re.DOTALL)
# What stands within a line, and parts no words.
_WITHIN = re.compile(r"</?(?:a|b|strong|em|i|code|s|del)(?: [^>]*)?>")
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` is the page's place as a Markdown source: ``goal/2026-q4.md``. ``title`` and ``description`` are plain text, to be
    escaped by whoever writes them into a page; ``html`` is finished. ``kind`` stands before the title where a search finds the
    page. ``searchable`` is the part of the HTML that is the page's own and not a repetition of other pages; None for all of it below
    the title.
    """

    path: str
    title: str
    html: str
    description: str = ""
    headings: tuple[Heading, ...] = ()
    kind: str = ""
    searchable: str | None = None
    wide: bool = True

    def sections(self) -> Iterator[tuple[str, str, str]]:
        """What a search finds the page by: the anchor, the title and the words of each of its sections, as HTML without tags.

        The first has no anchor, and the title of the page.
        """
        found = self.html.partition("</h1>")[2] if self.searchable is None else self.searchable
        first, *rest = _SECTION.split(found)
        yield "", escaped(f"{self.kind}: {self.title}" if self.kind else self.title), _words(first)
        for anchor, title, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            yield anchor, _words(title), _words(text)


@dataclass(frozen=True, slots=True)
class Maker:
    """A page before it is made: one that nobody asks for never is. ``path`` is its place, ``short`` its title in the navigation, ``""``
    for a page that is not in it. One that may be ``late`` takes long to make, and is made last where that is possible; one that is
    ``ours`` rests on what only one process can take, so that no copy of this one makes it.
    """

    path: str
    make: Callable[[], Page]
    short: str = ""
    late: bool = False
    ours: bool = False


def _words(markup: str) -> str:
    return _GAP.sub(" ", _TAG.sub(" ", _WITHIN.sub("", markup))).strip().replace("&quot;", '"').replace("&#39;", "'")


def plain(html: str) -> Html:
    """Markup of ours without its tags; no text within it holds a bracket that is not escaped, and what is left is escaped still."""
    return Html(_TAG.sub("", html))


def described(text: str, longest: int = 160) -> str:
    """The start of a text, for the description of a page."""
    text = _GAP.sub(" ", text).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
