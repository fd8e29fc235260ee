"""Hostile and broken input to `trueup`, as a stranger's pull request may hold it, and what it must get.

Every case is checked by a process of its own: it ends with a finding at its place and without a traceback, within two
seconds and 300 MB, opens no socket, starts no program and writes nothing. Then another process reads the same workspace
once and shows its records with the other commands, each within the same time.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import Written
from processes import watch, watch_code

Write = Callable[[Mapping[str, str | bytes]], Written]

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300
TEAM = {"team/teams/operations.yaml": "title: Operations\nfunction: operations\n"}
PEOPLE = {**TEAM, "team/people/li-wei.yaml": "title: 李薇\nteam: operations\n"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. ``lines`` are its findings."""

    code: int
    lines: list[str]
    errors: str


@pytest.fixture
def trueup_check() -> Callable[..., Outcome]:
    """Runs `trueup check` in a workspace and sees to it that it keeps within its bounds."""

    def run(written: Written, *arguments: str) -> Outcome:
        before = snapshot(written.root)
        seen = watch([["check", *arguments]], written.root)
        ((code, seconds),) = seen.runs
        outcome = Outcome(code, seen.output.split("\n")[:-1], seen.errors)
        assert code in (0, 1, 2, 3), outcome
        assert "Traceback" not in outcome.errors
        assert "bug in trueup" not in outcome.errors
        assert all(len(line) < 1200 for line in outcome.lines)
        assert all(character.isprintable() for line in outcome.lines for character in line), outcome.lines
        assert seconds < MOST_SECONDS
        assert seen.megabytes < MOST_MEGABYTES
        if not arguments:
            read_with_every_command(written.root)
        assert snapshot(written.root) == before
        return outcome

    return run


FOLDERS = {"goals": "goal", "plans": "plan", "metrics": "metric", "decisions": "decision", "incidents": "incident", "notes": "note"}


def read_with_every_command(root: Path) -> None:
    """The kinds that the workspace has files of are listed and asked about, and two of their records shown."""
    commands = [
        ["list"],
        ["goals"],
        ["query", "SELECT * FROM finding", "--format", "csv"],
        ["query", "SELECT * FROM reference", "--format", "json"],
    ]
    for folder, kind in FOLDERS.items():
        if not (root / folder).is_dir() or (root / folder).is_symlink():
            continue
        names = sorted(name for name in os.listdir(root / folder) if name.endswith((".md", ".yaml")))
        commands += [["list", kind], ["query", f"SELECT * FROM {kind}", "--format", "json"], ["query", f"SELECT * FROM {kind}"]]
        commands += [["show", f"{folder}/{name}"] for name in names[:2]]
        commands += [["show", f"{folder}/{name}", "--format", "json"] for name in names[:1]]
    seen = watch(commands, root)
    assert "Traceback" not in seen.errors
    assert "bug in trueup" not in seen.errors
    for command, (code, seconds) in zip(commands, seen.runs, strict=True):
        assert code in (0, 2), (command, seen.errors)
        assert seconds < MOST_SECONDS, command
    lines = seen.output.split("\n")
    assert all(character.isprintable() for line in lines for character in line)
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


Check = Callable[..., Outcome]


