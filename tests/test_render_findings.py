"""Findings in every format: held against the formats' published schemas, or read back by a parser that is not ours."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import Failure, JUnitXml
from markdown_it import MarkdownIt

from trueup.checks.catalogue import RULES
from trueup.diagnostic import Diagnostic, Severity
from trueup.locale import Label, Text, msg
from trueup.render.findings import FORMATS, Report, summary
from trueup.render.github import github_summary

SCHEMAS = Path(__file__).parent / "schemas"
JSON_FORMATS = ("json", "gitlab", "sarif", "rdjson")


def text(words: str) -> Text:
    """``words`` as a message, unshortened."""
    return Text(words.replace("{", "{{").replace("}", "}}"))


def finding(
    message: str = 'no person has the id "li-wie"',
    hint: str | None = None,
    *,
    path: str = "plans/spring-launch.md",
    line: int = 14,
    column: int = 12,
    code: str = "TU201",
    rule: str = "unknown-reference",
    severity: Severity = "error",
    address: str = "",
) -> Diagnostic:
    return Diagnostic(path, line, column, code, rule, severity, text(message), None if hint is None else text(hint), address)


def report(*diagnostics: Diagnostic, language: str = "en", **other: Any) -> Report:
    files = len({one.path for one in diagnostics})
    return Report(diagnostics, other.pop("records", 212), files, language, "0.1.0", RULES, **other)


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


UNKNOWN = finding(hint='did you mean "li-wei"?', address="plan/spring-launch")
LATE = finding("the task ends after its plan", code="TU302", rule="task-outside-plan", severity="warning", line=20, column=5)
STRAY = finding(
    "no kind of record reads this file", code="TU015", rule="stray-file", severity="note", path="plans/草稿.txt", line=1, column=1
)
THREE = report(UNKNOWN, LATE, STRAY)
FIRST_AND_SECOND_FINGERPRINT = ["710f0328115c9b108bb953918ad7177a23040bfa", "65ba69f703b20509cdba4760ecac8792a3719452"]


# What a CI server and a terminal obey


def runner_commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that a CI runner finds in a log: name, properties and data.

    After actions/runner, src/Runner.Common/ActionCommand.cs: ``::name k=v,k=v::data`` where a line starts with it, white
    space in front left out, else ``##[name k=v;k=v]data`` anywhere in a line. Any name counts as registered, and so does
    any word between ``##`` and ``[``, which takes in Azure Pipelines and TeamCity.
    """
    found = []
    for line in re.split("\r\n|[\r\n]", log):
        if match := re.match(r"\s*::(.*?)::(.*)", line, re.DOTALL):
            name, _, properties = match[1].partition(" ")
            pairs = (pair.partition("=") for pair in properties.strip().split(",") if pair)
            found.append((name, {key: unescaped(value) for key, _, value in pairs}, unescaped(match[2])))
        elif match := re.search(r"##\w*\[(.*)", line, re.DOTALL):
            found.append((match[1], {}, ""))
    return found


def unescaped(value: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(escape, character)
    return value


def hidden(output: str, allowed: str = "\n") -> list[str]:
    """The characters of an output that a terminal obeys, or that nobody can see."""
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return [
        character
        for character in output
        if character not in allowed
        and (
            unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
            or unicodedata.bidirectional(character) in bidi
            or character in "\u200b\u200e\u200f\u061c\u2060\ufeff\ufffe\uffff\U000e0041"
        )
    ]


HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "a\tb\x7f",
    "\u202egpj.exe",
    "::error::forged",
    "  ::stop-commands::token",
    "one\n::add-mask::two",
    "one\r::set-output name=x::two",
    "one\x85::error::two\u2028::error::three",
    "\ufeff::error::x",
    ":::::error:::::x",
    "##[error]forged",
    "x ##[group]y",
    "###[error]forged",
    "##vso[task.setvariable variable=PATH]x",
    "##teamcity[buildStop]",
    "100%0A::error::x",
    "a,line=1::b",
    ":",
    "::",
    "]]>&<x a='b' c=\"d\">",
    "@org/team and 李雷@octocat",
    "![x](https://example.org/p.png) [y](javascript:x)",
    "<img src=x onerror=alert(1)>",
    "&#64;octocat",
    "`|` **b** ~~s~~ $x$ \\| a|b",
    "{0} {severity} {{1}}",
    "_x_ __y__ a_b_",
    "\udcff\ud800",
    "\U000e0041\ufffe",
    "结果\u2066\u2069",
]

