"""How far every goal has come, how it stands by its numbers and by what its owners say, and how goals hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from trueup.records.periods import Period, period_of
from trueup.records.record import Record
from trueup.records.workspace import Workspace
from trueup.views.health import HEALTHS, Checkin, Said, behind_of, checkins_of, health_of, is_better, quadrant_of, said_in
from trueup.views.hierarchy import Placed, hierarchy
from trueup.views.progress import KeyResult, key_results_of, mean_progress, pace_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many key results have data, of how many: those of the goal, else those of the goals below that count for it.

    A goal below that has nothing to measure it by counts as one that has no data.
    """

    measured: int
    total: int

    @property
    def is_full(self) -> bool:
        return 0 < self.measured == self.total


@dataclass(frozen=True, slots=True)
class Confidence:
    """What is said of a set of open goals in their latest check-ins.

    ``net`` is the share said on track less the share said off track, of those that have a check-in: from -1 to 1, None
    where nobody has said anything. ``group`` is a team's address or a period as it is written, ``""`` for all together.
    """

    group: str
    open: int
    on_track: int
    at_risk: int
    off_track: int
    net: float | None

    @property
    def said(self) -> int:
        return self.on_track + self.at_risk + self.off_track


@dataclass(frozen=True, slots=True)
class Goal:
    """Where one goal stands. None means throughout that there is no data to say it from, or that it does not apply.

    ``group`` is draft, open, done or dropped. ``start`` and ``end`` are the first and the last day of the period.
    ``depth`` counts the goals above it in the tree, ``children`` are those directly below it. ``progress`` is a share from
    0 to 1, ``progress_from`` is what it is the mean of: key-results or goals. ``pace`` is the share of the period that has
    passed at the end of the day; ``behind`` is how far progress is behind it in percentage points, negative where it is
    ahead. ``has_begun``: the period has, as far as it can be read. ``data_health`` and ``said_health`` are on-track, at-risk or
    off-track; only an open goal that has begun has a data health, and it is on track only where every key result has data.
    ``said_in`` is the check-in.
    ``confidence`` goes from 0 to 10, ``confidence_before`` is the one of the check-in before. ``quadrant`` is do-first,
    user-need, business-goal or reconsider.
    """

    address: str
    title: str
    status: str | None
    group: str
    period: str
    start: date | None
    end: date | None
    product_owner: str | None
    operations_owner: str | None
    teams: tuple[str, ...]
    parent: str | None
    children: tuple[str, ...]
    depth: int
    key_results: tuple[KeyResult, ...]
    progress: float | None
    progress_from: str | None
    coverage: Coverage
    pace: float | None
    has_begun: bool
    behind: float | None
    data_health: str | None
    said_health: str | None
    said_on: date | None
    said_by: str | None
    said_in: str | None
    confidence: float | None
    confidence_before: float | None
    is_watermelon: bool
    user_value: float | None
    business_value: float | None
    quadrant: str | None


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals in the order of their tree: each is followed by those below it, by period and title.

    ``by_team`` and ``by_period`` are for teams and periods that have an open goal. ``not_begun`` counts the open goals whose period
    has not begun. ``ended`` is how many more there are that were left out because they are over.
    """

    goals: tuple[Goal, ...]
    confidence: Confidence
    by_team: tuple[Confidence, ...]
    by_period: tuple[Confidence, ...]
    not_begun: int
    ended: int
    _by_address: Mapping[str, Goal] = field(repr=False, compare=False)

    def goal(self, address: str) -> Goal | None:
        """The goal of an address, also of the address of one of its key results."""
        return self._by_address.get(address.partition("#")[0])


@dataclass(frozen=True, slots=True)
class _Named:
    """The records that a goal names, by their addresses, as far as there are such records."""

    product_owner: str | None
    operations_owner: str | None
    teams: tuple[str, ...]
    parent: str | None


def _named(goal: Record, workspace: Workspace) -> _Named:
    found = {one.route: one.record for one in workspace.references_from(goal) if one.state == "found"}
    return _Named(
        product_owner=found.get(("product_owner",)),
        operations_owner=found.get(("operations_owner",)),
        teams=tuple(address for route, address in found.items() if route[:1] == ("teams",)),
        parent=found.get(("parent",)),
    )


def goals(workspace: Workspace, today: date, checkins: Mapping[str, tuple[Checkin, ...]] | None = None, *, is_past: bool = False) -> Goals:
    """Where all goals of a workspace stand on a day. ``checkins`` are those of ``checkins_of``, for who has them.

    Numbers and check-ins have their days, a status has none: on a day that ``is_past`` a goal that is done, but whose period was not
    over then, counts as open and has no status. When one was dropped nobody can tell.
    """
    # Of an id that is used twice the first counts, as everywhere.
    records = {one.address: one for one in sorted(workspace.of_kind("goal"), key=_order) if workspace.record(one.address) is one}
    named = {address: _named(record, workspace) for address, record in records.items()}
    checkins = checkins_of(workspace, today) if checkins is None else checkins
    order = hierarchy(tuple(records), {address: one.parent for address, one in named.items()})
    found: dict[str, Goal] = {}
    for place in reversed(order):
        # From below, so that a goal finds those below it worked out.
        record = records[place.name]
        said = said_in(checkins.get(place.name, ()))
        below = [found[child] for child in place.children]
        found[place.name] = _goal(record, named[place.name], place, said, below, workspace, today, is_past=is_past)
    return goals_among(found[place.name] for place in order)


def _order(goal: Record) -> tuple[date, int, str, str, str]:
    """By period, the longer one first where two begin together; a goal whose period can't be read comes last."""
    period = period_of(goal.fields.text("period"))
    start, days = (period.start, -period.days) if period else (date.max, 0)
    return start, days, goal.title, goal.address, goal.path


