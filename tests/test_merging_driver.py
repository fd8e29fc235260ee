"""Whatever ends the driver leaves marks in the file, and an exit code that is not 0."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from repositories import needs_git, repository_at
from trueup.merging import driver
from trueup.merging.driver import Job, drive, driver_labels

BASE = b"title: Evening\nteam: product\nstatus: draft\n"
OURS, THEIRS = BASE.replace(b"draft", b"active"), BASE.replace(b"Evening", b"Late")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, content in zip(files, (BASE, OURS, THEIRS), strict=True):
        file.write_bytes(content)
    (tmp_path / "trueup.yaml").write_bytes(b"")
    return Job(*files, files[1], "plans/evening.yaml", ("ours", "theirs"), 7)


def is_marked(job: Job) -> bool:
    text = job.ours.read_bytes()
    return b"<<<<<<< ours\n" in text and b"=======\n" in text and b">>>>>>> theirs\n" in text and b"active" in text and b"Late" in text


def test_drive__merges(job: Job) -> None:
    assert drive(job, job.ours.parent, None)
    assert job.ours.read_bytes() == OURS.replace(b"Evening", b"Late")


def test_drive__a_conflict(job: Job) -> None:
    job.theirs.write_bytes(BASE.replace(b"draft", b"paused"))
    assert not drive(job, job.ours.parent, None)
    assert job.ours.read_bytes().endswith(b"<<<<<<< ours\nstatus: active\n=======\nstatus: paused\n>>>>>>> theirs\n")


@pytest.mark.parametrize("fault", [ValueError, OSError, KeyboardInterrupt, MemoryError, RecursionError])
def test_drive__a_crash_leaves_marks(job: Job, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]) -> None:
    def merge(*_arguments: Any) -> None:
        raise fault

    monkeypatch.setattr(driver, "merge", merge)
    try:
        is_merged = drive(job, job.ours.parent, None)
    except (ValueError, OSError, KeyboardInterrupt):
        is_merged = False
    assert not is_merged and is_marked(job)


def test_drive__takes_too_long(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def merge(*_arguments: Any) -> None:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(driver, "merge", merge)
    before = time.monotonic()
    assert not drive(job, job.ours.parent, None, seconds=0.2)
    assert is_marked(job) and time.monotonic() - before < 5


def test_drive__cannot_write_the_outcome(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, written = driver.write_whole, []

    def write(target: Path, content: bytes) -> None:
        written.append(target)
        if len(written) > 1:
            raise OSError(28, "No space left on device")
        whole(target, content)

    monkeypatch.setattr(driver, "write_whole", write)
    with pytest.raises(OSError, match="No space"):
        drive(job, job.ours.parent, None)
    assert is_marked(job)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_drive__killed(job: Job, sent: signal.Signals) -> None:
    code = "import sys, time; from trueup.merging import driver; from trueup.cli.program import run\n"
    code += "driver.merge = lambda *_: (print('there', flush=True), time.sleep(60))\nsys.exit(run(sys.argv[1:]))"
    arguments = ["merge-driver", "base", "ours", "theirs", "7", "plans/evening.yaml"]
    with subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=job.ours.parent, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"there\n"
        process.send_signal(sent)
        assert process.wait(10) != 0
    assert is_marked(job)


@needs_git
@pytest.mark.parametrize("path", ["plans/evening.yaml", "plans/evening.md"])
def test_drive__a_file_that_is_too_large_is_merged_by_git(job: Job, path: str) -> None:
    lines = [b"line %d\n" % number for number in range(120_000)]
    job.base.write_bytes(b"".join(lines))
    job.ours.write_bytes(b"".join([b"first\n", *lines[1:]]))
    job.theirs.write_bytes(b"".join([*lines[:-1], b"last\n"]))
    git_dir = repository_at(job.ours.parent / "repo").root / ".git"
    git = driver.Git(git_dir)
    job = Job(job.base, job.ours, job.theirs, job.ours, path, job.labels, 7)
    assert drive(job, job.ours.parent, git)
    assert job.ours.read_bytes() == b"".join([b"first\n", *lines[1:-1], b"last\n"])
    job.ours.write_bytes(b"".join([*lines[:-1], b"end\n"]))
    assert not drive(job, job.ours.parent, git)
    assert job.ours.read_bytes().endswith(b"<<<<<<< ours\nend\n=======\nlast\n>>>>>>> theirs\n")


def test_drive__bytes_that_are_no_text(job: Job) -> None:
    job.ours.write_bytes(b"a\0\xff\n")
    assert not drive(job, job.ours.parent, None)
    assert b"a\0\xff\n" in job.ours.read_bytes() and b"<<<<<<<" in job.ours.read_bytes()


def test_labels__of_an_older_git() -> None:
    assert driver_labels("%X", "%Y") == ("ours", "theirs")
    assert driver_labels("HEAD", "feature\nx") == ("HEAD", "feature")
