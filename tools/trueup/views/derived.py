"""What follows from a workspace on a day, each worked out once, when it is first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trueup.records.workdays import Workdays
from trueup.records.workspace import Workspace
from trueup.views.actions import Action, Actions, actions
from trueup.views.activities import Activities, activities
from trueup.views.completeness import Completeness, completeness
from trueup.views.decisions import Decision, Decisions, decided_on, decisions
from trueup.views.evidence import Chain, Evidence, evidence
from trueup.views.execution import Execution, execution
from trueup.views.feedback import Feedback, feedback
from trueup.views.freshness import CheckinFreshness, SeriesFreshness, checkin_freshness, series_freshness
from trueup.views.goals import Goals, goals
from trueup.views.health import Checkin, checkins_of
from trueup.views.lessons import Lessons, lessons
from trueup.views.obligations import Between, obligations
from trueup.views.promises import broken_by_plan
from trueup.views.rhythm import Cadence, cadences
from trueup.views.schedule import Schedule, ScheduledPlan, schedule
from trueup.views.scorecards import Scorecard, scorecards
from trueup.views.workload import Workload, workload


@dataclass(frozen=True, eq=False)
class Derived:
    """The views that others are made from: a figure that two of them show is taken from the same place.

    ``is_past``: ``today`` is a day that is over, so that what records say without a day may have been otherwise then.
    """

    workspace: Workspace
    today: date
    is_past: bool = False

    @cached_property
    def workdays(self) -> Workdays:
        """The working days of the workspace, without anybody's own days off."""
        return Workdays(self.workspace.config.calendar)

    @cached_property
    def completeness(self) -> Completeness:
        """What could not be taken into account."""
        return completeness(self.workspace)

    @cached_property
    def goals(self) -> Goals:
        """Where every goal stands."""
        return goals(self.workspace, self.today, self.checkins, is_past=self.is_past)

    @cached_property
    def checkins(self) -> Mapping[str, tuple[Checkin, ...]]:
        """What was said of every goal and plan, by their addresses."""
        return checkins_of(self.workspace, self.today)

    @cached_property
    def schedule(self) -> Schedule:
        """When the work of the open plans will be done."""
        return schedule(self.workspace, self.today)

    @cached_property
    def broken_promises(self) -> Mapping[str, tuple[int, int]]:
        """By the address of a plan: how many promises it breaks to others, and how many others break to it."""
        return broken_by_plan(self.schedule.promises)

    @cached_property
    def tripped_metrics(self) -> frozenset[str]:
        """The metrics by which a decision that holds has been proved wrong, by their addresses."""
        return frozenset(one.tripwire.metric for one in self.decisions.tripped if one.tripwire)

    @cached_property
    def broken_for(self) -> Mapping[str, int]:
        """By the address of a part of a plan: how many promises for it break."""
        return Counter(one.target for one in self.schedule.promises if one.is_broken)

    @cached_property
    def plans_by_doer(self) -> Mapping[str, tuple[ScheduledPlan, ...]]:
        """The plans in which somebody has something to do, by the person's address: what nobody is named for is the plan owner's."""
        found: dict[str, dict[str, ScheduledPlan]] = {}
        for plan in self.schedule.plans:
            for person in filter(None, (part.owner or plan.owner for part in plan.parts)):
                found.setdefault(person, {})[plan.address] = plan
        return {person: tuple(plans.values()) for person, plans in found.items()}

    @cached_property
    def workload(self) -> Workload:
        """Who has how much to do in the next six weeks."""
        return workload(self.workspace, self.schedule)

    @cached_property
    def actions(self) -> Actions:
        """What somebody has promised to do."""
        return actions(self.workspace, self.today)

    @cached_property
    def actions_by_owner(self) -> Mapping[str | None, tuple[Action, ...]]:
        """The same by who owns them, each in the same order; those that nobody owns by None."""
        found: dict[str | None, list[Action]] = {}
        for one in self.actions.actions:
            found.setdefault(one.owner, []).append(one)
        return {owner: tuple(them) for owner, them in found.items()}

    @cached_property
    def feedback(self) -> Feedback:
        """What users have said, and how far it has come."""
        return feedback(self.workspace, self.today)

    @cached_property
    def decisions(self) -> Decisions:
        """What was decided, and what must be looked at again."""
        return decisions(self.workspace, self.today)

    @cached_property
    def decided_on(self) -> Mapping[str, tuple[Decision, ...]]:
        """The decisions with a day that cite a metric or watch it, by the metric's address."""
        return decided_on(self.decisions)

    @cached_property
    def evidence(self) -> Evidence:
        """From what was seen to what is measured."""
        return evidence(self.workspace, self.decisions, self.feedback)

    @cached_property
    def decided(self) -> Mapping[str, tuple[Decision, Chain]]:
        """Every decision with its chain, by its address."""
        return {one.address: (one, chain) for one, chain in zip(self.decisions.decisions, self.evidence.chains, strict=True)}

    @cached_property
    def lessons(self) -> Lessons:
        """What was learned, and what became of it."""
        return lessons(self.workspace, self.actions)

    @cached_property
    def cadences(self) -> tuple[Cadence, ...]:
        """Which meetings were held, missed, and come next."""
        return cadences(self.workspace, self.today, self.workdays)

    @cached_property
    def checkin_freshness(self) -> tuple[CheckinFreshness, ...]:
        """Since when nobody has said how the active goals and plans stand."""
        return checkin_freshness(self.workspace, self.today, self.checkins)

    @cached_property
    def series_freshness(self) -> tuple[SeriesFreshness, ...]:
        """Since when the metrics have had no value."""
        return series_freshness(self.workspace, self.today)

    @cached_property
    def stale_metrics(self) -> frozenset[str]:
        """The addresses of the metrics that should have had a value since."""
        return frozenset(one.address for one in self.series_freshness if one.is_stale)

    @cached_property
    def execution(self) -> Execution:
        """How well teams do what they said they would."""
        return execution(self.workspace, self.today, self.actions, self.feedback)

    @cached_property
    def scorecards(self) -> tuple[Scorecard, ...]:
        """The scorecards that teams share, computed."""
        return scorecards(self.workspace, self.today, self.goals, self.execution)

    @cached_property
    def activities(self) -> Activities:
        """Training, role swaps and team building."""
        return activities(self.workspace, self.today)

    @cached_property
    def obligations(self) -> tuple[Between, ...]:
        """What teams owe each other."""
        return obligations(self.workspace)
