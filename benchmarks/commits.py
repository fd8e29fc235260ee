"""Gives a generated workspace a past: a year of commits in which records appear and change, the same ids on every run.

    python benchmarks/commits.py DIR COMMITS

DIR holds a workspace (generate.py) and is made a git repository. The last commit holds what then is on disk.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

LAST = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 364
AUTHORS = ("Author One", "Author Two", "Author Three")
# Of all records so many are there from the first commit; the others appear one by one.
FROM_THE_START = 0.7


def with_past(root: Path, count: int) -> None:
    """Makes ``count`` commits, evenly over a year, each of which adds a record or changes two or three."""
    git = ["git", "-c", "init.defaultBranch=main", "-c", "gc.auto=0", "-C", str(root)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "fast-import", "--quiet"], input=b"".join(_stream(root, count)), check=True)
    subprocess.run([*git, "reset", "--quiet", "--hard", "main"], check=True)


def _stream(root: Path, count: int) -> Iterator[bytes]:
    chance = random.Random(1)
    paths = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    texts = {path: (root / path).read_bytes() for path in paths}
    records = [path for path in paths if path.endswith(".md")]
    late = sorted(chance.sample([path for path in records if path.startswith(("feedback/", "checkins/"))], int(count * 0.3)))
    start = set(paths) - set(late)
    chance.shuffle(late)
    yield from _commit(0, count, "The workspace", {path: texts[path] for path in sorted(start)})
    there = sorted(start & set(records))
    for number in range(1, count + 1):
        if late and chance.random() < FROM_THE_START:
            path = late.pop()
            there.append(path)
            changed = {path: texts[path]}
        else:
            changed = {path: _changed(texts[path], number) for path in chance.sample(there, chance.randint(2, 3))}
            texts.update(changed)
        yield from _commit(number, count, f"Change {number} (#{number})", changed)


def _commit(number: int, count: int, subject: str, files: dict[str, bytes]) -> Iterator[bytes]:
    moment = LAST - timedelta(seconds=DAYS * 86400 * (count - number) // max(count, 1))
    who = f"{AUTHORS[number % len(AUTHORS)]} <author@example.com> {int(moment.timestamp())} +0000"
    yield f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(subject)}\n{subject}\n".encode()
    for path, text in files.items():
        yield f"M 100644 inline {path}\ndata {len(text)}\n".encode() + text + b"\n"


def _changed(text: bytes, number: int) -> bytes:
    """A record with a due date that has moved, if it has one, and a line more of text."""
    moved = re.sub(rb"^due: (\d{4}-\d\d-\d\d)$", lambda found: b"due: " + _later(found.group(1), number % 9), text, flags=re.MULTILINE)
    return moved.rstrip(b"\n") + b"\nRevised in change %d.\n" % number


def _later(day: bytes, days: int) -> bytes:
    return (date.fromisoformat(day.decode()) + timedelta(days=days)).isoformat().encode()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("dir", type=Path)
    parser.add_argument("commits", type=int)
    asked = parser.parse_args()
    with_past(asked.dir, asked.commits)


if __name__ == "__main__":
    main()
