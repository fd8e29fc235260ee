"""Writes a workspace of a given size: every kind, every reference resolving, the same bytes on every run.

    python benchmarks/generate.py DIR N [--broken]

The day to check it on is 2026-11-20 (``trueup check --today 2026-11-20``): what depends on today is then in order too.
With ``--broken`` one record in 1,000 gets a fault, each time another one; their paths go to standard output.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 20)
FIRST_DAY = date(2025, 1, 6)
SMALLEST, LARGEST = 1024, 1500

# How many of 1,000 records are of a kind, as in a workspace that has been used for two years, and how many there are at least.
# What is left over is feedback.
SHARES = {
    "team": (4, 3), "person": (30, 6), "cadence": (4, 2), "goal": (40, 4), "metric": (20, 3), "plan": (100, 10),
    "study": (20, 2), "decision": (70, 4), "meeting": (130, 6), "checkin": (140, 8), "retro": (25, 2),
    "activity": (15, 1), "scorecard": (7, 1),
}  # fmt: skip
SMALLEST_WORKSPACE = 60

FOLDERS = {
    "team": "team/teams", "person": "team/people", "cadence": "team/cadences", "activity": "team/activities",
    "scorecard": "team/scorecards", "goal": "goals", "metric": "metrics", "plan": "plans", "study": "studies",
    "decision": "decisions", "meeting": "meetings", "checkin": "checkins", "retro": "retros", "feedback": "feedback",
}  # fmt: skip

SURNAMES = ("li", "wang", "zhang", "chen", "zhou", "lin", "sun", "becker", "webb", "holm", "reid", "marin", "petrov", "okafor")
GIVEN = ("wei", "min", "na", "rui", "kai", "yue", "ting", "nora", "marcus", "grace", "jonas", "sofia", "anna", "ada")
FUNCTIONS = ("product", "operations", "engineering", "design", "marketing", "support")
THEMES = ("late-delivery", "substitutions", "refunds", "packaging", "search", "checkout", "slots", "app-speed", "prices", "freshness")
SUBJECTS = (
    "The evening slot",
    "The refund form",
    "A missing bag",
    "The substitution list",
    "The cold box",
    "The rider's route",
    "The weekly menu",
    "The depot's shift plan",
)
VERBS = (
    "was late",
    "confused a customer",
    "worked better than before",
    "took three calls to settle",
    "needs a clear owner",
    "saved an hour a day",
    "was tried in two districts",
)
ENDS = (
    "on Friday evening", "for customers with large orders", "since the last release", "in the two new districts", "when it rains",
    "after the shift change", "although the plan said otherwise", "and nobody had been told",
)  # fmt: skip
CHINESE = (
    "晚间时段的订单比上周多了两成，骑手排班还没有跟上。", "客户说退款要等三天，希望当天就能看到进度。",
    "仓库的分拣错误主要出在交接班前后半小时。", "替换商品的提示太晚，客户已经出门了。",
    "运营和产品约好每周三一起看一次数据。", "新包装到手后破损少了一半，成本高了两分钱。",
)  # fmt: skip


@dataclass(slots=True)
class Workspace:
    """What has been made so far; later records name earlier ones."""

    counts: dict[str, int]
    dice: random.Random = field(default_factory=lambda: random.Random(20261120))
    ids: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in FOLDERS})
    people_of: dict[str, list[str]] = field(default_factory=dict)
    active: list[tuple[str, int]] = field(default_factory=list)

    def person(self, index: int) -> str:
        return self.ids["person"][index % len(self.ids["person"])]

    def people(self, index: int, count: int) -> str:
        return _flow(dict.fromkeys(self.person(index * 3 + step * 7) for step in range(count)))

    def team(self, index: int) -> str:
        return self.ids["team"][index % len(self.ids["team"])]

    def one(self, kind: str, index: int) -> str:
        return self.ids[kind][index % len(self.ids[kind])]

    def sentence(self) -> str:
        return f"{self.dice.choice(SUBJECTS)} {self.dice.choice(VERBS)} {self.dice.choice(ENDS)}."

    def title(self) -> str:
        return self.sentence()[:-1]


@dataclass(frozen=True, slots=True)
class Written:
    """A record before it is filled up to its size: its id, its fields, and where its free text goes.

    ``text`` names the field that takes it in a plain YAML file; without one the text is the body of a Markdown file.
    """

    id: str
    fields: str
    links: tuple[str, ...] = ()
    text: str = ""
    folder: str = ""


def counts_of(size: int) -> dict[str, int]:
    if size < SMALLEST_WORKSPACE:
        raise SystemExit(f"a workspace of all kinds needs {SMALLEST_WORKSPACE} records at least")
    counts = {kind: max(least, size * share // 1000) for kind, (share, least) in SHARES.items()}
    return {**counts, "feedback": size - sum(counts.values())}


def records(size: int) -> Iterator[tuple[str, str, str]]:
    """Path, kind and text of every record."""
    workspace = Workspace(counts_of(size))
    plans = [at for at in range(workspace.counts["plan"]) if _plan_days(at, workspace)[3] >= TODAY]
    workspace.active = [*(("plan", at) for at in plans), *(("goal", at) for at in range(0, workspace.counts["goal"], 8))]
    for kind, count in workspace.counts.items():
        workspace.ids[kind] = [NAMES[kind](index, workspace) for index in range(count)]
    for index, name in enumerate(workspace.ids["person"]):
        workspace.people_of.setdefault(workspace.team(index), []).append(name)
    for kind, count in workspace.counts.items():
        for index in range(count):
            written = WRITERS[kind](index, workspace)
            ending = "yaml" if written.text else "md"
            yield f"{FOLDERS[kind]}/{written.folder}{written.id}.{ending}", kind, _filled(written, workspace)


def series(size: int) -> Iterator[tuple[str, str]]:
    """Path and text of every metric's series: the first of each month, rising as the goals expect."""
    months = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(23)]
    for index in range(counts_of(size)["metric"]):
        rows = "".join(f"{day},{_value(day, index):.2f},\n" for day in months)
        yield f"metrics/{NAMES['metric'](index, None)}.csv", "date,value,note\n" + rows


