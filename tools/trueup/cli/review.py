"""``trueup review``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.past import states_of
from trueup.proposal import review_of
from trueup.render.review import FORMATS
from trueup.views.names import Names


@click.command("review")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False)
@format_option("markdown", "text", "json", "github", "gitlab")
@opens_workspace
def command(session: Session, base: str, head: str | None, form: str) -> None:
    """Say what a change means, for the person who is to agree to it: what comes later and whom that reaches, first.

    Compared is HEAD, or what is on disk, with the last commit that it shares with BASE: what a pull request onto BASE would bring.
    Formats for GitHub and GitLab carry a mark by which a later run finds its comment. The exit code is 0.
    """
    states = states_of(session, base, head)
    language = session.language(states.new)
    answer = review_of(states, session.today)
    click.echo(FORMATS[form](answer, Names(states.new, language), Names(states.old, language)), nl=False)
