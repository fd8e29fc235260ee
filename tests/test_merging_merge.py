"""A merge loses nothing: laws over random triples, and what stands in the file in single cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triples import Maker, comments, heads, leaves, text_of
from trueup.merging.meaning import canonical
from trueup.merging.merge import Merged, is_sound, merge, unmerged
from trueup.records.kind import Kind
from trueup.records.kinds import built_in_schemas, read_kind
from trueup.records.paths import id_rule
from trueup.records.source import read_source

_KINDS = {path.rpartition("/")[2].partition(".")[0]: (path, raw) for path, raw in built_in_schemas().items()}


def kind(name: str) -> Kind:
    found, _faults = read_kind(*_KINDS[name])
    assert found
    return found


PLAN = kind("plan")
BODIES = ["", "\n# Why\n\nText.\n", "Text\n\n---\n\nMore 中文\n\n- a\n- b\n"]


class Triple:
    """Three versions of a record, as they were made and as bytes."""

    def __init__(self, seed: int, most: int) -> None:
        random = Random(seed)
        self.maker = maker = Maker(random)
        self.base = maker.record()
        self.ours = maker.changed(self.base, random.randint(0, most))
        self.theirs = maker.changed(self.base, random.randint(0, most))
        body = random.choice(BODIES)
        bodies = [body, *(random.choice([body, body.replace("Text", "Words"), body + "New.\n"]) for _ in range(2))]
        ends = [random.choice(["\n", "\r\n"])] * 3
        if random.random() < 0.15:
            ends[random.randint(1, 2)] = random.choice(["\n", "\r\n"])
        mark = b"\xef\xbb\xbf" * (random.random() < 0.1)
        cut = random.random() < 0.1
        self.is_markdown = random.random() < 0.6
        self.path = "plans/evening.md" if self.is_markdown else "plans/evening.yaml"
        texts = []
        for parts, one, end in zip((self.base, self.ours, self.theirs), bodies, ends, strict=True):
            text = text_of(parts, "mapping", 0)
            text = f"---\n{text}---\n{one}" if self.is_markdown else text
            text = text[:-1] if cut and self.data(text.encode()) == self.data(text[:-1].encode()) else text
            texts.append(mark + text.replace("\n", end).encode())
        self.raw = tuple(texts)

    def merged(self) -> Merged:
        return merge(*self.raw, self.path, PLAN)

    def data(self, raw: bytes) -> Any:
        source = read_source(self.path, raw)
        assert not source.faults, (source.faults, raw.decode())
        return source.data


def state(data: Any, way: tuple[str, ...]) -> Any:
    """The value of a leaf in data; ``...`` where there is none."""
    for step in way:
        if isinstance(data, list):
            data = next((one for one in data if (one.get("id") if isinstance(one, dict) else one) == step), ...)
        else:
            data = data.get(step, ...) if isinstance(data, dict) else ...
        if data is ...:
            return ...
    return data


def as_key(value: Any) -> str:
    return "absent" if value is ... else canonical(sorted(value) if isinstance(value, list) else value)


def clashes(triple: Triple) -> Iterator[tuple[str, ...]]:
    """The leaves that both sides have changed, each in its own way; the items of sets can't be."""
    tables = [leaves(parts) for parts in (triple.base, triple.ours, triple.theirs)]
    for way in {**tables[0], **tables[1], **tables[2]}:
        base, ours, theirs = (table.get(way, ...) for table in tables)
        if way == ("goals",) and ... not in (base, ours, theirs):
            continue
        if as_key(ours) != as_key(theirs) and as_key(base) not in (as_key(ours), as_key(theirs)):
            yield way


def expected(triple: Triple) -> Iterator[tuple[tuple[str, ...], str]]:
    """What each leaf must be that at most one side has changed."""
    tables = [leaves(parts) for parts in (triple.base, triple.ours, triple.theirs)]
    for way in {**tables[0], **tables[1], **tables[2]}:
        base, ours, theirs = (table.get(way, ...) for table in tables)
        if as_key(ours) == as_key(theirs) or as_key(theirs) == as_key(base):
            yield way, as_key(ours)
        elif as_key(ours) == as_key(base):
            yield way, as_key(theirs)


