"""References both ways, in fields and in bodies."""

from __future__ import annotations

import pytest

from conftest import Write, record
from texts import PEOPLE, TEAM, goal, plan
from trueup.diagnostic import Position
from trueup.records.references import headings
from trueup.render.markdown import render_markdown


def test_references__both_ways(workspace: Write) -> None:
    loaded = workspace(
        {
            **PEOPLE,
            "goals/a.md": goal("A", "product_owner: li-wei", body="See [[plan/b#ring|the call]] and [[goal/a]].\n"),
            "plans/b.md": plan(
                "B",
                "goals: [a, nowhere]",
                "tasks:",
                "  - {id: ring, title: Ring, owner: li-wei, depends_on: [dial, a]}",
                "  - {id: dial, title: Dial}",
            ),
        }
    ).load()
    b = record(loaded, "plan/b")
    assert [(one.target, one.state) for one in loaded.references_from(b)] == [
        ("team/operations", "found"),
        ("goal/a", "found"),
        ("goal/nowhere", "unknown"),
        ("person/li-wei", "found"),
        ("plan/b#dial", "found"),
        ("plan/b#a", "found"),
    ]
    assert [(one.source.address, one.route) for one in loaded.pointing_at("person/li-wei")] == [
        ("goal/a", ("product_owner",)),
        ("plan/b", ("tasks", 0, "owner")),
    ]
    assert [one.source.address for one in loaded.pointing_at("plan/b#ring")] == ["goal/a"]
    assert [one.source.address for one in loaded.pointing_at("goal/a")] == ["plan/b"]
    assert loaded.pointing_at("goal/nowhere") == ()
    (link,) = [one for one in loaded.pointing_at("plan/b") if one.in_body]
    assert link.in_body == Position(7, 5)
    assert link.part == "ring"


def test_references__of_a_value_that_its_schema_refuses_are_told_once(workspace: Write) -> None:
    written = workspace({**TEAM, "goals/a.md": goal("A", "product_owner: Li Wei")})
    assert [line.split(" ")[1] for line in written.findings()] == ["TU106"]


def test_references__of_two_kinds_need_an_address(workspace: Write) -> None:
    checkin = "subject: {subject}\ndate: 2026-11-20\nauthor: li-wei\nhealth: on-track\n"

    def found(subject: str) -> list[str]:
        files = {**PEOPLE, "goals/a.md": goal(), "checkins/c.yaml": checkin.format(subject=subject)}
        return [line.split(": ", 1)[1] for line in workspace(files).findings()]

    assert found("goal/a") == []
    assert found("goal/b") == ['TU201 no goal has the id "b" (create it, or correct the name)']
    assert [line[:5] for line in found("person/li-wei")] == ["TU202"]
    assert [line[:5] for line in found("gaol/a")] in (["TU106"], ["TU201"])
    assert [line[:5] for line in found("a")] in (["TU106"], ["TU201"])


