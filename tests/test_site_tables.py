"""Lists in a real browser: how they are sorted and filtered is in the address, from disk and with instant navigation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conftest import TODAY, write_files

playwright = pytest.importorskip("playwright.sync_api")
pytest.importorskip("mkdocs")
pytestmark = pytest.mark.browser

from test_site_browser import chromium, search  # noqa: E402, F401
from test_site_pages import SHOP  # noqa: E402

PLANS = {
    f"plans/{name}.md": f"---\ntitle: {title}\nteam: operations\nstatus: {status}\ndue: {due}\ngoals: [2026-q4-dinner]\n---\n{text}\n"
    for name, title, status, due, text in (
        ("a", "Rota for autumn", "active", "2026-12-04", ""),
        ("b", "Boxes", "done", "2026-10-02", ""),
        ("c", "Rota for spring", "draft", "2027-03-01", ""),
        ("d", "Depot", "active", "2026-11-27", ""), ("e", "Vans", "paused", "2026-12-11", "On Monday they are upholstered."),
    )
}  # fmt: skip
GOALS = {
    f"goals/g{number}.md": f"---\ntitle: Goal {number}\nperiod: 2026-Q4\nstatus: active\nproduct_owner: li-wei\n---\n"
    for number in range(6)
}
# Each has 20 values, of which its row shows the last.
METRICS = {
    f"metrics/{name}.{ending}": text
    for number, name in enumerate(("bread", "milk", "fruit", "eggs", "rice"))
    for ending, text in (
        ("yaml", f"title: {name.capitalize()}\nunit: boxes\ndirection: up\n"),
        ("csv", "date,value,note\n" + "".join(f"2026-01-{day:02},{number * 100 + day},\n" for day in range(1, 21))),
    )
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the same site is read: from disk, and from a server with instant navigation."""
    from trueup.site.build import build

    root = tmp_path_factory.mktemp("shop")
    folder = tmp_path_factory.mktemp("built") / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}/"
    settings = f"""\
site_name: Shop
site_url: {address}
use_directory_urls: false
theme: {{name: material, font: false, features: [navigation.instant]}}
plugins: [search, trueup]
"""
    write_files(root, {**SHOP, **PLANS, **GOALS, **METRICS, "mkdocs.yml": settings, "docs/a.md": "# A\n"})
    build(root, folder, today=TODAY)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {"disk": folder.as_uri() + "/", "server": address}
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["disk", "server"])
def top(request: pytest.FixtureRequest, built: dict[str, str]) -> str:
    return built[request.param]


