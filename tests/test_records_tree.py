"""The working tree as a source of files: what is listed, what is read, what is neither followed nor waited for."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from trueup.records.text import LARGEST_FILE
from trueup.records.tree import Unreadable, WorkingTree

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes are POSIX here")
NOT_ROOT = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")


def write(root: Path, *paths: str) -> WorkingTree:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    return WorkingTree(root)


def reason(found: bytes | Unreadable) -> str:
    assert isinstance(found, Unreadable)
    return f"{found.message} ({found.hint})"


def test_files__below_folders_sorted_and_each_once(tmp_path: Path) -> None:
    tree = write(tmp_path, "plans/b.md", "plans/a/c.md", "plans/a.md", "goals/x.yaml", "other/y.md", "top.md")
    assert list(tree.files(["plans", "plans/a", "goals"]).items()) == [
        ("goals/x.yaml", "file"),
        ("plans/a.md", "file"),
        ("plans/a/c.md", "file"),
        ("plans/b.md", "file"),
    ]


def test_files__of_the_root(tmp_path: Path) -> None:
    tree = write(tmp_path, "top.md", "plans/a.md", ".git/config", "plans/.hidden.md", ".github/x.md")
    assert list(tree.files([""])) == ["plans/a.md", "top.md"]


def test_files__of_a_hidden_folder_that_is_asked_for(tmp_path: Path) -> None:
    tree = write(tmp_path, ".records/a.md", ".records/.b.md")
    assert list(tree.files([".records"])) == [".records/a.md"]


def test_files__of_a_folder_that_does_not_exist_or_is_a_file(tmp_path: Path) -> None:
    assert write(tmp_path, "plans").files(["plans", "goals"]) == {}


@POSIX
def test_files__links_are_listed_and_not_entered(tmp_path: Path) -> None:
    tree = write(tmp_path, "plans/a.md", "elsewhere/secret.md")
    (tmp_path / "plans/b.md").symlink_to("a.md")
    (tmp_path / "plans/folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "plans/dangling.md").symlink_to("nowhere")
    (tmp_path / "plans/circle").symlink_to(tmp_path / "plans")
    (tmp_path / "goals").symlink_to("elsewhere")
    assert tree.files(["plans", "goals", "goals/sub"]) == {
        "goals": "link",
        "plans/a.md": "file",
        "plans/b.md": "link",
        "plans/circle": "link",
        "plans/dangling.md": "link",
        "plans/folder": "link",
    }


@POSIX
def test_files__pipe_socket_and_a_folder_named_like_a_record(tmp_path: Path) -> None:
    tree = write(tmp_path, "plans/x.yaml/inner.md")
    os.mkfifo(tmp_path / "plans/pipe.md")
    here = os.getcwd()
    os.chdir(tmp_path / "plans")  # The path of a socket may not be long.
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
    os.chdir(here)
    assert tree.files(["plans"]) == {
        "plans/pipe.md": "other",
        "plans/socket.md": "other",
        "plans/x.yaml": "folder",
        "plans/x.yaml/inner.md": "file",
    }
    assert reason(tree.read("plans/pipe.md")).startswith("this is not a regular file")
    assert reason(tree.read("plans/x.yaml")).startswith("this is not a regular file")
    assert isinstance(tree.read("plans/socket.md"), Unreadable)


@POSIX
@NOT_ROOT
def test_files__folder_without_permission_is_named(tmp_path: Path) -> None:
    tree = write(tmp_path, "plans/shut/a.md")
    (tmp_path / "plans/shut").chmod(0)
    try:
        assert tree.files(["plans"]) == {"plans/shut": "closed"}
    finally:
        (tmp_path / "plans/shut").chmod(0o700)


def test_files__folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = write(tmp_path, "plans/shut/a.md", "plans/b.md")
    listing = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert tree.files(["plans"]) == {"plans/b.md": "file", "plans/shut": "closed"}


@POSIX
def test_files__nested_deeper_than_a_path_may_be_long(tmp_path: Path) -> None:
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        for name in ["plans"] + ["d" * 200] * 25:
            os.mkdir(name)
            os.chdir(name)
    finally:
        os.chdir(here)
    (path, entry) = next(iter(WorkingTree(tmp_path).files(["plans"]).items()))
    assert entry == "closed"
    assert path.startswith("plans/ddd")


@POSIX
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no such names")
def test_files__name_that_is_not_utf_8(tmp_path: Path) -> None:
    tree = write(tmp_path, "plans/a.md")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/plans/caf\xe9.md"))).write_text("x")
    assert list(tree.files(["plans"])) == ["plans/a.md", "plans/caf\udce9.md"]
    assert tree.read("plans/caf\udce9.md") == b"x"


def test_read__bytes_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfa\r\n\x00\xff")
    assert WorkingTree(tmp_path).read("a.md") == b"\xef\xbb\xbfa\r\n\x00\xff"
    (tmp_path / "empty.md").touch()
    assert WorkingTree(tmp_path).read("empty.md") == b""


def test_read__of_a_huge_file_only_enough_to_see_that_it_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(1 << 33)
    found = WorkingTree(tmp_path).read("huge.md")
    assert isinstance(found, bytes)
    assert LARGEST_FILE < len(found) < LARGEST_FILE + 10


def test_read__of_the_largest_file_all(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * LARGEST_FILE)
    assert WorkingTree(tmp_path).read("a.md") == b"x" * LARGEST_FILE


def test_read__of_a_file_that_vanished(tmp_path: Path) -> None:
    found = WorkingTree(tmp_path).read("gone.md")
    assert reason(found) == "the file vanished while it was being read (run the command again)"
    assert isinstance(found, Unreadable)
    assert found.missing


@POSIX
def test_read__of_a_link_is_refused(tmp_path: Path) -> None:
    tree = write(tmp_path, "a.md")
    (tmp_path / "b.md").symlink_to("a.md")
    found = tree.read("b.md")
    assert reason(found) == "this is a symbolic link, not a regular file (put the file itself in its place)"
    assert isinstance(found, Unreadable)
    assert not found.missing


@POSIX
@NOT_ROOT
def test_read__without_permission(tmp_path: Path) -> None:
    tree = write(tmp_path, "a.md")
    (tmp_path / "a.md").chmod(0)
    assert reason(tree.read("a.md")) == "the file cannot be opened: Permission denied (look at its permissions)"


def test_read__when_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = write(tmp_path, "a.md")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason(tree.read("a.md")) == "the file cannot be opened: Permission denied (look at its permissions)"


def test_read__when_the_disk_fails_halfway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = write(tmp_path, "a.md")
    before = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", fail)
        found = tree.read("a.md")
    assert reason(found) == "the file cannot be read: Input/output error (look at the disk)"
    if sys.platform == "linux":
        assert len(os.listdir("/proc/self/fd")) == before


def test_read__of_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = write(tmp_path, "a.md")
    status = os.fstat

    def earlier(handle: int) -> os.stat_result:
        with (tmp_path / "a.md").open("ab") as file:
            file.write(b"-and-more")
        fields = list(status(handle))
        fields[6] = 0
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", earlier)
    assert tree.read("a.md") == b"a.md-and-more"


@POSIX
def test_entries__of_a_folder_and_never_behind_a_link(tmp_path: Path) -> None:
    tree = write(tmp_path, "plans/a.md", "plans/sub/b.md", "elsewhere/secret.md", ".git/config")
    (tmp_path / "plans/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "goals").symlink_to("elsewhere")
    assert tree.entries("plans") == {"plans/a.md": "file", "plans/linked": "link", "plans/sub": "folder"}
    assert tree.entries("") == {"elsewhere": "folder", "goals": "link", "plans": "folder"}
    for folder in ("goals", "goals/sub", "plans/linked", "plans/linked/x", "nowhere", "plans/a.md"):
        assert tree.entries(folder) == {}
