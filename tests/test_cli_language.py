"""The language of errors: --lang, the terminal, the workspace, English; decided once, and never two in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from test_cli import trueup


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace whose language is Chinese."""
    folder = tmp_path / "shop"
    (folder / "goals").mkdir(parents=True)
    (folder / "goals/a.md").write_text("---\ntitle: A\nperiod: 2026-Q4\nstatus: active\n---\n", encoding="utf-8")
    (folder / "trueup.yaml").write_text("title: 小店\nlanguage: zh\n", encoding="utf-8")
    return folder


WRONG = [
    (("check", "nofile"), "没有"),
    (("check", "/etc/passwd"), "工作区"),
    (("check", "--today", "2026-02-30"), "不是日期"),
    (("check", "--root", "/nonexist"), "不是工作区"),
    (("explain", "TU999"), "没有"),
    (("site", "build", "--site-dir", "/etc"), "/etc"),
    (("site", "generate", "goals"), "记录"),
    (("goals", "--period", "x"), "周期"),
    (("init", "/dev/null/x"), "无法写入"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_run__an_error_is_in_the_language_of_the_workspace(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    done = trueup(*arguments, cwd=shop)
    assert done.returncode in (2, 3)
    last = done.stderr.splitlines()[-1]
    assert said in last
    assert "there is" not in last
    assert " is not " not in last
    assert "cannot" not in last


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_run__the_terminal_and_lang_go_before_the_workspace(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    for done in (trueup(*arguments, "--lang", "en", cwd=shop), trueup(*arguments, cwd=shop, TRUEUP_LANG="en")):
        assert not re.search("[\u4e00-\u9fff]", done.stderr.replace("小店", "")), done.stderr


def test_run__lang_decides_without_a_workspace_too(tmp_path: Path) -> None:
    assert "不是工作区" in trueup("check", "--lang", "zh", cwd=tmp_path).stderr
    assert "不是工作区" in trueup("check", "--root=/nonexist", "--lang=zh", cwd=tmp_path).stderr


def test_run__the_root_that_is_asked_for_decides(shop: Path, tmp_path: Path) -> None:
    for root in (("--root", "shop"), ("--root=shop",)):
        done = trueup("check", *root, "--today", "x", cwd=tmp_path)
        assert "不是日期" in done.stderr


def test_explain__prints_the_page_in_the_language_of_the_workspace(shop: Path) -> None:
    assert "错误" in trueup("explain", "TU201", cwd=shop).stdout.splitlines()[2]
    assert trueup("explain", "TU201", "--lang", "en", cwd=shop).stdout.splitlines()[2] == "`TU201` · `unknown-reference` · error"
