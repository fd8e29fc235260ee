"""``trueup review``."""

from __future__ import annotations

from functools import partial

import click

from trueup.beside import begun
from trueup.checks.runner import check
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.cli.past import states_of
from trueup.render.review import FORMATS
from trueup.views.changes import changes_of
from trueup.views.derived import Derived
from trueup.views.names import Names
from trueup.views.review import review


@click.command("review")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False)
@format_option("markdown", "text", "json", "github", "gitlab")
@opens_workspace
def command(session: Session, base: str, head: str | None, form: str) -> None:
    """Say what a change means, for the person who is to agree to it: what comes later and whom that reaches, first.

    Compared is HEAD, or what is on disk, with the last commit that it shares with BASE: what a pull request onto BASE would bring.
    Formats for GitHub and GitLab link to the files and carry a mark by which a later run finds its comment. The exit code is 0.
    """
    states = states_of(session, base, head)
    old, new = states.old, states.new
    earlier = begun(partial(check, old, session.today))
    found = check(new, session.today)
    before, after = Derived(old, session.today), Derived(new, session.today)
    answer = review(states.before, states.after, changes_of(old, new), before, after, (earlier(), found))
    click.echo(FORMATS[form](answer, Names(new, session.language(new)), Names(old, session.language(new))), nl=False)
