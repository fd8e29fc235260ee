"""What each file of the example was on a day before its last: texts told by the story, states and dates taken back, nothing named
that was not there yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from trueup.history.lifetimes import FIRST_DAY, LAST_DAY, Lifetimes, address_of, day_in, friday, monday, shifted, workday
from trueup.history.sheet import Sheet, item_value, with_item_value
from trueup.history.story import Edit, Story

# Fields that hold bare ids, and of which kind.
_KINDS = {
    "goals": "goal", "parent": "goal", "goal": "goal", "plans": "plan", "follows": "plan", "decision": "decision", "decisions": "decision",
    "supersedes": "decision", "study": "study", "duplicate_of": "feedback", "teams": "team",
}  # fmt: skip
_LEARNED = ("findings", "participants", "ended")
# Not from the locale: the subjects of commits must be the same everywhere.
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_A_DAY = re.compile(rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({'|'.join(MONTHS)})\b")
_LINK = re.compile(r"\[\[([a-z]+/[a-z0-9-]+)")
_SERIES_START = "date,value,note\n"

# The business review that let a goal go ahead to which nobody had agreed.
_ACTIVE_UNAGREED = date(2026, 10, 12)
_WEEK = timedelta(days=7)

Since = Callable[[str], date | None]


class Rewind:
    """All files of the example at their last day, and each of them at any day before. ValueError where the story is of others."""

    def __init__(self, files: Mapping[str, str], story: Story) -> None:
        self._files = files
        self._story = story
        sheets = {address_of(path): Sheet(text) for path, text in files.items() if not path.endswith(".csv")}
        self.lifetimes = Lifetimes(sheets, story)
        named = {path for change in story.changes for path in change.edits}
        told = {*story.born, *story.closed, *story.told, *(part.partition("#")[0] for part in story.since)}
        if unknown := sorted((named - files.keys()) | (told - sheets.keys())):
            raise ValueError(f"the story speaks of {', '.join(unknown)}, which the example does not have")

    def at(self, path: str, day: date) -> str | None:
        """The text of a file at the end of a day; None before there was one. The last day gives the file as it is."""
        if not self.lifetimes.is_there(address_of(path), day):
            return None
        text = self._before_changes(path, day)
        if day >= LAST_DAY:
            return text
        return _series_at(text, day) if path.endswith(".csv") else self._record_at(path, text, day)

    def versions(self, path: str) -> Iterator[tuple[date, str]]:
        """Every text that a file has had, with the day of each. Between days of the story a text never comes back, so that two days
        with the same text have none between them with another."""
        told = {change.day for change in self._story.changes if path in change.edits}
        days = sorted({FIRST_DAY, LAST_DAY, *told, *(day - timedelta(days=1) for day in told)})
        before: str | None = None
        for first, last in pairwise([FIRST_DAY - timedelta(days=1), *days]):
            after = self.at(path, last) if last >= FIRST_DAY else None
            yield from self._between(path, first, before, last, after)
            before = after

    def _between(self, path: str, first: date, before: str | None, last: date, after: str | None) -> Iterator[tuple[date, str]]:
        if before == after or after is None:
            return
        if last - first <= timedelta(days=1):
            yield last, after
            return
        middle = first + (last - first) // 2
        then = self.at(path, middle)
        yield from self._between(path, first, before, middle, then)
        yield from self._between(path, middle, then, last, after)

    def place_at(self, path: str, day: date) -> str:
        """Where a file lay on a day."""
        for folder in self._story.folders:
            if path.startswith(folder.now + "/") and day < folder.day:
                return folder.was + path[len(folder.now) :]
        return path

    def _before_changes(self, path: str, day: date) -> str:
        text = self._files[path]
        for change in reversed(self._story.changes):
            if change.day > day and path in change.edits:
                text = _undone(text, change.edits[path], change.day, path)
        return text

    def _record_at(self, path: str, text: str, day: date) -> str:
        sheet, address = Sheet(text), address_of(path)
        kind = address.partition("/")[0]
        if kind == "feedback":
            self._take_back_feedback(sheet, day)
        elif kind == "study":
            self._take_back_study(sheet, address, day)
        else:
            self._take_back_status(sheet, kind, address, day)
        _take_back_parts(sheet, day, self._since(address), self.lifetimes.ended.get(address))
        if kind == "activity" and (held := day_in(sheet.field("date"))) and day < workday(held + timedelta(days=1)):
            sheet.set_field("outcome", None)
            sheet.body = ""
        sheet.change_lines(lambda section, line: self._without_unborn(section, line, day))
        sheet.body = self._body_at(sheet.body, kind, address, day)
        return sheet.text()

    def _since(self, address: str) -> Since:
        return lambda part: self._story.since.get(f"{address}#{part}")

    def _take_back_status(self, sheet: Sheet, kind: str, address: str, day: date) -> None:
        status, ended = sheet.field("status"), self.lifetimes.ended.get(address)
        if kind in ("goal", "plan") and status != "draft":
            if day < self._active_from(sheet, kind):
                sheet.set_field("status", "draft")
            elif ended and day < ended:
                sheet.set_field("status", "active")
        elif kind == "decision" and status != "proposed" and day < workday(day_in(sheet.field("date")) or LAST_DAY):
            sheet.set_field("status", "proposed")

    def _active_from(self, sheet: Sheet, kind: str) -> date:
        """A plan is active from its start, a goal from the planning in which the first has agreed to it."""
        if kind == "plan":
            return workday(day_in(sheet.field("start")) or LAST_DAY)
        agreed = [date.fromisoformat(text) for section, line in sheet.items() if section == "agreed" and (text := item_value(line, "date"))]
        return workday(min(agreed, default=_ACTIVE_UNAGREED))

    def _take_back_feedback(self, sheet: Sheet, day: date) -> None:
        """New, triaged, planned, shipped: one step on a Friday each, the last when it was answered."""
        last = sheet.field("status") or ""
        received = day_in(sheet.field("received_on")) or LAST_DAY
        planned, closed = self._planned_and_closed(sheet, received, last)
        triaged = min(friday(received + timedelta(days=1)), (planned if last in ("planned", "shipped") else closed) - _WEEK, LAST_DAY)
        if last == "new" or day < triaged:
            sheet.set_field("status", "new")
            for key in ("owner", "importance", "themes") if last != "new" else ():
                sheet.set_field(key, None)
        elif last == "shipped" and planned <= day < closed:
            sheet.set_field("status", "planned")
        elif last != "triaged" and day < (planned if last != "declined" else closed):
            sheet.set_field("status", "triaged")
        answered = day_in(sheet.field("replied_on"))
        for key, since in (("plans", planned), ("decision", planned), ("study", triaged), ("replied_on", friday(answered or day))):
            if day < since:
                sheet.set_field(key, None)

    def _planned_and_closed(self, sheet: Sheet, received: date, last: str) -> tuple[date, date]:
        """When feedback was planned, and when shipped or declined: after what it waited for, and not after it was answered."""
        waited = [f"plan/{name}" for name in (sheet.field("plans") or "").strip("[]").split(", ") if name]
        waited += [f"decision/{name}" for name in [sheet.field("decision")] if name]
        begun = friday(max([received + timedelta(days=5), *(self.lifetimes.born[one] for one in waited)]))
        if last in ("new", "triaged", "planned"):
            return min(begun, LAST_DAY), LAST_DAY + _WEEK
        ended = [self.lifetimes.ended[address] for address in waited if address in self.lifetimes.ended]
        answered = day_in(sheet.field("replied_on"))
        closed = min(friday(max([begun + _WEEK, *ended])), friday(answered) if answered else LAST_DAY, LAST_DAY)
        return min(begun, closed - _WEEK), closed

    def _take_back_study(self, sheet: Sheet, address: str, day: date) -> None:
        started, ended = day_in(sheet.field("started")), self.lifetimes.ended.get(address)
        learned = ended or (workday(started + timedelta(days=11)) if started else LAST_DAY)
        if day < learned:
            for key in _LEARNED:
                sheet.set_field(key, None)
            sheet.body = ""
            if started and sheet.field("status") == "done":
                sheet.set_field("status", "running")
        if started and day < workday(started):
            sheet.set_field("status", "planned")
            sheet.set_field("started", None)

    def _without_unborn(self, section: str, line: str, day: date) -> str | None:
        """A line of fields without the references to what began later; None where nothing is left of it."""
        key, _colon, value = line.partition(": ")
        if line.startswith("  - {"):
            return self._item_without_unborn(line, day)
        if line.startswith("  - "):
            return line if self._is_known(line[4:], section, day) else None
        if value.startswith("[") and key in {*_KINDS, "evidence", "affects"}:
            kept = self._kept(value, key, day)
            return f"{key}: {kept}" if kept != "[]" else None
        return line if key not in _KINDS or self._is_known(value, key, day) else None

    def _item_without_unborn(self, line: str, day: date) -> str:
        if depends := item_value(line, "depends_on"):
            kept = self._kept(depends, "", day)
            line = with_item_value(line, "depends_on", kept if kept != "[]" else None)
        if not self._is_known(item_value(line, "pegged_to") or "", "", day):
            line = with_item_value(with_item_value(line, "pegged_to", None), "offset", None)
        return line

    def _kept(self, value: str, key: str, day: date) -> str:
        return "[" + ", ".join(one for one in value.strip("[]").split(", ") if self._is_known(one, key, day)) + "]"

    def _is_known(self, name: str, key: str, day: date) -> bool:
        address = name.partition("#")[0] if "/" in name else f"{_KINDS.get(key, '')}/{name}"
        return self.lifetimes.is_there(address, day)

    def _body_at(self, body: str, kind: str, address: str, day: date) -> str:
        ended = self.lifetimes.ended.get(address)
        # What is told of a thing that has ended was written when it ended.
        if ended and day < ended and kind in ("goal", "plan", "scorecard") and address not in self._story.told:
            return ""
        by_dates = kind in ("goal", "plan", "metric", "person", "team") and address not in self._story.told
        paragraphs = [one.strip("\n") for one in body.split("\n\n") if self._is_written(one, day, by_dates=by_dates)]
        return "\n\n".join(one for one in paragraphs if one) + "\n" if any(paragraphs) else ""

    def _is_written(self, paragraph: str, day: date, *, by_dates: bool) -> bool:
        """Whether a paragraph could be written on a day: all that it links to is there, and what it dates has happened."""
        if not all(self.lifetimes.is_there(found[1], day) for found in _LINK.finditer(paragraph)):
            return False
        days = [date(2026, MONTHS.index(found[2]) + 1, int(found[1])) for found in _A_DAY.finditer(paragraph)] if by_dates else []
        return all(friday(one) <= day for one in days if one <= LAST_DAY)


def _series_at(text: str, day: date) -> str:
    """The rows whose weeks were over and counted."""
    rows = text.removeprefix(_SERIES_START).splitlines(keepends=True)
    return _SERIES_START + "".join(row for row in rows if date.fromisoformat(row[:10]) < day)


def _take_back_parts(sheet: Sheet, day: date, since: Since, ended: date | None) -> None:
    """Tasks, milestones, actions, problems and agreements as they stood on a day."""

    def changed(section: str, line: str) -> str | None:
        if section == "agreed":
            agreed = day_in(item_value(line, "date"))
            return line if agreed is None or workday(agreed) <= day else None
        if not line.startswith("  - {id: "):
            return line
        done = day_in(item_value(line, "done_on"))
        if done and day < _noted(section, line, done, ended):
            line = with_item_value(line, "done_on", None)
        state = _task_state if section == "tasks" else _action_state
        status = item_value(line, "status")
        noted = _noted(section, line, done, ended) if done else None
        was = state(line, status or "", day, since(item_value(line, "id") or ""), noted, ended)
        if was != "blocked":
            line = with_item_value(line, "blocked_by", None)
        return with_item_value(line, "status", was)

    sheet.change_lines(changed)


def _noted(section: str, line: str, done: date, ended: date | None) -> date:
    """When it is written down that something is done: launches and other tasks of a day on that day, the others on Friday."""
    if section == "milestones" or (section == "tasks" and item_value(line, "estimate") in ("1", "2")):
        return workday(done)
    return min(friday(done), ended) if section == "tasks" and ended else friday(done)


def _task_state(line: str, status: str, day: date, since: date | None, done: date | None, ended: date | None) -> str:
    start, due = day_in(item_value(line, "start")) or LAST_DAY, day_in(item_value(line, "due")) or LAST_DAY
    started = monday(start) <= day
    match status:
        case "done":
            return "done" if (done or workday(due)) <= day else "doing" if started else "todo"
        case "dropped":
            return "dropped" if (since or min(workday(due), ended or LAST_DAY)) <= day else "todo"
        case "blocked":
            is_blocked = start > LAST_DAY or (since or workday(start + timedelta(days=7))) <= day
            return "blocked" if is_blocked else "doing" if started else "todo"
        case "doing":
            return "doing" if started else "todo"
    return status


def _action_state(line: str, status: str, day: date, since: date | None, done: date | None, ended: date | None) -> str:
    closed = since or done or day_in(item_value(line, "due")) or LAST_DAY
    return status if status == "open" or friday(closed) <= day else "open"


def _undone(text: str, edit: Edit, day: date, path: str) -> str:
    """A text before an edit. Raises ValueError where the story speaks of what is not there."""
    for is_now, was in edit.texts:
        if text.count(is_now) != 1:
            raise ValueError(f"{path}: the story of {day} must find this once: {is_now!r}")
        text = text.replace(is_now, was)
    if path.endswith(".csv"):
        return text
    sheet = Sheet(text)
    for name in edit.moved:
        _move_back(sheet, name, edit.by, day, path)
    for name, value in edit.were.items():
        _set_back(sheet, name, value, path)
    return sheet.text()


def _move_back(sheet: Sheet, name: str, by: int, day: date, path: str) -> None:
    line = sheet.item(name)
    if line is None:
        _set_back(sheet, name, shifted(date.fromisoformat(sheet.field(name) or ""), -by).isoformat(), path)
        return
    due, start = item_value(line, "due"), item_value(line, "start")
    if due:
        _set_back(sheet, f"{name}.due", shifted(date.fromisoformat(due), -by).isoformat(), path)
    # What has begun keeps its start.
    if start and date.fromisoformat(start) >= day:
        _set_back(sheet, f"{name}.start", shifted(date.fromisoformat(start), -by).isoformat(), path)


def _set_back(sheet: Sheet, name: str, value: str | None, path: str) -> None:
    item, dot, key = name.partition(".")
    line = sheet.item(item) if dot else sheet.field(name)
    if line is None or (dot and item_value(line, key) is None):
        raise ValueError(f"{path}: the story speaks of {name}, which is not there")
    if not dot:
        sheet.set_field(name, value)
    else:
        sheet.change_lines(lambda _section, one: with_item_value(one, key, value) if one == line else one)
