"""What is not the same in two states of a workspace: records added, removed, moved, and changed field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trueup.history.difference import FieldChange, differences
from trueup.history.versions import Version
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
