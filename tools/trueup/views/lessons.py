"""What was learned, whether what was to change has changed, and which lessons a plan should begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import log

from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.actions import Action, Actions
from trueup.views.named import happened, named_by, named_in, whole


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of a retrospective. ``tags`` are its own and those of the retrospective; ``plans`` are what that looked back on."""

    address: str
    text: str
    tags: tuple[str, ...]
    retro: str
    retro_title: str
    date: date | None
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """The actions of one retrospective. ``rate`` is the share done of those that were not dropped, None where there is none."""

    retro: str
    title: str
    date: date | None
    actions: int
    done: int
    open: int
    overdue: int
    dropped: int
    rate: float | None
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """The lessons with a tag, latest first."""

    tag: str
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """All lessons and retrospectives, latest first; ``by_tag``: the tag with most lessons first.

    ``rate`` is the share of all retrospectives' actions that are done, of those that were not dropped (0 to 1).
    """

    lessons: tuple[Lesson, ...]
    by_tag: tuple[Tag, ...]
    retros: tuple[FollowThrough, ...]
    rate: float | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson for a plan: the tags that both have, and how much they say (a rare tag says more than a common one)."""

    lesson: Lesson
    shared: tuple[str, ...]
    weight: float


def lessons(workspace: Workspace, actions: Actions) -> Lessons:
    """The lessons of the retrospectives up to the day of ``actions``, and what became of their actions."""
    records = [record for record, _ in happened(workspace, "retro", actions.today)]
    records.sort(key=lambda record: record.address)
    records.sort(key=lambda record: record.fields.date("date") or date.min, reverse=True)
    promised: dict[str, list[Action]] = {}
    for one in actions.actions:
        if one.kind == "retro":
            promised.setdefault(one.source, []).append(one)
    found = tuple(lesson for record in records for lesson in _lessons_of(workspace, record))
    retros = tuple(_follow_through(record, promised.get(record.address, ())) for record in records)
    return Lessons(found, _by_tag(found), retros, _rate(one for them in promised.values() for one in them))


def lessons_for(found: Lessons, plan: Record) -> tuple[Offer, ...]:
    """The lessons that share a tag with a plan, those first that share most; of as much, the latest. Not those of a look back on it."""
    wanted = {_folded(tag) for tag in plan.fields.texts("tags")}
    weights = {_folded(one.tag): tag_weight(len(found.lessons), len(one.lessons)) for one in found.by_tag}
    offers = []
    for lesson in found.lessons:
        shared = tuple(tag for tag in lesson.tags if _folded(tag) in wanted)
        if shared and plan.address not in lesson.plans:
            offers.append(Offer(lesson, shared, sum(weights[tag] for tag in dict.fromkeys(map(_folded, shared)))))
    # The lessons stand latest first, and sorting keeps the order of those that weigh the same.
    return tuple(sorted(offers, key=lambda one: -round(one.weight, 9)))


def lessons_tagged(found: Lessons, tag: str) -> Lessons:
    """The lessons with a tag, in whatever case, and the retrospectives that they come from."""
    wanted = _folded(tag)
    kept = tuple(one for one in found.lessons if wanted in map(_folded, one.tags))
    from_retros = {one.retro for one in kept}
    retros = tuple(one for one in found.retros if one.retro in from_retros)
    actions, done = sum(one.actions - one.dropped for one in retros), sum(one.done for one in retros)
    by_tag = tuple(one for one in found.by_tag if _folded(one.tag) == wanted)
    return Lessons(kept, by_tag, retros, done / actions if actions else None)


def tag_weight(count: int, common: int) -> float:
    """How much a tag says that ``common`` of ``count`` lessons have: inverse document frequency (Spärck Jones 1972), kept above 0."""
    return log(1 + count / common)


def _lessons_of(workspace: Workspace, record: Record) -> Iterator[Lesson]:
    named = named_in(workspace, record)
    for item in record.items("lessons"):
        name, text = item.text("id"), item.text("text")
        if text is None:
            continue
        yield Lesson(
            address=f"{record.address}#{name}" if name else record.address,
            text=text,
            tags=tuple({_folded(tag): tag for tag in (*item.texts("tags"), *record.fields.texts("tags"))}.values()),
            retro=record.address,
            retro_title=record.title,
            date=record.fields.date("date"),
            plans=tuple(whole(one) for one in named_by(named, "plans")),
        )


def _by_tag(found: Iterable[Lesson]) -> tuple[Tag, ...]:
    tags: dict[str, list[str]] = {}
    called: dict[str, str] = {}
    for lesson in found:
        for tag in lesson.tags:
            tags.setdefault(_folded(tag), []).append(lesson.address)
            called.setdefault(_folded(tag), tag)
    return tuple(sorted((Tag(called[tag], tuple(them)) for tag, them in tags.items()), key=lambda one: (-len(one.lessons), one.tag)))


def _follow_through(record: Record, promised: Iterable[Action]) -> FollowThrough:
    promised = sorted(promised, key=lambda one: one.address)
    still = sum(one.is_open for one in promised)
    dropped = sum(one.status == "dropped" and not one.is_open for one in promised)
    return FollowThrough(
        retro=record.address,
        title=record.title,
        date=record.fields.date("date"),
        actions=len(promised),
        done=len(promised) - still - dropped,
        open=still,
        overdue=sum(one.is_overdue for one in promised),
        dropped=dropped,
        rate=_rate(promised),
        addresses=tuple(one.address for one in promised),
    )


def _rate(promised: Iterable[Action]) -> float | None:
    kept = [one for one in promised if one.is_open or one.status == "done"]
    return sum(not one.is_open for one in kept) / len(kept) if kept else None


def _folded(tag: str) -> str:
    """Tags that differ in case or in spaces around them are the same."""
    return tag.strip().casefold()
