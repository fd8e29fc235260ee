"""Work beside other work gives what it would have given here, wherever it is done."""

from __future__ import annotations

import os
from functools import partial

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
