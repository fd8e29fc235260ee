"""A record to copy: every field of a kind, with an example and its name in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trueup.editing.flow import flow
from trueup.records.kinds import SCHEMA_ENDING


def record_template(name: str, schema: Mapping[str, Any], language: str) -> str:
    """Markdown whose required fields are filled in and whose other fields are comments.

    The first comment tells an editor with the YAML language server which schema the fields follow; the way there is
    right once the template has been copied into the folder of its kind.
    """
    required = schema.get("required", [])
    folder = schema["x-kind"]["files"][0].partition("/**")[0]
    upwards = "../" * len(folder.split("/"))
    lines = ["---", f"# yaml-language-server: $schema={upwards}.trueup/schemas/{name}{SCHEMA_ENDING}", *_SERIES.get((name, language), ())]
    for field, one in schema["properties"].items():
        if field == "ignore":
            # An example would silence what is not there, which is a finding itself.
            lines.append(_SILENCE[language])
            continue
        label = one["x-label"][language]
        written = list(_lines(field, _example(one["examples"], language)))
        written[0] += f"  # {label}"
        lines.extend(line if field in required else f"# {line}" for line in written)
    text = {"en": "What happened, in your own words.", "zh": "用自己的话写下经过。"}[language]
    body = ["", text] if schema["x-kind"].get("body") == "required" else []
    return "\n".join([*lines, "---", *body]) + "\n"


def _example(examples: Sequence[Any], language: str) -> Any:
    """The first example; for a Chinese reader the first in Chinese, where there is one."""
    chinese = (one for one in examples if language == "zh" and isinstance(one, str) and re.search("[一-鿿]", one))
    return next(chinese, examples[0])


def _lines(name: str, value: Any) -> Iterator[str]:
    """A field in YAML as people write it: lists of plain values on one line, mappings in lines of their own."""
    if isinstance(value, dict):
        yield f"{name}:"
        for key, inner in value.items():
            yield from ("  " + line for line in _lines(key, inner))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield f"{name}:"
        for item in value:
            inner_lines = [line for key, inner in item.items() for line in _lines(key, inner)]
            yield from (("  - " if index == 0 else "    ") + line for index, line in enumerate(inner_lines))
    else:
        yield f"{name}: {flow(value)}"


_SILENCE = {
    "en": '# A finding of "trueup check" that is to stay: ignore: {TU205: why it stays}, with its own code',
    "zh": "# 确实要保留的检查结果，写 ignore: {TU205: 保留的理由}，代码换成那条结果的代码",
}

# What is written beside a record, where that is the other half of it.
_SERIES = {
    ("metric", "en"): ("# The numbers: a file beside this one, with the same name and the ending .csv; its first line is date,value,note",),
    ("metric", "zh"): ("# 数据写在同一目录下、名称相同、以 .csv 结尾的文件里，第一行是 date,value,note",),
}
