"""Builds the site with MkDocs, or shows it: what ``trueup site build`` and ``trueup site serve`` do."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from os.path import lexists
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build as build_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import clean_directory

from trueup.history.past import Past
from trueup.locale import msg
from trueup.proposal import Proposal
from trueup.records.config import read_config
from trueup.records.dates import named_day
from trueup.records.tree import WorkingTree
from trueup.site import sources
from trueup.site.failure import SiteError, cannot
from trueup.site.later import Later
from trueup.site.made import can_wait
from trueup.site.once import Compiled
from trueup.site.past import PastReader
from trueup.site.server import writing_first
from trueup.site.target import refusal, strangers
from trueup.site.trust import inspect_settings

CONFIG = "mkdocs.yml"

PLUGIN_LINES = "plugins:\n  - search\n  - trueup\n"

log = logging.getLogger("mkdocs.trueup")


def build(
    root: Path,
    site_dir: Path | None = None,
    *,
    strict: bool = False,
    today: date | None = None,
    allow_code: bool = False,
    past: Past | None = None,
    proposal: Proposal | None = None,
) -> Path:
    """Builds the site of the workspace at ``root`` with MkDocs and returns its first page.

    With ``mkdocs.yml`` as the workspace has it, or one like that of `trueup init` where it has none. ``today`` is the day to
    build for, where it shall be another than the one that the plugin takes. ``past`` is the state that ``root`` holds,
    where it is none on disk; ``proposal`` is what the site says of it as one. Raises SiteError.
    """
    reader = PastReader(past)
    with suppress(ValueError):
        reader.begin(root, today or named_day(os.environ) or date.today())
    with _in_words(), _settings(root) as (file, options):
        if site_dir is not None:
            options["site_dir"] = str(site_dir)
        config = _loaded(root, file, options, today, strict=strict, allow_code=allow_code)
        folder = Path(config.site_dir)
        if reason := refusal(root, folder, Path(config.docs_dir)) or strangers(folder):
            raise SiteError(reason)
        plugin: Any = config.plugins["trueup"]
        plugin.is_alone = True
        plugin.past = reader
        plugin.proposal = proposal
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_mkdocs(config)
        finally:
            config.plugins.on_shutdown()
    return folder / "index.html"


@dataclass(slots=True)
class _Latest:
    """What the latest build has left for later; None where it has left nothing."""

    later: Later | None = None


def serve(root: Path, address: str, *, today: date | None = None, allow_code: bool = False) -> None:
    """Shows the site at ``address`` (host:port) and builds it again as files change, until it is interrupted. Raises SiteError.

    Pages are made when a browser asks for them, where nothing in ``mkdocs.yml`` may miss them before.
    """
    if not _is_address(address):
        raise SiteError(msg('"{address}" is no address; write host:port, as 127.0.0.1:8000', address=address))
    turn, compiled, latest, past = Lock(), Compiled(), _Latest(), PastReader()
    with _in_words(), _settings(root) as (file, options), tempfile.TemporaryDirectory(prefix="trueup-site-") as folder:

        def loaded() -> MkDocsConfig:
            # At each change, so that what may be in mkdocs.yml is asked again when somebody's branch has been fetched.
            config = _loaded(root, file, {**options, "site_dir": folder}, today, allow_code=allow_code)
            config.site_url = f"http://{address}{urlsplit(config.site_url or '').path.rstrip('/')}/"
            plugin: Any = config.plugins["trueup"]
            plugin.compiled = compiled
            plugin.past = past
            plugin.later = Later(turn) if can_wait(config) else None
            return config

        def renew(config: MkDocsConfig) -> None:
            with turn:
                if latest.later is not None:
                    latest.later.end()
                plugin: Any = config.plugins["trueup"]
                later: Later | None = plugin.later
                if later is not None:
                    # Of an empty folder MkDocs takes it that all has been modified, but for what says of itself that it waits.
                    clean_directory(folder)
                build_mkdocs(config, serve_url=config.site_url, dirty=later is not None)
                latest.later = later

        def rebuild() -> None:
            try:
                renew(loaded())
            except SiteError as error:
                log.error(str(error))
                raise Abort(str(error)) from None

        config = loaded()
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            with _not_warned_of_what_is_left():
                renew(config)
                _serve(config, address, folder, rebuild, lambda: latest.later)
        finally:
            config.plugins.on_shutdown()


def _serve(config: MkDocsConfig, address: str, folder: str, rebuild: Callable[[], None], latest: Callable[[], Later | None]) -> None:
    host, _, port = address.rpartition(":")
    mount = urlsplit(config.site_url or "/").path
    try:
        server = LiveReloadServer(rebuild, host.strip("[]"), int(port), folder, mount)
    except OSError as error:
        raise _not_shown(address, error) from None
    server.error_handler = lambda code: _content(Path(folder, f"{code}.html"))
    server.set_app(writing_first(server.serve_request, mount, latest))
    for path in (config.docs_dir, config.config_file_path, *config.watch):
        server.watch(str(path))
    server = config.plugins.on_serve(server, config=config, builder=rebuild)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        raise _not_shown(address, error) from None
    finally:
        server.shutdown()


@contextmanager
def _not_warned_of_what_is_left() -> Iterator[None]:
    """Without MkDocs' warning that a build which leaves pages out may lead to wrong ones: none is left as it was."""
    logger = logging.getLogger(build_mkdocs.__module__)

    def matters(record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.getMessage()

    logger.addFilter(matters)
    try:
        yield
    finally:
        logger.removeFilter(matters)


def _not_shown(address: str, error: OSError) -> SiteError:
    return SiteError(msg("the site cannot be shown at {address}: {reason}", address=address, reason=error.strerror or str(error)))


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _is_address(text: str) -> bool:
    host, _, port = text.rpartition(":")
    return bool(host) and port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65536


def _loaded(
    root: Path, file: Path, options: dict[str, Any], today: date | None, *, strict: bool = False, allow_code: bool = False
) -> MkDocsConfig:
    """The settings, for the day ``today`` if it is given."""
    if not inspect_settings(root, file, allow_code=allow_code):
        # MkDocs wants one. The plugin puts the workspace's title into its place.
        options = {**options, "site_name": ""}
    try:
        # MkDocs takes apart what it is given, and each build starts from the same.
        config = load_config(config_file=str(file), strict=strict or None, **deepcopy(options))
    except (MkDocsException, OSError):
        raise
    except Exception as error:
        # What other plugins and extensions raise about settings that they cannot use.
        raise SiteError(msg("MkDocs could not build the site:"), f"{type(error).__name__}: {error}") from None
    plugin = config.plugins.get("trueup")
    if plugin is None:
        missing = msg('"mkdocs.yml" does not name the plugin "trueup" under "plugins"; put these lines into it:')
        raise SiteError(missing, PLUGIN_LINES)
    if today is not None:
        plugin.config["today"] = today.isoformat()
    return config


@contextmanager
def _settings(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The workspace's ``mkdocs.yml``; where it has none one of our own, outside of the workspace, with what else MkDocs must know."""
    if lexists(root / CONFIG):
        yield root / CONFIG, {}
        return
    with tempfile.TemporaryDirectory(prefix="trueup-site-") as folder:
        docs = root / "docs" if (root / "docs").is_dir() else Path(folder, "docs")
        docs.mkdir(exist_ok=True)
        settings, _faults = read_config(WorkingTree(root))
        text = (sources.TEMPLATES / CONFIG).read_text(encoding="utf-8").replace("{language}", settings.language)
        file = Path(folder, CONFIG)
        file.write_text(text, encoding="utf-8")
        plugins = ["search", {"trueup": {"root": str(root)}}]
        yield file, {"docs_dir": str(docs), "site_dir": str(root / "site"), "plugins": plugins}


class _Errors(logging.Handler):
    """Collects what MkDocs tells as errors, as its exceptions seldom say more than that there were some; passes on warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.lines.append(record.getMessage())
        elif logging.lastResort is not None and not logging.getLogger().handlers:
            logging.lastResort.handle(record)


@contextmanager
def _in_words() -> Iterator[None]:
    """Makes a SiteError of whatever keeps MkDocs from its work."""
    errors = _Errors()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(errors)
    try:
        yield
    except (MkDocsException, UnicodeDecodeError) as error:
        # What the plugin says in its own words comes behind what MkDocs makes of it.
        reason = getattr(error.__context__, "__cause__", None)
        if isinstance(reason, SiteError):
            raise reason from None
        raise SiteError(msg("MkDocs could not build the site:"), "\n".join(errors.lines) or str(error)) from None
    except OSError as error:
        raise cannot(error) from None
    finally:
        logger.removeHandler(errors)
