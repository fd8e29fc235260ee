"""A record that somebody is to fill in: what is known is written, what must be told is blank, the rest is there to be uncommented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trueup.editing.flow import flow
from trueup.locale.joining import led, listed
from trueup.records.kind import Field, Kind

# Fields that every kind takes and that nobody begins with.
_LATER = ("ignore", "external", "tags", "links")


def draft(kind: Kind, known: Mapping[str, str], language: str) -> str:
    """Markdown with a line for each field and what may stand there. Once the blanks are filled it passes a check."""
    lines = [line for field in kind.fields if field.name not in _LATER for line in _lines(field, known, language)]
    sections = [line for name in kind.sections for line in (f"## {name}", "", "…", "")]
    words = {"en": "What happened, in your own words.", "zh": "用自己的话写下经过。"}
    body = sections or ([words.get(language, words["en"])] if kind.body == "required" else [])
    return "\n".join(("---", *lines, "---", *body)).rstrip("\n") + "\n"


def _lines(field: Field, known: Mapping[str, str], language: str) -> Iterator[str]:
    if field.name in known:
        yield f"{field.name}: {flow(known[field.name])}"
        return
    told = " ".join(led(field.label.say(language), _hint(field, language), language).rstrip(":： ").split())
    comment = "" if field.required else "# "
    yield f"{comment}{field.name}:  # {told}"
    if field.fields and field.many and field.examples:
        yield from (f"#   - {flow(one)}" for one in field.examples[0][:1])


def _hint(field: Field, language: str) -> str:
    """What may stand in a field: its values, the form of a day, else an example."""
    if field.choices:
        return listed((value for value, _label in field.choices), language)
    if field.format == "date":
        return "YYYY-MM-DD"
    plain = (one for one in field.examples if isinstance(one, str | int | float) and str(one).isascii())
    return "" if field.fields or "title" in field.name else str(next(plain, ""))
