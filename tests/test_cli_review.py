"""``review``, ``changes``, ``check --changed``, ``history``, ``timeline`` and ``slips`` in a repository with two branches."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from processes import call
from repositories import Repository, needs_git, repository_at, who
from trueup.cli.changes import command as changes
from trueup.cli.check import command as check
from trueup.cli.history import command as history
from trueup.cli.review import command as review
from trueup.cli.slips import command as slips
from trueup.cli.timeline import command as timeline

pytestmark = needs_git

PEOPLE = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    "team/people/li-wei.yaml": "title: Li Wei\nteam: product\n",
    "team/people/anna.yaml": "title: Anna\nteam: operations\n",
}
GOAL = """---
title: Evenings
period: 2026-Q4
status: active
product_owner: li-wei
operations_owner: anna
teams: [product, operations]
key_results:
  - {id: share, title: Orders after six, baseline: 10, target: 30, unit: "%", metric: evening}
---
"""
PRODUCT = """---
title: Evening slots
team: product
owner: li-wei
status: active
goals: [evenings]
start: 2026-11-02
due: 2026-12-04
tasks:
  - {id: build, title: Build, owner: li-wei, status: doing, start: 2026-11-16, due: 2026-11-27, estimate: 10}
milestones:
  - {id: launch, title: Launch, due: 2026-11-27}
