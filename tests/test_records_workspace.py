"""Loading a whole tree, or a part of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from conftest import Write, write_files
from growth import bend
from texts import PEOPLE, TEAM, goal, plan
from trueup.records.config import CONFIG_FILE
from trueup.records.tree import Unreadable, WorkingTree
from trueup.records.workspace import Workspace, load

SHOP = {
    **PEOPLE,
    "goals/a.md": goal("A", "parent: b", "product_owner: li-wei"),
    "goals/b.md": goal("B", "parent: c"),
    "goals/c.md": goal("C", "parent: a", "operations_owner: nobody"),
    "plans/p.md": plan("P", "goals: [a]"),
    "plans/q.md": plan("Q", "goals: [gone]", "owner: li-wie"),
}


def test_load__of_one_file_reads_what_it_names_and_no_more(workspace: Write) -> None:
    loaded = workspace(SHOP).load(["plans/p.md"])
    assert not loaded.is_whole
    assert loaded.selected == {"plans/p.md"}
    assert {one.address for one in loaded.records} == {"plan/p", "team/operations", "goal/a", "goal/b", "goal/c"}
    assert set(loaded.ids("person")) == {"li-wei", "ma-li"}


def test_load__of_one_file_follows_names_of_its_own_kind_to_the_end(workspace: Write) -> None:
    written = workspace(SHOP)
    assert {one.address for one in written.load(["goals/a.md"]).of_kind("goal")} == {"goal/a", "goal/b", "goal/c"}
    assert [line.split(" (")[0] for line in written.findings(["goals/a.md"])] == [
        "goals/a.md:5:9: TU204 these go round in a circle: goal/a → goal/b → goal/c → goal/a"
    ]


def test_load__of_one_file_looks_at_it_and_at_none_that_it_names(workspace: Write) -> None:
    loaded = workspace(SHOP).load(["goals/a.md"])
    assert [one.id for one in loaded.asked_for("goal")] == ["a"]
    assert set(loaded.looked_at) == {"goals/a.md"}
    whole = workspace(SHOP).load()
    assert [one.id for one in whole.asked_for("goal")] == ["a", "b", "c"]
    assert whole.looked_at == whole.listing


def test_load__knows_what_leads_nowhere_and_what_does_not_fit(workspace: Write) -> None:
    loaded = workspace({**SHOP, "plans/r.md": plan("R", "colour: red")}).load()
    assert [one.text for one in loaded.unresolved] == ["nobody", "li-wie", "gone"]
    assert [one.id for one in loaded.misfits] == ["r"]


def test_load__of_a_folder(workspace: Write) -> None:
    written = workspace(SHOP)
    for path in ("plans", "plans/"):
        assert [line.split(" ")[0:2] for line in written.findings([path])] == [
            ["plans/q.md:5:9:", "TU201"],
            ["plans/q.md:6:8:", "TU201"],
        ]
    assert written.findings(["team"]) == []
    assert written.findings(["nowhere"]) == []
    assert written.findings(["pla"]) == []


def test_load__of_the_root_finds_what_a_whole_run_finds(workspace: Write) -> None:
    written = workspace(SHOP)
    assert written.findings(["."]) == written.findings([""]) == written.findings()


def test_load__of_a_file_that_cannot_be_read(workspace: Write) -> None:
    written = workspace({**SHOP, "goals/a.md": "---\n"})
    assert [line.split(" ")[0:2] for line in written.findings(["goals/a.md"])] == [["goals/a.md:1:1:", "TU010"]]
    assert written.findings(["plans/p.md"]) == []


def test_load__of_a_part_tells_what_is_wrong_with_settings_and_schemas(workspace: Write) -> None:
    written = workspace({**SHOP, CONFIG_FILE: "tilte: x\n", "schemas/x.schema.json": "{"})
    assert [line.split(" ")[0:2] for line in written.findings(["team"])] == [
        ["schemas/x.schema.json:1:2:", "TU019"],
        ["trueup.yaml:1:1:", "TU018"],
    ]


def test_load__the_same_tree_twice_is_the_same(workspace: Write) -> None:
    written = workspace(SHOP)
    one, other = written.load(), written.load()
    assert [record.address for record in one.records] == [record.address for record in other.records]
    assert written.findings() == written.findings()
    assert list(one.paths) == sorted(one.paths)


class Counting(WorkingTree):
    """Remembers which files were read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.reads: list[str] = []

    def read(self, path: str) -> bytes | Unreadable:
        self.reads.append(path)
        return super().read(path)


def test_load__of_many_files_reads_each_once_and_what_they_name(workspace: Write) -> None:
    goals = {f"goals/g{number}.md": goal("G", "parent: top") for number in range(30)}
    plans = {f"plans/p{number}.md": plan("P", f"goals: [g{number // 2}]") for number in range(30)}
    tree = Counting(workspace({**PEOPLE, "goals/top.md": goal(), **goals, **plans}).root)
    asked = list(plans)[:20]
    load(tree, only=asked)
    named = [f"goals/g{number}.md" for number in range(10)]
    assert sorted(tree.reads) == sorted([*asked, *named, "goals/top.md", "team/teams/operations.yaml", CONFIG_FILE])


def test_load__of_many_files_that_all_want_the_same_takes_time_as_there_are_files(tmp_path: Path) -> None:
    def asked(count: int) -> Callable[[], Workspace]:
        names = ", ".join(f"g{number}" for number in range(20))
        goals = {f"goals/g{number}.md": goal() for number in range(20)}
        plans = {f"plans/p{number}.md": plan("P", f"goals: [{names}]") for number in range(count)}
        root = write_files(tmp_path / str(count), {**TEAM, **goals, **plans}).root
        return partial(load, WorkingTree(root), only=plans)

    assert bend(asked, 100) < 10
