"""Figures with their units."""

from __future__ import annotations

import pytest

from trueup.render.numbers import with_unit


@pytest.mark.parametrize(
    ("unit", "text"),
    [("%", "91.4%"), ("‰", "91.4‰"), ("% of orders", "91.4% of orders"), ("hours", "91.4 hours"), ("小时", "91.4 小时"), ("", "91.4")],
)
def test_with_unit__a_sign_stands_at_the_figure_and_a_word_apart(unit: str, text: str) -> None:
    assert with_unit("91.4", unit) == text
