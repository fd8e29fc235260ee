"""Looks for bytes that reading cannot take: `python tests/fuzz/fuzz_source.py -max_total_time=60 build/fuzz`.

The arguments are libFuzzer's. The folder named last gets the records and schemas of this repository as a start, and keeps
what was found. The first byte of an input says what the rest is read as.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY / "tools"))

with atheris.instrument_imports(include=["trueup"]):
    from trueup.diagnostic import Fault, Position
    from trueup.records.careful import Careful
    from trueup.records.kind import Kind
    from trueup.records.kinds import built_in_schemas, read_kind
    from trueup.records.record import Record
    from trueup.records.references import body_links
    from trueup.records.series import parse_series
    from trueup.records.source import Source, read_source
    from trueup.records.validate import Gate


def kind_named(name: str) -> Kind:
    kind, faults = read_kind(f"schemas/{name}.schema.json", built_in_schemas()[name])
    assert kind is not None, faults
    return kind


PLAN = kind_named("plan")
GATE = Gate(PLAN.schema, PLAN.looks)


def judge_faults(faults: tuple[Fault, ...] | list[Fault], raw: bytes) -> None:
    """A fault stands within the file, and says so in few words."""
    lines = raw.count(b"\n") + 1
    assert len(faults) <= 51
    for fault in faults:
        assert 1 <= fault.position.line <= lines, fault
        assert fault.position.column >= 1, fault
        for language in ("en", "zh"):
            assert len(fault.message.say(language)) <= 500
            assert fault.hint is None or len(fault.hint.say(language)) <= 500


def judge_source(source: Source, raw: bytes) -> None:
    judge_faults(source.faults, raw)
    if not isinstance(source.data, dict):
        return
    record = Record(PLAN, "a", (), source.data, source)
    found = GATE.mismatches(source.data)
    assert GATE.accepts(source.data) == (not found)
    for one in found:
        place = source.position(one.route, key=one.at_key)
        assert Position(1, 1) != place or source.first_line == 1
        assert len(one.message.say("en")) <= 500
    for _, place in body_links(record):
        assert source.body_line <= place.line <= raw.count(b"\n") + 1


def read_yaml(raw: bytes) -> None:
    source = read_source("a.yaml", raw)
    judge_source(source, raw)
    if raw.isascii() and not any(one.rule in ("forbidden-character", "merge-conflict", "too-large") for one in source.faults):
        # What was read quickly is what the careful reader makes of it.
        assert repr(Careful("a.yaml", 1).build(raw.decode())[0]) == repr(source.data)


def read_markdown(raw: bytes) -> None:
    judge_source(read_source("a.md", raw), raw)


def read_front_matter(raw: bytes) -> None:
    read_markdown(b"---\n" + raw)


def read_series(raw: bytes) -> None:
    series = parse_series("m", "metrics/m.csv", raw)
    judge_faults(series.faults, raw)
    assert all(one.date < other.date for one, other in zip(series.points, series.points[1:], strict=False))


def read_schema(raw: bytes) -> None:
    kind, faults = read_kind("schemas/a.schema.json", raw)
    judge_faults(faults, raw)
    if kind is None:
        assert faults
        return
    kind.files.match("plans/a/b.md")
    kind.files.may_lie_below("plans/a")
    kind.id_rule.from_path("plans/a/b.md")
    for ref in kind.references:
        ref.formatted("a-1")
        ref.folded("a-1")
    gate = Gate(kind.schema, kind.looks)
    for data in ({}, {"title": 5, "a": ["x"]}):
        assert gate.accepts(data) == (not gate.mismatches(data))


READERS: tuple[Callable[[bytes], None], ...] = (read_yaml, read_markdown, read_front_matter, read_series, read_schema)


def test_one_input(data: bytes) -> None:
    if data:
        READERS[data[0] % len(READERS)](data[1:])


def seeds() -> dict[int, list[bytes]]:
    """The files of this repository, by the reader that is to get them."""
    folders = [REPOSITORY / name for name in ("goals", "plans", "feedback", "metrics", "meetings", "team", "examples/zh")]
    files = [file for folder in folders for file in sorted(folder.rglob("*"))[:60] if file.is_file()]
    schemas = [
        file.read_bytes() for file in sorted(REPOSITORY.glob("schemas/*.json")) + sorted(REPOSITORY.glob("tests/adoption/*/schemas/*.json"))
    ]
    small = b'{"x-kind": {"name": "a", "files": ["a/*.md"]}, "properties": {"b": {"x-ref": {"kind": "goal", "only": "^a"}}}}'
    return {
        0: [file.read_bytes() for file in files if file.suffix == ".yaml"],
        1: [file.read_bytes() for file in files if file.suffix == ".md"],
        2: [file.read_bytes().removeprefix(b"---\n") for file in files if file.suffix == ".md"],
        3: [file.read_bytes() for file in files if file.suffix == ".csv"],
        4: [small, *schemas],
    }


def main() -> None:
    corpus = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if corpus:
        folder = Path(corpus[0])
        folder.mkdir(parents=True, exist_ok=True)
        for reader, texts in seeds().items():
            for text in texts:
                data = bytes([reader]) + text
                (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    atheris.Setup([sys.argv[0], "-timeout=10", "-max_len=20000", *sys.argv[1:]], test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
