"""Who has a plan for what: open goals against teams, and what falls between them."""

from __future__ import annotations

from trueup.locale import msg, msgs
from trueup.render.html import EMPTY, Html, html, joined, table
from trueup.render.lines import called
from trueup.site.page import Page
from trueup.site.site import Here, Site, here
from trueup.views.alignment import Alignment, Cell, Row, alignment

PATH = "alignment.md"
TITLE = msg("Alignment")


def alignment_page(site: Site) -> Page:
    _ = site.say
    place = here(site, PATH)
    found = alignment(site.derived)
    title = TITLE.say(site.language)
    lead = _("Which team has a plan for which goal. A goal that counts on a team without a plan there is a gap.")
    content = html(
        '<div class="tu"><h1>{}</h1><p class="tu-lead">{}</p>{}{}</div>', title, lead, _matrix(place, found), _aimless(place, found)
    )
    return Page(PATH, title, content, lead, searchable="")


def _matrix(place: Here, found: Alignment) -> Html:
    _ = place.site.say
    if not found.rows:
        return html("<p>{}</p>", _("No goal is open."))
    heads = [html("<th>{}</th>", _("Goal")), *(html('<th class="tu-team">{}</th>', place.at(team)) for team in found.teams)]
    shown = table(heads, (_row(place, one, found) for one in found.rows), "tu-matrix")
    signs = (
        ("2", _("plans of the team for this goal, open or in draft")),
        ("(2)", _("only for goals below it")),
        ("✓", _("only plans that are finished")),
        (_("gap"), _("the goal names the team or has an owner there, and nothing is planned")),
    )
    key = joined(html("<div><dt>{}</dt><dd>{}</dd></div>", sign, words) for sign, words in signs)
    return html('{}<dl class="tu-key">{}</dl>', shown, key)


def _row(place: Here, row: Row, found: Alignment) -> Html:
    _ = place.site.say
    none = html(' <span class="tu-melon">{}</span>', _("no plan")) if row.is_gap else EMPTY
    titles = (called(team, place.site.names) for team in found.teams)
    cells = joined(_cell(place, cell, title) for cell, title in zip(row.cells, titles, strict=True))
    return html('<tr><th scope="row" class="tu-what tu-depth-{}">{}{}</th>{}</tr>', min(row.depth, 6), place.at(row.goal), none, cells)


def _cell(place: Here, cell: Cell, team: str) -> Html:
    """How many plans, each a link; a list of their titles for who opens it. ``team`` stands before it on a narrow page."""
    _ = place.site.say
    if cell.plans:
        titles = joined(html("<li>{}</li>", place.at(plan)) for plan in cell.plans)
        count = len(cell.plans)
        words = msgs("{count} plan", "{count} plans", count).say(place.site.language)
        shown = html('<details><summary aria-label="{}">{}</summary><ul>{}</ul></details>', words, count, titles)
        return html('<td class="tu-has" data-label="{}">{}</td>', team, shown)
    if cell.is_gap:
        return html('<td class="tu-gap" data-label="{}"><span>{}</span></td>', team, _("gap"))
    if not cell.below and not cell.done:
        return html("<td></td>")
    return html('<td class="tu-quiet" data-label="{}">{}</td>', team, f"({cell.below})" if cell.below else "✓")


def _aimless(place: Here, found: Alignment) -> Html:
    """Open plans that serve no goal."""
    _ = place.site.say
    if not found.aimless:
        return EMPTY
    items = joined(html("<li>{}</li>", place.at(plan)) for plan in found.aimless)
    return html('<h2 id="s-aimless">{}</h2><ul>{}</ul>', _("Open plans that serve no goal"), items)
