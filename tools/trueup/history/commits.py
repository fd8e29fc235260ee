"""The log of a repository in one pass: along first parents, each commit with the files that it changes."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from trueup.history.git import Git

# Between "%x01" and the commit's own fields nothing can stand; NUL ends each of them, and no text of git holds one.
_FORMAT = "%x01%H%x00%P%x00%an%x00%ae%x00%cd%x00%B%x00"
_FIELDS = 6
_WAYS = ("--first-parent", "--date=raw", "--no-color", "--encoding=UTF-8")
_DIFFERENCES = ("-m", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
_REGULAR = ("100644", "100755", "100664")
_PLAIN = (*_REGULAR, "000000")


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a commit does to one path, which begins at the workspace's root. A blob's id, or None where there is no regular file.

    Where it is not ``plain``, a link or a submodule stood there or stands there now.
    """

    path: str
    before: str | None
    after: str | None
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the main line. ``time`` is the committer's, in the zone that the committer's clock stood in; ``day`` is the one on
    which it counts, which is another where that clock was wrong (see in_order).

    ``subject`` says what it does: of a merge what the request was called, where the forge has written it below its own first line.
    ``pull_request`` is the number of the request that brought it, as the forge writes it into the message. Of a commit
    ``is_boundary`` only the state is known, not what it changed: there a shallow clone ends.
    """

    id: str
    author: str
    email: str
    time: datetime
    subject: str
    message: str
    pull_request: str | None
    parents: tuple[str, ...]
    changes: tuple[FileChange, ...]
    day: date
    is_boundary: bool = False

    @property
    def short(self) -> str:
        return self.id[:10]


def log(git: Git, until: str, since: str | None = None, *, changes: bool = True, most: int | None = None) -> tuple[Commit, ...]:
    """The commits that lead to ``until`` along first parents, the oldest first; with ``since`` only those that it does not hold.

    A merge counts as one commit: what it changes against its first parent. Both ends are full ids; ``most`` takes only so many
    of the newest. Of a whole line the days are in order.
    """
    wanted = [*([f"--max-count={most}"] if most else []), until, *([f"^{since}"] if since else [])]
    differences = _DIFFERENCES if changes else ()
    place = ["--", f":(top,literal){git.prefix}"] if git.prefix and changes else []
    raw = git.run("log", "-z", *_WAYS, f"--format={_FORMAT}", *differences, *wanted, *place)
    found = tuple(reversed(_commits(raw, git.prefix, git.boundary)))
    return in_order(found) if since is None and most is None else found


_NEVER_SET = 1970


def in_order(commits: tuple[Commit, ...]) -> tuple[Commit, ...]:
    """The same commits, the oldest first, on days that never go back.

    A clock that stands at 1970, or at 2106, must not put the whole past before it or after it. The longest run of commits whose days
    do not go back is taken for right; any other counts on the day of the next one that is right, when it was surely there, and behind
    the last of them on the day of that.
    """
    if not commits or (commits[0].day.year > _NEVER_SET and all(before.day <= after.day for before, after in pairwise(commits))):
        return commits
    # A clock that was never set stands at 1970: what it says is not even a guess.
    told = [place for place, one in enumerate(commits) if one.day.year > _NEVER_SET] or range(len(commits))
    kept = {told[place] for place in longest_run([commits[place].day for place in told])}
    day, found = commits[max(kept)].day, []
    for place in reversed(range(len(commits))):
        one = commits[place]
        day = one.day if place in kept else day
        found.append(one if one.day == day else replace(one, day=day))
    return tuple(reversed(found))


def longest_run(days: Sequence[date]) -> list[int]:
    """The places of a longest part of a sequence that does not go back; of several such parts always the same one."""
    ends: list[date] = []
    last: list[int] = []
    before: list[int] = []
    for place, day in enumerate(days):
        length = bisect_right(ends, day)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [day], [place]
    found, place = [], last[-1] if last else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def behind(git: Git, line: Sequence[Commit]) -> Mapping[tuple[str, str | None], Commit]:
    """By path and blob the commit beside the main line that last brought it there: what merges on that line have taken from others.

    Nothing is asked of git where the line has no merge.
    """
    if not any(len(one.parents) > 1 for one in line):
        return {}
    ways = [one for one in _WAYS if one != "--first-parent"]
    place = ["--", f":(top,literal){git.prefix}"] if git.prefix else []
    raw = git.run("log", "-z", "--no-merges", *ways, f"--format={_FORMAT}", *_DIFFERENCES[1:], line[-1].id, *place)
    own = {one.id for one in line}
    found: dict[tuple[str, str | None], Commit] = {}
    for one in _commits(raw, git.prefix, git.boundary):
        if one.id not in own:
            for change in one.changes:
                found.setdefault((change.path, change.after), one)
    return found


def _commits(raw: bytes, prefix: str, boundary: frozenset[str]) -> list[Commit]:
    found = []
    words = raw.split(b"\0")
    at = 0
    while at < len(words):
        if not words[at].lstrip(b"\n").startswith(b"\x01"):
            at += 1
            continue
        fields = words[at : at + _FIELDS]
        at += _FIELDS
        changes = []
        while at < len(words) and not words[at].startswith(b"\x01"):
            entry = words[at].lstrip(b"\n")
            if entry.startswith(b":"):
                changes.append(_file_change(entry, words[at + 1], prefix))
                at += 1
            at += 1
        found.append(_commit(fields, tuple(changes), boundary))
    return found


def _commit(fields: list[bytes], changes: tuple[FileChange, ...], boundary: frozenset[str]) -> Commit:
    name, parents, author, email, time, message = (one.decode(errors="replace") for one in fields)
    name = name.lstrip("\n").removeprefix("\x01")
    when = _time(time)
    return Commit(
        id=name,
        author=_one_line(author),
        email=_one_line(email),
        time=when,
        subject=_one_line(subject_of(message)),
        message=message,
        pull_request=pull_request_of(message),
        parents=tuple(parents.split()),
        changes=changes,
        day=when.date(),
        is_boundary=name in boundary,
    )


def _file_change(entry: bytes, path: bytes, prefix: str) -> FileChange:
    old_mode, new_mode, before, after, _letter = entry[1:].decode().split(" ")
    return FileChange(
        os.fsdecode(path).removeprefix(prefix),
        before if old_mode in _REGULAR else None,
        after if new_mode in _REGULAR else None,
        plain=old_mode in _PLAIN and new_mode in _PLAIN,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)


def _time(raw: str) -> datetime:
    """Git's own form, seconds since 1970 and a zone: ``1787208518 +0200``. What no calendar holds is put to its nearest end."""
    seconds, _space, zone = raw.partition(" ")
    minutes = int(zone[-4:-2] or 0) * 60 + int(zone[-2:] or 0) if re.fullmatch(r"[+-]\d{4}", zone) else 0
    # A zone is less than a day away; anything else is no clock's.
    shift = timezone(timedelta(minutes=(-minutes if zone.startswith("-") else minutes) if minutes < 24 * 60 else 0))
    try:
        return min(_EARLIEST + timedelta(seconds=int(seconds or 0)), _LATEST).astimezone(shift)
    except (OverflowError, ValueError):
        return (_EARLIEST if seconds.startswith("-") else _LATEST).astimezone(shift)


