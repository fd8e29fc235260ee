"""The least that any checker of such files does: read them, split the front matter, parse the YAML, judge it by its schema.

    python benchmarks/floor.py DIR SCHEMAS

No positions, references, rules or messages: only whether the schema accepts. What `trueup check` takes beside this is what
its own work costs.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema_rs
import yaml


class Loader(yaml.CSafeLoader):
    """PyYAML's fastest safe loader, dates left as text: a JSON Schema knows no dates."""


Loader.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}

FRONT = re.compile(rb"---\n(.*?\n)---\n", re.DOTALL)
FOLDERS = {
    "goals": "goal", "plans": "plan", "metrics": "metric", "feedback": "feedback", "studies": "study", "decisions": "decision",
    "meetings": "meeting", "checkins": "checkin", "retros": "retro", "team/cadences": "cadence", "team/activities": "activity",
    "team/scorecards": "scorecard", "team/teams": "team", "team/people": "person",
}  # fmt: skip


def files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from files(entry.path)
        elif entry.name.endswith((".md", ".yaml")):
            yield entry.path


def judge(schemas: str, kind: str) -> Callable[[Any], bool]:
    with open(os.path.join(schemas, f"{kind}.schema.json"), "rb") as file:
        schema = json.load(file)
    accepts: Callable[[Any], bool] = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid
    return accepts


def main(root: str, schemas: str) -> int:
    read = refused = 0
    for folder, kind in FOLDERS.items():
        accepts = judge(schemas, kind)
        for path in files(os.path.join(root, folder)):
            with open(path, "rb") as file:
                text = file.read()
            if path.endswith(".md"):
                found = FRONT.match(text)
                text = found.group(1) if found else b""
            read += 1
            refused += not accepts(yaml.load(text, Loader))
    print(f"{read} files, {refused} refused")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
