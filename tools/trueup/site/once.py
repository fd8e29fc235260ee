"""Makes a part of a theme that is the same on many pages be rendered once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def render_once(template: Any, key: Callable[[Any], str | None]) -> None:
    """From now on ``template``, one of Jinja's, where others include it, is rendered once for each key; ``key`` makes one of the page that
    is being rendered, None for a page that must have its own.

    Works on the render function that Jinja compiles a template to ("low-level API" in its manual), because an include asks
    for nothing else of a template.
    """
    render = template.root_render_func
    rendered: dict[str, str] = {}

    def render_or_repeat(context: Any, *args: Any, **options: Any) -> Iterator[str]:
        found = key(context.get("page"))
        if found is None:
            yield from render(context, *args, **options)
            return
        if found not in rendered:
            rendered[found] = "".join(render(context, *args, **options))
        yield rendered[found]

    template.root_render_func = render_or_repeat
