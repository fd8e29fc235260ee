"""What many tests need: ``--bless``, and a workspace made of the texts in the test with its findings as lines."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings

from trueup.checks.catalogue import RULES
from trueup.checks.rule import Rule
from trueup.checks.runner import check
from trueup.records.config import CONFIG_FILE
from trueup.records.record import Record
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.render.text import finding_line

# No finding of a test may depend on the day on which the test is run.
TODAY = date(2026, 11, 20)
os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp()))

# Where a pull request is tested, no test is one.
for _name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
    os.environ.pop(_name, None)

# The same examples in every run: what is new is looked for by tests/fuzz, and a test that fails, fails again.
settings.register_profile("trueup", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("trueup")


# The rules on what a record shows by itself. What work needs besides, an owner, a check-in, an answer, is asked for in the tests of
# those rules: elsewhere a workspace of two records has no fault.
FAULTS = tuple(rule for rule in RULES if rule.code < "TU308")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="Write down what is printed now as what must be printed.")


@dataclass(frozen=True, slots=True)
class Written:
    """A workspace on disk."""

    root: Path

    def load(self, only: Collection[str] | None = None) -> Workspace:
        return load(WorkingTree(self.root), only=only)

    def findings(self, only: Collection[str] | None = None, rules: Iterable[Rule] = FAULTS) -> list[str]:
        """The findings as `trueup check` prints them: `path:line:column: CODE message (hint)`."""
        return [finding_line(one, "en") for one in check(self.load(only), TODAY, rules)]

    def answer(self, command: click.Command, *arguments: str, today: str = "2026-11-16", code: int = 0) -> str:
        """What a command answers, or how it fails, in English."""
        done = CliRunner().invoke(command, [*arguments, "--root", str(self.root), "--today", today, "--lang", "en"])
        assert done.exit_code == code, done.output
        return done.stdout if code == 0 else done.output


Write = Callable[[Mapping[str, str | bytes]], Written]


def record(workspace: Workspace, address: str) -> Record:
    """The record that a test has written."""
    found = workspace.record(address)
    assert found is not None
    return found


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Written:
    """Writes `{path: text}` into a folder, with an empty trueup.yaml where none is given; texts keep their line ends."""
    for path, text in {CONFIG_FILE: "", **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Written(root)


@pytest.fixture
def workspace(tmp_path: Path) -> Write:
    """As ``write_files``, into the test's own folder."""
    return partial(write_files, tmp_path)
