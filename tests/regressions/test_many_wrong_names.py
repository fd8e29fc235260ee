"""One plan with thousands of wrong names kept the search for the nearest name busy for minutes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from trueup.checks.runner import MOST_FINDINGS


@pytest.mark.parametrize("field", ["depends_on: [task-{:05}-x]", "owner: person-{:05}"])
def test_check__thousands_of_wrong_names_are_all_told_of_and_soon(tmp_path: Path, field: str) -> None:
    tasks = "".join(f"  - {{id: task-{number:05}, title: T, {field.format(number)}}}\n" for number in range(6000))
    (tmp_path / "trueup.yaml").write_text("")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "big.yaml").write_text(f"title: Big\nteam: operations\nstatus: active\ntasks:\n{tasks}")
    # Far more than it takes (about a second), far less than it took: a guard against waiting, not a measurement.
    done = subprocess.run([sys.executable, "-m", "trueup", "check"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    # The team's name too; the last line stands for those that are not shown.
    *shown, last = done.stdout.splitlines()
    left = re.search(r"and ([0-9]+) more findings of this rule in this file", last)
    assert left
    assert MOST_FINDINGS <= len(shown) <= MOST_FINDINGS + 1
    assert len(shown) + int(left[1]) == 6001
