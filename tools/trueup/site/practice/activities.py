"""Training, role swaps and team building: who had part in what in half a year, what comes, and who had part in nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trueup.locale import msgs
from trueup.locale.joining import listed
from trueup.render.html import EMPTY, Html, html, joined, table, titles
from trueup.render.teams import type_of
from trueup.site.practice.entries import entries, note
from trueup.site.practice.section import Section
from trueup.site.site import Here
from trueup.site.standing import row
from trueup.site.values import cell
from trueup.views.activities import Activity, Share


def overview(place: Here) -> Iterator[Section]:
    """Above the list of activities."""
    _ = place.site.say
    found = place.site.derived.activities
    if found.coming:
        yield Section("s-coming", _("Coming"), entries(place, (_activity(place, one) for one in found.coming)))
    if found.teams:
        yield Section("s-teams", _("Learned and done together in the last six months"), _shares(place, _("Team"), found.teams))
    active = [one for one in found.people if one.total]
    if active:
        active.sort(key=lambda one: (-one.total, one.address))
        yield Section("s-people", _("Person by person"), _shares(place, _("Person"), active))
    if found.without:
        words = msgs("{count} person had part in nothing lately", "{count} people had part in nothing lately", len(found.without))
        names = joined(html("<li>{}</li>", place.at(one)) for one in found.without)
        shown = html('{}<ul class="tu-columns">{}</ul>', note(words.say(place.site.language)), names)
        yield Section("s-without", _("Without any part"), shown)


def _activity(place: Here, one: Activity) -> Html:
    day = html('<span class="tu-day">{}</span>', place.site.day(one.first))
    who = joined(map(place.at, one.teams or one.participants[:4]), " · ")
    return row(place.at(one.address), day, html("{}", type_of(one, place.site.names)), who)


def _shares(place: Here, who: str, shares: Iterable[Share]) -> Html:
    _ = place.site.say
    heads = (_("Training"), _("Role swaps"), _("Team building"), _("Skills"))
    return table(titles(who, *heads), (_share(place, one, heads) for one in shares), "tu-list")


def _share(place: Here, one: Share, heads: tuple[str, ...]) -> Html:
    counts = (one.training, one.role_swaps, one.team_building)
    cells = (cell(html("{}", count) if count else EMPTY, head) for count, head in zip(counts, heads, strict=False))
    skills = listed(one.skills, place.site.language) if one.total else place.site.say("nothing")
    return html('<tr><td class="tu-what">{}</td>{}{}</tr>', place.at(one.address), joined(cells), cell(html("{}", skills), heads[3]))
