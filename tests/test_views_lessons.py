"""Lessons: what was learned, what became of it, and who should read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from conftest import TODAY, Written
from trueup.views.derived import Derived
from trueup.views.lessons import Lesson, Lessons, Offer, Tag, lessons_for, tag_weight

Write = Callable[[Mapping[str, str | bytes]], Written]


def _found(workspace: Write, files: Mapping[str, str | bytes]) -> Lessons:
    return Derived(workspace(files).load(), TODAY).lessons


def _offers(workspace: Write, files: Mapping[str, str | bytes], plan: str) -> list[Offer]:
    loaded = workspace(files).load()
    record = loaded.record(f"plan/{plan}")
    assert record is not None
    return list(lessons_for(Derived(loaded, TODAY).lessons, record))


def test_lessons__by_tag_of_their_own_and_of_the_retrospective(workspace: Write) -> None:
    files = {
        "retros/a.yaml": "title: A\ndate: 2026-09-01\n"
        "tags: [launch]\nlessons: [{id: x, text: X, tags: [Depot, launch]}, {id: y, text: Y}]\n",
        "retros/b.yaml": "title: B\ndate: 2026-10-01\nlessons: [{id: z, text: Z, tags: [depot]}, {id: untold}, 3]\n",
        "retros/later.yaml": "title: C\ndate: 2027-10-01\nlessons: [{id: z, text: Z, tags: [depot]}]\n",
    }
    found = _found(workspace, files)
    assert [(one.address, one.tags) for one in found.lessons] == [
        ("retro/b#z", ("depot",)),
        ("retro/a#x", ("Depot", "launch")),
        ("retro/a#y", ("launch",)),
    ]
    assert found.by_tag == (Tag("depot", ("retro/b#z", "retro/a#x")), Tag("launch", ("retro/a#x", "retro/a#y")))


def test_lessons__actions_followed_through(workspace: Write) -> None:
    item = "{{id: {0}, text: A, due: 2026-10-01, status: {1}}}"
    later = "{id: e, text: A, due: 2026-10-01, status: dropped, done_on: 2027-01-01}"
    actions = ", ".join(item.format(*one) for one in (("a", "done"), ("b", "open"), ("c", "dropped"), ("d", "done")))
    files = {
        "retros/a.yaml": f"title: A\ndate: 2026-09-01\nactions: [{actions}, {later}]\n",
        "retros/b.yaml": "title: B\ndate: 2026-10-01\n",
        # Those of meetings are no retrospective's.
        "meetings/m.yaml": "title: M\ndate: 2026-09-01\nactions: [{id: a, text: A, status: done}]\n",
    }
    found = _found(workspace, files)
    assert [(one.retro, one.actions, one.done, one.open, one.overdue, one.dropped, one.rate) for one in found.retros] == [
        ("retro/b", 0, 0, 0, 0, 0, None),
        ("retro/a", 5, 2, 2, 2, 1, 0.5),
    ]
    assert found.rate == 0.5
    assert _found(workspace, {"retros/a.yaml": "title: A\ndate: 2026-09-01\n"}).rate is None


def test_lessons_for__a_rare_tag_says_more_than_a_common_one(workspace: Write) -> None:
    files = {
        "plans/p.yaml": "title: P\nteam: ops\nstatus: draft\ntags: [Launch, depot, gifts]\n",
        "plans/bare.yaml": "title: P\nteam: ops\nstatus: draft\n",
        "retros/old.yaml": "title: A\ndate: 2026-07-01\n"
        "lessons: [{id: rare, text: X, tags: [gifts]}, {id: two, text: X, tags: [launch, depot]}]\n",
        "retros/new.yaml": "title: B\ndate: 2026-08-01\n"
        "lessons: [{id: common, text: X, tags: [launch]}, {id: other, text: X, tags: [riders]}]\n",
        "retros/newer.yaml": "title: B\ndate: 2026-09-01\nlessons: [{id: common, text: X, tags: [launch]}]\n",
        # It looked back on the plan itself.
        "retros/own.yaml": "title: C\ndate: 2026-10-01\nplans: [p]\nlessons: [{id: own, text: X, tags: [launch, depot, gifts]}]\n",
    }
    assert [(one.lesson.address, one.shared) for one in _offers(workspace, files, "p")] == [
        ("retro/old#two", ("launch", "depot")),
        ("retro/old#rare", ("gifts",)),
        ("retro/newer#common", ("launch",)),
        ("retro/new#common", ("launch",)),
    ]
    assert _offers(workspace, files, "bare") == []


@given(st.integers(1, 10_000), st.data())
def test_tag_weight__falls_with_every_lesson_that_has_it_and_stays_above_nothing(count: int, data: st.DataObject) -> None:
    common = data.draw(st.integers(1, count))
    assert tag_weight(count, common) > 0
    if common > 1:
        assert tag_weight(count, common - 1) > tag_weight(count, common)


def test_lessons__latest_first_and_undated_last(workspace: Write) -> None:
    files = {
        "retros/a.yaml": "title: A\nlessons: [{text: X}]\n",
        "retros/b.yaml": "title: B\ndate: 2026-10-01\nplans: [p]\nlessons: [{id: z, text: Z, tags: depot}]\n",
        "plans/p.yaml": "title: P\nteam: ops\nstatus: done\n",
    }
    assert _found(workspace, files).lessons == (
        Lesson("retro/b#z", "Z", (), "retro/b", "B", date(2026, 10, 1), ("plan/p",)),
        Lesson("retro/a", "X", (), "retro/a", "A", None, ()),
    )
