"""The files of which git could not make one, as its index keeps them; who changed them, and what of them is still to be decided."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from trueup.editing.writing import write_whole
from trueup.history.git import Git
from trueup.merging.driver import merged_by_git
from trueup.merging.merge import USUAL_SIZE, Merged, ThreeVersions, is_sound, merge, unmerged
from trueup.records.kind import Kind
from trueup.records.text import LARGEST_FILE

# What git keeps while it waits for somebody to decide, and what the other side is then.
_OTHER_HEADS = ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
_NOBODY = b"\0\0"


@dataclass(frozen=True, slots=True)
class Change:
    """The last commit in which a side has changed a file. Days are as git prints them, 2026-11-20."""

    author: str
    day: str
    subject: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The two commits that are brought together; the other is not known where git has not kept it."""

    ours: str
    theirs: str | None


@dataclass(frozen=True)
class Unresolved:
    """A file that is to be decided. ``path`` is from the workspace's root; a version is None where the file is not there."""

    path: str
    kind: Kind | None
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None

    @property
    def is_deleted_by_one(self) -> bool:
        """Whether it is there on one side at most: where both have renamed it, it has another name there, which git gives as well."""
        return self.ours is None or self.theirs is None

    @property
    def is_too_large(self) -> bool:
        return max(map(len, self.versions)) > LARGEST_FILE

    @property
    def versions(self) -> ThreeVersions:
        return self.base or b"", self.ours or b"", self.theirs or b""

    @cached_property
    def merged(self) -> Merged:
        """The merge with its conflicts; a file that one side has deleted is one conflict."""
        return unmerged(*self.versions) if self.is_deleted_by_one else merge(*self.versions, self.path, self.kind)

    def is_as_left(self, there: bytes, git: Git) -> bool:
        """Whether the file on disk is as a merge has left it, and nobody has worked on it since. Labels and ends of lines do not count."""
        if self.is_deleted_by_one:
            # Git leaves the version of the side that has kept it.
            left = [one for one in (self.ours, self.theirs) if one is not None]
            return _with_short_ends(there) in map(_with_short_ends, left)
        left = [self.merged.data, unmerged(*self.versions).data]
        by_git = merged_by_git(git, self.versions, ("ours", "theirs"), USUAL_SIZE)
        left += [by_git[0]] if by_git else []
        return _unlabelled(there) in map(_unlabelled, left)

    def takes(self, content: bytes) -> bool:
        """Whether a decided file can be read, and fits its schema where both sides do."""
        return is_sound(content, [one for one in (self.ours, self.theirs) if one is not None], self.path, self.kind)


_LABEL = re.compile(rb"^(<{7}|>{7}) .*$", re.MULTILINE)


def _unlabelled(raw: bytes) -> bytes:
    return _LABEL.sub(rb"\1", _with_short_ends(raw))


def _with_short_ends(raw: bytes) -> bytes:
    """Git may have written other ends of lines than it keeps (core.autocrlf)."""
    return raw.replace(b"\r\n", b"\n")


def unresolved(git: Git, kinds: Mapping[str, Kind]) -> list[Unresolved]:
    """Every file of the workspace that git waits for, by path. Raises GitFailure."""
    found: dict[str, dict[int, str]] = {}
    for path, stage, blob in _stages(git):
        found.setdefault(path, {})[stage] = blob
    return [_with_contents(git, path, stages, kinds) for path, stages in sorted(found.items())]


def _stages(git: Git) -> Iterator[tuple[str, int, str]]:
    for line in git.run("ls-files", "--unmerged", "-z").split(b"\0")[:-1]:
        about, _tab, name = line.partition(b"\t")
        mode, blob, stage = about.decode().split(" ")
        path = os.fsdecode(name)
        # Links and submodules are no records.
        if mode.startswith("100") and path.startswith(git.prefix):
            yield path.removeprefix(git.prefix), int(stage), blob


def _with_contents(git: Git, path: str, stages: Mapping[int, str], kinds: Mapping[str, Kind]) -> Unresolved:
    contents = dict(git.blobs(stages.values()))
    base, ours, theirs = (contents[stages[number]] if number in stages else None for number in (1, 2, 3))
    kind = next((kind for kind in kinds.values() if kind.files.match(path)), None)
    return Unresolved(path, kind, base, ours, theirs)


def sides(git: Git) -> Sides:
    """What is being brought together. Raises GitFailure where there is no commit yet."""
    heads = (git.ask("rev-parse", "--verify", "--quiet", name + "^{commit}") for name in _OTHER_HEADS)
    return Sides(git.commit("HEAD"), next((head.decode().strip() for head in heads if head), None))


def changes(git: Git, found: Sides, path: str) -> tuple[Change | None, Change | None]:
    """Who has last changed a file on each side; None where that is not known."""
    if found.theirs is None:
        return None, None
    return _change(git, found.ours, found.theirs, path), _change(git, found.theirs, found.ours, path)


def _change(git: Git, commit: str, other: str, path: str) -> Change | None:
    said = git.ask("log", "-1", "--format=%an%x00%as%x00%s", commit, "--not", other, "--", f":(top,literal){git.prefix}{path}")
    author, day, subject = (said or _NOBODY).decode(errors="replace").removesuffix("\n").split("\0")[:3]
    return Change(author, day, subject) if day else None


def write_decided(root: Path, one: Unresolved, content: bytes | None) -> None:
    """Puts the decided file in its place, or takes it away. Raises OSError."""
    if content is None:
        (root / one.path).unlink(missing_ok=True)
    else:
        (root / one.path).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / one.path, content)
