"""Every form in which a folder that a team already has may keep its records, their ids and their references.

Each test is a workspace of a few lines: what is found in it, and what is said where a target is missing.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trueup.checks.catalogue import RULES
from trueup.checks.runner import check
from trueup.diagnostic import Diagnostic
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.views.tables import ask

TODAY = date(2026, 11, 20)

# These look at every record, or tell the second of two records from the first.
_NEED_ALL = {rule.code for rule in RULES if rule.whole} | {"TU204", "TU206"}


def schema(name: str, files: str, properties: dict[str, Any] | None = None, **about: Any) -> str:
    """A kind's schema: what its annotations say, and its fields besides the title."""
    kind = {"name": name, "files": [files], **about}
    return json.dumps({"x-kind": kind, "type": "object", "properties": {"title": {"type": "string"}, **(properties or {})}})


def workspace(root: Path, files: dict[str, str]) -> Workspace:
    for path, text in {"trueup.yaml": "", **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return load(WorkingTree(root))


def findings(loaded: Workspace, root: Path) -> list[str]:
    """``path:line CODE`` of every finding. Each file checked alone must give the same as within the whole."""
    whole = check(loaded, TODAY)
    for path in loaded.paths:
        alone = check(load(WorkingTree(root), only=[path]), TODAY)
        assert _of(path, alone) == _of(path, whole)
    return [f"{one.path}:{one.line} {one.code}" for one in whole]


def _of(path: str, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in diagnostics if one.path == path and one.code not in _NEED_ALL]


def addresses(loaded: Workspace) -> list[str]:
    return [record.address for record in loaded.records]


def references(loaded: Workspace) -> list[tuple[str, str, str]]:
    """What is named where: the address of the record, the text as written, and the address that it means or the state."""
    return [(one.source.address, one.text, one.target if one.state == "found" else one.state) for one in loaded.references()]


# x-kind.records


def test_records__one_a_file(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.{md,yaml}", {"see": {"x-ref": "note"}}, records="file"),
            "notes/one.md": "---\ntitle: One\nsee: two\n---\nText.\n",
            "notes/two.yaml": "title: Two\nsee: three\n",
        },
    )

    assert addresses(loaded) == ["note/one", "note/two"]
    assert references(loaded) == [("note/one", "two", "note/two"), ("note/two", "three", "unknown")]
    assert findings(loaded, tmp_path) == ["notes/two.yaml:2 TU201"]


def test_records__keys_of_a_mapping(tmp_path: Path) -> None:
    """Everyone in one file: the address and the place of a finding are the person's own, not the file's."""
    loaded = workspace(
        tmp_path,
        {
            "schemas/member.schema.json": schema("member", "people.yaml", {"lead": {"x-ref": "member"}}, records="keys"),
            "people.yaml": "ada:\n  title: Ada\n\nbo:\n  title: Bo\n  lead: ada\n\nCy.Lee:\n  title: Cy\n  lead: dan\n",
        },
    )

    assert addresses(loaded) == ["member/ada", "member/bo", "member/Cy.Lee"]
    assert [record.line for record in loaded.records] == [1, 4, 8]
    assert references(loaded) == [("member/bo", "ada", "member/ada"), ("member/Cy.Lee", "dan", "unknown")]
    assert findings(loaded, tmp_path) == ["people.yaml:10 TU201"]


def test_records__an_entry_under_a_key_that_is_no_mapping_is_still_known(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/member.schema.json": schema("member", "people.yaml", {"lead": {"x-ref": "member"}}, records="keys"),
            "people.yaml": "ada: Ada Lovelace\nbo:\n  lead: ada\n",
        },
    )

    assert references(loaded) == [("member/bo", "ada", "member/ada")]
    assert findings(loaded, tmp_path) == ["people.yaml:1 TU011"]


def test_records__items_of_a_list(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/risk.schema.json": schema("risk", "risks.yaml", {"after": {"x-ref": "risk"}}, records="items"),
            "risks.yaml": "- id: r1\n  title: Rain\n- id: r2\n  title: Snow\n  after: r1\n- id: R2\n  title: Hail\n  after: r9\n",
        },
    )

    assert addresses(loaded) == ["risk/r1", "risk/r2", "risk/R2"]
    assert [record.line for record in loaded.records] == [1, 3, 6]
    assert references(loaded) == [("risk/r2", "r1", "risk/r1"), ("risk/R2", "r9", "unknown")]
    assert findings(loaded, tmp_path) == ["risks.yaml:6 TU206", "risks.yaml:8 TU201"]


