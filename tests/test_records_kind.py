"""Kinds as schemas define them: which files are theirs, which fields they have, and what a hostile schema gets."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from conftest import Written
from trueup.records.kind import EACH, Kind
from trueup.records.kinds import BUILT_IN, built_in_schemas, read_kind
from trueup.records.paths import files_of, id_rule
from trueup.views.tables import ask

Write = Callable[[Mapping[str, str | bytes]], Written]

PATH = "schemas/incident.schema.json"


def kind_of(schema: dict[str, Any]) -> tuple[Kind | None, list[str]]:
    kind, faults = read_kind(PATH, json.dumps(schema, ensure_ascii=False).encode())
    return kind, [f"{one.rule}: {one.message}" for one in faults]


def incident(properties: dict[str, Any] | None = None, **about: Any) -> dict[str, Any]:
    about = {"name": "incident", "files": ["incidents/**/*.md"], **about}
    return {"x-kind": about, "type": "object", "properties": properties or {"title": {"type": "string"}}}


def read(schema: dict[str, Any]) -> Kind:
    kind, faults = kind_of(schema)
    assert faults == []
    assert kind is not None
    return kind


def refused(schema: dict[str, Any]) -> list[str]:
    start = time.process_time()
    kind, faults = kind_of(schema)
    assert time.process_time() - start < 2
    assert kind is None
    return faults


# --- Globs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("globs", "inside", "outside"),
    [
        (["plans/*.md"], ["plans/a.md", "plans/.md"], ["plans/a/b.md", "plans/a.mdx", "xplans/a.md", "plans/a.md\n", "plans/a.MD"]),
        (["plans/**/*.md"], ["plans/a.md", "plans/a/b/c.md"], ["plans.md", "plans/a.yaml", "a/plans/b.md"]),
        (["**/*.md"], ["a.md", "a/b/c.md"], ["a.txt"]),
        (["plans/**"], ["plans/a", "plans/a/b.c"], ["plans", "plan/a"]),
        (["a?c.md"], ["abc.md", "a标c.md"], ["ac.md", "abbc.md", "a/c.md"]),
        (["[ab].md"], ["a.md", "b.md"], ["c.md", "ab.md"]),
        (["[!ab].md"], ["c.md"], ["a.md"]),
        (["{plans,goals}/*.{md,yaml}"], ["plans/a.md", "goals/b.yaml"], ["teams/a.md", "plans/a.txt", "{plans,goals}/a.md"]),
        (["{a,{b,c}}.md"], ["a.md", "b.md", "c.md"], ["d.md"]),
        (["a.b+c(d)|e$^.md"], ["a.b+c(d)|e$^.md"], ["aXb+c(d)|e$^.md", "a.bbc(d)|e$^.md"]),
        (["x/*.md", "!x/README.md", "!x/old/**"], ["x/a.md"], ["x/README.md"]),
        (["团队/**/*.md"], ["团队/一/二.md"], ["团/一.md"]),
    ],
)
def test_files_of__matches(globs: list[str], inside: list[str], outside: list[str]) -> None:
    files = files_of(globs)
    for path in inside:
        assert files.match(path), path
    for path in outside:
        assert not files.match(path), path


@pytest.mark.parametrize(
    ("globs", "folders"),
    [
        (["plans/**/*.md", "plans/*.yaml"], ("plans",)),
        (["team/people/*.yaml"], ("team/people",)),
        (["{a,b}/c/*.md"], ("a/c", "b/c")),
        (["*.md"], ("",)),
        (["a/*/c/*.md"], ("a",)),
        (["a/b.md"], ("a",)),
        (["!a/**", "b/*.md"], ("b",)),
    ],
)
def test_files_of__looks_only_where_something_can_be(globs: list[str], folders: tuple[str, ...]) -> None:
    assert files_of(globs).folders == folders


@pytest.mark.parametrize(
    "glob",
    [
        "../elsewhere/*.md",
        "a/../../b.md",
        "./a.md",
        "a//b.md",
        "{..,a}/b.md",
        "[z-a].md",
        "{" + ",".join("abcdefghij") + "}" + "{" + ",".join("abcdefghij") + "}" + "{" + ",".join("abcdefghij") + "}",
        "{" + "," * 500_000 + "}",
        "{a,b}" * 1000,
    ],
)
def test_files_of__glob_that_cannot_be_used(glob: str) -> None:
    start = time.process_time()
    with pytest.raises(ValueError, match=r"."):
        files_of([glob])
    assert time.process_time() - start < 1


def test_files_of__match_takes_linear_time() -> None:
    files = files_of(["**/" * 20 + "*a*a*a*a*a*a*a*a*a*a.md"])
    start = time.process_time()
    assert not files.match("a/" * 2000 + "a" * 250)
    assert time.process_time() - start < 1


# --- Ids -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "path", "name"),
    [
        (None, "goals/2026-q4.md", "2026-q4"),
        ("stem", "goals/a.b.yaml", "a.b"),
        ("stem", "goals/.md", ".md"),
        ("parent", "proposals/0042-name/meta.yaml", "0042-name"),
        ("parent", "meta.yaml", "meta"),
        ("code", "goals/a.md", "a"),
        ({"path": "teams/{team}/{org}/{name}.yaml", "id": "{org}/{name}"}, "teams/x/acme/bo.yaml", "acme/bo"),
        ({"path": "teams/{team}/{org}/{name}.yaml", "id": "{org}/{name}"}, "teams/x.yaml", "x"),
        ({"path": "{number}-{slug}.md", "id": "{number}"}, "0042-a-name.md", "0042"),
        ({"path": "a.b/{name}.md", "id": "n-{name}"}, "a.b/x.md", "n-x"),
        ({"path": "a.b/{name}.md", "id": "n-{name}"}, "aXb/x.md", "x"),
    ],
)
def test_id_rule__from_path(rule: Any, path: str, name: str) -> None:
    assert id_rule(rule).from_path(path) == name


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("{a}.md", "{b}"),
        ("{a}/{a}.md", "{a}"),
        ("{a}{b}{c}.md", "{a}"),
        ("{a.md", "x"),
        ("{a}.md", "{a}}"),
        ("{a}.md", "{a.__class__}"),
        ("{a}.md", "{a!r}"),
        ("{a}.md", "{0}"),
        ("a}.md", "x"),
    ],
)
def test_id_rule__path_template_that_cannot_be_used(path: str, template: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        id_rule({"path": path, "id": template})


# --- What a schema says ----------------------------------------------------------------------------------------------


def test_built_in_kinds__are_all_there_and_say_what_they_are() -> None:
    for name in BUILT_IN:
        kind, faults = read_kind(f"schemas/{name}.schema.json", built_in_schemas()[name])
        assert faults == []
        assert kind is not None
        assert kind.name == name
        assert kind.label.en
        assert kind.label.zh
        assert kind.label.zh != kind.label.en
        for column in kind.columns:
            assert column == "id" or kind.field(column)


def test_built_in_kinds__no_field_is_a_word_that_yaml_1_1_reads_as_a_boolean() -> None:
    def names(schema: Any) -> set[str]:
        if isinstance(schema, dict):
            own = set(schema.get("properties", ())) if isinstance(schema.get("properties"), dict) else set()
            return own.union(*map(names, schema.values()))
        return set().union(*map(names, schema)) if isinstance(schema, list) else set()

    for text in built_in_schemas().values():
        assert not {"on", "off", "yes", "no", "y", "n"} & {name.lower() for name in names(json.loads(text))}


def test_kind__from_the_least_that_a_schema_must_say() -> None:
    kind = read({"x-kind": {"name": "incident", "files": ["incidents/*.md"]}})
    assert (kind.name, str(kind.label.zh), kind.layout, kind.body, kind.built_in) == ("incident", "incident", "file", "optional", False)
    assert kind.group_of("anything") == "open"
    assert kind.roles == {}


def test_kind__fields_roles_states_and_labels() -> None:
    schema = incident(
        {
            "title": {"type": "string", "x-label": {"en": "Title", "zh": "标题"}},
            "status": {"enum": ["open", "shut"], "x-enum-labels": {"shut": {"en": "Shut", "zh": "关闭"}}},
            "who": {"type": "array", "items": {"type": "string", "x-ref": "person"}},
            "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
            "when": {"type": ["string", "null"], "format": "date", "x-unique": True},
        },
        label={"en": "Incident", "zh": "事故"},
        date="when",
        states={"open": ["open"], "done": ["shut"]},
        transitions={"open": ["shut"]},
        columns=["title", "when"],
        parts=["steps"],
    )
    schema["$defs"] = {"step": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "plan": {"x-ref": "plan"}}}}
    kind = read(schema)
    assert kind.label.zh == kind.plural.zh == "事故"
    assert kind.roles == {"title": "title", "status": "status", "date": "when"}
    assert (kind.group_of("open"), kind.group_of("shut"), kind.group_of("lost"), kind.group_of(None)) == ("open", "done", "open", "open")
    status, who, steps, when = (kind.field(name) for name in ("status", "who", "steps", "when"))
    assert status and who and steps and when
    assert [status.choice(value, "zh") for value in ("open", "shut", "lost")] == ["open", "关闭", "lost"]
    assert (who.many, who.reference, steps.many, when.unique, when.types, when.format) == (
        True,
        True,
        True,
        True,
        ("string", "null"),
        "date",
    )
    assert [(field.name, field.required) for field in steps.fields] == [("id", True), ("plan", False)]
    assert [(ref.steps, ref.kinds) for ref in kind.references] == [
        (("who", EACH), ("person",)),
        (("steps", EACH, "plan"), ("plan",)),
    ]
    assert kind.unique == ("when",)


def test_kind__common_fields_need_not_be_repeated() -> None:
    schema = incident()
    schema["additionalProperties"] = False
    assert {"tags", "links", "external", "ignore"} <= {field.name for field in read(schema).fields}


def test_kind__tree_of_itself_is_followed_as_deep_as_a_record_can_be_read() -> None:
    schema = incident({"owner": {"x-ref": "person"}, "children": {"type": "array", "items": {"$ref": "#"}}})
    del schema["type"]
    steps = {ref.steps for ref in read(schema).references}
    assert ("owner",) in steps
    assert ("children", EACH, "children", EACH, "children", EACH, "owner") in steps


# --- What a schema may not say ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"type": "object"}, 'the schema says nothing of its kind: "x-kind" is missing'),
        ({"x-kind": {"name": "incident"}}, 'the field "files" is missing'),
        (incident(name="Incident"), '"Incident" does not have the form that "name" needs'),
        (incident(fiels=[]), 'there is no field "fiels" here'),
        (incident(files=[]), '"files" needs at least 1 items'),
        (incident(files=["/etc/*.md"]), '"/etc/*.md" does not have the form that "files" needs'),
        (incident(files=["../*.md"]), "a path or pattern in the schema cannot be used: ../*.md"),
        (incident(id={"path": "{a}.md", "id": "{a}}"}), "a path or pattern in the schema cannot be used: {a}.md"),
        (incident({"a": {"x-reff": "person"}}), 'there is no annotation "x-reff" here'),
        (incident({"a": {"x-ref": 5}}), '"x-ref" must be text, a list, a mapping of fields, not a whole number'),
        (incident({"a": {"x-ref": {"kind": "person", "format": "{b}-{}"}}}), '"{b}-{}" does not have the form that "format" needs'),
        (
            incident({"a": {"x-ref": {"kind": "person", "only": "(?=x)"}}}),
            '"(?=x)" is not a pattern that can be used',
        ),
        ({**incident(), "type": "array"}, 'a record is a mapping of fields, and this schema asks for "array"'),
        ({**incident(), "type": ["string", "null"]}, 'a record is a mapping of fields, and this schema asks for "[…]"'),
        (incident({"a": {"type": "strin"}}), 'there is no type "strin"'),
        (incident({"a": {"pattern": "("}}), '"(" is not a pattern that can be used'),
        (incident({"a": {"$ref": "http://127.0.0.1:1/x"}}), '"http://127.0.0.1:1/x" leads out of this file'),
        (incident({"a": {"$ref": "file:///etc/passwd"}}), '"file:///etc/passwd" leads out of this file'),
        (incident({"a": {"$ref": "#/$defs/nowhere"}}), '"#/$defs/nowhere" leads to no schema'),
        (incident({"a": {"$ref": "#/x-kind"}}), '"#/x-kind" leads to no schema'),
        (
            incident({"a": {"$ref": "#/properties/a/examples/0", "examples": [{"x-ref": 5}]}}),
            '"#/properties/a/examples/0" leads to no schema',
        ),
        (incident({"a": {"$ref": "#anchor"}}), '"#anchor" leads to no schema'),
        (incident({"a": {}}, columns=["b"]), None),
    ],
)
def test_read_kind__schema_that_cannot_be_used(schema: dict[str, Any], message: str | None) -> None:
    kind, faults = kind_of(schema)
    if message is None:
        assert kind is not None
        assert faults == ['invalid-schema: the schema has no field "b"']
        return
    assert kind is None
    assert faults[0].startswith(f"invalid-schema: {message}")


@pytest.mark.parametrize("inside", ["definitions", "$defs", "patternProperties", "dependentSchemas"])
def test_read_kind__annotations_are_judged_wherever_a_reference_leads(inside: str) -> None:
    schema = incident({"a": {"$ref": f"#/{inside}/b"}})
    schema[inside] = {"b": {"x-ref": 5}}
    assert '"x-ref"' in refused(schema)[0]


def test_read_kind__place_of_what_is_wrong() -> None:
    lines = [
        "{",
        '  "x-kind": {"name": "incident", "files": ["i/*.md"]},',
        '  "properties": {',
        '    "a": {"type": "strin"},',
        '    "a": {"x-reff": 1}',
        "  }",
        "}",
    ]

    def places(*lines: str) -> list[tuple[int, int, str]]:
        _, faults = read_kind(PATH, "\n".join(lines).encode())
        return [(one.position.line, one.position.column, str(one.message)[:30]) for one in faults]

    assert places(*lines) == [(5, 5, 'the field "a" is written twice')]
    assert places(*lines[:3], '    "a": {"x-reff": 1}', *lines[5:]) == [(4, 11, 'there is no annotation "x-reff')]
    assert places(*lines[:3], '    "a": {"type": "strin"}', *lines[5:]) == [(4, 19, 'there is no type "strin"')]
    assert places(*lines[:3], '    "a": {"type": ["string", "nul"]}', *lines[5:]) == [(4, 30, 'there is no type "nul"')]
    assert places(*lines[:3], '    "a": {"$ref": "b.json"}', *lines[5:]) == [(4, 19, '"b.json" leads out of this fil')]
    assert places(*lines[:3], '    "a": {"minLength": "3"}', *lines[5:]) == [(4, 24, '"minLength" must be a whole nu')]
    assert places(*lines[:3], '    "a": {"pattern": "("}', *lines[5:]) == [(4, 22, '"(" is not a pattern that can ')]
    only = '    "a": {"x-ref": {"kind": "person", "only": "(?=x)"}}'
    assert places(*lines[:3], only, *lines[5:]) == [(4, 47, '"(?=x)" is not a pattern that ')]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is empty"),
        (b"[]", "a schema must be a mapping of fields"),
        (b"5", "a schema must be a mapping of fields"),
        (b"{", 'a list in "[" or a mapping in "{" is never closed'),
        (b"\xff", "the file is not UTF-8"),
        (b"&a {b: *a}", 'the text "&a" is a YAML anchor or alias, which is not allowed'),
        (b"x" * ((1 << 20) + 1), "the file is larger than 1 MiB"),
    ],
)
def test_read_kind__file_that_is_no_schema(raw: bytes, message: str) -> None:
    kind, faults = read_kind(PATH, raw)
    assert kind is None
    assert str(faults[0].message) == message


def chain(steps: int, width: int, *, inside: str = "allOf") -> dict[str, Any]:
    """``steps`` definitions, each naming the next one ``width`` times."""
    definitions: dict[str, Any] = {f"d{step}": {inside: [{"$ref": f"#/$defs/d{step + 1}"}] * width} for step in range(steps)}
    return {**incident(), "$defs": {**definitions, f"d{steps}": {"type": "string"}}, "$ref": "#/$defs/d0"}


ENDLESS = "invalid-schema: the schema refers to itself, or chooses, in so many ways that a check might never end"


@pytest.mark.parametrize(
    "schema",
    [
        chain(8, 4, inside="anyOf"),
        chain(60, 2),
        chain(60, 2, inside="oneOf"),
        incident({"a": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}}),
        incident({"a": {"items": {"oneOf": [{"$ref": "#"}, {"$ref": "#/properties/a"}, {"$ref": "#/properties/a/items"}]}}}),
        incident({"a": {"$ref": "#"}, "b": {"$ref": "#"}, "c": {"$ref": "#"}}),
        incident({name: {"additionalProperties": {"$ref": "#"}} for name in "abcdefgh"}),
    ],
)
def test_read_kind__schema_that_would_take_for_ever(schema: dict[str, Any]) -> None:
    assert refused(schema) == [ENDLESS]


@pytest.mark.parametrize(
    "schema",
    [
        {**incident(), "$ref": "#"},
        {**incident(), "allOf": [{"$ref": "#"}]},
        incident({"a": {"$ref": "#"}}),
        incident({"left": {"items": {"$ref": "#"}}, "right": {"items": {"$ref": "#"}}}),
        chain(40, 1),
        chain(3, 4, inside="anyOf"),
        incident({f"field{number}": {"anyOf": [{"type": "string"}, {"type": "integer"}]} for number in range(300)}),
    ],
)
def test_read_kind__schema_that_comes_back_to_itself_and_ends(schema: dict[str, Any]) -> None:
    start = time.process_time()
    read(schema)
    assert time.process_time() - start < 2


# --- The schemas of a workspace --------------------------------------------------------------------------------------

INCIDENT = json.dumps(incident({"title": {"type": "string"}, "owner": {"x-ref": "person"}}))


def test_read_kinds__a_kind_is_added_by_one_file(workspace: Write) -> None:
    written = workspace(
        {
            PATH: INCIDENT,
            "incidents/cold-van.md": "---\ntitle: Cold van\nowner: li-wie\n---\n",
            "team/people/li-wei.yaml": "title: 李薇\nteam: operations\n",
            "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
        }
    )
    assert written.findings() == ['incidents/cold-van.md:3:8: TU201 no person has the id "li-wie" (did you mean "li-wei"?)']


def test_read_kinds__a_schema_that_a_program_wrote_in_ascii(workspace: Write) -> None:
    schema = json.dumps(incident({"title": {"type": "string", "description": "对齐 😀"}}), ensure_ascii=True)
    assert "\\ud83d\\ude00" in schema
    loaded = workspace({PATH: schema}).load()
    assert loaded.faults == ()
    assert loaded.kinds["incident"].schema["properties"]["title"]["description"] == "对齐 😀"


def test_read_kinds__a_broken_schema_leaves_the_built_in_kind_as_it_was(workspace: Write) -> None:
    written = workspace({"schemas/team.schema.json": "{", "team/teams/operations.yaml": "title: Operations\nfunction: x\n"})
    assert [line.split(" (")[0] for line in written.findings()] == [
        'schemas/team.schema.json:1:2: TU019 a list in "[" or a mapping in "{" is never closed',
        'team/teams/operations.yaml:2:11: TU104 "x" is not allowed for "function"',
    ]


def test_read_kinds__a_kind_defined_twice(workspace: Write) -> None:
    written = workspace({PATH: INCIDENT, "schemas/other.schema.json": INCIDENT})
    assert written.findings() == [
        'schemas/other.schema.json:1:1: TU019 the kind "incident" is defined twice; the first is in schemas/incident.schema.json'
        " (give one of them another name)"
    ]


def test_read_kinds__two_kinds_claim_a_file(workspace: Write) -> None:
    written = workspace({PATH: json.dumps(incident(files=["goals/*.md"])), "goals/a.md": "---\ntitle: A\n---\n"})
    assert written.findings() == [
        'goals/a.md:1:1: TU019 two kinds claim this file: "incident" and "goal" (make "files" of one kind leave it out)'
    ]


def test_read_kinds__reference_to_a_kind_that_does_not_exist(workspace: Write) -> None:
    written = workspace({PATH: json.dumps(incident({"owner": {"x-ref": "persn"}}))})
    assert written.findings() == [
        f'{PATH}:1:118: TU019 the field "owner" refers to the kind "persn", which does not exist (did you mean "person"?)'
    ]


def test_read_kinds__place_of_references_that_lead_nowhere(workspace: Write) -> None:
    properties = {
        "a": {"x-ref": ["goal", "persn"]},
        "b": {"x-ref": {"kind": "person", "as": "titel"}},
        "c": {"type": "array", "items": {"x-ref": {"kind": ["plann"]}}},
    }
    text = json.dumps(incident(properties), indent=2)
    found = workspace({PATH: text}).findings()
    lines = text.split("\n")
    assert [one.split(" ", 1)[1] for one in found] == [
        'TU019 the field "a" refers to the kind "persn", which does not exist (did you mean "person"?)',
        'TU019 the field "b" refers to the "titel" of a person, which has none (did you mean "title"?)',
        'TU019 the field "c" refers to the kind "plann", which does not exist (did you mean "plan"?)',
    ]
    for one, name in zip(found, ('"persn"', '"titel"', '"plann"'), strict=True):
        _, line, column, _ = one.split(":", 3)
        assert lines[int(line) - 1][int(column) - 1 :].startswith(name)


def test_read_kinds__a_folder_called_like_a_schema_is_told_of(workspace: Write) -> None:
    written = workspace({})
    (written.root / "schemas/thing.schema.json").mkdir(parents=True)
    (found,) = written.findings()
    assert found.startswith("schemas/thing.schema.json:1:1: TU012 ")


def test_read_kinds__a_link_in_place_of_a_schema_or_of_all(workspace: Write) -> None:
    written = workspace({"elsewhere.json": INCIDENT})
    (written.root / "schemas").mkdir()
    (written.root / PATH).symlink_to("../elsewhere.json")
    assert [line.split(" ")[:2] for line in written.findings()] == [[f"{PATH}:1:1:", "TU012"]]
    (written.root / PATH).unlink()
    (written.root / "schemas").rmdir()
    (written.root / "schemas").symlink_to(".")
    assert [line.split(" ")[:2] for line in written.findings()] == [["schemas:1:1:", "TU012"]]


@pytest.mark.parametrize("name", ["finding", "point", "reference", "sqlite_x"])
def test_read_kind__that_would_take_the_name_of_a_table(name: str) -> None:
    (fault,) = refused(incident(name=name))
    assert fault == f'invalid-schema: no kind can be called "{name}", which is the name of a table of its own'


@pytest.mark.parametrize(
    ("name", "parts", "table"),
    [
        ("goal_key_results", [], "goal_key_results"),
        ("point", [], None),
        ("incident", ["Steps", "steps"], "incident_steps"),
        ("plan", ["tasks"], None),
    ],
)
def test_read_kinds__two_tables_of_one_name(workspace: Write, name: str, parts: list[str], table: str | None) -> None:
    items = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
    schema = incident(dict.fromkeys(parts, items) or None, name=name, parts=parts)
    loaded = workspace({"schemas/x.schema.json": json.dumps(schema)}).load()
    found = [str(one.message) for one in loaded.faults if "two tables" in str(one.message)]
    assert found == ([f'"{table}" would be the name of two tables'] if table else [])
    assert ask(loaded, [], "SELECT count(*) FROM goal").rows == ((0,),)
