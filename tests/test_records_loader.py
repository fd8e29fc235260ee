"""From files to records: what cannot be read is told and keeps its id, and one file may hold many."""

from __future__ import annotations

import json
import time

import pytest

from conftest import TODAY, Write
from texts import PEOPLE, TEAM, goal, plan
from trueup.checks.runner import check
from trueup.records.config import CONFIG_FILE
from trueup.records.tree import EntryType, Unreadable, WorkingTree
from trueup.records.workspace import load
from trueup.render.text import finding_line

# --- What cannot be read ---------------------------------------------------------------------------------------------


def test_load__an_unreadable_record_is_an_error_and_a_known_id(workspace: Write) -> None:
    written = workspace({**PEOPLE, "goals/broken.md": "---\ntitle: [\n---\n", "plans/a.md": plan("A", "goals: [broken]")})
    loaded = written.load()
    assert written.findings() == ['goals/broken.md:2:9: TU006 a list in "[" or a mapping in "{" is never closed (close it)']
    assert loaded.record("goal/broken") is None
    assert loaded.unreadable == {"goals/broken.md": "goal/broken"}
    assert "broken" in loaded.ids("goal")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", "1:1: TU010"),
        (b"text", "1:1: TU010"),
        (b"---\n- a\n---\n", "2:1: TU011"),
        (b"---\n# nothing\n---\n", "2:1: TU011"),
        (b"---\ntext\n---\n", "2:1: TU011"),
        (b"---\ntitle: \xff\n---\n", "2:8: TU002"),
        (b"---\ntitle: \x00\n---\n", "2:8: TU003"),
        (b"---\n<<<<<<< a\ntitle: a\n=======\ntitle: b\n>>>>>>> b\n---\n", "2:1: TU005"),
        (b"---\ntitle: a: b\n---\n", "2:9: TU006"),
        (b"-" * 70_000, "1:1: TU004"),
    ],
)
def test_load__every_way_of_being_unreadable_keeps_the_id(workspace: Write, text: bytes, found: str) -> None:
    written = workspace({**PEOPLE, "goals/broken.md": text, "plans/a.md": plan("A", "goals: [broken]")})
    assert [line.rsplit(" ", 1)[0][: len(found) + 16] for line in written.findings()] == [f"goals/broken.md:{found}"]


class Falling:
    """A working tree in which one file fails in a given way when it is read."""

    def __init__(self, tree: WorkingTree, path: str, fault: Unreadable) -> None:
        self._tree, self._path, self._fault = tree, path, fault

    def files(self, folders: object) -> dict[str, EntryType]:
        return self._tree.files(folders)  # type: ignore[arg-type]

    def entries(self, folder: str) -> dict[str, EntryType]:
        return self._tree.entries(folder)

    def read(self, path: str) -> bytes | Unreadable:
        return self._fault if path == self._path else self._tree.read(path)

    def expect(self, paths: object) -> None:
        """As on disk."""

    def blob(self, path: str) -> None:
        return None


@pytest.mark.parametrize("path", ["goals/a.md", "metrics/m.csv", "schemas/x.schema.json", CONFIG_FILE])
def test_load__a_file_that_cannot_be_opened(workspace: Write, path: str) -> None:
    from trueup.locale import msg

    files = {
        "goals/a.md": goal(),
        "metrics/m.yaml": "title: M\nunit: '%'\ndirection: up\n",
        "metrics/m.csv": "date,value\n",
        "schemas/x.schema.json": "{}",
    }
    fault = Unreadable(msg("the file cannot be opened: {reason}", reason="Permission denied"), msg("look at its permissions"))
    loaded = load(Falling(WorkingTree(workspace(files).root), path, fault))
    lines = [finding_line(one, "en") for one in check(loaded, TODAY)]
    assert f"{path}:1:1: TU001 the file cannot be opened: Permission denied (look at its permissions)" in lines


def test_load__a_file_that_vanishes_between_listing_and_reading(workspace: Write) -> None:
    written = workspace({"goals/a.md": goal(), "goals/b.md": goal()})

    class Vanishing(WorkingTree):
        def files(self, folders: object) -> dict[str, EntryType]:
            found = super().files(folders)  # type: ignore[arg-type]
            if "goals/a.md" in found:
                (self.root / "goals/a.md").unlink()
            return found

    loaded = load(Vanishing(written.root))
    assert [finding_line(one, "en") for one in check(loaded, TODAY)] == [
        "goals/a.md:1:1: TU001 the file vanished while it was being read (run the command again)"
    ]
    assert [one.address for one in loaded.records] == ["goal/b"]


