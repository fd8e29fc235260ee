"""site/trust: what of mkdocs.yml is read without being asked for twice, and what is code in all but name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from conftest import TODAY, Written

pytest.importorskip("mkdocs")

from trueup.site.build import build
from trueup.site.failure import SiteError
from trueup.site.trust import inspect_settings

Write = Callable[[Mapping[str, str | bytes]], Written]

PLAIN = "site_name: Shop\nplugins: [search, trueup]\n"

MATERIAL = """\
# What Material's own manual tells people to write.
site_name: !ENV [SITE_NAME, Shop]
site_url: !ENV SITE_URL
theme: {name: material, features: [navigation.top], icon: {logo: material/check-all}}
plugins:
  - search: {lang: [en, zh]}
  - tags
  - trueup: {today: 2026-11-20}
markdown_extensions:
  - toc: {permalink: true, slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - pymdownx.snippets: {base_path: [!relative $config_dir]}
hooks: []
"""


def refusal(root: Path, text: str, *, allow_code: bool = False) -> str:
    """Why the settings are not read; "" where they are."""
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    try:
        inspect_settings(root, root / "mkdocs.yml", allow_code=allow_code)
    except SiteError as error:
        return str(error)
    return ""


def test_inspect_settings__passes_what_materials_manual_says(tmp_path: Path) -> None:
    assert refusal(tmp_path, MATERIAL) == ""


CODE = {
    "hooks": PLAIN + "hooks: [evil.py]\n",
    "merged hooks": PLAIN + "extra: &x {hooks: [evil.py]}\n<<: *x\n",
    "merged list": PLAIN + "<<: [{}, {hooks: [evil.py]}]\n",
    "quoted hooks": PLAIN + '"h\\u006foks": [evil.py]\n',
    "a name from the environment": PLAIN + "!ENV [NOTHING, hooks]: [evil.py]\n",
    "a name of a list": PLAIN + "? [hooks]\n: 1\n",
    "a mapping from the environment": "site_name: x\nplugins: [trueup]\ntheme: !ENV [NOTHING, {name: material, custom_dir: evil}]\n",
    "templates": PLAIN + "extra_templates: [evil.html]\n",
    "custom_dir": PLAIN + "theme: {name: material, custom_dir: evil}\n",
    "custom_dir by a merge": PLAIN + "theme: {<<: {custom_dir: evil}, name: material}\n",
    "object": PLAIN + "extra: !!python/object/apply:os.system [touch hit]\n",
    "module": PLAIN + "extra: !!python/module:antigravity\n",
    "name": PLAIN + "extra: !!python/name:os.system\n",
    "name of an allowed module": PLAIN + "extra: !!python/name:pymdownx.snippets.os\n",
    "new": PLAIN + "extra: !!python/object/new:subprocess.Popen [[touch, hit]]\n",
    "whole tag": PLAIN + "extra: !<tag:yaml.org,2002:python/name:os.system> ''\n",
    "tag by a directive": "%TAG !e! tag:yaml.org,2002:python/\n---\n" + PLAIN + "extra: !e!name:os.system\n",
    "own tag": PLAIN + "extra: !evil x\n",
    "tag in a key": PLAIN + "!!python/name:os.system : 1\n",
    "plugin that runs files": "site_name: x\nplugins: [trueup, {macros: {module_name: evil}}]\n",
    "plugin that runs files, as a mapping": "site_name: x\nplugins: {trueup: {}, gen-files: {scripts: [evil.py]}}\n",
    "plugin of the theme that builds others": "site_name: x\nplugins: [trueup, material/projects]\n",
    "plugin by the environment": "site_name: x\nplugins: [trueup, !ENV [NOTHING, macros]]\n",
    "layouts": "site_name: x\nplugins: [trueup, {social: {cards_layout_dir: evil}}]\n",
}


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_inspect_settings__refuses_what_can_run_code(tmp_path: Path, text: str) -> None:
    found = refusal(tmp_path, text)
    assert "can run code of this repository" in found
    assert "--allow-code" in found
    assert "mkdocs.yml" in found
    if "? [" not in text:
        assert refusal(tmp_path, text, allow_code=True) == ""


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_inspect_settings__looks_into_what_is_inherited(tmp_path: Path, text: str) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "parent.yml").write_text(text, encoding="utf-8")
    assert f"{os.path.join('conf', 'parent.yml')}" in refusal(tmp_path, "INHERIT: conf/parent.yml\n" + PLAIN)


@pytest.mark.parametrize("setting", ["plugins: [trueup, {}]", "plugins: [trueup]\nmarkdown_extensions: [{}]"])
@pytest.mark.parametrize("name", ["homegrown", "homegrown.part:Extension", "own"])
def test_inspect_settings__refuses_a_module_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, name: str
) -> None:
    (tmp_path / "homegrown").mkdir()
    (tmp_path / "homegrown" / "__init__.py").write_text("raise SystemExit('run')")
    points = tmp_path / "own-1.0.dist-info" / "entry_points.txt"
    points.parent.mkdir()
    points.write_text("[mkdocs.plugins]\nown = homegrown:Plugin\n[markdown.extensions]\nown = homegrown:Extension\n")
    (points.parent / "METADATA").write_text("Name: own\nVersion: 1.0\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert f'"{name}" can run code' in refusal(tmp_path, f"site_name: x\n{setting.format(name)}\n")
    assert refusal(tmp_path / "homegrown", f"site_name: x\n{setting.format('search')}\n") == ""


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!!python/object/apply:os.mkdir [hit]"])
def test_build__obeys_no_tag_of_the_repository(workspace: Write, monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    root = workspace({"mkdocs.yml": PLAIN + f"extra: {tag}\n", "docs/index.md": "# x\n"}).root
    monkeypatch.chdir(root)
    with pytest.raises(SiteError, match="can run code"):
        build(root, today=TODAY)
    assert sorted(path.name for path in root.iterdir()) == ["docs", "mkdocs.yml", "trueup.yaml"]


def test_build__runs_a_hook_where_code_is_allowed(workspace: Write) -> None:
    hook = "from pathlib import Path\n\ndef on_startup(command, dirty):\n    Path(__file__).with_name('hit').touch()\n"
    root = workspace({"mkdocs.yml": PLAIN + "hooks: [hook.py]\n", "hook.py": hook, "docs/index.md": "# x\n"}).root
    with pytest.raises(SiteError, match=r'"mkdocs[.]yml" line 3: "hooks" can run code'):
        build(root, today=TODAY)
    assert not (root / "hit").exists()
    build(root, today=TODAY, allow_code=True)
    assert (root / "hit").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("INHERIT: /etc/passwd\n" + PLAIN, "passwd"),
        ("INHERIT: [a]\n" + PLAIN, "no file name"),
        ("INHERIT: mkdocs.yml\n" + PLAIN, "inherits from too many files"),
        ("INHERIT: .\n" + PLAIN, "no file of settings"),
        ("just words\n", "holds no settings"),
        ("", "holds no settings"),
        ("5\n", "holds no settings"),
        ("a: [x\n", 'in "mkdocs.yml", line 1'),
        ("a: " + "[" * 5000, "nested too deep"),
        ("a: \x00\n", "mkdocs.yml"),
        (PLAIN + "x: *nothing\n", "nothing"),
    ],
)
@pytest.mark.parametrize("allow_code", [False, True])
def test_build__of_settings_that_are_none_says_so(workspace: Write, text: str, reason: str, allow_code: bool) -> None:
    root = workspace({"mkdocs.yml": text, "docs/index.md": "# x\n"}).root
    with pytest.raises(SiteError, match=reason):
        build(root, today=TODAY, allow_code=allow_code)


def test_build__of_settings_that_a_reader_would_wait_for(workspace: Write) -> None:
    root = workspace({"docs/index.md": "# x\n"}).root
    os.mkfifo(root / "mkdocs.yml")
    with pytest.raises(SiteError, match="no file of settings"):
        build(root, today=TODAY)
