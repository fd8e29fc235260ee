"""``trueup feedback``."""

from __future__ import annotations

import click

from trueup.cli.command import Session, format_option, opens_workspace
from trueup.locale import translator
from trueup.locale.joining import sentences
from trueup.records.nearest import nearest
from trueup.render.answer import as_json
from trueup.render.feedback import feedback_as_text
from trueup.views.derived import Derived
from trueup.views.feedback import Feedback, feedback_about
from trueup.views.names import Names


@click.command("feedback")
@click.option("--theme", metavar="THEME", help="Only what is said about this theme, and each piece of it.")
@format_option("text", "json")
@opens_workspace
def command(session: Session, theme: str | None, form: str) -> None:
    """Show what users say, how far each piece of it has come, and who was never told what came of it."""
    workspace = session.workspace()
    language = session.language(workspace)
    found = Derived(workspace, session.today).feedback
    if theme is not None:
        found = feedback_about(found, _theme_named(found, theme, language))
    click.echo(as_json(found) if form == "json" else feedback_as_text(found, Names(workspace, language)), nl=False)


def _theme_named(found: Feedback, name: str, language: str) -> str:
    """The theme that somebody means, in whatever case. Fails with the nearest."""
    themes = {one.theme.casefold(): one.theme for one in found.themes if one.theme}
    themes |= {one.theme: one.theme for one in found.themes if one.theme}
    if name in themes:
        return themes[name]
    if name.casefold() in themes:
        return themes[name.casefold()]
    _ = translator(language)
    meant = nearest(name.casefold(), themes)
    hint = _('Did you mean "{name}"?').format(name=themes[meant]) if meant else ""
    raise click.UsageError(sentences(filter(None, (_('no feedback has the theme "{name}".').format(name=name), hint)), language))
