"""Writes a workspace of plans with a given number of tasks, and the same work for TaskJuggler: the same bytes on every run.

    python benchmarks/tasks.py DIR N

Plans have 2,000 tasks at most. A task waits for up to two of the fifty before it; one in seven is done. The day to schedule it
on is that of invented.py. TaskJuggler gets lengths instead of efforts, as trueup does not level resources either.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

from invented import TODAY

LARGEST_PLAN = 2000
PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A task by its number; ``after`` are the numbers of others. ``estimate`` is in days."""

    number: int
    estimate: int
    after: tuple[int, ...]
    is_done: bool

    @property
    def plan(self) -> int:
        return self.number // LARGEST_PLAN

    @property
    def name(self) -> str:
        return f"t{self.number}"


def tasks(size: int) -> list[Task]:
    dice = random.Random(size)
    found = []
    for number in range(size):
        after = {number - dice.randint(1, 50) for _ in range(dice.randint(0, 2))}
        found.append(Task(number, dice.randint(1, 5), tuple(sorted(one for one in after if one >= 0)), number % 7 == 0))
    return found


def write(folder: Path, size: int) -> None:
    """The workspace, with ``tasks.tjp`` beside its records."""
    found = tasks(size)
    for name in ("plans", "team/people", "team/teams"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "trueup.yaml").touch()
    (folder / "team/teams/product.yaml").write_text("title: Product\nfunction: product\n", encoding="utf-8")
    for number in range(PEOPLE):
        (folder / f"team/people/p{number}.yaml").write_text(f"title: P {number}\nteam: product\n", encoding="utf-8")
    for plan in range(-(-size // LARGEST_PLAN)):
        inside = found[plan * LARGEST_PLAN : (plan + 1) * LARGEST_PLAN]
        text = f"title: Plan {plan}\nteam: product\nstatus: active\ntasks:\n" + "".join(_record(one) for one in inside)
        (folder / f"plans/plan{plan}.yaml").write_text(text, encoding="utf-8")
    (folder / "tasks.tjp").write_text(_project(found), encoding="utf-8")


def _record(task: Task) -> str:
    after = ", ".join(f"plan/plan{one // LARGEST_PLAN}#t{one}" if one // LARGEST_PLAN != task.plan else f"t{one}" for one in task.after)
    done = f", status: done, done_on: {TODAY}" if task.is_done else ""
    links = f", depends_on: [{after}]" if after else ""
    return f"  - {{id: {task.name}, title: Task {task.number}, owner: p{task.number % PEOPLE}, estimate: {task.estimate}{links}{done}}}\n"


def _project(found: list[Task]) -> str:
    head = f"""project "tasks" {TODAY} +4y {{
  timezone "UTC"
  timingresolution 60min
  dailyworkinghours 8
  workinghours mon - fri 9:00 - 17:00
  workinghours sat, sun off
}}
"""
    work = "".join(
        f'task t{one.number} "t" {{ milestone start {TODAY}-17:00 }}\n'
        if one.is_done
        else f'task t{one.number} "t" {{ length {one.estimate}d '
        + (f"depends {', '.join(f't{other}' for other in one.after)} " if one.after else "")
        + "}\n"
        for one in found
    )
    return head + work + 'taskreport result "result" { formats csv columns id, start, end hideresource 1 }\n'


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a workspace of plans with a given number of tasks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    options = parser.parse_args()
    write(options.folder, options.size)


if __name__ == "__main__":
    main()
