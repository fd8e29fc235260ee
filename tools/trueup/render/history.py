"""What became of a record, the transitions of a kind, and what changed between two states, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trueup.locale import msgs, translator
from trueup.locale.joining import clauses, with_note
from trueup.records.kind import Kind
from trueup.records.workdays import Workdays
from trueup.render.difference import in_words
from trueup.render.lines import aligned
from trueup.render.tables import Table
from trueup.render.terminal import shown
from trueup.views.changes import Changes, RecordChange
from trueup.views.history import Event, Origin, RecordHistory, Transition, Transitions, illegal

_MOST_ILLEGAL = 20


def history_as_text(found: RecordHistory, kind: Kind | None, workdays: Workdays, language: str) -> str:
    """Each commit with what it changed, the newest first."""
    blocks = [_event(one, kind, workdays, language) for one in found.events]
    if found.is_incomplete:
        blocks.append(incomplete_in_words(language) + "\n")
    return "\n".join(blocks)


def incomplete_in_words(language: str) -> str:
    return translator(language)('The history is incomplete: this clone is shallow. "git fetch --unshallow" gets the rest.')


def _event(one: Event, kind: Kind | None, workdays: Workdays, language: str) -> str:
    lines = [origin_in_words(one.origin)]
    if happened := _happened(one, language):
        lines.append(f"  {happened}")
    lines += [f"  {in_words(change, kind, workdays, language)}" for change in one.changes]
    return shown("\n".join(lines)) + "\n"


def origin_in_words(origin: Origin) -> str:
    """``2026-11-20  Anna  Evenings move (#12)  3f2a1c9d0e``: day, author, subject with the number of the pull request, commit."""
    subject = origin.subject
    if origin.pull_request and origin.pull_request not in subject:
        subject = f"{subject} ({origin.pull_request})"
    return "  ".join((origin.time.date().isoformat(), origin.author, subject, origin.commit[:10]))


def _happened(one: Event, language: str) -> str:
    _ = translator(language)
    words = {
        "added": _("added: {path}"),
        "known": _("there in the oldest commit of this clone: {path}"),
        "removed": _("taken away: {path}"),
        "unreadable": _("cannot be read from here on: {path}"),
        "readable": _("can be read again: {path}"),
    }
    if one.old_path is not None:
        return _("moved from {old} to {new}").format(old=one.old_path, new=one.path)
    return words.get(one.event, "").format(path=one.path)


def transitions_as_text(found: Transitions, kind: Kind, language: str) -> str:
    """How often which value followed which; then the changes that the kind does not allow."""
    _ = translator(language)
    rows = [
        (
            _state(one.before, found, kind, language),
            "→",
            _state(one.after, found, kind, language),
            str(one.count),
            _mark(one.is_legal, language),
        )
        for one in found.counts
    ]
    count = len(found.transitions)
    head = msgs(
        "{count} change of {field} in {records}", "{count} changes of {field} in {records}", count,
        field=found.field, records=msgs("{count} record", "{count} records", found.records),
    ).say(language)  # fmt: skip
    wrong = list(illegal(found.transitions))
    parts = [head + "\n", aligned(rows)]
    if wrong:
        parts.append(_("Not allowed") + "\n" + aligned([_wrong(one, found, kind, language) for one in wrong[-_MOST_ILLEGAL:]], 4))
    if found.is_incomplete:
        parts.append(incomplete_in_words(language) + "\n")
    return "\n".join(part for part in parts if part)


def _wrong(one: Transition, found: Transitions, kind: Kind, language: str) -> tuple[str, ...]:
    states = f"{_state(one.before, found, kind, language)} → {_state(one.after, found, kind, language)}"
    return one.origin.time.date().isoformat(), one.address, states, one.origin.author, one.origin.subject, one.origin.commit[:10]


def _mark(is_legal: bool | None, language: str) -> str:
    return translator(language)("not allowed") if is_legal is False else ""


def _state(value: str | None, found: Transitions, kind: Kind, language: str) -> str:
    if value is None:
        return "–"
    field = kind.field(found.field)
    return field.choice(value, language) if field else value


def transitions_table(found: Transitions) -> Table:
    """Each transition as a row, for programs."""
    columns = ("address", "date", "before", "after", "is_legal", "author", "pull_request", "commit")
    rows = (
        (
            one.address, one.origin.time.isoformat(), one.before, one.after, one.is_legal,
            one.origin.author, one.origin.pull_request, one.origin.commit,
        )
        for one in found.transitions
    )  # fmt: skip
    return Table(columns, tuple(rows))


def changes_as_text(found: Changes, kinds: Mapping[str, Kind], workdays: Workdays, language: str) -> str:
    """What is different, kind by kind: new records, those that are gone, those that moved or changed, with their fields."""
    _ = translator(language)
    if not found.records:
        return _("Nothing has changed.") + "\n"
    blocks = [_counted(found, language) + "\n"]
    for name, kind in kinds.items():
        of_kind = [one for one in found.records if one.kind == name]
        if of_kind:
            blocks.append(f"{kind.plural.say(language)}\n" + "".join(_record(one, kind, workdays, language) for one in of_kind))
    return "\n".join(blocks)


def _counted(found: Changes, language: str) -> str:
    counts = {
        event: len({one.address for one in found.records if one.event == event}) for event in ("added", "removed", "moved", "changed")
    }
    parts = (
        msgs("{count} record added", "{count} records added", counts["added"]),
        msgs("{count} record taken away", "{count} records taken away", counts["removed"]),
        msgs("{count} record moved", "{count} records moved", counts["moved"]),
        msgs("{count} record changed", "{count} records changed", counts["changed"]),
    )
    return clauses((part.say(language) for part, count in zip(parts, counts.values(), strict=True) if count), language)


_SIGNS = {"added": "+", "removed": "−", "moved": "→", "changed": "~", "unreadable": "!", "readable": "~", "known": "+"}


def _record(one: RecordChange, kind: Kind, workdays: Workdays, language: str) -> str:
    lines = [f"  {_SIGNS[one.event]} {with_note(one.title or one.address, one.address, language)}"]
    lines += [f"      {words}" for words in _details(one, kind, workdays, language)]
    return shown("\n".join(lines)) + "\n"


def _details(one: RecordChange, kind: Kind, workdays: Workdays, language: str) -> Iterator[str]:
    _ = translator(language)
    if one.old_path is not None:
        yield _("moved from {old} to {new}").format(old=one.old_path, new=one.path)
    if one.event == "unreadable":
        yield _("cannot be read any more")
    if one.event == "readable":
        yield _("can be read again")
    yield from (in_words(change, kind, workdays, language) for change in one.changes)
