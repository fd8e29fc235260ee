"""The upper half of the first page: how goals and plans stand, and what is late, breaks, waits or comes; as `trueup status` has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trueup.locale import Text, msg, msgs
from trueup.locale.joining import clauses
from trueup.render.html import EMPTY, Html, html, joined, table
from trueup.render.lateness import due_in_words, lateness
from trueup.render.lines import health, later_in_words, standing_in_words, way_in_words
from trueup.render.numbers import number, with_unit
from trueup.render.told import crossed_in_words
from trueup.site.paths import list_of
from trueup.site.practice.goals import TONES, rule_in_words, signs
from trueup.site.practice.meter import meter
from trueup.site.site import Here
from trueup.site.values import pill
from trueup.views.actions import Action
from trueup.views.obligations import Obligation
from trueup.views.promises import Promise
from trueup.views.standing import GoalLine
from trueup.views.status import PartLine, PlanLine, Status

# So many goals have a card, so many rows each list; the rest is folded or on a page of its own.
_MOST_CARDS = 9
_MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its words, as a link to what it counts. ``tone`` is the state that it is in."""

    count: int
    words: Text
    url: str
    tone: str


def tiles(place: Here, found: Status) -> Html:
    """The figures that say in ten seconds how it goes; what there is none of is left out."""
    shown = [one for one in _tiles(place, found) if one.count]
    language = place.site.language
    items = (
        html(
            '<li><a href="{}"><b class="tu-toned tu-{}">{}</b> <span>{}</span></a></li>',
            one.url,
            one.tone,
            one.count,
            one.words.say(language),
        )
        for one in shown
    )
    return html('<ul class="tu-tiles">{}</ul>', joined(items)) if shown else EMPTY


def _tiles(place: Here, found: Status) -> Iterator[Tile]:
    goals = found.standing
    yield Tile(goals.on_track, msgs("goal on track", "goals on track", goals.on_track), _goals(place, "on-track"), "good")
    yield Tile(goals.at_risk, msgs("goal at risk", "goals at risk", goals.at_risk), _goals(place, "at-risk"), "warn")
    yield Tile(goals.off_track, msgs("goal off track", "goals off track", goals.off_track), _goals(place, "off-track"), "bad")
    yield Tile(goals.unknown, msgs("goal without data", "goals without data", goals.unknown), _goals(place, "unknown"), "draft")
    yield Tile(found.overdue_plans, msgs("plan overdue", "plans overdue", found.overdue_plans), "#s-late", "bad")
    yield Tile(found.late_plans, msgs("plan will be late", "plans will be late", found.late_plans), "#s-late", "warn")
    yield Tile(len(found.promises), msgs("promise that breaks", "promises that break", len(found.promises)), "#s-promises", "bad")
    yield Tile(
        len(found.overdue), msgs("task or milestone overdue", "tasks and milestones overdue", len(found.overdue)), "#s-overdue", "bad"
    )
    yield Tile(len(found.blocked), msgs("task blocked", "tasks blocked", len(found.blocked)), "#s-overdue", "warn")
    yield Tile(found.actions.overdue, msgs("action overdue", "actions overdue", found.actions.overdue), "#s-actions", "bad")
    yield Tile(len(found.new), msg("feedback to be triaged"), "#s-waiting", "warn" if found.untriaged else "draft")


def _goals(place: Here, health: str) -> str:
    """The way to the goals of one health, in their tree."""
    return place.filtered(list_of("goal"), "tree", state=health, anchor="s-tree")


def goal_cards(place: Here, found: Status) -> Html:
    """A card for each open goal, the worst first: progress against pace, what its owners say, and who they are."""
    if not found.standing.goals:
        return EMPTY
    _ = place.site.say
    cards = joined(_card(place, one) for one in found.standing.goals[:_MOST_CARDS])
    key = signs(place, has_melon=any(one.is_watermelon for one in found.standing.goals[:_MOST_CARDS]))
    left = len(found.standing.goals) - _MOST_CARDS
    more = EMPTY
    if left > 0:
        words = msgs("{count} more goal", "{count} more goals", left).say(place.site.language)
        more = html('<p class="tu-note"><a href="{}">{}</a></p>', place.url(list_of("goal")), words)
    rule = rule_in_words(place)
    return html('<section><h2 id="s-goals">{}</h2><ul class="tu-goals">{}</ul>{}{}{}</section>', _("Goals"), cards, key, rule, more)


