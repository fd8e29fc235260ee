"""Sentences in a row, as a language has them."""

from __future__ import annotations

from collections.abc import Iterable

from trueup.locale import Text


def sentences(told: Iterable[Text], language: str) -> str:
    """Whole sentences, one after the other; in Chinese nothing stands between them."""
    return ("" if language == "zh" else " ").join(one.say(language) for one in told)