def holds_laws(triple: Triple) -> bool:
    """Judges one triple by all laws; says whether it merged without a conflict."""
    base, ours, theirs = triple.raw
    assert merge(base, base, theirs, triple.path, PLAN).data == theirs
    assert merge(base, ours, base, triple.path, PLAN).data == ours
    assert merge(base, ours, ours, triple.path, PLAN).data == ours
    merged, turned = triple.merged(), merge(base, theirs, ours, triple.path, PLAN)
    assert bool(merged.conflicts) == bool(turned.conflicts)
    clash = list(clashes(triple))
    if not merged.conflicts:
        assert merged.data == turned.data, (merged.data.decode(), turned.data.decode())
        assert not clash
        assert is_sound(merged.data, (ours, theirs), triple.path, PLAN)
        keeps_all(triple, merged.data)
    else:
        assert b"<<<<<<< ours" in merged.data and b">>>>>>> theirs" in merged.data
        decides(triple, merged)
    return not merged.conflicts


def keeps_all(triple: Triple, raw: bytes) -> None:
    """Leaves, comments, order and the ends of lines of what was merged are those of the side that has changed them."""
    data = triple.data(raw)
    for way, wanted in expected(triple):
        assert as_key(state(data, way)) == wanted, (way, raw.decode())
    text = raw.decode()
    was, mine, other = (comments(parts) for parts in (triple.base, triple.ours, triple.theirs))
    for one in {*was, *mine, *other}:
        if ((one in mine) and (one in other)) or (one not in was):
            assert one in text, (one, text)
    wide = [raw_.count(b"\r\n") > 0 for raw_ in triple.raw]
    assert (raw.count(b"\r\n") == raw.count(b"\n")) == (wide[1] if wide[1] != wide[0] else wide[2]) or b"\n" not in raw
    for side in triple.raw[1:]:
        names = [name for name in triple.data(side) if name in data and name in triple.data(triple.raw[0])]
        if names == [name for name in triple.data(triple.raw[0]) if name in names]:
            continue
        assert names == [name for name in data if name in names]


def decides(triple: Triple, merged: Merged) -> None:
    """Whichever side is taken where both have changed something, the rest is merged all the same."""
    ways = [one.way for one in merged.conflicts]
    if () in ways:
        return
    for number, side in enumerate(("ours", "theirs")):
        raw = merged.decided([getattr(one, side) for one in merged.conflicts])
        data = triple.data(raw)
        table = leaves((triple.ours, triple.theirs)[number])
        assert all(one in raw.decode() for one in heads(triple.base) & heads(triple.ours) & heads(triple.theirs)), raw.decode()
        for way, wanted in expected(triple):
            if not any(way[: len(one)] == one for one in ways):
                assert as_key(state(data, way)) == wanted, (way, raw.decode())
        for way in table:
            if any(way[: len(one)] == one for one in ways):
                assert as_key(state(data, way)) == as_key(table[way]), (way, raw.decode())


# Together with the series below these are 10,000 triples.
@pytest.mark.parametrize("most", [1, 2, 4, 8])
@given(seed=st.integers(0, 1 << 40))
@settings(max_examples=2_300)
def test_merge__laws_over_random_records(most: int, seed: int) -> None:
    holds_laws(Triple(seed, most))


def test_merge__most_changes_do_not_meet() -> None:
    done = [holds_laws(Triple(seed, 3)) or bool(list(clashes(Triple(seed, 3)))) for seed in range(400)]
    assert sum(done) > 340


