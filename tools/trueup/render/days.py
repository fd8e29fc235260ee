"""Days in running text, as people of each language write them. In columns, and where they are copied, days are ISO 8601: they line up
and sort."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def written(day: date, language: str) -> str:
    """``20 November 2026``, ``2026年11月20日``."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
