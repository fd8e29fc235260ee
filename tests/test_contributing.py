"""What CONTRIBUTING.md shows, done: a new rule speaks, and a kind made of one file is read, checked, listed and published."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
NEW_RULE, _, NEW_KIND = (
    (PROJECT / "CONTRIBUTING.md")
    .read_text(encoding="utf-8")
    .partition("## A new rule in three files\n")[2]
    .partition("\n## A new kind in one file\n")
)

# A block may hold blocks of its own if its fence is longer than theirs.
_BLOCK = re.compile(r'^(?P<fence>`{3,})(?P<language>\w+) title="(?P<path>[^"]+)"\n(?P<text>.*?)^(?P=fence)$', re.MULTILINE | re.DOTALL)


def blocks(text: str) -> dict[str, str]:
    """What a text shows of each file."""
    return {found["path"]: found["text"] for found in _BLOCK.finditer(text)}


def section(text: str, heading: str) -> str:
    """What stands under a heading of a rule's page."""
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def trueup(*arguments: str, cwd: Path, tools: Path = PROJECT / "tools") -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TRUEUP"))}
    command = [sys.executable, "-m", "trueup", *arguments]
    env |= {"PYTHONPATH": str(tools), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project, as far as a rule needs it, with what CONTRIBUTING.md adds."""
    home = tmp_path / "project"
    for folder in ("tools/trueup", "schemas", "docs/rules"):
        shutil.copytree(PROJECT / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shown = blocks(NEW_RULE)
    function, line, page = shown
    (home / page).write_text(shown[page], encoding="utf-8")
    with (home / function).open("a", encoding="utf-8") as file:
        file.write("\n\n" + shown[function])
    catalogue = (home / line).read_text(encoding="utf-8")
    (home / line).write_text(
        re.sub(r"(RULES: .*?)^\)$", rf"\g<1>{shown[line]})", catalogue, flags=re.DOTALL | re.MULTILINE), encoding="utf-8"
    )
    return home


def rule_page() -> str:
    (page,) = (text for path, text in blocks(NEW_RULE).items() if path.endswith(".md"))
    return page


def test_new_rule__prints_what_its_page_says(copy: Path, tmp_path: Path) -> None:
    example = blocks(section(rule_page(), "Example"))
    output = example.pop("output")
    write(tmp_path / "shop", {"trueup.yaml": "", **example})

    assert trueup("check", cwd=tmp_path / "shop").stdout == ""
    assert trueup("check", cwd=tmp_path / "shop", tools=copy / "tools").stdout == output


def test_new_rule__prints_nothing_for_what_is_better(copy: Path, tmp_path: Path) -> None:
    example, better = blocks(section(rule_page(), "Example")), blocks(section(rule_page(), "Better"))
    write(tmp_path / "shop", {"trueup.yaml": "", **example, **better})

    done = trueup("check", cwd=tmp_path / "shop", tools=copy / "tools")

    assert (done.returncode, done.stdout) == (0, "")


def test_new_rule__is_explained_and_listed(copy: Path, tmp_path: Path) -> None:
    assert trueup("explain", "endless-plan", cwd=tmp_path, tools=copy / "tools").stdout == rule_page()
    rules = json.loads(trueup("explain", "--format", "json", cwd=tmp_path, tools=copy / "tools").stdout)["rows"]
    assert rules[-1]["name"] == "endless-plan"


def test_new_rule__takes_a_code_that_is_free() -> None:
    listed = json.loads(trueup("explain", "--format", "json", cwd=PROJECT).stdout)["rows"]
    assert "TU390" not in {rule["code"] for rule in listed}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace with the kind of CONTRIBUTING.md and its record."""
    others = {
        "trueup.yaml": "title: Shop\n",
        "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
        "team/people/zhao-min.yaml": "title: Zhao Min\nteam: operations\n",
    }
    write(tmp_path / "shop", others | blocks(NEW_KIND))
    return tmp_path / "shop"


INCIDENT = "incidents/2026-11-02-depot-flooded.md"


def test_new_kind__is_read_without_a_finding(shop: Path) -> None:
    done = trueup("check", "--strict", cwd=shop)

    assert (done.returncode, done.stdout) == (0, "")
    assert "3 records" in done.stderr


def test_new_kind__is_checked(shop: Path) -> None:
    record = (shop / INCIDENT).read_text(encoding="utf-8")
    (shop / INCIDENT).write_text(record.replace("zhao-min", "zhao-mni").replace("2026-11-02", "2026-11-31"), encoding="utf-8")

    assert trueup("check", cwd=shop).stdout.splitlines() == [
        f'{INCIDENT}:3:8: TU105 there is no day "2026-11-31" in the calendar (correct the day or the month)',
        f'{INCIDENT}:4:8: TU201 no person has the id "zhao-mni" (did you mean "zhao-min"?)',
    ]


def test_new_kind__is_listed_and_shown_from_both_ends(shop: Path) -> None:
    rows = json.loads(trueup("list", "incidents", "--format", "json", cwd=shop).stdout)["rows"]
    assert rows == [
        {"id": "2026-11-02-depot-flooded", "title": "The northern depot stood under water", "began": "2026-11-02", "owner": "zhao-min"}
    ]
    assert "Incidents\n  incident/2026-11-02-depot-flooded" in trueup("show", "person/zhao-min", cwd=shop).stdout


def test_new_kind__is_published(shop: Path) -> None:
    done = trueup("site", "generate", "pages", cwd=shop)
    assert done.returncode == 0, done.stderr

    assert "The northern depot stood under water" in (shop / "pages/incident/index.md").read_text(encoding="utf-8")
    page = (shop / "pages/incident/2026-11-02-depot-flooded/index.md").read_text(encoding="utf-8")
    assert "From 05:40 no van could leave." in page
    assert "Zhao Min" in page
    assert "The northern depot stood under water" in (shop / "pages/person/zhao-min/index.md").read_text(encoding="utf-8")
    assert "Something went wrong for many users at once." in (shop / "pages/manual/kinds/incident/index.md").read_text(encoding="utf-8")


def test_new_kind__replaces_no_other_kind() -> None:
    shown = blocks(NEW_KIND)
    assert not any((PROJECT / path).exists() for path in shown)
