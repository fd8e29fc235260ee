"""A YAML parser's complaint in the words of somebody who has never heard of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trueup.diagnostic import Fault, Position
from trueup.locale import Text, msg


def syntax_fault(path: str, first_line: int, error: Any, text: str) -> Fault:
    """What ``error``, the parser's, means for whoever wrote ``text``; it has a mark of its own and one of what was opened before."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    opened = getattr(error, "context_mark", None)
    lines = text.split("\n")
    line, column = _where(problem, mark, opened, lines)
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        near = range(min(line, len(lines) - 1), max(-1, line - 2), -1)
        if fault := wide_fault(path, first_line, lines, near):
            return fault
    content = lines[line] if line < len(lines) else ""
    if "mapping values are not allowed" in problem and (curly := re.search(_CURLY_VALUE, content[:column])):
        return Fault("yaml-syntax", path, Position(line + first_line, curly.end()), *_CURLY)
    if opened and ("expected ',' or" in problem or "expected node content" in problem):
        number = min(opened.line, line)
        commented = re.compile(_COMMENT_IN_LIST).match(lines[number], max(0, lines[number].find("[")))
        if commented and "]" in lines[number][commented.end() :]:
            return Fault("yaml-syntax", path, Position(number + first_line, commented.end()), *_COMMENT_BEGINS)
    message, hint = _complaint(problem, content, column)
    return Fault("yaml-syntax", path, Position(line + first_line, column + 1), message, hint)


