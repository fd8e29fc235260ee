"""From the bytes of a file to text: limits, encoding, characters that hide others, merges that were not finished."""

from __future__ import annotations

import re
from itertools import islice

from trueup.diagnostic import START, Fault, Position
from trueup.locale import msg

LARGEST_FILE = 1 << 20
LONGEST_LINE = 64 << 10

# Bytes that are fine in any file: tab, line ends and printable ASCII. What is left after deleting them needs a look.
_PLAIN = bytes([9, 10, 13, *range(32, 127)])
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
# What few files need are texts: ``re`` compiles a text when it is first needed.
UNSAFE_VALUE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
_PAIR = r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
_CONFLICT = r"(?m)^(<{7}|={7}|>{7})(?: .*)?\r?$"

SPLIT_FILE = msg("split it into several records, or keep the bulk elsewhere and link to it")
_SPLIT_LINE = msg("break it into several lines")
_SAVE_AS_UTF_8 = msg("save it again as UTF-8")


def read_text(path: str, raw: bytes) -> str | Fault:
    """The text of a file, without a byte order mark, or why it is not text that we read."""
    if len(raw) > LARGEST_FILE:
        return Fault("too-large", path, START, msg("the file is larger than 1 MiB"), SPLIT_FILE)
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return Fault("not-utf-8", path, START, msg("the file is UTF-32"), _SAVE_AS_UTF_8)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault("not-utf-8", path, START, msg("the file is UTF-16"), _SAVE_AS_UTF_8)
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    rest = raw.translate(None, _PLAIN)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(errors="replace")
        return Fault("not-utf-8", path, _place(before, len(before)), msg("the file is not UTF-8"), _SAVE_AS_UTF_8)
    if len(raw) > LONGEST_LINE:
        for number, line in enumerate(raw.split(b"\n"), 1):
            if len(line) > LONGEST_LINE:
                return Fault("too-large", path, Position(number, 1), msg("the line is longer than 64 KiB"), _SPLIT_LINE)
    if rest and (found := _FORBIDDEN.search(text)):
        place = _place(text, found.start())
        return forbidden_character(path, place, found.group())
    return _conflict(path, text) or text


def line_break_fault(path: str, text: str, first_line: int = 1) -> Fault | None:
    """The first character in fields that some programs take for the end of a line and others don't."""
    # Nearly every file is plain ASCII with \n at the ends of its lines, and seeing that is far quicker than the search.
    found = _BREAKS.search(text) if "\r" in text or not text.isascii() else None
    if found is None:
        return None
    place = _place(text, found.start())
    return forbidden_character(path, Position(place.line + first_line - 1, place.column), found.group())


def _conflict(path: str, text: str) -> Fault | None:
    """A merge that was never finished, or of which a mark was left: names where both candidates begin.

    "=======" alone underlines a heading in Markdown, and ">>>>>>>" alone is a quotation.
    """
    # One character is looked for much more quickly than seven, and nearly no file holds these.
    if ("<" not in text or "<<<<<<<" not in text) and ("=" not in text or "=======" not in text or ">>>>>>>" not in text):
        return None
    marks = [(m.group(1)[0], _place(text, m.start()).line, " " in m.group()) for m in islice(re.finditer(_CONFLICT, text), 1000)]
    ours = next((line for mark, line, _ in marks if mark == "<"), None)
    theirs = next((line for mark, line, _ in marks if mark == ">"), None)
    hint = msg('keep one version and delete the lines that start with "<<<<<<<", "=======" and ">>>>>>>"')
    if ours is not None and theirs is not None:
        message = msg("a merge was not finished: two versions stand here, from line {ours} to line {theirs}", ours=ours, theirs=theirs)
        return Fault("merge-conflict", path, Position(ours, 1), message, hint)
    left = next((line for mark, line, labelled in marks if mark == "<" and labelled), None)
    if left is None:
        middle = next((line for mark, line, _ in marks if mark == "="), None)
        ends = [line for mark, line, labelled in marks if mark == ">" and labelled]
        left = middle if middle is not None and any(end > middle for end in ends) else None
    if left is None:
        return None
    return Fault("merge-conflict", path, Position(left, 1), msg("a merge was not finished: one of its marks stands here"), hint)


def pairs_joined(text: str) -> str:
    """JSON's way to write a character beyond the first 65,536 as two escapes (RFC 8259, 7), in YAML's way: as one.

    What follows such a character on its line moves to the left by two columns. An escape without its other half stays.
    """
    if "\\u" not in text:
        return text
    return re.sub(_PAIR, lambda found: found[1] + f"\\U{ord(bytes.fromhex(found[2] + found[3]).decode('utf-16-be')):08X}", text)


def forbidden_character(path: str, position: Position, character: str) -> Fault:
    code = f"U+{ord(character):04X}"
    message = msg("the character {code} is not allowed here", code=code)
    hint = msg("save the file with line ends of the kind LF or CRLF") if character == "\r" else msg("delete it, it cannot be seen")
    return Fault("forbidden-character", path, position, message, hint)


def _place(text: str, offset: int) -> Position:
    before = text.rfind("\n", 0, offset)
    return Position(text.count("\n", 0, offset) + 1, offset - before)