---
"""
OPERATIONS = """---
title: Evening shift
team: operations
owner: anna
status: active
goals: [evenings]
follows: [slots]
due: 2026-12-18
tasks:
  - {id: leaflets, title: Leaflets, owner: anna, status: todo, due: 2026-12-04, estimate: 2, pegged_to: plan/slots#launch, offset: 5}
---
"""
METRIC = "title: Share of the evening\nunit: '%'\ndirection: up\nowner: li-wei\ncadence: weekly\n"
SERIES = "date,value,note\n2026-11-06,11,\n2026-11-13,12,\n"
FILES = {
    **PEOPLE, "goals/evenings.md": GOAL, "plans/slots.md": PRODUCT, "plans/shift.md": OPERATIONS, "metrics/evening.yaml": METRIC,
    "metrics/evening.csv": SERIES,
}  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The main branch, and a branch off it that is checked out."""
    found = repository_at(tmp_path / "repo")
    found.commit(FILES, "Everything", "2026-11-16", "Li Wei")
    found.git("checkout", "--quiet", "-b", "later")
    return found


def run(repository: Repository, command: click.Command, *arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(command, [*arguments, "--root", str(repository.root), "--lang", "en", "--today", "2026-11-20"])
    assert done.exit_code == code, done.output
    return done


def said(repository: Repository, *arguments: str) -> Any:
    return json.loads(run(repository, review, *arguments, "--format", "json").stdout)


def sections(markdown: str) -> dict[str, list[str]]:
    """The lines of each section of a review."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in markdown.splitlines():
        if line.startswith("## "):
            title = line[3:]
        elif line.startswith("- "):
            found.setdefault(title, []).append(line[2:])
    return found


def test_review__calls_people_and_parts_by_their_names(repository: Repository) -> None:
    repository.commit({"plans/slots.md": PRODUCT.replace("owner: li-wei", "owner: anna", 1)}, "Anna takes over", "2026-11-17")
    assert "Owner: Li Wei → Anna" in sections(run(repository, review, "main").stdout)["Records"][0]
    repository.commit({"plans/slots.md": PRODUCT.replace("owner: li-wei", "owner: nobody", 1)}, "A slip of the pen", "2026-11-17")
    assert "Owner: Li Wei → nobody" in sections(run(repository, review, "main").stdout)["Records"][0]


def test_review__of_a_delay_says_first_what_it_reaches(repository: Repository) -> None:
    later = PRODUCT.replace("estimate: 10", "estimate: 25").replace("due: 2026-11-27", "due: 2026-12-10")
    repository.commit({"plans/slots.md": later}, "The build takes longer", "2026-11-17")
    text = run(repository, review, "main").stdout
    found = sections(text)
    assert next(iter(found)) in ("Promises that break", "Milestones that will be late")
    assert any(line.startswith("+") and "**Evening slots**" in line and "reaches Evenings" in line for line in found["Comes later"])
    assert [line.split("**")[1] for line in found["Who should be asked"]] == ["Anna", "Li Wei", "Operations", "Product"]
    assert "changed: **Evening slots** · Plan · Tasks › build › Due: 27 Nov → 10 Dec (+9 working days)" in found["Records"][0]


def test_review__of_a_broken_promise(repository: Repository) -> None:
    sooner = OPERATIONS.replace("offset: 5", "offset: 0").replace("estimate: 2", "estimate: 20")
    repository.commit({"plans/shift.md": sooner}, "Leaflets take longer")
    (promise,) = said(repository, "main")["effects"]["broken"]
    assert (promise["address"], promise["target"], promise["is_broken"]) == ("plan/shift#leaflets", "plan/slots#launch", True)


def test_review__of_targets_series_goals_and_states(repository: Repository) -> None:
    repository.commit({
        "goals/evenings.md": GOAL.replace("target: 30", "target: 15"),
        "metrics/evening.csv": SERIES.replace("11-06,11", "11-06,14") + "2026-11-20,13,\n",
        "plans/slots.md": PRODUCT.replace("status: active", "status: done"),
        "plans/shift.md": OPERATIONS.replace("status: active", "status: done"),
    }, "Everything gets easier")  # fmt: skip
    effects = said(repository, "main")["effects"]
    assert effects["eased"] == [
        {
            "address": "goal/evenings#share",
            "title": "Orders after six",
            "goal": "goal/evenings",
            "what": "target",
            "before": 30,
            "after": 15,
        }
    ]
    assert effects["rewritten"] == [
        {"address": "metric/evening", "title": "Share of the evening", "date": "2026-11-06", "before": 11.0, "after": 14.0}
    ]
    assert effects["goals_without_plans"] == ["goal/evenings"]
    repository.commit({"plans/slots.md": PRODUCT.replace("status: active", "status: paused")}, "Paused")
    assert said(repository, "HEAD~1")["effects"]["illegal"] == [
        {"address": "plan/slots", "title": "Evening slots", "before": "done", "after": "paused", "allowed": ["active"]}
    ]


def test_review__of_goals_and_metrics_that_are_measured_otherwise(repository: Repository) -> None:
    repository.commit({
        "goals/evenings.md": GOAL.replace("baseline: 10", "baseline: 2"), "metrics/evening.yaml": METRIC.replace("up", "down"),
    }, "Another start, another direction")  # fmt: skip
    found = sections(run(repository, review, "main").stdout)["Targets lowered after the fact"]
    assert found == ["baseline: **Orders after six** · Evenings · 10 → 2", "direction: **Share of the evening** · Up → Down"]
    repository.commit({"goals/evenings.md": GOAL.partition("key_results:")[0] + "---\n", "metrics/evening.yaml": METRIC}, "Nothing counts")
    assert sections(run(repository, review, "main").stdout)["Targets lowered after the fact"] == [
        "taken away: **Orders after six** · Evenings"
    ]


def test_review__of_a_due_date_that_is_put_off_beyond_its_goal(repository: Repository) -> None:
    repository.commit({"plans/slots.md": PRODUCT.replace("due: 2026-12-04", "due: 2027-01-08")}, "Next year")
    text = run(repository, review, "main").stdout
    assert sections(text)["Due dates put off"] == ["+25 working days: **Evening slots** · 4 Dec → 8 Jan 2027 · after the end of Evenings"]
    assert text.splitlines()[2] == "1 due date put off, 1 record changed"
    repository.commit({"goals/evenings.md": GOAL.replace("2026-Q4", "2027-Q1"), "plans/slots.md": PRODUCT}, "Another quarter")
    assert sections(run(repository, review, "main").stdout)["Due dates put off"][0].startswith("+64 working days: **Evenings** · 31 Dec")


def test_review__of_a_milestone_that_becomes_late(repository: Repository) -> None:
    later = PRODUCT.replace("estimate: 10", "estimate: 25").replace("title: Launch,", "title: Launch, depends_on: [build],")
    repository.commit({"plans/slots.md": later}, "The build takes longer")
    (milestone,) = sections(run(repository, review, "main").stdout)["Milestones that will be late"]
    assert milestone.startswith("15 working days late: **Evening slots › Launch** · due 27 Nov, forecast 18 Dec")


def test_review__of_settings_says_what_is_no_longer_looked_for(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({"plans/other.md": PRODUCT.replace("owner: li-wei\n", "owner: nobody\n", 1)}, "A fault")
    repository.git("checkout", "--quiet", "-b", "quiet")
    repository.commit({"trueup.yaml": "title: Shop\nrules: {TU201: off}\n"}, "Nobody wants to know")
    text = run(repository, review, "main").stdout
    found = sections(text)
    assert "2 settings changed" in text.splitlines()[2]
    assert "trueup.yaml: **rules** · – → TU201: off" in found["Settings"]
    assert "Findings that are mended" not in found
    assert [line.rpartition(" ")[2] for line in found["Findings that nobody looks for any more"]] == ["TU201"]


def test_review__of_a_record_that_is_gone_says_so_early_and_counts_no_finding_as_mended(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({"plans/other.md": PRODUCT.replace("owner: li-wei\n", "owner: nobody\n", 1)}, "A fault")
    repository.git("checkout", "--quiet", "-b", "gone")
    repository.commit({"plans/other.md": None}, "Away with it")
    text = run(repository, review, "main").stdout
    found = sections(text)
    assert found["Taken away"] == ["gone: **Evening slots** · Plan"]
    assert [line.rpartition(" ")[2] for line in found["Findings that nobody looks for any more"]] == ["TU201", "TU406"]
    assert [line.rpartition(" ")[2] for line in found["Findings that are mended"]] == ["TU313"], "Li Wei has less to do"


def test_review__of_a_task_that_is_taken_away_names_it_and_does_not_call_that_progress(repository: Repository) -> None:
    more = PRODUCT.replace("milestones:", "  - {id: extra, title: Extra, estimate: 20, depends_on: [build]}\nmilestones:")
    repository.git("checkout", "--quiet", "main")
    repository.commit({"plans/slots.md": more, "plans/shift.md": OPERATIONS.replace("offset: 5", "offset: 0")}, "More")
    repository.git("checkout", "--quiet", "-b", "less")
    repository.commit({"plans/slots.md": PRODUCT}, "Less")
    (earlier,) = sections(run(repository, review, "main").stdout)["Comes earlier"]
    assert "without Extra" in earlier


def test_review__compares_with_the_commit_that_both_sides_share(repository: Repository) -> None:
    repository.commit({"plans/slots.md": PRODUCT.replace("Evening slots", "Slots")}, "Here")
    repository.git("checkout", "--quiet", "main")
    repository.commit({"goals/evenings.md": GOAL.replace("Evenings", "Elsewhere")}, "There")
    repository.git("checkout", "--quiet", "later")
    assert [one["address"] for one in said(repository, "main")["records"]] == ["plan/slots"]
    assert [one["address"] for one in said(repository, "main", "HEAD")["records"]] == ["plan/slots"]


def test_review__without_a_head_is_of_what_is_on_disk(repository: Repository) -> None:
    (repository.root / "plans" / "slots.md").write_text(PRODUCT.replace("Evening slots", "Slots"))
    (repository.root / "goals" / "new.md").write_text(GOAL)
    assert [(one["address"], one["event"]) for one in said(repository, "main")["records"]] == [
        ("goal/new", "added"),
        ("plan/slots", "changed"),
    ]
    assert said(repository, "main", "HEAD")["records"] == []


def test_review__of_nothing_says_so(repository: Repository) -> None:
    assert run(repository, review, "main").stdout == "# What this change means\n\nNo record has changed.\n"


def test_review__of_branches_that_share_nothing_fails_in_words(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit({}, "Other")
    assert "have no commit in common" in run(repository, review, "main", code=2).stderr


def test_review__is_cut_to_what_a_comment_may_hold(repository: Repository) -> None:
    files = {
        f"feedback/{'long-name-' * 8}{number}.md": f"---\ntitle: {'@team/x ' * 20}{number}\n---\n![x](http://x)\n" for number in range(900)
    }
    repository.commit(files, "Very much")
    text = run(repository, review, "main", "--format", "github").stdout
    assert text.startswith("<!-- trueup review -->\n# What this change means\n")
    assert len(text) <= 60_000
    assert "… and" in text
    assert "@team" not in text
    assert len(said(repository, "main")["records"]) == 900


def test_changes__of_a_series_are_changes_of_its_metric(repository: Repository) -> None:
    repository.commit(
        {"metrics/evening.csv": SERIES.replace("11-06,11", "11-06,14") + "2026-11-20,13,Rain\n"}, "Better numbers", "2026-11-18"
    )
    told = run(repository, changes, "main", "HEAD").stdout
    assert told.splitlines()[0] == "1 record changed"
    assert "      Series › 2026-11-06 › Value: 11 → 14 (+3)\n      Series › 2026-11-20: added: 13 (Rain)\n" in told
    assert (
        "changed: **Share of the evening** · Metric · Series › 2026-11-06 › Value: 11 → 14 (+3)" in run(repository, review, "main").stdout
    )
    past = run(repository, history, "metric/evening", "--field", "series").stdout
    assert past.index("Better numbers") < past.index("Series › 2026-11-06 › Value: 11 → 14 (+3)")
    assert "Better numbers" in run(repository, history, "metrics/evening.csv").stdout


def test_history__a_metric_and_its_series_move_together(repository: Repository) -> None:
    moved = {
        "metrics/evening.yaml": None,
        "metrics/evening.csv": None,
        "metrics/web/evening.yaml": METRIC,
        "metrics/web/evening.csv": SERIES,
    }
    repository.commit(moved, "Tidy up")
    events = json.loads(run(repository, changes, "main", "HEAD", "--format", "json").stdout)["records"]
    assert [(one["event"], one["old_path"], one["changes"]) for one in events] == [
        ("moved", "metrics/evening.csv", []),
        ("moved", "metrics/evening.yaml", []),
    ]
    assert json.loads(run(repository, history, "--kind", "metric", "--field", "target", "--format", "json").stdout)["transitions"] == []


def test_review__of_a_moved_record_is_a_move(repository: Repository) -> None:
    repository.commit({"plans/slots.md": None, "plans/2026/slots.md": PRODUCT}, "Tidy up")
    (moved,) = said(repository, "main")["records"]
    assert (moved["event"], moved["old_path"], moved["path"], moved["changes"]) == ("moved", "plans/slots.md", "plans/2026/slots.md", [])
    assert said(repository, "main")["new"] == []


def test_check_changed__gives_only_what_the_change_brings(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.commit({"plans/old.md": PRODUCT.replace("owner: li-wei\n", "owner: nobody\n").replace("launch", "start")}, "Old fault")
    repository.git("checkout", "--quiet", "-b", "mine")
    repository.commit({"plans/slots.md": "\n".join((PRODUCT.split("\n")[0], "# One line more", *PRODUCT.split("\n")[1:]))}, "Lines move")
    assert run(repository, check, "--changed", "main").stdout == ""
    repository.commit({"plans/shift.md": OPERATIONS.replace("owner: anna\n", "owner: ana\n", 1)}, "New fault")
    done = call("check", "--changed", "main", cwd=repository.root, env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1795132800"})
    assert done.returncode == 1
    assert [line.split(" ")[1] for line in done.stdout.splitlines()] == ["TU201"]
    assert len(run(repository, check).stdout.splitlines()) > 1
    assert "leave out the paths" in run(repository, check, "--changed", "main", str(repository.root / "plans"), code=2).stderr


def test_check_changed__in_a_file_that_moved_is_what_it_was(repository: Repository) -> None:
    faulty = PRODUCT.replace("owner: li-wei\n", "owner: nobody\n", 1)
    repository.commit({"plans/slots.md": faulty}, "Fault")
    repository.commit({"plans/slots.md": None, "plans/2026/slots.md": faulty}, "Move")
    assert run(repository, check, "--changed", "HEAD~1").stdout == ""


def test_changes__between_two_states(repository: Repository) -> None:
    repository.commit(
        {"goals/new.md": GOAL, "plans/shift.md": None, "plans/slots.md": PRODUCT.replace("12-04", "12-11")}, "Change", "2026-11-17"
    )
    text = run(repository, changes, "main").stdout
    assert text.splitlines()[0] == "1 record added, 1 record taken away, 1 record changed"
    assert "      Due: 2026-12-04 → 2026-12-11 (+5 working days)" in text.splitlines()
    answer = json.loads(run(repository, changes, "main", "HEAD", "--format", "json").stdout)
    assert [(one["address"], one["event"]) for one in answer["records"]] == [
        ("goal/new", "added"), ("plan/shift", "removed"), ("plan/slots", "changed"),
    ]  # fmt: skip
    assert run(repository, changes, "HEAD", "HEAD").stdout == "Nothing has changed.\n"
    assert json.loads(run(repository, changes, "2026-11-16", "--format", "json").stdout)["before"] == repository.git("rev-parse", "main")


def test_history__of_a_record_by_address_path_and_id(repository: Repository) -> None:
    repository.commit({"plans/slots.md": PRODUCT.replace("12-04", "12-11")}, "Later (#12)", "2026-11-18", "Anna")
    for name in ("plan/slots", "plans/slots.md", "slots"):
        lines = run(repository, history, name).stdout.splitlines()
        assert lines[0].startswith("2026-11-18  Anna  Later (#12)  ")
        assert lines[1] == "  Due: 2026-12-04 → 2026-12-11 (+5 working days)"
        assert lines[4] == "  added: plans/slots.md"


@pytest.mark.parametrize(("field", "count"), [("due", 2), ("tasks.build.due", 1), ("tasks", 1), ("tasks.build", 1), ("status", 0)])
def test_history__of_a_field(repository: Repository, field: str, count: int) -> None:
    repository.commit({"plans/slots.md": PRODUCT.replace("12-04", "12-11").replace("11-27, estimate", "11-30, estimate")}, "Later")
    (event, _added) = json.loads(run(repository, history, "plan/slots", "--format", "json").stdout)["events"]
    assert len(event["changes"]) == 2
    found = json.loads(run(repository, history, "plan/slots", "--field", field, "--format", "json").stdout)["events"]
    assert len(found[0]["changes"] if len(found) == 2 else []) == count


@pytest.mark.parametrize(("arguments", "words"), [
    ([], "name a record, or a kind with --kind."),
    (["plan/none"], 'no commit holds "plan/none".'),
    (["nothing"], 'there is no record "nothing".'),
    (["slot"], 'Did you mean "slots"?'),
    (["plan/slots", "--format", "csv"], "CSV is for --kind"),
    (["--kind", "plna"], 'Did you mean "plan"?'),
    (["--kind", "plan", "--field", "stauts"], 'Did you mean "status"?'),
])  # fmt: skip
def test_history__what_cannot_be_answered_says_what_could(repository: Repository, arguments: list[str], words: str) -> None:
    done = run(repository, history, *arguments, code=2)
    assert words in done.stderr
    assert done.stdout == ""


def test_history__of_a_kind_counts_which_state_followed_which(repository: Repository) -> None:
    for day, status in enumerate(("paused", "active", "done", "paused"), 17):
        repository.commit({"plans/slots.md": PRODUCT.replace("status: active", f"status: {status}")}, status, f"2026-11-{day}")
    text = run(repository, history, "--kind", "plan").stdout
    assert text.startswith("6 changes of status in 2 records\n")
    assert "Done     →   Paused   1   not allowed" in text
    rows = run(repository, history, "--kind", "plan", "--format", "csv").stdout.splitlines()
    assert rows[0] == "address,date,before,after,is_legal,author,pull_request,commit"
    assert len(rows) == 7


def test_slips__of_every_due_date_with_its_reason(repository: Repository) -> None:
    checkin = (
        "---\nabout: plan/slots\ndate: 2026-11-17\nauthor: li-wei\nhealth: at-risk\nproblems: [{problem: The bridge is closed}]\n---\n"
    )
    repository.commit({"plans/slots.md": PRODUCT.replace("12-04", "12-11"), "checkins/slots.md": checkin}, "Wait", "2026-11-18", "Anna")
    repository.commit({"plans/slots.md": PRODUCT}, "Back", "2026-11-19", "Anna")
    answer = json.loads(run(repository, slips, "--format", "json").stdout)
    assert [(one["address"], one["days"], one["origin"]["subject"]) for one in answer["slips"]] == [
        ("plan/slots", -5, "Back"),
        ("plan/slots", 5, "Wait"),
    ]
    assert [(one["address"], one["later"], one["earlier"], one["days"]) for one in answer["teams"]] == [("team/product", 1, 1, 0)]
    assert run(repository, slips, "plan/shift").stdout == "No due date has been moved.\n"


def test_timeline__tells_each_day_as_it_was_told_then(repository: Repository) -> None:
    done = PRODUCT.replace("status: doing", "status: done").replace("estimate: 10", "estimate: 10, done_on: 2026-11-18")
    repository.commit({"plans/slots.md": done}, "Built", "2026-11-18")
    answer = json.loads(run(repository, timeline, "--every", "day", "--findings", "--format", "json").stdout)
    assert [(one["day"], one["done"], one["total"]) for one in answer["moments"]] == [
        ("2026-11-16", 0, 3), ("2026-11-17", 0, 3), ("2026-11-18", 1, 3), ("2026-11-19", 1, 3), ("2026-11-20", 1, 3),
    ]  # fmt: skip
    assert all(one["errors"] == 0 for one in answer["moments"])
    rows = run(repository, timeline, "plan/slots", "--every", "week", "--format", "csv").stdout.splitlines()
    assert rows[1].startswith("2026-11-20,1,2,")


def moved(repository: Repository) -> list[tuple[str, str, str, str, str, bool]]:
    """The slips, the newest first: what, from when to when, by whom, why, and whether it was promised."""
    found = json.loads(run(repository, slips, "--format", "json").stdout)["slips"]
    return [
        (one["address"], one["before"], one["after"], one["origin"]["author"], one["origin"]["subject"], one["is_promise"]) for one in found
    ]


def later(day: str) -> dict[str, str | bytes | None]:
    return {"plans/slots.md": PRODUCT.replace("due: 2026-12-04", f"due: {day}")}


def test_slips__name_who_moved_a_date_and_not_who_merged_it(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.git("checkout", "--quiet", "-b", "boss")
    repository.commit(later("2026-12-18"), "Two weeks more", "2026-11-17", "Boss")
    repository.git("checkout", "--quiet", "main")
    repository.commit({"README.md": "x"}, "Read me", "2026-11-18", "Li Wei")
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge branch 'boss' of example.com", "boss", env=who("2026-11-18", "Li Wei"))
    assert moved(repository) == [("plan/slots", "2026-12-04", "2026-12-18", "Boss", "Two weeks more", True)]
    (event, *_rest) = json.loads(run(repository, history, "plan/slots", "--format", "json").stdout)["events"]
    assert (event["origin"]["author"], event["origin"]["time"][:10]) == ("Boss", "2026-11-17")


def test_slips__of_a_pull_request_are_told_by_its_title_and_their_author(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.git("checkout", "--quiet", "-b", "work")
    repository.commit(later("2026-12-18"), "wip", "2026-11-17", "Bo")
    repository.git("checkout", "--quiet", "main")
    message = "Merge pull request #7 from work\n\nSlots move to 18 December"
    repository.git("merge", "--quiet", "--no-ff", "-m", message, "work", env=who("2026-11-18", "Li Wei"))
    assert moved(repository) == [("plan/slots", "2026-12-04", "2026-12-18", "Bo", "Slots move to 18 December (#7)", True)]


def test_slips__go_on_over_a_file_that_could_not_be_read(repository: Repository) -> None:
    repository.commit({"plans/slots.md": "---\ntitle: [broken\n---\n"}, "Broken", "2026-11-17")
    repository.commit(later("2026-12-18"), "Mended, and moved", "2026-11-18")
    assert [one[:3] for one in moved(repository)] == [("plan/slots", "2026-12-04", "2026-12-18")]
    told = run(repository, history, "plan/slots", "--field", "due").stdout
    assert "can be read again" in told
    assert "Due: 2026-12-04 → 2026-12-18" in told


def test_slips__go_on_over_a_date_that_was_away_for_a_while(repository: Repository) -> None:
    repository.commit({"plans/slots.md": PRODUCT.replace("due: 2026-12-04\n", "")}, "No date", "2026-11-17")
    repository.commit(later("2027-01-08"), "Another one", "2026-11-18")
    assert [one[:3] for one in moved(repository)] == [("plan/slots", "2026-12-04", "2027-01-08")]


def test_slips__follow_a_record_that_is_copied_and_then_taken_out_of_its_first_file(repository: Repository) -> None:
    copied = {f"plans/next/{path.rpartition('/')[2]}": text for path, text in later("2026-12-18").items()}
    repository.commit(copied, "Copied", "2026-11-17")
    repository.commit({"plans/slots.md": None}, "The old one goes", "2026-11-18")
    assert [one[:3] for one in moved(repository)] == [("plan/slots", "2026-12-04", "2026-12-18")]
    newest = run(repository, history, "plan/slots").stdout.partition("\n\n")[0]
    assert "moved from plans/slots.md to plans/next/slots.md" in newest
    assert "taken away" not in newest


def test_slips__of_a_draft_and_of_what_is_done_count_into_no_sum(repository: Repository) -> None:
    draft = PRODUCT.replace("status: active", "status: draft")
    repository.commit({"plans/slots.md": draft}, "A draft again", "2026-11-17")
    repository.commit({"plans/slots.md": draft.replace("due: 2026-12-04", "due: 2026-12-18")}, "Moved", "2026-11-18")
    assert [one[-1] for one in moved(repository)] == [False]
    told = run(repository, slips).stdout
    assert "By team" not in told
    assert "Evening slots (not promised)" in told


def test_slips__in_a_shallow_clone_say_what_they_do_not_know(repository: Repository, tmp_path: Path) -> None:
    repository.commit(later("2026-12-18"), "Moved", "2026-11-18")
    repository.commit({"README.md": "x"}, "Later", "2026-11-19")
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    done = CliRunner().invoke(slips, ["--root", str(tmp_path / "shallow"), "--lang", "en"])
    assert done.stdout.splitlines()[0] == "In the commits that this clone has, no due date was moved."
    assert "The history is incomplete" in done.stdout


@pytest.mark.parametrize("folder", ["", "work"])
def test_check_changed__reads_no_repository_that_the_change_itself_brings(tmp_path: Path, folder: str) -> None:
    found = repository_at(tmp_path / "repo")
    inside = {f"{folder}/{path}" if folder else path: text for path, text in {**FILES, "trueup.yaml": "title: Shop\n"}.items()}
    found.commit(inside, "Everything", "2026-11-16")
    found.git("checkout", "--quiet", "-b", "later")
    path = f"{folder}/plans/shift.md" if folder else "plans/shift.md"
    found.commit({path: OPERATIONS.replace("owner: anna\n", "owner: ana\n", 1)}, "New fault")
    place = Repository(found.root / folder)
    hidden = tmp_path / "hidden.git"
    found.git("clone", "--quiet", "--bare", str(found.root), str(hidden))
    Repository(hidden).git("update-ref", "refs/heads/main", "refs/heads/later")
    for name in ("HEAD", "objects", "refs", "config"):
        shutil.move(hidden / name, place.root / name)
    done = CliRunner().invoke(check, ["--changed", "main", "--root", str(place.root), "--lang", "en", "--today", "2026-11-20"])
    assert ("TU201" if not folder else "is in no git repository") in done.output


def test_review__of_a_text_that_was_rewritten_ends_soon(repository: Repository) -> None:
    old, new = "a\n\n" * 700, "\nb\n" * 700
    repository.git("checkout", "--quiet", "main")
    repository.commit({"plans/slots.md": PRODUCT + old}, "Long", "2026-11-17")
    repository.git("checkout", "--quiet", "-b", "other")
    repository.commit({"plans/slots.md": PRODUCT + new}, "Rewritten", "2026-11-18")
    (record,) = sections(run(repository, review, "main").stdout)["Records"]
    assert record.endswith("Text: 700 lines added, 700 lines taken away")


def test_review__says_what_a_setting_became_in_chinese_too(repository: Repository) -> None:
    repository.commit({"trueup.yaml": "title: Another shop\n"}, "A name", "2026-11-18")
    done = CliRunner().invoke(review, ["main", "--root", str(repository.root), "--lang", "zh", "--today", "2026-11-20"])
    assert "trueup.yaml：**title** · – → Another shop" in done.output


def test_slips__in_a_folder_whose_name_has_a_line_end(tmp_path: Path) -> None:
    found = repository_at(tmp_path / "a\nb")
    found.commit(FILES, "Everything", "2026-11-16")
    assert run(found, slips).stdout == "No due date has been moved.\n"


@pytest.mark.parametrize(("arguments", "words"), [
    (["--since", "9999-12-31"], "--since 9999-12-31 is after the last day, 2026-11-20."),
    (["--today", "2025-06-01"], "the first commit is of 2026-11-16, after 2025-06-01."),
    (["--today", "9999-12-31"], "to tell of; take a longer --every, or a later --since."),
])  # fmt: skip
def test_timeline__of_days_that_there_are_not_or_of_too_many_says_so(repository: Repository, arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(timeline, ["--root", str(repository.root), "--lang", "en", "--today", "2026-11-20", *arguments])
    assert (done.exit_code, words in done.stderr) == (2, True), done.output


def test_timeline__begins_with_the_first_commit(repository: Repository) -> None:
    told = run(repository, timeline, "--since", "0001-01-01", "--every", "day", "--format", "csv").stdout
    assert [line.split(",")[0] for line in told.splitlines()[1:]] == [f"2026-11-{day}" for day in range(16, 21)]
