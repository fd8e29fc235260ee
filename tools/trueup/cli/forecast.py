"""``trueup forecast``."""

from __future__ import annotations

import click

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.past import chronicle_of
from trueup.cli.selection import record_named, team_named
from trueup.history.sampling import samples
from trueup.records.workdays import Workdays
from trueup.render.answer import as_json
from trueup.render.forecast import outlook_as_text
from trueup.views.backtest import Outlook, backtest, least_likely_first, mondays_of, quarter_before
from trueup.views.derived import Derived
from trueup.views.experience import WEEKS, experience
from trueup.views.forecast import RUNS, forecasts
from trueup.views.names import Names

# The past is judged by its thirteen weeks together; each of them needs fewer runs than today.
_RUNS_OF_THE_PAST = 200


@click.command("forecast")
@click.argument("plan", required=False, metavar="[PLAN]", shell_complete=candidates.plans)
@click.option("--team", metavar="TEAM", help="Only plans of this team.", shell_complete=candidates.teams)
@click.option("--runs", type=click.IntRange(100, 100_000), default=RUNS, show_default=True, help="How often the future is played.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another number draws other futures.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, plan: str | None, team: str | None, runs: int, seed: int, form: str) -> None:
    """Show by when open plans will probably be done, from what became of earlier dates and from how much each team gets done.

    For each plan the day by which it is done in 50, 80 and 95 of a hundred runs, and how likely it is to be in time. Below it: how
    often the forecasts of the last quarter would have held.
    """
    found = chronicle_of(session)
    workspace = session.workspace()
    language = session.language(workspace)
    learnt = experience(found.steps("plan"))
    plans = forecasts(Derived(workspace, session.today).schedule, learnt, Workdays(workspace.config.calendar), seed=seed, runs=runs)
    if team is not None:
        wanted = team_named(workspace, team, language)
        plans = tuple(one for one in plans if one.team == wanted)
    if plan is not None:
        address = record_named(workspace, "plan", plan, language).address
        plans = tuple(one for one in plans if one.address == address)
    period = quarter_before(session.today)
    judged = backtest(samples(found, mondays_of(period)), learnt, period, session.today, seed=seed, runs=_RUNS_OF_THE_PAST)
    answer = Outlook(session.today, runs, seed, WEEKS, least_likely_first(plans), judged, found.is_incomplete)
    click.echo(as_json(answer) if form == "json" else outlook_as_text(answer, Names(workspace, language)), nl=False)
