"""What somebody has to do by hand after ``trueup init`` in a folder that was not empty."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from trueup.editing.start import RECORD_FOLDERS, editor_settings, template
from trueup.locale import Text, msg
from trueup.records.tree import Unreadable, WorkingTree

# These files only do something at the top of a git repository.
AT_THE_TOP = (".pre-commit-config.yaml", ".gitlab-ci.yml", ".github")


def additions(root: Path, path: str, language: str) -> str:
    """The lines to paste into a file that was there before; none where it has them."""
    raw = WorkingTree(root).read(path)
    if isinstance(raw, Unreadable):
        return ""
    text = raw.decode(errors="replace")
    match path:
        case "mkdocs.yml" if not _lists_trueup(_without_comments(text)):
            # MkDocs searches without being told only as long as no plugin is named.
            return "plugins:\n  - trueup\n" if re.search(r"^plugins:", text, re.MULTILINE) else "plugins:\n  - search\n  - trueup\n"
        case ".pre-commit-config.yaml" if "trueup" not in _without_comments(text):
            return _without_comments(template(path, language))
        case ".gitlab-ci.yml" if "trueup" not in _without_comments(text):
            return _gitlab_job(template(path, language))
        case ".gitignore" if not {"/site/", "/site", "site/", "site"} & {line.strip() for line in text.splitlines()}:
            return "/site/\n"
        case ".vscode/settings.json" if ".trueup/schemas" not in text:
            settings = json.dumps({"yaml.schemas": editor_settings()["yaml.schemas"]}, indent=2, ensure_ascii=False)
            return settings.removeprefix("{\n").removesuffix("\n}") + "\n"
    return ""


def _lists_trueup(text: str) -> bool:
    """Whether an item of a list is called so, in either way to write one. Linear, whoever wrote the text."""
    opened = 0
    for line in text.splitlines():
        if _ITEM.match(line):
            return True
        *before, rest = _NAME.split(line)
        for piece in before:
            opened += piece.count("[") - piece.count("]")
            if opened > 0:
                return True
        opened += rest.count("[") - rest.count("]")
    return False


_NAME = re.compile(r"\btrueup\b")
_ITEM = re.compile(r"[ \t]*-[ \t]*[\"']?trueup\b")


def _without_comments(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#"))


def _gitlab_job(text: str) -> str:
    """The jobs that check and review; the image is their own, since other jobs may want another."""
    image = next(line for line in text.splitlines() if line.startswith("image:"))
    job = text[text.index("trueup:") : text.index("pages:")].rstrip()
    return re.sub(r"^(trueup[a-z-]*:)$", rf"\1\n  {image}", job, flags=re.MULTILINE) + "\n"


def notes(root: Path) -> list[Text]:
    """What is worth knowing of the place of a workspace, before it is made; nothing of one that is there already."""
    if (root / "trueup.yaml").exists():
        return []
    return [*_misnamed(root), *_above(root), *_in_repository(root), *_records(root)]


def _misnamed(root: Path) -> Iterable[Text]:
    if (root / "trueup.yml").is_file():
        yield msg('"trueup.yml" is not read; move what it says to "trueup.yaml" and delete it')


def _above(root: Path) -> Iterable[Text]:
    above = next((folder for folder in root.parents if (folder / "trueup.yaml").is_file()), None)
    if above is not None:
        yield msg("this folder lies in the workspace {folder}; its records do not know those of the new one", folder=str(above))


def _in_repository(root: Path) -> Iterable[Text]:
    if (root / ".git").exists():
        yield msg('git merges records line by line; "trueup install-merge-driver", once in each clone, has it merge them field by field')
        return
    top = next((folder for folder in root.parents if (folder / ".git").exists()), None)
    if top is None:
        return
    folder = root.relative_to(top).as_posix()
    if _is_ignored(folder, top):
        # What that repository leaves out is a place to try things in, and none that it checks or publishes.
        return
    yield msg(
        'the git repository begins at {top}: move {files} there, write "--root {folder}" after "trueup check" and "trueup site build"'
        ' in them, and set "folder: {folder}" under "repository" in trueup.yaml',
        top=str(top),
        files=AT_THE_TOP,
        folder=folder,
    )


def _is_ignored(folder: str, top: Path) -> bool:
    """Whether the .gitignore at the top leaves a folder out by name; one pattern that is not understood is one advice more."""
    raw = WorkingTree(top).read(".gitignore")
    lines = [] if isinstance(raw, Unreadable) else raw.decode(errors="replace").splitlines()
    for pattern in (line.strip().rstrip("/") for line in lines):
        if "/" in pattern and f"{folder}/".startswith(pattern.removeprefix("/") + "/"):
            return True
        if pattern and "/" not in pattern and pattern in folder.split("/"):
            return True
    return False


def _records(root: Path) -> Iterable[Text]:
    found = [name for name in RECORD_FOLDERS if _holds_files(root / name)]
    if found:
        yield msg(
            '{folders} held files before, which are taken for records now; "exclude" in trueup.yaml leaves out those that are none',
            folders=tuple(name + "/" for name in found),
        )


def _holds_files(folder: Path) -> bool:
    return any(name.endswith((".md", ".yaml", ".yml")) for _, _, names in os.walk(folder) for name in names)