def snapshot(root: Path) -> dict[str, tuple[int, int, str]]:
    """Mode, time and content of everything below a folder."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in [*folders, *files]:
            path = Path(folder, name)
            status = path.lstat()
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
            found[str(path)] = (status.st_mode, status.st_mtime_ns, digest)
    return found


def places(outcome: Outcome) -> list[str]:
    """`path:line:column: CODE` of every finding."""
    return [" ".join(line.split(" ")[:2]) for line in outcome.lines]


def goal(*lines: str, body: str = "") -> str:
    return "\n".join(["---", "title: A", "period: 2026-Q4", "status: active", *lines, "---", body])


# --- The watch itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action", ["import socket; socket.socket()", "open('x', 'w')", "import os; os.system('true')", "import os; os.remove('x')"]
)
def test_watch__stops_what_it_is_there_for(tmp_path: Path, action: str) -> None:
    done = watch_code(action, tmp_path)
    assert "RuntimeError: forbidden" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_check__of_a_workspace_without_a_fault_keeps_within_the_bounds(workspace: Write, trueup_check: Check) -> None:
    whole = goal("product_owner: li-wei", "operations_owner: li-wei", "agreed: [{person: li-wei, date: 2026-09-28}]")
    told = "subject: goal/a\ndate: 2026-11-19\nauthor: li-wei\nhealth: on-track\n"
    written = workspace({**PEOPLE, "goals/a.md": whole, "checkins/2026-11-19-a.yaml": told})
    assert trueup_check(written) == Outcome(0, [], "no findings in 4 records\n")


# --- Text and front matter -------------------------------------------------------------------------------------------


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]" for level in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (laughs(9), "2:5: TU008"),
        (
            "\n".join(
                [
                    f"m0: &m0 {{a: {'x' * 100}}}",
                    *(f"m{level}: &m{level} {{<<: [{', '.join([f'*m{level - 1}'] * 9)}], k{level}: 1}}" for level in range(1, 12)),
                ]
            ),
            "2:5: TU008",
        ),
        ("&a {x: *a}", "2:1: TU008"),
        ("a: &x 1\nb: *x", "2:4: TU008"),
        ("title: A\n<<: {status: active}", "3:1: TU008"),
    ],
    ids=["alias bomb", "merge-key bomb", "self-reference", "anchor and alias", "merge key"],
)
def test_text__anchors_aliases_and_merge_keys(workspace: Write, trueup_check: Check, text: str, first: str) -> None:
    outcome = trueup_check(workspace({"goals/a.md": f"---\n{text}\n---\n"}))
    assert outcome.code == 1
    assert f"goals/a.md:{first}" in places(outcome)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[" * 60_000, "2:51: TU008"),
        ("\n".join("[" * 1000 for _ in range(100)), "2:51: TU008"),
        ("- " * 20_000, "2:101: TU008"),
        ("? " * 5_000, "2:3: TU008"),
        ("{a: " * 10_000, "2:201: TU008"),
        ("a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 300)), "52:51: TU008"),
        ("- - " * 15_000 + "x", "2:101: TU008"),
        ("a: " + "[{" * 20_000, "2:6: TU008"),
    ],
    ids=["lists", "lists over many lines", "items", "keys", "mappings", "indented", "two items", "lists of mappings"],
)
def test_text__nested_too_deep(workspace: Write, trueup_check: Check, text: str, found: str) -> None:
    outcome = trueup_check(workspace({"goals/a.md": f"---\n{text}\n---\n"}))
    assert outcome.code == 1
    assert places(outcome)[0] == f"goals/a.md:{found}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\na: 2", ['goals/a.yaml:2:1: TU007 the field "a" is written twice; the first is on line 1 (delete one of them)']),
        ("~: 1\nnull: 2", ["goals/a.yaml:1:1: TU008", "goals/a.yaml:2:1: TU008"]),
        ("1: x", ["goals/a.yaml:1:1: TU008"]),
        ("? [a]\n: b", ["goals/a.yaml:1:3: TU008"]),
    ],
)
def test_text__keys_that_are_no_fields(workspace: Write, trueup_check: Check, text: str, found: list[str]) -> None:
    outcome = trueup_check(workspace({"goals/a.yaml": text}))
    assert outcome.code == 1
    for start in found:
        assert any(line.startswith(start) for line in outcome.lines), outcome.lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: !!python/object/apply:os.system [touch pwned]", "1:8: TU008"),
        ("title: !!python/name:os.system", "1:8: TU008"),
        ("!!python/object/new:os.system [touch pwned]", "1:1: TU008"),
        ("title: !foo bar", "1:8: TU008"),
        ("%TAG ! tag:yaml.org,2002:\n---\ntitle: A", "1:1: TU008"),
        ("%YAML 1.1\n---\ntitle: A", "1:1: TU008"),
    ],
)
def test_text__tags_and_directives(workspace: Write, trueup_check: Check, text: str, found: str) -> None:
    written = workspace({"goals/a.yaml": text})
    assert f"goals/a.yaml:{found}" in places(trueup_check(written))
    assert not (written.root / "pwned").exists()


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("user_value: no", "write digits only"),
        ("user_value: on", "write digits only"),
        ("user_value: 12:30", "write digits only"),
        ("user_value: 017", "write 17"),
        ("user_value: 1_000", "write 1000"),
        ("user_value: 08", "write 8"),
        ("user_value: '3'", "write 3"),
        ("tags: no", "must be a list, not text"),
        ("tags: depot", "write it as a list"),
        ("positioning: 5", "put it in quotes"),
        ("positioning: true", "put it in quotes"),
    ],
)
def test_text__words_that_other_readers_take_for_booleans_and_numbers(workspace: Write, trueup_check: Check, line: str, hint: str) -> None:
    (found,) = trueup_check(workspace({"goals/a.md": goal(line)})).lines
    assert found.startswith(f"goals/a.md:5:{line.index(':') + 3}: TU103")
    assert hint in found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("key_results: [{id: a, title: A, baseline: 1, target: 2, due: 2026-02-30}]", "5:62: TU105"),
        ("key_results: [{id: a, title: A, baseline: 1, target: 2, due: 'T10:00+99:00'}]", "5:62: TU105"),
        ("user_value: " + "9" * 5000, "5:13: TU009"),
        ("user_value: .nan", "5:13: TU009"),
        ("user_value: -.inf", "5:13: TU009"),
        ("user_value: 1e999", "5:13: TU009"),
        ("user_value: .e5", "5:13: TU103"),
        ("user_value: -e5", "5:13: TU103"),
        ("user_value: 0x7fffffffffffffffffff", "5:13: TU103"),
        ("user_value: 190:20:30.15", "5:13: TU103"),
    ],
)
def test_text__dates_and_numbers_that_are_none(workspace: Write, trueup_check: Check, line: str, found: str) -> None:
    assert places(trueup_check(workspace({"goals/a.md": goal(line)}))) == [f"goals/a.md:{found}"]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "2:11: TU002"),
        (b"---\ntitle: a\x00b\n---\n", "2:9: TU003"),
        (b"---\ntitle: a\x07b\n---\n", "2:9: TU003"),
        (b"---\ntitle: \x1b]0;pwned\x07\n---\n", "2:8: TU003"),
        (b"---\ntitle: A\n---\nbody\x9b31m\n", "4:5: TU002"),
        ("---\ntitle: A\n---\nbody\x9b31m\n".encode(), "4:5: TU003"),
        (goal().encode("utf-16"), "1:1: TU002"),
        (goal().encode("utf-16-le"), "1:2: TU003"),
        (goal().encode("utf-32"), "1:1: TU002"),
        ("---\ntitle: a\ufeffb\n---\n".encode(), "2:9: TU003"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", "2:8: TU002"),
        (b'---\ntitle: "\\ud800"\n---\n', "2:11: TU006"),
        (b'---\ntitle: "\\u202etxt.exe"\nperiod: 2026-Q4\nstatus: active\n---\n', "2:8: TU003"),
        ("---\ntitle: a\u202eb\n---\n".encode(), "2:9: TU003"),
        ("---\ntitle: a\u2066b\n---\n".encode(), "2:9: TU003"),
        ("---\ntitle: a\x85b\n---\n".encode(), "2:9: TU003"),
        ("---\ntitle: a\u2028b\n---\n".encode(), "2:9: TU003"),
        (b"---\ntitle: a\rperiod: b\n---\n", "2:9: TU003"),
    ],
)
def test_text__bytes_that_are_no_text(workspace: Write, trueup_check: Check, raw: bytes, found: str) -> None:
    assert places(trueup_check(workspace({"goals/a.md": raw}))) == [f"goals/a.md:{found}"]


@pytest.mark.parametrize(
    "text", ["\ufeff" + goal(), goal().replace("\n", "\r\n"), goal().rstrip("\n"), goal("positioning: a\tb  \t"), goal(body="a  \n\tb")]
)
def test_text__byte_order_mark_line_ends_tabs_and_trailing_spaces_are_read(workspace: Write, trueup_check: Check, text: str) -> None:
    assert trueup_check(workspace({"goals/a.md": text})).lines == []


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"---\ntitle: " + b"x" * 10_000_000 + b"\n---\n", "1:1: TU004"),
        (b"---\ntitle: " + b"x" * 500_000 + b"\n---\n", "2:1: TU004"),
        (b"---\n" + b"# comment\n" * 500_000 + b"title: A\n---\n", "1:1: TU004"),
        (b"---\n" + b"# " + b"c" * 60_000 + b"\n---\n", "2:1: TU011"),
        (b"---\ntags:\n" + b"- a\n" * 200_000 + b"---\n", "100003:3: TU004"),
        (b"---\ntags: [" + b"a,\n" * 200_000 + b"]\n---\n", "100002:1: TU004"),
        (b"title: A\n" + b"---\na: 1\n" * 20_000, None),
        (b"---\n" * 250_000, "1:1: TU010"),
        (b"--- \n" + b"\n" * 1_000_000 + b"---", "2:1: TU011"),
    ],
    ids=[
        "10 MB line",
        "500 KB line",
        "5 MB comment",
        "60 KB comment",
        "200,000 items",
        "200,000 items in flow",
        "20,000 documents",
        "fences",
        "empty lines",
    ],
)
def test_text__larger_than_any_record(workspace: Write, trueup_check: Check, raw: bytes, found: str | None) -> None:
    path = "goals/a.md" if found else "goals/a.yaml"
    outcome = trueup_check(workspace({path: raw}))
    assert outcome.code == 1
    assert f"{path}:{found or '2:1: TU008'}" in places(outcome)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (goal(body="text\n---\nmore\n---\n"), []),
        ("---\ntitle: A\n", ["goals/a.md:1:1: TU010"]),
        ("---\ntitle: A\n ---\nbody", ["goals/a.md:1:1: TU010"]),
        ("---\ntitle: A\n<<<<<<< HEAD\nstatus: active\n=======\nstatus: draft\n>>>>>>> theirs\n---\n", ["goals/a.md:3:1: TU005"]),
        (goal(body="<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> theirs\n"), ["goals/a.md:6:1: TU005"]),
    ],
)
def test_text__fences_and_conflict_markers(workspace: Write, trueup_check: Check, text: str, found: list[str]) -> None:
    outcome = trueup_check(workspace({"goals/a.md": text}))
    assert places(outcome) == found
    if "TU005" in str(found):
        start = int(found[0].split(":")[1])
        assert f"from line {start} to line {start + 4}" in outcome.lines[0]


@pytest.mark.parametrize(
    "piece", ["`", "`a", "` ", "[[a/b|", "[[goal/a]] ", "[[goal/a", "[", "~~~\n", "# a ", "#", " ", "\\`", "<![CDATA[", "- ", "> ", "*a"]
)
def test_text__body_that_makes_others_backtrack(workspace: Write, trueup_check: Check, piece: str) -> None:
    schema = {"x-kind": {"name": "note", "files": ["notes/*.md"], "sections": ["Why"]}, "type": "object"}
    body = "[[goal/a]]\n# " + "\n".join([(piece * 36_000)[:36_000] + "x"] * 10)
    written = workspace({"schemas/note.schema.json": json.dumps(schema), "notes/n.md": f"---\ntitle: N\n---\n{body}", "goals/a.md": goal()})
    assert trueup_check(written).code in (0, 1)


FLOOD = 25_000


@pytest.mark.parametrize(
    "lines",
    [
        "ignore:\n" + "".join(f"  x{number}: because\n" for number in range(FLOOD)),
        "".join(f"titel{number}: x\n" for number in range(FLOOD)),
        "tags:\n" + "- 5\n" * FLOOD,
        "tags:\n" + "- a\n" * FLOOD,
        "product_owner: x\n" * FLOOD,
        "teams:\n" + "".join(f"- t{number}\n" for number in range(FLOOD)),
        "key_results:\n" + "- {idd: A, target: x, due: y}\n" * (FLOOD // 4),
        "key_results:\n" + "- {id: a, title: A, baseline: 1, target: 2}\n" * (FLOOD // 4),
        "a: &x 1\n" * FLOOD,
        "a" * 60_000 + ": 1\n" + "titel" * 12_000 + ": 2\n",
    ],
    ids=[
        "silences",
        "fields",
        "wrong types",
        "repeated",
        "twice",
        "unknown ids",
        "wrong parts",
        "parts of one id",
        "anchors",
        "long names",
    ],
)
def test_text__thousands_of_faults(workspace: Write, trueup_check: Check, lines: str) -> None:
    assert trueup_check(workspace({"goals/a.md": f"---\ntitle: A\nperiod: 2026-Q4\nstatus: active\n{lines}---\n"})).code == 1


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        (
            "decisions/a.yaml",
            "evidence:\n" + "".join(f"- goal/{number:x}\n- metric/{number:x}\n" for number in range(40_000)),
            ["TU201", "TU202"],
        ),
        ("plans/a.yaml", "goals:\n" + "".join(f"- x{number:x}\n" for number in range(99_000)), ["TU201"]),
        ("goals/a.md", goal(body="".join(f"[[goal/{number:x}]]\n" for number in range(74_000))), ["TU205"]),
    ],
    ids=["wrong and unknown", "unknown ids", "links"],
)
def test_text__a_megabyte_of_names_that_are_none(workspace: Write, trueup_check: Check, path: str, text: str, codes: list[str]) -> None:
    outcome = trueup_check(workspace({path: text}))
    assert outcome.code == 1
    for code in codes:
        told = [line for line in outcome.lines if line.split(" ")[1] == code]
        assert len(told) == 101
        assert "more findings of this rule in this file" in told[-1]


def test_text__thousands_of_links_that_lead_nowhere(workspace: Write, trueup_check: Check) -> None:
    body = "\n".join(f"[[plan/x{number}]] [[zz/x]]" for number in range(FLOOD // 4))
    assert trueup_check(workspace({"goals/a.md": goal(body=body)})).code == 1


def test_text__thousands_of_wrong_settings(workspace: Write, trueup_check: Check) -> None:
    for value in ("error", "fatal"):
        rules = "".join(f"  x{number}: {value}\n" for number in range(FLOOD))
        assert len(trueup_check(workspace({"trueup.yaml": f"rules:\n{rules}"})).lines) == 50


def test_text__tasks_that_all_wait_for_each_other(workspace: Write, trueup_check: Check) -> None:
    every = ", ".join(f"t{number}" for number in range(200))
    chain = "".join(f"- {{id: t{number}, title: T, depends_on: [t{(number + 1) % 9000}]}}\n" for number in range(9000))
    dense = "".join(f"- {{id: t{number}, title: T, depends_on: [{every}]}}\n" for number in range(200))
    both = {"chain": chain, "dense": dense}
    plans = {f"plans/{name}.md": f"---\ntitle: A\nteam: operations\nstatus: active\ntasks:\n{tasks}---\n" for name, tasks in both.items()}
    outcome = trueup_check(workspace({**TEAM, **plans}))
    assert {(line.split(":")[0], line.split(" ")[1]) for line in outcome.lines} == {(path, "TU204") for path in plans}


def test_files__thousands_of_long_names_that_are_nearly_the_same(workspace: Write, trueup_check: Check) -> None:
    files = {f"goals/{'n' * 70}{number}.md": goal(f"parent: {'n' * 70}x{number}") for number in range(500)}
    assert {line.split(" ")[1] for line in trueup_check(workspace(files)).lines} == {"TU201"}


# --- Schemas ---------------------------------------------------------------------------------------------------------


def incident(properties: Mapping[str, Any] | None = None, **more: Any) -> str:
    about = {"name": "incident", "files": ["incidents/*.md"], **more.pop("kind", {})}
    return json.dumps({"x-kind": about, "type": "object", "properties": properties or {}, **more})


PATH = "schemas/incident.schema.json"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on this machine: its port, and who has come."""
    visitors: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                visitors.append(address)
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], visitors
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef", "$schema", "$id"])
def test_schema__reference_to_the_network(workspace: Write, trueup_check: Check, listener: tuple[int, list[object]], keyword: str) -> None:
    port, visitors = listener
    schema = incident({"a": {keyword: f"http://127.0.0.1:{port}/secret#"}, "b": {"$ref": "#/properties/a"}})
    outcome = trueup_check(workspace({PATH: schema, "incidents/a.md": "---\na: 1\n---\n"}))
    assert visitors == []
    if keyword in ("$ref", "$dynamicRef"):
        column = schema.index('"http:') + 1
        assert f"{PATH}:1:{column}: TU019" in places(outcome)


