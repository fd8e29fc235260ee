"""What became of a record over time, and of the states of a kind: each change with its day, its author and its commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trueup.history.commits import Commit
from trueup.history.difference import FieldChange, differences
from trueup.history.versions import Step, Version, connected
from trueup.records.kind import Kind

# known: it is there in the oldest commit that a shallow clone holds. unreadable, readable: the file could not be read, or again.
EventName = Literal["added", "known", "changed", "moved", "removed", "unreadable", "readable"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who changed something, when and why, as the commit says. ``time`` has the zone of the author's clock."""

    commit: str
    time: datetime
    author: str
    subject: str
    pull_request: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """What one commit did to a record. ``path`` is where it lies then, ``old_path`` where it lay before, if elsewhere."""

    origin: Origin
    event: EventName
    path: str
    old_path: str | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """All that was done to a record, the newest first. ``is_incomplete``: a shallow clone lacks what came before."""

    address: str
    events: tuple[Event, ...]
    is_incomplete: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """A record's field that took another value. None is where there is no record, or no value. ``is_legal`` is None where the
    kind does not say which state may follow which."""

    address: str
    origin: Origin
    before: str | None
    after: str | None
    is_legal: bool | None


@dataclass(frozen=True, slots=True)
class Transitions:
    """Every change of one field in all records of a kind, the oldest first; ``counts`` says how often which value followed which."""

    kind: str
    field: str
    transitions: tuple[Transition, ...]
    counts: tuple[TransitionCount, ...]
    records: int
    is_incomplete: bool


@dataclass(frozen=True, slots=True)
class TransitionCount:
    """How often ``after`` followed ``before``."""

    before: str | None
    after: str | None
    count: int
    is_legal: bool | None


def origin_of(step: Step) -> Origin:
    """Who wrote it, when and why. A pull request is told as one, by its number and title, with the author of what it has brought; of any
    other merge that is told which it has taken: whoever brings two lines together has changed nothing."""
    commit, source = step.commit, step.source or step.commit
    if commit.pull_request is None:
        commit = source
    return Origin(commit.id, commit.time, source.author, commit.subject, commit.pull_request)


def record_history(address: str, steps: Iterable[Step], field: str | None = None, *, is_incomplete: bool = False) -> RecordHistory:
    """The events of one record from the steps of all; with ``field`` only those that change it."""
    found = (_event(step) for step in connected(step for step in steps if step.address == address))
    events = [one for one in (event if field is None else _about(event, field) for event in found) if one is not None]
    return RecordHistory(address, tuple(reversed(events)), is_incomplete)


def _event(step: Step) -> Event:
    before, after = step.before, step.after
    changes: tuple[FieldChange, ...] = ()
    if step.known and after and after.record:
        changes = differences(step.known, after.record)
    old_path = before.path if before and after and before.path != after.path else None
    return Event(origin_of(step), event_name(before, after, step.commit), step.version.path, old_path, changes)


def event_name(before: Version | None, after: Version | None, commit: Commit | None = None) -> EventName:
    """What happened to a record between two of its states."""
    if before is None:
        return "known" if commit is not None and commit.is_boundary else "added"
    if after is None:
        return "removed"
    if before.record and not after.record:
        return "unreadable"
    if after.record and not before.record:
        return "readable"
    return "moved" if before.path != after.path else "changed"


def _about(event: Event, field: str) -> Event | None:
    """The event as far as it concerns a field; None where it does not."""
    changes = tuple(one for one in event.changes if one.concerns(field))
    if not changes and event.event in ("changed", "moved"):
        return None
    return Event(event.origin, event.event, event.path, event.old_path, changes)


def transitions_of(kind: Kind, field: str, steps: Iterable[Step], *, is_incomplete: bool = False) -> Transitions:
    """The values that a field took in all records of a kind. A state that cannot be read is passed over: what counts is the next
    one that can."""
    found: list[Transition] = []
    known: dict[tuple[str, str], str | None] = {}
    may_follow = kind.transitions if field == kind.roles.get("status") else {}
    for step in (step for step in steps if not step.version.is_series):
        transition = _transition(step, field, known, may_follow)
        if transition is not None:
            found.append(transition)
    counts = Counter((one.before, one.after, one.is_legal) for one in found)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0][0] or "", one[0][1] or ""))
    return Transitions(
        kind=kind.name,
        field=field,
        transitions=tuple(found),
        counts=tuple(TransitionCount(before, after, count, is_legal) for (before, after, is_legal), count in ordered),
        records=len({one.address for one in found}),
        is_incomplete=is_incomplete,
    )


def _transition(
    step: Step, field: str, known: dict[tuple[str, str], str | None], may_follow: Mapping[str, tuple[str, ...]]
) -> Transition | None:
    """What a step does to the field. ``known`` holds the last value of each record by its address and path, also while it is unreadable."""
    old, new = step.before, step.after
    before = None
    if old is not None:
        before = known.pop((old.address, old.path), None) if old.record is None else old.record.fields.text(field)
    if new is not None and new.record is None:
        known[new.address, new.path] = before
        return None
    after = new.record.fields.text(field) if new and new.record else None
    if before == after:
        return None
    return Transition(step.address, origin_of(step), before, after, is_legal(before, after, may_follow))


def is_legal(before: str | None, after: str | None, may_follow: Mapping[str, tuple[str, ...]]) -> bool | None:
    """Whether a state may follow another; None where nobody says, and for the first and the last."""
    if before is None or after is None or before not in may_follow:
        return None
    return after in may_follow[before]


def illegal(transitions: Iterable[Transition]) -> Iterator[Transition]:
    yield from (one for one in transitions if one.is_legal is False)
