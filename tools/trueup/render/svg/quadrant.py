"""Goals by what they are worth to users and to the business: what to do first, and what to think over."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from trueup.locale import Text, msgs, translator
from trueup.render.html import Html, joined
from trueup.render.svg.chart import Chart, Event, Picture, chart
from trueup.render.svg.drawing import Place, circle, group, line, rect, text, unsaid
from trueup.render.svg.text import SMALL
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.goals import Goal
from trueup.views.names import Names

_MOST = 60

# The values go from 1 to 5; each has a cell of its own. From 4 on one is high, as views/health.py has it.
_VALUES = 5
_CELL = 64.0
_LEFT, _TOP = 34.0, 22.0
_SIDE = _VALUES * _CELL
_HIGH_FROM = 3 * _CELL

# At the top and at the bottom the quadrants have room for their names.
_NAME = 20.0
_HIGH = _SIDE + 2 * _NAME

_RADIUS = 9.5


def quadrant_chart(goals: Sequence[Goal], names: Names, url: Callable[[str], str | None]) -> Chart:
    """The goals of which both values are known, as numbers on a ground of five by five, with a list of what the numbers stand for.

    Those of the same values stand beside each other. Of more than 60 those worth the least are left out.
    """
    language = names.language
    _ = translator(language)
    judged = sorted((one for one in goals if one.quadrant is not None), key=_by_worth)
    shown = judged[:_MOST]
    missing, left = len(goals) - len(judged), len(judged) - len(shown)
    notes = [msgs("{count} more goal is not shown.", "{count} more goals are not shown.", left)] if left else []
    if missing:
        notes.append(msgs("{count} goal has no values yet.", "{count} goals have no values yet.", missing))
    return chart(
        "quadrant",
        _("User needs and business goals"),
        sentences(_told(shown), language),
        (Picture(_LEFT + _SIDE + 4, _TOP + _HIGH + 32, _shapes(shown, language)),) if shown else (),
        _table(shown, language),
        events=[Event(one.title, url(one.address)) for one in shown],
        note=sentences(notes, language),
    )


def _by_worth(goal: Goal) -> tuple[float, float, str, str]:
    return -(goal.user_value or 0) - (goal.business_value or 0), -(goal.user_value or 0), goal.title, goal.address


def _shapes(goals: Sequence[Goal], language: str) -> Html:
    return joined((unsaid((*_ground(), *_names(language))), *_points(goals)))


def _ground() -> Iterator[Html]:
    right, middle = _LEFT + _HIGH_FROM, _up(3.5)
    yield rect("quadrant first", right, _TOP, _SIDE - _HIGH_FROM, middle - _TOP)
    yield rect("quadrant", right, middle, _SIDE - _HIGH_FROM, _TOP + _HIGH - middle)
    yield rect("quadrant", _LEFT, _TOP, _HIGH_FROM, middle - _TOP)
    yield rect("quadrant last", _LEFT, middle, _HIGH_FROM, _TOP + _HIGH - middle)
    for value in range(1, _VALUES + 1):
        yield text("axis", _across(value), _TOP + _HIGH + 14, str(value), anchor="middle", size=SMALL)
        yield text("axis", _LEFT - 8, _up(value) + 4, str(value), anchor="end", size=SMALL)
    yield line("divide", right, _TOP, right, _TOP + _HIGH)
    yield line("divide", _LEFT, middle, _LEFT + _SIDE, middle)


def _across(value: float) -> float:
    return _LEFT + (value - 0.5) * _CELL


def _up(value: float) -> float:
    return _TOP + _NAME + _SIDE - (value - 0.5) * _CELL


def _names(language: str) -> Iterator[Html]:
    """The quadrants by name, in their outer corners, and what the axes count."""
    _ = translator(language)
    right, bottom = _LEFT + _SIDE - 6, _TOP + _HIGH - 7
    yield text("corner", right, _TOP + 15, _("Both: do first"), _SIDE - _HIGH_FROM - 10, "end", SMALL)
    yield text("corner", _LEFT + 6, _TOP + 15, _("Business goal"), _HIGH_FROM - 10, size=SMALL)
    yield text("corner", right, bottom, _("User need"), _SIDE - _HIGH_FROM - 10, "end", SMALL)
    yield text("corner", _LEFT + 6, bottom, _("Neither: reconsider"), _HIGH_FROM - 10, size=SMALL)
    yield text("quiet", _LEFT + _SIDE, _TOP + _HIGH + 29, _("User value") + " →", anchor="end", size=SMALL)
    yield text("quiet", 0, 13, "↑ " + _("Business value"), _SIDE / 2, size=SMALL)


def _points(goals: Sequence[Goal]) -> Iterator[Html]:
    cells: dict[tuple[float, float], list[int]] = {}
    for place, goal in enumerate(goals):
        cells.setdefault((_half(goal.user_value), _half(goal.business_value)), []).append(place)
    places: dict[int, tuple[Place, float]] = {}
    for (across, up), members in cells.items():
        places.update(zip(members, _apart((_across(across), _up(up)), len(members)), strict=True))
    for place, goal in enumerate(goals):
        (x, y), radius = places[place]
        size = min(10.5, radius * 1.15)
        number = text("number", x, y + size * 0.36, str(place + 1), anchor="middle", size=size)
        yield group("item", (circle("goal", x, y, radius), number), goal.title)


def _half(value: float | None) -> float:
    """A value to the next half; those within stand beside each other."""
    return round((value or 1) * 2) / 2


def _apart(middle: Place, count: int) -> Iterator[tuple[Place, float]]:
    """Places around a middle for so many points, row by row, and how large each may be."""
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    step = min(_RADIUS * 2 + 2, (_CELL - 4) / columns)
    for place in range(count):
        row, column = divmod(place, columns)
        within = min(columns, count - row * columns)
        yield (middle[0] + (column - (within - 1) / 2) * step, middle[1] + (row - (rows - 1) / 2) * step), min(_RADIUS, step / 2 - 0.5)


def _told(goals: Sequence[Goal]) -> Iterator[Text]:
    count = {name: sum(goal.quadrant == name for goal in goals) for name in ("do-first", "user-need", "business-goal", "reconsider")}
    yield msgs("{count} goal.", "{count} goals.", len(goals))
    yield msgs("{count} is worth much to both.", "{count} are worth much to both.", count["do-first"])
    yield msgs("{count} to users only.", "{count} to users only.", count["user-need"])
    yield msgs("{count} to the business only.", "{count} to the business only.", count["business-goal"])
    yield msgs("{count} to neither.", "{count} to neither.", count["reconsider"])


def _table(goals: Sequence[Goal], language: str) -> Table:
    _ = translator(language)
    quadrants = {
        "do-first": _("Both: do first"),
        "user-need": _("User need"),
        "business-goal": _("Business goal"),
        "reconsider": _("Neither: reconsider"),
    }
    headings = {
        "number": _("Number"),
        "goal": _("Goal"),
        "user_value": _("User value"),
        "business_value": _("Business value"),
        "quadrant": _("Matters for"),
    }
    rows = tuple(
        (place, one.title, one.user_value, one.business_value, quadrants[one.quadrant or "reconsider"])
        for place, one in enumerate(goals, 1)
    )
    return Table(tuple(headings), rows, headings, gives_way="goal")