@pytest.mark.parametrize("target", ["file://{path}", "{path}", "../secret.json", "file:../secret.json"])
def test_schema__reference_to_a_file(workspace: Write, trueup_check: Check, target: str) -> None:
    written = workspace({"secret.json": '{"const": "canary-7f3a"}', "incidents/a.md": "---\na: 1\n---\n"})
    (written.root / "schemas").mkdir()
    target = target.format(path=written.root / "secret.json")
    schema = incident({"a": {"$ref": target}})
    (written.root / PATH).write_text(schema)
    outcome = trueup_check(written)
    assert f"{PATH}:1:{schema.index(json.dumps(target)) + 1}: TU019" in places(outcome)
    assert "canary-7f3a" not in str(outcome)


def chain(steps: int, width: int, inside: str) -> dict[str, Any]:
    definitions = {f"d{step}": {inside: [{"$ref": f"#/$defs/d{step + 1}"}] * width} for step in range(steps)}
    return {**definitions, f"d{steps}": {"type": "string"}}


DEEP_RECORD = "---\n" + "a: " + "{a: " * 48 + "1" + "}" * 48 + "\n---\n"


@pytest.mark.parametrize(
    "schema",
    [
        incident(**{"$ref": "#"}),
        incident(allOf=[{"$ref": "#"}]),
        incident({"a": {"$ref": "#/properties/a"}}),
        incident({"a": {"$ref": "#"}}),
        incident({"a": {"$ref": "#"}, "b": {"$ref": "#"}, "c": {"$ref": "#"}}),
        incident({"a": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}, {"type": "string"}]}}),
        incident({"a": {"oneOf": [{"$ref": "#"}, {"$ref": "#"}]}}),
        incident({"a": {"$ref": "#/$defs/d0"}}, **{"$defs": chain(8, 4, "anyOf")}),
        incident({"a": {"$ref": "#/$defs/d0"}}, **{"$defs": chain(60, 2, "allOf")}),
        incident({"a": {"$ref": "#/$defs/d0"}}, **{"$defs": chain(3000, 1, "allOf")}),
        incident({"a": {"not": {"not": {"not": {"$ref": "#/properties/a"}}}}}),
        incident({"a": {"if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"}}}),
        incident(
            {
                "a": {
                    "additionalProperties": {"$ref": "#"},
                    "patternProperties": {"^a": {"$ref": "#"}},
                    "unevaluatedProperties": {"$ref": "#"},
                }
            }
        ),
        incident({f"p{number}": {"items": {"$ref": "#"}} for number in range(40)}),
        incident(kind={"files": ["{a,b,c,d,e,f,g,h,i,j}" * 6 + "/*.md"]}),
        incident(kind={"files": ["**/" * 100 + "*a" * 50 + ".md"]}),
        incident(kind={"files": ["a/" * 100_000 + "*.md"]}),
        incident(kind={"id": {"path": "{a}-{b}.md", "id": "{a}}{b"}}),
        incident({"a": {"x-ref": {"kind": "incident", "only": "^(a+)+$"}}}),
        incident({"a": {"x-ref": {"kind": "incident", "format": "{:099}"}}}),
    ],
)
def test_schema__that_might_never_end(workspace: Write, trueup_check: Check, schema: str) -> None:
    outcome = trueup_check(
        workspace({PATH: schema, "incidents/a.md": DEEP_RECORD, "incidents/b.md": "---\na: " + "a" * 60_000 + "!\n---\n"})
    )
    assert all(f"{PATH}:" in line or line.startswith("incidents/") for line in outcome.lines)


