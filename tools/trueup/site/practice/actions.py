"""Actions of meetings, retrospectives and check-ins: what each team has to do this week, and all that is open, by owner."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msg, msgs
from trueup.locale.days import span
from trueup.locale.joining import clauses, sentences
from trueup.records.record import Record
from trueup.render.actions import actions_in_words
from trueup.render.html import EMPTY, Html, html, joined, table
from trueup.render.lines import counted
from trueup.render.teams import late_in_words
from trueup.site.page import Page
from trueup.site.paths import anchor_of
from trueup.site.practice.entries import action_row, due_state, entries, note, part_row
from trueup.site.practice.section import Section
from trueup.site.site import Here, Site, here
from trueup.site.standing import row
from trueup.site.values import pill
from trueup.views.actions import Load
from trueup.views.owed import Owed
from trueup.views.selection import Selection, selection
from trueup.views.week import Week, week

PATH = "actions.md"
TITLE = msg("This week and open actions")


def actions_page(site: Site) -> Page:
    """What every team has to do this week, then every open action."""
    _ = site.say
    place = here(site, PATH)
    title, found = TITLE.say(site.language), site.derived.actions
    lead = _("What each team has to do this week, and every open action of meetings, retrospectives and check-ins, by owner.")
    sections = [Section("s-week", _("This week, team by team"), joined(_teams(place)))]
    said = note(sentences(actions_in_words(found, site.language), site.language))
    sections.append(Section("s-open", _("Open actions by owner"), html("{}{}", said, joined(_owners(place)))))
    shown = joined(one.html for one in sections)
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}</div>', title, lead, shown)
    return Page(PATH, title, content, lead, headings=tuple(one.heading for one in sections), searchable="")


def of_owner(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a team or a person: what they have to do this week, and what is open beyond it."""
    _ = place.site.say
    is_team, workspace = record.kind.name == "team", place.site.workspace
    chosen = selection(workspace, team=record.address) if is_team else selection(workspace, person=record.address)
    found = week(place.site.derived, chosen)
    if not found.is_free:
        yield Section("s-week", _("To do this week"), _week(place, found, named=is_team), is_repeated=True)
    if found.later.open:
        words = msgs("{count} more action is open, for later.", "{count} more actions are open, for later.", found.later.open)
        rows = (action_row(place, one, named=is_team) for one in found.later.actions)
        shown = html("{}{}", note(words.say(place.site.language)), entries(place, rows))
        yield Section("s-actions", _("Open actions"), shown, is_repeated=True)


def _teams(place: Here) -> Iterator[Html]:
    """Each team by itself, without those that belong to it; what nobody is named for comes last."""
    _, derived = place.site.say, place.site.derived
    for record in sorted(place.site.workspace.of_kind("team"), key=lambda one: (one.title.casefold(), one.address)):
        found = week(derived, Selection(frozenset({record.address})))
        if not found.is_free:
            yield html('<h3 id="{}">{}</h3>{}', anchor_of(f"week-{record.id}"), place.to(record), _week(place, found, named=True))


def _week(place: Here, found: Week, *, named: bool) -> Html:
    """How much it is, in words; then what others wait for, actions, and tasks, each with what is longest overdue first."""
    _ = place.site.say
    owed = [_owed(place, one) for one in found.owed]
    actions = [action_row(place, one, named=named) for one in found.actions.actions]
    parts = [part_row(place, one, named=named) for one in found.parts]
    under_way = [part_row(place, one, named=named) for one in found.under_way]
    groups = (
        (_("Others wait for it"), owed), (_("Actions"), actions), (_("Tasks and milestones"), parts),
        (_("Under way, due later"), under_way),
    )  # fmt: skip
    lists = (html('<p class="tu-heading">{}</p>{}', title, entries(place, rows)) for title, rows in groups if rows)
    return html("{}{}", note(week_in_words(found, place.site.language)), joined(lists))


def week_in_words(found: Week, language: str) -> str:
    """From when to when, and how many there are of each."""
    late = sum(one.days_overdue > 0 for one in found.parts) + found.actions.overdue
    count = len(found.parts) + found.actions.open
    parts = (
        (count, msgs("{count} thing to do", "{count} things to do", count)),
        (late, msgs("{count} of them overdue", "{count} of them overdue", late)),
        (len(found.under_way), msgs("{count} under way", "{count} under way", len(found.under_way))),
        (len(found.owed), msgs("{count} that another team waits for", "{count} that other teams wait for", len(found.owed))),
    )
    return clauses((span(found.first, found.last, language), counted(parts, language)), language)


def _owed(place: Here, one: Owed) -> Html:
    """What another team waits for: until when, how late it is forecast, and how many tasks hang on it."""
    _ = place.site.say
    language = place.site.language
    days = _("needed {needed}, forecast {forecast}").format(needed=place.site.day(one.needed_on), forecast=place.site.day(one.forecast))
    waiting = msgs("{count} task waits for it", "{count} tasks wait for it", len(one.waiting)).say(language)
    state = pill(late_in_words(one, place.site.names), "bad") if one.is_late else due_state(place, one.needed_on, 0)
    return row(place.at(one.needs), state, html("{} → {}", place.at(one.debtor), place.at(one.creditor)), html("{}", waiting),
               html("{}", days) if one.is_late else EMPTY)  # fmt: skip


def _owners(place: Here) -> Iterator[Html]:
    """Who has most overdue first; of each, what has been due longest."""
    found = place.site.derived.actions
    for load in found.by_owner:
        mine = [one for one in found.actions if one.is_open and one.owner == load.owner]
        rows = (action_row(place, one, named=False) for one in mine)
        name = place.at(load.owner) if load.owner else html("{}", place.site.say("nobody named"))
        anchor = anchor_of(f"owner-{(load.owner or 'person/nobody').partition('/')[2]}")
        words = _load(place, load)
        shown = html('<details class="tu-more"><summary>{}</summary>{}</details>', words, table((), rows, "tu-brief-list"))
        yield html('<div class="tu-one"><h3 id="{}">{}</h3>{}</div>', anchor, name, shown)


def _load(place: Here, load: Load) -> str:
    language = place.site.language
    parts = (
        (load.open, msgs("{count} open", "{count} open", load.open)),
        (load.overdue, msgs("{count} overdue", "{count} overdue", load.overdue)),
    )
    return counted(parts, language)
