"""Text of records where other programs read along: CI logs, JSON, and comments in Markdown."""

from __future__ import annotations

import json
import re
from typing import Any

# What cannot be seen, or is obeyed instead of shown: C0 and C1 controls and DEL, separators that end a line for some
# programs, controls of text direction, the byte order mark, tags, annotation marks, noncharacters and lone surrogates.
# The two joiners U+200C and U+200D stay: emoji and several scripts are spelt with them.
# All patterns are texts, which ``re`` compiles when they are first needed: where all is well nothing is written.
_HIDDEN_BEYOND_C0 = (
    "\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
_HIDDEN = f"[\x00-\x1f{_HIDDEN_BEYOND_C0}]"
_HIDDEN_IN_JSON = f"[{_HIDDEN_BEYOND_C0}]"
# The start of an element, and of an entity, which could spell a mention: "&#64;product-team".
_MARKUP = r"<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)"
# A mention is an "@" before an ASCII letter or digit and not after one; a Chinese character in front does not count.
_MENTION = r"(?<![A-Za-z0-9_])@(?=[A-Za-z0-9_])"
_SURROGATE = "[\ud800-\udfff]"

# What starts a command to the program that reads the log. GitHub's runner obeys "::name::" at the start of a line and
# "##[name]" anywhere in one (actions/runner, ActionCommand.cs); Azure Pipelines "##vso[", TeamCity "##teamcity[".
_COMMAND = r":(?=:)|#(?=#\w*\[)"
_COMMAND_IN_JSON = r"(?<=:):|(?<=#)#(?=\w*\[)"


def logged(text: str) -> str:
    """``text`` as a part of one line of a log: hidden characters written out (``\\x1b``), commands broken up."""
    return re.sub(_COMMAND, lambda found: found.group() + "\\", visible(text)) if re.search(_COMMAND, text) else visible(text)


def visible(text: str) -> str:
    """``text`` with every hidden character written out as Python writes it: ``\\x1b``, ``\\u202e``, ``\\U000e0041``."""
    return re.sub(_HIDDEN, _written, text) if re.search(_HIDDEN, text) else text


def unicode_path(path: str) -> str:
    """A path that any program can read: bytes that are not UTF-8 written out, everything else as it is."""
    return re.sub(_SURROGATE, _written, path)


def unmarked(text: str) -> str:
    """``text`` that makes no link, image, element, entity or mention where it is taken for Markdown: a space in each breaks it.

    A backslash would show where the text is taken as it is.
    """
    return re.sub(_MARKUP, r"\g<0> ", unmentioned(text).replace("](", "] (").replace("][", "] ["))


def unmentioned(text: str) -> str:
    """``text`` that calls nobody: ``@ product-team``.

    Neither a backslash nor an entity stops GitHub, which looks for mentions once Markdown and HTML are read.
    """
    return re.sub(_MENTION, "@ ", text)


def json_text(data: Any) -> str:
    """``data`` as indented JSON in which nothing is hidden and nothing is a command to a CI log; the data stay the same."""
    return harmless_json(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def harmless_json(text: str) -> str:
    """JSON with what is hidden, and what is a command, as escapes of JSON."""
    # The two searches for a text are many times as fast as the patterns, which long answers without such a thing are spared.
    if not text.isascii() or "\x7f" in text:
        text = re.sub(_HIDDEN_IN_JSON, lambda found: json.dumps(found.group())[1:-1], text)
    if "::" in text or "##" in text:
        text = re.sub(_COMMAND_IN_JSON, lambda found: f"\\u{ord(found.group()):04x}", text)
    return text


def _written(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
