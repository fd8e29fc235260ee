"""Which records one side of a merge has given another id, so that what the other side has brought can be told the new one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from trueup.history.git import Git
from trueup.records.kind import Kind


def renamed_ids(git: Git, kinds: Mapping[str, Kind]) -> dict[str, str]:
    """The new ids of records by their old addresses: of the merge that is under way, else of the one that HEAD is. Raises GitFailure.

    Only ids that are names of files: git knows a file that has moved by its contents.
    """
    sides = _sides(git)
    base = (git.ask("merge-base", *sides) or b"").decode().strip() if sides else ""
    found: dict[str, str] = {}
    for side in sides if base else ():
        for old, new in _moved(git, base, side):
            for kind in kinds.values():
                if kind.id_rule.form != "field" and kind.files.match(old) and kind.files.match(new):
                    found[f"{kind.name}/{kind.id_rule.from_path(old)}"] = kind.id_rule.from_path(new)
    return {address: name for address, name in found.items() if address.partition("/")[2] != name}


def _sides(git: Git) -> tuple[str, ...]:
    """The two commits that are, or were, brought together; none where there is no merge."""
    other = git.ask("rev-parse", "--verify", "--quiet", "MERGE_HEAD^{commit}")
    if other:
        return git.commit("HEAD"), other.decode().strip()
    parents = (git.ask("rev-list", "--parents", "-1", "HEAD") or b"").decode().split()[1:]
    return tuple(parents) if len(parents) == 2 else ()


def _moved(git: Git, base: str, side: str) -> Iterator[tuple[str, str]]:
    """The files of the workspace that lie elsewhere since then, with both paths."""
    said = git.run("diff-tree", "-r", "-z", "--find-renames", "--diff-filter=R", "--name-status", "--no-ext-diff", base, side)
    parts = iter([os.fsdecode(part) for part in said.split(b"\0")[:-1]])
    for _status, old, new in zip(parts, parts, parts, strict=False):
        if old.startswith(git.prefix) and new.startswith(git.prefix):
            yield old.removeprefix(git.prefix), new.removeprefix(git.prefix)