def test_records__items_whose_id_is_another_field(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/risk.schema.json": schema(
                "risk", "risks.yaml", {"number": {}, "after": {"x-ref": "risk"}}, records="items", id="number"
            ),
            "risks.yaml": "- number: 21\n  title: Rain\n- number: 22\n  after: 21\n- number: 23\n  after: 1\n",
        },
    )

    assert addresses(loaded) == ["risk/21", "risk/22", "risk/23"]
    assert references(loaded) == [("risk/22", "21", "risk/21"), ("risk/23", "1", "unknown")]
    assert findings(loaded, tmp_path) == ["risks.yaml:6 TU201"]


@pytest.mark.parametrize(("records", "text"), [("keys", "- id: ada\n"), ("items", "ada:\n  title: Ada\n")])
def test_records__of_a_file_that_is_built_otherwise(tmp_path: Path, records: str, text: str) -> None:
    loaded = workspace(tmp_path, {"schemas/member.schema.json": schema("member", "people.yaml", records=records), "people.yaml": text})

    assert addresses(loaded) == []
    assert findings(loaded, tmp_path) == ["people.yaml:1 TU011"]


def test_records__in_a_file_at_the_root_beside_folders_of_other_kinds(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/member.schema.json": schema("member", "people.yaml", records="keys"),
            "schemas/note.schema.json": schema("note", "notes/*.md", {"by": {"x-ref": "member"}}),
            "people.yaml": "ada:\n  title: Ada\n",
            "notes/a.md": "---\nby: ada\n---\n",
            "notes/b.md": "---\nby: bo\n---\n",
        },
    )

    assert addresses(loaded) == ["note/a", "note/b", "member/ada"]
    assert findings(loaded, tmp_path) == ["notes/b.md:2 TU201"]


def test_files__elsewhere_in_the_repository_are_not_looked_at(tmp_path: Path) -> None:
    """Where a kind's files may lie in any folder, everything is passed by; only what could be a record is judged."""
    (tmp_path / "src").mkdir()
    (tmp_path / "CIP-0009").symlink_to("src")
    (tmp_path / "CONTRIBUTORS.md").symlink_to("people.yaml")
    (tmp_path / "src" / "latest").symlink_to("..")
    loaded = workspace(
        tmp_path,
        {
            "schemas/cip.schema.json": schema("cip", "CIP-*/README.md", id="parent"),
            "schemas/member.schema.json": schema("member", "people.yaml", records="keys"),
            "CIP-0001/README.md": "---\ntitle: One\n---\n",
            "CIP-0001/notes?.md": "not a record",
            "src/Main.md": "not a record",
            "src/main.md": "not a record",
            "people.yaml": "ada:\n  title: Ada\n",
        },
    )

    assert addresses(loaded) == ["cip/CIP-0001", "member/ada"]
    assert findings(loaded, tmp_path) == ["CIP-0009:1 TU012"]


# x-kind.id


def test_id__the_stem_in_its_own_characters_and_case(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/task.schema.json": schema("task", "tasks/**/*.md", {"after": {"x-ref": "task"}}, id="stem"),
            "tasks/BACK-7 - Set up.md": "---\ntitle: Set up\n---\n",
            "tasks/done/BACK-8_b.md": "---\nafter: BACK-7 - Set up\n---\n",
            "tasks/BACK-9.md": "---\nafter: back-8_b\n---\n",
        },
    )

    assert addresses(loaded) == ["task/BACK-7 - Set up", "task/BACK-9", "task/BACK-8_b"]
    assert references(loaded) == [
        ("task/BACK-9", "back-8_b", "unknown"),
        ("task/BACK-8_b", "BACK-7 - Set up", "task/BACK-7 - Set up"),
    ]
    assert findings(loaded, tmp_path) == ["tasks/BACK-9.md:2 TU201"]


