"""How the rhythm is kept, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msgs, translator
from trueup.locale.days import brief, with_weekday
from trueup.render.lines import block, called, counted
from trueup.render.tables import Table, write_table
from trueup.views.freshness import CheckinFreshness, SeriesFreshness
from trueup.views.names import Names
from trueup.views.regularity import KEPT_DAYS, Kept, Regularity

# So many of what has gone stale are told.
_MOST = 20


def rhythm_as_text(found: Regularity, names: Names) -> str:
    """Meetings, then check-ins, then metrics; of what is fresh only how many there are."""
    return "\n".join(_blocks(found, names))


def _blocks(found: Regularity, names: Names) -> Iterator[str]:
    language = names.language
    _ = translator(language)
    yield _meetings(found, names) if found.cadences else _("No meeting repeats.") + "\n"
    if found.checkins or found.fresh_checkins:
        rows = [_checkin(one, found, names) for one in found.checkins]
        yield block(_checkins_in_words(found, language), rows, language, _MOST, "trueup rhythm --format json", 1)
    if found.metrics or found.fresh_metrics:
        rows = [_metric(one, found, names) for one in found.metrics]
        yield block(_metrics_in_words(found, language), rows, language, _MOST, "trueup rhythm --format json", 1)


def _checkins_in_words(found: Regularity, language: str) -> str:
    _ = translator(language)
    stale, fresh = len(found.checkins), found.fresh_checkins
    if not stale:
        return _("No goal or plan is overdue for a check-in")
    parts = (
        (stale, msgs("{count} goal or plan is overdue for a check-in", "{count} goals and plans are overdue for a check-in", stale)),
        (fresh, msgs("{count} is not", "{count} are not", fresh)),
    )
    return counted(parts, language)


def _metrics_in_words(found: Regularity, language: str) -> str:
    _ = translator(language)
    stale, fresh = len(found.metrics), found.fresh_metrics
    if not stale:
        return _("No metric is overdue for a value")
    parts = (
        (stale, msgs("{count} metric is overdue for a value", "{count} metrics are overdue for a value", stale)),
        (fresh, msgs("{count} is not", "{count} are not", fresh)),
    )
    return counted(parts, language)


def _meetings(found: Regularity, names: Names) -> str:
    _ = translator(names.language)
    headings = {
        "meeting": _("Meeting"),
        "next": _("Next meeting"),
        "held": _("Held"),
        "missed": _("Missed"),
        "last": _("Last held"),
    }
    zoned = has_zones(found)
    rows = tuple(_row(one, found, names, zoned=zoned) for one in found.cadences)
    table = write_table(Table(tuple(headings), rows, headings, gives_way="meeting"), "text")
    return f"{table}\n{kept_in_words(names.language)}\n"


def kept_in_words(language: str) -> str:
    """Of how many days it is counted what was held and what was missed."""
    return msgs("held and missed in the last {count} day", "held and missed in the last {count} days", KEPT_DAYS).say(language)


def has_zones(found: Regularity) -> bool:
    """Whether meetings are in different time zones, so that a time alone does not say when."""
    return len({one.next.start.tzname() for one in found.cadences if one.next and one.next.start}) > 1


def _row(one: Kept, found: Regularity, names: Names, *, zoned: bool) -> tuple[str, ...]:
    missed = "–" if one.missed is None else str(one.missed) if one.missed else ""
    held = "–" if one.held is None else str(one.held)
    _ = translator(names.language)
    last = brief(one.last_held, found.today, names.language) if one.last_held else _("no meeting recorded")
    said = brief(one.next.date if one.next else None, found.today, names.language)
    return one.title, next_in_words(one, said, names, zoned=zoned), held, missed, last


def next_in_words(one: Kept, said: str, names: Names, *, zoned: bool) -> str:
    """The day, as it is ``said``, and the time in the zone of the meeting; the zone by name where there are several."""
    if one.next is None:
        return said
    start = one.next.start
    when = with_weekday(said, one.next.date, names.language)
    if start is None:
        return when
    zone = str(start.tzinfo) if zoned and start.tzinfo else ""
    return " ".join(filter(None, (when, start.strftime("%H:%M"), zone)))


def _checkin(one: CheckinFreshness, found: Regularity, names: Names) -> tuple[str, ...]:
    days = msgs("{count} day", "{count} days", one.age or 0).say(names.language)
    last = brief(one.on, found.today, names.language) if one.on else translator(names.language)("no check-in")
    return days, one.title, last, called(one.owner, names)


def _metric(one: SeriesFreshness, found: Regularity, names: Names) -> tuple[str, ...]:
    _ = translator(names.language)
    if one.age is None:
        return "–", one.title, _("no value"), called(one.owner, names)
    days = msgs("{count} day", "{count} days", one.age).say(names.language)
    expected = _("next due {date}").format(date=brief(one.expected, found.today, names.language)) if one.expected else ""
    return days, one.title, expected, called(one.owner, names)
