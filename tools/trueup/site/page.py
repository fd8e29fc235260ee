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
    page that is not in it. What is not ``searchable`` only repeats what other pages say.
    """

    path: str
    title: str
    html: str
    description: str = ""
    headings: tuple[Heading, ...] = ()
    source: str = ""
    short: str = ""
    searchable: bool = True
    wide: bool = True

    def words(self) -> str:
        """The text of the page after its title, as HTML without tags, for a search index."""
        _, _, rest = self.html.partition("</h1>")
        text = _GAP.sub(" ", _TAG.sub(" ", rest)).strip()
        return text.replace("&quot;", '"').replace("&#39;", "'")


def described(text: str, longest: int = 160) -> str:
    """The start of a text, for the description of a page."""
    text = _GAP.sub(" ", text).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
