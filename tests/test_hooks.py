"""The hooks of .pre-commit-hooks.yaml, with the real pre-commit in a real repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]

GOAL = """---
title: Evening slots live in two zones
period: 2026-Q4
status: active
---
"""


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com"}
    clean |= {"GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.com", **(env or {})}
    return subprocess.run([str(one) for one in command], cwd=cwd, env=clean, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds trueup as it is in the working tree, as pre-commit would clone it."""
    home = tmp_path_factory.mktemp("hooks")
    names = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=PROJECT).stdout.split("\0")
    for name in filter(None, names):
        source = PROJECT / name
        if source.is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(source.read_bytes())
    run("git", "init", "-q", cwd=home)
    run("git", "add", "-A", cwd=home)
    assert run("git", "commit", "-qm", "trueup", cwd=home).returncode == 0
    return home


@pytest.fixture(scope="module")
def repository(hooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with both hooks installed."""
    home = tmp_path_factory.mktemp("workspace")
    revision = run("git", "rev-parse", "HEAD", cwd=hooks).stdout.strip()
    (home / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: trueup-validate\n  - id: trueup-check\n    stages: [manual]\n"
    )
    (home / "trueup.yaml").write_text("title: Test\n")
    (home / "goals").mkdir()
    (home / "goals" / "evening-slots.md").write_text(GOAL)
    run("git", "init", "-q", cwd=home)
    run("git", "add", "-A", cwd=home)
    installed = pre_commit("install", cwd=home)
    assert installed.returncode == 0, installed.stderr
    return home


def pre_commit(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Its cache lies beside the repository, so that nothing outside the test's folder is written.
    return run(sys.executable, "-m", "pre_commit", *arguments, cwd=cwd, env={"PRE_COMMIT_HOME": str(cwd.parent / "pre-commit")})


def test_trueup_validate__lets_a_good_record_be_committed(repository: Path) -> None:
    done = pre_commit("run", "trueup-validate", "--files", "goals/evening-slots.md", cwd=repository)
    assert done.returncode == 0, done.stdout + done.stderr


def test_trueup_validate__stops_a_commit_with_a_broken_record_and_writes_nothing(repository: Path) -> None:
    broken = repository / "goals" / "broken.md"
    broken.write_text(GOAL.replace("active", "activ"))
    run("git", "add", "goals/broken.md", cwd=repository)
    done = run("git", "commit", "-m", "broken", cwd=repository, env={"PRE_COMMIT_HOME": str(repository.parent / "pre-commit")})
    assert done.returncode != 0
    assert 'goals/broken.md:4:9: TU104 "activ" is not allowed for "status"' in done.stdout + done.stderr
    assert broken.read_text() == GOAL.replace("active", "activ")
    run("git", "rm", "-qf", "goals/broken.md", cwd=repository)


def test_trueup_validate__leaves_unchanged_records_alone(repository: Path) -> None:
    other = repository / "goals" / "other.md"
    other.write_text(GOAL.replace("active", "activ"))
    done = pre_commit("run", "trueup-validate", "--files", "goals/evening-slots.md", cwd=repository)
    other.unlink()
    assert done.returncode == 0, done.stdout


def test_trueup_check__checks_the_whole_workspace(repository: Path) -> None:
    other = repository / "goals" / "other.md"
    other.write_text(GOAL.replace("active", "activ"))
    done = pre_commit("run", "trueup-check", "--hook-stage", "manual", "--files", "goals/evening-slots.md", cwd=repository)
    other.unlink()
    assert done.returncode != 0
    assert "goals/other.md:4:9: TU104" in done.stdout
