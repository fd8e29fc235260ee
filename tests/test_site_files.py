"""What the site holds beside its pages: CSV, JSON and the feed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import TODAY, Written
from test_site_pages import SHOP
from trueup.checks.runner import check
from trueup.cli.list import command as list_
from trueup.records.config import Repository
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.site.files import files_of
from trueup.site.pages import pages_of
from trueup.site.site import Docs, Site, site_of
from trueup.views.tables import columns_of

Write = Callable[[Mapping[str, str | bytes]], Written]

ENGLISH = Path(__file__).parents[1]
ATOM = "{http://www.w3.org/2005/Atom}"

NEWS = {
    **SHOP,
    "decisions/slots.md": "---\ntitle: Slots <till> nine & later\ndate: 2026-11-10\nstatus: accepted\ntype: decision\n"
    "deciders: [li-wei]\n---\nWhy.\n",
    "decisions/later.md": "---\ntitle: Of tomorrow\ndate: 2026-11-30\nstatus: proposed\ntype: decision\n---\nWhy.\n",
    "plans/pilot.md": """\
---
title: Pilot
team: operations
status: done
owner: li-wei
tasks: [{id: run, title: Run it, status: done, done_on: 2026-11-12}]
milestones: [{id: open, title: First evening, due: 2026-11-05, done_on: 2026-11-06}]
---
""",
    "plans/undated.md": "---\ntitle: Nobody knows when\nteam: operations\nstatus: done\n---\n",
}


def made(workspace: Workspace, address: str = "") -> Site:
    return site_of(workspace, check(workspace, TODAY), TODAY, Docs(), "file", address)


def files(site: Site) -> dict[str, bytes]:
    return {file.path: file.content for file in files_of(site)}


@pytest.mark.parametrize("root", [ENGLISH, ENGLISH / "examples" / "zh"], ids=["en", "zh"])
def test_files__hold_what_list_says_of_every_kind(root: Path) -> None:
    written, loaded = Written(root), load(WorkingTree(root))
    found = files(made(loaded))
    for name in ("goal", "plan", "feedback", "checkin", "metric", "person"):
        assert found[f"{name}/index.csv"].decode("utf-8-sig") == written.answer(list_, name, "--format", "csv")
        columns = ",".join(columns_of(loaded.kinds[name]))
        assert found[f"api/{name}.json"].decode() == written.answer(list_, name, "--columns", columns, "--format", "json")
    assert {f"api/{name}.json" for name in loaded.kinds} < set(found)


def test_files__are_the_same_bytes_each_time(workspace: Write) -> None:
    written = workspace(NEWS)
    assert files(made(written.load())) == files(made(written.load()))


def test_csv__is_opened_by_excel_in_chinese_and_runs_no_formula(workspace: Write) -> None:
    goals = {f"goals/{name}.md": f"---\ntitle: {title}\nperiod: 2026-Q4\nstatus: active\n---\n" for name, title in
             (("a", '"=HYPERLINK(\\"http://x\\")"'), ("b", "夜间配送"))}  # fmt: skip
    raw = files(made(workspace(goals).load()))["goal/index.csv"]
    assert raw.startswith(b"\xef\xbb\xbfid,")
    lines = raw.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("a,\"'=HYPERLINK(")
    assert lines[2].startswith("b,夜间配送,")


def test_csv__of_findings_has_one_row_for_each(workspace: Write) -> None:
    site = made(workspace({**SHOP, "goals/broken.md": "---\ntitle: [\n---\n"}).load())
    assert len(files(site)["findings.csv"].decode().splitlines()) >= 1 + len(site.findings.all) > 1


def test_list_page__leads_to_its_files_where_there_are_records(workspace: Write) -> None:
    site = made(workspace(SHOP).load())
    pages = {page.path: page.html for page in pages_of(site)}
    assert '<a href="../goal/index.csv" download>CSV</a><a href="../api/goal.json">JSON</a>' in pages["goal/index.md"]
    assert '<a href="../feed.xml" type="application/atom+xml">Feed</a>' in pages["checkin/index.md"]
    assert '<a href="feed.xml" type="application/atom+xml">Feed</a>' in pages["index.md"]
    assert "index.csv" not in pages["decision/index.md"], "there is no decision"
    there = set(files(site))
    for page in pages.values():
        assert {href.removeprefix("../") for href in re.findall(r'href="([^"]*\.(?:csv|json|xml))"', page)} <= there


def entries(site: Site) -> list[tuple[str, str, str]]:
    root = ET.fromstring(files(site)["feed.xml"])
    found = root.iter(f"{ATOM}entry")
    return [(one.findtext(f"{ATOM}updated", "")[:10], one.findtext(f"{ATOM}title", ""), _link(one)) for one in found]


def _link(entry: ET.Element) -> str:
    link = entry.find(f"{ATOM}link")
    assert link is not None
    return link.get("href", "")


def test_feed__tells_decisions_check_ins_and_what_plans_have_reached_the_latest_first(workspace: Write) -> None:
    assert entries(made(workspace(NEWS).load())) == [
        ("2026-11-19", "Check-in: Evening slots · 19 November 2026", "checkin/2026-11-19-slots.html"),
        ("2026-11-12", "Plan done: Pilot", "plan/pilot.html"),
        ("2026-11-10", "Decision: Slots <till> nine & later", "decision/slots.html"),
        ("2026-11-06", "Milestone reached: First evening, Pilot", "plan/pilot.html#p-open"),
    ]


def test_feed__is_valid_in_what_the_standard_asks_of_it(workspace: Write) -> None:
    for site in (
        made(workspace(NEWS).load()),
        made(workspace({"trueup.yaml": ""}).load()),
        made(workspace(NEWS).load(), "https://a.example/x/"),
    ):
        root = ET.fromstring(files(site)["feed.xml"])
        for one in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"{ATOM}{name}")) == 1
                assert one.findtext(f"{ATOM}{name}")
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        ids = [one.text for one in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))


def test_feed__has_absolute_addresses_where_that_of_the_site_is_known(workspace: Write) -> None:
    loaded = workspace(NEWS).load()
    known, unknown = made(loaded, "https://how.example/work/"), made(loaded)
    assert {link.startswith("https://how.example/work/") for _, _, link in entries(known)} == {True}
    strip = [(day, title, link.removeprefix("https://how.example/work/")) for day, title, link in entries(known)]
    assert strip == entries(unknown)


def test_feed__keeps_its_ids_wherever_the_site_is_read(workspace: Write) -> None:
    loaded = workspace(NEWS).load()

    def ids(site: Site) -> list[str | None]:
        return [one.text for one in ET.fromstring(files(site)["feed.xml"]).iter(f"{ATOM}id")]

    found = ids(made(loaded))
    assert found == ids(made(loaded, "https://elsewhere.example/"))
    assert "tag:github.com,2026:acme/shop/trueup/decision/slots" in found
    assert "tag:github.com,2026:acme/shop/trueup/plan/pilot#open" in found
    loaded = replace(loaded, config=replace(loaded.config, repository=None))
    assert all((one or "").startswith("urn:uuid:") for one in ids(made(loaded)))
    folder = replace(loaded, config=replace(loaded.config, repository=Repository("https://git.example/a/b", folder="c")))
    assert "tag:git.example,2026:a/b/c/trueup/decision/slots" in ids(made(folder))


def test_json__has_lists_as_lists_and_the_version_of_its_shape(workspace: Write) -> None:
    answer = json.loads(files(made(workspace(SHOP).load()))["api/goal.json"])
    assert answer["version"] == 1
    assert answer["rows"][0]["tags"] == ["evening", "slots"]
    assert answer["rows"][0]["key_results"][0]["target"] == 900
    assert answer["columns"][-3:] == ["body", "path", "line"]
