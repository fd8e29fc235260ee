"""What follows from a workspace on a day, each worked out once, when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.actions import Actions, actions
from trueup.views.decisions import Decisions, decisions
from trueup.views.evidence import Evidence, evidence
from trueup.views.feedback import Feedback, feedback
from trueup.views.goals import Goals, goals
from trueup.views.lessons import Lessons, lessons
from trueup.views.schedule import Schedule, schedule


@dataclass(frozen=True, eq=False)
class Derived:
    """The views that others are made from: a figure that two of them show is taken from the same place."""

    workspace: Workspace
    today: date

    @cached_property
    def workdays(self) -> Workdays:
        """The working days of the workspace, without anybody's own days off."""
        return Workdays(self.workspace.config.calendar)

    @cached_property
    def goals(self) -> Goals:
        """Where every goal stands."""
        return goals(self.workspace, self.today)

    @cached_property
    def schedule(self) -> Schedule:
        """When the work of the open plans will be done."""
        return schedule(self.workspace, self.today)

    @cached_property
    def actions(self) -> Actions:
        """What somebody has promised to do."""
        return actions(self.workspace, self.today)

    @cached_property
    def feedback(self) -> Feedback:
        """What users have said, and how far it has come."""
        return feedback(self.workspace, self.today)

    @cached_property
    def decisions(self) -> Decisions:
        """What was decided, and what must be looked at again."""
        return decisions(self.workspace, self.today)

    @cached_property
    def evidence(self) -> Evidence:
        """From what was seen to what is measured."""
        return evidence(self.workspace, self.decisions, self.feedback)

    @cached_property
    def lessons(self) -> Lessons:
        """What was learned, and what became of it."""
        return lessons(self.workspace, self.actions)
