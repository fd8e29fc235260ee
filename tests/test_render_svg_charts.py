"""Each chart: its figures, what it says where it can't be seen, its picture, and that no data break it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import TODAY, Written
from trueup.locale import LANGUAGES
from trueup.render.svg.burnup import Burned, burned_of, burnup_chart
from trueup.render.svg.chart import Chart, figure
from trueup.render.svg.dependencies import Node, dependencies_chart, plan_dependencies_chart, task_dependencies_chart
from trueup.render.svg.gantt import gantt_chart
from trueup.render.svg.health import Stood, health_chart
from trueup.render.svg.heatmap import heatmap_chart
from trueup.render.svg.quadrant import quadrant_chart
from trueup.render.svg.rows import Row, rows_pictures
from trueup.render.svg.series import Metric, series_chart
from trueup.render.svg.sparkline import sparkline_chart
from trueup.render.svg.timeline import timeline_chart
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.record import PointView, SeriesView, series_view

Write = Callable[[Mapping[str, str | bytes]], Written]

HOSTILE = "</title></svg><script>alert(1)</script><img src=x onerror=alert(1)> {0} & 夜间配送"

SHOP = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    "team/people/li-wei.yaml": "title: 李薇\nteam: product\n",
    "team/people/marcus-webb.yaml": "title: Marcus Webb\nteam: operations\ncapacity: 2\n",
    "goals/evenings.yaml": "title: Evenings\nperiod: 2026-Q4\nstatus: active\nuser_value: 5\nbusiness_value: 4\n",
    "goals/speed.yaml": "title: Speed\nperiod: 2026-Q4\nstatus: active\nuser_value: 5\nbusiness_value: 4\n",
    "goals/boxes.yaml": "title: Boxes\nperiod: 2026-Q4\nstatus: active\n",
    "plans/slots.yaml": """title: Evening slots
team: product
status: active
owner: li-wei
start: 2026-11-02
due: 2026-11-30
tasks:
  - {id: rules, title: Zone rules, owner: li-wei, status: done, start: 2026-11-02, done_on: 2026-11-12}
  - {id: build, title: 选择时段, owner: li-wei, status: doing, start: 2026-11-16, due: 2026-11-25, estimate: 11, depends_on: [rules]}
  - {id: load-test, title: Load test, estimate: 3, due: 2026-12-01, depends_on: [build]}
  - {id: pages, title: Zone pages, owner: marcus-webb, estimate: 4}
  - {id: map, title: Live map, status: dropped}
milestones:
  - {id: launch, title: Launch, due: 2026-12-01}
""",
    "plans/riders.yaml": """title: Evening riders
