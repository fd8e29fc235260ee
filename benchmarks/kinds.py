"""How an invented record of each kind is called, and its fields: every reference resolves, and nothing is overdue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from invented import FIRST_DAY, FUNCTIONS, THEMES, TODAY, Workspace, Written, flow, person_id, quarter, slug, spread, value, weekday


def _team(index: int, workspace: Workspace) -> Written:
    name = workspace.team(index)
    parent = f"parent: {workspace.team(0)}\n" if index else ""
    fields = f"""title: {name.replace("-", " ").capitalize()}
function: {FUNCTIONS[index % len(FUNCTIONS)]}
lead: {workspace.people_of[name][0]}
{parent}channel: "#{name}"
"""
    return Written(name, fields, text="mission" if index % 2 else "")


def _person(index: int, workspace: Workspace) -> Written:
    name = workspace.person(index)
    fields = f"""title: {name.replace("-", " ").title()}
team: {workspace.team(index)}
role: {workspace.dice.choice(("Product manager", "Operations manager", "Engineer", "Analyst", "Designer"))}
capacity: 5
skills: {flow(workspace.dice.sample(THEMES, 3))}
handles: {{slack: {name.replace("-", "")}, email: {name}@example.com}}
tags: [{workspace.dice.choice(THEMES)}]
"""
    return Written(name, fields)


def _cadence(index: int, workspace: Workspace) -> Written:
    fields = f"""title: Weekly {index + 1}
every: week
day: wednesday
time: "10:00"
minutes: 45
timezone: Asia/Shanghai
teams: [{workspace.team(index)}]
attendees: {workspace.people(index, 4)}
agenda: [What changed, Numbers, Open actions, Decisions]
channel: "#weekly-{index + 1}"
"""
    return Written(workspace.one("cadence", index), fields, text="purpose")


def _metric(index: int, workspace: Workspace) -> Written:
    fields = f"""title: {workspace.title()}
unit: orders
direction: up
owner: {workspace.person(index)}
cadence: monthly
target: {90 + index % 9}
source: Data warehouse, table orders_{index}
"""
    return Written(workspace.one("metric", index), fields, text="definition")


def _goal(index: int, workspace: Workspace) -> Written:
    period, first, last = quarter(7 - index)
    metric = index % workspace.counts["metric"]
    parent = f"parent: {workspace.one('goal', index // 16 * 8 + index % 8)}\n" if index % 16 >= 8 else ""
    status = "active" if last >= TODAY else ("achieved", "partial", "missed")[index % 3]
    owners = [workspace.person(index), workspace.person(index + 1)]
    results = "".join(
        f"  - {{id: kr{step}, title: {workspace.title()}, baseline: {value(first, metric):.2f}, target: {value(last, metric):.2f}, "
        f"unit: orders, metric: {workspace.one('metric', metric)}, weight: {step}}}\n"
        for step in (1, 2)
    )
    fields = f"""title: {workspace.title()}
period: {period}
status: {status}
product_owner: {owners[0]}
operations_owner: {owners[1]}
{parent}teams: {flow(dict.fromkeys((workspace.team(index), workspace.team(index + 1))))}
user_value: {index % 5 + 1}
business_value: {index % 4 + 1}
key_results:
{results}agreed:
  - {{person: {owners[0]}, date: {first}}}
  - {{person: {owners[1]}, date: {first}}}
"""
    return Written(workspace.one("goal", index), fields, (f"metric/{workspace.one('metric', metric)}",))


def plan_days(index: int, workspace: Workspace) -> tuple[int, date, list[date], date]:
    """The goal of a plan, its first day, the days on which its tasks end, and its due date; a pair of plans shares them."""
    goal = index // 2 % workspace.counts["goal"]
    _, first, last = quarter(7 - goal)
    start, due = weekday(first + timedelta(5)), weekday(last - timedelta(5))
    return goal, start, [weekday(start + (due - start) * step / 3) for step in (1, 2, 3)], due


def _plan(index: int, workspace: Workspace) -> Written:
    """A product plan, or the operations plan that follows the product plan before it."""
    goal, start, ends, due = plan_days(index, workspace)
    operations = index % 2 == 1
    followed = workspace.one("plan", index - 1) if operations else ""
    done = due < TODAY
    tasks, begins = "", start
    for step, end in enumerate(ends):
        tasks += f"  - {_task(step, begins, end, followed if step == 2 else '', workspace.person(index + step), workspace)}\n"
        begins = end + timedelta(3 if end.weekday() == 4 else 1)
    reached = f", done_on: {due}" if done else ""
    follows = f"follows: [{followed}]\n" if operations else ""
    fields = f"""title: {workspace.title()}
