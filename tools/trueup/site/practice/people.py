"""Teams and people: who answers for what, how their goals and plans stand, and how much they have to do."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msg, msgs
from trueup.locale.joining import clauses
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lateness import due_in_words, plans_in_words
from trueup.render.lines import goals_in_words, standing_in_words, way_in_words
from trueup.render.numbers import number
from trueup.site.paths import list_of
from trueup.site.practice.entries import entries, note, opened
from trueup.site.practice.goals import TONES
from trueup.site.practice.meter import meter
from trueup.site.practice.plan_state import plan_state
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.standing import owner, row
from trueup.site.values import cell, pill
from trueup.views.responsibility import Responsible, responsibilities
from trueup.views.selection import selection
from trueup.views.standing import GoalLine
from trueup.views.status import PlanLine, status
from trueup.views.workload import PersonLoad

# So many goals, plans and metrics of a person are named; the page of the person has them all.
_MOST_ANSWERS = 8


def teams(place: Here) -> Iterator[Section]:
    """Above the list of teams: whom to ask, and about what."""
    _ = place.site.say
    found = responsibilities(place.site.workspace, "team", place.site.today)
    heads = titles(_("Team"), _("What for"), _("Ask"), _("Channel"), _("Answers for"))
    rows = (_team(place, one) for one in found)
    way = html(
        '<a href="{}">{}</a>', place.url(list_of("person"), "s-ask"), place.site.workspace.kinds["person"].plural.say(place.site.language)
    )
    shown = table(heads, rows, "tu-list tu-ask")
    more = html('<p class="tu-note">{} {}</p>', _("Who can do what:"), way) if place.site.workspace.of_kind("person") else EMPTY
    yield Section("s-ask", _("Whom to ask"), html("{}{}", shown, more))


def people(place: Here) -> Iterator[Section]:
    """Above the list of people: who answers for which goals, plans and metrics."""
    _ = place.site.say
    found = responsibilities(place.site.workspace, "person", place.site.today)
    heads = titles(_("Person"), _("Role"), _("Answers for"))
    box = html(' data-tu-list="ask" data-filter="{}" data-all="{}"', _("Filter"), _("All"))
    rows = [_person(place, one) for one in found if one.answers_for]
    if rows:
        yield Section("s-ask", _("Whom to ask"), table(heads, rows, "tu-list tu-ask", box))


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a team or a person: how their goals and plans stand, as `trueup status` says it, and their load."""
    _ = place.site.say
    derived, language, is_team = place.site.derived, place.site.language, record.kind.name == "team"
    workspace = place.site.workspace
    found = status(derived, selection(workspace, team=record.address) if is_team else selection(workspace, person=record.address))
    if found.standing.goals or found.plans:
        words = [goals_in_words(found.standing, language)] if found.standing.goals else []
        words += [plans_in_words(found, language)] if found.plans else []
        rows = [*(_goal(place, one) for one in found.standing.goals), *(_plan(place, one) for one in found.plans)]
        shown = html("{}{}", joined(note(one) for one in words), entries(place, rows))
        yield Section("s-standing", _("Where it stands"), shown, is_repeated=True)
    chosen = selection(workspace, team=record.address).teams or frozenset() if is_team else frozenset()
    loads = [one for one in derived.workload.people if one.address and (one.address == record.address or one.team in chosen)]
    busy = [one for one in loads if any(week.load for week in one.weeks)]
    if busy:
        yield Section("s-load", _("Load"), _load(place, busy), is_repeated=True)


def _team(place: Here, one: Responsible) -> Html:
    _ = place.site.say
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}{}</tr>',
        place.at(one.address),
        cell(html("{}", one.what or ""), _("What for")),
        cell(owner(place, one.contact), _("Ask"), slot="owner"),
        cell(html("{}", one.channel or ""), _("Channel")),
        cell(_answers(place, one), _("Answers for")),
    )  # fmt: skip


def _person(place: Here, one: Responsible) -> Html:
    _ = place.site.say
    links = joined(map(place.at, one.answers_for[:_MOST_ANSWERS]), " · ")
    if len(one.answers_for) > _MOST_ANSWERS:
        words = msgs("{count} more", "{count} more", len(one.answers_for) - _MOST_ANSWERS).say(place.site.language)
        links = html('{} · <a href="{}">{}</a>', links, place.way_to(one.address) or "", words)
    return html(
        '<tr><td class="tu-what">{}</td>{}{}</tr>',
        place.at(one.address),
        cell(html("{}", one.what or ""), _("Role")),
        cell(links, _("Answers for")),
    )


def _answers(place: Here, one: Responsible) -> Html:
    """How many goals, plans and metrics, which open as a list."""
    url = place.way_to(one.address) or ""
    return opened(place, len(one.answers_for), place.site.say("Answers for"), one.answers_for, url)


def _goal(place: Here, one: GoalLine) -> Html:
    """A goal: how it stands, how far it has come, and who answers for it."""
    names, language = place.site.names, place.site.language
    state = pill(standing_in_words(one, names), TONES.get(one.health or "", "draft"))
    bar = meter(one.progress, one.pace if one.has_begun else None, one.health)
    told = html("{} {}", bar, clauses(way_in_words(one, language), language))
    melon = html('<span class="tu-melon">{}</span>', place.site.say("watermelon")) if one.is_watermelon else EMPTY
    return row(place.at(one.address), state, told, melon)


def _plan(place: Here, one: PlanLine) -> Html:
    """A plan: how it stands, and until when."""
    told = html("{}", due_in_words(one, place.site.today, place.site.language))
    return row(place.at(one.address), plan_state(place, one), told, owner(place, one.owner))


def _load(place: Here, loads: list[PersonLoad]) -> Html:
    """Days of work against the days that there are, week by week."""
    _ = place.site.say
    found = place.site.derived.workload
    heads = (_("Person"), *(f"{week.name[5:]} {place.site.day(week.start)}" for week in found.weeks))
    rows = (html('<tr><td class="tu-what">{}</td>{}</tr>', place.at(one.address or ""), joined(_weeks(one, heads[1:]))) for one in loads)
    words = msg("days of work / days that there are for it; ! is more than {percent}% of them", percent=found.load_percent)
    return html("{}{}", table(titles(*heads), rows, "tu-list"), note(words.say(place.site.language)))


def _weeks(one: PersonLoad, heads: tuple[str, ...]) -> Iterator[Html]:
    for week, head in zip(one.weeks, heads, strict=True):
        words = f"{number(round(week.load, 1))} / {number(round(week.capacity, 1))}" if week.load else ""
        shown = html('<span class="tu-toned tu-bad">{} !</span>', words) if week.is_over else html("{}", words)
        yield cell(shown, head)
