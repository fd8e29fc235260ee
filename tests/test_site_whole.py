"""Every page of both examples as files: whole, the same each time, and the same by whichever generator."""

from __future__ import annotations

import gzip
import html
import importlib.util
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("mkdocs")

from built import built
from conftest import TODAY, write_files
from test_site_pages import SHOP
from trueup.cli.reference import commands
from trueup.site.generate import generate

LOADING = {
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("source", "srcset"),
    ("use", "href"),
    ("image", "href"),
}


class Read(HTMLParser):
    """What a page leads to, what it loads, where one can land on it, and what of ours should not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        self.loads += [values[name] for of, name in LOADING if of == tag and name in values]
        self.loads += [values["href"]] if tag == "link" and values.get("rel") in ("stylesheet", "icon", "preload") else []
        self.ids += [values["id"]] if "id" in values else []
        self._within += tag == "article"
        if self._within:
            self.wrong += [f"<{tag}>"] if tag in ("script", "style", "iframe", "object") else []
            self.wrong += [f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "article"


@pytest.fixture(scope="module", params=["en", "zh"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    language = str(request.param)
    return built(language, tmp_path_factory.mktemp(f"whole-{language}"))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Read]:
    found = {}
    for file in sorted(site.rglob("*.html")):
        found[file] = Read()
        found[file].feed(file.read_text(encoding="utf-8"))
    assert len(found) > 100
    return found


def dead(site: Path, pages: dict[Path, Read]) -> Iterator[str]:
    for file, read in pages.items():
        for href in read.links:
            parts = urlsplit(href)
            if parts.scheme or parts.netloc or file.name == "404.html":
                continue
            target = Path(os.path.normpath(file.parent / unquote(parts.path))) if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].ids):
                yield f"{file.relative_to(site)}: {href}"


def test_site__has_no_dead_link_and_no_dead_anchor(site: Path, pages: dict[Path, Read]) -> None:
    assert sorted(set(dead(site, pages))) == []


def test_site__has_no_id_twice_on_a_page(site: Path, pages: dict[Path, Read]) -> None:
    twice = {str(file.relative_to(site)): {one for one in read.ids if read.ids.count(one) > 1} for file, read in pages.items()}
    assert {file: ids for file, ids in twice.items() if ids} == {}


def test_site__loads_nothing_from_elsewhere_and_holds_no_script_or_style_in_its_text(site: Path, pages: dict[Path, Read]) -> None:
    wrong = {}
    for file, read in pages.items():
        foreign = [way for way in read.loads if urlsplit(way).netloc]
        if foreign or read.wrong:
            wrong[str(file.relative_to(site))] = foreign + read.wrong
    assert wrong == {}
    for file in site.rglob("*.css"):
        assert not re.findall(r"@import|url\(['\"]?(?:https?:)?//", file.read_text(encoding="utf-8")), file.name


def test_site__greets_with_a_light_first_page(site: Path) -> None:
    read = Read()
    read.feed((site / "index.html").read_text(encoding="utf-8"))
    files = {Path(os.path.normpath(site / urlsplit(way).path)) for way in read.loads} - {site / "search" / "search_index.js"}
    # What is sent, compressed as every web server does; without the fonts and what is searched in.
    weight = sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in {site / "index.html", *files} if file.is_file())
    assert weight < 300_000


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_site__is_the_same_bytes_from_another_place_and_process(site: Path, tmp_path: Path) -> None:
    """Another order of hashes is what a second process brings."""
    language = "zh" if "whole-zh" in str(site) else "en"
    code = f"from pathlib import Path; from built import built; built({language!r}, Path({str(tmp_path / 'again')!r}))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parent)}
    (tmp_path / "again").mkdir()
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, timeout=120)
    first, second = contents(site), contents(tmp_path / "again" / "site")
    assert list(first) == list(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_generate__is_the_same_bytes_twice_and_the_pages_of_the_site(site: Path, tmp_path: Path) -> None:
    root = site.parent
    for name in ("one", "two"):
        generate(root, tmp_path / name, TODAY, commands)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    written = {file.relative_to(tmp_path / "one").parent.as_posix() for file in (tmp_path / "one").rglob("*.md")}
    ours = (file for file in site.rglob("*.html") if '<div class="tu' in file.read_text(encoding="utf-8"))
    made = {posixpath.normpath(file.relative_to(site).as_posix().removesuffix("index.html").removesuffix(".html")) for file in ours}
    assert {path for path in made if not path.startswith("handbook")} <= {posixpath.normpath(path) for path in written}


SETTINGS = "site_name: Shop\ntheme: {name: material, font: false, language: en}\n"


def words(page: str) -> str:
    """The text of the main part of a page, without what the theme puts into it."""
    article = page[page.index("<article") : page.index("</article>")]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", article[article.index('<div class="tu') :])).split())


def test_generate__gives_plain_mkdocs_the_same_pages(tmp_path: Path) -> None:
    from mkdocs.commands.build import build as build_mkdocs
    from mkdocs.config import load_config

    from trueup.site.build import build

    root = write_files(tmp_path / "shop", SHOP).root
    site = build(root, today=TODAY).parent
    generate(root, tmp_path / "plain" / "docs", TODAY, commands)
    (tmp_path / "plain" / "mkdocs.yml").write_text(SETTINGS + "plugins: [search]\n", encoding="utf-8")
    build_mkdocs(load_config(str(tmp_path / "plain" / "mkdocs.yml")))
    for path in ("goal/2026-q4-dinner", "feedback/late-box", "plan/evening-slots", "manual/kinds/plan"):
        plain = (tmp_path / "plain" / "site" / path / "index.html").read_text(encoding="utf-8")
        assert words(plain) == words((site / f"{path}.html").read_text(encoding="utf-8")), path


def needs(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")


def test_plugin__builds_under_properdocs_what_it_builds_under_mkdocs(tmp_path: Path) -> None:
    needs("properdocs")
    files = {"properdocs.yml": SETTINGS + "plugins: [search, {trueup: {today: 2026-11-20}}]\n", "docs/page.md": "# Page\n"}
    root = write_files(tmp_path / "shop", {**SHOP, **files}).root
    run = [sys.executable, "-m", "properdocs", "build", "--strict"]
    subprocess.run([*run, "--site-dir", str(tmp_path / "proper")], cwd=root, check=True, timeout=120)
    run = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "properdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([*run, "--site-dir", str(tmp_path / "mkdocs")], cwd=root, check=True, timeout=120, env=environment)
    pages = sorted(file.relative_to(tmp_path / "mkdocs") for file in (tmp_path / "mkdocs").rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        one, other = ((tmp_path / name / path).read_text(encoding="utf-8") for name in ("mkdocs", "proper"))
        if '<div class="tu' in one:
            assert words(one) == words(other), path


def test_generate__gives_zensical_pages_that_it_builds(tmp_path: Path) -> None:
    needs("zensical")
    root = write_files(tmp_path / "shop", SHOP).root
    out = tmp_path / "plain"
    generate(root, out / "docs", TODAY, commands)
    (out / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    # A few of each kind are enough: its builds take seconds.
    shutil.rmtree(out / "docs" / "rules")
    files = sorted((out / "docs").rglob("index.md"))
    assert len(files) > 30
    subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=out, check=True, capture_output=True, timeout=180)
    for file in files:
        page = out / "site" / file.relative_to(out / "docs").with_name("index.html")
        source = re.search(r'<div class="tu.*', file.read_text(encoding="utf-8"), re.DOTALL)
        assert source is not None
        plain = " ".join(re.sub("<[^>]*>", " ", source.group()).replace("&#10;", "\n").split())
        assert words_of(plain) <= words_of(re.sub("<[^>]*>", " ", page.read_text(encoding="utf-8"))), page


def words_of(text: str) -> set[str]:
    return set(html.unescape(text).split())
