"""Merges the fields of three versions of a record: what one side has changed is taken from it, what both have is a conflict."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trueup.merging.meaning import Meaning, canonical
from trueup.merging.outline import Block, Entry, Outline
from trueup.merging.pieces import Conflict, Piece, Way, joined, merged_lines
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
    names = [_name_of(entry.value, meaning) for entry in block.entries]
    found = {name: entry for name, entry in zip(names, block.entries, strict=True) if name is not None}
    return found if len(found) == len(names) else None


def _name_of(value: Any, meaning: Meaning) -> str | None:
    if isinstance(value, dict):
        name = value.get(meaning.id_name)
        return f"id {name}" if isinstance(name, str | int) and not isinstance(name, bool) else None
    return f"value {canonical(value)}" if meaning.is_set and not isinstance(value, list) else None


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
    lead = chosen(base.lead if base else None, ours.lead, theirs.lead) if ours and theirs else None
    if ours is None or theirs is None or lead is None or lead[0] is None:
        return Made((Conflict(way, *(_lines(one, indent) for one in three)),))
    made = _nested(base, ours, theirs, meaning, way) or _leaf(base, ours, theirs, meaning)
    if made is None or made.is_conflict:
        bare = [replace(one, lead="") if one else None for one in three]
        return Made((Conflict(way, *(_lines(one, indent) for one in bare)),), lead=lead[0])
    return replace(made, lead=lead[0])


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
    block = _blocks(base.inner if base else None, ours.inner, theirs.inner, meaning, way)
    if starts is None or starts[0] is None or block is None:
        return None
    # A conflict that is all of the block stands below the name of the field, as its lines are complete.
    if ours.inner.is_inline and block.is_conflict:
        return None
    pieces = (starts[0], *block.pieces) if starts[0] else block.pieces
    return Made(pieces, block.value)


def _leaf(base: Entry | None, ours: Entry, theirs: Entry, meaning: Meaning) -> Made | None:
    """Three versions of a value of one piece, and of the comment behind it."""
    picked = _valued(base, ours, theirs)
    body, value = (picked.body, picked.value) if picked else _flow_set(base, ours, theirs, meaning)
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


_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


def _comments(entry: Entry) -> list[str]:
    return _COMMENT.findall(entry.body)


_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,\[\]{}"'#][^,\[\]{}]*?)\s*(?:,|$)""")


def _flow_set(base: Entry | None, ours: Entry, theirs: Entry, meaning: Meaning) -> tuple[str | None, Any]:
    """Three versions of a list in brackets whose items may stand there only once: ``goals: [one, two]``."""
    tables = [_flow_items(one) if one else {} for one in (base, ours, theirs)]
    known = [table for table in tables if table is not None]
    before = chosen(*(one and one.body.partition("[")[0] for one in (base, ours, theirs)))
    if not meaning.is_set or len(known) < 3 or before is None:
        return None, None
    kept = [key for key in {**known[1], **known[2]} if (key in known[0]) <= (key in known[1] and key in known[2])]
    keys = order(list(known[0]), list(known[1]), list(known[2]), kept)
    if keys is None:
        return None, None
    texts = [min(table[key] for table in known[1:] if key in table) for key in keys]
    return f"{before[0]}[{', '.join(texts)}]", [json.loads(key) for key in keys]


def _flow_items(entry: Entry) -> dict[str, str] | None:
    """The items of a list in brackets on one line, by their values, as they are written; None for anything else."""
    _before, opened, inside = entry.body.partition("[")
    if not (opened and isinstance(entry.value, list) and inside.endswith("]")) or "\n" in inside:
        return None
    found = _ITEM.findall(inside[:-1])
    if len(found) != len(entry.value) or _ITEM.sub("", inside[:-1]).strip():
        return None
    table = {canonical(value): text for value, text in zip(entry.value, found, strict=True)}
    return table if len(table) == len(found) else None
