"""What users say and what came of it, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import Text, msg, msgs, translator
from trueup.render.actions import person
from trueup.render.lines import counted
from trueup.render.numbers import number
from trueup.render.shares import bar, percent
from trueup.render.tables import Table, write_table
from trueup.render.terminal import shown
from trueup.views.feedback import Count, Entry, Feedback, Theme
from trueup.views.names import Names

# Longer lists are cut on a terminal; how many more there are is said.
_MOST = 12
_MOST_THEMES = 30

# As many of the latest months as fit beside the rest.
_MONTHS = 6

# A month is drawn by how it compares with the theme's fullest month (Unicode 16, U+2581 to U+2588).
_HEIGHTS = "▁▂▃▄▅▆▇█"


def feedback_as_text(found: Feedback, names: Names) -> str:
    """The funnel; sentiment and importance; themes, or the pieces of one theme; what is to be triaged; who was never told."""
    _ = translator(names.language)
    if not found.entries:
        return _("There is no feedback.") + "\n"
    blocks = [
        "".join(f"{line}\n" for line in feedback_in_words(found, names.language)),
        f"{_('How far it has come')}\n{_funnel(found, names)}",
    ]
    blocks.append(f"{_('How they feel about it, and how much it matters to them')}\n{_cross(found, names)}")
    if found.theme is None:
        blocks.append(f"{_('Themes')}\n{_themes(found, names)}")
    else:
        blocks.append(f"{shown(found.theme)}\n{_entries(found.entries, names)}")
    if found.new:
        blocks.append(f"{_('To be triaged')}\n{_new(found.new, names)}")
    if found.owed:
        blocks.append(f"{_('Never told what came of it')}\n{_owed(found, names)}")
    return "\n".join(blocks)


def feedback_in_words(found: Feedback, language: str) -> tuple[str, ...]:
    """How much there is, how long it has waited to be triaged, and how much of it has had an answer; a sentence each."""
    lines = [msgs("{count} piece of feedback.", "{count} pieces of feedback.", len(found.entries)).say(language)]
    if found.triage_age is not None:
        lines.append(_waiting(found, found.triage_age).say(language))
    if found.replied:
        lines.append(_answered(found, language))
    return tuple(lines)


def _waiting(found: Feedback, days: float) -> Text:
    """How much is to be triaged and for how long; where nothing has waited too long, nothing is said of that."""
    if not found.untriaged:
        return msgs(
            "{count} is to be triaged, for {days} days by now.", "{count} are to be triaged, half of them for {days} days or longer.",
            len(found.new), days=number(days),
        )  # fmt: skip
    return msgs(
        "{count} is to be triaged, for {days} days by now; for longer than {limit} days: {late}.",
        "{count} are to be triaged, half of them for {days} days or longer; for longer than {limit} days: {late}.",
        len(found.new), days=number(days), late=found.untriaged, limit=found.triage_days,
    )  # fmt: skip


def _answered(found: Feedback, language: str) -> str:
    """How many have had an answer, of what, and how soon: the same as the last steps of the funnel, and those who wait for the rest."""
    shipped = found.funnel[-1].now
    parts = (
        (shipped, msgs("{count} shipped", "{count} shipped", shipped)),
        (found.declined_told, msgs("{count} declined", "{count} declined", found.declined_told)),
        (found.replied_before, msgs("{count} still on the way", "{count} still on the way", found.replied_before)),
    )
    how = counted(parts, language)
    if found.reply_time is None:
        return msgs("{count} answered: {how}.", "{count} answered: {how}.", found.replied, how=how).say(language)
    return msgs(
        "{count} answered: {how}; after {days} days.", "{count} answered: {how}; half of them within {days} days.",
        found.replied, how=how, days=number(found.reply_time),
    ).say(language)  # fmt: skip


def _funnel(found: Feedback, names: Names) -> str:
    _ = translator(names.language)
    headings = {"stage": _("Step"), "reached": _("Came this far"), "now": _("Stand here now"), "share": _("Share of those not declined")}
    rows: list[tuple[object, ...]] = [
        (
            stage_in_words(one.stage, names),
            one.reached,
            one.now,
            "" if one.share is None else f"{bar(one.share)} {percent(one.share):>4}",
        )
        for one in found.funnel
    ]
    if found.declined:
        told = msg("{told} of {count} told", told=found.declined_told, count=found.declined).say(names.language)
        rows.append((stage_in_words("declined", names), "", found.declined, told))
    return write_table(Table(tuple(headings), tuple(rows), headings, gives_way="share"), "text")


def stage_in_words(stage: str | None, names: Names) -> str:
    """A step by the schema's label; the last one is no status, but an answer."""
    if stage == "replied":
        return translator(names.language)("Shipped and answered")
    return value_in_words("status", stage, names)


def value_in_words(field: str, value: str | None, names: Names) -> str:
    """A value of a field by the schema's label; None as what nobody has said."""
    kind = names.workspace.kinds.get("feedback")
    among = kind.field(field) if kind else None
    if value is None:
        return translator(names.language)("Not said")
    return among.choice(value, names.language) if among else value


