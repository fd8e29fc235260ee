"""Lessons: the library by tag, what became of what was to change, and those that a plan should begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trueup.locale import msg, msgs
from trueup.locale.joining import listed
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lessons import lessons_in_words
from trueup.render.shares import percent
from trueup.site.page import Page
from trueup.site.paths import list_of
from trueup.site.practice.entries import note, opened
from trueup.site.practice.meter import meter
from trueup.site.practice.section import Section
from trueup.site.site import Here, Site, here
from trueup.site.values import cell, pill
from trueup.views.lessons import FollowThrough, Lesson, lessons_for

PATH = "lessons.md"
TITLE = msg("Lessons")

# So many lessons of a tag, and for a plan, are shown at once; the others are folded.
_MOST = 6


def lessons_page(site: Site) -> Page:
    """Every lesson under each of its tags, the most frequent tag first."""
    _ = site.say
    place, found = here(site, PATH), site.derived.lessons
    title = TITLE.say(site.language)
    lead = _("What retrospectives taught, by tag. A plan with a tag is offered the lessons that have it too.")
    known = {one.address: one for one in found.lessons}
    blocks = [
        Section(f"tag-{number}", one.tag, _lessons(place, [known[address] for address in one.lessons], one.tag))
        for number, one in enumerate(found.by_tag, 1)
    ]
    untagged = [one for one in found.lessons if not one.tags]
    if untagged:
        blocks.append(Section("s-untagged", _("Without a tag, so no plan is offered them"), _lessons(place, untagged, "")))
    summary = note(lessons_in_words(found, site.language))
    # Numbers, as a tag is any text, and an anchor is not.
    tags = zip(found.by_tag, blocks, strict=False)
    index = joined(html('<li><a href="#{}">{}</a> {}</li>', block.id, tag.tag, len(tag.lessons)) for tag, block in tags)
    content = html(
        '<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}<ul class="tu-tags">{}</ul>{}</div>',
        title, lead, summary, index, joined(block.html for block in blocks),
    )  # fmt: skip
    return Page(PATH, title, content, lead, headings=tuple(one.heading for one in blocks), searchable="")


def overview(place: Here) -> Iterator[Section]:
    """Above the list of retrospectives: what became of what was to change."""
    _ = place.site.say
    found = place.site.derived.lessons
    acting = [one for one in found.retros if one.actions]
    if not acting:
        return
    way = html('<a href="{}">{}</a>', place.url(PATH), TITLE.say(place.site.language))
    said = html('<p class="tu-note">{} · {}</p>', lessons_in_words(found, place.site.language), way)
    heads = titles(_("Retrospective"), _("Date"), _("Actions"), _("Done"), _("Open"), _("Overdue"), _("Dropped"))
    yield Section("s-follow", _("What was to change"), html("{}{}", said, table(heads, (_follow(place, one) for one in acting), "tu-list")))


def of_plan(place: Here, record: Record) -> Iterator[Section]:
    """On the page of an open plan: the lessons that share a tag with it."""
    if record.kind.group_of(record.status) not in ("open", "draft"):
        return
    offers = lessons_for(place.site.derived.lessons, record)
    if offers:
        title = msgs("{count} lesson to begin with", "{count} lessons to begin with", len(offers)).say(place.site.language)
        items = [_lesson(place, one.lesson, one.shared) for one in offers]
        yield Section("s-lessons", title, _folded(place, items), is_repeated=True)


def _lessons(place: Here, lessons: Iterable[Lesson], tag: str) -> Html:
    return _folded(place, [_lesson(place, one, [other for other in one.tags if other != tag]) for one in lessons])


def _folded(place: Here, items: list[Html]) -> Html:
    shown = html('<ul class="tu-lessons">{}</ul>', joined(items[:_MOST]))
    if len(items) <= _MOST:
        return shown
    words = msgs("{count} more", "{count} more", len(items) - _MOST).say(place.site.language)
    rest = joined(items[_MOST:])
    return html('{}<details class="tu-more"><summary>{}</summary><ul class="tu-lessons">{}</ul></details>', shown, words, rest)


def _lesson(place: Here, one: Lesson, tags: Iterable[str]) -> Html:
    """A lesson is one that is read to its end; where it comes from stands below it."""
    way = place.way_to(one.retro)
    source = html('<a href="{}">{}</a>', way, one.retro_title) if way else html("{}", one.retro_title)
    day = html('<span class="tu-day">{}</span>', place.site.day(one.date)) if one.date else EMPTY
    facts = (source, day, html("{}", listed(tags, place.site.language)))
    return html('<li>{}<p class="tu-note">{}</p></li>', one.text, joined((fact for fact in facts if fact), " · "))


def _follow(place: Here, one: FollowThrough) -> Html:
    """What became of the actions of one retrospective."""
    _ = place.site.say
    done = EMPTY
    if one.rate is not None:
        done = html('{} <span class="tu-share">{}</span>', meter(one.rate, None, None), percent(one.rate))
    late = pill(str(one.overdue), "bad") if one.overdue else EMPTY
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}{}{}{}</tr>',
        place.at(one.retro),
        cell(html("{}", place.site.day(one.date)) if one.date else EMPTY, _("Date")),
        cell(opened(place, one.actions, one.title, one.addresses, place.url(list_of("retro"))), _("Actions")),
        cell(done, _("Done")),
        cell(html("{}", one.open) if one.open else EMPTY, _("Open")),
        cell(late, _("Overdue")),
        cell(html("{}", one.dropped) if one.dropped else EMPTY, _("Dropped")),
    )  # fmt: skip
