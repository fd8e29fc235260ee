"""``trueup site``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click

from trueup.cli.command import Failure, Session, opens_workspace, spoken
from trueup.locale import translator
from trueup.render.terminal import shown


@click.group("site")
def command() -> None:
    """Publish the workspace: a page for every record, lists, people, findings and the handbook."""


@command.command("build")
@click.option("--site-dir", metavar="DIR", type=click.Path(), help='Where the site is written; by default "site" in the workspace.')
@click.option("--strict", is_flag=True, help="Fail where MkDocs warns.")
@opens_workspace
def build_command(session: Session, site_dir: str | None, strict: bool) -> None:
    """Write the site as files that open in a browser, from a web server or from disk."""
    with _saying_why_not(session) as builder:
        index = builder.build(session.root, Path(site_dir).absolute() if site_dir else None, strict=strict, today=session.today)
    click.echo(shown(str(index)))


@command.command("serve")
@click.option("--address", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True, help="Where the browser finds it.")
@opens_workspace
def serve_command(session: Session, address: str) -> None:
    """Show the site on this computer and renew it as records change. Ctrl+C ends it."""
    # MkDocs tells through its log where the site is and when it has been renewed.
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with _saying_why_not(session) as builder:
        builder.serve(session.root, address)


@command.command("generate")
@click.argument("target", metavar="DIR")
@opens_workspace
def generate_command(session: Session, target: str) -> None:
    """Write the pages as Markdown files, for another generator than MkDocs with our plugin.

    DIR must not exist, be empty, or hold the pages of an earlier call.
    """
    with _saying_why_not(session) as builder:
        folder = builder.generate(session.root, Path(target).absolute(), today=session.today)
    click.echo(shown(str(folder)))


@contextmanager
def _saying_why_not(session: Session) -> Iterator[ModuleType]:
    """The module that builds sites; what keeps it from building one ends the command in one line."""
    builder = _builder(session)
    try:
        yield builder
    except builder.SiteError as error:
        raise Failure("\n".join(filter(None, (error.text.say(spoken()), error.lines))), 2) from None


def _builder(session: Session) -> ModuleType:
    """The module that builds sites. Fails in one line where the libraries of the extra ``site`` are not installed."""
    try:
        from trueup.site import build
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("mkdocs", "material", "jinja2"):
            _ = translator(spoken())
            raise Failure(_('the site needs MkDocs: install "trueup[site]"'), 2) from None
        raise
    return build