def test_id__the_folder(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/proposal.schema.json": schema("proposal", "proposals/*/README.md", {"after": {"x-ref": "proposal"}}, id="parent"),
            "proposals/0041-names/README.md": "---\ntitle: Names\n---\n",
            "proposals/0042-places/README.md": "---\nafter: 0041-names\n---\n",
            "proposals/0043-dates/README.md": "---\nafter: 0040-none\n---\n",
        },
    )

    assert addresses(loaded) == ["proposal/0041-names", "proposal/0042-places", "proposal/0043-dates"]
    assert references(loaded)[0] == ("proposal/0042-places", "0041-names", "proposal/0041-names")
    assert findings(loaded, tmp_path) == ["proposals/0043-dates/README.md:2 TU201"]


def test_id__a_field(tmp_path: Path) -> None:
    """A file that does not parse is known by the id in its text; the second of two like ids is named where it stands."""
    loaded = workspace(
        tmp_path,
        {
            "schemas/task.schema.json": schema("task", "tasks/*.md", {"key": {}, "after": {"x-ref": "task"}}, id="key"),
            "tasks/a.md": "---\nkey: OPS-1\n---\n",
            "tasks/b.md": "---\ntitle: @broken\nkey: OPS-2\n---\n",
            "tasks/c.md": "---\nkey: 3\nafter: OPS-1\n---\n",
            "tasks/d.md": "---\ntitle: Again\nkey: ops-1\nafter: OPS-2\n---\n",
            "tasks/e.md": "---\ntitle: No key\nafter: OPS-9\n---\n",
        },
    )

    assert addresses(loaded) == ["task/OPS-1", "task/3", "task/ops-1", "task/e"]
    assert loaded.unreadable == {"tasks/b.md": "task/OPS-2"}
    assert references(loaded) == [
        ("task/3", "OPS-1", "task/OPS-1"),
        ("task/ops-1", "OPS-2", "task/OPS-2"),
        ("task/e", "OPS-9", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["tasks/b.md:2 TU006", "tasks/d.md:3 TU206", "tasks/e.md:3 TU201"]


def test_reused_id__is_told_as_it_is_written(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/task.schema.json": schema("task", "tasks/*.md", {"key": {}}, id="key"),
            "tasks/a.md": "---\nkey: OPS-1\n---\n",
            "tasks/b.md": "---\nkey: OPS-1\n---\n",
        },
    )

    (found,) = check(loaded, TODAY)

    assert found.address == "task/OPS-1"
    assert found.say("en") == 'the id "OPS-1" is already taken by tasks/a.md (give one of the two another id)'


def test_id__parts_of_the_path(tmp_path: Path) -> None:
    """A file that the template does not fit goes by its stem."""
    template = {"path": "teams/{team}/{org}/{name}.yaml", "id": "{org}/{name}"}
    loaded = workspace(
        tmp_path,
        {
            "schemas/service.schema.json": schema("service", "teams/**/*.yaml", {"needs": {"x-ref": "service"}}, id=template),
            "teams/north/acme/cart.yaml": "title: Cart\n",
            "teams/north/bolt/cart.yaml": "title: Another cart\nneeds: acme/cart\n",
            "teams/south/bolt/till.yaml": "needs: acme/till\n",
            "teams/south/bolt/old/stock.yaml": "needs: stock\n",
        },
    )

    assert addresses(loaded) == ["service/acme/cart", "service/bolt/cart", "service/stock", "service/bolt/till"]
    assert references(loaded) == [
        ("service/bolt/cart", "acme/cart", "service/acme/cart"),
        ("service/stock", "stock", "service/stock"),
        ("service/bolt/till", "acme/till", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["teams/south/bolt/till.yaml:1 TU201"]


def test_id__a_number_before_a_name(tmp_path: Path) -> None:
    """Of two parts in one name the first is as short as can be; the slug may change, and the id stays."""
    template = {"path": "adr/{number}-{slug}.md", "id": "{number}"}
    ref = {"kind": "adr", "format": "{:04}"}
    loaded = workspace(
        tmp_path,
        {
            "schemas/adr.schema.json": schema("adr", "adr/*.md", {"replaces": {"x-ref": ref}}, id=template),
            "adr/0001-one-database-for-all.md": "---\ntitle: One database for all\n---\n",
            "adr/0002-a-queue-for-orders.md": "---\nreplaces: 1\n---\n",
            "adr/0003-no-queue.md": "---\nreplaces: 9\n---\n",
        },
    )

    assert addresses(loaded) == ["adr/0001", "adr/0002", "adr/0003"]
    assert references(loaded)[0] == ("adr/0002", "1", "adr/0001")
    assert findings(loaded, tmp_path) == ["adr/0003-no-queue.md:2 TU201"]


def test_id__parts_of_the_path_that_two_files_share(tmp_path: Path) -> None:
    template = {"path": "teams/{team}/{name}.yaml", "id": "{name}"}
    loaded = workspace(
        tmp_path,
        {
            "schemas/service.schema.json": schema("service", "teams/*/*.yaml", id=template),
            "teams/north/cart.yaml": "title: Cart\n",
            "teams/south/cart.yaml": "title: Cart\n",
        },
    )

    assert findings(loaded, tmp_path) == ["teams/south/cart.yaml:1 TU206"]


# x-ref: which records


def test_ref__one_kind(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.md", {"by": {"x-ref": "person"}}),
            "team/teams/shop.md": "---\ntitle: Shop\nfunction: product\n---\n",
            "team/people/li-wei.md": "---\ntitle: Li Wei\nteam: shop\n---\n",
            "notes/a.md": "---\nby: li-wei\n---\n",
            "notes/b.md": "---\nby: li-wie\n---\n",
        },
    )

    assert ("note/a", "li-wei", "person/li-wei") in references(loaded)
    assert findings(loaded, tmp_path) == ["notes/b.md:2 TU201"]


TWO_KINDS = {
    "schemas/problem.schema.json": schema("problem", "problems/*.md"),
    "schemas/idea.schema.json": schema("idea", "ideas/*.md"),
    "schemas/person.schema.json": schema("person", "people/*.md"),
    "problems/slow.md": "---\ntitle: Slow\n---\n",
    "ideas/cache.md": "---\ntitle: Cache\n---\n",
    "people/bo.md": "---\ntitle: Bo\n---\n",
}


ABOUT = ["problem/slow", "idea/cache", "cache", "problem/cache", "person/bo", "bo", "topic/x"]


@pytest.mark.parametrize("ref", [["problem", "idea"], {"kind": ["problem", "idea"]}], ids=["list", "object"])
def test_ref__one_of_several_kinds(tmp_path: Path, ref: Any) -> None:
    """The address says which; a bare name is taken where one of the kinds has it."""
    loaded = workspace(
        tmp_path,
        {
            **TWO_KINDS,
            "schemas/note.schema.json": schema("note", "notes/*.md", {"about": {"type": "array", "x-ref": ref}}),
            "notes/a.md": "---\nabout:" + "".join(f"\n  - {one}" for one in ABOUT) + "\n---\n",
        },
    )

    assert references(loaded) == [
        ("note/a", "problem/slow", "problem/slow"),
        ("note/a", "idea/cache", "idea/cache"),
        ("note/a", "cache", "idea/cache"),
        ("note/a", "problem/cache", "unknown"),
        ("note/a", "person/bo", "wrong-kind"),
        ("note/a", "bo", "malformed"),
        ("note/a", "topic/x", "malformed"),
    ]
    assert findings(loaded, tmp_path) == ["notes/a.md:6 TU201", "notes/a.md:7 TU202", "notes/a.md:8 TU201", "notes/a.md:9 TU201"]


# x-ref: parts


def test_ref__a_part_of_the_same_record(tmp_path: Path) -> None:
    steps = {"steps": {"type": "array", "items": {"properties": {"id": {}, "after": {"x-ref": {"kind": "recipe", "part": "steps"}}}}}}
    loaded = workspace(
        tmp_path,
        {
            "schemas/recipe.schema.json": schema("recipe", "recipes/*.yaml", steps, parts=["steps"]),
            "recipes/bread.yaml": "steps:\n  - id: knead\n  - id: bake\n    after: knead\n  - id: eat\n    after: cool\n",
        },
    )

    assert references(loaded) == [("recipe/bread", "knead", "recipe/bread#knead"), ("recipe/bread", "cool", "recipe/bread#cool")]
    assert findings(loaded, tmp_path) == ["recipes/bread.yaml:6 TU203"]


def test_ref__a_part_of_another_record_by_address(tmp_path: Path) -> None:
    properties = {
        "steps": {"type": "array", "items": {"properties": {"id": {}}}},
        "tips": {"type": "array", "items": {"properties": {"id": {}}}},
        "like": {"type": "array", "x-ref": {"kind": "recipe", "part": "steps"}},
    }
    loaded = workspace(
        tmp_path,
        {
            "schemas/recipe.schema.json": schema("recipe", "recipes/*.yaml", properties, parts=["steps", "tips"]),
            "recipes/bread.yaml": "steps: [{id: knead}]\ntips: [{id: warm}]\n",
            "recipes/rolls.yaml": (
                "like:\n  - recipe/bread#knead\n  - recipe/bread#roll\n  - recipe/bread#warm\n  - recipe/brot#knead\n  - recipe/bread\n"
            ),
        },
    )

    assert references(loaded)[0] == ("recipe/rolls", "recipe/bread#knead", "recipe/bread#knead")
    assert findings(loaded, tmp_path) == [
        "recipes/rolls.yaml:3 TU203",
        "recipes/rolls.yaml:4 TU203",
        "recipes/rolls.yaml:5 TU201",
        "recipes/rolls.yaml:6 TU203",
    ]


def test_ref__a_part_in_one_of_several_lists(tmp_path: Path) -> None:
    properties = {
        "steps": {"type": "array", "items": {"properties": {"id": {}}}},
        "tips": {"type": "array", "items": {"properties": {"id": {}}}},
        "first": {"x-ref": {"kind": "recipe", "part": ["steps", "tips"]}},
    }
    loaded = workspace(
        tmp_path,
        {
            "schemas/recipe.schema.json": schema("recipe", "recipes/*.yaml", properties, parts=["steps", "tips"]),
            "recipes/bread.yaml": "steps: [{id: knead}]\ntips: [{id: warm}]\nfirst: warm\n",
            "recipes/rolls.yaml": "first: recipe/bread#knead\n",
            "recipes/cake.yaml": "first: recipe/bread#cool\n",
        },
    )

    assert findings(loaded, tmp_path) == ["recipes/cake.yaml:1 TU203"]


# x-ref: by what a target is named


SEEN = ["pages/a.md", "/pages/a.md", "../a.md", "b.md", "./b.md", "../b.md", "a.md"]


def test_ref__as_path_from_the_root_and_from_the_file(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/page.schema.json": schema(
                "page", "pages/**/*.md", {"see": {"type": "array", "x-ref": {"kind": "page", "as": "path"}}}
            ),
            "pages/a.md": "---\ntitle: A\n---\n",
            "pages/deep/b.md": "---\ntitle: B\n---\n",
            "pages/deep/c.md": "---\nsee:" + "".join(f"\n  - {one}" for one in SEEN) + "\n---\n",
        },
    )

    assert [target for _, _, target in references(loaded)] == [*["page/a"] * 3, *["page/b"] * 2, "unknown", "unknown"]
    assert findings(loaded, tmp_path) == ["pages/deep/c.md:8 TU201", "pages/deep/c.md:9 TU201"]
    assert str(check(loaded, TODAY)[0].message) == 'there is no page at "../b.md"'


