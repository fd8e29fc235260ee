"""The manual tells the truth: what its pages show is done in a scratch folder, and what they print is compared.

A fenced block with ``title="path"`` is a file that the reader writes; of a ``console`` block the lines after ``$`` are
commands and the others what they print. A page is one story: its blocks are followed from top to bottom. ``sh`` blocks are not
run: they need a network, a second terminal or the reader's own names. ``pytest tests/test_manual.py --bless`` writes down
what is printed now; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trueup.checks.runner import check
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [*sorted((DOCS / "manual").glob("*.md")), *sorted((DOCS / "zh" / "manual").glob("*.md"))]

# A fenced block, in a list too: the indentation, what is said of it, and its lines.
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^`\n]+)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'^(?P<language>\w+) title="(?P<path>[^"]+)"$')
HOME = "/home/you"


@dataclass(slots=True)
class Reader:
    """Somebody who does what a page says, in an empty home folder."""

    home: Path
    language: str
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.home

    def write(self, path: str, text: str) -> None:
        (self.here / path).parent.mkdir(parents=True, exist_ok=True)
        (self.here / path).write_text(text, encoding="utf-8")

    def run(self, command: str) -> str:
        """What a terminal shows after a command; the home folder goes by the name that the manual gives it."""
        if command.startswith("cd "):
            self.here = self.here / command.removeprefix("cd ")
            return ""
        shell = ["sh", "-c", f"exec 2>&1\n{command}"]
        done = subprocess.run(shell, cwd=self.here, env=self._environment(), stdout=subprocess.PIPE, timeout=300, check=False)
        return done.stdout.decode().replace(str(self.home), HOME)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "TMPDIR")}
        return kept | {
            "PATH": os.pathsep.join([str(self.home.parent / "bin"), os.environ["PATH"]]),
            "PYTHONPATH": str(DOCS.parent / "tools"),
            "HOME": str(self.home),
            # What is overdue or stale depends on the day, and the pages must not: it is the day of TODAY in conftest.py.
            "SOURCE_DATE_EPOCH": "1795132800",
            "LANG": "zh_CN.UTF-8" if self.language == "zh" else "en_GB.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Li Wei", "GIT_AUTHOR_EMAIL": "li-wei@example.com",
            "GIT_COMMITTER_NAME": "Li Wei", "GIT_COMMITTER_EMAIL": "li-wei@example.com",
            # Ids of commits that a page shows must not depend on the minute either.
            "GIT_AUTHOR_DATE": "2026-11-20 09:00 +0800", "GIT_COMMITTER_DATE": "2026-11-20 09:00 +0800",
        }  # fmt: skip


def followed(text: str, reader: Reader) -> str:
    """The page as it would read if every console block showed what is printed today."""

    def one(block: re.Match[str]) -> str:
        indent, info, content = block["indent"], block["info"], _indented(block["text"], -len(block["indent"]))
        if title := TITLE.match(info):
            reader.write(title["path"], content)
        elif info == "console":
            commands = [line.removeprefix("$ ") for line in content.splitlines() if line.startswith("$ ")]
            shown = "".join(f"$ {command}\n{reader.run(command)}" for command in commands)
            return f"{indent}```console\n{_indented(shown, len(indent))}{indent}```"
        return block.group()

    return FENCE.sub(one, text)


def _indented(text: str, by: int) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line[-by:] if by < 0 else (" " * by + line if line.strip() else line) for line in lines)


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty home folder, and the programs that a page calls on the path."""
    # The test's own folder has a longer path than a home has, and long paths are cut where they are printed.
    with tempfile.TemporaryDirectory() as folder:
        programs = Path(folder, "bin")
        programs.mkdir()
        for name, module in (("trueup", "trueup"), ("pre-commit", "pre_commit")):
            (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', encoding="utf-8")
            (programs / name).chmod(0o755)
        home = Path(folder, "you")
        home.mkdir()
        yield home


@pytest.mark.skipif(shutil.which("sh") is None, reason="the manual's commands are for a shell")
def test_reader__calls_the_program_of_this_tree_and_not_an_installed_one(home: Path) -> None:
    where = Reader(home, "en").run(f'"{sys.executable}" -c "import trueup; print(trueup.__file__)"')

    assert Path(where.strip()) == DOCS.parent / "tools" / "trueup" / "__init__.py"


@pytest.mark.skipif(shutil.which("sh") is None, reason="the manual's commands are for a shell")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DOCS)))
def test_page__prints_what_it_shows(path: Path, home: Path, pytestconfig: pytest.Config) -> None:
    language = "zh" if path.is_relative_to(DOCS / "zh") else "en"
    text = path.read_text(encoding="utf-8")

    now = followed(text, Reader(home, language))

    if pytestconfig.getoption("--bless"):
        path.write_text(now, encoding="utf-8")
    else:
        assert now.splitlines() == text.splitlines()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(DOCS)))
def test_page__every_fence_is_one_that_the_test_understands(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert len(re.findall(r"^ *```", text, re.MULTILINE)) == 2 * len(FENCE.findall(text))
    assert {block["info"] for block in FENCE.finditer(text) if not TITLE.match(block["info"])} <= {"console", "sh", "text", "json"}


# A record for each line of the table "When the check says no" in start.md; the second language has one line more.
SLIPS = {
    "trueup.yaml": "",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    "team/people/zhao-min.yaml": "title: Zhao Min\nteam: operations\n",
    "goals/a.yaml": "title: A\nperiod: 2026\nstatus: activ\noperations_owner: zhao-mni\n",
    "goals/b.md": "---\ntitle: B\ntitle: B\nperiod: 2026\nstatus: active\n---\n",
    "goals/c.yaml": "title: Evenings: the first week\n",
    "goals/d.yaml": "title: D\n\tperiod: 2026\n",
    "goals/e.md": "title: E\n",
    "goals/f.yaml": "title：F\nperiod: 2026\n",
    "plans/g.yaml": "title: G\nteam: operations\nstatus: active\ndue: 31.12.2026\n",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_start__quotes_what_the_check_says(language: str, workspace: Callable[[dict[str, str]], Any]) -> None:
    root = workspace(SLIPS).root
    said = [one.say(language) for one in check(load(WorkingTree(root)), date(2026, 11, 20))]
    page = (DOCS / ("zh" if language == "zh" else "") / "manual" / "start.md").read_text(encoding="utf-8")
    table = re.split(r"\| (?:It says|它说) \|.*\n", page)[1].partition("\n\n")[0]
    quoted = re.findall(r"^\| `(.+?)` \| ", table, re.MULTILINE)

    assert len(quoted) >= 7
    for words in quoted:
        pattern = ".*".join(map(re.escape, words.split("…")))
        assert any(re.fullmatch(pattern, one) for one in said), words
