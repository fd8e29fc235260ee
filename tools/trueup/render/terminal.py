"""Text of records on a terminal: shown, not obeyed."""

from __future__ import annotations

import re

# C0 and C1 controls, DEL, the controls that change the direction of text, separators that are line ends to some programs.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """``text`` with every character that a terminal would obey written out, as ``\\x1b``."""
    return _OBEYED.sub(_written, text) if _OBEYED.search(text) else text


def _written(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
