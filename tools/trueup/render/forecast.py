"""The forecast of open plans for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from trueup.locale import Text, msg, msgs, translator
from trueup.locale.days import brief
from trueup.locale.joining import listed
from trueup.render.history import incomplete_in_words
from trueup.render.lines import called
from trueup.render.numbers import number
from trueup.render.shares import percent
from trueup.render.tables import Table, write_table
from trueup.views.backtest import BackTest, Outlook
from trueup.views.forecast import FEWEST, PlanForecast
from trueup.views.names import Names


def outlook_as_text(found: Outlook, names: Names) -> str:
    """One row for each plan, and below it what the days are made of and how well they held last quarter."""
    language = names.language
    if not found.plans:
        return translator(language)("No plan is open.") + "\n"
    notes = [
        msg("P50, P80, P95: done by then in so many of a hundred runs; in brackets the working days from today."),
        *_sources(found, names),
        _trust(found.backtest),
    ]
    lines = [note.say(language) for note in notes]
    if found.is_incomplete:
        lines.append(incomplete_in_words(language))
    return f"{write_table(_table(found, names), 'text')}\n" + "".join(f"{line}\n" for line in lines)


def _table(found: Outlook, names: Names) -> Table:
    _ = translator(names.language)
    headings = {"plan": _("Plan"), "team": _("Team"), "due": _("Due"), "chance": _("In time"), "p50": "P50", "p80": "P80", "p95": "P95"}
    return Table(tuple(headings), tuple(_row(one, found.today, names) for one in found.plans), headings, gives_way="plan")


def _row(one: PlanForecast, today: date, names: Names) -> tuple[object, ...]:
    language = names.language
    days = ((one.p50, one.days_50), (one.p80, one.days_80), (one.p95, one.days_95))
    return (
        one.title,
        called(one.team, names) if one.team else "",
        brief(one.due, today, language),
        percent(one.chance) if one.chance is not None else "–",
        *(_day(day, count, today, language) for day, count in days),
    )


def _day(day: date | None, count: int | None, today: date, language: str) -> str:
    return f"{brief(day, today, language)} ({number(count)})" if day and count is not None else "–"


def _sources(found: Outlook, names: Names) -> Iterator[Text]:
    """From what the days come: earlier dates, of a team's own or of all, and the weeks of each team."""
    own = {one.team: one for one in found.plans if not one.borrowed and one.samples >= FEWEST}
    borrowed = next((one for one in found.plans if one.borrowed and one.samples >= FEWEST), None)
    if own:
        told = listed(
            (f"{called(team, names)} {one.samples}" for team, one in sorted(own.items(), key=lambda item: item[0] or "")), names.language
        )
        yield msg("They come from how far from each date that was written for plans and milestones the team was done: {teams}.", teams=told)
    if borrowed:
        yield msgs(
            "Teams with fewer than {fewest} such dates borrow the one of all teams.",
            "Teams with fewer than {fewest} such dates borrow the {count} of all teams.",
            borrowed.samples,
            fewest=FEWEST,
        )
    if not own and not borrowed:
        yield msg(
            "No dates of plans or milestones that are done are known yet, so there is nothing to draw from but the pace of the teams."
        )
    paced = {one.team: one.tasks_a_week for one in found.plans if one.tasks_a_week is not None}
    if paced:
        told = listed(
            (f"{called(team, names)} {number(round(pace, 1))}" for team, pace in sorted(paced.items(), key=lambda item: item[0] or "")),
            names.language,
        )
        yield msg("Tasks a week in the last {weeks} weeks: {teams}.", weeks=found.weeks, teams=told)


def _trust(found: BackTest) -> Text:
    """How often the forecasts of the last quarter came true."""
    if not found.decided:
        return msg("No forecast of {period} can be judged yet.", period=found.period)
    shares = {
        f"held_{share}": percent(value)
        for share, value in (("50", found.held_50), ("80", found.held_80), ("95", found.held_95))
        if value is not None
    }
    return msgs(
        "Of {count} forecast of {period}, made week by week with what was known then,"
        " {held_50} held their P50, {held_80} their P80, {held_95} their P95; 50%, 80% and 95% would be just right.",
        "Of {count} forecasts of {period}, made week by week with what was known then,"
        " {held_50} held their P50, {held_80} their P80, {held_95} their P95; 50%, 80% and 95% would be just right.",
        found.decided,
        period=found.period,
        **shares,
    )
