"""Merges the fields of three versions of a record: what one side has changed is taken from it, what both have is a conflict."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trueup.merging.flow import merged_flow
from trueup.merging.meaning import Meaning, canonical
from trueup.merging.outline import Block, Entry, Outline
from trueup.merging.pieces import Conflict, Piece, Way, joined, lines_of, merged_lines
from trueup.merging.threeway import chosen, order, stretches


@dataclass(frozen=True, slots=True)
class Made:
    """A part of the merge. ``value`` means nothing where there is a conflict inside."""

    pieces: tuple[Piece, ...]
    value: Any = None
    lead: str = ""

    @property
    def is_conflict(self) -> bool:
        """Whether it is one as a whole; its lines are then complete, with their indentation."""
        return len(self.pieces) == 1 and isinstance(self.pieces[0], Conflict)


def merged_outlines(base: Outline | None, ours: Outline, theirs: Outline, meaning: Meaning) -> Made | None:
    """Three versions of all fields; None where they are too different in form. Without a base both sides have added the file."""
    if ours.block.form != theirs.block.form:
        return None
    block = _blocks(base.block if base else None, ours.block, theirs.block, meaning, ())
    if block is None:
        return None
    head = merged_lines(base.head if base else "", ours.head, theirs.head, ())
    tail = merged_lines(base.tail if base else "", ours.tail, theirs.tail, ())
    return Made(tuple(joined([*head, *block.pieces, *tail])), block.value)


def _blocks(base: Block | None, ours: Block, theirs: Block, meaning: Meaning, way: Way) -> Made | None:
    """Three versions of a mapping or a list, entry by entry; None where they can only be told apart as a whole."""
    sides = [one for one in (base, ours, theirs) if one]
    if len({(one.form, one.indent, one.is_inline) for one in sides}) > 1:
        return None
    tables = [_table(one, meaning) for one in sides]
    known = [table for table in tables if table is not None]
    is_keyed = len(known) == len(tables)
    entries = _keyed(known[0] if base else {}, known[-2], known[-1], ours, meaning, way) if is_keyed else _sequence(base, ours, theirs, way)
    return _assembled(ours, entries) if entries is not None else None


def _assembled(like: Block, entries: Sequence[tuple[str, Made]]) -> Made | None:
    """A block of these entries; None where it would have none, or where the first has no line of its own to be marked on."""
    if not entries or (like.is_inline and (entries[0][1].is_conflict or entries[0][1].lead)):
        return None
    pieces: list[Piece] = []
    for number, (_name, made) in enumerate(entries):
        pieces += [made.lead, "" if made.is_conflict else like.before(number), *made.pieces]
    values = [made.value for _name, made in entries]
    value: Any = values if like.form == "list" else {name: made.value for name, made in entries}
    return Made(tuple(joined(pieces)), value)


def _table(block: Block, meaning: Meaning) -> dict[str, Entry] | None:
    """The entries by what they are known by: the field's name, the item's id, or the value of what may stand there only once."""
    if block.form == "mapping":
        return {entry.name: entry for entry in block.entries}
    names = [meaning.name_of(entry.value) for entry in block.entries]
    found = {name: entry for name, entry in zip(names, block.entries, strict=True) if name is not None}
    return found if len(found) == len(names) else None


def _shown_name(name: str) -> str:
    """What people call an item that is known by this name."""
    form, _space, rest = name.partition(" ")
    return str(json.loads(rest)) if form == "value" else rest


def _keyed(
    base: Mapping[str, Entry], ours: Mapping[str, Entry], theirs: Mapping[str, Entry], like: Block, meaning: Meaning, way: Way
) -> list[tuple[str, Made]] | None:
    """Entries that are known by their names, wherever they stand."""
    found: dict[str, Made] = {}
    is_mapping = like.form == "mapping"
    for key in {**base, **ours, **theirs}:
        inside, name = (meaning.inside(key), key) if is_mapping else (meaning.item(), _shown_name(key))
        made = _entry((base.get(key), ours.get(key), theirs.get(key)), like.indent, inside, (*way, name))
        if made is not None:
            found[key] = made
    keys = order(list(base), list(ours), list(theirs), found)
    if keys is None and is_mapping:
        # The order of fields means nothing, so that two new ones are no reason to ask anybody.
        first, second = sorted((list(ours), list(theirs)))
        keys = order(first, first, second, found)
    return None if keys is None else [(key, found[key]) for key in keys]


def _sequence(base: Block | None, ours: Block, theirs: Block, way: Way) -> list[tuple[str, Made]]:
    """Items that are known by nothing but their place."""
    sides = [one.entries if one else () for one in (base, ours, theirs)]
    keys = [[(entry.lead, entry.text) for entry in entries] for entries in sides]
    found: list[tuple[str, Made]] = []
    for part in stretches(*keys):
        mine = sides[0][part.base], sides[1][part.ours], sides[2][part.theirs]
        picked = chosen(*mine)
        if picked:
            found += [("", _as_is(entry)) for entry in picked[0]]
        else:
            found.append(("", Made((Conflict(way, *("".join(_lines(one, ours.indent) for one in side) for side in mine)),))))
    return found


def _entry(three: tuple[Entry | None, Entry | None, Entry | None], indent: int, meaning: Meaning, way: Way) -> Made | None:
    """Three versions of one field or item; None where it is deleted."""
    base, ours, theirs = three
    if picked := chosen(base, ours, theirs):
        return _as_is(picked[0]) if picked[0] else None
    if ours is None or theirs is None:
        return Made((Conflict(way, *(_lines(one, indent) for one in three)),))
    leads = [_parts_of_lead(one.lead) if one else None for one in three]
    group, own = (chosen(*(lead and lead[part] for lead in leads)) for part in (0, 1))
    above = group[0] or "" if group else ""
    if group is None or own is None:
        cut = 1 if group else 0
        bare = [replace(one, lead="".join(lead[cut:])) if one and lead else None for one, lead in zip(three, leads, strict=True)]
        return Made((Conflict(way, *(_lines(one, indent) for one in bare)),), lead=above)
    above += own[0] or ""
    made = _nested(base, ours, theirs, meaning, way) or _leaf(base, ours, theirs, meaning)
    if made is None or made.is_conflict:
        bare = [replace(one, lead="") if one else None for one in three]
        return Made((Conflict(way, *(_lines(one, indent) for one in bare)),), lead=above)
    return replace(made, lead=above)


def _parts_of_lead(lead: str) -> tuple[str, str]:
    """What stands above an entry up to the last empty line, which heads all that follows, and the entry's own comment right above it."""
    lines = lines_of(lead)
    end = max((number for number, line in enumerate(lines, 1) if not line.strip()), default=0)
    return "".join(lines[:end]), "".join(lines[end:])


