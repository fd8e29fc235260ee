"""How plans stand against their due dates, in the words that every answer uses."""

from __future__ import annotations

from datetime import date

from trueup.locale import msg, msgs, translator
from trueup.locale.days import brief
from trueup.locale.joining import clauses, with_note
from trueup.render.lines import counted
from trueup.views.schedule import ScheduledPlan
from trueup.views.status import PlanLine, Status


def lateness(one: PlanLine | ScheduledPlan, language: str) -> str:
    """By how much a plan is late, or that nobody can say; ``""`` for one that is neither."""
    if one.is_late:
        # Over a weekend no working day has passed yet.
        late = msgs("{count} working day late", "{count} working days late", one.days_late) if one.days_late else msg("late")
        return late.say(language)
    return translator(language)("no forecast") if one.forecast is None else ""


def due_in_words(one: PlanLine | ScheduledPlan, today: date, language: str) -> str:
    """When a plan is due and when it will be done; where nothing of it can be forecast any more, since when it is overdue and why."""
    _ = translator(language)
    due = brief(one.due, today, language)
    if one.forecast is not None and (one.open_parts or not one.is_overdue):
        words = _("due {due}, forecast {forecast}").format(due=due, forecast=brief(one.forecast, today, language))
        # The holidays of that year are not announced yet.
        return with_note(words, _("provisional") if one.is_provisional else "", language)
    if one.is_overdue:
        since = _("overdue since {date}").format(date=due)
    else:
        since = _("due {date}").format(date=due) if one.due else _("no due date")
    return clauses([since, *([why] if (why := _why(one, language)) else [])], language)


def needed_in_words(needed: date | None, forecast: date | None, today: date, language: str) -> str:
    """Until when another waits for something, and when it will be there."""
    words = translator(language)("needed {needed}, forecast {forecast}")
    return words.format(needed=brief(needed, today, language), forecast=brief(forecast, today, language))


def _why(one: PlanLine | ScheduledPlan, language: str) -> str:
    """Why a plan that is open has nothing to be forecast from; ``""`` where its lateness says it already."""
    _ = translator(language)
    if one.forecast is not None:
        return _("all done but not closed")
    if one.open_parts:
        return _("no forecast") if one.is_late else ""
    return _("nothing planned in it")


def plans_in_words(status: Status, language: str) -> str:
    """How many plans are open, and how many of them are not as they should be."""
    parts = (
        (status.overdue_plans, msgs("{count} overdue", "{count} overdue", status.overdue_plans)),
        (status.late_plans, msgs("{count} will be late", "{count} will be late", status.late_plans)),
        (status.plans_without_forecast, msgs("{count} without a forecast", "{count} without a forecast", status.plans_without_forecast)),
        (status.paused_plans, msgs("{count} paused", "{count} paused", status.paused_plans)),
    )
    told = msgs("{count} open plan", "{count} open plans", len(status.plans)).say(language)
    how = counted(parts, language)
    return translator(language)("{plans}; {how}").format(plans=told, how=how) if how else told
