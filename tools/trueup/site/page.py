"""One page of the site, before any generator has seen it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trueup.render.markdown import Heading

_TAG = re.compile(r"<[^>]*>")
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` is the page's place as a Markdown source: ``goal/2026-q4.md``. ``title`` and ``description`` are plain text, to be
    escaped by whoever writes them into a page; ``html`` is finished. ``short`` is the title in the navigation, ``""`` for a
    page that is not in it. ``searchable`` is the part of the HTML that is the page's own and not a repetition of other pages;
    None for all of it below the title.
    """

    path: str
    title: str
    html: str
    description: str = ""
    headings: tuple[Heading, ...] = ()
    source: str = ""
    short: str = ""
    searchable: str | None = None
    wide: bool = True

    def words(self) -> str:
        """What a search finds the page by besides its title, as HTML without tags."""
        found = self.html.partition("</h1>")[2] if self.searchable is None else self.searchable
        return _GAP.sub(" ", _TAG.sub(" ", found)).strip().replace("&quot;", '"').replace("&#39;", "'")


def plain(html: str) -> str:
    """Markup of ours without its tags; no text within it holds a bracket that is not escaped."""
    return _TAG.sub("", html)


def described(text: str, longest: int = 160) -> str:
    """The start of a text, for the description of a page."""
    text = _GAP.sub(" ", text).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