@given(seed=st.integers(0, 1 << 40))
@settings(max_examples=1_000)
def test_merge__laws_over_random_series(seed: int) -> None:
    random = Random(seed)
    was = {f"2026-11-{day:02}": str(random.randrange(5)) for day in random.sample(range(1, 29), random.randint(0, 8))}
    sides = [dict(was), dict(was)]
    for side in sides:
        for _ in range(random.randint(0, 3)):
            day = random.choice([*was, f"2026-11-{random.randint(1, 28):02}"])
            side[day] = str(random.randrange(5)) + random.choice(["", ",中文", ',"two\nlines, one note"'])
            if random.random() < 0.3:
                side.pop(day)
    end = random.choice(["\n", "\r\n"])
    raw = [
        ("date,value,note\n" + "".join(f"{day},{one[day]}\n" for day in sorted(one))).replace("\n", end).encode() for one in (was, *sides)
    ]
    merged, turned = (merge(raw[0], *two, "metrics/x.csv", None) for two in ((raw[1], raw[2]), (raw[2], raw[1])))
    table = {}
    for day in {**was, **sides[0], **sides[1]}:
        base, ours, theirs = was.get(day), sides[0].get(day), sides[1].get(day)
        table[day] = ours if ours == theirs or theirs == base else theirs if ours == base else ...
    clash = sorted(day for day, value in table.items() if value is ...)
    assert [one.way for one in merged.conflicts] == [(day,) for day in clash] == [one.way for one in turned.conflicts]
    if not clash:
        lines = "".join(f"{day},{value}\n" for day, value in sorted(table.items()) if value is not None)
        assert merged.data == turned.data == ("date,value,note\n" + lines).replace("\n", end).encode()


def merged(base: str, ours: str, theirs: str, path: str = "plans/x.yaml", of: Kind | None = PLAN) -> str:
    return merge(base.encode(), ours.encode(), theirs.encode(), path, of).data.decode()


def test_merge__value_of_one_side_and_comment_of_the_other() -> None:
    assert merged("due: 1  # a\n", "due: 2  # a\n", "due: 1  # b\n") == "due: 2  # b\n"


def test_merge__style_of_one_side_and_value_of_the_other() -> None:
    assert merged("due: one\n", "due: 'one'\n", "due: two\n") == "due: two\n"


def test_merge__comments_changed_by_both_are_a_conflict() -> None:
    text = "<<<<<<< ours\n# b\na: 1\n=======\n# c\na: 1\n>>>>>>> theirs\nz: 1\n"
    assert merged("# a\na: 1\nz: 1\n", "# b\na: 1\nz: 1\n", "# c\na: 1\nz: 1\n") == text


def test_merge__a_list_that_both_have_begun() -> None:
    ours, theirs = "tasks:\n  - id: a\n    title: A\n", "tasks:\n  - id: b\n    title: B\n"
    assert merged("tasks: []\n", ours, theirs) == "tasks:\n  - id: a\n    title: A\n  - id: b\n    title: B\n"


def test_merge__the_same_id_added_by_both() -> None:
    base = "tasks:\n  - id: z\n    title: Z\n"
    text = merged(base, base + "  - id: a\n    title: A\n", base + "  - id: a\n    title: B\n")
    assert text == base + "  - id: a\n<<<<<<< ours\n    title: A\n=======\n    title: B\n>>>>>>> theirs\n"


def test_merge__items_deleted_by_one_and_changed_by_the_other() -> None:
    base = "tasks:\n  - id: a\n    title: A\n  - id: b\n    title: B\n"
    text = merged(base, "tasks:\n  - id: b\n    title: B\n", base.replace("title: A", "title: X"))
    assert text == "tasks:\n<<<<<<< ours\n=======\n  - id: a\n    title: X\n>>>>>>> theirs\n  - id: b\n    title: B\n"


def test_merge__items_put_into_two_orders() -> None:
    base = "tasks:\n- id: a\n- id: b\n- id: c\n"
    text = merged(base, "tasks:\n- id: b\n- id: a\n- id: c\n", "tasks:\n- id: a\n- id: c\n- id: b\n")
    assert text.startswith("<<<<<<< ours\ntasks:\n- id: b\n")


def test_merge__items_without_ids_by_their_places() -> None:
    base = "links:\n  - title: A\n    url: a\n  - title: B\n    url: b\n  - title: C\n    url: c\n"
    assert merged(base, base.replace("url: a", "url: x"), base.replace("url: c", "url: y")) == base.replace("url: a", "url: x").replace(
        "url: c", "url: y"
    )
    start = "links:\n<<<<<<< ours\n  - title: A\n    url: x\n======="
    assert start in merged(base, base.replace("url: a", "url: x"), base.replace("url: a", "url: y"))


