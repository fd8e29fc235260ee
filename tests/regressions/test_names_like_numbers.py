"""A wrong value under a name such as "21" ended in a traceback: the validator gives such a name as a number."""

from __future__ import annotations

from conftest import Written
from pytest import FixtureRequest


def test_check__of_a_wrong_value_under_a_name_like_a_number(request: FixtureRequest) -> None:
    write = request.getfixturevalue("workspace")
    text = 'title: M\ndate: 2026-11-20\nignore: {"21": 5, "007": x}\n'
    written: Written = write({"meetings/m.yaml": text})
    places = [line.split(" ")[0] for line in written.findings()]
    assert "meetings/m.yaml:3:16:" in places
    assert "meetings/m.yaml:3:19:" in places
