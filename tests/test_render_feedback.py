"""What users say and what came of it, on a terminal, and `trueup feedback`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from click.testing import CliRunner

from conftest import Write
from trueup.cli.feedback import command
from trueup.render.feedback import spark

Run = Callable[..., str]


def _said(title: str, received: str, status: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nreceived_on: {received}\nchannel: support\nstatus: {status}\n{more}\n---\nSaid.\n"


SHOP = {
    "team/people/anna.yaml": "title: Anna Petrov\nteam: ops\n",
    "feedback/a.md": _said(
        "Two hours late", "2026-10-01", "shipped", "themes: [late]\nsentiment: negative\nimportance: dealbreaker\nowner: anna"
    ),
    "feedback/b.md": _said("牛奶都不凉了", "2026-11-02", "new", "themes: [late, 冷链]\nsentiment: negative\nimportance: useful"),
    "feedback/c.md": _said("Friendly rider", "2026-11-03", "triaged", "sentiment: positive\nreplied_on: 2026-11-05"),
    "feedback/d.md": _said("Deliver by drone", "2026-09-03", "declined", "themes: [late]\ncustomer: account-7"),
}


@pytest.fixture
def run(workspace: Write) -> Run:
    return partial(workspace(SHOP).answer, command, today="2026-11-22")


def test_feedback__from_the_funnel_to_those_never_told(run: Run) -> None:
    assert (
        run()
        == """\
4 pieces of feedback.
1 is to be triaged, for 20 days by now; for longer than 7 days: 1.
1 answered: 1 still on the way; after 2 days.

How far it has come
Step                   Came this far   Stand here now   Share of those not declined
───────────────────────────────────────────────────────────────────────────────────
New                    3               1                ██████████ 100%
Triaged                2               1                ██████▋░░░  67%
Planned                1               0                ███▎░░░░░░  33%
Shipped                1               1                ███▎░░░░░░  33%
Shipped and answered   0               0                ░░░░░░░░░░   0%
Declined                               1                0 of 1 told

How they feel about it, and how much it matters to them
           Dealbreaker   Useful   Not said   Total
──────────────────────────────────────────────────
Negative   1             1                   2
Positive                          1          1
Not said                          1          1

Themes
Theme        Total   Waiting   Negative   Neutral   Positive   Dealbreaker   Important   6 months
─────────────────────────────────────────────────────────────────────────────────────────────────
late         3       1         2                               1                         ···███
冷链         1       1         1                                                         ·····█
(no theme)   1       1                              1                                    ·····█
"Waiting": neither planned nor declined yet. A piece of feedback with two themes counts for both.

To be triaged
Days   Feedback       Importance   Channel   Owner
──────────────────────────────────────────────────
  20   牛奶都不凉了   Useful       Support   –

Never told what came of it
Days   Step       Feedback           Customer    Owner
────────────────────────────────────────────────────────────
  80   Declined   Deliver by drone   account-7   –
  52   Shipped    Two hours late     –           Anna Petrov
Shipped or declined more than 14 days ago, and nobody has told the customer.
Counted from the day its plan was finished or it was decided, else from the day it was received.
"""
    )


def test_feedback__of_one_theme_lists_its_pieces(run: Run) -> None:
    found = run("--theme", "LATE")
    assert found.startswith("3 pieces of feedback.\n")
    assert (
        found[found.index("late\n") :].partition("\n\n")[0]
        == """\
late
Received     Step       Feedback           Sentiment   Importance
──────────────────────────────────────────────────────────────────
2026-11-02   New        牛奶都不凉了       Negative    Useful
2026-10-01   Shipped    Two hours late     Negative    Dealbreaker
2026-09-03   Declined   Deliver by drone"""
    )
    assert "Friendly rider" not in found


def test_feedback__of_a_theme_that_nobody_names(run: Run) -> None:
    assert 'no feedback has the theme "lake". Did you mean "late"?' in run("--theme", "lake", code=2)


def test_feedback__as_json_says_the_same(run: Run) -> None:
    found = json.loads(run("--format", "json"))
    assert [(one["stage"], one["reached"], one["now"]) for one in found["funnel"]] == [
        ("new", 3, 1),
        ("triaged", 2, 1),
        ("planned", 1, 0),
        ("shipped", 1, 1),
        ("replied", 0, 0),
    ]
    assert [one["address"] for one in found["owed"]] == ["feedback/d", "feedback/a"]
    assert (found["reply_time"], found["replied"], found["triage_age"], found["untriaged"]) == (2.0, 1, 20.0, 1)
    assert json.loads(run("--format", "json", "--theme", "冷链"))["theme"] == "冷链"


def test_feedback__without_any(workspace: Write) -> None:
    root = str(workspace({}).root)
    done = CliRunner().invoke(command, ["--root", root, "--today", "2026-11-22", "--lang", "en"])
    assert (done.exit_code, done.output) == (0, "There is no feedback.\n")


def test_feedback__says_how_many_more_there_are(workspace: Write) -> None:
    root = str(workspace({f"feedback/f{index}.md": _said(f"F{index}", "2026-11-01", "new") for index in range(14)}).root)
    done = CliRunner().invoke(command, ["--root", root, "--today", "2026-11-22", "--lang", "en"])
    assert "and 2 more\n" in done.output
    assert "F1 " not in done.output.partition("To be triaged")[0]


@pytest.mark.parametrize(("counts", "drawn"), [((), ""), ((0, 0), "··"), ((0, 1, 2, 4, 8), "·▁▂▄█"), ((3, 3), "██"), ((1, 1000), "▁█")])
def test_spark__by_the_highest(counts: tuple[int, ...], drawn: str) -> None:
    assert spark(counts) == drawn