def _filled(written: Written, workspace: Workspace) -> str:
    """The record with as much text as brings it to between 1 and 1.5 KB; one in ten is in Chinese."""
    wanted = workspace.dice.randint(SMALLEST + 100, LARGEST - 130)
    links = "".join(f"See [[{link}]]. " for link in written.links)
    lines = [links.strip()] if links and not written.text else []
    size = len(written.fields.encode()) + sum(map(len, lines)) + 24
    chinese = workspace.dice.random() < 0.1
    while not lines or size < wanted:
        line = workspace.dice.choice(CHINESE) if chinese else f"{workspace.sentence()} {workspace.sentence()}"
        lines.append(line)
        size += len(line.encode()) + 3
    if written.text:
        return f"{written.fields}{written.text}: |\n" + "".join(f"  {line}\n" for line in lines)
    return f"---\n{written.fields}---\n" + "\n".join(lines) + "\n"


def _flow(values: object) -> str:
    assert hasattr(values, "__iter__")
    return "[" + ", ".join(values) + "]"


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - 4))


def _spread(index: int, count: int, last: date = TODAY - timedelta(12)) -> date:
    """The day of the record ``index`` of ``count`` that come evenly from the first day to the last."""
    return _weekday(FIRST_DAY + (last - FIRST_DAY) * (index + 1) / count)


def _value(day: date, metric: int) -> float:
    return 20 + metric % 7 + (day - FIRST_DAY).days * 0.05


def _quarter(index: int) -> tuple[str, date, date]:
    """The period of a goal with its first and last day: eight quarters from 2025-Q1, the last one is the present."""
    year, quarter = divmod(index % 8, 4)
    first = date(2025 + year, quarter * 3 + 1, 1)
    last = date(2025 + year + (quarter == 3), (quarter * 3 + 3) % 12 + 1, 1) - timedelta(1)
    return f"{first.year}-Q{quarter + 1}", first, last


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
skills: {_flow(workspace.dice.sample(THEMES, 3))}
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
    period, first, last = _quarter(7 - index)
    metric = index % workspace.counts["metric"]
    parent = f"parent: {workspace.one('goal', index // 16 * 8 + index % 8)}\n" if index % 16 >= 8 else ""
    status = "active" if last >= TODAY else ("achieved", "partial", "missed")[index % 3]
    owners = [workspace.person(index), workspace.person(index + 1)]
    results = "".join(
        f"  - {{id: kr{step}, title: {workspace.title()}, baseline: {_value(first, metric):.2f}, target: {_value(last, metric):.2f}, "
        f"unit: orders, metric: {workspace.one('metric', metric)}, weight: {step}}}\n"
        for step in (1, 2)
    )
    fields = f"""title: {workspace.title()}
period: {period}
status: {status}
product_owner: {owners[0]}
operations_owner: {owners[1]}
{parent}teams: {_flow(dict.fromkeys((workspace.team(index), workspace.team(index + 1))))}
user_value: {index % 5 + 1}
business_value: {index % 4 + 1}
key_results:
{results}agreed:
  - {{person: {owners[0]}, date: {first}}}
  - {{person: {owners[1]}, date: {first}}}
"""
    return Written(workspace.one("goal", index), fields, (f"metric/{workspace.one('metric', metric)}",))