def test_ref__as_path_to_the_folder_of_a_record(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/proposal.schema.json": schema(
                "proposal", "rfcs/*/README.md", {"see": {"type": "array", "x-ref": {"kind": "proposal", "as": "path"}}}, id="parent"
            ),
            "rfcs/0001-one/README.md": "---\ntitle: One\n---\n",
            "rfcs/0002-two/README.md": "---\nsee: [rfcs/0001-one, rfcs/0001-one/, ../0001-one, ../0001-one/README.md]\n---\n",
            "rfcs/0003-three/README.md": "---\nsee:\n  - ../0009-nine\n---\n",
        },
    )

    assert [target for _, _, target in references(loaded)] == [*["proposal/0001-one"] * 4, "unknown"]
    assert findings(loaded, tmp_path) == ["rfcs/0003-three/README.md:3 TU201"]


def test_ref__as_another_field_of_the_target(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/member.schema.json": schema("member", "people/*.yaml", {"handle": {"x-unique": True}, "number": {}}),
            "schemas/note.schema.json": schema(
                "note",
                "notes/*.md",
                {"by": {"x-ref": {"kind": "member", "as": "handle"}}, "desk": {"x-ref": {"kind": "member", "as": "number"}}},
            ),
            "people/ada-lovelace.yaml": 'handle: "@ada"\nnumber: 7\n',
            "notes/a.md": '---\nby: "@ada"\ndesk: 7\n---\n',
            "notes/b.md": '---\nby: "@bo"\ndesk: 8\n---\n',
        },
    )

    assert references(loaded)[:2] == [("note/a", "@ada", "member/ada-lovelace"), ("note/a", "7", "member/ada-lovelace")]
    assert findings(loaded, tmp_path) == ["notes/b.md:2 TU201", "notes/b.md:3 TU201"]
    assert [str(one.message) for one in check(loaded, TODAY)] == ['no member has the handle "@bo"', 'no member has the number "8"']


# x-ref: where in the value


def test_ref__in_values_of_lists_nested_lists_and_mappings(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.yaml", {"see": {"x-ref": {"kind": "note", "in": "value"}}}),
            "notes/a.yaml": "see: b\n",
            "notes/b.yaml": "see: [a, [c, [a]]]\n",
            "notes/c.yaml": "see:\n  first: a\n  then:\n    - b\n    - x\n",
        },
    )

    assert references(loaded) == [
        ("note/a", "b", "note/b"),
        ("note/b", "a", "note/a"),
        ("note/b", "c", "note/c"),
        ("note/b", "a", "note/a"),
        ("note/c", "a", "note/a"),
        ("note/c", "b", "note/b"),
        ("note/c", "x", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["notes/c.yaml:5 TU201"]


def test_ref__in_keys_of_mappings(tmp_path: Path) -> None:
    """``label: url`` maps, bare or in a list: the label names, the finding stands at it, the address is nobody's business."""
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.yaml", {"see": {"x-ref": {"kind": "note", "in": "key"}}}),
            "notes/a.yaml": "see:\n  b: https://example.com/b\n  x: https://example.com/x\n",
            "notes/b.yaml": "see:\n  - a: https://example.com/a\n  - [b: https://example.com/b]\n  - y: https://example.com/y\n",
        },
    )

    assert references(loaded) == [
        ("note/a", "b", "note/b"),
        ("note/a", "x", "unknown"),
        ("note/b", "a", "note/a"),
        ("note/b", "b", "note/b"),
        ("note/b", "y", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["notes/a.yaml:3 TU201", "notes/b.yaml:4 TU201"]
    assert [one.column for one in check(loaded, TODAY)] == [3, 5]


def test_ref__within_items_and_under_any_key(tmp_path: Path) -> None:
    """The annotation stands wherever the text does: at a field of the items of a list, at the values of a free mapping."""
    properties = {
        "votes": {"type": "object", "additionalProperties": {"properties": {"for": {"x-ref": "note"}}}},
        "links": {"type": "array", "items": {"$ref": "#/$defs/link"}},
    }
    text = json.loads(schema("note", "notes/*.yaml", properties))
    text["$defs"] = {"link": {"properties": {"to": {"x-ref": "note"}}}}
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": json.dumps(text),
            "notes/a.yaml": "votes:\n  ada: {for: a}\n  bo: {for: x}\nlinks:\n  - to: a\n  - to: y\n",
        },
    )

    assert findings(loaded, tmp_path) == ["notes/a.yaml:3 TU201", "notes/a.yaml:6 TU201"]


# x-ref: how the text is read


def test_ref__several_in_one_text(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.md", {"see": {"x-ref": {"kind": "note", "split": ","}}}),
            "notes/a.md": "---\nsee: b,c , a\n---\n",
            "notes/b.md": "---\nsee: a,\n---\n",
            "notes/c.md": "---\ntitle: C\nsee: a, x\n---\n",
        },
    )

    assert references(loaded) == [
        ("note/a", "b", "note/b"),
        ("note/a", "c", "note/c"),
        ("note/a", "a", "note/a"),
        ("note/b", "a", "note/a"),
        ("note/c", "a", "note/a"),
        ("note/c", "x", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["notes/c.md:3 TU201"]


@pytest.mark.parametrize(
    ("form", "seven", "twelve"),
    [("rfc-{}", "rfc-7", "rfc-12"), ("{:04}", "0007", "0012"), ("RFC {:03}.v1", "RFC 007.v1", "RFC 012.v1")],
)
def test_ref__a_number_that_a_format_makes_an_id(tmp_path: Path, form: str, seven: str, twelve: str) -> None:
    """A number, a text, several numbers in a text; what is missing is named as it would be called."""
    ref = {"kind": "rfc", "format": form, "split": ","}
    loaded = workspace(
        tmp_path,
        {
            "schemas/rfc.schema.json": schema("rfc", "rfcs/*.md", {"updates": {"x-ref": ref}}),
            f"rfcs/{seven}.md": "---\ntitle: Seven\n---\n",
            f"rfcs/{twelve}.md": "---\nupdates: 7\n---\n",
            "rfcs/the-next.md": '---\nupdates: "7, 12,99"\n---\n',
        },
    )

    assert references(loaded) == [
        (f"rfc/{twelve}", "7", f"rfc/{seven}"),
        ("rfc/the-next", "7", f"rfc/{seven}"),
        ("rfc/the-next", "12", f"rfc/{twelve}"),
        ("rfc/the-next", "99", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["rfcs/the-next.md:2 TU201"]
    missing = form.replace("{}", "99").replace("{:04}", "0099").replace("{:03}", "099")
    assert str(check(loaded, TODAY)[0].message) == f'no rfc has the id "{missing}"'


def test_ref__with_prefix_and_case_that_do_not_count(tmp_path: Path) -> None:
    ref = {"kind": "task", "fold": ["task-", "back-"]}
    loaded = workspace(
        tmp_path,
        {
            "schemas/task.schema.json": schema("task", "tasks/*.md", {"after": {"type": "array", "x-ref": ref}}),
            "tasks/BACK-1.md": "---\ntitle: One\n---\n",
            "tasks/task-2.md": "---\nafter:\n  - task-1\n  - back-1\n  - 1\n  - Task-2\n  - task-3\n  - draft-1\n---\n",
        },
    )

    assert [target for _, _, target in references(loaded)] == [*["task/BACK-1"] * 3, "task/task-2", "unknown", "unknown"]
    assert findings(loaded, tmp_path) == ["tasks/task-2.md:7 TU201", "tasks/task-2.md:8 TU201"]


def test_ref__folded_prefers_the_id_that_is_spelt_the_same(tmp_path: Path) -> None:
    ref = {"kind": "task", "fold": ["task-", "back-"]}
    loaded = workspace(
        tmp_path,
        {
            "schemas/task.schema.json": schema("task", "tasks/*.md", {"after": {"x-ref": ref}}),
            "tasks/back-1.md": "---\ntitle: Old\n---\n",
            "tasks/task-1.md": "---\ntitle: New\n---\n",
            "tasks/task-2.md": "---\nafter: task-1\n---\n",
        },
    )

    assert references(loaded) == [("task/task-2", "task-1", "task/task-1")]


def test_ref__texts_that_name_nothing(tmp_path: Path) -> None:
    ref = {"kind": "note", "none": ["none", "?"]}
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.md", {"next": {"x-ref": ref}}),
            "notes/a.md": "---\nnext: none\n---\n",
            "notes/b.md": '---\nnext: "?"\n---\n',
            "notes/c.md": "---\nnext: a\n---\n",
            "notes/d.md": "---\nnext: None\n---\n",
        },
    )

    assert references(loaded) == [
        ("note/a", "none", "none"),
        ("note/b", "?", "none"),
        ("note/c", "a", "note/a"),
        ("note/d", "None", "unknown"),
    ]
    assert findings(loaded, tmp_path) == ["notes/d.md:2 TU201"]


def test_ref__only_what_looks_like_one(tmp_path: Path) -> None:
    ref = {"kind": "note", "only": "^n[0-9]+$"}
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.md", {"see": {"type": "array", "x-ref": ref}}),
            "notes/n1.md": "---\ntitle: One\n---\n",
            "notes/n2.md": "---\nsee:\n  - n1\n  - https://example.com/n1\n  - the meeting of May\n  - n9\n---\n",
        },
    )

    assert references(loaded) == [("note/n2", "n1", "note/n1"), ("note/n2", "n9", "unknown")]
    assert findings(loaded, tmp_path) == ["notes/n2.md:6 TU201"]


def test_ref__label_words_and_open_question_in_one_key(tmp_path: Path) -> None:
    """``in``, ``split`` and ``only`` together: the label before the bar names, the words after it and ``…?`` do not."""
    ref = {"kind": "idea", "in": "key", "split": "|", "only": "^I-[0-9]+$"}
    loaded = workspace(
        tmp_path,
        {
            "schemas/idea.schema.json": schema("idea", "ideas/*.md", id="stem"),
            "schemas/problem.schema.json": schema("problem", "problems/*.md", {"answers": {"type": "array", "x-ref": ref}}),
            "ideas/I-1.md": "---\ntitle: One\n---\n",
            "problems/p.md": (
                "---\nanswers:\n  - I-1 | A cache: https://example.com/1\n  - I-2?: https://example.com/2\n"
                "  - I-3 | A queue: https://example.com/3\n---\n"
            ),
        },
    )

    assert references(loaded) == [("problem/p", "I-1", "idea/I-1"), ("problem/p", "I-3", "unknown")]
    assert findings(loaded, tmp_path) == ["problems/p.md:5 TU201"]


# Beside x-ref


def test_unique__holds_within_a_kind(tmp_path: Path) -> None:
    loaded = workspace(
        tmp_path,
        {
            "schemas/proposal.schema.json": schema("proposal", "rfcs/*/README.md", {"number": {"x-unique": True}}, id="parent"),
            "schemas/other.schema.json": schema("other", "others/*.md", {"number": {"x-unique": True}}),
            "rfcs/a/README.md": "---\nnumber: 7\n---\n",
            "rfcs/b/README.md": "---\nnumber: 8\n---\n",
            "rfcs/c/README.md": "---\ntitle: C\nnumber: 7\n---\n",
            "others/a.md": "---\nnumber: 7\n---\n",
        },
    )

    assert findings(loaded, tmp_path) == ["rfcs/c/README.md:3 TU113"]


