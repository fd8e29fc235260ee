"""The MkDocs plugin: hands the pages to MkDocs as files that were never on disk."""

from __future__ import annotations

import logging
import os
import posixpath
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateNotFound
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from trueup.records.dates import date_of
from trueup.site import sources
from trueup.site.html import escaped
from trueup.site.nav import navigation
from trueup.site.once import render_once
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.search import finish_index, index_page
from trueup.site.site import Site
from trueup.site.target import leave_mark, refusal

log = logging.getLogger("mkdocs.plugins.trueup")


class TrueupConfig(Config):  # type: ignore[no-untyped-call]
    """``root`` is the workspace, by default the folder of mkdocs.yml; ``today`` the day to build for."""

    root = config_options.Type(str, default=".")
    today = config_options.Optional(config_options.Type(str))


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


class TrueupPlugin(BasePlugin[TrueupConfig]):  # type: ignore[no-untyped-call]
    """Adds a page for every record, and what goes with them."""

    site: Site
    _files: Mapping[str, File]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if found := next(sources.linked_folders(Path(config.docs_dir)), None):
            raise PluginError(f"'{found}' is a symbolic link to a folder, which is not published. Put the folder itself in its place.")
        if config.theme.name == "material" and "palette" not in config.theme:
            config.theme["palette"] = sources.palette(str(config.theme.get("language", "en")))
        # The words that Chinese search is made of come from a library that tells of its dictionary at every start.
        logging.getLogger("jieba").setLevel(logging.WARNING)
        config.extra_css.insert(0, sources.STYLESHEET)
        config.extra_javascript.append(sources.SCRIPT)
        # The only scripts that Material loads before its own: search from disk needs its stand-in to be there first.
        config.extra["polyfills"] = [*config.extra.get("polyfills", []), sources.OFFLINE]
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        if reason := refusal(self._root(config), Path(config.site_dir), Path(config.docs_dir)):
            raise PluginError(str(reason))
        leave_mark(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        docs_dir = Path(config.docs_dir)
        for file in [file for file in files if file.src_dir == config.docs_dir and os.path.islink(docs_dir / file.src_uri)]:
            log.warning(f"'{file.src_uri}' in {docs_dir.name}/ is a symbolic link and is left out.")
            files.remove(file)
        docs = {file.src_uri: file for file in files.documentation_pages()}
        today = date_of(self.config.today) or sources.build_day(os.environ)
        self.site = sources.read_site(self._root(config), docs_dir, docs, today, "directory" if config.use_directory_urls else "file")
        for path, asset in sources.asset_files():
            files.append(File.generated(config, path, abs_src_path=str(asset)))
        for page in pages_of(self.site):
            inclusion = InclusionLevel.INCLUDED if page.short else InclusionLevel.NOT_IN_NAV
            if (left_out := files.src_uris.get(page.path)) is not None:
                files.remove(left_out)
            file = File.generated(config, page.path, content="", inclusion=inclusion)
            MadePage(page, file, config)
            files.append(file)
        if config.nav is None:
            config.nav = navigation(self.site, (path for path, file in docs.items() if file.inclusion.is_in_nav()))  # type: ignore[no-untyped-call]
        self._files = files.src_uris
        return files

    def _root(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path or ".").parent / self.config.root

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """These parts are the same on the pages of all records of a kind: none of them is an entry of the navigation."""
        for name in ("nav", "search", "palette", "icons"):
            with suppress(TemplateNotFound):
                render_once(env.get_template(f"partials/{name}.html"), _folder_outside_nav)

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> None:
        if isinstance(page, MadePage):
            index_page(page.made, page, config)
        self._mark(page, active=True)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> None:
        self._mark(page, active=False)

    def _mark(self, page: MkDocsPage, *, active: bool) -> None:
        """On the page of a record, the list that it belongs to is the current entry of the navigation."""
        folder = _folder_outside_nav(page)
        above = self._files.get(f"{folder}/index.md") if folder else None
        if above is not None and above.page is not None:
            above.page.active = active

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        finish_index(config, {file.page.url for file in self._files.values() if isinstance(file.page, MadePage)})

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        watched = (self._root(config) / path for path in (*sources.record_folders(self.site.workspace), "trueup.yaml"))
        for path in filter(Path.exists, watched):
            server.watch(str(path))
        return server


def _folder_outside_nav(page: Any) -> str | None:
    """The folder of a page of ours that is no entry of the navigation; None for any other page."""
    return posixpath.dirname(page.file.src_uri) if isinstance(page, MadePage) and not page.made.short else None
