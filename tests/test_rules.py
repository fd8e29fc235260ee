"""Every rule has a page in each language, and what the page shows is what the check says."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from trueup.checks.catalogue import RULES
from trueup.checks.rule import Rule
from trueup.checks.runner import check
from trueup.diagnostic import Diagnostic
from trueup.history.compare import compared
from trueup.history.git import open_repository
from trueup.locale import translator
from trueup.records.config import CONFIG_FILE
from trueup.records.kinds import built_in_schemas
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.render.text import finding_line

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "rules", "zh": DOCS / "zh" / "rules"}
SEVERITY = {
    "en": {"error": "error", "warning": "warning", "note": "note"},
    "zh": {"error": "错误", "warning": "警告", "note": "提示"},
}
STOP = {"en": ".", "zh": "。"}
OUTPUTS = ("output", "输出")
HEADINGS = {"en": ["Why", "Example", "Better", "Settings"], "zh": ["为什么", "示例", "改正后", "设置"]}

# The pages' examples are of this time; no finding of theirs may depend on when the tests are run.
TODAY = date(2026, 11, 20)

# The user of that name on Debian; any id but 0 will do.
NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page, and the heading it stands under."""

    section: str
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page, taken apart."""

    heading: str
    opening: str
    sections: list[str]
    blocks: list[Block]

    @property
    def output(self) -> str | None:
        """What the page says that the check prints; None where it shows no output."""
        return next((block.text for block in self.blocks if block.title in OUTPUTS), None)


def read_page(path: Path) -> Page:
    heading, opening, sections, blocks = "", "", [], []
    tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h1":
            heading = token.content
        elif before.type == "heading_open":
            sections.append(token.content)
        elif before.type == "paragraph_open" and not opening:
            opening = token.content
        if token.type == "fence":
            language, title = re.fullmatch(r'(\w+) title="([^"]+)"', token.info).groups()  # type: ignore[union-attr]
            blocks.append(Block(sections[-1], language, title, token.content))
    return Page(heading, opening, sections, blocks)


def follow(blocks: list[Block], root: Path) -> None:
    """Does what the blocks show, in their order: writes a file under its title, runs what is meant for the shell."""
    for block in blocks:
        if block.title == "shell":
            subprocess.run(["sh", "-eu", "-c", block.text], cwd=root, check=True)
        elif block.title not in OUTPUTS:
            path = root / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def findings(root: Path) -> list[Diagnostic]:
    """The findings of the workspace, to somebody who may not read everything; where a page made a commit, of the change since then."""
    if (root / ".git").exists():
        states = compared(open_repository(root), "HEAD", None, WorkingTree(root))
        return check(states.new, TODAY, before=states.old)
    with ordinary_user(root):
        return check(load(WorkingTree(Path("."))), TODAY)


@contextmanager
def ordinary_user(root: Path) -> Iterator[None]:
    """Stands in ``root``, where it matters without the superuser's right to read every file."""
    with chdir(root):
        if os.geteuid() != 0 or all(path.lstat().st_mode & stat.S_IRUSR for path in root.rglob("*")):
            yield
            return
        built_in_schemas()  # read now and remembered: the checkout may lie where only the superuser reads
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)


def lines(diagnostics: list[Diagnostic], language: str) -> str:
    return "".join(finding_line(one, language) + "\n" for one in diagnostics)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / CONFIG_FILE).touch()
    return tmp_path


def pages_of_all_rules() -> list[Any]:
    return [pytest.param(rule, language, id=f"{rule.name}-{language}") for rule in RULES for language in PAGES]


def path_of(rule: Rule, language: str) -> Path:
    return PAGES[language] / f"{rule.name}.md"


@pytest.mark.parametrize(("rule", "language"), pages_of_all_rules())
def test_page__names_the_rule_as_the_catalogue_does(rule: Rule, language: str) -> None:
    page = read_page(path_of(rule, language))

    assert page.opening == f"`{rule.code}` · `{rule.name}` · {SEVERITY[language][rule.severity]}"
    translated = translator(language)(rule.summary)
    if language == "zh" and translated == rule.summary:
        assert re.search("[一-鿿]", page.heading)
    else:
        assert page.heading + STOP[language] == translated
    assert page.sections in (HEADINGS[language], HEADINGS[language][:-1])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_check__of_the_example_prints_what_the_page_says(rule: Rule, root: Path) -> None:
    page = read_page(path_of(rule, "en"))

    follow([block for block in page.blocks if block.section == "Example"], root)
    found = findings(root)

    assert page.output == lines(found, "en")
    assert {one.rule for one in found} == {rule.name}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_check__of_the_chinese_example_finds_the_same(rule: Rule, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    english, chinese = read_page(path_of(rule, "en")), read_page(path_of(rule, "zh"))
    other = tmp_path_factory.mktemp("zh")
    (other / CONFIG_FILE).touch()

    follow([block for block in english.blocks if block.section == "Example"], root)
    follow([block for block in chinese.blocks if block.section == "示例"], other)
    found = findings(other)

    assert [(one.path, one.line, one.code) for one in found] == [(one.path, one.line, one.code) for one in findings(root)]
    assert chinese.output in (None, lines(found, "zh"))


@pytest.mark.parametrize(("rule", "language"), pages_of_all_rules())
def test_check__of_the_corrected_example_prints_nothing(rule: Rule, language: str, root: Path) -> None:
    page = read_page(path_of(rule, language))
    _, example, better, _ = HEADINGS[language]

    follow([block for block in page.blocks if block.section == example], root)
    follow([block for block in page.blocks if block.section == better], root)

    assert lines(findings(root), language) == ""


@pytest.mark.parametrize(("rule", "language"), pages_of_all_rules())
def test_check__of_the_example_and_the_settings_finds_no_fault_in_them(rule: Rule, language: str, root: Path) -> None:
    page = read_page(path_of(rule, language))
    _, example, _, settings = HEADINGS[language]
    blocks = [block for block in page.blocks if block.section == settings]
    if not blocks:
        return

    follow([block for block in page.blocks if block.section == example], root)
    follow(blocks, root)

    assert lines(findings(root), language) == ""


@pytest.mark.parametrize("language", PAGES)
def test_pages__are_of_rules_that_exist(language: str) -> None:
    names = {path.stem for path in PAGES[language].glob("*.md")}

    assert names == {"index", *(rule.name for rule in RULES)}


@pytest.mark.parametrize("language", PAGES)
def test_index__lists_every_rule_in_the_order_of_the_codes(language: str) -> None:
    text = (PAGES[language] / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(TU\d{3})` \| \[([a-z0-9-]+)\]\(\2\.md\) \| (.+) \|$", text, re.MULTILINE)

    summaries = [read_page(path_of(rule, language)).heading + STOP[language] for rule in RULES]
    assert rows == [(rule.code, rule.name, summary) for rule, summary in zip(RULES, summaries, strict=True)]
