"""The workspace's settings: what they change, and that a wrong one is a finding and not a failure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from trueup.records.config import CONFIG_FILE, Config, Repository

Write = Callable[[Mapping[str, str | bytes]], Written]


def settings(workspace: Write, text: str | bytes) -> tuple[Config, list[str]]:
    written = workspace({CONFIG_FILE: text})
    return written.load().config, written.findings()


@pytest.mark.parametrize("text", ["", "\n\n", "# later\n", "{}\n", "---\n", "\ufeff", "title: trueup\r\n"])
def test_read_config__nothing_written_is_the_defaults(workspace: Write, text: str) -> None:
    config, findings = settings(workspace, text)
    assert (config.title, config.language, dict(config.severities), config.exclude, config.repository) == ("trueup", "en", {}, None, None)
    assert findings == []


def test_read_config__everything(workspace: Write) -> None:
    text = (
        "title: 果篮\nlanguage: zh\nexclude: ['plans/old/**']\nrules: {TU302: error, stray-file: 'off'}\n"
        "repository: {url: https://gitlab.example.com/a/b.git/, branch: dev, folder: records/}\n"
    )
    written = workspace({CONFIG_FILE: text.replace("records/", "records"), "plans/old/a.md": "no record"})
    config = written.load().config
    assert written.findings() == []
    assert (config.title, config.language, config.severities) == ("果篮", "zh", {"TU302": "error", "stray-file": "off"})
    assert config.exclude is not None
    assert config.exclude.match("plans/old/a.md")
    assert config.repository is not None
    assert (config.repository.branch, config.repository.forge, config.repository.folder) == ("dev", "gitlab", "records")


@pytest.mark.parametrize(
    ("url", "forge"),
    [
        ("https://github.com/a/b", "github"),
        ("https://gitlab.example.com/a/b", "gitlab"),
        ("https://gitee.com/a/b", "gitee"),
        ("https://git.example.com/gitlab/b", "github"),
    ],
)
def test_read_config__forge_is_guessed_from_the_host(workspace: Write, url: str, forge: str) -> None:
    config, findings = settings(workspace, f"repository: {{url: {url}.git}}\n")
    assert findings == []
    assert config.repository == Repository(url, "main", forge, "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tilte: x\n", ['1:1: TU018 there is no field "tilte" here (did you mean "title"?)']),
        ("title: 5\n", ['1:8: TU018 "title" must be text, not a whole number (put it in quotes: "5")']),
        ("title:\n", ['1:7: TU018 "title" has no value (write one, or delete the line)']),
        ("language: fr\n", ['1:11: TU018 "fr" is not allowed for "language" (allowed: en, zh)']),
        ("- a\n", ['1:1: TU018 "record" must be a mapping of fields, not a list']),
        ("rules: {TU999: error}\n", ['1:9: TU018 there is no rule "TU999"']),
        ("rules: {unknown-refrence: error}\n", ['1:9: TU018 there is no rule "unknown-refrence" (did you mean "unknown-reference"?)']),
        ("rules: {TU201: fatal}\n", ['1:16: TU018 "fatal" is not allowed for "TU201" (allowed: error, warning, note, off)']),
        ("repository: {url: 'http://x/y'}\n", ["1:19: TU018"]),
        ("repository: {url: 'javascript:alert(1)'}\n", ["1:19: TU018"]),
        ("repository: {url: 'https://x/y', branch: '--output=x'}\n", ["1:42: TU018"]),
        ("repository: {url: 'https://x/y', folder: ../..}\n", ['1:42: TU018 "../.." does not have the form that "folder" needs']),
        ("repository: {url: 'https://x/y', folder: a/../b}\n", ["1:42: TU018"]),
        ("repository: {url: 'https://x/y', folder: ./a}\n", ["1:42: TU018"]),
        ("repository: {url: 'https://x/y', folder: /srv/a}\n", ["1:42: TU018"]),
        ("repository: {url: 'https://x/y', folder: 'C:\\a'}\n", ["1:42: TU018"]),
        ("".join(f"x{number}: 1\n" for number in range(60)) + "exclude: 5\nrules: {TU201: []}\n", ["1:1: TU018"] * 50),
        ("exclude: ['[z-a].md']\n", ["1:10: TU018"]),
        ("exclude: ['!a.md']\n", ["1:11: TU018"]),
        ("title: [\n", ["1:9: TU006"]),
        ("title: a\ntitle: b\n", ['2:1: TU007 the field "title" is written twice; the first is on line 1 (delete one of them)']),
        ("&a {title: *a}\n", ["1:1: TU008", "1:12: TU008"]),
        (b"title: \xff\n", ["1:8: TU002"]),
        ("title: x\n---\ntitle: y\n", ["2:1: TU008"]),
        (b"#" * ((1 << 20) + 1), ["1:1: TU004"]),
    ],
)
def test_read_config__what_cannot_be_used_is_a_finding_at_its_place(workspace: Write, text: str | bytes, found: list[str]) -> None:
    config, findings = settings(workspace, text)
    assert config.title in ("trueup", "a", "x")
    assert len(findings) == len(found)
    for finding, start in zip(findings, found, strict=True):
        assert finding.startswith(f"{CONFIG_FILE}:{start}") or len(found) == 50


@pytest.mark.parametrize("folder", ["planning", ".github", "a/..b/c.d", "...x"])
def test_read_config__a_folder_within_the_repository(workspace: Write, folder: str) -> None:
    config, findings = settings(workspace, f"repository: {{url: 'https://x/y', folder: {folder}}}\n")
    assert findings == []
    assert config.repository is not None
    assert config.repository.folder == folder


def test_read_config__a_wrong_setting_leaves_the_others(workspace: Write) -> None:
    config, _ = settings(workspace, "title: Basket\nlanguage: 5\nrules: {stray-file: warning, TU201: fatal}\nrepository: {}\n")
    assert (config.title, config.language, config.repository) == ("Basket", "en", None)


def test_read_config__excluded_files_are_not_read(workspace: Write) -> None:
    written = workspace(
        {CONFIG_FILE: "exclude: ['goals/old/**', '**/*.bak.md']\n", "goals/old/a.md": "no record", "goals/b.bak.md": "none"}
    )
    assert written.findings() == []


def test_read_config__a_link_in_its_place_is_a_finding(workspace: Write) -> None:
    written = workspace({"elsewhere.yaml": "title: x\n"})
    (written.root / CONFIG_FILE).unlink()
    (written.root / CONFIG_FILE).symlink_to("elsewhere.yaml")
    assert written.findings() == ["trueup.yaml:1:1: TU001 this is a symbolic link, not a regular file (put the file itself in its place)"]


def test_read_config__none_at_all_is_the_defaults(workspace: Write) -> None:
    written = workspace({})
    (written.root / CONFIG_FILE).unlink()
    assert written.load().config == Config()
    assert written.findings() == []
