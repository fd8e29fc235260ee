"""A page of ours as MkDocs wants it."""

from __future__ import annotations

import posixpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from trueup.render.html import escaped
from trueup.site.page import Page


class MadePage(MkDocsPage):
    """A page whose HTML is there already. Titles are escaped here: themes write them as they are."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escaped(made.short or made.title), file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        hidden = ["toc"] if self.made.wide else []
        self.meta = {"description": escaped(self.made.description), "search": {"exclude": True}, "hide": hidden}
        if not self.is_homepage:
            self.meta["title"] = escaped(self.made.title)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = self.made.html
        entries = self.made.headings
        self.toc = get_toc([{"level": one.level, "id": one.id, "name": escaped(one.title), "children": []} for one in entries])


def folder_outside_nav(page: Any) -> str | None:
    """The folder of a page of ours that is no entry of the navigation; None for any other page."""
    return posixpath.dirname(page.file.src_uri) if isinstance(page, MadePage) and not page.made.short else None
