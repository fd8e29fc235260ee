"""The Atom feed (RFC 4287): what was decided, how goals and plans were told to stand, what plans have reached."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from trueup import __version__
from trueup.locale.joining import clauses, led
from trueup.records.record import Record
from trueup.render.log import logged
from trueup.site.paths import FEED, HOME, anchor_of
from trueup.site.site import Site
from trueup.views.happenings import Done, happenings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# A feed is for what is new; the records themselves are in the JSON files.
_MOST = 100

_ATOM = "http://www.w3.org/2005/Atom"

# RFC 4151 wants a day on which the name belonged to whoever makes the tag. It must stay the same for ever, else every entry is new.
_TAGGED = "2026"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of one day. ``name`` tells it from all others of the workspace; ``kind`` is what it is, for filters."""

    name: str
    kind: str
    day: date
    title: str
    words: str
    url: str
    authors: tuple[str, ...]


def feed(site: Site) -> str:
    """The latest entries as XML; the same bytes for the same workspace, day and address.

    Addresses are absolute where the site's own is known. Where it is not they are relative: RFC 4287 allows that, and a reader
    takes them from where it found the feed.
    """
    import xml.etree.ElementTree as ET

    entries = sorted(_entries(site), key=lambda one: one.name)
    entries = sorted(entries, key=lambda one: one.day, reverse=True)[:_MOST]
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN" if site.language == "zh" else site.language})
    ET.SubElement(root, "id").text = _id(site, "")
    ET.SubElement(root, "title").text = logged(site.workspace.config.title)
    ET.SubElement(root, "updated").text = _moment(entries[0].day if entries else site.today)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=_absolute(site, FEED))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=_absolute(site, site.url(HOME)) or "./")
    ET.SubElement(root, "generator", version=__version__).text = "trueup"
    # Where an entry names nobody, this is its author: each must have one.
    ET.SubElement(ET.SubElement(root, "author"), "name").text = logged(site.workspace.config.title) or "trueup"
    for one in entries:
        root.append(_element(site, one))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _element(site: Site, one: Entry) -> Element:
    import xml.etree.ElementTree as ET

    entry = ET.Element("entry")
    ET.SubElement(entry, "id").text = _id(site, one.name)
    ET.SubElement(entry, "title").text = logged(one.title)
    for name in ("published", "updated"):
        ET.SubElement(entry, name).text = _moment(one.day)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=_absolute(site, one.url))
    ET.SubElement(entry, "category", term=one.kind)
    for person in one.authors:
        ET.SubElement(ET.SubElement(entry, "author"), "name").text = logged(person)
    if one.words:
        ET.SubElement(entry, "summary").text = "\n".join(map(logged, one.words.splitlines()))
    return entry


def _entries(site: Site) -> Iterator[Entry]:
    for record in site.workspace.of_kind("decision"):
        yield from _dated(site, record, _standing(site, record), record.fields.texts("deciders"))
    for record in site.workspace.of_kind("checkin"):
        said = "\n".join(text for name in ("progress", "next") if (text := record.fields.text(name)))
        author = record.fields.text("author")
        yield from _dated(site, record, f"{_standing(site, record)}\n{said}".strip(), (author,) if author else ())
    done = happenings(site.derived, date.min, site.today).done
    yield from (_milestone(site, one) for one in done if one.is_milestone)
    yield from _plans_done(site, done)


def _dated(site: Site, record: Record, words: str, authors: tuple[str, ...]) -> Iterator[Entry]:
    """A record as an entry of its day; nothing where it has none, or where that is yet to come."""
    day = record.fields.date("date")
    if day is not None and day <= site.today:
        title = led(record.kind.label.say(site.language), site.names.title(record), site.language)
        people = tuple(_called(site, f"person/{one}") for one in authors)
        yield Entry(record.address, record.kind.name, day, title, words, site.url(site.paths.of(record)), people)


def _milestone(site: Site, one: Done) -> Entry:
    _ = site.say
    title = led(_("Milestone reached"), clauses((one.title, one.plan_title), site.language), site.language)
    url = f"{site.url_for(one.plan)}#{quote(anchor_of(one.address.partition('#')[2]))}"
    return Entry(one.address, "milestone", one.on, title, "", url, (_called(site, one.owner),) if one.owner else ())


def _plans_done(site: Site, done: tuple[Done, ...]) -> Iterator[Entry]:
    """Plans that are done, on the day of the last of their parts: a plan itself does not say when. One whose parts have no day is
    left out."""
    days: dict[str, date] = {}
    for one in done:
        days[one.plan] = max(one.on, days.get(one.plan, date.min))
    for record in site.workspace.of_kind("plan"):
        if record.kind.group_of(record.status) == "done" and record.address in days:
            title = led(site.say("Plan done"), record.title, site.language)
            owner = record.fields.text("owner")
            people = (_called(site, f"person/{owner}"),) if owner else ()
            yield Entry(record.address, "plan", days[record.address], title, "", site.url(site.paths.of(record)), people)


def _standing(site: Site, record: Record) -> str:
    state = site.names.standing(record)
    return state.label if state else ""


def _called(site: Site, address: str) -> str:
    person = site.workspace.record(address)
    return site.names.title(person) if person else address.partition("/")[2]


def _moment(day: date) -> str:
    """The day as RFC 4287 wants it; records know no hours."""
    return f"{day.isoformat()}T00:00:00Z"


def _id(site: Site, name: str) -> str:
    """What an entry is called for ever, wherever the site is read: a tag of the repository's address, else a UUID of the workspace's title.

    The address of the site takes no part in it: it may change, and what writes pages for another generator does not know it.
    """
    repository = site.workspace.config.repository
    if repository is None:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"trueup:{site.workspace.config.title}/{name}".encode(errors="replace").decode()).urn
    where = urlsplit(repository.url)
    whole = "/".join(part for part in (where.path.strip("/"), repository.folder, "trueup") if part)
    return f"tag:{(where.hostname or '').lower()},{_TAGGED}:{quote(whole)}/{quote(name, safe='/#', errors='replace')}"


def _absolute(site: Site, url: str) -> str:
    return site.address + url