def test_inverse__is_how_the_relation_is_called_from_the_other_side(tmp_path: Path) -> None:
    inverse = {"en": "Replaced by", "zh": "被以下决策取代"}
    loaded = workspace(
        tmp_path,
        {
            "schemas/adr.schema.json": schema("adr", "adr/*.md", {"replaces": {"x-ref": "adr", "x-inverse": inverse}}),
            "adr/1.md": "---\ntitle: One\n---\n",
            "adr/2.md": '---\nreplaces: "1"\n---\n',
            "adr/3.md": '---\nreplaces: "9"\n---\n',
        },
    )

    (pointing,) = loaded.pointing_at("adr/1")

    assert pointing.source.address == "adr/2"
    assert pointing.ref.inverse is not None
    assert (pointing.ref.inverse.say("en"), pointing.ref.inverse.say("zh")) == ("Replaced by", "被以下决策取代")
    assert loaded.pointing_at("adr/9") == ()
    assert findings(loaded, tmp_path) == ["adr/3.md:2 TU201"]


def test_acyclic__references_that_go_round_are_named_once(tmp_path: Path) -> None:
    properties = {"parent": {"x-ref": "task", "x-acyclic": True}, "related": {"x-ref": "task"}}
    loaded = workspace(
        tmp_path,
        {
            "schemas/task.schema.json": schema("task", "tasks/*.md", properties),
            "tasks/a.md": "---\nparent: b\n---\n",
            "tasks/b.md": "---\ntitle: B\nparent: c\n---\n",
            "tasks/c.md": "---\nparent: a\n---\n",
            "tasks/d.md": "---\nparent: a\nrelated: e\n---\n",
            "tasks/e.md": "---\nparent: x\nrelated: d\n---\n",
        },
    )

    assert findings(loaded, tmp_path) == ["tasks/a.md:2 TU204", "tasks/e.md:2 TU201"]


