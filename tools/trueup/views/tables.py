"""The records as tables of an SQL database in memory, to be asked anything and changed by nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trueup.diagnostic import Diagnostic
from trueup.locale import Text, msg
from trueup.locale.joining import with_note
from trueup.records.kind import Kind
from trueup.records.kinds import OTHER_TABLES
from trueup.records.nearest import did_you_mean
from trueup.records.record import Record
from trueup.records.workspace import Workspace

# A question that takes longer than this is one that nobody meant: a product of all tables with each other.
_LONGEST_SECONDS = 20.0
_MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a question: the names of its columns, and its rows. ``is_cut``: there would have been more of them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False


class BadQuestion(ValueError):
    """An SQL text that cannot be answered: why, and what was probably meant."""

    def __init__(self, text: Text, hint: Text | None = None) -> None:
        super().__init__(str(text))
        self.text = text
        self.hint = hint

    def say(self, language: str) -> str:
        return with_note(self.text.say(language), self.hint.say(language) if self.hint else "", language)


def ask(workspace: Workspace, diagnostics: Sequence[Diagnostic], sql: str) -> Rows:
    """Answers one SELECT. Raises BadQuestion where the text is no question, asks for a change, or takes too long.

    Tables: one a kind (a column a field; lists and mappings as JSON), ``<kind>_<part>`` for the parts that have an id,
    ``reference``, ``finding`` and ``point`` (the series of metrics). Columns that every record has: ``id``, ``path``, ``line``,
    ``body``; where the last three are fields of a kind, ours are called ``record_path`` and so on.
    """
    database = sqlite3.connect(":memory:")
    try:
        _fill(database, workspace, diagnostics)
        # SQLite makes these two tables when they are first named, which the authorizer would refuse; lists are asked with them.
        database.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
        database.set_authorizer(_only_reading)
        ends = time.monotonic() + _LONGEST_SECONDS
        database.set_progress_handler(lambda: time.monotonic() > ends, 100_000)
        cursor = database.execute(sql)
        if cursor.description is None:
            raise BadQuestion(_ONLY_SELECT)
        rows = tuple(cursor.fetchmany(_MOST_ROWS + 1))
        return Rows(tuple(column[0] for column in cursor.description), rows[:_MOST_ROWS], is_cut=len(rows) > _MOST_ROWS)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _bad_question(str(error), sql, workspace) from None
    except UnicodeEncodeError:
        raise BadQuestion(msg("the question is not UTF-8")) from None
    finally:
        database.close()


def records_in_rows(workspace: Workspace, kind: Kind, columns: tuple[str, ...]) -> Rows:
    """All records of a kind by their ids: what asking for them gives, without a database to ask."""
    own = {"id": lambda record: record.id, **_own_columns(kind)}
    rows = [tuple(_storable(cell) for cell in _row(record, columns, own)) for record in workspace.of_kind(kind.name)]
    place = columns.index("id")
    return Rows(columns, tuple(sorted(rows, key=lambda row: str(row[place]))))


def with_lists(answer: Rows, workspace: Workspace) -> Rows:
    """The answer with the lists and mappings of the records as what they are, where the database holds them as JSON.

    A text that somebody wrote, and that only looks like a list, stays a text.
    """
    shown = {cell for row in answer.rows for cell in row if isinstance(cell, str) and cell.startswith(("[", "{"))}
    if not shown:
        return answer
    stored = list(_stored(workspace))
    whole = {text: value for value in stored if isinstance(value, list | dict) and (text := _cell(value)) in shown}
    for value in stored:
        if isinstance(value, str):
            whole.pop(value, None)
    rows = tuple(tuple(whole.get(cell, cell) if isinstance(cell, str) else cell for cell in row) for row in answer.rows)
    return replace(answer, rows=rows)


def _stored(workspace: Workspace) -> Iterator[Any]:
    """The values of all records, and of their parts."""
    for record in workspace.records:
        yield record.body
        yield from record.data.values()
        for part in record.kind.parts:
            for item in record.items(part):
                yield from item.data.values()


def _bad_question(reason: str, sql: str, workspace: Workspace) -> BadQuestion:
    """What the database says, in our own sentences; its own words only where we have none."""
    for pattern, text, hint in _REASONS:
        if found := pattern.fullmatch(reason):
            name = found.groupdict().get("name", "")
            return BadQuestion(replace(text, values=(("name", name), *text.values)), hint(name, sql, workspace) if callable(hint) else hint)
    return BadQuestion(msg('SQLite says "{reason}"', reason=reason))


def _column_meant(name: str, sql: str, workspace: Workspace) -> Text | None:
    known = _columns_in_use(sql, workspace)
    near = _unquoted(name, sql) or did_you_mean(name.rpartition(".")[2], known)
    return near or (msg("the columns here are {names}", names=tuple(dict.fromkeys(known))) if known else None)


def _table_meant(name: str, sql: str, workspace: Workspace) -> Text | None:
    words = {word.casefold(): kind.name for kind in workspace.kinds.values() for word in (kind.plural.en, kind.plural.zh, kind.label.zh)}
    meant = words.get(name.casefold())
    if meant:
        return msg('did you mean "{name}"?', name=meant)
    return did_you_mean(name, _tables(workspace)) or msg("the tables are {names}", names=tuple(_tables(workspace)))


Hint = Callable[[str, str, Workspace], Text | None]

_ONLY_SELECT = msg("this is not a question; write a SELECT")

# What SQLite says (its sources: build.c, expr.c, parse.y, resolve.c, tokenize.c; the module sqlite3 of Python), what we say, and a hint.
_REASONS: tuple[tuple[re.Pattern[str], Text, Hint | Text | None], ...] = tuple(
    (re.compile(pattern, re.DOTALL), text, hint)
    for pattern, text, hint in (
        ("no such column: (?P<name>.+)", msg('there is no column "{name}"'), _column_meant),
        ("no such table: (?P<name>.+)", msg('there is no table "{name}"'), _table_meant),
        ("no such function: (?P<name>.+)", msg('there is no function "{name}"'), None),
        (
            "ambiguous column name: (?P<name>.+)",
            msg('more than one of the tables has a column "{name}"'),
            msg('write the table before it, as "goal.id"'),
        ),
        ('near "(?P<name>.*)": syntax error', msg('this is not SQL near "{name}"'), msg("look for a word or a comma too many or too few")),
        ("incomplete input", msg("the question ends too early"), msg("look for a bracket that is not closed, or a word that is missing")),
        ('unrecognized token: "(?P<name>.*)"', msg('"{name}" cannot be read'), msg("look for a quote that is not closed")),
        (
            "misuse of (?:aggregate|window)(?: function)?:? (?:function )?(?P<name>.+)",
            msg("{name} cannot stand here"),
            msg('to choose by it, write "HAVING" after "GROUP BY"'),
        ),
        (".*HAVING.*", msg('"HAVING" needs "GROUP BY"'), None),
        (
            "SELECTs to the left and right of (?P<name>.+) do not have the same number of result columns",
            msg('the questions on both sides of "{name}" have different numbers of columns'),
            None,
        ),
        ("malformed JSON", msg("a value that is asked as JSON is none"), None),
        ("wrong number of arguments to function (?P<name>.+)", msg("{name} takes another number of values"), None),
        ("not authorized to use function: (?P<name>.+)", msg('the function "{name}" cannot be used here'), None),
        ("not authorized|attempt to write .*|cannot .* within a transaction.*", _ONLY_SELECT, None),
        ("You can only execute one statement at a time[.]", msg("only one question can be asked at a time"), msg("write one SELECT")),
        (
            "Incorrect number of bindings supplied[.].*|You did not supply a value for binding .*",
            msg("a value is missing in the question"),
            msg("write it in the place of the sign that stands for it, text in single quotes"),
        ),
        ("interrupted", msg("the question took longer than {seconds} seconds", seconds=round(_LONGEST_SECONDS)), None),
    )
)


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
    return [*workspace.kinds, *parts, *OTHER_TABLES]


def _only_reading(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
    if action == sqlite3.SQLITE_FUNCTION and second in ("load_extension", "zeroblob", "randomblob"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def columns_of(kind: Kind) -> tuple[str, ...]:
    """The columns of a kind's table."""
    return _unlike(("id", *(field.name for field in kind.fields), *_own_columns(kind)))


