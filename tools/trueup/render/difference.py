"""A change of a record in words: what moved from where to where, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from trueup.history.difference import BODY, FieldChange
from trueup.locale import Text, msg, msgs, shortened, translator
from trueup.locale.joining import clauses, listed, with_note
from trueup.records.dates import date_of
from trueup.records.kind import Field, Kind
from trueup.records.workdays import Workdays
from trueup.render.numbers import change as signed
from trueup.render.numbers import number

# So long a text is told by the fact that it is another one: who wants to read both reads the difference of the files.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a reader gets it: of what, and what became of it."""

    subject: str
    words: str


# How a value of a field is shown, where it is to be shown in another way than it is written; None for as it is.
Shown = Callable[[Any, Field | None], str | None]


def told(change: FieldChange, kind: Kind | None, workdays: Workdays, language: str, shown: Shown | None = None) -> Told:
    """A change of one field of a record, or of an item within it."""
    _ = translator(language)
    if change.field == BODY and not change.list:
        return Told(_("Text"), _lines_in_words(str(change.before or ""), str(change.after or ""), language))
    field = _field(kind, change)
    return Told(_subject(change, kind, language), _change_in_words(change, field, workdays, language, shown))


def in_words(change: FieldChange, kind: Kind | None, workdays: Workdays, language: str, shown: Shown | None = None) -> str:
    """A change in one line: ``Due: 2026-11-20 → 2026-12-03 (+9 working days)``."""
    one = told(change, kind, workdays, language, shown)
    return f"{one.subject}：{one.words}" if language == "zh" else f"{one.subject}: {one.words}"


def _subject(change: FieldChange, kind: Kind | None, language: str) -> str:
    """What has changed, by the labels of the schema; an item goes by its list and its id."""
    if change.list == "series" and not (kind and kind.field("series")):
        # The values of a metric stand in a file of their own, which no schema describes.
        _ = translator(language)
        names = {"value": _("Value"), "note": _("Notes")}
        return " › ".join(filter(None, (_("Series"), change.part, names.get(change.field, change.field))))
    whole = _labelled(kind.fields if kind else (), (change.list or change.field).split("."), language)
    if not change.list:
        return whole
    inner = kind.field(change.list) if kind else None
    field = _labelled(inner.fields if inner else (), change.field.split("."), language) if change.field else ""
    return " › ".join(filter(None, (whole, change.part, field)))


def _labelled(fields: tuple[Field, ...], names: list[str], language: str) -> str:
    words = []
    for name in names:
        found = next((one for one in fields if one.name == name), None)
        words.append(found.label.say(language) if found else name)
        fields = found.fields if found else ()
    return " › ".join(words)


def _field(kind: Kind | None, change: FieldChange) -> Field | None:
    fields = kind.fields if kind else ()
    found = None
    for name in [*([change.list] if change.list else []), *(change.field.split(".") if change.field else [])]:
        found = next((one for one in fields if one.name == name), None)
        fields = found.fields if found else ()
    return found


def _change_in_words(change: FieldChange, field: Field | None, workdays: Workdays, language: str, shown: Shown | None) -> str:
    _ = translator(language)
    before, after = change.before, change.after

    def say(value: Any) -> str:
        return (shown(value, field) if shown else None) or _value(value, field, language)

    if change.part and not change.field:
        words = _("added: {title}") if before is None else _("taken away: {title}")
        return words.format(title=_naming(after if before is None else before, language))
    if isinstance(before, list) or isinstance(after, list):
        return _lists_in_words(before or [], after or [], say, language)
    old, new = say(before), say(after)
    if max(len(old), len(new)) > _LONGEST and before is not None and after is not None:
        return _("reworded")
    return with_note(f"{old} → {new}", _by_how_much(before, after, workdays, language), language)


def _naming(item: Any, language: str) -> str:
    """What an item is called."""
    if not isinstance(item, dict):
        return str(item)
    if isinstance(item.get("value"), float):
        return with_note(number(item["value"]), str(item.get("note", "")), language)
    named = next((item[name] for name in ("title", "text", "problem", "name", "id") if item.get(name)), None)
    if named is None:
        # Of an agreement, who agreed and when.
        named = " ".join(str(value) for value in item.values() if isinstance(value, str | int | float))
    return shortened(str(named), _LONGEST)


def _value(value: Any, field: Field | None, language: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        _ = translator(language)
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, dict):
        return clauses((f"{name}: {_value(one, None, language)}" for name, one in value.items()), language)
    return " ".join((field.choice(value, language) if field else str(value)).split())


def _by_how_much(before: Any, after: Any, workdays: Workdays, language: str) -> str:
    """By how many working days a date has moved, by how much a number has changed."""
    old, new = date_of(before), date_of(after)
    if old and new:
        return days_in_words(workdays.between(old, new), language)
    if _is_number(before) and _is_number(after):
        return (
            signed(round(after - before, 10), 10).rstrip("0").rstrip(".")
            if isinstance(after - before, float)
            else signed(after - before, 0)
        )
    return ""


def days_in_words(days: int, language: str) -> str:
    """``+9 working days``, with a true minus sign for what comes earlier."""
    sign = "+" if days > 0 else "−" if days < 0 else "±"
    return msgs("{sign}{count} working day", "{sign}{count} working days", abs(days), sign=sign).say(language)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _lists_in_words(before: list[Any], after: list[Any], say: Callable[[Any], str], language: str) -> str:
    old, new = ([say(one) if not isinstance(one, dict) else _naming(one, language) for one in each] for each in (before, after))
    parts = list(_list_parts([one for one in new if one not in old], [one for one in old if one not in new], language))
    if parts:
        return clauses((part.say(language) for part in parts), language)
    return translator(language)("in another order") if sorted(old) == sorted(new) else translator(language)("reworded")


def _list_parts(added: list[str], gone: list[str], language: str) -> Iterator[Text]:
    if added:
        yield msg("{names} added", names=shortened(listed(added, language), _LONGEST * 2))
    if gone:
        yield msg("{names} taken away", names=shortened(listed(gone, language), _LONGEST * 2))


def _lines_in_words(before: str, after: str, language: str) -> str:
    """How many lines of a text are new and how many are gone."""
    old, new = before.strip().splitlines(), after.strip().splitlines()
    # Lines that only stand elsewhere are neither: to find out which these are takes as long as a stranger wants it to take.
    same = (Counter(old) & Counter(new)).total()
    parts = (
        msgs("{count} line added", "{count} lines added", len(new) - same) if len(new) > same else None,
        msgs("{count} line taken away", "{count} lines taken away", len(old) - same) if len(old) > same else None,
    )
    return clauses((part.say(language) for part in parts if part), language)
