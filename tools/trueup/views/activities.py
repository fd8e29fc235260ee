"""Training, role swaps and team building: what there was, what is coming, and who had no part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trueup.records.record import Record
from trueup.records.workspace import Workspace

# Who took part in nothing for so many days is worth a thought: half a year.
RECENT_DAYS = 183


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. ``last`` is its last day; people and teams are addresses, and ``participants`` are those that it names."""

    address: str
    title: str
    type: str
    first: date | None
    last: date | None
    host: str | None
    participants: tuple[str, ...]
    teams: tuple[str, ...]
    skills: tuple[str, ...]
    outcome: str | None
    cost: float | None

    @property
    def people(self) -> tuple[str, ...]:
        """Who has part in it: whoever hosts it does, named among the participants or not."""
        return tuple(dict.fromkeys((*([self.host] if self.host else []), *self.participants)))


@dataclass(frozen=True, slots=True)
class Share:
    """What a person or a team had part in during the last 183 days, in numbers, and the skills that it brought."""

    address: str
    training: int
    role_swaps: int
    team_building: int
    skills: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.training + self.role_swaps + self.team_building


@dataclass(frozen=True, slots=True)
class Activities:
    """``past`` latest first, ``recent`` those of the last 183 days, ``coming`` soonest first.

    ``without``: people who are there and had part in nothing recently.
    """

    past: tuple[Activity, ...]
    recent: tuple[Activity, ...]
    coming: tuple[Activity, ...]
    people: tuple[Share, ...]
    teams: tuple[Share, ...]
    without: tuple[str, ...]


def activities(workspace: Workspace, today: date) -> Activities:
    """All activities; one without a date is neither past nor coming and is left out."""
    every = [_activity(record) for record in workspace.of_kind("activity")]
    past = sorted((one for one in every if one.first and one.first <= today), key=lambda one: (one.first, one.address), reverse=True)
    coming = sorted((one for one in every if one.first and one.first > today), key=lambda one: (one.first, one.address))
    since = date.fromordinal(max(1, today.toordinal() - RECENT_DAYS))
    recent = [one for one in past if (one.last or one.first or since) >= since]
    here = [person for person in workspace.of_kind("person") if not (left := person.fields.date("left_on")) or left >= today]
    members = {person.address: f"team/{person.fields.text('team')}" for person in here}
    people = tuple(_share(person.address, [one for one in recent if person.address in one.people]) for person in here)
    teams = tuple(
        _share(team.address, [one for one in recent if _had_part(team.address, one, members)]) for team in workspace.of_kind("team")
    )
    return Activities(tuple(past), tuple(recent), tuple(coming), people, teams, tuple(one.address for one in people if not one.total))


def _activity(record: Record) -> Activity:
    host = record.fields.text("host")
    return Activity(
        address=record.address,
        title=record.title,
        type=record.fields.text("type") or "",
        first=record.fields.date("date"),
        last=record.fields.date("until") or record.fields.date("date"),
        host=f"person/{host}" if host else None,
        participants=tuple(f"person/{name}" for name in record.fields.texts("participants")),
        teams=tuple(f"team/{name}" for name in record.fields.texts("teams")),
        skills=record.fields.texts("skills"),
        outcome=record.fields.text("outcome"),
        cost=record.fields.number("cost"),
    )


def _had_part(team: str, one: Activity, members: dict[str, str]) -> bool:
    return team in one.teams or any(members.get(person) == team for person in one.people)


def _share(address: str, found: list[Activity]) -> Share:
    counts = {name: sum(1 for one in found if one.type == name) for name in ("training", "role-swap", "team-building")}
    skills = tuple(sorted({skill for one in found for skill in one.skills}))
    return Share(address, counts["training"], counts["role-swap"], counts["team-building"], skills)
