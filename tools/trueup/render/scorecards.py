"""Scorecards for the terminal, each figure with what it was computed from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.joining import led
from trueup.records.periods import period_of
from trueup.render.lines import aligned, called, people
from trueup.render.numbers import number, with_unit
from trueup.render.shares import percent
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.names import Names
from trueup.views.scorecards import Scorecard, ScoreItem


def scorecards_as_text(found: Sequence[Scorecard], today: date, names: Names) -> str:
    """Those whose period is not over, item by item; of the earlier ones the score. Where all are over, the latest period's."""
    _ = translator(names.language)
    if not found:
        return _("There is no scorecard.") + "\n"
    current = [one for one in found if not _is_over(one, today)] or [one for one in found if one.period == found[0].period]
    earlier = [one for one in found if one not in current]
    blocks = [_card(one, names) for one in current]
    if earlier:
        rows = [(one.period, _share(one.score), one.title, one.address.partition("/")[2]) for one in earlier]
        blocks.append(_("Earlier") + "\n" + aligned(rows, 2))
    return "\n".join(blocks)


def scorecard_as_text(card: Scorecard, names: Names) -> str:
    """One scorecard, and below it every record that was counted."""
    blocks = [_card(card, names)]
    for one in card.items:
        if one.addresses:
            rows = [(address, called(address, names)) for address in one.addresses]
            blocks.append(f"{led(shown(one.title), counted_from(one, names), names.language)}\n{aligned(rows, 1)}")
    return "\n".join(blocks)


def _is_over(card: Scorecard, today: date) -> bool:
    period = period_of(card.period)
    return period is not None and period.end < today


def _card(card: Scorecard, names: Names) -> str:
    _ = translator(names.language)
    head = " · ".join(filter(None, (card.title, card.period, people(card.teams, names))))
    headings = {
        "item": _("Item"),
        "weight": _("Weight"),
        "value": _("Value"),
        "target": _("Target"),
        "score": _("Score"),
        "source": _("Computed from"),
    }
    table = write_table(Table(tuple(headings), tuple(_row(one, names) for one in card.items), headings, gives_way="item"), "text")
    return f"{shown(head)}\n{score_in_words(card, names)}\n\n{table}"


def score_in_words(card: Scorecard, names: Names) -> str:
    """What share of its targets it has reached, and what share of its weight nothing is known of."""
    if card.score is None:
        return translator(names.language)("no data")
    words = msg("{share} of the targets, each value by its target", share=percent(card.score)).say(names.language)
    if card.measured < 1:
        words += msg("; {share} of the weight has no data", share=percent(1 - card.measured)).say(names.language)
    return words


def _row(one: ScoreItem, names: Names) -> tuple[str, ...]:
    target = "" if one.target is None else number(one.target)
    return one.title, number(one.weight), value_in_words(one, names), target, _share(one.score), counted_from(one, names)


def _share(share: float | None) -> str:
    return "–" if share is None else percent(share)


def value_in_words(one: ScoreItem, names: Names) -> str:
    """The value of an item with its unit."""
    _ = translator(names.language)
    if one.value is None:
        return _("no data")
    unit = _("days") if one.unit == "days" else one.unit
    return with_unit(number(round(one.value, 1)), unit)


def counted_from(one: ScoreItem, names: Names) -> str:
    """From what a figure was computed: the goal or the metric by name, else how many records were counted."""
    if one.subject.partition("/")[1]:
        return called(one.subject, names)
    count = len(one.addresses)
    counted: dict[str, Text] = {
        "on-time-rate": msgs("{count} task", "{count} tasks", count),
        "action-closing-rate": msgs("{count} action", "{count} actions", count),
        "feedback-reply-time": msgs("{count} piece of feedback", "{count} pieces of feedback", count),
        "forecast-accuracy": msgs("{count} milestone or plan", "{count} milestones and plans", count),
    }
    return counted[one.subject].say(names.language) if count and one.subject in counted else ""
