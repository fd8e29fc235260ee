"""Goals: the tree with how each stands, need against business, how sure the owners are, and one goal's way in detail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trueup.locale import msg, msgs
from trueup.locale.joining import between
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lines import health
from trueup.render.numbers import number
from trueup.render.shares import NET_CONFIDENCE, percent, points
from trueup.render.svg.chart import figure
from trueup.render.svg.health import Stood, health_chart
from trueup.render.svg.quadrant import quadrant_chart
from trueup.site.practice.meter import with_share
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.values import cell, pill
from trueup.views.goals import Confidence, Goal
from trueup.views.health import HEALTHS

TONES = {"on-track": "good", "at-risk": "warn", "off-track": "bad"}

# What lies deeper is not moved further to the right; the style sheet has as many steps.
_DEEPEST = 6


def overview(place: Here) -> Iterator[Section]:
    """Above the list of goals: those that are not over, in their tree."""
    _ = place.site.say
    found = place.site.derived.goals
    current = [one for one in found.goals if one.group in ("open", "draft")]
    if not current:
        return
    yield Section("s-tree", _("Goal tree"), _tree(place, current))
    judged = [one for one in current if one.quadrant is not None]
    if judged:
        shown = quadrant_chart(current, place.site.names, place.way_to)
        yield Section("s-needs", _("User needs and business goals"), figure(shown, place.site.language, EMPTY))
    if found.confidence.said:
        yield Section("s-confidence", _("What their owners say"), _net_confidence(place, found.confidence, found.by_team))


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a goal: how it stands, and how it stood from check-in to check-in."""
    _ = place.site.say
    goal = place.site.derived.goals.goal(record.address)
    if goal is None:
        return
    yield Section("s-standing", _("Where it stands"), joined((_standing(place, goal), _made_of(place, goal))))
    checkins = place.site.derived.checkins.get(record.address, ())
    if checkins:
        title = _("Health over time")
        stood = _stood(place, goal)
        shown = health_chart(record.address, title, checkins, stood, place.site.today, place.site.names, place.way_to)
        yield Section("s-health", title, figure(shown, place.site.language, EMPTY))


def _stood(place: Here, goal: Goal) -> tuple[Stood, ...]:
    """What the numbers of an open goal said at the end of each week; without a past, what they say today."""
    then = place.site.past.of_goal(goal.address) if place.site.past and goal.group == "open" else ()
    if any(one.data_health for _moment, one in then):
        return tuple(Stood(moment.day, one.data_health) for moment, one in then)
    return (Stood(place.site.today, goal.data_health),) if goal.data_health else ()


def data_health(place: Here, goal: Goal) -> Html:
    """Health by the numbers as a pill; why there is none where there is none."""
    _ = place.site.say
    if not goal.has_begun:
        return pill(_("not begun yet"), "draft")
    if goal.data_health is None:
        known = f"{goal.coverage.measured}/{goal.coverage.total}"
        words = _("no data") if goal.progress is None else _("{known} key results have data").format(known=known)
        # What an owner says stands in for it: the filter takes the first state of a row.
        return pill(words, "draft") if goal.said_health is None else html('<span class="tu-quiet">{}</span>', words)
    return pill(health(goal.data_health, place.site.names), TONES[goal.data_health])


def said_health(place: Here, goal: Goal) -> Html:
    """What the latest check-in says, with the confidence of its author, as a link to it."""
    _ = place.site.say
    if goal.said_health is None or goal.said_in is None:
        return html('<span class="tu-quiet">{}</span>', _("no check-in"))
    shown = pill(health(goal.said_health, place.site.names), TONES[goal.said_health])
    record = place.site.workspace.record(goal.said_in)
    link = html('<a class="tu-plain" href="{}">{}</a>', place.url(place.site.paths.of(record)), shown) if record else shown
    mark = html(' <span class="tu-melon">{}</span>', _("watermelon")) if goal.is_watermelon else EMPTY
    return html("{}{}{}", link, _sure(goal), mark)


def _sure(goal: Goal) -> Html:
    if goal.confidence is None:
        return EMPTY
    before = f"{number(goal.confidence_before or 0)}→" if _has_moved(goal) else ""
    return html(' <span class="tu-quiet tu-sure">{}{}/10</span>', before, number(goal.confidence))


def _has_moved(goal: Goal) -> bool:
    return goal.confidence is not None and goal.confidence_before not in (None, goal.confidence)


def _tree(place: Here, goals: list[Goal]) -> Html:
    _ = place.site.say
    rows = [_row(place, one) for one in goals]
    heads = titles(_("Goal"), _("Period"), _("Progress"), _("Data say"), _("Owners say"), _("Owner"))
    box = html(' data-tu-list="tree" data-tu-fixed data-filter="{}" data-all="{}"', _("Filter"), _("All"))
    return html(
        "{}{}{}",
        table(heads, rows, "tu-list tu-tree", box),
        rule_in_words(place),
        signs(place, has_melon=any(one.is_watermelon for one in goals), sure=[one for one in goals if one.group == "open"]),
    )


