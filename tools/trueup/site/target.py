"""Which folders a site may be written to: MkDocs empties the folder first, and that must never cost anybody a file."""

from __future__ import annotations

import os
from pathlib import Path

from trueup.locale import Text, msg
from trueup.records.tree import WorkingTree
from trueup.records.workspace import load
from trueup.site import sources

# Stands in every folder that a site was built into. MkDocs leaves hidden files alone when it empties the folder.
MARK = ".trueup-site"

# What a workspace holds besides its records.
_OTHERS = (".git", ".github", ".trueup", ".vscode", "docs")


def refusal(root: Path, target: Path, docs_dir: Path) -> Text | None:
    """Why a site of the workspace at ``root`` must not be written to ``target``, whatever is in there now; None where it may."""
    if _within(root, target):
        return msg('"{folder}" holds the workspace and would be emptied; name another folder for the site', folder=str(target))
    folders = (*sources.record_folders(load(WorkingTree(root), only=())), *_OTHERS)
    for kept in (docs_dir, *(root / folder for folder in folders)):
        if _within(target, kept) or _within(kept, target):
            return msg(
                '"{folder}" would be emptied, and "{kept}" is not a site; name another folder for the site',
                folder=str(target),
                kept=os.path.relpath(kept, root),
            )
    return None


def misplacement(root: Path, target: Path) -> Text | None:
    """Why the pages of the workspace at ``root`` must not be written below ``target``, even where that is empty; None where they may."""
    for kept in (*sources.record_folders(load(WorkingTree(root), only=())), ".git", ".trueup"):
        if _within(target, root / kept):
            return msg(
                '"{folder}" is a place of records or settings, where pages would be taken for some; name another folder',
                folder=str(target),
            )
    return None


def strangers(target: Path) -> Text | None:
    """Why a site must not be written over what is in ``target``; None where it is empty, not there, or an earlier site."""
    if not os.path.lexists(target) or (target / MARK).is_file():
        return None
    if target.is_dir() and not any(target.iterdir()):
        return None
    return msg(
        '"{folder}" holds files that no earlier build has made and would be emptied; delete it or name another folder with --site-dir',
        folder=str(target),
    )


def leave_mark(target: Path) -> None:
    """Says to later builds that what is in ``target`` is a site."""
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).write_bytes(b"The site that trueup has built; the next build empties this folder.\n")


def _within(inner: Path, outer: Path) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it, whatever links or spellings lead there."""
    inner, outer = inner.resolve(), outer.resolve()
    if inner.is_relative_to(outer):
        return True
    # Upper and lower case are the same on some file systems, which only the file system itself knows.
    return outer.exists() and any(above.exists() and above.samefile(outer) for above in (inner, *inner.parents))