FRAGMENTS = [*HOSTILE, "::", ":", "##", "[", "]", "(", ")", "%", ",", "@", "|", "`", "&", "<", "\\", "\r", "\n", " ", "error", "x"]
WORDS = st.lists(st.sampled_from(FRAGMENTS) | st.integers(0, 0x10FFFF).map(chr), min_size=1, max_size=8).map("".join)
PATHS = st.lists(st.sampled_from(FRAGMENTS) | st.integers(1, 0x10FFFF).map(chr), min_size=1, max_size=5).map("".join)
# A busy machine is slow at times, which says nothing about the code.
UNHURRIED = settings(deadline=None)
SEVERITIES: st.SearchStrategy[Severity] = st.sampled_from(["error", "warning", "note"])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_formats__hostile_text_is_shown_and_not_obeyed(form: str, hostile: str) -> None:
    output = FORMATS[form](report(finding(hostile, hostile, path=f"goals/{hostile}.md", address=f"goal/{hostile}")))

    assert not hidden(output)
    assert output.encode("utf-8")
    commands = runner_commands(output)
    if form == "github":
        assert [name for name, _, _ in commands] == ["error"]
    else:
        assert commands == []


@UNHURRIED
@given(PATHS, WORDS, st.none() | WORDS, SEVERITIES)
@example("::error::x.md", "::error::x", None, "error")
@example("##0[x].md", "##[x]", "##组[x]", "error")
@example(":", "::x", "::y", "note")
def test_text__no_finding_is_more_than_one_line_nor_a_command(path: str, message: str, hint: str | None, severity: Severity) -> None:
    output = FORMATS["text"](report(finding(message, hint, path=path, severity=severity)))

    assert output.endswith("\n")
    assert output.count("\n") == 1
    assert not hidden(output)
    assert runner_commands(output) == []
    assert "::" not in output


@UNHURRIED
@given(st.lists(st.tuples(PATHS, WORDS, st.none() | WORDS, SEVERITIES), min_size=1, max_size=25))
def test_github__only_our_own_commands_are_obeyed(findings: list[tuple[str, str, str | None, Severity]]) -> None:
    found = [finding(message, hint, path=path, severity=severity) for path, message, hint, severity in findings]
    output = FORMATS["github"](report(*found))

    assert output.count("\n") == len(found)
    assert not hidden(output)
    assert not re.search(r"##\w*\[", output)
    commands = runner_commands(output)
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    expected = [name for severity, name in levels.items() for _ in [one for one in found if one.severity == severity][:10]]
    assert [name for name, _, _ in commands] == expected
    for _, properties, data in commands:
        assert list(properties) == ["file", "line", "col", "title"]
        assert (properties["line"], properties["col"], properties["title"]) == ("14", "12", "TU201 unknown-reference")
        assert not hidden(properties["file"] + data, allowed="")
        assert runner_commands(data) == []


@UNHURRIED
@given(st.sampled_from(JSON_FORMATS), PATHS, WORDS, st.none() | WORDS)
def test_json_formats__hostile_text_keeps_the_json_whole(form: str, path: str, message: str, hint: str | None) -> None:
    output = FORMATS[form](report(finding(message, hint, path=path)))

    words = list(strings(json.loads(output)))
    # Half a surrogate pair is refused by strict readers, protojson among them.
    assert not re.search("[\ud800-\udfff]", "".join(words))
    assert output.encode("utf-8")
    assert "::" not in output
    assert not hidden(output)
    assert runner_commands(output) == []


