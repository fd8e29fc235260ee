"""Records through the commits: each file is read once, however many commits hold it, and a record keeps its name when it moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from trueup.history.commits import Commit, FileChange
from trueup.history.git import Git
from trueup.records.config import Config
from trueup.records.contents import Contents, Reader
from trueup.records.kind import Kind
from trueup.records.record import Record
from trueup.records.series import Series, parse_series
from trueup.records.source import Source, read_source

_SERIES = ".csv"


@dataclass(frozen=True, slots=True)
class Version:
    """A record as a commit holds it. ``record`` is None where its file cannot be read; then it still has its id.

    The series of a metric is a version of its own beside the metric's file: a record of it whose only field is ``series``.
    """

    kind: str
    id: str
    path: str
    record: Record | None

    @property
    def address(self) -> str:
        return f"{self.kind}/{self.id}"

    @property
    def is_series(self) -> bool:
        return self.path.endswith(_SERIES)

    def is_same(self, other: Version) -> bool:
        """Whether all that a person wrote about the record is the same, and where it lies."""
        if self.path != other.path or (self.record is None) != (other.record is None):
            return False
        if self.record is None or other.record is None:
            return self.id == other.id
        return self.record.data == other.record.data and self.record.body == other.record.body


def series_version(kind: Kind, series: Series) -> Version:
    """The values of a metric, each an item whose id is its day."""
    values = [{"id": one.date.isoformat(), "value": one.value, **({"note": one.note} if one.note else {})} for one in series.points]
    source = Source(series.path, None, 1, "", 1, ())
    return Version(kind.name, series.metric, series.path, Record(kind, series.metric, (), {"series": values}, source))


@dataclass(frozen=True, slots=True)
class Step:
    """What one commit does to one record: None is where there is none. A record is who it is by its kind and id, wherever it lies.

    ``source`` is the commit beside the main line from which a merge has taken it; None where nobody looked, or where there is none.
    ``known`` is the record as it could last be read before; what ``before`` is, unless that cannot be read (see connected).
    """

    commit: Commit
    before: Version | None
    after: Version | None
    source: Commit | None = None
    known: Record | None = None

    @property
    def version(self) -> Version:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def address(self) -> str:
        return self.version.address

    @property
    def is_move(self) -> bool:
        return self.before is not None and self.after is not None and self.before.path != self.after.path


class Versions:
    """Reads the records of files of any commit, by the kinds of one workspace."""

    def __init__(self, git: Git, kinds: Mapping[str, Kind], config: Config) -> None:
        self._git = git
        self._kinds = sorted(kinds.values(), key=lambda kind: kind.built_in)
        self._config = config
        self._reader = Reader()
        self._kind_of: dict[str, Kind | None] = {}
        self._raw: dict[str, bytes] = {}
        self._sources: dict[tuple[str, bool], Source] = {}
        self._contents: dict[tuple[str, str], Contents] = {}

    def kind_of(self, path: str) -> Kind | None:
        """The kind that a path belongs to: that of a series is the metric's."""
        if path not in self._kind_of:
            found = next((kind for kind in self._kinds if kind.files.match(path) or _has_series(kind, path)), None)
            is_left_out = bool(found and self._config.exclude and self._config.exclude.match(path))
            self._kind_of[path] = None if is_left_out else found
        return self._kind_of[path]

    def fetch(self, changes: Iterable[FileChange]) -> None:
        """Gets the bytes of files that will be asked for, all at once."""
        wanted = {blob: None for change in changes for blob in (change.before, change.after) if blob and blob not in self._raw}
        self._raw.update(self._git.blobs(wanted))

    def hold(self, blob: str, raw: bytes) -> None:
        """Takes the bytes of a file that git does not have."""
        self._raw[blob] = raw

    def read(self, path: str, blob: str | None) -> tuple[Version, ...]:
        """The records of a file as one commit has it; none where it is no record's file."""
        kind = self.kind_of(path)
        if kind and path.endswith(_SERIES):
            raw = self._raw.get(blob) if blob else None
            name = path.rpartition("/")[2].removesuffix(_SERIES)
            return () if raw is None else (series_version(kind, parse_series(name, path, raw)),)
        contents = self.contents(kind, path, blob) if kind and blob else None
        if kind is None or contents is None:
            return ()
        if contents.unreadable is not None:
            return (Version(kind.name, contents.unreadable, path, None),)
        return tuple(Version(kind.name, record.id, path, record) for record in contents.records)

    def contents(self, kind: Kind, path: str, blob: str) -> Contents | None:
        """What a file holds. The same bytes under another path are not read again."""
        found = self._contents.get((path, blob))
        if found is None and (raw := self._raw.get(blob)) is not None:
            found = self._contents[path, blob] = self._reader.contents(kind, path, raw, self._source(path, blob, raw))
        return found

    def _source(self, path: str, blob: str, raw: bytes) -> Source:
        key = (blob, path.endswith(".md"))
        source = self._sources.get(key)
        if source is None:
            source = self._sources[key] = read_source(path, raw)
        if source.path == path:
            return source
        faults = tuple(replace(fault, path=path) for fault in source.faults)
        return replace(source, path=path, faults=faults, cut=tuple(replace(fault, path=path) for fault in source.cut))


