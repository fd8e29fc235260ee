"""``trueup merge-driver``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from trueup.cli import find_root
from trueup.cli.command import Failure, spoken
from trueup.history.failure import GitFailure
from trueup.history.git import Git, open_repository
from trueup.locale import translator
from trueup.merging.driver import Job, drive, driver_labels
from trueup.records.tree import reason_of


@click.command("merge-driver")
@click.option("--ours", "copy", type=click.Path(), metavar="FILE", help="Where our version is, if %A holds something else.")
@click.argument("base", metavar="%O")
@click.argument("ours", metavar="%A")
@click.argument("theirs", metavar="%B")
@click.argument("marker_size", metavar="%L", type=click.IntRange(1, 200))
@click.argument("path", metavar="%P")
@click.argument("our_label", metavar="[%X]", default="")
@click.argument("their_label", metavar="[%Y]", default="")
def command(copy: str | None, base: str, ours: str, theirs: str, marker_size: int, path: str, our_label: str, their_label: str) -> None:
    """Merge one file field by field. Git calls this; "trueup install-merge-driver" tells it to.

    The outcome is in the file %A; the exit code is 1 where marks in it stand around what has to be decided.
    """
    file = Path(os.path.abspath(path))
    root = find_root(str(file.parent))
    name = file.relative_to(root).as_posix() if root else path
    labels = driver_labels(our_label, their_label)
    job = Job(Path(base), Path(copy or ours), Path(theirs), Path(ours), name, labels, marker_size)
    try:
        sys.exit(0 if drive(job, Path(root) if root else None, _repository()) else 1)
    except OSError as error:
        _ = translator(spoken())
        message = _("cannot merge {file}: {reason}").format(file=path, reason=reason_of(error).say(spoken()))
        raise Failure(message, 2) from None


def _repository() -> Git | None:
    try:
        return open_repository(Path.cwd())
    except GitFailure:
        return None
