"""Files in the wrong place, under the wrong name or not readable, and what to do about each."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from trueup.checks.text import stray_file
from trueup.records.config import CONFIG_FILE

Write = Callable[[Mapping[str, str | bytes]], Written]

GOAL = "---\ntitle: A\nperiod: 2026-Q4\nstatus: active\n---\n"
PERSON = "title: Bob\nteam: operations\n"
TEAM = {"team/teams/operations.yaml": "title: Operations\nfunction: operations\n"}


# --- Ids -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A", 'it has capital letters (rename the file to "a.md")'),
        ("a b", 'it has spaces (rename the file to "a-b.md")'),
        ("größe", 'it has characters such as "ö" (rename the file to "grosse.md")'),
        ("Café 2", 'it has capital letters, spaces, characters such as "é" (rename the file to "cafe-2.md")'),
        ("a--b", 'it has a hyphen too many (rename the file to "a-b.md")'),
        ("目标", 'it has characters such as "目" (use lower-case letters, digits and single hyphens, 80 at most)'),
        ("q4-目标", 'it has characters such as "目" (use lower-case letters, digits and single hyphens, 80 at most)'),
        ("a" * 81, f'it has more than 80 characters (rename the file to "{"a" * 60}.md")'),
    ],
)
def test_invalid_id__says_what_is_wrong_and_a_name_that_will_do(workspace: Write, name: str, said: str) -> None:
    (found,) = workspace({f"goals/{name}.md": GOAL}).findings()
    assert found.endswith(f" cannot be an id: {said}")


def test_invalid_id__never_suggests_a_name_that_is_taken(workspace: Write) -> None:
    names = ("2026-Q4-checkout", "2026-q4-checkout", "2026 q4 checkout", "2026-q4-checkout-2")
    found = workspace({f"goals/{name}.md": GOAL for name in names}).findings()
    assert [one.partition("rename the file to ")[2] for one in found if "TU016" in one] == [
        '"2026-q4-checkout-3.md")',
        '"2026-q4-checkout-4.md")',
    ]


def test_invalid_id__does_not_suggest_the_id_of_a_record_in_another_folder(workspace: Write) -> None:
    (found,) = workspace({"goals/old/a.yaml": "title: A\nperiod: 2026-Q4\nstatus: active\n", "goals/A!.md": GOAL}).findings()
    assert found.endswith('(rename the file to "a-2.md")')


def test_colliding_name__is_told_once_and_not_as_a_reused_id_too(workspace: Write) -> None:
    written = workspace({"goals/2026-Q4-a.md": GOAL, "goals/2026-q4-a.md": GOAL})
    assert [one.split(" ")[1] for one in written.findings()] == ["TU016", "TU013"]
    assert [one.split(" ")[1] for one in written.findings(["goals/2026-q4-a.md"])] == ["TU013"]
    assert [one.split(" ")[1] for one in written.findings(["goals/2026-Q4-a.md"])] == ["TU013", "TU016"]


# --- Stray files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("goals/new.txt", 'rename it to "new.md"'),
        ("goals/new.md.txt", 'rename it to "new.md"'),
        ("goals/new", 'rename it to "new.md"'),
        ("goals/new.json", 'rename it to "new.yaml"'),
        ("metrics/t.CSV", 'rename it to "t.csv"'),
        ("goals/new.yml", 'rename it to "new.yaml"'),
        ("team/bob.yaml", "move it"),
        ("team/person/bob.yaml", 'move it to "team/people/bob.yaml"'),
        ("team/other/bob.yaml", "move it"),
        ("people/bob.yaml", 'move it to "team/people/bob.yaml"'),
        ("goal/x.md", 'move it to "goals/x.md"'),
        ("Goals/x.md", 'move it to "goals/x.md"'),
        ("check-ins/2026/x.md", 'move it to "checkins/2026/x.md"'),
    ],
)
def test_stray_file__says_where_the_file_would_be_read(workspace: Write, path: str, advice: str) -> None:
    said = f'{path}:1:1: TU015 warning: no kind of record reads this file ({advice}, or leave it out under "exclude" in trueup.yaml)'
    assert workspace({path: "title: x\n"}).findings() == [said]
    assert workspace({}).findings([path]) == [said]


@pytest.mark.parametrize(
    "path",
    [
        "goals/a.png", "goals/a.pdf", "metrics/a.xlsx", "goals/a.drawio", "goals/LICENSE", "goals/Makefile", "goals/README.md",
        "goal/a.png", "goal/README.md", "team/README.md", "team/logo.svg", "src/goal/a.md", "notes/a.md", "goal.md",
        "schemas/other.json",
    ],
)  # fmt: skip
def test_stray_file__attachments_and_other_folders_are_nobodys_business(workspace: Write, path: str) -> None:
    assert workspace({path: "{}\n"}).findings() == []


def test_stray_file__a_schema_of_a_kind_under_another_name(workspace: Write) -> None:
    (found,) = workspace({"schemas/risk.json": '{"x-kind": {"name": "risk", "files": ["risks/*.md"]}}'}).findings()
    assert found.startswith("schemas/risk.json:1:1: TU015 warning:")
    assert 'rename it to "risk.schema.json"' in found


def test_stray_file__in_a_workspace_of_own_kinds_alone_names_mean_what_they_mean_there(workspace: Write) -> None:
    files = {
        "schemas/note.schema.json": '{"x-kind": {"name": "note", "files": ["notes/**/*.md"]}, "properties": {"title": {}}}',
        "notes/a.md": "---\ntitle: A\n---\n",
        "notes/a.json": "{}",
        "notes/new.txt": "x",
    }
    others = {"goal/x.md": "x", "people/bob.yaml": "x: 1\n", "team/bob.yaml": "x: 1\n", "Plans/a.md": "x"}
    assert workspace({**files, **others}).findings() == []
    assert len(workspace({"goals/a.md": GOAL}).findings()) == len(others)


def test_stray_file__sends_no_two_files_to_one_place(workspace: Write) -> None:
    one, other = workspace({"metrics/orders.yml": "title: x\n", "metrics/orders.json": "{}", "goals/a.md": GOAL}).findings()
    assert one == (
        "metrics/orders.json:1:1: TU015 warning: no kind of record reads this file"
        ' (rename it to "orders.yaml", or leave it out under "exclude" in trueup.yaml)'
    )
    assert other == (
        'metrics/orders.yml:1:1: TU015 warning: no kind of record reads this file (move it, or leave it out under "exclude" in trueup.yaml)'
    )


def test_stray_file__sends_no_file_where_another_lies_in_another_case(workspace: Write) -> None:
    (line,) = workspace({"people/anna.yaml": PERSON, "team/people/Anna.yaml": PERSON, **TEAM}).findings(rules=[stray_file])
    assert line.endswith('(move it, or leave it out under "exclude" in trueup.yaml)')


def test_stray_file__is_excluded_as_other_files_are(workspace: Write) -> None:
    assert workspace({"people/bob.yaml": PERSON, CONFIG_FILE: "exclude: [people]\n"}).findings() == []


# --- Excluded files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["goals/archive", "goals/archive/", "goals/archive/**", "goals/arch*/"])
def test_exclude__a_folder_means_what_lies_in_it(workspace: Write, pattern: str) -> None:
    files = {"goals/archive/2025/a.md": "no record", "goals/archive/b.md": "none", "goals/a.md": GOAL}
    assert workspace({**files, CONFIG_FILE: f"exclude: ['{pattern}']\n"}).findings() == []


def test_exclude__a_pattern_that_leaves_nothing_out_is_a_finding(workspace: Write) -> None:
    written = workspace({"goals/a.md": GOAL, CONFIG_FILE: "exclude:\n  - goals/a.md\n  - goals/achive\n"})
    said = 'trueup.yaml:3:5: TU021 warning: "goals/achive" matches no file in a record folder (correct the path, or delete the pattern)'
    assert written.findings() == [said]
    assert written.findings(["goals/a.md"]) == []


# --- Folders ---------------------------------------------------------------------------------------------------------


def test_not_a_file__a_folder_called_like_a_record(workspace: Write) -> None:
    assert workspace({"goals/x.yaml/a.png": b""}).findings() == [
        "goals/x.yaml:1:1: TU012 this is a folder, not a regular file (rename the folder)"
    ]


def test_unreadable_file__a_folder_that_cannot_be_listed(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    written, listing = workspace({"goals/shut/a.md": GOAL}), os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert written.findings() == ["goals/shut:1:1: TU001 the folder cannot be opened (look at its permissions)"]


# --- Series ----------------------------------------------------------------------------------------------------------


def test_check__of_a_series_alone_looks_at_its_metric_too(workspace: Write) -> None:
    files = {"metrics/m.yaml": "title: M\nunit: h\ndirection: up\nowner: nobody\n", "metrics/m.csv": "date,value\n2026-01-01,x\n"}
    assert [one.split(" ")[1] for one in workspace(files).findings(["metrics/m.csv"])] == ["TU017", "TU201"]
