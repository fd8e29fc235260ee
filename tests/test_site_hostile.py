"""A workspace in which every text is an attack, as pages and as a site that MkDocs has built."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import TODAY, Written
from trueup.checks.runner import check
from trueup.cli.reference import commands
from trueup.site.nav import navigation
from trueup.site.pages import pages_of
from trueup.site.site import Docs, site_of
from trueup.site.sources import read_site

Write = Callable[[Mapping[str, str | bytes]], Written]

# Each text breaks out of something: an attribute, a tag, a script, a template, a snippet.
EVIL = (
    '"\'><script>window.hit=1</script><img src=x onerror="window.hit=2">&lt;b&gt;{{7*7}}{% raw %}--8<-- ".git/config" javascript:alert(1)'
)
TAGS = {
    "div", "p", "a", "code", "h1", "h2", "h3", "h4", "span", "dl", "dt", "dd", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th",
    "td", "details", "summary", "section", "small", "b", "em", "strong", "s", "pre", "br", "hr", "blockquote", "figure", "figcaption",
    "svg", "g", "path", "rect", "circle", "text", "title", "desc",
}  # fmt: skip
ATTRIBUTES = {
    "class", "href", "rel", "id", "title", "colspan", "tabindex", "role", "aria-label", "style", "start", "data-sort", "data-state",
    "data-tu-list", "data-tu-fixed", "data-name", "download", "type", "data-filter", "data-all", "data-label", "data-tu-group",
    "aria-hidden", "scope", "aria-labelledby", "aria-describedby", "viewbox", "width", "height", "preserveaspectratio", "font-size",
    "text-anchor",
    "d", "x", "y", "rx", "cx", "cy", "r",
}  # fmt: skip


def evil_files() -> dict[str, str]:
    text = json.dumps(EVIL)
    schema = {
        "type": "object",
        "title": EVIL,
        "description": EVIL,
        "x-kind": {
            "name": "manual",
            "label": {"en": EVIL, "zh": EVIL},
            "plural": {"en": EVIL, "zh": EVIL},
            "files": ["odd/**/*.yaml"],
            "icon": "no-such-icon",
            "title": "name",
            "status": "state",
            "states": {"open": [EVIL]},
            "transitions": {EVIL: [EVIL]},
            "columns": ["name", "state", "ref"],
            "sections": [EVIL],
        },
        "properties": {
            "name": {"type": "string", "title": EVIL, "description": EVIL, "x-label": {"en": EVIL, "zh": EVIL}, "examples": [EVIL]},
            "state": {"enum": [EVIL], "x-enum-labels": {EVIL: {"en": EVIL, "zh": EVIL}}},
            "ref": {"x-ref": "goal", "x-inverse": {"en": EVIL, "zh": EVIL}},
        },
    }
    goal = f"""\
