"""``trueup check``."""

from __future__ import annotations

import os

import click

from trueup import __version__
from trueup.checks.catalogue import RULES
from trueup.checks.runner import check
from trueup.cli.command import Session, format_option, opens_workspace
from trueup.locale import translator
from trueup.records.config import CONFIG_FILE
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.render.findings import FORMATS, Report, github_summary, summary


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@format_option(*FORMATS)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@opens_workspace
def command(session: Session, paths: tuple[str, ...], form: str, strict: bool) -> int:
    """Check every record, or only the files and folders named, and say what is wrong.

    With PATH only those files are read, and what they refer to; what can only be judged with every record at hand is
    left to a run without PATH. Findings go to standard output, everything else to standard error. The exit code is 0
    where no error was found, and 1 where there was one.
    """
    only = [session.inside(path) for path in paths] or None
    workspace = session.workspace(only)
    language = session.language(workspace)
    for path in only or ():
        if not (workspace.selected or frozenset()) & _read_below(path, workspace.paths) and not _is_setting(path):
            _ = translator(language)
            click.echo(_('trueup: "{path}" holds no record').format(path=path), err=True)
    found = check(workspace, session.today)
    checked = sum(1 for record in workspace.records if workspace.selected is None or record.path in workspace.selected)
    repository = workspace.config.repository
    report = Report(
        tuple(found),
        checked,
        len({one.path for one in found}),
        language,
        __version__,
        RULES,
        prefix=f"{repository.folder}/" if repository and repository.folder else "",
    )
    click.echo(FORMATS[form](report), nl=False)
    click.echo(summary(report), err=True)
    if form == "github" and (target := os.environ.get("GITHUB_STEP_SUMMARY")):
        with open(target, "a", encoding="utf-8") as file:
            file.write(github_summary(report))
    worst = {one.severity for one in found}
    return 1 if "error" in worst or (strict and "warning" in worst) else 0


def _is_setting(path: str) -> bool:
    """Whether a file is checked without being a record, in every run: the settings and the schemas."""
    return path == CONFIG_FILE or path.startswith(SCHEMA_FOLDER + "/")


def _read_below(path: str, records: object) -> frozenset[str]:
    assert hasattr(records, "__iter__")
    return frozenset(one for one in records if one == path or path == "" or one.startswith(path + "/"))