def _has_series(kind: Kind, path: str) -> bool:
    """Whether a file is, by its name, the series beside a record of this kind."""
    if kind.name != "metric" or not path.endswith(_SERIES):
        return False
    return any(kind.files.match(path.removesuffix(_SERIES) + ending) for ending in (".md", ".yaml", ".yml"))


def connected(found: Iterable[Step]) -> Iterator[Step]:
    """Steps, the oldest first, with what only several of them together say.

    A file that could not be read for a while has changed from what it last said. A record that is copied to another file, and taken out
    of the first one in a later commit, has moved and is not gone.
    """
    lying: dict[tuple[str, bool], dict[str, Version]] = {}
    read: dict[tuple[str, bool], Record] = {}
    for step in found:
        key = step.address, step.version.is_series
        there = lying.setdefault(key, {})
        if step.before is not None:
            there.pop(step.before.path, None)
        elsewhere = next(iter(there.values()), None)
        if step.after is not None:
            there[step.after.path] = step.after
        elif elsewhere is not None:
            continue
        before = step.before or elsewhere
        last = before.record if before and before.record else read.get(key) if before else None
        yield replace(step, before=before, known=last)
        if step.after is None:
            read.pop(key, None)
        elif step.after.record is not None:
            read[key] = step.after.record


# By path and blob the commit that brought it there.
Sources = Mapping[tuple[str, str | None], Commit]


def steps(
    versions: Versions, commits: Iterable[Commit], kinds: frozenset[str] | None = None, sources: Sources | None = None
) -> Iterator[Step]:
    """What commits, the oldest first, do to the records of ``kinds`` (all by default), by commit and address. With ``sources``, what
    a merge brings has the commit that it was taken from."""
    commits = tuple(commits)

    def concerns(change: FileChange) -> bool:
        kind = versions.kind_of(change.path)
        return kind is not None and (kinds is None or kind.name in kinds)

    wanted = [[change for change in commit.changes if concerns(change)] for commit in commits]
    versions.fetch(change for changes in wanted for change in changes)
    for commit, changes in zip(commits, wanted, strict=True):
        if changes:
            yield from _steps_of(versions, commit, changes, sources if sources and len(commit.parents) > 1 else {})


def _steps_of(versions: Versions, commit: Commit, changes: list[FileChange], sources: Sources) -> Iterator[Step]:
    taken = {change.path: sources.get((change.path, change.after)) for change in changes}
    before = [version for change in changes for version in versions.read(change.path, change.before)]
    after = [version for change in changes for version in versions.read(change.path, change.after)]
    found = [
        Step(commit, old, new, taken.get(version.path))
        for old, new in paired(before, after)
        if (version := new or old) and (old is None or new is None or not old.is_same(new))
    ]
    yield from sorted(found, key=lambda step: (step.address, step.version.path))


def paired(before: Iterable[Version], after: Iterable[Version]) -> Iterator[tuple[Version | None, Version | None]]:
    """Each record with itself: in the same file first, then, as it was moved, anywhere by its kind and id."""
    left: dict[tuple[str, str, str], list[Version]] = {}
    for one in before:
        left.setdefault((one.kind, one.id, one.path), []).append(one)
    news = []
    for one in after:
        same = left.get((one.kind, one.id, one.path))
        if same:
            yield same.pop(0), one
        else:
            news.append(one)
    gone: dict[tuple[str, bool], list[Version]] = {}
    for versions in left.values():
        for one in versions:
            gone.setdefault((one.address, one.is_series), []).append(one)
    for one in sorted(news, key=lambda version: version.path):
        old = gone.get((one.address, one.is_series))
        yield (old.pop(0) if old else None), one
    for versions in gone.values():
        yield from ((one, None) for one in versions)
