"""A part of a page under a heading of its own."""

from __future__ import annotations

from dataclasses import dataclass

from trueup.render.html import Html, html
from trueup.render.markdown import Heading


@dataclass(frozen=True, slots=True)
class Section:
    """``id`` is the anchor, without spaces; ``title`` plain text; ``content`` finished markup. ``is_repeated``: it says again
    what other pages say, so that a search need not find it here."""

    id: str
    title: str
    content: Html
    is_repeated: bool = False

    @property
    def heading(self) -> Heading:
        return Heading(2, self.id, self.title)

    @property
    def html(self) -> Html:
        return html('<h2 id="{}">{}</h2>{}', self.id, self.title, self.content)
