"""editing/start and editing/template: a new workspace, which never costs anybody a file."""

from __future__ import annotations

import json
import os
import re
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from trueup.checks.runner import check
from trueup.editing.advice import additions, notes
from trueup.editing.start import start
from trueup.editing.template import _SERIES, _SILENCE, record_template
from trueup.records.kinds import BUILT_IN, built_in_schemas
from trueup.records.source import read_source
from trueup.records.tree import WorkingTree
from trueup.records.validate import Gate
from trueup.records.workspace import load

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_start__makes_a_workspace_without_a_fault(tmp_path: Path, language: str) -> None:
    start(tmp_path, language, example=False)
    workspace = load(WorkingTree(tmp_path))
    assert workspace.config.language == language
    assert [str(one.message) for one in check(workspace, TODAY)] == []


@pytest.mark.parametrize(("language", "least"), [("en", 300), ("zh", 75)])
def test_start__the_example_has_every_kind(tmp_path: Path, language: str, least: int) -> None:
    start(tmp_path, language, example=True)
    workspace = load(WorkingTree(tmp_path))
    assert len(workspace.records) >= least
    assert {record.kind.name for record in workspace.records} == set(BUILT_IN)


# What is wrong in the examples is wrong on purpose: each finding is a part of what they tell, and nothing in them is sloppy.
STORY = {
    "en": [
        "TU308 plans/evening-expansion-operations.md garden-hill-riders",
        "TU308 plans/evening-windows-operations.md third-rider",
        "TU308 plans/near-date-shelf.md price-rule",
        "TU313 team/people/emma-lindqvist.yaml",
        "TU313 team/people/marcus-webb.md",
        "TU407 goals/2026-q4-replies.md deng-xin",
        "TU407 goals/2026-q4-replies.md lin-yue",
        "TU501 feedback/2026/2026-11-05-never-heard-back.md",
        "TU502 feedback/2026/2026-05-20-where-is-my-refund.md",
        "TU504 decisions/2026-09-29-two-hour-evening-windows.md",
        "TU505 decisions/2026-09-15-pause-cold-room.md",
        "TU601 goals/2026-q4-waste.md",
        "TU602 goals/2026-q4-on-time.md",
        "TU602 goals/2026-q4-waste.md",
        "TU603 team/cadences/feedback-friday.yaml",
        "TU604 meetings/2026-07-28-product-ops.md storm-message",
        "TU604 meetings/2026-10-12-monthly-review.md overtime-target",
        "TU604 retros/2026-04-08-first-quarter.md reply-hours",
        "TU604 retros/2026-06-24-subscription-pilot.md pilot-template",
    ],
    "zh": [
        "TU313 team/people/tang-ning.yaml",
        "TU407 goals/2026-q4-repeat-orders.md jiang-yue",
        "TU502 feedback/2026/10/2026-10-29-four-calls.md",
        "TU601 plans/weekly-menu.md",
        "TU602 goals/2026-q4-repeat-orders.md",
        "TU604 meetings/2026-10-28-weekly-alignment.md second-supplier",
        "TU604 meetings/2026-11-10-monthly-review.md repeat-model",
    ],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_start__the_example_shows_what_it_means_to_and_has_no_error(tmp_path: Path, language: str) -> None:
    start(tmp_path, language, example=True)
    found = check(load(WorkingTree(tmp_path)), TODAY)
    assert {one.severity for one in found} == {"warning"}
    assert sorted(f"{one.code} {one.path}{_named(one.say('en'))}" for one in found) == STORY[language]
    assert {one.code[:3] for one in found} == {"TU3", "TU4", "TU5", "TU6"}, "a finding of each family about working together"


def _named(message: str) -> str:
    """The part or the person that a finding begins with, where that is not the record itself."""
    name = re.match(r'"([a-z-]+)" (?:was due|has not agreed)', message)
    return f" {name[1]}" if name else ""


def test_start__keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours")
    done = start(tmp_path, "en", example=False)
    assert (tmp_path / "README.md").read_text() == "ours"
    assert done.kept == ("README.md",)


def test_start__brings_only_its_own_folder_up_to_date(tmp_path: Path) -> None:
    start(tmp_path, "en", example=False)
    (tmp_path / ".trueup" / "schemas" / "goal.schema.json").write_text("{}")
    (tmp_path / "mkdocs.yml").write_text("ours")
    done = start(tmp_path, "en", example=False)
    assert done.written == ()
    assert done.updated == (".trueup/schemas/goal.schema.json",)
    assert (tmp_path / "mkdocs.yml").read_text() == "ours"


def test_start__clears_away_what_a_killed_call_has_left(tmp_path: Path) -> None:
    start(tmp_path, "en", example=False)
    folder = tmp_path / ".trueup" / "schemas"
    names = {".goal.schema.json.123.part": 3600, ".plan.schema.json.124.part": 0, ".notes.125.part": 3600}
    for name, age in names.items():
        (folder / name).write_text("half")
        os.utime(folder / name, (time.time() - age,) * 2)
    start(tmp_path, "en", example=False)
    # A young one may belong to a call that is at work now, and the last one is not ours.
    assert {path.name for path in folder.glob(".*")} == {".plan.schema.json.124.part", ".notes.125.part"}


def test_additions__say_what_is_missing_in_a_file_that_was_kept(tmp_path: Path) -> None:
    there = {
        "mkdocs.yml": "site_name: trueup\n# - trueup\n",
        ".pre-commit-config.yaml": "repos: []\n",
        ".gitlab-ci.yml": "stages: [test]\n",
        ".gitignore": "*.pyc\n",
        ".vscode/settings.json": "{}",
    }
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = start(tmp_path, "en", example=False)
    assert set(done.kept) == set(there)
    pasted = {name: additions(tmp_path, name, "en") for name in there}
    assert yaml.safe_load(pasted["mkdocs.yml"]) == {"plugins": ["search", "trueup"]}
    hook = yaml.safe_load(pasted[".pre-commit-config.yaml"])["repos"][0]["hooks"][0]
    assert (hook["always_run"], hook["pass_filenames"]) == (True, False)
    assert yaml.safe_load(pasted[".gitlab-ci.yml"])["trueup"]["image"].startswith("python:")
    assert pasted[".gitignore"] == "/site/\n"
    assert "./.trueup/schemas/goal.schema.json" in json.loads("{" + pasted[".vscode/settings.json"] + "}")["yaml.schemas"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_additions__of_our_own_files_are_none(tmp_path: Path, language: str) -> None:
    done = start(tmp_path, language, example=False)
    assert {path: lines for path in done.written if (lines := additions(tmp_path, path, language))} == {}


@pytest.mark.parametrize(
    "name",
    ["mkdocs.yml", ".pre-commit-config.yaml", ".gitlab-ci.yml", ".github/workflows/trueup.yml", ".github/workflows/trueup-comment.yml"],
)
def test_start__files_in_both_languages_differ_in_comments_only(tmp_path: Path, name: str) -> None:
    for language in ("en", "zh"):
        start(tmp_path / language, language, example=False)
    english, chinese = (yaml.safe_load((tmp_path / one / name).read_text(encoding="utf-8")) for one in ("en", "zh"))
    if name == "mkdocs.yml":
        english["site_name"], english["theme"]["language"] = chinese["site_name"], "zh"
    assert english == chinese


@pytest.mark.parametrize(
    ("ignored", "advice"),
    [
        ("/build/\n", False),
        ("build\n", False),
        ("*.pyc\nbuild/demo/\n", False),
        ("/build/other/\n", True),
        ("/bui/\n", True),
        ("demo/build\n", True),
        ("# build\n\n/\n", True),
        (None, True),
    ],
)
def test_notes__in_a_folder_that_its_repository_ignores_there_is_nothing_to_move(tmp_path: Path, ignored: str | None, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    if ignored is not None:
        (tmp_path / ".gitignore").write_text(ignored)
    assert [".gitlab-ci.yml" in note.say("en") for note in notes(tmp_path / "build" / "demo")] == [True] * advice


def test_notes__tell_of_the_place_of_a_new_workspace(tmp_path: Path) -> None:
    root = tmp_path / "team" / "plans"
    (root / "goals").mkdir(parents=True)
    assert notes(root) == []
    (root / ".git").mkdir()
    assert [note.say("en").partition(";")[0] for note in notes(root)] == ["git merges records line by line"]
    (root / ".git").rmdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "trueup.yaml").write_text("")
    (root / "goals" / "README.md").write_text("ours")
    (root / "trueup.yml").write_text("language: zh")
    told = [note.say("en") for note in notes(root)]
    assert [
        words
        for words in ('"trueup.yml" is not read', "lies in the workspace", '"folder: team/plans"', "goals/ held files")
        if words not in "".join(told)
    ] == []
    (root / "trueup.yaml").write_text("")
    assert notes(root) == []


def test_start__a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "docs").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match="leads out of"):
        start(tmp_path / "home", "en", example=False)
    assert not any(file.is_file() for file in (tmp_path / "outside").rglob("*"))