team: {workspace.team(1 if operations else 0)}
status: {"done" if done else "active"}
owner: {workspace.person(index)}
goals: [{workspace.one("goal", goal)}]
{follows}start: {start}
due: {due}
reach: {400 + index % 900}
impact: {(0.5, 1, 2)[index % 3]}
confidence: 0.8
effort: {index % 8 + 1}
tasks:
{tasks}milestones:
  - {{id: launch, title: {workspace.title()}, due: {due}{reached}}}
tags: [{workspace.dice.choice(THEMES)}]
"""
    return Written(workspace.one("plan", index), fields, (f"goal/{workspace.one('goal', goal)}",))


def _task(step: int, begins: date, end: date, followed: str, owner: str, workspace: Workspace) -> str:
    status = "done" if end < TODAY else "doing" if begins <= TODAY else "todo"
    parts = [
        f"id: t{step + 1}",
        f"title: {workspace.title()}",
        f"owner: {owner}",
        f"status: {status}",
        f"start: {begins}",
        f"due: {end}",
        "estimate: 3",
    ]
    if step:
        parts.append(f"depends_on: [t{step}]")
    if followed:
        parts += [f"pegged_to: plan/{followed}#launch", "offset: 0"]
    if status == "done":
        parts.append(f"done_on: {end}")
    return "{" + ", ".join(parts) + "}"


def _study(index: int, workspace: Workspace) -> Written:
    started = spread(index, workspace.counts["study"], TODAY - timedelta(40))
    findings = "".join(f"  - {_finding(step, started, workspace)}\n" for step in (1, 2))
    fields = f"""title: {workspace.title()}
method: {("interviews", "survey", "usability", "analytics")[index % 4]}
question: Why do customers leave the basket before they pay?
status: done
owner: {workspace.person(index)}
started: {started}
ended: {started + timedelta(14)}
participants: {index % 30 + 5}
goals: [{workspace.one("goal", index)}]
findings:
{findings}"""
    return Written(workspace.one("study", index), fields)


def _finding(step: int, day: date, workspace: Workspace) -> str:
    evidence = f"evidence: [feedback/{_feedback_before(day, step, workspace)}]"
    return f"{{id: f{step}, text: {workspace.title()}, {evidence}, recommendation: {workspace.title()}}}"


def _feedback_before(day: date, step: int, workspace: Workspace) -> str:
    """A piece of feedback that had been received by a day."""
    share = (day - FIRST_DAY) / (TODAY - FIRST_DAY)
    return workspace.one("feedback", max(0, int(share * workspace.counts["feedback"]) - 1 - step))


def _decision_day(index: int, workspace: Workspace) -> date:
    return spread(index, workspace.counts["decision"])


def _decision(index: int, workspace: Workspace) -> Written:
    day = _decision_day(index, workspace)
    metric = workspace.one("metric", index)
    last = index == workspace.counts["decision"] - 1
    status = "superseded" if index % 10 == 8 and not last else "accepted"
    supersedes = f"supersedes: {workspace.one('decision', index - 1)}\n" if index % 10 == 9 else ""
    fields = f"""title: {workspace.title()}
