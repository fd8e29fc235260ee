"""``trueup report``."""

from __future__ import annotations

from datetime import date

import click

from trueup.cli import candidates
from trueup.cli.command import Day, Session, document_option, opens_workspace
from trueup.cli.selection import person_named, team_named
from trueup.history.checkout import is_checkout
from trueup.locale import msg
from trueup.records.periods import Period
from trueup.render.answer import as_json
from trueup.render.document import as_html, as_markdown, as_text
from trueup.render.lines import called
from trueup.render.period_report import report_document
from trueup.render.terminal import shown
from trueup.views.names import Names
from trueup.views.period_report import SPANS, latest_period, period_around, period_report
from trueup.views.selection import selection


@click.command("report")
@click.argument("span", metavar="week|month|quarter", type=click.Choice(SPANS))
@click.option(
    "--on", "day", metavar="DATE", type=Day(), help="The period in which this day lies; by default the one in which yesterday does."
)
@click.option("--team", metavar="TEAM", shell_complete=candidates.teams, help="Only what this team, and those below it, answer for.")
@click.option("--owner", metavar="PERSON", shell_complete=candidates.people, help="Only what this person answers for.")
@document_option("markdown", "text", "html", "json")
@opens_workspace
def command(session: Session, span: str, day: date | None, team: str | None, owner: str | None, form: str) -> None:
    """Report on a week, a month or a quarter: progress, problems, solutions, and what comes next."""
    workspace = session.workspace()
    language = session.language(workspace)
    names = Names(workspace, language)
    team = team_named(workspace, team, language) if team else None
    person = person_named(workspace, owner, language) if owner else None
    period = period_around(span, day) if day else latest_period(span, session.today)
    if session.today < period.start:
        raise click.UsageError(_not_begun(period, session.today, language))
    found = period_report(workspace, span, period, session.today, selection(workspace, team, person))
    if found.status is None and session.past is None and is_checkout(session.root):
        advice = msg("with --as-of {day} it is told as it stood then", day=period.end.isoformat())
        click.echo(shown(f"trueup: {advice.say(language)}"), err=True)
    if form == "json":
        click.echo(as_json(found), nl=False)
        return
    document = report_document(found, names, " · ".join(called(one, names) for one in (team, person) if one))
    written = {"text": as_text, "markdown": as_markdown, "html": as_html}
    click.echo(written[form](document), nl=False)


def _not_begun(period: Period, today: date, language: str) -> str:
    message = msg(
        "{period} begins on {begins}, and today is {today}: there is nothing to report yet",
        period=period.name, begins=period.start.isoformat(), today=today.isoformat(),
    )  # fmt: skip
    return message.say(language)
