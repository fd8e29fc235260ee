"""The runner of rules: order, severities, drafts, silences and runs over a part of a workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import pytest

from conftest import TODAY, Written
from trueup.checks.catalogue import CODES, RULES, rule_of
from trueup.checks.rule import Context, Rule, rule
from trueup.checks.runner import MOST_FINDINGS, check
from trueup.diagnostic import START, Position, Problem
from trueup.locale import msg
from trueup.records.config import CONFIG_FILE
from trueup.records.workspace import Workspace

Write = Callable[[Mapping[str, str | bytes]], Written]

TEAM = {"team/teams/operations.yaml": "title: Operations\nfunction: operations\n"}


def goal(status: str = "active", *lines: str) -> str:
    return "\n".join(["---", "title: A", "period: 2026-Q4", f"status: {status}", *lines, "---", ""])


def codes(findings: list[str]) -> list[str]:
    """Code and severity of every finding, as `TU201` and `TU302 warning`."""
    return [found.group() for one in findings if (found := re.search(r"TU[0-9]{3}( (warning|note)(?=:))?", one))]


# --- The catalogue ---------------------------------------------------------------------------------------------------


def test_catalogue__codes_and_names_are_unique_and_in_order() -> None:
    assert [one.code for one in RULES] == sorted({one.code for one in RULES})
    assert len({one.name for one in RULES}) == len(RULES)
    assert all(one.summary.endswith(".") for one in RULES)
    assert CODES["TU201"] == "unknown-reference"


@pytest.mark.parametrize("name", ["TU201", "tu201", "unknown-reference", "Unknown-Reference"])
def test_rule_of(name: str) -> None:
    found = rule_of(name)
    assert found is not None
    assert found.code == "TU201"
    assert rule_of("TU999") is None


# --- Order -----------------------------------------------------------------------------------------------------------


def test_check__findings_are_sorted_by_place_and_never_twice(workspace: Write) -> None:
    @rule("TU990", "third")
    def third(workspace: Workspace, context: Context) -> Iterator[Problem]:
        """Says the same twice, out of order."""
        for line, path in [(2, "b.md"), (1, "b.md"), (2, "b.md"), (9, "a.md")]:
            yield Problem(path, type(START)(line, 1), msg("x"))

    assert workspace(TEAM).findings(rules=[third]) == ["a.md:9:1: TU990 x", "b.md:1:1: TU990 x", "b.md:2:1: TU990 x"]


def test_check__a_rule_knows_the_day(workspace: Write) -> None:
    @rule("TU990", "day")
    def day(workspace: Workspace, context: Context) -> Iterator[Problem]:
        """Says which day it is."""
        yield Problem("a.md", START, msg("{day}", day=context.today.isoformat()))

    assert workspace(TEAM).findings(rules=[day]) == ["a.md:1:1: TU990 2026-11-20"]


# --- Too many --------------------------------------------------------------------------------------------------------


def test_check__more_of_a_rule_in_one_file_than_anyone_reads_are_counted(workspace: Write) -> None:
    names = "".join(f"  - depot-{number}\n" for number in range(MOST_FINDINGS + 3))
    lines = ("teams:\n" + names.rstrip(), "user_value: 9")
    written = workspace({"goals/a.md": goal("active", *lines), "goals/b.md": goal("active", "teams: [x]")})
    found = written.findings()
    assert codes(found) == ["TU201"] * (MOST_FINDINGS + 1) + ["TU107"] + ["TU201"]
    assert found[MOST_FINDINGS] == (
        f"goals/a.md:{6 + MOST_FINDINGS}:5: TU201 and 3 more findings of this rule in this file (correct the ones shown, and check again)"
    )
    assert found[-1].startswith("goals/b.md:5:9: TU201 no team")
    one_less = goal("active", lines[0].rsplit("\n", 3)[0])
    assert codes(workspace({"goals/a.md": one_less, "goals/b.md": goal()}).findings()) == ["TU201"] * MOST_FINDINGS
    one_more = goal("active", lines[0].rsplit("\n", 2)[0])
    assert "TU201 and 1 more finding of this rule" in workspace({"goals/a.md": one_more}).findings()[-1]


def test_check__an_error_among_those_that_are_only_counted_is_still_an_error(workspace: Write) -> None:
    @rule("TU990", "many")
    def many(workspace: Workspace, context: Context) -> Iterator[Problem]:
        """Says much of a draft, and then something of a goal that is none."""
        for line in range(MOST_FINDINGS + 50):
            yield Problem("goals/a.md", Position(line + 1, 1), msg("x"), address="goal/a")
        yield Problem("goals/a.md", Position(500, 1), msg("y"), address="goal/b")

    found = workspace({"goals/a.md": goal("draft"), "goals/b.md": goal()}).findings(rules=[many])
    assert codes(found) == ["TU990 warning"] * MOST_FINDINGS + ["TU990"]
    assert found[-1].startswith("goals/a.md:500:1: TU990 and 51 more findings")


def test_check__what_is_silenced_is_not_counted(workspace: Write) -> None:
    names = ", ".join(f"depot-{number}" for number in range(MOST_FINDINGS * 2))
    files = {"goals/a.md": goal("active", f"teams: [{names}]", "ignore: {TU201: imported}")}
    assert workspace(files).findings() == []


# --- Severities ------------------------------------------------------------------------------------------------------

STRAY = {**TEAM, "goals/notes.yml": "x: 1\n"}


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ("", ["TU015 warning"]),
        ("rules: {TU015: error}\n", ["TU015"]),
        ("rules: {stray-file: error}\n", ["TU015"]),
        ("rules: {TU015: note}\n", ["TU015 note"]),
        ("rules: {stray-file: warning}\n", ["TU015 warning"]),
        ("rules: {TU015: 'off'}\n", []),
        ("rules: {TU015: off}\n", []),
        ("rules: {stray-file: off}\n", []),
        ("rules: {TU014: off}\n", ["TU015 warning"]),
    ],
)
def test_check__severity_by_code_or_name(workspace: Write, setting: str, found: list[str]) -> None:
    assert codes(workspace({**STRAY, CONFIG_FILE: setting}).findings()) == found


# --- Drafts ----------------------------------------------------------------------------------------------------------


def test_check__what_is_wrong_in_a_draft_is_a_warning(workspace: Write) -> None:
    lines = ("parent: nowhere", "user_value: 9")
    assert codes(workspace({"goals/a.md": goal("active", *lines)}).findings()) == ["TU201", "TU107"]
    assert codes(workspace({"goals/a.md": goal("draft", *lines)}).findings()) == ["TU201 warning", "TU107 warning"]


def test_check__a_draft_that_cannot_be_read_is_an_error(workspace: Write) -> None:
    assert codes(workspace({"goals/a.md": goal("draft", "title: B")}).findings()) == ["TU007"]


def test_check__a_note_in_a_draft_stays_a_note(workspace: Write) -> None:
    files = {"goals/a.md": goal("draft", "parent: nowhere")}
    assert codes(workspace({**files, CONFIG_FILE: "rules: {TU201: note}\n"}).findings()) == ["TU201 note"]


# --- Silences --------------------------------------------------------------------------------------------------------


def test_check__a_silence_takes_the_findings_of_its_code_away(workspace: Write) -> None:
    lines = ("parent: nowhere", "product_owner: nobody", "user_value: 9", "ignore: {TU201: imported last year}")
    assert codes(workspace({"goals/a.md": goal("active", *lines)}).findings()) == ["TU107"]


def test_check__a_silence_holds_for_its_own_record_only(workspace: Write) -> None:
    files = {"goals/a.md": goal("active", "parent: x", "ignore: {TU201: imported}"), "goals/b.md": goal("active", "parent: x")}
    assert [one.split(":")[0] for one in workspace(files).findings()] == ["goals/b.md"]


def test_check__a_silence_that_silences_nothing_is_a_finding(workspace: Write) -> None:
    lines = ("ignore:", "  TU201: imported", "  TU999: never was", "  TU015: said of files")
    assert [one.split(" (")[0] for one in workspace({"goals/a.md": goal("active", *lines)}).findings()] == [
        "goals/a.md:6:3: TU120 warning: TU201 is silenced here, and there is no such finding",
        'goals/a.md:7:3: TU120 warning: no rule has the code "TU999"',
        "goals/a.md:8:3: TU120 warning: TU015 is silenced here, and there is no such finding",
    ]


def test_check__a_silence_of_a_rule_that_is_off_is_none_of_its_business(workspace: Write) -> None:
    files = {"goals/a.md": goal("active", "ignore: {TU201: imported}"), CONFIG_FILE: "rules: {TU201: off}\n"}
    assert workspace(files).findings() == []


def test_check__the_finding_about_a_silence_cannot_be_silenced(workspace: Write) -> None:
    lines = ("ignore: {TU201: imported, TU120: be quiet}",)
    assert codes(workspace({"goals/a.md": goal("active", *lines)}).findings()) == ["TU120 warning", "TU120 warning"]
    files = {"goals/a.md": goal("active", *lines), CONFIG_FILE: "rules: {TU120: off}\n"}
    assert workspace(files).findings() == []


@pytest.mark.parametrize(
    "ignore", ["5", "[]", "text", "{TU201: 5}", "{TU201: no}", "{TU201: }", "{TU201: {a: b}}", "{TU20: too short}", "{1: x}"]
)
def test_check__a_silence_of_the_wrong_form_is_a_finding_itself(workspace: Write, ignore: str) -> None:
    findings = workspace({"goals/a.md": goal("active", "parent: nowhere", f"ignore: {ignore}")}).findings()
    assert any(one.startswith("goals/a.md:6:") for one in findings)


def test_check__a_silence_without_a_reason_does_not_count(workspace: Write) -> None:
    findings = workspace({"goals/a.md": goal("active", "parent: nowhere", "ignore: {TU201: ''}")}).findings()
    assert "goals/a.md:6:17: TU107" in [one[:22] for one in findings]
    assert "TU201" in codes(findings)
    assert codes(workspace({"goals/a.md": goal("active", "ignore: {TU107: ''}")}).findings()) == ["TU107"]


def test_check__a_silence_in_a_file_of_several_records_holds_for_its_own(workspace: Write) -> None:
    schema = '{"x-kind": {"name": "depot", "files": ["depots/*.yaml"], "records": "keys"}, "properties": {"near": {"x-ref": "depot"}}}'
    text = "north:\n  near: x\n  ignore: {TU201: closed}\nsouth:\n  near: x\n"
    written = workspace({"schemas/depot.schema.json": schema, "depots/all.yaml": text})
    assert [one[:23] for one in written.findings()] == ["depots/all.yaml:5:9: TU"]


FEEDBACK = "title: A\ndate: 2026-11-01\nchannel: survey\nstatus: new\n"


def test_check__a_silence_does_not_reach_another_record_of_the_same_id(workspace: Write) -> None:
    files = {"feedback/2026/10/a.yaml": "title: A\n", "feedback/2026/11/a.yaml": "title: A\nignore: {TU101: old, TU206: old}\n"}
    findings = workspace(files).findings()
    assert any(one.startswith("feedback/2026/10/a.yaml:1:1: TU101") for one in findings)
    assert not any(one.startswith("feedback/2026/11/a.yaml:1:1: TU101") for one in findings)


def test_check__that_two_records_have_one_id_cannot_be_silenced(workspace: Write) -> None:
    text = FEEDBACK + "ignore: {TU206: we know}\n"
    findings = workspace({"feedback/2026/10/a.yaml": text, "feedback/2026/11/a.yaml": text}).findings()
    assert [one.split(" (")[0] for one in findings if "TU206" in one] == [
        "feedback/2026/10/a.yaml:5:10: TU120 warning: TU206 cannot be silenced",
        'feedback/2026/11/a.yaml:1:1: TU206 the id "a" is already taken by feedback/2026/10/a.yaml',
        "feedback/2026/11/a.yaml:5:10: TU120 warning: TU206 cannot be silenced",
    ]


def test_check__a_silence_in_a_file_that_has_its_id_twice_holds_for_neither(workspace: Write) -> None:
    schema = '{"x-kind": {"name": "depot", "files": ["depots/*.yaml"], "records": "items", "id": "id"}, "properties": {"id": {}, "near": {"x-ref": "depot"}}}'  # noqa: E501
    text = "- {id: a, near: x}\n- {id: a, near: x, ignore: {TU201: closed}}\n"
    findings = workspace({"schemas/depot.schema.json": schema, "depots/all.yaml": text}).findings()
    assert sum("TU201" in one for one in findings if "TU120" not in one) == 2


def test_check__a_draft_makes_nothing_milder_in_another_record_of_its_id(workspace: Write) -> None:
    files = {"plans/2025/a.md": "---\ntitle: A\nstatus: draft\n---\n", "plans/2026/a.md": "---\ntitle: A\nstatus: active\n---\n"}
    found = [one for one in workspace(files).findings() if "TU101" in one]
    assert ["warning" in one for one in found] == [True, False]


# --- Parts of a workspace --------------------------------------------------------------------------------------------

PAIR = {"goals/a.md": goal("active", "parent: x"), "goals/b.md": goal("active", "parent: y", "ignore: {TU113: elsewhere}")}


def whole_rule() -> Rule:
    @rule("TU113", "repeated-unique-value", whole=True)
    def found(workspace: Workspace, context: Context) -> Iterator[Problem]:
        """Needs every record."""
        for record in workspace.records:
            yield record.problem(msg("x"))

    return found


def test_check__of_a_part_says_only_what_concerns_it(workspace: Write) -> None:
    written = workspace(PAIR)
    assert [one.split(":")[0] for one in written.findings(["goals/a.md"])] == ["goals/a.md"]
    assert [one.split(":")[0] for one in written.findings(["goals"])] == ["goals/a.md", "goals/b.md"]


def test_check__of_a_part_says_what_is_wrong_with_settings_and_schemas(workspace: Write) -> None:
    written = workspace({**PAIR, CONFIG_FILE: "titel: x\n", "schemas/x.schema.json": "5"})
    found = {one.split(":")[0] for one in written.findings(["goals/b.md"])}
    assert {CONFIG_FILE, "schemas/x.schema.json"} <= found
    assert "goals/a.md" not in found


def test_check__of_a_part_leaves_rules_out_that_need_the_whole(workspace: Write) -> None:
    written = workspace(PAIR)
    assert codes(written.findings(rules=[whole_rule()])) == ["TU113"]
    assert written.findings(["goals/a.md"], rules=[whole_rule()]) == []
    assert codes(written.findings(["goals/b.md"])) == ["TU201"]


def test_check__of_a_part_is_what_the_whole_run_says_of_it(workspace: Write) -> None:
    files = {
        **TEAM,
        "goals/a.md": goal("active", "parent: b", "product_owner: li-wie"),
        "goals/b.md": goal("active", "parent: a"),
        "goals/A.yaml": "title: A\nperiod: 2026-Q4\nstatus: draft\n",
        "plans/p.md": "---\ntitle: P\nteam: operations\nstatus: active\ngoals: [a, c]\n---\n[[goal/b]] [[goal/d]]\n",
        "team/people/li-wei.yaml": "title: 李薇\nteam: operation\n",
    }
    written = workspace(files)
    whole = written.findings()
    for path in files:
        part, of_whole = written.findings([path]), [one for one in whole if one.startswith(path + ":")]
        # A whole run says once that two share an id or that they go round in a circle; a run for either says it there.
        assert [one for one in part if one in of_whole or not re.search("TU20[46]", one)] == of_whole, path


def test_check__twice_is_the_same(workspace: Write) -> None:
    loaded = workspace(PAIR).load()
    assert check(loaded, TODAY) == check(loaded, TODAY)


# --- Rules that are always on ----------------------------------------------------------------------------------------


def test_check__what_cannot_be_read_cannot_be_turned_off_in_the_settings(workspace: Write) -> None:
    fixed = [one for one in RULES if one.fixed]
    assert [one.code for one in fixed] == [*(f"TU{number:03}" for number in range(1, 13)), "TU018", "TU019"]
    settings = "rules:\n" + "".join(f"  {one.code}: off\n  {one.name}: note\n" for one in fixed)
    broken = {"goals/a.md": "no fields", "goals/b.yaml": b"title: \xff", "goals/c.yaml": "a: [", "schemas/x.schema.json": "{}"}
    found = workspace({CONFIG_FILE: settings, **TEAM, **broken}).findings()
    assert codes(found[:3]) == ["TU010", "TU002", "TU006"]
    assert codes(found[3:-1] if found[-1].startswith("trueup") else found[3:]).count("TU019") == 1
    told = [one for one in found if one.startswith(CONFIG_FILE)]
    assert len(told) == 2 * len(fixed)
    assert told[0] == (
        'trueup.yaml:2:3: TU018 "TU001" cannot be turned off or lowered: a file would be skipped silently'
        ' (delete the line; a file that is no record can be left out under "exclude")'
    )


def test_check__to_call_a_rule_that_is_always_on_an_error_is_fine(workspace: Write) -> None:
    assert workspace({CONFIG_FILE: "rules: {TU006: error, TU017: off}\n", **TEAM}).findings() == []