def strings(data: Any) -> Iterator[str]:
    """Every string in JSON data, keys left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for value in data.values() for text in strings(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in strings(value))


@pytest.mark.parametrize("form", JSON_FORMATS)
def test_json_formats__a_name_that_is_not_utf_8_is_written_out(form: str) -> None:
    """Python holds such bytes as half a surrogate pair, which strict readers refuse, protojson among them."""
    words = strings(json.loads(FORMATS[form](report(finding(path="goals/\udcff.md", address="goal/\udcff")))))

    assert not re.search("[\ud800-\udfff]", "".join(words))


@pytest.mark.parametrize("form", JSON_FORMATS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_json_formats__words_are_harmless_to_who_prints_them(form: str, hostile: str) -> None:
    """A reader undoes what JSON escapes, so that words for people must be written out before."""
    for words in strings(json.loads(FORMATS[form](report(finding(hostile, hostile))))):
        assert not hidden(words, allowed="")
        assert runner_commands(words) == []


@UNHURRIED
@given(PATHS, WORDS, st.none() | WORDS, SEVERITIES)
def test_junit__is_well_formed_whatever_it_holds(path: str, message: str, hint: str | None, severity: Severity) -> None:
    output = FORMATS["junit"](report(finding(message, hint, path=path, severity=severity)))

    assert ET.fromstring(output.encode("utf-8")).tag == "testsuites"
    assert not hidden(output)
    assert runner_commands(output) == []


# Text


def test_text__a_line_a_finding_with_what_is_less_than_an_error_marked() -> None:
    assert FORMATS["text"](THREE) == (
        'plans/spring-launch.md:14:12: TU201 no person has the id "li-wie" (did you mean "li-wei"?)\n'
        "plans/spring-launch.md:20:5: TU302 warning: the task ends after its plan\n"
        "plans/草稿.txt:1:1: TU015 note: no kind of record reads this file\n"
    )


def test_text__no_findings_is_no_output() -> None:
    assert FORMATS["text"](report()) == ""


def test_text__hostile_characters_are_written_out() -> None:
    line = FORMATS["text"](report(finding("a\x1b[31m\u202eb\U000e0041 ::error:: ##[error]", path="goals/\udcffx.md")))

    assert line == "goals/\\udcffx.md:14:12: TU201 a\\x1b[31m\\u202eb\\U000e0041 :\\:error:\\: #\\#[error]\n"


def test_text__plain_text_stays_as_it_is() -> None:
    message = 'the section "## 背景" is missing: 👩‍💻 a:b #[x] é C:\\x 10%'

    assert FORMATS["text"](report(finding(message))) == f"plans/spring-launch.md:14:12: TU201 {message}\n"


# Summary


@pytest.mark.parametrize(
    ("severities", "records", "line"),
    [
        (["error"] * 3 + ["warning"], 212, "3 errors, 1 warning in 212 records"),
        (["error"], 1, "1 error in 1 record"),
        (["note", "note"], 2, "2 notes in 2 records"),
        (["note", "warning", "warning", "error"], 0, "1 error, 2 warnings, 1 note in 0 records"),
        ([], 212, "no findings in 212 records"),
    ],
)
def test_summary__counts_worst_first(severities: list[Severity], records: int, line: str) -> None:
    assert summary(report(*(finding(severity=severity) for severity in severities), records=records)) == line


# JSON


def test_json__is_what_the_promise_says() -> None:
    output = FORMATS["json"](THREE)

    Draft202012Validator(schema("findings-1.schema.json")).validate(json.loads(output))
    assert json.loads(output)["summary"] == {"errors": 1, "warnings": 1, "notes": 1, "records": 212, "files": 2}
    # The order of keys is part of the promise: the output of two runs can be compared line by line.
    assert list(json.loads(output)) == ["version", "summary", "diagnostics"]
    assert list(json.loads(output)["diagnostics"][0].items()) == [
        ("path", "plans/spring-launch.md"),
        ("line", 14),
        ("column", 12),
        ("code", "TU201"),
        ("rule", "unknown-reference"),
        ("severity", "error"),
        ("message", 'no person has the id "li-wie"'),
        ("hint", 'did you mean "li-wei"?'),
        ("address", "plan/spring-launch"),
    ]
    # What there is none of is null.
    assert [(one["hint"], one["address"]) for one in json.loads(output)["diagnostics"][1:]] == [(None, None)] * 2


def test_json__no_findings_is_an_empty_list() -> None:
    data = json.loads(FORMATS["json"](report()))

    Draft202012Validator(schema("findings-1.schema.json")).validate(data)
    assert data["diagnostics"] == []


def test_json__a_path_stays_exact_so_that_scripts_find_the_file() -> None:
    path = "goals/a::b ##[x]\x1b\u202e草.md"
    output = FORMATS["json"](report(finding(path=path)))

    assert json.loads(output)["diagnostics"][0]["path"] == path
    assert "草" in output


# GitHub


def test_github__escapes_as_the_toolkit_does() -> None:
    output = FORMATS["github"](report(finding("100% sure: a, b", path="goals/a,b:50%.md")))

    assert output == ("::error file=goals/a%2Cb%3A50%25.md,line=14,col=12,title=TU201 unknown-reference::100%25 sure: a, b\n")
    assert runner_commands(output) == [
        ("error", {"file": "goals/a,b:50%.md", "line": "14", "col": "12", "title": "TU201 unknown-reference"}, "100% sure: a, b")
    ]


def test_github__ten_of_a_level_worst_first_and_the_rest_as_plain_lines() -> None:
    notes = [finding("n", severity="note", path="a.md", line=number) for number in range(1, 13)]
    warnings = [finding("w", severity="warning", path="b.md", line=number) for number in range(1, 13)]
    errors = [finding("e", path="c.md", line=number) for number in range(1, 13)]

    lines = FORMATS["github"](report(*notes, *warnings, *errors)).splitlines()

    assert [line.split(" ")[0] for line in lines[:30]] == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    assert lines[30:] == [
        "c.md:11:12: TU201 e",
        "c.md:12:12: TU201 e",
        "b.md:11:12: TU201 warning: w",
        "b.md:12:12: TU201 warning: w",
        "a.md:11:12: TU201 note: n",
        "a.md:12:12: TU201 note: n",
    ]


class _Reader(HTMLParser):
    """Reads a rendered summary: the cells of its table, the elements in it, and each run of text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: list[str] = []
        self.texts: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.texts.append((data, "code" in self.elements[-1:]))
        if self.rows and data != "\n":
            self.rows[-1][-1] += data