def test_load__links_pipes_and_folders_are_findings_and_known_ids(workspace: Write) -> None:
    import os

    written = workspace(
        {**PEOPLE, "goals/a.md": goal(), "goals/folder.md/inner.md": goal(), "plans/a.md": plan("A", "goals: [linked, pipe]")}
    )
    (written.root / "goals/linked.md").symlink_to("a.md")
    os.mkfifo(written.root / "goals/pipe.md")
    assert [line[: line.index(" ") + 6] for line in written.findings()] == [
        "goals/folder.md:1:1: TU012",
        "goals/linked.md:1:1: TU012",
        "goals/pipe.md:1:1: TU012",
    ]


def test_load__one_broken_file_among_two_hundred(workspace: Write) -> None:
    files: dict[str, str | bytes] = {f"goals/goal-{number:03}.md": goal(f"Goal {number}") for number in range(200)}
    files["goals/goal-077.md"] = "---\ntitle: A\nperiod: 2026-Q4\nstatus: 'active\n---\n"
    files["goals/goal-150.md"] = goal("Goal", "parent: goal-077").replace("active", "actve")
    written = workspace(files)
    assert [line.split(" (")[0] for line in written.findings()] == [
        "goals/goal-077.md:4:9: TU006 a quote is opened and never closed",
        'goals/goal-150.md:4:9: TU104 "actve" is not allowed for "status"',
    ]
    assert len(written.load().of_kind("goal")) == 199


def test_load__faults_of_reading_are_not_told_again_by_the_schema(workspace: Write) -> None:
    text = goal().replace("title: A", "title: 99999999999999999999").replace("active", "&x active")
    assert [line.split(" (")[0] for line in workspace({"goals/a.md": text}).findings()] == [
        "goals/a.md:2:8: TU009 99999999999999999999 does not fit in 64 bits",
        'goals/a.md:4:9: TU008 the text "&x" is a YAML anchor or alias, which is not allowed',
    ]


def test_load__five_faults_of_one_file_in_one_run(workspace: Write) -> None:
    lines = [
        "goals: [a]",
        "tasks:",
        "  - id: call",
        "    titel: Call",
        "    due: 2026-02-30",
        "    estimate: 3 days",
        "    owner: li-wie",
        "    status: toodo",
    ]
    written = workspace({**PEOPLE, "goals/a.md": goal(), "plans/a.md": plan("A", *lines)})
    assert [line.split(" (")[0] for line in written.findings()] == [
        'plans/a.md:8:5: TU102 there is no field "titel" here',
        'plans/a.md:9:10: TU105 there is no day "2026-02-30" in the calendar',
        'plans/a.md:10:15: TU103 "estimate" must be a number, not text',
        'plans/a.md:11:12: TU201 no person has the id "li-wie"',
        'plans/a.md:12:13: TU104 "toodo" is not allowed for "status"',
    ]
    assert 'did you mean "title"?' in written.findings()[0]


# --- Several records in a file, and ids that are fields --------------------------------------------------------------


def kinds(**about: object) -> str:
    return json.dumps(
        {
            "x-kind": {"name": "depot", "files": ["depots/*.yaml"], **about},
            "type": "object",
            "properties": {"title": {"type": "string"}, "code": {"type": ["string", "integer"]}, "near": {"x-ref": "depot"}},
        }
    )


def test_load__a_mapping_of_records(workspace: Write) -> None:
    written = workspace(
        {
            "schemas/depot.schema.json": kinds(records="keys"),
            "depots/all.yaml": "north:\n  title: North\n  near: suoth\nsouth:\n  title: 5\n  near: north\nold: gone\n",
        }
    )
    assert written.findings() == [
        'depots/all.yaml:3:9: TU201 no depot has the id "suoth" (did you mean "south"?)',
        'depots/all.yaml:5:10: TU103 "title" must be text, not a whole number (put it in quotes: "5")',
        "depots/all.yaml:7:6: TU011 a record must be a mapping of fields",
    ]
    loaded = written.load()
    assert [(one.address, one.line) for one in loaded.records] == [("depot/north", 1), ("depot/south", 4)]
    assert "old" in loaded.ids("depot")


def test_load__a_list_of_records(workspace: Write) -> None:
    written = workspace(
        {
            "schemas/depot.schema.json": kinds(records="items", id="code"),
            "depots/all.yaml": "- {code: n, title: North}\n- {code: 7, near: n}\n- title: None\n- text\n- {code: n}\n",
        }
    )
    assert [line.split(" (")[0] for line in written.findings()] == [
        'depots/all.yaml:3:3: TU101 the field "code" is missing',
        "depots/all.yaml:4:3: TU011 a record must be a mapping of fields",
        'depots/all.yaml:5:10: TU206 the id "n" is already taken by depots/all.yaml',
    ]
    assert [one.address for one in written.load().records] == ["depot/n", "depot/7", "depot/3", "depot/n"]


