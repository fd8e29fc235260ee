"""Meetings, check-ins and metrics on a terminal, and `trueup rhythm`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from click.testing import CliRunner

from conftest import Written
from trueup.cli.rhythm import command

Write = Callable[[Mapping[str, str | bytes]], Written]

SHOP = {
    "team/people/li.yaml": "title: Li Wei\nteam: product\n",
    "team/cadences/weekly.yaml": "title: Weekly\nevery: week\nday: tuesday\ntime: '10:00'\ntimezone: Asia/Shanghai\n",
    "team/cadences/board.yaml": "title: Board\nevery: month\nday: 5\ntime: '15:30'\ntimezone: Europe/Berlin\n",
    "team/cadences/vague.yaml": "title: Whenever\nevery: month\nday: friday\n",
    "meetings/m0.yaml": "title: M\ndate: 2026-08-04\ncadence: weekly\n",
    "meetings/m1.yaml": "title: M\ndate: 2026-10-20\ncadence: weekly\n",
    "meetings/m2.yaml": "title: M\ndate: 2026-11-10\ncadence: weekly\n",
    "goals/time.yaml": "title: On time\nperiod: 2026-Q4\nstatus: active\n",
    "plans/routes.yaml": "title: New routes\nteam: ops\nowner: li\nstatus: active\nstart: 2026-11-01\n",
    "plans/zone.yaml": "title: New zone\nteam: ops\nowner: li\nstatus: active\nstart: 2026-09-01\n",
    "checkins/c.yaml": "subject: plan/zone\ndate: 2026-10-15\nauthor: li\nhealth: on-track\n",
    "checkins/d.yaml": "subject: plan/routes\ndate: 2026-11-13\nauthor: li\nhealth: on-track\n",
    "metrics/late.yaml": "title: Late boxes\nunit: '%'\ndirection: down\nowner: li\ncadence: weekly\n",
    "metrics/late.csv": "date,value,note\n2026-10-01,4,\n",
    "metrics/calls.yaml": "title: Calls\nunit: calls\ndirection: down\ncadence: weekly\n",
    "metrics/orders.yaml": "title: Orders\nunit: orders\ndirection: up\ncadence: weekly\n",
    "metrics/orders.csv": "date,value,note\n2026-11-15,4,\n",
}


def run(written: Written, *arguments: str) -> str:
    found = CliRunner().invoke(command, [*arguments, "--root", str(written.root), "--today", "2026-11-16", "--lang", "en"])
    assert found.exit_code == 0, found.output
    return found.output


def test_rhythm__shows_meetings_missed_most_first_then_what_is_stale(workspace: Write) -> None:
    assert (
        run(workspace(SHOP))
        == """\
Meeting    Next meeting                         Held   Missed   Last held
───────────────────────────────────────────────────────────────────────────────────
Weekly     Tuesday 17 Nov 10:00 Asia/Shanghai   2      10       10 Nov
Board      Monday 7 Dec 15:30 Europe/Berlin     –      –        no meeting recorded
Whenever   Friday 4 Dec                         –      –        no meeting recorded

held and missed in the last 90 days

2 goals and plans are overdue for a check-in, 1 is not
  46 days   On time    no check-in   –
  32 days   New zone   15 Oct        Li Wei

2 metrics are overdue for a value, 1 is not
  –         Calls        no value         –
  46 days   Late boxes   next due 8 Oct   Li Wei
"""
    )


def test_rhythm__of_what_is_fresh_only_says_so(workspace: Write) -> None:
    fresh = ("metrics/orders.yaml", "metrics/orders.csv", "plans/routes.yaml", "checkins/d.yaml", "team/people/li.yaml")
    found = run(workspace({path: SHOP[path] for path in fresh}))
    assert found == "No meeting repeats.\n\nNo goal or plan is overdue for a check-in\n\nNo metric is overdue for a value\n"


def test_rhythm__where_nothing_was_held_there_is_no_number(workspace: Write) -> None:
    found = json.loads(run(workspace(SHOP), "--format", "json"))
    kept = {one["address"]: one for one in found["cadences"]}
    assert (kept["cadence/board"]["held"], kept["cadence/board"]["missed"]) == (None, None)
    assert (kept["cadence/weekly"]["held"], kept["cadence/weekly"]["missed"]) == (2, 10)
    assert (kept["cadence/weekly"]["last_meeting"], kept["cadence/weekly"]["last_held"]) == ("meeting/m2", "2026-11-10")
    assert kept["cadence/weekly"]["next"]["start"] == "2026-11-17T10:00:00+08:00"
