"""What a schema says of a kind: its files and ids, its fields, its references, and which field plays which part."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trueup.locale import Label
from trueup.records.paths import Files, IdRule, files_of, id_rule
from trueup.records.pointer import local_reference
from trueup.records.validate import USUAL_LOOKS, pattern_test

ROLES = ("title", "status", "date", "owner", "start", "due")
STATE_GROUPS = ("draft", "open", "done", "dropped")

# A step of a path through a record's data: a field's name, or any item of a list or value of a mapping.
EACH = "*"


@dataclass(frozen=True, slots=True)
class Ref:
    """How a field names other records (``x-ref``)."""

    steps: tuple[str, ...]
    kinds: tuple[str, ...]
    parts: tuple[str, ...] = ()
    by: str = "id"
    in_key: bool = False
    split: str = ""
    format: str = ""
    fold: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    only: Callable[[str], bool] | None = None
    addressed: bool = False
    acyclic: bool = False
    inverse: Label | None = None

    @property
    def field(self) -> str:
        return self.steps[0] if self.steps else ""

    def formatted(self, text: str) -> str:
        """``text`` as the target would write it: ``7`` is ``rfc-0007`` in the format ``rfc-{:04}``."""
        if not self.format:
            return text
        before, _, rest = self.format.partition("{")
        width, _, after = rest.partition("}")
        return before + text.zfill(int(width[1:] or 0) if width else 0) + after

    def folded(self, text: str) -> str:
        """A name as it is compared: without the case and the prefixes that do not count."""
        if not self.fold:
            return text
        text = text.casefold()
        for prefix in self.fold:
            text = text.removeprefix(prefix.casefold())
        return text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind, as people are shown it."""

    name: str
    label: Label
    description: Label
    types: tuple[str, ...] = ()
    choices: tuple[tuple[str, Label], ...] = ()
    format: str = ""
    required: bool = False
    many: bool = False
    reference: bool = False
    unique: bool = False
    examples: tuple[Any, ...] = ()
    fields: tuple[Field, ...] = ()
    # A schema may allow thousands of values, and a record hold as many: each is looked up in the same time.
    _labels: dict[str, Label] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_labels", dict(reversed(self.choices)))

    def choice(self, value: object, language: str) -> str:
        """A value of the field as it is shown: its label where the schema gives one."""
        label = self._labels.get(value) if isinstance(value, str) else None
        return label.say(language) if label else str(value)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of record. ``schema`` judges one record; ``path`` is where the schema came from, for messages.

    ``looks`` is how much work it can be to judge one value (see endless.py).
    """

    name: str
    label: Label
    plural: Label
    description: Label
    icon: str
    files: Files
    id_rule: IdRule
    layout: str
    body: str
    sections: tuple[str, ...]
    roles: Mapping[str, str]
    states: Mapping[str, tuple[str, ...]]
    transitions: Mapping[str, tuple[str, ...]]
    columns: tuple[str, ...]
    parts: tuple[str, ...]
    fields: tuple[Field, ...]
    references: tuple[Ref, ...]
    unique: tuple[str, ...]
    schema: Mapping[str, Any]
    path: str
    built_in: bool
    looks: int
    # The group of each state that has been asked for: it is asked for every record by many rules and views.
    _groups: dict[str | None, str] = dataclasses.field(default_factory=dict, repr=False)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def group_of(self, status: str | None) -> str:
        """Which of draft, open, done and dropped a status belongs to; ``open`` where the kind does not say.

        A state that ends with ``*`` stands for all that begin so: ``Inactive (*`` for ``Inactive (superseded by 12)``.
        """
        found = self._groups.get(status)
        if found is None:
            found = next((group for group, states in self.states.items() if any(_is_state(status, one) for one in states)), "open")
            self._groups[status] = found
        return found


def _is_state(status: str | None, state: str) -> bool:
    return status == state or (status is not None and state.endswith("*") and status.startswith(state[:-1]))


def kind_from(schema: dict[str, Any], path: str, *, built_in: bool, looks: int = USUAL_LOOKS) -> Kind:
    """Compiles a schema whose annotations have been checked. Raises ValueError for a glob, pattern or path template that
    can't be used, EndlessSchema where there is no end to the fields."""
    about = schema["x-kind"]
    name = about["name"]
    schema = _with_common_fields(schema)
    root = _Root(schema)
    fields = tuple(_fields(schema, root, 0))
    names = {field.name for field in fields}
    rule = id_rule(about.get("id"))
    label = _label(about.get("label")) or Label(schema.get("title", name), schema.get("title", name))
    return Kind(
        name=name,
        label=label,
        plural=_label(about.get("plural")) or label,
        description=_described(schema),
        icon=about.get("icon", "file-document-outline"),
        files=files_of(about["files"]),
        id_rule=rule,
        layout=about.get("records", "file"),
        body=about.get("body", "optional"),
        sections=tuple(about.get("sections", ())),
        roles={role: about.get(role, role) for role in ROLES if role in about or role in names},
        states={group: tuple(about.get("states", {}).get(group, ())) for group in STATE_GROUPS},
        transitions={state: tuple(to) for state, to in about.get("transitions", {}).items()},
        columns=tuple(about.get("columns", ())),
        parts=tuple(about.get("parts", ())),
        fields=fields,
        references=tuple(_refs(schema, root, (), 0)),
        unique=tuple(field.name for field in fields if field.unique),
        schema=schema,
        path=path,
        built_in=built_in,
        looks=looks,
    )


# Fields that every kind takes (kinds.md); a schema that forbids unknown fields need not repeat them.
_COMMON: dict[str, Any] = {
    "tags": {"type": "array", "items": {"type": "string"}},
    "links": {"type": "array", "items": {"type": "object"}},
    "external": {"type": "object"},
    "ignore": {"type": "object", "additionalProperties": {"type": "string", "minLength": 3}},
}


def _with_common_fields(schema: dict[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    if schema.get("additionalProperties", True) is not False or _COMMON.keys() <= properties.keys():
        return schema
    return {**schema, "properties": {**properties, **{name: one for name, one in _COMMON.items() if name not in properties}}}


# Deeper than any record can be read, so a schema that refers to itself ends here.
_DEEPEST = 8

_MOST_STEPS = 50_000


class EndlessSchema(ValueError):
    """A schema that refers to itself in so many places that there is no end to its fields."""


class _Root:
    """The whole schema, and how many steps may still be taken in it."""

    __slots__ = ("left", "schema")

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.left = _MOST_STEPS

    def resolved(self, schema: Any) -> dict[str, Any]:
        """A sub-schema with its local reference followed; what stands beside the reference wins."""
        self.left -= 1
        if self.left < 0:
            raise EndlessSchema
        seen = 0
        while isinstance(schema, dict) and "$ref" in schema and seen < _DEEPEST:
            target = local_reference(self.schema, schema)
            schema = {**_mapping(target), **{name: value for name, value in schema.items() if name != "$ref"}}
            seen += 1
        return _mapping(schema)


def _fields(schema: dict[str, Any], root: _Root, depth: int) -> Iterator[Field]:
    if depth > _DEEPEST:
        return
    required = schema.get("required", ())
    for name, written in _mapping(schema.get("properties")).items():
        yield _field(name, root.resolved(written), root, depth, name in required)


def _field(name: str, one: dict[str, Any], root: _Root, depth: int, required: bool) -> Field:
    items = root.resolved(one.get("items"))
    many = bool(items)
    inner = items or one
    label = _label(one.get("x-label"))
    types = one.get("type", ())
    return Field(
        name=name,
        label=label or Label(one.get("title", name), one.get("title", name)),
        description=_described(one),
        types=(types,) if isinstance(types, str) else tuple(types),
        choices=_choices(inner),
        format=inner.get("format", ""),
        required=required,
        many=many,
        reference="x-ref" in one or "x-ref" in inner,
        unique=one.get("x-unique") is True,
        examples=tuple(one.get("examples", ())),
        fields=tuple(_fields(inner, root, depth + 1)),
    )


def _choices(schema: dict[str, Any]) -> tuple[tuple[str, Label], ...]:
    labels = _mapping(schema.get("x-enum-labels"))
    return tuple((value, _label(labels.get(value)) or Label(value, value)) for value in schema.get("enum", ()) if isinstance(value, str))


def _refs(schema: dict[str, Any], root: _Root, steps: tuple[str, ...], depth: int) -> Iterator[Ref]:
    """Every reference that a record can hold, with the way to it."""
    if depth > _DEEPEST * 2:
        return
    if "x-ref" in schema:
        yield replace(_ref(schema["x-ref"], steps), inverse=_label(schema.get("x-inverse")), acyclic=schema.get("x-acyclic") is True)
    for name, written in _mapping(schema.get("properties")).items():
        yield from _refs(root.resolved(written), root, (*steps, name), depth + 1)
    for inside in ("items", "additionalProperties"):
        if isinstance(schema.get(inside), dict):
            yield from _refs(root.resolved(schema[inside]), root, (*steps, EACH), depth + 1)


def _ref(value: str | list[str] | dict[str, Any], steps: tuple[str, ...]) -> Ref:
    if isinstance(value, str):
        return Ref(steps, (value,))
    if isinstance(value, list):
        return Ref(steps, tuple(value), addressed=True)
    kinds = _several(value["kind"])
    only = value.get("only")
    return Ref(
        steps=steps,
        kinds=kinds,
        parts=_several(value.get("part", ())),
        by=value.get("as", "id"),
        in_key=value.get("in") == "key",
        split=value.get("split", ""),
        format=value.get("format", ""),
        fold=_several(value.get("fold", ())),
        none=_several(value.get("none", ())),
        only=pattern_test(only) if only else None,
        addressed=len(kinds) > 1,
    )


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _label(value: Any) -> Label | None:
    return Label(value["en"], value["zh"]) if isinstance(value, dict) and {"en", "zh"} <= value.keys() else None


def _described(schema: dict[str, Any]) -> Label:
    english = str(schema.get("description", ""))
    return Label(english, _mapping(schema.get("x-description")).get("zh", english))
