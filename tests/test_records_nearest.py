"""The nearest of the known names."""

from __future__ import annotations

import pytest

from trueup.records.nearest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("name", "names", "found"),
    [
        ("titel", ["status", "title"], "title"),
        ("Due_Date", ["due-date", "done"], "due-date"),
        ("li-wie", ["li-wei", "li-na", "wang-li"], "li-wei"),
        ("quantum", ["title", "status"], None),
        ("nope", ["ignore", "status"], None),
        ("objective", ["subject"], None),
        ("lang", ["language"], "language"),
        ("x-reference", ["x-ref", "x-label"], "x-ref"),
        ("", ["title"], None),
        ("a" * 1_000_000, ["title"], None),
        ("x", [], None),
    ],
)
def test_nearest(name: str, names: list[str], found: str | None) -> None:
    assert nearest(name, names) == found
    assert str(did_you_mean(name, names)) == (f'did you mean "{found}"?' if found else "None")
