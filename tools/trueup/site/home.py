"""The first page: what does not go as it should, how much there is, what is wrong, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from trueup.locale import msgs
from trueup.records.dates import date_of
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.render.lines import goals_in_words, health, short
from trueup.render.shares import percent
from trueup.site.findings import counted, findings_table
from trueup.site.html import EMPTY, Html, html, joined, table
from trueup.site.nav import kind_groups
from trueup.site.page import Page
from trueup.site.paths import FINDINGS, HOME, list_of
from trueup.site.site import Here, Site, here
from trueup.site.values import pill, state
from trueup.views.findings import worst_first
from trueup.views.status import GoalLine, PlanLine, status
from trueup.views.values import tone_of

_MOST_SHAKY = 6
_MOST_FINDINGS = 10
_MOST_NEWS = 12


def home_page(site: Site) -> Page:
    _ = site.say
    place = here(site, HOME)
    title = site.workspace.config.title
    content = html(
        '<div class="tu tu-home"><h1>{}</h1>{}{}{}{}{}</div>',
        title, _standing(place), joined(_counts(place)), _wrong(place), _news(place), _handbook(place),
    )  # fmt: skip
    return Page(HOME, title, content, counted(site), short=_("Home"), searchable="")


def _standing(place: Here) -> Html:
    """The goals that are not on track and the plans that will be late, the worst first, as `trueup status` has them."""
    site = place.site
    _ = site.say
    found = status(site.derived)
    if not found.goals and not found.plans:
        return EMPTY
    shaky = [one for one in found.goals if one.health in ("off-track", "at-risk") or one.is_watermelon]
    late = [one for one in found.plans if one.is_late]
    rows = [*(_goal_row(place, one) for one in shaky[:_MOST_SHAKY]), *(_plan_row(place, one, found.today) for one in late[:_MOST_SHAKY])]
    words = [goals_in_words(found, site.language)] if found.goals else []
    if late:
        words.append(msgs("{count} plan will be late", "{count} plans will be late", len(late)).say(site.language))
    shown = table((), rows, "tu-standing") if rows else EMPTY
    lead = html('<p class="tu-lead">{}</p>', (" · ").join(words)) if words else EMPTY
    return html("<section><h2>{}</h2>{}{}</section>", _("Where it stands"), lead, shown)


def _goal_row(place: Here, one: GoalLine) -> Html:
    names, language = place.site.names, place.site.language
    come = "–" if one.progress is None else percent(one.progress, language)
    passed = "" if one.pace is None else place.site.say("of {share} of the time").format(share=percent(one.pace, language))
    said = (
        place.site.say("said: {health}").format(health=health(one.said_health, names)) if one.said_health not in (None, one.health) else ""
    )
    tone = {"off-track": "bad", "at-risk": "warn", "on-track": "good"}.get(one.health or "", "draft")
    return _standing_row(place, one.address, pill(health(one.health, names), tone), f"{come} {passed}", said, one.owners[:1])


def _plan_row(place: Here, one: PlanLine, today: date) -> Html:
    language = place.site.language
    late = msgs("{count} working day late", "{count} working days late", one.days_late or 0).say(language)
    words = place.site.say("due {due}, forecast {forecast}").format(due=short(one.due, today), forecast=short(one.forecast, today))
    return _standing_row(place, one.address, pill(late, "warn"), words, "", (one.owner,) if one.owner else ())


def _standing_row(place: Here, address: str, state: Html, words: str, said: str, owners: Sequence[str]) -> Html:
    names = place.site.names
    record = place.site.workspace.record(address)
    title = place.to(record) if record else html("{}", address)
    people = joined(place.to(person) for one in owners if (person := names.workspace.record(one)))
    return html(
        '<tr><td class="tu-what">{}</td><td class="tu-at-status">{}</td><td>{}</td><td>{}</td><td class="tu-at-owner">{}</td></tr>',
        title, state, words, said, people,
    )  # fmt: skip


def _counts(place: Here) -> Iterator[Html]:
    """A card for every kind that has records: how many, and how many in each state."""
    _ = place.site.say
    for title, kinds in kind_groups(place.site):
        cards = [card for kind in kinds if (card := _card(place, kind))]
        if cards:
            yield html('<section class="tu-cards"><h2>{}</h2><ul>{}</ul></section>', title, joined(cards))


def _card(place: Here, kind: Kind) -> Html:
    records = place.site.workspace.of_kind(kind.name)
    broken = sum(1 for one in place.site.paths.broken.values() if one.kind == kind.name)
    if not records and not broken:
        return EMPTY
    states = [*_states(place, kind, records)]
    if broken:
        _ = place.site.say
        states.append(pill(f"{broken} {_('Unreadable')}", "bad"))
    return html(
        '<li><a href="{}"><b>{}</b><span>{}</span></a>{}</li>',
        place.url(list_of(kind.name)), len(records) + broken, kind.plural.say(place.site.language),
        html("<p>{}</p>", joined(states, " ")) if states else EMPTY,
    )  # fmt: skip


def _states(place: Here, kind: Kind, records: Sequence[Record]) -> Iterator[Html]:
    field = kind.field(kind.roles.get("status", ""))
    if field is None:
        return
    for value, label in field.choices:
        count = sum(1 for record in records if record.status == value)
        if count:
            yield pill(f"{count} {label.say(place.site.language)}", tone_of(kind, value))


def _wrong(place: Here) -> Html:
    """The worst findings, and a way to all of them."""
    site = place.site
    _ = site.say
    if not site.findings.all:
        return html("<section><h2>{}</h2><p>{}</p></section>", _("What is wrong"), pill(_("Nothing is wrong."), "good"))
    all_of_them = html('<a href="{}">{}</a>', place.url(FINDINGS), counted(site))
    worst = findings_table(place, worst_first(site.findings.all)[:_MOST_FINDINGS])
    return html("<section><h2>{} <small>{}</small></h2>{}</section>", _("What is wrong"), all_of_them, worst)


def _news(place: Here) -> Html:
    """The latest records that are about a day which has come."""
    site = place.site
    _ = site.say
    dated = [(day, record) for record in site.workspace.records if (day := date_of(record.role("date"))) and day <= site.today]
    if not dated:
        return EMPTY
    dated.sort(key=lambda one: (one[0], one[1].address), reverse=True)
    rows = [_news_row(place, day, record) for day, record in dated[:_MOST_NEWS]]
    return html("<section><h2>{}</h2>{}</section>", _("Latest"), table((), rows, "tu-news"))


def _news_row(place: Here, day: date, record: Record) -> Html:
    site = place.site
    subject = site.names.subject(record)
    link = place.to(record, subject.title if subject else "")
    when = html('<td class="tu-day">{}</td><td class="tu-quiet">{}</td>', day.isoformat(), record.kind.label.say(site.language))
    return html('<tr>{}<td class="tu-what">{}</td><td>{}</td></tr>', when, link, state(site.names.standing(record)))


def _handbook(place: Here) -> Html:
    site = place.site
    _ = site.say
    if not site.docs.handbook:
        return EMPTY
    links = joined(html('<li><a href="{}">{}</a></li>', place.url(path), title) for path, title in site.docs.handbook)
    return html('<section><h2>{}</h2><ul class="tu-columns">{}</ul></section>', _("Handbook"), links)
