"""The command line as its users meet it: what it prints where, in both languages, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from processes import call

GOAL = (
    "---\ntitle: Evening slots\nperiod: 2026-Q4\nstatus: active\nproduct_owner: li-wei\nteams: [operations]\n"
    "key_results:\n  - {id: on-time, title: On time, baseline: 80, target: 92.5}\n---\nWhy we do it.\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small workspace without a fault, of a team of one."""
    files = {
        "trueup.yaml": "title: Shop\nrules: {goal-without-operations-owner: 'off', goal-not-agreed: 'off'}\n",
        "team/teams/operations.yaml": "title: Operations\nfunction: operations\n",
        "team/people/li-wei.yaml": "title: 李薇\nteam: operations\n",
        "goals/evening-slots.md": GOAL,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def trueup(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return call(*arguments, cwd=cwd, env=clean_environment() | env)


def new_python(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The same where it matters how Python itself starts."""
    command = [sys.executable, "-m", "trueup", *arguments]
    whole = clean_environment() | env
    return subprocess.run(command, cwd=cwd, env=whole, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TRUEUP", "GITHUB"))}


def test_version__is_quick_and_plain(tmp_path: Path) -> None:
    done = new_python("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("trueup ")


def test_check__without_a_fault_ends_with_0_and_prints_no_finding(shop: Path) -> None:
    done = trueup("check", cwd=shop)
    assert (done.returncode, done.stdout) == (0, "")
    assert "3 records" in done.stderr


def test_check__with_an_error_ends_with_1(shop: Path) -> None:
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("li-wei", "li-wie"), encoding="utf-8")
    done = trueup("check", cwd=shop)
    assert done.returncode == 1
    assert done.stdout == 'goals/evening-slots.md:5:16: TU201 no person has the id "li-wie" (did you mean "li-wei"?)\n'


def test_check__with_warnings_only_fails_when_strict(shop: Path) -> None:
    (shop / "goals/notes.yml").write_text("x: 1\n")
    assert trueup("check", cwd=shop).returncode == 0
    assert trueup("check", "--strict", cwd=shop).returncode == 1


def test_check__finds_the_workspace_upwards(shop: Path) -> None:
    assert trueup("check", cwd=shop / "goals").returncode == 0


def test_check__of_one_path_reads_only_what_it_needs(shop: Path) -> None:
    (shop / "goals/broken.md").write_text("---\ntitle: [\n---\n")
    done = trueup("check", "goals/evening-slots.md", cwd=shop)
    assert (done.returncode, done.stdout) == (0, "")


def test_check__of_a_path_seen_from_a_folder(shop: Path) -> None:
    assert trueup("check", "evening-slots.md", cwd=shop / "goals").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "goals/nothing.md"), 'there is no file "goals/nothing.md"'),
        (("check", "/etc/passwd"), "outside the workspace"),
        (("list", "gaols"), 'Did you mean "goal"?'),
        (("list", "goal", "--columns", "tilte"), 'Did you mean "title"?'),
        (("list", "goal", "--where", "statsu = 1"), 'there is no column "statsu"'),
        (("list", "goal", "--where", "status = active"), "put text in single quotes: status = 'active'"),
        (("list", "--where", "status = 'active'"), "name a kind"),
        (("query", "select * from goals"), 'did you mean "goal"?'),
        (("show", "goal/evening-slots#nope"), 'has no part "nope". The parts are: on-time'),
        (("show", "person/li-wei#nope"), "It has no parts."),
        (("explain", "TU999"), 'there is no rule "TU999". "trueup explain" lists them.'),
        (("site", "serve", "--address", "foo"), '"foo" is no address; write host:port'),
        (("site", "serve", "--address", "127.0.0.1:99999"), '"127.0.0.1:99999" is no address; write host:port'),
        (("site", "build", "--site-dir", "goals"), "would be emptied"),
        (("show", "goal/evening-slot"), 'Did you mean "goal/evening-slots"?'),
        (("query", "drop table goal"), "cannot be answered"),
        (("explain", "unknown-refrence"), 'Did you mean "unknown-reference"?'),
        (("chekc",), 'Did you mean "check"?'),
        (("check", "--today", "20.11.2026"), "write it as 2026-11-20"),
    ],
)
def test_usage__a_mistake_ends_with_2_and_says_what_was_meant(shop: Path, arguments: tuple[str, ...], words: str) -> None:
    done = trueup(*arguments, cwd=shop)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [("check",), ("list", "goal"), ("check", "--root", "."), ("show", "goal/x"), ("query", "select 1")])
def test_workspace__where_there_is_none_the_exit_code_is_3(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = trueup(*arguments, cwd=tmp_path)
    assert done.returncode == 3
    assert 'no "trueup.yaml"' in done.stderr


def test_bug__is_reported_shortly(shop: Path) -> None:
    program = (
        "import sys; import trueup.cli.check as c; c.command.callback = lambda **k: 1 / 0;"
        "sys.argv[1:] = ['check', '--strict']; from trueup.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=shop, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "this is a bug in trueup: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_output__a_reader_that_goes_away_is_no_fault(shop: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m trueup query --format csv"
        " 'with recursive n(i) as (select 1 union all select i+1 from n where i < 90000) select i from n' | head -1",
        cwd=shop, shell=True, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "i\n"
    assert done.stderr == ""


def test_list__shows_labels_to_people_and_values_to_programs(shop: Path) -> None:
    assert "Active" in trueup("list", "goals", cwd=shop).stdout
    assert json.loads(trueup("list", "goals", "--format", "json", cwd=shop).stdout)["rows"][0]["status"] == "active"


def test_list__as_json_holds_lists_as_they_are(shop: Path) -> None:
    row = json.loads(trueup("list", "goal", "--columns", "teams,key_results", "--format", "json", cwd=shop).stdout)["rows"][0]
    assert row["teams"] == ["operations"]
    assert row["key_results"][0]["target"] == 92.5


def test_query__as_json_holds_lists_as_they_are_and_else_as_text(shop: Path) -> None:
    question = ("query", "SELECT teams AS t, title FROM goal")
    assert json.loads(trueup(*question, "--format", "json", cwd=shop).stdout)["rows"] == [{"t": ["operations"], "title": "Evening slots"}]
    assert trueup(*question, "--format", "csv", cwd=shop).stdout == 't,title\n"[""operations""]",Evening slots\n'
    assert '["operations"]' in trueup(*question, cwd=shop).stdout


def test_list__shows_text_in_the_place_of_a_list(shop: Path) -> None:
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("teams: [operations]", "teams: '[operations'"), encoding="utf-8")
    for form in ("text", "json"):
        done = trueup("list", "goal", "--columns", "teams", "--format", form, cwd=shop)
        assert (done.returncode, "[operations" in done.stdout) == (0, True)


def test_show__as_json_has_names_and_values_of_the_schema(shop: Path) -> None:
    fields = json.loads(trueup("show", "evening-slots", "--format", "json", "--lang", "zh", cwd=shop).stdout)["fields"]
    assert fields["key_results"] == [{"id": "on-time", "title": "On time", "baseline": 80, "target": 92.5}]
    assert (fields["product_owner"], fields["teams"]) == ("person/li-wei", ["team/operations"])


def test_init__keeps_the_language_of_the_workspace(tmp_path: Path) -> None:
    assert trueup("init", "--lang", "zh", cwd=tmp_path).returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = trueup("init", cwd=tmp_path, LANG="C")
    assert done.returncode == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_init__prints_what_to_add_to_a_file_that_it_keeps(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Ours\n")
    assert "kept     mkdocs.yml; add to it:\n    plugins:\n      - search\n      - trueup\n" in trueup("init", cwd=tmp_path).stderr


def test_workspace__a_trueup_yml_is_named(tmp_path: Path) -> None:
    (tmp_path / "trueup.yml").write_text("")
    done = trueup("check", cwd=tmp_path)
    assert done.returncode == 3
    assert 'not "trueup.yml"' in done.stderr


def test_site_build__without_the_plugin_prints_the_lines_to_paste(shop: Path) -> None:
    (shop / "mkdocs.yml").write_text("site_name: Ours\n")
    (shop / "docs").mkdir()
    done = trueup("site", "build", cwd=shop)
    assert done.returncode == 2
    assert done.stderr.endswith("plugins:\n  - search\n  - trueup\n\n") or done.stderr.endswith("plugins:\n  - search\n  - trueup\n")


def test_list__without_a_kind_lists_the_kinds(shop: Path) -> None:
    rows = json.loads(trueup("list", "--format", "json", cwd=shop).stdout)["rows"]
    assert len(rows) == 14
    assert {row["kind"]: row["records"] for row in rows}["person"] == 1


def test_list__sorts_both_ways(shop: Path) -> None:
    (shop / "goals/another.md").write_text(GOAL, encoding="utf-8")
    first = trueup("list", "goal", "--sort=-id", "--columns", "id", "--format", "csv", cwd=shop).stdout.split()
    assert first == ["id", "evening-slots", "another"]


def test_show__takes_an_address_a_path_and_an_id(shop: Path) -> None:
    answers = {trueup("show", name, cwd=shop).stdout for name in ("goal/evening-slots", "goals/evening-slots.md", "evening-slots")}
    assert len(answers) == 1
    (answer,) = answers
    assert "李薇 (li-wei)" in answer
    assert "Why we do it." in answer


def test_show__names_who_refers_to_a_record(shop: Path) -> None:
    answer = json.loads(trueup("show", "person/li-wei", "--format", "json", cwd=shop).stdout)
    assert [one["address"] for one in answer["referred_to_by"]] == ["goal/evening-slots"]


def test_show__controls_in_a_record_are_shown_and_not_obeyed(shop: Path) -> None:
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("Why", "\u2060Why"), encoding="utf-8")
    assert "\\u2060" in trueup("show", "evening-slots", cwd=shop).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion__prints_a_script_that_calls_trueup(tmp_path: Path, shell: str) -> None:
    done = trueup("completion", shell, cwd=tmp_path)
    assert done.returncode == 0
    assert "_TRUEUP_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("words", "begun", "offered"),
    [
        ("trueup list", "go", "goal"),
        ("trueup show", "goal/", "goal/evening-slots"),
        ("trueup explain", "TU20", "TU201"),
        ("trueup explain", "unknown-r", "unknown-reference"),
        ("trueup list goal --columns", "id,stat", "id,status"),
        ("trueup check", "goals/", "goals/"),
    ],
)
def test_completion__offers_what_can_stand_there(shop: Path, words: str, begun: str, offered: str) -> None:
    count = str(len(words.split()))
    done = trueup(cwd=shop, _TRUEUP_COMPLETE="bash_complete", COMP_WORDS=f"{words} {begun}", COMP_CWORD=count)
    assert done.stderr == ""
    assert offered in [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_completion__without_a_workspace_is_silent(tmp_path: Path) -> None:
    done = trueup(cwd=tmp_path, _TRUEUP_COMPLETE="bash_complete", COMP_WORDS="trueup show g", COMP_CWORD="2")
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_language__comes_from_the_option_the_environment_or_the_workspace(shop: Path) -> None:
    chinese = "没有"
    assert chinese in trueup("list", "xyz", "--lang", "zh", cwd=shop).stderr
    assert chinese in trueup("list", "xyz", cwd=shop, LANG="zh_CN.UTF-8").stderr
    assert chinese not in trueup("list", "xyz", cwd=shop, LANG="de_DE.UTF-8").stderr
    (shop / "trueup.yaml").write_text("language: zh\n")
    assert chinese in trueup("list", "xyz", cwd=shop).stderr
    assert chinese in trueup("list", "xyz", cwd=shop, LANG="C.UTF-8").stderr
    assert chinese not in trueup("list", "xyz", cwd=shop, LANG="en_GB.UTF-8").stderr


def test_language__help_and_clicks_own_words_are_chinese_too(shop: Path) -> None:
    help_ = trueup("check", "--help", "--lang", "zh", cwd=shop).stdout
    assert "用法" in help_
    assert "Check every record" not in help_
    assert "没有这个选项" in trueup("check", "--nothing", cwd=shop, LANG="zh_CN.UTF-8").stderr


def test_check__writes_nothing(shop: Path) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    trueup("check", cwd=shop)
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before


def test_check__of_github_writes_the_step_summary(shop: Path, tmp_path: Path) -> None:
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("li-wei", "li-wie"), encoding="utf-8")
    done = trueup("check", "--format", "github", cwd=shop, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert done.stdout.startswith("::error file=goals/evening-slots.md,line=5,col=16")
    assert "TU201" in (tmp_path / "summary.md").read_text()


def test_check__for_a_forge_names_files_from_the_top_of_the_repository(shop: Path) -> None:
    with (shop / "trueup.yaml").open("a") as settings:
        settings.write("repository: {url: 'https://example.com/a/b', folder: planning}\n")
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("li-wei", "li-wie"), encoding="utf-8")
    assert trueup("check", "--format", "github", cwd=shop).stdout.startswith("::error file=planning/goals/evening-slots.md,line=5")
    assert trueup("check", cwd=shop).stdout.startswith("goals/evening-slots.md:5")


def test_check__of_the_settings_is_not_told_that_they_hold_no_record(shop: Path) -> None:
    (shop / "notes.md").write_text("x")
    assert "no record" not in trueup("check", "trueup.yaml", cwd=shop).stderr
    assert '"notes.md" holds no record' in trueup("check", "notes.md", cwd=shop).stderr


def test_check__of_github_without_a_summary_to_write_says_so_and_goes_on(shop: Path) -> None:
    done = trueup("check", "--format", "github", cwd=shop, GITHUB_STEP_SUMMARY=str(shop / "nowhere" / "summary.md"))
    assert done.returncode == 0
    assert "cannot write" in done.stderr
    assert "nowhere" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output__that_cannot_be_written_is_no_bug(shop: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "trueup", "list", "goal"]
        done = subprocess.run(command, cwd=shop, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == "trueup: the answer cannot be written: No space left on device\n"


@pytest.mark.parametrize(
    "arguments", [("check",), ("list", "goal"), ("goals",), ("show", "nobody/x"), ("query", "select title from person")]
)
def test_output__is_utf_8_for_programs_whatever_the_system_writes(shop: Path, arguments: tuple[str, ...]) -> None:
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("Evening", "晚间").replace("li-wei", "li-wie"), encoding="utf-8")
    done = new_python(*arguments, "--lang", "zh", cwd=shop, PYTHONIOENCODING="cp1252")
    assert done.returncode in (0, 1, 2)
    assert any("\u4e00" <= one <= "\u9fff" for one in done.stdout + done.stderr)
    assert "bug" not in done.stderr


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes such names")
NAME = "a\x1b]0;pwned\x07\u202e"


@LINUX
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", f"goal/{NAME}"),
        ("show", f"goals/{NAME}.md"),
        ("show", f"goal/{NAME}x"),
        ("list", "goal"),
        ("list", NAME),
        ("list", "goal", "--sort", NAME),
        ("query", f"select '{NAME}' as '{NAME}', * from goal"),
        ("query", f"select `{NAME}` from goal"),
        ("check", NAME),
        ("check", f"goals/{NAME}.md"),
        ("goals", "--team", NAME),
        ("goals", "--period", NAME),
        (NAME,),
        ("check", f"--{NAME}"),
        ("explain", NAME),
        ("list", "--root", NAME),
        ("init", f"x/{NAME}"),
    ],
)
def test_output__no_name_of_a_file_is_obeyed_by_a_terminal(shop: Path, arguments: tuple[str, ...]) -> None:
    (shop / f"goals/{NAME}.md").write_text(GOAL, encoding="utf-8")
    done = trueup(*arguments, cwd=shop)
    assert done.returncode in (0, 1, 2, 3), done.stderr
    assert "pwned" in done.stdout + done.stderr
    assert not {"\x1b", "\x07", "\u202e"} & {*done.stdout, *done.stderr}


COMMANDS = ["::error file=x::pwned", "##[error]pwned", "::stop-commands::pwned", "##vso[task.setvariable]pwned"]


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "goal/a"),
        ("show", "goal/a", "--format", "json"),
        ("list", "goal", "--columns", "title,status"),
        ("list", "goal", "--columns", "title,status", "--format", "csv"),
        ("list", "goal", "--columns", "title", "--format", "json"),
        ("query", "select title, body from goal"),
        ("query", "select body from goal", "--format", "csv"),
        ("query", "select body from goal", "--format", "json"),
        ("goals",),
        ("goals", "--format", "json"),
    ],
)
def test_output__is_no_command_to_a_ci_server(shop: Path, words: str, arguments: tuple[str, ...]) -> None:
    text = GOAL.replace("title: Evening slots", f'title: "{words}"').replace("Why", f"{words}\n  {words}\nWhy")
    (shop / "goals/a.md").write_text(text, encoding="utf-8")
    done = trueup(*arguments, cwd=shop)
    assert done.returncode == 0, done.stderr
    assert "pwned" in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line]
    if arguments[-1] == "json":
        assert words in str(json.loads(done.stdout))


def test_check__of_a_path_that_leads_through_a_link_to_the_workspace(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(shop)
    for root, path in ((link, shop / "goals"), (shop, link / "goals"), (link, shop), (shop, link), (link, link / "goals")):
        done = trueup("check", "--root", str(root), str(path), cwd=link.parent)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    outside = trueup("check", "--root", str(link), str(link.parent), cwd=link.parent)
    assert (outside.returncode, "outside the workspace" in outside.stderr) == (2, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
@pytest.mark.parametrize(
    "arguments", [("check", "--root", "."), ("init", "."), ("list", "--root", "."), ("check",), ("show", "x", "--root", ".")]
)
def test_workspace__whose_settings_are_no_file_keeps_nobody_waiting(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "trueup.yaml")
    assert trueup(*arguments, cwd=tmp_path).returncode in (0, 2, 3)


def test_show__of_a_file_that_cannot_be_read_says_who_knows_why(shop: Path) -> None:
    (shop / "goals/broken.md").write_text("---\ntitle: [\n---\n")
    done = trueup("show", "goals/broken.md", cwd=shop)
    assert done.returncode == 2
    assert '"goals/broken.md" cannot be read; "trueup check goals/broken.md" says why.' in done.stderr


@pytest.mark.parametrize("name", ["goal/broken", "broken", "goal/broken#part"])
def test_show__of_an_address_whose_file_cannot_be_read_names_the_file(shop: Path, name: str) -> None:
    (shop / "goals/broken.md").write_text("no fields", encoding="utf-8")
    done = trueup("show", name, cwd=shop / "team")
    assert done.returncode == 2
    assert '"goal/broken" cannot be read: the fault is in ../goals/broken.md; "trueup check ../goals/broken.md" says why.' in done.stderr


def test_list__a_column_that_is_like_no_other_is_told_of_with_all_there_are(shop: Path) -> None:
    done = trueup("list", "goal", "--columns", "nope", cwd=shop)
    assert done.returncode == 2
    assert 'there is no column "nope" here. The columns are: ' in done.stderr
    assert "operations_owner" in done.stderr


def test_check__of_a_workspace_without_records_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "trueup.yaml").write_text("title: A\n", encoding="utf-8")
    assert 'trueup: "." holds no record\n' in trueup("check", ".", cwd=tmp_path).stderr


@LINUX
def test_query__of_a_file_whose_name_is_not_utf_8(shop: Path) -> None:
    Path(os.fsdecode(os.fsencode(shop) + b"/goals/caf\xe9.md")).write_text(GOAL, encoding="utf-8")
    for arguments in (("list", "goal"), ("query", "select id, path from goal"), ("list", "goal", "--format", "json")):
        done = trueup(*arguments, cwd=shop)
        assert (done.returncode, "udce9" in done.stdout) == (0, True), done.stderr


def test_list__knows_the_findings_in_capitals_too(shop: Path) -> None:
    (shop / "goals/evening-slots.md").write_text(GOAL.replace("li-wei", "li-wie"), encoding="utf-8")
    where = "id IN (SELECT substr(address, 6) FROM FINDING)"
    assert "evening-slots" in trueup("list", "goal", "--where", where, cwd=shop).stdout
