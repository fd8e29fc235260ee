"""What git calls for each file that both sides have changed: leaves the outcome where our version was, or marks in it."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from trueup.editing.writing import write_whole
from trueup.history.failure import GitFailure
from trueup.history.git import Git
from trueup.merging.merge import ThreeVersions, merge, unmerged
from trueup.records.kind import Kind
from trueup.records.kinds import read_kinds
from trueup.records.text import LARGEST_FILE
from trueup.records.tree import WorkingTree

# A record takes milliseconds; what takes longer than this was made to.
SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Job:
    """Three versions of a file on disk, and where the outcome goes. ``path`` is the file's, from the workspace's root."""

    base: Path
    ours: Path
    theirs: Path
    outcome: Path
    path: str
    labels: tuple[str, str]
    marker_size: int


def drive(job: Job, root: Path | None, git: Git | None, seconds: float = SECONDS) -> bool:
    """Merges, and says whether nothing is left to decide. Raises OSError and GitFailure; then there are marks already.

    All in which the versions differ is marked first, so that whatever ends this leaves marks.
    """
    base, ours, theirs = (file.read_bytes() for file in (job.base, job.ours, job.theirs))
    write_whole(job.outcome, unmerged(base, ours, theirs, job.labels, job.marker_size).data)
    if max(map(len, (base, ours, theirs))) > LARGEST_FILE:
        return _text_merge(job, git, (base, ours, theirs))
    try:
        with _at_most(seconds):
            kind = kind_of(root, job.path) if root else None
            merged = merge(base, ours, theirs, job.path, kind, job.labels, job.marker_size)
            content = merged.data
    except (_TimeOut, RecursionError, MemoryError):
        return False
    write_whole(job.outcome, content)
    return not merged.conflicts


def kind_of(root: Path, path: str) -> Kind | None:
    """The kind of record that a file of a workspace holds."""
    return next((kind for kind in read_kinds(WorkingTree(root))[0].values() if kind.files.match(path)), None)


def _text_merge(job: Job, git: Git | None, versions: ThreeVersions) -> bool:
    """Leaves to git what is too large to be a record."""
    merged = merged_by_git(git, versions, job.labels, job.marker_size) if git else None
    if merged is None:
        return False
    write_whole(job.outcome, merged[0])
    return merged[1]


def merged_by_git(git: Git, versions: ThreeVersions, labels: tuple[str, str], size: int) -> tuple[bytes, bool] | None:
    """Git's own merge of a text, and whether nothing is left to decide; None where git does not take it for a text."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for file, content in zip(files, (versions[1], versions[0], versions[2]), strict=True):
            file.write_bytes(content)
        named = ("-L", labels[0], "-L", "base", "-L", labels[1], f"--marker-size={size}")
        try:
            # Its exit code is the number of conflicts.
            git.run("merge-file", *named, *map(str, files), codes=range(128))
        except GitFailure:
            return None
        content = files[0].read_bytes()
    is_marked = any(line.startswith(b"<" * size + b" ") for line in content.split(b"\n"))
    return content, not is_marked


class _TimeOut(BaseException):
    """It takes too long. Nothing that expects usual faults may catch this."""


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Ends what is inside after some seconds, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TimeOut

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def driver_labels(ours: str, theirs: str) -> tuple[str, str]:
    """What git calls the two sides; an older git leaves its placeholders as they are."""
    one, other = (name.splitlines()[0][:200] if name and not name.startswith("%") else "" for name in (ours, theirs))
    return one or "ours", other or "theirs"
