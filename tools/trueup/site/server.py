"""Has pages made as they are asked for: a layer around MkDocs' local server."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from typing import Any

from trueup.site.later import Later

# A WSGI application (PEP 3333).
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def writing_first(application: Application, mount: str, latest: Callable[[], Later | None]) -> Application:
    """``application``, which serves the files of a site below the path ``mount``, with each file written before it is looked for.
    ``latest`` gives what the latest build has left to be written; None where that is nothing."""

    def answer(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        told: list[tuple[Any, ...]] = []
        while True:
            later = latest()
            if later is not None:
                for path in _files_for(request["PATH_INFO"], mount):
                    later.write(path)
            content = application(request, lambda *status: told.append(status))
            # A build that began in between has emptied the folder, and knows better what belongs there.
            if later is latest() or not told[-1][0].startswith("404"):
                start_response(*told[-1])
                return content

    return answer


def _files_for(asked: str, mount: str) -> tuple[str, ...]:
    """The files that a path may mean, from the site's top, as MkDocs' server understands it."""
    path = asked.encode("latin-1").decode("utf-8", "ignore")
    if not (path + "/").startswith(mount):
        return ()
    whole = posixpath.normpath("/" + path[len(mount) :]).lstrip("/")
    return whole, posixpath.join(whole, "index.html")
