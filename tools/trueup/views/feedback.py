"""What users have said, how far each of it has come, and who has not been told what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from trueup.records.config import Thresholds
from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace
from trueup.views.named import named_by, named_in, whole

# The way of a piece of feedback; one that is declined leaves it.
STAGES = ("new", "triaged", "planned", "shipped", "replied")
DECLINED = "declined"

# Themes are told month by month for this many, the last one being today's.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of feedback.

    ``status`` is as written; ``stage`` is how far it has really come: a duplicate stands where the record stands that it
    repeats. ``age`` and ``reply_days`` are calendar days since ``received_on``: up to today and up to ``replied_on``.
    ``is_untriaged``: new for longer than triage_days. ``settled_on`` is the day on which it was shipped or declined,
    ``settled_from`` what says so: plan, decision or received_on (nothing says it, so no earlier than this). ``is_owed``:
    settled for longer than reply_days, and the customer has not been told; ``owed_days`` are the days since it was settled.
    """

    address: str
    title: str
    received_on: date | None
    channel: str | None
    segment: str | None
    customer: str | None
    owner: str | None
    themes: tuple[str, ...]
    sentiment: str | None
    importance: str | None
    plans: tuple[str, ...]
    decision: str | None
    study: str | None
    duplicate_of: str | None
    status: str | None
    stage: str | None
    age: int | None
    is_untriaged: bool
    settled_on: date | None
    settled_from: str | None
    replied_on: date | None
    reply_days: int | None
    is_owed: bool
    owed_days: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many have a value; ``value`` is None for those that have none."""

    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How many have both a sentiment and an importance."""

    sentiment: str | None
    importance: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Theme:
    """What is said about one theme; ``theme`` is None for feedback without any.

    ``open`` are new or triaged: nothing is planned yet. ``cells`` are those above zero; ``by_sentiment`` and
    ``by_importance`` have every value the schema knows. ``by_month`` goes with the months of the whole view. ``linked``: a
    plan or a decision takes up at least one of them.
    """

    theme: str | None
    count: int
    open: int
    by_sentiment: tuple[Count, ...]
    by_importance: tuple[Count, ...]
    cells: tuple[Cell, ...]
    by_month: tuple[int, ...]
    latest: date | None
    linked: bool
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """``now`` stand at this stage; ``reached`` have come as far or further, ``share`` of all that were not declined (0 to 1)."""

    stage: str
    now: int
    reached: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """All feedback received up to a day, latest first; ``theme`` where it is only what is said about one theme.

    ``triage_days`` and ``reply_days`` are the workspace's limits, in calendar days, by which it is untriaged or owed.

    ``themes``: the most frequent first. ``months`` are 12, as 2026-11, today's last. ``funnel`` goes from new to replied
    without what was declined; of those, ``declined_told`` have had an answer. ``new`` are those to be triaged and ``owed``
    those who were never told, the oldest first: entries of the same list. ``triage_age`` is the median age of the new ones
    and ``reply_time`` the median from received to replied, both in calendar days and None where there is none to count.
    ``replied`` have had an answer: those at the funnel's last step, ``declined_told``, and ``replied_before``, who have not yet
    been told how it ended. ``by_month`` goes with ``months``.
    """

    today: date
    triage_days: int
    reply_days: int
    theme: str | None
    entries: tuple[Entry, ...]
    months: tuple[str, ...]
    themes: tuple[Theme, ...]
    by_sentiment: tuple[Count, ...]
    by_importance: tuple[Count, ...]
    cells: tuple[Cell, ...]
    funnel: tuple[Stage, ...]
    declined: int
    declined_told: int
    new: tuple[Entry, ...]
    untriaged: int
    triage_age: float | None
    owed: tuple[Entry, ...]
    reply_time: float | None
    replied: int
    replied_before: int
    by_month: tuple[int, ...] = ()


def feedback(workspace: Workspace, today: date) -> Feedback:
    """All feedback received up to ``today``; an answer that is dated later has not been given yet."""
    kind = workspace.kinds.get("feedback")
    known = {name: tuple(value for value, _ in field.choices) for name in _SCALES if kind and (field := kind.field(name))}
    return _summed(entries_of(workspace, today, workspace.of_kind("feedback")), today, known, workspace.config.thresholds)


def entries_of(workspace: Workspace, today: date, records: Iterable[Record]) -> Iterator[Entry]:
    """Some of the feedback alone, without the figures: what a rule needs to judge those that may be at fault."""
    return _Reader(workspace, today).entries(records)


def feedback_about(found: Feedback, theme: str) -> Feedback:
    """The view of what is said about one theme: all figures are of this alone."""
    known = {"sentiment": _values(found.by_sentiment), "importance": _values(found.by_importance)}
    limits = Thresholds(triage_days=found.triage_days, reply_days=found.reply_days)
    return replace(_summed((one for one in found.entries if theme in one.themes), found.today, known, limits), theme=theme)


