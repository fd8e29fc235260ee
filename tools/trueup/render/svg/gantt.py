"""One plan's tasks and milestones as bars: when each comes, what decides the end, how far the rest can move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import span, tick, written
from trueup.records.workdays import Workdays
from trueup.render.svg.chart import Chart, KeyEntry, chart
from trueup.render.svg.markers import today_and_due
from trueup.render.svg.rows import Row, rows_pictures, sample
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.names import Names
from trueup.views.promises import Promise
from trueup.views.schedule import Schedule, ScheduledPart, ScheduledPlan

# More rows than this nobody reads, and each is in the page twice.
_MOST = 120

_CLOSED = ("done", "dropped")


def gantt_chart(
    plan: ScheduledPlan, schedule: Schedule, names: Names, url: Callable[[str], str | None], workdays: Workdays | None = None
) -> Chart:
    """The Gantt of a plan. ``schedule`` is the whole one; ``url`` gives the page of an address, a task's included, None for none.

    ``workdays`` shade the days on which nobody works. A plan with more than 120 parts shows those that are open first.
    """
    language = names.language
    shown = _shown(plan.parts)
    promises = {one.address: one for one in reversed(schedule.promises)}
    places = {part.address: place for place, part in reversed(list(enumerate(shown)))}
    broken = Counter(one.target for one in schedule.promises if one.is_broken)
    rows = [_row(part, promises.get(part.address), broken[part.address], places, plan, names, url) for part in shown]
    _ = translator(language)
    left = len(plan.parts) - len(shown)
    notes = [msgs("{count} more task is not shown.", "{count} more tasks are not shown.", left)] if left else []
    notes.append(msg("Days late and days of slack are working days."))
    return chart(
        f"gantt-{plan.address}",
        _("Schedule of {plan}").format(plan=plan.title),
        sentences(_told(plan, schedule, names), language),
        rows_pictures(rows, today_and_due(schedule.today, plan.due, language), schedule.today, language, workdays),
        _table(shown, promises, names),
        key=_key(rows, plan, language),
        note=sentences(notes, language),
        has_links=any(row.url for row in rows),
    )


def _shown(parts: Sequence[ScheduledPart]) -> list[ScheduledPart]:
    """By their start; of too many, the closed ones are left out first, then those that come last."""
    ordered = sorted(parts, key=_by_start)
    if len(ordered) <= _MOST:
        return ordered
    chosen = sorted(ordered, key=lambda one: one.status in _CLOSED)[:_MOST]
    return sorted(chosen, key=_by_start)


def _by_start(part: ScheduledPart) -> tuple[date, date, bool, str]:
    finish = part.finish or part.due or date.max
    return part.start or finish, finish, part.is_milestone, part.address


def _row(
    part: ScheduledPart, promise: Promise | None, broken: int, places: Mapping[str, int], plan: ScheduledPlan, names: Names,
    url: Callable[[str], str | None],
) -> Row:  # fmt: skip
    words, tone = _state(part, broken, names.language)
    reason = part.reason
    waits = reason is not None and part.is_critical and reason.why in ("after", "follows")
    look = part.status if part.status in _CLOSED else "critical" if part.is_critical else "paused" if plan.is_paused else "open"
    return Row(
        title=part.title,
        look=look,
        url=url(part.address),
        words=words,
        tone=tone,
        start=part.start,
        finish=part.finish,
        due=part.due,
        slack_to=part.late_finish if part.status not in _CLOSED and not part.is_critical else None,
        promise=promise.needed if promise else None,
        is_broken=bool(promise and promise.is_broken),
        is_point=part.is_milestone,
        after=places.get(reason.address or "") if waits and reason else None,
        hint=_hint(part, words, names.language),
    )


def _state(part: ScheduledPart, broken: int, language: str) -> tuple[str, str]:
    """How a part stands, in two or three words at the end of its row, and their tone; ``broken`` promises were made for it."""
    _ = translator(language)
    if part.status == "done":
        return (tick(part.finish, language) if part.finish else _("done")), "quiet"
    if part.status == "dropped":
        return _("dropped"), "quiet"
    late = part.days_late or 0
    if late > 0:
        told = msgs("{count} day late", "{count} days late", late).say(language)
        return (f"{_('blocked')} · {told}" if part.status == "blocked" else told), "bad"
    if part.status == "blocked":
        return _("blocked"), "bad"
    if part.finish is None:
        return _("no forecast"), "bad"
    if broken:
        return msgs("{count} promise breaks", "{count} promises break", broken).say(language), "bad"
    if part.is_critical:
        return _("critical"), "strong"
    if part.slack:
        return msgs("{count} day slack", "{count} days slack", part.slack).say(language), "quiet"
    return "", "quiet"


def _hint(part: ScheduledPart, words: str, language: str) -> str:
    """All that a row says, in one line."""
    _ = translator(language)
    facts = [part.title]
    if part.status == "done":
        facts.append(_("done"))
    if part.start and part.finish:
        same = part.start == part.finish or part.is_milestone
        facts.append(written(part.finish, language) if same else span(part.start, part.finish, language))
    if part.due and part.status not in _CLOSED:
        facts.append(_("due {date}").format(date=written(part.due, language)))
    if words and part.status != "done":
        facts.append(words)
    return " · ".join(facts)


def _told(plan: ScheduledPlan, schedule: Schedule, names: Names) -> Iterator[Text]:
    """What there is to see, for whoever does not see it."""
    tasks = [part for part in plan.parts if not part.is_milestone and part.status != "dropped"]
    done = sum(part.status == "done" for part in tasks)
    yield msgs("{done} of {count} task done.", "{done} of {count} tasks done.", len(tasks), done=done)
    if plan.due:
        yield msg("Due on {date}.", date=written(plan.due, names.language))
    if plan.forecast:
        yield msg("Forecast for {date}.", date=written(plan.forecast, names.language))
    if plan.days_late and plan.days_late > 0:
        yield msgs("{count} working day late.", "{count} working days late.", plan.days_late)
    path = tuple(step.title for step in plan.critical_path)
    if path:
        yield msg("Critical path: {names}.", names=path)
    broken = sum(one.is_broken and one.address.startswith(f"{plan.address}#") for one in schedule.promises)
    if broken:
        yield msgs("{count} promise breaks.", "{count} promises break.", broken)


def _key(rows: Sequence[Row], plan: ScheduledPlan, language: str) -> Iterator[KeyEntry]:
    """What the shapes mean, of those that are there."""
    _ = translator(language)
    looks = {row.look for row in rows}
    late = any(row.due and row.finish and row.finish > row.due and row.look != "dropped" and not row.is_point for row in rows)
    there = (
        ("done", _("done"), "done" in looks),
        ("critical", _("critical path"), "critical" in looks),
        ("open", _("other work"), "open" in looks),
        ("paused", _("paused"), "paused" in looks),
        ("late", _("after its due date"), late),
        ("slack", _("slack"), any(row.slack_to and row.finish and row.slack_to > row.finish for row in rows)),
        ("due", _("due"), any(row.due and row.look not in _CLOSED for row in rows)),
        ("point", _("milestone"), any(row.is_point for row in rows)),
        ("promise", _("needed by then elsewhere"), any(row.promise and not row.is_broken for row in rows)),
        ("broken", _("needed by then, comes later"), any(row.is_broken for row in rows)),
    )
    yield from (KeyEntry(sample(look), words) for look, words, is_there in there if is_there)


def _table(parts: Sequence[ScheduledPart], promises: Mapping[str, Promise], names: Names) -> Table:
    _ = translator(names.language)
    headings = {
        "task": _("Task"),
        "state": _("Status"),
        "start": _("Start"),
        "finish": _("Forecast"),
        "due": _("Due"),
        "late": _("Late"),
        "slack": _("Slack"),
        "critical": _("Critical path"),
        "needed": _("Needed by"),
    }
    rows = tuple(
        (
            part.title,
            _state_name(part, names),
            part.start,
            part.finish,
            part.due,
            part.days_late if (part.days_late or 0) > 0 else None,
            part.slack,
            _("yes") if part.is_critical else None,
            promises[part.address].needed if part.address in promises else None,
        )
        for part in parts
    )
    return Table(tuple(headings), rows, headings, gives_way="task")


def _state_name(part: ScheduledPart, names: Names) -> str:
    """The state of a part by the word of its schema."""
    record = names.workspace.record(part.address.partition("#")[0])
    item = record.part(part.address.partition("#")[2]) if record else None
    standing = names.standing(record, item) if record and item and item.text("status") else None
    _ = translator(names.language)
    return standing.label if standing else {"done": _("done"), "dropped": _("dropped")}.get(part.status, _("open"))
