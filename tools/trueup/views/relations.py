"""Who refers to a record, put together the way a reader asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trueup.locale import translator
from trueup.locale.joining import led
from trueup.records.record import Item, Record
from trueup.records.references import Reference
from trueup.views.names import Names, part_title
from trueup.views.values import Choice, Link, tone_of

_SENTENCE = re.compile(r".*?(?:[.!?](?= |$)|[。！？])")

# Kinds whose records answer for others: there the relation counts less than the kind of thing.
OWNERS = ("person", "team")

# The fields that say who was there or not: nobody answers for that, and it soon outnumbers everything else.
_ATTENDANCE = ("attendees", "absent", "participants")


@dataclass(frozen=True, slots=True)
class Mention:
    """A record, or a part of one, that refers to another.

    ``roles`` says as what, by the labels of the fields that do; ``fields`` are their names: ``tasks.owner``. ``when`` is the
    day or the period that it is about, ``""`` for none, ``untold_day`` the same unless the title says it already. ``is_closed``: it
    asks for no more work.
    """

    link: Link
    roles: tuple[str, ...]
    fields: tuple[str, ...]
    status: Choice | None
    when: str
    untold_day: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """Those that refer to a record in the same way, or are of the same kind: open ones first, then the latest.

    ``tells_roles``: the label does not say as what they refer to it. ``is_attendance``: they only say who was there.
    """

    label: str
    mentions: tuple[Mention, ...]
    tells_roles: bool
    is_attendance: bool = False


def relations_to(record: Record, names: Names) -> Iterator[Relation]:
    """All references to a record. People and teams get them by kind, everything else by what the relation is called."""
    by_kind, took_part = record.kind.name in OWNERS, translator(names.language)("Took part in")
    groups: dict[str, dict[tuple[str, str], list[Reference]]] = {}
    for reference in names.workspace.pointing_at(record.address):
        label = reference.source.kind.plural.say(names.language) if by_kind else relation_label(reference, names.language)
        if by_kind and _field_names(reference)[:1] in ([name] for name in _ATTENDANCE) and not reference.in_body:
            label = took_part
        part = _part(reference)
        key = (reference.source.address, (part.text("id") or str(part.route)) if part else "")
        groups.setdefault(label, {}).setdefault(key, []).append(reference)
    if by_kind:
        order = [kind.plural.say(names.language) for kind in names.workspace.kinds.values()]
        groups = {label: groups[label] for label in dict.fromkeys((*order, took_part)) if label in groups}
    for label, found in groups.items():
        mentions = [_mention(references, record, names) for references in found.values()]
        mentions.sort(key=lambda one: (one.when, one.link.address.partition("#")[0]), reverse=True)
        mentions.sort(key=lambda one: one.is_closed)
        roles = {one.roles for one in mentions}
        # Of a team's people and plans "team" says nothing more.
        itself = {(record.kind.label.say(names.language),), (record.kind.plural.say(names.language),)}
        tells = not roles <= itself if by_kind else len(roles) > 1
        yield Relation(label, tuple(mentions), tells, by_kind and label == took_part)


def relation_label(reference: Reference, language: str) -> str:
    """What a reference is called from the other side; without words of the schema's own, the kind and the field."""
    if reference.in_body:
        return translator(language)("Mentioned in")
    if reference.ref.inverse:
        return reference.ref.inverse.say(language)
    return f"{reference.source.kind.plural.say(language)}: {_field_label(reference, language)}"


def _role(reference: Reference, language: str) -> str:
    """As what something refers to the target: by the label of the field that does, an item by that of its list."""
    if reference.in_body:
        return translator(language)("Mentioned")
    name = _field_names(reference)[0]
    field = reference.source.kind.field(name)
    return field.label.say(language) if field else name


def _field_label(reference: Reference, language: str) -> str:
    """The label of the field that holds a reference; of an item that has no name of its own, as one person's agreement, the list's."""
    names = _field_names(reference)
    fields = reference.source.kind.fields
    label = ""
    for name in names if _part(reference) else names[:1]:
        field = next((field for field in fields if field.name == name), None)
        if field is None:
            break
        label, fields = field.label.say(language), field.fields
    return label or names[0]


def _field_names(reference: Reference) -> list[str]:
    """The names on the way to a reference, without a key that is the reference itself."""
    route = reference.route[:-1] if reference.ref.in_key else reference.route
    return [step for step in route if isinstance(step, str)]


def _part(reference: Reference) -> Item | None:
    """The task, action or other item that holds a reference, if it has a name."""
    if reference.in_body or len(reference.route) < 3:
        return None
    item = reference.source.item_at(reference.route)
    return item if item and part_title(item) else None


def _mention(references: list[Reference], about: Record, names: Names) -> Mention:
    source, part = references[0].source, _part(references[0])
    link = names.link(source, part)
    if part is None and names.subject(source) is about:
        told = first_sentence(source.fields.text("progress") or "")
        link = Link(link.address, told or led(source.kind.label.say(names.language), names.day(source), names.language))
    day = _day_of(part) if part else when(source)
    is_told = day in link.words or (part is None and (written := names.day(source)) != "" and written in link.words)
    return Mention(
        link=link,
        roles=tuple(dict.fromkeys(_role(one, names.language) for one in references)),
        fields=tuple(dict.fromkeys("body" if one.in_body else ".".join(_field_names(one)) for one in references)),
        # A risk of a plan is not "active, due in March" because its plan is.
        status=names.standing(source, part) if part is None or part.text("status") else None,
        when=day,
        untold_day="" if is_told else day,
        is_closed=_is_closed(source, part),
    )


def first_sentence(text: str, longest: int = 140) -> str:
    """How a text begins, on one line."""
    words = " ".join(text.split())
    found = _SENTENCE.match(words)
    opening = found.group() if found else words
    return opening if len(opening) <= longest else opening[: longest - 1].rstrip() + "…"


def when(record: Record) -> str:
    """The day or the period that a record is about, as far as it says."""
    return record.role("date") or record.role("due") or record.role("start") or record.fields.text("period") or ""


def _day_of(part: Item) -> str:
    return part.text("done_on") or part.text("due") or ""


def _is_closed(record: Record, part: Item | None) -> bool:
    """Kinds without open states, as decisions, are never closed."""
    if part and (status := part.text("status")):
        return tone_of(None, status) in ("done", "dropped")
    return bool(record.kind.states["open"]) and record.kind.group_of(record.status) in ("done", "dropped")
