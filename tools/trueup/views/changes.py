"""What is not the same in two states of a workspace: records added, removed, moved, and changed field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trueup.history.difference import FieldChange, differences
from trueup.history.versions import Version, paired, series_version
from trueup.records.workspace import Workspace
from trueup.views.history import EventName, event_name


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is not what it was. ``title`` is what it is called now, or was last; None where it cannot be read."""

    address: str
    kind: str
    title: str | None
    event: EventName
    path: str
    old_path: str | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The records that differ between ``before`` and ``after``, full ids of commits; None is what is on disk."""

    before: str
    after: str | None
    records: tuple[RecordChange, ...]


def record_change(before: Version | None, after: Version | None) -> RecordChange:
    """One record's change from one state to another."""
    version = after or before
    assert version is not None
    record = version.record or (before.record if before else None)
    old_path = before.path if before and after and before.path != after.path else None
    changes = differences(before.record, after.record) if before and after and before.record and after.record else ()
    title = record.title if record else None
    return RecordChange(version.address, version.kind, title, event_name(before, after), version.path, old_path, changes)


def changes_between(before: str, after: str | None, pairs: Iterable[tuple[Version | None, Version | None]]) -> Changes:
    """What changed, by address."""
    return Changes(before, after, tuple(record_change(old, new) for old, new in pairs))


def changes_of(old: Workspace, new: Workspace) -> tuple[RecordChange, ...]:
    """The records that differ in two workspaces that were read with one memory, by address: what they share is the same object."""
    kept = {id(one) for one in (*old.records, *old.series.values())} & {id(one) for one in (*new.records, *new.series.values())}
    pairs = paired(_versions(old, kept), _versions(new, kept))
    found = [record_change(before, after) for before, after in pairs if before is None or after is None or not before.is_same(after)]
    return tuple(sorted(found, key=lambda one: (one.address, one.path)))


def _versions(workspace: Workspace, kept: set[int]) -> Iterator[Version]:
    yield from (Version(one.kind.name, one.id, one.path, one) for one in workspace.records if id(one) not in kept)
    for series in workspace.series.values():
        if id(series) not in kept and "metric" in workspace.kinds:
            yield series_version(workspace.kinds["metric"], series)
    for path, address in workspace.unreadable.items():
        kind, _, name = address.partition("/")
        yield Version(kind, name, path, None)
