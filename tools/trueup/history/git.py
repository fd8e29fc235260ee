"""Starts git, and nothing else in trueup does: argument lists in, bytes out, and no setting of a repository can run a program."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from trueup.history.checkout import is_bare, is_checkout
from trueup.history.failure import GitFailure
from trueup.locale import msg

# A repository's own configuration may name programs for these. Answers come from plumbing, and nothing is fetched.
_SAFE = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "core.quotePath=false",
    "-c", "log.showSignature=false", "-c", "log.mailmap=false", "-c", "diff.external=", "-c", "protocol.allow=never",
    "-c", "safe.bareRepository=explicit", "-c", "i18n.logOutputEncoding=UTF-8", "--no-pager", "--no-optional-locks",
)  # fmt: skip
_SETTINGS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
    "LANGUAGE": "",
}
# Variables of git that say where its settings are; all others (GIT_DIR, GIT_INDEX_FILE …) are those of a hook we run in.
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES")
_SECONDS = 300
_LOOKS_EVERY = 5.0
_ID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# More of a file is never read: no record may be larger (tree.py).
_ENOUGH = (1 << 20) + 1
# So many ids fit into a pipe at once; git can take them all before anybody reads its answers.
_AT_ONCE = 512


@dataclass(frozen=True)
class Git:
    """One repository. ``prefix`` is the workspace's folder in it, with a slash at its end, or nothing."""

    git_dir: Path
    prefix: str = ""
    is_bare: bool = False

    def run(self, *arguments: str, given: bytes = b"", codes: Sequence[int] = (0,)) -> bytes:
        """What git prints. Raises GitFailure for an exit code that is not among ``codes``, and when it takes too long."""
        answer = _run([*self._start, *arguments], given)
        if answer.code not in codes:
            raise GitFailure(msg("git said: {words}", words=_first_line(answer.errors)))
        return answer.out

    def ask(self, *arguments: str) -> bytes | None:
        """What git prints, for questions that may be answered with no; then it is None."""
        answer = _run([*self._start, *arguments])
        return answer.out if answer.code == 0 else None

    @property
    def _start(self) -> list[str]:
        return ["git", *_SAFE, f"--git-dir={self.git_dir}"]

    def commit(self, revision: str) -> str:
        """The full id of the commit that a revision names. Raises GitFailure where it names none."""
        if revision and not revision.startswith("-") and "\0" not in revision:
            found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
            if found and _ID.fullmatch(found.strip()):
                return found.strip().decode()
        if self.is_unborn:
            raise GitFailure(msg("the repository has no commit yet"), msg("commit something first"))
        hint = msg('"git log" lists commits; a date is written as 2026-11-20')
        if self.is_shallow:
            hint = msg('this clone is shallow and lacks older commits; "git fetch --unshallow" gets them')
        raise GitFailure(msg('there is no commit "{revision}"', revision=revision), hint)

    @cached_property
    def is_unborn(self) -> bool:
        return self.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None and not self.run("for-each-ref", "--count=1")

    @cached_property
    def boundary(self) -> frozenset[str]:
        """The commits at which a shallow clone ends: what came before them is not known."""
        place = self.run("rev-parse", "--git-path", "shallow").decode(errors="surrogateescape").rstrip("\n")
        try:
            lines = (self.git_dir / place if not os.path.isabs(place) else Path(place)).read_bytes().split()
        except OSError:
            return frozenset()
        return frozenset(line.decode() for line in lines if _ID.fullmatch(line))

    @property
    def is_shallow(self) -> bool:
        return bool(self.boundary)

    @cached_property
    def is_partial(self) -> bool:
        """Whether objects are left out of the clone until somebody needs them."""
        return bool(self.ask("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$"))

    @cached_property
    def _readers(self) -> dict[int, _Reader]:
        """By the process that asks. A copy of this one that asked the same git would take the answers that are meant for another."""
        return {}

    @property
    def _reader(self) -> _Reader:
        found = self._readers.get(os.getpid())
        if found is None:
            found = self._readers[os.getpid()] = _Reader([*self._start, "cat-file", "--batch"])
        return found

    def blobs(self, ids: Iterable[str], most: int = _ENOUGH) -> Iterator[tuple[str, bytes]]:
        """The contents of blobs in the order asked for, of large ones the first ``most`` bytes. Raises GitFailure for what is not there."""
        try:
            yield from self._in_portions(ids, most)
        except _Missing:
            self.close()
            # A partial clone would fetch it now, which only who wants the network may do; git before 2.45 ends instead.
            if self.is_partial:
                message = msg("this is a partial clone, and it lacks what is asked for")
                raise GitFailure(message, msg('"git fetch --refetch --no-filter" gets all of it')) from None
            message = msg("an object of the repository cannot be read")
            raise GitFailure(message, msg('"git fsck" says whether the repository is whole')) from None

    def _in_portions(self, ids: Iterable[str], most: int) -> Iterator[tuple[str, bytes]]:
        waiting: list[str] = []
        for one in ids:
            waiting.append(one)
            if len(waiting) == _AT_ONCE:
                yield from self._reader.read(waiting, most)
                waiting = []
        yield from self._reader.read(waiting, most)

    def close(self) -> None:
        """Ends the process that reads objects. What has not been closed ends with ours."""
        if found := self._readers.pop(os.getpid(), None):
            found.close()


