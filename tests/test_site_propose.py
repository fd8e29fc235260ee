"""Links that begin a record in the forge's editor, and what is written there already."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import Written
from test_site_pages import SHOP, site
from trueup.records.config import Repository
from trueup.site.forge import new_url
from trueup.site.page import Page

Write = Callable[[Mapping[str, str | bytes]], Written]


def link(page: Page, words: str) -> str | None:
    found = re.search(rf'<a class="tu-edit" href="([^"]*)" rel="noopener noreferrer">{words}</a>', page.html)
    return unescape(found.group(1)) if found else None


def offered(page: Page) -> tuple[str, str]:
    """The name and the content of the file that the one link to a new file begins."""
    (url,) = re.findall(r'<a class="tu-edit" href="([^"]*/new/[^"]*)"', page.html)
    said = parse_qs(urlsplit(unescape(url)).query)
    return said["filename"][0], said["value"][0]


def filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = re.sub(rf"^{name}:  #.*$", f"{name}: {value}", text, flags=re.MULTILINE)
    return text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_new_check_in__passes_the_check_once_its_blanks_are_filled(workspace: Write, language: str) -> None:
    shop = {**SHOP, "trueup.yaml": SHOP["trueup.yaml"] + f"language: {language}\n"}
    page = site(workspace(shop))["plan/evening-slots.md"]
    path, text = offered(page)
    assert path == "checkins/YYYY-MM-DD-evening-slots.md"
    assert "subject: plan/evening-slots\n" in text
    before = workspace(shop).findings()
    done = filled(text, date="2026-11-20", author="li-wei", health="on-track")
    assert workspace({**shop, path.replace("YYYY-MM-DD", "2026-11-20"): done}).findings() == before


def test_new_check_in__that_nobody_has_filled_in_is_reported(workspace: Write) -> None:
    path, text = offered(site(workspace(SHOP))["plan/evening-slots.md"])
    found = workspace({**SHOP, path: text}).findings()
    assert sum(one.startswith(path) for one in found) >= 3


def test_new_feedback__passes_the_check_once_its_blanks_are_filled(workspace: Write) -> None:
    pages = site(workspace(SHOP))
    path, text = offered(pages["feedback/index.md"])
    assert (path, text) == offered(pages["index.md"])
    assert "status: new\n" in text
    before = workspace(SHOP).findings()
    done = filled(text, title="No slot", received_on="2026-11-20", channel="support")
    assert workspace({**SHOP, path.replace("YYYY-MM-DD", "2026-11-20"): done}).findings() == before


def test_new_check_in__is_offered_for_what_is_not_over(workspace: Write) -> None:
    closed = SHOP["plans/evening-slots.md"].replace("status: active", "status: dropped")
    pages = site(workspace({**SHOP, "plans/evening-slots.md": closed}))
    assert link(pages["goal/2026-q4-dinner.md"], "New check-in")
    assert link(pages["plan/evening-slots.md"], "New check-in") is None
    assert link(pages["person/li-wei.md"], "New check-in") is None


@pytest.mark.parametrize("forge", ["gitlab", "gitee"])
def test_new_record__is_left_out_where_the_forge_takes_no_content(workspace: Write, forge: str) -> None:
    settings = f"title: Shop\nrepository: {{url: https://{forge}.example/a/b, forge: {forge}}}\n"
    pages = site(workspace({**SHOP, "trueup.yaml": settings}))
    assert link(pages["plan/evening-slots.md"], "Edit")
    assert link(pages["plan/evening-slots.md"], "New check-in") is None
    assert link(pages["feedback/index.md"], "New feedback") is None


def test_new_url__is_that_of_the_forge() -> None:
    hub = Repository("https://github.com/a/b")
    assert (
        new_url(hub, "goals/x.md", "a: 夜 & b\n")
        == "https://github.com/a/b/new/main?filename=goals/x.md&value=a%3A%20%E5%A4%9C%20%26%20b%0A"
    )
    tea = Repository("https://git.example/a/b", "trunk", "gitea", "planning")
    assert new_url(tea, "x.md", "y") == "https://git.example/a/b/_new/trunk?filename=planning/x.md&value=y"
    assert new_url(None, "x.md", "y") == ""
    assert new_url(hub, "x.md", "夜" * 1000) == "", "no server takes so long an address"
