"""What was learned, for the terminal: by tag, or for one plan."""

from __future__ import annotations

from collections.abc import Sequence

from trueup.locale import msg, msgs, translator
from trueup.locale.joining import listed
from trueup.records.record import Record
from trueup.render.lines import aligned, more_in_words
from trueup.render.shares import percent
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.lessons import FollowThrough, Lesson, Lessons, Offer
from trueup.views.names import Names

# So many lessons of a tag are told, the latest.
_MOST = 3


def offers_as_text(plan: Record, offers: Sequence[Offer], names: Names) -> str:
    """The lessons that a plan should begin with, or why there are none."""
    _ = translator(names.language)
    tags = plan.fields.texts("tags")
    if not tags:
        return _("“{plan}” has no tags, so no lesson can be matched with it. Write tags into it.").format(plan=shown(plan.title)) + "\n"
    words = _("“{plan}”, tags: {tags}").format(plan=shown(plan.title), tags=shown(listed(tags, names.language)))
    if not offers:
        return words + "\n\n" + _("No lesson shares a tag with it.") + "\n"
    head = msgs("{count} lesson to begin with", "{count} lessons to begin with", len(offers)).say(names.language)
    return f"{words}\n\n{head}\n" + "".join(_whole(one.lesson, one.shared, names) for one in offers)


def _whole(one: Lesson, tags: Sequence[str], names: Names) -> str:
    """A lesson is one that is read to its end: on a line of its own, which nothing cuts."""
    source = " · ".join(filter(None, (listed(tags, names.language), one.date.isoformat() if one.date else "", one.retro_title)))
    return f"  {shown(' '.join(one.text.split()))}\n      {shown(source)}\n"


def lessons_as_text(found: Lessons, names: Names, *, whole: bool = False) -> str:
    """Lessons by tag, then what became of the actions of each retrospective. ``whole``: every lesson of a tag."""
    _ = translator(names.language)
    if not found.lessons and not found.retros:
        return _("There is no lesson.") + "\n"
    told = {one.address: one for one in found.lessons}
    blocks = [lessons_in_words(found, names.language) + "\n"]
    blocks += [_tag(one.tag, [told[address] for address in one.lessons if address in told], names, whole=whole) for one in found.by_tag]
    untagged = [one for one in found.lessons if not one.tags]
    if untagged:
        blocks.append(_tag(_("Without a tag, so no plan is offered them"), untagged, names, whole=True))
    acting = [one for one in found.retros if one.actions]
    if acting:
        blocks.append(_("What was to change") + "\n" + _followed(acting, names))
    return "\n".join(blocks)


def lessons_in_words(found: Lessons, language: str) -> str:
    """How many there are, and what share of what was to change is done."""
    count = len(found.lessons)
    lessons = msgs("{count} lesson", "{count} lessons", count)
    retros = msgs("{count} retrospective", "{count} retrospectives", len(found.retros))
    words = msg("{lessons} from {retros}", lessons=lessons, retros=retros).say(language)
    if found.rate is not None:
        words += msg("; {share} of what was to change is done", share=percent(found.rate)).say(language)
    return words


def _tag(tag: str, lessons: Sequence[Lesson], names: Names, *, whole: bool) -> str:
    if whole:
        return f"{shown(tag)}\n" + "".join(_whole(one, one.tags, names) for one in lessons)
    text = f"{shown(tag)}\n{aligned([(one.date.isoformat() if one.date else '–', one.text) for one in lessons[:_MOST]], 1)}"
    rest = len(lessons) - _MOST
    if rest > 0:
        text += f"  {more_in_words(rest, f'trueup lessons --tag {shown(_quoted(tag))}', names.language)}\n"
    return text


def _quoted(tag: str) -> str:
    return tag if tag.replace("-", "").isalnum() else f"'{tag}'"


def _followed(retros: Sequence[FollowThrough], names: Names) -> str:
    _ = translator(names.language)
    headings = {
        "date": _("Date"),
        "retro": _("Retrospective"),
        "actions": _("Actions"),
        "done": _("Done"),
        "open": _("Open"),
        "overdue": _("Overdue"),
        "dropped": _("Dropped"),
    }
    rows = tuple(
        (one.date.isoformat() if one.date else "–", one.title, one.actions, one.done, one.open or "", one.overdue or "", one.dropped or "")
        for one in retros
    )
    return write_table(Table(tuple(headings), rows, headings, gives_way="retro"), "text")
