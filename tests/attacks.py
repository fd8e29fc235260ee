"""A workspace in which every field that holds text holds each text that breaks out of something, made from the schemas themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).parents[1] / "schemas"

# Out of an attribute, a tag, a script, a title, a template, a snippet, a style sheet, an address, a number in a URL, a log.
PAYLOADS = (
    "<img src=x onerror=window.hit=1>",
    '"><script>window.hit=1</script>',
    "'><svg onload=window.hit=1>",
    "[a](javascript:window.hit=1)",
    "[a](&#106;avascript:window.hit=1)",
    "javascript:window.hit=1",
    "&#106;avascript:window.hit=1",
    "data:text/html,<script>hit=1</script>",
    '--8<-- ".git/config"',
    "{{ 7*7 }}{% raw %}",
    "{: onclick=window.hit=1 }",
    "[[person/nobody]] [[person/li]]",
    "</title><script>window.hit=1</script>",
    "]]><script>window.hit=1</script>",
    "`window.hit=1` ``` ${window.hit=1}",
    "<style>@import url(//evil.example)</style>",
    "x;background:url(http://evil.example)",
    "![](http://evil.example/x.png)",
    "<https://evil.example/a> https://evil.example/b",
    "<iframe srcdoc='<script>hit=1</script>'>",
    "</textarea><!-- --!><base href=//evil.example>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
)
SEPARATORS = ("a\u2028b", "a\u2029b", "a\u0085b")

# Every page of the web that a record may lead to begins like this.
WEB = "https://linked.example/"

_LITERAL = ("enum", "pattern", "format")


@dataclass(slots=True)
class Attack:
    """A record's values, and the texts in them that a reader must see."""

    values: dict[str, Any]
    texts: list[str] = field(default_factory=list)


