"""The ready files for continuous integration: their scripts are run, with stand-ins for what would reach a forge."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from repositories import Repository, needs_git, repository_at
from trueup.editing.start import start

pytestmark = needs_git

PROJECT = Path(__file__).parents[1]
HEAD = "a" * 40
PROGRAM = f"""\
#!/bin/sh
PYTHONPATH="{PROJECT / "tools"}" exec {sys.executable} -m trueup "$@"
"""
# Answers what the scripts ask of GitHub, and notes what they write.
GH = """\
#!/bin/sh
case "$*" in
  *"pulls/7"*) echo "$FAKE_HEAD" ;;
  *--paginate*) echo "$FAKE_EARLIER" ;;
  *) echo "$*" >> "$FAKE_LOG" ;;
esac
"""
CURL = """\
#!/bin/sh
case "$*" in
  *--request*) echo "$*" >> "$FAKE_LOG" ;;
  */user) echo '{"id": 3}' ;;
  *) echo "$FAKE_NOTES" ;;
esac
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A workspace as `trueup init` makes it, with a pull request on top of its first commit."""
    found = repository_at(tmp_path / "repo")
    start(found.root, "en", example=False)
    found.commit({}, "Start")
    found.git("checkout", "--quiet", "-b", "change")
    found.commit({"goals/a.md": "---\ntitle: More orders in the evening\nperiod: 2026-Q4\nstatus: draft\n---\n"}, "A goal")
    return found


def workflow(repository: Repository, name: str) -> Any:
    return yaml.safe_load((repository.root / name).read_text(encoding="utf-8"))


def script_with(steps: list[dict[str, Any]], words: str) -> str:
    return next(str(step["run"]) for step in steps if words in step.get("run", ""))


def run(script: str, cwd: Path, tmp_path: Path, programs: dict[str, str], **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a script as a forge does, with ``trueup`` and some stand-ins before all other programs."""
    folder = tmp_path / "programs"
    folder.mkdir(exist_ok=True)
    for name, text in {"trueup": PROGRAM, **programs}.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1795132800", **env}
    return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=cwd, env=environment, capture_output=True, text=True)


def test_github__writes_what_the_pull_request_means_into_the_summary(repository: Repository, tmp_path: Path) -> None:
    script = script_with(workflow(repository, ".github/workflows/trueup.yml")["jobs"]["check"]["steps"], "trueup review")
    summary = tmp_path / "summary"
    done = run(
        script, repository.root, tmp_path, {}, BASE=repository.git("rev-parse", "main"), NUMBER="7", GITHUB_STEP_SUMMARY=str(summary)
    )
    assert done.returncode == 0, done.stderr
    assert "new: **More orders in the evening** · Goal" in summary.read_text()
    assert (repository.root / "review" / "number").read_text() == "7\n"


@pytest.mark.parametrize(("head", "earlier", "written"), [
    (HEAD, "", "--method POST repos/team/plans/issues/7/comments"),
    (HEAD, "99", "--method PATCH repos/team/plans/issues/comments/99"),
    ("b" * 40, "", None),
])  # fmt: skip
def test_github__keeps_one_comment_on_the_pull_request_that_was_checked(
    repository: Repository, tmp_path: Path, head: str, earlier: str, written: str | None
) -> None:
    job = workflow(repository, ".github/workflows/trueup-comment.yml")["jobs"]["comment"]
    assert not any("checkout" in step.get("uses", "") for step in job["steps"])
    (tmp_path / "artifact").mkdir()
    (tmp_path / "artifact" / "number").write_text("7; touch ran\n")
    (tmp_path / "artifact" / "review.md").write_text("<!-- trueup review -->\n")
    log = tmp_path / "log"
    env = {"FAKE_HEAD": head, "FAKE_EARLIER": earlier, "FAKE_LOG": str(log), "REPOSITORY": "team/plans", "HEAD": HEAD}
    done = run(script_with(job["steps"], "gh api"), tmp_path / "artifact", tmp_path, {"gh": GH}, **env)
    assert (done.returncode == 0) is (written is not None), done.stderr
    assert not (tmp_path / "artifact" / "ran").exists()
    assert (written in log.read_text() if written else not log.exists()) is True


@pytest.mark.parametrize(("token", "notes", "written"), [
    ("", "[]", None),
    ("secret", "[]", "--request POST --data-urlencode body@review.md https://git/projects/1/merge_requests/7/notes"),
    ("secret", '[{"id": 5, "author": {"id": 3}, "body": "<!-- trueup review -->x"}]', "https://git/projects/1/merge_requests/7/notes/5"),
    ("secret", '[{"id": 5, "author": {"id": 4}, "body": "<!-- trueup review -->x"}]', "--request POST"),
])  # fmt: skip
def test_gitlab__keeps_one_note_on_the_merge_request(
    repository: Repository, tmp_path: Path, token: str, notes: str, written: str | None
) -> None:
    job = workflow(repository, ".gitlab-ci.yml")["trueup-review"]
    script = "\n".join(line for line in job["script"] if not line.startswith("pip "))
    log = tmp_path / "log"
    env = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": repository.git("rev-parse", "main"), "CI_API_V4_URL": "https://git", "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_IID": "7", "TRUEUP_TOKEN": token, "FAKE_NOTES": notes, "FAKE_LOG": str(log),
    }  # fmt: skip
    done = run(script, repository.root, tmp_path, {"curl": CURL}, **env)
    assert done.returncode == 0, done.stderr
    assert "More orders in the evening" in done.stdout
    assert "secret" not in done.stdout
    assert (written in log.read_text() if written else not log.exists()) is True


def test_action__runs_a_command_and_takes_its_words_for_no_code(repository: Repository, tmp_path: Path) -> None:
    action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
    script = script_with(action["runs"]["steps"], "TRUEUP_ARGS")
    assert run(script, repository.root, tmp_path, {}, TRUEUP_ARGS=action["inputs"]["args"]["default"]).returncode == 0
    run(script, repository.root, tmp_path, {}, TRUEUP_ARGS="check; touch ran * $(touch ran)")
    assert not (repository.root / "ran").exists()
    assert all("${{" not in step.get("run", "") for step in action["runs"]["steps"])
