"""Who answers for what: what each person and each team says of itself, and the goals, plans and metrics that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.happenings import answers_for
from trueup.views.named import named_in


@dataclass(frozen=True, slots=True)
class Responsible:
    """A person or a team. ``what`` is the role of the one or the mission of the other, in its own words; None where it has none.

    ``contact`` is whom to ask: the lead of a team, the person itself. ``answers_for`` are the open goals and plans, and the
    metrics, that name it as their owner or their team.
    """

    address: str
    title: str
    what: str | None
    team: str | None
    contact: str | None
    skills: tuple[str, ...]
    channel: str | None
    answers_for: tuple[str, ...]


def responsibilities(workspace: Workspace, kind: str, today: date) -> tuple[Responsible, ...]:
    """All teams or all people who are there, by their names."""
    owned: dict[str, dict[str, None]] = {}
    for address, owner in _owners(workspace):
        owned.setdefault(owner, {})[address] = None
    records = [record for record in workspace.of_kind(kind) if not (left := record.fields.date("left_on")) or left >= today]
    records.sort(key=lambda record: (record.title.casefold(), record.address))
    return tuple(_responsible(workspace, record, tuple(owned.get(record.address, ()))) for record in records)


def answering(workspace: Workspace, record: Record) -> Iterator[str]:
    """The people and the teams that a record names as its owners, its teams and those who decided it, as far as they are known."""
    people, teams = answers_for(record)
    deciders = (f"person/{name}" for name in record.fields.texts("deciders"))
    yield from (one for one in (*people, *teams, *deciders) if one and workspace.record(one) is not None)


def _owners(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Each open goal and plan with the people and the teams that answer for it, and each metric with its owner."""
    for kind in ("goal", "plan"):
        for record in workspace.of_kind(kind):
            if record.kind.group_of(record.status) == "open":
                people, teams = answers_for(record)
                yield from ((record.address, one) for one in (*people, *teams) if one)
    for record in workspace.of_kind("metric"):
        if owner := record.fields.text("owner"):
            yield record.address, f"person/{owner}"


def _responsible(workspace: Workspace, record: Record, owned: tuple[str, ...]) -> Responsible:
    named, fields = named_in(workspace, record), record.fields
    is_team = record.kind.name == "team"
    return Responsible(
        address=record.address,
        title=record.title,
        what=fields.text("mission" if is_team else "role"),
        team=named.get(("parent" if is_team else "team",)),
        contact=named.get(("lead",)) if is_team else record.address,
        skills=fields.texts("skills"),
        channel=fields.text("channel"),
        answers_for=owned,
    )
