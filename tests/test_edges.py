"""Who may reach outside: each library and each door to the system has its few modules (docs/decisions.md)."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "tools" / "trueup"

EDGES = {
    "yaml": {"records/events.py"},
    "mkdocs": {"site/plugin.py", "site/build.py", "site/later.py", "site/made.py", "site/search.py", "site/trust.py"},
    "jinja2": {"site/later.py", "site/once.py", "site/plugin.py"},
    "sqlite3": {"views/tables.py"},
    "jsonschema_rs": {"records/validate.py"},
    "subprocess": {"history/git.py"},
    "socket": set[str](),
    "urllib.request": set[str](),
    "http.client": set[str](),
    "requests": set[str](),
    "httpx": set[str](),
    "pickle": set[str](),
    "ruamel": set[str](),
}


@functools.cache
def parsed(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def imported(file: Path) -> Iterator[str]:
    """What a module imports, at its head or within a function, by its whole name: ``urllib.request``."""
    for node in parsed(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reaches(file: Path, library: str) -> bool:
    return any(name == library or name.startswith(library + ".") for name in imported(file))


@pytest.mark.parametrize("library", EDGES)
def test_edge__is_crossed_by_its_own_modules_only(library: str) -> None:
    found = {file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py") if reaches(file, library)}
    assert found == EDGES[library]


def calls(file: Path) -> Iterator[str]:
    for node in parsed(file):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("name", ["print", "click.echo", "sys.exit", "exit", "os._exit"])
def test_printing_and_exiting__is_left_to_the_commands(name: str) -> None:
    found = {file.relative_to(PACKAGE).parts[0] for file in PACKAGE.rglob("*.py") if name in calls(file)}
    assert found <= {"cli", "__main__.py"}


@pytest.mark.parametrize("name", ["eval", "exec", "compile", "__import__", "os.system"])
def test_nothing_that_is_read__is_run(name: str) -> None:
    assert [file for file in PACKAGE.rglob("*.py") if name in calls(file)] == []
