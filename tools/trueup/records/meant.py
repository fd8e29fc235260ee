"""What a wrong value was meant to be, and so what to write instead: numbers, dates, lists, yes and no, labels."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

from trueup.locale import Text, msg
from trueup.records.wording import example_of, plain

PUT_IN_QUOTES = msg('put it in quotes: "{value}"')


def type_hint(wanted: list[str], value: Any, around: Any) -> Text | None:
    if isinstance(value, str):
        return _type_hint_for_text(wanted, value, around)
    if "string" in wanted and isinstance(value, int | float):
        if around.get("format") == "date" and (day := date_meant(str(value))):
            return msg("write {date}", date=day)
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return replace(PUT_IN_QUOTES, values=(("value", shown),))
    if isinstance(value, list) and wanted == ["object"] and (first := _first_name(around)):
        return msg('write lines of the form "{first}: …" below it, without dashes', first=first)
    if isinstance(value, list) and not {"array", "object"} & set(wanted):
        if len(value) == 1 and not isinstance(value[0], dict | list) and value[0] is not None:
            return msg("write {value} without brackets", value=plain(value[0]))
        if value:
            return msg("write one value, without brackets")
    example = example_of(around)
    return msg("for example {example}", example=example) if example else None


_LOOKS_BOOLEAN = {"no", "off", "n", "yes", "on", "y"}
_NOTHING = {"none", "nothing", "n/a", "na", "no", "nil", "-", "--", "无", "没有", "暂无"}


def _type_hint_for_text(wanted: list[str], value: str, around: Any) -> Text | None:
    if "boolean" in wanted and value.lower() in _LOOKS_BOOLEAN:
        right = "true" if value.lower() in {"yes", "on", "y"} else "false"
        return msg("write {right}; only true and false are read as yes and no", right=right)
    if {"integer", "number"} & set(wanted):
        number = number_meant(value)
        if number and "." in number and "number" not in wanted:
            return msg("write a whole number")
        return msg("write {digits}", digits=number) if number else msg("write digits only, without a unit or quotes")
    if "array" in wanted:
        if value.strip().casefold() in _NOTHING:
            return msg("delete the line if there is none")
        items = around.get("items")
        if isinstance(items, dict) and (hint := item_hint(items)):
            return hint
        return msg('write it as a list: "[{value}]"', value=", ".join(items_meant(value)))
    if wanted == ["object"] and (first := _first_name(around)):
        return msg('write its fields on lines below it, such as "{first}: …"', first=first)
    example = example_of(around)
    return msg("for example {example}", example=example) if example else None


def _first_name(around: Any) -> str | None:
    """A name that a mapping needs or may have: a field's, or the example of a name."""
    names = around.get("required") or around.get("properties")
    return next(iter(names), None) if names else example_of(around.get("propertyNames", {})) or None


def item_hint(around: Any) -> Text | None:
    """How an item with fields is begun, from the fields that it needs."""
    required = around.get("required")
    names = [*(required if isinstance(required, list) else ()), *(around.get("properties") or ())]
    first, second = [*dict.fromkeys(names), None, None][:2]
    if first is None:
        return None
    if second is None:
        return msg('write "- {first}: …"', first=first)
    return msg('write "- {first}: …" and below it "{second}: …"', first=first, second=second)


# The patterns below are texts, which ``re`` compiles when they are first needed. Longer than this nobody writes a number or a date.
_LONGEST_MEANT = 40
_GROUPED = r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_DECIMAL_COMMA = r"[-+]?[0-9]+,[0-9]+"
_DIGITS = r"([-+]?)0*([0-9]+(?:\.[0-9]+)?)"


def number_meant(value: Any) -> str | None:
    """The number that a text was meant to be: ``1,000`` and ``1_000`` are 1000, ``0,8`` is 0.8, ``５`` is 5."""
    if not isinstance(value, str) or len(value) > _LONGEST_MEANT:
        return None
    text = unicodedata.normalize("NFKC", value).replace("_", "").strip()
    if re.fullmatch(_GROUPED, text):
        text = text.replace(",", "")
    elif re.fullmatch(_DECIMAL_COMMA, text):
        text = text.replace(",", ".")
    found = re.fullmatch(_DIGITS, text)
    return found.group(1).replace("+", "") + found.group(2) if found else None


_BRACKETS = "[]【】［］()（）「」"
_QUOTES = "\"'“”‘’「」『』"


def items_meant(value: str) -> list[str]:
    """The items of a list that was written as one text, with other signs than YAML's."""
    text = value[:1000].strip().strip(_BRACKETS)
    parts = re.split(r"(?:^|\s)-", text) if text.startswith("-") else re.split("[,，、;；]", text)
    return [item for one in parts if (item := one.strip().strip(_QUOTES))]


_DATES = (
    r"(?P<y>[0-9]{4})(?:[-/.]|\s*年\s*)(?P<m>[0-9]{1,2})(?:[-/.]|\s*月\s*)(?P<d>[0-9]{1,2})\s*日?(?:[T ][0-9:.]+Z?)?",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})",
    # Day and month stand in either order: only a number above 12, or the same number twice, tells which is which.
    r"(?P<m>0?[1-9]|1[0-2])[-/](?P<d>1[3-9]|[23][0-9])[-/](?P<y>[0-9]{4})",
    r"(?P<d>1[3-9]|[23][0-9])[-/](?P<m>0?[1-9]|1[0-2])[-/](?P<y>[0-9]{4})",
    r"(?P<m>[0-9]{1,2})[-/](?P<d>(?P=m))[-/](?P<y>[0-9]{4})",
)


def date_meant(value: str) -> str | None:
    """The day that a text was meant to be, as we write it; None where it could be another."""
    text = unicodedata.normalize("NFKC", value[:_LONGEST_MEANT]).strip().strip(_QUOTES)
    for form in _DATES:
        if found := re.fullmatch(form, text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return None
    return None


def label_meant(value: Any, around: Any) -> str | None:
    """The value whose label somebody wrote instead, as they see it on the site: ``进行中`` for ``active``."""
    labels = around.get("x-enum-labels", {})
    if not isinstance(value, str) or not isinstance(labels, dict):
        return None
    return next((name for name, label in labels.items() if isinstance(label, dict) and value.casefold() in _folded(label)), None)


def _folded(label: dict[str, Any]) -> set[str]:
    return {word.casefold() for word in label.values() if isinstance(word, str)}
