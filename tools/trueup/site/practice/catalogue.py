"""Which practice adds what: above the list of a kind, on the page of a record, as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trueup.locale import Text
from trueup.records.record import Record
from trueup.site import reports
from trueup.site.page import Page
from trueup.site.practice import alignment, checkins, goals, load, metrics, plans
from trueup.site.practice.section import Section
from trueup.site.site import Here, Site

Overview = Callable[[Here], Iterator[Section]]
Detail = Callable[[Here, Record], Iterator[Section]]

# By the kind whose list it stands above.
OVERVIEWS: Mapping[str, Overview] = {
    "goal": goals.overview,
    "plan": plans.overview,
    "checkin": checkins.overview,
}

# By the kind of the record on whose page it stands, before what the record says in full.
DETAILS: Mapping[str, tuple[Detail, ...]] = {
    "goal": (goals.detail,),
    "plan": (plans.detail, checkins.of_plan),
    "metric": (metrics.detail,),
}


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A page of its own. ``kind`` is a kind of the group in the navigation that it stands in; where a workspace has no
    record of that kind, there is no such page."""

    path: str
    title: Text
    kind: str
    make: Callable[[Site], Page]


PAGES: tuple[PracticePage, ...] = (
    PracticePage(load.PATH, load.TITLE, "plan", load.load_page),
    PracticePage(alignment.PATH, alignment.TITLE, "goal", alignment.alignment_page),
    PracticePage(reports.ARCHIVE, reports.TITLE, "checkin", reports.archive_page),
)


def pages_for(site: Site) -> Iterator[PracticePage]:
    """The pages that there is something to show on."""
    return (one for one in PAGES if site.workspace.of_kind(one.kind))
