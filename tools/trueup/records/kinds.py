"""The kinds of a workspace: those that come with trueup, and the ones its own schemas add or replace."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from trueup.diagnostic import START, Fault
from trueup.locale import Text, msg
from trueup.records.config import data_folder
from trueup.records.endless import MOST_LOOKS, heaviest, most_looks
from trueup.records.explain import Mismatch
from trueup.records.kind import EndlessSchema, Kind, Ref, kind_from
from trueup.records.nearest import did_you_mean
from trueup.records.pointer import pointer
from trueup.records.source import Route, read_source
from trueup.records.text import LARGEST_FILE
from trueup.records.tree import Tree, Unreadable
from trueup.records.unusable import TYPES
from trueup.records.validate import BrokenSchema, Gate, pattern_test
from trueup.records.wording import plain

SCHEMA_FOLDER = "schemas"
SCHEMA_ENDING = ".schema.json"
CONFIG_SCHEMA = "trueup" + SCHEMA_ENDING

# The order in which kinds are listed: from the goals to the people.
BUILT_IN = (
    "goal", "plan", "metric", "feedback", "study", "decision", "cadence",
    "meeting", "checkin", "retro", "activity", "scorecard", "team", "person",
)  # fmt: skip


def read_kinds(tree: Tree) -> tuple[dict[str, Kind], list[Fault]]:
    """The kinds by name, built-in ones first. A schema that can't be used is a fault; a built-in kind stays as it was."""
    texts = built_in_schemas()
    kinds = {name: kind_from(json.loads(texts[name]), f"{name}{SCHEMA_ENDING}", built_in=True) for name in BUILT_IN}
    faults: list[Fault] = []
    own: dict[str, bytes] = {}
    for path, entry in tree.files([SCHEMA_FOLDER]).items():
        if path != SCHEMA_FOLDER and (not path.endswith(SCHEMA_ENDING) or path == f"{SCHEMA_FOLDER}/{CONFIG_SCHEMA}"):
            continue
        if entry == "closed":
            faults.append(Fault("unreadable-file", path, START, msg("the folder cannot be opened"), msg("look at its permissions")))
            continue
        if entry != "file":
            faults.append(Fault("not-a-file", path, START, msg("this is not a regular file"), msg("put the schema itself in its place")))
            continue
        raw = tree.read(path)
        if isinstance(raw, Unreadable):
            faults.append(Fault("unreadable-file", path, START, raw.message, raw.hint))
            continue
        if raw == texts.get(path.removeprefix(SCHEMA_FOLDER + "/").removesuffix(SCHEMA_ENDING)):
            continue
        kind, found = read_kind(path, raw)
        faults.extend(found)
        if kind is not None:
            if kind.name in kinds and not kinds[kind.name].built_in:
                message = msg('the kind "{name}" is defined twice; the first is in {path}', name=kind.name, path=kinds[kind.name].path)
                faults.append(Fault("invalid-schema", path, START, message, msg("give one of them another name")))
                continue
            if taken := _taken_table(kind, kinds):
                message = msg('"{name}" would be the name of two tables', name=taken)
                faults.append(Fault("invalid-schema", path, START, message, msg("give the kind, or its list, another name")))
                continue
            kinds[kind.name] = kind
            own[path] = raw
    faults.extend(_unknown_kinds(own, kinds))
    return kinds, faults


# The tables of ``trueup query`` that are no kind's; no kind can be called so.
OTHER_TABLES = ("reference", "finding", "point")


def _taken_table(kind: Kind, kinds: dict[str, Kind]) -> str | None:
    """A name that a kind, or one of its lists, would have as a table, where there is a table of that name."""
    taken = {table.casefold() for other in kinds.values() if other.name != kind.name for table in _tables(other)} | {*OTHER_TABLES}
    for table in _tables(kind):
        if table.casefold() in taken:
            return table
        taken.add(table.casefold())
    return None


def _tables(kind: Kind) -> tuple[str, ...]:
    return kind.name, *(f"{kind.name}_{part}" for part in kind.parts)


@cache
def built_in_schemas() -> dict[str, bytes]:
    folder = data_folder() / SCHEMA_FOLDER
    return {name: (folder / (name + SCHEMA_ENDING)).read_bytes() for name in BUILT_IN}


