"""The pages of a workspace, before any generator has seen them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import unescape

import pytest

from conftest import TODAY, Written
from growth import bend
from trueup.checks.runner import check
from trueup.locale import LANGUAGES
from trueup.records.config import Repository, data_folder
from trueup.records.kinds import built_in_schemas, read_kinds
from trueup.records.source import read_source
from trueup.records.tree import WorkingTree
from trueup.records.validate import Gate
from trueup.records.workspace import load
from trueup.render.html import Html, html
from trueup.site.example import example_record, flow
from trueup.site.forge import edit_url, view_url
from trueup.site.page import Page
from trueup.site.pages import makers_of, pages_of
from trueup.site.site import Docs, site_of

Write = Callable[[Mapping[str, str | bytes]], Written]

SHOP = {
    "trueup.yaml": "title: Shop\nrepository: {url: https://github.com/acme/shop}\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\nlead: li-wei\n",
    "team/people/li-wei.yaml": "title: Li Wei\nteam: operations\nhandles: {email: li@shop.example}\n",
    "goals/2026-q4-dinner.md": """\
---
title: Dinner at nine
period: 2026-Q4
status: active
product_owner: li-wei
teams: [operations]
user_needs: [I come home at eight and have nothing in the house]
key_results:
  - {id: orders, title: Evening orders a week, baseline: 0, target: 900, metric: evening-orders}
tags: [evening, slots]
---
## Why

