"""What the peers need: an environment of their own, plain YAML copies of the records, and schemas in their own terms."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from generate import FOLDERS
from measure import environment

CHECK_JSONSCHEMA = "check-jsonschema==0.39.0"
YAMALE = "yamale==6.1.0"


def peers_environment(folder: Path) -> Path:
    """The folder of the peers' programs, installed where they are not yet; apart, for what they bring slows imports."""
    programs = folder / "bin"
    if not (programs / "check-jsonschema").exists() or not (programs / "yamale").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "-qq", CHECK_JSONSCHEMA, YAMALE], check=True, env=environment({}))
    return programs


def write_copies(workspace: Path, target: Path, schemas: Path) -> dict[str, list[str]]:
    """Writes the front matter of every record as a YAML file, and yamale's schemas beside them; gives the files by kind.

    Neither peer reads Markdown, and neither is asked to look at the bodies.
    """
    copies: dict[str, list[str]] = {}
    for kind, folder in FOLDERS.items():
        place = target / kind
        place.mkdir(parents=True, exist_ok=True)
        (place / "schema.yaml").write_text(yamale_schema(json.loads((schemas / f"{kind}.schema.json").read_bytes())), encoding="utf-8")
        for path in sorted((workspace / folder).rglob("*")):
            if path.suffix in (".md", ".yaml"):
                text = path.read_text(encoding="utf-8")
                fields = text.split("---\n", 2)[1] if path.suffix == ".md" else text
                (place / f"{path.stem}.yaml").write_text(fields, encoding="utf-8")
                copies.setdefault(kind, []).append(f"{kind}/{path.stem}.yaml")
    return copies


def yamale_schema(schema: dict[str, Any]) -> str:
    """A kind's JSON Schema in yamale's terms: types, required fields, allowed values and patterns. References have no counterpart."""
    parts: dict[str, dict[str, str]] = {}
    whole = _fields(schema, "record", parts)
    return json.dumps(whole) + "\n---\n" + json.dumps(parts) + "\n"


def _fields(schema: dict[str, Any], name: str, parts: dict[str, dict[str, str]]) -> dict[str, str]:
    required = schema.get("required", ())
    return {
        field: _validator(inner, f"{name}_{field}", parts, "" if field in required else "required=False")
        for field, inner in schema["properties"].items()
    }


def _validator(schema: dict[str, Any], name: str, parts: dict[str, dict[str, str]], last: str = "") -> str:
    def call(function: str, *arguments: str) -> str:
        return f"{function}({', '.join([*arguments, *([last] if last else [])])})"

    types = schema.get("type")
    if "enum" in schema:
        return call("enum", *map(repr, schema["enum"]))
    if isinstance(types, list):
        return call("any", *(_validator({**schema, "type": one}, name, parts) for one in types))
    if types == "array":
        return call("list", _validator(schema["items"], name, parts))
    if types == "object":
        if "properties" not in schema:
            return call("map")
        parts[name] = _fields(schema, name, parts)
        return call("include", repr(name))
    if types == "string":
        if schema.get("format") == "date":
            return call("day")
        return call("regex", repr(schema["pattern"])) if "pattern" in schema else call("str")
    return call({"integer": "int", "number": "num"}[str(types)])