# --- Links in a body -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("[[goal/x]]", ["7:1 goal/x"]),
        ("a [[goal/x|some words]] b\n[[plan/y#z]]", ["7:3 goal/x", "8:1 plan/y#z"]),
        ("标题 [[goal/x]]", ["7:4 goal/x"]),
        ("[[goal/x]]\r\n\r\n[[goal/y]]\r\n", ["7:1 goal/x", "9:1 goal/y"]),
        ("[[nothing]] [[Goal/x]] [[goal/]] [[goal/x] ] [goal/x] [[goal/x\n]]", []),
        ("[[goal/x|[[goal/y]]", ["7:10 goal/y"]),
        ("[[ goal/x ]]", []),
        ("[[goal/x ]]", ["7:1 goal/x"]),
        ("`[[goal/x]]` [[goal/y]]", ["7:14 goal/y"]),
        ("``a ` [[goal/x]] `` [[goal/y]]", ["7:21 goal/y"]),
        ("`[[goal/x]] [[goal/y]]", ["7:2 goal/x", "7:13 goal/y"]),
        ("`` [[goal/x]] `", ["7:4 goal/x"]),
        ("\\`[[goal/x]]`", ["7:3 goal/x"]),
        ("\\\\`[[goal/x]]`", []),
        ("` [[goal/x]]\nmore `", []),
        ("` [[goal/x]]\n\nmore `", ["7:3 goal/x"]),
        ("- ` [[goal/x]]\n- ` [[goal/y]]", ["7:5 goal/x", "8:5 goal/y"]),
        ("```\n[[goal/x]]\n```\n[[goal/y]]", ["10:1 goal/y"]),
        ("```md\r\n[[goal/x]]\r\n```\r\n[[goal/y]]", ["10:1 goal/y"]),
        ("~~~ `x`\n[[goal/x]]\n```\n~~~~\n[[goal/y]]", ["11:1 goal/y"]),
        ("````\n```\n[[goal/x]]\n````\n[[goal/y]]", ["11:1 goal/y"]),
        ("```\n[[goal/x]]\n``` not closed by this\n[[goal/y]]", []),
        ("```\n[[goal/x]]", []),
        ("``` a`b\n[[goal/x]]", ["8:1 goal/x"]),
        ("   ```\n[[goal/x]]\n   ```\n", []),
        ("\\[[goal/x]] \\\\[[goal/y]] [\\[goal/z]]", ["7:15 goal/y"]),
        ("| a |\n|---|\n| [[goal/y\\|words]] |", ["9:3 goal/y"]),
        ("[[goal/x|a [b]]", []),
    ],
)
def test_body_links__stand_in_text_and_not_in_code(workspace: Write, body: str, found: list[str]) -> None:
    loaded = workspace({"goals/a.md": goal("A", "user_value: 1", body=body)}).load()
    links = [one for one in loaded.references_from(record(loaded, "goal/a")) if one.in_body]
    assert [f"{one.in_body.line}:{one.in_body.column} {one.text}" for one in links if one.in_body] == found


@pytest.mark.parametrize(
    "piece", ["`", "`a", "` ", "```\n", "~~~ a\n", "[[a/b|", "[[a/", "[[", "[[goal/a]]", "\\`", "- `\n", "> ", "*", "]]", "|"]
)
def test_body_links__of_a_hostile_body_take_linear_time(workspace: Write, piece: str) -> None:
    import time

    body = "[[goal/a]]" + "\n".join([(piece * 36_000)[:36_000]] * 20)
    written = workspace({"goals/a.md": goal(body=body)})
    start = time.process_time()
    written.load()
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("## Why\n", ["Why"]),
        ("   ## Why ##  \r\n", ["Why"]),
        ("# C# #\n###### a\n", ["C#", "a"]),
        ("Why\n---\n", ["Why"]),
        ("One\r\ntwo  \r\n  ====\r\n", ["One two"]),
        ("##\n", [""]),
        ("#Why\n####### Why\n    ## Why\n\\## Why\n", []),
        ("```md\n## Why\n```\n~~~\nWhy\n---\n~~~\n", []),
        ("- Why\n---\n> Why\n---\n***\n---\n\n---\n", []),
        ("text\n\n---\n", []),
        ("## Why\n---\n", ["Why"]),
    ],
)
def test_headings__as_markdown_has_them(body: str, found: list[str]) -> None:
    assert list(headings(body)) == found


@pytest.mark.parametrize(
    "body", ["[[goal/dinner|a [b]]", "\\[[goal/dinner]]", "\\\\[[goal/dinner|x]]", "[[[goal/dinner]]]", "[[goal/dinner\\|x]]"]
)
def test_body_links__are_those_that_the_site_makes(workspace: Write, body: str) -> None:
    class Links:
        def record(self, address: str) -> tuple[str, str]:
            return "there", address

        def file(self, path: str) -> str | None:
            return None

        def anchor(self, title: str) -> str:
            return title

    loaded = workspace({"goals/a.md": goal("A", body=body)}).load()
    checked = [one for one in loaded.references_from(record(loaded, "goal/a")) if one.in_body]
    assert render_markdown(body, Links()).html.count('href="there"') == len(checked)