def _as_is(entry: Entry) -> Made:
    return Made((entry.text,), entry.value, entry.lead)


def _lines(entry: Entry | None, indent: int) -> str:
    """An entry on lines of its own."""
    return entry.lead + " " * indent + entry.text if entry else ""


def _nested(base: Entry | None, ours: Entry, theirs: Entry, meaning: Meaning, way: Way) -> Made | None:
    """Three versions of an entry that holds others."""
    if not (ours.inner and theirs.inner):
        return None
    was_empty = base is None or base.value in (None, [], {})
    if base and not base.inner and not was_empty:
        return None
    starts = chosen(*(one and one.start + one.rest for one in (base, ours, theirs)))
    if base and base.inner and _is_emptied(base.inner, ours.inner, theirs.inner, meaning):
        rests = chosen(base.rest, ours.rest, theirs.rest)
        return Made((f"{ours.start} []{rests[0]}",), []) if rests and base.start == ours.start == theirs.start else None
    block = _blocks(base.inner if base else None, ours.inner, theirs.inner, meaning, way)
    if starts is None or starts[0] is None or block is None:
        return None
    # A conflict that is all of the block stands below the name of the field, as its lines are complete.
    if ours.inner.is_inline and block.is_conflict:
        return None
    pieces = (starts[0], *block.pieces) if starts[0] else block.pieces
    return Made(pieces, block.value)


def _is_emptied(base: Block, ours: Block, theirs: Block, meaning: Meaning) -> bool:
    """Whether each item of a list below its field is deleted on one side or the other and changed on none, and the list may be empty."""
    if base.is_inline or {one.form for one in (base, ours, theirs)} != {"list"} or not meaning.may_be_empty:
        return False
    tables = [table for one in (base, ours, theirs) if (table := _table(one, meaning)) is not None]
    keys = {key for table in tables for key in table}
    return len(tables) == 3 and all(chosen(*(table.get(key) for table in tables)) == (None,) for key in keys)


def _leaf(base: Entry | None, ours: Entry, theirs: Entry, meaning: Meaning) -> Made | None:
    """Three versions of a value of one piece, and of the comment behind it."""
    picked = _valued(base, ours, theirs)
    body, value = (picked.body, picked.value) if picked else _flow(base, ours, theirs, meaning)
    rests = chosen(*(one and (one.rest if not one.inner else "") for one in (base, ours, theirs)))
    if body is None or rests is None:
        return None
    rest = rests[0] or ""
    if not body.endswith("\n"):
        return Made((body + (rest or "\n"),), value)
    return None if "#" in rest else Made((body,), value)


def _valued(base: Entry | None, ours: Entry, theirs: Entry) -> Entry | None:
    """The version whose value stands, in the words of whoever has changed it."""
    if ours.body == theirs.body or (base and theirs.body == base.body):
        return ours
    if base and ours.body == base.body:
        return theirs
    was, mine, other = (canonical(one.value) if one else None for one in (base, ours, theirs))
    if base and mine == was and other != was:
        return theirs if _comments(ours) == _comments(base) else None
    if base and other == was and mine != was:
        return ours if _comments(theirs) == _comments(base) else None
    if mine == other and _comments(ours) == _comments(theirs):
        return min(ours, theirs, key=lambda one: (len(one.body), one.body))
    return None


def _flow(base: Entry | None, ours: Entry, theirs: Entry, meaning: Meaning) -> tuple[str | None, Any]:
    """Three versions of a value in brackets; no text where any of them is written otherwise, or where both have changed the same."""
    was_empty = base is None or (not base.inner and base.value in (None, [], {}))
    if any(one.inner for one in (base, ours, theirs) if one):
        return None, None
    bodies = [None if base is None or was_empty else base.body, ours.body, theirs.body]
    values = [base.value if base else None, ours.value, theirs.value]
    return merged_flow(bodies, values, meaning) or (None, None)


_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


def _comments(entry: Entry) -> list[str]:
    return _COMMENT.findall(entry.body)
