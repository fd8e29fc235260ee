"""Which existing record somebody meant who wrote its title, its path or half of its address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cached_property

from trueup.locale import Text, msg
from trueup.records.kind import EACH, Ref
from trueup.records.nearest import did_you_mean
from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace


def kind_meant(text: str, kinds: Iterable[str], workspace: Workspace) -> str | None:
    """The kind that goes by a name: its own, its plural or its folder's, whatever the case and the spaces."""
    wanted = text.strip().casefold()
    for name in kinds:
        if kind := workspace.kinds.get(name):
            folders = (folder.rpartition("/")[2] for folder in kind.files.folders)
            if wanted in {name, name + "s", kind.label.en.casefold(), kind.label.zh, kind.plural.en.casefold(), *folders}:
                return name
    return None


def address_meant(text: str, kinds: Iterable[str], workspace: Workspace) -> str | None:
    """The address of an existing record that ``text`` comes close to: ``Goal/x``, ``goals/x.md``, ``x``."""
    kinds = tuple(kinds)
    name, mark, part = text.strip().partition("#")
    before, slash, last = name.strip().rpartition("/")
    last = _without_ending(last.strip())
    if slash:
        # Of a path, the first folders that are a kind's name: team/people/li-wei is a person.
        found = (kind_meant(step, kinds, workspace) for step in reversed(before.split("/")))
        kind = next((one for one in found if one), None)
        possible: tuple[str, ...] = (kind,) if kind else ()
    else:
        possible = kinds
    owner = next((one for one in possible if last in workspace.ids(one)), None)
    return f"{owner}/{last}{mark}{part.strip()}" if owner else None


def _without_ending(name: str) -> str:
    return name.removesuffix(".md").removesuffix(".yaml")


# Looking for the nearest of 10,000 names takes a while, and a file of 6,000 wrong names must not take minutes: this many
# comparisons take about half a second.
_MOST_COMPARED = 50_000
_FEW_NAMES = 100


class Guesses:
    """The names that were probably meant: each looked for once, until so much has been looked for that hints would take too long."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Text | None] = {}
        self._left = _MOST_COMPARED

    def guess(self, among: str, name: str, names: Iterable[str]) -> Text | None:
        """A hint at the one of ``names`` that is nearest to ``name``; ``among`` says whose names they are."""
        key = (among, name)
        if key not in self._made and self._left > 0:
            names = list(names)
            alike = _alike(name, names)
            self._made[key] = did_you_mean(name, alike)
            self._left -= 1 + len(alike) * (1 + (min(len(name), 60) // 12) ** 2) + len(names) // 20
        return self._made.get(key)


def _alike(name: str, names: list[str]) -> list[str]:
    """Of many names those that can be near a misspelt one: of a like length, with the same beginning or end."""
    if len(names) < _FEW_NAMES:
        return names
    start, end, size = name[:3].lower(), name[-3:].lower(), len(name)
    return [other for other in names if abs(len(other) - size) < 4 and (other[:3].lower() == start or other[-3:].lower() == end)]


class KnownNames:
    """The records of a workspace by what people call them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._guesses = Guesses()

    @cached_property
    def _titles(self) -> dict[tuple[str, str], str]:
        return {(one.kind.name, one.title.casefold()): one.address for one in reversed(self._workspace.records)}

    def hint(self, record: Record, route: Route) -> Text | None:
        """What to write where a field names a record in a form that it can't have; None where the field names no record."""
        ref = next((ref for ref in record.kind.references if not ref.in_key and _leads(ref, route)), None)
        value = _value_at(record, route)
        if ref is None or not isinstance(value, str):
            return None
        right = address_meant(value.strip().removeprefix("@"), ref.kinds, self._workspace) or self._titled(value, ref.kinds)
        if ref.addressed or ref.parts:
            if right and (not ref.parts or "#" in right):
                return msg('did you mean "{address}"?', address=right)
            if ref.parts:
                return msg('write the address of a record, "#" and the id of its part')
            return msg("write the kind, a slash and the id of the record")
        if right:
            return msg('did you mean "{name}"?', name=right.partition("/")[2].partition("#")[0])
        kind = ref.kinds[0]
        guess = self._guesses.guess(kind, _plain(value), self._workspace.ids(kind))
        return guess or msg("write the id of the record: the name of its file without the ending")

    def _titled(self, text: str, kinds: Iterable[str]) -> str | None:
        """The address of the record of that title, or of an id that the title would give."""
        wanted = text.strip().removeprefix("@").strip().casefold()
        for kind in kinds:
            if (kind, wanted) in self._titles:
                return self._titles[kind, wanted]
            if _plain(wanted) in self._workspace.ids(kind):
                return f"{kind}/{_plain(wanted)}"
        return None


def _plain(text: str) -> str:
    """``Anna Müller`` as ``anna-muller``."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))
    return "-".join(words.split())


def _leads(ref: Ref, route: Route) -> bool:
    return len(ref.steps) == len(route) and all(step in (EACH, here) for step, here in zip(ref.steps, route, strict=True))


def _value_at(record: Record, route: Route) -> object:
    value: object = record.data
    for step in route:
        if not isinstance(value, dict | list):
            return None
        value = value[step]  # type: ignore[index]
    return value