def _goal(
    record: Record,
    named: _Named,
    place: Placed,
    said: Said,
    below: Sequence[Goal],
    workspace: Workspace,
    today: date,
    *,
    is_past: bool,
) -> Goal:
    """One goal; ``below`` are those directly below it."""
    fields = record.fields
    written = fields.text("period") or ""
    period = period_of(written)
    status, group = _state(record, period, today, is_past=is_past)
    # A goal that is over keeps the numbers it ended with: its metrics move on, but no longer for it.
    until = min(today, period.end) if period and group == "done" else today
    key_results = key_results_of(record, workspace, said.values, period, today, until)
    progress = mean_progress((one.progress, one.weight) for one in key_results)
    counting = [goal for goal in below if goal.group in ("open", "done")]
    rolled_up = mean_progress((goal.progress, 1) for goal in counting) if progress is None else None
    coverage = _coverage(key_results, counting)
    pace, has_begun = pace_of(period, today), period is None or period.start <= today
    known = progress if progress is not None else rolled_up
    health = _data_health(known, pace, coverage, workspace) if group == "open" and has_begun else None
    return Goal(
        address=record.address,
        title=record.title,
        status=status,
        group=group,
        period=written,
        start=period.start if period else None,
        end=period.end if period else None,
        product_owner=named.product_owner,
        operations_owner=named.operations_owner,
        teams=named.teams,
        parent=place.parent,
        children=place.children,
        depth=place.depth,
        key_results=key_results,
        progress=known,
        progress_from="key-results" if progress is not None else "goals" if rolled_up is not None else None,
        coverage=coverage,
        pace=pace,
        has_begun=has_begun,
        behind=behind_of(known, pace) if has_begun else None,
        data_health=health,
        said_health=said.health,
        said_on=said.day,
        said_by=said.author,
        said_in=said.source,
        confidence=said.confidence,
        confidence_before=said.before,
        is_watermelon=is_better(said.health, health),
        user_value=(user := fields.number("user_value")),
        business_value=(business := fields.number("business_value")),
        quadrant=quadrant_of(user, business),
    )


def _data_health(progress: float | None, pace: float | None, coverage: Coverage, workspace: Workspace) -> str | None:
    """How the numbers of an open goal stand. What has no data could be anything, and must not pass for fine."""
    found = health_of(progress, pace, workspace.config.thresholds)
    return None if found == "on-track" and not coverage.is_full else found


def _state(goal: Record, period: Period | None, today: date, *, is_past: bool) -> tuple[str | None, str]:
    """The status and its group; of what was done after a day that is past, that it was open, and no status."""
    group = goal.kind.group_of(goal.status)
    was_open = is_past and period is not None and today < period.end and group == "done"
    return (None, "open") if was_open else (goal.status, group)


def _coverage(key_results: Sequence[KeyResult], below: Sequence[Goal]) -> Coverage:
    if key_results:
        return Coverage(sum(one.progress is not None for one in key_results), len(key_results))
    return Coverage(sum(goal.coverage.measured for goal in below), sum(goal.coverage.total or 1 for goal in below))


def _confidence(group: str, among: Iterable[Goal]) -> Confidence:
    healths = [goal.said_health for goal in among if goal.group == "open"]
    on_track, at_risk, off_track = (healths.count(health) for health in HEALTHS)
    said = on_track + at_risk + off_track
    return Confidence(group, len(healths), on_track, at_risk, off_track, (on_track - off_track) / said if said else None)


def goals_among(chosen: Iterable[Goal], ended: int = 0) -> Goals:
    """A view of some goals alone, in the order given; what a goal's figures are made of stays as it was."""
    listed = tuple(chosen)
    by_team: dict[str, list[Goal]] = {}
    by_period: dict[tuple[date, date, str], list[Goal]] = {}
    for goal in listed:
        if goal.group == "open":
            by_period.setdefault((goal.start or date.max, goal.end or date.max, goal.period), []).append(goal)
            for team in goal.teams:
                by_team.setdefault(team, []).append(goal)
    return Goals(
        goals=listed,
        confidence=_confidence("", listed),
        by_team=tuple(_confidence(team, them) for team, them in sorted(by_team.items())),
        by_period=tuple(_confidence(key[2], them) for key, them in sorted(by_period.items())),
        not_begun=sum(goal.group == "open" and not goal.has_begun for goal in listed),
        ended=ended,
        _by_address={goal.address: goal for goal in listed},
    )


def goals_within(
    all_goals: Goals, today: date, *, period: Period | None = None, teams: Set[str] | None = None, ended: bool = True
) -> Goals:
    """The goals whose period lies within ``period`` and that one of ``teams`` (addresses) takes part in, None for any.

    Unless ``ended``, without those that are finished or dropped and whose period is over. A goal stands below the nearest
    one above it that is among them.
    """
    below: dict[str | None, int] = {}
    chosen: list[Goal] = []
    over = 0
    for goal in all_goals.goals:
        depth = below.get(goal.parent, 0)
        fits = (teams is None or not teams.isdisjoint(goal.teams)) and (period is None or _lies_in(goal, period))
        left_out = fits and not ended and _is_over(goal, today)
        over += left_out
        if fits and not left_out:
            chosen.append(goal if goal.depth == depth else replace(goal, depth=depth))
            depth += 1
        below[goal.address] = depth
    return goals_among(chosen, over)


def _lies_in(goal: Goal, period: Period) -> bool:
    return goal.start is not None and goal.end is not None and period.start <= goal.start and goal.end <= period.end


def _is_over(goal: Goal, today: date) -> bool:
    """Whether it is finished or dropped, and so is its period; what has no period that can be read is over when it is finished."""
    return goal.group in ("done", "dropped") and (goal.end is None or goal.end < today)
