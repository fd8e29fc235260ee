"""The workspace's own settings: ``trueup.yaml``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from trueup.diagnostic import START, Fault, Position
from trueup.locale import msg
from trueup.records.paths import Files, files_of
from trueup.records.source import read_source
from trueup.records.tree import Tree, Unreadable
from trueup.records.workdays import Calendar, company_calendar

CONFIG_FILE = "trueup.yaml"
FORGES = ("github", "gitlab", "gitea", "gitee")


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the records are edited in a browser. ``forge`` decides the form of the address; guessed from ``url`` if not given."""

    url: str
    branch: str = "main"
    forge: str = "github"
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern under ``exclude``, and where it stands."""

    text: str
    position: Position
    match: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on something counts as late, stale or at risk: calendar days, and percentage points of progress behind pace."""

    at_risk_behind: int = 10
    off_track_behind: int = 25
    agreement_days: int = 14
    checkin_days: int = 14
    triage_days: int = 7
    reply_days: int = 14
    proposal_days: int = 30
    findings_days: int = 14
    series_days: int = 7
    meeting_days: int = 3
    load_percent: int = 100


@dataclass(frozen=True, slots=True)
class Config:
    """Settings, with defaults for all that is not written; ``written`` is what of the file can be used, as it stands there."""

    title: str = "trueup"
    language: str = "en"
    severities: Mapping[str, str] = field(default_factory=dict)
    severity_places: Mapping[str, Position] = field(default_factory=dict)
    exclude: Files | None = None
    exclude_patterns: tuple[Pattern, ...] = ()
    repository: Repository | None = None
    calendar: Calendar = field(default_factory=Calendar)
    country_place: Position = START
    thresholds: Thresholds = field(default_factory=Thresholds)
    written: Mapping[str, Any] = field(default_factory=dict)


def read_config(tree: Tree) -> tuple[Config, list[Fault]]:
    """The settings of a tree. A value that can't be used is a fault, and its default is taken instead."""
    raw = tree.read(CONFIG_FILE)
    if isinstance(raw, Unreadable):
        # Without the file there are the defaults; a file that is there and can't be had must not pass for none.
        return Config(), [] if raw.missing else [Fault("unreadable-file", CONFIG_FILE, START, raw.message, raw.hint)]
    if not raw.strip():
        return Config(), []
    source = read_source(CONFIG_FILE, raw, markdown=False)
    faults = [*source.faults, *source.cut]
    if source.data is None:
        return Config(), faults
    from trueup.records.explain import as_written
    from trueup.records.validate import MOST_MISMATCHES, Gate

    mismatches = Gate(config_schema()).mismatches(source.data)
    told = {fault.position for fault in faults}
    for one in mismatches:
        position = source.position(one.route, key=one.at_key)
        if position not in told:
            faults.append(Fault("invalid-configuration", CONFIG_FILE, position, one.message, as_written(one, raw, position).hint))
    if len(mismatches) >= MOST_MISMATCHES:
        # What else is wrong was not looked for, so nothing can be relied on.
        return Config(), faults
    wrong = {one.route[:1] for one in mismatches} | {one.route for one in mismatches}
    data = source.data if isinstance(source.data, dict) else {}
    usable = {name: value for name, value in data.items() if (name,) not in wrong}
    for group in ("rules", "thresholds"):
        if isinstance(data.get(group), dict):
            # Each of them stands for itself: one that is misspelt must not bring back the defaults of the others.
            usable[group] = {name: value for name, value in data[group].items() if (group, name) not in wrong}
    exclude, glob_fault = _excluded(usable)
    patterns = tuple(
        Pattern(text, source.position(("exclude", index)), files_of(_with_content(text)).match)
        for index, text in enumerate(usable.get("exclude", ()) if exclude else ())
        if not text.startswith("!")
    )
    if glob_fault:
        faults.append(Fault("invalid-configuration", CONFIG_FILE, source.position(("exclude",)), glob_fault))
    return (
        Config(
            title=usable.get("title", "trueup"),
            language=usable.get("language", "en"),
            severities=usable.get("rules", {}),
            severity_places={name: source.position(("rules", name), key=True) for name in usable.get("rules", {})},
            exclude=exclude,
            exclude_patterns=patterns,
            repository=_repository(usable.get("repository")),
            calendar=company_calendar(usable.get("calendar", {})),
            country_place=source.position(("calendar", "country")),
            thresholds=Thresholds(**usable.get("thresholds", {})),
            written=usable,
        ),
        faults,
    )


def _excluded(data: Mapping[str, Any]) -> tuple[Files | None, Any]:
    try:
        globs = [glob for text in data.get("exclude", ()) for glob in _with_content(text)]
        return (files_of(globs) if globs else None), None
    except ValueError as error:
        return None, msg('"exclude" holds a pattern that cannot be used: {reason}', reason=str(error))


def _with_content(pattern: str) -> tuple[str, ...]:
    """A pattern that names no file but a folder means all that lies in it, as it does in a .gitignore."""
    folder = pattern.rstrip("/")
    if folder != pattern:
        return (f"{folder}/**",)
    plain = not re.search(r"[*?\[{]|[.](md|yaml|yml|csv)$", pattern.rpartition("/")[2])
    return (pattern, f"{pattern}/**") if plain else (pattern,)


def _repository(data: Mapping[str, str] | None) -> Repository | None:
    if not data:
        return None
    url = data["url"].rstrip("/").removesuffix(".git")
    guessed = next((forge for forge in FORGES if forge in url.split("//")[-1].split("/")[0]), "github")
    return Repository(url, data.get("branch", "main"), data.get("forge", guessed), data.get("folder", "").strip("/"))


@cache
def data_folder() -> Path:
    """Where the files that come with trueup are: inside the installed package, or the checkout it runs from."""
    inside = Path(__file__).parent.parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[3]


def docs_folder(language: str) -> Path:
    """Where the handbook, the manual and the pages on rules that come with trueup are in a language."""
    return data_folder() / "docs" / "zh" if language == "zh" else data_folder() / "docs"


def config_schema() -> Any:
    return json.loads((data_folder() / "schemas" / "trueup.schema.json").read_bytes())