date: {day}
status: {status}
type: {"adjustment" if index % 3 == 0 else "decision"}
deciders: {workspace.people(index, 3)}
evidence: [metric/{metric}, feedback/{_feedback_before(day, index % 5, workspace)}]
affects: [goal/{workspace.one("goal", index)}, plan/{workspace.one("plan", index)}]
{supersedes}review_by: {TODAY + timedelta(30 + index % 90)}
tripwire: {{metric: {metric}, below: 1}}
tags: [{workspace.dice.choice(THEMES)}]
"""
    return Written(workspace.one("decision", index), fields, (f"goal/{workspace.one('goal', index)}",))


def _meeting_day(index: int, workspace: Workspace) -> date:
    """Each cadence has met every week back from the Wednesday before today."""
    return date(2026, 11, 18) - timedelta(7 * (index // workspace.counts["cadence"]))


def _meeting(index: int, workspace: Workspace) -> Written:
    day = _meeting_day(index, workspace)
    share = min(1, (day - FIRST_DAY) / (TODAY - FIRST_DAY))
    actions = "".join(f"  - {_action(step, day, index + step, workspace)}\n" for step in (1, 2, 3))
    fields = f"""title: {workspace.title()}
date: {day}
cadence: {workspace.one("cadence", index)}
attendees: {workspace.people(index, 5)}
decisions: [{workspace.one("decision", int(share * workspace.counts["decision"]) - 1)}]
actions:
{actions}"""
    return Written(workspace.one("meeting", index), fields, (f"plan/{workspace.one('plan', index)}",))


def _action(step: int, day: date, owner: int, workspace: Workspace, more: str = "") -> str:
    due = weekday(day + timedelta(7 + step))
    state = f"status: done, done_on: {due}" if due < TODAY else "status: open"
    return f"{{id: a{step}, text: {workspace.title()}, owner: {workspace.person(owner)}, due: {due}, {state}{more}}}"


def _subject(index: int, workspace: Workspace) -> tuple[str, str, date]:
    """Kind and id of what a check-in is about, and its day: everything in progress this week, then older ones week by week."""
    kind, at = workspace.active[index % len(workspace.active)]
    return kind, workspace.one(kind, at), date(2026, 11, 17) - timedelta(7 * (index // len(workspace.active)))


def _checkin(index: int, workspace: Workspace) -> Written:
    kind, subject, day = _subject(index, workspace)
    values = "key_results: {kr1: 41.5, kr2: 40}\n" if kind == "goal" else ""
    due = weekday(day + timedelta(10))
    fields = f"""subject: {kind}/{subject}
date: {day}
author: {workspace.person(index)}
health: on-track
confidence: {index % 4 + 6}
problems:
  - {_problem(due, workspace.person(index + 2), workspace)}
next: {workspace.title()}
{values}"""
    return Written(workspace.one("checkin", index), fields, text="progress" if index % 2 else "")


def _problem(due: date, owner: str, workspace: Workspace) -> str:
    status = "done" if due < TODAY else "open"
    return f"{{id: p1, problem: {workspace.title()}, solution: {workspace.title()}, owner: {owner}, due: {due}, status: {status}}}"


def _retro(index: int, workspace: Workspace) -> Written:
    day = spread(index, workspace.counts["retro"], TODAY - timedelta(30))
    metric = f", metric: {workspace.one('metric', index)}"
    actions = "".join(f"  - {_action(step, day, index + step, workspace, metric)}\n" for step in (1, 2))
    fields = f"""title: {workspace.title()}
date: {day}
plans: [{workspace.one("plan", workspace.counts["plan"] - 1 - index)}]
participants: {workspace.people(index, 5)}
went_well: [{workspace.title()}]
went_badly: [{workspace.title()}]
lessons:
  - {{id: l1, text: {workspace.title()}, tags: [{workspace.dice.choice(THEMES)}]}}
actions:
{actions}"""
    return Written(workspace.one("retro", index), fields)


def _activity(index: int, workspace: Workspace) -> Written:
    fields = f"""title: {workspace.title()}
type: {("training", "role-swap", "team-building")[index % 3]}
date: {spread(index, workspace.counts["activity"])}
host: {workspace.person(index)}
participants: {workspace.people(index, 6)}
teams: [{workspace.team(index)}]
skills: {flow(workspace.dice.sample(THEMES, 2))}
cost: {index % 40 * 25}
"""
    return Written(workspace.one("activity", index), fields, text="outcome")


def _scorecard(index: int, workspace: Workspace) -> Written:
    fields = f"""title: {workspace.title()}
