"""Finds records that lie beside the folders where records are read: one folder too high, or in ``Goal`` instead of ``goals``."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from trueup.records.kind import Kind
from trueup.records.kinds import SCHEMA_ENDING, SCHEMA_FOLDER
from trueup.records.tree import Tree, Unreadable

_RECORD_ENDINGS = (".md", ".markdown", ".yaml", ".yml")


def misplaced_files(tree: Tree, kinds: Mapping[str, Kind], used: Collection[str]) -> dict[str, str]:
    """The files, each with the path where it would be read; "" where nobody can say. ``used`` are the kinds that have files.

    Looks at the names at the root and at one level below ``team``, and walks only what is called like a record folder,
    so that a large repository costs nothing. Where all records are of a workspace's own kinds, such names mean other things.
    """
    found = _schemas(tree)
    own = [kind for kind in kinds.values() if not kind.built_in]
    if own and all(not kinds[name].built_in for name in used):
        return found
    homes = _homes(kinds)
    read = {folder for kind in kinds.values() for folder in kind.files.folders}
    ways = {folder.rpartition("/")[0] for folder in read} - {""}
    for parent in ["", *sorted({home.rpartition("/")[0] for home in homes.values()} - {""})]:
        for path, entry in tree.entries(parent).items():
            home = homes.get(_folded(path.rpartition("/")[2]))
            if entry == "folder" and path not in read and path not in ways and (home or parent):
                inner = tree.files([path])
                found.update((one, home + one[len(path) :] if home else "") for one, type_ in inner.items() if _is_record(one, type_))
            elif parent and _is_record(path, entry):
                found[path] = ""
    return found


def _is_record(path: str, entry: str) -> bool:
    return entry == "file" and path.lower().endswith(_RECORD_ENDINGS)


def _homes(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """The folders of the built-in kinds by all names that people give them: singular, plural, with a capital."""
    homes: dict[str, str] = {}
    for kind in kinds.values():
        for folder in kind.files.folders if kind.built_in else ():
            last = folder.rpartition("/")[2]
            for name in (last, kind.name, kind.name + "s", kind.plural.en, last + "s"):
                homes.setdefault(_folded(name), folder)
    return homes


def _folded(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "")


def _schemas(tree: Tree) -> dict[str, str]:
    """Schemas of kinds under a name that is not read: other schemas of a repository are its own business."""
    found: dict[str, str] = {}
    for path, entry in tree.files([SCHEMA_FOLDER]).items():
        if entry == "file" and not path.endswith(SCHEMA_ENDING) and path.lower().endswith((".json", ".yaml", ".yml")):
            raw = tree.read(path)
            if not isinstance(raw, Unreadable) and b'"x-kind"' in raw:
                found[path] = os.path.splitext(path)[0].removesuffix(".schema") + SCHEMA_ENDING
    return found