def _values(counts: Iterable[Count]) -> tuple[str, ...]:
    return tuple(one.value for one in counts if one.value is not None)


def _summed(entries: Iterable[Entry], today: date, known: Mapping[str, Sequence[str]], limits: Thresholds) -> Feedback:
    """``known``: the values that a sentiment and an importance can have, in their order."""
    ordered = sorted(entries, key=lambda one: one.address)
    ordered.sort(key=lambda one: one.received_on or date.min, reverse=True)
    oldest_first = ordered[::-1]
    new = tuple(one for one in oldest_first if one.stage == "new")
    replied = [one for one in ordered if one.replied_on is not None]
    declined = [one for one in ordered if one.stage == DECLINED]
    months = _months(today)
    return Feedback(
        today=today,
        triage_days=limits.triage_days,
        reply_days=limits.reply_days,
        theme=None,
        entries=tuple(ordered),
        months=months,
        themes=_themes(ordered, months, known),
        by_sentiment=_counts((one.sentiment for one in ordered), known.get("sentiment", ())),
        by_importance=_counts((one.importance for one in ordered), known.get("importance", ())),
        cells=_cells(ordered, known),
        funnel=_funnel(ordered),
        declined=len(declined),
        declined_told=sum(one.replied_on is not None for one in declined),
        new=new,
        untriaged=sum(one.is_untriaged for one in new),
        triage_age=_median(one.age for one in new),
        owed=tuple(sorted((one for one in oldest_first if one.is_owed), key=lambda one: (-(one.owed_days or 0), one.address))),
        reply_time=_median(one.reply_days for one in replied),
        replied=len(replied),
        replied_before=sum(one.stage not in ("shipped", DECLINED) for one in replied),
        by_month=_by_month(ordered, months),
    )


_SCALES = ("sentiment", "importance")


def _median(days: Iterable[int | None]) -> float | None:
    known = [one for one in days if one is not None]
    return float(median(known)) if known else None


def _months(today: date) -> tuple[str, ...]:
    """The last months up to today's; in the first year that there is, as many as there are."""
    last = today.year * 12 + today.month - 1
    return tuple(f"{month // 12:04}-{month % 12 + 1:02}" for month in range(max(12, last - MONTHS + 1), last + 1))


def _funnel(entries: Sequence[Entry]) -> tuple[Stage, ...]:
    """An answer counts as the end of the way only where something was shipped; before that it is a word on the way."""
    now = dict.fromkeys(STAGES, 0)
    for one in entries:
        stage = "replied" if one.stage == "shipped" and one.replied_on else one.stage
        if stage in now:
            now[stage] += 1
    total = sum(now.values())
    reached = [sum(list(now.values())[place:]) for place in range(len(STAGES))]
    return tuple(Stage(stage, now[stage], count, count / total if total else None) for stage, count in zip(STAGES, reached, strict=True))


def _themes(entries: Sequence[Entry], months: Sequence[str], known: Mapping[str, Sequence[str]]) -> tuple[Theme, ...]:
    groups: dict[str | None, list[Entry]] = {}
    for one in entries:
        for theme in one.themes or (None,):
            groups.setdefault(theme, []).append(one)
    found = [_theme(name, them, months, known) for name, them in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.theme is None, -one.count, one.theme or "")))


def _theme(name: str | None, entries: Sequence[Entry], months: Sequence[str], known: Mapping[str, Sequence[str]]) -> Theme:
    return Theme(
        theme=name,
        count=len(entries),
        open=sum(one.stage in ("new", "triaged") for one in entries),
        by_sentiment=_counts((one.sentiment for one in entries), known.get("sentiment", ())),
        by_importance=_counts((one.importance for one in entries), known.get("importance", ())),
        cells=_cells(entries, known),
        by_month=_by_month(entries, months),
        latest=max((one.received_on for one in entries if one.received_on), default=None),
        linked=any(one.plans or one.decision for one in entries),
        addresses=tuple(one.address for one in entries),
    )


def _by_month(entries: Iterable[Entry], months: Sequence[str]) -> tuple[int, ...]:
    found = Counter(one.received_on.isoformat()[:7] for one in entries if one.received_on)
    return tuple(found[month] for month in months)


def _counts(values: Iterable[str | None], known: Sequence[str]) -> tuple[Count, ...]:
    """How often each value that is known occurs, and at the end how many have none, or one that nobody knows."""
    found = Counter(value if value in known else None for value in values)
    return tuple(Count(value, found[value]) for value in (*known, None))


def _cells(entries: Iterable[Entry], known: Mapping[str, Sequence[str]]) -> tuple[Cell, ...]:
    sentiments, importances = known.get("sentiment", ()), known.get("importance", ())
    found = Counter(
        (one.sentiment if one.sentiment in sentiments else None, one.importance if one.importance in importances else None)
        for one in entries
    )
    return tuple(
        Cell(sentiment, importance, count)
        for sentiment in (*sentiments, None)
        for importance in (*importances, None)
        if (count := found[sentiment, importance])
    )