@pytest.mark.parametrize(("layout", "text"), [("keys", "- a\n"), ("items", "a: {}\n"), ("keys", ""), ("items", "5"), ("keys", "a: [\n")])
def test_load__a_file_of_records_of_another_form(workspace: Write, layout: str, text: str) -> None:
    written = workspace({"schemas/depot.schema.json": kinds(records=layout), "depots/all.yaml": text})
    assert len(written.findings()) == 1
    assert written.load().records == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("code: north\ntitle: [\n", "north"),
        ("title: [\ncode: 'north' \r\n", "north"),
        ('code: "north"  # note\na: [\n', "north"),
        ("title: [\n", "broken"),
        ("code:\na: [\n", "broken"),
        ("code: ''\na: [\n", "broken"),
        ("code: a" + " " * 300_000 + "\nb: [\n", "a"),
    ],
)
def test_load__an_id_that_is_a_field_of_a_broken_file(workspace: Write, text: str, name: str) -> None:
    loaded = workspace({"schemas/depot.schema.json": kinds(id="code"), "depots/broken.yaml": text}).load()
    assert loaded.unreadable == {"depots/broken.yaml": f"depot/{name}"}
    assert name in loaded.ids("depot")


def test_load__an_id_that_is_a_field(workspace: Write) -> None:
    written = workspace(
        {
            "schemas/depot.schema.json": kinds(id="code"),
            "depots/a.yaml": "code: north\n",
            "depots/b.yaml": "code: 12\nnear: '12'\n",
            "depots/c.yaml": "code: north\nnear: c\n",
            "depots/d.yaml": "code: [x]\nnear: d\n",
        }
    )
    assert [line.split(" (")[0] for line in written.findings()] == [
        'depots/c.yaml:1:7: TU206 the id "north" is already taken by depots/a.yaml',
        'depots/c.yaml:2:7: TU201 no depot has the id "c"',
        'depots/d.yaml:1:7: TU103 "code" must be a whole number, text, not a list',
    ]


@pytest.mark.parametrize("written", ["0000-02-03", '"0000-02-03"', r'"\x3000\x30-02-03"'])
def test_load__a_year_that_the_calendar_has_not_is_a_finding_and_no_date(workspace: Write, written: str) -> None:
    days = workspace({**TEAM, "plans/a.md": plan("A", f"due: {written}"), "plans/b.md": plan("B", "due: 2026-11-20")})
    assert days.findings() == ['plans/a.md:5:6: TU105 there is no day "0000-02-03" in the calendar (correct the year)']


def test_load__thousands_of_records_in_one_file_take_linear_time(workspace: Write) -> None:
    written = workspace(
        {"schemas/depot.schema.json": kinds(records="keys"), "depots/all.yaml": "".join(f"d{n}: {{title: A}}\n" for n in range(20_000))}
    )
    start = time.process_time()
    assert len(written.load().records) == 20_000
    assert time.process_time() - start < 2


@pytest.mark.parametrize("written", ["1.10", "1e3", "+7", "TRUE", "-0", "1.", "True", "0.50"])
def test_load__the_hint_quotes_a_number_as_it_stands_in_the_file(workspace: Write, written: str) -> None:
    plain = f"---\r\ntitle: {written}   # note\r\nperiod: 2026-Q4\r\nstatus: active\r\n---\r\n"
    flow = f"\ufeff---\n{{status: active, tags: [{written}], period: 2026-Q4, title: {written}}}\n---\n"
    written_so = workspace({CONFIG_FILE: f"title: {written}\n", "goals/a.md": plain, "goals/b.md": flow})
    hints = [one.rpartition(" (")[2] for one in written_so.findings()]
    assert hints == [f'put it in quotes: "{written}")'] * 4


DEPOTS = {"x-kind": {"name": "depot", "files": ["depots.yaml"], "records": "items", "id": "code"}, "type": "object", "properties": {}}


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ("{title: b}", '2:3: TU101 the field "code" is missing (it is the id of the record)'),
        ("{code: [b]}", '2:10: TU103 "code" is the id of the record, and must be text or a whole number (write the name'),
        ('{code: ""}', '2:10: TU103 "code" is the id of the record, and must be text or a whole number (write the name'),
        ("{code: 7}", ""),
    ],
)
def test_load__an_item_without_its_id_is_told_of(workspace: Write, item: str, found: str) -> None:
    schema = json.dumps({**DEPOTS, "properties": {"code": {}, "title": {}}})
    lines = workspace({"schemas/depot.schema.json": schema, "depots.yaml": f"- {{code: a}}\n- {item}\n"}).findings()
    assert len(lines) == bool(found)
    assert all(line.startswith(f"depots.yaml:{found}") for line in lines)


def test_load__an_item_without_an_id_that_its_schema_requires_is_told_of_once(workspace: Write) -> None:
    schema = json.dumps({**DEPOTS, "required": ["code"], "properties": {"code": {"type": "string"}}})
    lines = workspace({"schemas/depot.schema.json": schema, "depots.yaml": "- {}\n- {code: [b]}\n"}).findings()
    assert [line.split(" ")[1] for line in lines] == ["TU101", "TU103"]
