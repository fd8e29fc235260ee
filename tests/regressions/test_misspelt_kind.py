"""A misspelt kind in an address was reported under the name of the last kind that was tried."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from trueup.checks.runner import check
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load


def test_check__names_the_kind_that_was_written(tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text("")
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "one.md").write_text(
        "---\ntitle: One\ndate: 2026-11-20\nstatus: accepted\ntype: decision\nevidence: [gaol/b]\n---\nWhy.\n"
    )
    found = check(load(WorkingTree(tmp_path)), date(2026, 11, 20))
    assert [str(one.message) for one in found if one.code == "TU201"] == ['there is no kind "gaol"']