def read_kind(path: str, raw: bytes) -> tuple[Kind | None, list[Fault]]:
    """A schema file as a kind; None and the reasons where it can't be one."""
    if len(raw) > LARGEST_FILE:
        return None, [Fault("too-large", path, START, msg("the file is larger than 1 MiB"))]
    source = read_source(path, raw, markdown=False)
    if source.faults:
        return None, [Fault("invalid-schema", path, fault.position, fault.message, fault.hint) for fault in source.faults]
    if source.data is None:
        return None, [Fault("invalid-schema", path, START, msg("the file is empty"), msg("write a JSON Schema"))]

    def fault(route: Route, message: Text, hint: Text | None = None, *, at_key: bool = False) -> Fault:
        return Fault("invalid-schema", path, source.position(route, key=at_key), message, hint)

    if not isinstance(source.data, dict):
        return None, [fault((), msg("a schema must be a mapping of fields"))]
    if "x-kind" not in source.data:
        return None, [
            fault((), msg('the schema says nothing of its kind: "x-kind" is missing'), msg('add "x-kind" with "name" and "files"'))
        ]
    if _excludes_mappings(source.data.get("type")):
        message = msg('a record is a mapping of fields, and this schema asks for "{type}"', type=plain(source.data["type"]))
        return None, [fault(("type",), message, msg('write "type": "object"; "records" under "x-kind" is for lists of records'))]
    sub_schemas = dict(_sub_schemas(source.data, ()))
    faults = [fault(route + one.route, one.message, one.hint, at_key=one.at_key) for route, one in _wrong_annotations(sub_schemas)]
    faults += [fault((*route, "$ref"), message, hint) for route, message, hint in _wrong_references(sub_schemas)]
    faults += [fault((*route, "x-ref", "only"), one.message, one.hint) for route, one in _wrong_patterns(sub_schemas)]
    if faults:
        return None, faults
    try:
        Gate(source.data)
        looks = most_looks(source.data, sub_schemas.values())
        if looks > MOST_LOOKS:
            raise EndlessSchema
        kind = kind_from(source.data, path, built_in=False, looks=looks * heaviest(sub_schemas.values()))
    except BrokenSchema as error:
        reason = error.reason
        return None, [fault(reason.route, reason.message, reason.hint, at_key=reason.at_key)]
    except EndlessSchema:
        return None, [fault((), msg("the schema refers to itself, or chooses, in so many ways that a check might never end"), _SIMPLER)]
    except ValueError as error:
        return None, [fault(("x-kind",), msg("a path or pattern in the schema cannot be used: {reason}", reason=str(error)))]
    if kind.name in OTHER_TABLES or kind.name.startswith("sqlite_"):
        message = msg('no kind can be called "{name}", which is the name of a table of its own', name=kind.name)
        return None, [fault(("x-kind", "name"), message, msg("give the kind another name"))]
    return kind, [fault(route, message, hint) for route, message, hint in _wrong_names(kind)]


def _excludes_mappings(types: Any) -> bool:
    """Whether a top schema's types, which there are, leave no record possible."""
    several = types if isinstance(types, list) else [types]
    return bool(types) and "object" not in several and all(isinstance(one, str) and one in TYPES for one in several)


@cache
def _annotations() -> Any:
    from pathlib import Path

    return json.loads((Path(__file__).parent / "annotations.schema.json").read_bytes())


def _wrong_annotations(sub_schemas: dict[Route, dict[str, Any]]) -> Iterator[tuple[Route, Mismatch]]:
    """Every ``x-…`` that is unknown or has a value it can't have, at any depth."""
    rules = _annotations()
    names = list(rules["properties"])
    gate = Gate(rules)
    for route, here in sub_schemas.items():
        written = {name: value for name, value in here.items() if name.startswith("x-")}
        for name in written:
            if wrong := _misplaced(name, names, route, here):
                yield route, Mismatch("invalid-schema", (name,), *wrong, at_key=True)
        for mismatch in gate.mismatches({name: value for name, value in written.items() if name in names}):
            yield route, mismatch


def _misplaced(name: str, names: list[str], route: Route, here: dict[str, Any]) -> tuple[Text, Text | None] | None:
    """Why an annotation means nothing where it stands: a reference that is never followed must not look like one that is."""
    nothing = msg('"{name}" has no effect here', name=name)
    if name not in names:
        return msg('there is no annotation "{name}" here', name=name), did_you_mean(name, names)
    if name == "x-kind" and route:
        return nothing, msg("write it at the top of the schema")
    if name == "x-unique" and len(route) != 2:
        return nothing, msg("only a field of the record itself can be unique")
    if name in ("x-ref", "x-inverse", "x-acyclic") and not _describes(route):
        return nothing, msg("write it at the field itself, beside its alternatives")
    if name in ("x-inverse", "x-acyclic") and not here.keys() & {"x-ref", "$ref"}:
        return nothing, msg('write it beside the "x-ref" that it is about')
    return None


def _describes(route: Route) -> bool:
    """Whether the sub-schema at a route says what a field is; the other ones only judge its value."""
    if not route:
        return True
    if route[0] in ("properties", "$defs", "definitions"):
        return _describes(route[2:])
    return route[0] in ("items", "additionalProperties") and _describes(route[1:])


_SIMPLER = msg('use fewer "anyOf", "oneOf", "allOf" and "$ref" within each other')


