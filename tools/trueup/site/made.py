"""What we have made as MkDocs wants it: pages, files, and the way from every page to the feed."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import normalize_url

from trueup.render.html import escaped, html
from trueup.site.ahead import made_ahead
from trueup.site.files import SiteFile, files_of
from trueup.site.page import Maker, Page
from trueup.site.pages import makers_of
from trueup.site.paths import FEED
from trueup.site.site import Site
from trueup.site.sources import asset_files


class MadePage(MkDocsPage):
    """A page that is made when MkDocs reads it. Titles are escaped here: themes write them as they are."""

    def __init__(self, maker: Maker, file: File, config: MkDocsConfig) -> None:
        # Where the navigation does not need the title, MkDocs finds it in ``meta``.
        super().__init__(escaped(maker.short) or None, file, config)
        self._maker = maker
        self.is_late = False

    @cached_property
    def made(self) -> Page:
        return self._maker.make()

    @property
    def is_in_nav(self) -> bool:
        return bool(self._maker.short)

    def wait(self) -> None:
        """To be made only when it is written, and not when all pages are read: others are read and written meanwhile."""
        self.is_late = self._maker.late

    def complete(self, config: MkDocsConfig, files: Files) -> None:
        """Makes a page that has waited."""
        if self.is_late:
            self.is_late = False
            self.read_source(config)
            self.render(config, files)

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        if self.is_late:
            self.meta = {}
            return
        hidden = ["toc"] if self.made.wide else []
        self.meta = {"description": escaped(self.made.description), "search": {"exclude": True}, "hide": hidden}
        if not self.is_homepage:
            self.meta["title"] = escaped(self.made.title)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        if self.is_late:
            self.content, self.toc = "", get_toc([])
            return
        self.content = self.made.html
        entries = self.made.headings
        self.toc = get_toc([{"level": one.level, "id": one.id, "name": escaped(one.title), "children": []} for one in entries])


class MadeFile(File):
    """A page or another file of ours. MkDocs leaves out one that ``waits``, where it builds only what has been modified."""

    waits = False
    # What is written, unless it is a page.
    source: SiteFile | None = None

    def is_modified(self) -> bool:
        return not self.waits

    def copy_file(self, dirty: bool = False) -> None:
        if not (dirty and self.waits):
            if self.source is not None:
                self.content_bytes = self.source.content
            super().copy_file()


def folder_outside_nav(page: Any) -> str | None:
    """The folder of a page of ours that is no entry of the navigation; None for any other page."""
    return posixpath.dirname(page.file.src_uri) if isinstance(page, MadePage) and not page.is_in_nav else None


def add_made(files: Files, site: Site, config: MkDocsConfig, *, is_alone: bool = False) -> list[MadeFile]:
    """Hands to MkDocs our styles and scripts, and every page and every file that ``docs/`` does not have; returns the latter two.

    Where the build ``is_alone`` in this process, some of the pages are being made from now on in a copy of it.
    """
    for path, asset in asset_files():
        files.append(File.generated(config, path, abs_src_path=str(asset)))
    added = []
    for maker in _ahead(makers_of(site)) if is_alone else makers_of(site):
        inclusion = InclusionLevel.INCLUDED if maker.short else InclusionLevel.NOT_IN_NAV
        if (left_out := files.src_uris.get(maker.path)) is not None:
            files.remove(left_out)
        added.append(_file(config, maker.path, inclusion))
        page = MadePage(maker, added[-1], config)
        if is_alone and can_wait(config):
            page.wait()
    for one in files_of(site):
        if one.path not in files.src_uris:
            added.append(_file(config, one.path, InclusionLevel.UNDEFINED))
            added[-1].source = one
    for file in added:
        files.append(file)
    return added


def _ahead(makers: list[Maker]) -> list[Maker]:
    """The same pages, in the same order."""
    made = iter(made_ahead([one for one in makers if not one.ours]))
    return [one if one.ours else next(made) for one in makers]


# Whoever else works on pages might ask what is on ours, which is not there yet.
_STEADY = {"search", "material/search", "trueup"}


def can_wait(config: MkDocsConfig) -> bool:
    """Whether nothing but the theme and ourselves has a say in what is on our pages, so that nobody misses one that is late."""
    others = set(config.plugins) - _STEADY or config.hooks or config.extra_templates or config.theme.custom_dir
    return config.theme.name == "material" and not others


def _file(config: MkDocsConfig, path: str, inclusion: InclusionLevel) -> MadeFile:
    file = MadeFile.generated(config, path, content="", inclusion=inclusion)
    assert isinstance(file, MadeFile)
    return file


def with_feed(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """A finished page that tells feed readers where the feed is."""
    head, end, body = output.partition("</head>")
    url, title = escaped(normalize_url(FEED, page)), escaped(config.site_name)
    # Two words: of a link that is nothing but "alternate" Material takes it that another language of the site lies there.
    return f'{head}<link rel="alternate feed" type="application/atom+xml" title="{title}" href="{url}">{end}{body}' if end else output


# How Material says, in English alone, that an address leads nowhere.
_LOST = "<h1>404 - Not found</h1>"


def in_readers_words(output: str, site: Site) -> str:
    """The page for addresses that lead nowhere, in the language of the site. A theme's or somebody's own page stays as it is."""
    _ = site.say
    told = html("<h1>{}</h1><p>{}</p>", _("There is no such page"), _("It may have been moved or renamed. The search will find it."))
    return output.replace(_LOST, told)