---
title: {text}
period: 2026-Q4
status: active
product_owner: li
positioning: {text}
user_needs: [{text}, x]
tags: [{text}]
links: [{{title: {text}, url: "javascript:alert(1)"}}, {{title: {text}, url: "https://e.x/\\"onclick=alert(1)"}}]
key_results: [{{id: "__config", title: {text}, baseline: 1, target: 2, unit: {text}}}]
{text}: {{{text}: {text}}}
---
# {EVIL}

[[person/li|{EVIL.replace("[", "")}]] [[nope/x]] [x](javascript:alert(1)) ![x](https://evil.example/x.png) <https://e.x/'onclick=alert(1)>

{EVIL}
"""
    return {
        "trueup.yaml": f'title: {text}\nrepository: {{url: "https://h.example/a"}}\n',
        "schemas/evil.schema.json": json.dumps(schema),
        "goals/evil.md": goal,
        "goals/'\"><img src=x onerror=hit>.md": "broken",
        "team/people/li.yaml": f"title: {text}\nrole: {text}\nhandles: {{email: {text}, slack: {text}}}\n",
        "odd/a.yaml": f"name: {text}\nstate: {text}\nref: evil\n",
        "metrics/m.yaml": f"title: {text}\nunit: {text}\ndirection: up\n",
        "metrics/m.csv": 'date,value,note\n2026-01-01,1e300,"' + EVIL.replace('"', '""') + '"\n2026-01-02,-1e308,x\n',
    }


class Markup(HTMLParser):
    """Collects what does not belong on a page of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name == "href" and re.match(r"[a-z+.-]+:", value or "") and not re.match(r"https?://|mailto:", value or ""):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name == "id" and not re.match(r"[hlpms]-|\w", value or ""):
                self.wrong.append(f"<{tag} {name}={value!r}>")

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")


def wrong_in(text: str) -> list[str]:
    markup = Markup()
    markup.feed(text)
    markup.close()
    return markup.wrong


def test_pages__of_hostile_records_hold_only_markup_of_ours(workspace: Write) -> None:
    loaded = workspace(evil_files()).load()
    made = list(pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(rules={"x": "# x\n"}), "file")))
    assert {page.path: wrong_in(page.html) for page in made if wrong_in(page.html)} == {}
    goal = next(page for page in made if page.path == "goal/evil.md")
    assert goal.title == EVIL
    assert unescape(re.sub("<[^>]*>", "", goal.html)).count("<script>window.hit=1</script>") >= 8


def test_pages__never_give_a_place_an_id_that_the_theme_uses(workspace: Write) -> None:
    goal = "---\ntitle: x\nperiod: 2026\nstatus: active\nkey_results: [{id: __config}, {id: __search}, {id: a b}]\n---\n# __drawer\n"
    loaded = workspace({"goals/a.md": goal}).load()
    page = next(page for page in pages_of(site_of(loaded, (), TODAY, Docs(), "file")) if page.path == "goal/a.md")
    assert re.findall(r' id="([^"]*)"', page.html) == [
        "s-standing", "h-__drawer", "l-key_results", "p-__config", "p-__search", "p-a-b",
    ]  # fmt: skip


def test_sections__for_the_search_index_are_text_only(workspace: Write) -> None:
    loaded = workspace(evil_files()).load()
    for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file")):
        for _anchor, title, words in page.sections():
            assert not set(title + words) & {"<", ">"}


def test_navigation__escapes_what_schemas_and_folders_are_called(workspace: Write) -> None:
    site = site_of(workspace(evil_files()).load(), (), TODAY, Docs(), "file")
    shown = repr(navigation(site, ["<b>/page.md"]))
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    assert "{'&lt;b&gt;': ['<b>/page.md']}" in shown


@pytest.fixture
def built(workspace: Write) -> Iterator[Path]:
    pytest.importorskip("mkdocs")
    from trueup.site.build import build

    index = build(workspace(evil_files()).root, strict=True, today=TODAY)
    yield index.parent


class Whole(HTMLParser):
    """Collects what hostile text has become, of a page with the theme around it."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [f"<{tag} {name}>" for name, _ in attrs if name.startswith("on")]
        if tag == "img":
            self.wrong.append("<img>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "window.hit" in data:
            self.wrong.append("<script>")


def test_build__of_hostile_records_lets_nothing_through_the_theme(built: Path) -> None:
    found = {}
    for file in built.rglob("*.html"):
        whole = Whole()
        whole.feed(file.read_text(encoding="utf-8"))
        whole.close()
        if whole.wrong:
            found[file.name] = whole.wrong
    assert found == {}


def test_build__of_hostile_records_escapes_titles_in_the_search_index(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert all("<script" not in entry["title"] and "<script" not in entry["text"] for entry in index["docs"])
    assert any("&lt;script&gt;" in entry["title"] for entry in index["docs"])


def test_build__publishes_no_file_that_a_symbolic_link_leads_to(workspace: Write, tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    from trueup.site.build import build
    from trueup.site.failure import SiteError

    root = workspace({"docs/page.md": "# Page\n", "secret.txt": "secret words"}).root
    (root / "docs" / "link.txt").symlink_to(root / "secret.txt")
    (root / "goals").mkdir()
    (root / "goals" / "link.md").symlink_to(root / "secret.txt")
    site = build(root, today=TODAY).parent
    assert not (site / "link.txt").exists()
    assert not [file for file in site.rglob("*.html") if "secret words" in file.read_text(encoding="utf-8")]
    (root / "docs" / "folder").symlink_to("/etc", target_is_directory=True)
    with pytest.raises(SiteError):
        build(root, today=TODAY)


SEVERAL = {
    "type": "object",
    "required": ["zz"],
    "properties": {"zz": {"type": "string"}, "title": {"type": "string"}},
    "x-kind": {"name": "k", "files": ["zz/*.yaml"], "records": "items"},
}
ODD = {"type": "object", "x-kind": {"name": "odd", "files": ["odd/*.yaml"], "id": "id"}, "properties": {"id": {"type": "string"}}}

# Each took from six seconds to some minutes.
SLOW: dict[str, Callable[[], dict[str, str]]] = {
    "headings by underlines": lambda: {"goals/g.md": "---\ntitle: g\n---\n" + "=\n" * 49_000},
    "equal headings": lambda: {"goals/g.md": "---\ntitle: g\n---\n" + "# a\n" * 25_000},
    "findings on many records of a file": lambda: {
        "schemas/k.schema.json": json.dumps(SEVERAL),
        "zz/a.yaml": "".join(f"- {{title: a{number}}}\n" for number in range(16_000)),
    },
    "unknown keys beside many references": lambda: {
        "team/people/li.md": "---\ntitle: Li\n---\n",
        "plans/p.md": "---\ntitle: p\ntasks:\n"
        + "".join(f"  - {{id: t{number}, title: a, owner: li}}\n" for number in range(4_000))
        + "external:\n"
        + "".join(f"  k{number}: v\n" for number in range(4_000))
        + "---\n",
    },
    "long ids": lambda: {
        "schemas/odd.schema.json": json.dumps(ODD),
        **{f"odd/{number}.yaml": f"id: {chr(0xE9) * 30_000}{number}\n" for number in range(20)},
    },
    "links that never end": lambda: {"docs/manual/index.md": "# M\n" + "](a.md#" * 20_000},
    "thousands of dead links": lambda: {"goals/g.md": "---\ntitle: g\n---\n" + "".join(f"[[goal/x{one}]]\n" for one in range(40_000))},
}


@pytest.mark.parametrize("made", SLOW.values(), ids=SLOW)
def test_site__of_hostile_files_is_made_soon(workspace: Write, made: Callable[[], dict[str, str]]) -> None:
    files = made()
    root = workspace(files).root
    paths = [path.removeprefix("docs/") for path in files if path.startswith("docs/")]
    began = time.process_time()
    site = read_site(root, root / "docs", paths, TODAY, "file", commands)
    assert sum(len(page.html) for page in pages_of(site))
    # Two seconds is what any file may take; the rest is for slow machines and for what is always there.
    assert time.process_time() - began < 4
