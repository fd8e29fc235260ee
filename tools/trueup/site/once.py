"""Makes the theme render once what comes out the same: a part of it on many pages, a template that an earlier build had already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateNotFound
from jinja2.bccache import Bucket

from trueup.site.made import folder_outside_nav

# These parts are the same on the pages of all records of a kind: none of them is an entry of the navigation.
_PARTS = ("nav", "search", "palette", "icons")


class Compiled(BytecodeCache):
    """Templates that one build leaves to the next in the same process, compiled; the source of a template is in its checksum."""

    def __init__(self) -> None:
        self._templates: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._templates.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._templates[bucket.key + bucket.checksum] = bucket.code


def render_once(env: Environment, compiled: Compiled | None) -> None:
    """From now on ``env`` renders each part that many pages share once for all of them."""
    if compiled is not None:
        env.bytecode_cache = compiled
    for name in _PARTS:
        with suppress(TemplateNotFound):
            _repeat(env.get_template(f"partials/{name}.html"))


def _repeat(template: Any) -> None:
    """From now on ``template``, one of Jinja's, gives what it gave for another page of the same folder instead of rendering it again.

    Works on the render function that Jinja compiles a template to ("low-level API" in its manual), because whoever renders or
    includes a template asks for nothing else of it.
    """
    render = template.root_render_func
    texts: dict[str, str] = {}

    def render_or_repeat(context: Any, *args: Any, **options: Any) -> Iterator[str]:
        folder = folder_outside_nav(context.get("page"))
        if folder is None:
            yield from render(context, *args, **options)
            return
        if folder not in texts:
            texts[folder] = "".join(render(context, *args, **options))
        yield texts[folder]

    template.root_render_func = render_or_repeat
