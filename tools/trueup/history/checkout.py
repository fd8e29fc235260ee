"""Repositories with fewer files on disk than in git: to whom looks at the disk alone the others seem to be deleted."""

from __future__ import annotations

import os
from pathlib import Path

from trueup.history.failure import GitFailure
from trueup.records.tree import ENDINGS_OF_FILES


def has_rules(root: Path) -> bool:
    """Whether a sparse checkout was ever set up where a workspace lies. Told by the disk alone: it is asked at each start."""
    for folder in (root, *root.parents):
        place = os.path.join(folder, ".git")
        if os.path.isfile(place):
            place = _named_in(place, folder)
        if os.path.isdir(place):
            return os.path.isfile(os.path.join(place, "info", "sparse-checkout"))
    return False


def is_bare(folder: Path) -> bool:
    """Whether a folder is a repository without files, by how it looks; none is that lies in a checkout."""
    return (folder / "HEAD").is_file() and all((folder / name).is_dir() for name in ("objects", "refs")) and not is_checkout(folder)


def is_checkout(folder: Path) -> bool:
    """Whether a folder lies among the files of a repository."""
    here = Path(os.path.abspath(folder))
    return any((above / ".git").exists() for above in (here, *here.parents))


def _named_in(file: str, folder: Path) -> str:
    """The folder of a worktree or submodule that the file ``.git`` names."""
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as found:
            return os.path.join(folder, found.read(4096).removeprefix("gitdir:").strip())
    except OSError:
        return ""


def left_out(root: Path) -> tuple[str, ...]:
    """The records' files, from the workspace's root, that are in git and not on disk as the checkout is sparse."""
    from trueup.history.git import open_repository

    try:
        git = open_repository(root)
        if (git.ask("config", "--type=bool", "core.sparseCheckout") or b"").strip() != b"true":
            return ()
        listed = git.run("ls-files", "-t", "-z", "--", f":(top,literal){git.prefix}" if git.prefix else ":/")
    except GitFailure:
        return ()
    paths = (os.fsdecode(line[2:]).removeprefix(git.prefix) for line in listed.split(b"\0") if line.startswith(b"S "))
    return tuple(path for path in paths if path.endswith(ENDINGS_OF_FILES))