def test_start__leaves_no_part_of_a_file_behind_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        start(tmp_path, "en", example=False)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_start__works_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    start(tmp_path, "en", example=False)
    assert (tmp_path / "trueup.yaml").read_text().startswith("# yaml-language-server")


def test_start__the_files_of_others_are_well_formed(tmp_path: Path) -> None:
    start(tmp_path, "en", example=False)
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text())
    assert set(settings["yaml.schemas"]) == {f"./.trueup/schemas/{name}.schema.json" for name in (*BUILT_IN, "trueup")}
    assert all((tmp_path / name).is_file() for name in settings["yaml.schemas"])
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text())
    assert hooks["repos"][0]["hooks"][0]["entry"] == "trueup check"
    assert "trueup" in yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text())
    steps = yaml.safe_load((tmp_path / ".github" / "workflows" / "trueup.yml").read_text())["jobs"]["check"]["steps"]
    # What a stranger's mkdocs.yml names would be run.
    (building,) = (step for step in steps if "site build" in step.get("run", ""))
    assert "head.repo.full_name == github.repository" in building["if"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", BUILT_IN)
def test_record_template__is_a_valid_record_and_so_is_every_field_in_it(name: str, language: str) -> None:
    schema = json.loads(built_in_schemas()[name])
    text = record_template(name, schema, language)
    folder = schema["x-kind"]["files"][0].partition("/**")[0]
    way = text.splitlines()[1].removeprefix("# yaml-language-server: $schema=")
    assert os.path.normpath(f"{folder}/{way}") == f".trueup/schemas/{name}.schema.json"
    written = read_source("x.md", text.encode())
    assert written.faults == ()
    assert Gate(schema).mismatches(written.data) == []
    words = {*_SILENCE.values(), *(line for lines in _SERIES.values() for line in lines)}
    lines = [line.removeprefix("# ") for line in text.split("---")[1].strip().splitlines()[1:] if line not in words]
    whole = read_source("x.yaml", "\n".join(lines).encode())
    assert whole.faults == ()
    # A silence of nothing is a finding, so that the template only tells of it.
    assert _SILENCE[language] in text.splitlines()
    assert set(whole.data) == set(schema["properties"]) - {"ignore"}
    # A scorecard's item and a decision's tripwire have alternatives; an example shows one, so the whole stays valid.
    assert Gate(schema).mismatches(whole.data) == []


@pytest.mark.parametrize("folder", [".trueup", ".github", ".vscode", "docs"])
def test_start__writes_nothing_at_all_where_a_folder_leads_elsewhere(tmp_path: Path, folder: str) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    (outside / "schemas").mkdir(parents=True)
    (outside / "schemas" / "goal.schema.json").write_text("theirs")
    (home / folder).symlink_to(outside)
    with pytest.raises(OSError, match="leads out of"):
        start(home, "en", example=False)
    assert [path.name for path in home.iterdir()] == [folder]
    assert sorted(path.name for path in outside.rglob("*")) == ["goal.schema.json", "schemas"]
    assert (outside / "schemas" / "goal.schema.json").read_text() == "theirs"


def test_start__writes_nothing_at_all_where_a_file_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("ours")
    with pytest.raises(NotADirectoryError) as caught:
        start(tmp_path, "en", example=False)
    assert caught.value.filename == str(tmp_path / "docs")
    assert [path.name for path in tmp_path.iterdir()] == ["docs"]


def test_start__in_a_folder_that_is_itself_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    start(tmp_path / "link", "en", example=False)
    assert (tmp_path / "real" / ".github" / "workflows" / "trueup.yml").is_file()


def test_start__does_not_clear_away_a_link_that_looks_like_a_part_of_a_file(tmp_path: Path) -> None:
    start(tmp_path, "en", example=False)
    (tmp_path / "theirs").write_text("ours")
    os.utime(tmp_path / "theirs", (time.time() - 3600,) * 2)
    part = tmp_path / ".trueup" / "schemas" / ".goal.schema.json.123.part"
    part.symlink_to(tmp_path / "theirs")
    start(tmp_path, "en", example=False)
    assert part.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
@pytest.mark.parametrize("name", [".gitignore", "mkdocs.yml"])
def test_additions__of_what_is_no_file_are_none_and_nobody_waits(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert additions(tmp_path, name, "en") == ""


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("plugins:\n  - search\n  - trueup\n", True),
        ('plugins:\n- "trueup":\n    x: 1\n', True),
        ("plugins: [search, trueup]\n", True),
        ("plugins: [{search: [a, b]},\n  trueup]\n", True),
        ("site_name: trueup\nplugins: [search]\n", False),
        ("plugins: [search]\nextra: {a: trueup}\n# - trueup\n", False),
    ],
)
def test_additions__of_mkdocs_are_none_where_the_plugin_is_listed(tmp_path: Path, text: str, listed: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert (additions(tmp_path, "mkdocs.yml", "en") == "") == listed


@pytest.mark.parametrize("piece", ["[", "\n", "- ", "trueup ", "[trueup\n]", " "])
def test_additions__of_a_hostile_text_take_linear_time(tmp_path: Path, piece: str) -> None:
    (tmp_path / "mkdocs.yml").write_text((piece * 1_000_000)[:1_000_000])
    begun = time.process_time()
    additions(tmp_path, "mkdocs.yml", "en")
    assert time.process_time() - begun < 2


def test_start__no_file_of_a_chinese_workspace_has_english_comments(tmp_path: Path) -> None:
    start(tmp_path, "zh", example=False)
    ours = [file for file in tmp_path.rglob("*") if file.suffix in (".yml", ".yaml") and ".trueup" not in file.parts]
    comments = [line.strip() for file in ours for line in file.read_text(encoding="utf-8").splitlines() if line.strip().startswith("#")]
    # Settings that are commented out are none, nor what an editor reads.
    prose = [line for line in comments if not re.match(r"#\s*([a-z_]+:|yaml-language-server)", line)]
    assert len(prose) > 3
    assert [line for line in prose if not re.search("[一-鿿]", line)] == []
