"""``trueup site`` as it is called: its exit codes, its options, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from conftest import Written
from test_site_pages import SHOP

pytest.importorskip("mkdocs")

from trueup.cli.program import run

Write = Callable[[Mapping[str, str | bytes]], Written]


def test_site_build__stops_at_code_unless_it_is_allowed(workspace: Write, capsys: pytest.CaptureFixture[str]) -> None:
    hook = "def on_page_content(html, **_):\n    return html + '<p>hooked</p>'\n"
    settings = "plugins: [trueup]\nhooks: [hook.py]\n"
    root = workspace({**SHOP, "mkdocs.yml": settings, "hook.py": hook, "docs/a.md": "# A\n"}).root
    assert run(["site", "build", "--root", str(root), "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        'trueup: "mkdocs.yml" line 2: "hooks" can run code of this repository; if you trust all who can write to it, add --allow-code\n'
    )
    assert not (root / "site").exists()
    assert run(["site", "serve", "--root", str(root), "--lang", "en"]) == 2
    assert "--allow-code" in capsys.readouterr().err
    assert run(["site", "build", "--root", str(root), "--allow-code"]) == 0
    assert "hooked" in (root / "site" / "a" / "index.html").read_text(encoding="utf-8")


def test_site_build__tells_all_that_mkdocs_says(workspace: Write, capsys: pytest.CaptureFixture[str]) -> None:
    long = "no-such-setting-" + "x" * 100
    root = workspace({"mkdocs.yml": f"site_name: x\ntheme: {long}\n", "docs/a.md": "# A\n"}).root
    assert run(["site", "build", "--root", str(root), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("trueup: MkDocs could not build the site:\n")
    assert f"Unrecognised theme name: '{long}'" in said


def test_site_generate__says_what_it_leaves_alone(workspace: Write, capsys: pytest.CaptureFixture[str]) -> None:
    root = workspace(SHOP).root
    assert run(["site", "generate", "--root", str(root), str(root / "out")]) == 0
    (root / "out" / "goal" / "new").mkdir()
    (root / "out" / "goal" / "new" / "index.md").write_text("ours", encoding="utf-8")
    (root / "goals" / "new.md").write_text("---\ntitle: New\nperiod: 2026-Q4\nstatus: active\n---\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["site", "generate", "--root", str(root), "--lang", "en", str(root / "out")]) == 0
    told = capsys.readouterr()
    assert told.err == '"goal/new/index.md" is not from an earlier call: it is kept, and no page is written there\n'
    assert told.out == f"{root / 'out'}\n"


@pytest.mark.parametrize("command", [["check"], ["site", "generate", "out"]])
def test_today__that_the_environment_cannot_name_is_no_bug(
    workspace: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    root = workspace(SHOP).root
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999999")
    assert run([*command, "--lang", "en"]) == 2
    assert 'SOURCE_DATE_EPOCH is "99999999999999", which is no time' in capsys.readouterr().err
    assert run([*command, "--today", "2026-11-20"]) in (0, 1)


def test_site_generate__is_for_the_day_that_the_environment_names(workspace: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(SHOP).root
    for folder, epoch in (("before", "1600000000"), ("after", "1795000000")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert run(["site", "generate", "--root", str(root), str(root / folder)]) == 0
    before, after = ((root / folder / "index.md").read_text(encoding="utf-8") for folder in ("before", "after"))
    lists = [page.partition('id="s-wrong"')[0] for page in (before, after)]
    assert ["The box came late" in one for one in lists] == [False, True]
