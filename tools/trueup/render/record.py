"""A record for the terminal and for other programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from trueup.locale import msgs, translator
from trueup.locale.joining import led, listed, separated, with_note
from trueup.render.log import json_text
from trueup.render.numbers import change, number
from trueup.render.readings import confidence, headline, with_readings
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.record import RecordView, SaidView, SeriesView
from trueup.views.relations import Mention
from trueup.views.values import Choice, FieldView, Grid, Group, Link, Many, Number, Plain, Value, Web

VERSION = 1

# A terminal shows as many of the latest values of a series as this.
_LATEST = 12


def record_as_json(view: RecordView, language: str) -> str:
    """The view with the version of its shape. Names and values are the schema's, a reference is the address that it names."""
    answer = {
        "version": VERSION,
        "address": view.address,
        "title": view.title,
        "path": view.path,
        "line": view.line,
        "status": view.status.value if view.status else None,
        "fields": {field.name: _data(field.value) for field in view.fields},
        "body": view.body,
        "series": [{"date": one.date, "value": one.value, "note": one.note} for one in view.series.points] if view.series else [],
        "latest": _latest_data(view.series),
        "said": _said_data(view.said),
        "key_results": [
            {"address": one.address, "current": one.current, "progress": one.progress, "as_of": one.as_of and one.as_of.isoformat()}
            for one in view.key_results
        ],
        "referred_to_by": [_mention_data(one) for relation in view.relations for one in relation.mentions],
        "findings": [
            {"code": one.code, "severity": one.severity, "line": one.line, "column": one.column, "message": one.say(language)}
            for one in view.findings
        ],
    }
    return json_text(answer)


def _latest_data(series: SeriesView | None) -> dict[str, Any] | None:
    if series is None or series.latest is None:
        return None
    latest = {"date": series.latest.date, "value": series.latest.value, "change": series.latest.change}
    return {**latest, "target": series.target, "is_reached": series.is_reached, "is_better": series.is_better}


def _said_data(said: SaidView | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"health": said.health.value, "date": said.day, "checkin": said.source.address, "confidence": said.confidence}


def _mention_data(one: Mention) -> dict[str, Any]:
    return {"address": one.link.address, "fields": one.fields, "status": one.status.value if one.status else None}


def _data(value: Value) -> Any:
    """A value as it is written."""
    match value:
        case Plain(text) | Web(text):
            return text
        case Number(written) | Choice(written):
            return written
        case Link(address):
            return address
        case Many(values):
            return [_data(one) for one in values]
        case Group(fields):
            return {field.name: _data(field.value) for field in fields}
        case Grid(columns, rows):
            return [{column.name: _data(cell) for column, cell in zip(columns, row, strict=True) if cell is not None} for row in rows]


def record_as_text(view: RecordView, language: str) -> str:
    """The record from top to bottom: title, fields, text, series, who refers to it, findings."""
    _ = translator(language)
    out = io.StringIO()
    status = f"  [{shown(view.status.label)}]" if view.status else ""
    out.write(f"{shown(view.title)}{status}\n{shown(view.label)}  {shown(view.address)}  {shown(view.path)}:{view.line}\n")
    out.writelines(f"{line}\n" for line in _standing(view, language))
    out.writelines(_fields(view, language))
    if view.body.strip():
        out.write(f"\n{shown(view.body.strip())}\n")
    if view.series:
        out.writelines(_series(view.series, language))
    for relation in view.relations:
        out.write(f"\n{shown(relation.label)}\n")
        out.writelines(f"  {_mention(one, roles=relation.tells_roles)}\n" for one in relation.mentions)
    if view.findings:
        out.write(f"\n{_('Findings')}\n")
        for one in view.findings:
            out.write(f"  {one.line}:{one.column}  {one.code}  {shown(one.say(language))}\n")
    return out.getvalue()


def _standing(view: RecordView, language: str) -> Iterator[str]:
    """Where a metric is, and what was last said of a goal or a plan."""
    if view.series and (words := headline(view.series, language)):
        yield shown(" · ".join(filter(None, words)))
    if view.said:
        yield shown(" · ".join(filter(None, (view.said.health.label, confidence(view.said, language), view.said.day))))


def _fields(view: RecordView, language: str) -> Iterator[str]:
    """What fits on a line first, the labels lined up; then what has lines of its own."""
    short = [field for field in view.fields if not isinstance(field.value, Grid | Group)]
    labels = [shown(field.label) for field in short]
    width = max(map(_cells, labels), default=0)
    if short:
        yield "\n"
    for label, field in zip(labels, short, strict=True):
        yield f"{label}{' ' * (width - _cells(label))}  {_line(field.value, language)}\n"
    for field in view.fields:
        if isinstance(field.value, Grid | Group):
            yield f"\n{shown(field.label)}\n"
            value = field.value
            if isinstance(value, Grid) and field.name == "key_results":
                value = with_readings(value, view.key_results, language)
            yield from (f"  {line}\n" for line in _block(value, language))


def _block(value: Grid | Group, language: str) -> Iterator[str]:
    if isinstance(value, Group):
        return (_named(field, language) for field in value.fields)
    rows = tuple(tuple("" if cell is None else _line(cell, language) for cell in row) for row in value.rows)
    # Columns may have the same label, so they go by their names until they are shown.
    table = Table(tuple(one.name for one in value.columns), rows, {one.name: one.label for one in value.columns})
    return iter(write_table(table, "text").splitlines())


def _named(field: FieldView, language: str) -> str:
    return led(shown(field.link.words if field.link else field.label), _line(field.value, language), language)


def _line(value: Value, language: str) -> str:
    """A value on one line."""
    match value:
        case Plain(text) | Web(text) | Choice(_, text):
            return shown(" ".join(text.split("\n")).strip())
        case Number(amount):
            return number(amount)
        case Link():
            return shown(_link(value, language))
        case Many(values):
            return listed((_line(one, language) for one in values), language)
        case Group(fields):
            return separated((_named(field, language) for field in fields), language)
        case Grid(_, rows):
            return str(len(rows))


def _link(link: Link, language: str) -> str:
    """A record by its title and its id, a part of the same record by its title and its own id."""
    name = link.address.partition("/")[2] if link.title else link.address.partition("#")[2]
    if not link.found:
        return name or link.words
    return with_note(link.words, name if name != link.words else "", language)


def _series(series: SeriesView, language: str) -> Iterator[str]:
    """The latest values, the last one first."""
    _ = translator(language)
    yield f"\n{_('Series')}\n"
    columns = (_("Date"), with_note(_("Value"), series.unit, language), _("Change"), _("Notes"))
    latest = series.points[::-1][:_LATEST]
    rows = tuple(
        (one.date, number(one.value, series.places), "" if one.change is None else change(one.change, series.places), one.note)
        for one in latest
    )
    for line in write_table(Table(columns, rows), "text").splitlines():
        yield f"  {line}\n"
    if len(series.points) > len(latest):
        count = len(series.points) - len(latest)
        yield f"  {msgs('{count} earlier value', '{count} earlier values', count).say(language)}\n"


def _mention(one: Mention, *, roles: bool) -> str:
    """One that refers to the record, and as what."""
    status = f"  [{shown(one.status.label)}]" if one.status else ""
    when = f"  {shown(one.untold_day)}" if one.untold_day else ""
    role = f"  {shown(' · '.join(one.roles))}" if roles else ""
    return f"{shown(one.link.address)}  {shown(one.link.words)}{status}{when}{role}"


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
