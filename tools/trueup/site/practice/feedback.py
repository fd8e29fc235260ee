"""Feedback: how far it comes, what it is about and how people feel, what waits to be triaged, and who was never told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trueup.locale import msg, msgs
from trueup.locale.days import month as written_month
from trueup.locale.joining import sentences
from trueup.render.feedback import feedback_in_words, stage_in_words, value_in_words
from trueup.render.html import EMPTY, Html, figures, html, joined, table, titles
from trueup.render.numbers import number
from trueup.render.shares import percent
from trueup.site.paths import list_of
from trueup.site.practice.entries import entries, note, opened
from trueup.site.practice.meter import columns, meter
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.standing import owner, row
from trueup.site.values import cell, pill
from trueup.views.feedback import Entry, Feedback, Theme

# So many themes are told; the others are folded. What matters most to somebody is what a team must not overlook.
_MOST_THEMES = 12
_WEIGHTY = 2


def overview(place: Here) -> Iterator[Section]:
    """Above the list of feedback."""
    _ = place.site.say
    found = place.site.derived.feedback
    if not found.entries:
        return
    said = note(sentences(feedback_in_words(found, place.site.language), place.site.language))
    yield Section("s-funnel", _("How far it has come"), html("{}{}", said, _funnel(place, found)))
    if found.owed:
        yield Section("s-owed", _("Never told what came of it"), _owed(place, found))
    if found.new:
        yield Section("s-triage", _("To be triaged"), entries(place, (_new(place, one) for one in found.new)))
    yield Section("s-themes", _("Themes"), _themes(place, found))
    yield Section("s-feel", _("How they feel about it, and how much it matters to them"), _cross(place, found))
    yield Section("s-months", _("Month by month"), _months(place, found))


def _all(place: Here) -> str:
    return place.url(list_of("feedback"), "s-all")


def _funnel(place: Here, found: Feedback) -> Html:
    """Step by step how many have come this far, as bars; a number opens those that stand there now."""
    _ = place.site.say
    names = place.site.names
    there: dict[str, list[str]] = defaultdict(list)
    for one in found.entries:
        there["replied" if one.stage == "shipped" and one.replied_on else one.stage or ""].append(one.address)
    rows = []
    for step in found.funnel:
        label, share = stage_in_words(step.stage, names), step.share
        shown = html('{} <span class="tu-share">{}</span>', meter(share, None, None), percent(share)) if share else EMPTY
        standing = opened(place, step.now, label, there[step.stage], _all(place))
        rows.append(_step(place, label, html("{}", step.reached), shown, standing))
    if found.declined:
        told = _("{told} of {count} told").format(told=found.declined_told, count=found.declined)
        label = stage_in_words("declined", names)
        rows.append(
            _step(
                place,
                label,
                EMPTY,
                html('<span class="tu-unnamed">{}</span>', told),
                opened(place, found.declined, label, there["declined"], _all(place)),
            )
        )
    return table(titles(_("Step"), _("Came this far"), _("Share of those not declined"), _("Stand here now")), rows, "tu-list")


def _step(place: Here, label: str, reached: Html, share: Html, now: Html) -> Html:
    _ = place.site.say
    cells = (
        cell(reached, _("Came this far")), cell(share, _("Share of those not declined")), cell(now, _("Stand here now")),
    )  # fmt: skip
    return html('<tr><td class="tu-what">{}</td>{}</tr>', label, joined(cells))


def _owed(place: Here, found: Feedback) -> Html:
    """Who was never told, those first who have waited longest."""
    words = (
        msg("Shipped or declined more than {limit} days ago, and nobody has told the customer.", limit=found.reply_days),
        msg("Counted from the day its plan was finished or it was decided, else from the day it was received."),
    )
    language = place.site.language
    said = note(sentences((one.say(language) for one in words), language))
    return html("{}{}", said, entries(place, (_waiting(place, one) for one in found.owed)))


def _waiting(place: Here, one: Entry) -> Html:
    language = place.site.language
    days = msgs("for {count} day", "for {count} days", one.owed_days or 0).say(language)
    step = stage_in_words(one.stage, place.site.names)
    why = place.at(one.plans[0]) if one.plans else place.at(one.decision) if one.decision else EMPTY
    return row(place.at(one.address), pill(days, "bad"), html("{}", step), html("{}", one.customer or ""), owner(place, one.owner), why)


def _new(place: Here, one: Entry) -> Html:
    """What nobody has looked at yet, and for how long."""
    names = place.site.names
    days = msgs("for {count} day", "for {count} days", one.age).say(names.language) if one.age is not None else "–"
    matter = value_in_words("importance", one.importance, names) if one.importance else ""
    channel = value_in_words("channel", one.channel, names) if one.channel else ""
    state = pill(days, "warn") if one.is_untriaged else html("{}", days)
    return row(place.at(one.address), state, html("{}", matter), html("{}", channel), owner(place, one.owner))


def _themes(place: Here, found: Feedback) -> Html:
    """What is said most: how many, how they feel, how much it matters, and month by month."""
    _ = place.site.say
    names = place.site.names
    sentiments = [one.value for one in found.by_sentiment if one.value]
    weighty = [one.value for one in found.by_importance if one.value][::-1][:_WEIGHTY]
    heads = (
        _("Theme"), _("Total"), _("Waiting"), *(value_in_words("sentiment", one, names) for one in sentiments),
        *(value_in_words("importance", one, names) for one in weighty), _("{count} months").format(count=len(found.months)),
    )  # fmt: skip
    rows = [_theme(place, one, sentiments, weighty, heads) for one in found.themes]
    shown = (*titles(heads[0]), *figures(*heads[1:-1]), *titles(heads[-1]))
    more = EMPTY
    if len(rows) > _MOST_THEMES:
        words = msgs("{count} more", "{count} more", len(rows) - _MOST_THEMES).say(names.language)
        rest = table(shown, rows[_MOST_THEMES:], "tu-list")
        more = html('<details class="tu-more"><summary>{}</summary>{}</details>', words, rest)
    remark = note(_('"Waiting": neither planned nor declined yet. A piece of feedback with two themes counts for both.'))
    return html("{}{}{}", table(shown, rows[:_MOST_THEMES], "tu-list"), more, remark)


def _theme(place: Here, one: Theme, sentiments: Sequence[str], weighty: Sequence[str], heads: Sequence[str]) -> Html:
    name = one.theme or place.site.say("(no theme)")
    feel = {count.value: count.count for count in one.by_sentiment}
    matter = {count.value: count.count for count in one.by_importance}
    counts = (one.open, *(feel[value] for value in sentiments), *(matter[value] for value in weighty))
    cells = [cell(html("{}", count) if count else EMPTY, head, is_number=True) for count, head in zip(counts, heads[2:], strict=False)]
    months = cell(columns(one.by_month), heads[-1])
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}</tr>',
        name, cell(opened(place, one.count, name, one.addresses, _all(place)), heads[1], is_number=True), joined(cells), months,
    )  # fmt: skip


def _cross(place: Here, found: Feedback) -> Html:
    """Sentiments down, importances across, those that matter most first; what nobody has is left out."""
    _ = place.site.say
    names = place.site.names
    cells: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    feels, matters = ({count.value for count in counts} for counts in (found.by_sentiment, found.by_importance))
    for one in found.entries:
        feeling, weight = (one.sentiment if one.sentiment in feels else None), (one.importance if one.importance in matters else None)
        cells[feeling, weight].append(one.address)
    down = [one for one in found.by_sentiment if one.count]
    counted = [one for one in found.by_importance if one.count][::-1]
    across = [*(one.value for one in counted if one.value), *(None for one in counted if one.value is None)]
    heads = ["", *(value_in_words("importance", one, names) for one in across), _("Total")]
    counts = {(one.sentiment, one.importance): one.count for one in found.cells}
    rows = []
    for feel in down:
        label = value_in_words("sentiment", feel.value, names)
        shown = (
            cell(opened(place, counts.get((feel.value, other), 0), f"{label}, {head}", cells[feel.value, other], _all(place)), head)
            for other, head in zip(across, heads[1:], strict=False)
        )
        rows.append(html('<tr><td class="tu-what">{}</td>{}<td class="tu-number">{}</td></tr>', label, joined(shown), feel.count))
    return table(titles(*heads), rows, "tu-figures")


def _months(place: Here, found: Feedback) -> Html:
    """How many came in each month, as bars."""
    _ = place.site.say
    top = max(found.by_month, default=0)
    months = list(zip(found.months, found.by_month, strict=True))
    first = next((at for at, (_month, count) in enumerate(months) if count), 0)
    rows = (
        html(
            '<tr><td class="tu-day">{}</td><td>{}</td><td class="tu-number">{}</td></tr>',
            written_month(month, place.site.language), meter(count / top if top else 0, None, None), number(count),
        )
        for month, count in months[first:]
    )  # fmt: skip
    return table(titles(_("Month"), "", _("Received in the month")), rows, "tu-figures")
