"""Reads what a site is made from: the workspace, its findings, the pages in docs/, the pages that come with trueup."""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from trueup.checks.runner import check
from trueup.locale import language_of, translator
from trueup.proposal import Proposal
from trueup.records.config import CONFIG_FILE, docs_folder
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.site.past import PastReader
from trueup.site.paths import UrlStyle
from trueup.site.site import Docs, Site, site_of
from trueup.views.commands import CommandHelp

ASSETS = Path(__file__).parent / "assets"
TEMPLATES = Path(__file__).parent / "templates"

# Where the site keeps its own stylesheet and scripts, from the top.
STYLESHEET = "assets/trueup/trueup.css"
SCRIPT = "assets/trueup/trueup.js"
OFFLINE = "assets/trueup/offline.js"


def read_site(
    root: Path,
    docs_dir: Path,
    paths: Iterable[str],
    today: date,
    urls: UrlStyle,
    commands: Callable[[str], tuple[CommandHelp, ...]],
    address: str = "",
    *,
    past: PastReader | None = None,
    proposal: Proposal | None = None,
) -> Site:
    """The workspace at ``root`` as a site. ``paths``: the Markdown pages below ``docs_dir`` that the site has already.
    ``commands`` gives those of trueup in a language. ``address`` is where the site will be read, where that is known.
    ``past`` reads what git knows of it, and ``proposal`` says what it means, where it is one."""
    workspace = load(WorkingTree(root))
    pages = frozenset(paths)
    handbook, manual = (tuple(_in_order(docs_dir, pages, folder)) for folder in ("handbook", "manual"))
    language = workspace.config.language
    docs = Docs(pages, handbook, manual, _rules(language), tuple(_named(docs_dir, pages, "manual")), commands(language))
    found = check(workspace, today)
    known = past.read(root, workspace, today) if past else None
    return site_of(workspace, found, today, docs, urls, address and address.rstrip("/") + "/", past=known, proposal=proposal)


def asset_files() -> Iterator[tuple[str, Path]]:
    """The stylesheet and the scripts of the site, by its place in it."""
    for place in (STYLESHEET, SCRIPT, OFFLINE):
        yield place, ASSETS / place.rpartition("/")[2]


def record_folders(workspace: Workspace) -> list[str]:
    """The folders that hold records and schemas, from the root; never the root itself, which a kind's files may lie in."""
    folders = {folder for kind in workspace.kinds.values() for folder in kind.files.folders if folder} | {"schemas"}
    return sorted(folder for folder in folders if not any(folder.startswith(other + "/") for other in folders))


_LINK = re.compile(r"\]\(([\w./-]+\.md)(?:#[^()\n]*)?\)")
_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)


def _in_order(docs_dir: Path, pages: frozenset[str], folder: str) -> Iterator[tuple[str, str]]:
    """The pages of a folder with their titles, in the order in which its first page names them; the others follow."""
    texts = {path: _text(docs_dir / path) for path in sorted(pages) if path.startswith(folder + "/") and path.count("/") == 1}
    for path in dict.fromkeys((f"{folder}/index.md", *_named(docs_dir, pages, folder), *texts)):
        if path in texts:
            title = _HEADING.search(texts[path])
            yield path, title.group(1) if title else path.rpartition("/")[2].removesuffix(".md")


def _named(docs_dir: Path, pages: frozenset[str], folder: str) -> Iterator[str]:
    """Where the links of a folder's first page lead, as paths below ``docs/``, in their order."""
    first = f"{folder}/index.md"
    for link in _LINK.findall(_text(docs_dir / first)) if first in pages else ():
        yield posixpath.normpath(f"{folder}/{link}")


def _rules(language: str) -> dict[str, str]:
    """The pages on rules, by name, in the workspace's language."""
    return {file.stem: _text(file) for file in sorted((docs_folder(language) / "rules").glob("*.md"))}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def watched(root: Path, workspace: Workspace) -> list[Path]:
    """What a site has to be built again for."""
    files = (path for path in workspace.paths if "/" not in path)
    return [root / path for path in (*record_folders(workspace), CONFIG_FILE, *files) if (root / path).exists()]


def is_plain_file(path: Path) -> bool:
    """Whether a file stands there: no link, and nothing that a reader would wait at for ever."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def linked_folders(docs_dir: Path) -> Iterator[str]:
    """The folders of docs/ that are symbolic links, docs/ itself included: MkDocs would publish whatever they lead to."""
    if os.path.islink(docs_dir):
        yield docs_dir.name
    for folder, inside, _files in os.walk(docs_dir):
        yield from (
            os.path.relpath(os.path.join(folder, name), docs_dir.parent)
            for name in sorted(inside)
            if os.path.islink(os.path.join(folder, name))
        )


def palette(language: str) -> list[dict[str, Any]]:
    """Material's settings for a light and a dark page, as the reader's system asks, with a button to change it."""
    _ = translator(language_of(language))
    schemes = (("light", "default", "material/weather-night", _("Dark page")), ("dark", "slate", "material/weather-sunny", _("Light page")))
    return [
        {
            "media": f"(prefers-color-scheme: {wish})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": icon, "name": name},
        }
        for wish, scheme, icon, name in schemes
    ]
