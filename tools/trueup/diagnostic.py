"""A finding: where it is, which rule speaks, what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trueup.locale import Text
from trueup.locale.joining import with_note

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


START = Position(1, 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """What reading a file found wrong, before there is a record that a rule could look at. ``rule`` is the rule's name."""

    rule: str
    path: str
    position: Position
    message: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, in its place; the runner adds the rule's code and severity. ``address`` names the record, if any."""

    path: str
    position: Position
    message: Text
    hint: Text | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, whatever found it: reading, schema or rule."""

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: Severity
    message: Text
    hint: Text | None = None
    address: str = ""

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are shown: file, line, column, code, words."""
        return (self.path, self.line, self.column, self.code, str(self.message))

    def say(self, language: str) -> str:
        """Message and hint as one sentence: ``no person has the id "li-wie" (did you mean "li-wei"?)``."""
        return with_note(self.message.say(language), self.hint.say(language) if self.hint else "", language)