def test_schema__record_of_five_thousand_levels(workspace: Write, trueup_check: Check) -> None:
    text = "---\na: " + "{a: " * 5000 + "1" + "}" * 5000 + "\n---\n"
    assert places(trueup_check(workspace({PATH: incident({"a": {"$ref": "#"}}), "incidents/a.md": text}))) == [
        "incidents/a.md:2:200: TU008"
    ]


def test_schema__pattern_that_makes_others_backtrack(workspace: Write, trueup_check: Check) -> None:
    text = "---\na: " + "a" * 60_000 + "!\n---\n"
    assert places(trueup_check(workspace({PATH: incident({"a": {"pattern": "^(a+)+$"}}), "incidents/a.md": text}))) == [
        "incidents/a.md:2:4: TU106"
    ]


def test_schema__unique_items_of_thousands_of_objects(workspace: Write, trueup_check: Check) -> None:
    items = "".join(f"- {{id: {number}, tags: [{number}]}}\n" for number in [*range(3000), 5])
    text = f"---\na:\n{items}---\n"
    assert places(trueup_check(workspace({PATH: incident({"a": {"uniqueItems": True}}), "incidents/a.md": text}))) == [
        "incidents/a.md:3003:3: TU108"
    ]


@pytest.mark.parametrize("value", ["2026-99-99", "2026-02-30", "'2026-11-20\n\n  '", "20261120", "'２０２６-11-20'"])
def test_schema__a_date_is_always_checked(workspace: Write, trueup_check: Check, value: str) -> None:
    schema = incident({"a": {"type": ["string", "integer"], "format": "date", "maximum": 5}})
    (line,) = trueup_check(workspace({PATH: schema, "incidents/a.md": f"---\na: {value}\n---\n"})).lines
    assert line.split(" ")[0] == "incidents/a.md:2:4:"
    assert line.split(" ")[1] in ("TU105", "TU107")


