"""Two repositories that other people made for their own use are adopted by writing schemas only.

The figures are those of the corpora's README, an independent count; here they come out of ``check``, ``list`` and ``query``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trueup.records.tree import WorkingTree
from trueup.records.workspace import load

REPOSITORY = Path(__file__).parents[1]
OVERLAYS = Path(__file__).parent / "adoption"
CORPORA = Path(os.environ.get("TRUEUP_CORPORA") or REPOSITORY.parent / "shared" / "corpora")

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "TRUEUP_"))} | {
    "PYTHONPATH": str(REPOSITORY / "tools"),
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return done.stdout


def adopted(name: str, folder: Path) -> Path:
    """A clone of a corpus with the overlay's schemas laid over it."""
    bundle = CORPORA / f"{name}.bundle"
    if not bundle.is_file():
        pytest.skip(f"the corpus {bundle} is not there; TRUEUP_CORPORA names the folder that holds it")
    if shutil.which("git") is None:
        pytest.skip("git, which unpacks the corpus, is not installed")
    # The bundle's HEAD names a branch that it does not hold, so the clone checks out nothing by itself.
    git(folder, "clone", "--quiet", "--no-checkout", str(bundle), name)
    root = folder / name
    git(root, "checkout", "--quiet", "--detach", "origin/main")
    shutil.copytree(OVERLAYS / name, root, dirs_exist_ok=True)
    return root


