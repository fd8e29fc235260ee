"""Who has how much to do in which week: a cell each, with its figures in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trueup.locale import Text, msgs, translator
from trueup.locale.days import tick
from trueup.records.periods import Period
from trueup.render.html import Html, joined
from trueup.render.numbers import number
from trueup.render.svg.chart import NARROW, WIDE, Chart, KeyEntry, Picture, chart
from trueup.render.svg.drawing import Anchor, link, rect, text, unsaid
from trueup.render.svg.text import SMALL, width
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.names import Names
from trueup.views.workload import PersonLoad, WeekLoad, Workload

_MOST, _MOST_WEEKS = 80, 13

# The shares of their room from which on weeks look fuller.
_LEVELS = (0.01, 0.4, 0.7, 0.95)

_HEAD = 40.0

# What stands between the work and the room for it, where there is much room and where there is little.
_WIDELY, _CLOSE = " / ", "/"


def heatmap_chart(workload: Workload, names: Names, url: Callable[[str], str | None]) -> Chart:
    """The load of everybody who has something to do in these weeks, those first who have too much; ``url`` gives their pages.

    More than 80 people, and more than 13 weeks, are not shown.
    """
    language = names.language
    _ = translator(language)
    busy = [one for one in workload.people if any(week.load for week in one.weeks)]
    shown = sorted(busy, key=_by_fullness)[:_MOST]
    weeks = workload.weeks[:_MOST_WEEKS]
    left = len(busy) - len(shown)
    drawing = (_picture(shown, weeks, workload, names, url, wide) for wide in (WIDE, NARROW))
    return chart(
        "heatmap",
        _("Load by person and week"),
        sentences(_told(shown), language),
        tuple(drawing) if shown else (),
        _table(shown, weeks, language),
        key=_key(shown, workload, language),
        note=msgs("{count} more person is not shown.", "{count} more people are not shown.", left).say(language) if left else "",
        has_links=any(one.address and url(one.address) for one in shown),
    )


def _by_fullness(one: PersonLoad) -> tuple[bool, bool, str, str]:
    return one.address is None, not one.is_over, one.title, one.address or ""


def _picture(
    people: Sequence[PersonLoad], weeks: Sequence[Period], workload: Workload, names: Names, url: Callable[[str], str | None], wide: float
) -> Picture:
    is_narrow = wide == NARROW
    left = 96.0 if is_narrow else 200.0
    cell = (wide - left) / max(1, len(weeks))
    form = _form(people, len(weeks), cell - 4)
    high = 30.0
    shapes = [unsaid(_heads(weeks, left, cell, names.language))]
    for place, one in enumerate(people):
        top = _HEAD + place * high
        cells = [
            part for at, week in enumerate(one.weeks[: len(weeks)]) for part in _cell(week, one, form, left + at * cell, top, cell, high)
        ]
        title = one.title if one.address else translator(names.language)("(nobody)")
        name = text("name", 0, top + 19, title, left - 10, size=SMALL if is_narrow else 12, hint=False)
        parts = (rect("hit", 0, top, left - 4, high), name, *cells)
        shapes.append(link(url(one.address) if one.address else None, _hint(title, one, weeks, names.language), parts))
    return Picture(wide, _HEAD + len(people) * high + 4, joined(shapes))


def _heads(weeks: Sequence[Period], left: float, cell: float, language: str) -> Iterator[Html]:
    for place, week in enumerate(weeks):
        middle = left + (place + 0.5) * cell
        yield text("week", middle, 14, week.name[5:], cell, "middle", SMALL, hint=False)
        yield text("axis", middle, 29, tick(week.start, language), cell, "middle", 10.0, hint=False)


def _cell(week: WeekLoad, one: PersonLoad, form: str, x: float, y: float, wide: float, high: float) -> Iterator[Html]:
    yield rect(_look(week, one), x + 1, y + 1, wide - 2, high - 2, 3)
    words, look = _figures(week, one, form), "full" if week.is_over else "amount" if week.load else "quiet"
    anchor: Anchor = "middle"
    yield text(look, x + wide / 2, y + high / 2 + 4, words, wide - 2, anchor, SMALL, hint=False)


def _look(week: WeekLoad, one: PersonLoad) -> str:
    if week.is_over:
        return "heat over"
    if not week.load:
        return "heat heat-0"
    share = week.share if week.share is not None and one.address else 0.5
    return f"heat heat-{sum(share >= level for level in _LEVELS)}"


def _form(people: Sequence[PersonLoad], weeks: int, room: float) -> str:
    """The widest way to write figures that all of them have room for; where none has it, the load stands alone."""
    found = [(week, one) for one in people for week in one.weeks[:weeks]]
    return next((form for form in (_WIDELY, _CLOSE) if all(width(_figures(week, one, form), SMALL) <= room for week, one in found)), "")


def _figures(week: WeekLoad, one: PersonLoad, form: str = _WIDELY) -> str:
    """``3 / 5``: days of work by days that there are for it, with a sign where that is too much; ``form`` is what stands between."""
    if not week.load:
        return "·" if week.capacity or not one.address else "–"
    room = f"{form}{_amount(week.capacity)}" if one.address and form else ""
    over = "!" if form == _CLOSE else " !"
    return f"{_amount(week.load)}{room}{over if week.is_over else ''}"


def _amount(days: float) -> str:
    whole = round(days, 1)
    return number(float(whole if whole or not days else 0.1))


def _hint(title: str, one: PersonLoad, weeks: Sequence[Period], language: str) -> str:
    over = [week.name[5:] for week, load in zip(weeks, one.weeks, strict=False) if load.is_over]
    told = msgs("too much in {count} week: {weeks}", "too much in {count} weeks: {weeks}", len(over), weeks=tuple(over)).say(language)
    return f"{title} · {told}" if over else title


def _told(people: Sequence[PersonLoad]) -> Iterator[Text]:
    over = sum(one.is_over for one in people)
    yield msgs("{count} person has planned work.", "{count} people have planned work.", len(people))
    yield msgs("{count} has too much in some week.", "{count} have too much in some week.", over)


def _key(people: Sequence[PersonLoad], workload: Workload, language: str) -> Iterator[KeyEntry]:
    _ = translator(language)
    if not people:
        return
    steps = [rect(f"heat heat-{level}", 1 + (level - 1) * 4.6, 1, 4.6, 10) for level in range(1, 5)]
    yield KeyEntry(joined(steps), _("days of work / days that there are for it"))
    if any(one.is_over for one in people):
        yield KeyEntry(rect("heat over", 1, 1, 18, 10, 2), _("! more than {percent}%").format(percent=workload.load_percent))


def _table(people: Sequence[PersonLoad], weeks: Sequence[Period], language: str) -> Table:
    _ = translator(language)
    headings = {"person": _("Person"), **{week.name: f"{week.name[5:]} {tick(week.start, language)}" for week in weeks}}
    rows = tuple(
        (one.title if one.address else _("(nobody)"), *(_figures(week, one) for week in one.weeks[: len(weeks)])) for one in people
    )
    return Table(tuple(headings), rows, headings, gives_way="person")
