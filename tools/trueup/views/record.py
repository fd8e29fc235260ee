"""One record as a reader is shown it: its fields by their labels, whom it names, who names it, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.locale import Label
from trueup.records.kind import Field
from trueup.records.record import Record
from trueup.records.references import Reference
from trueup.records.source import Route
from trueup.records.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that is shown as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's values, by its label. ``group`` is draft, open, done or dropped for a status, else ``""``."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A record, or a part of it. ``found`` is False where there is none; ``status`` is the target's, as it is shown."""

    address: str
    title: str
    found: bool = True
    status: Choice | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping: fields within a field."""

    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A list of mappings under common columns. ``parts``: the id of each row, ``""`` where it has none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    parts: tuple[str, ...]


Value = Plain | Choice | Link | Many | Group | Grid


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field that has a value. ``name`` is the schema's, ``label`` the reader's."""

    name: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Relation:
    """Records that name this one in the same way, under what that is called from here ("Plans for this goal")."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything that there is to show of a record, in the reader's language. ``line`` counts from 1.

    ``data`` is the same fields for programs: values as they are written, but a reference is the address that it names.
    """

    address: str
    kind: str
    title: str
    path: str
    line: int
    status: Choice | None
    fields: tuple[FieldView, ...]
    data: Mapping[str, Any]
    body: str
    relations: tuple[Relation, ...]
    findings: tuple[Diagnostic, ...]


def record_view(record: Record, workspace: Workspace, findings: Sequence[Diagnostic], language: str) -> RecordView:
    """``findings`` are the record's own, those of its file included."""
    fields = _Fields(record, workspace, language)
    return RecordView(
        address=record.address,
        kind=record.kind.label.say(language),
        title=record.title,
        path=record.path,
        line=record.line,
        status=status_of(record, language),
        fields=tuple(fields.views()),
        data=fields.data(),
        body=record.body,
        relations=tuple(_relations(record, workspace, language)),
        findings=tuple(findings),
    )


def status_of(record: Record, language: str) -> Choice | None:
    """The status of a record; None where its kind has none or nothing is written."""
    name = record.kind.roles.get("status")
    value = record.status
    if not name or value is None:
        return None
    field = record.kind.field(name)
    return Choice(value, field.choice(value, language) if field else value, record.kind.group_of(value))


def link_to(address: str, workspace: Workspace, language: str) -> Link:
    """A link to a record or a part of one; to a record that can't be read, by its address."""
    record = workspace.record(address)
    if record is None:
        kind, _, name = address.partition("#")[0].partition("/")
        return Link(address, name or address, found=name in workspace.ids(kind))
    part = record.part(address.partition("#")[2]) if "#" in address else None
    title = (part.text("title") or part.text("text") or part.text("id") or "") if part else ""
    return Link(address, f"{record.title}: {title}" if title else record.title, status=status_of(record, language))


