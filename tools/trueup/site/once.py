"""Makes the theme render once what comes out the same: a part of it on many pages, a page that an earlier build had already."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import Any, Protocol

from jinja2 import BytecodeCache, Environment, TemplateNotFound
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig

from trueup.site.made import folder_outside_nav

# These parts are the same on the pages of all records of a kind: none of them is an entry of the navigation.
_PARTS = ("nav", "search", "palette", "icons")

# Other plugins may put something into a page that does not follow from what it is made from.
_STEADY = {"search", "material/search", "trueup"}


@dataclass(slots=True)
class Earlier:
    """What one build leaves to the next in the same process: compiled templates, and pages with what they were made from."""

    templates: dict[str, CodeType] = field(default_factory=dict)
    pages: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)


def render_once(env: Environment, config: MkDocsConfig, earlier: Earlier | None) -> None:
    """From now on ``env`` renders each part that many pages share once for all of them; with ``earlier``, no page of a record
    that comes out as it did then."""
    if earlier is not None:
        env.bytecode_cache = _Compiled(earlier.templates)
    for name in _PARTS:
        with suppress(TemplateNotFound):
            _repeat(env.get_template(f"partials/{name}.html"), _Part())
    if earlier is not None and set(config.plugins) <= _STEADY and not config.hooks and not config.theme.custom_dir:
        with suppress(TemplateNotFound):
            _repeat(env.get_template("main.html"), _Whole(earlier.pages, _settings(config)))


class _Compiled(BytecodeCache):
    """Jinja's cache of compiled templates, in memory; the source of a template is in its checksum."""

    def __init__(self, templates: dict[str, CodeType]) -> None:
        self._templates = templates

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._templates.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._templates[bucket.key + bucket.checksum] = bucket.code


class _Store(Protocol):
    """Where rendered text is, by the context it was rendered in."""

    def has(self, context: Any) -> bool:
        """Whether this may be repeated at all."""

    def find(self, context: Any) -> str | None: ...

    def keep(self, context: Any, text: str) -> None: ...


class _Part:
    """A part of the theme, by the folder of the page that it is on."""

    def __init__(self) -> None:
        self._texts: dict[str | None, str] = {}

    def has(self, context: Any) -> bool:
        return folder_outside_nav(context.get("page")) is not None

    def find(self, context: Any) -> str | None:
        return self._texts.get(folder_outside_nav(context.get("page")))

    def keep(self, context: Any, text: str) -> None:
        self._texts[folder_outside_nav(context.get("page"))] = text


class _Whole(_Part):
    """A page, by what it was made from: its content, the navigation around it, the settings. Held small, as there may be thousands."""

    def __init__(self, pages: dict[str, tuple[bytes, bytes]], settings: bytes) -> None:
        self._pages = pages
        self._settings = settings
        self._around = b""

    def find(self, context: Any) -> str | None:
        before, text = self._pages.get(context["page"].url, (b"", b""))
        return zlib.decompress(text).decode() if before == self._made_from(context) else None

    def keep(self, context: Any, text: str) -> None:
        # As MkDocs writes a page: half of a pair has no bytes.
        self._pages[context["page"].url] = self._made_from(context), zlib.compress(text.encode(errors="xmlcharrefreplace"), 1)

    def _made_from(self, context: Any) -> bytes:
        page = context["page"]
        self._around = self._around or blake2b(self._settings + str(context["nav"]).encode(errors="replace")).digest()
        return blake2b(self._around + repr((page.made, page.meta)).encode(errors="replace")).digest()


def _settings(config: MkDocsConfig) -> bytes:
    file = Path(config.config_file_path or "")
    return f"{config.site_name}\n{config.site_url}\n".encode() + (file.read_bytes() if file.is_file() else b"")


def _repeat(template: Any, store: _Store) -> None:
    """From now on ``template``, one of Jinja's, gives what ``store`` has instead of rendering it again.

    Works on the render function that Jinja compiles a template to ("low-level API" in its manual), because whoever renders or
    includes a template asks for nothing else of it.
    """
    render = template.root_render_func

    def render_or_repeat(context: Any, *args: Any, **options: Any) -> Iterator[str]:
        if not store.has(context):
            yield from render(context, *args, **options)
            return
        text = store.find(context)
        if text is None:
            text = "".join(render(context, *args, **options))
            store.keep(context, text)
        yield text

    template.root_render_func = render_or_repeat
