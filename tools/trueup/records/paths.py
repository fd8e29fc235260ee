"""Which files belong to a kind, and which id a file's path gives: globs and path templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from trueup.records.validate import Gate, pattern_test


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a kind, as globs from the workspace's root; ``match`` tells whether a path is one of them."""

    globs: tuple[str, ...]
    folders: tuple[str, ...]
    match: Callable[[str], bool]

    def may_lie_below(self, path: str) -> bool:
        """Whether a file of the kind could lie below ``path``, were it a folder: a link there would hide records."""
        test = _ways_to(self.globs)
        return test is not None and test(path)


def files_of(globs: Iterable[str]) -> Files:
    """Understands ``*``, ``**``, ``?``, ``[…]`` and ``{a,b}``; a glob that starts with ``!`` leaves out.

    Raises ValueError where a glob cannot be used. Matching takes linear time, whatever a stranger writes.
    """
    globs = tuple(globs)
    if len(globs) > _MOST_ALTERNATIVES:
        raise ValueError(globs[-1])
    wanted = [one for glob in globs if not glob.startswith("!") for one in _alternatives(glob)]
    unwanted = [one for glob in globs if glob.startswith("!") for one in _alternatives(glob[1:])]
    if wrong := next((glob for glob in wanted if {"", ".", ".."} & set(glob.split("/"))), None):
        raise ValueError(wrong)
    rule: dict[str, object] = {"type": "string", "pattern": _any_of(wanted)}
    if unwanted:
        rule["not"] = {"pattern": _any_of(unwanted)}
    return Files(globs, tuple(sorted({_folder(glob) for glob in wanted})), _of_any_name(Gate(rule).accepts))


def _of_any_name(test: Callable[[str], bool]) -> Callable[[str], bool]:
    """A test of paths that also takes a name that is not UTF-8, with a question mark for each byte that is no character."""

    def tested(path: str) -> bool:
        try:
            return test(path)
        except UnicodeEncodeError:
            return test(path.encode("utf-8", "replace").decode("utf-8"))

    return tested


def _any_of(globs: list[str]) -> str:
    return "^(?:" + "|".join(map(_pattern, globs)) + ")$"


@cache
def _ways_to(globs: tuple[str, ...]) -> Callable[[str], bool] | None:
    """Tells the folders that lead to files of these globs; None where the files lie at the root."""
    ways: set[str] = set()
    for glob in (one for whole in globs if not whole.startswith("!") for one in _alternatives(whole)):
        parts = glob.split("/")
        ways.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    try:
        return _of_any_name(pattern_test(_any_of(sorted(ways)))) if ways else None
    except ValueError:
        # More ways than the engine takes; then any folder may be one.
        return lambda path: True


_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST_ALTERNATIVES = 200
_LONGEST_GLOB = 400


def _alternatives(glob: str) -> list[str]:
    """The globs without braces that one with braces stands for."""
    found, waiting = [], [glob]
    while waiting:
        one = waiting.pop()
        if len(one) > _LONGEST_GLOB:
            raise ValueError(glob)
        opened = _BRACES.search(one)
        if not opened:
            found.append(one)
            continue
        choices = opened.group(1).split(",")
        if len(found) + len(waiting) + len(choices) > _MOST_ALTERNATIVES:
            raise ValueError(glob)
        waiting += [one[: opened.start()] + choice + one[opened.end() :] for choice in reversed(choices)]
    return found


def _pattern(glob: str) -> str:
    """``**/`` stands for any folders or none; a single star never crosses a ``/``."""
    parts = re.split(r"(\*\*/|\*\*|\*+|\?|\[[^\]/]+\])", glob)
    signs = {"**/": "(?:[^/]+/)*", "**": r"[\s\S]*", "?": "[^/]"}
    return "".join(_sign(part, signs) for part in parts)


def _sign(part: str, signs: dict[str, str]) -> str:
    if part in signs:
        return signs[part]
    if part.startswith("*"):
        return "[^/]*"
    if part.startswith("[") and part.endswith("]") and len(part) > 2:
        inner = part[1:-1]
        negated = inner[0] in "!^"
        return ("[^" if negated else "[") + _escaped(inner[1:] if negated else inner) + "]"
    return _escaped(part)


def _escaped(text: str) -> str:
    """Only what has a meaning in a pattern: the pattern is not for Python's engine, which takes more escapes than others."""
    return re.sub(r"([\\.^$*+?()\[\]{}|])", r"\\\1", text)


def _folder(glob: str) -> str:
    """The folder that holds all that a glob can match: everything before the first part with a wildcard."""
    parts = glob.split("/")
    fixed = 0
    while fixed < len(parts) - 1 and not re.search(r"[*?\[]", parts[fixed]):
        fixed += 1
    return "/".join(parts[:fixed])


@dataclass(frozen=True, slots=True)
class IdRule:
    """Where the id of a record comes from: its file's stem, its folder's name, one of its fields, or parts of its path."""

    form: str
    field: str = ""
    pattern: re.Pattern[str] | None = None
    template: str = ""

    def from_path(self, path: str) -> str:
        """The id that the path gives; for an id that is a field this is only what to call a file whose field can't be read."""
        folder, _, name = path.rpartition("/")
        if self.form == "parent" and folder:
            return folder.rpartition("/")[2]
        if self.pattern and (found := self.pattern.fullmatch(path)):
            return self.template.format(**found.groupdict())
        return name.rpartition(".")[0] or name


def id_rule(value: str | dict[str, str] | None) -> IdRule:
    """An ``x-kind.id`` as a rule. Raises ValueError where a path template cannot be used."""
    if isinstance(value, dict):
        return _path_rule(value["path"], value["id"])
    if value in (None, "stem", "parent"):
        return IdRule(value or "stem")
    return IdRule("field", field=str(value))


_HOLE = re.compile(r"\{([a-z_]+)\}")


def _path_rule(path: str, template: str) -> IdRule:
    names = _HOLE.findall(path)
    missing = set(_HOLE.findall(template)) - set(names)
    crowded = any(part.count("{") > 2 for part in path.split("/"))
    if crowded or missing or len(set(names)) != len(names) or set("{}") & set(_HOLE.sub("", path + template)):
        raise ValueError(path)
    pieces = _HOLE.split(path)
    # The first of two holes takes as little as it can: of "0042-a-name" the template "{number}-{slug}" makes 0042 and a-name.
    pattern = "".join(f"(?P<{piece}>[^/]+?)" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces))
    return IdRule("path", pattern=re.compile(pattern), template=template)
