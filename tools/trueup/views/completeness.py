"""How much of what is written down a view could not take into account."""

from __future__ import annotations

from dataclasses import dataclass

from trueup.records.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Completeness:
    """``unreadable`` counts the files that cannot be read, or not whole: records, series, schemas, settings. ``faulty`` counts the
    other records with values that do not fit, which read as missing.

    What they hold is in no view: a goal that cannot be read makes a status look better than it is.
    """

    unreadable: int
    faulty: int

    @property
    def is_complete(self) -> bool:
        return not self.unreadable and not self.faulty


def completeness(workspace: Workspace) -> Completeness:
    """What of a workspace no view shows; ``check`` says what is wrong with it."""
    broken = {fault.path for fault in workspace.faults} | workspace.unreadable.keys()
    faulty = sum(1 for record in workspace.records if record.mismatches and record.path not in broken)
    return Completeness(len(broken), faulty)
