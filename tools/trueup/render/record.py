"""A record for the terminal and for other programs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from trueup.locale import translator
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.record import Choice, FieldView, Grid, Group, Link, Many, Plain, RecordView, Value

VERSION = 1


def record_as_json(view: RecordView, language: str) -> str:
    """The view with the version of its shape; fields and values are the schema's, texts are in ``language``."""
    answer = {
        "version": VERSION,
        "address": view.address,
        "title": view.title,
        "path": view.path,
        "line": view.line,
        "status": view.status.value if view.status else None,
        "fields": dict(view.data),
        "body": view.body,
        "referred_to_by": {relation.label: [link.address for link in relation.links] for relation in view.relations},
        "findings": [
            {"code": one.code, "severity": one.severity, "line": one.line, "column": one.column, "message": one.say(language)}
            for one in view.findings
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def record_as_text(view: RecordView, language: str) -> str:
    """The record from top to bottom: title, fields, text, who names it, findings."""
    _ = translator(language)
    out = io.StringIO()
    status = f"  [{view.status.label}]" if view.status else ""
    out.write(f"{shown(view.title)}{status}\n{view.kind}  {view.address}  {shown(view.path)}:{view.line}\n")
    short = [field for field in view.fields if not isinstance(field.value, Grid | Group)]
    out.write("\n" if short else "")
    width = max((_cells(field.label) for field in short), default=0)
    for field in short:
        out.write(f"{field.label}{' ' * (width - _cells(field.label))}  {_line(field.value, language)}\n")
    for field in view.fields:
        if isinstance(field.value, Grid | Group):
            out.write(f"\n{field.label}\n")
            out.writelines(_block(field.value, language))
    if view.body.strip():
        out.write(f"\n{shown(view.body.strip())}\n")
    for relation in view.relations:
        out.write(f"\n{relation.label}\n")
        for link in relation.links:
            out.write(f"  {shown(link.address)}  {shown(link.title)}{f'  [{link.status.label}]' if link.status else ''}\n")
    if view.findings:
        out.write(f"\n{_('Findings')}\n")
        for one in view.findings:
            out.write(f"  {one.line}:{one.column}  {one.code}  {shown(one.say(language))}\n")
    return out.getvalue()


def _block(value: Grid | Group, language: str) -> Iterator[str]:
    if isinstance(value, Group):
        for field in value.fields:
            yield f"  {_named(field, language)}\n"
        return
    rows = tuple(tuple("" if cell is None else _line(cell, language) for cell in row) for row in value.rows)
    for line in write_table(Table(value.columns, rows), "text").splitlines():
        yield f"  {line}\n"


def _named(field: FieldView, language: str) -> str:
    return f"{field.label}: {_line(field.value, language)}"


def _line(value: Value, language: str) -> str:
    """A value on one line."""
    match value:
        case Plain(text):
            return shown(" ".join(text.split("\n")).strip())
        case Choice(_, label):
            return label
        case Link(address, title, found):
            name = address.partition("/")[2]
            return shown(f"{title} ({name})" if found and title != name else name or title)
        case Many(values):
            return ("、" if language == "zh" else ", ").join(_line(one, language) for one in values)
        case Group(fields):
            return "; ".join(_named(field, language) for field in fields)
        case Grid(_, rows):
            return str(len(rows))


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
