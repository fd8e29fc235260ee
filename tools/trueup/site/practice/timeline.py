"""How it stood week by week, from the commits: goals, work, feedback and findings; of one goal, its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from trueup.locale import msg, msgs
from trueup.locale.days import written
from trueup.records.periods import week_of
from trueup.records.record import Record
from trueup.render.history import incomplete_in_words
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.lines import called
from trueup.render.svg.burnup import Burned, burnup_chart
from trueup.render.svg.chart import figure
from trueup.render.svg.courses import Course, courses_chart
from trueup.render.svg.health import Stood
from trueup.render.svg.strips import Strip, strips_chart
from trueup.site.page import Page
from trueup.site.past import SitePast
from trueup.site.practice.entries import note
from trueup.site.practice.meter import with_share
from trueup.site.practice.section import Section
from trueup.site.site import Here, Site, here
from trueup.site.values import cell
from trueup.views.timeline import GoalMoment, Moment

PATH = "timeline.md"
TITLE = msg("Timeline")


def is_there(site: Site) -> bool:
    return site.past is not None and site.past.has_timeline


def timeline_page(site: Site) -> Page:
    _ = site.say
    place, title = here(site, PATH), TITLE.say(site.language)
    past = site.past
    moments = past.checked.moments if past else ()
    lead = _("How it stood at the end of each week, told as it was told then: from the commits, half a year back at most.")
    sections = [*_sections(place, past)] if past and moments else []
    shown = joined(one.html for one in sections) if sections else note(_("The history cannot be read."))
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}{}</div>', title, lead, of_which(place), shown)
    return Page(PATH, title, content, lead, headings=tuple(one.heading for one in sections), searchable="")


def of_which(place: Here) -> Html:
    """How far the history goes that a page tells, and that it is not whole where it is not."""
    site, past = place.site, place.site.past
    if past is None:
        return EMPTY
    last = past.chronicle.commits[-1]
    words = msgs(
        "{count} commit since {first}, the last one {commit} of {day}.", "{count} commits since {first}, the last one {commit} of {day}.",
        len(past.chronicle.commits), first=written(past.first_day, site.language), commit=last.short, day=written(last.day, site.language),
    )  # fmt: skip
    missing = note(incomplete_in_words(site.language)) if past.chronicle.is_incomplete else EMPTY
    return html("{}{}", note(words.say(site.language)), missing)


def _sections(place: Here, past: SitePast) -> Iterator[Section]:
    _ = place.site.say
    moments = past.checked.moments
    days = [one.day for one in moments]
    if strips := _strips(place, moments):
        title = _("Health of goals")
        chart = strips_chart("goals", title, strips, days, place.site.today, place.site.names, place.way_to)
        yield Section("s-goals", title, figure(chart, place.site.language, EMPTY))
    if any(one.total for one in moments):
        yield Section("s-work", _("Work done and planned"), joined((_burned(place, moments), _plans(place, moments[-1]))))
    if any(one.received for one in moments):
        # A week that is not over yet would look like one in which less has come in.
        received = tuple(
            None if after.day < week_of(after.day).end else max(0, after.received - before.received) for before, after in pairwise(moments)
        )
        courses = Course(_("received in the week"), received), Course(_("not settled yet"), tuple(one.waiting for one in moments[1:]))
        yield _courses(place, "feedback", _("Feedback"), days[1:], courses)
    errors, warnings = tuple(one.errors for one in moments), tuple(one.warnings for one in moments)
    if any(errors) or any(warnings):
        yield _courses(place, "findings", _("Findings"), days, (Course(_("errors"), errors), Course(_("warnings"), warnings)))


def _courses(place: Here, name: str, title: str, days: Sequence[date], courses: Sequence[Course]) -> Section:
    chart = courses_chart(name, title, days, courses, place.site.today, place.site.language)
    return Section(f"s-{name}", title, figure(chart, place.site.language, EMPTY))


def _strips(place: Here, moments: Sequence[Moment]) -> list[Strip]:
    """Those of the goals that are open at the end first, in their order; then the others, that were open last first."""
    order = {one.address: None for moment in reversed(moments) for one in moment.goals}
    stood: dict[str, list[Stood]] = {address: [] for address in order}
    for moment in moments:
        for one in moment.goals:
            stood[one.address].append(Stood(moment.day, one.health))
    return [Strip(address, called(address, place.site.names), tuple(found)) for address, found in stood.items()]


def _burned(place: Here, moments: Sequence[Moment]) -> Html:
    """All plans together."""
    _ = place.site.say
    title = _("Work done and planned")
    chart = burnup_chart("all", title, [Burned(one.day, one.done, one.total) for one in moments], place.site.today, place.site.language)
    return figure(chart, place.site.language, EMPTY)


def _plans(place: Here, latest: Moment) -> Html:
    """The open plans, how much of each was done and planned when it was first seen, and how much now."""
    _ = place.site.say
    rows = [
        _plan(place, one.address, (found[0][1].done, found[0][1].total), (one.done, one.total))
        for one in latest.plans
        if _is_open(place, one.address) and one.total and place.site.past and (found := place.site.past.of_plan(one.address))
    ]
    heads = titles(_("Plan"), _("Done"), _("At first"), _("Now"))
    return table(heads, rows, "tu-list") if rows else EMPTY


def _plan(place: Here, address: str, first: tuple[int, int], now: tuple[int, int]) -> Html:
    _ = place.site.say
    of = _("{done} of {total}")
    return html(
        '<tr><td class="tu-what">{}</td>{}{}{}</tr>',
        place.at(address),
        cell(with_share(now[0] / now[1], None, None, ""), _("Done"), slot="status"),
        cell(html("{}", of.format(done=first[0], total=first[1])), _("At first")),
        cell(html("{}", of.format(done=now[0], total=now[1])), _("Now")),
    )  # fmt: skip


def _is_open(place: Here, address: str) -> bool:
    record = place.site.workspace.record(address)
    return record is not None and record.kind.group_of(record.status) == "open"


def of_goal(place: Here, record: Record) -> Iterator[Section]:
    """On the page of a goal: how far it had come at the end of each week, beside the time that was gone."""
    _ = place.site.say
    found = place.site.past.of_goal(record.address) if place.site.past else ()
    if sum(one.progress is not None for _moment, one in found) < 2:
        return
    days = [moment.day for moment, _one in found]
    courses = (Course(_("progress"), _percent(found, _progress)), Course(_("time gone"), _percent(found, _pace)))
    title = _("Progress over time")
    chart = courses_chart(record.address, title, days, courses, place.site.today, place.site.language, unit="%")
    yield Section("s-progress", title, figure(chart, place.site.language, EMPTY))


def _percent(found: Sequence[tuple[Moment, GoalMoment]], share: Callable[[GoalMoment], float | None]) -> tuple[float | None, ...]:
    return tuple(None if (value := share(one)) is None else round(value * 100) for _moment, one in found)


def _progress(one: GoalMoment) -> float | None:
    return one.progress


def _pace(one: GoalMoment) -> float | None:
    return one.pace
