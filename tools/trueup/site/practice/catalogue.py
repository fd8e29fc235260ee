"""Which practice adds what: above the list of a kind, on the page of a record, as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trueup.locale import Text
from trueup.records.record import Record
from trueup.site import reports
from trueup.site.page import Page
from trueup.site.practice import (
    actions,
    activities,
    alignment,
    checkins,
    decisions,
    feedback,
    goals,
    lessons,
    load,
    meetings,
    metrics,
    people,
    plans,
    scorecards,
    slips,
    timeline,
)
from trueup.site.practice.section import Section
from trueup.site.site import Here, Site

Overview = Callable[[Here], Iterator[Section]]
Detail = Callable[[Here, Record], Iterator[Section]]

# By the kind whose list it stands above.
OVERVIEWS: Mapping[str, Overview] = {
    "goal": goals.overview,
    "plan": plans.overview,
    "checkin": checkins.overview,
    "feedback": feedback.overview,
    "decision": decisions.overview,
    "retro": lessons.overview,
    "scorecard": scorecards.overview,
    "activity": activities.overview,
    "cadence": meetings.overview,
    "meeting": meetings.overview,
    "team": people.teams,
    "person": people.people,
}

# Those whose overview has every record with all that its list would say.
COMPLETE = frozenset({"scorecard"})

# By the kind of the record on whose page it stands, before what the record says in full.
DETAILS: Mapping[str, tuple[Detail, ...]] = {
    "goal": (goals.detail, timeline.of_goal, slips.of_record),
    "plan": (plans.detail, slips.of_record, checkins.of_plan),
    "metric": (metrics.detail,),
    "decision": (decisions.detail,),
    "scorecard": (scorecards.detail,),
    "cadence": (meetings.detail,),
    "team": (actions.of_owner, people.detail),
    "person": (actions.of_owner, people.detail),
}

# By the kind of the record on whose page it stands, after all that the record says.
AFTERWARDS: Mapping[str, tuple[Detail, ...]] = {"plan": (lessons.of_plan,)}

# The fields of a kind that a practice tells on the page of a record already, with what has come of them.
RETOLD: Mapping[str, frozenset[str]] = {
    "decision": frozenset({"evidence", "affects", "tripwire", "review_by"}),
    "scorecard": frozenset({"items"}),
}

# The kinds on whose pages stands what became of the record.
TELLING = frozenset({"goal", "plan"})


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A page of its own. It stands in the navigation with the first of ``kinds``; where a workspace has no record of any of
    them, or it ``is_there`` not, there is no such page."""

    path: str
    title: Text
    kinds: tuple[str, ...]
    make: Callable[[Site], Page]
    is_there: Callable[[Site], bool] = lambda _site: True
    late: bool = False
    tells_of_past: bool = False


PAGES: tuple[PracticePage, ...] = (
    PracticePage(load.PATH, load.TITLE, ("plan",), load.load_page),
    PracticePage(
        timeline.PATH,
        timeline.TITLE,
        ("goal", "plan", "feedback"),
        timeline.timeline_page,
        timeline.is_there,
        late=True,
        tells_of_past=True,
    ),
    PracticePage(slips.PATH, slips.TITLE, ("plan", "goal"), slips.slips_page, slips.is_there, tells_of_past=True),
    PracticePage(alignment.PATH, alignment.TITLE, ("goal",), alignment.alignment_page),
    PracticePage(actions.PATH, actions.TITLE, ("meeting", "retro", "checkin", "plan"), actions.actions_page),
    PracticePage(lessons.PATH, lessons.TITLE, ("retro",), lessons.lessons_page),
    PracticePage(reports.ARCHIVE, reports.TITLE, ("checkin", "meeting"), reports.archive_page),
)


def pages_for(site: Site) -> Iterator[PracticePage]:
    """The pages that there is something to show on."""
    return (one for one in PAGES if any(map(site.workspace.of_kind, one.kinds)) and one.is_there(site))
