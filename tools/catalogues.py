"""Collects what trueup says to people, and compiles its translations.

    python tools/catalogues.py           brings the .po files up to date and compiles them
    python tools/catalogues.py --check   writes nothing; fails where a translation is missing or a .mo file is old

Two catalogues: ``trueup`` holds our own words, ``messages`` those of click, which asks gettext for them at run time.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent
PACKAGE = ROOT / "trueup"
FOLDER = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {"msg": (1,), "msgs": (1, 2), "_": (1,), "reading_rule": (3,), "schema_rule": (3,)}
CLICK_KEYWORDS = {"_": (1,), "ngettext": (1, 2)}


def main() -> int:
    check = "--check" in sys.argv
    wrong = [*_bring_up("trueup", _own(), check), *_bring_up("messages", _of_click(), check)]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _own() -> Catalog:
    catalogue = Catalog(locale="zh_CN", project="trueup")
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _messages_in(path):
            catalogue.add(message, locations=[(path.relative_to(PACKAGE).as_posix(), 0)])
    for message in (*_summaries(), *_help()):
        catalogue.add(message)
    return catalogue


def _messages_in(path: Path) -> Iterator[str | tuple[str, ...]]:
    """The literal texts of calls that make messages; read from the syntax tree, as Babel does not look into f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = _called(node.func) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or name not in KEYWORDS:
            continue
        chosen = [node.args[place - 1] for place in KEYWORDS[name] if place <= len(node.args)]
        texts = tuple(one.value for one in chosen if isinstance(one, ast.Constant) and isinstance(one.value, str))
        if len(texts) == len(KEYWORDS[name]):
            yield texts if len(texts) > 1 else texts[0]


def _called(function: ast.expr) -> str | None:
    """The name of what is called; ``translator(language)("…")`` and ``site.say("…")`` are the function ``_`` without that name."""
    if isinstance(function, ast.Call):
        return "_" if _called(function.func) == "translator" else None
    name = getattr(function, "id", None) or getattr(function, "attr", None)
    return "_" if name == "say" and isinstance(function, ast.Attribute) and _called(function.value) == "site" else name


def _summaries() -> Iterator[str]:
    from trueup.checks.catalogue import RULES

    return (rule.summary for rule in RULES)


def _help() -> Iterator[str]:
    from trueup.cli import COMMANDS

    for module in COMMANDS.values():
        yield from _help_of(importlib.import_module(module).command)


def _help_of(command: click.Command) -> Iterator[str]:
    yield from (inspect.cleandoc(text) for text in (command.help, command.short_help) if text)
    yield from (parameter.help for parameter in command.params if isinstance(parameter, click.Option) and parameter.help)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _help_of(inner)


def _of_click() -> Catalog:
    catalogue = Catalog(locale="zh_CN", project="click")
    folder = Path(click.__file__).parent
    for _path, _line, message, _comments, _context in extract_from_dir(folder, [("**.py", "python")], keywords=CLICK_KEYWORDS):
        catalogue.add(message)
    return catalogue


def _bring_up(domain: str, template: Catalog, check: bool) -> Iterator[str]:
    """Gives what is wrong with a catalogue; writes it anew unless only asked to look."""
    po, mo = FOLDER / f"{domain}.po", FOLDER / f"{domain}.mo"
    catalogue = read_po(io.BytesIO(po.read_bytes()), locale="zh_CN") if po.exists() else Catalog(locale="zh_CN")
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and message.fuzzy:
            # Babel marks so what was another sort of message before, and leaves it out of what it compiles.
            yield f"{domain}: marked as fuzzy: {message.id!r}"
        elif message.id and not (all(message.string) if isinstance(message.string, tuple | list) else message.string):
            yield f"{domain}: not translated: {message.id!r}"
        elif message.id and domain == "trueup" and _holes(message.id) != _holes(message.string):
            yield f"{domain}: other {{names}} in the translation than in {message.id!r}"
    written, compiled = io.BytesIO(), io.BytesIO()
    write_po(written, catalogue, omit_header=False, no_location=True, sort_output=True, width=120, include_previous=False)
    text = b"\n".join(line for line in written.getvalue().split(b"\n") if not line.startswith(_CHANGING))
    write_mo(compiled, _undated(read_po(io.BytesIO(text), locale="zh_CN")))
    if check:
        if not mo.exists() or mo.read_bytes() != compiled.getvalue() or po.read_bytes() != text:
            yield f"{mo.name} is older than the words in the code; run: make locale"
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        po.write_bytes(text)
        mo.write_bytes(compiled.getvalue())


# Header lines that change from run to run or name a tool's version; the catalogues are byte-stable without them.
_CHANGING = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Report-Msgid-Bugs')


def _undated(catalogue: Catalog) -> Catalog:
    """The catalogue without what Babel makes up for a header that is not there: the time of day, and a translator to be."""
    catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.revision_date = catalogue.creation_date
    catalogue.last_translator = catalogue.msgid_bugs_address = ""
    return catalogue


def _holes(message: str | tuple[str, ...]) -> set[str]:
    texts = (message,) if isinstance(message, str) else message
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


if __name__ == "__main__":
    sys.exit(main())