def _card(place: Here, one: GoalLine) -> Html:
    names, language = place.site.names, place.site.language
    tone = TONES.get(one.health or "", "draft")
    said = EMPTY
    if one.said_health not in (None, one.health):
        words = place.site.say("said: {health}").format(health=health(one.said_health, names))
        melon = html(' <span class="tu-melon">{}</span>', place.site.say("watermelon")) if one.is_watermelon else EMPTY
        said = html('<p class="tu-quiet">{}{}</p>', words, melon)
    why = html('<p class="tu-quiet">{}</p>', words) if (words := _farthest_behind(place, one)) else EMPTY
    return html(
        '<li><p class="tu-top">{}</p><h3>{}</h3>{}<p class="tu-quiet">{}</p>{}{}<p class="tu-quiet">{}</p></li>',
        pill(standing_in_words(one, names), tone), place.at(one.address),
        meter(one.progress, one.pace if one.has_begun else None, one.health),
        clauses(way_in_words(one, language), language), why, said, joined((place.at(owner) for owner in one.owners[:2]), " · "),
    )  # fmt: skip


def _farthest_behind(place: Here, one: GoalLine) -> str:
    """Why a goal is not on track: the key result that lies farthest behind, with its figure; ``""`` for one that is on track."""
    goal = place.site.derived.goals.goal(one.address)
    known = [part for part in goal.key_results if part.progress is not None and part.current is not None] if goal else []
    if one.health not in ("at-risk", "off-track") or not known:
        return ""
    worst = min(known, key=lambda part: (part.progress or 0) - (part.pace or 0))
    current, target = (with_unit(number(value), worst.unit) for value in (worst.current or 0, worst.target or 0))
    return place.site.say("{title}: {current}, target {target}").format(title=worst.title, current=current, target=target)


def lists(place: Here, found: Status) -> Iterator[Html]:
    """What will be late, whose promise breaks, what is overdue or blocked, what must be done and decided, what comes next."""
    _, today = place.site.say, found.today
    plans = (_plan(place, one, today) for one in found.plans if one.is_shaky)
    yield listing(place, "s-late", _("Plans that are late"), plans)
    yield listing(place, "s-promises", _("Promises that break"), (_promise(place, one, today) for one in found.promises))
    yield listing(place, "s-overdue", _("Overdue or blocked"), _held_up(place, found))
    open_in_all = msgs("{count} action is open in all", "{count} actions are open in all", found.actions.open).say(place.site.language)
    actions = (_action(place, one, today) for one in found.actions.actions)
    yield listing(place, "s-actions", _("Actions overdue"), actions, html('<a href="{}">{}</a>', place.url("actions.md"), open_in_all))
    yield listing(place, "s-decide", _("To decide"), _decisions(place, found))
    yield listing(place, "s-next", _("Milestones in the next two weeks"), (_part(place, one, today) for one in found.coming))


def row(what: Html, state: Html, *notes: Html) -> Html:
    """A row of a list on the first page: what it is, how it stands, and below that what else there is to say."""
    told = joined((one for one in notes if one), " · ")
    return html('<tr><td class="tu-what">{}</td><td class="tu-how">{}</td><td class="tu-told">{}</td></tr>', what, state, told)


def listing(place: Here, anchor: str, title: str, rows: Iterable[Html], link: Html = EMPTY) -> Html:
    """A list under its title with the number of its rows; all but the first few are folded. ``link``: where there is more of it."""
    shown: Sequence[Html] = tuple(rows)
    if not shown:
        return EMPTY
    more = EMPTY
    if len(shown) > _MOST_ROWS:
        words = msgs("{count} more", "{count} more", len(shown) - _MOST_ROWS).say(place.site.language)
        more = html('<details class="tu-more"><summary>{}</summary>{}</details>', words, table((), shown[_MOST_ROWS:], "tu-brief-list"))
    if link:
        more = html('{}<p class="tu-note">{}</p>', more, link)
    return html(
        '<section><h2 id="{}">{} <small>{}</small></h2>{}{}</section>',
        anchor, title, len(shown), table((), shown[:_MOST_ROWS], "tu-brief-list"), more,
    )  # fmt: skip


