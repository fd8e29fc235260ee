"""Building the site with MkDocs, and writing its pages for another generator."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import TODAY, Written
from test_site_pages import SHOP

pytest.importorskip("mkdocs")

import markdown
from mkdocs.commands.build import build as build_mkdocs
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from trueup.site import plugin
from trueup.site.build import LEDGER, SiteError, build, generate, markdown_of
from trueup.site.page import Page

Write = Callable[[Mapping[str, str | bytes]], Written]

MKDOCS = """\
site_name: Shop
use_directory_urls: {urls}
theme: {{name: material, font: false, features: [navigation.sections]}}
plugins: [search, trueup]
"""


def content(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_build__without_settings_of_its_own_is_strictly_clean(workspace: Write) -> None:
    root = workspace(SHOP).root
    index = build(root, strict=True, today=TODAY)
    assert index == root / "site" / "index.html"
    assert "<h1>Dinner at nine</h1>" in content(root / "site", "goal/2026-q4-dinner.html")
    assert sorted(path.name for path in root.iterdir()) == sorted({*(name.split("/")[0] for name in SHOP), "site"})


@pytest.mark.parametrize(("urls", "page"), [("true", "goal/2026-q4-dinner/index.html"), ("false", "goal/2026-q4-dinner.html")])
def test_build__with_either_form_of_addresses_has_no_dead_link(workspace: Write, urls: str, page: str) -> None:
    files = {"mkdocs.yml": MKDOCS.format(urls=urls), "docs/handbook/index.md": "# Handbook\n\n[goal](../goal/2026-q4-dinner.md)\n"}
    site = build(workspace({**SHOP, **files}).root, strict=True, today=TODAY).parent
    assert (site / page).is_file()
    for file in site.rglob("*.html"):
        for href in re.findall(r'href="([^"#]+)', file.read_text(encoding="utf-8")):
            if file.name != "404.html" and not re.match(r"https?:|mailto:|/", href):
                target = file.parent / href
                assert (target / "index.html" if target.is_dir() else target).exists(), f"{file.relative_to(site)}: {href}"


def test_build__loads_nothing_from_another_host(workspace: Write) -> None:
    site = build(workspace(SHOP).root, strict=True, today=TODAY).parent
    for file in (*site.rglob("*.html"), *(site / "assets" / "trueup").iterdir()):
        text = file.read_text(encoding="utf-8")
        assert not re.findall(r"""(?:src|srcset|data|action)=["'](?:https?:)?//|@import|url\(["']?(?:https?:)?//""", text), file.name
        assert not re.findall(r'<link[^>]*rel="(?!canonical|icon|next|prev|edit)[^>]*href="(?:https?:)?//', text), file.name


def test_build__escapes_titles_where_the_theme_does_not(workspace: Write) -> None:
    goal = "---\ntitle: 'A <i>b</i> & \"c\"'\nperiod: 2026-Q4\nstatus: active\n---\n"
    page = content(build(workspace({"goals/a.md": goal}).root, strict=True, today=TODAY).parent, "goal/a.html")
    assert "<title>A &lt;i&gt;b&lt;/i&gt; &amp; &quot;c&quot; - trueup</title>" in page
    assert '<meta name="description" content="Goal: A &lt;i&gt;b&lt;/i&gt; &amp; &quot;c&quot;">' in page


def test_build__keeps_records_out_of_the_navigation_and_marks_their_list_there(workspace: Write) -> None:
    site = build(workspace(SHOP).root, strict=True, today=TODAY).parent
    page = content(site, "goal/2026-q4-dinner.html")
    nav = page[page.index('<nav class="md-nav md-nav--primary"') : page.index('<div class="md-content"')]
    assert "2026-q4-dinner" not in nav
    assert re.search(r'md-nav__item--active">\s*<a href="index.html"', nav)
    assert "md-nav__item--active" not in content(site, "404.html")


def test_build__gives_the_same_bytes_twice(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    root = workspace(SHOP).root
    first, second = (build(root, root / name, strict=True, today=TODAY).parent for name in ("one", "two"))
    files = sorted(file.relative_to(first) for file in first.rglob("*") if file.is_file())
    assert files == sorted(file.relative_to(second) for file in second.rglob("*") if file.is_file())
    assert [str(file) for file in files if (first / file).read_bytes() != (second / file).read_bytes()] == []


def test_build__leaves_a_page_and_a_navigation_to_the_team(workspace: Write) -> None:
    settings = MKDOCS.format(urls="false") + "nav: [{Start: index.md}]\nvalidation: {nav: {omitted_files: ignore}}\n"
    site = build(workspace({**SHOP, "mkdocs.yml": settings, "docs/index.md": "# Our own\n"}).root, strict=True, today=TODAY).parent
    assert "Our own</h1>" in content(site, "index.html")
    assert "Feedback and decisions" not in content(site, "index.html")


def test_build__indexes_the_words_of_a_record_once(workspace: Write) -> None:
    site = build(workspace(SHOP).root, strict=True, today=TODAY).parent
    entries = json.loads(content(site, "search/search_index.json"))["docs"]
    found = [entry["location"] for entry in entries if "Late again" in entry["text"]]
    assert found == ["feedback/late-box.html"]
    plan = [entry["location"] for entry in entries if "Rider rota" in entry["text"] and entry["location"].startswith("plan/")]
    assert plan == ["plan/evening-slots.html#l-tasks"]
    assert content(site, "search/search_index.js").startswith('var __index = {"config"')


def test_build__with_a_broken_file_publishes_the_others(workspace: Write) -> None:
    site = build(workspace({**SHOP, "goals/broken.md": "---\ntitle: [\n---\n"}).root, strict=True, today=TODAY).parent
    assert "Dinner at nine" in content(site, "goal/2026-q4-dinner.html")
    assert "TU006" in content(site, "goal/broken.html")


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("site_name: [x\n", "error parsing"),
        ("site_name: x\ntheme: no-such-theme\n", "configuration error"),
        ("site_name: x\nplugins: [search]\n", 'does not name the plugin "trueup"'),
    ],
)
def test_build__says_why_there_is_no_site(workspace: Write, settings: str, reason: str) -> None:
    with pytest.raises(SiteError, match=reason):
        build(workspace({"mkdocs.yml": settings, "docs/a.md": "# A\n"}).root, today=TODAY)