def _wrong_references(sub_schemas: dict[Route, dict[str, Any]]) -> Iterator[tuple[Route, Text, Text]]:
    """References that lead to a place where no schema is looked for, and where nothing has been checked."""
    places = {tuple(map(str, route)) for route in sub_schemas}
    for route, here in sub_schemas.items():
        target = here.get("$ref")
        if isinstance(target, str) and target.startswith("#") and pointer(target) not in places:
            yield route, msg('"{target}" leads to no schema', target=target), msg('write the schema under "$defs": "#/$defs/name"')


def _wrong_patterns(sub_schemas: dict[Route, dict[str, Any]]) -> Iterator[tuple[Route, Mismatch]]:
    """Patterns of our own annotations that cannot be used; those of JSON Schema are the validator's to refuse."""
    for route, here in sub_schemas.items():
        ref = here.get("x-ref")
        pattern = ref.get("only") if isinstance(ref, dict) else None
        try:
            if isinstance(pattern, str):
                pattern_test(pattern)
        except BrokenSchema as error:
            yield route, error.reason


_HOLDS_ONE = (
    "items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties", "propertyNames", "contains", "not", "if", "then", "else",
)  # fmt: skip


def _sub_schemas(schema: Any, route: Route) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Every schema within a schema, itself first. A file is never read deep enough for this to go too deep."""
    if not isinstance(schema, dict):
        return
    yield route, schema
    for name in ("properties", "$defs", "definitions", "patternProperties", "dependentSchemas"):
        inside = schema.get(name)
        if isinstance(inside, dict):
            for key, value in inside.items():
                yield from _sub_schemas(value, (*route, name, key))
    for name in _HOLDS_ONE:
        yield from _sub_schemas(schema.get(name), (*route, name))
    for name in ("oneOf", "anyOf", "allOf", "prefixItems"):
        inside = schema.get(name)
        if isinstance(inside, list):
            for index, value in enumerate(inside):
                yield from _sub_schemas(value, (*route, name, index))


def _wrong_names(kind: Kind) -> Iterator[tuple[Route, Text, Text | None]]:
    """Fields that the annotations name and the schema does not have."""
    names = [field.name for field in kind.fields]
    about = kind.schema["x-kind"]
    wanted: list[tuple[Route, str]] = [(("x-kind", role), about[role]) for role in kind.roles if role in about]
    wanted += [(("x-kind", "columns", index), name) for index, name in enumerate(kind.columns)]
    wanted += [(("x-kind", "parts", index), name) for index, name in enumerate(kind.parts)]
    if kind.id_rule.form == "field":
        wanted.append((("x-kind", "id"), kind.id_rule.field))
    for route, name in wanted:
        if names and name not in names and name != "id":
            known = [*names, "stem", "parent"] if route == ("x-kind", "id") else names
            yield route, msg('the schema has no field "{name}"', name=name), did_you_mean(name, known)


def _unknown_kinds(own: Mapping[str, bytes], kinds: dict[str, Kind]) -> Iterator[Fault]:
    """References of the workspace's own schemas to kinds that do not exist, or by fields that those do not have."""
    for kind in kinds.values():
        if kind.path not in own or all(_is_known(ref, kinds) for ref in kind.references):
            continue
        # Where each of them stands is only looked for in a schema that has one.
        path, source = kind.path, read_source(kind.path, own[kind.path], markdown=False)
        for route, here in _sub_schemas(source.data, ()):
            for place, name, by in _referred(here.get("x-ref")):
                field = _field_name(route)
                at = source.position((*route, "x-ref", *place))
                if name not in kinds:
                    message = msg('the field "{field}" refers to the kind "{name}", which does not exist', field=field, name=name)
                    yield Fault("invalid-schema", path, at, message, did_you_mean(name, kinds))
                elif by not in ("id", "path") and kinds[name].field(by) is None:
                    fields = [one.name for one in kinds[name].fields]
                    message = msg('the field "{field}" refers to the "{by}" of a {name}, which has none', field=field, by=by, name=name)
                    at = source.position((*route, "x-ref", "as"))
                    yield Fault("invalid-schema", path, at, message, did_you_mean(by, ["id", "path", *fields]))


def _is_known(ref: Ref, kinds: dict[str, Kind]) -> bool:
    return all(name in kinds and (ref.by in ("id", "path") or kinds[name].field(ref.by) is not None) for name in ref.kinds)


def _referred(ref: Any) -> Iterator[tuple[Route, str, str]]:
    """The kinds that an ``x-ref`` names: where within it, the name, and by which field their records are named."""
    inside: Route = ("kind",) if isinstance(ref, dict) else ()
    by = ref.get("as", "id") if isinstance(ref, dict) else "id"
    names = ref.get("kind") if isinstance(ref, dict) else ref
    if isinstance(names, str):
        yield inside, names, by
    for index, name in enumerate(names if isinstance(names, list) else ()):
        yield (*inside, index), name, by


def _field_name(route: Route) -> str:
    """The field of the record, or the definition, that a sub-schema belongs to."""
    return str(next((route[at + 1] for at, step in enumerate(route[:-1]) if step in ("properties", "$defs", "definitions")), "record"))
