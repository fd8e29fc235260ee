"""Builds the site, shows it, or writes its pages for another generator: what ``trueup site`` does."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

# Material tells whoever builds a site of its successor; a build that is a part of something else should not.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as build_mkdocs
from mkdocs.commands.serve import serve as serve_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from trueup.locale import Text, msg
from trueup.records.config import read_config
from trueup.records.tree import WorkingTree
from trueup.site import sources
from trueup.site.html import escaped
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.paths import file_of
from trueup.site.site import Site
from trueup.site.target import misplacement, refusal, strangers

CONFIG = "mkdocs.yml"

# Names every file that `generate` has written, so that the next call knows what is its own.
LEDGER = ".trueup-pages.json"

PLUGIN_LINES = "plugins:\n  - search\n  - trueup\n"


class SiteError(Exception):
    """Why there is no site, in words for whoever asked for one. ``lines`` are to be pasted into a file."""

    def __init__(self, text: Text, lines: str = "") -> None:
        super().__init__(str(text))
        self.text = text
        self.lines = lines


def build(root: Path, site_dir: Path | None = None, *, strict: bool = False, today: date | None = None) -> Path:
    """Builds the site of the workspace at ``root`` with MkDocs and returns its first page.

    With ``mkdocs.yml`` as the workspace has it, or one like that of `trueup init` where it has none. Raises SiteError.
    """
    with _configuration(root) as file:
        try:
            config = load_config(config_file=file, strict=strict or None, site_dir=str(site_dir) if site_dir else None)
            _set_day(config, today)
            _keep_files(root, config)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build_mkdocs(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, Abort) as error:
            raise SiteError(msg("MkDocs could not build the site: {reason}", reason=str(error))) from None
    return Path(config.site_dir, "index.html")


def serve(root: Path, address: str) -> None:
    """Shows the site at ``address`` (host:port) and builds it again as files change, until it is interrupted. Raises SiteError."""
    if not _is_address(address):
        raise SiteError(msg('"{address}" is no address; write host:port, as 127.0.0.1:8000', address=address))
    with _configuration(root) as file:
        try:
            serve_mkdocs(config_file=file, dev_addr=address)
        except (MkDocsException, Abort, OSError) as error:
            raise SiteError(msg("the site cannot be shown at {address}: {reason}", address=address, reason=str(error))) from None


def _is_address(text: str) -> bool:
    host, _, port = text.rpartition(":")
    return bool(host) and port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65536


def _set_day(config: MkDocsConfig, today: date | None) -> None:
    plugin = config.plugins.get("trueup")
    if plugin is None:
        missing = msg('"mkdocs.yml" does not name the plugin "trueup" under "plugins"; put these lines into it:')
        raise SiteError(missing, PLUGIN_LINES)
    if today is not None:
        plugin.config["today"] = today.isoformat()


def _keep_files(root: Path, config: MkDocsConfig) -> None:
    """MkDocs empties the folder that it writes to: it must be a site, or nothing yet."""
    folder = Path(config.site_dir)
    try:
        reason = refusal(root, folder, Path(config.docs_dir)) or strangers(folder)
    except OSError as error:
        reason = msg("cannot write {file}: {reason}", file=str(folder), reason=error.strerror or "")
    if reason:
        raise SiteError(reason)


@contextmanager
def _configuration(root: Path) -> Iterator[str]:
    """The workspace's ``mkdocs.yml``; where it has none one of our own, outside of the workspace."""
    if (root / CONFIG).is_file():
        yield str(root / CONFIG)
        return
    with tempfile.TemporaryDirectory(prefix="trueup-site-") as folder:
        docs = root / "docs" if (root / "docs").is_dir() else Path(folder, "docs")
        docs.mkdir(exist_ok=True)
        settings, _faults = read_config(WorkingTree(root))
        text = (sources.TEMPLATES / CONFIG).read_text(encoding="utf-8")
        for ours, theirs in (
            ('"{title}"', json.dumps(escaped(settings.title))),
            ("{language}", settings.language),
            ("docs_dir: docs", f"docs_dir: {json.dumps(str(docs))}"),
            ("site_dir: site", f"site_dir: {json.dumps(str(root / 'site'))}"),
            ("- trueup", f"- trueup: {{root: {json.dumps(str(root))}}}"),
        ):
            text = text.replace(ours, theirs)
        Path(folder, CONFIG).write_text(text, encoding="utf-8")
        yield str(Path(folder, CONFIG))


