"""Leaves pages until somebody asks for them, so that what a change has made new is there at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from threading import Lock
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from trueup.site.made import MadeFile, MadePage
from trueup.site.search import INDEX_FILES, index_page, weigh


class Later:
    """What one build has left. ``turn`` is held while a page is made, and by whoever builds again: nothing of MkDocs is made for two
    at a time."""

    def __init__(self, turn: Lock) -> None:
        self._turn = turn
        self._indexing = Lock()
        self._is_over = False
        self._waiting: dict[str, MadeFile] = {}

    def begin(self, files: Iterable[MadeFile]) -> None:
        """From now on these files wait."""
        for file in files:
            file.waits = True
            self._waiting[file.dest_uri] = file
        self._unindexed = deque(file.page for file in self._waiting.values() if isinstance(file.page, MadePage))

    def surround(self, config: MkDocsConfig, nav: Navigation, env: Environment, files: Files) -> None:
        """Says what stands around the pages, as soon as MkDocs has it."""
        self._config, self._nav, self._env, self._files = config, nav, env, files

    def end(self) -> None:
        """Another build begins, and has the folder for itself. To be called by whoever has the ``turn``."""
        self._is_over = True

    def write(self, path: str) -> None:
        """Sees to it that the file at ``path``, from the site's top, is as a whole build would have written it."""
        if path in INDEX_FILES:
            self._write_index()
        elif path in self._waiting:
            with self._turn:
                file = self._waiting.get(path)
                if file is not None and not self._is_over:
                    self._write(file)
                    del self._waiting[path]

    def _write(self, file: MadeFile) -> None:
        if isinstance(file.page, MadePage):
            # As MkDocs writes a page: half of a pair has no bytes.
            file.content_bytes = self._rendered(file.page).encode(errors="xmlcharrefreplace")
        file.copy_file()

    def _rendered(self, page: MadePage) -> str:
        """A page as MkDocs renders it."""
        plugins, config = self._config.plugins, self._config
        page.read_source(config)
        page.render(config, self._files)
        page.active = True
        try:
            context: Any = get_context(self._nav, self._files.documentation_pages(), config, page)
            context = plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            output = self._env.get_template("main.html").render(context)
            return plugins.on_post_page(output, page=page, config=config)
        finally:
            page.active = False

    def _write_index(self) -> None:
        """Makes every page for the sake of its words. A page that somebody wants to see comes first."""
        with self._indexing:
            while self._unindexed:
                with self._turn:
                    if self._is_over:
                        return
                    page = self._unindexed.popleft()
                    page.read_source(self._config)
                    weigh(page)
                    index_page(page.made, page, self._config)
                    if not self._unindexed:
                        self._config.plugins.on_post_build(config=self._config)
                time.sleep(0)