@pytest.fixture
def page(chromium: playwright.Browser) -> Iterator[playwright.Page]:  # noqa: F811
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(8000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def names(page: playwright.Page, name: str = "") -> list[str]:
    box = f'[data-tu-list="{name}"]'
    page.locator(f"{box}[data-tu-ready]").wait_for()
    return [text.strip() for text in page.locator(f"{box} tbody tr:not([hidden]) td.tu-what a:first-child").all_inner_texts()]


def wait_for(page: playwright.Page, ending: str) -> None:
    page.wait_for_function("ending => location.href.endsWith(ending)", arg=ending)


def test_list__keeps_what_was_chosen_through_reload_the_way_back_and_a_copied_address(page: playwright.Page, top: str) -> None:
    page.goto(top + "plan/index.html")
    everything = names(page)
    assert len(everything) == 6
    page.locator(".tu-tools button", has_text="Active").click()
    wait_for(page, "plan/index.html?state=active")
    active = names(page)
    assert sorted(active) == ["Depot", "Evening slots", "Rota for autumn"]
    page.locator("th[data-name=due] button").click()
    wait_for(page, "?state=active&sort=due")
    assert names(page) == ["Depot", "Rota for autumn", "Evening slots"]
    page.locator("th[data-name=due] button").click()
    wait_for(page, "?state=active&sort=-due")
    falling = ["Evening slots", "Rota for autumn", "Depot"]
    assert names(page) == falling
    page.locator(".tu-tools input").fill("ROTA autumn")
    wait_for(page, "?state=active&sort=-due&words=ROTA+autumn")
    assert names(page) == ["Rota for autumn"]
    page.reload()
    assert names(page) == ["Rota for autumn"]
    assert page.locator(".tu-tools input").input_value() == "ROTA autumn"
    assert page.locator("th[data-name=due]").get_attribute("aria-sort") == "descending"
    page.go_back()
    wait_for(page, "?state=active&sort=due")
    assert names(page) == ["Depot", "Rota for autumn", "Evening slots"]
    page.go_back()
    page.go_back()
    wait_for(page, "plan/index.html")
    assert names(page) == everything
    page.goto(top + "plan/index.html?state=done,draft&sort=-due")
    assert names(page) == ["Rota for spring", "Boxes"]
    pressed = page.locator(".tu-tools button[aria-pressed=true]").all_inner_texts()
    assert pressed == ["Draft 1", "Done 1"]
    assert page.locator(".tu-tools [role=status]").inner_text() == "2 / 6"


def test_list__is_as_it_was_on_the_way_back_from_another_page(page: playwright.Page, top: str) -> None:
    page.goto(top + "plan/index.html?words=rota")
    assert len(names(page)) == 2
    page.locator('[data-tu-list=""] tbody tr:not([hidden]) a').first.click()
    page.locator("h1", has_text="Rota for").wait_for()
    page.go_back()
    wait_for(page, "plan/index.html?words=rota")
    page.locator(".tu-tools").first.wait_for()
    assert len(names(page)) == 2


def test_list__does_not_disturb_another_one_on_the_page(page: playwright.Page, top: str) -> None:
    page.goto(top + "goal/index.html?tree.state=unknown&words=goal+3")
    assert names(page) == ["Goal 3"]
    assert len(names(page, "tree")) == 6
    page.locator("[data-tu-list=''] th button").first.click()
    wait_for(page, "?tree.state=unknown&words=goal+3&sort=1")
    assert len(names(page, "tree")) == 6


def test_list__finds_a_row_by_what_is_seen_of_it(page: playwright.Page, top: str) -> None:
    """The line of a metric tells who cannot see it where it began: 101 boxes of milk, which is nowhere in the row to be seen."""
    page.goto(top + "metric/index.html?words=120+boxes")
    assert names(page) == ["Milk"]
    page.goto(top + "metric/index.html?words=101+boxes")
    assert names(page) == []
    assert page.locator(".tu-tools [role=status]").inner_text() == "0 / 6"


def test_list__of_metrics_is_sorted_by_their_change(page: playwright.Page, top: str) -> None:
    page.goto(top + "metric/index.html?sort=-change")
    assert names(page)[0] == "Evening orders", "by 10 since the day before, all others by 1"
    page.goto(top + "metric/index.html?sort=-latest")
    assert names(page)[:2] == ["Rice", "Eggs"]


def test_home__leads_to_the_goals_that_a_figure_counts(page: playwright.Page, top: str) -> None:
    page.goto(top + "index.html")
    tile = page.locator(".tu-tiles a", has_text="goals without data").first
    count = int(tile.locator("b").inner_text())
    tile.click()
    page.wait_for_url("**/goal/index.html?tree.state=unknown#s-tree")
    assert len(names(page, "tree")) == count > 0


def test_page__tells_feed_readers_where_the_feed_is(page: playwright.Page, top: str) -> None:
    for path in ("index.html", "plan/a.html", "a.html"):
        page.goto(top + path)
        link = page.locator("head link[type='application/atom+xml']")
        assert link.evaluate("link => link.href") == top + "feed.xml"


@pytest.mark.parametrize("words", ["upholster", "upholstering", "upholsters"])
def test_search__finds_an_english_word_in_all_its_forms(page: playwright.Page, top: str, words: str) -> None:
    page.goto(top + "index.html")
    search(page, words)
    page.locator(".md-search-result__link").first.wait_for()
    assert "Vans" in page.locator(".md-search-result__list").inner_text()


def test_search__in_quotes_a_word_stays_as_it_is(page: playwright.Page, top: str) -> None:
    page.goto(top + "index.html")
    search(page, '"upholstering"')
    page.get_by_text("No matching documents").wait_for()