def _plan_days(index: int, workspace: Workspace) -> tuple[int, date, list[date], date]:
    """The goal of a plan, its first day, the days on which its tasks end, and its due date; a pair of plans shares them."""
    goal = index // 2 % workspace.counts["goal"]
    _, first, last = _quarter(7 - goal)
    start, due = _weekday(first + timedelta(5)), _weekday(last - timedelta(5))
    return goal, start, [_weekday(start + (due - start) * step / 3) for step in (1, 2, 3)], due


def _plan(index: int, workspace: Workspace) -> Written:
    """A product plan, or the operations plan that follows the product plan before it."""
    goal, start, ends, due = _plan_days(index, workspace)
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
    started = _spread(index, workspace.counts["study"], TODAY - timedelta(40))
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
    return _spread(index, workspace.counts["decision"])


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
    due = _weekday(day + timedelta(7 + step))
    state = f"status: done, done_on: {due}" if due < TODAY else "status: open"
    return f"{{id: a{step}, text: {workspace.title()}, owner: {workspace.person(owner)}, due: {due}, {state}{more}}}"


def _subject(index: int, workspace: Workspace) -> tuple[str, str, date]:
    """Kind and id of what a check-in is about, and its day: everything in progress this week, then older ones week by week."""
    kind, at = workspace.active[index % len(workspace.active)]
    return kind, workspace.one(kind, at), date(2026, 11, 17) - timedelta(7 * (index // len(workspace.active)))


def _checkin(index: int, workspace: Workspace) -> Written:
    kind, subject, day = _subject(index, workspace)
    values = "key_results: {kr1: 41.5, kr2: 40}\n" if kind == "goal" else ""
    due = _weekday(day + timedelta(10))
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
    day = _spread(index, workspace.counts["retro"], TODAY - timedelta(30))
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
date: {_spread(index, workspace.counts["activity"])}
host: {workspace.person(index)}
participants: {workspace.people(index, 6)}
teams: [{workspace.team(index)}]
skills: {_flow(workspace.dice.sample(THEMES, 2))}
cost: {index % 40 * 25}
"""
    return Written(workspace.one("activity", index), fields, text="outcome")


def _scorecard(index: int, workspace: Workspace) -> Written:
    fields = f"""title: {workspace.title()}
period: {_quarter(7 - index)[0]}
teams: {_flow(dict.fromkeys((workspace.team(0), workspace.team(1))))}
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
themes: {_flow(workspace.dice.sample(THEMES, 2))}
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
    done = [at for at in (index, index + 2, index + 4) if _plan_days(at % workspace.counts["plan"], workspace)[3] < TODAY]
    return f"status: shipped\nplans: [{workspace.one('plan', done[0])}]\nreplied_on: {told}\n"


def _name(index: int) -> str:
    """A person's id; the number only where the names are used up."""
    given, surname = GIVEN[index % len(GIVEN)], SURNAMES[index // len(GIVEN) % len(SURNAMES)]
    round_ = index // (len(GIVEN) * len(SURNAMES))
    return f"{surname}-{given}-{round_ + 1}" if round_ else f"{surname}-{given}"


def _slug(index: int) -> str:
    return f"{THEMES[index % len(THEMES)]}-{index + 1}"


NAMES: dict[str, Callable[..., str]] = {
    "team": lambda index, _: (
        FUNCTIONS[index] if index < len(FUNCTIONS) else f"{FUNCTIONS[index % len(FUNCTIONS)]}-{index // len(FUNCTIONS) + 1}"
    ),
    "person": lambda index, _: _name(index),
    "cadence": lambda index, _: f"weekly-{index + 1}",
    "goal": lambda index, _: f"{_quarter(7 - index)[0].lower()}-{_slug(index)}",
    "metric": lambda index, _: f"orders-{_slug(index)}",
    "plan": lambda index, _: _slug(index // 2) + ("-operations" if index % 2 else ""),
    "study": lambda index, _: f"study-{_slug(index)}",
    "decision": lambda index, workspace: f"{_decision_day(index, workspace)}-{_slug(index)}",
    "meeting": lambda index, workspace: f"{_meeting_day(index, workspace)}-weekly-{index % workspace.counts['cadence'] + 1}",
    "checkin": lambda index, workspace: f"{_subject(index, workspace)[2]}-{_slug(index)}",
    "retro": lambda index, _: f"retro-{_slug(index)}",
    "activity": lambda index, _: f"activity-{_slug(index)}",
    "scorecard": lambda index, _: f"{_quarter(7 - index)[0].lower()}-{index + 1}",
    "feedback": lambda index, workspace: f"{_feedback_day(index, workspace)}-{_slug(index)}",
}

WRITERS: dict[str, Callable[[int, Workspace], Written]] = {
    "team": _team, "person": _person, "cadence": _cadence, "goal": _goal, "metric": _metric, "plan": _plan, "study": _study,
    "decision": _decision, "meeting": _meeting, "checkin": _checkin, "retro": _retro, "activity": _activity,
    "scorecard": _scorecard, "feedback": _feedback,
}  # fmt: skip


# Faults that a record can be given. Each takes the text of a record and gives it back broken, or as it was where it has no such field.
FAULTS: dict[str, Callable[[str], str]] = {
    "unknown reference": lambda text: re.sub(
        r"^((?:owner|product_owner|author|lead|team|host): \S+)$", r"\1-x", text, count=1, flags=re.MULTILINE
    ),
    "not YAML": lambda text: text.replace("title: ", "title: Note: ", 1),
    "field missing": lambda text: re.sub(r"^(?:title|date): .*\n", "", text, count=1, flags=re.MULTILINE),
    "unknown field": lambda text: re.sub(r"^title: ", "titel: x\ntitle: ", text, count=1, flags=re.MULTILINE),
    "not a date": lambda text: re.sub(r"^(date|received_on|start|started): \S+$", r"\1: 2026-02-30", text, count=1, flags=re.MULTILINE),
    "field twice": lambda text: re.sub(r"^(title: .*\n)", r"\1\1", text, count=1, flags=re.MULTILINE),
    "dead link": lambda text: text + "See [[plan/nowhere]].\n" if text.startswith("---") else text,
    "value not allowed": lambda text: re.sub(r"^(status|health|type): \S+$", r"\1: soon", text, count=1, flags=re.MULTILINE),
    "anchor": lambda text: re.sub(r"^title: ", "title: &a ", text, count=1, flags=re.MULTILINE),
    "wrong type": lambda text: re.sub(r"^(title): .*$", r"\1: [a, b]", text, count=1, flags=re.MULTILINE),
    "front matter not closed": lambda text: text.replace("\n---\n", "\n", 1),
    "merge conflict": lambda text: f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n",
}


def broken(text: str, number: int) -> tuple[str, str]:
    """The name of a fault and the text with it: the fault of that number, or the next one that the record can have."""
    names = list(FAULTS)
    for step in range(len(names)):
        name = names[(number + step) % len(names)]
        if (changed := FAULTS[name](text)) != text:
            return name, changed
    raise AssertionError("a merge conflict can be in any file")


def write(folder: Path, size: int, *, with_faults: bool = False) -> list[tuple[str, str]]:
    """Writes the workspace into an empty folder; gives the paths of the records that were broken, and how."""
    faults: list[tuple[str, str]] = []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "trueup.yaml").write_text(f"title: Benchmark {size}\n")
    for index, (path, _, text) in enumerate(records(size)):
        if with_faults and (index % 1000 == 499 or (size < 500 and index == size - 1)):
            name, text = broken(text, len(faults))
            faults.append((path, name))
        _put(folder / path, text)
    for path, text in series(size):
        _put(folder / path, text)
    return faults


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a workspace of N records into DIR.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("size", metavar="N", type=int)
    parser.add_argument("--broken", action="store_true", help="break one record in 1,000")
    arguments = parser.parse_args()
    if arguments.folder.is_dir() and any(arguments.folder.iterdir()):
        parser.error(f"{arguments.folder} is not empty")
    for path, name in write(arguments.folder, arguments.size, with_faults=arguments.broken):
        print(f"{path}: {name}")


if __name__ == "__main__":
    main()
