"""TU0: files that are not what a record file must be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trueup.checks.rule import Context, reading_rule, rule
from trueup.diagnostic import START, Problem
from trueup.locale import msg
from trueup.records.validate import did_you_mean
from trueup.records.workspace import Workspace

unreadable_file = reading_rule("TU001", "unreadable-file", "A file cannot be opened or read.")
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


@rule("TU012", "not-a-file")
def not_a_file(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A link, a folder or a device stands where a record file should be."""
    yield from (Problem(fault.path, fault.position, fault.message, fault.hint) for fault in workspace.faults if fault.rule == "not-a-file")
    names = {"link": msg("a symbolic link"), "folder": msg("a folder that cannot be read as a record"), "other": msg("a device or a pipe")}
    for path, entry in workspace.listing.items():
        if entry != "file":
            message = msg("this is {thing}, not a regular file", thing=names[entry])
            yield Problem(path, START, message, msg("put the file itself in its place"))


@rule("TU013", "colliding-name")
def colliding_name(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """Two file names differ only in upper and lower case or in how an accent is encoded."""
    seen: dict[str, str] = {}
    for path in workspace.listing:
        folded = path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        first = seen.setdefault(folded, path)
        if first != path:
            message = msg('the name collides with "{other}" on Windows and macOS', other=first)
            yield Problem(path, START, message, msg("rename one of the two"))


_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}

# No reserved name has five letters or is a number. This passes nearly every path of a workspace in a third of the time.
_SURELY_PORTABLE = re.compile(r"(?:(?:[A-Za-z0-9_-]{5,}|[0-9]+)(?:/|\.[a-z]+$))+")


@rule("TU014", "unportable-name")
def unportable_name(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A file name cannot exist on Windows, or is not text."""
    for path in workspace.listing:
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
            elif part.endswith((".", " ")) or _is_reserved(part):
                yield Problem(path, START, msg('the name "{name}" cannot exist on Windows', name=part), msg("rename it"))


def _is_reserved(part: str) -> bool:
    return part.split(".")[0].lower() in _RESERVED


@rule("TU015", "stray-file", severity="warning")
def stray_file(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A file lies in a record folder and is read by nobody."""
    folders = tuple(folder + "/" for kind in workspace.kinds.values() for folder in kind.files.folders if folder)
    exclude = workspace.config.exclude
    for path, entry in workspace.listing.items():
        if path in workspace.paths or entry != "file" or not path.endswith(_LOOKS_LIKE_RECORD):
            continue
        if path.rpartition("/")[2].lower() == "readme.md" or (exclude and exclude.match(path)) or not path.startswith(folders):
            continue
        if path.endswith(_ENDING_TO_FIX):
            right = path.rpartition(".")[0] + (".md" if path.lower().endswith((".markdown", ".md")) else ".yaml")
            hint = msg('rename it to "{right}", or leave it out under "exclude" in trueup.yaml', right=right.rpartition("/")[2])
        elif path.endswith(".csv"):
            if path in {series.path for series in workspace.series.values()} or not workspace.is_whole:
                continue
            hint = msg("name it after the metric that it belongs to")
        else:
            hint = msg('move it, or leave it out under "exclude" in trueup.yaml')
        yield Problem(path, START, msg("no kind of record reads this file"), hint)


_ENDING_TO_FIX = (".yml", ".YAML", ".YML", ".MD", ".markdown")
_LOOKS_LIKE_RECORD = (".md", ".yaml", ".csv", *_ENDING_TO_FIX)


@rule("TU016", "invalid-id")
def invalid_id(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """The id of a built-in kind's record is not made of lower-case letters, digits and single hyphens."""
    for record in workspace.records:
        if record.kind.built_in and not _is_id(record.id):
            right = "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in record.id.lower()).split())[:80]
            message = msg('"{id}" cannot be an id', id=record.id)
            hint = msg('rename the file to "{right}"', right=right + record.path[record.path.rfind(".") :])
            if not right:
                hint = msg("use lower-case letters, digits and single hyphens, 80 at most")
            yield Problem(record.path, START, message, hint, record.address)


def _is_id(name: str) -> bool:
    plain = name.replace("-", "a")
    return (
        len(name) <= 80 and plain.isascii() and plain.isalnum() and name == name.lower() and "--" not in name and name[0] != "-" != name[-1]
    )


bad_series = reading_rule(
    "TU017", "bad-series", "A line of a metric's series is not a date, a value and a note, or its date does not rise."
)
invalid_schema = reading_rule("TU019", "invalid-schema", "A schema of the workspace cannot be used.")


@rule("TU018", "invalid-configuration")
def invalid_configuration(workspace: Workspace, context: Context) -> Iterator[Problem]:
    """A setting in trueup.yaml cannot be used."""
    yield from (
        Problem(fault.path, fault.position, fault.message, fault.hint)
        for fault in workspace.faults
        if fault.rule == "invalid-configuration"
    )
    known = {*context.codes, *context.codes.values()}
    for name, place in workspace.config.severity_places.items():
        if name not in known:
            message = msg('there is no rule "{name}"', name=name)
            yield Problem("trueup.yaml", place, message, did_you_mean(name, known))
