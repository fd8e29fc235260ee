"""A wrong value under a name such as "21" ended in a traceback: the validator gives such a name as a number."""

from __future__ import annotations

from typing import Any


def test_check__of_a_wrong_value_under_a_name_like_a_number(workspace: Any) -> None:
    text = 'title: M\ndate: 2026-11-20\nignore: {"21": 5, "007": x}\n'
    places = {line.split(" ")[0] for line in workspace({"meetings/m.yaml": text}).findings()}
    assert {"meetings/m.yaml:3:10:", "meetings/m.yaml:3:19:"} <= places
