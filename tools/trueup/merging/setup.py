"""Tells git which files are merged field by field, and by what: a section of its settings and lines of ``.gitattributes``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trueup.editing.writing import write_whole
from trueup.history.failure import GitFailure
from trueup.history.git import Git
from trueup.locale import msg
from trueup.records.kind import Kind
from trueup.records.tree import WorkingTree

ATTRIBUTES = ".gitattributes"
_BEGIN = "# trueup: records are merged field by field (trueup install-merge-driver)"
_END = "# trueup: end"
_OWN = re.compile(rf"^{re.escape(_BEGIN)}\r?\n.*?^{re.escape(_END)}(?:\r?\n|\Z)", re.MULTILINE | re.DOTALL)
_NAME = "trueup: field by field"

Scope = Literal["local", "global"]


def driver_command(program: str) -> str:
    """What git gives to sh, on Windows too. ``program`` is quoted for sh.

    Git's own merge comes first, so that both versions are in the file whatever becomes of the program. That is given a copy of ours,
    and where it is not found, git's merge stands. Git takes a code above 128 for a driver that is broken, and leaves no marks then.
    """
    named = program.replace("%", "%%")
    return (
        "was=%A.ours; copied=; trap 'rm -f \"$was\"' 0; trap 'exit 1' 1 2 15; cp %A \"$was\" && copied=1; "
        "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; code=$?; "
        f'if test "$copied" && command -v {named} >/dev/null 2>&1; '
        f'then {named} merge-driver --ours "$was" -- %O %A %B %L %P %X %Y; code=$?; fi; '
        "test $code -lt 2 || exit 1; exit $code"
    )


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be changed so that git merges by fields; nothing where all is as it must be."""

    settings: tuple[tuple[str, str], ...]
    attributes: bytes | None

    @property
    def is_done(self) -> bool:
        return not self.settings and self.attributes is None


def setup(git: Git, root: Path, kinds: Mapping[str, Kind], program: str, scope: Scope) -> Setup:
    """What is missing. Raises GitFailure and OSError."""
    wanted = (("merge.trueup.name", _NAME), ("merge.trueup.driver", driver_command(program)))
    missing = tuple((name, value) for name, value in wanted if _setting(git, name, scope) != value)
    there = _attributes(root)
    attributes = with_lines(there, attribute_lines(kinds.values()))
    return Setup(missing, attributes if attributes != there else None)


def _attributes(root: Path) -> bytes:
    """What stands in the file; nothing where there is none."""
    raw = WorkingTree(root).read(ATTRIBUTES)
    if isinstance(raw, bytes):
        return raw
    if raw.missing:
        return b""
    raise GitFailure(msg("{file}: {reason}", file=ATTRIBUTES, reason=raw.message), raw.hint)


def install(git: Git, root: Path, todo: Setup, scope: Scope) -> None:
    """Does it. Raises GitFailure and OSError."""
    for name, value in todo.settings:
        git.run("config", f"--{scope}", name, value)
    if todo.attributes is not None:
        write_whole(root / ATTRIBUTES, todo.attributes)


def _setting(git: Git, name: str, scope: Scope) -> str | None:
    found = git.ask("config", f"--{scope}", "--get", name)
    return found.decode(errors="replace").removesuffix("\n") if found is not None else None


def attribute_lines(kinds: Iterable[Kind]) -> list[str]:
    """A line for each glob of a kind, and for the series beside the metrics."""
    return list(dict.fromkeys(f"{_quoted(glob)} merge=trueup" for kind in kinds for glob in _globs(kind)))


def _globs(kind: Kind) -> Iterator[str]:
    wanted = [glob for glob in kind.files.globs if not glob.startswith("!")]
    yield from wanted
    if kind.name == "metric":
        yield from (glob.rpartition(".")[0] + ".csv" for glob in wanted)


def _quoted(glob: str) -> str:
    """A glob as git takes it: from the folder of the file that names it, not anywhere below."""
    anchored = glob if "/" in glob else "/" + glob
    return '"' + anchored.replace("\\", "\\\\").replace('"', '\\"') + '"' if re.search(r"[\s\"#!]", anchored) else anchored


def with_lines(there: bytes, lines: Iterable[str]) -> bytes:
    """A ``.gitattributes`` with these lines in place of those that were written before; all else stays as it is."""
    text = there.decode(errors="surrogateescape")
    end = "\r\n" if "\r\n" in text else "\n"
    own = "".join(line + end for line in (_BEGIN, *lines, _END))
    if _OWN.search(text):
        text = _OWN.sub(lambda _found: own, text, count=1)
    else:
        text += (end if text and not text.endswith("\n") else "") + own
    return text.encode(errors="surrogateescape")
