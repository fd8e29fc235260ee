"""The commits of the example's past: what changed on each day, who wrote it down, and which of it came as a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from trueup.history.lifetimes import FIRST_DAY, LAST_DAY, address_of
from trueup.history.retelling import StoryChange, author_of, goals_subject, subject_of
from trueup.history.rewind import MONTHS, Rewind
from trueup.history.sheet import Sheet
from trueup.history.story import Story

# The company's clock. It has no summer time.
ZONE = timezone(timedelta(hours=8))
_MAIL = "juniperbasket.example"
_STARTER = "grace-holm"
# What depends on something stands after it, so that each commit of a day leaves a workspace that names only what is there.
_ORDER = (
    "start", "person", "team", "cadence", "metric", "folder", "series", "goal", "scorecard", "plan", "feedback", "study", "checkin",
    "decision", "story", "decided", "work", "retro", "meeting",
)  # fmt: skip
_WRITTEN_TOGETHER = ("metric", "cadence", "scorecard", "feedback", "checkin")


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class StoryCommit:
    """``parents``: places in the list of all commits. ``files``: what is written, None for what is taken away."""

    when: datetime
    author: Author
    message: str
    parents: tuple[int, ...]
    files: Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class _Group:
    """The changes of a day that belong together. ``pull``: how they come to main, merged, squashed or (empty) directly."""

    author: str
    subject: str
    changes: tuple[StoryChange, ...]
    pull: str = ""


def replay(start: Mapping[str, bytes], records: Mapping[str, str], story: Story) -> list[StoryCommit]:
    """All commits, oldest first; the last leaves ``start`` and ``records`` as they are. The second parents are branches."""
    return _Replay(start, records, story).commits()


class _Replay:
    def __init__(self, start: Mapping[str, bytes], records: Mapping[str, str], story: Story) -> None:
        self._start = start
        self._records = records
        self._story = story
        self._rewind = Rewind(records, story)
        self._authors = _authors(records)
        self._days: dict[date, list[tuple[str, str]]] = {}
        for path in sorted(records):
            for day, text in self._rewind.versions(path):
                self._days.setdefault(day, []).append((path, text))
        self._made: list[StoryCommit] = []
        self._tip: int | None = None
        self._pulls = 0
        self._now = datetime.min.replace(tzinfo=UTC)

    def commits(self) -> list[StoryCommit]:
        now: dict[str, str] = {}
        day = FIRST_DAY
        while day <= LAST_DAY:
            self._now = max(self._now, datetime(day.year, day.month, day.day, 8, 50, tzinfo=ZONE))
            if day == FIRST_DAY:
                self._commit(_STARTER, "trueup init", dict(self._start))
            self._move_folders(now, day)
            for group in self._groups(now, day):
                self._write(group, day)
                now |= {change.path: change.after for change in group.changes}
            day += timedelta(days=1)
        return self._made

    def _move_folders(self, now: Mapping[str, str], day: date) -> None:
        for folder in self._story.folders:
            if folder.day == day:
                moved = [path for path in now if path.startswith(folder.now + "/")]
                places = {folder.was + path[len(folder.now) :]: None for path in moved}
                self._commit(folder.author, folder.subject, places | {path: now[path].encode() for path in moved})

    def _groups(self, now: Mapping[str, str], day: date) -> list[_Group]:
        waiting: dict[tuple[int, str], list[StoryChange]] = {}
        for path, after in self._days.get(day, ()):
            change = StoryChange(path, now.get(path), after)
            waiting.setdefault(self._key(change, day), []).append(change)
        return [self._group(rank, key, changes, day) for (rank, key), changes in sorted(waiting.items())]

    def _key(self, change: StoryChange, day: date) -> tuple[int, str]:
        """What a change belongs to, with its place in the day."""
        for index, told in enumerate(self._story.changes):
            if told.day == day and change.path in told.edits:
                return _ORDER.index("story"), f"{index:03}"
        if change.is_series:
            return _ORDER.index("series"), ""
        if change.is_new:
            return self._key_of_new(change, day)
        if change.kind == "decision" and Sheet(change.after).field("status") != Sheet(change.before or "").field("status"):
            return _ORDER.index("decided"), change.path
        return _ORDER.index("feedback" if change.kind == "feedback" else "work"), ""

    def _key_of_new(self, change: StoryChange, day: date) -> tuple[int, str]:
        if change.kind == "activity":
            return _ORDER.index("work"), ""
        if change.kind == "goal":
            return _ORDER.index("goal"), Sheet(change.after).field("period") or ""
        are_together = change.kind in _WRITTEN_TOGETHER or (day == FIRST_DAY and change.kind in ("person", "team"))
        return _ORDER.index(change.kind), "" if are_together else change.path

    def _group(self, rank: int, key: str, changes: list[StoryChange], day: date) -> _Group:
        name, found = _ORDER[rank], tuple(sorted(changes, key=_weight))
        if name == "story":
            told = self._story.changes[int(key)]
            return _Group(told.author, told.subject, found, told.pull)
        if name == "series":
            return _Group("sofia-marin", f"Numbers up to {_in_words(day - timedelta(days=1))}", found)
        if name == "goal":
            return _Group(author_of(found[0]), goals_subject(found), found, "merge" if "-Q" in key else "")
        if day == FIRST_DAY and name in ("person", "team", "cadence", "metric"):
            subject = {"person": "Who we are", "team": "Our teams", "cadence": "When we meet", "metric": "What we count"}[name]
            return _Group(_STARTER, subject, found)
        pull = {"plan": "squash", "decided": "squash", "study": "squash"}.get(name, "")
        # What several teams hang on is merged with its branch, so that both can be seen.
        if name == "plan" and Sheet(found[0].after).field("follows"):
            pull = "merge"
        return _Group(author_of(found[0]), subject_of(found), found, pull)

    def _write(self, group: _Group, day: date) -> None:
        files = {self._rewind.place_at(change.path, day): change.after.encode() for change in group.changes}
        if not group.pull:
            self._commit(group.author, group.subject, files)
            return
        self._pulls += 1
        if group.pull == "squash":
            self._commit(group.author, f"{group.subject} (#{self._pulls})", files)
        else:
            self._merge(group, files)

    def _merge(self, group: _Group, files: Mapping[str, bytes]) -> None:
        """A branch with one commit, and the commit that merges it."""
        base = self._tip
        self._commit(group.author, group.subject, files)
        branch, self._tip = self._tip, base
        head = f"{group.author}/{_slug(group.subject)}"
        message = f"Merge pull request #{self._pulls} from {head}\n\n{group.subject}"
        reviewer = "lin-yue" if group.author != "lin-yue" else _STARTER
        self._commit(reviewer, message, files, branch)

    def _commit(self, author: str, message: str, files: Mapping[str, bytes | None], merged: int | None = None) -> None:
        self._now += timedelta(minutes=7 + len(self._made) * 5 % 11)
        parents = tuple(one for one in (self._tip, merged) if one is not None)
        self._made.append(StoryCommit(self._now, self._authors[author], message + "\n", parents, files))
        self._tip = len(self._made) - 1


def _weight(change: StoryChange) -> tuple[int, str]:
    """What a commit is named after stands first: work before consents, and both before notes."""
    order = ("plan", "goal", "study", "meeting", "retro", "checkin")
    return order.index(change.kind) if change.kind in order else len(order), change.path


def _authors(records: Mapping[str, str]) -> Mapping[str, Author]:
    people = {path: text for path, text in records.items() if path.startswith("team/people/")}
    return {address_of(path).partition("/")[2]: _author(path, Sheet(text)) for path, text in people.items()}


def _author(path: str, sheet: Sheet) -> Author:
    found = re.search(r"email: ([^,}]+)", sheet.field("handles") or "")
    name = address_of(path).partition("/")[2]
    return Author(sheet.field("title") or name, found[1] if found else f"{name.replace('-', '.')}@{_MAIL}")


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _slug(subject: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", subject.lower())[:5])


def stream(commits: Sequence[StoryCommit]) -> bytes:
    """The commits as git's fast-import reads them (git-fast-import(1)): the same bytes give the same ids everywhere."""
    return b"".join(_lines(commits))


def _lines(commits: Iterable[StoryCommit]) -> Iterator[bytes]:
    for number, commit in enumerate(commits, start=1):
        stamp = f"{commit.author.name} <{commit.author.mail}> {int(commit.when.timestamp())} +0800"
        yield f"commit refs/heads/main\nmark :{number}\nauthor {stamp}\ncommitter {stamp}\n".encode()
        yield _data(commit.message.encode())
        for word, parent in zip(("from", "merge"), commit.parents, strict=False):
            yield f"{word} :{parent + 1}\n".encode()
        for path, content in commit.files.items():
            yield f"D {path}\n".encode() if content is None else f"M 100644 inline {path}\n".encode() + _data(content)
    yield b"done\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"
