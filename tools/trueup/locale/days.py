"""Days as people of each language write them. In tables on a terminal, and where programs read them, days are ISO 8601: they sort."""

from __future__ import annotations

from datetime import date

from trueup.locale import translator

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def written(day: date, language: str) -> str:
    """``20 November 2026``, ``2026年11月20日``."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def span(first: date, last: date, language: str) -> str:
    """From one day to another: ``16 to 22 November 2026``, ``2026年11月16日至22日``; what both share is said once."""
    apart = first.year != last.year or first.month != last.month
    if language == "zh":
        end = written(last, language) if first.year != last.year else f"{last.month}月{last.day}日" if apart else f"{last.day}日"
        return f"{written(first, language)}至{end}"
    begin = written(first, language) if first.year != last.year else f"{first.day} {_MONTHS[first.month - 1]}" if apart else str(first.day)
    return f"{begin} to {written(last, language)}"


def month(text: str, language: str) -> str:
    """A month that is written ``2026-11``: ``Nov 2026``, ``2026年11月``."""
    year, number = text.split("-")
    return f"{year}年{int(number)}月" if language == "zh" else f"{_MONTHS[int(number) - 1][:3]} {year}"


def weekday(day: date, language: str) -> str:
    _ = translator(language)
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def with_weekday(said: str, day: date, language: str) -> str:
    """A day as it is said, with the day of the week where the language has it: ``Friday 20 November 2026``, ``2026年11月20日 周五``."""
    return f"{said} {weekday(day, language)}" if language == "zh" else f"{weekday(day, language)} {said}"


def iso(day: date | None) -> str:
    """For tables; a dash for none."""
    return day.isoformat() if day else "–"


def tick(day: date, language: str) -> str:
    """For axes and headings, as short as it can be read: ``23 Nov``, ``11/23``."""
    return f"{day.month}/{day.day}" if language == "zh" else f"{day.day} {_MONTHS[day.month - 1][:3]}"


def brief(day: date | None, today: date, language: str) -> str:
    """For columns and lists, without the year where it is this one: ``23 Nov``, ``23 Nov 2025``; ``11月23日``; a dash for none."""
    if day is None:
        return "–"
    if language == "zh":
        return f"{day.month}月{day.day}日" if day.year == today.year else written(day, language)
    return tick(day, language) if day.year == today.year else f"{tick(day, language)} {day.year}"
