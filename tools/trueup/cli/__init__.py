"""The command line. Here is only what must be quick: the two answers that need nothing read, and the list of commands."""

from __future__ import annotations

import gc
import os
import sys

# Each command is a module of its own and imported when it is called: what `trueup check` does not need, it does not load.
COMMANDS = {
    "init": "trueup.cli.init",
    "demo": "trueup.cli.demo",
    "check": "trueup.cli.check",
    "explain": "trueup.cli.explain",
    "list": "trueup.cli.list",
    "show": "trueup.cli.show",
    "query": "trueup.cli.query",
    "status": "trueup.cli.status",
    "report": "trueup.cli.report",
    "agenda": "trueup.cli.agenda",
    "goals": "trueup.cli.goals",
    "schedule": "trueup.cli.schedule",
    "ranking": "trueup.cli.ranking",
    "load": "trueup.cli.load",
    "actions": "trueup.cli.actions",
    "feedback": "trueup.cli.feedback",
    "evidence": "trueup.cli.evidence",
    "decisions": "trueup.cli.decisions",
    "lessons": "trueup.cli.lessons",
    "scorecards": "trueup.cli.scorecards",
    "rhythm": "trueup.cli.rhythm",
    "teams": "trueup.cli.teams",
    "history": "trueup.cli.history",
    "changes": "trueup.cli.changes",
    "timeline": "trueup.cli.timeline",
    "slips": "trueup.cli.slips",
    "forecast": "trueup.cli.forecast",
    "review": "trueup.cli.review",
    "codeowners": "trueup.cli.codeowners",
    "install-merge-driver": "trueup.cli.install_merge_driver",
    "merge-driver": "trueup.cli.merge_driver",
    "resolve": "trueup.cli.resolve",
    "site": "trueup.cli.site",
    "completion": "trueup.cli.completion",
}

NO_WORKSPACE = 3


def main() -> None:
    """The entry point of the ``trueup`` program."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from trueup import __version__

        print(f"trueup {__version__}")
    elif arguments == ["check"] and find_root(os.getcwd()) is None:
        # The answer of a hook in a repository without a workspace; click alone would take three times as long to load.
        from trueup.cli.words import no_workspace, write_utf_8

        write_utf_8()
        print(no_workspace(), file=sys.stderr)
        sys.exit(NO_WORKSPACE)
    else:
        # Modules stay as long as the process does. While they are loaded there is nothing to free, and looking for it costs time.
        gc.disable()
        from trueup.cli.program import run

        code = run(arguments)
        # What a command has made goes with its process: without this Python would look through all of it for garbage first.
        gc.freeze()
        sys.exit(code)


def find_root(folder: str) -> str | None:
    """The nearest folder at or above ``folder`` that holds a ``trueup.yaml``."""
    while not os.path.isfile(os.path.join(folder, "trueup.yaml")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
