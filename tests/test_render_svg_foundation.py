"""What charts are made of: text that fits, numbers and days on a line, shapes that are sound XML, and what a page gets of them."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from trueup.render.html import Html
from trueup.render.svg.chart import NARROW, WIDE, Event, KeyEntry, Picture, chart, figure
from trueup.render.svg.drawing import bow, circle, flow, group, link, polyline, rect, text, units
from trueup.render.svg.layering import layered
from trueup.render.svg.plane import runs
from trueup.render.svg.scales import TimeScale, number_scale, spread, time_scale
from trueup.render.svg.text import fitted, one_line, width, wrapped
from trueup.render.tables import Table

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)> & 'x' \x1b[31m \u202e{} </title></svg>"
DAYS = st.dates()
FLOATS = st.floats(allow_nan=True, allow_infinity=True)


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<all>{markup}</all>")


# text


def test_width__a_chinese_character_is_as_wide_as_the_letters_are_high() -> None:
    assert width("夜间配送", 12) == 48
    assert width("evening!", 12) < width("EVENINGS", 12) < 12 * 8


def test_fitted__what_fits_stays_and_what_does_not_ends_with_an_ellipsis() -> None:
    assert fitted("Evening slots", 200) == "Evening slots"
    assert fitted("夜间配送，六个仓", 60) == "夜间配送…"
    assert fitted("Evening slots", 5) == ""


def test_fitted__characters_as_people_see_them_are_not_torn() -> None:
    family, flag = "👩‍👩‍👧", "🇨🇳"
    for room in range(10, 120):
        found = fitted(f"{family}{flag}e\u0301{family}{flag}", room).removesuffix("…")
        assert re.fullmatch(f"({family}|{flag}|e\u0301)*", found), room


@given(st.text(), st.floats(min_value=0, max_value=500))
def test_fitted__is_never_wider_than_its_room(words: str, room: float) -> None:
    assert width(fitted(words, room)) <= room + 1e-9
    assert "\n" not in fitted(words, room)


@given(st.text(), st.integers(min_value=1, max_value=3))
def test_wrapped__has_so_many_lines_at_most_and_leaves_nothing_out_that_fits(words: str, most: int) -> None:
    lines = wrapped(words, 120, most)
    assert len(lines) <= most
    if not any(line.endswith("…") for line in lines) and lines and all(lines):
        assert "".join(lines).replace(" ", "") == one_line(words).replace(" ", "")


def test_wrapped__breaks_between_words_and_between_chinese_characters_but_not_before_a_comma() -> None:
    assert wrapped("Second pick wave for ten days", 110, 2) == ["Second pick wave", "for ten days"]
    assert wrapped("夜间配送六仓，全开", 72, 2) == ["夜间配送六", "仓，全开"]


# numbers and shapes


@given(FLOATS)
def test_units__is_short_and_finite_and_has_no_negative_nothing(value: float) -> None:
    assert re.fullmatch(r"-?\d{1,6}(\.\d)?", units(value)), units(value)
    assert units(-0.01) == "0"


@given(st.text(), FLOATS)
def test_shapes__are_sound_whatever_the_text_and_the_numbers(words: str, value: float) -> None:
    parts = (
        text("name", value, 1, words, 80), rect("bar", value, 1, value, 3, 2), circle("dot", value, value, 2),
        polyline("series", [(value, 1), (2, value)]), flow("edge", [(value, 1), (2, value)]), bow("edge", value, 1, value, 4),
    )  # fmt: skip
    parsed(group("item", parts, words) + link("#x", words, parts) + link(None, words, parts))


def test_text__is_text_and_what_is_cut_can_be_read_whole() -> None:
    found = parsed(text("name", 0, 0, HOSTILE, 100))
    assert [one.tag for one in found.iter()] == ["all", "text", "title"]
    assert found.findtext("text/title") == one_line(HOSTILE)
    assert "\x1b" not in text("name", 0, 0, HOSTILE)
    assert "<title>" not in text("name", 0, 0, "short", 100)


def test_link__without_a_page_is_a_hint_and_leads_nowhere() -> None:
    assert parsed(link(None, "There", ())).find("a") is None
    there = parsed(link("../x/?a=1&b=2#y", HOSTILE, ())).find("a")
    assert there is not None and there.attrib["href"] == "../x/?a=1&b=2#y"


# scales


@given(DAYS, DAYS, st.sampled_from(["en", "zh"]), st.floats(min_value=40, max_value=1200))
def test_marks__have_room_and_rise_for_any_days(one: date, other: date, language: str, room: float) -> None:
    marks = TimeScale(min(one, other), max(one, other), 0, room).marks(language)
    assert all(after.at >= before.at + width(before.words, 11) for before, after in pairwise(marks))
    assert len(marks) < room / 20 + 1


def test_marks__are_weeks_months_quarters_or_years_by_what_has_room() -> None:
    def named(first: date, days: int, language: str = "en") -> list[str]:
        return [one.words for one in TimeScale(first, first + timedelta(days), 0, 600).marks(language)]

    assert named(date(2026, 11, 2), 6)[:2] == ["2 Nov", "3 Nov"]
    assert named(date(2026, 11, 2), 60)[:2] == ["2 Nov", "9 Nov"]
    assert named(date(2026, 8, 20), 300) == ["Sep", "Oct", "Nov", "Dec", "2027", "Feb", "Mar", "Apr", "May", "Jun"]
    assert named(date(2026, 8, 3), 90, "zh")[:2] == ["8/3", "8/10"]
    assert named(date(2026, 8, 3), 230)[:2] == ["Aug 2026", "Sep"]
    assert named(date(2024, 5, 1), 1200)[:3] == ["Q2", "Q3", "Q4"]
    assert named(date(2019, 5, 1), 9000)[:3] == ["2020", "2022", "2024"]


@given(DAYS, st.lists(st.none() | DAYS, max_size=5))
def test_time_scale__holds_today_and_puts_every_day_between_its_ends(today: date, days: list[date | None]) -> None:
    scale = time_scale(days, today, 10, 300)
    assert today in scale
    assert (scale.last - scale.first).days < 3000
    assert all(10 <= scale.begin(day) <= scale.end(day) <= 300 for day in days if day)


@given(st.lists(st.none() | FLOATS, max_size=6), st.booleans())
def test_number_scale__holds_any_numbers_between_a_few_round_ones(values: list[float | None], from_zero: bool) -> None:
    scale = number_scale(values, 100, 0, from_zero=from_zero)
    assert 2 <= len(scale.steps) <= 8
    assert all(before < after for before, after in pairwise(scale.steps))
    assert all(0 <= scale.at(one) <= 100 for one in values if one is not None and not math.isnan(one))
    assert from_zero is False or scale.low <= 0 <= scale.high


def test_number_scale__steps_are_round() -> None:
    assert number_scale([0.1, 0.35], 1, 0).steps == (0.1, 0.2, 0.3, 0.4)
    assert number_scale([91.2, 97], 1, 0).steps == (90.0, 92.0, 94.0, 96.0, 98.0)
    assert [one.words for one in number_scale([12_000, 54_000], 1, 0).marks("%")][-1] == "60,000%"


@given(st.lists(st.tuples(st.floats(min_value=0, max_value=300), st.floats(min_value=1, max_value=40)), max_size=6))
def test_spread__names_that_have_room_do_not_overlap(wanted: list[tuple[float, float]]) -> None:
    wanted.sort()
    found = spread(wanted, 0, 300, 6)
    if sum(wide for _, wide in wanted) + 6 * len(wanted) <= 300:
        for (one, (_, wide)), (other, (_, next_wide)) in pairwise(zip(found, wanted, strict=True)):
            assert one + wide / 2 <= other - next_wide / 2 + 1e-6
        assert all(at - wide / 2 >= -1e-6 and at + wide / 2 <= 300 + 1e-6 for at, (_, wide) in zip(found, wanted, strict=True))


def test_runs__a_gap_in_the_data_stays_one() -> None:
    weeks = [date(2026, 1, 5) + timedelta(7 * place) for place in (0, 1, 2, 6, 7)]
    assert [len(one) for one in runs([(day, 1.0) for day in weeks])] == [3, 2]
    assert runs([]) == []


# layers


def test_layered__each_comes_after_what_it_waits_for() -> None:
    found = layered(["c", "a", "b"], [("a", "b"), ("b", "c"), ("a", "c"), ("a", "nobody"), ("a", "a")])
    assert [[one.name for one in layer if not one.bend] for layer in found.layers] == [["a"], ["b"], ["c"]]
    assert [len(one.way) for one in found.lines] == [2, 2, 3]


def test_layered__lines_do_not_cross_where_they_need_not() -> None:
    found = layered(["a", "b", "x", "y"], [("a", "y"), ("b", "x")])
    assert [[one.name for one in layer] for layer in found.layers] == [["a", "b"], ["y", "x"]]


EDGES = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=30)


@given(EDGES)
def test_layered__any_network_has_layers_also_with_circles(edges: list[tuple[str, str]]) -> None:
    found = layered("abcdefgh", edges)
    depth = {one: place for place, layer in enumerate(found.layers) for one in layer}
    assert sorted(one.name for one in depth if not one.bend) == list("abcdefgh")
    assert all(depth[one] < depth[other] for line in found.lines for one, other in pairwise(line.way))
    drawn = {(line.way[-1].name, line.way[0].name) if line.is_back else (line.way[0].name, line.way[-1].name) for line in found.lines}
    assert drawn == {(one, other) for one, other in edges if one != other}
    assert found == layered("abcdefgh", edges)


# what a page gets


def made(name: str = "gantt-plan/slots", **options: bool) -> str:
    pictures = (Picture(WIDE, 10, Html("<g/>")), Picture(NARROW, 10, Html("<g/>")))
    table = Table(("day", "value"), ((date(2026, 11, 20), 12_000.0), (None, HOSTILE)), {"day": HOSTILE})
    whole = chart(
        name, HOSTILE, HOSTILE, pictures, table, key=[KeyEntry(Html("<g/>"), HOSTILE)], events=[Event(HOSTILE, "x&y", HOSTILE)],
        note=HOSTILE, **options,
    )  # fmt: skip
    return figure(whole, "en")


def test_figure__is_sound_and_shows_text_as_text() -> None:
    found = parsed(made())
    tags = {one.tag for one in found.iter()}
    assert not tags & {"script", "img"}
    assert not [name for one in found.iter() for name in one.attrib if name.startswith("on") or name == "style"]
    assert [one.text for one in found.iter("td")] == ["20 November 2026", "12,000", None, one_line(HOSTILE)]


def test_figure__ids_are_unique_and_name_the_picture() -> None:
    found = parsed(made() + made("gantt-plan/other"))
    ids = [one.attrib["id"] for one in found.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids)) == 8
    for picture in found.iter("svg"):
        if picture.attrib.get("aria-hidden") != "true":
            assert picture.attrib["aria-labelledby"] in ids and picture.attrib["aria-describedby"] in ids


def test_figure__what_has_links_is_no_image() -> None:
    assert 'role="img"' in made() and 'role="group"' not in made()
    assert 'role="group"' in made(has_links=True) and 'role="img"' not in made(has_links=True)
