"""Runs a program in a process of its own and says how long it took and how much memory it needed."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """One contender's way of doing a job: its commands one after the other, in ``folder``; their times are added up."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    exit_code: int = 0


@dataclass(slots=True)
class Result:
    """The times of a job's runs in seconds, and the largest memory of one of its processes in bytes."""

    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    memory: int = 0

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def best_cpu(self) -> float:
        return min(self.cpu_seconds)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measure(jobs: Sequence[Job], repeat: int) -> dict[str, Result]:
    """Runs every job ``repeat`` times after one run that does not count; the jobs take turns, so that noise hits all alike."""
    results = {job.name: Result() for job in jobs}
    for turn in range(repeat + 1):
        for job in jobs:
            seconds, cpu, memory = _run(job)
            if turn:
                results[job.name].seconds.append(seconds)
                results[job.name].cpu_seconds.append(cpu)
                results[job.name].memory = max(results[job.name].memory, memory)
    return results


def _run(job: Job) -> tuple[float, float, int]:
    seconds = cpu = 0.0
    memory = 0
    for command in job.commands:
        started = time.perf_counter()
        with subprocess.Popen(
            command, cwd=job.folder, env=environment(job.environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            assert process.stdout is not None
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds += time.perf_counter() - started
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss * 1024)
        if process.returncode != job.exit_code:
            raise SystemExit(f"{' '.join(command)[:300]} in {job.folder}: exit {process.returncode}\n{output.decode()[-2000:]}")
    return seconds, cpu, memory


def environment(more: dict[str, str]) -> dict[str, str]:
    """This process's environment as a user's would be: compiled bytecode is kept, and nothing is buffered by hand."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "LC_ALL": "C.UTF-8", "TRUEUP_LANG": "en", **more}


def growth(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """The exponent of growth between two sizes: 1 where twice the records take twice the time."""
    return math.log(larger[1] / smaller[1]) / math.log(larger[0] / smaller[0])