def test_schema__thousands_of_values_and_none_of_them_right(workspace: Write, trueup_check: Check) -> None:
    items = "- 5.5\n" * FLOOD
    choices = {"a": {"items": {"enum": [f"v{number}" for number in range(FLOOD // 2)]}}}
    forms = {"a": {"items": {"anyOf": [{"type": "integer"}, {"const": 1}, {"type": "object", "required": ["x"]}, {"type": "array"}]}}}
    nested = {"a": {"items": {"$ref": "#/$defs/d0"}}}
    for properties in (choices, forms, nested):
        more = {"$defs": chain(4, 4, "anyOf")} if properties is nested else {}
        schema = json.dumps(json.loads(incident(properties, **more)), indent=0)
        outcome = trueup_check(workspace({PATH: schema, "incidents/a.md": f"---\na:\n{items}---\n"}))
        assert len(outcome.lines) == 50
        assert places(outcome)[0].startswith("incidents/a.md:3:3: TU10")


def test_schema__a_line_end_never_matches_the_end_of_a_pattern(workspace: Write, trueup_check: Check) -> None:
    texts = {
        "incidents/a.md": "---\na: |\n  abc\n---\n",
        "incidents/b.md": '---\na: "abc\\n"\n---\n',
        "incidents/c.md": "---\na: abc\n---\n",
    }
    outcome = trueup_check(workspace({PATH: incident({"a": {"pattern": "^[a-z]+$"}}), **texts}))
    assert places(outcome) == ["incidents/a.md:2:4: TU106", "incidents/b.md:2:4: TU106"]


@pytest.mark.parametrize(
    "properties",
    [
        {"a": {"type": "integer"}},
        {"a": {"enum": ["x" * 10_000]}},
        {"a": {"const": "y" * 900_000}},
        {"a": {"format": "date"}},
        {"a": {"pattern": "^" + "b" * 50_000}},
        {"a": {"maxLength": 5}},
        {"b": {}},
    ],
)
def test_schema__a_huge_wrong_value_is_told_of_in_short(workspace: Write, trueup_check: Check, properties: dict[str, Any]) -> None:
    value = "".join(f"  {'x' * 60_000}\n" for _ in range(17))
    schema = incident(properties, additionalProperties=False, required=["a"])
    outcome = trueup_check(workspace({PATH: schema, "incidents/a.md": f"---\na: >\n{value}---\n"}))
    assert outcome.code == 1
    assert all(len(line) <= 560 for line in outcome.lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "5",
        "null",
        "{",
        '{"x-kind": 5}',
        '{"x-kind": {"name": 5, "files": "x"}}',
        '{"x-kind": {"name": "a", "files": [5]}}',
        '{"type": "strin", "x-kind": {"name": "a", "files": ["a/*"]}}',
    ],
)
def test_schema__that_is_none(workspace: Write, trueup_check: Check, text: str) -> None:
    outcome = trueup_check(workspace({PATH: text}))
    assert outcome.code == 1
    assert all(place.startswith(f"{PATH}:1:") and place.endswith("TU019") for place in places(outcome))


@pytest.mark.parametrize("glob", ["../outside/*.md", "x/../../outside/*.md", "{..,x}/outside/*.md", "./*.md"])
def test_schema__files_outside_of_the_workspace_are_never_read(workspace: Write, trueup_check: Check, tmp_path: Path, glob: str) -> None:
    inner = tmp_path / "inner"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text("canary-7f3a")
    workspace({f"inner/{PATH}": incident(kind={"files": [glob]}), "inner/trueup.yaml": ""})
    outcome = trueup_check(Written(inner))
    assert places(outcome) == [f"{PATH}:1:12: TU019"]
    assert "canary" not in str(outcome)


# --- Files -----------------------------------------------------------------------------------------------------------

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes such names")


@LINUX
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("-rf", ["TU016"]),
        ("con", ["TU014"]),
        ("a:b", ["TU014", "TU016"]),
        ("x.", ["TU016"]),
        ("a b", ["TU016"]),
        ("A", ["TU016"]),
        ("a\nb", ["TU014", "TU016"]),
        ("a\x1b[31mb", ["TU014", "TU016"]),
        ("a\u202eb", ["TU016"]),
        ("标题", ["TU016"]),
        ("a" * 250, ["TU016"]),
        ("::error::x", ["TU014", "TU016"]),
        ("a--b", ["TU016"]),
        ('a"><script>', ["TU014", "TU016"]),
    ],
)
def test_files__names_that_are_no_ids(workspace: Write, trueup_check: Check, name: str, codes: list[str]) -> None:
    outcome = trueup_check(workspace({f"goals/{name}.md": goal()}))
    assert outcome.code == 1
    found = [code for code in ("TU014", "TU016") if any(f" {code} " in line for line in outcome.lines)]
    assert set(codes) <= set(found)
    assert not any(line.startswith("::") for line in outcome.lines)


@LINUX
def test_files__name_that_is_not_utf_8(workspace: Write, trueup_check: Check) -> None:
    written = workspace({"goals/a.md": goal()})
    Path(os.fsdecode(os.fsencode(written.root) + b"/goals/caf\xe9.md")).write_text(goal())
    assert any("the file's name is not UTF-8" in line for line in trueup_check(written).lines)


@pytest.mark.parametrize("reference", ["../../x", "/etc/passwd", "-rf", "con", "a:b", "x.", "x" * 300, "..", "a/b", "li-wei\n", "a b"])
def test_files__ids_that_lead_nowhere(workspace: Write, trueup_check: Check, reference: str) -> None:
    outcome = trueup_check(workspace({"goals/a.md": goal(f"product_owner: {json.dumps(reference)}")}))
    assert outcome.code == 1
    assert all(place.split(": ")[1] in ("TU106", "TU107", "TU201") and place.startswith("goals/a.md:5:16") for place in places(outcome))


@pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and sockets are POSIX here")
def test_files__links_pipes_sockets_and_folders(workspace: Write, trueup_check: Check, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret.md").write_text("canary-7f3a")
    written = workspace({"goals/folder.yaml/.keep": "", "goals/a.md": goal(), "plans/x/.keep": ""})
    (written.root / "goals/file.md").symlink_to(elsewhere / "secret.md")
    (written.root / "goals/deep").symlink_to(elsewhere)
    (written.root / "goals/null.md").symlink_to("/dev/null")
    (written.root / "goals/circle").symlink_to(".")
    (written.root / "team").symlink_to(elsewhere)
    (written.root / "metrics").symlink_to("/proc")
    os.mkfifo(written.root / "goals/pipe.md")
    outcome = trueup_check(written)
    assert places(outcome) == [
        "goals/circle:1:1: TU012",
        "goals/deep:1:1: TU012",
        "goals/file.md:1:1: TU012",
        "goals/folder.yaml:1:1: TU012",
        "goals/null.md:1:1: TU012",
        "goals/pipe.md:1:1: TU012",
        "metrics:1:1: TU012",
        "team:1:1: TU012",
    ]
    assert "canary" not in str(outcome)


@pytest.mark.skipif(sys.platform == "win32", reason="links are POSIX here")
@pytest.mark.parametrize("path", ["trueup.yaml", "schemas", PATH, "metrics/m.csv"])
def test_files__links_in_place_of_what_is_not_a_record(
    workspace: Write, trueup_check: Check, tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("canary-7f3a: [")
    written = workspace({"metrics/m.yaml": "title: M\nunit: x\ndirection: up\n"})
    (written.root / path).unlink(missing_ok=True)
    (written.root / path).parent.mkdir(exist_ok=True)
    (written.root / path).symlink_to(secret)
    outcome = trueup_check(written)
    assert [place.split(" ")[0] for place in places(outcome)] == [f"{path}:1:1:"]
    assert "canary" not in str(outcome)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_files__without_permission(workspace: Write, trueup_check: Check) -> None:
    written = workspace({"goals/a.md": goal()})
    (written.root / "goals/a.md").chmod(0)
    assert places(trueup_check(written)) == ["goals/a.md:1:1: TU001"]


@LINUX
@pytest.mark.parametrize(
    ("one", "other"),
    [("task-1.md", "Task-1.md"), ("caf\u00e9.md", "cafe\u0301.md"), ("stra\u00dfe.md", "strasse.md"), ("sub/a.md", "SUB/a.md")],
)
def test_files__names_that_collide_elsewhere(workspace: Write, trueup_check: Check, one: str, other: str) -> None:
    outcome = trueup_check(workspace({f"goals/{one}": goal(), f"goals/{other}": goal()}))
    (line,) = [line for line in outcome.lines if " TU013 " in line]
    assert "on Windows and macOS" in line


def test_files__a_workspace_of_nothing_but_noise(workspace: Write, trueup_check: Check) -> None:
    noise = random.Random(7)
    files = {f"goals/n{number}.{'md' if number % 2 else 'yaml'}": noise.randbytes(noise.randrange(2000)) for number in range(200)}
    files |= {f"metrics/n{number}.csv": noise.randbytes(500) for number in range(20)}
    files |= {f"schemas/n{number}.schema.json": noise.randbytes(500) for number in range(20)}
    outcome = trueup_check(workspace(files))
    assert outcome.code == 1
    assert len({line.split(":")[0] for line in outcome.lines}) >= 200


@pytest.mark.parametrize("name", ["--output=/tmp/x", "-c", "@file", "--", "$(id)"])
def test_files__a_path_that_looks_like_an_option(workspace: Write, trueup_check: Check, name: str) -> None:
    outcome = trueup_check(workspace({"goals/a.md": goal()}), "--", name)
    assert outcome.code == 2
    assert len(outcome.errors.splitlines()) <= 4
