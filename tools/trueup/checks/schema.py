"""TU1: records that do not have the shape that their kind's schema asks for."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.checks.rule import Context, rule, schema_rule
from trueup.diagnostic import Position, Problem
from trueup.locale import msg
from trueup.records.references import heading_words, headings
from trueup.records.workspace import Workspace

missing_field = schema_rule("TU101", "missing-field", "A field that the kind requires is missing.")
unknown_field = schema_rule("TU102", "unknown-field", "A field has a name that the kind does not know.")
wrong_type = schema_rule(
    "TU103", "wrong-type", "A value is of another type than its field: text instead of a number, one value instead of a list."
)
value_not_allowed = schema_rule("TU104", "value-not-allowed", "A value is not one of those that the field may have.")
bad_date = schema_rule("TU105", "bad-date", "A date does not exist or is not written year-month-day.")
bad_format = schema_rule("TU106", "bad-format", "A text does not have the form that its field needs.")
out_of_range = schema_rule("TU107", "out-of-range", "A number, a text or a list is smaller or larger than its field allows.")
repeated_value = schema_rule("TU108", "repeated-value", "A list holds the same value twice.")
schema_mismatch = schema_rule("TU109", "schema-mismatch", "A value does not fit its schema in some other way.")


@rule("TU110", "missing-section")
def missing_section(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The body lacks a heading that the kind asks for."""
    for record in workspace.records:
        if record.kind.sections and record.body.strip():
            there = {*headings(record.body)}
            for section in record.kind.sections:
                if heading_words(section) not in there:
                    message = msg('the body has no section "{section}"', section=section)
                    yield Problem(
                        record.path,
                        Position(record.source.body_line, 1),
                        message,
                        msg('add a line "## {section}"', section=section),
                        record.address,
                    )


@rule("TU111", "wrong-body")
def wrong_body(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The kind requires a body and there is none, or allows none and there is one."""
    for record in workspace.records:
        if record.kind.body == "required" and not record.body.strip():
            message = msg("the record has no text below its fields")
            hint = (
                msg("write it below the second line of dashes")
                if record.path.endswith(".md")
                else msg("make it a Markdown file, fields first")
            )
            yield Problem(record.path, Position(record.source.body_line, 1), message, hint, record.address)
        elif record.kind.body == "none" and record.body.strip():
            message = msg("a record of this kind has no text below its fields")
            yield Problem(record.path, Position(record.source.body_line, 1), message, msg("move the text into a field"), record.address)


@rule("TU112", "repeated-part")
def repeated_part(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Two parts of a record have the same id."""
    for record in workspace.records:
        seen: dict[str, str] = {}
        for name in record.kind.parts:
            for item in record.items(name):
                part = item.text("id")
                if part is None:
                    continue
                if part in seen:
                    message = msg('the id "{id}" is used twice in this record, first in "{list}"', id=part, list=seen[part])
                    yield item.problem("id", message, msg("give one of them another id"))
                seen.setdefault(part, name)


@rule("TU113", "repeated-unique-value", whole=True)
def repeated_unique_value(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Two records hold the same value in a field that must differ from record to record."""
    for kind in workspace.kinds.values():
        for name in kind.unique:
            seen: dict[str, str] = {}
            for record in workspace.of_kind(kind.name):
                value = record.fields.text(name)
                if value is None:
                    continue
                first = seen.setdefault(value, record.address)
                if first != record.address:
                    message = msg('"{value}" is already the "{name}" of {other}', value=value, name=name, other=first)
                    yield record.fields.problem(name, message, msg("change one of them"))


# A silence that is idle, and an id that two records have: what is silenced in one of them would be said of the other.
NEVER_SILENT = ("TU120", "TU206")


@rule("TU120", "stale-silence", severity="warning")
def stale_silence(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A record silences a finding that it does not have, or a rule that does not exist."""
    for record, code in context.unused_silences:
        if any(one.route == ("ignore", code) for one in record.mismatches):
            continue
        if code in NEVER_SILENT:
            yield record.problem(msg("{code} cannot be silenced", code=code), msg("delete the line"), ("ignore", code), at_key=True)
        elif code in context.codes:
            message = msg("{code} is silenced here, and there is no such finding", code=code)
            yield record.problem(message, msg("delete the line"), ("ignore", code), at_key=True)
        else:
            yield record.problem(
                msg('no rule has the code "{code}"', code=code), msg('see "trueup explain"'), ("ignore", code), at_key=True
            )
