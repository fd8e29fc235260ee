"""Which folders a site may be written to: MkDocs empties the folder first, and that must never cost anybody a file."""

from __future__ import annotations

import os
from pathlib import Path

from trueup.editing.writing import write_whole
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
    if _leads_elsewhere(root, target):
        return msg('"{folder}" is or lies behind a symbolic link; name the folder itself for the site', folder=str(target))
    workspace = load(WorkingTree(root), only=())
    folders = (root / folder for folder in (*sources.record_folders(workspace), *_OTHERS))
    # Of a kind whose files may lie anywhere, where they do lie.
    others = (root / folder for folder in {path.rpartition("/")[0] or path for path in workspace.paths})
    for kept in (docs_dir, *folders, *sorted(others)):
        if _within(target, kept) or _within(kept, target):
            return msg(
                '"{folder}" would be emptied, and "{kept}" is not a site; name another folder for the site',
                folder=str(target),
                kept=os.path.relpath(kept, root),
            )
    return None


def misplacement(root: Path, target: Path) -> Text | None:
    """Why the pages of the workspace at ``root`` must not be written below ``target``, even where that is empty; None where they may."""
    if _leads_elsewhere(root, target):
        return msg('"{folder}" is or lies behind a symbolic link; name the folder itself for the site', folder=str(target))
    workspace = load(WorkingTree(root), only=())
    inside = _within(target, root) and os.path.relpath(target.resolve(), root.resolve())
    for kind in workspace.kinds.values():
        if inside and (inside == "." or kind.files.may_lie_below(inside)):
            return _taken_for_records(target)
    if any(_within(target, root / kept) for kept in (*sources.record_folders(workspace), ".git", ".trueup")):
        return _taken_for_records(target)
    return None


def _taken_for_records(target: Path) -> Text:
    return msg('"{folder}" is a place of records or settings, where pages would be taken for some; name another folder', folder=str(target))


def strangers(target: Path) -> Text | None:
    """Why a site must not be written over what is in ``target``; None where it is empty, not there, or an earlier site."""
    # A repository can hold a link to the mark of a site elsewhere.
    if not os.path.lexists(target) or sources.is_plain_file(target / MARK):
        return None
    if target.is_dir() and not any(target.iterdir()):
        return None
    return msg(
        '"{folder}" holds files that no earlier build has made and would be emptied; delete it or name another folder with --site-dir',
        folder=str(target),
    )


def leave_mark(target: Path) -> None:
    """Says to later builds that what is in ``target`` is a site. Raises OSError."""
    target.mkdir(parents=True, exist_ok=True)
    if not sources.is_plain_file(target / MARK):
        write_whole(target / MARK, b"The site that trueup has built; the next build empties this folder.\n")


def _leads_elsewhere(root: Path, target: Path) -> bool:
    """Whether a link in the workspace, which a stranger may have made, decides where the site goes."""
    if target.is_symlink():
        return True
    whole = Path(os.path.abspath(target))
    return whole.is_relative_to(os.path.abspath(root)) and not whole.resolve().is_relative_to(root.resolve())


def _within(inner: Path, outer: Path) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it, whatever links or spellings lead there."""
    inner, outer = inner.resolve(), outer.resolve()
    if inner.is_relative_to(outer):
        return True
    # Upper and lower case are the same on some file systems, which only the file system itself knows.
    return outer.exists() and any(above.exists() and above.samefile(outer) for above in (inner, *inner.parents))
