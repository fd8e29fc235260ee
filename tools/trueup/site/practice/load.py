"""Who has how much to do in which week."""

from __future__ import annotations

from trueup.locale import msg
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.numbers import number
from trueup.render.shares import percent
from trueup.render.svg.chart import figure
from trueup.render.svg.heatmap import heatmap_chart
from trueup.site.page import Page
from trueup.site.site import Here, Site, here
from trueup.site.values import cell
from trueup.views.workload import PersonLoad, WeekLoad

PATH = "load.md"
TITLE = msg("Load")


def load_page(site: Site) -> Page:
    _ = site.say
    place = here(site, PATH)
    found = site.derived.workload
    over = [one for one in found.people if one.is_over]
    title = TITLE.say(site.language)
    lead = _("Days of work in each of the next weeks, against the days that everybody has for it.")
    shown = (
        figure(heatmap_chart(found, site.names, place.way_to), site.language, EMPTY)
        if found.people
        else html("<p>{}</p>", _("Nobody has work."))
    )
    crowded = html('<h2 id="s-over">{}</h2>{}', _("Too much to do"), joined(_person(place, one) for one in over)) if over else EMPTY
    content = html('<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}{}</div>', title, lead, shown, crowded)
    return Page(PATH, title, content, lead, searchable="")


def _person(place: Here, one: PersonLoad) -> Html:
    """The weeks in which somebody has too much, each with what takes most of it."""
    _ = place.site.say
    rows = (_week(place, week) for week in one.weeks if week.is_over)
    heads = (
        *titles(_("Week")),
        *(html('<th class="tu-number">{}</th>', name) for name in (_("Days"), _("Capacity"), _("Load"))),
        *titles(_("Largest")),
    )
    name = place.at(one.address) if one.address else html("{}", one.title)
    return html("<h3>{}</h3>{}", name, table(heads, rows, "tu-list tu-narrow"))


def _week(place: Here, week: WeekLoad) -> Html:
    _ = place.site.say
    share = "–" if week.share is None else percent(week.share)
    figures = ((_("Days"), number(round(week.load, 1))), (_("Capacity"), number(round(week.capacity, 1))), (_("Load"), share))
    largest = joined((html("{} ({})", place.at(task.address), number(round(task.days, 1))) for task in week.tasks[:3]), " · ")
    cells = joined(cell(html("{}", figure), name, is_number=True) for name, figure in figures)
    return html('<tr><td class="tu-what"><span class="tu-day">{}</span></td>{}{}</tr>', week.week, cells, cell(largest, _("Largest")))
