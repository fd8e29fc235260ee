"""The examples of the handbook are records that pass the check: all those of one language, in one workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from trueup.checks.runner import check
from trueup.records.config import CONFIG_FILE
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.render.text import finding_line

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "handbook", "zh": DOCS / "zh" / "handbook"}

# Whom and what the examples name without showing it. Nobody else: a misspelt name must not find a record here.
STUBS = {
    CONFIG_FILE: "",
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
    **{f"team/people/{name}.yaml": f"title: {name}\nteam: product\n" for name in ("li-wei", "wu-ting")},
    **{f"team/people/{name}.yaml": f"title: {name}\nteam: operations\n" for name in ("zhao-min", "chen-yu", "sun-jie")},
    "team/cadences/weekly-sync.yaml": "title: Weekly sync\nevery: week\nday: monday\n",
    "checkins/2026-11-12-delivery-windows.yaml": ("subject: plan/delivery-windows\ndate: 2026-11-12\nauthor: li-wei\nhealth: on-track\n"),
    "metrics/second-order-rate.yaml": 'title: Second orders\nunit: "%"\ndirection: up\n',
    "metrics/second-order-rate.csv": "date,value\n2026-11-09,34\n",
}

# The handbook tells of one Friday. The retrospective comes later, when the plans are no longer as their pages show them.
DAY = date(2026, 11, 13)
LATER = {"retros/2026-12-18-delivery-windows.md": date(2026, 12, 18)}

_BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SERIES = re.compile(r"`(metrics/\S+\.csv)`.*?^```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(language: str) -> Iterator[tuple[str, str]]:
    """Path and content of every example; of a Markdown record the page shows the fields alone."""
    for page in sorted(PAGES[language].glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for path, fields in _BLOCK.findall(text):
            yield path, f"---\n{fields}---\n\nThe text.\n" if path.endswith(".md") else fields
        yield from _SERIES.findall(text)


@pytest.fixture(params=PAGES)
def workspace_of_examples(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    written = dict(examples(request.param))
    assert not written.keys() & STUBS.keys(), "an example that a page shows needs no stub"
    for path, content in (STUBS | written).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    return tmp_path


def test_check__of_all_examples_together_finds_nothing(workspace_of_examples: Path) -> None:
    workspace = load(WorkingTree(workspace_of_examples))
    found = [one for one in check(workspace, DAY) if one.path not in LATER]
    found += [one for path, day in LATER.items() for one in check(workspace, day) if one.path == path]

    assert all((workspace_of_examples / path).is_file() for path in LATER)
    assert [finding_line(one, "en") for one in found] == []


@pytest.mark.parametrize("language", PAGES)
def test_examples__show_almost_every_kind_and_no_file_twice(language: str) -> None:
    paths = [path for path, _ in examples(language)]

    assert len(paths) == len(set(paths))
    folders = {path.rpartition("/")[0] for path in paths}
    assert folders >= {"goals", "plans", "metrics", "feedback", "decisions", "meetings", "checkins", "retros", "team/scorecards"}


def test_examples__are_of_the_same_records_in_both_languages() -> None:
    assert sorted(path for path, _ in examples("en")) == sorted(path for path, _ in examples("zh"))


@pytest.mark.parametrize("language", PAGES)
def test_page__every_block_is_one_that_is_checked(language: str) -> None:
    for page in PAGES[language].glob("*.md"):
        text = page.read_text(encoding="utf-8")
        opened = re.findall(r"^```\w.*$", text, re.MULTILINE)
        assert len(opened) == len(_BLOCK.findall(text)) + len(_SERIES.findall(text)), page
