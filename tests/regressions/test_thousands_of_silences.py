"""A record of 700 KB with 40,000 wrong names in one mapping took 24 GB: each finding held a copy of the mapping."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from trueup.cli.program import run
sys.exit(run(["check"]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does it")
def test_check__of_thousands_of_wrong_names_takes_little_memory(tmp_path: Path) -> None:
    names = "".join(f"  x{number}: because\n" for number in range(40_000))
    (tmp_path / "trueup.yaml").write_text("")
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "a.yaml").write_text(f"title: A\nperiod: 2026-Q4\nstatus: active\nignore:\n{names}")
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert 'TU106 "x0" cannot be a name in "ignore"' in done.stdout
