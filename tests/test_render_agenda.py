"""The agenda of a meeting as a document: of which day it is, at what time where, and how much of what has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from conftest import Write
from trueup.cli.agenda import command

SHOP = {
    "team/teams/product.yaml": "title: Product\nfunction: product\n",
    "team/people/li.yaml": "title: Li Wei\nteam: product\n",
    "team/cadences/weekly.yaml": """\
title: Weekly
every: week
day: tuesday
time: "10:00"
timezone: Asia/Shanghai
teams: [product]
attendees: [li]
purpose: Keep in step
""",
    "plans/slots.yaml": "title: Slots\nteam: product\nowner: li\nstatus: active\nstart: 2026-11-01\ndue: 2026-12-18\n"
    "milestones: [{id: live, title: Live, due: 2026-12-01}]\n",
    "meetings/m.yaml": "title: M\ndate: 2026-11-03\ncadence: weekly\nactions:\n"
    "  - {id: ask, text: Ask the depots, owner: li, due: 2026-11-06}\n",
}


def head(files: Mapping[str, str], workspace: Write, *arguments: str) -> list[str]:
    return workspace(files).answer(command, "weekly", *arguments).partition("\n\n")[0].splitlines()


@pytest.mark.parametrize(
    ("arguments", "day", "note"),
    [
        ((), "Tuesday 17 November 2026 10:00 (Asia/Shanghai)", ["Everything below is as it stands on 16 November 2026."]),
        (("--on", "2026-11-16"), "Monday 16 November 2026", []),
        (
            ("--on", "2026-11-10"),
            "Tuesday 10 November 2026 10:00 (Asia/Shanghai)",
            ["What changed is told up to the day of the meeting; everything else below is as it stands on 16 November 2026."],
        ),
    ],
)
def test_agenda__says_once_of_which_day_it_is(workspace: Write, arguments: tuple[str, ...], day: str, note: list[str]) -> None:
    assert head(SHOP, workspace, *arguments) == [f"Weekly · {day}", "Keep in step · Li Wei", *note]


def test_agenda__the_note_stands_in_every_form(workspace: Write) -> None:
    note = "Everything below is as it stands on 16 November 2026."
    assert f"\n\n{note}\n\n## Open actions" in workspace(SHOP).answer(command, "weekly", "--format", "markdown")
    assert f"<p>{note}</p>\n<h2" in workspace(SHOP).answer(command, "weekly", "--format", "html")


def test_agenda__a_time_without_a_zone_has_none(workspace: Write) -> None:
    files = {**SHOP, "team/cadences/weekly.yaml": SHOP["team/cadences/weekly.yaml"].replace("timezone: Asia/Shanghai\n", "")}
    assert head(files, workspace)[0] == "Weekly · Tuesday 17 November 2026 10:00"


def test_agenda__of_much_that_has_changed_tells_the_first_and_counts_the_rest(workspace: Write) -> None:
    tasks = "".join(
        f"  - {{id: t{number}, title: Task {number:02}, owner: li, status: done, done_on: 2026-11-{number:02}}}\n"
        for number in range(4, 16)
    )
    written = workspace({**SHOP, "plans/slots.yaml": SHOP["plans/slots.yaml"] + f"tasks:\n{tasks}"})
    text = written.answer(command, "weekly")
    changed = text.partition("What changed since 3 Nov\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[2] for line in changed[:-1]] == ["04", "05", "06", "07", "08", "09"]
    assert changed[-1].strip() == "… and 6 more"
    answer = json.loads(written.answer(command, "weekly", "--format", "json"))
    assert len(answer["happened"]["done"]) == 12
    assert answer["until"] == "2026-12-01"
