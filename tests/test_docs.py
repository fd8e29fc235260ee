"""What is written about trueup is about this trueup: its links lead somewhere, its commands exist, and nothing is left out."""

from __future__ import annotations

import importlib
import json
import re
import shlex
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import click
import pytest
from markdown.extensions.toc import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from trueup import __version__
from trueup.cli import COMMANDS, NO_WORKSPACE
from trueup.cli.program import BUG
from trueup.cli.reference import commands
from trueup.cli.words import _LOCALE_VARIABLES
from trueup.records.kinds import BUILT_IN, built_in_schemas
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.render.findings import FORMATS
from trueup.site.pages import pages_of
from trueup.site.site import Docs, site_of

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"
ROOTS = {"en": DOCS, "zh": DOCS / "zh"}
PAGES = sorted(DOCS.rglob("*.md"))
ABOUT = [PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
MANUAL = [page for root in ROOTS.values() for page in sorted((root / "manual").glob("*.md"))]

# The site makes these; the plugin's own tests see to it that it does.
GENERATED = {
    "index.md", "findings.md", "manual/commands.md", "manual/kinds/index.md",
    *(f"manual/kinds/{kind}.md" for kind in BUILT_IN), *(f"{kind}/index.md" for kind in BUILT_IN),
}  # fmt: skip


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def tokens(path: Path) -> list[Token]:
    """The tokens of a page, those of its lines among them."""
    blocks = MarkdownIt().enable("table").parse(path.read_text(encoding="utf-8"))
    return [inner for block in blocks for inner in (block, *(block.children or ()))]


def links(path: Path) -> Iterator[str]:
    """Where the relative links of a page lead, as written."""
    for token in tokens(path):
        href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if href and not re.match(r"[a-z]+:", href):
            yield href


def anchors(path: Path) -> set[str]:
    """The places in a page that a link can lead to."""
    found = set(re.findall(r'<a id="([^"]+)">', path.read_text(encoding="utf-8")))
    for opening, inline in pairwise(MarkdownIt().parse(path.read_text(encoding="utf-8"))):
        if opening.type == "heading_open":
            found.add(slugify("".join(child.content for child in inline.children or ()), "-"))
    return found


def command_names() -> Iterator[tuple[str, click.Command]]:
    """Every command by all of its words: ``site build``."""
    for name, module in COMMANDS.items():
        command = importlib.import_module(module).command
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())


def generated_page(path: Path) -> str | None:
    """The path in the site of a page that is made, of the English site or the Chinese one; None for a page that is not."""
    root = ROOTS["zh"] if path.is_relative_to(ROOTS["zh"]) else ROOTS["en"]
    within = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    return within if within in GENERATED else None


@pytest.mark.parametrize("path", [*PAGES, *(path for path in ABOUT if path.is_file())], ids=named)
def test_links__lead_to_a_page_and_a_place_in_it(path: Path) -> None:
    commands = {name.replace(" ", "-") for name, _ in command_names()}
    dead = []
    for link in links(path):
        page, _, anchor = link.partition("#")
        target = Path(*(path.parent / page).parts) if page else path
        target = target.resolve()
        if (made := generated_page(target)) is not None and not target.exists():
            if anchor and not (made == "manual/commands.md" and anchor in commands):
                dead.append(link)
        elif not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)

    assert dead == []


@pytest.mark.parametrize("folder", ["handbook", "manual", "rules"])
def test_pages__are_there_in_both_languages(folder: str) -> None:
    english, chinese = ({path.name for path in (root / folder).glob("*.md")} for root in ROOTS.values())

    assert english == chinese


def invocations(path: Path) -> Iterator[list[str]]:
    """The calls of trueup that a page shows: in blocks for the shell, after ``$`` in a terminal, and in the text."""
    for token in tokens(path):
        if token.type == "fence" and token.info in ("console", "sh", "shell"):
            lines = token.content.splitlines()
            shown = [line.removeprefix("$ ") for line in lines if token.info != "console" or line.startswith("$ ")]
        elif token.type == "code_inline" and token.content.startswith("trueup ") and "…" not in token.content:
            shown = [" ".join(token.content.split())]
        else:
            continue
        for line in shown:
            yield from _calls(line)