def default_columns(kind: Kind) -> tuple[str, ...]:
    """The columns that a schema asks for; else the id and the fields with a part to play."""
    chosen = kind.columns or tuple(kind.roles.values())
    return tuple(dict.fromkeys(("id", *chosen)))


def _own_columns(kind: Kind) -> dict[str, Callable[[Record], Any]]:
    """What a record has besides its fields, by columns that no field of the kind is called."""
    taken = {field.name.casefold() for field in kind.fields}
    own: dict[str, Callable[[Record], Any]] = {
        "body": lambda record: record.body, "path": lambda record: record.path, "line": lambda record: record.line,
    }  # fmt: skip
    return {f"record_{name}" if name in taken else name: value for name, value in own.items()}


def _unlike(names: Iterable[str]) -> tuple[str, ...]:
    """SQL does not tell ``Status`` from ``status``: of two such names the first is kept."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(kept.values())


def _fill(database: sqlite3.Connection, workspace: Workspace, diagnostics: Sequence[Diagnostic]) -> None:
    for kind in workspace.kinds.values():
        columns = columns_of(kind)
        own = {"id": lambda record: record.id, **_own_columns(kind)}
        _table(database, kind.name, columns, (_row(record, columns, own) for record in workspace.of_kind(kind.name)))
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
    stored = ([_storable(cell) for cell in row] for row in rows)
    database.executemany(f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * len(columns))})", stored)  # noqa: S608


def _storable(cell: Any) -> Any:
    """A cell without what is no Unicode: the bytes of a file's name that are not UTF-8 are written out."""
    return cell.encode(errors="backslashreplace").decode() if isinstance(cell, str) and not cell.isascii() else cell


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def _row(record: Record, columns: Sequence[str], own: Mapping[str, Callable[[Record], Any]]) -> list[Any]:
    return [own[name](record) if name in own else _cell(record.data.get(name)) for name in columns]


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


def finding_rows(diagnostics: Iterable[Diagnostic]) -> tuple[tuple[Any, ...], ...]:
    """The findings as the table ``finding`` has them, in their order."""
    return tuple(tuple(_storable(cell) for cell in _finding_row(one)) for one in diagnostics)


def _finding_row(one: Diagnostic) -> tuple[Any, ...]:
    return (one.code, one.rule, one.severity, one.path, one.line, one.column, one.address, one.say("en"))
