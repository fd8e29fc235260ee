"""The files of a commit, behind the same interface as those on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from trueup.history.commits import FileChange
from trueup.history.git import Git
from trueup.locale import msg
from trueup.records.tree import ENDINGS_OF_FILES, EntryType, Unreadable, outermost

_TYPES: dict[str, EntryType] = {"100644": "file", "100755": "file", "100664": "file", "120000": "link"}
# So many of the files that are expected are read at once.
_AHEAD = 512


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit: a blob and what it is."""

    type: EntryType
    blob: str


class CommitTree:
    """A commit's files. What git would not check out (submodules) is not there, as in a clone without them."""

    def __init__(self, git: Git, commit: str) -> None:
        self.commit = commit
        self._git = git
        self._contents: dict[str, bytes] = {}
        self._order: list[str] = []
        self._places: dict[str, int] = {}

    @cached_property
    def listed(self) -> dict[str, Entry]:
        """All files and links, by path; nothing where the workspace's folder was not there yet."""
        place = self._git.prefix.rstrip("/")
        raw = self._git.ask("ls-tree", "-r", "-z", "--full-tree", f"{self.commit}:{place}") or b""
        found = {}
        for line in raw.split(b"\0")[:-1]:
            about, _tab, path = line.partition(b"\t")
            mode, _type, blob = about.decode().split(" ")
            if mode in _TYPES:
                found[os.fsdecode(path)] = Entry(_TYPES[mode], blob)
        return found

    def after(self, commit: str, changes: Iterable[FileChange]) -> CommitTree:
        """The files of a later commit, by what was changed in between: git is asked only where links or submodules are among it."""
        found, changed = CommitTree(self._git, commit), tuple(changes)
        if not all(change.plain for change in changed):
            return found
        listed = dict(self.listed)
        for change in changed:
            if change.after is None:
                listed.pop(change.path, None)
            else:
                listed[change.path] = Entry("file", change.after)
        found.listed = listed
        if listed.keys() == self.listed.keys():
            found._by_folder = self._by_folder
        return found

    @cached_property
    def _by_folder(self) -> dict[str, dict[str, EntryType]]:
        """What stands directly in each folder, folders too."""
        found: dict[str, dict[str, EntryType]] = {"": {}}
        for path, entry in self.listed.items():
            found.setdefault(path.rpartition("/")[0], {})[path] = entry.type
            while path := path.rpartition("/")[0]:
                above = found.setdefault(path.rpartition("/")[0], {})
                if path in above:
                    break
                above[path] = "folder"
        return found

    def files(self, folders: Iterable[str]) -> dict[str, EntryType]:
        found: dict[str, EntryType] = {}
        for folder in outermost(folders):
            if link := self._link_on_the_way(folder):
                found[link] = "link"
                continue
            waiting = [folder]
            while waiting:
                for path, entry in self.entries(waiting.pop()).items():
                    if entry == "folder":
                        waiting.append(path)
                    if entry != "folder" or path.endswith(ENDINGS_OF_FILES):
                        found[path] = entry
        return dict(sorted(found.items()))

    def entries(self, folder: str) -> dict[str, EntryType]:
        found = self._by_folder.get(folder, {})
        start = len(folder) + 1 if folder else 0
        return {path: entry for path, entry in sorted(found.items()) if not path.startswith(".", start)}

    def _link_on_the_way(self, folder: str) -> str | None:
        parts = folder.split("/") if folder else []
        ways = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return next((way for way in ways if (entry := self.listed.get(way)) and entry.type == "link"), None)

    def read(self, path: str) -> bytes | Unreadable:
        entry = self.listed.get(path)
        if entry is None:
            return Unreadable(msg("there is no such file in this commit"), msg("look for it in another commit"), missing=True)
        if entry.type != "file":
            return Unreadable(
                msg("this is {thing}, not a regular file", thing=msg("a symbolic link")), msg("put the file itself in its place")
            )
        if path not in self._contents:
            self._read_ahead(path)
        return self._contents.pop(path)

    def expect(self, paths: Sequence[str]) -> None:
        self._order = [path for path in paths if path in self.listed]
        self._places = {path: at for at, path in enumerate(self._order)}

    def blob(self, path: str) -> str | None:
        entry = self.listed.get(path)
        return entry.blob if entry and entry.type == "file" else None

    def _read_ahead(self, path: str) -> None:
        """Reads a file, and those that are expected after it."""
        at = self._places.get(path)
        wanted = [path] if at is None else [one for one in self._order[at : at + _AHEAD] if self.listed[one].type == "file"]
        for name, (_blob, content) in zip(wanted, self._git.blobs(self.listed[one].blob for one in wanted), strict=True):
            self._contents[name] = content
