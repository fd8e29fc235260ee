"""What is still to be decided after a merge, for a person: what was there, and what each side has made of it."""

from __future__ import annotations

from textwrap import dedent, indent

from trueup.locale import translator
from trueup.locale.joining import led, separated
from trueup.merging.pieces import BODY, Conflict
from trueup.merging.unresolved import Change, Unresolved
from trueup.render.terminal import shown

_MOST_LINES = 12


def heading(one: Unresolved, changes: tuple[Change | None, Change | None], language: str) -> str:
    """The file, how much of it is open, and who has changed it on each side."""
    _ = translator(language)
    lines = [led(one.path, _what(one, language), language)]
    for name, change in zip((_("ours"), _("theirs")), changes, strict=True):
        if change:
            lines.append("  " + led(name, separated((change.author, change.day, change.subject), language), language))
    return shown("\n".join(lines)) + "\n"


def _what(one: Unresolved, language: str) -> str:
    """Why it is open. A version without one before it is where both sides have renamed a file, each in its own way."""
    _ = translator(language)
    match (one.base is not None, one.ours is not None, one.theirs is not None):
        case (True, False, False):
            return _("both sides have renamed it, each to another name")
        case (False, True, False):
            return _("only our side has a file of this name")
        case (False, False, True):
            return _("only their side has a file of this name")
    if one.is_deleted_by_one:
        return _("one side has deleted it")
    return _("to decide: {count}").format(count=len(one.merged.conflicts))


def conflict_as_text(one: Conflict, number: int, count: int, language: str) -> str:
    """One place of a file with its three versions."""
    _ = translator(language)
    found = [f"\n{number}/{count}  {_place(one, language)}\n"]
    for name, text in ((_("base"), one.base), (_("ours"), one.ours), (_("theirs"), one.theirs)):
        found.append(led("  " + name, "", language).rstrip() + f"\n{_cut(text, language)}")
    return shown("".join(found))


def _place(one: Conflict, language: str) -> str:
    _ = translator(language)
    if one.way == BODY:
        return _("the text below the fields")
    return " > ".join(one.way) if one.way else _("the file")


def _cut(text: str, language: str) -> str:
    """Some lines, moved in; what is not there is said."""
    _ = translator(language)
    lines = dedent(text).rstrip("\n").split("\n")
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], _("… and {count} more lines").format(count=len(lines) - _MOST_LINES)]
    return indent("\n".join(lines) if text else _("(not there)"), "      ") + "\n"