@pytest.fixture(scope="module")
def backlog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return adopted("backlog-md", tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def proposals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return adopted("cardano-cips", tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def backlog_by_exact_id(backlog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tasks under a schema that takes references as they are spelt."""
    root = tmp_path_factory.mktemp("exact") / "backlog-md"
    shutil.copytree(backlog, root, ignore=shutil.ignore_patterns(".git"))
    path = root / "schemas" / "task.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for field in ("dependencies", "parent_task_id"):
        del schema["properties"][field]["x-ref"]["fold"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    return root


def trueup(root: Path, *arguments: str, exit_code: int = 0) -> Any:
    """What a command answers, from its JSON."""
    done = answered(root, arguments)
    assert done.returncode == exit_code, done.stderr
    return json.loads(done.stdout)


@cache
def answered(root: Path, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """The command's own process; several tests look at the same answer, and no test changes a folder once it has asked."""
    command = [sys.executable, "-m", "trueup", *arguments, "--format", "json"]
    return subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False)


def query(root: Path, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in trueup(root, "query", sql)["rows"]]


def kinds(root: Path) -> dict[str, tuple[int, int]]:
    """Records and unreadable files of the kinds that have any, as ``trueup list`` counts them."""
    rows = trueup(root, "list")["rows"]
    return {row["kind"]: (row["records"], row["unreadable"]) for row in rows if row["records"] or row["unreadable"]}


def codes(report: Any) -> Counter[str]:
    return Counter(one["code"] for one in report["diagnostics"])


# The overlays leave no trace in what was there.


@pytest.mark.parametrize("name", ["backlog-md", "cardano-cips"])
def test_adoption__adds_files_and_touches_none(name: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue({"backlog-md": "backlog", "cardano-cips": "proposals"}[name])
    overlay = sorted(path.relative_to(OVERLAYS / name).as_posix() for path in (OVERLAYS / name).rglob("*") if path.is_file())

    trueup(root, "check", exit_code=1 if name == "backlog-md" else 0)
    trueup(root, "list")
    query(root, "SELECT count(*) FROM reference")

    assert git(root, "status", "--porcelain", "--untracked-files=all").splitlines() == [f"?? {path}" for path in overlay]
    assert all(path == "trueup.yaml" or path.startswith("schemas/") for path in overlay)


# Backlog.md: 684 task files.


def test_backlog__has_659_records_and_25_files_that_cannot_be_read(backlog: Path) -> None:
    report = trueup(backlog, "check", exit_code=1)
    unreadable = [one for one in report["diagnostics"] if one["code"] in ("TU006", "TU010")]

    assert kinds(backlog) == {"task": (659, 25)}
    assert len(trueup(backlog, "list", "task")["rows"]) == report["summary"]["records"] == 659
    assert len({one["path"] for one in unreadable}) == 25
    assert codes(report)["TU010"] == 4
    assert {Path(one["path"]).name for one in unreadable if one["code"] == "TU010"} == {"readme.md"}
    assert codes(report)["TU006"] == 21
    assert {one["message"] for one in unreadable if one["code"] == "TU006"} == {'a value must not start with "@"'}


def test_backlog__states(backlog: Path) -> None:
    states = query(backlog, "SELECT status, count(*) FROM task GROUP BY status ORDER BY count(*) DESC, status")

    assert dict(states) == {"Done": 557, "To Do": 85, None: 6, "Won't Do": 6, "In Progress": 3, "Draft": 1, "To do": 1}


def test_check__of_the_backlog_names_the_misspelt_state(backlog: Path) -> None:
    found = [one for one in trueup(backlog, "check", exit_code=1)["diagnostics"] if one["code"] == "TU104"]

    assert [(one["address"], one["line"], one["message"]) for one in found] == [
        ("task/BACK-228", 4, '"To do" is not allowed for "status"'),
    ]


REFERENCES = """
SELECT field, count(*), sum(state = 'unknown') FROM reference GROUP BY field ORDER BY field
"""


def test_backlog__references_by_exact_id(backlog_by_exact_id: Path) -> None:
    report = trueup(backlog_by_exact_id, "check", exit_code=1)

    assert query(backlog_by_exact_id, REFERENCES) == [("dependencies", 92, 76), ("parent_task_id", 124, 69)]
    assert codes(report)["TU201"] == 76 + 69


def test_backlog__references_with_the_prefix_folded(backlog: Path) -> None:
    """A file that does not parse still has its id, so what names it does not dangle."""
    report = trueup(backlog, "check", exit_code=1)

    assert query(backlog, REFERENCES) == [("dependencies", 92, 4), ("parent_task_id", 124, 1)]
    assert codes(report)["TU201"] == 4 + 1


def test_backlog__references_when_unreadable_files_do_not_count(backlog: Path) -> None:
    """The tables hold records only: a target that is in none of them is dangling or in a file that cannot be read."""
    absent = "SELECT field, count(*) FROM reference WHERE target NOT IN (SELECT id FROM task) GROUP BY field ORDER BY field"

    assert query(backlog, absent) == [("dependencies", 6), ("parent_task_id", 2)]


def test_backlog__ten_ids_are_used_twice(backlog: Path) -> None:
    twice = query(backlog, "SELECT id, count(*) FROM task GROUP BY id HAVING count(*) > 1 ORDER BY id")
    found = [one for one in trueup(backlog, "check", exit_code=1)["diagnostics"] if one["code"] == "TU206"]

    assert len(twice) == 10
    assert {count for _, count in twice} == {2}
    assert {one["address"] for one in found} == {f"task/{name}" for name, _ in twice}
    assert len(found) == 10


def test_check__of_the_backlog_finds_nothing_else(backlog: Path) -> None:
    report = trueup(backlog, "check", exit_code=1)

    assert codes(report) == {"TU006": 21, "TU010": 4, "TU104": 1, "TU201": 5, "TU206": 10}


@pytest.mark.parametrize("state", ["found", "unknown"])
def test_check__of_one_task_says_what_the_whole_check_says_of_it(backlog: Path, state: str) -> None:
    whole = trueup(backlog, "check", exit_code=1)
    (path,) = query(backlog, f"SELECT path FROM reference WHERE state = '{state}' AND text LIKE 'task-%' ORDER BY path LIMIT 1")[0]

    part = trueup(backlog, "check", path, exit_code=1 if state == "unknown" else 0)

    assert part["summary"]["records"] == 1
    assert part["diagnostics"] == [one for one in whole["diagnostics"] if one["path"] == path]
    assert codes(part) == ({"TU201": 1} if state == "unknown" else {})


# Cardano: 146 proposals and 24 problem statements.


def test_proposals__are_all_records_and_pass(proposals: Path) -> None:
    report = trueup(proposals, "check")

    assert kinds(proposals) == {"cip": (146, 0), "cps": (24, 0)}
    assert len(trueup(proposals, "list", "cip")["rows"]) == 146
    assert len(trueup(proposals, "list", "cps")["rows"]) == 24
    assert report["summary"] == {"errors": 0, "warnings": 0, "notes": 0, "records": 170, "files": 0}


@pytest.mark.parametrize(("kind", "states"), [("cip", {"Proposed": 81, "Active": 62, "Inactive": 3}), ("cps", {"Open": 23, "Inactive": 1})])
def test_proposals__states(proposals: Path, kind: str, states: dict[str, int]) -> None:
    """``Inactive (superseded by CIP-0121)`` is the state Inactive and a reason."""
    sql = f"SELECT CASE WHEN Status LIKE 'Inactive (%)' THEN 'Inactive' ELSE Status END AS state, count(*) FROM {kind} GROUP BY state"

    assert dict(query(proposals, sql)) == states


def test_proposals__that_are_inactive_for_whatever_reason_count_as_dropped(proposals: Path) -> None:
    workspace = load(WorkingTree(proposals))
    groups = Counter((record.kind.name, record.kind.group_of(record.status)) for record in workspace.records)

    assert groups == {("cip", "open"): 81, ("cip", "done"): 62, ("cip", "dropped"): 3, ("cps", "open"): 23, ("cps", "dropped"): 1}


def test_proposals__references(proposals: Path) -> None:
    """Of the 22 proposed solutions three are not merged yet: they are written with a question mark and name nothing."""
    written = """
        SELECT 'Solution To', count(*) FROM cip, json_each(cip."Solution To")
        UNION ALL
        SELECT 'Proposed Solutions', count(*) FROM cps, json_each(cps."Proposed Solutions")
    """
    not_merged = """
        SELECT cps.id, entry.key FROM cps, json_each(cps."Proposed Solutions") AS item, json_each(item.value) AS entry
        WHERE entry.key LIKE '%?' ORDER BY entry.key
    """
    named = "SELECT field, state, count(*) FROM reference GROUP BY field, state ORDER BY field"

    assert query(proposals, written) == [("Solution To", 20), ("Proposed Solutions", 22)]
    assert query(proposals, not_merged) == [("CPS-0005", "CIP-0038?"), ("CPS-0005", "CIP-0087?"), ("CPS-0003", "CIP-0113?")]
    assert query(proposals, named) == [("Proposed Solutions", "found", 19), ("Solution To", "found", 20)]


def test_proposals__a_label_may_go_on_in_words(proposals: Path) -> None:
    """CPS-0003 names ``CIP-0143 | Interoperable Programmable Tokens`` and the unmerged ``CIP-0113?``."""
    assert query(proposals, "SELECT target_kind, target, state FROM reference WHERE source = 'CPS-0003'") == [("cip", "CIP-0143", "found")]


def test_proposals__one_pair_is_one_sided(proposals: Path) -> None:
    one_sided = """
        SELECT source, target FROM reference AS there WHERE NOT EXISTS (
            SELECT 1 FROM reference AS back WHERE back.source = there.target AND back.target = there.source
        )
    """

    assert query(proposals, one_sided) == [("CIP-0186", "CPS-0010")]


def test_check__of_a_proposal_that_names_a_missing_problem(proposals: Path, tmp_path: Path) -> None:
    """Nothing dangles in the corpus; that this is known and not overlooked shows when something does."""
    shutil.copytree(proposals, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    path = tmp_path / "copy" / "CIP-0186" / "README.md"
    path.write_text(path.read_text(encoding="utf-8").replace("- CPS-0010 | Wallet", "- CPS-0910 | Wallet"), encoding="utf-8")

    report = trueup(tmp_path / "copy", "check", exit_code=1)

    assert [(one["path"], one["line"], one["column"], one["code"], one["message"]) for one in report["diagnostics"]] == [
        ("CIP-0186/README.md", 13, 7, "TU201", 'no cps has the id "CPS-0910"'),
    ]
