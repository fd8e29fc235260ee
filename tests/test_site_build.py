"""Building the site with MkDocs, and writing its pages for another generator."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from conftest import TODAY, Written
from test_site_pages import SHOP

pytest.importorskip("mkdocs")

import markdown
from mkdocs.commands.build import build as build_mkdocs
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from trueup.cli.reference import commands
from trueup.site import plugin
from trueup.site.build import build
from trueup.site.failure import SiteError
from trueup.site.generate import LEDGER, generate, markdown_of
from trueup.site.page import Page
from trueup.site.target import leave_mark, refusal

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
        for href in re.findall(r'href="([^"#?]+)', file.read_text(encoding="utf-8")):
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
    assert "<h1>There is no such page</h1>" in content(site, "404.html")


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


@pytest.mark.parametrize("plugins", ["search, trueup", "trueup, search"])
def test_build__finds_records_before_the_handbook_and_that_before_the_manual(workspace: Write, plugins: str) -> None:
    own = "---\nsearch: {boost: 2}\n---\n# Own\n\nword\n"
    docs = {f"docs/{path}.md": "# Page\n\nword\n" for path in ("page", "handbook/goals", "manual/start", "rules/dead-link")}
    settings = MKDOCS.format(urls="false").replace("search, trueup", plugins)
    site = build(workspace({**SHOP, "mkdocs.yml": settings, "docs/manual/own.md": own, **docs}).root, today=TODAY).parent
    entries = {
        one["location"].partition("#")[0]: one.get("boost", 1) for one in json.loads(content(site, "search/search_index.json"))["docs"]
    }
    expected = {"goal/2026-q4-dinner": 1, "page": 1, "handbook/goals": 0.6, "manual/start": 0.3, "rules/dead-link": 0.3, "manual/own": 2}
    assert {path: entries[f"{path}.html"] for path in expected} == expected
    assert entries["manual/kinds/goal.html"] == 0.3


def test_build__with_a_broken_file_publishes_the_others(workspace: Write) -> None:
    site = build(workspace({**SHOP, "goals/broken.md": "---\ntitle: [\n---\n"}).root, strict=True, today=TODAY).parent
    assert "Dinner at nine" in content(site, "goal/2026-q4-dinner.html")
    assert "TU006" in content(site, "goal/broken.html")


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("site_name: [x\n", 'in "mkdocs.yml", line 1'),
        ("site_name: x\ntheme: no-such-theme\n", "Unrecognised theme name: 'no-such-theme'"),
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


@pytest.mark.parametrize("globs", [["people.yaml"], ["*/README.md"], ["**/notes.yaml"]])
def test_build__of_a_kind_at_the_root_writes_to_the_usual_folder(workspace: Write, globs: list[str]) -> None:
    kind = {"type": "object", "x-kind": {"name": "note", "files": globs}, "properties": {"title": {"type": "string"}}}
    files = {"schemas/note.schema.json": json.dumps(kind), "people.yaml": "title: a\n", "it/README.md": "---\ntitle: b\n---\n"}
    root = workspace({**files, "out/deep/notes.yaml": "title: c\n"}).root
    assert build(root, today=TODAY) == root / "site" / "index.html"
    held = {"people.yaml": ["."], "*/README.md": ["it"], "**/notes.yaml": ["out", "out/deep"]}
    for folder in held[globs[0]]:
        assert "would be emptied" in str(refusal(root, root / folder, root / "docs"))
    assert (root / "out/deep/notes.yaml").is_file()


def test_build__writes_through_no_mark_that_is_a_link(workspace: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    root, victim = workspace(SHOP).root, tmp_path_factory.mktemp("outside") / "victim"
    victim.write_text("precious", encoding="utf-8")
    (root / "site").mkdir()
    (root / "site" / ".trueup-site").symlink_to(victim)
    with pytest.raises(SiteError, match="no earlier build"):
        build(root, today=TODAY)
    assert victim.read_text(encoding="utf-8") == "precious"
    leave_mark(root / "site")
    assert victim.read_text(encoding="utf-8") == "precious"
    assert not (root / "site" / ".trueup-site").is_symlink()


@pytest.mark.parametrize("folder", ["site", "site/below"])
def test_build__writes_through_no_link_of_the_workspace(workspace: Write, tmp_path_factory: pytest.TempPathFactory, folder: str) -> None:
    root, elsewhere = workspace(SHOP).root, tmp_path_factory.mktemp("elsewhere")
    (root / "site").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(SiteError, match="symbolic link"):
        build(root, root / folder, today=TODAY)
    with pytest.raises(SiteError, match="symbolic link"):
        generate(root, root / folder, TODAY, commands)
    # A link elsewhere leads where whoever made it wants, and not where the name says.
    public = tmp_path_factory.mktemp("public") / "site"
    public.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(SiteError, match="symbolic link"):
        build(root, public, today=TODAY)
    assert list(elsewhere.iterdir()) == []


def test_refusal__knows_a_folder_by_another_spelling(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on Windows and macOS, where GOALS is goals.
    root = workspace(SHOP).root
    same = Path.samefile
    monkeypatch.setattr(Path, "samefile", lambda one, other: same(one, other) or str(one).casefold() == str(other).casefold())
    (root / "GOALS").mkdir()
    reason = refusal(root, root / "GOALS" / "x", root / "docs")
    assert reason is not None
    assert '"goals" is not a site' in str(reason)
    assert refusal(root, root / "public", root / "docs") is None


def test_refusal__of_a_folder_that_holds_what_must_stay(workspace: Write) -> None:
    root = workspace(SHOP).root
    assert '"team/' in str(refusal(root, root / "team", root / "docs"))
    assert '"web/docs" is not a site' in str(refusal(root, root / "web", root / "web" / "docs"))
    assert refusal(root, root / "web" / "site", root / "web" / "docs") is None


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


def test_plugin__empties_no_folder_of_somebody_else_when_mkdocs_is_called_directly(workspace: Write) -> None:
    root = workspace({**SHOP, "mkdocs.yml": MKDOCS.format(urls="false"), "docs/index.md": "# x", "site/app.js": "ours"}).root
    with pytest.raises(Abort):
        build_mkdocs(load_config(config_file=str(root / "mkdocs.yml")))
    assert content(root, "site/app.js") == "ours"
    assert [path.name for path in (root / "site").iterdir()] == ["app.js"]


@pytest.mark.parametrize(
    ("option", "reason"),
    [("root: nowhere", 'has "root: nowhere"'), ("today: tomorrow", "tomorrow"), ("today: '2026-02-30'", "the day to build for is no day")],
)
def test_plugin__says_what_it_cannot_use(workspace: Write, option: str, reason: str) -> None:
    settings = f"site_name: x\nplugins: [{{trueup: {{{option}}}}}]\n"
    with pytest.raises(SiteError, match=reason):
        build(workspace({**SHOP, "mkdocs.yml": settings, "docs/index.md": "# x"}).root)


@pytest.mark.parametrize("epoch", ["99999999999999", "-99999999999999", "soon"])
def test_plugin__says_that_the_environment_names_no_day(workspace: Write, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    root = workspace(SHOP).root
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(SiteError, match=f"SOURCE_DATE_EPOCH={epoch}"):
        build(root)


def test_plugin__takes_the_day_of_its_settings_unless_another_is_asked_for(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    news = "---\ntitle: Old news\nreceived_on: 2020-12-30\n---\n"
    files = {"feedback/old.md": news, "feedback/new.md": news.replace("Old", "New").replace("2020", "2024"), "docs/a.md": "# A\n"}
    root = workspace(files).root
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")

    def is_told(today: date | None = None) -> bool:
        return "New news" in content(build(root, today=today).parent, "index.html").partition('id="s-wrong"')[0]

    assert not is_told()
    (root / "mkdocs.yml").write_text("site_name: x\nplugins: [trueup: {today: 2025-01-01}]\n", encoding="utf-8")
    assert is_told()
    assert not is_told(date(2021, 1, 1))


@pytest.mark.parametrize("settings", [None, "", 'site_name: ""\n', "site_name: Ours\n"])
@pytest.mark.parametrize("title", ["🚀 Team", "Acme - trueup", "x {language} y", "site_dir: site", "Fast & <i>fair</i>"])
def test_build__is_called_what_the_workspace_is_called(workspace: Write, settings: str | None, title: str) -> None:
    files = {"trueup.yaml": f"title: {json.dumps(title, ensure_ascii=False)}\n", "docs/a.md": "# A\n"}
    root = workspace({**files, **({} if settings is None else {"mkdocs.yml": settings + "plugins: [trueup]\n"})}).root
    name = "Ours" if settings and "Ours" in settings else html.escape(title, quote=False)
    assert f" - {name}</title>" in content(build(root, today=TODAY).parent, "findings.html" if settings is None else "findings/index.html")


def test_build__in_words_when_a_file_cannot_be_read_or_written(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace({**SHOP, "docs/x.md": "# x\n"}).root
    # A long path is cut.
    with pytest.raises(SiteError, match="cannot read or write " + re.escape(str(root)[:50])):
        build(root, root / "trueup.yaml" / "x", today=TODAY)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "docs/x.md")

    monkeypatch.setattr("mkdocs.structure.files.File.content_string", property(refuse))
    with pytest.raises(SiteError, match=r"cannot read or write docs/x[.]md: Permission denied"):
        build(root, today=TODAY)
    monkeypatch.setattr("trueup.site.plugin.leave_mark", refuse)
    with pytest.raises(SiteError, match="Permission denied"):
        build(root, today=TODAY)


@pytest.mark.parametrize("name", ["f.md", "y.png"])
def test_build__waits_for_nothing_that_is_no_file(workspace: Write, name: str) -> None:
    root = workspace({"docs/page.md": "# Page\n"}).root
    os.mkfifo(root / "docs" / name)
    site = build(root, today=TODAY).parent
    assert (site / "page.html").is_file()
    assert not (site / name).exists()


def test_build__refuses_a_docs_folder_that_is_a_link(workspace: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret.md").write_text("# Secret\n", encoding="utf-8")
    root = workspace(SHOP).root
    (root / "docs").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(SiteError, match="symbolic link"):
        build(root, today=TODAY)


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_build__with_a_theme_of_mkdocs_can_be_searched(workspace: Write, theme: str) -> None:
    settings = f"site_name: Shop\ntheme: {theme}\nplugins: [search, trueup]\n"
    site = build(workspace({**SHOP, "mkdocs.yml": settings, "docs/index.md": "# x"}).root, today=TODAY).parent
    found = json.loads(content(site, "search/search_index.json"))["docs"]
    assert any(one["location"].startswith("goal/2026-q4-dinner") and one["title"] == "Dinner at nine" and one["text"] for one in found)


def test_generate__writes_pages_that_plain_mkdocs_builds_without_a_dead_link(workspace: Write, tmp_path: Path) -> None:
    written = generate(workspace(SHOP).root, tmp_path / "out" / "docs", TODAY, commands).folder
    (tmp_path / "out" / "mkdocs.yml").write_text("site_name: x\ntheme: {name: mkdocs, locale: en}\nplugins: []\n", encoding="utf-8")
    build_mkdocs(load_config(str(tmp_path / "out" / "mkdocs.yml"), strict=True))
    site = tmp_path / "out" / "site"
    assert "<h1>Dinner at nine</h1>" in content(site, "goal/2026-q4-dinner/index.html")
    for file in written.rglob("*.md"):
        for href in re.findall(r'href="([^"#?]+)', file.read_text(encoding="utf-8")):
            if not href.startswith(("https:", "mailto:")):
                target = (site / file.relative_to(written)).parent / href
                assert target.is_file(), f"{file.relative_to(written)}: {href}"


def test_generate__takes_away_what_is_gone_and_keeps_what_is_not_its_own(workspace: Write, tmp_path: Path) -> None:
    root, out = workspace(SHOP).root, tmp_path / "out"
    generate(root, out, TODAY, commands)
    (out / "feedback" / "notes.md").write_text("ours", encoding="utf-8")
    (root / "feedback" / "late-box.md").unlink()
    generate(root, out, TODAY, commands)
    assert not (out / "feedback" / "late-box").exists()
    assert content(out, "feedback/notes.md") == "ours"
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    generate(root, out, TODAY, commands)
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_generate__names_a_file_that_stands_where_a_page_belongs(workspace: Write, tmp_path: Path) -> None:
    root, out = workspace(SHOP).root, tmp_path / "out"
    assert generate(root, out, TODAY, commands).kept == ()
    (out / "goal" / "new").mkdir()
    (out / "goal" / "new" / "index.md").write_text("ours", encoding="utf-8")
    (root / "goals" / "new.md").write_text("---\ntitle: New\nperiod: 2026-Q4\nstatus: active\n---\n", encoding="utf-8")
    for _ in range(2):
        assert generate(root, out, TODAY, commands).kept == ("goal/new/index.md",)
    assert content(out, "goal/new/index.md") == "ours"


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_generate__escapes_titles_for_plain_mkdocs(workspace: Write, tmp_path: Path, theme: str) -> None:
    title = "</title><script>alert(1)</script> & 🚀"
    goal = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nperiod: 2026-Q4\nstatus: active\n---\n"
    written = generate(workspace({"goals/a.md": goal}).root, tmp_path / "out" / "docs", TODAY, commands).folder
    (tmp_path / "out" / "mkdocs.yml").write_text(f"site_name: x\ntheme: {theme}\nplugins: [search]\n", encoding="utf-8")
    build_mkdocs(load_config(str(tmp_path / "out" / "mkdocs.yml")))
    shown = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; 🚀"
    page = content(tmp_path / "out" / "site", "goal/a/index.html")
    assert f"<title>{shown} - x</title>" in page
    assert f"<h1>{shown}</h1>" in page
    assert "<script>alert(1)" not in page
    assert "&amp;lt;" not in page
    assert "\\ud83d" not in content(written, "goal/a/index.md")
    index = json.loads(content(tmp_path / "out" / "site", "search/search_index.json"))
    assert [one["title"] for one in index["docs"] if one["location"] == "goal/a/"] == [shown]


@pytest.mark.parametrize(
    "ledger",
    [
        '{"files": ["a\\u0000b", "/etc/passwd", "../x", 5, null, "a//b", "\\ud800"]}',
        '{"files": ' + "[" * 200_000,
        '{"files": 5}',
        "[]",
        "{",
        "\x00",
    ],
)
def test_generate__is_not_led_astray_by_its_list_of_files(workspace: Write, tmp_path: Path, ledger: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / LEDGER).write_text(ledger, encoding="utf-8")
    root = workspace(SHOP).root
    if '"a' in ledger:
        assert (generate(root, out, TODAY, commands).folder / "index.md").is_file()
    else:
        with pytest.raises(SiteError, match="not from an earlier call"):
            generate(root, out, TODAY, commands)


def test_generate__does_not_write_into_a_folder_of_somebody_else(workspace: Write, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.md").write_text("ours", encoding="utf-8")
    with pytest.raises(SiteError, match=r'holds "index[.]md", which is not from an earlier call'):
        generate(workspace(SHOP).root, out, TODAY, commands)
    assert [file.name for file in out.iterdir()] == ["index.md"]


def test_generate__writes_through_no_link(workspace: Write, tmp_path: Path) -> None:
    root, out, outside = workspace(SHOP).root, tmp_path / "out", tmp_path / "outside"
    generate(root, out, TODAY, commands)
    shutil.move(out / "goal", outside)
    before = {file: file.read_bytes() for file in outside.rglob("*") if file.is_file()}
    (out / "goal").symlink_to(outside, target_is_directory=True)
    (root / "goals" / "new.md").write_text("---\ntitle: New\nperiod: 2026-Q4\nstatus: active\n---\n", encoding="utf-8")
    with pytest.raises(SiteError, match="leads out of the folder"):
        generate(root, out, TODAY, commands)
    assert {file: file.read_bytes() for file in outside.rglob("*") if file.is_file()} == before
    assert not (outside / "new").exists()


def test_generate__takes_away_nothing_outside_its_folder(workspace: Write, tmp_path: Path) -> None:
    out, kept = tmp_path / "out", tmp_path / "outside" / "kept.md"
    kept.parent.mkdir()
    kept.write_text("kept", encoding="utf-8")
    out.mkdir()
    (out / LEDGER).write_text(json.dumps({"files": ["../outside/kept.md", str(kept)]}), encoding="utf-8")
    generate(workspace(SHOP).root, out, TODAY, commands)
    assert kept.read_text(encoding="utf-8") == "kept"


def test_markdown_of__passes_through_markdown_and_its_extensions_untouched() -> None:
    signs = "{{ 7*7 }} {% x %} --8&lt;-- &quot;x&quot; *a* _b_ [TOC] [x]: y ==z== :smile: ~~s~~ $m$ https://e.x"
    shown = f"<p>{signs}</p>\n\n<pre>    a\n\n# b\n</pre>"
    page = Page("a/b.md", 'A: "b" # c', f'<div class="tu"><h1>A</h1>{shown}</div>', "no")
    text = markdown_of(page)
    front, _, body = text.removeprefix("---\n").partition("---\n")
    assert front == 'title: "A: &quot;b&quot; # c"\ndescription: "no"\nhide: ["toc"]\n'
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
    assert len(Path(plugin.__file__).read_text(encoding="utf-8").splitlines()) < 160


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
        generate(root, root / folder, TODAY, commands)
    assert {path for path in root.rglob("*") if path.is_file()} == before
