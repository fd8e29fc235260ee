"""Says what a commit of the example did: its subject and who made it, from the files that it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trueup.history.lifetimes import address_of
from trueup.history.sheet import Sheet, item_value

_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_STATES = {
    "done": "Done: {title}",
    "doing": "Begun: {title}",
    "dropped": "Dropped: {title}",
    "blocked": "Blocked: {title}",
    "todo": "Put back: {title}",
    "open": "Open again: {title}",
}
_RECORD_STATES = {
    "active": "Active: {title}",
    "draft": "Draft: {title}",
    "done": "Done: {title}",
    "paused": "Paused: {title}",
    "dropped": "Dropped: {title}",
    "achieved": "Achieved: {title}",
    "partial": "Reached in part: {title}",
    "missed": "Missed: {title}",
    "running": "Study begins: {title}",
    "accepted": "Decided: {title}",
    "rejected": "Rejected: {title}",
}
_NEW = {
    "plan": "Plan: {title}",
    "feedback": "Feedback: {title}",
    "study": "Study planned: {title}",
    "decision": "Proposal: {title}",
    "meeting": "Notes: {title}",
    "retro": "{title}",
    "activity": "Announce: {title}",
    "team": "New team: {title}",
    "person": "Welcome, {title}",
}
# Who writes down what has no owner: who chairs the meetings, triages, counts.
_CLERKS = {"meeting": "grace-holm", "retro": "grace-holm", "activity": "nora-beck", "metric": "sofia-marin", "scorecard": "sofia-marin"}
_NOTES = "Notes on "
_MILESTONE = "Milestone: "
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class StoryChange:
    """A file before and after; None where it was not there."""

    path: str
    before: str | None
    after: str

    @property
    def kind(self) -> str:
        return address_of(self.path).partition("/")[0]

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_series(self) -> bool:
        return self.path.endswith(".csv")


def author_of(change: StoryChange) -> str:
    """Who would have made a change: the owner, the author, the first of those who decide."""
    sheet = Sheet(change.after)
    if change.kind == "feedback":
        return "nora-beck" if change.is_new else "deng-xin"
    if change.kind == "goal" and (who := _last_agreed(change)):
        return who
    for key in ("author", "owner", "product_owner"):
        if found := sheet.field(key):
            return found
    deciders = (sheet.field("deciders") or "").strip("[]").split(", ")
    return deciders[0] or _CLERKS.get(change.kind, "grace-holm")


def subject_of(changes: Sequence[StoryChange]) -> str:
    """One line for all changes of a commit: the first thing that they say, and how many more there are."""
    said = sorted(dict.fromkeys(line for change in changes for line in _said(change)), key=_weight)
    more = f", and {len(said) - 1} more" if len(said) > 1 else ""
    first = said[0]
    room = _LONGEST - len(more)
    return (first if len(first) <= room else first[: room - 1].rstrip() + "…") + more


def _weight(line: str) -> int:
    """A milestone is worth naming before all else, and notes after all else."""
    return 0 if line.startswith(_MILESTONE) else 2 if line.startswith(_NOTES) else 1


def goals_subject(changes: Sequence[StoryChange]) -> str:
    """What is said of goals that are written down together."""
    period = Sheet(changes[0].after).field("period") or ""
    quarter = period.partition("-Q")[2]
    return f"Goals of the {_QUARTERS[quarter]} quarter" if quarter else f"Goals of {period}"


def _said(change: StoryChange) -> Iterable[str]:
    sheet = Sheet(change.after)
    title = sheet.field("title") or (sheet.field("subject") or "").partition("/")[2].replace("-", " ")
    if change.is_new:
        return [_NEW.get(change.kind, "{title}").format(title=title)] if change.kind != "checkin" else [f"Check-in: {title}"]
    before = Sheet(change.before or "")
    found: list[str] = []
    status = sheet.field("status")
    if status and status != before.field("status"):
        found.append(_status_said(change.kind, status, title))
    found += _parts_said(before, sheet)
    if not found and change.kind == "goal" and (who := _last_agreed(change)):
        found = [f"{who.replace('-', ' ').title()} agrees: {title}"]
    if not found and sheet.field("replied_on") != before.field("replied_on"):
        found = [f"Answered: {title}"]
    return found or [f"What follows for: {title}" if change.kind == "decision" else _NOTES + title]


def _status_said(kind: str, status: str, title: str) -> str:
    return f"{status.capitalize()}: {title}" if kind == "feedback" else _RECORD_STATES[status].format(title=title)


def _parts_said(before: Sheet, after: Sheet) -> Iterable[str]:
    was = {item_value(line, "id"): item_value(line, "status") for _section, line in before.items()}
    for section, line in after.items():
        name, state = item_value(line, "id"), item_value(line, "status")
        if state and name in was and was[name] != state:
            title = item_value(line, "title") or item_value(line, "text") or ""
            words = _STATES[state] if section != "problems" else "No longer a problem: {title}"
            yield words.format(title=(title or item_value(line, "problem") or "").strip('"'))
        elif section == "milestones" and item_value(line, "done_on") and "done_on" not in (before.item(name or "") or "done_on"):
            yield f"{_MILESTONE}{item_value(line, 'title')}"


def _last_agreed(change: StoryChange) -> str:
    was = change.before or ""
    agreed = [line for line in change.after.split("\n") if line.startswith("  - {person: ") and line not in was]
    return item_value(agreed[-1], "person") or "" if agreed and not change.is_new else ""