def test_merge__outcome_that_is_no_record_is_a_conflict() -> None:
    """Line by line both changes would go together, and give a front matter that nobody can read."""
    base = "---\ntitle: [a,\n  b]\nx: 1\n---\n"
    text = merged(base, "---\ntitle: a\nx: 1\n---\n", base.replace("x: 1", "x: {\n").replace("---\n", "---\n", 1), "plans/x.md")
    assert "<<<<<<< ours\n" in text


def test_merge__many_records_in_one_file() -> None:
    keys = replace(PLAN, layout="keys")
    base = "# People\n\none:\n  title: One\n  status: draft\ntwo:\n  title: Two\n"
    text = merged(base, base.replace("draft", "active"), base.replace("Two", "Zwei") + "three:\n  title: Three\n", of=keys)
    assert text == base.replace("draft", "active").replace("Two", "Zwei") + "three:\n  title: Three\n"


def test_merge__a_list_of_records() -> None:
    items = replace(PLAN, layout="items", id_rule=id_rule("name"))
    base = "- name: one\n  status: draft\n- name: two\n  status: draft\n"
    text = merged(
        base, base.replace("one\n  status: draft", "one\n  status: active"), base.replace("two\n  status: draft", "two\n  due: x"), of=items
    )
    assert text == "- name: one\n  status: active\n- name: two\n  due: x\n"


def test_merge__a_file_that_both_have_added() -> None:
    assert merged("", "title: A\nteam: x\n", "title: A\nstatus: draft\n") == "title: A\nstatus: draft\nteam: x\n"
    assert merged("", "title: A\n", "title: B\n") == "<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\n"


@pytest.mark.parametrize("size", [7, 9])
def test_merge__marks_as_git_wants_them(size: int) -> None:
    found = merge(b"a: 1\r\n", b"a: 2\r\n", b"a: 3\r\n", "plans/x.yaml", PLAN, ("HEAD", "feature"), size)
    assert found.data == f"{'<' * size} HEAD\r\na: 2\r\n{'=' * size}\r\na: 3\r\n{'>' * size} feature\r\n".encode()


@pytest.mark.parametrize("text", ["{a: 1}\n", "just text\n", "a: &x 1\nb: *x\n", "a: 1\n<<<<<<< x\n", "a: 1\r\nb: 2\n", ""])
def test_merge__what_has_no_outline_is_merged_line_by_line(text: str) -> None:
    assert (
        merged(f"1\n2\n{text}3\n4\n", f"0\n1\n2\n{text}3\n4\n", f"1\n2\n{text}3\n4\n5\n", "notes.txt", None) == f"0\n1\n2\n{text}3\n4\n5\n"
    )


def test_merge__line_ends_that_are_mixed() -> None:
    """A file in which lines end in different ways is merged as it is, though one side has made them all alike."""
    base, theirs = b"title: A\r\nteam: x\n\ndue: y\n", b"title: A\r\nteam: x\n\ndue: z\n"
    found = merge(base, base.replace(b"x\n\n", b"x\r\n\r\n").replace(b"y\n", b"y\r\n"), theirs, "plans/x.yaml", PLAN)
    assert b"\r\r" not in found.data and b"<<<<<<< ours\nteam: x\r\n\r\ndue: y\r\n=======\nteam: x\n\ndue: z\n" in found.data


def test_merge__line_ends_changed_by_one_side() -> None:
    base = b"title: A\nteam: x\n"
    assert merge(base, base.replace(b"\n", b"\r\n"), base.replace(b"A", b"B"), "plans/x.yaml", PLAN).data == b"title: B\r\nteam: x\r\n"


def test_merge__fields_that_only_together_break_the_schema() -> None:
    """Nobody has changed the same field, and each side fits its schema."""
    strict = replace(PLAN, schema={**PLAN.schema, "not": {"required": ["reach", "effort"]}})
    base = "title: T\nteam: product\nstatus: draft\n"
    ours, theirs = "reach: 1\n" + base, base + "effort: 2\n"
    assert merged(base, ours, theirs) == "reach: 1\n" + base + "effort: 2\n"
    assert merged(base, ours, theirs, of=strict) == f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


