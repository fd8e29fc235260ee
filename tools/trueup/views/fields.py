"""The fields of a record as a reader is shown them: labels for names, and values by what the schema says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from trueup.locale import Label, translator
from trueup.records.kind import Field
from trueup.records.record import Record
from trueup.records.references import Reference
from trueup.records.source import Route
from trueup.views.names import Names, part_title
from trueup.views.values import WEB, Choice, Column, FieldView, Grid, Group, Link, Many, Number, Plain, Value, Web

# For the program and not for a reader.
_NOT_SHOWN = "ignore"


class Fields:
    """The fields of one record; references are known by the route of the value that holds them."""

    def __init__(self, record: Record, names: Names) -> None:
        self._record = record
        self._names = names
        self._references: dict[Route, list[Reference]] = {}
        for reference in names.workspace.references_from(record):
            if not reference.in_body:
                self._references.setdefault(reference.route, []).append(reference)

    def views(self) -> Iterator[FieldView]:
        """The fields that have a value, in the order of the schema, those that it does not know after them.

        Left out are the title and the status, which are shown apart.
        """
        data, kind = self._record.data, self._record.kind
        hidden = {_NOT_SHOWN, *(kind.roles.get(role) for role in ("title", "status") if self._record.role(role))}
        known = {field.name for field in kind.fields}
        for field in (*kind.fields, *(_unknown(name) for name in data if name not in known)):
            if field.name not in hidden and not _is_empty(data.get(field.name)):
                yield FieldView(field.name, field.label.say(self._names.language), self.value(data[field.name], (field.name,), field))

    def view(self, field: Field) -> Value | None:
        """The value of one of the record's own fields; None where there is none."""
        value = self._record.data.get(field.name)
        return None if _is_empty(value) else self.value(value, (field.name,), field)

    def value(self, value: Any, route: Route, field: Field | None) -> Value:
        """The value that stands at ``route``."""
        references = self._references.get(route)
        if references and not references[0].ref.in_key:
            named = tuple(map(self._names.reference, references))
            return named[0] if len(named) == 1 else Many(named)
        if isinstance(value, str):
            if field is not None and field.choices:
                return self._names.choice(self._record.kind, field, value, of_item=len(route) > 1)
            return Web(value) if WEB.fullmatch(value) else Plain(value)
        if isinstance(value, bool):
            _ = translator(self._names.language)
            return Choice(value, _("yes") if value else _("no"))
        if isinstance(value, int | float):
            return Choice(value, field.choice(value, self._names.language)) if field and field.choices else Number(value)
        if isinstance(value, list):
            return self._list(value, route, field)
        return self._group(value, route, field) if isinstance(value, dict) else Plain("")

    def _list(self, items: Sequence[Any], route: Route, field: Field | None) -> Value:
        if items and all(isinstance(one, dict) for one in items):
            return self._grid(items, route, field)
        return Many(tuple(self.value(one, (*route, index), field) for index, one in enumerate(items)))

    def _grid(self, items: Sequence[Mapping[str, Any]], route: Route, field: Field | None) -> Grid:
        used = dict.fromkeys(name for item in items for name, value in item.items() if not _is_empty(value))
        known = {one.name: one for one in field.fields if one.name in used} if field else {}
        columns = (*known.values(), *(_unknown(name) for name in used if name not in known))
        rows = tuple(tuple(self._cell(item, (*route, index), one) for one in columns) for index, item in enumerate(items))
        return Grid(tuple(Column(one.name, one.label.say(self._names.language), is_number(one)) for one in columns), rows)

    def _cell(self, item: Mapping[str, Any], route: Route, field: Field) -> Value | None:
        value = item.get(field.name)
        return None if _is_empty(value) else self.value(value, (*route, field.name), field)

    def _group(self, value: Mapping[str, Any], route: Route, field: Field | None) -> Group:
        inside = {one.name: one for one in field.fields} if field else {}
        return Group(tuple(self._inner(key, one, (*route, key), inside.get(key)) for key, one in value.items() if not _is_empty(one)))

    def _inner(self, name: str, value: Any, route: Route, field: Field | None) -> FieldView:
        """A field of a mapping. Its name may be a record's id, or of a part of the record that this one is about."""
        shown = self.value(value, route, field)
        if field is not None:
            return FieldView(name, field.label.say(self._names.language), shown)
        references = self._references.get(route)
        named = self._names.reference(references[0]) if references and references[0].ref.in_key else self._part_of_subject(name)
        return FieldView(name, name, shown, named if isinstance(named, Link) else None)

    def _part_of_subject(self, name: str) -> Link | None:
        """The part, of a record that this one refers to, that goes by ``name``: the key results in a check-in."""
        subject = self._subjects.get(name)
        part = subject.part(name) if subject else None
        return Link(f"{subject.address}#{name}", "", part_title(part)) if subject and part else None

    @cached_property
    def _subjects(self) -> dict[str, Record]:
        """By the id of a part, the first record with such a part that this one refers to."""
        named = dict.fromkeys(found[0].record for found in self._references.values() if found[0].state == "found")
        records = [record for address in named if (record := self._names.workspace.record(address))]
        return {part: record for record in reversed(records) for part in record.parts()}


def is_number(field: Field) -> bool:
    """Whether a field holds numbers and nothing else, so that they can stand below each other."""
    return bool(field.types) and set(field.types) <= {"number", "integer"} and not field.choices


def _unknown(name: str) -> Field:
    """A field that the schema says nothing of."""
    return Field(name, Label(name, name), Label("", ""))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