def _where(problem: str, mark: Any, opened: Any, lines: list[str]) -> tuple[int, int]:
    """The line and column, from 0, at which a person would look for the mistake."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    last = max((number for number, rest in enumerate(lines) if rest.strip()), default=0)
    if opened and (line > last or "unexpected end of stream" in problem or "alphabetic or numeric" in problem):
        line, column = opened.line, opened.column
    elif opened and line > opened.line and "expected ',' or" in problem:
        # A list that was begun on one line with its first items, and not ended there: what follows is not to blame.
        first = lines[opened.line][opened.column :]
        if first[1:].strip() and not first.rstrip().endswith(",") and not set("]}") & set(first):
            line, column = opened.line, opened.column
    if line > last:
        line, column = last, len(lines[last].rstrip())
    return line, column


# The patterns are texts, which ``re`` compiles when they are first needed: nearly no file has such a fault.
_CURLY_VALUE = r"(?:^[ ]*|[:-][ ]+)[“”‘’「『]"
_CURLY = (msg("curly quotes are not quotes in YAML"), msg('write straight quotes: "…"'))
_COMMENT_IN_LIST = r"\[(?:[^\]\"']*?[,\s])??#"
_COMMENT_BEGINS = (msg('"#" begins a comment here, and the rest of the line is not read'), msg("put the value in quotes"))

_WIDE_COLON_LINE = r"(?a)[ ]*(?:- +)?[A-Za-z_][\w-]*[ ]*："
_WIDE_COLON = (msg('the full-width colon "：" does not end the name of a field'), msg('write ":" and a space'))

# What a plain key begins with that may hide such a space: only then is it worth a look.
MAY_HIDE_A_WIDE_SPACE = "-\u00a0\u3000"
_WIDE_SPACE_FIRST = "-?[ ]*[\u00a0\u3000]"
_WIDE_SPACE_LINE = "[ ]*(?:- +)?(?:(?:[\\w-]+[ ]*:|-)[ ]*)?[\u00a0\u3000]"
_WIDE_DASH = "[ ]*(?:-[ ]+)*-[\u00a0\u3000]"
_WIDE_SPACE = (msg("a full-width or no-break space stands here"), msg("write a plain space"))


def wide_fault(path: str, first_line: int, lines: list[str], near: Iterable[int] | None = None) -> Fault | None:
    """What the keyboard of a Chinese writer, or a word processor, put in the place of a colon or a space."""
    for number in range(len(lines)) if near is None else near:
        if re.match(_WIDE_COLON_LINE, lines[number]):
            return Fault("yaml-syntax", path, Position(number + first_line, lines[number].index("：") + 1), *_WIDE_COLON)
        if found := re.match(_WIDE_SPACE_LINE, lines[number]):
            return Fault("yaml-syntax", path, Position(number + first_line, found.end()), *_WIDE_SPACE)
    return None


def wide_key_fault(path: str, position: Position, key: str) -> Fault | None:
    """A wide space that became the beginning of a key, at ``position``: no more than a plain space is what was meant."""
    found = re.match(_WIDE_SPACE_FIRST, key)
    return Fault("yaml-syntax", path, Position(position.line, position.column + found.end() - 1), *_WIDE_SPACE) if found else None


def lines_with_a_wide_dash(text: str) -> frozenset[int]:
    """The lines, from 0, that look like items of a list and are none, for the space after the dash is a wide one."""
    if "-\u3000" not in text and "-\u00a0" not in text:
        return frozenset()
    return frozenset(number for number, line in enumerate(text.split("\n")) if re.match(_WIDE_DASH, line))


def wide_dash_fault(path: str, number: int, line: str) -> Fault | None:
    """The wide space in a line of a plain value; ``number`` counts from 1."""
    found = re.match(_WIDE_DASH, line)
    return Fault("yaml-syntax", path, Position(number, found.end()), *_WIDE_SPACE) if found else None


_AFTER_THE_END = (msg("something follows a value that has ended with a quote or a bracket"), msg("put the whole value in quotes"))

# What people most often mean when the parser stops, and what to do about it: a part of libyaml's message, ours, the hint.
_MISTAKES: tuple[tuple[str, Text, Text], ...] = (
    ("cannot start any token", msg('a value must not start with "{found}"'), msg("put the value in quotes")),
    ("mapping values are not allowed", msg('there is a ": " inside a value'), msg("put the value in quotes")),
    ("unexpected end of stream", msg("a quote is opened and never closed"), msg("close it")),
    ("expected ',' or ']'", msg('a list in "[" is never closed, or a comma is missing'), msg('close it with "]"')),
    ("expected ',' or '}'", msg('a mapping in "{{" is never closed, or a comma is missing'), msg('close it with "}}"')),
    ("could not find expected ':'", msg('there is no ":" after the name of a field'), msg('write it as "name: value"')),
    ("expected '-' indicator", msg("this line is not indented like the list it belongs to"), msg("line it up with the items above")),
    ("expected <document start>", msg("this line is not indented like the lines above it"), msg("line it up with the fields above")),
    ("expected key", *_AFTER_THE_END),
    ("expected comment or line break", msg('a value must not start with ">" or "|"'), msg("put the value in quotes")),
    ("mapping keys are not allowed", msg('a value must not start with "{found}"'), msg("put the value in quotes")),
    ("expected node content", msg('a value must not start with "{found}"'), msg("put the value in quotes")),
    ("unknown escape character", msg("a backslash in double quotes starts an escape that does not exist"), msg("use single quotes")),
    ("block sequence entries are not allowed", msg('a list item with "-" cannot start here'), msg("start the list on a line of its own")),
    ("found undefined tag handle", msg('a value must not start with "!"'), msg("put the value in quotes")),
    ("expected alphabetic or numeric", msg('a value must not start with "*" or "&"'), msg("put the value in quotes")),
    ("invalid Unicode character", msg("a backslash escape in double quotes names no character"), msg("write the character itself")),
    ("found unknown directive", msg("a YAML directive is not allowed"), msg('delete the line that starts with "%"')),
)


def _complaint(problem: str, content: str, column: int) -> tuple[Text, Text]:
    """What is wrong with the line ``content`` at ``column``, and what to do about it."""
    found = content[column : column + 1]
    before = content[:column]
    if found == "\t" or "\t" in content[: len(content) - len(content.lstrip())]:
        return msg("a tab stands where YAML wants spaces"), msg("indent with spaces")
    if "mapping values are not allowed" in problem and ":" not in before:
        if before[:1].strip():
            return msg('the line above has no ":" and space after the name of its field'), msg('write it as "name: value"')
        return msg("this line is indented deeper than the field above it"), msg("line it up with the fields above")
    if "expected key" in problem and not before.strip():
        if found == "-":
            return msg('a list item with "-" cannot start here'), msg("line it up with the items above, or with the fields")
        return msg("this line is not indented like the lines above it"), msg("line it up with the fields above")
    if "expected '-' indicator" in problem and before.strip():
        return _AFTER_THE_END
    if "alphabetic or numeric" in problem and found:
        return msg('a value must not start with "{found}"', found=found), msg("put the value in quotes")
    if "expected node content" in problem and not found.strip():
        return msg('a list in "[" or a mapping in "{{" is never closed'), msg("close it")
    for part, message, hint in _MISTAKES:
        if part in problem:
            return (msg(message.template, found=found) if "{found}" in message.template else message), hint
    return msg("this is not YAML: {problem}", problem=problem), msg("look at this line and the one above it")
