"""Who is to agree to a change of each file: the people who answer for what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trueup.records.workspace import Workspace
from trueup.views.responsibility import answering


@dataclass(frozen=True, slots=True)
class Owned:
    """A file and the addresses of the people to be asked, in the order in which its records name them."""

    path: str
    people: tuple[str, ...]


def owners(workspace: Workspace, today: date) -> tuple[Owned, ...]:
    """The files that somebody answers for, by path. For a team its lead does; whoever has left is not asked."""
    found: dict[str, dict[str, None]] = {}
    for record in workspace.records:
        for one in answering(workspace, record):
            if (person := _person(workspace, one)) and _is_there(workspace, person, today):
                found.setdefault(record.path, {})[person] = None
    return tuple(Owned(path, tuple(people)) for path, people in sorted(found.items()))


def _person(workspace: Workspace, address: str) -> str | None:
    record = workspace.record(address)
    if record is None or record.kind.name == "person":
        return address if record else None
    lead = record.fields.text("lead")
    return f"person/{lead}" if lead and workspace.record(f"person/{lead}") else None


def _is_there(workspace: Workspace, person: str, today: date) -> bool:
    record = workspace.record(person)
    left = record.fields.date("left_on") if record else None
    return left is None or left >= today
