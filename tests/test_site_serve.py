"""Showing the site as it is written: pages that wait until somebody asks for them, and builds that come in between."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest

from conftest import TODAY, Written
from test_site_pages import SHOP

pytest.importorskip("mkdocs")

from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from trueup.site.build import build, serve
from trueup.site.failure import SiteError
from trueup.site.later import Later
from trueup.site.made import can_wait
from trueup.site.paths import csv_of
from trueup.site.server import writing_first

Write = Callable[[Mapping[str, str | bytes]], Written]

MKDOCS = """\
site_name: Shop
use_directory_urls: {urls}
theme: {{name: material, font: false}}
plugins: [search, trueup]
"""


def ask(server: LiveReloadServer, path: str) -> str:
    """What a browser is told, with the status before it."""
    told: list[tuple[Any, ...]] = []
    asked = {"PATH_INFO": ("/" + path).encode().decode("latin-1")}
    content = b"".join(server.get_app()(asked, lambda *status: told.append(status)))
    return f"{told[-1][0]}\n{content.decode(errors='replace')}"


def files(server: LiveReloadServer) -> dict[str, bytes]:
    """What is there without being asked for."""
    return files_in(Path(server.root))


def files_in(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, Callable[[LiveReloadServer], None]], None]:
    """Serves a workspace without a network for as long as ``use`` takes."""

    def show(root: Path, use: Callable[[LiveReloadServer], None]) -> None:
        class Server(LiveReloadServer):
            def serve(self, *, open_in_browser: bool = False) -> None:
                use(self)

        monkeypatch.setattr("trueup.site.build.LiveReloadServer", Server)
        serve(root, "127.0.0.1:8000", today=TODAY)

    return show


Show = Callable[[Path, Callable[[LiveReloadServer], None]], None]


def test_serve__builds_again_as_files_change_and_asks_again_what_may_be_run(workspace: Write, shown: Show) -> None:
    root = workspace({**SHOP, "mkdocs.yml": MKDOCS.format(urls="false"), "docs/index.md": "# x"}).root
    seen: set[str] = set()

    def use(server: LiveReloadServer) -> None:
        seen.update(str(Path(path).relative_to(root)) for path in server._watched_paths)
        assert ask(server, "goal/new.html").startswith("404")
        (root / "goals" / "new.md").write_text("---\ntitle: Newest goal\nperiod: 2026-Q4\nstatus: active\n---\n", encoding="utf-8")
        server.builder()
        assert "Newest goal" in ask(server, "goal/new.html")
        (root / "goals" / "new.md").unlink()
        server.builder()
        assert ask(server, "goal/new.html").startswith("404")
        (root / "mkdocs.yml").write_text(MKDOCS.format(urls="false") + "hooks: [evil.py]\n", encoding="utf-8")
        with pytest.raises(Abort, match="can run code"):
            server.builder()

    shown(root, use)
    assert {"docs", "mkdocs.yml", "goals", "trueup.yaml"} <= seen


def test_serve__without_the_plugin_says_so(workspace: Write) -> None:
    root = workspace({**SHOP, "mkdocs.yml": "site_name: x\n", "docs/index.md": "# x"}).root
    with pytest.raises(SiteError, match='does not name the plugin "trueup"'):
        serve(root, "127.0.0.1:8000")


def test_serve__makes_no_page_before_somebody_asks_and_warns_of_nothing(
    workspace: Write, shown: Show, capfd: pytest.CaptureFixture[str]
) -> None:
    def use(server: LiveReloadServer) -> None:
        made = [path for path in files(server) if path.endswith((".html", ".csv", ".xml"))]
        assert made == ["404.html", "handbook/index.html", "sitemap.xml"]
        assert "<h1>Dinner at nine</h1>" in ask(server, "goal/2026-q4-dinner/")
        assert ask(server, "goal/index").startswith("404")
        assert ask(server, "team").startswith("302"), "as MkDocs' server tells a folder"
        assert "goal/2026-q4-dinner" in ask(server, "search/search_index.json")
        assert "var __index" in ask(server, "search/search_index.js")
        assert ask(server, csv_of("goal")).startswith("200")

    shown(workspace({**SHOP, "mkdocs.yml": MKDOCS.format(urls="true"), "docs/handbook/index.md": "# x"}).root, use)
    assert "dirty" not in capfd.readouterr().err


def test_serve__without_settings_gives_what_a_build_gives(workspace: Write, shown: Show, tmp_path: Path) -> None:
    root = workspace(SHOP).root
    goal = root / "goals" / "2026-q4-dinner.md"

    def use(server: LiveReloadServer) -> None:
        # Twice, so that what is kept from the first build is used.
        for title in ("Supper at ten", "Supper at eleven"):
            goal.write_text(re.sub("(?m)^title: .*$", f"title: {title}", goal.read_text(encoding="utf-8")), encoding="utf-8")
            server.builder()
            assert title in ask(server, "goal/2026-q4-dinner.html")
        whole = files_in(build(root, tmp_path / "whole", today=TODAY).parent)
        pages = [path for path in whole if path.endswith(".html") and path != "404.html"]
        assert len(pages) > 30
        # Each says elsewhere at which address it is read.
        assert [path for path in pages if article(ask(server, path)) != article(whole[path].decode())] == []

    shown(root, use)


def article(page: str) -> str:
    return page[page.index("<article") : page.index("</article>")]


# --- The same bytes --------------------------------------------------------------------------------------------------


def retitled(root: Path, dice: random.Random) -> None:
    file = dice.choice([file for file in records(root) if "title: " in file.read_text(encoding="utf-8")])
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", f"title: New {dice.randint(0, 99)} ", 1), encoding="utf-8")


def told_more(root: Path, dice: random.Random) -> None:
    file = dice.choice([file for file in records(root) if file.suffix == ".md"])
    file.write_text(file.read_text(encoding="utf-8") + f"\nSee [[goal/2026-q4-dinner]], {dice.randint(0, 99)} times.\n", encoding="utf-8")


def taken_away(root: Path, dice: random.Random) -> None:
    dice.choice(records(root)).unlink()


def broken(root: Path, dice: random.Random) -> None:
    dice.choice(records(root)).write_text("---\ntitle: [\n---\n", encoding="utf-8")


def doubled(root: Path, dice: random.Random) -> None:
    file = dice.choice(records(root))
    (file.parent / f"x{dice.randint(0, 99)}-{file.name}").write_bytes(file.read_bytes())


def renamed(root: Path, dice: random.Random) -> None:
    (root / "trueup.yaml").write_text(f"title: Shop {dice.randint(0, 99)}\nlanguage: {dice.choice(['en', 'zh'])}\n", encoding="utf-8")


def documented(root: Path, dice: random.Random) -> None:
    target = dice.choice(["../goal/index.md", "../findings.md", "index.md"])
    (root / "docs/handbook/more.md").write_text(f"# More {dice.randint(0, 99)}\n\n[there]({target})\n", encoding="utf-8")


EDITS = (retitled, told_more, taken_away, broken, doubled, renamed, documented)


def records(root: Path) -> list[Path]:
    folders = ("goals", "plans", "decisions", "feedback", "meetings", "checkins", "metrics", "team", "retros")
    return sorted(file for folder in folders for file in (root / folder).rglob("*") if file.suffix in (".md", ".yaml"))


@pytest.mark.parametrize(("seed", "urls"), [(1, "true"), (11, "false")])
def test_serve__shows_the_bytes_of_a_whole_build_after_any_edits(
    workspace: Write, shown: Show, monkeypatch: pytest.MonkeyPatch, seed: int, urls: str
) -> None:
    """Whatever was edited, and whatever was asked for before: nothing of an earlier state is left on any page."""
    dice = random.Random(seed)
    docs = {"docs/handbook/index.md": "# Handbook\n\n[goal](../goal/2026-q4-dinner.md)\n", "docs/manual/x.md": "# X\n\nWords.\n"}
    root = workspace({**SHOP, **docs, "mkdocs.yml": MKDOCS.format(urls=urls)}).root

    def whole() -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        with monkeypatch.context() as patched:
            patched.setattr("trueup.site.build.can_wait", lambda config: False)
            shown(root, lambda server: found.update(files(server)))
        return found

    def use(server: LiveReloadServer) -> None:
        for edit in dice.sample(EDITS, 4):
            edit(root, dice)
            # First, as all builds of a process share the plugin that makes the search index.
            expected = whole()
            server.builder()
            for path in dice.sample(sorted(expected), len(expected) // 2):
                assert ask(server, path).startswith("200"), path
                assert (Path(server.root) / path).read_bytes() == expected[path], path
        for path in expected:
            ask(server, path)
        assert sorted(files(server)) == sorted(expected)
        assert [path for path, content in files(server).items() if content != expected[path]] == []

    shown(root, use)


# --- A build in between ----------------------------------------------------------------------------------------------


def test_writing_first__asks_the_next_build_where_one_came_in_between() -> None:
    """The folder was emptied after the page was written, and before the server looked for it."""
    builds = iter(range(9))
    latest = [Later(Lock())]

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if next(builds) == 0:
            latest[0] = Later(Lock())
            start_response("404 Not Found", [])
            return [b"gone"]
        start_response("200 OK", [])
        return [b"there"]

    told: list[str] = []
    answer = writing_first(application, "/", lambda: latest[0])
    assert list(answer({"PATH_INFO": "/x"}, lambda status, head: told.append(status))) == [b"there"]
    assert told == ["200 OK"]


def test_later__makes_nothing_once_another_build_has_begun(workspace: Write, shown: Show) -> None:
    left: list[Later] = []

    def use(server: LiveReloadServer) -> None:
        before = sorted(files(server))
        for later in left:
            later.end()
        for path in ("findings/index.html", "search/search_index.js", "feed.xml"):
            ask(server, path)
        assert sorted(files(server)) == before

    with pytest.MonkeyPatch.context() as patched:
        begin = Later.begin
        patched.setattr(Later, "begin", lambda self, found: (left.append(self), begin(self, found))[1])
        shown(workspace(SHOP).root, use)
    assert left


def test_later__makes_a_page_while_the_index_is_made(workspace: Write, shown: Show) -> None:
    """Both at once, as a browser asks: the index is whole, and so is every page."""

    def use(server: LiveReloadServer) -> None:
        found: list[str] = []
        asked = ["search/search_index.json", "search/search_index.js", *["goal/2026-q4-dinner.html", "findings.html", "index.html"] * 3]
        threads = [Thread(target=lambda path=path: found.append(ask(server, path))) for path in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert [one[:3] for one in found] == ["200"] * len(asked)
        index = json.loads((Path(server.root) / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
        assert len(index) == len({one["location"] for one in index}), "every page once"
        assert any(one["location"] == "goal/2026-q4-dinner.html" for one in index)

    shown(workspace({**SHOP, "mkdocs.yml": MKDOCS.format(urls="false"), "docs/x.md": "# x"}).root, use)


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("", True),
        ("theme: readthedocs", False),
        ("extra_templates: [x.html]", False),
        ("theme: {name: material, font: false, custom_dir: docs}", False),
        ("plugins: [search, trueup, material/tags]", False),
        ("hooks: [docs/hook.py]", False),
    ],
)
def test_can_wait__only_where_nobody_misses_a_page(workspace: Write, line: str, waits: bool) -> None:
    settings = {one.partition(":")[0]: one for one in (*MKDOCS.format(urls="true").splitlines(), *filter(None, [line]))}
    root = workspace({**SHOP, "mkdocs.yml": "\n".join(settings.values()), "docs/hook.py": "", "docs/x.html": ""}).root
    assert can_wait(load_config(str(root / "mkdocs.yml"))) is waits