team: operations
status: active
owner: marcus-webb
follows: [slots]
due: 2026-12-18
tasks:
  - {id: sign, title: Sign 14 riders, owner: marcus-webb, estimate: 9, due: 2026-11-27, pegged_to: plan/slots#launch, offset: -4}
""",
    "plans/cold.yaml": "title: Cold room\nteam: operations\nstatus: paused\ntasks: [{id: build, title: Build, estimate: 5}]\n",
    "metrics/on-time.yaml": "title: On-time rate\nunit: \"%\"\ndirection: up\ntarget: 95\n",
    "metrics/on-time.csv": "date,value,note\n2026-10-05,91.5,\n2026-10-12,92,rain\n2026-10-19,92.5,\n2026-11-16,94,\n",
    "decisions/windows.md": "---\ntitle: Two-hour windows\ndate: 2026-10-13\nstatus: accepted\nevidence: [metric/on-time]\n---\n",
    "checkins/one.yaml": "subject: goal/evenings\ndate: 2026-11-02\nauthor: li-wei\nhealth: on-track\nconfidence: 7\n",
    "checkins/two.yaml": "subject: goal/evenings\ndate: 2026-11-16\nauthor: li-wei\nhealth: at-risk\n",
}  # fmt: skip


def url(address: str) -> str:
    return "../" + address.replace("#", "/#")


def everything(written: Written, language: str = "en") -> dict[str, Chart]:
    """Every chart of a workspace, by a name of its own."""
    loaded = written.load()
    derived, names = Derived(loaded, TODAY), Names(loaded, language)
    schedule = derived.schedule
    found = {
        "timeline": timeline_chart(schedule, names, url),
        "quadrant": quadrant_chart(derived.goals.goals, names, url),
        "heatmap": heatmap_chart(derived.workload, names, url),
        "plans": plan_dependencies_chart(schedule, names, url),
    }
    for plan in schedule.plans:
        found[f"gantt {plan.address}"] = gantt_chart(plan, schedule, names, url, derived.workdays)
        found[f"burnup {plan.address}"] = burnup_chart(
            plan.address, plan.title, burned_of(plan, TODAY), TODAY, language, due=plan.due, forecast=plan.forecast
        )
        found[f"tasks {plan.address}"] = task_dependencies_chart(plan, names, url)
    for record in loaded.of_kind("metric"):
        if (series := series_view(record, derived)) is not None:
            metric = Metric(record.address, record.title, record.fields.text("direction"), series, derived.decisions.decisions)
            found[f"series {record.address}"] = series_chart(metric, TODAY, language, url)
            found[f"spark {record.address}"] = sparkline_chart(metric, language)
    for subject, checkins in derived.checkins.items():
        found[f"health {subject}"] = health_chart(subject, subject, checkins, [Stood(TODAY, "off-track")], TODAY, names, url)
    return found


def parsed(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(figure(chart, "en"))


def texts(chart: Chart) -> list[str]:
    """What can be read in the wide picture, or the only one."""
    picture = next(parsed(chart).iter("svg"))
    return ["".join(part for part in (one.text, *(below.tail for below in one)) if part) for one in picture.iter("text")]


def of_look(chart: Chart, *looks: str) -> list[ElementTree.Element]:
    """The shapes of the wide picture that have these classes."""
    wanted = {f"tu-c-{look}" for look in looks}
    return [one for one in next(parsed(chart).iter("svg")).iter() if wanted <= set(one.attrib.get("class", "").split())]


# all of them


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart__is_sound_and_the_same_each_time(workspace: Write, language: str) -> None:
    written = workspace(SHOP)
    charts = everything(written, language)
    assert len(charts) == 16
    assert charts == everything(written, language)
    ids: list[str] = []
    for name, one in charts.items():
        found = parsed(one)
        assert one.title and one.description, name
        assert one.table.rows or name == "tasks plan/cold" or name == "tasks plan/riders", name
        assert all(len(row) == len(one.table.columns) for row in one.table.rows), name
        ids += [part.attrib["id"] for part in found.iter() if "id" in part.attrib]
        for part in found.iter():
            assert not part.attrib.keys() & {"style", "fill", "stroke", "onclick", "src"}, name
    assert len(ids) == len(set(ids))


def test_every_chart__text_of_records_is_text(workspace: Write) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    hostile = {
        path: re.sub(r"title: [^,}\n]+", lambda _: f"title: {quoted}", str(text)).replace("rain", HOSTILE) if not path.endswith(".csv")
        else str(text).replace("rain", HOSTILE)
        for path, text in SHOP.items()
    }  # fmt: skip
    for name, one in everything(workspace(hostile)).items():
        found = parsed(one)
        assert not {part.tag for part in found.iter()} & {"script", "img", "foreignObject", "use", "image"}, name
        assert not [key for part in found.iter() for key in part.attrib if key.startswith("on")], name
        assert "<script" not in one.markup


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart__of_an_empty_workspace_says_something(workspace: Write, language: str) -> None:
    for name, one in everything(workspace({}), language).items():
        parsed(one)
        assert not one.table.rows, name


EXTREMES = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "goals/odd.yaml": "title: Odd\nperiod: 9999\nstatus: active\nuser_value: 1e300\nbusiness_value: -5\n",
    "goals/same.yaml": "title: Same\nperiod: 2026\nstatus: active\nuser_value: 1\nbusiness_value: 1\n",
    "plans/far.yaml": """title: Far
team: product
status: active
start: 0001-01-01
due: 9999-12-31
tasks:
  - {id: a, title: A, start: 0001-01-01, due: 9999-12-31, estimate: 1}
  - {id: b, title: B, depends_on: [c]}
  - {id: c, title: C, depends_on: [b]}
  - {id: d, title: D, status: done, done_on: 0001-01-01}
  - {id: e, title: E, status: done}
milestones: [{id: m, title: M, due: 9999-12-31}, {id: n, title: N, due: 0001-01-01}]
""",
    "plans/none.yaml": "title: None\nteam: product\nstatus: active\n",
    "metrics/huge.yaml": "title: Huge\nunit: x\ndirection: down\ntarget: 1e300\n",
    "metrics/huge.csv": "date,value\n0001-01-01,-1.7e308\n2026-11-20,1.7e308\n9999-12-31,0\n",
    "metrics/same.yaml": "title: Same\nunit: x\ndirection: up\ntarget: 5\n",
    "metrics/same.csv": "date,value\n2026-11-19,5\n2026-11-20,5\n",
    "metrics/one.yaml": "title: One\nunit: x\ndirection: up\n",
    "metrics/one.csv": "date,value\n2026-11-20,0\n",
    "checkins/first.yaml": "subject: goal/same\ndate: 0001-01-01\nauthor: nobody\nhealth: on-track\nconfidence: 99\n",
}


def test_every_chart__extreme_data_break_nothing(workspace: Write) -> None:
    for name, one in everything(workspace(EXTREMES)).items():
        numbers = re.findall(r"-?\d+(?:\.\d+)?", " ".join(re.findall(r'(?:\bd|x|y|cx|cy|width|height)="([^"]*)"', one.markup)))
        assert "nan" not in one.markup.lower().replace("nance", ""), name
        assert all(-200 <= float(number) <= 10_000 for number in numbers), name
        parsed(one)


# one by one


def plan_charts(workspace: Write, files: Mapping[str, str | bytes] = SHOP, name: str = "plan/slots") -> Chart:
    return everything(workspace(files))[f"gantt {name}"]


def test_gantt__has_a_bar_for_each_task_and_the_same_figures_in_its_table(workspace: Write) -> None:
    found = plan_charts(workspace)
    by_name = {row[0]: row for row in found.table.rows}
    assert list(by_name) == ["Zone rules", "选择时段", "Zone pages", "Load test", "Launch", "Live map"]
    assert by_name["Load test"][3:6] == (date(2026, 12, 3), date(2026, 12, 1), 2)
    assert len(of_look(found, "bar", "done")) == 1
    assert len(of_look(found, "point")) == 1
    assert {"2 days late", "12 Nov", "Today", "Due 30 Nov", "dropped"} <= set(texts(found))
    assert "1 of 4 tasks done. Due on 30 November 2026." in found.description
    assert of_look(found, "link")[0].attrib["href"] == "../plan/slots/#rules"


def test_gantt__what_comes_after_its_due_date_is_striped_and_said(workspace: Write) -> None:
    found = plan_charts(workspace)
    late = [row[0] for row in found.table.rows if row[5] and row[0] != "Launch"]
    assert len(of_look(found, "late")) == len(late) == 2
    assert "after its due date" in figure(found, "en")
    without = re.sub(r"estimate: (\d), due: [^,}]*", r"estimate: \1", re.sub(r"due: 2026-1[12]-\d\d, ", "", SHOP["plans/slots.yaml"]))
    fine = plan_charts(workspace, {**SHOP, "plans/slots.yaml": without})
    assert not of_look(fine, "late") and "after its due date" not in figure(fine, "en")


def test_gantt__a_long_plan_shows_its_open_tasks_and_says_how_many_are_left_out(workspace: Write) -> None:
    done = "".join(f"  - {{id: d{count}, title: D{count}, status: done, done_on: 2026-11-02}}\n" for count in range(150))
    left = "".join(f"  - {{id: o{count}, title: O{count}, estimate: 1}}\n" for count in range(20))
    plan = f"title: Long\nteam: product\nstatus: active\ntasks:\n{done}{left}"
    found = plan_charts(workspace, {**SHOP, "plans/slots.yaml": plan})
    names = [row[0] for row in found.table.rows]
    assert len(names) == 120 and {f"O{count}" for count in range(20)} <= set(names)
    assert "50 more tasks are not shown." in found.markup


def test_gantt__ten_thousand_tasks_make_no_larger_a_picture_than_some_hundred(workspace: Write) -> None:
    def of(count: int) -> int:
        tasks = "".join(f"  - {{id: t{place}, title: T{place}, estimate: 1}}\n" for place in range(count))
        return len(plan_charts(workspace, {**SHOP, "plans/slots.yaml": f"title: L\nteam: product\nstatus: active\ntasks:\n{tasks}"}).markup)

    assert of(3000) < of(200) * 1.1


def test_timeline__plans_stand_below_their_teams_and_say_how_late_they_are(workspace: Write) -> None:
    found = everything(workspace(SHOP))["timeline"]
    assert [(row[0], row[1]) for row in found.table.rows] == [
        ("Operations", "Cold room"), ("Operations", "Evening riders"), ("Product", "Evening slots"),
    ]  # fmt: skip
    assert of_look(found, "bar", "paused") and of_look(found, "late") and of_look(found, "heading")
    late = next(row for row in found.table.rows if row[1] == "Evening slots")
    assert late[5] > 1 and f"{late[5]} days late" in texts(found)


def test_timeline__an_overdue_plan_without_a_forecast_is_striped_until_today(workspace: Write) -> None:
    circle = "tasks: [{id: a, title: A, depends_on: [b]}, {id: b, title: B, depends_on: [a]}]"
    plan = f"title: Round\nteam: product\nstatus: active\nstart: 2026-11-02\ndue: 2026-11-10\n{circle}\n"
    found = everything(workspace({"plans/round.yaml": plan}))["timeline"]
    assert len(of_look(found, "late")) == 1 and len(of_look(found, "bar", "paused")) == 1


def series(values: Sequence[tuple[date, float]], target: float | None = None) -> SeriesView:
    points = tuple(PointView(day.isoformat(), value, None, "") for day, value in values)
    return SeriesView("%", 1, points, points[-1] if points else None, target)


def weekly(count: int) -> Iterator[tuple[date, float]]:
    return ((date(2026, 1, 5) + timedelta(7 * place), 90 + place % 5) for place in range(count))


def test_series__a_gap_breaks_the_line_and_is_said(workspace: Write) -> None:
    found = everything(workspace(SHOP))["series metric/on-time"]
    assert len(of_look(found, "series")) == 1 and len(of_look(found, "series-alone")) == 1
    assert "values are missing" in found.markup
    assert [row[1] for row in found.table.rows] == [91.5, 92, 92.5, 94]
    whole = series_chart(Metric("metric/x", "X", "up", series([*weekly(9)])), TODAY, "en", url)
    assert len(of_look(whole, "series")) == 1 and "values are missing" not in whole.markup


def test_series__the_wanted_side_is_above_the_target_or_below_it() -> None:
    def band(direction: str | None) -> tuple[float, float]:
        metric = Metric("metric/x", "X", direction, series([*weekly(9)], 92))
        found = series_chart(metric, TODAY, "en", url)
        bands, target = of_look(found, "band"), of_look(found, "target")[0].attrib["d"]
        height = float(re.findall(r"[\d.]+", target)[1])
        return (float(bands[0].attrib["y"]), height) if bands else (-1, height)

    top, at = band("up")
    assert top < at
    assert band("down")[0] == band("down")[1]
    assert band(None)[0] == -1


def test_series__a_target_far_off_is_named_and_does_not_flatten_the_line() -> None:
    metric = Metric("metric/x", "X", "up", series([*weekly(9)], 9000))
    found = series_chart(metric, TODAY, "en", url)
    assert "↑ target 9000%" in texts(found) and not of_look(found, "target")
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", of_look(found, "series")[0].attrib["d"])]
    assert max(heights) - min(heights) > 60


def test_series__decisions_are_numbers_with_a_list_of_their_pages(workspace: Write) -> None:
    found = everything(workspace(SHOP))["series metric/on-time"]
    assert len(of_look(found, "flag")) == 1 and "1" in texts(found)
    listed = next(parsed(found).iter("ol"))
    assert [(one.attrib["href"], one.text) for one in listed.iter("a")] == [("../decision/windows", "Two-hour windows")]


def test_series__of_many_values_the_latest_are_shown_and_the_rest_counted() -> None:
    found = series_chart(Metric("metric/x", "X", "up", series([*weekly(380)])), TODAY, "en", url)
    assert len(found.table.rows) == 366
    assert "14 earlier values are not shown." in found.markup


def test_sparkline__says_in_words_what_it_draws() -> None:
    found = sparkline_chart(Metric("metric/x", "X", "up", series([*weekly(9)], 92)), "en")
    assert found.description == "From 90% on 2026-01-05 to 93% on 2026-03-02."
    assert len(of_look(found, "latest")) == 1 and of_look(found, "target")
    assert [row[1] for row in found.table.rows] == [value for _, value in weekly(9)]
    assert sparkline_chart(Metric("metric/x", "X", "up", series([])), "en").description == "There are no values yet."


def test_burned_of__counts_what_was_done_by_each_day(workspace: Write) -> None:
    derived = Derived(workspace(SHOP).load(), TODAY)
    plan = derived.schedule.plan("plan/slots")
    assert plan is not None
    assert burned_of(plan, TODAY) == (Burned(date(2026, 11, 2), 0, 4), Burned(date(2026, 11, 12), 1, 4), Burned(TODAY, 1, 4))
    cold = derived.schedule.plan("plan/cold")
    assert cold is not None and burned_of(cold, TODAY) == (Burned(TODAY, 0, 1),)
    assert burned_of(replace(cold, parts=()), TODAY) == ()


def test_burnup__the_scope_may_change_and_every_point_is_in_the_table() -> None:
    points = [Burned(date(2026, 11, 2), 0, 8), Burned(date(2026, 11, 9), 3, 12), Burned(date(2026, 11, 18), 5, 12)]
    found = burnup_chart("plan/x", "X", points, TODAY, "en", due=date(2026, 12, 4), forecast=date(2026, 12, 9))
    assert found.table.rows == tuple((one.day, one.done, one.scope) for one in points)
    assert {"scope 12", "done 5", "Today", "Due 4 Dec"} <= set(texts(found))
    assert "The scope was 8 on 2 November 2026." in found.description
    assert len(of_look(found, "ahead")) == 1
    done = burnup_chart("plan/x", "X", [replace(points[-1], done=12)], TODAY, "en", forecast=date(2026, 12, 9))
    assert not of_look(done, "ahead")


def test_quadrant__goals_of_the_same_values_stand_beside_each_other(workspace: Write) -> None:
    found = everything(workspace(SHOP))["quadrant"]
    places = [(float(one.attrib["cx"]), float(one.attrib["cy"]), float(one.attrib["r"])) for one in of_look(found, "goal")]
    assert len(places) == 2 and abs(places[0][0] - places[1][0]) >= places[0][2] * 2
    assert [row[1:4] for row in found.table.rows] == [("Evenings", 5, 4), ("Speed", 5, 4)]
    assert "1 goal has no values yet." in found.markup


def test_heatmap__each_cell_has_its_figures_and_too_much_has_a_sign(workspace: Write) -> None:
    found = everything(workspace(SHOP))["heatmap"]
    marcus = next(row for row in found.table.rows if row[0] == "Marcus Webb")
    over = [cell for row in found.table.rows for cell in row if str(cell).endswith("!")]
    assert len(of_look(found, "over")) == len(over) > 0
    assert set(map(str, marcus)) <= set(texts(found))


@pytest.mark.parametrize(
    ("load", "expected"), [(8.0, ["8 / 2 !", "8 / 2 !"]), (12.5, ["12.5 / 2 !", "12.5/2!"]), (123.5, ["123.5 / 2 !", "123.5 !"])]
)
def test_heatmap__on_a_phone_figures_are_as_close_as_they_must_be(workspace: Write, load: float, expected: list[str]) -> None:
    written = workspace(SHOP).load()
    busy = Derived(written, TODAY).workload
    one = next(one for one in busy.people if one.address)
    week = replace(one.weeks[0], load=load, capacity=2.0, is_over=True)
    found = heatmap_chart(replace(busy, people=(replace(one, weeks=(week,)),)), Names(written, "en"), url)
    assert re.findall(r">([0-9./ ]+ ?!)</text>", found.markup) == expected


def test_health__what_was_said_and_what_the_data_say_by_shape(workspace: Write) -> None:
    found = everything(workspace(SHOP))["health goal/evenings"]
    assert [(row[0], row[1], row[2], row[3]) for row in found.table.rows] == [
        (date(2026, 11, 2), "On track", 7, None), (date(2026, 11, 16), "At risk", None, None), (TODAY, None, None, "Off track"),
    ]  # fmt: skip
    shapes = {one.attrib["class"].split()[-1]: one.tag for one in of_look(found, "sign")}
    assert shapes == {"tu-c-on-track": "circle", "tu-c-at-risk": "path", "tu-c-off-track": "rect"}
    assert found.description == "2 check-ins since 2 November 2026. Owners say: At risk. Data say: Off track."


def test_dependencies__a_line_for_each_and_a_circle_is_said(workspace: Write) -> None:
    charts = everything(workspace(SHOP))
    assert [row[:2] for row in charts["plans"].table.rows] == [("Evening slots", "Evening riders")]
    assert [row[:2] for row in charts["tasks plan/slots"].table.rows] == [("Zone rules", "选择时段"), ("选择时段", "Load test")]
    assert "2 more stand alone: nothing waits for them." in charts["tasks plan/slots"].markup
    nodes = [Node(name, name) for name in "abc"]
    found = dependencies_chart("x", "X", nodes, [("a", "b"), ("b", "c"), ("c", "a")], "en", url)
    assert len(of_look(found, "back")) == 1 and "1 link closes a circle." in found.description
    assert sorted(row[:2] for row in found.table.rows) == [("a", "b"), ("b", "c"), ("c", "a")]


def test_dependencies__a_large_network_is_cut_and_says_so() -> None:
    nodes = [Node(f"n{count}", f"N{count}") for count in range(3000)]
    edges = [(f"n{count}", f"n{count + step}") for count in range(2990) for step in (1, 7)]
    found = dependencies_chart("x", "X", nodes, edges, "en", url)
    assert len(found.markup) < 120_000
    assert "2937 more are not shown." in found.markup


def test_gantt__a_name_that_is_too_long_is_written_smaller_on_one_line_or_two(workspace: Write) -> None:
    places = {}
    for title in ("Short", "A name that is just as wide as three", "Many words that have to stand on one line below the other one"):
        found = rows_pictures([Row(title, "open", start=TODAY, finish=TODAY)], (), TODAY, "en")[0]
        places[title] = [float(y) for y in re.findall(r'class="tu-c-name" x="0" y="([0-9.]+)"', found.shapes)]
    short, middle, long = places.values()
    assert short == middle, "the middle of the row"
    assert len(long) == 2 and sum(long) / 2 == short[0]


# pictures as they are


GOLDEN = ("gantt plan/slots", "series metric/on-time", "plans", "heatmap")


@pytest.mark.parametrize("name", GOLDEN)
def test_pictures__are_those_that_were_looked_at(workspace: Write, pytestconfig: pytest.Config, name: str) -> None:
    file = Path(__file__).parent / "charts" / f"{name.replace(' ', '-').replace('/', '-')}.html"
    markup = everything(workspace(SHOP))[name].markup.replace("><", ">\n<") + "\n"
    if pytestconfig.getoption("--bless"):
        file.write_text(markup, encoding="utf-8")
    assert markup == file.read_text(encoding="utf-8")
