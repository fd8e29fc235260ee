"""Real git repositories for tests: with days and authors of their own, and nothing of the settings of whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Written, write_files

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

_KEPT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
ENVIRONMENT = {**_KEPT, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on disk. Its commits are made at noon of the day that they are given."""

    root: Path

    @property
    def written(self) -> Written:
        return Written(self.root)

    def git(self, *arguments: str, env: Mapping[str, str] | None = None, given: bytes | None = None, code: int = 0) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, env={**ENVIRONMENT, **(env or {})}, capture_output=True, input=given)
        assert done.returncode == code, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").strip()

    def commit(
        self, files: Mapping[str, str | bytes | None], subject: str = "Change", day: str = "2026-11-02", author: str = "Anna"
    ) -> str:
        """Writes files, takes those away that are None, and commits all of it. Gives the id."""
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
        write_files(self.root, {**self._config(), **{path: text for path, text in files.items() if text is not None}})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, env=who(day, author))
        return self.git("rev-parse", "HEAD")

    def _config(self) -> dict[str, bytes]:
        file = self.root / "trueup.yaml"
        return {"trueup.yaml": file.read_bytes()} if file.exists() else {}


def who(day: str, author: str = "Anna") -> dict[str, str]:
    """The variables by which git knows who commits, and when."""
    time = f"{day}T12:00:00+00:00" if "-" in day else day
    mail = "somebody@example.com"
    return {
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": time,
        "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": time,
    }  # fmt: skip


def repository_at(folder: Path) -> Repository:
    """A new repository without a commit."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Repository(folder)
    found.git("init", "--quiet", "--initial-branch=main")
    return found