period: {quarter(7 - index)[0]}
teams: {flow(dict.fromkeys((workspace.team(0), workspace.team(1))))}
items:
  - {{id: goal, title: {workspace.title()}, weight: 40, goal: {workspace.one("goal", index)}}}
  - {{id: metric, title: {workspace.title()}, weight: 30, metric: {workspace.one("metric", index)}, target: 50}}
  - {{id: on-time, title: {workspace.title()}, weight: 30, execution: on-time-rate, target: 85}}
"""
    return Written(workspace.one("scorecard", index), fields)


def _feedback_day(index: int, workspace: Workspace) -> date:
    return FIRST_DAY + (TODAY - timedelta(2) - FIRST_DAY) * (index + 1) / workspace.counts["feedback"]


def _feedback(index: int, workspace: Workspace) -> Written:
    day = _feedback_day(index, workspace)
    fields = f"""title: {workspace.title()}
received_on: {day}
channel: {("interview", "survey", "support", "review", "sales", "community", "operations")[index % 7]}
{_feedback_state(index, day, workspace)}customer: C{10_000 + index}
segment: {("families", "students", "offices", "riders")[index % 4]}
themes: {flow(workspace.dice.sample(THEMES, 2))}
sentiment: {("negative", "neutral", "positive")[index % 3]}
importance: {("useful", "important", "nice-to-have", "dealbreaker")[index % 4]}
owner: {workspace.person(index)}
"""
    return Written(workspace.one("feedback", index), fields, folder=f"{day:%Y/%m}/")


def _feedback_state(index: int, day: date, workspace: Workspace) -> str:
    """What became of it: this week's is new, older feedback was shipped or declined, and the customer was told."""
    if (TODAY - day).days < 5:
        return "status: new\n"
    told = min(day + timedelta(20), TODAY - timedelta(1))
    if index % 5 == 4:
        return f"status: declined\ndecision: {workspace.one('decision', index)}\nreplied_on: {told}\n"
    done = [at for at in (index, index + 2, index + 4) if plan_days(at % workspace.counts["plan"], workspace)[3] < TODAY]
    return f"status: shipped\nplans: [{workspace.one('plan', done[0])}]\nreplied_on: {told}\n"


NAMES: dict[str, Callable[..., str]] = {
    "team": lambda index, _: (
        FUNCTIONS[index] if index < len(FUNCTIONS) else f"{FUNCTIONS[index % len(FUNCTIONS)]}-{index // len(FUNCTIONS) + 1}"
    ),
    "person": lambda index, _: person_id(index),
    "cadence": lambda index, _: f"weekly-{index + 1}",
    "goal": lambda index, _: f"{quarter(7 - index)[0].lower()}-{slug(index)}",
    "metric": lambda index, _: f"orders-{slug(index)}",
    "plan": lambda index, _: slug(index // 2) + ("-operations" if index % 2 else ""),
    "study": lambda index, _: f"study-{slug(index)}",
    "decision": lambda index, workspace: f"{_decision_day(index, workspace)}-{slug(index)}",
    "meeting": lambda index, workspace: f"{_meeting_day(index, workspace)}-weekly-{index % workspace.counts['cadence'] + 1}",
    "checkin": lambda index, workspace: f"{_subject(index, workspace)[2]}-{slug(index)}",
    "retro": lambda index, _: f"retro-{slug(index)}",
    "activity": lambda index, _: f"activity-{slug(index)}",
    "scorecard": lambda index, _: f"{quarter(7 - index)[0].lower()}-{index + 1}",
    "feedback": lambda index, workspace: f"{_feedback_day(index, workspace)}-{slug(index)}",
}

WRITERS: dict[str, Callable[[int, Workspace], Written]] = {
    "team": _team, "person": _person, "cadence": _cadence, "goal": _goal, "metric": _metric, "plan": _plan, "study": _study,
    "decision": _decision, "meeting": _meeting, "checkin": _checkin, "retro": _retro, "activity": _activity,
    "scorecard": _scorecard, "feedback": _feedback,
}  # fmt: skip
