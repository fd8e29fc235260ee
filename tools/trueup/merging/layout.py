"""How a file's bytes are laid out beyond its text: byte order mark, line ends, the end of the last line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trueup.merging.threeway import chosen

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Layout:
    """``is_mixed`` where lines end in different ways; then they are left as they are."""

    has_mark: bool
    has_wide_ends: bool
    is_mixed: bool
    is_ended: bool

    def bytes_of(self, text: str, *, is_decided: bool = True) -> bytes:
        """The bytes of a text; the end of its last line is left away only from what holds no marks, and where it is no part of a value."""
        if is_decided and not self.is_ended and text.endswith("\n") and not _ends_in_block(text):
            text = text[:-1]
        if self.has_wide_ends:
            text = text.replace("\n", "\r\n")
        return (_MARK if self.has_mark else b"") + text.encode(errors="surrogateescape")


_BLOCK = re.compile(r"\s[|>][-+1-9]*\s*(?:#.*)?$")


def _ends_in_block(text: str) -> bool:
    """Whether the last line may belong to a block of text, ``summary: |``, of whose value the end of the line is a part."""
    last: int | None = None
    for line in reversed(text.split("\n")):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or (last is not None and indent >= last):
            continue
        if last is not None and _BLOCK.search(line):
            return True
        last = indent
        if not last:
            break
    return False


def text_of(raw: bytes, *, keeps_ends: bool = False) -> tuple[str, Layout]:
    """A file's text with a line feed at the end of each line, and how it is laid out; with ``keeps_ends`` lines end as they do there."""
    has_mark = raw.startswith(_MARK)
    text = raw.removeprefix(_MARK).decode(errors="surrogateescape")
    wide, all_ends, returns = text.count("\r\n"), text.count("\n"), text.count("\r")
    has_wide_ends = 0 < wide == all_ends == returns and not keeps_ends
    is_mixed = returns > 0 and not has_wide_ends
    if has_wide_ends:
        text = text.replace("\r\n", "\n")
    is_ended = text.endswith("\n") or not text
    return text if is_ended else text + "\n", Layout(has_mark, has_wide_ends, is_mixed, is_ended)


def merged_layout(base: Layout, ours: Layout, theirs: Layout) -> Layout:
    """Each property as the side has it that has changed it; of two values one is always the base's."""

    def one_of(one: bool, other: bool, third: bool) -> bool:
        found = chosen(one, other, third)
        return found[0] if found else other

    return Layout(
        one_of(base.has_mark, ours.has_mark, theirs.has_mark),
        one_of(base.has_wide_ends, ours.has_wide_ends, theirs.has_wide_ends),
        ours.is_mixed or theirs.is_mixed,
        one_of(base.is_ended, ours.is_ended, theirs.is_ended),
    )
