"""A record of a kind written out in full, from the examples in its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from trueup.editing.flow import flow
from trueup.records.kind import Field, Kind

# Fields that every kind takes and that an example is better read without.
_SELDOM = ("ignore", "external")


def example_record(kind: Kind, language: str, *, markdown: bool = True) -> str:
    """Every field that has an example or must be there, in the schema's order; the headings that the body must have."""
    lines = [line for field in kind.fields if field.name not in _SELDOM for line in _lines(field, language)]
    if not markdown:
        return "\n".join(lines) + "\n"
    sections = [line for name in kind.sections for line in (f"## {name}", "", "…", "")]
    body = sections or ([kind.description.say(language)] if kind.body == "required" else [])
    return "\n".join(("---", *lines, "---", *body)).rstrip("\n") + "\n"


def examples(field: Field, language: str) -> str:
    """One or two values of a field as they are written in a record."""
    return " · ".join(flow(one) for one in in_language(field.examples, language)[:2])


def in_language(values: Sequence[Any], language: str) -> list[Any]:
    """The examples written in the reader's language; where none is, all of them."""
    chinese = [one for one in values if _HAN.search(json.dumps(one, ensure_ascii=False))]
    others = [one for one in values if one not in chinese]
    return (chinese or others) if language == "zh" else (others or chinese)


_HAN = re.compile("[\u3400-\u9fff]")


def _lines(field: Field, language: str) -> Iterator[str]:
    found = in_language(field.examples, language) or [value for value, _label in field.choices][:1]
    if not found:
        if field.required:
            yield f"{field.name}: …"
        return
    value = found[0]
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        yield f"{field.name}:"
        yield from (f"  - {flow(one)}" for one in value)
    else:
        yield f"{field.name}: {flow(value)}"
