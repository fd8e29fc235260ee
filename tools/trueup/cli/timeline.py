"""``trueup timeline``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import click

from trueup.beside import begun
from trueup.checks.runner import check
from trueup.cli import candidates
from trueup.cli.command import Day, Session, format_option, opens_workspace
from trueup.cli.past import chronicle_of, language_in, record_named
from trueup.history.chronicle import Chronicle
from trueup.history.sampling import Every, sample_days, samples
from trueup.locale import translator
from trueup.render.answer import as_json
from trueup.render.history import incomplete_in_words
from trueup.render.tables import write_table
from trueup.render.timeline import goal_over_time, plan_over_time, timeline_table
from trueup.views.names import Names
from trueup.views.timeline import Check, Timeline, timeline


@click.command("timeline")
@click.argument("address", required=False, metavar="[ADDRESS]", shell_complete=candidates.addresses)
@click.option(
    "--every", type=click.Choice(["day", "week", "month", "quarter"]), default="week", show_default=True, help="How far apart the days are."
)
@click.option("--since", metavar="DATE", type=Day(), help="The first day; by default that of the first commit.")
@click.option("--findings", is_flag=True, help="Count the errors and warnings of each day too, which takes longer.")
@format_option("text", "json", "csv")
@opens_workspace
def command(session: Session, address: str | None, every: Every, since: date | None, findings: bool, form: str) -> None:
    """Show how it stood week by week, from the commits: goals, work done and planned, late plans, feedback.

    ADDRESS is a goal, for its progress and health, or a plan, for its burn-up. Each day is told as it was told then.
    """
    found = chronicle_of(session)
    language = language_in(session, found)
    kind, name = record_named(found, address, session) if address else (None, "")
    if kind and kind.name not in ("goal", "plan"):
        raise click.UsageError(translator(language)("a timeline is that of a goal or a plan, or of everything."))
    answer = _over(found, _days(session, found, since, every, language), every, check if findings else None)
    if found.is_incomplete:
        click.echo(incomplete_in_words(language), err=True)
    click.echo(_written(answer, f"{kind.name}/{name}" if kind else "", session, language, form), nl=False)


def _days(session: Session, found: Chronicle, since: date | None, every: Every, language: str) -> tuple[date, ...]:
    """The days to tell of, from the first commit on. Fails where there are none, and where there are more than anybody reads."""
    _, first = translator(language), found.commits[0].day
    last = session.asked_today or found.commits[-1].day
    if (since or first) > last:
        words = _("--since {since} is after the last day, {last}.") if since else _("the first commit is of {since}, after {last}.")
        raise click.UsageError(words.format(since=since or first, last=last))
    begin = max(since or first, first)
    count = (last - begin).days // _LENGTHS[every]
    if count > _MOST:
        too_many = _("that are {count} days to tell of; take a longer --every, or a later --since.")
        raise click.UsageError(too_many.format(count=count))
    return sample_days(begin, last, every)


def _over(found: Chronicle, days: tuple[date, ...], every: Every, check: Check | None) -> Timeline:
    """The days in two parts at the same time, which share nothing but the list of commits."""

    def of(some: tuple[date, ...]) -> Timeline:
        return timeline(every, samples(found, some), check, is_incomplete=found.is_incomplete)

    if len(days) < _WORTH_TWO:
        return of(days)
    # There is more to read in the later ones.
    middle = len(days) * 8 // 15
    later = begun(lambda: of(days[middle:]))
    return of(days[:middle]).followed_by(later())


# How many days lie between two days that are told of, and how many of these there may be: ten years day by day.
_LENGTHS: Mapping[Every, int] = {"day": 1, "week": 7, "month": 28, "quarter": 84}
_MOST = 4_000

# Fewer days than this are read more quickly than a copy of this process is made.
_WORTH_TWO = 8


def _written(found: Timeline, address: str, session: Session, language: str, form: str) -> str:
    if form == "json" and not address:
        return as_json(found)
    if address.startswith("goal/"):
        return write_table(goal_over_time(found, address, Names(session.workspace(), language)), form)
    return write_table(plan_over_time(found, address, language) if address else timeline_table(found, language), form)
