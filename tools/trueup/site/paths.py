"""Where each page lies: a safe file of its own for every record, whatever its id, and the way from page to page."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from trueup.checks.text import is_reserved
from trueup.records.record import Record
from trueup.records.source import Route
from trueup.records.workspace import Workspace

# How a page's address follows from its path ``goal/x.md``. file: ``goal/x.html``; directory: ``goal/x/``, for a generator that
# makes a folder of each page; index: ``goal/x/index.html``, which is the same with every generator.
UrlStyle = Literal["file", "directory", "index"]

HOME = "index.md"
FINDINGS = "findings.md"
REVIEW = "review/index.md"
COMMANDS = "manual/commands.md"
KINDS_MANUAL = "manual/kinds/index.md"
RULES = "rules/index.md"

# Files that are no pages, from the top.
FEED = "feed.xml"
FINDINGS_CSV = "findings.csv"

# The folders of a site that are not kinds, and the pages that become folders where each page has one.
_FOLDERS = {
    "assets", "handbook", "manual", "rules", "search", "stylesheets", "javascripts",
    "actions", "alignment", "api", "findings", "lessons", "load", "reports", "review", "slips", "timeline",
}  # fmt: skip
_LONGEST_STEM = 100


@dataclass(frozen=True, slots=True)
class Paths:
    """The page of every record and of every file that is not one. Paths are those of Markdown sources: ``goal/2026-q4.md``.

    ``by_address`` knows what a reference means: of an id that is used twice, the first by path. ``by_place`` tells records
    of the same address apart, by their file and their place in it.
    """

    by_address: Mapping[str, str]
    by_place: Mapping[tuple[str, Route], str]
    broken: Mapping[str, Broken] = field(default_factory=dict)

    def of(self, record: Record) -> str:
        return self.by_place[record.path, record.route]


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that belongs to a kind and gives no record; ``page`` is where the site says why."""

    path: str
    kind: str
    id: str
    page: str


def paths_of(workspace: Workspace) -> Paths:
    """A page for every record and every broken file. Ids that can be file names keep them; the others get the nearest one."""
    by_place: dict[tuple[str, Route], str] = {}
    by_address: dict[str, str] = {}
    broken: dict[str, Broken] = {}
    lost = _broken_files(workspace)
    for kind in workspace.kinds:
        owners: list[tuple[str, Route | None, str]] = [(one.path, one.route, one.id) for one in workspace.of_kind(kind)]
        owners += [(path, None, name) for path, (owner, name) in lost.items() if owner == kind]
        for (path, route, name), page in zip(owners, _pages(kind, owners), strict=True):
            by_address.setdefault(f"{kind}/{name}", page)
            if route is None:
                broken[path] = Broken(path, kind, name, page)
            else:
                by_place[path, route] = page
    return Paths(by_address, by_place, broken)


def _broken_files(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """The files that no record came from, with their kind and what their id would be."""
    read = {record.path for record in workspace.records}
    faulty = {fault.path for fault in workspace.faults}
    found: dict[str, tuple[str, str]] = {}
    for path, kind in workspace.paths.items():
        if path not in read and (path in workspace.unreadable or path in faulty):
            _, _, name = workspace.unreadable.get(path, "").partition("/")
            found[path] = (kind, name or workspace.kinds[kind].id_rule.from_path(path))
    return found


def _pages(kind: str, owners: list[tuple[str, Route | None, str]]) -> Iterator[str]:
    """One page each. An id that can be a file name as it is goes first, so that no other can take its name."""
    stems = [_stem(name) for _, _, name in owners]
    taken: dict[str, int] = {}
    for index, (_, _, name) in enumerate(owners):
        if stems[index] == name:
            taken.setdefault(name.casefold(), index)
    for index, (path, route, name) in enumerate(owners):
        digits = 10
        stem = stems[index]
        while taken.setdefault(stem.casefold(), index) != index:
            stem = f"{stems[index]}_{_digest(path, str(route), name)[:digits]}"
            digits += 1
        yield f"{folder_of(kind)}/{stem}.md"


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode(errors="replace")).hexdigest()


