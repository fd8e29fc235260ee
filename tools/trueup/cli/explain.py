"""``trueup explain``."""

from __future__ import annotations

import re

import click

from trueup.checks.catalogue import RULES, rule_of
from trueup.cli import candidates
from trueup.cli.command import format_option, spoken
from trueup.locale import translator
from trueup.locale.joining import sentences
from trueup.records.config import docs_folder
from trueup.records.nearest import nearest
from trueup.render.tables import Table, write_table


@click.command("explain")
@click.argument("name", required=False, metavar="[CODE|NAME]", shell_complete=candidates.rules)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="The language of the page.")
@format_option("text", "json")
def command(name: str | None, lang: str | None, form: str) -> None:
    """Print the page of a rule: why it is there, an example and a better one. Without a name, list the rules."""
    language = spoken()
    _ = translator(language)
    if name is None:
        rows = tuple((rule.code, rule.name, rule.severity, _(rule.summary)) for rule in RULES)
        click.echo(write_table(Table(("code", "name", "severity", "summary"), rows), form), nl=False)
        return
    rule = rule_of(name)
    if rule is None:
        # Codes that differ in a digit have nothing to do with each other.
        meant = None if re.match(r"(?i)tu-?[0-9]", name) else nearest(name, [rule.name for rule in RULES])
        hint = _('Did you mean "{name}"?').format(name=meant) if meant else _('"trueup explain" lists them.')
        raise click.UsageError(sentences((_('there is no rule "{name}".').format(name=name), hint), language))
    page = rule_page(rule.name, language)
    if form == "json":
        row = (rule.code, rule.name, rule.severity, _(rule.summary), page)
        click.echo(write_table(Table(("code", "name", "severity", "summary", "page"), (row,)), form), nl=False)
    else:
        click.echo(page, nl=False)


def rule_page(name: str, language: str) -> str:
    """The page of a rule as it stands in the manual (Markdown)."""
    folder = docs_folder(language) / "rules"
    return (folder / f"{name}.md").read_text(encoding="utf-8")
