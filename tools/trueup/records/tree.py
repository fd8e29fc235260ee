"""A source of files: the working tree here, a commit in history/tree.py."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from trueup.locale import Text, msg

# closed: a folder that cannot be listed.
EntryType = Literal["file", "link", "folder", "closed", "other"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the bytes of a file could not be had."""

    message: Text
    hint: Text
    missing: bool = False


def reason_of(error: OSError) -> Text:
    """Why the system refused, in the reader's language where it is one of the usual reasons; else in the system's words."""
    return _REASONS.get(error.errno or 0) or msg("{reason}", reason=error.strerror or str(error))


_REASONS = {
    errno.EACCES: msg("Permission denied"),
    errno.EPERM: msg("Operation not permitted"),
    errno.EROFS: msg("Read-only file system"),
    errno.ENOSPC: msg("No space left on device"),
    errno.ENOENT: msg("No such file or directory"),
    errno.ENOTDIR: msg("Not a directory"),
    errno.EISDIR: msg("Is a directory"),
    errno.EEXIST: msg("File exists"),
    errno.ENAMETOOLONG: msg("File name too long"),
    errno.EIO: msg("Input/output error"),
}


class Tree(Protocol):
    """Paths are relative to the workspace's root, with ``/`` between their parts."""

    def files(self, folders: Iterable[str]) -> dict[str, EntryType]:
        """Everything below ``folders`` that is not a plain folder, sorted by path; ``""`` is the root itself."""
        ...

    def entries(self, folder: str) -> dict[str, EntryType]:
        """What stands directly in a folder, folders too, sorted by path; nothing where there is no such folder."""
        ...

    def read(self, path: str) -> bytes | Unreadable:
        """The bytes of a regular file; never follows a link and never waits for a device."""
        ...

    def expect(self, paths: Sequence[str]) -> None:
        """Files that will be read one after the other: a tree that is asked over a pipe can ask for many at once."""
        ...

    def blob(self, path: str) -> str | None:
        """The id that git has for the bytes of a regular file, where it is known without reading it."""
        ...


class WorkingTree:
    """The files as they are on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._prefix = os.fspath(root) + os.sep

    def files(self, folders: Iterable[str]) -> dict[str, EntryType]:
        found: dict[str, EntryType] = {}
        for folder in outermost(folders):
            found.update(self._below(folder))
        return {path: found[path] for path in sorted(found)}

    def entries(self, folder: str) -> dict[str, EntryType]:
        if self._link_on_the_way(folder):
            return {}
        try:
            found = list(os.scandir(self._prefix + folder))
        except OSError:
            return {}
        start = folder + "/" if folder else ""
        return dict(sorted((start + entry.name, _type_of(entry)) for entry in found if not entry.name.startswith(".")))

    def _below(self, folder: str) -> Iterator[tuple[str, EntryType]]:
        """Walks one folder without following links; names that start with a dot are only entered where they are asked for."""
        if link := self._link_on_the_way(folder):
            yield link, "link"
            return
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                entries = list(os.scandir(self._prefix + here))
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError:
                yield here, "closed"
                continue
            start = here + "/" if here else ""
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                # What nearly all of them are comes first.
                if entry.is_file(follow_symlinks=False):
                    yield start + name, "file"
                elif entry.is_symlink():
                    yield start + name, "link"
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(start + name)
                    if name.endswith(ENDINGS_OF_FILES):
                        yield start + name, "folder"
                else:
                    yield start + name, "other"

    def _link_on_the_way(self, folder: str) -> str | None:
        """The first part of a folder's path that is a link: what lies behind it is not of this tree."""
        parts = folder.split("/") if folder else []
        ways = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return next((way for way in ways if os.path.islink(self._prefix + way)), None)

    def read(self, path: str) -> bytes | Unreadable:
        try:
            # O_NONBLOCK: opening a FIFO that took a file's place since the listing must not hang.
            handle = os.open(self._prefix + path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK)
        except FileNotFoundError:
            return Unreadable(msg("the file vanished while it was being read"), msg("run the command again"), missing=True)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return Unreadable(
                    msg("this is {thing}, not a regular file", thing=msg("a symbolic link")), msg("put the file itself in its place")
                )
            return Unreadable(msg("the file cannot be opened: {reason}", reason=reason_of(error)), msg("look at its permissions"))
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return Unreadable(msg("this is not a regular file"), msg("put a regular file in its place"))
            return _all_bytes(handle, status.st_size)
        except OSError as error:
            return Unreadable(msg("the file cannot be read: {reason}", reason=reason_of(error)), msg("look at the disk"))
        finally:
            os.close(handle)

    def expect(self, paths: Sequence[str]) -> None:
        """A disk is asked for one file at a time."""

    def blob(self, path: str) -> None:
        return None


def _type_of(entry: os.DirEntry[str]) -> EntryType:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


# A folder that is called so stands where a record or a schema should be.
ENDINGS_OF_FILES = (".md", ".yaml", ".schema.json")
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)

# One byte more than a record may have: enough to see that a file is too large without reading a huge one whole.
_ENOUGH = (1 << 20) + 1


def _all_bytes(handle: int, size: int) -> bytes:
    first = os.read(handle, min(size, _ENOUGH) + 1)
    if len(first) <= size or len(first) >= _ENOUGH:
        return first
    chunks = [first]
    while (chunk := os.read(handle, 1 << 16)) and sum(map(len, chunks)) < _ENOUGH:
        chunks.append(chunk)
    return b"".join(chunks)


def outermost(folders: Iterable[str]) -> list[str]:
    """The folders that are not inside another one of them."""
    kept: list[str] = []
    for folder in sorted(set(folders)):
        if not any(outer == "" or folder == outer or folder.startswith(outer + "/") for outer in kept):
            kept.append(folder)
    return kept
