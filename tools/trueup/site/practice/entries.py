"""Short lists on a page of a practice, and numbers that open what they count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from trueup.locale import msgs
from trueup.render.html import EMPTY, Html, html, joined, table
from trueup.site.site import Here
from trueup.site.standing import owner, row
from trueup.site.values import pill
from trueup.views.actions import Action
from trueup.views.status import PartLine

# So many rows of a list are shown at once, so many titles behind a number.
_MOST_ROWS = 8
_MOST_TITLES = 12


def entries(place: Here, rows: Iterable[Html], most: int = _MOST_ROWS) -> Html:
    """Rows as ``row`` makes them; all but the first ones are folded."""
    shown = tuple(rows)
    more = EMPTY
    if len(shown) > most:
        words = msgs("{count} more", "{count} more", len(shown) - most).say(place.site.language)
        more = html('<details class="tu-more"><summary>{}</summary>{}</details>', words, table((), shown[most:], "tu-brief-list"))
    return html("{}{}", table((), shown[:most], "tu-brief-list"), more)


def opened(place: Here, count: int, words: str, addresses: Sequence[str], url: str, told: str = "") -> Html:
    """A number that opens the titles of what it counts, as links. ``words`` say what it counts to who does not see the table;
    ``url`` leads to all of them where there are too many for a list. ``told``: what is shown, where that is more than the number."""
    if not count:
        return EMPTY
    titles = [html("<li>{}</li>", place.at(address)) for address in addresses[:_MOST_TITLES]]
    if len(addresses) > _MOST_TITLES:
        more = msgs("{count} more", "{count} more", len(addresses) - _MOST_TITLES).say(place.site.language)
        titles.append(html('<li><a href="{}">{}</a></li>', url, more))
    return html(
        '<details class="tu-opens"><summary aria-label="{}: {}">{}</summary><ul>{}</ul></details>',
        words,
        told or count,
        told or count,
        joined(titles),
    )


def note(words: str) -> Html:
    return html('<p class="tu-note">{}</p>', words)


def action_row(place: Here, one: Action, *, named: bool = True) -> Html:
    """An action: what is to be done, until when, how often it was carried over, and where it was agreed; ``named``: by whom."""
    _ = place.site.say
    way = place.way_to(one.address)
    what = html('<a href="{}">{}</a>', way, one.text) if way else html("{}", one.text)
    times = msgs("carried over {count} time", "carried over {count} times", one.carried or 0).say(place.site.language)
    who = (owner(place, one.owner) or html("{}", _("nobody named"))) if named else EMPTY
    return row(what, due_state(place, one.due, one.days_overdue or 0), who, html("{}", times if one.carried else ""), place.at(one.source))


def part_row(place: Here, one: PartLine, *, named: bool = True) -> Html:
    """A task or a milestone: until when, in which plan; ``named``: whose it is."""
    mark = html('<span class="tu-quiet" aria-hidden="true">◆ </span>') if one.is_milestone else EMPTY
    what, plan = html("{}{}", mark, place.at(one.address)), place.at(one.address.partition("#")[0])
    return row(what, due_state(place, one.due, max(0, one.days_overdue)), owner(place, one.owner) if named else EMPTY, plan)


def due_state(place: Here, due: date | None, late: int) -> Html:
    """The day that something is due; by how many days it is over where it is."""
    if late:
        return pill(msgs("{count} day overdue", "{count} days overdue", late).say(place.site.language), "bad")
    return html('<span class="tu-day">{}</span>', place.site.day(due))
