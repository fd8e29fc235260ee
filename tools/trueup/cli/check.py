"""``trueup check``."""

from __future__ import annotations

import os

import click

from trueup import __version__
from trueup.checks.catalogue import RULES
from trueup.checks.runner import check
from trueup.cli.command import Session, format_option, opens_workspace, spoken
from trueup.diagnostic import Diagnostic
from trueup.locale import translator
from trueup.records.config import CONFIG_FILE
from trueup.records.kinds import SCHEMA_FOLDER
from trueup.records.tree import reason_of
from trueup.records.workspace import Workspace
from trueup.render.findings import FORMATS, Report, summary
from trueup.render.log import logged


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@format_option(*FORMATS)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--changed", metavar="BASE", help="Only findings that the change since this commit or branch brings.")
@opens_workspace
def command(session: Session, paths: tuple[str, ...], form: str, strict: bool, changed: str | None) -> int:
    """Check every record, or only the files and folders named, and say what is wrong.

    With PATH only those files are read, and what they refer to; what can only be judged with every record at hand is
    left to a run without PATH. With --changed all of it is checked, twice: as it is, and as it was where the change began, which is
    the last commit that both sides share. Findings go to standard output, everything else to standard error. The exit code is 0
    where no error was found, and 1 where there was one.
    """
    only = [session.inside(path) for path in paths] or None
    if changed is not None and only:
        raise click.UsageError(translator(spoken())("--changed looks at everything: leave out the paths."))
    workspace, found = _brought(session, changed) if changed is not None else _all(session, only)
    language = session.language(workspace)
    held = _places(workspace) if only else frozenset()
    for path in only or ():
        if path not in held and not _is_setting(path):
            _ = translator(language)
            click.echo(logged(_('trueup: "{path}" holds no record').format(path=path or ".")), err=True)
    report = _report(workspace, found, language)
    click.echo(FORMATS[form](report), nl=False)
    click.echo(summary(report), err=True)
    if form == "github" and (target := os.environ.get("GITHUB_STEP_SUMMARY")):
        from trueup.render.github import github_summary

        _append(target, github_summary(report), language)
    worst = {one.severity for one in report.diagnostics}
    return 1 if "error" in worst or (strict and "warning" in worst) else 0


def _all(session: Session, only: list[str] | None) -> tuple[Workspace, list[Diagnostic]]:
    workspace = session.judged(only)
    found = check(workspace, session.today)
    is_missing = session.past is None and any(one.rule in ("unknown-reference", "dead-link") for one in found)
    if is_missing and (renamed := _renamed(session, workspace)):
        found = check(workspace, session.today, renamed=renamed)
    return workspace, found


def _renamed(session: Session, workspace: Workspace) -> dict[str, str]:
    """The new ids of what a merge has renamed; none where there is no repository."""
    # Git is asked only where something is missing, and not where there is no repository to be seen.
    if not any((folder / ".git").exists() for folder in (session.root, *session.root.parents)):
        return {}
    from trueup.history.failure import GitFailure
    from trueup.history.git import open_repository
    from trueup.merging.renames import renamed_ids

    try:
        return renamed_ids(open_repository(session.root), workspace.kinds)
    except GitFailure:
        return {}


def _brought(session: Session, base: str) -> tuple[Workspace, list[Diagnostic]]:
    """The findings that there are and were not where the change began."""
    # Loaded only where it is asked for: nearly every run of a check is without a past.
    from trueup.cli.past import states_of
    from trueup.proposal import findings_of
    from trueup.views.changes import changes_of
    from trueup.views.findings import told_apart

    states = states_of(session, base)
    moved = {one.old_path: one.path for one in changes_of(states.old, states.new) if one.old_path}
    return states.new, told_apart(*findings_of(states, session.today, with_change=True), moved)[0]


def _report(workspace: Workspace, found: list[Diagnostic], language: str) -> Report:
    """The findings, with what a format may want to say of them: of how many records, and where the workspace lies in its repository."""
    checked = sum(1 for record in workspace.records if workspace.selected is None or record.path in workspace.selected)
    folder = workspace.config.repository.folder if workspace.config.repository else ""
    files = len({one.path for one in found})
    return Report(tuple(found), checked, files, language, __version__, RULES, prefix=f"{folder}/" if folder else "")


def _append(target: str, text: str, language: str) -> None:
    """Adds to the file that a CI server shows; where that fails, the findings have been printed all the same."""
    try:
        with open(target, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        _ = translator(language)
        words = _("cannot write {file}: {reason}").format(file=target, reason=reason_of(error).say(language))
        click.echo(logged(f"trueup: {words}"), err=True)


def _places(workspace: Workspace) -> frozenset[str]:
    """The files that hold records or series, and the folders above them; the root is ``""``."""
    files = (*workspace.paths, *(one.path for one in workspace.series.values()))
    folders: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset((*files, *folders))


def _is_setting(path: str) -> bool:
    """Whether a file is checked without being a record, in every run: the settings and the schemas."""
    return path == CONFIG_FILE or path.startswith(SCHEMA_FOLDER + "/")