def test_merge__ids_that_are_there_twice_only_in_the_outcome() -> None:
    """One item lacks its id, so that the items are merged by their places, and both sides have added the same id."""
    base = "tasks:\n- id: a\n- title: no id\n- id: b\n"
    ours, theirs = base.replace("- id: a\n", "- id: z\n- id: a\n"), base + "- id: z\n"
    assert merged(base, ours, base + "- id: y\n") == ours + "- id: y\n"
    assert merged(base, ours, theirs).startswith("tasks:\n<<<<<<< ours\n- id: z\n- id: a\n")


def test_merge__comment_at_the_top_and_a_field_below_it() -> None:
    base = "# Plan of 2026\n\n# name\ntitle: A\n"
    ours, theirs = base.replace("2026", "2027"), base.replace("# name", "team: x\n# name")
    assert merged(base, ours, theirs) == "# Plan of 2027\n\nteam: x\n# name\ntitle: A\n"


def test_merge__comment_that_heads_several_fields_and_a_new_comment_of_one_of_them() -> None:
    """Theirs has put another field first below the comment, so that it belongs to two fields in turn."""
    base = "title: T\n\n# group\n\ntags: [a]\ndue: D\n"
    ours, theirs = base.replace("[a]", "[a, b]\n# new"), "title: T\n\n# group2\n\ndue: E\ntags: [a]\n"
    assert merged(base, ours, theirs) == "title: T\n\n# group2\n\n# new\ndue: E\ntags: [a, b]\n"


def test_merge__comment_that_would_be_lost_whoever_decides() -> None:
    """Theirs has moved the comment that ours has left, to where both have written one."""
    base = "title: T\n# c\ntags: [a]\ndue: D\n"
    ours, theirs = base.replace("[a]", "[a, b]\n# new"), "title: T\ntags: [a]\n# c\ndue: E\n"
    found = merge(base.encode(), ours.encode(), theirs.encode(), "plans/x.yaml", PLAN)
    assert [found.decided([getattr(found.conflicts[0], side)]).decode() for side in ("base", "ours", "theirs")] == [base, ours, theirs]


@pytest.mark.parametrize(("base", "taken"), [
    ("Old line.\nSee page 4.\n", "Old line.\nSee page 4.\n"),
    ("Top.\nOld line.\nSee page 5.\n", "Top.\nOld line.\nSee page 5.\n"),
    ("Old line.\nSee page 5.\n", "Old line.\nSee page 5.\n"),
    # What both have added alike is decided.
    ("", "Top.\nSee page 5.\n"),
])  # fmt: skip
def test_merge__each_choice_is_that_version_of_the_place(base: str, taken: str) -> None:
    ours, theirs = "Top.\nOurs.\nSee page 5.\n", "Top.\nTheirs.\nSee page 5.\n"
    three = base.encode(), ours.encode(), theirs.encode()
    for found in (merge(*three, "a.txt", None), unmerged(*three)):
        choices = {side: found.decided([getattr(one, side) for one in found.conflicts]).decode() for side in ("base", "ours", "theirs")}
        assert choices == {"base": taken, "ours": ours, "theirs": theirs}


def test_merge__id_that_two_lists_of_a_record_would_have() -> None:
    base = "title: T\nteam: product\nstatus: draft\ntasks:\n- {id: a, title: A}\nmilestones:\n- {id: m, title: M}\n"
    ours, theirs = base.replace("milestones", "- {id: x, title: X}\nmilestones"), base + "- {id: x, title: X}\n"
    assert merged(base, ours, theirs.replace("id: x", "id: y")) == ours + "- {id: y, title: X}\n"
    assert "<<<<<<< ours\n" in merged(base, ours, theirs)
    assert merged(theirs, theirs.replace("T\n", "Z\n"), theirs.replace("draft", "active")) == theirs.replace("T\n", "Z\n").replace(
        "draft", "active"
    )


LIST = "tasks:  # all\n  - id: a\n    title: A\n  - id: b\n    title: B\ndue: x\n"
FIRST, SECOND = LIST.replace("  - id: b\n    title: B\n", ""), LIST.replace("  - id: a\n    title: A\n", "")


