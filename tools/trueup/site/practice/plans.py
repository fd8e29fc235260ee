"""Plans: all of them on one time axis and by their states; of one, its schedule, why it ends when it ends, and what that reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trueup.locale import msgs
from trueup.locale.days import written
from trueup.locale.joining import between
from trueup.records.record import Record
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lateness import due_in_words
from trueup.render.schedule import span_in_words, why_in_words
from trueup.render.svg.burnup import Burned, burned_of, burnup_chart
from trueup.render.svg.chart import figure
from trueup.render.svg.dependencies import plan_dependencies_chart, task_dependencies_chart
from trueup.render.svg.gantt import gantt_chart
from trueup.render.svg.timeline import timeline_chart
from trueup.site.paths import list_of
from trueup.site.practice.plan_state import dates_state, plan_state
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.standing import owner, wanted
from trueup.site.values import cell, pill
from trueup.views.promises import Promise
from trueup.views.schedule import ScheduledPlan

# So many plans that are done or dropped stand on the board; the list has all of them.
_MOST_OVER = 5


def overview(place: Here) -> Iterator[Section]:
    """Above the list of plans: those that are open on the time axis, then all of them by their states."""
    _ = place.site.say
    schedule, names, language = place.site.derived.schedule, place.site.names, place.site.language
    if schedule.plans:
        yield Section("s-timeline", _("Timeline"), figure(timeline_chart(schedule, names, place.way_to), language, EMPTY))
    broken = [one for one in schedule.promises if one.is_broken]
    if broken:
        yield Section("s-promises", _("Promises that break"), _promises(place, broken))
    yield Section("s-board", _("Board"), _board(place))
    waiting = plan_dependencies_chart(schedule, names, place.way_to)
    if waiting.table.rows:
        yield Section("s-waiting", waiting.title, figure(waiting, language, EMPTY))


def detail(place: Here, record: Record) -> Iterator[Section]:
    """On the page of an open plan: its tasks as bars, its critical path in words, promises that break, what waits for what."""
    _ = place.site.say
    derived, names, language = place.site.derived, place.site.names, place.site.language
    plan = derived.schedule.plan(record.address)
    if plan is None:
        return
    stands = _stands(place, plan)
    if plan.parts:
        chart = gantt_chart(plan, derived.schedule, names, place.way_to, derived.workdays)
        stands = html("{}{}", stands, figure(chart, language, EMPTY))
    yield Section("s-schedule", _("Schedule"), stands)
    if plan.critical_path and plan.forecast:
        title = _("Why not before {date}").format(date=written(plan.critical_path[-1].finish, language))
        yield Section("s-path", title, html("{}{}", _path(place, plan), _reach(place, plan)))
    broken = [one for one in derived.schedule.promises if one.is_broken and plan.address in _ends(one)]
    if broken:
        yield Section("s-promises", _("Promises that break"), _promises(place, broken))
    waiting = task_dependencies_chart(plan, names, place.way_to)
    if waiting.table.rows:
        yield Section("s-waiting", _("What waits for what"), figure(waiting, language, EMPTY))
    burned = _burned(place, plan)
    if len(burned) > 1:
        title = _("Done over time")
        chart = burnup_chart(plan.address, title, burned, derived.today, language, due=plan.due, forecast=plan.forecast)
        yield Section("s-burnup", title, figure(chart, language, EMPTY))


def _burned(place: Here, plan: ScheduledPlan) -> Sequence[Burned]:
    """What was done of what was planned, week by week; where nobody knows how much was planned then, by the days in the records."""
    then = place.site.past.of_plan(plan.address) if place.site.past else ()
    weekly = [Burned(moment.day, one.done, one.total) for moment, one in then if one.total]
    return weekly if len(weekly) > 1 else burned_of(plan, place.site.derived.today)


def _ends(one: Promise) -> tuple[str, str]:
    return one.address.partition("#")[0], one.target.partition("#")[0]


def _stands(place: Here, plan: ScheduledPlan) -> Html:
    """Forecast against due in one line."""
    language, today = place.site.language, place.site.today
    parts = [dates_state(place, plan), html("<span>{}</span>", due_in_words(plan, today, language))]
    if plan.is_provisional:
        words = place.site.say("provisional: the holidays of that year are not announced yet")
        parts.append(html('<span class="tu-quiet">{}</span>', words))
    return html('<p class="tu-line">{}</p>', joined(filter(None, parts)))


def _path(place: Here, plan: ScheduledPlan) -> Html:
    """The critical path: each step with the reason why it is not sooner."""
    _ = place.site.say
    numbers = {step.address: number for number, step in enumerate(plan.critical_path, 1)}
    rows = (
        html(
            '<tr><td class="tu-number tu-place">{}</td><td class="tu-what">{}</td>{}{}</tr>',
            number, place.at(step.address),
            cell(html('<span class="tu-day">{}</span>', span_in_words(step, place.site.today, place.site.language)), _("When")),
            cell(html("{}", why_in_words(step.reason, numbers, place.site.names)), _("Why not sooner")),
        )
        for number, step in enumerate(plan.critical_path, 1)
    )  # fmt: skip
    heads = (html('<th class="tu-number">{}</th>', "#"), *titles(_("Step"), _("When"), _("Why not sooner")))
    return table(heads, rows, "tu-list tu-narrow")


def _reach(place: Here, plan: ScheduledPlan) -> Html:
    """What the delay holds up, a line for each sort of thing."""
    _ = place.site.say
    if plan.reach is None:
        return EMPTY
    sorts = (
        (_("Goals that it holds up: {names}"), plan.reach.goals),
        (_("Plans behind it: {names}"), plan.reach.plans),
        (_("Tasks elsewhere that wait for it: {names}"), plan.reach.parts),
    )
    lines = (
        html('<p class="tu-note">{}{}</p>', words.format(names=""), joined(map(place.at, found), between(place.site.language)))
        for words, found in sorts
        if found
    )
    return joined(lines)


def _promises(place: Here, broken: Sequence[Promise]) -> Html:
    """Tasks that come later than what they hang on asks for, the latest first."""
    _ = place.site.say
    rows = (_promise(place, one) for one in sorted(broken, key=lambda one: (-one.days_late, one.address)))
    return table(titles(_("Task"), _("Owner"), _("Late"), _("Needed"), _("Forecast"), _("For")), rows, "tu-list")


def _promise(place: Here, one: Promise) -> Html:
    _ = place.site.say
    late = msgs("{count} working day late", "{count} working days late", one.days_late).say(place.site.language)
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}{}{}</tr>',
        place.at(one.address),
        cell(owner(place, place.site.names.owner_of(one.address)), _("Owner"), slot="owner"),
        cell(pill(late, "bad"), _("Late"), slot="status"),
        cell(html('<span class="tu-day">{}</span>', place.site.day(one.needed)), _("Needed")),
        cell(html('<span class="tu-day">{}</span>', place.site.day(one.forecast)), _("Forecast")),
        cell(wanted(place, one), _("For")),
    )  # fmt: skip


def _board(place: Here) -> Html:
    """A column for each state that a plan is in, in the order of the schema."""
    site = place.site
    kind = site.workspace.kinds["plan"]
    field = kind.field(kind.roles.get("status", ""))
    columns = []
    for value, label in field.choices if field else ():
        found = sorted(
            (one for one in site.workspace.of_kind("plan") if one.status == value), key=lambda one: (one.role("due") or "9", one.title)
        )
        if found:
            columns.append(_column(place, label.say(site.language), value, found))
    return html('<div class="tu-board">{}</div>', joined(columns))


def _column(place: Here, label: str, value: str, plans: Sequence[Record]) -> Html:
    is_over = plans[0].kind.group_of(value) in ("done", "dropped")
    shown = sorted(plans, key=lambda one: one.role("due") or "", reverse=True)[:_MOST_OVER] if is_over else plans
    cards = joined(_card(place, one) for one in shown)
    more = EMPTY
    if len(shown) < len(plans):
        words = msgs("{count} more", "{count} more", len(plans) - len(shown)).say(place.site.language)
        url = place.filtered(list_of("plan"), state=value, anchor="s-all")
        more = html('<p class="tu-note"><a href="{}">{}</a></p>', url, words)
    return html("<section><h3>{} <small>{}</small></h3><ul>{}</ul>{}</section>", label, len(plans), cards, more)


def _card(place: Here, record: Record) -> Html:
    """A plan: what it is called, how it stands, when it is due and, if it is late, will be done, whose it is."""
    plan = place.site.derived.schedule.plan(record.address)
    stands = html("<p>{}</p>", plan_state(place, plan)) if plan is not None else EMPTY
    due, owner = record.fields.date("due"), record.fields.text("owner")
    facts = [html('<span class="tu-day">{}</span>', place.site.day(due))] if due else []
    if plan is not None and plan.is_late:
        facts = [html("<span>{}</span>", due_in_words(plan, place.site.today, place.site.language))]
    facts += [place.at(f"person/{owner}")] if owner else []
    return html('<li>{}{}<p class="tu-quiet">{}</p></li>', place.to(record), stands, joined(facts, " · "))