# What Markdown makes by itself; anything else would be an element that the message wrote.
MARKDOWN_ELEMENTS = {
    "p",
    "em",
    "strong",
    "s",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "br",
    *(f"h{level}" for level in range(1, 7)),
}


def read_summary(markdown: str) -> _Reader:
    """A summary as GitHub renders it: Markdown with tables, strike-through and HTML."""
    reader = _Reader()
    reader.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
    reader.close()
    return reader


def test_github_summary__every_finding_is_a_row() -> None:
    reader = read_summary(github_summary(report(LATE, STRAY, UNKNOWN)))

    assert reader.rows == [
        ["Severity", "Place", "Finding", "Rule"],
        ["error", "plans/spring-launch.md:14:12", 'no person has the id "li-wie" (did you mean "li-wei"?)', "TU201"],
        ["warning", "plans/spring-launch.md:20:5", "the task ends after its plan", "TU302"],
        ["note", "plans/草稿.txt:1:1", "no kind of record reads this file", "TU015"],
    ]
    assert ("1 error, 1 warning, 1 note in 212 records", False) in reader.texts


def test_github_summary__no_findings_is_said_without_a_table() -> None:
    assert github_summary(report()) == "## trueup\n\nno findings in 212 records\n"


@UNHURRIED
@given(PATHS, WORDS, st.none() | WORDS)
@example("a|b`c.md", "![x](https://example.org/p.png) <img src=x> @org/team \\| |", None)
@example("a.md", "&#64;octocat &lt;b&gt; &amp;", "\\@octocat")
def test_github_summary__hostile_text_is_the_text_of_its_cell(path: str, message: str, hint: str | None) -> None:
    markdown = github_summary(report(finding(message, hint, path=path)))
    reader = read_summary(markdown)

    assert not hidden(markdown)
    assert [len(row) for row in reader.rows] == [4, 4]
    assert set(reader.elements) <= {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code"}
    for words, is_code in reader.texts:
        # GitHub looks for mentions in the text that a reader sees, but not in code.
        assert is_code or not re.search(r"(?<![A-Za-z0-9_])@[A-Za-z0-9]", words)
    said = FORMATS["text"](report(finding(message, hint, path=path)))
    shown = "".join(reader.rows[1][1:3])
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", said).replace("TU201", "", 1).replace(":14:12:", ":14:12", 1)


def test_github_summary__markup_is_written_as_entities() -> None:
    markdown = github_summary(report(finding("&<>|`*_[]\\~!$ @a")))

    assert "| &#38;&#60;&#62;&#124;&#96;&#42;&#95;&#91;&#93;&#92;&#126;&#33;&#36; @ a |" in markdown


def test_github_summary__what_is_too_much_is_counted() -> None:
    findings = [finding("@" * 400 + "|" * 90, path=f"goals/{number:04}.md") for number in range(2_000)]
    markdown = github_summary(report(*findings))

    assert len(markdown) <= 60_000
    shown = len(read_summary(markdown).rows) - 1
    assert 50 < shown < 2_000
    assert markdown.endswith(f"\n{2_000 - shown} more findings are not shown here.\n")


# GitLab


def test_gitlab__fits_the_published_shape() -> None:
    data = json.loads(FORMATS["gitlab"](THREE))

    Draft202012Validator(schema("gitlab-code-quality.schema.json")).validate(data)
    assert [{key: value for key, value in one.items() if key != "fingerprint"} for one in data] == [
        {
            "description": 'no person has the id "li-wie" (did you mean "li-wei"?)',
            "check_name": "unknown-reference",
            "severity": "major",
            "location": {"path": "plans/spring-launch.md", "lines": {"begin": 14}},
        },
        {
            "description": "the task ends after its plan",
            "check_name": "task-outside-plan",
            "severity": "minor",
            "location": {"path": "plans/spring-launch.md", "lines": {"begin": 20}},
        },
        {
            "description": "no kind of record reads this file",
            "check_name": "stray-file",
            "severity": "info",
            "location": {"path": "plans/草稿.txt", "lines": {"begin": 1}},
        },
    ]


def test_gitlab__no_findings_is_an_empty_list() -> None:
    assert json.loads(FORMATS["gitlab"](report())) == []


def gitlab_fingerprints(*diagnostics: Diagnostic, language: str = "en") -> list[str]:
    return [one["fingerprint"] for one in json.loads(FORMATS["gitlab"](report(*diagnostics, language=language)))]


def test_fingerprints__stay_when_lines_move_or_the_language_changes() -> None:
    message = msg("{thing} is missing", thing=Label("the metric", "指标"))
    here = Diagnostic("goals/a.md", 4, 1, "TU101", "missing-field", "error", message)
    lower = Diagnostic("goals/a.md", 9, 3, "TU101", "missing-field", "warning", message)

    assert gitlab_fingerprints(here) == gitlab_fingerprints(lower) == gitlab_fingerprints(here, language="zh")
    # They are made of the English words, which a better translation leaves as they are.
    assert gitlab_fingerprints(here) == gitlab_fingerprints(replace(here, message=text("the metric is missing")))


def test_fingerprints__differ_by_file_rule_and_words_and_among_findings_alike() -> None:
    alike = [finding(line=line) for line in (1, 2, 3)]
    found = gitlab_fingerprints(*alike, finding("other words"), finding(path="plans/other.md"), finding(code="TU202"))

    assert len(set(found)) == 6
    assert found[:2] == gitlab_fingerprints(*alike[:2])


def test_fingerprints__are_what_they_were_in_earlier_versions() -> None:
    """Code scanning would take every known finding for a new one if these changed."""
    assert gitlab_fingerprints(UNKNOWN, UNKNOWN) == FIRST_AND_SECOND_FINGERPRINT


# SARIF


def check_sarif(output: str) -> Any:
    validator = Draft4Validator(schema("sarif-2.1.0-rtm.5.json"), format_checker=Draft4Validator.FORMAT_CHECKER)
    data = json.loads(output)
    assert [error.message for error in validator.iter_errors(data)] == []
    (run,) = data["runs"]
    return run


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sarif__fits_the_published_schema(language: str) -> None:
    check_sarif(FORMATS["sarif"](report(UNKNOWN, LATE, STRAY, language=language)))
    check_sarif(FORMATS["sarif"](report(language=language)))


def test_sarif__names_the_language_of_its_words() -> None:
    assert [check_sarif(FORMATS["sarif"](report(language=language)))["language"] for language in ("en", "zh")] == ["en", "zh-CN"]


def test_sarif__a_result_points_at_its_rule_and_place() -> None:
    run = check_sarif(FORMATS["sarif"](THREE))

    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for result, one in zip(run["results"], THREE.diagnostics, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code
        assert result["level"] == one.severity
        assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": one.line, "startColumn": one.column}
    first = run["results"][0]
    assert first["message"] == {"text": 'no person has the id "li-wie" (did you mean "li-wei"?)'}
    assert first["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "plan/spring-launch"}]
    assert first["partialFingerprints"] == {"finding/v1": FIRST_AND_SECOND_FINGERPRINT[0]}


def test_sarif__a_finding_of_no_listed_rule_has_no_index() -> None:
    (result,) = check_sarif(FORMATS["sarif"](report(finding(code="TU999"))))["results"]

    assert result["ruleId"] == "TU999"
    assert "ruleIndex" not in result


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("goals/a.md", "goals/a.md"),
        ("goals/2026 Q4 100%.md", "goals/2026%20Q4%20100%25.md"),
        ("目标/a#b?c.md", "%E7%9B%AE%E6%A0%87/a%23b%3Fc.md"),
        ("x:y/a\\b.md", "x%3Ay/a%5Cb.md"),
        ("goals/\udcff.md", "goals/%5Cudcff.md"),
    ],
)
def test_sarif__paths_are_relative_references(path: str, uri: str) -> None:
    (result,) = check_sarif(FORMATS["sarif"](report(finding(path=path))))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@UNHURRIED
@given(WORDS)
@example("{0} and [a](b) and {{1}}")
def test_sarif__a_message_holds_no_placeholder_and_no_link(message: str) -> None:
    run = json.loads(FORMATS["sarif"](report(finding(message))))["runs"][0]
    said = run["results"][0]["message"]["text"]

    assert re.fullmatch(r"(?:[^{}]|\{\{|\}\})*", said)
    assert "](" not in said
    assert not re.search(r"<[A-Za-z/!?]", said)


# JUnit


@cache
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def check_junit(output: str) -> ET.Element:
    junit_schema().validate(output)
    return ET.fromstring(output.encode("utf-8"))


def test_junit__an_error_fails_and_what_is_less_passes() -> None:
    output = FORMATS["junit"](THREE)

    check_junit(output)
    suites = list(JUnitXml.fromstring(output.encode("utf-8")))
    assert [(suite.name, suite.tests, suite.failures, suite.errors) for suite in suites] == [
        ("plans/spring-launch.md", 2, 1, 0),
        ("plans/草稿.txt", 1, 0, 0),
    ]
    unknown, late = suites[0]
    (failure,) = unknown.result
    assert isinstance(failure, Failure)
    assert (unknown.classname, unknown.name) == ("plans/spring-launch.md", "TU201 unknown-reference 14:12")
    assert (failure.type, failure.message) == ("TU201", 'no person has the id "li-wie" (did you mean "li-wei"?)')
    assert failure.text == "plans/spring-launch.md:14:12"
    assert late.is_passed
    assert late.system_out == "warning: the task ends after its plan"


def test_junit__counts_are_those_of_the_cases() -> None:
    root = check_junit(FORMATS["junit"](THREE))

    assert (root.get("tests"), root.get("failures")) == (str(len(root.findall(".//testcase"))), str(len(root.findall(".//failure"))))
    assert check_junit(FORMATS["junit"](report())).get("tests") == "1"


def test_junit__no_findings_is_one_passed_case() -> None:
    output = FORMATS["junit"](report())

    check_junit(output)
    (suite,) = JUnitXml.fromstring(output.encode("utf-8"))
    (case,) = suite
    assert case.is_passed
    assert case.system_out == "no findings in 212 records"


def test_junit__no_two_cases_share_a_name() -> None:
    root = check_junit(FORMATS["junit"](report(finding("a"), finding("b"), finding("c", line=15), finding("a", path="plans/z.md"))))

    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == 4
    assert names[1] == ("plans/spring-launch.md", "TU201 unknown-reference 14:12 (2)")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_junit__hostile_text_fits_the_published_schema(hostile: str) -> None:
    root = check_junit(FORMATS["junit"](report(finding(hostile, path=f"goals/{hostile}.md"))))

    # Nothing is lost on the way: the case says what the line of text says.
    line = FORMATS["text"](report(finding(hostile, path=f"goals/{hostile}.md")))
    failure = root.find(".//failure")
    assert failure is not None
    assert f"{failure.text}: TU201 {failure.get('message')}\n" == line


# reviewdog


def test_rdjson__fits_the_published_shape() -> None:
    data = json.loads(FORMATS["rdjson"](report(UNKNOWN, LATE, STRAY)))

    Draft202012Validator(schema("rdjson.schema.json"), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(data)
    assert data["source"] == {"name": "trueup"}
    assert data["diagnostics"][0] == {
        "message": 'no person has the id "li-wie" (did you mean "li-wei"?)',
        "location": {"path": "plans/spring-launch.md", "range": {"start": {"line": 14}}},
        "severity": "ERROR",
        "code": {"value": "TU201"},
    }
    assert [one["severity"] for one in data["diagnostics"]] == ["ERROR", "WARNING", "INFO"]


@UNHURRIED
@given(WORDS)
@example("![x](https://example.org/p.png) <img src=x> @org/team 李雷@octocat &#64;octocat [a][b]")
def test_rdjson__a_message_posted_as_a_comment_has_no_images_links_or_mentions(message: str) -> None:
    said = json.loads(FORMATS["rdjson"](report(finding(message))))["diagnostics"][0]["message"]
    reader = read_summary(said)

    assert not {"a", "img"} & set(reader.elements)
    assert set(reader.elements) <= MARKDOWN_ELEMENTS
    for words, is_code in reader.texts:
        assert is_code or not re.search(r"(?<![A-Za-z0-9_])@[A-Za-z0-9]", words)


# All formats


@pytest.mark.parametrize("form", FORMATS)
def test_formats__the_same_findings_give_the_same_bytes(form: str) -> None:
    assert FORMATS[form](THREE) == FORMATS[form](report(*THREE.diagnostics))
    assert form == "text" or FORMATS[form](report()).endswith("\n") or form == "github"


@pytest.mark.parametrize("form", FORMATS)
def test_formats__words_are_in_the_readers_language_and_names_are_not(form: str) -> None:
    one = Diagnostic(
        "goals/a.md",
        4,
        1,
        "TU101",
        "missing-field",
        "warning",
        msg("{thing} is missing", thing=Label("the metric", "指标")),
        text("add it"),
    )
    english, chinese = FORMATS[form](report(one)), FORMATS[form](report(one, language="zh"))

    assert "the metric" in english
    assert "指标" in chinese
    assert "the metric" not in chinese
    for name in ("goals/a.md", "TU101", "missing-field"):
        assert (name in english) == (name in chinese)


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "rdjson"])
def test_formats_of_forges__paths_start_at_the_root_of_the_repository(form: str) -> None:
    assert "handbook/plans/spring-launch.md" in FORMATS[form](report(UNKNOWN, prefix="handbook/"))


def test_formats__text_is_the_default_and_all_are_there() -> None:
    assert list(FORMATS) == ["text", "json", "github", "gitlab", "sarif", "junit", "rdjson"]