def test_merge__list_from_which_both_together_have_deleted_all() -> None:
    assert merged(LIST, FIRST, SECOND) == merged(LIST, SECOND, FIRST) == "tasks: []  # all\ndue: x\n"
    assert merged(LIST, FIRST, SECOND.replace("title: B", "title: C")).startswith("tasks:  # all\n<<<<<<< ours\n=======\n  - id: b\n")
    assert merged("tags:\n- a\n- b\n", "tags:\n- a\n", "tags:\n- b\n") == "tags: []\n"
    assert merged("tasks: [{id: a}, {id: b}]\n", "tasks: [{id: a}]\n", "tasks: [ {id: b} ]\n") == "tasks: []\n"


@pytest.mark.parametrize("text", ["links:\n- {url: a}\n- {url: b}\n", "x_map:\n  a: 1\n  b: 2\n"])
def test_merge__what_nobody_can_write_empty_is_a_conflict(text: str) -> None:
    """Nothing tells these items apart, and a mapping without fields is no list."""
    first, second, third = text.splitlines(keepends=True)
    assert "<<<<<<< ours\n" in merged(text, first + second, first + third)


def test_merge__list_that_may_not_be_empty() -> None:
    strict = replace(PLAN, schema={**PLAN.schema, "properties": {**PLAN.schema["properties"], "tasks": {"minItems": 1}}})
    text = merged(LIST, FIRST, SECOND, of=strict)
    assert text.endswith("due: x\n") and "<<<<<<< ours\n" in text


FLOW = "tasks:\n  - {id: build, title: 'Build it', due: 2026-11-06}  # first\n  - { id: test, title: Test }\n"


def test_merge__fields_in_brackets() -> None:
    ours, theirs = FLOW.replace("'Build it'", '"Make, it"'), FLOW.replace("-06", "-09").replace("Test }", "Test, owner: bo }")
    expected = ours.replace("-06", "-09").replace("Test }", "Test, owner: bo }")
    assert merged(FLOW, ours, theirs) == merged(FLOW, theirs, ours) == expected


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), [
    ("tasks: [{id: a, due: 1}, {id: b, due: 1}]", "tasks: [{id: b, due: 2}]", "tasks: [{id: a, due: 1}, {id: b, due: 1, x: '#'}, {id: c}]",
     "tasks: [{id: b, due: 2, x: '#'}, {id: c}]"),
    ("x: {a: {b: 1, c: [ 1 ]}}", "x: {a: {b: 2, c: [ 1 ]}}", "x: {a: {b: 1, c: [ 1, 2 ]}}", "x: {a: {b: 2, c: [ 1, 2 ]}}"),
    ("x: {\"a\": 1, b: 1}", "x: {\"a\": 2, b: 1}", "x: {\"a\": 1}", "x: {\"a\": 2}"),
    ("x: {a: 1, b: 1}", "x: {b: 2}", "x: {b: 1, a: 1, c: 3}", "x: {b: 2, c: 3}"),
    ("tasks: [\n  {id: a, due: 1},\n  {id: b, due: 1},\n  ]", "tasks: [\n  {id: a, due: 2},\n  {id: b, due: 1},\n  ]",
     "tasks: [\n  {id: a, due: 1},\n  {id: b, due: 2},\n  ]", "tasks: [\n  {id: a, due: 2},\n  {id: b, due: 2},\n  ]"),
    ("tasks:", "tasks: [{id: a}]", "tasks: [{id: b}]", "tasks: [{id: a}, {id: b}]"),
    ("tags: [a, b]", "tags: [b]", "tags: [a]", "tags: []"),
    ("x: {a: 1}", "x: {a: 2}", "x: {a: 3}", None),
    ("x: {a: 1, b: 1}", "x: {a: 2, b: 1}", "x: {b: 1}", None),
    ("x: [1, 2]", "x: [0, 2]", "x: [1, 3]", None),
    ("x: [a: 1]", "x: [a: 2]", "x: [a: 1, b: 1]", None),
    ("x: {a: 1, # one\n  b: 1}", "x: {a: 2, # one\n  b: 1}", "x: {a: 1, # one\n  b: 2}", None),
    ("x: {a: 1, b: 1}", "x:\n  a: 2\n  b: 1", "x: {a: 1, b: 2}", None),
    ("x: {a, b: 1}", "x: {a, b: 2}", "x: {a: 1, b: 1}", None),
])  # fmt: skip
def test_merge__in_brackets(base: str, ours: str, theirs: str, expected: str | None) -> None:
    """A conflict inside brackets is one of all their lines."""
    for one, other in ((ours, theirs), (theirs, ours)):
        marks = f"<<<<<<< ours\n{one}\n=======\n{other}\n>>>>>>> theirs\nz: 1\n"
        assert merged(f"{base}\nz: 1\n", f"{one}\nz: 1\n", f"{other}\nz: 1\n") == (f"{expected}\nz: 1\n" if expected else marks)


