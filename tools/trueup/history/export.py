"""Writes the files of a past state into a folder, for what can only work on a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trueup.history.past import Past
from trueup.records.tree import Unreadable

# A picture of the handbook may be larger than a record; nothing that a site shows is larger than this.
_LARGEST = 64 << 20


@contextmanager
def exported(past: Past) -> Iterator[Path]:
    """A folder with the regular files of a state, which is gone afterwards; links stay out. Raises OSError and GitFailure."""
    with tempfile.TemporaryDirectory(prefix="trueup-") as name:
        folder = Path(name).resolve()
        for path, content in _contents(past):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield folder


def _contents(past: Past) -> Iterator[tuple[str, bytes]]:
    paths = [path for path in past.paths if _is_plain(path)]
    blobs = {path: blob for path in paths if (blob := past.tree.blob(path)) is not None}
    for path, (_blob, content) in zip(blobs, past.git.blobs(blobs.values(), _LARGEST), strict=True):
        yield path, content
    for path in past.borrowed:
        borrowed = past.tree.read(path)
        if not isinstance(borrowed, Unreadable):
            yield path, borrowed


def _is_plain(path: str) -> bool:
    """Whether a path leads to a place inside: git itself makes no other, but an object that somebody wrote by hand may hold one."""
    return all(part not in ("", ".", "..") and part.lower() != ".git" and "\\" not in part and ":" not in part for part in path.split("/"))
