"""Every field that holds text, with every text that breaks out of something, as a site that MkDocs has built: text stays text."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from attacks import PAYLOADS, WEB, Attacks, attacks
from conftest import TODAY, write_files
from test_site_hostile import ATTRIBUTES, TAGS
from trueup.cli.reference import commands

pytest.importorskip("mkdocs")

GAP = re.compile(r"\s+")
# Where a page stands in the site, as the scripts of the theme say it.
PLACE = re.compile(r'(?:\.\./)+|"base": "[^"]*"|base_url = "[^"]*"|new URL\("[^"]*",|(?<=")/(?=assets/)')

ADDRESSES = ("href", "src", "srcset", "action", "formaction", "data", "poster", "xlink:href", "srcdoc", "style")
# A page of the handbook, which shows what the theme puts around any page.
OWN_PAGE = "# Page\n\n## One\n\n### Two\n\n## Three\n"

# Where an address may lead to from these pages: what the records give as links, and what the theme says of itself.
ALLOWED = (WEB, "https://evil.example/a", "https://evil.example/b", "http://evil.example/x.png", "https://squidfunk.github.io/")


@dataclass(slots=True)
class Read:
    """What another reader of HTML makes of a page."""

    text: str = ""
    scripts: set[str] = field(default_factory=set)
    elements: set[tuple[str, str]] = field(default_factory=set)
    addresses: set[tuple[str, str, str]] = field(default_factory=set)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.read = Read()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.elements |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        self.read.addresses |= {(tag, name, value or "") for name, value in attrs if name in ADDRESSES}

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.read.elements.add(("!--", data))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.read.scripts.add(PLACE.sub("", data))
        else:
            self.said.append(data)


def read(text: str) -> Read:
    reader = Reader()
    reader.feed(text)
    reader.close()
    reader.read.text = GAP.sub(" ", "".join(reader.said))
    return reader.read


def is_allowed(name: str, value: str) -> bool:
    if name == "style":
        return re.search(r"url|import|[\\@]", value) is None
    return value.startswith(ALLOWED) or not (urlsplit(value).scheme or urlsplit(value).netloc)


@pytest.fixture(scope="module")
def attack() -> Attacks:
    return attacks()


@pytest.fixture(scope="module")
def root(attack: Attacks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("attacked"), {**attack.files, "docs/page.md": OWN_PAGE}).root


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    from trueup.site.build import build

    return build(root, today=TODAY).parent


def pages_in(folder: Path) -> dict[str, Read]:
    return {file.relative_to(folder).as_posix(): read(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.html"))}


@pytest.fixture(scope="module")
def site(folder: Path) -> dict[str, Read]:
    return pages_in(folder)


def wrong_in(pages: dict[str, Read], clean: Read) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    ours = {(tag, "") for tag in TAGS} | {(tag, name) for tag in TAGS for name in ATTRIBUTES} | {("div", "hidden")}
    for path, page in pages.items():
        wrong: list[object] = [*sorted(page.elements - clean.elements - ours)]
        wrong += sorted(page.scripts - clean.scripts)
        wrong += sorted(one for one in page.addresses - clean.addresses if not is_allowed(*one[1:]))
        if wrong:
            found[path] = wrong
    return found


def missing_in(pages: dict[str, Read], shown: dict[str, list[str]]) -> dict[str, list[str]]:
    left = {path: [text for text in texts if GAP.sub(" ", text) not in pages[path].text] for path, texts in shown.items()}
    return {path: texts for path, texts in left.items() if texts}


def test_build__of_every_field_and_payload_holds_no_markup_but_ours(site: dict[str, Read]) -> None:
    assert len(site) > 600
    assert wrong_in(site, site["page.html"]) == {}


def test_build__of_every_field_and_payload_shows_each_as_text(site: dict[str, Read], attack: Attacks) -> None:
    assert sum(map(len, attack.shown.values())) > 2000
    assert len(attack.told) > 2000
    assert missing_in(site, {**attack.shown, "findings.html": attack.told}) == {}


def test_build__lines_that_only_some_readers_see_as_lines_are_refused(site: dict[str, Read]) -> None:
    found = site["findings.html"].text
    assert [name for name in ("U+2028", "U+2029", "U+0085") if name not in found] == []


def test_generate__of_every_field_and_payload_is_text_to_plain_mkdocs(root: Path, attack: Attacks, tmp_path: Path) -> None:
    """With the extensions too that would make something of attributes, of Markdown within HTML and of snippets."""
    from mkdocs.commands.build import build as build_mkdocs
    from mkdocs.config import load_config

    from trueup.site.generate import generate

    docs = generate(root, tmp_path / "docs", TODAY, commands).folder
    (docs / "page.md").write_text(OWN_PAGE, encoding="utf-8")
    settings = (
        "site_name: x\nnav: [index.md]\ntheme: {name: mkdocs, locale: en}\nplugins: []\n"
        "markdown_extensions: [attr_list, md_in_html, pymdownx.snippets]\n"
    )
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    build_mkdocs(load_config(str(tmp_path / "mkdocs.yml")))
    pages = pages_in(tmp_path / "site")
    # What the theme says on the first page only.
    first = pages["index.html"]
    first.elements = {one for one in first.elements if one != ("body", "class") and not one[1].startswith("\nMkDocs version")}
    assert wrong_in(pages, pages["page/index.html"]) == {}
    shown = {path.replace(".html", "/index.html"): texts for path, texts in attack.shown.items()}
    assert missing_in(pages, {**shown, "findings/index.html": attack.told}) == {}


def test_build__files_for_other_tools_hold_the_texts_whole(folder: Path, attack: Attacks) -> None:
    for path, values in attack.records.items():
        kind, name = path.split("/")
        rows = json.loads((folder / "api" / f"{kind}.json").read_text(encoding="utf-8"))["rows"]
        row = next(row for row in rows if row["id"] == name)
        assert {key: row[key] for key in values} == values
    with (folder / "goal" / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert [number for number, payload in enumerate(PAYLOADS) if f"title{number} {payload}" not in titles] == []
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        said = "\n".join("\n".join(map(str, row.values())) for row in csv.DictReader(file))
    assert [text for text in attack.told if text not in said] == []


def test_build__the_feed_holds_the_texts_and_no_markup(folder: Path) -> None:
    feed = ET.parse(folder / "feed.xml").getroot()
    names = {"feed", "id", "title", "updated", "published", "link", "generator", "author", "name", "entry", "category", "summary"}
    assert {one.tag.removeprefix("{http://www.w3.org/2005/Atom}") for one in feed.iter()} == names
    assert [one.get("href") for one in feed.iter() if ":" in (one.get("href") or "")] == []
    titles = "\n".join(one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}title"))
    assert [payload for number, payload in enumerate(PAYLOADS) if f"title{number} {payload}" not in titles] == []


def test_build__the_search_index_holds_the_texts_and_no_markup(folder: Path) -> None:
    entries = json.loads((folder / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    assert [one["location"] for one in entries if set(one["title"] + one["text"]) & {"<", ">"}] == []
    titles = {unescape(one["title"]) for one in entries}
    assert [payload for number, payload in enumerate(PAYLOADS) if f"Goal: title{number} {payload}" not in titles] == []
