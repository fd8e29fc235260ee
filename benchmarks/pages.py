"""What whoever reads the site waits for: that a change is shown, that the first page comes; and what its charts cost.

    python benchmarks/pages.py DIR

prints how many seconds of processor time it takes to make all pages of the workspace in DIR, and how many of these its charts take.
"""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from invented import TODAY
from measure import environment

# What a page asks a server for while it opens: styles, its icon, scripts, pictures, and the script that searches.
_ASKED = re.compile(rb'<link[^>]+rel="(?:stylesheet|icon)"[^>]+href="([^"]+)|<(?:script|img)[^>]+src="([^"]+)|"search":\s*"([^"]+)')

_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Weight:
    """The bytes of a page, those of the ``requests`` that opening it takes, itself included, and what is left of them when a server
    compresses them. Without fonts and the index of the search."""

    page: int
    all: int
    sent: int
    requests: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How many seconds each of some changes took to be shown, what the first page weighs, and how many seconds of processor time
    all pages take and, of these, their charts."""

    shown: list[float]
    weight: Weight
    pages: float
    charts: float


def reading(command: Sequence[str], more: dict[str, str], place: Path, repeat: int) -> Reading:
    """The site of the workspace ``place``, which has been built there. Changes the workspace."""
    make = [sys.executable, __file__, str(place)]
    runs = [subprocess.run(make, check=True, capture_output=True, env=environment(more)).stdout.split() for _ in range(repeat)]
    pages, charts = min((float(pages), float(charts)) for pages, charts in runs)
    return Reading(_shown(command, more, place, repeat), weight(place / "site" / "index.html"), pages, charts)


def _shown(command: Sequence[str], more: dict[str, str], place: Path, repeat: int) -> list[float]:
    """From the moment in which a record is saved to that in which ``trueup site serve`` answers with it, for one record after the other."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = [*command, "site", "serve", "--address", address, "--today", TODAY.isoformat()]
    with subprocess.Popen(serve, cwd=place, env=environment(more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://{address}/index.html", "<h1")
            return [_seconds(address, file, number) for number, file in enumerate(sorted((place / "plans").glob("*"))[:repeat])]
        finally:
            server.terminate()


def _seconds(address: str, file: Path, number: int) -> float:
    url = f"http://{address}/plan/{file.stem}.html"
    _wait(url, "<h1")
    # The watch looks twice a second: each record is saved at another moment of that.
    time.sleep(0.3 + number % 5 / 10)
    file.write_text(re.sub("title: ", f"title: Changed {number} ", file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    saved = time.perf_counter()
    _wait(url, f"<h1>Changed {number} ")
    return time.perf_counter() - saved


def _wait(url: str, words: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.01)
    raise SystemExit(f"{url} has no {words!r} after {_PATIENCE} s")


def weight(page: Path) -> Weight:
    text = page.read_bytes()
    asked = {(page.parent / "".join(map(bytes.decode, one))).resolve() for one in _ASKED.findall(text)}
    contents = [file.read_bytes() for file in sorted({page.resolve(), *asked}) if file.is_file()]
    return Weight(len(text), sum(map(len, contents)), sum(len(gzip.compress(one, 6)) for one in contents), len(contents))


def make_all(place: Path) -> tuple[float, float]:
    """The seconds of processor time that all pages take, and those of them that are spent on charts."""
    charts = _Charts()
    charts.time_all()
    sources, pages, reference = map(import_module, ("trueup.site.sources", "trueup.site.pages", "trueup.cli.reference"))
    site = sources.read_site(place, place / "docs", (), TODAY, "file", reference.commands)
    begun = time.process_time()
    for _page in pages.pages_of(site):
        pass
    return time.process_time() - begun, charts.seconds


class _Charts:
    """Adds up the time in the functions that draw a chart."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def time_all(self) -> None:
        """To be called before anybody has imported one of them."""
        folder = Path(str(import_module("trueup.render.svg").__file__)).parent
        for module in (import_module(f"trueup.render.svg.{file.stem}") for file in sorted(folder.glob("[a-z]*.py"))):
            for name, function in vars(module).items():
                if name.endswith("_chart"):
                    setattr(module, name, self._timed(function))

    def _timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            begun, self._depth = time.process_time(), self._depth + 1
            try:
                return function(*arguments, **options)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.process_time() - begun

        return timed


if __name__ == "__main__":
    print(*make_all(Path(sys.argv[1])))
