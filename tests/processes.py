"""Runs trueup in processes of its own, hundreds in the time that a dozen would take to start.

To load the code takes longer than most commands do. So one process loads it once and, where the system can, each order is
obeyed by a copy of that process, which ends with it. This file is both ends: what tests call, and that process.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# --- What tests call -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of watched commands: what they printed, of each its exit code and seconds, and the memory of all."""

    output: str
    errors: str
    runs: list[tuple[int, float]]
    megabytes: float


def call(*arguments: str, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """`trueup` with these arguments, as its users call it."""
    return _loaded().obey({"task": "call", "cwd": str(cwd), "env": dict(env), "arguments": arguments})


def watch(commands: Sequence[Sequence[str]], cwd: Path) -> Seen:
    """Commands, one after the other, that must neither write, nor start a program, nor use the network."""
    # What is overdue or stale depends on the day: conftest.py sets it.
    env = {"PATH": os.defpath, "SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"]}
    done = _loaded().obey({"task": "watch", "cwd": str(cwd), "env": env, "commands": commands})
    assert done.returncode == 0, (done.returncode, done.stderr)
    return Seen(done.stdout, done.stderr, **json.loads(_loaded().report.read_text(encoding="utf-8")))


def watch_code(code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Lines of Python under the same watch."""
    return _loaded().obey({"task": "watch code", "cwd": str(cwd), "env": {}, "code": code})


class _Loaded:
    """The process that has loaded trueup."""

    def __init__(self) -> None:
        self._told = Path(tempfile.mkdtemp(prefix="trueup-"))
        program = [sys.executable, __file__]
        env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(program, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    @property
    def report(self) -> Path:
        return self._told / "report"

    def obey(self, order: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({**order, "told": str(self._told)}), file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        output, errors = ((self._told / name).read_text(encoding="utf-8") for name in ("output", "errors"))
        return subprocess.CompletedProcess(order["task"], code, output, errors)

    def end(self) -> None:
        self._process.communicate()
        shutil.rmtree(self._told)


@functools.cache
def _loaded() -> _Loaded:
    loaded = _Loaded()
    atexit.register(loaded.end)
    return loaded


# --- The process that has loaded trueup ------------------------------------------------------------------------------

MOST_BYTES = 1 << 30
MOST_SECONDS = 60

# What reading must never do. A file may be opened to be read, and only so.
FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir",
    "os.chmod", "os.link", "os.symlink", "os.truncate", "shutil.", "ftplib.", "http.", "smtplib.", "urllib.", "pickle.", "marshal.loads.",
)  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def _main() -> None:
    if len(sys.argv) > 1:
        _obey(json.loads(sys.argv[1]))
    _load_trueup()
    # What all copies have in common is no garbage of theirs.
    gc.freeze()
    for line in sys.stdin:
        print(_code_of(line), flush=True)


def _load_trueup() -> None:
    """All but the site, which few orders need and which is slow to load."""
    import trueup

    for module in pkgutil.walk_packages(trueup.__path__, "trueup."):
        if not module.name.startswith(("trueup.site", "trueup.cli.site", "trueup.__main__")):
            importlib.import_module(module.name)


def _code_of(line: str) -> int:
    """How the process that obeys ends; below 0 it was a signal."""
    if not hasattr(os, "fork"):
        return subprocess.run([sys.executable, __file__, line], check=False).returncode
    child = os.fork()
    if child == 0:
        signal.alarm(MOST_SECONDS)
        _obey(json.loads(line))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _obey(order: dict[str, Any]) -> None:
    """Does what is ordered and ends the process."""
    os.chdir(order["told"])
    for name, descriptor in (("output", 1), ("errors", 2)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    report = os.open("report", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    tasks: dict[str, Callable[[], int]] = {
        "call": lambda: _called(order["arguments"]),
        "watch": lambda: _watched(order["commands"], report),
        "watch code": lambda: _watched_code(order["code"]),
    }
    code = 1
    try:
        code = tasks[order["task"]]()
    except BaseException:
        traceback.print_exc()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _called(arguments: Sequence[str]) -> int:
    from trueup.cli import main

    sys.argv = ["trueup", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _watched(commands: Sequence[Sequence[str]], report: int) -> int:
    _begin_watch()
    _read_once()
    runs = [_run(arguments) for arguments in commands]
    os.write(report, json.dumps({"runs": runs, "megabytes": _megabytes()}).encode())
    return 0


def _watched_code(code: str) -> int:
    _begin_watch()
    exec(code, {})
    return 0


def _begin_watch() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise RuntimeError("forbidden: " + event)
    if event == "open" and isinstance(arguments[0], str | bytes) and isinstance(arguments[2], int) and arguments[2] & WRITING:
        raise RuntimeError("forbidden: writing " + os.fsdecode(arguments[0]))


def _read_once() -> None:
    """Lets the commands of one order share what was read and found: none changes it, and that is most of what they do."""
    from trueup.cli import command, query, show

    known: dict[tuple[str, ...] | None, Any] = {}
    load = command.load

    def known_or_read(tree: Any, *, only: Collection[str] | None = None) -> Any:
        asked = None if only is None else tuple(only)
        if asked not in known:
            known[asked] = load(tree, only=only)
        return known[asked]

    command.load = known_or_read
    query.check = show.check = functools.cache(query.check)


def _run(arguments: Sequence[str]) -> tuple[int, float]:
    """The exit code of a command and its seconds of work."""
    from trueup.cli.program import run

    sys.argv = ["trueup", *arguments]
    begun = time.process_time()
    return run(list(arguments)), time.process_time() - begun


def _megabytes() -> float:
    """The most memory that this process ever had; 0 where the system does not say."""
    if not os.path.exists("/proc/self/status"):
        return 0
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    _main()
