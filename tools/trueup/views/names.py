"""What records, their parts and their states are called by the readers of one language."""

from __future__ import annotations

from dataclasses import dataclass, field

from trueup.locale.days import written
from trueup.records.kind import Field, Kind
from trueup.records.record import Item, Record
from trueup.records.references import Reference
from trueup.records.workspace import Workspace
from trueup.views.values import Choice, Link, Plain, tone_of

# The fields that say what an item is; the first that it has is its name.
NAMING = ("title", "text", "problem", "name")

# Fields whose values are states in every kind, beside the one that a schema calls its status.
_STATES = ("status", "health")


@dataclass(frozen=True, eq=False)
class Names:
    """Remembers what it has looked up, as the same people and goals are named again and again."""

    workspace: Workspace
    language: str
    _links: dict[str, Link] = field(default_factory=dict)

    def title(self, record: Record) -> str:
        """What people call a record. One of a kind without titles goes by what it is about, and its day."""
        subject = self.subject(record)
        if subject is None:
            return record.title
        return f"{subject.title} · {self.day(record)}"

    def day(self, record: Record) -> str:
        """The day of a record, as people write it; as it stands there where it is none."""
        day = record.fields.date(record.kind.roles.get("date", ""))
        return written(day, self.language) if day else record.role("date") or ""

    def subject(self, record: Record) -> Record | None:
        """What a record is about that has a day and no title, as a check-in; None for any other."""
        if "title" in record.kind.roles or not record.role("date"):
            return None
        about = next(iter(self.workspace.references_from(record)), None)
        found = self.workspace.record(about.record) if about and about.state == "found" else None
        return found if found is not None and "title" in found.kind.roles else None

    def link(self, record: Record, part: Item | None = None) -> Link:
        """A link to a record or to an item of it; to an item that has no id, by the address of the whole."""
        if part is None:
            return Link(record.address, self.title(record))
        name = part.text("id")
        return Link(f"{record.address}#{name}" if name else record.address, self.title(record), part_title(part))

    def reference(self, reference: Reference) -> Link | Plain:
        """What a reference names; plain text where it says that there is nobody."""
        if reference.state == "none":
            return Plain(reference.text)
        if reference.state != "found":
            return Link(reference.target if reference.kind and reference.id else reference.text, reference.text, found=False)
        whole = self._links.get(reference.record) or self._whole(reference.record)
        if not reference.part:
            return whole
        own = reference.record == reference.source.address
        record = reference.source if own else self.workspace.record(reference.record)
        part = record.part(reference.part, reference.ref.parts) if record else None
        return Link(reference.target, "" if own else whole.title, part_title(part) if part else reference.part)

    def owner_of(self, address: str) -> str | None:
        """The person who answers for a part of a record, or else for the record, by address; None where nobody is named."""
        record = self.workspace.record(address)
        if record is None:
            return None
        part = record.part(address.partition("#")[2]) if "#" in address else None
        name = (part.text("owner") if part else None) or record.fields.text("owner")
        return f"person/{name}" if name else None

    def _whole(self, address: str) -> Link:
        """A link to a record by its address; one that can't be read goes by its id."""
        record = self.workspace.record(address)
        link = self._links[address] = self.link(record) if record else Link(address, address.partition("/")[2])
        return link

    def status(self, record: Record) -> Choice | None:
        """The status of a record; None where its kind has none or nothing is written."""
        name = record.kind.roles.get("status")
        return self.state(record.kind, record.kind.field(name), record.status) if name and record.status is not None else None

    def standing(self, record: Record, part: Item | None = None) -> Choice | None:
        """How a record, or an item of it, stands: its own status, else the record's, else the health that it tells of."""
        if part is not None and (value := part.text("status")):
            whole = record.kind.field(str(part.route[0]))
            inner = next((one for one in whole.fields if one.name == "status"), None) if whole else None
            return self.state(None, inner, value)
        health = record.fields.text("health")
        return self.status(record) or (self.state(record.kind, record.kind.field("health"), health) if health else None)

    def state(self, kind: Kind | None, among: Field | None, value: str) -> Choice:
        """A state by its label. ``kind`` is None for a state of an item. A value that the field does not allow does not look like one."""
        if among is not None and among.choices and all(value != name for name, _label in among.choices):
            return Choice(value, value, "unknown")
        return Choice(value, among.choice(value, self.language) if among else value, tone_of(kind, value))

    def choice(self, kind: Kind, among: Field, value: str, *, of_item: bool) -> Choice:
        """One of the values that a field allows, as a state where the field holds states."""
        if among.name in _STATES or among.name == kind.roles.get("status"):
            return self.state(None if of_item else kind, among, value)
        return Choice(value, among.choice(value, self.language))


def part_title(part: Item) -> str:
    """What a task, a key result or an action is called: its title or its text, else its id."""
    for name in NAMING:
        if text := part.text(name):
            return text
    return part.text("id") or ""
