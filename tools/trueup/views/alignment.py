"""Who has a plan for what: open goals against teams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.derived import Derived
from trueup.views.goals import Goal
from trueup.views.named import named_by, named_in, whole
from trueup.views.selection import team_of

# A plan that is over serves a goal no more, and one that was dropped never did.
_COUNTING = ("open", "draft")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a team has to do with a goal. ``plans`` are the addresses of its plans for it that are open or drafts, by id;
    ``done`` counts those that are finished, ``below`` those of either kind for goals below this one. ``is_named``: the goal
    names the team; ``is_owner``: one of its two owners is in it.
    """

    team: str
    plans: tuple[str, ...]
    done: int
    below: int
    is_named: bool
    is_owner: bool

    @property
    def is_gap(self) -> bool:
        """Whether the goal counts on the team and nothing is planned there."""
        return (self.is_named or self.is_owner) and not (self.plans or self.done or self.below)


@dataclass(frozen=True, slots=True)
class Row:
    """An open goal with a cell for each team, in the order of ``Alignment.teams``."""

    goal: str
    title: str
    depth: int
    cells: tuple[Cell, ...]

    @property
    def is_gap(self) -> bool:
        """Whether no team has anything planned for it or for a goal below it."""
        return not any(cell.plans or cell.below for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Alignment:
    """``teams`` are addresses, by title. ``rows`` are the goals that are open, as the tree of goals has them; ``aimless`` are the
    addresses of the open plans that serve no goal."""

    teams: tuple[str, ...]
    rows: tuple[Row, ...]
    aimless: tuple[str, ...]


def alignment(derived: Derived) -> Alignment:
    """The matrix of the day of ``derived``; linear in the plans and in goals times teams."""
    workspace = derived.workspace
    teams = tuple(one.address for one in sorted(workspace.of_kind("team"), key=lambda one: (one.title, one.address)))
    served = _Served()
    aimless: list[str] = []
    for plan in sorted(workspace.of_kind("plan"), key=lambda one: one.id):
        goals = {whole(address) for address in named_by(named_in(workspace, plan), "goals")}
        if plan.kind.group_of(plan.status) == "open" and not goals:
            aimless.append(plan.address)
        for goal in goals:
            served.add(goal, _team(plan, workspace), plan)
    for one in reversed(derived.goals.goals):
        # From below: in the tree each goal comes before those below it.
        if one.parent is not None:
            served.lift(one.address, one.parent, teams)
    rows = tuple(
        Row(one.address, one.title, one.depth, tuple(served.cell(one, team, workspace) for team in teams))
        for one in derived.goals.goals
        if one.group == "open"
    )
    return Alignment(teams, rows, tuple(aimless))


@dataclass(frozen=True, eq=False, slots=True)
class _Served:
    """The plans for each pair of a goal and a team: those that count, those that are done, those for goals below."""

    counting: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)
    done: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)
    below: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)

    def add(self, goal: str, team: str | None, plan: Record) -> None:
        group = plan.kind.group_of(plan.status)
        if group in _COUNTING:
            self.counting.setdefault((goal, team), []).append(plan.address)
        elif group == "done":
            self.done.setdefault((goal, team), []).append(plan.address)

    def lift(self, goal: str, above: str, teams: Iterable[str]) -> None:
        for team in teams:
            found = {*self.counting.get((goal, team), ()), *self.done.get((goal, team), ()), *self.below.get((goal, team), ())}
            if found:
                self.below.setdefault((above, team), set()).update(found)

    def cell(self, goal: Goal, team: str, workspace: Workspace) -> Cell:
        key = (goal.address, team)
        owners = {team_of(owner, workspace) for owner in (goal.product_owner, goal.operations_owner)}
        return Cell(
            team=team,
            plans=tuple(self.counting.get(key, ())),
            done=len(self.done.get(key, ())),
            below=len(self.below.get(key, ())),
            is_named=team in goal.teams,
            is_owner=team in owners,
        )


def _team(plan: Record, workspace: Workspace) -> str | None:
    """The team of a plan: the one that it names, else its owner's."""
    team, owner = plan.fields.text("team"), plan.fields.text("owner")
    return f"team/{team}" if team else team_of(f"person/{owner}" if owner else None, workspace)