def owner(place: Here, address: str | None) -> Html:
    return place.at(address) if address else EMPTY


def _plan(place: Here, one: PlanLine, today: date) -> Html:
    language = place.site.language
    tone = "bad" if one.is_overdue else "warn" if one.is_late else "draft"
    told = html("{}", due_in_words(one, today, language))
    return row(place.at(one.address), pill(lateness(one, language), tone), told, owner(place, one.owner))


def _promise(place: Here, one: Promise, today: date) -> Html:
    _ = place.site.say
    late = msgs("{count} working day late", "{count} working days late", one.days_late).say(place.site.language)
    days = _("needed {needed}, forecast {forecast}").format(needed=place.site.day(one.needed), forecast=place.site.day(one.forecast))
    target = html("{} {}", _("for"), wanted(place, one))
    return row(place.at(one.address), pill(late, "bad"), owner(place, place.site.names.owner_of(one.address)), html("{}", days), target)


def wanted(place: Here, one: Promise) -> Html:
    """What a promise was made for, and who counts on it."""
    names = place.site.names
    giver, taker = names.owner_of(one.address), names.owner_of(one.target)
    return html("{} ({})", place.at(one.target), place.at(taker)) if taker and taker != giver else place.at(one.target)


def _held_up(place: Here, found: Status) -> Iterator[Html]:
    """What is overdue, and why where it is blocked; then what is blocked and has time yet. Each task once."""
    blocked = {one.address: one for one in found.blocked}
    for part in found.overdue:
        yield _part(place, part, found.today, blocked.pop(part.address, None))
    for one in blocked.values():
        yield row(place.at(one.address), pill(place.site.say("blocked"), "warn"), html("{}", one.reason or ""), owner(place, one.owner))


def _part(place: Here, one: PartLine, today: date, blocked: Obligation | None = None) -> Html:
    mark = html('<span class="tu-quiet" aria-hidden="true">◆ </span>') if one.is_milestone else EMPTY
    what = html("{}{}", mark, place.at(one.address))
    state = html('<span class="tu-day">{}</span>', place.site.day(one.due))
    if later := later_in_words(one, place.site.language):
        state = html('{} <span class="tu-toned tu-warn">{}</span>', state, later[0])
    if one.days_overdue > 0:
        state = pill(msgs("{count} day overdue", "{count} days overdue", one.days_overdue).say(place.site.language), "bad")
    why = html("{}", _blocked_in_words(blocked, place.site.language)) if blocked else EMPTY
    return row(what, state, html("{}", one.plan_title), owner(place, one.owner), why, _shaken(place, one))


def _shaken(place: Here, one: PartLine) -> Html:
    """How many promises for it break: its own date may look well."""
    count = place.site.derived.broken_for.get(one.address, 0)
    words = msgs("counts on {count} promise that breaks", "counts on {count} promises that break", count).say(place.site.language)
    return html('<span class="tu-toned tu-warn">{}</span>', words) if count else EMPTY


def _blocked_in_words(one: Obligation, language: str) -> str:
    return (msg("blocked: {reason}", reason=one.reason) if one.reason else msg("blocked")).say(language)


def _action(place: Here, one: Action, today: date) -> Html:
    way = place.way_to(one.address)
    what = html('<a href="{}">{}</a>', way, one.text) if way else html("{}", one.text)
    state = html('<span class="tu-day">{}</span>', place.site.day(one.due))
    if one.is_overdue:
        state = pill(msgs("{count} day overdue", "{count} days overdue", one.days_overdue or 0).say(place.site.language), "bad")
    return row(what, state, owner(place, one.owner))


def _decisions(place: Here, found: Status) -> Iterator[Html]:
    """Crossed tripwires first, then reviews, then proposals."""
    _, names = place.site.say, place.site.names
    for one in found.tripped:
        yield row(place.at(one.address), pill(_("tripwire crossed"), "bad"), html("{}", crossed_in_words(one, names)))
    for one in found.reviews_due:
        since = _("since {date}").format(date=place.site.day(one.review_by))
        yield row(place.at(one.address), pill(_("review due"), "warn"), html("{}", since))
    for one in found.proposed:
        waited = msgs("for {count} day", "for {count} days", one.proposed_for or 0).say(place.site.language)
        yield row(place.at(one.address), pill(_("proposed"), "draft"), html("{}", waited))
