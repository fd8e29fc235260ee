"""The search index: our pages go into it as they are made, and it can be read from disk."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from trueup.site.page import Page


def index_page(made: Page, page: MkDocsPage, config: MkDocsConfig) -> None:
    """Puts a page of ours into Material's search index, which else would parse the markup that we have just made.

    MkDocs' own index, which other themes search in, has read the page by now as it reads any other.
    """
    search = config.plugins.get("material/search") or config.plugins.get("search")
    index: Any = getattr(search, "search_index", None)
    if type(index).__module__.startswith("material"):
        for anchor, title, words in made.sections():
            index.create_entry_for_section(SimpleNamespace(id=anchor or None, title=[title], text=[words]), [], page.url, page)


def write_script(site_dir: Path) -> None:
    """A page opened from disk may not read the search index, but it may run it."""
    index = site_dir / "search" / "search_index.json"
    if index.is_file():
        index.with_suffix(".js").write_text("var __index = " + index.read_text(encoding="utf-8"), encoding="utf-8")
