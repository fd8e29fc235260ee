"""How well teams do what they said they would: four figures, each with what it was computed from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from trueup.records.periods import Period
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.actions import Actions
from trueup.views.feedback import Feedback

# The figures by the names that scorecards use, each with its unit and whether less of it is better.
FIGURES = {
    "on-time-rate": ("%", False),
    "action-closing-rate": ("%", False),
    "feedback-reply-time": ("days", True),
    "forecast-accuracy": ("%", False),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of some teams in a period. ``value`` is in ``unit``: per cent or calendar days; None where nothing was due.

    ``addresses`` are those that were counted, ``met`` the ones of them that were in time; of a median there are none.
    """

    name: str
    value: float | None
    unit: str
    addresses: tuple[str, ...]
    met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that counts on a day: was it in time, or how many days did it take."""

    day: date
    address: str
    result: float


@dataclass(frozen=True, slots=True)
class Execution:
    """What counts for each figure, by the name of the figure and the team that answers for it (``""`` for nobody), by day."""

    today: date
    _counted: Mapping[tuple[str, str], tuple[Counted, ...]]

    def figure(self, name: str, teams: Collection[str], period: Period) -> Figure | None:
        """A figure of what was due in a period up to today; None for a name that is none. ``teams`` are addresses.

        What is due today counts once it is done: it is late from tomorrow on.

        on-time-rate: tasks done by their day. forecast-accuracy: milestones reached, and plans finished, by theirs.
        action-closing-rate: actions closed by theirs, of the people of the teams. feedback-reply-time: the median from received
        to replied of what was answered, by the people of the teams or by nobody in particular. What was done without a date is
        left out, as nobody knows whether it was in time, and so is what is not done of a paused plan, on which nobody works.
        """
        if name not in FIGURES:
            return None
        unit, _ = FIGURES[name]
        found = sorted((one for team in sorted({*teams, ""}) for one in self._within(name, team, period)), key=_by_day)
        addresses = tuple(one.address for one in found)
        if name == "feedback-reply-time":
            return Figure(name, float(median(one.result for one in found)) if found else None, unit, addresses)
        met = tuple(one.address for one in found if one.result)
        return Figure(name, len(met) / len(found) * 100 if found else None, unit, addresses, met)

    def _within(self, name: str, team: str, period: Period) -> tuple[Counted, ...]:
        every = self._counted.get((name, team), ())
        last = min(period.end, self.today)
        return every[bisect_left(every, period.start, key=lambda one: one.day) : bisect_right(every, last, key=lambda one: one.day)]


def _by_day(one: Counted) -> tuple[date, str, float]:
    return one.day, one.address, one.result


def execution(workspace: Workspace, today: date, actions: Actions, feedback: Feedback) -> Execution:
    """Looks through the workspace once for all figures of all teams and periods."""
    found: dict[tuple[str, str], list[Counted]] = {}
    promised = (row for row in (*_of_plans(workspace), *_of_actions(actions)) if row[2].day != today or row[2].result)
    for name, team, one in (*promised, *_of_feedback(workspace, feedback)):
        found.setdefault((name, team), []).append(one)
    return Execution(today, {key: tuple(sorted(ones, key=_by_day)) for key, ones in found.items()})


_Row = tuple[str, str, Counted]


def _of_plans(workspace: Workspace) -> Iterator[_Row]:
    for plan in workspace.of_kind("plan"):
        if plan.kind.group_of(plan.status) in ("draft", "dropped"):
            continue
        team = f"team/{plan.fields.text('team')}"
        for name, figure in (("tasks", "on-time-rate"), ("milestones", "forecast-accuracy")):
            for item in plan.items(name):
                due, done, status = item.date("due"), item.date("done_on"), item.text("status")
                if plan.status == "paused" and not done:
                    continue
                if due and status != "dropped" and (done or status != "done"):
                    address = f"{plan.address}#{item.text('id') or item.route[-1]}"
                    yield figure, team, Counted(due, address, float(bool(done and done <= due)))
        if (whole := _whole_plan(plan)) is not None:
            yield "forecast-accuracy", team, whole


def _whole_plan(plan: Record) -> Counted | None:
    """Whether a plan was finished by its day: the last of its parts that has one."""
    due = plan.fields.date("due")
    days = [day for name in ("tasks", "milestones") for item in plan.items(name) if (day := item.date("done_on"))]
    is_done = plan.status == "done"
    if due is None or (is_done and not days) or plan.status == "paused":
        return None
    return Counted(due, plan.address, float(is_done and max(days) <= due))


def _of_actions(actions: Actions) -> Iterable[_Row]:
    for one in actions.actions:
        if one.due and one.status != "dropped" and (one.done_on or one.status != "done"):
            yield (
                "action-closing-rate",
                one.team or "nobody",
                Counted(one.due, one.address, float(bool(one.done_on and one.done_on <= one.due))),
            )


def _of_feedback(workspace: Workspace, feedback: Feedback) -> Iterator[_Row]:
    for one in feedback.entries:
        if one.replied_on and one.reply_days is not None:
            person = workspace.record(one.owner) if one.owner else None
            team = f"team/{person.fields.text('team')}" if person else ""
            yield "feedback-reply-time", team, Counted(one.replied_on, one.address, one.reply_days)
