"""What follows from a workspace on a day, each worked out once, when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Derived:
    """The views that others are made from: a figure that two of them show is taken from the same place."""

    workspace: Workspace
    today: date

    @cached_property
    def workdays(self) -> Workdays:
        """The working days of the workspace, without anybody's own days off."""
        return Workdays(self.workspace.config.calendar)
