"""``trueup schedule``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from trueup.cli import candidates
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.locale import translator
from trueup.locale.joining import sentences
from trueup.records.nearest import nearest
from trueup.records.workspace import Workspace
from trueup.render.answer import as_json
from trueup.render.schedule import plan_as_text, schedule_as_text
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.schedule import Schedule, ScheduledPlan


def plans(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The addresses of plans, for the shell."""
    return [one for one in candidates.addresses(context, parameter, begun) if one.value.startswith("plan/")]


@click.command("schedule")
@click.argument("plan", required=False, metavar="[PLAN]", shell_complete=plans)
@format_option("text", "json")
@opens_workspace
def command(session: Session, plan: str | None, form: str) -> None:
    """Show when the open plans will be done, what decides that, and which promises break.

    PLAN shows the tasks of one plan on their working days, with its critical path; it is the plan's id or its address.
    """
    workspace = session.workspace()
    language = session.language(workspace)
    derived, names = Derived(workspace, session.today), Names(workspace, language)
    chosen = _named(plan, derived.schedule, workspace, language) if plan else None
    if form == "json":
        text = as_json(derived.schedule.only(chosen.address) if chosen else derived.schedule)
    elif chosen:
        text = plan_as_text(chosen, derived.schedule, names, derived.workdays)
    else:
        text = schedule_as_text(derived.schedule, names, derived.workdays)
    click.echo(text, nl=False)


def _named(name: str, schedule: Schedule, workspace: Workspace, language: str) -> ScheduledPlan:
    """The open plan that somebody means by its address, its id or its title. Fails with the nearest name."""
    _ = translator(language)
    found = schedule.plan(f"plan/{name.removeprefix('plan/')}") or next((one for one in schedule.plans if one.title == name), None)
    if found is not None:
        return found
    closed = workspace.record(f"plan/{name.removeprefix('plan/')}")
    if closed is not None:
        raise click.UsageError(_('"{plan}" is not open, so nothing of it is scheduled.').format(plan=closed.address))
    meant = nearest(name.removeprefix("plan/"), [one.address.removeprefix("plan/") for one in schedule.plans])
    hint = _('Did you mean "{name}"?').format(name=meant) if meant else _('"trueup schedule" shows the plans that are open.')
    raise click.UsageError(sentences((_('there is no plan "{name}".').format(name=name), hint), language))
