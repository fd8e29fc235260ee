"""What in ``mkdocs.yml`` would run code of the repository: found before MkDocs reads the file, for MkDocs obeys as it reads."""

from __future__ import annotations

import os
import re
import site
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import get_yaml_loader

from trueup.locale import msg
from trueup.site.failure import SiteError

_LARGEST = 1024 * 1024
_DEEPEST = 100
_MOST_PARENTS = 10

_YAML = "tag:yaml.org,2002:"
_DATA = {_YAML + name for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge")}

# What MkDocs itself gives a tag of its own; they hold a text or a list of texts.
_OWN = ("!ENV", "!relative")

# The functions that the manuals of Material and of its extensions tell people to name; each makes text of text.
_NAMED = re.compile(
    re.escape(_YAML + "python/name:")
    + r"(?:material(?:x|\.extensions)\.emoji\.(?:twemoji|to_svg)|pymdownx\.(?:emoji\.(?:gemoji|twemoji|emojione|to_\w+)"
    r"|superfences\.fence_\w+_format|arithmatex\.\w+_format|slugs\.\w+))"
    + "|"
    + re.escape(_YAML + "python/object/apply:")
    + r"pymdownx\.(?:slugs\.slugify|arithmatex\.arithmatex_\w+_format)"
)

# Plugins that people install in order to run what the repository holds.
_RUNNERS = {"exec", "gen-files", "macros", "markdown-exec", "mkdocs-jupyter", "mkdocs-simple-hooks", "monorepo", "projects"}

# Options that name templates, which can call any Python function that is in reach, and Python files.
_TOP = ("hooks", "extra_templates")
_LAYOUTS = ("cards_layout", "cards_layout_dir")


def inspect_settings(root: Path, file: Path, *, allow_code: bool) -> bool:
    """Whether ``file``, or a file that it inherits from, gives the site a name of its own.

    Raises SiteError where one of them cannot be settings, or would run code of the repository and must not. OSError where
    one cannot be read.
    """
    is_named = False
    for _ in range(_MOST_PARENTS):
        top = _read(file, root, allow_code=allow_code)
        entries = dict(_entries(top))
        is_named = is_named or "site_name" in entries
        if not allow_code:
            _judge_nodes(root, file, top)
            _judge(root, file, entries)
        parent = entries.get("INHERIT")
        if parent is None:
            return is_named
        if parent.id != "scalar" or parent.tag != _YAML + "str":
            raise SiteError(msg('"{file}" says with "{name}" something that is no file name', file=_shown(file, root), name="INHERIT"))
        file = Path(os.path.normpath(file.parent / parent.value))
    raise SiteError(msg('"{file}" inherits from too many files', file=_shown(file, root)))


def _shown(file: Path, root: Path) -> str:
    return os.path.relpath(file, root)


def _read(file: Path, root: Path, *, allow_code: bool) -> Any:
    """The top of a file as MkDocs' own YAML reader sees it, before anything is made of it."""
    if not stat.S_ISREG(file.stat().st_mode) or file.stat().st_size > _LARGEST:
        raise SiteError(msg('"{file}" is no file of settings', file=_shown(file, root)))
    text = file.read_bytes()
    try:
        _judge_tags(text, file, root, allow_code=allow_code)
        loader = get_yaml_loader()(text)
        top = loader.get_single_node()
    except SiteError:
        raise
    except Exception as error:
        # The errors of a YAML reader, which this module must not import: MkDocs says the same of the file.
        reason = str(error).replace("<byte string>", _shown(file, root))
        raise SiteError(msg("MkDocs could not build the site:"), reason) from None
    if top is None or top.id != "mapping":
        raise SiteError(msg('"{file}" holds no settings, which are names with values', file=_shown(file, root)))
    return top


def _judge_tags(text: bytes, file: Path, root: Path, *, allow_code: bool) -> None:
    loader = get_yaml_loader()(text)
    depth = 0
    while loader.check_event():
        event = loader.get_event()
        depth += {"Start": 1, "End": -1}.get(type(event).__name__.removeprefix("Mapping").removeprefix("Sequence").removesuffix("Event"), 0)
        if depth > _DEEPEST:
            raise SiteError(msg('"{file}" is nested too deep', file=_shown(file, root)))
        tag = getattr(event, "tag", None)
        if tag and not allow_code and not (tag in _DATA or tag == "!" or tag in _OWN or _NAMED.fullmatch(tag)):
            raise _code(file, root, tag.replace(_YAML, "!!"), event.start_mark.line + 1)


def _judge_nodes(root: Path, file: Path, top: Any) -> None:
    """Refuses what could become a name or an option only when MkDocs makes values of it: `!ENV [NOTHING, hooks]: [x.py]`."""
    seen: set[int] = set()
    left = [top]
    while left:
        node = left.pop()
        if node.id == "scalar" or id(node) in seen:
            continue
        seen.add(id(node))
        if node.tag in _OWN and (node.id == "mapping" or any(one.id != "scalar" for one in node.value)):
            raise _code(file, root, node.tag, node.start_mark.line + 1)
        if node.id == "sequence":
            left.extend(node.value)
            continue
        for key, value in node.value:
            if key.id != "scalar" or key.tag in _OWN:
                raise _code(file, root, key.tag.replace(_YAML, "!!"), key.start_mark.line + 1)
            left.append(value)


def _code(file: Path, root: Path, what: str, line: int) -> SiteError:
    return SiteError(
        msg(
            '"{file}" line {line}: "{what}" can run code of this repository; if you trust all who can write to it, add --allow-code',
            file=_shown(file, root),
            line=line,
            what=what,
        )
    )


def _entries(mapping: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The names and values of a mapping, those of merged ones first: the mapping's own win."""
    if depth > _DEEPEST:
        return
    own = []
    for key, value in mapping.value:
        if key.tag == _YAML + "merge":
            merged = value.value if value.id == "sequence" else (value,)
            for one in (one for one in merged if one.id == "mapping"):
                yield from _entries(one, depth + 1)
        elif key.id == "scalar":
            own.append((key.value, value))
    yield from own


def _judge(root: Path, file: Path, entries: dict[str, Any]) -> None:
    def must_not(name: str, node: Any) -> None:
        raise _code(file, root, name, node.start_mark.line + 1)

    for name, node in entries.items():
        if name in _TOP and not _is_empty(node):
            must_not(name, node)
    theme = entries.get("theme")
    if theme is not None and theme.id == "mapping":
        inside = dict(_entries(theme))
        if "custom_dir" in inside and not _is_empty(inside["custom_dir"]):
            must_not("custom_dir", inside["custom_dir"])
        theme = inside.get("name")
    if theme is not None and theme.id == "scalar" and _comes_from(root, "mkdocs.themes", theme.value):
        must_not(theme.value, theme)
    for group, setting in (("mkdocs.plugins", "plugins"), ("markdown.extensions", "markdown_extensions")):
        for name, options in _named(entries.get(setting)):
            if name.tag != _YAML + "str" or name.value in _RUNNERS or name.value.partition("/")[2] in _RUNNERS:
                must_not(name.value if name.id == "scalar" else setting, name)
            if _comes_from(root, group, name.value):
                must_not(name.value, name)
            for option in options:
                if option in _LAYOUTS:
                    must_not(option, name)


def _is_empty(node: Any) -> bool:
    return node.tag == _YAML + "null" or node.value in ("", [])


def _named(node: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The plugins or extensions that a list or a mapping names, with the names of their options."""
    if node is None or node.id == "scalar":
        return
    for one in node.value:
        pairs = [one] if node.id == "mapping" else one.value if one.id == "mapping" else [(one, None)]
        for name, options in pairs:
            yield name, tuple(dict(_entries(options))) if options is not None and options.id == "mapping" else ()


def _comes_from(root: Path, group: str, name: str) -> bool:
    """Whether the module behind a plugin, a theme or an extension lies in the repository, and not in what is installed."""
    names = {point.module for point in entry_points(group=group) if point.name in (name, f"material/{name}", name.lstrip("/"))}
    return any(_lies_in(root, module.partition(":")[0].partition(".")[0]) for module in names or {name})


def _lies_in(root: Path, package: str) -> bool:
    if package == __package__.partition(".")[0] or not package.isidentifier():
        # What runs here is trueup itself, also where it is used from its own repository.
        return False
    spec = find_spec(package)
    places = [*(spec.submodule_search_locations or ()), spec.origin or ""] if spec else []
    installed = [Path(place).resolve() for place in (*site.getsitepackages(), sys.prefix)]
    found = [Path(place).resolve() for place in places if place]
    return any(one.is_relative_to(root.resolve()) and not any(one.is_relative_to(place) for place in installed) for one in found)
