"""The one form in which a day is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache


def date_of(value: object) -> date | None:
    """A date written ``YYYY-MM-DD`` (RFC 3339 full-date), None for anything else."""
    return _day_of(value) if isinstance(value, str) and len(value) == 10 else None


# The same few hundred days are asked for again and again, by many rules.
@lru_cache(maxsize=4096)
def _day_of(text: str) -> date | None:
    if text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether a text is a day: what a schema's ``format: date`` accepts, so that no date passes that is None afterwards.

    RFC 3339 has a year 0000, which the calendar has not.
    """
    return date_of(text) is not None


def named_day(environment: Mapping[str, str]) -> date | None:
    """The day that reproducible builds name as SOURCE_DATE_EPOCH (reproducible-builds.org); None where they do not.

    Raises ValueError for what is no time that the calendar has.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"SOURCE_DATE_EPOCH={epoch}") from None