def schemas() -> Iterator[dict[str, Any]]:
    for file in sorted(SCHEMAS.glob("*.schema.json")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        if "x-kind" in schema:
            yield schema


def folder_of(schema: dict[str, Any]) -> str:
    return str(schema["x-kind"]["files"][0].partition("/**")[0])


def is_free(schema: dict[str, Any]) -> bool:
    """Whether the schema takes any text."""
    return is_text(schema) and not any(name in schema for name in _LITERAL)


def is_text(schema: dict[str, Any]) -> bool:
    kinds = schema.get("type", "string" if "enum" in schema else "object")
    return "string" in (kinds if isinstance(kinds, list) else [kinds])


def attacked(schema: dict[str, Any], payload: str, number: int) -> Attack:
    """A record that the schema takes, with the payload in each field that takes it."""
    attack = Attack({})

    def value(schema: dict[str, Any], name: str, owner: str) -> Any:
        if is_free(schema):
            text = f"{owner}.{name}{number} {payload}".lstrip(".")[: schema.get("maxLength")]
            # Why a finding is ignored is for who reads the file.
            attack.texts += [text] if owner != "ignore" else []
            return text
        if "x-ref" in schema:
            return reference(schema, number)
        if "properties" in schema:
            cases = [case["required"] for case in schema.get("oneOf", [])]
            barred = {one for case in cases for one in case} - set(cases[number % len(cases)] if cases else ())
            return {key: value(one, key, name) for key, one in schema["properties"].items() if key not in {*barred, "left"}}
        if "items" in schema:
            return [value(schema["items"], name, name)]
        if isinstance(schema.get("additionalProperties"), dict):
            return {schema["propertyNames"]["examples"][0]: value(schema["additionalProperties"], name, name)}
        if str(schema.get("pattern", "")).startswith(("^https?", "^(https?")):
            return WEB + payload.translate(str.maketrans(' <>"', "+()'"))
        return owner.replace("_", "-") if name == "id" else schema.get("enum", schema.get("examples", [1]))[0]

    attack.values = value({"properties": schema["properties"]}, "", "")
    return attack


def reference(schema: dict[str, Any], number: int) -> str:
    """The record of another kind that holds the same payload; one before it where a chain must end."""
    match schema["x-ref"]:
        case str(kind):
            return f"{kind}-{max(number - 1, 0) if 'x-acyclic' in schema else number}"
        case [kind, *_]:
            return f"{kind}/{kind}-{number}"
        case one:
            return f"{one['kind']}/{one['kind']}-{max(number - 1, 0)}#tasks"


def refused(schema: dict[str, Any], payload: str, number: int) -> Attack:
    """A record with the payload in each field that takes no such text, and as the name of a field."""
    attack = Attack({"title": f"refused {number}", f"key{number} {payload}": "x"}, [f"key{number} {payload}"])

    def value(schema: dict[str, Any], name: str) -> Any:
        if "properties" in schema:
            return {key: value(one, key) for key, one in schema["properties"].items() if key != "ignore"}
        if "items" in schema:
            return [value(schema["items"], name)]
        if is_free(schema):
            return "free"
        text = f"{name}{number} {payload}"
        # Of what should be a number a finding says only that it is text.
        attack.texts += [text] if is_text(schema) else []
        return text

    attack.values |= {key: value(one, key) for key, one in schema["properties"].items() if key not in ("title", "ignore")}
    return attack


def written(values: dict[str, Any], body: str | None = None) -> str:
    """Values as YAML, which JSON is."""
    lines = "\n".join(f"{json.dumps(key)}: {json.dumps(one, ensure_ascii=False)}" for key, one in values.items())
    return f"{lines}\n" if body is None else f"---\n{lines}\n---\n{body}\n"


def body_of(payload: str, number: int) -> str:
    """The payload as a heading, as text, in code, alone on its line, in a list, a quotation and a table."""
    return (
        f"# head{number} {payload}\n\ntext{number} {payload}\n\n{payload}\n\n    {payload}\n\n"
        f'- {payload}\n  > {payload}\n\n| a | b |\n|---|---|\n| {payload} | x |\n\n[x]({payload}) [y](<{payload}> "{payload}")\n'
    )


def own_schema(payload: str, number: int) -> dict[str, Any]:
    """A kind of the workspace's own that says the payload wherever a schema can say anything."""
    said = {"en": f"own{number} {payload}", "zh": payload}
    return {
        "type": "object",
        "title": payload,
        "description": payload,
        "additionalProperties": {"type": "string"},
        "x-kind": {
            "name": f"own{number}", "label": said, "plural": said, "files": [f"own{number}/*.yaml"], "icon": "no-such-icon",
            "title": "name", "status": "state", "states": {"open": [payload]}, "transitions": {payload: [payload]},
            "columns": ["name", "state", "ref"], "sections": [payload],
        },
        "properties": {
            "name": {"type": "string", "title": payload, "description": payload, "x-label": said, "examples": [payload]},
            "state": {"enum": [payload], "x-enum-labels": {payload: said}},
            "ref": {"x-ref": "own0", "x-inverse": said},
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attacks:
    """The files of the workspace; ``records`` are the values of those that their schemas take, by their address; ``shown`` are the
    texts that a page must show, by the page; ``told`` those that the findings must."""

    files: dict[str, str]
    records: dict[str, dict[str, Any]]
    shown: dict[str, list[str]]
    told: list[str]


def attacks() -> Attacks:
    files = {"trueup.yaml": f"title: {json.dumps(''.join(PAYLOADS[1:3] + PAYLOADS[12:13]))}\n"}
    files["team/people/li.yaml"] = "title: Li\nteam: team-0\n"
    shown: dict[str, list[str]] = {}
    told: list[str] = []
    records: dict[str, dict[str, Any]] = {}
    for schema in schemas():
        kind, folder = schema["x-kind"]["name"], folder_of(schema)
        for number, payload in enumerate(PAYLOADS):
            taken = attacked(schema, payload, number)
            files[f"{folder}/{kind}-{number}.md"] = written(taken.values, body_of(payload, number))
            records[f"{kind}/{kind}-{number}"] = taken.values
            shown[f"{kind}/{kind}-{number}.html"] = [*taken.texts, f"head{number}", f"text{number}"]
            wrong = refused(schema, payload, number)
            files[f"{folder}/refused-{number}.yaml"] = written(wrong.values)
            told += wrong.texts
        for number, text in enumerate(SEPARATORS):
            files[f"{folder}/separated-{number}.yaml"] = written({"title": text})
    for number, payload in enumerate(PAYLOADS):
        files[f"schemas/own{number}.schema.json"] = json.dumps(own_schema(payload, number))
        files[f"own{number}/a.yaml"] = written(
            {"name": f"name{number} {payload}", "state": payload, "ref": "a", f"more {payload}": payload}
        )
        shown[f"own{number}/a.html"] = [f"name{number} {payload}", f"more {payload}"]
        files["goals/" + payload.replace("/", "\\") + ".md"] = "broken"
        told.append(payload.replace("/", "\\") + ".md")
    rows = "".join(
        f'2026-01-{number + 1:02},{number},"{payload.replace(chr(34), chr(34) * 2)}"\n' for number, payload in enumerate(PAYLOADS)
    )
    files["metrics/metric-0.csv"] = "date,value,note\n" + rows
    return Attacks(files, records, shown, told)
