"""How a language puts words together: what stands between them, around them, and after the first of them."""

from __future__ import annotations

from collections.abc import Iterable


def between(language: str) -> str:
    """What stands between things of the same sort."""
    return "、" if language == "zh" else ", "


def listed(words: Iterable[str], language: str) -> str:
    """Things of the same sort, one after the other: "Li Wei, Anna"."""
    return between(language).join(words)


def clauses(words: Iterable[str], language: str) -> str:
    """Statements about the same matter, one after the other: "3 overdue, 2 blocked"."""
    return ("，" if language == "zh" else ", ").join(words)


def separated(words: Iterable[str], language: str) -> str:
    """What has commas of its own, one after the other: "Title: Prototype; Address: https://example.com"."""
    return ("；" if language == "zh" else "; ").join(words)


def sentences(words: Iterable[str], language: str) -> str:
    """Sentences, each with its own full stop."""
    return ("" if language == "zh" else " ").join(words)


def with_note(text: str, note: str, language: str) -> str:
    """A text and, in brackets, what there is to say about it, if anything."""
    if not note:
        return text
    return f"{text}（{note}）" if language == "zh" else f"{text} ({note})"


def led(lead: str, text: str, language: str) -> str:
    """A text after the words that lead to it: "late: Contract"."""
    return f"{lead}：{text}" if language == "zh" else f"{lead}: {text}"
