"""The search index: our pages go into it as they are made, and it can be read from disk."""

from __future__ import annotations

import html
import json
from collections.abc import Collection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from trueup.site.page import Page

# Where Material looks for its index, and where a page opened from disk does.
INDEX_FILES = ("search/search_index.json", "search/search_index.js")

# How much a hit on a page below a folder counts against one in a record.
_WEIGHTS = {"handbook": 0.6, "manual": 0.3, "rules": 0.3}


def weigh(page: MkDocsPage) -> None:
    """Who searches in a workspace looks for what is written down there, before how it is written. A page that says its boost keeps it."""
    weight = _WEIGHTS.get(page.file.src_uri.partition("/")[0])
    said = page.meta.get("search") or {}
    if weight and isinstance(said, dict):
        page.meta["search"] = {"boost": weight, **said}


def index_page(made: Page, page: MkDocsPage, config: MkDocsConfig) -> None:
    """Puts a page of ours into Material's search index, which else would parse the markup that we have just made.

    MkDocs' own index, which other themes search in, has read the page by now as it reads any other.
    """
    search = config.plugins.get("material/search") or config.plugins.get("search")
    index: Any = getattr(search, "search_index", None)
    if type(index).__module__.startswith("material"):
        for anchor, title, words in made.sections():
            index.create_entry_for_section(SimpleNamespace(id=anchor or None, title=[title], text=[words]), [], page.url, page)


# Their script escapes a title itself; of any other theme that is not known, and a title stays escaped.
_ESCAPING_THEMES = ("mkdocs", "readthedocs")


def finish_index(config: MkDocsConfig, made: Collection[str]) -> None:
    """Brings the written index into the form that a reader needs. ``made`` are the addresses of our pages.

    A page opened from disk may not read the index, but it may run it.
    """
    index, runnable = (Path(config.site_dir, path) for path in INDEX_FILES)
    if not index.is_file():
        return
    text = index.read_text(encoding="utf-8")
    if config.theme.name in _ESCAPING_THEMES:
        text = _with_plain_titles(text, made)
        index.write_text(text, encoding="utf-8")
    runnable.write_text("var __index = " + text, encoding="utf-8")


def _with_plain_titles(text: str, made: Collection[str]) -> str:
    """The index with the titles of our pages as plain text: they went in as a theme writes them into a page, escaped."""
    whole = json.loads(text)
    for entry in whole["docs"]:
        if entry["location"].partition("#")[0] in made:
            entry["title"] = html.unescape(entry["title"])
    return json.dumps(whole, sort_keys=True, separators=(",", ":"))