@pytest.mark.parametrize(
    "folder", ["goals", "goals/site", "plans", ".", "..", "docs/site", ".git", "schemas", "tests", "notes.txt", "GOALS/../goals"]
)
def test_build__refuses_a_folder_that_is_not_a_site(workspace: Write, folder: str) -> None:
    root = workspace(
        {**SHOP, "tests/test_shop.py": "ours", "notes.txt": "ours", "mkdocs.yml": MKDOCS.format(urls="false"), "docs/index.md": "# x"}
    ).root
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(SiteError):
        build(root, root / folder, today=TODAY)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_build__refuses_a_folder_of_somebody_else(workspace: Write, tmp_path: Path) -> None:
    root = workspace({**SHOP, "site/app.js": "the team's own"}).root
    with pytest.raises(SiteError, match="no earlier build"):
        build(root, today=TODAY)
    assert content(root, "site/app.js") == "the team's own"


def test_build__refuses_a_link_to_records(workspace: Write) -> None:
    root = workspace(SHOP).root
    (root / "public").symlink_to(root / "goals")
    with pytest.raises(SiteError):
        build(root, root / "public", today=TODAY)
    assert (root / "goals" / "2026-q4-dinner.md").is_file()


def test_build__empties_the_site_of_an_earlier_build(workspace: Write) -> None:
    root = workspace(SHOP).root
    build(root, root / "public", today=TODAY)
    (root / "public" / "old.html").write_text("gone")
    build(root, root / "public", today=TODAY)
    assert not (root / "public" / "old.html").exists()


@pytest.mark.parametrize("folder", ["goals", "goals/site", "schemas", ".git"])
def test_plugin__refuses_to_have_records_emptied_when_mkdocs_is_called_directly(workspace: Write, folder: str) -> None:
    root = workspace({**SHOP, "mkdocs.yml": MKDOCS.format(urls="false"), "docs/index.md": "# x"}).root
    with pytest.raises(Abort):
        build_mkdocs(load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(root / folder)))
    assert all((root / name).is_file() for name in SHOP)


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_build__with_a_theme_of_mkdocs_can_be_searched(workspace: Write, theme: str) -> None:
    settings = f"site_name: Shop\ntheme: {theme}\nplugins: [search, trueup]\n"
    site = build(workspace({**SHOP, "mkdocs.yml": settings, "docs/index.md": "# x"}).root, today=TODAY).parent
    found = json.loads(content(site, "search/search_index.json"))["docs"]
    assert any(one["location"].startswith("goal/2026-q4-dinner") and one["title"] == "Dinner at nine" and one["text"] for one in found)


def test_generate__writes_pages_that_plain_mkdocs_builds_without_a_dead_link(workspace: Write, tmp_path: Path) -> None:
    written = generate(workspace(SHOP).root, tmp_path / "out" / "docs", today=TODAY)
    (tmp_path / "out" / "mkdocs.yml").write_text("site_name: x\ntheme: {name: mkdocs, locale: en}\nplugins: []\n", encoding="utf-8")
    build_mkdocs(load_config(str(tmp_path / "out" / "mkdocs.yml"), strict=True))
    site = tmp_path / "out" / "site"
    assert "<h1>Dinner at nine</h1>" in content(site, "goal/2026-q4-dinner/index.html")
    for file in written.rglob("*.md"):
        for href in re.findall(r'href="([^"#]+)', file.read_text(encoding="utf-8")):
            if not href.startswith(("https:", "mailto:")):
                target = (site / file.relative_to(written)).parent / href
                assert target.is_file(), f"{file.relative_to(written)}: {href}"


