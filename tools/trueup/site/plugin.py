"""The MkDocs plugin: hands the pages to MkDocs as files that were never on disk."""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from trueup.cli.reference import commands
from trueup.locale import Text, msg
from trueup.proposal import Proposal
from trueup.records.config import read_config
from trueup.records.dates import named_day
from trueup.records.tree import WorkingTree
from trueup.render.html import escaped
from trueup.site import sources
from trueup.site.failure import SiteError
from trueup.site.later import Later
from trueup.site.made import MadePage, add_made, folder_outside_nav, in_readers_words, with_feed
from trueup.site.nav import navigation
from trueup.site.once import Compiled, render_once
from trueup.site.past import PastReader
from trueup.site.paths import UrlStyle
from trueup.site.search import finish_index, index_page, weigh
from trueup.site.site import Site
from trueup.site.target import leave_mark, refusal, strangers

log = logging.getLogger("mkdocs.plugins.trueup")


class TrueupConfig(Config):  # type: ignore[no-untyped-call]
    """``root`` is the workspace, by default the folder of mkdocs.yml; ``today`` the day to build for."""

    root = config_options.Type(str, default=".")
    today = config_options.Optional(config_options.Type((str, date)))


class TrueupPlugin(BasePlugin[TrueupConfig]):  # type: ignore[no-untyped-call]
    """Adds a page for every record, and what goes with them."""

    site: Site
    # What one build leaves to the next or for later, None for a build by itself; one that is alone in its process may copy it.
    compiled: Compiled | None = None
    later: Later | None = None
    is_alone = False
    past: PastReader | None = None
    proposal: Proposal | None = None
    _files: Files

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not (self._root(config) / "trueup.yaml").is_file():
            raise _refused(msg('the plugin "trueup" has "root: {root}", and there is no trueup.yaml there', root=self.config.root))
        try:
            self._day()
        except ValueError as error:
            raise _refused(msg("the day to build for is no day: {reason}", reason=str(error))) from None
        if not config.site_name.strip():
            config.site_name = escaped(read_config(WorkingTree(self._root(config)))[0].title)
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
        target = Path(config.site_dir)
        if reason := refusal(self._root(config), target, Path(config.docs_dir)) or strangers(target):
            raise _refused(reason)
        leave_mark(target)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        docs_dir = Path(config.docs_dir)
        for file in [file for file in files if file.src_dir == config.docs_dir and not sources.is_plain_file(docs_dir / file.src_uri)]:
            log.warning(f"'{file.src_uri}' in {docs_dir.name}/ is a symbolic link or no file and is left out.")
            files.remove(file)
        docs = {file.src_uri: file for file in files.documentation_pages()}
        urls: UrlStyle = "directory" if config.use_directory_urls else "file"
        where = (self._root(config), docs_dir, docs, self._day(), urls, commands, config.site_url or "")
        self.site = sources.read_site(*where, past=self.past or PastReader(), proposal=self.proposal)
        made = add_made(files, self.site, config, is_alone=self.is_alone)
        if self.later is not None:
            self.later.begin(made)
        if config.nav is None:
            config.nav = navigation(self.site, (path for path, file in docs.items() if file.inclusion.is_in_nav()))  # type: ignore[no-untyped-call]
        self._files = files
        return files

    def _day(self) -> date:
        """The day to build for: the one of the settings, the one of reproducible builds, today. Raises ValueError."""
        return date.fromisoformat(str(self.config.today)) if self.config.today else named_day(os.environ) or date.today()

    def _root(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path or ".").parent / self.config.root

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        self._nav = nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        render_once(env, self.compiled)
        if self.later is not None:
            self.later.surround(config, self._nav, env, files)

    @event_priority(50)  # before the search takes the page in
    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> None:
        if isinstance(page, MadePage):
            page.complete(config, self._files)
        weigh(page)
        if isinstance(page, MadePage) and self.later is None:
            index_page(page.made, page, config)
        self._mark(page, active=True)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        self._mark(page, active=False)
        return with_feed(output, page, config)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return in_readers_words(output, self.site) if template_name == "404.html" else output

    def _mark(self, page: MkDocsPage, *, active: bool) -> None:
        """On the page of a record, the list that it belongs to is the current entry of the navigation."""
        folder = folder_outside_nav(page)
        above = self._files.src_uris.get(f"{folder}/index.md") if folder else None
        if above is not None and above.page is not None:
            above.page.active = active

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        finish_index(config, {file.page.url for file in self._files if isinstance(file.page, MadePage)})

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        for path in sources.watched(self._root(config), self.site.workspace):
            server.watch(str(path))
        return server


def _refused(text: Text) -> PluginError:
    """For MkDocs in English; who asked for the site finds the words of any language behind it."""
    error = PluginError(str(text))
    error.__cause__ = SiteError(text)
    return error
