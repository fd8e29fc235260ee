"""``trueup site``."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from trueup.cli.command import Failure, Session, opens_workspace, spoken
from trueup.history.failure import GitFailure
from trueup.locale import translator
from trueup.locale.joining import with_note
from trueup.render.terminal import shown

if TYPE_CHECKING:
    from trueup.proposal import Proposal
    from trueup.site.failure import SiteError


@click.group("site")
def command() -> None:
    """Publish the workspace: a page for every record, lists, people, findings and the handbook."""


ALLOW_CODE = click.option(
    "--allow-code", is_flag=True, help="Let mkdocs.yml run code of this repository: hooks, templates, plugins, Python tags."
)


@command.command("build")
@click.option("--site-dir", metavar="DIR", type=click.Path(), help='Where the site is written; by default "site" in the workspace.')
@click.option("--strict", is_flag=True, help="Fail where MkDocs warns.")
@click.option(
    "--review",
    "base",
    metavar="BASE",
    help="Say on a page what this state changes of BASE, as `trueup review` does; by default where CI runs for a pull request.",
)
@ALLOW_CODE
@opens_workspace
def build_command(session: Session, site_dir: str | None, strict: bool, base: str | None, allow_code: bool) -> None:
    """Write the site as files that open in a browser, from a web server or from disk."""
    folder = Path(site_dir).absolute() if site_dir else None
    options = {"strict": strict, "today": session.asked_today, "allow_code": allow_code, "past": session.past}
    with _saying_why_not(), _root(session) as root:
        # A past state lies in a folder of its own for so long, and its site belongs to the workspace.
        folder = folder or (session.root / "site" if session.past else None)
        index = _builder().build(root, folder, proposal=_proposal(session, base), **options)
    click.echo(shown(str(index)))


@command.command("serve")
@click.option("--address", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True, help="Where the browser finds it.")
@ALLOW_CODE
@opens_workspace
def serve_command(session: Session, address: str, allow_code: bool) -> None:
    """Show the site on this computer and renew it as records change. Ctrl+C ends it."""
    if session.past:
        raise click.UsageError(translator(spoken())("a past state does not change: build its site instead of serving it."))
    # MkDocs tells through its log where the site is and when it has been renewed.
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with _saying_why_not():
        _builder().serve(session.root, address, today=session.asked_today, allow_code=allow_code)


@command.command("generate")
@click.argument("target", metavar="DIR")
@opens_workspace
def generate_command(session: Session, target: str) -> None:
    """Write the pages as Markdown files, for another generator than MkDocs with our plugin.

    DIR must not exist, be empty, or hold the pages of an earlier call.
    """
    from trueup.cli.reference import commands
    from trueup.site.generate import generate

    with _saying_why_not(), _root(session) as root:
        done = generate(root, Path(target).absolute(), session.today, commands, session.past)
    _ = translator(spoken())
    for path in done.kept:
        note = _('"{path}" is not from an earlier call: it is kept, and no page is written there').format(path=path)
        click.echo(shown(note), err=True)
    click.echo(shown(str(done.folder)))


def _proposal(session: Session, base: str | None) -> Proposal | None:
    """What the state changes of ``base``, or of what a pull request is made onto, as far as its base is in this clone."""
    from trueup.history.git import open_repository
    from trueup.proposal import base_in, is_proposed, proposal_of

    if base is None and not is_proposed():
        return None
    try:
        git = session.past.git if session.past else open_repository(session.root)
        known = base or base_in(os.environ, git)
        head = session.past.commit.id if session.past else None
        return proposal_of(git, known, head, session.tree, session.today) if known else None
    except GitFailure as error:
        if base is not None:
            raise
        _ = translator(spoken())
        reason = with_note(error.message.say(spoken()), error.hint.say(spoken()) if error.hint else "", spoken())
        words = _("the site has no page on what this proposal means: {reason}").format(reason=reason)
        click.echo(shown(f"trueup: {words}"), err=True)
        return None


@contextmanager
def _root(session: Session) -> Iterator[Path]:
    """The folder of the workspace, or for so long one with the files of the past state that is asked for."""
    if session.past is None:
        yield session.root
        return
    from trueup.history.export import exported

    with exported(session.past) as folder:
        yield folder


@contextmanager
def _saying_why_not() -> Iterator[None]:
    """What keeps a site from being made ends the command in a few words."""
    from trueup.site.failure import SiteError

    try:
        yield
    except SiteError as error:
        raise _failure(error) from None


def _failure(error: SiteError) -> Failure:
    return Failure("\n".join(filter(None, (error.text.say(spoken()), error.lines))), 2)


def _builder() -> ModuleType:
    """The module that builds sites. Fails in one line where the libraries of the extra ``site`` are not installed."""
    # Material tells whoever builds a site of its successor; a build that is a part of something else should not.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        from trueup.site import build
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("mkdocs", "material", "jinja2"):
            _ = translator(spoken())
            raise Failure(_('the site needs MkDocs: install "trueup[site]"'), 2) from None
        raise
    return build
