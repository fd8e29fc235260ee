"""The navigation: few entries, whatever the number of records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from trueup.records.kind import Kind
from trueup.render.html import escaped
from trueup.site.paths import COMMANDS, FINDINGS, HOME, KINDS_MANUAL, REVIEW, RULES, list_of
from trueup.site.practice.catalogue import pages_for
from trueup.site.review import TITLE as REVIEW_TITLE
from trueup.site.site import Site

# Which built-in kinds stand together. A workspace's own kinds follow in a group of their own.
_GROUPS = (
    ("goal", "plan", "metric", "scorecard"),
    ("feedback", "study", "decision"),
    ("cadence", "meeting", "checkin", "retro", "activity"),
    ("team", "person"),
)

# An entry is a path, or a title with a path or with entries of its own: what MkDocs calls "nav".
Entry = str | dict[str, Any]


def kind_groups(site: Site) -> Iterator[tuple[str, list[Kind]]]:
    """The kinds of the workspace under the titles of their groups."""
    _ = site.say
    titles = (_("Goals and plans"), _("Feedback and decisions"), _("Rhythm"), _("People"))
    kinds = site.workspace.kinds
    for title, names in zip(titles, _GROUPS, strict=True):
        if group := [kinds[name] for name in names if name in kinds]:
            yield title, group
    grouped = {name for names in _GROUPS for name in names}
    if others := [kind for name, kind in kinds.items() if name not in grouped]:
        yield _("More records"), others


def navigation(site: Site, docs: Iterable[str]) -> list[Entry]:
    """The whole navigation. ``docs`` are the pages that people wrote and that belong into it; those of a folder stay together.

    Titles are escaped here: themes write them as they are.
    """
    _ = site.say
    written = sorted(set(docs) - {HOME, FINDINGS, REVIEW, *map(list_of, site.workspace.kinds), *(page.path for page in pages_for(site))})
    entries: list[Entry] = [{_("Home"): HOME}, {_("Findings"): FINDINGS}]
    if site.proposal is not None:
        entries.insert(1, {REVIEW_TITLE.say(site.language): REVIEW})
    for title, kinds in kind_groups(site):
        names = {kind.name for kind in kinds}
        group: list[Entry] = [{escaped(kind.plural.say(site.language)): list_of(kind.name)} for kind in kinds]
        group += [{escaped(page.title.say(site.language)): page.path} for page in pages_for(site) if page.kinds[0] in names]
        entries.append({title: group})
    handbook = [path for path, _title in site.docs.handbook if path in written]
    guide: list[Entry] = [{_("Handbook"): list(handbook)}] if handbook else []
    guide.append({_("Manual"): list(_manual(site, written))})
    guide.extend(_others(path for path in written if path.split("/")[0] not in ("handbook", "manual", "rules")))
    return [*entries, {_("Guide"): guide}]


def _manual(site: Site, written: Collection[str]) -> Iterator[Entry]:
    """The pages of the manual, written and made, in the order in which its first page names them; the others follow."""
    _ = site.say
    entries: dict[str, Entry] = {path: path for path, _title in site.docs.manual if path in written}
    if COMMANDS not in written:
        entries[COMMANDS] = {_("Commands"): COMMANDS}
    entries[KINDS_MANUAL] = {_("Kinds of records"): KINDS_MANUAL}
    if RULES in written or "index" in site.docs.rules:
        entries[RULES] = {_("Rules"): RULES}
    for path in dict.fromkeys(("manual/index.md", *site.docs.named, *entries)):
        if path in entries:
            yield entries[path]


def _others(paths: Iterable[str]) -> Iterator[Entry]:
    """Pages at the top by themselves, the others under the name of their folder."""
    folders: dict[str, list[Entry]] = {}
    for path in paths:
        folder, slash, _ = path.partition("/")
        if slash:
            folders.setdefault(folder, []).append(path)
        else:
            yield path
    for folder, found in folders.items():
        yield {escaped(folder.replace("-", " ").capitalize()): found}
