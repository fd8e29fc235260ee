"""One file, read, and what is at fault in it as lines."""

from __future__ import annotations

from trueup.records.source import Source, read_source


def read_yaml(text: str | bytes) -> Source:
    return read_source("a.yaml", text if isinstance(text, bytes) else text.encode())


def read_markdown(text: str | bytes) -> Source:
    return read_source("a.md", text if isinstance(text, bytes) else text.encode())


def faults(source: Source) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}: {one.message}" for one in source.faults]


def rules(source: Source) -> list[str]:
    return [f"{one.position.line}:{one.position.column} {one.rule}" for one in source.faults]