# GitHub and Gitea: "Merge pull request #12 from …", and "(#12)" at the end of a squashed one; GitLab: "See merge request a/b!12".
_REQUESTS = (
    re.compile(r"\AMerge pull request #(\d{1,9})\b"),
    re.compile(r"\A[^\n]*\(#(\d{1,9})\)\s*(?:\n|\Z)"),
    re.compile(r"^See merge request [^\s!]*!(\d{1,9})\s*$", re.MULTILINE),
    re.compile(r"\A[^\n]*\(!(\d{1,9})\)\s*(?:\n|\Z)"),
    re.compile(r"\AMerge pull request '[^\n]*' \(#(\d{1,9})\) from "),
    re.compile(r"\A!(\d{1,9}) "),
)


# What git and the forges write as the first line of a merge, which says nothing of why; and lines below it that do not either.
_MERGE = re.compile(r"Merge (?:pull request|branch|remote-tracking branch|commit) ")
_BESIDE = ("#", "* ", "See merge request", "Signed-off-by:", "Co-authored-by:", "Reviewed-by:", "Reviewed-on:")


def subject_of(message: str) -> str:
    """The line of a commit message that says what was done, with the number of the pull request where that stands elsewhere."""
    first, *rest = message.strip().split("\n")
    if _MERGE.match(first):
        told = next((line for line in map(str.strip, rest) if line and not line.startswith(_BESIDE)), "")
        number = pull_request_of(message)
        if told:
            return f"{told} ({number})" if number and number not in told else told
    return first


def pull_request_of(message: str) -> str | None:
    """The number of the pull request that a commit message names, with the mark that its forge writes before it."""
    text = message.strip()
    for index, pattern in enumerate(_REQUESTS):
        if found := pattern.search(text):
            return ("!" if index in (2, 3, 5) else "#") + found.group(1)
    return None