class _Missing(Exception):
    """There is no such blob, or git has ended."""


class _Reader:
    """One ``git cat-file --batch``, which answers in the order it is asked."""

    def __init__(self, command: list[str]) -> None:
        self.process = _started(command)
        self._asked_at: float | None = None
        # One that looks from time to time, and not a new one for every question, of which there are thousands.
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self.process.poll() is None:
            time.sleep(_LOOKS_EVERY)
            if self._asked_at is not None and time.monotonic() - self._asked_at > _SECONDS:
                self.process.kill()

    def read(self, ids: Sequence[str], most: int) -> Iterator[tuple[str, bytes]]:
        assert self.process.stdin is not None
        if not ids:
            return
        self._asked_at = time.monotonic()
        try:
            self.process.stdin.write(("\n".join(ids) + "\n").encode())
            self.process.stdin.flush()
            for one in ids:
                yield one, self._answer(most)
        finally:
            self._asked_at = None

    def _answer(self, most: int) -> bytes:
        assert self.process.stdout is not None
        head = self.process.stdout.readline().split()
        if len(head) != 3 or head[1] != b"blob":
            raise _Missing
        size = int(head[2])
        content = self.process.stdout.read(min(size, most))
        left = size + 1 - len(content)
        while left > 0:
            skipped = self.process.stdout.read(min(left, 1 << 20))
            if not skipped:
                break
            left -= len(skipped)
        return content

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


# Nothing of a person's own settings may change what a repository that we make holds, or its ids.
_PLAIN = (
    "-c", "init.defaultObjectFormat=sha1", "-c", "init.defaultRefFormat=files", "-c", "core.autocrlf=false", "-c", "core.attributesFile=",
)  # fmt: skip


def init_repository(folder: Path) -> Git:
    """A new repository with the branch main in a folder; no templates, no hooks. Raises GitFailure."""
    answer = _run(["git", *_SAFE, *_PLAIN, "init", "--quiet", "--template=", "--initial-branch=main", "--", str(folder)])
    if answer.code != 0:
        raise GitFailure(msg("git said: {words}", words=_first_line(answer.errors)))
    return Git(folder.resolve() / ".git")


def write_branch(git: Git, stream: bytes) -> None:
    """Puts the commits of a fast-import stream on main, and their last state beside the repository. Raises GitFailure."""
    git.run("fast-import", "--quiet", "--done", given=stream)
    there = f"--work-tree={git.git_dir.parent}"
    git.run(*_PLAIN, there, "read-tree", "refs/heads/main")
    git.run(*_PLAIN, there, "checkout-index", "--all", "--force", "--index")
    git.run(*_PLAIN, there, "update-index", "--refresh", "-q", codes=(0, 1))


def open_repository(folder: Path) -> Git:
    """The repository in which a folder lies, or which it is. Raises GitFailure where there is none.

    What looks like a bare repository within a checkout is somebody's files: whoever wrote them would say what the past was.
    """
    if is_bare(folder):
        return Git(folder.resolve(), is_bare=True)
    questions = ("--absolute-git-dir", "--show-prefix", "--is-bare-repository")
    answers = _asked(folder, *questions).split("\n")
    if len(answers) > len(questions):
        # The name of a folder holds a line end.
        answers = [_asked(folder, one) for one in questions]
    git_dir, prefix, bare = answers
    if bare == "true" or not is_checkout(folder):
        raise _no_repository(folder, b"")
    return Git(Path(git_dir), prefix)


def _asked(folder: Path, *questions: str) -> str:
    answer = _run(["git", *_SAFE, "-C", str(folder), "rev-parse", *questions])
    if answer.code != 0:
        raise _no_repository(folder, answer.errors)
    return os.fsdecode(answer.out).removesuffix("\n")


def _no_repository(folder: Path, said: bytes) -> GitFailure:
    if b"dubious ownership" in said:
        return GitFailure(
            msg('the repository in "{folder}" belongs to another user, so git does not read it', folder=str(folder)),
            msg('if you trust it: git config --global --add safe.directory "{folder}"', folder=str(folder)),
        )
    return GitFailure(msg('"{folder}" is in no git repository, so it has no past', folder=str(folder)), msg('"git init" makes one'))


class _Answer(NamedTuple):
    code: int
    out: bytes
    errors: bytes


def _run(command: list[str], given: bytes = b"") -> _Answer:
    with _started(command, subprocess.PIPE) as process:
        try:
            out, errors = process.communicate(given, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise GitFailure(msg("git took more than {seconds} seconds and was stopped", seconds=_SECONDS)) from None
    return _Answer(process.returncode, out, errors)


def _first_line(errors: bytes) -> str:
    lines = [line for line in errors.decode(errors="replace").splitlines() if line.strip()]
    return (lines[0] if lines else "?").removeprefix("fatal: ").removeprefix("error: ")[:300]


def _started(command: list[str], errors: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    try:
        # The program is always git, no shell sees the arguments, and what may be a revision has been made an id.
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=_environment())  # noqa: S603
    except FileNotFoundError:
        raise GitFailure(msg("git is not installed, and the past is asked of it"), msg("install git")) from None
    except OSError as error:
        raise GitFailure(msg("git could not be started: {reason}", reason=error.strerror or str(error))) from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    return {**kept, **_SETTINGS}
