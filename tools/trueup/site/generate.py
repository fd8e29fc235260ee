"""Writes the pages for another generator: what ``trueup site generate`` does."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trueup.editing.writing import write_whole
from trueup.history.past import Past
from trueup.locale import Text, msg
from trueup.render.html import escaped
from trueup.site import sources
from trueup.site.failure import SiteError, cannot
from trueup.site.files import files_of
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.past import PastReader
from trueup.site.paths import file_of
from trueup.site.site import Site
from trueup.site.target import misplacement
from trueup.views.commands import CommandHelp

# Names every file that `generate` has written, so that the next call knows what is its own.
LEDGER = ".trueup-pages.json"


@dataclass(frozen=True, slots=True)
class Generated:
    """``kept`` are the files that somebody else has put where pages of ours belong: the pages were not written."""

    folder: Path
    kept: tuple[str, ...]


def generate(
    root: Path, target: Path, today: date, commands: Callable[[str], tuple[CommandHelp, ...]], past: Past | None = None
) -> Generated:
    """Writes every page as a Markdown file below ``target``, with the stylesheet, the script and what else the site holds.

    Each page is an ``index.md`` in a folder of its own, so that links hold with any generator. A file of an earlier call
    that there is no page for any more is taken away; a file that somebody has put there since stays as it is. Raises
    SiteError where ``target`` holds files and none of them is from an earlier call, or lies where records are. ``past`` is the
    state that ``root`` holds, where it is none on disk.
    """
    try:
        if reason := misplacement(root, target):
            raise SiteError(reason)
        earlier = _earlier_files(target)
        site = sources.read_site(root, root / "docs", (), today, "index", commands, past=PastReader(past))
        done = {path: _write(target, path, content, earlier) for path, content in _generated(site)}
        written = {path for path, was_written in done.items() if was_written}
        for path in sorted(earlier - written):
            _take_away(target, path)
        _write(target, LEDGER, (json.dumps({"version": 1, "files": sorted(written)}, indent=1) + "\n").encode(), {LEDGER})
    except OSError as error:
        raise cannot(error, target) from None
    return Generated(target, tuple(path for path in done if path not in written))


def _generated(site: Site) -> Iterator[tuple[str, bytes]]:
    for page in pages_of(site):
        yield file_of(page.path, "index"), markdown_of(page).encode(errors="replace")
    for file in files_of(site):
        yield file.path, file.content
    for path, asset in sources.asset_files():
        yield path, asset.read_bytes()


def markdown_of(page: Page) -> str:
    """A page as Markdown: front matter that YAML 1.1 and 1.2 read alike, and one line of HTML that every Markdown lets through.

    Title and description are escaped, as themes write them as they are. Signs that templates, macros and snippets look for
    are written as entities, which a browser shows as what they are.
    """
    front = "".join(
        f"{name}: {_quoted(escaped(text))}\n" for name, text in (("title", page.title), ("description", page.description)) if text
    )
    front += 'hide: ["toc"]\n' if page.wide else ""
    content = page.html.replace("{", "&#123;").replace("}", "&#125;").replace("--8", "&#45;-8").replace("\n", "&#10;")
    return f"---\n{front}---\n\n{content}\n"


# Half of a pair that makes one character elsewhere; YAML knows whole characters only.
_HALVES = re.compile("[\ud800-\udfff]")


def _quoted(text: str) -> str:
    """A text as JSON and YAML read it alike; what cannot be seen is written as its number."""
    shown = json.dumps(_HALVES.sub("\ufffd", text), ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}" for one in shown)


def _earlier_files(target: Path) -> set[str]:
    """What an earlier call has written to ``target``."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return set()
    ledger = target / LEDGER
    try:
        if not sources.is_plain_file(ledger):
            raise SiteError(_not_ours(target))
        files = json.loads(ledger.read_bytes())["files"]
        return {file for file in files if isinstance(file, str) and _is_plain(file)}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise SiteError(_not_ours(target)) from None


def _is_plain(path: str) -> bool:
    """Whether a path may be one that an earlier call has written down."""
    return path.isprintable() and not path.startswith("/") and posixpath.normpath(path) == path and path.split("/")[0] != ".."


def _not_ours(target: Path) -> Text:
    if not target.is_dir():
        return msg('"{folder}" is a file; name a new folder', folder=str(target))
    file = min((path.name for path in target.iterdir()), default=LEDGER)
    return msg('"{folder}" holds "{file}", which is not from an earlier call; name a new folder', folder=str(target), file=file)


def _write(target: Path, path: str, content: bytes, own: set[str]) -> bool:
    """Writes a file, and never through a link that leads out of ``target``. False where the file that is there is not one of
    ``own``."""
    file = target / path
    if path not in own and os.path.lexists(file):
        return False
    if not file.parent.resolve().is_relative_to(target.resolve()):
        raise SiteError(msg('"{path}" leads out of the folder', path=str(file)))
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, content)
    return True


def _take_away(target: Path, path: str) -> None:
    file = target / path
    if not file.parent.resolve().is_relative_to(target.resolve()):
        return
    with suppress(OSError):
        file.unlink()
        # A folder that is empty now was made for this page.
        file.parent.rmdir()
