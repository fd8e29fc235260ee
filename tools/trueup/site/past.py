"""What git knows of the workspace of a site: how it stood week by week, and which dates were moved; read once for each commit."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path

from trueup.beside import begun
from trueup.checks.runner import check
from trueup.history.chronicle import Chronicle
from trueup.history.commits import Commit
from trueup.history.failure import GitFailure
from trueup.history.git import Git, open_repository
from trueup.history.past import Past
from trueup.history.sampling import Sample, sample_days, samples
from trueup.history.versions import Step
from trueup.records.config import CONFIG_FILE
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.records.tree import Tree, WorkingTree
from trueup.records.workspace import Workspace, load
from trueup.render.document import Document
from trueup.render.period_report import report_document
from trueup.site.kept import Kept, kept
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.period_report import is_past, period_report
from trueup.views.slips import Slip, SlipLedger, slip_ledger
from trueup.views.timeline import Check, GoalMoment, Moment, PlanMoment, Timeline, timeline

# So far back the charts go: half a year is two quarters, and more than what anybody will ask about in a review.
_WEEKS = 26

_PATIENT = 10

_NOTHING = SlipLedger((), (), (), is_incomplete=True)


class Reading:
    """The history up to one commit as one day asks for it. What has been read of it is kept."""

    def __init__(self, chronicle: Chronicle, today: date) -> None:
        self.chronicle = chronicle
        self.today = today
        self._reports: Mapping[str, ReportThen] | None = None

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days that the charts show: the ends of weeks, and today."""
        first = min((one.day for one in self.chronicle.commits), default=self.today)
        since = self.today - timedelta(weeks=min(_WEEKS, self.today.toordinal() // 7 - 1))
        return tuple(day for day in sample_days(min(since, self.today), self.today, "week") if day >= first)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        try:
            return tuple(self.chronicle.steps("plan", "goal", authors=True))
        finally:
            self.chronicle.git.close()

    @cached_property
    def _earlier(self) -> Timeline:
        """All days but today."""
        return self._before_today(None)

    @cached_property
    def _earlier_checked(self) -> Timeline:
        return self._before_today(check)

    def _before_today(self, judge: Check | None) -> Timeline:
        try:
            return timeline("week", samples(self.chronicle, self.days[:-1]), judge, is_incomplete=self.chronicle.is_incomplete)
        except GitFailure:
            # Objects are missing. Of what nobody can read nothing is said.
            return Timeline("week", (), is_incomplete=True)
        finally:
            # A copy of this process would ask the same git.
            self.chronicle.git.close()

    def timeline(self, workspace: Workspace, *, checked: bool) -> Timeline:
        """The days up to today, on which it is as ``workspace`` has it: committed or not, as all other pages have it.

        With ``checked`` also how many findings there were, which takes several times as long.
        """
        earlier = self._earlier_checked if checked else self._earlier
        if not earlier.moments:
            return earlier
        now = Sample(self.today, self.chronicle.commits[-1], workspace)
        return earlier.followed_by(timeline("week", (now,), check if checked else None))

    def reports(self, workspace: Workspace) -> Mapping[str, ReportThen]:
        """By the place of their pages, the reports of the periods that are past; those alone of which there is a commit."""
        if self._reports is None:
            self._reports = dict(self._told(workspace))
        return self._reports

    def _told(self, workspace: Workspace) -> Iterator[tuple[str, ReportThen]]:
        wanted: dict[date, list[Kept]] = {}
        for one in kept(workspace, self.today):
            if is_past(one.period, self.today):
                wanted.setdefault(one.period.end, []).append(one)
        with suppress(GitFailure):
            for sample in samples(self.chronicle, sorted(wanted)):
                names, derived = Names(sample.workspace, workspace.config.language), Derived(sample.workspace, sample.day)
                for one in wanted[sample.day]:
                    found = period_report(sample.workspace, one.span, one.period, sample.day, now=derived)
                    yield one.path, ReportThen(report_document(found, names), sample.commit)
        self.chronicle.git.close()

    def ledger(self, workspace: Workspace) -> SlipLedger:
        try:
            return slip_ledger(self.steps, workspace, is_incomplete=self.chronicle.is_incomplete)
        except GitFailure:
            return _NOTHING


@dataclass(frozen=True, slots=True)
class ReportThen:
    """A report as it was told on the last day of its period, with the last commit that there was."""

    document: Document
    commit: Commit


@dataclass(frozen=True, slots=True)
class _Key:
    """What a history depends on: the commit, the day, and the settings and schemas that it is read by."""

    head: str
    today: date
    settings: str


@dataclass(frozen=True, slots=True)
class _ReadBeside:
    """What a copy of this process has read: a timeline without findings and the slips, or one with findings and the reports."""

    key: _Key
    timeline: Timeline
    slips: SlipLedger | None = None
    reports: Mapping[str, ReportThen] | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What copies of this process have begun to read; each can be asked for once."""

    past: Callable[[], _ReadBeside | None]
    checked: Callable[[], _ReadBeside | None]


class SitePast:
    """The past as the pages of one build show it. What copies of this process are reading, only one of the others can take."""

    def __init__(self, reading: Reading, workspace: Workspace, key: _Key, wanted: _Wanted | None = None) -> None:
        self._reading = reading
        self._workspace = workspace
        self._key = key
        self._wanted = wanted

    @property
    def chronicle(self) -> Chronicle:
        return self._reading.chronicle

    @property
    def first_day(self) -> date:
        """The day of the oldest commit that there is."""
        return min(one.day for one in self.chronicle.commits)

    @property
    def has_timeline(self) -> bool:
        """Whether there are two days to be compared."""
        return len(self._reading.days) > 1

    @cached_property
    def _beside(self) -> _ReadBeside | None:
        told = self._wanted.past() if self._wanted else None
        return told if told and told.key == self._key else None

    @cached_property
    def timeline(self) -> Timeline:
        """How it stood at the end of each week, without findings."""
        return self._beside.timeline if self._beside else self._reading.timeline(self._workspace, checked=False)

    @cached_property
    def _late(self) -> _ReadBeside | None:
        told = self._wanted.checked() if self._wanted else None
        return told if told and told.key == self._key else None

    @cached_property
    def checked(self) -> Timeline:
        """The same with findings."""
        return self._late.timeline if self._late else self._reading.timeline(self._workspace, checked=True)

    @cached_property
    def reports(self) -> Mapping[str, ReportThen]:
        """By the place of its page, each report of a period that is past, as it was told then; none of which no commit knows."""
        told = self._late.reports if self._late else None
        return told if told is not None else self._reading.reports(self._workspace)

    @cached_property
    def slips(self) -> SlipLedger:
        return self._beside.slips if self._beside and self._beside.slips else self._reading.ledger(self._workspace)

    @cached_property
    def _goals(self) -> Mapping[str, tuple[tuple[Moment, GoalMoment], ...]]:
        found: dict[str, list[tuple[Moment, GoalMoment]]] = {}
        for moment in self.timeline.moments:
            for one in moment.goals:
                found.setdefault(one.address, []).append((moment, one))
        return {address: tuple(moments) for address, moments in found.items()}

    @cached_property
    def _plans(self) -> Mapping[str, tuple[tuple[Moment, PlanMoment], ...]]:
        found: dict[str, list[tuple[Moment, PlanMoment]]] = {}
        for moment in self.timeline.moments:
            for one in moment.plans:
                found.setdefault(one.address, []).append((moment, one))
        return {address: tuple(moments) for address, moments in found.items()}

    @cached_property
    def _slips(self) -> Mapping[str, tuple[Slip, ...]]:
        found: dict[str, list[Slip]] = {}
        for one in self.slips.slips:
            found.setdefault(one.record, []).append(one)
        return {address: tuple(slips) for address, slips in found.items()}

    def of_goal(self, address: str) -> tuple[tuple[Moment, GoalMoment], ...]:
        """The moments at which a goal was open."""
        return self._goals.get(address, ()) if self.has_timeline else ()

    def of_plan(self, address: str) -> tuple[tuple[Moment, PlanMoment], ...]:
        """The moments at which there was a plan that was not dropped."""
        return self._plans.get(address, ()) if self.has_timeline else ()

    def slips_of(self, address: str) -> tuple[Slip, ...]:
        """The dates of a record, or of a part of it, that were moved, the newest first."""
        return self._slips.get(address, ())


class PastReader:
    """Reads the past of a workspace. ``at`` is the state that is shown, where it is none on disk."""

    def __init__(self, at: Past | None = None) -> None:
        self._at = at
        self._latest: tuple[_Key, Reading] | None = None
        self._begun: _Wanted | None = None

    def begin(self, root: Path, today: date) -> None:
        """Reads it in copies of this process from now on, for the day that the site will be built for as far as one knows.

        For who does nothing but to build it: no server is to be copied.
        """
        with suppress(GitFailure):
            self._repository(root)
            self._begun = _Wanted(begun(partial(_read_all, self._at, root, today)), begun(partial(_read_findings, self._at, root, today)))

    def read(self, root: Path, workspace: Workspace, today: date) -> SitePast | None:
        """None where there is none: outside of git, before the second commit, in a clone that lacks what would be asked for."""
        try:
            key, reading = self._reading(root, workspace, today)
            if len(reading.chronicle.commits) < 2 or reading.chronicle.git.is_partial:
                return None
        except GitFailure:
            return None
        wanted, self._begun = self._begun, None
        return SitePast(reading, workspace, key, wanted)

    @property
    def key(self) -> _Key | None:
        """What was read last."""
        return self._latest[0] if self._latest else None

    def _repository(self, root: Path) -> tuple[Git, str]:
        if self._at:
            return self._at.git, self._at.commit.id
        git = open_repository(root)
        return git, git.commit("HEAD")

    def _reading(self, root: Path, workspace: Workspace, today: date) -> tuple[_Key, Reading]:
        git, head = self._repository(root)
        now = WorkingTree(root)
        key = _Key(head, today, _settings_of(now))
        if self._latest is None or self._latest[0] != key:
            self._latest = key, Reading(Chronicle(git, head, now, workspace.kinds, workspace.config), today)
        return self._latest


def _read_all(at: Past | None, root: Path, today: date) -> _ReadBeside | None:
    with _garbage_kept():
        reader = PastReader(at)
        past = reader.read(root, load(WorkingTree(root)), today)
        return _ReadBeside(reader.key, past.timeline, past.slips) if past and reader.key else None


def _read_findings(at: Past | None, root: Path, today: date) -> _ReadBeside | None:
    with _garbage_kept():
        if multiprocessing.parent_process() is not None:
            # A few pages want it, the last of all: whatever else there is to do goes first.
            os.nice(_PATIENT)
        reader = PastReader(at)
        past = reader.read(root, load(WorkingTree(root)), today)
        return _ReadBeside(reader.key, past.checked, reports=past.reports) if past and reader.key else None


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Next to nothing of what is read becomes garbage before all of it has been told."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


def _settings_of(tree: Tree) -> str:
    """What everything is read by, as one word: other settings make another history of the same commits."""
    digest = hashlib.sha256()
    for path in (CONFIG_FILE, *tree.files([SCHEMA_FOLDER])):
        raw = tree.read(path)
        digest.update(f"{path}\0".encode(errors="surrogateescape") + (raw if isinstance(raw, bytes) else b"") + b"\0")
    return digest.hexdigest()
