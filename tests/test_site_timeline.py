"""How it stood week by week on the pages of a site, from real commits; and that there is nothing of it where git knows nothing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from conftest import TODAY, write_files
from repositories import ENVIRONMENT, Repository, needs_git, repository_at
from trueup.checks.runner import check
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.render.svg.courses import Course, courses_chart
from trueup.render.svg.health import Stood
from trueup.render.svg.strips import Strip, strips_chart
from trueup.site import past as past_module
from trueup.site.nav import navigation
from trueup.site.page import Page
from trueup.site.pages import pages_of
from trueup.site.past import PastReader
from trueup.site.site import Docs, Site, site_of
from trueup.views.names import Names

pytestmark = needs_git

GOAL = (
    "title: Dinner at nine\nperiod: 2026-Q4\nstatus: active\nteams: [product]\n"
    "key_results:\n  - {id: orders, title: Orders, baseline: 0, target: 100, metric: orders}\n"
)
SERIES = "date,value,note\n2026-10-18,5,\n"
PLAN = "title: Evening slots\nteam: product\nstatus: active\ngoals: [dinner]\ndue: {due}\ntasks:\n"
START = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "goals/dinner.yaml": GOAL,
    "metrics/orders.yaml": "title: Orders\nunit: orders\ndirection: up\n",
    "metrics/orders.csv": SERIES,
    "plans/slots.yaml": PLAN.format(due="2026-12-04") + "  - {id: a, title: First}\n  - {id: b, title: Second}\n",
}
FEEDBACK = "title: Late box\nsource: support\nreceived_on: {day}\nstatus: new\n"


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """Five weeks: a task is done, one comes on top, a goal gets on, feedback comes in."""
    found = repository_at(tmp_path / "shop")
    found.commit(START, "Begin", "2026-10-19")
    done = "  - {id: a, title: First, status: done, done_on: 2026-10-28}\n  - {id: b, title: Second}\n"
    found.commit({"plans/slots.yaml": PLAN.format(due="2026-12-04") + done}, "First is done", "2026-10-28")
    found.commit({"feedback/late.yaml": FEEDBACK.format(day="2026-11-03")}, "Feedback", "2026-11-03")
    more = done + "  - {id: c, title: Third}\n"
    changed = {"plans/slots.yaml": PLAN.format(due="2026-12-04") + more, "metrics/orders.csv": SERIES + "2026-11-10,60,\n"}
    found.commit(changed, "More", "2026-11-11")
    return found


def site(root: Path, today: date = TODAY, reader: PastReader | None = None) -> Site:
    workspace = load(WorkingTree(root))
    past = (reader or PastReader()).read(root, workspace, today)
    return site_of(workspace, check(workspace, today), today, Docs(), "file", past=past)


def pages(root: Path, today: date = TODAY) -> dict[str, Page]:
    return {page.path: page for page in pages_of(site(root, today))}


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def rows(markup: str, anchor: str) -> list[str]:
    """The rows of the first table below an anchor."""
    table = markup[markup.index(f'id="{anchor}"') :].partition("<tbody>")[2].partition("</tbody>")[0]
    return [words(row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)]


def test_timeline__each_chart_has_its_table(shop: Repository) -> None:
    page = pages(shop.root)["timeline.md"]
    assert rows(page.html, "s-work") == [
        "25 October 2026 0 2", "1 November 2026 1 2", "8 November 2026 1 2", "15 November 2026 1 3", "20 November 2026 1 3",
    ]  # fmt: skip
    assert rows(page.html, "s-feedback") == ["1 November 2026 0 0", "8 November 2026 1 1", "15 November 2026 0 1", "20 November 2026 1"]
    assert rows(page.html, "s-goals") == [
        "Dinner at nine At risk 25 October 2026 1 November 2026", "Dinner at nine Off track 1 November 2026 15 November 2026",
        "Dinner at nine On track 15 November 2026 20 November 2026",
    ]  # fmt: skip
    assert [one.id for one in page.headings] == ["s-goals", "s-work", "s-feedback", "s-findings"]
    assert "4 commits since 19 October 2026" in words(page.html)
    assert "1 of 3" in words(page.html), "the plan by itself"


def test_timeline__findings_are_those_of_a_check_on_each_day(shop: Repository) -> None:
    found = check(load(WorkingTree(shop.root)), TODAY)
    last = rows(pages(shop.root)["timeline.md"].html, "s-findings")[-1]
    assert last == f"20 November 2026 {sum(one.severity == 'error' for one in found)} {sum(one.severity == 'warning' for one in found)}"


def test_timeline__today_is_as_it_lies_on_disk(shop: Repository) -> None:
    write_files(shop.root, {"feedback/other.yaml": FEEDBACK.format(day="2026-11-19")})
    assert rows(pages(shop.root)["timeline.md"].html, "s-feedback")[-1] == "20 November 2026 2"


def test_timeline__goes_back_half_a_year_at_most(shop: Repository) -> None:
    table = rows(pages(shop.root, date(2027, 8, 29))["timeline.md"].html, "s-work")
    assert (len(table), table[0][:16]) == (27, "28 February 2027")


def test_timeline__there_is_none_before_the_first_commit(shop: Repository) -> None:
    assert "timeline.md" not in pages(shop.root, date(1970, 1, 1))


def test_timeline__goes_on_to_the_last_day_of_the_calendar(shop: Repository) -> None:
    assert rows(pages(shop.root, date(9999, 12, 31))["timeline.md"].html, "s-work")[-1].startswith("31 December 9999")


def test_goal__its_progress_stands_beside_the_time_gone(shop: Repository) -> None:
    page = pages(shop.root)["goal/dinner.md"]
    assert rows(page.html, "s-progress")[0] == "25 October 2026 5% 27%"
    assert rows(page.html, "s-progress")[-1] == "20 November 2026 60% 55%"


def test_goal__what_its_data_said_each_week_stands_below_what_its_owners_said(shop: Repository) -> None:
    said = "subject: goal/dinner\ndate: 2026-10-19\nauthor: li\nhealth: on-track\n"
    write_files(shop.root, {"checkins/first.yaml": said, "team/people/li.yaml": "title: Li\nteam: product\n"})
    assert rows(pages(shop.root)["goal/dinner.md"].html, "s-health") == [
        "19 October 2026 On track", "25 October 2026 At risk", "1 November 2026 Off track", "8 November 2026 Off track",
        "15 November 2026 On track", "20 November 2026 On track",
    ]  # fmt: skip


def test_plan__its_burn_up_knows_what_was_planned_then(shop: Repository) -> None:
    assert rows(pages(shop.root)["plan/slots.md"].html, "s-burnup")[:2] == ["25 October 2026 0 2", "1 November 2026 1 2"]


def test_navigation__leads_to_the_timeline(shop: Repository) -> None:
    assert {"Timeline": "timeline.md"} in next(iter(navigation(site(shop.root), ())[2].values()))  # type: ignore[union-attr]


def _unborn(folder: Path) -> Path:
    write_files(folder, START)
    repository_at(folder)
    return folder


def _outside(folder: Path) -> Path:
    return write_files(folder, START).root


def _first_commit(folder: Path) -> Path:
    found = repository_at(folder)
    found.commit(START, "Begin", "2026-10-19")
    return found.root


@pytest.mark.parametrize("made", [_unborn, _outside, _first_commit])
def test_pages__there_are_none_of_the_past_where_there_is_none(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    found = pages(made(tmp_path / "shop"))
    assert not {"timeline.md", "slips.md"} & set(found)
    assert "s-progress" not in found["goal/dinner.md"].html
    assert "timeline.html" not in found["index.md"].html


def test_pages__of_a_single_day_there_is_no_timeline(tmp_path: Path) -> None:
    found = repository_at(tmp_path / "shop")
    found.commit(START, "Begin", "2026-11-20")
    found.commit({"feedback/late.yaml": FEEDBACK.format(day="2026-11-20")}, "Feedback", "2026-11-20")
    assert "timeline.md" not in pages(found.root)


def test_pages__of_a_shallow_clone_say_that_something_is_missing(shop: Repository, tmp_path: Path) -> None:
    for depth, is_there in ((1, False), (3, True)):
        clone = tmp_path / f"clone{depth}"
        subprocess.run(["git", "clone", "-q", f"--depth={depth}", f"file://{shop.root}", str(clone)], env=ENVIRONMENT, check=True)
        found = pages(clone)
        assert ("timeline.md" in found) is is_there
        if is_there:
            assert "this clone is shallow" in words(found["timeline.md"].html)
            assert "3 commits since 28 October 2026" in words(found["timeline.md"].html)
            assert "In the commits that this clone has, no due date was moved." in words(found["slips.md"].html)


def test_pages__of_a_partial_clone_say_nothing_of_the_past(shop: Repository, tmp_path: Path) -> None:
    shop.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", f"file://{shop.root}", str(clone)], env=ENVIRONMENT, check=True)
    assert "timeline.md" not in pages(clone)


def test_pages__of_a_repository_that_lacks_objects_say_so(shop: Repository) -> None:
    blob = shop.git("rev-parse", "HEAD~3:goals/dinner.yaml")
    (shop.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found = pages(shop.root)
    assert "The history cannot be read." in words(found["timeline.md"].html)
    assert "s-progress" not in found["goal/dinner.md"].html


def test_reader__reads_the_history_once_for_each_commit(shop: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[date] = []
    whole = past_module.samples
    monkeypatch.setattr(past_module, "samples", lambda chronicle, days: (read.append(TODAY), whole(chronicle, days))[1])
    reader = PastReader()
    for text in ("A", "B"):
        write_files(shop.root, {"feedback/new.yaml": f"title: {text}\nsource: support\nreceived_on: 2026-11-19\nstatus: new\n"})
        one = site(shop.root, reader=reader)
        assert one.past is not None
        assert one.past.checked.moments[-1].received == 2
    assert len(read) == 1
    shop.commit({"feedback/third.yaml": FEEDBACK.format(day="2026-11-20")}, "Third", "2026-11-20")
    again = site(shop.root, reader=reader)
    assert again.past is not None
    assert again.past.checked.moments[-1].received == 3
    assert len(read) == 2


def test_reader__other_settings_make_another_history(shop: Repository) -> None:
    reader = PastReader()
    first = site(shop.root, reader=reader).past
    write_files(shop.root, {"trueup.yaml": "calendar: {workdays: [monday]}\n"})
    second = site(shop.root, reader=reader).past
    assert first is not None
    assert second is not None
    assert first.chronicle is not second.chronicle


def test_reader__what_a_copy_has_read_is_what_it_reads_itself(shop: Repository) -> None:
    ahead = PastReader()
    ahead.begin(shop.root, TODAY)
    one, other = site(shop.root, reader=ahead).past, site(shop.root).past
    assert one is not None
    assert other is not None
    assert (one.timeline, one.checked, one.slips) == (other.timeline, other.checked, other.slips)
    late = PastReader()
    late.begin(shop.root, date(2026, 11, 1))
    another = site(shop.root, reader=late).past
    assert another is not None
    assert another.timeline == other.timeline, "begun for another day"


def test_site__with_hostile_authors_and_subjects_is_text(shop: Repository, tmp_path: Path) -> None:
    subject = "::error file=a::<script>alert(1)</script> \"'& \x1b[31m {{ x }}"
    moved = PLAN.format(due="2026-12-11") + "  - {id: a, title: First}\n"
    shop.commit({"plans/slots.yaml": moved}, subject, "2026-11-12", "Mal \"' & ::error::<img src=x onerror=alert(1)>")
    for page in pages(shop.root).values():
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
        assert "\"' &" not in page.html


def test_build__twice_is_equal_and_as_the_pages_are_made_alone(shop: Repository, tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    from trueup.site.build import build

    one, other = (build(shop.root, tmp_path / name, strict=True, today=TODAY).parent for name in ("one", "other"))
    files = sorted(path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other).as_posix() for path in other.rglob("*") if path.is_file())
    # What is packed holds the time at which it was packed.
    assert [path for path in files if (one / path).read_bytes() != (other / path).read_bytes() and not path.endswith(".gz")] == []
    written = (one / "timeline.html").read_text(encoding="utf-8")
    assert pages(shop.root)["timeline.md"].html in written
    assert "How it stood at the end of each week" in re.search(r'<meta name="description" content="([^"]*)"', written).group(1)  # type: ignore[union-attr]
    assert "told as it was told then" in (one / "search" / "search_index.json").read_text(encoding="utf-8")


def test_build__as_of_a_day_has_the_past_until_then(shop: Repository, tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    from trueup.cli.program import run

    folder = tmp_path / "site"
    assert run(["site", "build", "--root", str(shop.root), "--as-of", "2026-11-08", "--site-dir", str(folder)]) == 0
    written = (folder / "timeline.html").read_text(encoding="utf-8")
    assert rows(written, "s-work") == ["25 October 2026 0 2", "1 November 2026 1 2", "8 November 2026 1 2"]
    assert "3 commits since 19 October 2026" in words(written)


def test_courses__a_gap_is_no_value_and_names_never_overlap() -> None:
    days = [date(2026, 11, day) for day in (1, 8, 15)]
    both = (Course("in", (1, None, 3)), Course("out", (None, None, None)))
    found = courses_chart("x", "X", days, both, TODAY, "en")
    assert found.table.rows == ((days[0], 1, None), (days[1], None, None), (days[2], 3, None))
    assert found.description == "in: 1 on 1 November 2026, 3 on 15 November 2026."
    assert found.markup.count("tu-c-key") == 1
    empty = courses_chart("x", "X", days, both[1:], TODAY, "en")
    assert "There are no values yet." in empty.markup


def test_strips__a_goal_that_was_away_for_a_while_has_two_pieces(tmp_path: Path) -> None:
    names = Names(load(WorkingTree(write_files(tmp_path, START).root)), "en")
    days = [date(2026, 11, day) for day in (1, 8, 15, 20)]
    stood = (Stood(days[0], "on-track"), Stood(days[2], "on-track"), Stood(days[3], None))
    found = strips_chart("goals", "Goals", [Strip("goal/dinner", "<b>", stood)], days, TODAY, names, lambda _address: None)
    assert [row[2:] for row in found.table.rows] == [(days[0], days[1]), (days[2], days[3]), (days[3], days[3])]
    assert "<b>" not in found.markup
