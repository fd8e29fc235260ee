"""TU0: files that are not what a record file must be."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from trueup.checks.rule import Context, reading_rule, rule
from trueup.diagnostic import START, Fault, Problem
from trueup.locale import Text, msg
from trueup.records.config import CONFIG_FILE
from trueup.records.nearest import did_you_mean
from trueup.records.record import Record
from trueup.records.validate import MOST_MISMATCHES
from trueup.records.workspace import Workspace


@rule("TU001", "unreadable-file", fixed=True)
def unreadable_file(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A file cannot be opened or read."""
    yield from (Problem(one.path, one.position, one.message, one.hint) for one in workspace.faults if one.rule == "unreadable-file")
    for path, entry in workspace.looked_at.items():
        if entry == "closed":
            yield Problem(path, START, msg("the folder cannot be opened"), msg("look at its permissions"))


not_utf_8 = reading_rule("TU002", "not-utf-8", "A file is not UTF-8 text.")
forbidden_character = reading_rule("TU003", "forbidden-character", "A file holds a character that cannot be seen or that hides others.")
too_large = reading_rule("TU004", "too-large", "A file, a line or a list is larger than any record needs to be.")
merge_conflict = reading_rule("TU005", "merge-conflict", "A merge was not finished: both versions still stand in the file.")
yaml_syntax = reading_rule("TU006", "yaml-syntax", "The fields are not YAML.")
duplicate_key = reading_rule("TU007", "duplicate-key", "A field is written twice.")
forbidden_yaml = reading_rule(
    "TU008", "forbidden-yaml", "A part of YAML is used that records do without: anchors, tags, directives and the like."
)
number_out_of_range = reading_rule("TU009", "number-out-of-range", "A number is not finite or does not fit in 64 bits.")
no_front_matter = reading_rule("TU010", "no-front-matter", "A Markdown file does not start with its fields between two lines of dashes.")
not_a_mapping = reading_rule("TU011", "not-a-mapping", "A file or a record is empty, or is not a mapping of fields.")