class _Reader:
    """Reads the feedback of a workspace; what a plan or a decision says of the day of shipping is worked out once."""

    def __init__(self, workspace: Workspace, today: date) -> None:
        self._workspace, self._today = workspace, today
        self._thresholds = workspace.config.thresholds
        self._names: dict[int, dict[Route, str]] = {}
        self._finished: dict[str, date | None] = {}
        # None for those that lead into a circle.
        self._originals: dict[str, Record | None] = {}

    def _named(self, record: Record) -> Mapping[Route, str]:
        """What a record names, looked up when it is first asked for: a rule asks for a few of many."""
        if id(record) not in self._names:
            self._names[id(record)] = named_in(self._workspace, record)
        return self._names[id(record)]

    def entries(self, records: Iterable[Record]) -> Iterator[Entry]:
        for record in records:
            received_on = record.fields.date("received_on")
            if received_on is None or received_on <= self._today:
                yield self._entry(record, received_on)

    def _entry(self, record: Record, received_on: date | None) -> Entry:
        fields, named = record.fields, self._named(record)
        original = self._original(record)
        stage = self._stage(record, original)
        age = (self._today - received_on).days if received_on else None
        settled_on, settled_from = self._settled(original, stage, received_on)
        replied_on = fields.date("replied_on")
        if replied_on is not None and replied_on > self._today:
            replied_on = None
        waited = (self._today - settled_on).days if settled_on and not replied_on else None
        return Entry(
            address=record.address,
            title=record.title,
            received_on=received_on,
            channel=fields.text("channel"),
            segment=fields.text("segment"),
            customer=fields.text("customer"),
            owner=_first(named, "owner"),
            themes=tuple(dict.fromkeys(fields.texts("themes"))),
            sentiment=fields.text("sentiment"),
            importance=fields.text("importance"),
            plans=named_by(named, "plans"),
            decision=_first(named, "decision"),
            study=_first(named, "study"),
            duplicate_of=_first(named, "duplicate_of"),
            status=record.status,
            stage=stage,
            age=age,
            is_untriaged=stage == "new" and age is not None and age > self._thresholds.triage_days,
            settled_on=settled_on,
            settled_from=settled_from,
            replied_on=replied_on,
            reply_days=max(0, (replied_on - received_on).days) if replied_on and received_on else None,
            is_owed=waited is not None and waited > self._thresholds.reply_days,
            owed_days=waited,
        )

    def _original(self, record: Record) -> Record:
        """The record that one repeats, through any number of steps; itself where they lead in a circle."""
        way = [record]
        while way[-1].address not in self._originals:
            # What is met again before its end is known leads in a circle.
            self._originals[way[-1].address] = None
            above = self._workspace.record(_first(self._named(way[-1]), "duplicate_of") or "")
            if above is None or above.kind is not record.kind:
                self._originals[way[-1].address] = way[-1]
                break
            way.append(above)
        end = self._originals[way[-1].address]
        self._originals.update((one.address, end) for one in way)
        return end or record

    def _stage(self, record: Record, original: Record) -> str | None:
        """Whoever has found a duplicate has looked at it: it is triaged, and from then on goes with the other one."""
        own = record.status if record.status in (*STAGES[:-1], DECLINED) else None
        if original is record:
            return own
        stands = original.status
        return stands if stands in ("planned", "shipped", DECLINED) else "triaged"

    def _settled(self, original: Record, stage: str | None, received_on: date | None) -> tuple[date | None, str | None]:
        """The day on which it was shipped or declined, as nobody writes it down: of what was shipped, the day on which the last of
        its plans was finished; else the day of its decision; else nothing is known but that it was not before it was received."""
        if stage not in ("shipped", DECLINED):
            return None, None
        named = self._named(original)
        if stage == "shipped":
            days = [day for plan in named_by(named, "plans") if (day := self._finished_on(whole(plan)))]
            if days:
                return _no_earlier(max(days), received_on), "plan"
        decision = self._workspace.record(_first(named, "decision") or "")
        day = decision.fields.date("date") if decision else None
        if day is not None and day <= self._today:
            return _no_earlier(day, received_on), "decision"
        return received_on, "received_on" if received_on else None

    def _finished_on(self, plan: str) -> date | None:
        if plan not in self._finished:
            record = self._workspace.record(plan)
            self._finished[plan] = finished_on(record, self._today) if record else None
        return self._finished[plan]


def finished_on(plan: Record, today: date) -> date | None:
    """The day on which a plan that is done was finished: of its last task or milestone, else the day it was due. None if open."""
    if plan.kind.group_of(plan.status) != "done":
        return None
    done = [day for name in ("tasks", "milestones") for item in plan.items(name) if (day := item.date("done_on")) and day <= today]
    due = plan.fields.date("due")
    return max(done) if done else due if due and due <= today else None


def _no_earlier(day: date, than: date | None) -> date:
    return max(day, than) if than else day


def _first(named: Mapping[Route, str], field: str) -> str | None:
    return named.get((field,))
