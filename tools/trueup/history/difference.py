"""What is different between two states of a record, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trueup.records.record import Record

BODY = "body"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that is not what it was. ``field`` is its name, of a value within others with dots: ``need.statement``.

    Within an item that has an id, ``list`` and ``part`` say of which list and which item; without ``field`` it is the whole item.
    ``before`` and ``after`` are plain data; None is where there is no value. The text below the fields is the field ``body``.
    """

    field: str
    before: Any
    after: Any
    list: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """The change's place in one word, as ``--field`` takes it: ``tasks.pilot.due``."""
        return ".".join(filter(None, (self.list, self.part, self.field)))

    def concerns(self, name: str) -> bool:
        """Whether it is a change of a field, of a value in it, or of the same field of an item."""
        return self.name == name or self.name.startswith(name + ".") or (bool(self.part) and self.field == name)


def differences(before: Record, after: Record) -> tuple[FieldChange, ...]:
    """The changes from one state to the other, fields in the order in which they are written, the text last."""
    found = list(_of_mappings(before.data, after.data, ""))
    if before.body.strip() != after.body.strip():
        found.append(FieldChange(BODY, before.body, after.body))
    return tuple(found)


def of_mappings(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """The changes from one mapping of plain data to another."""
    return tuple(_of_mappings(before, after, ""))


def _of_mappings(before: Mapping[str, Any], after: Mapping[str, Any], above: str) -> Iterator[FieldChange]:
    for name in (*before, *(one for one in after if one not in before)):
        yield from _of_values(before.get(name), after.get(name), above + name)


def _of_values(before: Any, after: Any, name: str) -> Iterator[FieldChange]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_mappings(before, after, name + ".")
    elif _has_items(before or []) and _has_items(after or []) and (before or after):
        yield from _of_items(_by_id(before or []), _by_id(after or []), name)
    else:
        yield FieldChange(name, before, after)


def _of_items(before: dict[str, Any], after: dict[str, Any], name: str) -> Iterator[FieldChange]:
    if list(before) != list(after) and before.keys() == after.keys() and before == after:
        yield FieldChange(name, list(before), list(after))
    for part in (*before, *(one for one in after if one not in before)):
        old, new = before.get(part), after.get(part)
        if old is None or new is None:
            yield FieldChange("", old, new, name, part)
            continue
        for one in _of_mappings(old, new, ""):
            yield FieldChange(one.field or one.list, one.before, one.after, name, part)


def _has_items(value: Any) -> bool:
    """Whether a value is a list of mappings that each have an id of their own."""
    if not isinstance(value, list):
        return False
    names = [one.get("id") for one in value if isinstance(one, dict)]
    return len(names) == len(value) and all(isinstance(name, str | int) for name in names) and len(set(names)) == len(names)


def _by_id(items: list[Any]) -> dict[str, Any]:
    return {str(item["id"]): item for item in items}
