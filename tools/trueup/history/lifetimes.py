"""When each record of the example began and ended, worked out from its own dates and the story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from trueup.history.sheet import Sheet, item_value
from trueup.history.story import Story
from trueup.records.periods import period_of

FIRST_DAY = date(2026, 1, 5)
LAST_DAY = date(2026, 11, 20)

_FOLDERS = {
    "goals": "goal",
    "plans": "plan",
    "metrics": "metric",
    "feedback": "feedback",
    "studies": "study",
    "decisions": "decision",
    "meetings": "meeting",
    "checkins": "checkin",
    "retros": "retro",
    "team/people": "person",
    "team/teams": "team",
    "team/cadences": "cadence",
    "team/activities": "activity",
    "team/scorecards": "scorecard",
}
# Goals and scorecards are written down a few days before their period begins, in the week of the planning.
_PLANNED = {1: date(2026, 1, 6), 2: date(2026, 3, 26), 3: date(2026, 6, 30), 4: date(2026, 9, 24)}


def address_of(path: str) -> str:
    """``plan/launch`` for ``plans/launch.md``; of a series the address of its metric."""
    parts = path.split("/")
    folder = "/".join(parts[:2]) if parts[0] == "team" else parts[0]
    return f"{_FOLDERS[folder]}/{parts[-1].partition('.')[0]}"


def workday(day: date) -> date:
    """The day on which somebody writes down what happened: what happens at a weekend is written down on Monday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def monday(day: date) -> date:
    """The Monday on or after a day: what begins is written down when the week is planned."""
    return day + timedelta(days=-day.weekday() % 7)


def friday(day: date) -> date:
    """The Friday on or after a day: feedback is triaged, and actions are closed, at the end of a week."""
    return day + timedelta(days=(4 - day.weekday()) % 7)


def shifted(day: date, weekdays: int) -> date:
    """A day so many weekdays later, or earlier."""
    step = timedelta(days=1 if weekdays > 0 else -1)
    for _ in range(abs(weekdays)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def day_in(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Lifetimes:
    """``born`` and ``ended`` by address; what never ended has no entry."""

    def __init__(self, sheets: Mapping[str, Sheet], story: Story) -> None:
        self.born = {address: story.born.get(address) or _born(address.partition("/")[0], sheet) for address, sheet in sheets.items()}
        self.ended = {address: day for address, sheet in sheets.items() if (day := story.closed.get(address) or _ended(address, sheet))}

    def is_there(self, address: str, day: date) -> bool:
        """Whether a record has begun; what is not known here is somebody else's business and taken as there."""
        return self.born.get(address, day) <= day


def _born(kind: str, sheet: Sheet) -> date:
    match kind:
        case "goal" | "scorecard":
            return _planned(sheet.field("period") or "")
        case "plan":
            return _between(_date(sheet, "start") - timedelta(days=7))
        case "study":
            return _between(_date(sheet, "started") - timedelta(days=5))
        case "activity":
            return _between(_date(sheet, "date") - timedelta(days=10))
        case "decision":
            # Who decides reads the proposal the day before.
            return _between(shifted(_date(sheet, "date"), -1))
        case "feedback":
            return _between(_date(sheet, "received_on"))
        case "meeting" | "checkin" | "retro":
            return _between(_date(sheet, "date"))
    return FIRST_DAY


def _planned(period: str) -> date:
    quarter = period.partition("-Q")[2]
    return _PLANNED[int(quarter)] if quarter else FIRST_DAY


def _between(day: date) -> date:
    return min(max(workday(day), FIRST_DAY), LAST_DAY)


def _date(sheet: Sheet, key: str) -> date:
    return day_in(sheet.field(key)) or LAST_DAY


def _ended(address: str, sheet: Sheet) -> date | None:
    status = sheet.field("status") or ""
    if address.startswith("plan/") and status == "done":
        days = [date.fromisoformat(text) for _section, line in sheet.items() if (text := item_value(line, "done_on"))]
        return workday(max(days))
    if address.startswith(("goal/", "scorecard/")) and status not in ("active", "draft"):
        period = period_of(sheet.field("period"))
        return shifted(period.end + timedelta(days=1), -1) if period and period.end < LAST_DAY else None
    if address.startswith("study/"):
        ended = day_in(sheet.field("ended"))
        return workday(ended + timedelta(days=1)) if ended else None
    return None