def _stem(name: str) -> str:
    """The nearest to ``name`` that is a file name everywhere, and is no page of the site's own."""
    plain = name.replace("-", "a")
    if not (plain.isascii() and plain.isalnum() and name[0] != "-"):
        # No more is left of it in the end; composing makes a text shorter, seldom by more than this.
        composed = unicodedata.normalize("NFC", name[: 8 * _LONGEST_STEM])
        kept = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in composed)
        name = kept.strip("-.") or "record"
    name = name.encode()[:_LONGEST_STEM].decode(errors="ignore").rstrip(".")
    if name.casefold() in ("index", "readme") or is_reserved(name):
        return f"{name}_"
    return name


def folder_of(kind: str) -> str:
    """The folder of a kind's pages: its name, unless the site has another use for it (no kind's name holds a hyphen)."""
    return f"kind-{kind}" if kind in _FOLDERS or is_reserved(kind) else kind


def list_of(kind: str) -> str:
    """The page that lists a kind's records."""
    return f"{folder_of(kind)}/index.md"


def csv_of(kind: str) -> str:
    """The file beside a kind's list that holds it for spreadsheets."""
    return f"{folder_of(kind)}/index.csv"


def api_of(kind: str) -> str:
    """The file that holds a kind's records for programs."""
    return f"api/{folder_of(kind)}.json"


def manual_of(kind: str) -> str:
    """The page that explains a kind's fields."""
    return f"manual/kinds/{folder_of(kind)}.md"


def rule_of(name: str) -> str:
    """The page that explains a rule."""
    return f"rules/{name}.md"


def file_of(path: str, urls: UrlStyle) -> str:
    """Where the Markdown of a page is written: its path, or ``index.md`` in a folder of that name."""
    if urls != "index" or is_index(path):
        return path
    return path.removesuffix(".md") + "/index.md"


def url_of(path: str, urls: UrlStyle) -> str:
    """The address of a page from the site's top."""
    stem = file_of(path, urls).removesuffix(".md")
    if urls != "directory":
        return quote(stem) + ".html"
    return quote(stem.removesuffix("index")) if is_index(path) else quote(stem) + "/"


def base_of(path: str, urls: UrlStyle) -> str:
    """The way from a page up to the site's top: ``../`` as often as needed."""
    return "../" * (path.count("/") + (urls != "file" and not is_index(path)))


def is_index(path: str) -> bool:
    return path == "index.md" or path.endswith("/index.md")


def anchor_of(part: str) -> str:
    """The id of the place on a record's page where a part of it stands. The prefix keeps it apart from the theme's own ids."""
    return "p-" + _without_gaps(part)


def list_anchor(field: str, number: int) -> str:
    """The id of the table for a list; the field's place is told where its name alone might be that of another one."""
    name = _without_gaps(field)
    return f"l-{name}" if name == field else f"l-{name}-{number}"


def heading_anchor(text: str, taken: dict[str, int]) -> str:
    """The id of a heading of a body, one that is not in ``taken``; adds it, with the number that the next of its name gets."""
    kept = "".join(letter for letter in text.strip().lower() if letter.isalnum() or letter in "-_ ")
    first = anchor = "h-" + kept.replace(" ", "-")
    while anchor in taken:
        # A thousand headings of one name must not each try the numbers of all before it.
        taken[first] += 1
        anchor = f"{first}-{taken[first]}"
    taken[anchor] = 1
    return anchor


def _without_gaps(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in text)


def relative_path(source: str, target: str) -> str | None:
    """A path as written in the file ``source``, from the root; None where it leads out of the workspace."""
    parts = [] if target.startswith("/") else source.split("/")[:-1]
    for part in _parts(target.split("/")):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _parts(parts: Iterable[str]) -> Iterator[str]:
    return (part for part in parts if part not in ("", "."))