def _calls(line: str) -> Iterator[list[str]]:
    """The arguments of each trueup in a line of a shell."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.commenters = ""
    lexer.whitespace_split = True
    call: list[str] | None = None
    for word in [*lexer, ";"]:
        if set(word) <= set("();<>|&"):
            if call is not None:
                yield call
            call = None
        elif word == "trueup" or word.endswith("/trueup"):
            call = []
        elif call is not None:
            call.append(word)


# Shown because they are wrong.
MISTAKES = {("chekc",)}


@pytest.mark.parametrize("path", [*PAGES, *(path for path in ABOUT if path.is_file())], ids=named)
def test_commands__that_a_page_shows_can_be_called(path: Path) -> None:
    for call in invocations(path):
        if tuple(call) in MISTAKES or call[:1] in (["--version"], ["--help"]):
            continue
        command = importlib.import_module(COMMANDS[call[0]]).command
        if len(call) == 1:
            # A mere name: "what `trueup show` prints".
            continue
        context = command.make_context(call[0], call[1:])
        if isinstance(command, click.Group):
            inner, *arguments = [*context._protected_args, *context.args]
            command.commands[inner].make_context(inner, arguments)


def test_calls__are_found_among_what_else_a_line_holds() -> None:
    assert list(_calls("cd x && trueup check --strict > y; A=b /opt/trueup list goal | head")) == [["check", "--strict"], ["list", "goal"]]


@pytest.mark.parametrize("language", ROOTS)
def test_command_reference__names_every_command_and_option(language: str, tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text(f"language: {language}\n")
    docs = Docs(commands=commands(language))
    made = pages_of(site_of(load(WorkingTree(tmp_path)), [], date(2026, 11, 20), docs, "file"))
    page = next(one for one in made if one.path == "manual/commands.md").html

    for name, command in command_names():
        assert f'id="{name.replace(" ", "-")}"' in page, name
        for option in command.params:
            for word in option.opts if isinstance(option, click.Option) else ():
                assert re.search(rf"(?<![\w-]){word}(?![\w-])", page), (name, word)


# Top-level folders that mean the same in a workspace are left out on pages that are about workspaces.
PROJECT_ONLY = ("tools/", "tests/", "requirements/", "benchmarks/", ".ci/")
TOP = (*PROJECT_ONLY, "docs/", "schemas/", "examples/")


@pytest.mark.parametrize("path", [*(path for path in ABOUT if path.is_file()), *MANUAL], ids=named)
def test_paths__that_a_page_names_are_there(path: Path) -> None:
    folders = TOP if path in ABOUT else PROJECT_ONLY
    shown = set(re.findall(r'^`{3,}\w+ title="([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE))
    words = {token.content for token in tokens(path) if token.type == "code_inline"}
    paths = {word for word in words if word.startswith(folders) and " " not in word} - shown

    assert {word for word in paths if not [*PROJECT.glob(re.sub(r"<\w+>", "*", word).rstrip("/"))]} == set()


def codes(path: Path) -> set[str]:
    return {token.content for token in tokens(path) if token.type == "code_inline"}


def first_cells(path: Path) -> set[str]:
    """What stands in the first column of the tables of a page."""
    return {line.split("|")[1].strip().strip("`") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("| ")}


@pytest.mark.parametrize("root", ROOTS.values(), ids=list(ROOTS))
def test_configuration__explains_every_setting(root: Path) -> None:
    settings = json.loads((PROJECT / "schemas" / "trueup.schema.json").read_bytes())["properties"]
    page = codes(root / "manual" / "configuration.md")

    assert {*settings, *(name for group in settings.values() for name in group.get("properties", ()))} <= page
    assert set(settings["rules"]["additionalProperties"]["enum"]) <= page
    assert set(settings["repository"]["properties"]["forge"]["enum"]) <= page


@pytest.mark.parametrize("root", ROOTS.values(), ids=list(ROOTS))
def test_configuration__lists_exit_codes_and_environment_variables(root: Path) -> None:
    read = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "tools" / "trueup").rglob("*.py"))
    variables = {*re.findall(r'\benviron(?:ment)?(?:\.get\(|\[)"([A-Z_]+)"(?!\] =)', read), *_LOCALE_VARIABLES}
    page = root / "manual" / "configuration.md"

    assert "GITHUB_STEP_SUMMARY" in variables
    assert variables <= codes(page)
    assert {"0", "1", "2", str(NO_WORKSPACE), "4", str(BUG), "130"} <= first_cells(page)


@pytest.mark.parametrize("root", ROOTS.values(), ids=list(ROOTS))
def test_formats__are_all_explained(root: Path) -> None:
    assert set(FORMATS) <= first_cells(root / "manual" / "continuous-integration.md")


@pytest.mark.parametrize("root", ROOTS.values(), ids=list(ROOTS))
def test_concepts__names_every_kind_with_its_folder(root: Path) -> None:
    text = (root / "manual" / "concepts.md").read_text(encoding="utf-8")
    for name in BUILT_IN:
        folder = json.loads(built_in_schemas()[name])["x-kind"]["files"][0].partition("**")[0]
        assert f"| [{name}](kinds/{name}.md) | `{folder}` | " in text


def test_manual__its_first_page_leads_to_every_other() -> None:
    for root in ROOTS.values():
        index = root / "manual" / "index.md"
        assert {path.name for path in index.parent.glob("*.md")} - {"index.md"} <= {link.partition("#")[0] for link in links(index)}


def test_changelog__has_the_version_that_this_is() -> None:
    versions = re.findall(r"^## \[([^\]]+)\]", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert __version__ in versions
