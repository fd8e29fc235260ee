"""The records as tables of an SQL database in memory, to be asked anything and changed by nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.locale import Text, msg
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.records.validate import did_you_mean
from trueup.records.workspace import Workspace

# A question that takes longer than this is one that nobody meant: a product of all tables with each other.
_LONGEST_SECONDS = 20.0
_MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a question: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class BadQuestion(ValueError):
    """An SQL text that cannot be answered: why, in the database's words or ours, and what was probably meant."""

    def __init__(self, text: Text | str, hint: Text | None = None) -> None:
        super().__init__(str(text))
        self.text = text
        self.hint = hint

    def say(self, language: str) -> str:
        hint = self.hint.say(language) if self.hint else ""
        text = self.text if isinstance(self.text, str) else self.text.say(language)
        return text + (f"（{hint}）" if hint and language == "zh" else f" ({hint})" if hint else "")


def ask(workspace: Workspace, diagnostics: Sequence[Diagnostic], sql: str, values: Sequence[Any] = ()) -> Rows:
    """Answers one SELECT. Raises BadQuestion where the text is no question, asks for a change, or takes too long.

    Tables: one a kind (a column a field; lists and mappings as JSON), ``<kind>_<part>`` for the parts that have an id,
    ``reference``, ``finding`` and ``point`` (the series of metrics). Columns that every record has: ``id``, ``path``, ``line``.
    """
    database = sqlite3.connect(":memory:")
    try:
        _fill(database, workspace, diagnostics)
        # SQLite makes these two tables when they are first named, which the authorizer would refuse; lists are asked with them.
        database.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
        database.set_authorizer(_only_reading)
        ends = time.monotonic() + _LONGEST_SECONDS
        database.set_progress_handler(lambda: time.monotonic() > ends, 100_000)
        cursor = database.execute(sql, values)
        if cursor.description is None:
            raise BadQuestion(msg("this is not a question; write a SELECT"))
        rows = tuple(cursor.fetchmany(_MOST_ROWS))
        return Rows(tuple(column[0] for column in cursor.description), rows)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _bad_question(str(error), sql, workspace) from None
    finally:
        database.close()


def _bad_question(reason: str, sql: str, workspace: Workspace) -> BadQuestion:
    """The database's own words with what was probably meant."""
    if reason == "interrupted":
        return BadQuestion(msg("the question took longer than {seconds} seconds", seconds=round(_LONGEST_SECONDS)))
    problem, _, name = reason.partition(": ")
    hint = None
    if problem == "no such column":
        hint = _unquoted(name, sql) or did_you_mean(name.rpartition(".")[2], _columns_in_use(sql, workspace))
    elif problem == "no such table":
        words = {
            word.casefold(): kind.name for kind in workspace.kinds.values() for word in (kind.plural.en, kind.plural.zh, kind.label.zh)
        }
        meant = words.get(name.casefold())
        hint = msg('did you mean "{name}"?', name=meant) if meant else did_you_mean(name, _tables(workspace))
    return BadQuestion(reason, hint)


def _unquoted(name: str, sql: str) -> Text | None:
    """A word that is compared with a column stands for text, which SQL wants in quotes."""
    compared = re.search(rf"([\w.]+)\s*(=|==|<>|!=|is|like)\s*{re.escape(name)}(?!\w)", sql, re.IGNORECASE)
    if compared is None:
        return None
    return msg("put text in single quotes: {example}", example=f"{compared[1]} {compared[2]} '{name}'")


def _columns_in_use(sql: str, workspace: Workspace) -> list[str]:
    words = {word.casefold() for word in re.findall(r"\w+", sql)}
    return [column for kind in workspace.kinds.values() if kind.name in words for column in columns_of(kind)]


def _tables(workspace: Workspace) -> list[str]:
    parts = (f"{kind.name}_{part}" for kind in workspace.kinds.values() for part in kind.parts)
    return [*workspace.kinds, *parts, "reference", "finding", "point"]


def _only_reading(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    if action == sqlite3.SQLITE_FUNCTION and second in ("load_extension", "zeroblob", "randomblob"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def columns_of(kind: Kind) -> tuple[str, ...]:
    """The columns of a kind's table."""
    names = dict.fromkeys(("id", *(field.name for field in kind.fields), "body", "path", "line"))
    return _unlike(names)


def _unlike(names: Iterable[str]) -> tuple[str, ...]:
    """SQL does not tell ``Status`` from ``status``: of two such names the first is kept."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(kept.values())


def _fill(database: sqlite3.Connection, workspace: Workspace, diagnostics: Sequence[Diagnostic]) -> None:
    for kind in workspace.kinds.values():
        columns = columns_of(kind)
        _table(database, kind.name, columns, (_row(record, columns) for record in workspace.of_kind(kind.name)))
        for part in kind.parts:
            _part_table(database, workspace, kind, part)
    _table(database, "reference", REFERENCE_COLUMNS, _reference_rows(workspace))
    _table(database, "finding", FINDING_COLUMNS, (_finding_row(one) for one in diagnostics))
    points = ((one.metric, point.date.isoformat(), point.value, point.note) for one in workspace.series.values() for point in one.points)
    _table(database, "point", ("metric", "date", "value", "note"), points)


REFERENCE_COLUMNS = ("source_kind", "source", "field", "text", "state", "target_kind", "target", "part", "path", "line")
FINDING_COLUMNS = ("code", "rule", "severity", "path", "line", "column", "address", "message")


def _table(database: sqlite3.Connection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    # A column of our own never collides: the first column says whose rows they are. Names come from schemas, so they are quoted.
    database.execute(f"CREATE TABLE {quoted(name)} ({', '.join(map(quoted, columns))})")
    database.executemany(f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def _row(record: Record, columns: Sequence[str]) -> list[Any]:
    own = {"id": record.id, "path": record.path, "line": record.line, "body": record.body}
    return [own[name] if name in own else _cell(record.data.get(name)) for name in columns]


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def _part_table(database: sqlite3.Connection, workspace: Workspace, kind: Kind, part: str) -> None:
    field = kind.field(part)
    inner = tuple(one.name for one in field.fields) if field else ()
    columns = _unlike((kind.name, "id", *inner))
    rows = (
        [record.id if name == kind.name else _cell(item.data.get(name)) for name in columns]
        for record in workspace.of_kind(kind.name)
        for item in record.items(part)
    )
    _table(database, f"{kind.name}_{part}", columns, rows)


def _reference_rows(workspace: Workspace) -> Iterator[tuple[Any, ...]]:
    for one in workspace.references():
        field = (
            "body"
            if one.in_body
            else ".".join(step for step in one.route if isinstance(step, str) and not (one.ref.in_key and step == one.route[-1]))
        )
        line = one.in_body.line if one.in_body else one.source.position(one.route).line
        yield (one.source.kind.name, one.source.id, field, one.text, one.state, one.kind, one.id, one.part, one.source.path, line)


def _finding_row(one: Diagnostic) -> tuple[Any, ...]:
    return (one.code, one.rule, one.severity, one.path, one.line, one.column, one.address, one.say("en"))
