"""All open plans on one axis of days, by the team that answers for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import span, written
from trueup.render.lines import called
from trueup.render.svg.chart import Chart, KeyEntry, chart
from trueup.render.svg.markers import today_and_due
from trueup.render.svg.rows import Row, rows_pictures, sample
from trueup.render.svg.wording import sentences
from trueup.render.tables import Table
from trueup.views.names import Names
from trueup.views.schedule import Schedule, ScheduledPlan

_MOST = 100


def timeline_chart(schedule: Schedule, names: Names, url: Callable[[str], str | None]) -> Chart:
    """The open plans from their start to their forecast, each beside its due date, under the names of their teams.

    ``url`` gives the page of an address, None for none. Of more than 100 plans those are left out that end last.
    """
    language = names.language
    chosen = sorted(schedule.plans, key=_by_end)[:_MOST]
    groups = _by_team(chosen, names)
    rows = [row for team, plans in groups for row in _rows(team, plans, schedule.today, names, url)]
    left = len(schedule.plans) - len(chosen)
    _ = translator(language)
    return chart(
        "timeline",
        _("Open plans by team"),
        sentences(_told(schedule), language),
        rows_pictures(rows, today_and_due(schedule.today, None, language), schedule.today, language),
        _table(groups, names),
        key=_key(rows, language),
        note=sentences(_notes(left), language),
        has_links=any(row.url for row in rows),
    )


def _notes(left: int) -> Iterator[Text]:
    if left:
        yield msgs("{count} more plan is not shown.", "{count} more plans are not shown.", left)
    yield msg("Days late and days of slack are working days.")


def _by_end(plan: ScheduledPlan) -> tuple[date, date, str]:
    return plan.forecast or plan.due or date.max, plan.start or date.max, plan.address


def _by_team(plans: Sequence[ScheduledPlan], names: Names) -> list[tuple[str, list[ScheduledPlan]]]:
    """The plans under the names of their teams; those of none come last."""
    found: dict[str, list[ScheduledPlan]] = {}
    for plan in plans:
        found.setdefault(plan.team or "", []).append(plan)
    _ = translator(names.language)
    named = [(called(team, names) if team else _("(no team)"), team, them) for team, them in found.items()]
    return [(name, them) for name, team, them in sorted(named, key=lambda one: (not one[1], one[0], one[1]))]


def _rows(team: str, plans: Sequence[ScheduledPlan], today: date, names: Names, url: Callable[[str], str | None]) -> Iterator[Row]:
    yield Row(team, "heading")
    for plan in plans:
        words, tone = _state(plan, today, names.language)
        # What is overdue lasts until today at least.
        ends = plan.forecast or (max(plan.due, today) if plan.due else None)
        start = plan.start if plan.start and ends and plan.start <= ends else ends
        yield Row(
            title=plan.title,
            # Without a forecast there is only what is written, which is an outline.
            look="paused" if plan.is_paused or plan.forecast is None else "open",
            url=url(plan.address),
            words=words,
            tone=tone,
            start=start,
            finish=ends,
            due=plan.due,
            hint=" · ".join(filter(None, (plan.title, _days(start, ends, names.language), _due(plan, names.language), words))),
        )


def _days(start: date | None, ends: date | None, language: str) -> str:
    return span(start, ends, language) if start and ends else ""


def _due(plan: ScheduledPlan, language: str) -> str:
    return translator(language)("due {date}").format(date=written(plan.due, language)) if plan.due else ""


def _state(plan: ScheduledPlan, today: date, language: str) -> tuple[str, str]:
    """How a plan stands, in two or three words, and their tone."""
    _ = translator(language)
    late = plan.days_late or 0
    told = msgs("{count} day late", "{count} days late", late).say(language) if late > 0 else ""
    if plan.is_paused:
        return " · ".join(filter(None, (_("paused"), told))), "bad" if told else "quiet"
    if told:
        return told, "bad"
    if plan.forecast is None:
        return _("no forecast"), "bad" if plan.due and plan.due < today else "quiet"
    if plan.days_late is None:
        return _("no due date"), "quiet"
    if plan.days_late == 0:
        return _("no slack"), "quiet"
    return msgs("{count} day slack", "{count} days slack", -plan.days_late).say(language), "quiet"


def _told(schedule: Schedule) -> Iterator[Text]:
    late = sum((plan.days_late or 0) > 0 for plan in schedule.plans)
    unknown = sum(plan.forecast is None for plan in schedule.plans)
    yield msgs("{count} open plan.", "{count} open plans.", len(schedule.plans))
    yield msgs("{count} will be late.", "{count} will be late.", late)
    if unknown:
        yield msgs("{count} has no forecast.", "{count} have no forecast.", unknown)


def _key(rows: Sequence[Row], language: str) -> Iterator[KeyEntry]:
    _ = translator(language)
    there = (
        ("open", _("until the forecast"), any(row.look == "open" for row in rows)),
        ("paused", _("paused, or without a forecast"), any(row.look == "paused" for row in rows)),
        ("late", _("after its due date"), any(row.due and row.finish and row.finish > row.due for row in rows)),
        ("due", _("due"), any(row.due for row in rows)),
    )
    yield from (KeyEntry(sample(look), words) for look, words, is_there in there if is_there)


def _table(groups: Sequence[tuple[str, list[ScheduledPlan]]], names: Names) -> Table:
    _ = translator(names.language)
    headings = {
        "team": _("Team"),
        "plan": _("Plan"),
        "start": _("Start"),
        "due": _("Due"),
        "forecast": _("Forecast"),
        "late": _("Late"),
        "slack": _("Slack"),
    }
    rows = tuple(
        (
            team,
            plan.title,
            plan.start,
            plan.due,
            plan.forecast,
            plan.days_late if (plan.days_late or 0) > 0 else None,
            -plan.days_late if plan.days_late is not None and plan.days_late <= 0 else None,
        )
        for team, plans in groups
        for plan in plans
    )
    return Table(tuple(headings), rows, headings, gives_way="plan")