def test_states__with_a_reason_in_the_state(tmp_path: Path) -> None:
    states = {"open": ["Open"], "dropped": ["Inactive (*", "Void"]}
    loaded = workspace(
        tmp_path,
        {"schemas/note.schema.json": schema("note", "notes/*.md", {"status": {"type": "string"}}, states=states)}
        | {
            f"notes/{name}.md": f"---\nstatus: {status}\n---\n"
            for name, status in {"a": "Open", "b": "Inactive (too late)", "c": "Void", "d": "Voided", "e": "Inactive"}.items()
        },
    )

    groups = {record.status: record.kind.group_of(record.status) for record in loaded.records}

    assert groups == {"Open": "open", "Inactive (too late)": "dropped", "Void": "dropped", "Voided": "open", "Inactive": "open"}
    assert findings(loaded, tmp_path) == []


# Questions


def test_query__of_what_a_list_and_a_mapping_hold(tmp_path: Path) -> None:
    """Lists and mappings are JSON in the tables, so whatever form a folder has can be asked for."""
    loaded = workspace(
        tmp_path,
        {
            "schemas/note.schema.json": schema("note", "notes/*.yaml", {"see": {"type": "array"}}),
            "notes/a.yaml": "see:\n  - B | words: https://example.com/b\n  - C?: https://example.com/c\n",
        },
    )

    answer = ask(loaded, [], "SELECT note.id, entry.key FROM note, json_each(note.see) AS item, json_each(item.value) AS entry")

    assert answer.rows == (("a", "B | words"), ("a", "C?"))
    assert ask(loaded, [], "SELECT count(*) FROM note, json_tree(note.see) WHERE type = 'object'").rows == ((2,),)


