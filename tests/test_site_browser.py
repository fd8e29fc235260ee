"""The built site in a real browser, opened from disk: no server, no network."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from attacks import attacks
from built import built, page_types
from conftest import TODAY, write_files
from test_site_hostile import evil_files

playwright = pytest.importorskip("playwright.sync_api")
pytest.importorskip("mkdocs")
pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}


@pytest.fixture(scope="module")
def chromium() -> Iterator[playwright.Browser]:
    """A browser that is installed already; the tests download none."""
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    found = next((path for name in NAMES if (path := shutil.which(name))), str(mac) if mac.exists() else None)
    if found is None:
        if os.environ.get("TRUEUP_REQUIRE_BROWSER") == "1":
            pytest.fail("TRUEUP_REQUIRE_BROWSER is set and there is no Chromium, Chrome or Edge")
        pytest.skip("no Chromium, Chrome or Edge")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["en", "zh"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    language = str(request.param)
    return language, built(language, tmp_path_factory.mktemp(language))


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: playwright.Browser) -> Iterator[playwright.Page]:
    """A page that fails the test where the console shows an error or anything is asked of another host."""
    width, height = SIZES[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    yield page
    context.close()
    assert wrong == []


def shows(page: playwright.Page, heading: str) -> None:
    """Waits for a page by its heading: with instant navigation the address changes before the page does."""
    playwright.expect(page.locator("h1")).to_have_text(heading)


def search(page: playwright.Page, words: str) -> None:
    if page.viewport_size["width"] < 960:
        page.locator("label.md-header__button[for=__search]").click()
    field = page.locator("[data-md-component=search-query]")
    field.click()
    page.keyboard.insert_text(words)
    field.press("End")


def test_site__leads_from_home_to_a_goal_its_plan_its_owner_and_finds_a_word(page: playwright.Page, site: tuple[str, Path]) -> None:
    language, folder = site
    goal, plan, words = {
        "en": ("An evening promise as good as the morning one", "Evenings on time", "half the slack"),
        "zh": ("夜间配送做成一门正经生意", "夜间配送（产品计划）", "手工接龙"),
    }[language]
    page.goto((folder / "index.html").as_uri())
    page.locator("section:has(#s-records) summary").click()
    page.locator(".tu-cards a", has_text="Goals" if language == "en" else "目标").first.click()
    page.locator(".tu-tree").get_by_role("link", name=goal, exact=True).click()
    shows(page, goal)
    page.locator(".tu-mentions").get_by_role("link", name=plan, exact=True).first.click()
    shows(page, plan)
    owner = page.locator(".tu-facts a[href^='../person/']").first
    name = owner.inner_text()
    owner.click()
    shows(page, name)
    search(page, words)
    page.locator(".md-search-result__link").first.wait_for()
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(lambda url: "/person/" not in url)
    found = re.compile("|".join(map(re.escape, (words, *words.split()))))
    playwright.expect(page.locator("article")).to_contain_text(found)


def test_search__finds_other_forms_of_a_word_and_one_within_a_sentence(page: playwright.Page, site: tuple[str, Path]) -> None:
    language, folder = site
    # "delivering" is in no record, and 接龙 never stands by itself.
    asked, written = {"en": ("delivering", "deliver(y|ies|ed)"), "zh": ("接龙", "手工接龙")}[language]
    page.goto((folder / "index.html").as_uri())
    search(page, asked)
    found = page.locator(".md-search-result__link")
    found.first.wait_for()
    found.first.click()
    page.wait_for_url(lambda url: not url.split("?")[0].endswith("/site/index.html"))
    playwright.expect(page.locator("article")).to_contain_text(re.compile(written, re.IGNORECASE))


def test_site__is_never_wider_than_the_window(page: playwright.Page, site: tuple[str, Path]) -> None:
    _language, folder = site
    wide = []
    # What fits a telephone fits a desk; there the charts have another layout, which stands on few pages.
    is_narrow = page.viewport_size["width"] < 960
    for file in page_types(folder):
        if not is_narrow and file.parent != folder and file.parent.name not in ("goal", "plan", "metric"):
            continue
        page.goto(file.as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
            wide.append(str(file.relative_to(folder)))
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_site__has_no_serious_fault_that_axe_finds(chromium: playwright.Browser, site: tuple[str, Path], scheme: str) -> None:
    language, folder = site
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    # In the dark the colours are different, and in Chinese the words: neither changes what else axe looks at.
    # The lists of all kinds are made alike, and so are the pages of the manual.
    rules = ["color-contrast"] if scheme == "dark" else ["wcag2a", "wcag2aa", "wcag21aa"]
    alone = [file for file in page_types(folder) if file.parent == folder]
    files = [*alone, folder / "plan" / "index.html"]
    if language == "en":
        others = [file for file in page_types(folder) if file.name != "index.html" and file not in alone]
        files += others if scheme == "light" else [file for file in others if file.parent.name in ("goal", "plan", "metric", "decision")]
    found = []
    for file in files:
        page.goto(file.as_uri())
        page.evaluate(AXE)
        for fault in page.evaluate("options => axe.run(document, options)", {"runOnly": rules, "preload": False})["violations"]:
            if fault["impact"] in ("serious", "critical"):
                found += [f"{file.relative_to(folder)}: {fault['id']}: {one['html'][:120]}" for one in fault["nodes"]]
    context.close()
    assert len(files) > 5
    assert found == []


WAYS = """() => [...document.querySelectorAll("article a[href], article summary, article button, nav a[href]")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest("[hidden], details:not([open]) > :not(summary)"))
    .map(one => (one.dataset.way ??= String(Math.random())))"""


@pytest.mark.parametrize("name", ["index", "plan"])
def test_site__is_reached_by_the_keyboard_alone(chromium: playwright.Browser, site: tuple[str, Path], name: str) -> None:
    _language, folder = site
    file = folder / "index.html" if name == "index" else max((folder / "plan").glob("*-*.html"), key=lambda one: one.stat().st_size)
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri())
    for summary in page.query_selector_all("article details:not([open]) > summary"):
        if summary.is_visible():
            summary.focus()
            page.keyboard.press("Enter")
            assert summary.evaluate("one => one.parentElement.open")
    ways = set(page.evaluate(WAYS))
    reached: set[str] = set()
    page.evaluate("document.activeElement.blur()")
    for _step in range(len(ways) * 2 + 60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.way ?? ''"))
        if ways <= reached:
            break
    left = page.evaluate(
        "ways => ways.map(way => document.querySelector(`[data-way='${way}']`).outerHTML.slice(0, 120))", sorted(ways - reached)
    )
    assert len(ways) > 20
    assert left == []
    link = page.locator("article a[href]:not([href^='#']):not([href^='http'])").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != file.as_uri())
    page.close()


@pytest.mark.parametrize("name", ["index", "plan"])
def test_site__prints_whole(chromium: playwright.Browser, site: tuple[str, Path], name: str) -> None:
    """On paper nothing is wider than the sheet, nothing is hidden that was there, and dark is light."""
    _language, folder = site
    file = folder / "index.html" if name == "index" else max((folder / "plan").glob("*-*.html"), key=lambda one: one.stat().st_size)
    context = chromium.new_context(viewport={"width": 700, "height": 1000}, color_scheme="dark")
    page = context.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    seen = page.locator("article").inner_text()
    page.emulate_media(media="screen")
    shown = page.locator("article").inner_text()
    page.emulate_media(media="print")
    buttons = {text.strip() for text in page.locator("article button, article .tu-tools").all_inner_texts()}
    missing = [line for line in shown.splitlines() if line.strip() and line not in seen and line.strip() not in buttons]
    assert missing == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    cut = page.evaluate("""() => [...document.querySelectorAll("article *")].filter(one => one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX !== "visible" && !one.closest("svg")).map(one => one.outerHTML.slice(0, 120))""")
    assert cut == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    assert len(page.pdf(format="A4")) > 10_000
    context.close()


def test_report__is_folded_on_the_screen_and_whole_on_paper(chromium: playwright.Browser, site: tuple[str, Path]) -> None:
    _language, folder = site
    long = [file for file in (folder / "reports").glob("*.html") if "tu-printed" in file.read_text(encoding="utf-8")]
    if not long:
        assert _language == "zh", "no report of the example is long"
        return
    context = chromium.new_context()
    page = context.new_page()
    page.goto(long[0].as_uri())
    last = page.locator(".tu-printed li").last
    is_seen = "one => one.checkVisibility({contentVisibilityAuto: true})"
    assert last.evaluate(is_seen) is False
    page.emulate_media(media="print")
    assert last.evaluate(is_seen) is True
    assert not page.locator(".tu-printed > summary").first.is_visible()
    context.close()


def rows(page: playwright.Page, column: int) -> list[str]:
    cells = page.locator(f".tu-list:has(th button) tbody tr:not([hidden]) > :nth-child({column})")
    return [" ".join(text.split()) for text in cells.all_inner_texts()]


def days(page: playwright.Page, column: int) -> list[str]:
    """What the cells of a column with days are sorted by."""
    cells = page.locator(f".tu-list:has(th button) tbody tr:not([hidden]) > :nth-child({column})")
    return [day for cell in cells.all() if (day := cell.get_attribute("data-sort"))]


def test_list__sorts_with_the_keyboard_and_filters_by_words_and_state(chromium: playwright.Browser, site: tuple[str, Path]) -> None:
    language, folder = site
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto((folder / "plan" / "index.html").as_uri())
    heading = page.locator(".tu-list th:has(button)", has_text="Due" if language == "en" else "截止日期").first
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    due = days(page, 6)
    assert due == sorted(due)
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "descending"
    assert days(page, 6) == sorted(due, reverse=True)
    page.locator(".tu-tools button", has_text="Done" if language == "en" else "已完成").click()
    shown = rows(page, 4)
    assert shown
    assert set(shown) == {"Done" if language == "en" else "已完成"}
    page.locator(".tu-tools button").first.click()
    page.locator(".tu-tools input").fill("evening" if language == "en" else "夜间")
    assert 0 < len(rows(page, 1)) < len(due)
    page.close()


def test_site__reads_without_scripts(chromium: playwright.Browser, site: tuple[str, Path]) -> None:
    _language, folder = site
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "plan" / "index.html").as_uri())
    assert page.locator(".tu-list tbody tr").count() > 5
    assert page.locator("button.tu, .tu button").count() == 0
    context.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[str]:
    """Where a site is served in which every text is an attack, with pages that are replaced rather than loaded."""
    from trueup.site.build import build

    address = "http://127.0.0.1"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site"))) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        settings = f"""\
