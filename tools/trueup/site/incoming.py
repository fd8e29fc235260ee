"""Who refers to a record, put together the way a reader asks for it, and shown as lists of links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trueup.locale import msgs
from trueup.records.record import Item, Record
from trueup.records.references import Reference
from trueup.site.html import EMPTY, Html, html, joined
from trueup.site.paths import anchor_of
from trueup.site.site import Here, Site, part_title
from trueup.site.values import pill, tone_of

# Kinds whose pages say what somebody answers for: there the relation counts less than the kind of thing.
_OWNERS = ("person", "team")

# A list shows as many entries as this; the rest is folded.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A record, or a part of it, that refers to another one; ``roles`` says as what, in the reader's language."""

    record: Record
    part: Item | None
    roles: tuple[str, ...]

    @property
    def status(self) -> str | None:
        return (self.part.text("status") if self.part else None) or self.record.status or self.record.fields.text("health")

    @property
    def is_closed(self) -> bool:
        """Whether it asks for no more work. Kinds without open states, as decisions, are never closed."""
        if self.part and (status := self.part.text("status")):
            return tone_of(None, status) in ("done", "dropped")
        kind = self.record.kind
        return bool(kind.states["open"]) and kind.group_of(self.record.status) in ("done", "dropped")

    @property
    def when(self) -> str:
        return (part_day(self.part) if self.part else "") or when(self.record)


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one relation, or of one kind: open ones first, then the latest."""

    title: str
    mentions: tuple[Mention, ...]


def when(record: Record) -> str:
    """The day or the period that a record is about, as far as it says."""
    return record.role("date") or record.role("due") or record.role("start") or record.fields.text("period") or ""


def part_day(part: Item) -> str:
    return part.text("done_on") or part.text("due") or ""


def incoming(site: Site, record: Record) -> Iterator[Group]:
    """All references to a record. People and teams get them by kind, everything else by what the relation is called."""
    by_kind = record.kind.name in _OWNERS
    groups: dict[str, dict[tuple[str, str], list[Reference]]] = {}
    for reference in site.workspace.pointing_at(record.address):
        title = reference.source.kind.plural.say(site.language) if by_kind else _relation(site, reference)
        part = _part(reference)
        key = (site.paths.of(reference.source), (part.text("id") or str(part.route)) if part else "")
        groups.setdefault(title, {}).setdefault(key, []).append(reference)
    if by_kind:
        order = [kind.plural.say(site.language) for kind in site.workspace.kinds.values()]
        groups = {title: groups[title] for title in dict.fromkeys(order) if title in groups}
    for title, found in groups.items():
        mentions = [_mention(site, references) for references in found.values()]
        mentions.sort(key=lambda one: (one.when, one.record.id), reverse=True)
        mentions.sort(key=lambda one: one.is_closed)
        yield Group(title, tuple(mentions))


def _relation(site: Site, reference: Reference) -> str:
    _ = site.say
    if not reference.ref.steps:
        return _("Mentioned in")
    if reference.ref.inverse:
        return reference.ref.inverse.say(site.language)
    return f"{reference.source.kind.plural.say(site.language)}: {_role(site, reference)}"


def _role(site: Site, reference: Reference) -> str:
    """What the target is for the one that refers to it: the label of the field that holds the reference.

    Of an item that has no name of its own, as one person's agreement, it is the list's.
    """
    _ = site.say
    names = [step for step in reference.route if isinstance(step, str)]
    fields = reference.source.kind.fields
    label = ""
    for name in names if _part(reference) else names[:1]:
        field = next((field for field in fields if field.name == name), None)
        if field is None:
            break
        label, fields = field.label.say(site.language), field.fields
    return label or (names[0] if names else _("Mentioned"))


def _part(reference: Reference) -> Item | None:
    """The task, action or other item that holds a reference."""
    if len(reference.route) < 3 or not isinstance(reference.route[1], int):
        return None
    name, index = reference.route[0], reference.route[1]
    return next((item for item in reference.source.items(str(name)) if item.route[-1] == index and part_title(item)), None)


def _mention(site: Site, references: list[Reference]) -> Mention:
    roles = dict.fromkeys(_role(site, reference) for reference in references)
    return Mention(references[0].source, _part(references[0]), tuple(roles))


def group_list(here: Here, group: Group, about: Record) -> Html:
    """A group of mentions of ``about`` as a list. Each entry says as what it refers, where that is not the same for all."""
    roles = len({mention.roles for mention in group.mentions}) > 1
    entries = [_entry(here, mention, about, roles=roles) for mention in group.mentions]
    shown = html('<ul class="tu-mentions">{}</ul>', joined(entries[:_SHOWN]))
    if len(entries) <= _SHOWN:
        return shown
    count = len(entries) - _SHOWN
    more = msgs("{count} more", "{count} more", count).say(here.site.language)
    return html(
        '{}<details class="tu-more"><summary>{}</summary><ul class="tu-mentions">{}</ul></details>', shown, more, joined(entries[_SHOWN:])
    )


def _entry(here: Here, mention: Mention, about: Record, *, roles: bool) -> Html:
    record, part = mention.record, mention.part
    name = html("{} ", here.link(record, words=_words(here.site, record, about)))
    if part is not None:
        anchored = html('<a href="{}">{}</a> ', here.url(here.site.paths.of(record), _anchor(part)), part_title(part))
        name = html('{}<span class="tu-from">{}</span> ', anchored, here.site.title(record))
    facts = [html('<span class="tu-role">{}</span>', " · ".join(mention.roles))] if roles else []
    facts += _facts(here, mention)
    return html('<li><span class="tu-what">{}</span>{}</li>', name, joined(facts))


def _words(site: Site, record: Record, about: Record) -> str:
    """What a record is called: one that is about this very record, and has no title, by its day."""
    if site.subject(record) is about:
        return f"{record.kind.label.say(site.language)} {record.role('date')}"
    return site.title(record)


def _anchor(part: Item) -> str:
    name = part.text("id")
    return anchor_of(name) if name else ""


def _facts(here: Here, mention: Mention) -> Iterable[Html]:
    if status := mention.status:
        yield status_pill(here.site, mention.record, mention.part, status)
    yield html('<span class="tu-day">{}</span>', mention.when) if mention.when else EMPTY


def status_pill(site: Site, record: Record, part: Item | None, status: str) -> Html:
    """The state of a record or of a part of it, named as its schema names it."""
    kind = record.kind
    if part is not None and part.text("status"):
        whole = kind.field(str(part.route[0]))
        field = next((one for one in whole.fields if one.name == "status"), None) if whole else None
    else:
        part, field = None, kind.field(kind.roles.get("status", "health"))
    return pill(field.choice(status, site.language) if field else status, tone_of(None if part else kind, status))