def test_generate__takes_away_what_is_gone_and_keeps_what_is_not_its_own(workspace: Write, tmp_path: Path) -> None:
    root, out = workspace(SHOP).root, tmp_path / "out"
    generate(root, out, today=TODAY)
    (out / "feedback" / "notes.md").write_text("ours", encoding="utf-8")
    (root / "feedback" / "late-box.md").unlink()
    generate(root, out, today=TODAY)
    assert not (out / "feedback" / "late-box").exists()
    assert content(out, "feedback/notes.md") == "ours"
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    generate(root, out, today=TODAY)
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_generate__does_not_write_into_a_folder_of_somebody_else(workspace: Write, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.md").write_text("ours", encoding="utf-8")
    with pytest.raises(SiteError, match=r'holds "index[.]md", which is not from an earlier call'):
        generate(workspace(SHOP).root, out, today=TODAY)
    assert [file.name for file in out.iterdir()] == ["index.md"]


def test_generate__writes_through_no_link(workspace: Write, tmp_path: Path) -> None:
    root, out, outside = workspace(SHOP).root, tmp_path / "out", tmp_path / "outside"
    generate(root, out, today=TODAY)
    shutil.move(out / "goal", outside)
    before = {file: file.read_bytes() for file in outside.rglob("*") if file.is_file()}
    (out / "goal").symlink_to(outside, target_is_directory=True)
    (root / "goals" / "new.md").write_text("---\ntitle: New\nperiod: 2026-Q4\nstatus: active\n---\n", encoding="utf-8")
    with pytest.raises(SiteError, match="leads out of the folder"):
        generate(root, out, today=TODAY)
    assert {file: file.read_bytes() for file in outside.rglob("*") if file.is_file()} == before
    assert not (outside / "new").exists()


def test_generate__takes_away_nothing_outside_its_folder(workspace: Write, tmp_path: Path) -> None:
    out, kept = tmp_path / "out", tmp_path / "outside" / "kept.md"
    kept.parent.mkdir()
    kept.write_text("kept", encoding="utf-8")
    out.mkdir()
    (out / LEDGER).write_text(json.dumps({"files": ["../outside/kept.md", str(kept)]}), encoding="utf-8")
    generate(workspace(SHOP).root, out, today=TODAY)
    assert kept.read_text(encoding="utf-8") == "kept"


def test_markdown_of__passes_through_markdown_and_its_extensions_untouched() -> None:
    signs = "{{ 7*7 }} {% x %} --8&lt;-- &quot;x&quot; *a* _b_ [TOC] [x]: y ==z== :smile: ~~s~~ $m$ https://e.x"
    shown = f"<p>{signs}</p>\n\n<pre>    a\n\n# b\n</pre>"
    page = Page("a/b.md", 'A: "b" # c', f'<div class="tu"><h1>A</h1>{shown}</div>', "no")
    text = markdown_of(page)
    front, _, body = text.removeprefix("---\n").partition("---\n")
    assert front == 'title: "A: \\"b\\" # c"\ndescription: "no"\nhide: ["toc"]\n'
    assert body.count("\n") == 2, "an empty line, and the page on one line"
    for sign in ("{{", "{%", "--8<", "--8&"):
        assert sign not in body
    extensions = [
        "attr_list",
        "md_in_html",
        "tables",
        "toc",
        "pymdownx.snippets",
        "pymdownx.magiclink",
        "pymdownx.emoji",
        "pymdownx.arithmatex",
    ]
    assert markdown.markdown(body, extensions=extensions) == body.strip()


def test_plugin__is_thin() -> None:
    assert plugin.__file__ is not None
    assert len(Path(plugin.__file__).read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_build__with_a_theme_of_mkdocs_escapes_no_title_twice(workspace: Write, theme: str) -> None:
    goal = "---\ntitle: 'Fast & <i>fair</i>'\nperiod: 2026-Q4\nstatus: active\n---\n## Why & how\n\nWords.\n"
    settings = f"site_name: Shop\ntheme: {theme}\nplugins: [trueup, search]\n"
    files = {"goals/a.md": goal, "mkdocs.yml": settings, "docs/index.md": "# x"}
    site = build(workspace(files).root, strict=True, today=TODAY).parent
    index = content(site, "search/search_index.json")
    titles = {one["location"]: one["title"] for one in json.loads(index)["docs"]}
    assert titles["goal/a/"] == "Fast & <i>fair</i>"
    assert "Why & how" in titles.values()
    assert content(site, "search/search_index.js") == "var __index = " + index
    assert "<title>Fast &amp; &lt;i&gt;fair&lt;/i&gt; - Shop</title>" in content(site, "goal/a/index.html")


@pytest.mark.parametrize("folder", ["goals", "goals/new", "team/cadences", "retros", "schemas", ".git/pages", ".trueup"])
def test_generate__writes_into_no_place_of_records(workspace: Write, folder: str) -> None:
    root = workspace(SHOP).root
    before = {path for path in root.rglob("*") if path.is_file()}
    with pytest.raises(SiteError, match="a place of records or settings"):
        generate(root, root / folder, today=TODAY)
    assert {path for path in root.rglob("*") if path.is_file()} == before
