"""Names of records in fields and texts: what is said of one that is nearly right, and how often."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conftest import TODAY, Write, write_files
from growth import bend
from trueup.checks.references import present_and_absent, unknown_key_result
from trueup.checks.runner import check
from trueup.diagnostic import Diagnostic
from trueup.records.record import Record

GOAL = "---\ntitle: Checkout\nperiod: 2026-Q4\nstatus: active\n"
SHOP = {
    "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
    "team/people/anna-smith.yaml": "title: Anna Smith\nteam: ops\n",
    "team/people/maria-lopez.yaml": "title: María López\nteam: ops\n",
    "goals/2026-q4-checkout.md": GOAL + "---\n",
    "plans/one-page-checkout.yaml": "title: One page\nteam: ops\nstatus: active\ntasks:\n  - {id: build, title: Build it}\n",
}


def hint(found: str) -> str:
    return found.rpartition(" (")[2].removesuffix(")")


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("product_owner: Anna Smith", 'did you mean "anna-smith"?'),
        ("product_owner: '@anna-smith'", 'did you mean "anna-smith"?'),
        ("product_owner: María López", 'did you mean "maria-lopez"?'),
        ("product_owner: Anna Smit", 'did you mean "anna-smith"?'),
        ("product_owner: team/people/maria-lopez.yaml", 'did you mean "maria-lopez"?'),
        ("product_owner: Bob", "write the id of the record: the name of its file without the ending"),
        ("parent: goal/2026-q4-checkout", 'did you mean "2026-q4-checkout"?'),
        ("parent: Checkout", 'did you mean "2026-q4-checkout"?'),
        ("ignore: {unknown-reference: imported last year}", 'write "TU201"'),
    ],
)
def test_bad_format__of_a_reference_names_what_there_is(workspace: Write, line: str, advice: str) -> None:
    (found,) = workspace({**SHOP, "goals/a.md": f"{GOAL.replace('Checkout', 'A')}{line}\n---\n"}).findings()
    assert " TU106 " in found
    assert hint(found) == advice


def test_bad_format__of_an_address_names_what_there_is(workspace: Write) -> None:
    checkin = "author: anna-smith\ndate: 2026-11-01\nhealth: on-track\nsubject: "
    plan = "title: Two\nteam: ops\nstatus: active\ntasks:\n  - {id: a, title: A, depends_on: ['one-page-checkout#build']}\n"
    written = workspace({**SHOP, "checkins/a.yaml": checkin + "one-page-checkout\n", "plans/two.yaml": plan})
    assert [hint(one) for one in written.findings()] == [
        'did you mean "plan/one-page-checkout"?',
        'did you mean "plan/one-page-checkout#build"?',
    ]


# --- Links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("[[2026-q4-checkout]]", '"2026-q4-checkout" is not an address (write "[[goal/2026-q4-checkout]]")'),
        ("[[Goal/2026-q4-checkout]]", '"Goal/2026-q4-checkout" is not an address (write "[[goal/2026-q4-checkout]]")'),
        ("[[ goal/nope ]]", '" goal/nope " is not an address (write kind and id, as in "[[goal/…]]")'),
        ("[[goals/2026-q4-checkout.md]]", 'there is no kind "goals" (did you mean "goal/2026-q4-checkout"?)'),
        ("[[Plan/one-page-checkout#build]]", '"Plan/one-page-checkout#build" is not an address (write "[[plan/one-page-checkout#build]]")'),
    ],
)  # fmt: skip
def test_dead_link__that_is_nearly_one(workspace: Write, link: str, found: str) -> None:
    assert workspace({**SHOP, "goals/a.md": f"{GOAL}---\nSee {link}.\n"}).findings() == [f"goals/a.md:6:5: TU205 {found}"]


@pytest.mark.parametrize("text", ["[[Wiki Page]]", "[[x]]", "[[A/b]]", "[[ ]]", "a[[1]][[2]]", "`[[2026-q4-checkout]]`"])
def test_dead_link__brackets_that_mean_something_else(workspace: Write, text: str) -> None:
    assert workspace({**SHOP, "goals/a.md": f"{GOAL}---\n{text}\n"}).findings() == []


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("\n    [[goal/x]]\n", []),
        ("    [[goal/x]]\n", []),
        ("Text.\n\n\t[[goal/x]]\n\n    [[goal/y]]\n", []),
        ("Text\n    [[goal/x]]\n", [7]),
        ("- item\n\n    [[goal/x]]\n", [8]),
        ("- item\n\n  more\n\n    [[goal/x]]\n", [10]),
        ("- item\n\nText.\n\n    [[goal/x]]\n\n[[goal/y]]\n", [12]),
    ],
)
def test_dead_link__what_is_indented_after_an_empty_line_is_code(workspace: Write, body: str, lines: list[int]) -> None:
    found = workspace({"goals/a.md": f"{GOAL}---\n{body}"}).findings()
    assert [int(one.split(":")[1]) for one in found] == lines


# --- Once ------------------------------------------------------------------------------------------------------------


def test_reference_cycle__is_told_once_and_at_each_record_that_is_asked_for(workspace: Write) -> None:
    ring = {f"goals/{name}.md": f"{GOAL}parent: {next_one}\n---\n" for name, next_one in ["ab", "bc", "ca", "de", "ed", "xa"]}
    written = workspace(ring)
    assert [one.split(":")[0] for one in written.findings()] == ["goals/a.md", "goals/d.md"]
    assert written.findings(["goals"]) == written.findings()
    assert [one.split(":")[0] for one in written.findings(["goals/c.md"])] == ["goals/c.md"]


def test_unknown_key_result__of_a_name_that_no_key_result_could_have_is_told_once(workspace: Write) -> None:
    text = "subject: goal/2026-q4-checkout\nauthor: anna-smith\ndate: 2026-11-01\nhealth: on-track\nkey_results: {Not An Id: 5}\n"
    assert [one.split(" ")[1] for one in workspace({**SHOP, "checkins/a.yaml": text}).findings()] == ["TU106"]


def test_present_and_absent__names_each_person_once(workspace: Write) -> None:
    found = workspace({
        "team/teams/ops.yaml": "title: Operations\nfunction: operations\n",
        "team/people/anna.yaml": "title: Anna\nteam: ops\n",
        "team/people/bo.yaml": "title: Bo\nteam: ops\n",
        "meetings/a.yaml": "title: Sync\ndate: 2026-11-20\nattendees: [anna, bo]\nabsent: [bo]\n",
        "meetings/b.yaml": "title: Sync\ndate: 2026-11-20\nattendees: [anna]\nabsent: [bo]\n",
        "meetings/c.yaml": "title: Sync\ndate: 2026-11-20\nattendees: [anna]\nabsent: [7, [bo], anna]\n",
        "meetings/d.yaml": "title: Sync\ndate: 2026-11-20\nattendees: anna\nabsent: anna\n",
    }).findings(rules=[present_and_absent])  # fmt: skip
    said = '"{}" stands under "attendees" and under "absent" (take the name out of one of the two)'
    assert found == [f"meetings/a.yaml:4:10: TU209 {said.format('bo')}", f"meetings/c.yaml:4:19: TU209 {said.format('anna')}"]


def key_results(count: int) -> dict[str, str]:
    """A goal with so many key results, and two check-ins of it that report as many others."""
    parts = "".join(f"  - {{id: key-result-{number}, title: T, baseline: 1, target: 2}}\n" for number in range(count))
    told = "".join(f"  other-result-{number}: 1\n" for number in range(count))
    checkin = f"subject: goal/a\ndate: 2026-11-19\nauthor: anna-smith\nhealth: on-track\nkey_results:\n{told}"
    return {"goals/a.md": f"{GOAL}key_results:\n{parts}---\n", "checkins/a.yaml": checkin, "checkins/b.yaml": checkin}


def test_unknown_key_result__of_many_takes_time_as_there_are_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trueup.checks.meant._MOST_COMPARED", 1000)

    def asked(count: int) -> Callable[[], list[Diagnostic]]:
        loaded = write_files(tmp_path / str(count), key_results(count)).load()
        return partial(check, loaded, TODAY, (unknown_key_result,))

    assert bend(asked, 100) < 10


def test_unknown_key_result__looks_a_goal_through_once_for_all_its_checkins(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = workspace(key_results(5)).load()
    asked = []
    parts = Record.parts
    monkeypatch.setattr(Record, "parts", lambda self, lists=(): asked.append(lists) or parts(self, lists))
    assert len(check(loaded, TODAY, (unknown_key_result,))) == 10
    assert asked == [("key_results",)]