def _row(place: Here, goal: Goal) -> Html:
    _ = place.site.say
    is_open, nothing = goal.group == "open", html("<td></td>")
    pace = goal.pace if goal.has_begun and is_open else None
    share = with_share(goal.progress, pace, goal.data_health, _("no data"))
    owners = (place.at(one) for one in dict.fromkeys((goal.product_owner, goal.operations_owner)) if one)
    return html(
        '<tr{}><td class="tu-what tu-depth-{}">{}</td>{}{}{}{}{}</tr>',
        html(' data-state="{}"', _state(goal)) if is_open else EMPTY, min(goal.depth, _DEEPEST), _name(place, goal),
        cell(html("{}", goal.period), _("Period")),
        cell(share, _("Progress")),
        cell(data_health(place, goal), _("Data say"), slot="status", sort=_rank(goal)) if is_open else nothing,
        cell(said_health(place, goal), _("Owners say"), sort=_rank(goal)) if is_open else nothing,
        cell(joined(owners, between(place.site.language)), _("Owner"), slot="owner"),
    )  # fmt: skip


def _name(place: Here, goal: Goal) -> Html:
    """The title; how it stands goes behind it where it is not under way."""
    record = place.site.workspace.record(goal.address)
    name = place.to(record) if record else html("{}", goal.title)
    standing = place.site.names.standing(record) if record and goal.group == "draft" else None
    return html("{} {}", name, pill(standing.label, standing.tone)) if standing else name


def _state(goal: Goal) -> str:
    """What the list is filtered by: as the summary counts goals."""
    return (goal.data_health or goal.said_health or "unknown") if goal.has_begun else "not-begun"


def _rank(goal: Goal) -> str:
    """Where its state stands among the buttons of the filter: from good to bad, then what nobody knows."""
    order = (*HEALTHS, "unknown", "not-begun")
    return str(order.index(_state(goal)) + 1) if _state(goal) in order else ""


def signs(place: Here, *, has_melon: bool, sure: Iterable[Goal] = ()) -> Html:
    """What the words and figures beside a health mean, of those that are there; ``sure`` are the goals whose owners' confidence is."""
    _ = place.site.say
    known = [one for one in sure if one.confidence is not None]
    has_moved = any(map(_has_moved, known))
    there = (
        (has_melon, html('<span class="tu-melon">{}</span>', _("watermelon")), _("its owners say better than its numbers")),
        (has_moved, html('<span class="tu-sure">7→6/10</span>'), _("how sure its owners are, of 10: before → now")),
        (
            bool(known) and not has_moved,
            html('<span class="tu-sure">6/10</span>'),
            _("how sure its owners are, of 10"),
        ),
    )
    shown = joined(html("<div><dt>{}</dt><dd>{}</dd></div>", sign, words) for is_there, sign, words in there if is_there)
    return html('<dl class="tu-key">{}</dl>', shown) if shown else EMPTY


def rule_in_words(place: Here) -> Html:
    """From when on a goal is at risk and off track by its numbers."""
    limits = place.site.workspace.config.thresholds
    words = msg(
        "By the numbers a goal is at risk from {risk} points behind the time gone on, off track from {off} on.",
        risk=limits.at_risk_behind, off=limits.off_track_behind,
    )  # fmt: skip
    return html('<p class="tu-note">{}</p>', words.say(place.site.language))


def _net_confidence(place: Here, whole: Confidence, teams: tuple[Confidence, ...]) -> Html:
    _ = place.site.say
    words = (_("Net"), *(health(one, place.site.names) for one in HEALTHS), _("No check-in"))
    heads = (*titles(_("Open goals")), *(html('<th class="tu-number">{}</th>', one) for one in words))
    rows = [_confidence_row(_("All"), whole), *(_confidence_row(place.at(one.group), one) for one in teams)]
    return html('{}<p class="tu-note">{}</p>', table(heads, rows, "tu-figures"), NET_CONFIDENCE.say(place.site.language))


def _confidence_row(name: str | Html, one: Confidence) -> Html:
    net = "–" if one.net is None else points(one.net)
    figures = (net, one.on_track, one.at_risk, one.off_track, one.open - one.said)
    return html("<tr><td>{}</td>{}</tr>", name, joined(html('<td class="tu-number">{}</td>', figure) for figure in figures))


def _standing(place: Here, goal: Goal) -> Html:
    """Progress against pace in one line."""
    _ = place.site.say
    if goal.group != "open":
        return EMPTY
    parts = [with_share(goal.progress, goal.pace if goal.has_begun else None, goal.data_health, _("no data"))]
    if goal.pace is not None and goal.has_begun:
        parts.append(html("<span>{}</span>", _("{share} of the time gone").format(share=percent(goal.pace))))
    parts += [
        html('<span><span class="tu-quiet">{}</span> {}</span>', _("Data say"), data_health(place, goal)),
        html('<span><span class="tu-quiet">{}</span> {}</span>', _("Owners say"), said_health(place, goal)),
    ]
    return html('<p class="tu-line">{}</p>{}', joined(parts), signs(place, has_melon=goal.is_watermelon, sure=[goal]))


def _made_of(place: Here, goal: Goal) -> Html:
    """What its progress is the mean of, where it has no key results of its own."""
    if goal.key_results or goal.progress_from != "goals":
        return EMPTY
    count = len(goal.children)
    words = msgs("Its progress is the mean of the {count} goal below it.", "Its progress is the mean of the {count} goals below it.", count)
    return html('<p class="tu-note">{}</p>', words.say(place.site.language))