Because of [[feedback/late-box|what they say]], see [the plan](../plans/evening-slots.md#risks) and [the code](../src/app.py).
""",
    "plans/evening-slots.md": """\
---
title: Evening slots
team: operations
status: active
owner: li-wei
goals: [2026-q4-dinner]
due: 2026-12-18
tasks:
  - {id: rota, title: Rider rota, owner: li-wei, status: done, due: 2026-11-01}
  - id: train
    title: Train riders
    owner: li-wei
    status: blocked
    due: 2026-11-20
    depends_on: [rota]
    blocked_by: The school has no free date before December
---
""",
    "feedback/late-box.md": """\
---
title: The box came late
received_on: 2026-11-18
channel: support
status: planned
plans: [evening-slots]
---
Late again.
""",
    "metrics/evening-orders.yaml": "title: Evening orders\nunit: orders\ndirection: up\n",
    "metrics/evening-orders.csv": "date,value,note\n" + "".join(f"2026-01-{day:02},{day * 10}.5,\n" for day in range(1, 21)),
    "checkins/2026-11-19-slots.md": "---\nsubject: plan/evening-slots\ndate: 2026-11-19\nauthor: li-wei\nhealth: at-risk\n---\n",
}


def site(written: Written, docs: Docs = Docs()) -> dict[str, Page]:  # noqa: B008
    loaded = written.load()
    return {page.path: page for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, docs, "file"))}


def text(page: Page, start: str = "", end: str = "") -> str:
    """What a reader sees of a page, or of a piece of it, with one space between words."""
    markup = page.html[page.html.index(start) if start else 0 :]
    markup = markup[: markup.index(end)] if end else markup
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


@pytest.fixture
def shop(workspace: Write) -> dict[str, Page]:
    return site(workspace(SHOP))


def test_pages__has_one_for_every_record_list_kind_and_for_what_is_wrong(shop: dict[str, Page]) -> None:
    assert {
        "index.md", "findings.md", "goal/index.md", "goal/2026-q4-dinner.md", "plan/evening-slots.md", "person/li-wei.md",
        "team/operations.md", "feedback/late-box.md", "metric/evening-orders.md", "checkin/2026-11-19-slots.md", "decision/index.md",
        "manual/kinds/index.md", "manual/kinds/goal.md", "manual/commands.md",
    } <= set(shop)  # fmt: skip
    assert list(shop) == sorted(shop)


def test_pages__are_the_same_bytes_each_time(workspace: Write) -> None:
    written = workspace(SHOP)
    assert site(written) == site(written)


def test_pages__have_one_heading_of_the_first_level_and_no_anchor_twice(shop: dict[str, Page]) -> None:
    for page in shop.values():
        assert page.html.count("<h1") == 1, page.path
        anchors = re.findall(r' id="([^"]*)"', page.html)
        assert len(anchors) == len(set(anchors)), page.path
        assert {heading.id for heading in page.headings} <= set(anchors), page.path


def test_pages__link_only_to_pages_and_places_that_there_are(shop: dict[str, Page]) -> None:
    anchors = {path: set(re.findall(r' id="([^"]*)"', page.html)) for path, page in shop.items()}
    for path, page in shop.items():
        for href in re.findall(r'href="([^"]*)"', page.html):
            if href.startswith(("https:", "mailto:")):
                continue
            way, _, anchor = href.partition("#")
            way = way.partition("?")[0]
            if way.endswith((".csv", ".json", ".xml")):
                continue
            parts = path.split("/")[:-1]
            for part in way.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            target = "/".join(parts).removesuffix(".html") + ".md" if way else path
            assert target in shop, f"{path}: {href}"
            assert not anchor or anchor in anchors[target] or anchor == "h-risks", f"{path}: {href}"


def test_record_page__shows_fields_with_their_labels_and_references_with_their_titles(shop: dict[str, Page]) -> None:
    page = shop["goal/2026-q4-dinner.md"]
    assert page.title == "Dinner at nine"
    assert "Product owner Li Wei" in text(page)
    assert '<a href="../person/li-wei.html">Li Wei</a>' in page.html
    assert '<span class="tu-pill tu-open">Active</span>' in page.html
    assert "Tags evening, slots" in text(page)
    assert "User needs I come home at eight" in text(page)


def test_record_page__shows_parts_as_a_table_with_an_anchor_each(shop: dict[str, Page]) -> None:
    page = shop["plan/evening-slots.md"]
    assert '<tr id="p-train"><td class="tu-what" title="train">Train riders' in page.html
    assert "Blocked by The school has no free date" in text(page, 'id="p-train"')
    assert '<a href="../plan/evening-slots.html#p-rota">Rider rota</a>' in page.html
    assert "<th>Start</th>" not in page.html[page.html.index('id="l-tasks"') :]


def test_record_page__sends_the_links_of_its_body_where_they_lead(shop: dict[str, Page]) -> None:
    body = shop["goal/2026-q4-dinner.md"].html
    assert '<h2 id="h-why">Why</h2>' in body
    assert '<a href="../feedback/late-box.html">what they say</a>' in body
    assert '<a href="../plan/evening-slots.html#h-risks">the plan</a>' in body
    assert '<a href="https://github.com/acme/shop/blob/main/src/app.py">the code</a>' in body


def test_record_page__lists_who_refers_to_it_by_relation(shop: dict[str, Page]) -> None:
    plan = text(shop["plan/evening-slots.md"], 's-references">')
    assert "Feedback that this plan answers 1 The box came late Planned 18 Nov" in plan
    assert "Check-in: 19 November 2026 At risk" in plan
    assert "Plans for this goal 1 Evening slots Active 18 Dec" in text(shop["goal/2026-q4-dinner.md"])


def test_record_page__of_a_person_says_by_kind_what_they_answer_for(shop: dict[str, Page]) -> None:
    page = text(shop["person/li-wei.md"], 's-references">')
    assert page.index("Goals 1") < page.index("Plans 3")
    assert "Train riders Evening slots Blocked 20 Nov" in page
    assert page.index("Train riders") < page.index("Rider rota"), "what is done comes last"


def test_record_page__shows_the_latest_points_of_a_series_and_folds_the_rest(shop: dict[str, Page]) -> None:
    page = shop["metric/evening-orders.md"]
    latest, _, earlier = page.html[page.html.index('id="s-series"') :].partition("<details")
    assert latest.count('<tr><td class="tu-day">') == 12
    assert "20 Jan 200.5 +10.0" in text(page)
    assert "8 earlier values" in text(page)
    assert earlier.count('<tr><td class="tu-day">') == 8


def test_record_page__shows_its_findings_with_rule_and_line(workspace: Write) -> None:
    page = site(workspace({"plans/a.md": "---\ntitle: A\nteam: nobody\nstatus: active\n---\n"}))["plan/a.md"]
    assert 'Error no team has the id "nobody"' in text(page)
    assert "TU201 line 3" in text(page)


def test_record_page__links_a_finding_to_the_rule_and_the_line_where_they_are(workspace: Write) -> None:
    files = {**SHOP, "plans/a.md": "---\ntitle: A\nteam: nobody\nstatus: active\n---\n"}
    page = site(workspace(files), Docs(rules={"unknown-reference": "# unknown-reference\n\nText.\n"}))["plan/a.md"]
    assert 'href="../rules/unknown-reference.html"' in page.html
    assert 'href="https://github.com/acme/shop/blob/main/plans/a.md#L3"' in page.html


def test_record_page__shows_values_of_any_shape(workspace: Write) -> None:
    deep = "[" * 20 + "x" + "]" * 20
    extra = f"extra: {{a: [1, {{b: null, c: true}}], d: {deep}}}"
    goal = f"---\ntitle: A\nperiod: 2026\nstatus: [x]\n{extra}\nkey_results: [1, {{x: y}}, z]\n---\n"
    page = text(site(workspace({"goals/a.md": goal}))["goal/a.md"])
    assert "Period 2026 Status x Key results 1, x y , z extra a 1, c yes d …" in page


def test_record_page__of_a_file_with_several_records_keeps_their_findings_apart(workspace: Write) -> None:
    about = {"name": "rota", "files": ["rota.yaml"], "records": "keys"}
    schema = {"type": "object", "x-kind": about, "required": ["who"], "properties": {"who": {"x-ref": "person"}}}
    made = site(workspace({"schemas/rota.schema.json": json.dumps(schema), "rota.yaml": "monday: {who: nobody}\ntuesday: {}\n"}))
    assert "TU201" in made["rota/monday.md"].html
    assert "TU101" not in made["rota/monday.md"].html
    assert "TU101" in made["rota/tuesday.md"].html


def test_pages__of_200_files_with_a_broken_one_has_the_other_199(workspace: Write) -> None:
    files = {f"goals/g{number}.md": f"---\ntitle: Goal {number}\nperiod: 2026-Q4\nstatus: active\n---\n" for number in range(199)}
    made = site(workspace({**files, "goals/broken.md": "---\ntitle: [\n---\n"}))
    assert all(f"goal/g{number}.md" in made for number in range(199))
    assert "Unreadable" in text(made["goal/broken.md"])
    assert "TU006" in made["goal/broken.md"].html
    assert "broken Unreadable goals/broken.md" in text(made["goal/index.md"])
    assert "1 Unreadable" in text(made["index.md"])


def test_list_page__says_what_to_sort_by_and_which_state_a_row_has(shop: dict[str, Page]) -> None:
    row = re.search(r"<tr data-state.*?</tr>", shop["plan/index.md"].html)
    assert row is not None
    assert row.group().startswith('<tr data-state="active"><td class="tu-what"><a href="../plan/evening-slots.html">Evening slots</a>')
    assert 'tu-at-status" data-sort="101" data-label="Status"><span class="tu-pill tu-open">Active</span>' in row.group()


def test_list_page__begins_with_what_is_open_and_with_the_latest(workspace: Write) -> None:
    goals = {f"goals/{name}.md": f"---\ntitle: {name}\nperiod: {period}\nstatus: {status}\n---\n" for name, period, status in (
        ("done", "2026-Q4", "achieved"), ("old", "2025-Q4", "active"), ("new", "2026-Q4", "active"), ("draft", "2027-Q1", "draft"),
    )}  # fmt: skip
    page = site(workspace(goals))["goal/index.md"]
    listed = page.html[page.html.index('id="s-all"') :]
    assert re.findall(r'class="tu-what"><a href="[^"]*">(\w+)', listed) == ["new", "old", "draft", "done"]


def test_findings_page__links_each_finding_to_the_page_of_its_record(workspace: Write) -> None:
    page = site(workspace({"plans/a.md": "---\ntitle: A\nteam: nobody\nstatus: active\n---\n", "trueup.yaml": "langage: zh\n"}))[
        "findings.md"
    ]
    assert '<h2><a href="plan/a.html">A</a> <code>plans/a.md</code></h2>' in page.html
    assert "trueup.yaml" in text(page)


def test_pages__leaves_a_page_to_the_one_that_people_wrote(workspace: Write) -> None:
    made = site(workspace(SHOP), Docs(frozenset({"index.md", "goal/2026-q4-dinner.md"})))
    assert "index.md" not in made
    assert "goal/2026-q4-dinner.md" not in made


def test_pages__in_chinese_name_fields_and_values_in_chinese(workspace: Write) -> None:
    page = site(workspace({**SHOP, "trueup.yaml": "language: zh\n"}))["goal/2026-q4-dinner.md"]
    assert "产品负责人 Li Wei" in text(page)
    assert "进行中" in text(page)


FORGES = {
    "github": ("https://h.example/a/b/edit/main/x%20y/%231.md", "https://h.example/a/b/blob/main/x%20y/%231.md#L3"),
    "gitlab": ("https://h.example/a/b/-/edit/main/x%20y/%231.md", "https://h.example/a/b/-/blob/main/x%20y/%231.md#L3"),
    "gitea": ("https://h.example/a/b/_edit/main/x%20y/%231.md", "https://h.example/a/b/src/branch/main/x%20y/%231.md#L3"),
    "gitee": ("https://h.example/a/b/edit/main/x%20y/%231.md", "https://h.example/a/b/blob/main/x%20y/%231.md#L3"),
}


@pytest.mark.parametrize("forge", FORGES)
def test_edit_url__is_that_of_the_forge(forge: str) -> None:
    repository = Repository("https://h.example/a/b", "main", forge)
    assert (edit_url(repository, "x y/#1.md"), view_url(repository, "x y/#1.md", 3)) == FORGES[forge]


def test_edit_url__knows_the_folder_of_the_workspace() -> None:
    assert (
        edit_url(Repository("https://h.example/a", folder="planning"), "goals/x.md") == "https://h.example/a/edit/main/planning/goals/x.md"
    )
    assert edit_url(None, "goals/x.md") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(built_in_schemas()))
def test_example_record__fits_the_schema_it_was_made_from(name: str, language: str) -> None:
    kinds, _faults = read_kinds(WorkingTree(data_folder()))
    source = read_source("example.md", example_record(kinds[name], language).encode())
    assert source.faults == ()
    assert Gate(kinds[name].schema).mismatches(source.data) == []


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "12:30",
        "1_000",
        "a: b",
        "x #y",
        "- a",
        "007",
        "",
        " a",
        "{a}",
        "2026-11-20",
        "2026-q4",
        "90%",
        "*a",
        "目标：一",
        None,
        1.5,
        [1, "a"],
        {"a": "b"},
    ],
)
def test_flow__is_read_back_as_the_same_value(value: object) -> None:
    source = read_source("x.yaml", f"value: {flow(value)}\n".encode())
    assert source.data == {"value": value}


def test_html__escapes_what_is_only_text() -> None:
    assert html('<a title="{}">{}</a>', "\"'<&>", Html("<b>")) == '<a title="&quot;&#39;&lt;&amp;&gt;"><b></a>'


def test_html__takes_a_text_with_braces() -> None:
    assert html("{}", "{0} {}") == "{0} {}"


def test_pages__of_the_worked_example_have_no_finding_and_no_dead_link() -> None:
    root = data_folder()
    loaded = load(WorkingTree(root))
    found = [page.path for page in pages_of(site_of(loaded, check(loaded, TODAY), TODAY, Docs(), "file")) if "tu-dead" in page.html]
    assert found == []


def test_list_page__counts_what_cannot_be_read_as_its_filter_does(workspace: Write) -> None:
    page = site(workspace({**SHOP, "goals/broken.md": "---\ntitle: [\n---\n"}))["goal/index.md"]
    listed = page.html[page.html.index('id="s-all"') :]
    assert listed.count("<tr") - 1 == 2, "a row for each, and the head"
    assert "<span>2 records</span>" in page.html


def test_record_page__names_closed_mentions_after_the_open_ones(workspace: Write) -> None:
    plan = "---\ntitle: {}\nstatus: {}\ngoals: [2026-q4-dinner]\nstart: {}\n---\n"
    plans = {
        "plans/closed.md": plan.format("Closed later", "done", "2026-11-30"),
        "plans/open.md": plan.format("Open earlier", "active", "2026-01-01"),
    }
    found = text(site(workspace({**SHOP, **plans}))["goal/2026-q4-dinner.md"])
    assert 0 < found.index("Open earlier") < found.index("Closed later")


def test_list_page__of_metrics_shows_the_latest_value_by_its_target(workspace: Write) -> None:
    metric = "title: Evening orders\nunit: orders\ndirection: {}\ntarget: 150\n"
    up, down = (site(workspace({**SHOP, "metrics/evening-orders.yaml": metric.format(one)}))["metric/index.md"] for one in ("up", "down"))
    assert '<span class="tu-pill tu-good">200.5 orders</span> <span class="tu-day">20 Jan</span>' in up.html
    assert '<span class="tu-pill tu-warn">200.5 orders</span>' in down.html
    assert 'data-label="To target">reached</td>' in up.html
    assert 'data-label="To target">50.5 orders to go</td>' in down.html


def row(page: Page, title: str) -> str:
    """The row of a list that begins with a record, as markup."""
    return next(one for one in page.html.split("<tr")[1:] if f">{title}</a>" in one).partition("</tr>")[0]


@pytest.mark.parametrize(
    ("direction", "values", "change"),
    [
        ("up", "10 12.5", 'class="tu-number" data-sort="2.5" data-label="Change"><span class="tu-toned tu-good">+2.5 better</span>'),
        ("up", "12.5 10", 'class="tu-number" data-sort="-2.5" data-label="Change"><span class="tu-toned tu-bad">−2.5 worse</span>'),
        ("down", "12.5 10", 'class="tu-number" data-sort="-2.5" data-label="Change"><span class="tu-toned tu-good">−2.5 better</span>'),
        ("", "10 12.5", 'class="tu-number" data-sort="2.5" data-label="Change">+2.5'),
        ("up", "10 10", None),
        ("up", "10", None),
    ],
)
def test_list_page__of_metrics_tells_the_change_and_whether_it_is_for_the_better(
    workspace: Write, direction: str, values: str, change: str | None
) -> None:
    files = {
        "metrics/evening-orders.yaml": "title: Evening orders\nunit: orders\n" + (f"direction: {direction}\n" if direction else ""),
        "metrics/evening-orders.csv": "date,value\n" + "".join(f"2026-01-0{day},{one}\n" for day, one in enumerate(values.split(), 1)),
    }
    cells = row(site(workspace({**SHOP, **files}))["metric/index.md"], "Evening orders").split("<td")
    assert [one.partition("</td>")[0] for one in cells if 'data-label="Change"' in one] == ([f" {change}"] if change else [])


def test_list_page__of_metrics_begins_with_the_one_farthest_from_its_target_in_its_own_range(workspace: Write) -> None:
    files = {
        "metrics/far.yaml": "title: Far\nunit: '%'\ndirection: up\ntarget: 95\n",
        "metrics/far.csv": "date,value\n2026-01-05,90\n2026-01-12,85\n",
        "metrics/near.yaml": "title: Near\nunit: boxes\ndirection: down\ntarget: 10\n",
        "metrics/near.csv": "date,value\n2026-01-05,900\n2026-01-12,30\n",
        "metrics/there.yaml": "title: There\nunit: boxes\ndirection: up\ntarget: 3\n", "metrics/there.csv": "date,value\n2026-01-05,3\n",
        "metrics/free.yaml": "title: Free\nunit: boxes\n", "metrics/free.csv": "date,value\n2026-01-05,3\n",
    }  # fmt: skip
    page = site(workspace({**SHOP, **files}))["metric/index.md"]
    places = [page.html.index(f">{title}</a>") for title in ("Far", "Near", "There", "Free")]
    assert places == sorted(places)
    assert "10 points to go" in row(page, "Far")
    assert "20 boxes to go" in row(page, "Near")
    assert "reached" in row(page, "There")
    assert "to go" not in row(page, "Free")


def test_list_page__of_metrics_draws_the_course_of_each(workspace: Write) -> None:
    files = {
        "metrics/new.yaml": "title: New\nunit: boxes\ncadence: weekly\n",
        "metrics/late.yaml": "title: Late\nunit: boxes\ncadence: weekly\n",
        "metrics/late.csv": "date,value\n2026-01-05,3\n2026-12-28,9\n",
    }
    page = site(workspace({**SHOP, **files}))["metric/index.md"]
    drawn = row(page, "Evening orders")
    assert '<td data-sort="2026-01-20"><span class="tu-chart-spark"><svg' in drawn
    assert "From 10.5 orders on 2026-01-01 to 200.5 orders on 2026-01-20." in drawn
    new = row(page, "New")
    assert "<svg" not in new
    assert "No value lately" in new, "every week, and there is none at all"
    late = row(page, "Late")
    assert '<td data-sort="2026-01-05">' in late, "the value after today has not been measured"
    assert "No value lately" in late


def test_list_page__of_metrics_warns_of_those_that_go_the_wrong_way_and_of_limits_that_were_crossed(workspace: Write) -> None:
    metric = "title: {0}\nunit: boxes\ndirection: up\ntarget: 10\n"
    values = {"there": "9,11", "coming": "3,4", "going": "4,3"}
    files = {f"metrics/{name}.yaml": metric.format(name.title()) for name in values}
    for name, (before, after) in ((name, pair.split(",")) for name, pair in values.items()):
        files[f"metrics/{name}.csv"] = f"date,value\n2026-01-05,{before}\n2026-01-12,{after}\n"
    files["decisions/d.md"] = "---\ntitle: D\ndate: 2026-01-02\nstatus: accepted\ntripwire: {metric: going, below: 5}\n---\nWhy.\n"
    made = site(workspace({**SHOP, **files}))
    tones = {name: re.search(r"tu-pill tu-(\w+)", row(made["metric/index.md"], name)) for name in ("There", "Coming", "Going")}
    assert {name: found and found[1] for name, found in tones.items()} == {"There": "good", "Coming": "open", "Going": "warn"}
    assert ["tripwire crossed" in row(made["metric/index.md"], name) for name in ("Coming", "Going")] == [False, True]
    assert "tripwire crossed" in made["metric/going.md"].html
    assert "tripwire crossed" not in made["metric/coming.md"].html


def test_pages__of_metrics_take_each_no_longer_among_many(workspace: Write) -> None:
    def asked(count: int) -> Callable[[], object]:
        files = {}
        for number in range(count):
            files[f"metrics/m{number}.yaml"] = f"title: M{number}\nunit: boxes\ncadence: weekly\n"
            files[f"metrics/m{number}.csv"] = "date,value\n2026-01-05,3\n2026-01-12,4\n"
            files[f"decisions/d{number}.md"] = (
                f"---\ntitle: D{number}\ndate: 2026-01-06\nstatus: accepted\nevidence: [metric/m{number}]\n---\n"
            )
        made = site_of(workspace(files).load(), (), TODAY, Docs(), "file")
        makers = [maker for maker in makers_of(made) if maker.path.startswith("metric/")]
        assert len(makers) == count + 1
        return lambda: [maker.make() for maker in makers]

    assert bend(asked, 30) < 10


def test_list_page__of_check_ins_links_what_they_are_about_once_and_tells_their_state(shop: dict[str, Page]) -> None:
    page = shop["checkin/index.md"].html
    assert '<tr data-state="at-risk"><td class="tu-what"><a href="../checkin/2026-11-19-slots.html">Evening slots</a>' in page
    assert page.count(">Subject<") == 1


def test_record_page__says_in_its_head_what_the_latest_check_in_said(shop: dict[str, Page]) -> None:
    bar = text(shop["plan/evening-slots.md"], 'class="tu-bar"', "</p>")
    assert "Active its dates: in time its owner: At risk 19 Nov" in bar


def test_record_page__of_a_goal_shows_how_far_its_key_results_are(shop: dict[str, Page]) -> None:
    assert '<td class="tu-number" data-label="Now">200.5</td>' in shop["goal/2026-q4-dinner.md"].html
    assert '<td class="tu-number" data-label="Progress">22%</td>' in shop["goal/2026-q4-dinner.md"].html


def test_record_page__of_a_state_that_there_is_not_does_not_look_like_one(workspace: Write) -> None:
    page = site(workspace({"goals/a.md": "---\ntitle: A\nperiod: 2026\nstatus: actve\n---\n"}))["goal/a.md"]
    assert '<span class="tu-pill tu-unknown">actve</span>' in page.html