@rule("TU012", "not-a-file", fixed=True)
def not_a_file(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A link, a folder or a device stands where a record file should be."""
    yield from (Problem(fault.path, fault.position, fault.message, fault.hint) for fault in workspace.faults if fault.rule == "not-a-file")
    names = {"link": msg("a symbolic link"), "folder": msg("a folder"), "other": msg("a device or a pipe")}
    for path, entry in workspace.looked_at.items():
        if entry in names:
            message = msg("this is {thing}, not a regular file", thing=names[entry])
            yield Problem(path, START, message, msg("rename the folder") if entry == "folder" else msg("put the file itself in its place"))


@rule("TU013", "colliding-name")
def colliding_name(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Two file names differ only in upper and lower case or in how an accent is encoded."""
    seen: dict[str, str] = {}
    for path in workspace.listing:
        first = seen.setdefault(folded_path(path), path)
        if first != path:
            # A run for the first of the two alone must say so as well: nothing else does.
            one, other = (path, first) if workspace.selected is None or path in workspace.selected else (first, path)
            message = msg('the name collides with "{other}" on Windows and macOS', other=other)
            yield Problem(one, START, message, msg("rename one of the two"))


def folded_path(path: str) -> str:
    """A path as Windows and macOS compare it."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}

# No reserved name has five letters or is a number. This passes nearly every path of a workspace in a third of the time.
_SURELY_PORTABLE = re.compile(r"(?:(?:[A-Za-z0-9_-]{5,}|[0-9]+)(?:/|\.[a-z]+$))+")


@rule("TU014", "unportable-name")
def unportable_name(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A file name cannot exist on Windows, or is not text."""
    for path in workspace.looked_at:
        if _SURELY_PORTABLE.fullmatch(path):
            continue
        if any(0xD800 <= ord(character) < 0xE000 for character in path):
            yield Problem(path, START, msg("the file's name is not UTF-8"), msg("rename the file"))
            continue
        for part in path.split("/"):
            if bad := next((character for character in part if character in '<>:"\\|?*' or ord(character) < 32), None):
                shown = bad if bad.isprintable() else f"U+{ord(bad):04X}"
                yield Problem(
                    path,
                    START,
                    msg('the name "{name}" holds "{bad}", which Windows does not allow', name=part, bad=shown),
                    msg("rename it"),
                )
            elif part.endswith((".", " ")) or is_reserved(part):
                yield Problem(path, START, msg('the name "{name}" cannot exist on Windows', name=part), msg("rename it"))


def is_reserved(part: str) -> bool:
    """Whether Windows keeps a name, with whatever ending, for a device of its own."""
    return part.split(".")[0].lower() in _RESERVED


@rule("TU015", "stray-file", severity="warning")
def stray_file(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A file lies in a record folder and is read by nobody."""
    exclude = workspace.config.exclude
    stray = {**dict(_misnamed(workspace)), **workspace.misplaced}
    taken = {folded_path(path) for path in workspace.listing} if stray else set()
    for path, right in stray.items():
        if path.rpartition("/")[2].lower() != "readme.md" and not (exclude and exclude.match(path)):
            yield Problem(path, START, msg("no kind of record reads this file"), _better_place(path, right, taken, workspace))


def _better_place(path: str, right: str | None, taken: set[str], workspace: Workspace) -> Text:
    """What to do with a file that would be read at ``right``: nothing by name where another file is there or has been sent there."""
    if right is None:
        return msg("name it after the metric that it belongs to")
    name, folded = right.rpartition("/")[2], folded_path(right)
    if not right or right in workspace.listing or (folded in taken and folded != folded_path(path)):
        return msg('move it, or leave it out under "exclude" in trueup.yaml')
    taken.add(folded)
    if right.rpartition("/")[0] == path.rpartition("/")[0]:
        return msg('rename it to "{right}", or leave it out under "exclude" in trueup.yaml', right=name)
    # An ending that is not right either is told of once the file is there.
    return msg('move it to "{right}", or leave it out under "exclude" in trueup.yaml', right=right)


def _misnamed(workspace: Workspace) -> Iterator[tuple[str, str | None]]:
    """Files in record folders that look like records, with the path of each if it were one; None for a series without a metric."""
    folders = tuple(folder + "/" for kind in workspace.kinds.values() for folder in kind.files.folders if folder)
    own = tuple(folder + "/" for kind in workspace.kinds.values() if kind.built_in for folder in kind.files.folders if folder)
    series = {one.path for one in workspace.series.values()}
    for path, entry in workspace.listing.items():
        if path in workspace.paths or path in series or entry != "file" or not path.startswith(folders):
            continue
        right = _right_name(path)
        if right is None or (right != path and not path.endswith(_ENDING_TO_FIX) and not path.startswith(own)):
            continue
        if right != path or not path.endswith(".csv"):
            yield path, right
        elif workspace.is_whole:
            yield path, None


# In folders of a workspace's own kinds the other endings are attachments: a table beside a proposal, say.
_ENDING_TO_FIX = (".yml", ".YAML", ".YML", ".MD", ".markdown")
_RIGHT_ENDINGS = {
    ".md": ".md", ".markdown": ".md", ".txt": ".md", "": ".md", ".yaml": ".yaml", ".yml": ".yaml", ".json": ".yaml", ".csv": ".csv",
}  # fmt: skip


def _right_name(path: str) -> str | None:
    """The path with the ending that records have; None for what is no record but an attachment: a picture, a LICENSE."""
    folder, _, name = path.rpartition("/")
    stem, ending = os.path.splitext(name)
    right = _RIGHT_ENDINGS.get(ending.lower())
    if right is None or (not ending and name[0].isupper()):
        return None
    inner, before = os.path.splitext(stem)
    if ending.lower() == ".txt" and before.lower() in (".md", ".markdown", ".yaml", ".yml", ".csv"):
        stem, right = inner, _RIGHT_ENDINGS[before.lower()]
    return f"{folder}/{stem}{right}"


@rule("TU016", "invalid-id")
def invalid_id(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The id of a built-in kind's record is not made of lower-case letters, digits and single hyphens."""
    taken: Counter[str] = Counter()
    for record in workspace.records:
        if record.kind.built_in and not _is_id(record.id):
            taken = taken or Counter(path.casefold() for path in workspace.listing)
            message = msg('"{id}" cannot be an id: it has {faults}', id=record.id, faults=tuple(_id_faults(record.id)))
            hint = msg("use lower-case letters, digits and single hyphens, 80 at most")
            if right := _free_name(record, taken, workspace):
                hint = msg('rename the file to "{right}"', right=right)
            yield Problem(record.path, START, message, hint, record.address)


def _id_faults(name: str) -> Iterator[Text]:
    """What is wrong with an id, as people call it."""
    if len(name) > _LONGEST_ID:
        yield msg("more than {limit} characters", limit=_LONGEST_ID)
    if any(letter.isupper() for letter in name):
        yield msg("capital letters")
    if " " in name:
        yield msg("spaces")
    if other := next((one for one in name if one not in " -" and not (one.isascii() and one.isalnum())), None):
        yield msg('characters such as "{character}"', character=other if other.isprintable() else f"U+{ord(other):04X}")
    if "--" in name or "-" in (name[:1], name[-1:]):
        yield msg("a hyphen too many")
    if not name:
        yield msg("no characters")


_LONGEST_ID = 80
_EASY_TO_READ = 60


def _free_name(record: Record, taken: Counter[str], workspace: Workspace) -> str | None:
    """A name for the file that nothing has yet; None where its id can't be written in plain letters."""
    plain = _plain_id(record.id)
    if not plain:
        return None
    folder, ending = record.path[: record.path.rfind("/") + 1], record.path[record.path.rfind(".") :]
    longest = _LONGEST_ID if len(plain) <= _LONGEST_ID else _EASY_TO_READ
    ids, own = workspace.ids(record.kind.name), record.path.casefold()
    for number in range(1, 1000):
        after = f"-{number}" if number > 1 else ""
        name = plain[: longest - len(after)].rstrip("-") + after
        path = (folder + name + ending).casefold()
        if name not in ids and taken[path] == (path == own):
            taken[path] += 1
            return name + ending
    return None


def _plain_id(name: str) -> str:
    """``Größe 2`` as ``grosse-2``; empty where letters are left that have no plain form."""
    letters = [one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one)]
    if any(one.isalnum() and not one.isascii() for one in letters):
        return ""
    return "-".join("".join(one if one.isascii() and one.isalnum() else " " for one in letters).split())


def _is_id(name: str) -> bool:
    plain = name.replace("-", "a")
    return (
        len(name) <= _LONGEST_ID
        and plain.isascii()
        and plain.isalnum()
        and name == name.lower()
        and "--" not in name
        and name[0] != "-" != name[-1]
    )


bad_series = reading_rule(
    "TU017", "bad-series", "A line of a metric's series is not a date, a value and a note, or its date does not rise.", fixed=False
)
invalid_schema = reading_rule("TU019", "invalid-schema", "A schema of the workspace cannot be used.")


@rule("TU018", "invalid-configuration", fixed=True)
def invalid_configuration(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A setting in trueup.yaml cannot be used."""
    yield from (
        Problem(fault.path, fault.position, fault.message, fault.hint)
        for fault in workspace.faults
        if fault.rule == "invalid-configuration"
    )
    known = {*context.codes, *context.codes.values()}
    unknown = ((name, place) for name, place in workspace.config.severity_places.items() if name not in known)
    for name, place in islice(unknown, MOST_MISMATCHES):
        message = msg('there is no rule "{name}"', name=name)
        yield Problem(CONFIG_FILE, place, message, did_you_mean(name, known))
    for name, place in workspace.config.severity_places.items():
        if name in context.fixed and workspace.config.severities[name] != "error":
            message = msg('"{name}" cannot be turned off or lowered: a file would be skipped silently', name=name)
            yield Problem(CONFIG_FILE, place, message, msg('delete the line; a file that is no record can be left out under "exclude"'))


@rule("TU021", "idle-pattern", severity="warning", whole=True)
def idle_pattern(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A pattern under "exclude" in trueup.yaml leaves nothing out."""
    paths = (*workspace.listing, *workspace.misplaced)
    # While there are no records at all, what is excluded is still to come as well.
    for pattern in workspace.config.exclude_patterns[:MOST_MISMATCHES] if paths else ():
        if not any(pattern.match(path) for path in paths):
            message = msg('"{pattern}" matches no file in a record folder', pattern=pattern.text)
            yield Problem("trueup.yaml", pattern.position, message, msg("correct the path, or delete the pattern"))


@rule("TU020", "cut-value", severity="warning")
def cut_value(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A "#" in a value begins a comment, and the rest of the value is not read."""
    yield from (Problem(one.path, one.position, one.message, one.hint) for one in workspace.faults if one.rule == "cut-value")
    found: dict[Fault, Record] = {}
    for record in workspace.records:
        # A file of several records has one list of them all: each belongs to the last record that begins before it.
        for one in record.source.cut:
            if record.line <= one.position.line:
                found[one] = record
    yield from (Problem(one.path, one.position, one.message, one.hint, record.address) for one, record in found.items())