# A reference that nobody follows must not look like one that is followed.


@pytest.mark.parametrize(
    ("field", "place", "message"),
    [
        ({"oneOf": [{"type": "string", "x-ref": "note"}, {"type": "array"}]}, "x-ref", '"x-ref" has no effect here'),
        ({"type": "object", "patternProperties": {"^n": {"x-ref": "note"}}}, "x-ref", '"x-ref" has no effect here'),
        ({"type": "array", "x-acyclic": True, "items": {"x-ref": "note"}}, "x-acyclic", '"x-acyclic" has no effect here'),
        ({"type": "array", "items": {"properties": {"n": {"x-unique": True}}}}, "x-unique", '"x-unique" has no effect here'),
        ({"x-kind": {"name": "inner", "files": ["x/*"]}}, "x-kind", '"x-kind" has no effect here'),
        ({"x-reference": "note"}, "x-reference", 'there is no annotation "x-reference" here'),
    ],
)
def test_schema__with_an_annotation_where_it_means_nothing(tmp_path: Path, field: dict[str, Any], place: str, message: str) -> None:
    text = json.dumps(json.loads(schema("note", "notes/*.md", {"see": field})), indent=1)
    loaded = workspace(tmp_path, {"schemas/note.schema.json": text})

    (found,) = check(loaded, TODAY)

    assert (found.code, str(found.message)) == ("TU019", message)
    assert f'"{place}"' in text.split("\n")[found.line - 1]


