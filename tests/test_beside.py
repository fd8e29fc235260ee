"""Work beside other work gives what it would have given here, wherever it is done."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from trueup.beside import begun


def test_begun__gives_the_answer_of_a_copy() -> None:
    wanted = begun(lambda: (os.getpid(), "答案" * 100_000))
    process, text = wanted()
    assert text == "答案" * 100_000
    if hasattr(os, "fork") and (os.cpu_count() or 1) > 1:
        assert process != os.getpid()


def test_begun__does_it_here_where_the_copy_comes_to_grief() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os._exit(9)
        return "done"

    assert begun(work)() == "done"


class _Half:
    """An answer that can be sent and not be received, as one that was cut off."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return float, ("no number",)


def test_begun__does_it_here_where_the_answer_comes_to_grief() -> None:
    here = os.getpid()
    assert begun(lambda: _Half() if os.getpid() != here else "done")() == "done"


@pytest.mark.skipif(not hasattr(os, "fork") or (os.cpu_count() or 1) < 2, reason="no copies are made here")
def test_begun__a_copy_ends_when_nobody_is_left_to_read_and_says_nothing_of_an_interruption(tmp_path: Path) -> None:
    program = (
        "import os, signal, time\nfrom trueup.beside import begun\n"
        f"def work():\n    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n    time.sleep(1)\n    return 'x' * 10_000_000\n"
        "wanted = begun(work)\ntime.sleep(0.5)\nos.killpg(0, signal.SIGINT) if %s else os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    for interrupts in (False, True):
        done = subprocess.run(
            [sys.executable, "-c", program % interrupts], capture_output=True, text=True, start_new_session=True, timeout=60, check=False
        )
        assert done.stderr.count("Traceback") == interrupts, "its own, and not one of the copy"
        copy = int((tmp_path / "pid").read_text())
        for _wait in range(100):
            if not _is_alive(copy):
                break
            time.sleep(0.1)
        assert not _is_alive(copy)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    # Whoever has ended and was not asked about yet is dead too.
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_begun__what_goes_wrong_is_raised_here_and_said_once(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        raise ValueError("no such commit")

    with pytest.raises(ValueError, match="no such commit"):
        begun(work)()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("lack", ["methods", "cores", "process"])
def test_begun__does_it_here_where_there_can_be_no_copy(monkeypatch: pytest.MonkeyPatch, lack: str) -> None:
    def refused(*_: object) -> None:
        raise OSError

    if lack == "methods":
        monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    elif lack == "cores":
        monkeypatch.setattr("multiprocessing.cpu_count", lambda: 1)
    else:
        monkeypatch.setattr("multiprocessing.context.ForkProcess.start", refused)
    assert begun(partial(os.getpid))() == os.getpid()
