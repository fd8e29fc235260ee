"""Writes a workspace of a given size: every kind, every reference resolving, the same bytes on every run.

    python benchmarks/generate.py DIR N [--broken]

The day to check it on is 2026-11-20 (``trueup check --today 2026-11-20``): what depends on today is then in order too.
With ``--broken`` one record in 1,000 gets a fault, each time another one; their paths go to standard output.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from invented import CHINESE, TODAY, Workspace, Written, value
from kinds import NAMES, WRITERS, plan_days

SMALLEST, LARGEST = 1024, 1500

# How many of 1,000 records are of a kind, as in a workspace that has been used for two years, and how many there are at least.
# What is left over is feedback.
SHARES = {
    "team": (4, 3), "person": (30, 6), "cadence": (4, 2), "goal": (40, 4), "metric": (20, 3), "plan": (100, 10),
    "study": (20, 2), "decision": (70, 4), "meeting": (130, 6), "checkin": (140, 8), "retro": (25, 2),
    "activity": (15, 1), "scorecard": (7, 1),
}  # fmt: skip
SMALLEST_WORKSPACE = 60

FOLDERS = {
    "team": "team/teams", "person": "team/people", "cadence": "team/cadences", "activity": "team/activities",
    "scorecard": "team/scorecards", "goal": "goals", "metric": "metrics", "plan": "plans", "study": "studies",
    "decision": "decisions", "meeting": "meetings", "checkin": "checkins", "retro": "retros", "feedback": "feedback",
}  # fmt: skip


def counts_of(size: int) -> dict[str, int]:
    if size < SMALLEST_WORKSPACE:
        raise SystemExit(f"a workspace of all kinds needs {SMALLEST_WORKSPACE} records at least")
    counts = {kind: max(least, size * share // 1000) for kind, (share, least) in SHARES.items()}
    return {**counts, "feedback": size - sum(counts.values())}


def records(size: int) -> Iterator[tuple[str, str, str]]:
    """Path, kind and text of every record."""
    workspace = Workspace(counts_of(size))
    plans = [at for at in range(workspace.counts["plan"]) if plan_days(at, workspace)[3] >= TODAY]
    workspace.active = [*(("plan", at) for at in plans), *(("goal", at) for at in range(0, workspace.counts["goal"], 8))]
    for kind, count in workspace.counts.items():
        workspace.ids[kind] = [NAMES[kind](index, workspace) for index in range(count)]
    for index, name in enumerate(workspace.ids["person"]):
        workspace.people_of.setdefault(workspace.team(index), []).append(name)
    for kind, count in workspace.counts.items():
        for index in range(count):
            written = WRITERS[kind](index, workspace)
            ending = "yaml" if written.text else "md"
            yield f"{FOLDERS[kind]}/{written.folder}{written.id}.{ending}", kind, _filled(written, workspace)


def series(size: int) -> Iterator[tuple[str, str]]:
    """Path and text of every metric's series: the first of each month, rising as the goals expect."""
    months = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(23)]
    for index in range(counts_of(size)["metric"]):
        rows = "".join(f"{day},{value(day, index):.2f},\n" for day in months)
        yield f"metrics/{NAMES['metric'](index, None)}.csv", "date,value,note\n" + rows


def _filled(written: Written, workspace: Workspace) -> str:
    """The record with as much text as brings it to between 1 and 1.5 KB; one in ten is in Chinese."""
    wanted = workspace.dice.randint(SMALLEST + 100, LARGEST - 130)
    links = "".join(f"See [[{link}]]. " for link in written.links)
    lines = [links.strip()] if links and not written.text else []
    size = len(written.fields.encode()) + sum(map(len, lines)) + 24
    chinese = workspace.dice.random() < 0.1
    while not lines or size < wanted:
        line = workspace.dice.choice(CHINESE) if chinese else f"{workspace.sentence()} {workspace.sentence()}"
        lines.append(line)
        size += len(line.encode()) + 3
    if written.text:
        return f"{written.fields}{written.text}: |\n" + "".join(f"  {line}\n" for line in lines)
    return f"---\n{written.fields}---\n" + "\n".join(lines) + "\n"


# Faults that a record can be given. Each takes the text of a record and gives it back broken, or as it was where it has no such field.
FAULTS: dict[str, Callable[[str], str]] = {
    "unknown reference": lambda text: re.sub(
        r"^((?:owner|product_owner|author|lead|team|host): \S+)$", r"\1-x", text, count=1, flags=re.MULTILINE
    ),
    "not YAML": lambda text: text.replace("title: ", "title: Note: ", 1),
    "field missing": lambda text: re.sub(r"^(?:title|date): .*\n", "", text, count=1, flags=re.MULTILINE),
    "unknown field": lambda text: re.sub(r"^title: ", "titel: x\ntitle: ", text, count=1, flags=re.MULTILINE),
    "not a date": lambda text: re.sub(r"^(date|received_on|start|started): \S+$", r"\1: 2026-02-30", text, count=1, flags=re.MULTILINE),
    "field twice": lambda text: re.sub(r"^(title: .*\n)", r"\1\1", text, count=1, flags=re.MULTILINE),
    "dead link": lambda text: text + "See [[plan/nowhere]].\n" if text.startswith("---") else text,
    "value not allowed": lambda text: re.sub(r"^(status|health|type): \S+$", r"\1: soon", text, count=1, flags=re.MULTILINE),
    "anchor": lambda text: re.sub(r"^title: ", "title: &a ", text, count=1, flags=re.MULTILINE),
    "wrong type": lambda text: re.sub(r"^(title): .*$", r"\1: [a, b]", text, count=1, flags=re.MULTILINE),
    "front matter not closed": lambda text: text.replace("\n---\n", "\n", 1),
    "merge conflict": lambda text: f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n",
}


def broken(text: str, number: int) -> tuple[str, str]:
    """The name of a fault and the text with it: the fault of that number, or the next one that the record can have."""
    names = list(FAULTS)
    for step in range(len(names)):
        name = names[(number + step) % len(names)]
        if (changed := FAULTS[name](text)) != text:
            return name, changed
    raise AssertionError("a merge conflict can be in any file")


def write(folder: Path, size: int, *, with_faults: bool = False) -> list[tuple[str, str]]:
    """Writes the workspace into an empty folder; gives the paths of the records that were broken, and how."""
    faults: list[tuple[str, str]] = []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "trueup.yaml").write_text(f"title: Benchmark {size}\n")
    for index, (path, _, text) in enumerate(records(size)):
        if with_faults and (index % 1000 == 499 or (size < 500 and index == size - 1)):
            name, text = broken(text, len(faults))
            faults.append((path, name))
        _put(folder / path, text)
    for path, text in series(size):
        _put(folder / path, text)
    return faults


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a workspace of N records into DIR.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("size", metavar="N", type=int)
    parser.add_argument("--broken", action="store_true", help="break one record in 1,000")
    arguments = parser.parse_args()
    if arguments.folder.is_dir() and any(arguments.folder.iterdir()):
        parser.error(f"{arguments.folder} is not empty")
    for path, name in write(arguments.folder, arguments.size, with_faults=arguments.broken):
        print(f"{path}: {name}")


if __name__ == "__main__":
    main()
