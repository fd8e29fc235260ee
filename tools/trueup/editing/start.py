"""Makes a workspace: settings, site, hooks, continuous integration, editor set-up, and an example if wanted."""

from __future__ import annotations

import errno
import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trueup import __version__
from trueup.editing.template import record_template
from trueup.editing.writing import write_whole
from trueup.records.config import data_folder, docs_folder
from trueup.records.kinds import BUILT_IN, SCHEMA_ENDING, built_in_schemas

# Files under this folder are trueup's own and are brought up to date; all others are the team's and never overwritten.
OWN_FOLDER = ".trueup"
_TEMPLATES = Path(__file__).parent / "templates"
_SITE_TEMPLATES = Path(__file__).parents[1] / "site" / "templates"
RECORD_FOLDERS = ("goals", "plans", "metrics", "feedback", "studies", "decisions", "meetings", "checkins", "retros", "team")


@dataclass(frozen=True, slots=True)
class Started:
    """What became of each file, as paths from the root: newly written, brought up to date, left as it was."""

    written: tuple[str, ...]
    updated: tuple[str, ...]
    kept: tuple[str, ...]


def start(root: Path, language: str, *, example: bool) -> Started:
    """Writes the files that are not there yet. Raises OSError where that cannot be done; what was there is never touched."""
    written, updated, kept = [], [], []
    files = list(workspace_files(language, example=example))
    # All of them before the first is written: no workspace is left half made, and nothing is written elsewhere.
    for path, _content in files:
        _must_lie_inside(root, path)
    _clear_away(root, (path for path, _content in files))
    for path, content in files:
        target = root / path
        if path.startswith(OWN_FOLDER + "/") and target.is_file() and not target.is_symlink():
            if target.read_bytes() != content:
                write_whole(target, content)
                updated.append(path)
        elif os.path.lexists(target):
            kept.append(path)
        else:
            _write_new(target, content)
            written.append(path)
    return Started(tuple(written), tuple(updated), tuple(kept))


def _must_lie_inside(root: Path, path: str) -> None:
    """Refuses a path that a link leads out of the root, or on which something else than a folder stands in the way."""
    folder = (root / path).parent
    while folder != root and not os.path.lexists(folder):
        folder = folder.parent
    if not folder.resolve().is_relative_to(root.resolve()):
        raise OSError(f"{folder} leads out of {root}")
    if os.path.lexists(folder) and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _clear_away(root: Path, paths: Iterable[str]) -> None:
    """Removes the parts of files that an earlier call has left behind when it was killed."""
    for folder, names in _by_folder(root, paths).items():
        for part in folder.glob(".*.part"):
            name = _PART.fullmatch(part.name)
            if (
                name
                and name[1] in names
                and part.is_file()
                and not part.is_symlink()
                and time.time() - part.stat().st_mtime > _WRITING_TAKES
            ):
                part.unlink(missing_ok=True)


def _by_folder(root: Path, paths: Iterable[str]) -> dict[Path, set[str]]:
    """The names of files by their folders, those only that are there and do not lead elsewhere."""
    folders: dict[Path, set[str]] = defaultdict(set)
    for path in paths:
        folders[(root / path).parent].add((root / path).name)
    return {folder: names for folder, names in folders.items() if folder.is_dir() and folder.resolve().is_relative_to(root.resolve())}


_PART = re.compile(r"\.(.+)\.[0-9]+\.part")
# In seconds; what is younger may belong to a call that is at work now.
_WRITING_TAKES = 10


def _write_new(target: Path, content: bytes) -> None:
    """Creates a file that must not exist."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        # A hard link fails where the name was taken in the meantime; renaming would overwrite it.
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _write_exclusively(target, content)
    finally:
        part.unlink(missing_ok=True)


# What file systems without hard links answer: FAT and some network drives.
_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


def _write_exclusively(target: Path, content: bytes) -> None:
    with target.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            target.unlink(missing_ok=True)
            raise


def workspace_files(language: str, *, example: bool) -> Iterator[tuple[str, bytes]]:
    """All files of a new workspace by their paths."""
    title = _example_title(language) if example else ("我们的团队" if language == "zh" else "Our team")
    for name in (
        "trueup.yaml",
        "README.md",
        "AGENTS.md",
        "mkdocs.yml",
        ".gitignore",
        ".pre-commit-config.yaml",
        ".gitlab-ci.yml",
        ".github/workflows/trueup.yml",
        ".github/workflows/trueup-comment.yml",
    ):
        yield name, template(name, language).replace("{title}", title).encode()
    yield from _handbook(language)
    yield ".vscode/settings.json", _json(editor_settings())
    yield ".vscode/extensions.json", _json({"recommendations": ["redhat.vscode-yaml", "yzhang.markdown-all-in-one"]})
    schemas = built_in_schemas()
    for name in BUILT_IN:
        yield f"{OWN_FOLDER}/schemas/{name}{SCHEMA_ENDING}", schemas[name]
        yield f"{OWN_FOLDER}/templates/{name}.md", record_template(name, json.loads(schemas[name]), language).encode()
    yield f"{OWN_FOLDER}/schemas/trueup{SCHEMA_ENDING}", (data_folder() / "schemas" / f"trueup{SCHEMA_ENDING}").read_bytes()
    yield f"{OWN_FOLDER}/README.md", template("own.md", language).encode()
    if example:
        yield from example_files(language)


def template(name: str, language: str) -> str:
    """A file of a new workspace, but for its title: the one in a language, or the one that does for both."""
    flat = name.replace("/", "-").lstrip(".")
    places = (_TEMPLATES / language / flat, _TEMPLATES / flat, _SITE_TEMPLATES / flat)
    text = next(place for place in places if place.is_file()).read_text(encoding="utf-8")
    return text.replace("{language}", language).replace("{version}", __version__)


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def editor_settings() -> Mapping[str, Any]:
    """Which schema an editor holds against which files."""
    schemas = {name: json.loads(text) for name, text in built_in_schemas().items()}
    wanted: dict[str, Any] = {f"./{OWN_FOLDER}/schemas/trueup{SCHEMA_ENDING}": "trueup.yaml"}
    for name, schema in schemas.items():
        wanted[f"./{OWN_FOLDER}/schemas/{name}{SCHEMA_ENDING}"] = [one for one in schema["x-kind"]["files"] if one.endswith(".yaml")]
    return {
        "yaml.schemas": wanted,
        "yaml.schemaStore.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[markdown]": {"editor.wordWrap": "on"},
    }


def _handbook(language: str) -> Iterator[tuple[str, bytes]]:
    for file in sorted((docs_folder(language) / "handbook").glob("*.md")):
        yield f"docs/handbook/{file.name}", file.read_bytes()


def _example_root(language: str) -> Path:
    return data_folder() / "examples" / "zh" if language == "zh" else data_folder()


def _example_title(language: str) -> str:
    return "禾筐到家" if language == "zh" else "Juniper Basket"


def example_files(language: str) -> Iterator[tuple[str, bytes]]:
    """The records of the example and their series, by their paths."""
    root = _example_root(language)
    for folder in RECORD_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and file.suffix in (".md", ".yaml", ".csv"):
                yield file.relative_to(root).as_posix(), file.read_bytes()