site_name: ""
site_url: {address}
use_directory_urls: false
theme: {{name: material, font: false, features: [navigation.instant, search.highlight, search.suggest]}}
plugins: [search, trueup]
"""
        root = write_files(tmp_path, {**attacks().files, **evil_files(), "mkdocs.yml": settings, "docs/page.md": "# Page\n"}).root
        build(root, today=TODAY)
        Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def test_site__of_hostile_records_runs_nothing_and_asks_nobody(chromium: playwright.Browser, hostile: str, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    foreign: list[str] = []
    page.on("request", lambda one: foreign.append(one.url) if not one.url.startswith((hostile, "data:", "blob:")) else None)
    page.on("dialog", lambda dialog: foreign.append(dialog.message))
    site = tmp_path / "site"
    # One page of each type; as each text has a kind of its own, that is at least one for each text.
    kept = [
        file
        for file in page_types(site)
        if file.parent.name not in ("rules", "kinds") and not (file.parent.name.startswith("own") and file.name == "index.html")
    ]
    for file in sorted(kept):
        page.goto(hostile + quote(file.relative_to(site).as_posix()))
        assert page.evaluate("window.hit") is None, file.name
    page.goto(hostile + "index.html")
    page.evaluate("window.same = true")
    for name in ("plan/index", "metric/index", "findings", "own3/index"):
        before = page.locator("h1").inner_text()
        # Also where the link stands in a part of the navigation that is closed.
        page.locator(f"a[href*='{name}.html']").first.evaluate("link => link.click()")
        page.wait_for_url(f"**/{name}.html*")
        playwright.expect(page.locator("h1")).not_to_have_text(before)
        assert page.evaluate("[window.hit ?? null, window.same]") == [None, True], name
    page.locator("a[href*='goal/index']").first.evaluate("link => link.click()")
    page.wait_for_url("**/goal/index.html*")
    shows(page, "Goals")
    page.locator("article a[href*='evil.html']").locator("visible=true").first.click()
    page.wait_for_url("**/goal/evil.html*")
    playwright.expect(page.locator("h1")).to_contain_text("<script>window.hit=1</script>")
    assert page.evaluate("window.same") is True, "the page was loaded, not replaced"
    search(page, "onerror")
    result = page.locator(".md-search-result__link").first
    result.wait_for(state="attached")
    assert "<script>" in (page.locator(".md-search-result__list").text_content() or "")
    assert page.locator(".md-search-result__list").locator("script, img, svg[onload], iframe, style, textarea").count() == 0
    page.goto(result.get_attribute("href") or "")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert foreign == []
    page.close()
