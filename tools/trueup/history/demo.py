"""Makes the example as a repository with a past: the same commits, to the last bit, wherever and whenever it is made."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from trueup.editing.start import example_files, workspace_files
from trueup.history.git import init_repository, write_branch
from trueup.history.replay import StoryCommit, replay, stream
from trueup.history.story import read_story

# The story is told of the English example only.
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Demo:
    """How many commits were made, and the day of the last."""

    commits: int
    last_day: str


def demo_commits() -> list[StoryCommit]:
    """All commits of the example's past, oldest first. The first has the files of a workspace, the last all of the example."""
    files = dict(workspace_files(_LANGUAGE, example=True))
    records = {path: content.decode() for path, content in example_files(_LANGUAGE)}
    return replay({path: content for path, content in files.items() if path not in records}, records, read_story())


def make_demo(folder: Path) -> Demo:
    """Makes the repository in a folder that is empty or not there yet. Raises GitFailure and OSError; then nothing is left of it.

    It is made under another name beside it, and gets its own when it is whole.
    """
    commits = demo_commits()
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    part.mkdir()
    try:
        write_branch(init_repository(part), stream(commits))
        if folder.is_dir():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Demo(len(commits), commits[-1].when.date().isoformat())
