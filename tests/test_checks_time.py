"""Dates that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import Written

Write = Callable[[Mapping[str, str | bytes]], Written]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (
            "team/people/anna.yaml",
            "title: Anna\nteam: ops\ncalendar:\n  days_off: [2026-01-02, {from: 2026-05-05, to: 2026-05-01}]\n",
            '"to" is 2026-05-01, before "from" on 2026-05-05',
        ),
        (
            "feedback/a.md",
            "---\ntitle: Late\nreceived_on: 2026-05-05\nchannel: support\nstatus: replied\nreplied_on: 2026-05-04\n---\nLate.\n",
            '"replied_on" is 2026-05-04, before "received_on" on 2026-05-05',
        ),
        (
            "decisions/a.md",
            "---\ntitle: Later\ndate: 2026-05-05\nstatus: accepted\ntype: adjustment\nreview_by: 2026-05-04\n---\nLater.\n",
            '"review_by" is 2026-05-04, before "date" on 2026-05-05',
        ),
    ],
)
def test_ends_before_start__of_dates_that_are_called_otherwise(workspace: Write, path: str, text: str, found: str) -> None:
    written = workspace({"team/teams/ops.yaml": "title: Operations\nfunction: operations\n", path: text})
    (line,) = [one for one in written.findings() if " TU301 " in one]
    assert line.endswith(f" TU301 {found} (exchange the two dates, or correct one)")
