"""The history of repositories that other people made: what trueup finds in it agrees with a count that shares no code with it.

The count reads ``git log -p`` whole: it replays every patch of the main line on the files' texts, and takes the fields it needs from
the front matter with PyYAML's own loader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from repositories import needs_git
from test_adoption import adopted, git
from trueup.history.chronicle import Chronicle, chronicle
from trueup.history.git import open_repository
from trueup.records.tree import WorkingTree
from trueup.views.history import transitions_of

pytestmark = needs_git

# A commit's day, the record's id, its state before and after; None where there is none.
Change = tuple[str, str, str | None, str | None]


@pytest.fixture(scope="module")
def backlog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return adopted("backlog-md", tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def cips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return adopted("cardano-cips", tmp_path_factory.mktemp("corpora"))


def read(root: Path) -> Chronicle:
    found = open_repository(root)
    return chronicle(found, found.commit("HEAD"), WorkingTree(root))


def front_matter(text: str) -> dict[str, object] | None:
    """The fields of a file; None where it has none that PyYAML reads."""
    found = re.match(r"\A---\r?\n(.*?\r?\n)---[ \t]*\r?\n?", text, re.DOTALL)
    try:
        # It makes nothing but texts; libyaml, unlike the parser in Python, takes a tab after a colon as YAML 1.2 does.
        data = yaml.load(found.group(1), yaml.CBaseLoader) if found else None
    except yaml.YAMLError:
        return None
    return data if isinstance(data, dict) else None


def patched(root: Path) -> Iterator[tuple[str, dict[str, tuple[str | None, str | None]]]]:
    """Each commit of the main line, the oldest first, with the texts of its files before and after, from the patches alone."""
    shown = git(
        Path(root), "log", "-p", "--reverse", "--first-parent", "-m", "--no-renames", "--unified=1000000", "--no-color", "--text",
        "--src-prefix=a/", "--dst-prefix=b/", "-c", "--diff-merges=first-parent", "--format=%x02%H",
    )  # fmt: skip
    for commit in shown.split("\x02")[1:]:
        name, _, rest = commit.partition("\n")
        files = {}
        for part in re.split(r"^diff --git ", rest, flags=re.MULTILINE)[1:]:
            header, _, hunk = part.partition("\n@@ ")
            old = re.search(r"^--- (?:\"?a/(.*?)\"?\t?$|/dev/null)", header, re.MULTILINE)
            new = re.search(r"^\+\+\+ (?:\"?b/(.*?)\"?\t?$|/dev/null)", header, re.MULTILINE)
            if old is None or new is None:
                # Without lines: an empty file, or one whose mode has changed.
                continue
            lines = hunk.split("\n")[1:]
            before = "\n".join(line[1:] for line in lines if line[:1] in (" ", "-")) + "\n" if old.group(1) else None
            after = "\n".join(line[1:] for line in lines if line[:1] in (" ", "+")) + "\n" if new.group(1) else None
            files[str(new.group(1) or old.group(1))] = (before, after)
        yield name, files


def counted(
    root: Path, is_record: Callable[[str], bool], identity: Callable[[str, dict[str, object] | None], str], field: str
) -> Counter[Change]:
    """Every change of a field, moves seen as the same record under another path."""
    found: Counter[Change] = Counter()
    last: dict[tuple[str, str], str | None] = {}
    for name, files in patched(root):
        gone: dict[str, list[tuple[str, str | None]]] = {}
        came: list[tuple[str, str, str | None, bool]] = []
        for path, (before, after) in files.items():
            if not is_record(path):
                continue
            if before is not None:
                data = front_matter(before)
                key = identity(path, data)
                value = value_of(data, field) if data is not None else last.pop((key, path), None)
                gone.setdefault(key, []).append((path, value))
            if after is not None:
                data = front_matter(after)
                came.append((identity(path, data), path, value_of(data, field), data is not None))
        came.sort(key=lambda one: not any(path == one[1] for path, _value in gone.get(one[0], ())))
        for key, path, value, is_read in came:
            earlier = gone.get(key, [])
            match = next((one for one in earlier if one[0] == path), None) or (sorted(earlier)[0] if earlier else None)
            if match:
                earlier.remove(match)
            before_value = match[1] if match else None
            if not is_read:
                last[key, path] = before_value
            elif before_value != value:
                found[name, key, before_value, value] += 1
        for key, left in gone.items():
            for _path, value in left:
                if value is not None:
                    found[name, key, value, None] += 1
    return found


def value_of(data: dict[str, object] | None, field: str) -> str | None:
    value = data.get(field) if data else None
    return value if isinstance(value, str) else None


def ours(root: Path, kind_name: str, field: str) -> Counter[Change]:
    found = read(root)
    kind = found.kinds[kind_name]
    answer = transitions_of(kind, field, found.steps(kind_name))
    return Counter((one.origin.commit, one.address.partition("/")[2], one.before, one.after) for one in answer.transitions)


def test_transitions__of_the_tasks_of_backlog_md(backlog: Path) -> None:
    kind = read(backlog).kinds["task"]

    def identity(path: str, data: dict[str, object] | None) -> str:
        return str(data["id"]) if data and data.get("id") else kind.id_rule.from_path(path)

    expected = counted(backlog, kind.files.match, identity, "status")
    found = ours(backlog, "task", "status")
    assert sum(expected.values()) > 1000
    assert found - expected == Counter()
    assert expected - found == Counter()


def test_transitions__of_the_proposals_of_cardano(cips: Path) -> None:
    kind = read(cips).kinds["cip"]
    expected = counted(cips, kind.files.match, lambda path, _data: path.split("/")[-2], "Status")
    found = ours(cips, "cip", "Status")
    assert sum(expected.values()) > 200
    assert (found - expected, expected - found) == (Counter(), Counter())


def moves_counted(root: Path, is_record: Callable[[str], bool]) -> Counter[tuple[str, str, str]]:
    """Commits in which the one file of an id went away and one of the same id came."""
    found: Counter[tuple[str, str, str]] = Counter()
    for name, files in patched(root):
        sides: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
        for path, texts in files.items():
            for side, text, other in ((sides[0], texts[0], texts[1]), (sides[1], texts[1], texts[0])):
                if is_record(path) and text is not None and other is None:
                    data = front_matter(text)
                    side.setdefault(str(data["id"]) if data and data.get("id") else path, []).append(path)
        for key, old in sides[0].items():
            for pair in zip(sorted(old), sorted(sides[1].get(key, [])), strict=False):
                found[name, *pair] += 1
    return found


def test_steps__move_what_the_patches_move(backlog: Path) -> None:
    chronicle_ = read(backlog)
    expected = moves_counted(backlog, chronicle_.kinds["task"].files.match)
    # The patches tell nothing of a file that cannot be read; it goes by the id of its name, which only our own rule knows.
    unread = {step.commit.id for step in chronicle_.steps("task") for one in (step.before, step.after) if one and one.record is None}
    found = Counter(
        (step.commit.id, step.before.path, step.after.path)
        for step in chronicle_.steps("task")
        if step.is_move and step.before and step.after
    )
    expected = Counter({key: count for key, count in expected.items() if key[0] not in unread})
    found = Counter({key: count for key, count in found.items() if key[0] not in unread})
    assert sum(expected.values()) > 300
    assert (found - expected, expected - found) == (Counter(), Counter())


@pytest.mark.parametrize(("before", "after"), [("HEAD~200", "HEAD"), ("HEAD~400", "HEAD~300")])
def test_differences__between_two_commits_are_those_of_their_files(backlog: Path, before: str, after: str) -> None:
    chronicle_ = read(backlog)
    first, second = chronicle_.commit_named(before), chronicle_.commit_named(after)
    touched = git(backlog, "diff", "--name-status", "--no-renames", "-z", first, second).split("\0")
    by_path = {
        path: letter for letter, path in zip(touched[0::2], touched[1::2], strict=False) if chronicle_.kinds["task"].files.match(path)
    }
    found: Counter[tuple[str, str]] = Counter()
    for old, new in chronicle_.differences(first, second):
        if old and new and old.path == new.path:
            found[old.path, "M"] += 1
        else:
            found.update([(old.path, "D")] if old else [])
            found.update([(new.path, "A")] if new else [])
    assert found == Counter((path, letter) for path, letter in by_path.items())
    assert len(by_path) > 20
