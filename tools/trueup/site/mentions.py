"""Who refers to a record, as lists of links."""

from __future__ import annotations

from trueup.locale import msgs
from trueup.render.html import EMPTY, Html, html, joined
from trueup.site.site import Here
from trueup.site.values import day_in, state
from trueup.views.relations import Mention, Relation

# A list shows as many entries as this; the rest is folded.
_SHOWN = 8


def mention_list(place: Here, relation: Relation) -> Html:
    """Those that refer to a record as a list. Each entry says as what, where the relation does not."""
    entries = [_entry(place, mention, roles=relation.tells_roles) for mention in relation.mentions]
    first = 0 if relation.is_attendance else _SHOWN
    shown = html('<ul class="tu-mentions">{}</ul>', joined(entries[:first])) if first else EMPTY
    if len(entries) <= first:
        return shown
    count = len(entries) - first
    more = msgs("{count} more", "{count} more", count) if first else msgs("{count} record", "{count} records", count)
    return html(
        '{}<details class="tu-more"><summary>{}</summary><ul class="tu-mentions">{}</ul></details>',
        shown, more.say(place.site.language), joined(entries[first:]),
    )  # fmt: skip


def _entry(place: Here, mention: Mention, *, roles: bool) -> Html:
    url, link = place.target(mention.link), mention.link
    name = html('<a href="{}">{}</a> ', url, link.part or link.title)
    if link.part:
        name = html('{}<span class="tu-from">{}</span> ', name, link.title)
    # A task says what it is by itself, and of which plan.
    role = html('<span class="tu-role">{}</span>', "" if link.part else " · ".join(mention.roles)) if roles else EMPTY
    day = html('<span class="tu-day">{}</span>', day_in(place.site, mention.untold_day)) if mention.untold_day else EMPTY
    pill = html('<span class="tu-state">{}</span>', state(mention.status)) if mention.status else EMPTY
    return html('<li><span class="tu-what">{}</span>{}{}{}</li>', name, role, pill, day)
