"""The critical-path method, beside a plain search that tries one day after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from trueup.records.workdays import Calendar, Stretch, Workdays
from trueup.views.critical_path import LONGEST, Activity, Placed, chain, circles, latest, order, places

MONDAY = date(2026, 11, 23)
HORIZON = date(2036, 12, 31)
DAY = timedelta(days=1)
USUAL = Workdays(Calendar())


def task(
    duration: int, *after: int, earliest: date = MONDAY, workdays: Workdays = USUAL, follows: tuple[tuple[int, int], ...] = ()
) -> Activity:
    return Activity(workdays, duration, earliest, None, after, follows)


def done(day: date) -> Activity:
    return Activity(USUAL, 0, day, day)


def days(found: Sequence[Placed | None]) -> list[tuple[str, str] | None]:
    return [one and (one.start.isoformat()[5:], one.finish.isoformat()[5:]) for one in found]


def test_places__one_after_the_other_over_a_weekend() -> None:
    found = places([task(4), task(3, 0)], USUAL, HORIZON)
    assert days(found) == [("11-23", "11-26"), ("11-27", "12-01")]
    assert [(one.binding, one.by) for one in found if one] == [("earliest", None), ("after", 0)]


def test_places__the_latest_of_those_before_decides_and_of_two_the_first() -> None:
    found = places([task(1), task(2), task(2), task(1, 0, 1, 2)], USUAL, HORIZON)
    assert found[3] == Placed(date(2026, 11, 25), date(2026, 11, 25), "after", 1)


def test_places__a_start_after_all_before_it_decides() -> None:
    found = places([task(1), task(1, 0, earliest=date(2026, 12, 1))], USUAL, HORIZON)
    assert found[1] == Placed(date(2026, 12, 1), date(2026, 12, 1), "earliest", None)


def test_places__what_is_done_stays_and_decides_nothing_that_is_past() -> None:
    found = places([done(date(2026, 11, 20)), task(1, 0), done(MONDAY), task(1, 2)], USUAL, HORIZON)
    assert found[1] == Placed(MONDAY, MONDAY, "earliest", None)
    assert found[3] == Placed(date(2026, 11, 24), date(2026, 11, 24), "after", 2)


def test_places__what_follows_ends_no_sooner_than_its_lag_after_the_other() -> None:
    found = places([task(0, earliest=date(2026, 11, 28)), task(2, follows=((0, 0),)), task(2, follows=((0, 3),))], USUAL, HORIZON)
    assert days(found) == [("11-28", "11-28"), ("11-27", "11-30"), ("12-01", "12-02")]
    assert [one.binding for one in found if one] == ["earliest", "follows", "follows"]


def test_places__everybody_on_their_own_days() -> None:
    away = Workdays(Calendar(off=(Stretch(date(2026, 11, 24), date(2026, 11, 26)),)))
    found = places([task(2, workdays=away), task(1, 0)], USUAL, HORIZON)
    assert days(found) == [("11-23", "11-27"), ("11-30", "11-30")]


def test_places__circles_what_is_behind_them_and_what_is_too_far_have_no_place() -> None:
    found = places([task(1, 1), task(1, 0), task(1, 1), task(1), task(1, 4), task(LONGEST + 1), task(1, 5)], USUAL, HORIZON)
    assert [one is not None for one in found] == [False, False, False, True, False, False, False]


def test_places__beyond_the_horizon_and_the_calendar_there_is_nothing() -> None:
    assert places([task(1, earliest=HORIZON + DAY), task(0, earliest=date.max)], USUAL, HORIZON) == [None, None]
    assert places([task(1, earliest=date.min), task(1, earliest=date(9999, 12, 31))], USUAL, date.max) == [None, None]


def test_latest__counts_back_from_the_limits() -> None:
    activities = [task(1), task(3), task(1, 0, 1)]
    placed = places(activities, USUAL, HORIZON)
    assert latest(activities, placed, [None, None, date(2026, 11, 29)], USUAL) == [
        date(2026, 11, 26),
        date(2026, 11, 26),
        date(2026, 11, 27),
    ]


def test_latest__nothing_is_late_before_it_can_be_done() -> None:
    activities = [task(3), task(1, 0)]
    assert latest(activities, places(activities, USUAL, HORIZON), [None, MONDAY], USUAL) == [date(2026, 11, 25), date(2026, 11, 26)]


def test_latest__a_lag_is_taken_off_and_a_done_one_has_no_date() -> None:
    activities = [task(0), task(1, follows=((0, 2),)), done(MONDAY), task(1, 2)]
    found = latest(activities, places(activities, USUAL, HORIZON), [None, date(2026, 11, 27), MONDAY, None], USUAL)
    assert found == [date(2026, 11, 25), date(2026, 11, 27), None, None]


def test_chain__back_to_the_one_that_waits_for_nobody() -> None:
    placed = places([task(1), task(3), task(1, 0, 1), task(1, 2)], USUAL, HORIZON)
    assert list(chain(placed, 3)) == [3, 2, 1]


def test_order__a_long_chain_is_no_recursion() -> None:
    size = 50_000
    activities = [task(1, place + 1) for place in range(size - 1)] + [task(1)]
    assert order(activities) == list(range(size - 1, -1, -1))
    assert len(set(circles([one.after for one in activities]))) == size


def test_circles__share_a_number() -> None:
    group = circles([[1], [2], [0], [0], [4], []])
    assert group[0] == group[1] == group[2]
    assert len({group[0], *group[3:]}) == 4


# --- 200 random plans beside a plain search -------------------------------------------------------------------------------


def stretches() -> st.SearchStrategy[tuple[Stretch, ...]]:
    start = st.integers(0, 60).map(lambda days: MONDAY + timedelta(days))
    return st.lists(st.builds(lambda day, length: Stretch(day, day + timedelta(length)), start, st.integers(0, 9)), max_size=4).map(tuple)


def calendars() -> st.SearchStrategy[Workdays]:
    moved = st.frozensets(st.integers(0, 60).map(lambda days: MONDAY + timedelta(days)), max_size=3)
    weekend = st.sampled_from([frozenset({5, 6}), frozenset({6}), frozenset({4, 5}), frozenset[int]()])
    return st.builds(lambda weekend, off, working: Workdays(Calendar("", weekend, off, working)), weekend, stretches(), moved)


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Activity], Workdays]:
    """Activities in any order: links lead to any place that comes earlier in a hidden order."""
    size = draw(st.integers(1, 14))
    company = draw(calendars())
    people = [company, *draw(st.lists(calendars(), max_size=2))]
    hidden = draw(st.permutations(range(size)))
    found: list[Activity | None] = [None] * size
    for rank, place in enumerate(hidden):
        before = hidden[:rank]
        links = draw(st.lists(st.sampled_from(before), max_size=3, unique=True)) if before else []
        pegs = draw(st.lists(st.tuples(st.sampled_from(before), st.integers(0, 6)), max_size=1)) if before else []
        day = MONDAY + timedelta(draw(st.integers(-20, 20)))
        fixed = day if draw(st.integers(0, 4)) == 0 else None
        duration = draw(st.integers(0, 8))
        # Only a milestone takes no time, and it waits for tasks on the same day.
        after, follows = ((), [*pegs, *((one, 0) for one in links)]) if duration == 0 else (tuple(links), pegs)
        found[place] = Activity(draw(st.sampled_from(people)), duration, max(day, MONDAY), fixed, tuple(after), tuple(follows))
    return [one for one in found if one], company


def later(workdays: Workdays, day: date, count: int) -> date:
    """``count`` working days after a day, one day after the other."""
    while count:
        day += DAY
        count -= workdays.is_working(day)
    return day


def sooner(workdays: Workdays, day: date, count: int) -> date:
    while count:
        day -= DAY
        count -= workdays.is_working(day)
    return day


def finish_from(one: Activity, start: date) -> date:
    """The last day of an activity that may start on a day, which need not be a working day."""
    if not one.duration:
        return start
    return later(one.workdays, start - DAY, one.duration)


def searched(activities: list[Activity], company: Workdays) -> list[date]:
    """The end of each activity: from the first possible day on, every day is tried until nothing forbids it, again and again
    until nothing changes any more."""
    ends = [one.fixed or finish_from(one, one.earliest) for one in activities]
    changed = True
    while changed:
        changed = False
        for place, one in enumerate(activities):
            if one.fixed:
                continue
            start = one.earliest
            while any(start <= ends[other] for other in one.after):
                start += DAY
            end = finish_from(one, start)
            while any(end < later(company, ends[other], lag) for other, lag in one.follows) or (
                one.duration and not one.workdays.is_working(end)
            ):
                end += DAY
            if end != ends[place]:
                ends[place], changed = end, True
    return ends


@settings(max_examples=200)
@given(networks())
def test_places__agrees_with_a_plain_search(given_network: tuple[list[Activity], Workdays]) -> None:
    activities, company = given_network
    placed = places(activities, company, HORIZON)
    assert [one and one.finish for one in placed] == searched(activities, company)
    for one, at in zip(activities, placed, strict=True):
        assert at is not None
        if not one.fixed and one.duration:
            assert one.workdays.is_working(at.start)
            assert later(one.workdays, at.start - DAY, one.duration) == at.finish


@settings(max_examples=200)
@given(networks(), st.data())
def test_latest__can_be_moved_so_far_and_no_further(given_network: tuple[list[Activity], Workdays], data: st.DataObject) -> None:
    """An activity that ends on its latest day moves none beyond its limit; one working day later some end would be."""
    activities, company = given_network
    placed = places(activities, company, HORIZON)
    ends = [one.finish for one in placed if one]
    limit = max(ends) + timedelta(data.draw(st.integers(0, 10)))
    found = latest(activities, placed, [limit] * len(activities), company)
    place = data.draw(st.integers(0, len(activities) - 1))
    late, one = found[place], activities[place]
    if one.fixed:
        assert late is None
        return
    assert late is not None and ends[place] <= late <= max(limit, ends[place])
    moved = list(activities)
    moved[place] = Activity(
        one.workdays, one.duration, sooner(one.workdays, late, one.duration - 1) if one.duration else late, None, (), ()
    )
    assert max(searched(moved, company)) <= limit
    if one.duration:
        beyond = later(one.workdays, late, 1)
        moved[place] = Activity(one.workdays, one.duration, sooner(one.workdays, beyond, one.duration - 1), None, (), ())
        assert max(searched(moved, company)) > limit


@settings(max_examples=100)
@given(networks())
def test_chain__each_step_is_what_the_next_one_waits_for(given_network: tuple[list[Activity], Workdays]) -> None:
    """Whoever is taken out of the chain, the end of all comes no later; without the waiting it would come sooner or as soon."""
    activities, company = given_network
    placed = places(activities, company, HORIZON)
    last = max(range(len(activities)), key=lambda place: placed[place].finish)  # type: ignore[union-attr]
    way = list(chain(placed, last))
    for place, before in pairwise(way):
        assert before in (*activities[place].after, *(other for other, _ in activities[place].follows))
    first = placed[way[-1]]
    assert first is not None
    assert first.binding in ("earliest", "fixed")


@settings(max_examples=200)
@given(st.integers(1, 12).flatmap(lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size)))
def test_circles__agrees_with_who_can_be_reached(links: list[list[int]]) -> None:
    reach = [{place} for place in range(len(links))]
    for _ in links:
        for place, others in enumerate(links):
            for other in others:
                reach[place] |= reach[other]
    group = circles(links)
    for one in range(len(links)):
        for other in range(len(links)):
            assert (group[one] == group[other]) == (other in reach[one] and one in reach[other])