ROWS = "2026-11-01,1,2\n2026-11-08,3,4\n2026-11-15,5,6\n"


@pytest.mark.parametrize("head", ["date,planned,actual", "date,value,note"])
def test_merge__columns_that_one_side_has_changed(head: str) -> None:
    base, theirs = f"{head}\n{ROWS}", f"{head}\n{ROWS}2026-11-22,7,8\n"
    swapped = "date,actual,planned\n2026-11-01,2,1\n2026-11-08,4,3\n2026-11-15,6,5\n"
    for ours in (swapped, f"date,target,value,note\n{ROWS}", "", base.replace("-08,3,4", "-08,3,9").replace(head, "day,planned,actual")):
        found = merge(base.encode(), ours.encode(), theirs.encode(), "metrics/m.csv", None)
        assert len(found.conflicts) == 1
        assert found.decided([found.conflicts[0].ours]).decode() == ours
        assert found.decided([found.conflicts[0].theirs]).decode() == theirs
        assert merged(base, ours, base, "metrics/m.csv", None) == ours


def test_merge__columns_that_are_those_of_no_series() -> None:
    base = f"date,planned,actual\n{ROWS}"
    ours, theirs = base.replace("1,2", "1,9"), base.replace("5,6", "5,9")
    assert merged(base, ours, theirs, "metrics/m.csv", None) == ours.replace("5,6", "5,9")
    marks = "<<<<<<< ours\n2026-11-22,7,8\n=======\n2026-11-29,7,8\n>>>>>>> theirs\n"
    assert merged(base, base + "2026-11-22,7,8\n", base + "2026-11-29,7,8\n", "metrics/m.csv", None) == base + marks


def test_merge__columns_written_otherwise() -> None:
    base = f"date,value,note\n{ROWS}"
    ours, theirs = base.replace("date,value,note", "Date, Value, Note"), base + "2026-11-22,7,8\n"
    assert merged(base, ours, theirs, "metrics/m.csv", None) == ours + "2026-11-22,7,8\n"


def test_merge__fields_that_both_together_would_have_deleted() -> None:
    """Whichever side is taken, there is a record: here their choice would leave none, if their deletion of the other field stood."""
    base, ours, theirs = "a: 1\nb: 1\n", "b: 2\n", "a: 1\n"
    found = merge(base.encode(), ours.encode(), theirs.encode(), "plans/x.yaml", PLAN)
    assert [found.decided([getattr(one, side) for one in found.conflicts]).decode() for side in ("ours", "theirs")] == [ours, theirs]


def test_merge__block_of_text_that_comes_last_in_a_file_without_a_last_line_end() -> None:
    """The end of its last line is a part of its value, which nobody has changed."""
    base, ours, theirs = b"z: 1\nb: |\n  text\nc: 1", b"b: |\n  text\nc: 2", b"b: |\n  text\nz: 1"
    found = merge(base, ours, theirs, "plans/x.yaml", PLAN)
    assert [found.decided([getattr(one, side) for one in found.conflicts]) for side in ("ours", "theirs")] == [ours, b"b: |\n  text\n"]
    assert merge(base, base.replace(b"z: 1", b"z: 2"), base.replace(b"c: 1", b"c: 2"), "plans/x.yaml", PLAN).data.endswith(b"c: 2")
