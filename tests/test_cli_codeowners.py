"""``codeowners``: who is asked about which file, and that nothing a stranger writes becomes a line of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import Write
from repositories import needs_git, repository_at
from trueup.cli.codeowners import command

GOAL = "---\ntitle: Evenings\nperiod: 2026-Q4\nstatus: active\nproduct_owner: li-wei\nteams: [operations]\n---\n"
TEAM = {
    "trueup.yaml": "title: Shop\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\nlead: anna\n",
    "team/people/li-wei.yaml": "title: Li Wei\nteam: operations\nhandles: {github: li-wei, email: li@example.com}\n",
    "team/people/anna.yaml": "title: Anna\nteam: operations\nhandles: {email: anna@example.com}\n",
    "team/people/ben.yaml": "title: Ben\nteam: operations\n",
    "team/people/carl.yaml": "title: Carl\nteam: operations\nhandles: {github: carl}\nleft_on: 2026-10-30\n",
    "goals/evenings.md": GOAL,
}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--root", str(root), "--today", "2026-11-20", "--lang", "en"])


def lines(found: Result) -> list[str]:
    """Without the comment, and without the people, about whom the lead of their team is asked."""
    assert found.exit_code == 0, found.stderr
    return [line for line in found.stdout.splitlines() if not line.startswith("#") and "/team/people/" not in line]


def test_codeowners__people_of_a_record_and_the_lead_of_its_team(workspace: Write) -> None:
    root = workspace(TEAM).root
    assert lines(run(root)) == ["/goals/evenings.md @li-wei anna@example.com"]
    assert "/team/people/li-wei.yaml anna@example.com" in run(root).stdout.splitlines()
    assert lines(run(root, "--for", "gitlab")) == ["/goals/evenings.md li@example.com anna@example.com"]


def test_codeowners__deciders_are_asked_and_whoever_has_left_is_not(workspace: Write) -> None:
    decision = "---\ntitle: Evenings\nstatus: accepted\ndate: 2026-11-02\ndeciders: [carl, li-wei, ben]\n---\n"
    found = run(workspace({**TEAM, "decisions/2026-11-02-evenings.md": decision}).root)
    assert lines(found)[0] == "/decisions/2026-11-02-evenings.md @li-wei"
    assert (
        found.stderr.splitlines(keepends=True)[-1]
        == 'trueup: 1 person has no account there and is not asked: Ben (write it under "handles" of the person)\n'
    )


@needs_git
def test_codeowners__of_a_workspace_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "repo")
    repository.commit({f"work/{path}": text for path, text in TEAM.items()})
    assert lines(run(repository.root / "work")) == ["/work/goals/evenings.md @li-wei anna@example.com"]


@pytest.mark.parametrize("account", ["x\\n* @eve", "@eve", "eve @mallory", "eve#", "org/team", "eve-"])
def test_codeowners__what_is_no_account_is_not_written(workspace: Write, account: str) -> None:
    hostile = f'title: Li Wei\nhandles: {{github: "{account}", email: "{account}"}}\n'
    found = run(workspace({**TEAM, "team/people/li-wei.yaml": hostile}).root)
    assert lines(found) == ["/goals/evenings.md anna@example.com"]
    assert "Li Wei" in found.stderr


def test_codeowners__signs_of_a_pattern_in_the_name_of_a_file_are_taken_as_they_are(workspace: Write) -> None:
    root = workspace({**TEAM, "goals/a b#*[1].md": GOAL, "goals/晚间.md": GOAL}).root
    assert r"/goals/a\ b\#\*\[1\].md @li-wei anna@example.com" in lines(run(root))
    assert "/goals/晚间.md @li-wei anna@example.com" in lines(run(root))


def test_codeowners__a_name_that_breaks_the_line_is_left_out(workspace: Write) -> None:
    root = workspace({**TEAM, "goals/a\n* @eve.md": GOAL}).root
    assert [line for line in run(root).stdout.splitlines() if "@eve" in line] == []


def test_codeowners__check_compares_and_never_writes(workspace: Write) -> None:
    root = workspace(TEAM).root
    file = root / "CODEOWNERS"
    found = run(root, "--check", str(file))
    assert (found.exit_code, found.stdout, file.exists()) == (1, "", False)
    assert found.stderr == f'trueup: "{file}" is not as the records have it; "trueup codeowners --for github > {file}" writes it\n'
    file.write_text(run(root).stdout, encoding="utf-8")
    assert run(root, "--check", str(file)).exit_code == 0
    file.write_text(run(root).stdout + "* @eve\n", encoding="utf-8")
    assert run(root, "--check", str(file)).exit_code == 1
