"""A record, and reading its values without knowing the dictionaries behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from trueup.diagnostic import Position, Problem
from trueup.locale import Text
from trueup.records.dates import date_of
from trueup.records.explain import Mismatch
from trueup.records.kind import Kind
from trueup.records.source import Route, Source


@dataclass(frozen=True, eq=False)
class Record:
    """One thing that somebody wrote down. It may be faulty: ``mismatches`` says where it does not fit its schema."""

    kind: Kind
    id: str
    route: Route
    data: Mapping[str, Any]
    source: Source
    mismatches: tuple[Mismatch, ...] = ()

    @cached_property
    def address(self) -> str:
        return f"{self.kind.name}/{self.id}"

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def body(self) -> str:
        return self.source.body

    @property
    def line(self) -> int:
        """Where the record begins, from 1: a whole file's first line, or its own within a file of several."""
        return self.source.position(self.route, key=True).line if self.route else 1

    @cached_property
    def fields(self) -> Item:
        return Item(self, (), self.data)

    @property
    def title(self) -> str:
        """What people call it; its id where it has no title."""
        return self.role("title") or self.id

    @cached_property
    def status(self) -> str | None:
        return self.role("status")

    @property
    def is_draft(self) -> bool:
        return self.kind.group_of(self.status) == "draft" and bool(self.kind.states["draft"])

    def role(self, role: str) -> str | None:
        """The text of the field that plays a part: title, status, date, owner, start, due."""
        name = self.kind.roles.get(role)
        return self.fields.text(name) if name else None

    @cached_property
    def _lists(self) -> dict[str, tuple[Item, ...]]:
        """The items of the lists that somebody has asked for."""
        return {}

    @cached_property
    def _parts(self) -> dict[str, dict[str, Item]]:
        """The items of lists that somebody has asked for, by their ids."""
        return {}

    def items(self, name: str) -> tuple[Item, ...]:
        if name not in self.data:
            return ()
        found = self._lists.get(name)
        if found is None:
            found = self._lists[name] = self.fields.items(name)
        return found

    def item_at(self, route: Route) -> Item | None:
        """The item of a list that a route leads through: the task that holds a reference."""
        if len(route) < 2 or not isinstance(route[1], int):
            return None
        item = self.data[str(route[0])][route[1]]
        return Item(self, route[:2], item) if isinstance(item, dict) else None

    def part(self, name: str, lists: tuple[str, ...] = ()) -> Item | None:
        """The item with an id of its own, looked for in ``lists`` or in all lists that have such items."""
        return next((found for one in lists or self.kind.parts if (found := self._by_id(one).get(name)) is not None), None)

    def parts(self, lists: tuple[str, ...] = ()) -> Iterator[str]:
        """The ids of the items that have one, each once."""
        for one in lists or self.kind.parts:
            yield from reversed(self._by_id(one))

    def _by_id(self, name: str) -> dict[str, Item]:
        """The items of a list by their ids, of an id that is used twice the first: every look-up takes the same time."""
        found = self._parts.get(name)
        if found is None:
            found = self._parts[name] = {part: item for item in reversed(self.items(name)) if (part := item.text("id"))}
        return found

    def position(self, route: Route, *, key: bool = False) -> Position:
        return self.source.position((*self.route, *route), key=key)

    def problem(self, message: Text, hint: Text | None = None, route: Route = (), *, at_key: bool = False) -> Problem:
        return Problem(self.path, self.position(route, key=at_key), message, hint, self.address)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A mapping within a record: the record itself, a task, a key result. A value of the wrong type reads as missing."""

    record: Record
    route: Route
    data: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        value = self.data.get(name)
        if isinstance(value, str):
            return value
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def number(self, name: str) -> float | None:
        value = self.data.get(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def date(self, name: str) -> date | None:
        return date_of(self.data.get(name))

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.data.get(name)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def items(self, name: str) -> tuple[Item, ...]:
        value = self.data.get(name)
        if not isinstance(value, list):
            return ()
        return tuple(Item(self.record, (*self.route, name, index), one) for index, one in enumerate(value) if isinstance(one, dict))

    def inside(self, name: str) -> Item | None:
        """The mapping under ``name``."""
        value = self.data.get(name)
        return Item(self.record, (*self.route, name), value) if isinstance(value, dict) else None

    def problem(self, name: str, message: Text, hint: Text | None = None) -> Problem:
        return self.record.problem(message, hint, (*self.route, name))