class _Fields:
    """The fields of one record; references are known by the route of the value that holds them."""

    def __init__(self, record: Record, workspace: Workspace, language: str) -> None:
        self._record = record
        self._workspace = workspace
        self._language = language
        self._references: dict[Route, list[Reference]] = defaultdict(list)
        for reference in workspace.references_from(record):
            if not reference.in_body and reference.state != "none":
                self._references[reference.route].append(reference)

    def views(self) -> Iterator[FieldView]:
        """The fields in the order of the schema, those that it does not know after them."""
        known = {field.name: field for field in self._record.kind.fields}
        for name in self._names():
            yield self._field(name, self._record.data[name], known.get(name), (name,))

    def data(self) -> dict[str, Any]:
        """The same fields as they are written, references as addresses."""
        return {name: self._addressed(self._record.data[name], (name,)) for name in self._names()}

    def _names(self) -> list[str]:
        data = self._record.data
        hidden = {self._record.kind.roles.get("title"), "ignore"}
        names = dict.fromkeys((*(field.name for field in self._record.kind.fields), *data))
        return [name for name in names if name in data and name not in hidden and data[name] not in (None, [], {})]

    def _addressed(self, value: Any, route: Route) -> Any:
        if isinstance(value, dict):
            return {key: self._addressed(one, (*route, key)) for key, one in value.items()}
        if isinstance(value, list):
            return [self._addressed(one, (*route, index)) for index, one in enumerate(value)]
        named = [one.target if one.kind and one.id else one.text for one in self._references.get(route, ()) if not one.ref.in_key]
        if len(named) > 1:
            return named
        return named[0] if named else value

    def _field(self, name: str, value: Any, field: Field | None, route: Route) -> FieldView:
        return FieldView(name, field.label.say(self._language) if field else name, self._value(value, field, route))

    def _value(self, value: Any, field: Field | None, route: Route) -> Value:
        references = self._references.get(route)
        if references and not references[0].ref.in_key:
            links = tuple(self._link(one) for one in references)
            return links[0] if len(links) == 1 else Many(links)
        if isinstance(value, list):
            return self._list(value, field, route)
        if isinstance(value, dict):
            return self._group(value, field, route)
        if isinstance(value, str) and field and (label := dict(field.choices).get(value)):
            is_status = field.name == "status" and len(route) == 1
            return Choice(value, label.say(self._language), self._record.kind.group_of(value) if is_status else "")
        return Plain(_written(value, self._language))

    def _link(self, reference: Reference) -> Link:
        if reference.state != "found":
            return Link(reference.target, reference.text, found=False)
        link = link_to(reference.target, self._workspace, self._language)
        own = reference.record == self._record.address and reference.part
        return Link(link.address, link.title.rpartition(": ")[2], link.found) if own else link

    def _group(self, value: Mapping[str, Any], field: Field | None, route: Route) -> Group:
        inner = {one.name: one for one in field.fields} if field else {}
        views: list[FieldView] = []
        for key, one in value.items():
            if one is None:
                continue
            view = self._field(key, one, inner.get(key), (*route, key))
            named = self._references.get((*route, key)) if key not in inner else None
            views.append(FieldView(key, named[0].text, view.value) if named and named[0].ref.in_key else view)
        return Group(tuple(views))

    def _list(self, value: Sequence[Any], field: Field | None, route: Route) -> Value:
        rows = [one for one in value if isinstance(one, dict)]
        if not rows or len(rows) != len(value) or not (field and field.fields):
            return Many(tuple(self._value(one, field, (*route, index)) for index, one in enumerate(value)))
        columns = [one for one in field.fields if any(row.get(one.name) is not None for row in rows)]
        extra = dict.fromkeys(name for row in rows for name in row if name not in {one.name for one in field.fields})
        fields = [*columns, *(Field(name, Label(name, name), Label("", "")) for name in extra)]
        cells = tuple(
            tuple(None if row.get(one.name) is None else self._value(row[one.name], one, (*route, index, one.name)) for one in fields)
            for index, row in enumerate(rows)
        )
        parts = tuple(str(row.get("id", "")) if route[-1] in self._record.kind.parts else "" for row in rows)
        return Grid(tuple(one.label.say(self._language) for one in fields), cells, parts)


def _written(value: Any, language: str) -> str:
    if isinstance(value, bool):
        words = {("en", True): "yes", ("en", False): "no", ("zh", True): "是", ("zh", False): "否"}
        return words[language, value]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _relations(record: Record, workspace: Workspace, language: str) -> Iterator[Relation]:
    """Who names this record, grouped by how; each record once in a group."""
    groups: dict[str, dict[str, Link]] = defaultdict(dict)
    for reference in workspace.pointing_at(record.address):
        link = link_to(reference.source.address, workspace, language)
        groups[relation_label(reference, language)].setdefault(link.address, link)
    for label, links in groups.items():
        yield Relation(label, tuple(links.values()))


def relation_label(reference: Reference, language: str) -> str:
    """What a reference is called from the other side; without words of the schema's own, the kind and the field."""
    if reference.in_body:
        return {"en": "Mentioned in", "zh": "正文提及"}[language]
    if reference.ref.inverse:
        return reference.ref.inverse.say(language)
    kind = reference.source.kind
    field = kind.field(reference.ref.field)
    return f"{kind.plural.say(language)} ({field.label.say(language) if field else reference.ref.field})"


def findings_by_place(diagnostics: Sequence[Diagnostic]) -> Mapping[str, list[Diagnostic]]:
    """Findings by the address of their record, and those that name none by their path."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in diagnostics:
        found[one.address or one.path].append(one)
    return found
