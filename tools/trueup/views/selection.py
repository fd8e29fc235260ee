"""Whose things are asked for: of some teams, of one person, or everybody's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.actions import team_and_below


@dataclass(frozen=True, slots=True)
class Selection:
    """``teams`` are addresses, those below included, None for all; ``person`` is an address, None for everybody."""

    teams: frozenset[str] | None = None
    person: str | None = None

    def has(self, people: Iterable[str | None], teams: Iterable[str | None]) -> bool:
        """Whether something belongs in that these people and teams, by address, answer for."""
        if self.person is not None and self.person not in people:
            return False
        return self.teams is None or not self.teams.isdisjoint(teams)

    def has_owner(self, owner: str | None, workspace: Workspace) -> bool:
        """Whether something belongs in by its owner alone."""
        return self.has((owner,), (team_of(owner, workspace),))


EVERYTHING = Selection()


def selection(workspace: Workspace, team: str | None = None, person: str | None = None) -> Selection:
    """What a team with the teams below it, or a person, answers for."""
    return Selection(team_and_below(workspace, team) if team else None, person)


def team_of(person: str | None, workspace: Workspace) -> str | None:
    """The team of a person, both by address."""
    record: Record | None = workspace.record(person) if person else None
    team = record.fields.text("team") if record else None
    return f"team/{team}" if team else None
