"""Decisions that must be looked at again, for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import brief
from trueup.locale.joining import clauses
from trueup.render.lines import aligned, called, people
from trueup.render.numbers import number, with_unit
from trueup.views.decisions import Decision, Decisions, Tripwire
from trueup.views.names import Names


def decisions_as_text(found: Decisions, today: date, names: Names) -> str:
    """How many there are; what is wanted, the most urgent first; which tripwires hold; and what was replaced by what."""
    _ = translator(names.language)
    if not found.decisions:
        return _("There is no decision.") + "\n"
    return "\n".join((decisions_in_words(found, names) + "\n", *_blocks(found, today, names)))


def decisions_in_words(found: Decisions, names: Names) -> str:
    """How many decisions there are in each state, by the words of the schema."""
    kind = names.workspace.kinds["decision"]
    status = kind.field("status")
    counts = Counter(one.status for one in found.decisions if one.status)
    states = [value for value, _label in status.choices if value in counts] if status else []
    _ = translator(names.language)
    told = _("{count} {state}")
    words = (told.format(count=counts[value], state=names.state(kind, status, value).label.lower()) for value in states)
    count = len(found.decisions)
    return msgs("{count} decision: {how}", "{count} decisions: {how}", count, how=clauses(words, names.language)).say(names.language)


def _blocks(found: Decisions, today: date, names: Names) -> Iterator[str]:
    _ = translator(names.language)
    watched = [one for one in found.decisions if one.is_accepted and one.tripwire and not one.is_tripped]
    parts: tuple[tuple[str, Sequence[tuple[str, ...]]], ...] = (
        (_("Tripwires crossed"), [_tripped(one, today, names) for one in found.tripped]),
        (_("Reviews due"), [_review(one, today, names) for one in found.reviews_due]),
        (_("Proposed"), [_proposal(one, names) for one in found.proposed]),
        (_("Tripwires that hold"), [(one.title, stand_in_words(one.tripwire, names), "") for one in watched if one.tripwire]),
    )
    yield from (f"{title}\n{aligned(rows, 0)}" for title, rows in parts if rows)
    if found.chains:
        yield _("Replaced") + "\n" + aligned([_chain(chain, names) for chain in found.chains], 0)


def _tripped(one: Decision, today: date, names: Names) -> tuple[str, ...]:
    if one.tripwire is None:
        return one.title, "", people(one.deciders, names)
    since = msg("since {date}", date=brief(one.tripwire.crossed_since, today, names.language)).say(names.language)
    return one.title, clauses((stand_in_words(one.tripwire, names), since), names.language), people(one.deciders, names)


def stand_in_words(wire: Tripwire, names: Names) -> str:
    """The metric with its last value, and the number that it must not pass."""
    _ = translator(names.language)
    limits = (("≤", wire.above), ("≥", wire.below))
    limit = clauses((f"{sign} {number(value)}" for sign, value in limits if value is not None), names.language)
    value = _("no data") if wire.value is None else with_unit(number(wire.value), wire.unit or "")
    return _("{metric} {value}, agreed {limit}").format(metric=wire.metric_title, value=value, limit=limit)


def _review(one: Decision, today: date, names: Names) -> tuple[str, ...]:
    late = one.review_overdue or 0
    when: Text = msgs("{count} day overdue", "{count} days overdue", late) if late else msg("today")
    language = names.language
    return one.title, clauses((brief(one.review_by, today, language), when.say(language)), language), people(one.deciders, names)


def _proposal(one: Decision, names: Names) -> tuple[str, ...]:
    waited = msgs("for {count} day", "for {count} days", one.proposed_for or 0).say(names.language) if one.proposed_for is not None else "–"
    _ = translator(names.language)
    mark = _("too long") if one.is_waiting else ""
    return one.title, clauses(filter(None, (waited, mark)), names.language), people(one.deciders, names)


def _chain(chain: Sequence[str], names: Names) -> tuple[str, ...]:
    return (" → ".join(called(one, names) for one in chain),)
