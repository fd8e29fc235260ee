"""What a view reads records by: those that have happened up to a day, and the addresses that the fields of one name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace


def named_in(workspace: Workspace, record: Record) -> dict[Route, str]:
    """The addresses that a record names, parts included, by the routes of the values that name them."""
    return {one.route: one.target for one in workspace.references_from(record) if one.state == "found" and not one.in_body}


def named_by(named: Mapping[Route, str], field: str) -> tuple[str, ...]:
    """The addresses under one field of the record itself, in the order in which they are written."""
    return tuple(dict.fromkeys(target for route, target in named.items() if route[:1] == (field,) and len(route) <= 2))


def whole(address: str) -> str:
    """The record's address without the part."""
    return address.partition("#")[0]


def happened(workspace: Workspace, kind: str, today: date) -> Iterator[tuple[Record, date | None]]:
    """The records of a kind with their days, without those that are dated after today; one without a day has happened."""
    for record in workspace.of_kind(kind):
        day = record.fields.date("date")
        if day is None or day <= today:
            yield record, day