def _cross(found: Feedback, names: Names) -> str:
    """Sentiments down, importances across, those that matter most first; what nobody has is left out."""
    _ = translator(names.language)
    counts = {(one.sentiment, one.importance): one.count for one in found.cells}
    down, across = _used(found.by_sentiment), _used(found.by_importance)[::-1]
    across = [*(one for one in across if one is not None), *(one for one in across if one is None)]
    headings = {"": "", **{str(one): value_in_words("importance", one, names) for one in across}, "total": _("Total")}
    totals = {one.value: one.count for one in found.by_sentiment}
    rows = tuple(
        (value_in_words("sentiment", one, names), *(counts.get((one, other), "") for other in across), totals[one]) for one in down
    )
    return write_table(Table(tuple(headings), rows, headings), "text")


def _used(counts: Sequence[Count]) -> list[str | None]:
    return [one.value for one in counts if one.count]


def _themes(found: Feedback, names: Names) -> str:
    _ = translator(names.language)
    sentiments = [one.value for one in found.by_sentiment if one.value]
    # What matters most to somebody is what a team must not overlook.
    weighty = [one.value for one in found.by_importance if one.value][::-1][:2]
    headings = {
        "theme": _("Theme"),
        "count": _("Total"),
        "open": _("Waiting"),
        **{f"s-{one}": value_in_words("sentiment", one, names) for one in sentiments},
        **{f"i-{one}": value_in_words("importance", one, names) for one in weighty},
        "months": _("{count} months").format(count=_MONTHS),
    }
    rows = tuple(_theme(one, sentiments, weighty, names) for one in found.themes[:_MOST_THEMES])
    remark = _('"Waiting": neither planned nor declined yet. A piece of feedback with two themes counts for both.') + "\n"
    table = write_table(Table(tuple(headings), rows, headings, gives_way="theme"), "text")
    return "".join((table, *_more(len(found.themes) - _MOST_THEMES, names), remark))


def _theme(one: Theme, sentiments: Sequence[str], weighty: Sequence[str], names: Names) -> tuple[object, ...]:
    feel = {count.value: count.count or "" for count in one.by_sentiment}
    matter = {count.value: count.count or "" for count in one.by_importance}
    name = one.theme or translator(names.language)("(no theme)")
    return (
        name,
        one.count,
        one.open or "",
        *(feel[value] for value in sentiments),
        *(matter[value] for value in weighty),
        spark(one.by_month[-_MONTHS:]),
    )


def spark(counts: Sequence[int]) -> str:
    """Numbers as a row of bars, the highest as high as a line; nothing is a dot."""
    top = max(counts, default=0)
    return "".join(_HEIGHTS[(count * len(_HEIGHTS) - 1) // top] if count else "·" for count in counts)


def _entries(entries: Sequence[Entry], names: Names) -> str:
    _ = translator(names.language)
    headings = {"received": _("Received"), "stage": _("Step"), "title": _("Feedback"), "feel": _("Sentiment"), "matter": _("Importance")}
    rows = tuple(
        (
            one.received_on.isoformat() if one.received_on else "–",
            stage_in_words("replied" if one.stage == "shipped" and one.replied_on else one.stage, names),
            one.title,
            value_in_words("sentiment", one.sentiment, names) if one.sentiment else "",
            value_in_words("importance", one.importance, names) if one.importance else "",
        )
        for one in entries
    )
    return write_table(Table(tuple(headings), rows, headings, gives_way="title"), "text")


def _new(entries: Sequence[Entry], names: Names) -> str:
    _ = translator(names.language)
    headings = {"age": _("Days"), "title": _("Feedback"), "matter": _("Importance"), "channel": _("Channel"), "owner": _("Owner")}
    rows = tuple(
        (
            "–" if one.age is None else str(one.age).rjust(4),
            one.title,
            value_in_words("importance", one.importance, names) if one.importance else "",
            value_in_words("channel", one.channel, names) if one.channel else "",
            person(one.owner, names),
        )
        for one in entries[:_MOST]
    )
    return "".join((write_table(Table(tuple(headings), rows, headings, gives_way="title"), "text"), *_more(len(entries) - _MOST, names)))


def _owed(found: Feedback, names: Names) -> str:
    _ = translator(names.language)
    headings = {"days": _("Days"), "stage": _("Step"), "title": _("Feedback"), "customer": _("Customer"), "owner": _("Owner")}
    rows = tuple(
        (str(one.owed_days).rjust(4), stage_in_words(one.stage, names), one.title, one.customer or "–", person(one.owner, names))
        for one in found.owed[:_MOST]
    )
    remarks = (
        msg("Shipped or declined more than {limit} days ago, and nobody has told the customer.", limit=found.reply_days),
        msg("Counted from the day its plan was finished or it was decided, else from the day it was received."),
    )
    table = write_table(Table(tuple(headings), rows, headings, gives_way="title"), "text")
    return "".join((table, *_more(len(found.owed) - _MOST, names), *(one.say(names.language) + "\n" for one in remarks)))


def _more(count: int, names: Names) -> Iterator[str]:
    if count > 0:
        yield msgs("and {count} more", "and {count} more", count).say(names.language) + "\n"
