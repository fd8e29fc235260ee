"""How a plan stands, in the same words wherever it is named: by its dates, by what it promised, and by what its owner says."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msgs
from trueup.locale.joining import led
from trueup.render.html import EMPTY, Html, joined
from trueup.render.lateness import lateness
from trueup.render.lines import health
from trueup.site.practice.goals import TONES
from trueup.site.site import Here
from trueup.site.values import pill
from trueup.views.health import said_in
from trueup.views.schedule import ScheduledPlan
from trueup.views.status import PlanLine


def plan_state(place: Here, plan: PlanLine | ScheduledPlan) -> Html:
    """All that is not well with an open plan; that it is in time where nothing is; empty for one that has no date to be in time for."""
    return troubles(place, plan) or (pill(place.site.say("in time"), "good") if plan.due else EMPTY)


def troubles(place: Here, plan: PlanLine | ScheduledPlan) -> Html:
    """All that is not well with an open plan; empty where nothing is wrong."""
    return joined((*_by_its_dates(place, plan), *_promises(place, plan), *_by_its_owner(place, plan)), " ")


def dates_state(place: Here, plan: ScheduledPlan) -> Html:
    """How a plan stands by its dates and promises alone, to be set against what its owner says."""
    wrong = (*_by_its_dates(place, plan), *_promises(place, plan))
    return joined(wrong, " ") if wrong else pill(place.site.say("in time"), "good") if plan.due else EMPTY


def _by_its_dates(place: Here, plan: PlanLine | ScheduledPlan) -> Iterator[Html]:
    if words := lateness(plan, place.site.language):
        yield pill(words, "bad" if plan.is_overdue else "warn" if plan.is_late else "draft")
    if plan.is_paused:
        yield pill(place.site.say("paused"), "paused")


def _promises(place: Here, plan: PlanLine | ScheduledPlan) -> Iterator[Html]:
    given, taken = place.site.derived.broken_promises.get(plan.address, (0, 0))
    if given:
        yield pill(msgs("breaks {count} promise", "breaks {count} promises", given).say(place.site.language), "bad")
    if taken:
        yield pill(
            msgs("counts on {count} promise that breaks", "counts on {count} promises that break", taken).say(place.site.language), "warn"
        )


def _by_its_owner(place: Here, plan: PlanLine | ScheduledPlan) -> Iterator[Html]:
    said = said_in(place.site.derived.checkins.get(plan.address, ())).health
    if said in ("at-risk", "off-track"):
        language = place.site.language
        yield pill(led(place.site.say("owner"), health(said, place.site.names), language), TONES[said])
