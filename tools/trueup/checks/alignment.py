"""TU4: where product and operations do not fit together: goals that nobody shares, plans that serve none, and owners who have left.

What a team does not keep here is not missing: where there are no people, no goals, no plans, no operations team, or neither
metrics nor check-ins at all, nothing is asked of the records that would name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from trueup.checks.rule import Context, rule
from trueup.diagnostic import Problem
from trueup.locale import msg
from trueup.records.periods import Period, period_of
from trueup.records.record import Record
from trueup.records.references import Reference
from trueup.records.workspace import Workspace


def _active(workspace: Workspace, kind: str) -> Iterator[Record]:
    """The records of a kind that are being worked on; paused ones are not."""
    for record in workspace.of_kind(kind):
        if record.status != "paused" and record.kind.group_of(record.status) == "open":
            yield record


@rule("TU401", "goal-without-operations-owner", severity="warning")
def goal_without_operations_owner(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An active goal has nobody who answers for it in operations."""
    for goal in _without_owner(workspace, "operations_owner"):
        message = msg('"{goal}" has no owner in operations', goal=goal.id)
        yield goal.problem(message, msg('add "operations_owner" with the person who answers for it there'))


@rule("TU402", "goal-without-product-owner", severity="warning")
def goal_without_product_owner(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An active goal has nobody who answers for it in the product team."""
    for goal in _without_owner(workspace, "product_owner"):
        message = msg('"{goal}" has no owner in the product team', goal=goal.id)
        yield goal.problem(message, msg('add "product_owner" with the person who answers for it there'))


def _without_owner(workspace: Workspace, field: str) -> Iterator[Record]:
    """Active goals without that owner; of a workspace's own kind of goal, only where it has such a field."""
    if workspace.ids("person"):
        for goal in _active(workspace, "goal"):
            if field not in goal.data and goal.kind.field(field):
                yield goal


@rule("TU403", "goal-without-plan", severity="warning", whole=True)
def goal_without_plan(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An active goal has no plan, and neither has a goal below it."""
    if not workspace.ids("plan"):
        return
    planned = _planned(workspace)
    for goal in _active(workspace, "goal"):
        if goal.address not in planned:
            message = msg('no plan serves "{goal}" or a goal below it', goal=goal.id)
            yield goal.problem(message, msg('name it under "goals" in a plan, or put the goal back to draft'))


def _planned(workspace: Workspace) -> set[str]:
    """The goals that a plan serves, and all those above them; each is walked through once, also where parents go round in a circle."""
    parents = {goal.address: _found(workspace, goal, "parent") for goal in workspace.of_kind("goal") if _is_kept(goal)}
    planned: set[str] = set()
    waiting = [goal for plan in workspace.of_kind("plan") if _is_kept(plan) for goal in _found(workspace, plan, "goals")]
    while waiting:
        goal = waiting.pop()
        if goal not in planned:
            planned.add(goal)
            waiting += parents.get(goal, ())
    return planned


def _is_kept(record: Record) -> bool:
    return record.kind.group_of(record.status) != "dropped"


def _found(workspace: Workspace, record: Record, field: str) -> list[str]:
    """The addresses of the records that a field of the record itself names."""
    return [one.record for one in workspace.references_from(record) if one.route and one.route[0] == field and one.state == "found"]


@rule("TU404", "key-result-without-data", severity="warning", whole=True)
def key_result_without_data(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The period of an active goal has begun, and nothing says where one of its key results stands."""
    if not (workspace.ids("metric") or workspace.ids("checkin")):
        return
    begun = [goal for goal in _active(workspace, "goal") if (period := _period(goal)) and period.start <= context.today]
    if not begun:
        return
    # Loaded here, as most of these rules need no view. What is missing here is what the goal's own page shows as missing.
    from trueup.views.progress import key_results_of

    silent: list[tuple[Record, list[int]]] = []
    for goal in begun:
        results = key_results_of(goal, workspace, {}, None, context.today, context.today)
        if missing := [place for place, one in enumerate(results) if one.current is None]:
            silent.append((goal, missing))
    told = _told(workspace, {goal.address for goal, _ in silent}, context)
    for goal, missing in silent:
        for item in (goal.items("key_results")[place] for place in missing):
            name = item.text("id") or ""
            if (goal.address, name) not in told:
                message = msg('nothing says where "{name}" stands, and the period has begun', name=name or str(item.route[-1]))
                yield item.record.problem(message, msg("give its metric a value, or tell one in a check-in"), item.route)


def _period(goal: Record) -> Period | None:
    return period_of(goal.fields.text("period"))


def _told(workspace: Workspace, goals: set[str], context: Context) -> set[tuple[str, str]]:
    """The key results of these goals that a check-in up to today tells a value of: the goal's address and the key result's id."""
    told: set[tuple[str, str]] = set()
    for checkin in workspace.of_kind("checkin") if goals else ():
        values = checkin.fields.inside("key_results")
        day = checkin.fields.date("date") if values else None
        if values and day and day <= context.today:
            for goal in goals.intersection(_found(workspace, checkin, "subject")):
                told.update((goal, name) for name in values.data if values.number(name) is not None)
    return told


@rule("TU405", "plan-without-goal", severity="warning")
def plan_without_goal(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An active plan of a product or an operations team serves no goal."""
    if not workspace.ids("goal"):
        return
    for plan in _active(workspace, "plan"):
        if not plan.data.get("goals") and plan.kind.field("goals") and _function(plan, workspace) in ("product", "operations"):
            message = msg('"{plan}" serves no goal', plan=plan.id)
            yield plan.problem(message, msg('name under "goals" what it is for, or ask whether it is needed'))


def _function(plan: Record, workspace: Workspace) -> str | None:
    """What the team of a plan does: product, operations and so on."""
    team = workspace.record(f"team/{plan.fields.text('team')}")
    return team.fields.text("function") if team else None


@rule("TU406", "launch-without-operations", severity="warning", whole=True)
def launch_without_operations(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """An active plan of a product team has a milestone ahead, and no plan of an operations team goes with it."""
    functions = {team.id: team.fields.text("function") for team in workspace.of_kind("team")}
    if "operations" not in functions.values():
        return
    joined: set[str] = set()
    for plan in workspace.of_kind("plan"):
        if functions.get(plan.fields.text("team") or "") == "operations" and _is_kept(plan):
            joined.update(one.record for one in workspace.references_from(plan) if _goes_with(one))
    for plan in _active(workspace, "plan"):
        if plan.address not in joined and functions.get(plan.fields.text("team") or "") == "product":
            ahead = next((item for item in plan.items("milestones") if "done_on" not in item.data), None)
            if ahead:
                message = msg('no operations plan follows "{plan}" to its milestone "{name}"', plan=plan.id, name=ahead.text("id") or "")
                hint = msg('name it under "follows" in a plan of the operations team, or peg a task there to the milestone')
                yield plan.problem(message, hint, ahead.route)


def _goes_with(reference: Reference) -> bool:
    route = reference.route
    return bool(route) and (route[0] == "follows" or "pegged_to" in route) and reference.state == "found"


@rule("TU407", "goal-not-agreed", severity="warning")
def goal_not_agreed(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The period of an active goal began some time ago, and one of its owners has not agreed to the goal."""
    waited, people = timedelta(days=workspace.config.thresholds.agreement_days), workspace.ids("person")
    for goal in _active(workspace, "goal"):
        period = _period(goal)
        if period is None or context.today - period.start <= waited or not goal.kind.field("agreed"):
            continue
        agreed = {item.text("person") for item in goal.items("agreed")}
        for field in ("product_owner", "operations_owner"):
            owner = goal.fields.text(field)
            # Somebody who does not exist is not asked; "unknown-reference" says so.
            if owner and owner not in agreed and owner in people:
                agreed.add(owner)
                message = msg(
                    '"{owner}" has not agreed to the goal, whose period began on {begins}', owner=owner, begins=period.start.isoformat()
                )
                yield goal.fields.problem(field, message, msg('talk it over, and write under "agreed" who agreed and when'))


@rule("TU408", "owner-has-left", severity="warning")
def owner_has_left(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Something that is still open belongs to somebody who has left."""
    left: dict[str, str] = {}
    for person in workspace.of_kind("person"):
        gone = person.fields.date("left_on") if "left_on" in person.data else None
        if gone is not None and gone < context.today:
            left[person.address] = gone.isoformat()
    for reference in workspace.references() if left else ():
        # By its kind first: of the many references of a workspace few name a person.
        if reference.kind == "person" and reference.record in left and _is_owned(reference):
            field, day = str(reference.route[-1]), left[reference.record]
            message = msg('"{field}" names "{person}", who left on {day}', field=field, person=reference.id, day=day)
            yield reference.problem(message, msg("hand it over to somebody who is there"))


_OWNING = ("owner", "product_owner", "operations_owner", "lead")


def _is_owned(reference: Reference) -> bool:
    """Whether the reference names an owner of what is still to be done. What a check-in told stays as it was told."""
    record = reference.source
    if reference.in_body or reference.route[-1] not in _OWNING:
        return False
    if record.kind.name == "checkin" or record.kind.group_of(record.status) != "open":
        return False
    item = record.item_at(reference.route)
    return item is None or (item.text("status") not in ("done", "dropped") and "done_on" not in item.data)


@rule("TU409", "target-equals-baseline", severity="warning")
def target_equals_baseline(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The target of a key result is where it started, so that no progress can be told."""
    for goal in workspace.of_kind("goal"):
        for item in goal.items("key_results"):
            target = item.number("target")
            if target is not None and target == item.number("baseline"):
                message = msg('"{name}" starts at {value} and is to end there', name=item.text("id") or "", value=item.text("target") or "")
                yield item.problem("target", message, msg("write where it is to go; to keep something as it is, watch a metric"))