def generate(root: Path, target: Path, *, today: date | None = None) -> Path:
    """Writes every page as a Markdown file below ``target``, with the stylesheet and the script, and returns ``target``.

    Each page is an ``index.md`` in a folder of its own, so that links hold with any generator. A file of an earlier call
    that there is no page for any more is taken away; a file that somebody has put there since stays as it is. Raises
    SiteError where ``target`` holds files and none of them is from an earlier call, or lies where records are.
    """
    if reason := misplacement(root, target):
        raise SiteError(reason)
    earlier = _earlier_files(target)
    site = sources.read_site(root, root / "docs", (), today or sources.build_day(os.environ), "index")
    written = [path for path, content in _generated(site) if _write(target, path, content, earlier)]
    for path in sorted(earlier - set(written)):
        _take_away(target, path)
    _write(target, LEDGER, (json.dumps({"version": 1, "files": sorted(written)}, indent=1) + "\n").encode(), {LEDGER})
    return target


def _generated(site: Site) -> Iterator[tuple[str, bytes]]:
    for page in pages_of(site):
        yield file_of(page.path, "index"), markdown_of(page).encode(errors="replace")
    for path, asset in sources.asset_files():
        yield path, asset.read_bytes()


def markdown_of(page: Page) -> str:
    """A page as Markdown: front matter that YAML 1.1 and 1.2 read alike, and one line of HTML that every Markdown lets through.

    Signs that templates, macros and snippets look for are written as entities, which a browser shows as what they are.
    """
    meta = {"title": page.title, "description": page.description, "hide": ["toc"] if page.wide else []}
    front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in meta.items() if value)
    content = page.html.replace("{", "&#123;").replace("}", "&#125;").replace("--8", "&#45;-8").replace("\n", "&#10;")
    return f"---\n{front}---\n\n{content}\n"


def _earlier_files(target: Path) -> set[str]:
    """What an earlier call has written to ``target``."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return set()
    try:
        files = json.loads((target / LEDGER).read_bytes())["files"]
        return {file for file in files if isinstance(file, str)}
    except (OSError, ValueError, KeyError, TypeError):
        raise SiteError(_not_ours(target)) from None


def _not_ours(target: Path) -> Text:
    if not target.is_dir():
        return msg('"{folder}" is a file; name a new folder', folder=str(target))
    try:
        file = min((path.name for path in target.iterdir()), default=LEDGER)
    except OSError as error:
        return msg("cannot write {file}: {reason}", file=str(target), reason=error.strerror or "")
    return msg('"{folder}" holds "{file}", which is not from an earlier call; name a new folder', folder=str(target), file=file)


def _write(target: Path, path: str, content: bytes, own: set[str]) -> bool:
    """Writes a file whole or not at all, and never through a link that leads out of ``target``. False where the file that is
    there is not one of ``own``."""
    file = target / path
    if path not in own and os.path.lexists(file):
        return False
    try:
        if not file.parent.resolve().is_relative_to(target.resolve()):
            raise SiteError(msg('"{path}" leads out of the folder', path=str(file)))
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            part.write_bytes(content)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise SiteError(msg("cannot write {file}: {reason}", file=str(file), reason=error.strerror or "")) from None
    return True


def _take_away(target: Path, path: str) -> None:
    file = target / path
    if not file.parent.resolve().is_relative_to(target.resolve()):
        return
    with suppress(OSError):
        file.unlink()
        # A folder that is empty now was made for this page.
        file.parent.rmdir()
