"""What we have made as MkDocs wants it: pages, files, and the way from every page to the feed."""

from __future__ import annotations

import posixpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import normalize_url

from trueup.render.html import escaped
from trueup.site.files import files_of
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.paths import FEED
from trueup.site.site import Site


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


def add_made(files: Files, site: Site, config: MkDocsConfig) -> None:
    """Hands every page of the site to MkDocs, and every file that ``docs/`` does not have."""
    for page in pages_of(site):
        inclusion = InclusionLevel.INCLUDED if page.short else InclusionLevel.NOT_IN_NAV
        if (left_out := files.src_uris.get(page.path)) is not None:
            files.remove(left_out)
        file = File.generated(config, page.path, content="", inclusion=inclusion)
        MadePage(page, file, config)
        files.append(file)
    for one in files_of(site):
        if one.path not in files.src_uris:
            files.append(File.generated(config, one.path, content=one.content))


def with_feed(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """A finished page that tells feed readers where the feed is."""
    head, end, body = output.partition("</head>")
    url, title = escaped(normalize_url(FEED, page)), escaped(config.site_name)
    # Two words: of a link that is nothing but "alternate" Material takes it that another language of the site lies there.
    return f'{head}<link rel="alternate feed" type="application/atom+xml" title="{title}" href="{url}">{end}{body}' if end else output