def test_schema__whose_id_is_a_field_that_it_does_not_have(tmp_path: Path) -> None:
    loaded = workspace(tmp_path, {"schemas/note.schema.json": schema("note", "notes/*.md", id="Parent")})

    (found,) = check(loaded, TODAY)

    assert (found.code, found.say("en")) == ("TU019", 'the schema has no field "Parent" (did you mean "parent"?)')


def test_schema__whose_reference_goes_by_a_field_that_the_target_does_not_have(tmp_path: Path) -> None:
    field = {"by": {"x-ref": {"kind": "person", "as": "titel"}}}
    loaded = workspace(tmp_path, {"schemas/note.schema.json": schema("note", "notes/*.md", field)})

    (found,) = check(loaded, TODAY)

    assert found.code == "TU019"
    assert found.say("en") == 'the field "by" refers to the "titel" of a person, which has none (did you mean "title"?)'


@pytest.mark.parametrize(
    "field",
    [
        {"x-ref": "note", "oneOf": [{"type": "string"}, {"type": "array"}]},
        {"type": "array", "items": {"x-ref": "note", "x-inverse": {"en": "Seen by", "zh": "被引用"}}},
        {"$ref": "#/properties/title", "x-ref": "note", "x-acyclic": True},
    ],
)
def test_schema__with_an_annotation_at_the_field_itself(tmp_path: Path, field: dict[str, Any]) -> None:
    loaded = workspace(tmp_path, {"schemas/note.schema.json": schema("note", "notes/*.md", {"see": field})})

    assert findings(loaded, tmp_path) == []
    assert len(loaded.kinds["note"].references) == 1
