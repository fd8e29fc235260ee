"""One commit after another: what is made of the workspace before is what reading all of it anew gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from repositories import Repository, needs_git, repository_at
from trueup.history import succession
from trueup.history.chronicle import Chronicle, chronicle
from trueup.history.git import open_repository
from trueup.history.past import tree_in_force
from trueup.history.succession import Succession
from trueup.records.tree import WorkingTree
from trueup.records.workspace import Workspace, load

pytestmark = needs_git

Files = dict[str, str | bytes | None]

IDS = ("a", "b", "c", "d")
# What a random commit does to a file: good records, records that name others, and everything that goes wrong with files.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "goals/{}.md": (
        "---\ntitle: One\nperiod: 2026-Q4\nstatus: active\nproduct_owner: {other}\n---\nSee [[plan/{other}]] and [[goal/{other}#kr]].\n",
        "---\ntitle: Two\nperiod: 2026-Q4\nstatus: draft\nparent: {other}\n---\n",
        "---\ntitle: [\n---\n",
        "",
        "---\ntitle: 3\nunknown: x\n---\n",
    ),
    "goals/deep/{}.md": ("---\ntitle: The id is taken\nperiod: 2026-H2\nstatus: active\n---\n",),
    "goals/.{}.md": ("---\ntitle: Hidden\n---\n",),
    "goals/{}.txt": ("No record",),
    "plans/{}.yaml": (
        "title: A\nstatus: active\nowner: {other}\ngoals: [{other}]\ntasks:\n- id: t\n  title: T\n",
        "title: B\ntitle: C\n",
    ),
    "metrics/{}.md": ("---\ntitle: Orders\nunit: orders\n---\n",),
    "metrics/{}.csv": ("date,value\n2026-11-01,1\n", "date,value\n2026-11-01,1\n2026-11-01,x\n"),
    "team/people/{}.md": ("---\ntitle: Anna Berg\n---\n", "---\ntitle: Ben\n---\n[[goal/{other}]]\n"),
    "Goal/{}.md": ("---\ntitle: One folder too high\n---\n",),
    "docs/{}.md": ("A page",),
    "trueup.yaml": ("title: A\n", 'title: A\nexclude: ["goals/b.md"]\n', "title: [\n"),
    "schemas/note.schema.json": (
        '{"x-kind": {"name": "note", "files": ["notes/*.md"]}, "properties": {"title": {"type": "string"}}}',
        '{"x-kind": {"name": "note", "files": ["goals/*.md"]}, "properties": {"title": {"type": "string"}}}',
    ),
    "notes/{}.md": ("---\ntitle: A note\n---\n",),
}
# Most commits change records; a setting or a schema changes now and then.
PATHS = [path for path in TEXTS for _time in range(1 if path.startswith(("trueup", "schemas", "Goal")) else 4)]


def _story(root: Path) -> Chronicle:
    git = open_repository(root)
    return chronicle(git, git.commit("HEAD"), WorkingTree(root))


def _seen(workspace: Workspace) -> object:
    """All that can be seen of a workspace, in its order."""
    return (
        [
            (record.kind.name, record.id, record.path, record.route, dict(record.data), record.body, record.mismatches)
            for record in workspace.records
        ],
        {kind: [record.address for record in records] for kind, records in workspace.by_kind.items()},
        [
            [(one.route, one.text, one.state, one.target, one.in_body) for one in workspace.references_from(record)]
            for record in workspace.records
        ],
        list(workspace.listing.items()),
        list(workspace.paths.items()),
        dict(workspace.unreadable),
        workspace.faults,
        {name: (one.points, one.faults) for name, one in workspace.series.items()},
        {kind: list(workspace.ids(kind)) for kind in workspace.kinds},
        dict(workspace.misplaced),
        (workspace.config.title, [one.text for one in workspace.config.exclude_patterns]),
    )


def _assert_same_as_read_anew(root: Path, places: Callable[[int], bool] = lambda _place: True) -> None:
    story = _story(root)
    line = Succession(story)
    for place, commit in enumerate(story.commits):
        if places(place):
            tree, _borrowed = tree_in_force(story.git, commit.id, story.now)
            assert _seen(line.workspace(place)) == _seen(load(tree)), commit.subject


def _random_commit(repository: Repository, dice: random.Random, number: int) -> None:
    files: Files = {}
    for _change in range(dice.randint(1, 4)):
        pattern = dice.choice(PATHS)
        path, other = pattern.format(dice.choice(IDS)), dice.choice(IDS)
        there = repository.root / path
        if there.is_symlink() or (there.exists() and dice.random() < 0.3 and path != "trueup.yaml"):
            files[path] = None
        elif dice.random() < 0.04 and not there.exists() and path not in files:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.symlink_to("elsewhere")
        else:
            files[path] = dice.choice(TEXTS[pattern]).replace("{other}", other)
    repository.commit(files, f"Commit {number}", f"2026-{1 + number // 28:02}-{1 + number % 28:02}")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_workspace__of_random_commits_is_that_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    repository = repository_at(tmp_path / "repo")
    dice = random.Random(seed)
    repository.commit({"trueup.yaml": "title: A\n"}, "Begins", "2025-12-31")
    for number in range(30):
        _random_commit(repository, dice, number)
    answers = []

    def counted(*arguments: object) -> Workspace | None:
        answers.append(after(*arguments))  # type: ignore[arg-type]
        return answers[-1]

    after = succession._after
    monkeypatch.setattr(succession, "_after", counted)
    _assert_same_as_read_anew(repository.root)
    _assert_same_as_read_anew(repository.root, lambda place: place % 3 == 1)
    # Both ways were gone, or nothing was compared.
    assert any(answers)
    assert not all(answers)


def test_workspace__shares_what_stayed_as_it_was(tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "repo")
    goal = "---\ntitle: {}\nperiod: 2026-Q4\nstatus: active\n---\n"
    repository.commit({"trueup.yaml": "title: A\n", "goals/a.md": goal.format("A"), "goals/b.md": goal.format("B")}, day="2026-11-02")
    repository.commit({"goals/b.md": goal.format("B, changed")}, day="2026-11-03")
    line = Succession(_story(repository.root))
    first, second = line.workspace(0), line.workspace(1)
    assert first.record("goal/a") is second.record("goal/a")
    assert [one.title for one in second.of_kind("goal")] == ["A", "B, changed"]


def test_workspace__in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repository = repository_at(tmp_path / "repo")
    goal = "---\ntitle: {}\nperiod: 2026-Q4\nstatus: active\n---\n"
    repository.commit(
        {"trueup.yaml": "title: Outer\n", "work/trueup.yaml": "title: A\n", "work/goals/a.md": goal.format("A")}, day="2026-11-02"
    )
    repository.commit({"work/goals/b.md": goal.format("B"), "goals/a.md": goal.format("Outer")}, day="2026-11-03")
    _assert_same_as_read_anew(repository.root / "work")
