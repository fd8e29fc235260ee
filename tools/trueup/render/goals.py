"""The tree of goals for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from trueup.locale import msgs, translator
from trueup.locale.joining import with_note
from trueup.render.lines import prose
from trueup.render.numbers import number
from trueup.render.shares import NET_CONFIDENCE, bar, percent, points
from trueup.render.tables import Table, write_table
from trueup.views.goals import Confidence, Goal, Goals
from trueup.views.health import HEALTHS
from trueup.views.names import Names

# How many cells a bar has.
_BAR = 6

# What lies deeper is not moved further to the right.
_DEEPEST = 8


def goals_as_text(goals: Goals, names: Names, *, key_results: bool = False, quadrant: bool = False) -> str:
    """The tree, what is asked for beside it, how confident the teams are, and what is not shown."""
    _ = translator(names.language)
    ended = _ended(goals.ended, names.language)
    if not goals.goals:
        return f"{_('There is no such goal.')}\n{ended}"
    blocks = ["".join((_tree(goals, names), *_remark(goals, names)))]
    if goals.not_begun:
        begins = msgs("{count} open goal has not begun yet.", "{count} open goals have not begun yet.", goals.not_begun)
        blocks.append(begins.say(names.language) + "\n")
    if key_results:
        blocks.append(f"{_('Key results')}\n{_key_results(goals, names)}")
    if quadrant:
        blocks.append(f"{_('User needs and business goals')}\n{_quadrants(goals, names)}")
    if goals.confidence.open:
        blocks.append(f"{_('Net confidence')}\n{_net_confidence(goals, names)}\n{prose(NET_CONFIDENCE.say(names.language))}\n")
    return "\n".join((*blocks, *([ended] if ended else [])))


def _ended(count: int, language: str) -> str:
    if not count:
        return ""
    told = msgs(
        '{count} goal that is over is not shown; "--all" shows it.',
        '{count} goals that are over are not shown; "--all" shows them.',
        count,
    )
    return told.say(language) + "\n"


def _tree(goals: Goals, names: Names) -> str:
    _ = translator(names.language)
    headings = {
        "goal": _("Goal"),
        "period": _("Period"),
        "progress": _("Progress"),
        "pace": _("Pace"),
        "said": _("Owners say"),
        "data": _("Data say"),
    }
    rows = tuple(_row(goal, names) for goal in goals.goals)
    return write_table(Table(tuple(headings), rows, headings, gives_way="goal"), "text")


def _row(goal: Goal, names: Names) -> tuple[str, ...]:
    is_open = goal.group == "open"
    title = "  " * min(goal.depth, _DEEPEST) + _title(goal, names)
    progress = _progress(goal.progress, names)
    if not is_open:
        return title, goal.period, progress, "", "", ""
    return (
        title,
        goal.period,
        progress,
        "–" if goal.pace is None else percent(goal.pace),
        _said(goal, names),
        _data(goal, names),
    )


def _title(goal: Goal, names: Names) -> str:
    """The title; how it stands goes before it where it is not under way."""
    record = names.workspace.record(goal.address)
    status = names.status(record) if record and goal.group != "open" else None
    return f"[{status.label}] {goal.title}" if status else goal.title


def _progress(share: float | None, names: Names) -> str:
    if share is None:
        return translator(names.language)("no data")
    return f"{bar(share, _BAR)} {percent(share):>4}"


def _data(goal: Goal, names: Names) -> str:
    """Health by the numbers, which a goal has when it has begun; where some are missing, of how many key results there are any."""
    if not goal.has_begun:
        return translator(names.language)("not begun yet")
    if goal.progress is None:
        return "–"
    health = _health(goal.data_health, names) if goal.data_health else ""
    mark = "!" if goal.is_watermelon else ""
    known = "" if goal.coverage.is_full else f"{goal.coverage.measured}/{goal.coverage.total}"
    return " ".join(filter(None, (health, mark, known))) or "–"


def _health(health: str, names: Names) -> str:
    kind = names.workspace.kinds.get("checkin")
    return names.state(None, kind.field("health") if kind else None, health).label


def _said(goal: Goal, names: Names) -> str:
    """What the latest check-in says, and how confident it is; the confidence of the one before, where it was another."""
    if goal.said_health is None:
        return translator(names.language)("no check-in")
    health = _health(goal.said_health, names)
    if goal.confidence is None:
        return health
    before = "" if goal.confidence_before in (None, goal.confidence) else f"{_amount(goal.confidence_before)}→"
    return f"{health} {before}{_amount(goal.confidence)}"


def _remark(goals: Goals, names: Names) -> Iterator[str]:
    """What the signs in the table mean, as far as there are any."""
    _ = translator(names.language)
    marked = any(goal.is_watermelon for goal in goals.goals)
    under_way = [goal for goal in goals.goals if goal.group == "open"]
    partial = any(goal.has_begun and goal.progress is not None and not goal.coverage.is_full for goal in under_way)
    sure = any(goal.said_health and goal.confidence is not None for goal in under_way)
    signs = (
        (sure, "7→6", _("how confident the owners are to get there, from 0 to 10: the time before, and now")),
        (marked, "!", _("a watermelon: what the owners say is better than what the data say")),
        (partial, "2/3", _("so many key results have data; where some have none, a goal does not count as on track")),
    )
    if sure or marked or partial:
        yield "\n"
    yield from (f"{sign:<3}  {meaning}\n" for used, sign, meaning in signs if used)


def _key_results(goals: Goals, names: Names) -> str:
    _ = translator(names.language)
    headings = {
        "title": _("Key result"),
        "baseline": _("From"),
        "current": _("Now"),
        "target": _("To"),
        "unit": _("Unit"),
        "progress": _("Progress"),
        "pace": _("Pace"),
        "as_of": _("As of"),
    }
    rows = [row for goal in goals.goals if goal.key_results for row in _of_goal(goal, names)]
    return write_table(Table(tuple(headings), tuple(rows), headings, gives_way="title"), "text")


def _of_goal(goal: Goal, names: Names) -> Iterator[tuple[str, ...]]:
    yield with_note(goal.title, goal.period, names.language), "", "", "", "", "", "", ""
    for one in goal.key_results:
        yield (
            f"  {one.title}",
            _amount(one.baseline),
            _amount(one.current),
            _amount(one.target),
            one.unit,
            translator(names.language)("no data") if one.progress is None else percent(one.progress),
            percent(one.pace) if one.pace is not None and goal.group == "open" else "",
            one.as_of.isoformat() if one.as_of else "",
        )


def _amount(value: float | None) -> str:
    return "–" if value is None else number(value).replace("-", "−")


def _quadrants(goals: Goals, names: Names) -> str:
    """Open goals and drafts; in each quadrant those of the highest values first."""
    _ = translator(names.language)
    called = {
        "do-first": _("Both: do first"),
        "user-need": _("User need"),
        "business-goal": _("Business goal"),
        "reconsider": _("Neither: reconsider"),
    }
    headings = {"quadrant": _("Matters for"), "goal": _("Goal"), "user": _("User value"), "business": _("Business value")}
    rows: list[tuple[str, ...]] = []
    for quadrant, words in called.items():
        inside = [goal for goal in goals.goals if goal.quadrant == quadrant and goal.group in ("open", "draft")]
        inside.sort(key=lambda goal: -(goal.user_value or 0) - (goal.business_value or 0))
        for index, goal in enumerate(inside):
            values = _amount(goal.user_value), _amount(goal.business_value)
            rows.append(("" if index else words, _title(goal, names), *values))
    return write_table(Table(tuple(headings), tuple(rows), headings, gives_way="goal"), "text")


def _net_confidence(goals: Goals, names: Names) -> str:
    _ = translator(names.language)
    headings = {
        "group": _("Open goals"),
        "net": _("Net"),
        **{health: _health(health, names) for health in HEALTHS},
        "silent": _("No check-in"),
    }
    groups = [(_("All"), goals.confidence)]
    groups += [(one.group or "–", one) for one in goals.by_period] if len(goals.by_period) > 1 else []
    for one in goals.by_team:
        record = names.workspace.record(one.group)
        groups.append((names.title(record) if record else one.group.partition("/")[2], one))
    rows = tuple(_confidence_row(name, one) for name, one in groups)
    return write_table(Table(tuple(headings), rows, headings, gives_way="group"), "text")


def _confidence_row(name: str, one: Confidence) -> tuple[object, ...]:
    net = "–" if one.net is None else points(one.net)
    return name, net, one.on_track, one.at_risk, one.off_track, one.open - one.said
